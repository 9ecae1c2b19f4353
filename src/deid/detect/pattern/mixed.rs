//! Whether every text that an expression matches has a letter beside a digit, as
//! postcodes do and most turns with numbers do not.

use regex_syntax::hir::{Class, Hir, HirKind};

/// Whether each match of `hir` has a letter beside a digit.
pub(super) fn is_mixed(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Capture(capture) => is_mixed(&capture.sub),
        HirKind::Repetition(repeated) => repeated.min > 0 && is_mixed(&repeated.sub),
        HirKind::Alternation(parts) => parts.iter().all(is_mixed),
        HirKind::Concat(parts) => {
            let seen = |part: &&Hir| !matches!(part.kind(), HirKind::Look(_));
            let seen: Vec<&Hir> = parts.iter().filter(seen).collect();
            let beside = |pair: &[&Hir]| {
                let (last, first) = (edge(pair[0], End::Last), edge(pair[1], End::First));
                matches!(
                    (last, first),
                    (Some(Edge::Letter), Some(Edge::Digit))
                        | (Some(Edge::Digit), Some(Edge::Letter))
                )
            };
            seen.iter().any(|part| is_mixed(part)) || seen.windows(2).any(beside)
        }
        HirKind::Literal(literal) => {
            let beside = |pair: &[u8]| {
                pair[0].is_ascii_digit() && pair[1].is_ascii_alphabetic()
                    || pair[0].is_ascii_alphabetic() && pair[1].is_ascii_digit()
            };
            literal.0.windows(2).any(beside)
        }
        HirKind::Empty | HirKind::Look(_) | HirKind::Class(_) => false,
    }
}

/// A side of what an expression matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    First,
    Last,
}

/// What stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    Letter,
    Digit,
}

/// What stands at the side `end` of each match of `hir`, if that is known.
fn edge(hir: &Hir, end: End) -> Option<Edge> {
    match hir.kind() {
        HirKind::Capture(capture) => edge(&capture.sub, end),
        HirKind::Repetition(repeated) if repeated.min > 0 => edge(&repeated.sub, end),
        HirKind::Class(Class::Unicode(class)) => {
            let all =
                |is: fn(char) -> bool| class.ranges().iter().all(|r| (r.start()..=r.end()).all(is));
            edge_of(all)
        }
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            let edge = match end {
                End::First => text.chars().next(),
                End::Last => text.chars().next_back(),
            };
            edge.and_then(|c| edge_of(|is| is(c)))
        }
        HirKind::Concat(parts) => match end {
            End::First => edge(parts.first()?, end),
            End::Last => edge(parts.last()?, end),
        },
        HirKind::Alternation(parts) => {
            let mut edges = parts.iter().map(|part| edge(part, end));
            let first = edges.next()?;
            edges.all(|edge| edge == first).then_some(first)?
        }
        _ => None,
    }
}

/// What all of some characters are, as `all` tells of a kind.
fn edge_of(all: impl Fn(fn(char) -> bool) -> bool) -> Option<Edge> {
    if all(char::is_alphabetic) {
        Some(Edge::Letter)
    } else {
        all(|c| c.is_ascii_digit()).then_some(Edge::Digit)
    }
}

#[cfg(test)]
mod tests {
    use regex_syntax::ParserBuilder;

    use super::*;

    #[test]
    fn letters_beside_digits_are_told() {
        for (pattern, expected) in [
            (r"\b[a-z]{2}[0-9]\b", true),
            (r"[0-9]{3}\b(?:st|nd)", true),
            (r"0aa|[a-z]7", true),
            (r"(?:[0-9][a-z]\s)+", true),
            (r"[a-z]\s?[0-9]", false),
            (r"[a-z]?[0-9]", false),
            (r"(?:[a-z][0-9])?[0-9]", false),
            (r"[a-z0-9][0-9]", false),
            (r"0aa|[0-9]7", false),
        ] {
            let hir = ParserBuilder::new().build().parse(pattern).expect("parses");
            assert_eq!(is_mixed(&hir), expected, "{pattern}");
        }
    }
}
