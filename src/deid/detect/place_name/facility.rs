//! Facilities by the kind that ends their name: "… hospital", "… clinic".

use crate::deid::Strength;
use crate::deid::detect::name::{Standing, standing};
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::domain::Category;

use super::Place;

/// Fewest letters of a word in no list that tells a facility: shorter ones are
/// muttered or abbreviated.
const LONG_ENOUGH: usize = 5;

/// Most words before the kind.
const MOST_WORDS: usize = 4;

/// The facility whose name ends with token `i`.
pub(super) fn ending_at(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    let kind = kind_start(turn, i)?;
    let start = (kind.saturating_sub(MOST_WORDS)..kind)
        .rev()
        .take_while(|&k| belongs(turn, k))
        .last()?;
    let start = (start..kind).find(|&k| is_telling(turn, k) || is_adjective(turn.word(k)))?;
    (start..kind).any(|k| is_telling(turn, k)).then(|| Place {
        tokens: start..i + 1,
        category: Category::Facility,
        rule: "kind",
        strength: Strength::Likely,
        confidence: 0.8,
    })
}

/// The facility of a kind and a place that begins with the kind that ends with
/// token `i`: "family clinic of …".
pub(super) fn of_place(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    let kind = kind_start(turn, i).filter(|_| turn.word(i + 1) == "of")?;
    let first = i + 2;
    let end = (first..turn.len().min(first + MOST_WORDS))
        .take_while(|&k| is_telling(turn, k) || is_adjective(turn.word(k)) || is_of_town(turn, k))
        .last()?
        + 1;
    let start = (kind.saturating_sub(MOST_WORDS)..kind)
        .rev()
        .take_while(|&k| belongs(turn, k))
        .last()
        .unwrap_or(kind);
    (first..end).any(|k| is_telling(turn, k)).then_some(Place {
        tokens: start..end,
        category: Category::Facility,
        rule: "of-place",
        strength: Strength::Likely,
        confidence: 0.8,
    })
}

/// Words with which towns' names begin or end.
fn is_of_town(turn: &ReadTurn<'_>, k: usize) -> bool {
    matches!(
        turn.word(k),
        "port" | "fort" | "lake" | "new" | "san" | "heights" | "junction" | "falls" | "springs"
    )
}

/// Where the words of the kind that ends at token `i` begin.
fn kind_start(turn: &ReadTurn<'_>, i: usize) -> Option<usize> {
    if turn.classes(i).any(Classes::FACILITY) {
        return Some(i);
    }
    if i == 0 || !turn.classes(i).any(Classes::FACILITY_END) {
        return None;
    }
    let before = turn.word(i - 1);
    matches!(
        (before, turn.word(i)),
        (
            "medical"
                | "health"
                | "surgery"
                | "surgical"
                | "cancer"
                | "rehab"
                | "rehabilitation"
                | "dialysis"
                | "infusion"
                | "trauma"
                | "birth"
                | "heart"
                | "wellness"
                | "imaging",
            "center" | "centre" | "group"
        ) | ("urgent" | "primary", "care")
            | ("nursing" | "veterans" | "retirement", "home")
            | ("family", "practice" | "medicine")
            | ("general" | "memorial" | "regional", "medical")
    )
    .then_some(i - 1)
}

/// Whether token `k` may stand within a facility's name.
fn belongs(turn: &ReadTurn<'_>, k: usize) -> bool {
    turn.is_word(k) && (is_adjective(turn.word(k)) || is_telling(turn, k))
}

/// Words that many facilities share: they tell no place by themselves.
fn is_adjective(word: &str) -> bool {
    matches!(
        word,
        "general"
            | "memorial"
            | "regional"
            | "community"
            | "county"
            | "university"
            | "children's"
            | "women's"
            | "saint"
            | "st"
            | "mercy"
            | "good"
            | "samaritan"
            | "valley"
            | "city"
            | "north"
            | "south"
            | "east"
            | "west"
            | "central"
            | "medical"
            | "health"
            | "mount"
            | "family"
            | "baptist"
            | "methodist"
            | "presbyterian"
    )
}

/// Whether token `k` tells one facility from another.
fn is_telling(turn: &ReadTurn<'_>, k: usize) -> bool {
    let classes = turn.classes(k);
    if classes.any(Classes::STOP)
        || !turn.is_word(k)
        || turn.is_letter(k)
        || is_adjective(turn.word(k))
    {
        return false;
    }
    let unlisted = standing(classes) == Standing::Unlisted && turn.word(k).len() >= LONG_ENOUGH;
    let listed = unlisted
        || standing(classes) == Standing::Name
        || standing(classes) == Standing::Rare
        || (classes.town_size() >= 1 && classes.commonness() == 0);
    listed || (turn.is_proper(k) && !turn.is_all_capitals(k) && !classes.any(Classes::CLINICAL))
}
