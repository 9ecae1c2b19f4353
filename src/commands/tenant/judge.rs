//! Whether a case's clean form is what was expected.

use crate::config::sealed::{Case, Kind};
use crate::deid::CleanConversation;
use crate::domain::Phi;

/// The expectations of `case` that `clean` does not meet, in order.
pub(super) fn failures<'c>(
    case: &'c Case,
    clean: &CleanConversation,
) -> Vec<&'c (Kind, Phi<String>)> {
    let texts: Vec<&str> = clean.turns.iter().map(|turn| turn.text.as_str()).collect();
    let missed = |(kind, text): &&(Kind, Phi<String>)| !is_met(*kind, text.expose(), &texts);
    case.expected.iter().filter(missed).collect()
}

fn is_met(kind: Kind, expected: &str, clean: &[&str]) -> bool {
    match kind {
        Kind::Clean(turn) => clean.get(turn) == Some(&expected),
        Kind::Stays => clean.iter().any(|text| text.contains(expected)),
        Kind::Gone => {
            let expected = expected.to_lowercase();
            !clean
                .iter()
                .any(|text| text.to_lowercase().contains(&expected))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_met_or_not() {
        let clean = ["hello [PERSON_1]", "my Zorblat hurts"];
        let check = |kind, expected: &str, met: bool| {
            assert_eq!(is_met(kind, expected, &clean), met, "{kind:?} {expected}");
        };
        check(Kind::Clean(0), "hello [PERSON_1]", true);
        check(Kind::Clean(1), "hello [PERSON_1]", false);
        check(Kind::Clean(2), "hello", false);
        check(Kind::Stays, "Zorblat", true);
        check(Kind::Stays, "zorblat", false);
        check(Kind::Gone, "ottoline", true);
        check(Kind::Gone, "zorblat", false);
    }
}
