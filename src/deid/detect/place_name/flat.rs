//! Houses and flats that a number tells, or a number and a letter, the street left out:
//! `at [number sixty two]`, `he's in [3r]`, `it's odra from [two b]` (45 CFR
//! 164.514(b)(2)(i)(B)).

use std::ops::Range;

use crate::deid::detect::expect::talk::number;
use crate::deid::detect::name::{Standing, standing};
use crate::deid::document::TokenKind;
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::spoken::digits_at;
use crate::deid::word::{Words, says, words};

use super::Place;

/// Most words, and most digits, of a number that a door has.
const MOST_WORDS: usize = 3;
const MOST_DIGITS: usize = 4;

/// Beside a door, whoever is there.
pub(super) const BESIDE: Words = words!["above", "below", "opposite", "outside"];

/// Before a door.
pub(super) const BEFORE: Words = words!["at", "from", "in", "into", "to"];

/// What else is counted or graded: a turn that speaks of it tells of no door.
const GRADED: Words = words![
    "cancer",
    "chapter",
    "chart",
    "charts",
    "ckd",
    "grade",
    "hepatitis",
    "item",
    "kidney",
    "level",
    "list",
    "menu",
    "option",
    "page",
    "pain",
    "phase",
    "press",
    "question",
    "queue",
    "rank",
    "ranked",
    "row",
    "scale",
    "seat",
    "section",
    "setting",
    "size",
    "stage",
    "step",
    "teeth",
    "terminal",
    "tooth",
    "tumor",
    "vitamin",
];

/// The house after the `number` at token `i`: `lives at [number sixty two]`.
pub(super) fn by_number(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    const PLACED: Words = words![
        "at", "behind", "beside", "by", "in", "into", "near", "opposite", "outside", "past",
    ];
    // `skip to number four`, which is no house, but `took it to number four`
    const GOES: Words = words![
        "back", "changed", "down", "go", "going", "jump", "move", "on", "over", "set", "skip",
        "switch", "up",
    ];
    // `let's start at number five`
    const COUNTS: Words = words![
        "begin", "begins", "it", "landed", "look", "looking", "ranks", "rate", "rated", "start",
        "started", "starting", "starts", "stop", "stopped", "that", "them",
    ];
    const AFTER: Words = words![
        "and",
        "because",
        "but",
        "by",
        "he",
        "i",
        "instead",
        "is",
        "it's",
        "just",
        "next",
        "not",
        "now",
        "okay",
        "on",
        "opposite",
        "please",
        "right",
        "she",
        "so",
        "that's",
        "the",
        "there",
        "they",
        "we",
        "when",
        "with",
        "yesterday",
    ];
    let before = i.checked_sub(1)?;
    let carried =
        says!(turn, before, "to" | "from") && before > 0 && !GOES.has(turn.key(before - 1));
    let counts = before > 0 && COUNTS.has(turn.key(before - 1));
    // `behind quillmore lane [number nine]`
    const STREETS: Words = words!["avenue", "close", "drive", "lane", "road", "street", "way"];
    let after_street = before > 0 && STREETS.has(turn.key(before));
    if !carried && !after_street && (!PLACED.has(turn.key(before)) || counts) {
        return None;
    }
    let end = number_end(turn, i + 1)?;
    let end = end + usize::from(is_door_letter(turn, end));
    let ends = is_end(turn, end) || AFTER.has(turn.key(end));
    // `at number four on the list`
    (ends && !speaks_of_grades(turn)).then(|| door(i..end, 0.75))
}

/// The flat after the preposition at token `i`: `they moved her to [three f]`.
pub(super) fn after(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    let first = i + 1;
    if !number(turn.turn, first) {
        return None;
    }
    let letter = number_end(turn, first)?;
    if !is_door_letter(turn, letter) || speaks_of_grades(turn) {
        return None;
    }
    // `the meter's at [18B]`: written as doors are, and as hardly anything else.
    let written = turn.word(first).len() > 1
        && letter == first + 1
        && turn.is_joined(letter)
        && turn.is_capital(letter);
    if !written && !is_placed(turn, i) {
        return None;
    }
    // `in 3d`, `at six a m`
    let other = match turn.word(letter) {
        "d" => says!(turn, first, "2" | "3" | "two" | "three") && says!(turn, i, "in"),
        "a" => says!(turn, i, "at") && !turn.is_all_capitals(letter),
        _ => false,
    };
    let end = letter + 1;
    let ends = is_end(turn, end) || turn.classes(end).any(Classes::STOP);
    (ends && !other).then(|| door(first..end, 0.7))
}

/// The flat after the word at token `i` that says where somebody is now: `he's [seven
/// d] now`, `it was [4c] before`.
pub(super) fn of_dweller(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    const WHEN: Words = words!["before", "now", "originally", "upstairs"];
    let first = i + 1;
    if !number(turn.turn, first) {
        return None;
    }
    let letter = number_end(turn, first)?;
    let told = is_door_letter(turn, letter) && WHEN.has(turn.key(letter + 1));
    (told && !speaks_of_grades(turn)).then(|| door(first..letter + 1, 0.7))
}

/// Before a flat that somebody has.
pub(super) const DWELLER: Words = words!["he's", "i'm", "is", "she's", "they're", "was", "we're"];

/// Whether somebody is said to be, or to come from, or something to go, where the
/// preposition at token `i` tells.
fn is_placed(turn: &ReadTurn<'_>, i: usize) -> bool {
    const NEAR: usize = 4;
    const DWELLS: Words = words![
        "he's",
        "i'm",
        "im",
        "is",
        "ladies",
        "lady",
        "live",
        "lived",
        "lives",
        "living",
        "man",
        "neighbor",
        "neighbors",
        "neighbour",
        "neighbours",
        "she's",
        "stay",
        "staying",
        "still",
        "tenant",
        "tenants",
        "they're",
        "was",
        "we're",
        "who's",
        "woman",
    ];
    const COMES: Words = words![
        "fella",
        "gentleman",
        "girl",
        "guy",
        "guys",
        "kid",
        "kids",
        "lady",
        "man",
        "people",
        "tenant",
        "woman",
    ];
    const MOVES: Words = words!["deliver", "delivered", "move", "moved", "moves", "moving"];
    const SELF: Words = words!["i'm", "is", "it's", "its", "this"];
    const FLOORS: Words = words!["above", "below", "downstairs", "upstairs"];
    if BESIDE.has(turn.key(i)) {
        return true;
    }
    let Some(before) = i.checked_sub(1) else {
        return false;
    };
    let near = i.saturating_sub(NEAR)..i;
    let moved = || near.clone().any(|k| MOVES.has(turn.key(k)));
    match turn.word(i) {
        "in" | "at" => DWELLS.has(turn.key(before)),
        "from" => {
            let named = standing(turn.classes(before)) >= Standing::Unlisted
                && near.clone().any(|k| SELF.has(turn.key(k)));
            // `the noise is from [4c] above`
            let beside = (i + 2..turn.len().min(i + 2 + MOST_WORDS))
                .any(|k| is_door_letter(turn, k - 1) && FLOORS.has(turn.key(k)));
            COMES.has(turn.key(before)) || named || beside || moved()
        }
        _ => {
            // `from three a to [three f]`
            moved()
                || i > 2 && is_door_letter(turn, before) && {
                    let first = first_of_number(turn, before);
                    first > 0 && says!(turn, first - 1, "from") && is_placed(turn, first - 1)
                }
        }
    }
}

/// The first token of the number that ends before token `end`.
fn first_of_number(turn: &ReadTurn<'_>, end: usize) -> usize {
    let numbers = (end.saturating_sub(MOST_WORDS)..end).rev();
    numbers
        .take_while(|&k| number(turn.turn, k))
        .last()
        .unwrap_or(end)
}

/// One past the number that begins at token `first`, where a door may have it.
fn number_end(turn: &ReadTurn<'_>, first: usize) -> Option<usize> {
    let said = |k: &usize| number(turn.turn, *k) || turn.is_mark(*k, "-") && *k > first;
    let end = (first..turn.len()).take_while(said).last()? + 1;
    let digits = |k: usize| digits_at(turn.turn, k);
    let long: usize = (first..end).map(digits).sum();
    (end - first <= MOST_WORDS && long <= MOST_DIGITS).then_some(end)
}

/// Whether token `k` is a letter that follows a number on a door, and no unit.
fn is_door_letter(turn: &ReadTurn<'_>, k: usize) -> bool {
    const SIDES: Words = words!["e", "f", "h", "l", "n", "r", "s", "w"];
    turn.is_letter(k)
        && (says!(turn, k, "a" | "b" | "c" | "d" | "e" | "f")
            || turn.is_joined(k) && turn.is_capital(k) && SIDES.has(turn.key(k)))
}

fn is_end(turn: &ReadTurn<'_>, k: usize) -> bool {
    match turn.kind(k) {
        None => true,
        Some(TokenKind::Mark) => !matches!(turn.word(k), "/" | "-" | ":" | "%" | "°"),
        _ => false,
    }
}

fn speaks_of_grades(turn: &ReadTurn<'_>) -> bool {
    (0..turn.len()).any(|k| GRADED.has(turn.key(k)))
}

/// Whether [`after`] may find a flat after the word at token `i`.
pub(super) fn may_stand_before(turn: &ReadTurn<'_>, i: usize) -> bool {
    BEFORE.has(turn.key(i)) || BESIDE.has(turn.key(i))
}

const fn door(tokens: Range<usize>, confidence: f32) -> Place {
    Place::address(tokens, "door", confidence)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_by;
    use crate::domain::Category::Address;

    #[test]
    fn doors_are_told_by_a_number_and_a_letter() {
        for (line, doors) in [
            ("it's odra from two b the tap drips", &["two b"][..]),
            ("she's in 5C and can't get down", &["5C"]),
            (
                "they moved her from three a to three f",
                &["three a", "three f"],
            ),
            ("the water comes from the pipe above 3R.", &["3R"]),
            ("the lady in 12 f complained", &[]),
            ("the lady lives in 12 f now", &["12 f"]),
            ("he's in twenty one c", &["twenty one c"]),
            ("he is seven d now they moved him", &["seven d"]),
            ("the meter is at 18B by the bins", &["18B"]),
        ] {
            check_by(line, Address, doors);
        }
    }

    #[test]
    fn houses_are_told_by_their_number() {
        for (line, house) in [
            ("he lives at number sixty two", "number sixty two"),
            ("i'm at number 14 with the blue gate", "number 14"),
            ("the brick ones down the lane number nine", "number nine"),
            (
                "they brought it to number nine instead of us",
                "number nine",
            ),
            ("it's parked outside number 8b", "number 8b"),
            ("the smell is worst by number 33, on the left", "number 33"),
        ] {
            check_by(line, Address, &[house]);
        }
    }

    #[test]
    fn grades_units_and_lists_have_no_door() {
        for line in [
            "the scan was in 3d so it's clear",
            "he's in stage 3b now",
            "be here at six a m",
            "i'm at number four in the queue",
            "skip to number four please",
            "my pain is at number eight",
            "she went from 5 mg to 10 mg",
            "the cancer moved from 2a to 3b",
            "i'm in at 6 p m",
            "hmm let's start at number five",
        ] {
            check_by(line, Address, &[]);
        }
    }
}
