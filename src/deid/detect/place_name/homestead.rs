//! Houses that have a name for a number: `to [the old parsonage], quillmore`, `[Rook
//! Cottage], is that still right` (45 CFR 164.514(b)(2)(i)(B)).

use std::ops::Range;

use crate::deid::Strength;
use crate::deid::detect::name::{Standing, standing};
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, says, words};
use crate::domain::Category;

use super::Place;

/// What a house with a name is, or was once.
pub(super) const HOMES: Words = words![
    "bakehouse",
    "bakery",
    "barn",
    "bothy",
    "brewery",
    "byre",
    "chapel",
    "cottage",
    "cottages",
    "creamery",
    "croft",
    "dairy",
    "farm",
    "farmhouse",
    "forge",
    "gatehouse",
    "granary",
    "grange",
    "hall",
    "house",
    "lodge",
    "maltings",
    "manor",
    "manse",
    "mill",
    "oasthouse",
    "parsonage",
    "presbytery",
    "priory",
    "rectory",
    "school",
    "schoolhouse",
    "smithy",
    "stables",
    "station",
    "steading",
    "tannery",
    "vicarage",
    "villa",
];

/// Most words of the name before the kind.
const MOST_WORDS: usize = 3;

/// The house whose kind is token `i`.
pub(super) fn ending_at(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    let tokens = once(turn, i).or_else(|| in_capitals(turn, i))?;
    Some(Place {
        tokens,
        category: Category::Address,
        rule: "homestead",
        strength: Strength::Likely,
        confidence: 0.7,
    })
}

/// `the old [parsonage]` and a town: what the house was.
fn once(turn: &ReadTurn<'_>, i: usize) -> Option<Range<usize>> {
    let the = i.checked_sub(2)?;
    if !says!(turn, the + 1, "old") || !says!(turn, the, "the") {
        return None;
    }
    let next = i + 1 + usize::from(turn.is_mark(i + 1, ","));
    let classes = turn.classes(next);
    let town = turn.is_word(next)
        && !classes.any(Classes::STOP | Classes::CLINICAL | Classes::CALENDAR)
        && (turn.is_capital(next)
            || classes.town_size() >= 1 && classes.commonness() <= 2
            || standing(classes) == Standing::Unlisted && turn.word(next).len() > 4);
    town.then_some(the..i + 1)
}

/// `[Rook Cottage],`: a name of capitals, which a mark ends or `is`.
fn in_capitals(turn: &ReadTurn<'_>, i: usize) -> Option<Range<usize>> {
    const OTHER: Words = words![
        "bed", "burger", "care", "carnegie", "city", "clearing", "coffee", "concert", "custom",
        "dance", "day", "fire", "full", "guest", "high", "ihop", "music", "nursing", "opera",
        "open", "police", "power", "primary", "public", "safe", "steak", "sunday", "texas", "town",
        "waffle", "white",
    ];
    const PLAIN: Words = words!["bakery", "chapel", "hall", "school", "station", "villa"];
    let capital = |k: usize| turn.is_capital(k) && !turn.is_all_capitals(k) && !turn.is_letter(k);
    if !capital(i) {
        return None;
    }
    let start = (i.saturating_sub(MOST_WORDS)..i)
        .rev()
        .take_while(|&k| capital(k))
        .last()?;
    // What begins the sentence is no part of the name: `Is [Rook Cottage] right?`
    let plain = turn.classes(start).any(Classes::STOP) && !says!(turn, start, "the" | "old");
    let start = start + usize::from(plain && turn.starts_sentence(start));
    let old = (start..i).any(|k| says!(turn, k, "old"));
    let named = i > start
        && !OTHER.has(turn.key(i - 1))
        && !says!(turn, i - 1, "the")
        && !turn.classes(i - 1).any(Classes::CLINICAL | Classes::TITLE)
        && (old || !PLAIN.has(turn.key(i)));
    let closed = !turn.is_word(i + 1) || turn.classes(i + 1).any(Classes::STOP);
    (named && closed).then_some(start..i + 1)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_by;
    use crate::domain::Category::Address;

    #[test]
    fn houses_are_told_by_their_names() {
        for (line, house) in [
            (
                "send it to the old parsonage, quillmore",
                "the old parsonage",
            ),
            ("it's the old bakehouse quillmore", "the old bakehouse"),
            ("Is that still Rook Cottage, as before?", "Rook Cottage"),
            ("We're at Larkrise Farm now.", "Larkrise Farm"),
            ("The Old Forge, that's us.", "The Old Forge"),
        ] {
            check_by(line, Address, &[house]);
        }
        for line in [
            "the old house is cold",
            "we went to the old mill",
            "He's in the White House, he says.",
            "I was at the Opera House.",
            "the old school uniform",
            "Is the House warm?",
        ] {
            check_by(line, Address, &[]);
        }
    }
}
