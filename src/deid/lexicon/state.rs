//! Words that are a state and a town and a surname too: what is said around one
//! tells which. A state may stay (45 CFR 164.514(b)(2)(i)(B)).

use crate::deid::document::TokenKind;
use crate::deid::word::{Words, words};

use super::{Classes, ReadTurn};

/// States that many persons and towns are called after.
pub(super) const SHARED: Words = words!["washington"];

/// How far from it another state stands in a list of them.
const NEAR: usize = 3;

/// Whether token `i` is the name of a state here, though it is also another's.
pub(super) fn is_state_here(turn: &ReadTurn<'_>, i: usize) -> bool {
    SHARED.has(turn.key(i)) && !is_town(turn, i) && !is_person(turn, i) && is_land(turn, i)
}

/// Whether it is part of the name of something smaller: `washington heights`,
/// `washington, ohio`, `washington 20001`.
fn is_town(turn: &ReadTurn<'_>, i: usize) -> bool {
    const BEFORE: Words = words!["downtown", "fort", "george", "lake", "mount", "new", "port"];
    const KINDS: Words = words![
        "academy",
        "apartments",
        "ave",
        "avenue",
        "beach",
        "blvd",
        "boulevard",
        "bridge",
        "church",
        "circle",
        "city",
        "clinic",
        "college",
        "county",
        "court",
        "crossing",
        "d",
        "dc",
        "drive",
        "elementary",
        "falls",
        "general",
        "heights",
        "high",
        "highway",
        "hospital",
        "lane",
        "medical",
        "memorial",
        "park",
        "parkway",
        "place",
        "plaza",
        "regional",
        "road",
        "school",
        "square",
        "st",
        "street",
        "terrace",
        "township",
        "university",
    ];
    let next = i + 1 + usize::from(turn.is_mark(i + 1, ","));
    let stated = turn.classes(next).any(Classes::STATE) && !is_list(turn, i);
    i > 0 && BEFORE.has(turn.key(i - 1))
        || KINDS.has(turn.key(next))
        || turn.word(i + 1) == "state" && KINDS.has(turn.key(i + 2))
        || turn.kind(next) == Some(TokenKind::Number)
        || i > 0 && turn.kind(i - 1) == Some(TokenKind::Number)
        || stated
}

/// Whether it is a surname: after a given name, a title, or what asks for one.
fn is_person(turn: &ReadTurn<'_>, i: usize) -> bool {
    const BEFORE: Words = words!["i'm", "name", "surname", "under", "family"];
    let before = turn.title_before(i).map(|k| turn.classes(k));
    let named = |classes: Classes| {
        classes.any(Classes::TITLE)
            || classes.given() >= 2 && !classes.any(Classes::STOP | Classes::STATE)
            || classes.is_unlisted()
    };
    before.is_some_and(named)
        || turn.classes(i).any(Classes::POSSESSIVE)
        || (i.saturating_sub(NEAR)..i).any(|k| BEFORE.has(turn.key(k)))
        || turn.classes(i + 1).family() >= 3 && !turn.classes(i + 1).any(Classes::STOP)
}

/// Whether what is said around it is said of land: where somebody is or goes, in
/// a list of states, or what it is like there.
fn is_land(turn: &ReadTurn<'_>, i: usize) -> bool {
    const IN: Words = words![
        "across",
        "around",
        "in",
        "left",
        "of",
        "out",
        "over",
        "through",
        "throughout",
        "to",
        "from",
    ];
    const LIKE: Words = words!["gets", "has", "is", "must", "sounds", "was"];
    const SUCH: Words = words![
        "a",
        "be",
        "beautiful",
        "cold",
        "different",
        "far",
        "gorgeous",
        "great",
        "lovely",
        "nice",
        "pretty",
        "rainy",
        "so",
        "too",
        "very",
        "wet",
    ];
    let placed = i > 0 && IN.has(turn.key(i - 1));
    let like = LIKE.has(turn.key(i + 1)) && SUCH.has(turn.key(i + 2));
    placed || turn.word(i + 1) == "state" || is_list(turn, i) || like
}

/// Whether another place that is no town is listed beside it: `oregon and
/// [washington]`, `up in mount rainier and [washington]`.
fn is_list(turn: &ReadTurn<'_>, i: usize) -> bool {
    let joins = |k: usize| matches!(turn.word(k), "and" | "or") || turn.is_mark(k, ",");
    let land = |k: usize| turn.classes(k).any(Classes::STATE);
    let after = joins(i + 1) && matches!(turn.word(i + 1), "and" | "or") && land(i + 2);
    let before = i > 1 && joins(i - 1);
    let in_before = (i.saturating_sub(2 * NEAR)..i.saturating_sub(1))
        .any(|k| matches!(turn.word(k), "in" | "to" | "from" | "through"));
    after || before && (land(i - 2) || turn.word(i - 1) == "and" && in_before)
}

#[cfg(test)]
mod tests {
    use crate::deid::document::Document;
    use crate::deid::lexicon::tests::LEXICON;
    use crate::deid::lexicon::{Classes, Reading};
    use crate::deid::tests::conversation;

    fn is_state(text: &str) -> bool {
        let raw = conversation(&[text]);
        let document = Document::new(&raw);
        let reading = Reading::new(&document, &LEXICON);
        let turn = &reading.turns[0];
        let at = (0..turn.len()).find(|&i| turn.word(i).starts_with("washington"));
        at.is_some_and(|i| turn.classes(i).any(Classes::STATE))
    }

    #[test]
    fn a_state_is_told_by_what_is_said_around_it() {
        for text in [
            "we moved here from washington in may",
            "my sister lives in washington now",
            "the state of washington paid for it",
            "washington state has a program",
            "he drives through oregon and washington",
            "oh washington gets so cold",
            "we were up in the olympics and washington so i walked a lot",
        ] {
            assert!(is_state(text), "{text}");
        }
    }

    #[test]
    fn towns_and_persons_are_none() {
        for text in [
            "my last name is washington",
            "this is carla washington",
            "dr. washington saw me",
            "i live in washington, ohio",
            "washington 20001",
            "i live on washington street",
            "in washington d c",
            "it's under washington",
            "washington county jail",
            "is washington calling",
        ] {
            assert!(!is_state(text), "{text}");
        }
    }
}
