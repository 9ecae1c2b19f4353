//! `${VAR}` and `${VAR:-default}` in scalars; `$${` is a literal `${`.

/// Why a scalar could not be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Gap {
    /// The environment has no such variable, and there is no default.
    Unset(String),
    /// What stands between the braces is not a variable's name.
    Malformed,
}

/// `text` with its variables filled in from `lookup`, and whether there were
/// any. A variable that is set but empty counts as unset, as in a shell.
pub(super) fn interpolate(
    text: &str,
    lookup: &dyn Fn(&str) -> Option<String>,
) -> Result<(String, bool), Gap> {
    let mut out = String::new();
    let mut rest = text;
    let mut any = false;
    while let Some(at) = rest.find("${") {
        let before = &rest[..at];
        if let Some(literal) = before.strip_suffix('$') {
            out.push_str(literal);
            out.push_str("${");
            rest = &rest[at + 2..];
            continue;
        }
        let end = rest[at..].find('}').ok_or(Gap::Malformed)? + at;
        out.push_str(before);
        out.push_str(&variable(&rest[at + 2..end], lookup)?);
        rest = &rest[end + 1..];
        any = true;
    }
    out.push_str(rest);
    Ok((out, any))
}

fn variable(body: &str, lookup: &dyn Fn(&str) -> Option<String>) -> Result<String, Gap> {
    let (name, default) = match body.split_once(":-") {
        Some((name, default)) => (name, Some(default)),
        None => (body, None),
    };
    if !is_name(name) {
        return Err(Gap::Malformed);
    }
    lookup(name)
        .filter(|value| !value.is_empty())
        .or_else(|| default.map(str::to_owned))
        .ok_or_else(|| Gap::Unset(name.to_owned()))
}

/// Whether `name` can be a variable's name.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 128
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(text: &str) -> Result<(String, bool), Gap> {
        interpolate(text, &|name| match name {
            "HOST" => Some("kafka".into()),
            "EMPTY" => Some(String::new()),
            _ => None,
        })
    }

    fn check(text: &str, filled: &str, any: bool) {
        assert_eq!(fill(text), Ok((filled.into(), any)), "{text}");
    }

    #[test]
    fn variables_are_filled_in() {
        check("plain", "plain", false);
        check("${HOST}:9092", "kafka:9092", true);
        check("${NONE:-a}${EMPTY:-b}${HOST:-c}", "abkafka", true);
        check("${NONE:-}", "", true);
        check("^a$", "^a$", false);
        check("$${HOST}", "${HOST}", false);
    }

    #[test]
    fn gaps_are_told() {
        assert_eq!(fill("${NONE}"), Err(Gap::Unset("NONE".into())));
        for text in ["${", "${}", "${a b}", "${1A}", "${A"] {
            assert_eq!(fill(text), Err(Gap::Malformed), "{text}");
        }
    }
}
