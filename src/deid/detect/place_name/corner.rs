//! Corners of two streets, their kinds left out: `the call was from [canal and eighth]`,
//! `my walk goes past [quillmore and vine]` (45 CFR 164.514(b)(2)(i)(B)).

use crate::deid::detect::name::{Standing, standing};
use crate::deid::document::TokenKind;
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::spoken::{ordinal, tens};
use crate::deid::word::{Words, says, words};

use super::Place;
use super::house::{NO_STREET, ends};
use super::street::TREES;

/// Fewest letters of a street's name that is in no list.
const LONG_ENOUGH: usize = 5;

/// How far before a corner it is told what somebody does there.
const REACH: usize = 5;

/// What streets are called after that is a common word too.
pub(super) const COMMON: Words = words![
    "bridge", "broad", "broadway", "canal", "center", "central", "church", "college", "commerce",
    "court", "division", "eastern", "front", "grand", "high", "lake", "liberty", "main", "market",
    "mill", "northern", "park", "pleasant", "prospect", "railroad", "river", "southern", "spring",
    "state", "union", "vine", "water", "western",
];

/// The corner about the `and` at token `i`.
pub(super) fn about(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    if i == 0 || i + 1 >= turn.len() {
        return None;
    }
    let numbered = ordinal_before(turn, i);
    let first = numbered.or_else(|| is_street(turn, i - 1).then(|| i - 1))?;
    let other = ordinal_from(turn, i + 1);
    let end = other.or_else(|| is_street(turn, i + 1).then_some(i + 2))?;
    if !ends_there(turn, end) {
        return None;
    }
    let told = match (numbered, other) {
        (Some(_), Some(_)) => false,
        (None, None) => is_spot(turn, first) && (is_sure(turn, i - 1) || is_sure(turn, i + 1)),
        _ => is_placed(turn, first),
    };
    told.then(|| Place::address(first..end, "corner", 0.7))
}

/// Where the ordinal begins that ends before token `end`: `[41st]`, `[ninth]`,
/// `[forty first]`.
fn ordinal_before(turn: &ReadTurn<'_>, end: usize) -> Option<usize> {
    let last = end.checked_sub(1)?;
    if is_written_ending(turn, last) {
        return last.checked_sub(1);
    }
    is_later(turn, last).then(|| last - usize::from(last > 0 && tens(turn.key(last - 1)).is_some()))
}

/// One past the ordinal that begins at token `i`.
fn ordinal_from(turn: &ReadTurn<'_>, i: usize) -> Option<usize> {
    if turn.kind(i) == Some(TokenKind::Number) {
        return is_written_ending(turn, i + 1).then_some(i + 2);
    }
    let last = i + usize::from(tens(turn.key(i)).is_some());
    is_later(turn, last).then_some(last + 1)
}

/// Whether token `k` is the ending of an ordinal in digits: `41[st]`.
fn is_written_ending(turn: &ReadTurn<'_>, k: usize) -> bool {
    says!(turn, k, "st" | "nd" | "rd" | "th")
        && turn.is_joined(k)
        && k > 0
        && turn.kind(k - 1) == Some(TokenKind::Number)
}

/// Whether token `k` is an ordinal after the third, which sentences count by.
fn is_later(turn: &ReadTurn<'_>, k: usize) -> bool {
    const FEW: Words = words!["first", "second", "third"];
    turn.is_word(k)
        && ordinal(turn.key(k)).is_some()
        && (!FEW.has(turn.key(k)) || k > 0 && tens(turn.key(k - 1)).is_some())
}

/// Whether token `k` may be a street's name.
fn is_street(turn: &ReadTurn<'_>, k: usize) -> bool {
    const SELDOM: u32 = 5;
    let classes = turn.classes(k);
    if COMMON.has(turn.key(k)) || TREES.has(turn.key(k)) {
        return true;
    }
    turn.is_word(k)
        && !turn.is_letter(k)
        && !classes.any(NO_STREET | Classes::BRAND | Classes::COUNTRY | Classes::KIN)
        && match standing(classes) {
            Standing::Unlisted => turn.word(k).len() >= LONG_ENOUGH,
            Standing::Name | Standing::Rare | Standing::Ambiguous => true,
            _ => turn.is_proper(k) || classes.town_size() >= 1 && classes.commonness() <= SELDOM,
        }
}

/// Whether token `k` is a street's name more often than a word.
fn is_sure(turn: &ReadTurn<'_>, k: usize) -> bool {
    let classes = turn.classes(k);
    COMMON.has(turn.key(k))
        || TREES.has(turn.key(k))
        || classes.town_size() >= 1
        || standing(classes) == Standing::Unlisted
}

/// Whether somebody is, or passes, where token `first` begins.
fn is_placed(turn: &ReadTurn<'_>, first: usize) -> bool {
    const BEFORE: Words = words![
        "around", "at", "by", "from", "it's", "its", "near", "nr", "of", "off", "on", "past", "to",
        "under",
    ];
    first == 0 || turn.is_mark(first - 1, ".") || BEFORE.has(turn.key(first - 1))
}

/// Whether somebody stops at, or passes, what begins at token `first`, as is done at
/// corners.
fn is_spot(turn: &ReadTurn<'_>, first: usize) -> bool {
    const BEFORE: Words = words!["at", "by", "near", "of", "on", "past"];
    const SPOTS: Words = words![
        "bus",
        "camp",
        "camped",
        "corner",
        "crash",
        "crosswalk",
        "drive",
        "drove",
        "driving",
        "exit",
        "hydrant",
        "intersection",
        "light",
        "lights",
        "meet",
        "off",
        "parked",
        "shelter",
        "stand",
        "standing",
        "station",
        "stop",
        "train",
        "tram",
        "walk",
        "walking",
    ];
    first > 1
        && BEFORE.has(turn.key(first - 1))
        && (first.saturating_sub(REACH)..first - 1).any(|k| SPOTS.has(turn.key(k)))
}

/// Whether a corner may end before token `end`.
fn ends_there(turn: &ReadTurn<'_>, end: usize) -> bool {
    const AFTER: Words = words![
        "above", "across", "it's", "over", "street", "till", "under", "until", "where"
    ];
    ends(turn, end) || AFTER.has(turn.key(end))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_by;
    use crate::domain::Category::Address;

    #[test]
    fn an_ordinal_and_a_name_are_a_corner() {
        for (line, corner) in [
            ("the call was from canal and eighth", "canal and eighth"),
            ("52nd and Quillmore above the school", "52nd and Quillmore"),
            ("waits near 18th & Alder, blue coat", "18th & Alder"),
            ("the shop by maple and forty first", "maple and forty first"),
        ] {
            check_by(line, Address, &[corner]);
        }
        for line in [
            "between the 4th and monday",
            "on the 14th and quillmore called",
            "first and foremost",
            "from third and market research",
            "it's the 14th and then the 20th",
        ] {
            check_by(line, Address, &[]);
        }
    }

    #[test]
    fn two_names_are_a_corner_where_somebody_stops() {
        for (line, corner) in [
            ("my walk goes past quillmore and vine", "quillmore and vine"),
            ("i get off at grand and western", "grand and western"),
            (
                "the bus stop by Alder and Quince, i think",
                "Alder and Quince",
            ),
        ] {
            check_by(line, Address, &[corner]);
        }
        for line in [
            "i stop at breakfast and lunch",
            "we met at church and prayed",
            "i walk by myself and it hurts",
            "look at grand and western art",
            "get off at night and weekends",
        ] {
            check_by(line, Address, &[]);
        }
    }
}
