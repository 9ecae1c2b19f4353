//! Reads objects out of text: whole JSON, a piece of it, or what only looks so.

use std::ops::Range;

/// A value under a key; both without quotes, as bytes of the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) key: Range<usize>,
    pub(super) value: Range<usize>,
}

/// The fields of one object, and the key it stands under; empty for the
/// outermost.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Object {
    pub(super) key: Range<usize>,
    pub(super) fields: Vec<Field>,
}

/// Most objects within one another: those beneath count to the last.
const DEEPEST: usize = 32;

/// The objects of `text`, inner ones first. Values of lists stand under the
/// list's key.
pub(super) fn scan(text: &str) -> Vec<Object> {
    let bytes = text.as_bytes();
    let mut done = Vec::new();
    let mut open = vec![Object::default()];
    let mut key: Option<Range<usize>> = None;
    let mut list = false;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                let inner = at + 1..string_end(bytes, at + 1);
                at = (inner.end + 1).min(bytes.len());
                match colon_after(bytes, at) {
                    Some(after) => {
                        (key, list) = (Some(inner), false);
                        at = after;
                    }
                    None => push(&mut open, &mut key, inner, list),
                }
                continue;
            }
            b'-' | b'0'..=b'9' if key.is_some() => {
                let end = number_end(bytes, at);
                push(&mut open, &mut key, at..end, list);
                at = end;
                continue;
            }
            b'[' => list = key.is_some(),
            b']' => (key, list) = (None, false),
            b'{' if open.len() < DEEPEST => open.push(Object {
                key: key.take().unwrap_or_default(),
                fields: Vec::new(),
            }),
            b'}' if open.len() > 1 => {
                done.extend(open.pop());
                key = None;
            }
            b',' if !list => key = None,
            _ => {}
        }
        at += 1;
    }
    done.extend(open.into_iter().rev());
    done
}

/// Puts `value` under the key; a list's key stands for the next value too.
fn push(open: &mut [Object], key: &mut Option<Range<usize>>, value: Range<usize>, list: bool) {
    let of = match list {
        true => key.clone(),
        false => key.take(),
    };
    if let (Some(object), Some(key)) = (open.last_mut(), of) {
        object.fields.push(Field { key, value });
    }
}

/// Where the string ends of which the first byte is at `at`: its closing quote,
/// or the end of the text.
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at] != b'"' {
        at += 1 + usize::from(bytes[at] == b'\\');
    }
    at.min(bytes.len())
}

/// Past the colon that follows at `at`.
fn colon_after(bytes: &[u8], at: usize) -> Option<usize> {
    let colon = (at..bytes.len()).find(|&i| bytes[i] != b' ')?;
    (bytes[colon] == b':').then_some(colon + 1)
}

fn number_end(bytes: &[u8], at: usize) -> usize {
    let part = |b: &u8| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E');
    at + bytes[at..].iter().take_while(|b| part(b)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `text` holds: `key.key=value`.
    fn fields(text: &str) -> Vec<String> {
        let of = |object: &Object, field: &Field| {
            let [of, key, value] =
                [&object.key, &field.key, &field.value].map(|r| &text[r.clone()]);
            format!("{of}.{key}={value}")
        };
        let objects = scan(text);
        let fields = objects
            .iter()
            .flat_map(|o| o.fields.iter().map(move |f| of(o, f)));
        fields.collect()
    }

    #[test]
    fn objects_are_read() {
        assert_eq!(
            fields(r#"ok {"a": "x", "b": {"c": -1.5}, "d": ["y", 2], "e": null, "f": 3}"#),
            ["b.c=-1.5", ".a=x", ".d=y", ".d=2", ".f=3"]
        );
        assert_eq!(
            fields(r#"{"a": "say \"b\": 1", "c": 2"#),
            [r#".a=say \"b\": 1"#, ".c=2"]
        );
        assert_eq!(fields(r#"{"a": [{"b": 1}, {"b": 2}]}"#), ["a.b=1", ".b=2"]);
    }

    #[test]
    fn anything_else_is_read_to_its_end() {
        for text in ["", "\"", "\"a\":", "{\"a\":\"\\", "}}]]", "\"é\": \"é"] {
            let _ = fields(text);
        }
        assert_eq!(fields(&"{\"a\":".repeat(200)), Vec::<String>::new());
    }
}
