//! Facilities called after a place, "family clinic of …", or after a saint.

use crate::deid::Strength;
use crate::deid::detect::name::{Standing, ends_phrase, standing};
use crate::deid::lexicon::ReadTurn;
use crate::deid::word::{Words, says, words};
use crate::domain::Category;

use super::Place;
use super::facility::{
    MOST_WORDS, SAINT, belongs, is_adjective, is_of_town, is_plain, is_specialty, is_telling,
    kind_start,
};

/// The facility of a kind and a place that begins with the kind that ends with
/// token `i`: "family clinic of …".
pub(super) fn of_place(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    let kind = kind_start(turn, i).filter(|_| says!(turn, i + 1, "of"))?;
    let first = i + 2 + usize::from(says!(turn, i + 2, "the"));
    let told = |k: usize| is_telling(turn, k) || is_adjective(turn.word(k)) || is_of_town(turn, k);
    let shared = (kind.saturating_sub(MOST_WORDS)..kind).rev();
    let kinds = i + 1 - kind + shared.take_while(|&k| is_adjective(turn.word(k))).count();
    let plain = (first == i + 2 && kinds > 1)
        .then(|| plain_end(turn, first))
        .flatten();
    let telling = (first..turn.len().min(first + MOST_WORDS))
        .take_while(|&k| told(k))
        .last()
        .map(|last| last + 1)
        .filter(|&end| (first..end).any(|k| is_telling(turn, k)));
    let end = plain.max(telling)?;
    let start = (kind.saturating_sub(MOST_WORDS)..kind)
        .rev()
        .take_while(|&k| belongs(turn, k))
        .last()
        .unwrap_or(kind);
    Some(Place {
        tokens: start..end,
        category: Category::Facility,
        rule: "of-place",
        strength: Strength::Likely,
        confidence: 0.8,
    })
}

/// One past the place of plain words that begins at token `first` and ends what
/// is said, after a facility's kind and `of`, with no article: "urgent care of
/// [oak hollow]".
fn plain_end(turn: &ReadTurn<'_>, first: usize) -> Option<usize> {
    const NOT: Words = words![
        "america",
        "choice",
        "choices",
        "excellence",
        "interest",
        "origin",
        "preference",
        "record",
    ];
    let last = (first..turn.len().min(first + MOST_WORDS))
        .take_while(|&k| is_plain(turn, k) && !NOT.has(turn.key(k)) && !is_specialty(turn, k))
        .last()?;
    ends_phrase(turn, last).then_some(last + 1)
}

/// The hospital, school or church that is called after a saint, where somebody
/// is or goes: "at st [brigids]".
pub(super) fn of_saint(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    const BEFORE: Words = words!["at", "from", "in", "near", "to"];
    const LED: Words = words![
        "it's", "its", "like", "maybe", "probably", "that's", "the", "think", "uh", "um", "was",
        ","
    ];
    if !SAINT.has(turn.key(i)) {
        return None;
    }
    let name = i + 1 + usize::from(turn.is_mark(i + 1, "."));
    // `[st brigids] the one by the mill`: what is hers, and no herb.
    let hers = turn.word(name).ends_with("'s")
        && !says!(turn, name + 1, "dance" | "day" | "fire" | "wort");
    let owned = hers
        || turn.word(name).ends_with('s')
            && (i == 0 || LED.has(turn.key(i - 1)))
            && !says!(turn, name + 1, "wort");
    let at = i > 0 && BEFORE.has(turn.key(i - 1));
    if !at && !owned {
        return None;
    }
    // An illness is called after some, but no saint is one.
    let named = hers || standing(turn.classes(name)) > Standing::Word;
    (turn.is_word(name) && !turn.is_letter(name) && named).then_some(Place {
        tokens: i..name + 1,
        category: Category::Facility,
        rule: "saint",
        strength: Strength::Likely,
        confidence: 0.75,
    })
}
