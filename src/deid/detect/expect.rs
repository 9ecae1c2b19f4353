//! What a question asks for: the next turn of the other side is read as its
//! answer.

use crate::deid::document::{DocTurn, Document};
use crate::deid::finding::Finding;
use crate::domain::{Category, Role};

use super::cue::{Kind, cued};
use super::value::{Value, is_year, read};

/// For how many turns a question stays open.
const OPEN_FOR: usize = 4;

/// Most questions that are open at once; the oldest go.
const MOST_OPEN: usize = 6;

/// Reads turn `index` as the answer to what was `asked` before it (by turn and
/// kind), and closes what it answers. `busy` says that the turn has cues of its
/// own, which know better.
pub(super) fn expected(
    document: &Document<'_>,
    index: usize,
    busy: bool,
    asked: &mut Vec<(usize, Kind)>,
    out: &mut Vec<Finding>,
) {
    asked.retain(|(turn, _)| index - turn <= OPEN_FOR);
    if asked.len() > MOST_OPEN {
        asked.drain(..asked.len() - MOST_OPEN);
    }
    let turn = &document.turns[index];
    let open = |(question, _): &&(usize, Kind)| {
        let question = &document.turns[*question];
        is_other_side(question.role, turn.role) && is_request(question)
    };
    let Some(&(_, kind)) = asked.iter().rfind(open) else {
        return;
    };
    if busy {
        return;
    }
    let before = out.len();
    for value in values(turn).filter(|v| answers(v, kind, turn)) {
        out.push(cued(index, value.span, kind));
    }
    if out.len() > before {
        asked.retain(|(_, open)| *open != kind);
    }
}

/// Whether a turn of `b` may answer one of `a`; where roles are unknown, any.
fn is_other_side(a: Role, b: Role) -> bool {
    a != b || a == Role::Other
}

/// Whether `turn` asks: agents that name an identifier and say none do.
fn is_request(turn: &DocTurn<'_>) -> bool {
    const ASKING: &[&str] = &[
        "what", "what's", "whats", "could", "can", "may", "please", "tell", "give", "provide",
        "confirm", "verify", "need", "enter",
    ];
    let asks = |i: usize| {
        let word = turn.word(i);
        word == "?" || ASKING.iter().any(|w| w.eq_ignore_ascii_case(word))
    };
    turn.role == Role::Agent || (0..turn.tokens.len()).any(asks)
}

fn values<'a>(turn: &'a DocTurn<'_>) -> impl Iterator<Item = Value> + 'a {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < turn.tokens.len() {
            match read(turn, at) {
                Some(value) => {
                    at = value.next;
                    return Some(value);
                }
                None => at += 1,
            }
        }
        None
    })
}

/// Whether `value` can be what `kind` asked for. A year alone is an answer to
/// other questions.
fn answers(value: &Value, kind: Kind, turn: &DocTurn<'_>) -> bool {
    let fewest = kind.digits.min(3);
    let year = is_year(&turn.text[value.span.clone()]);
    value.digits >= fewest && !(year && kind.category == Category::Date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::detect::Detector;
    use crate::deid::detect::cue::CueDetector;
    use crate::deid::tests::dialogue;

    #[track_caller]
    fn check(turns: &[(Role, &str)], expected: &[(usize, &str, Category)]) {
        let raw = dialogue(turns);
        let mut found = Vec::new();
        CueDetector::new().detect(&Document::new(&raw), &mut found);
        let found: Vec<_> = found
            .iter()
            .map(|f| (f.turn, &turns[f.turn].1[f.span.clone()], f.category))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn answers_are_what_was_asked_for() {
        use Role::{Agent, Other, User};
        check(
            &[
                (Agent, "And the last four of your social?"),
                (User, "Sure, 8374"),
            ],
            &[(1, "8374", Category::Ssn)],
        );
        check(
            &[
                (Agent, "can i have your account number"),
                (User, "one moment"),
                (Agent, "take your time"),
                (User, "it is 77 41 209"),
            ],
            &[(3, "77 41 209", Category::Account)],
        );
        check(
            &[(Other, "what is your pin?"), (Other, "4417")],
            &[(1, "4417", Category::Secret)],
        );
    }

    #[test]
    fn questions_close_and_quantities_are_no_answers() {
        use Role::{Agent, User};
        check(
            &[
                (Agent, "what is your pin?"),
                (User, "4417"),
                (User, "and 5520 is on the screen"),
            ],
            &[(1, "4417", Category::Secret)],
        );
        check(
            &[
                (Agent, "your phone number?"),
                (User, "wait, i took 500 mg, 3 times"),
            ],
            &[],
        );
        check(
            &[
                (
                    Agent,
                    "i found your chart, MRN 00481516. what brings you in",
                ),
                (User, "my sugar was 180 this morning"),
            ],
            &[(0, "00481516", Category::MedicalRecord)],
        );
        check(
            &[(Agent, "date of birth?"), (Agent, "sorry, room 4417")],
            &[],
        );
    }
}
