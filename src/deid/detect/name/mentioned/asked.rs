//! Persons of whom, or after whom, something is asked: `[clay] what was it`, `how did
//! [mercy] take it`.

use crate::deid::lexicon::ReadTurn;
use crate::deid::word::{Words, says, words};
use crate::domain::Role;

use crate::deid::detect::name::slot::is_end_or_mark;

/// Whether a question is of what people alone do or feel: `how did [mercy] take it`,
/// `how's [king] doing`, `is [basil] home`.
pub(super) fn is_asked_about(turn: &ReadTurn<'_>, i: usize) -> bool {
    const ASKS: Words = words!["how", "what", "when", "where", "who", "why"];
    const DID: Words = words!["did", "does"];
    const DOES: Words = words![
        "act", "arrive", "call", "come", "cry", "drive", "feel", "get", "go", "handle", "land",
        "leave", "live", "react", "say", "sleep", "take", "tell", "think", "want", "work",
    ];
    const FARES: Words = words![
        "adjusting",
        "coping",
        "doing",
        "feeling",
        "handling",
        "holding",
        "liking",
        "managing",
    ];
    const FIRST: Words = words!["and", "but", "okay", "so", ",", "."];
    const THERE: Words = words!["around", "awake", "coming", "driving", "home", "upset"];
    let Some(last) = i.checked_sub(1) else {
        return false;
    };
    let given = turn.classes(i).given();
    match turn.word(last) {
        "how's" => FARES.has(turn.key(i + 1)),
        "is" if last > 0 && says!(turn, last - 1, "how") => FARES.has(turn.key(i + 1)),
        "is" => {
            let first = last == 0 || FIRST.has(turn.key(last - 1));
            first && given >= 3 && THERE.has(turn.key(i + 1))
        }
        _ => {
            let asked = last > 0 && DID.has(turn.key(last)) && ASKS.has(turn.key(last - 1));
            // `how does ginger work for nausea`
            let works = asked && says!(turn, last - 1, "how") && says!(turn, i + 1, "work");
            asked && !works && given >= 3 && DOES.has(turn.key(i + 1))
        }
    }
}

/// Whether a turn hails token `i`, and asks how they are or in: `so [sonny] how are you`.
pub(super) fn is_hailed(turn: &ReadTurn<'_>, i: usize) -> bool {
    const FIRST: Words = words![
        "alright", "else", "hello", "hey", "hi", "morning", "now", "okay", "so", "well", ",",
    ];
    let first = i == 0 || FIRST.has(turn.key(i - 1));
    first
        && matches!(
            (turn.word(i + 1), turn.word(i + 2), turn.word(i + 3)),
            ("how", "are", "you") | ("come", "on", "back" | "in") | ("have", "a", "seat")
        )
        || i == 0 && is_urged(turn)
        || i == 0 && turn.turn.role == Role::Agent && is_asked_first(turn)
}

/// Whether the first word of a turn is whom somebody urges: `[clay] come on`, `[skip]
/// please don't`.
fn is_urged(turn: &ReadTurn<'_>) -> bool {
    match turn.word(1) {
        "come" => says!(turn, 2, "on"),
        "listen" | "look" | "stop" => is_end_or_mark(turn, 2) || says!(turn, 2, "at"),
        "please" => says!(turn, 2, "don't" | "dont" | "just" | "stop"),
        _ => false,
    }
}

/// Whether the first word of a turn is of whom something is asked: `[clay] what was it`.
fn is_asked_first(turn: &ReadTurn<'_>) -> bool {
    const ASKS: Words = words!["are", "can", "could", "did", "do", "were", "would"];
    const WHAT: Words = words![
        "are", "comes", "did", "do", "happened", "is", "was", "were", "would"
    ];
    let asks = ASKS.has(turn.key(1)) && says!(turn, 2, "you")
        || says!(turn, 1, "how" | "what" | "where") && WHAT.has(turn.key(2));
    asks && turn.classes(0).given() >= 3
}
