//! Facilities by the kind that ends their name: "… hospital", "… clinic".

use crate::deid::Strength;
use crate::deid::detect::name::{Standing, standing};
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::domain::Category;

use super::Place;

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
            "medical" | "health" | "surgery" | "cancer" | "rehab" | "wellness" | "imaging",
            "center" | "centre" | "group"
        ) | ("urgent" | "primary", "care")
            | ("nursing", "home")
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
    let listed = standing(classes) == Standing::Name
        || standing(classes) == Standing::Rare
        || (classes.town_size() >= 1 && classes.commonness() == 0);
    listed || (turn.is_proper(k) && !turn.is_all_capitals(k) && !classes.any(Classes::CLINICAL))
}
