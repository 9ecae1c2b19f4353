//! Towns in no list, where little else stands, and provinces that tell a town before
//! them.

use crate::deid::detect::name::ends_phrase;
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, says, words};

use super::LONG_ENOUGH;

/// Whether a word in no list stands at token `i` where little but a place does, and the
/// phrase ends: `at home in [quillstead] with`, `leaves [quillstead] on`, `just short of
/// [quillstead]`.
pub(super) fn is_unlisted_town(turn: &ReadTurn<'_>, i: usize) -> bool {
    const BEFORE: Words = words![
        "in", "leaves", "leaving", "near", "outside", "past", "reached", "reaches", "towards",
        "via",
    ];
    // `short of [quillstead]`, `all of [quillstead]`
    const OF: Words = words![
        "all",
        "centre",
        "center",
        "east",
        "edge",
        "ends",
        "north",
        "outskirts",
        "part",
        "parts",
        "short",
        "side",
        "south",
        "west",
        "whole",
    ];
    // `a long way from [quillstead]`
    const FROM: Words = words![
        "bus", "coming", "drive", "driving", "far", "ferry", "flight", "flying", "in", "hour",
        "hours", "miles", "minutes", "parcel", "ride", "train", "up", "way",
    ];
    let Some(before) = before_hesitation(turn, i) else {
        return false;
    };
    // Slips of common words end as they do: `in genral`, `in the begining`.
    const SLIPS: &[&str] = &["al", "ed", "ing", "ly", "ment", "ss", "tion"];
    let classes = turn.classes(i);
    if !classes.is_unlisted()
        || classes.any(Classes::POSSESSIVE)
        || !turn.is_capital(i) && SLIPS.iter().any(|end| turn.word(i).ends_with(end))
        || turn.word(i).len() < LONG_ENOUGH
        || !ends_phrase(turn, i)
    {
        return false;
    }
    let second = || before.checked_sub(1).map(|k| turn.key(k));
    BEFORE.has(turn.key(before))
        || match turn.word(before) {
            "of" => second().is_some_and(|key| OF.has(key)),
            "from" => second().is_some_and(|key| FROM.has(key)),
            _ => false,
        }
}

/// Whether a province or a state of another country is named from token `i` on.
pub(super) fn is_province(turn: &ReadTurn<'_>, i: usize) -> bool {
    const ONE: Words = words![
        "alberta",
        "bihar",
        "gujarat",
        "karnataka",
        "kerala",
        "maharashtra",
        "manitoba",
        "newfoundland",
        "ontario",
        "queensland",
        "rajasthan",
        "saskatchewan",
        "tasmania",
    ];
    ONE.has(turn.key(i))
        || matches!(
            (turn.word(i), turn.word(i + 1)),
            ("nova", "scotia")
                | ("british", "columbia")
                | ("new", "brunswick")
                | ("tamil", "nadu")
                | ("uttar" | "andhra" | "madhya", "pradesh")
                | ("south" | "western", "australia")
                | ("west", "bengal")
        )
}

/// The token before token `i`, hesitations left out: `in [uh] canton`, `i'm [you
/// know] in canton`.
pub(super) fn before_hesitation(turn: &ReadTurn<'_>, i: usize) -> Option<usize> {
    let mut at = i.checked_sub(1)?;
    loop {
        at = if says!(turn, at, "uh" | "um" | "er") {
            at.checked_sub(1)?
        } else if says!(turn, at, "know") && at > 0 && says!(turn, at - 1, "you") {
            at.checked_sub(2)?
        } else {
            return Some(at);
        }
    }
}
