//! Facilities that are called by a name alone, without the word that says what
//! they are: where somebody is treated, or taken (`discharged from mercy`).

use std::ops::Range;

use crate::deid::Strength;
use crate::deid::detect::fluent::past_hesitation;
use crate::deid::detect::name::{Standing, ends_phrase, standing};
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, says, words};
use crate::domain::Category;

use super::Place;
use super::facility::{is_plain, is_specialty};

/// Before a place where somebody is or goes.
pub(super) const PLACED: Words = words!["at", "from", "to"];

/// What hospitals are called after that are called after no place.
const CALLED_AFTER: Words = words![
    "adventist",
    "ascension",
    "baptist",
    "children's",
    "deaconess",
    "lutheran",
    "memorial",
    "mercy",
    "methodist",
    "mission",
    "presbyterian",
    "providence",
    "regional",
    "samaritan",
    "shepherd",
    "shriners",
    "sinai",
    "trinity",
];

/// How far before the preposition the word stands that tells of treatment.
const NEAR: usize = 5;

/// Most words of such a name.
const MOST_WORDS: usize = 3;

/// Fewest letters of a word in no list that tells a facility.
const LONG_ENOUGH: usize = 5;

/// The facility after the preposition at token `i`.
pub(super) fn after(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    if !PLACED.has(turn.key(i)) {
        return None;
    }
    called_after(turn, i)
        .or_else(|| of_plants(turn, i))
        .or_else(|| ending_so(turn, i))
        .or_else(|| treated(turn, i))
        .map(|tokens| Place {
            tokens,
            category: Category::Facility,
            rule: "alone",
            strength: Strength::Likely,
            confidence: 0.7,
        })
}

/// A name as many hospitals have: `over at [mercy]`, `from [good samaritan]`.
fn called_after(turn: &ReadTurn<'_>, i: usize) -> Option<Range<usize>> {
    const FIRST: Words = words!["good", "holy", "mount", "new", "our", "saint", "st"];
    let first = past_hesitation(turn, i + 1);
    let named = first + usize::from(FIRST.has(turn.key(first)));
    if says!(turn, first, "good") && says!(turn, named, "sam") && ends_phrase(turn, named) {
        return Some(first..named + 1);
    }
    let alone = CALLED_AFTER.has(turn.key(named)) && ends_phrase(turn, named);
    let held = says!(turn, named + 1, "of" | "for");
    (alone && !held).then_some(first..named + 1)
}

/// A home for the old that is called after what grows about it: `over at the [laurels]`.
fn of_plants(turn: &ReadTurn<'_>, i: usize) -> Option<Range<usize>> {
    const PLANTS: Words = words![
        "aspens",
        "beeches",
        "birches",
        "cedars",
        "chestnuts",
        "cottonwoods",
        "cypresses",
        "elms",
        "firs",
        "hawthorns",
        "hollies",
        "junipers",
        "laurels",
        "lindens",
        "magnolias",
        "maples",
        "oaks",
        "pines",
        "poplars",
        "redwoods",
        "sycamores",
        "willows",
    ];
    const AFTER: Words = words!["apartment", "room", "unit"];
    let name = past_hesitation(turn, i + 1) + 1;
    let closed = ends_phrase(turn, name) || AFTER.has(turn.key(name + 1));
    (says!(turn, name - 1, "the") && PLANTS.has(turn.key(name)) && closed).then_some(name..name + 1)
}

/// A name of plain words that ends as many hospitals' names do: `at [cedar ridge
/// memorial]`.
fn ending_so(turn: &ReadTurn<'_>, i: usize) -> Option<Range<usize>> {
    const ENDS: Words = words![
        "baptist",
        "deaconess",
        "memorial",
        "methodist",
        "presbyterian",
        "regional",
    ];
    let first = past_hesitation(turn, i + 1);
    let last = (first + 1..turn.len().min(first + MOST_WORDS)).find(|&k| ENDS.has(turn.key(k)))?;
    let plain = (first..last).all(|k| is_plain(turn, k) && !is_specialty(turn, k));
    (plain && ends_phrase(turn, last)).then_some(first..last + 1)
}

/// A name of one or two words, after what is done to patients: `the scan at
/// [quillmere]`, `transferred to [quillmere]`.
fn treated(turn: &ReadTurn<'_>, i: usize) -> Option<Range<usize>> {
    let first = past_hesitation(turn, i + 1);
    let first = first + usize::from(says!(turn, first, "the"));
    let end = (first..turn.len().min(first + MOST_WORDS))
        .take_while(|&k| tells(turn, k))
        .last()?
        + 1;
    let near = (i.saturating_sub(NEAR)..i).any(|k| is_treatment(turn, k) || is_study(turn, k));
    (near && ends_phrase(turn, end - 1)).then_some(first..end)
}

/// The surgery or practice of plain words that ends with token `i`, where
/// somebody is its patient: `at the [mill lane surgery]`, `with the [cedar
/// practice]`. What is done to a patient has no such name.
pub(super) fn practice(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    const STREETS: Words = words![
        "avenue", "court", "green", "grove", "hill", "house", "lane", "park", "road", "street",
        "view",
    ];
    const OTHER: Words = words![
        "band",
        "baseball",
        "basketball",
        "batting",
        "best",
        "brain",
        "bypass",
        "choir",
        "common",
        "current",
        "dance",
        "elective",
        "football",
        "group",
        "hockey",
        "laser",
        "law",
        "major",
        "minor",
        "plastic",
        "previous",
        "robotic",
        "soccer",
        "solo",
        "swim",
        "upcoming",
        "usual",
        "whole"
    ];
    let with: Words = match turn.word(i) {
        "surgery" => words!["at"],
        "practice" => words!["at", "from", "to", "with"],
        _ => return None,
    };
    let start = (i.saturating_sub(MOST_WORDS)..i)
        .rev()
        .take_while(|&k| is_plain(turn, k) && !OTHER.has(turn.key(k)) && !is_specialty(turn, k))
        .last()?;
    let before = |back: usize| start.checked_sub(back);
    let the = before(1).is_some_and(|k| says!(turn, k, "the"));
    let placed = before(2).is_some_and(|k| with.has(turn.key(k)));
    let street = i > start + 1 && STREETS.has(turn.key(i - 1));
    (street || the && placed).then_some(Place {
        tokens: start..i + 1,
        category: Category::Facility,
        rule: "practice",
        strength: Strength::Likely,
        confidence: 0.7,
    })
}

/// Whether token `k` tells of what students do.
fn is_study(turn: &ReadTurn<'_>, k: usize) -> bool {
    const WORDS: Words = words![
        "bachelor's",
        "college",
        "degree",
        "dorm",
        "fellowship",
        "freshman",
        "graduated",
        "internship",
        "master's",
        "masters",
        "phd",
        "professor",
        "residency",
        "school",
        "semester",
        "sophomore",
        "studied",
        "undergrad",
    ];
    WORDS.has(turn.key(k))
}

/// Whether token `k` tells of what is done to patients, or of where.
pub(super) fn is_treatment(turn: &ReadTurn<'_>, k: usize) -> bool {
    const WORDS: Words = words![
        "admitted",
        "biopsy",
        "chemo",
        "colonoscopy",
        "consultant",
        "ct",
        "dialysis",
        "discharged",
        "echo",
        "emergency",
        "er",
        "hospital",
        "icu",
        "mammogram",
        "mri",
        "operated",
        "operation",
        "procedure",
        "rehab",
        "scan",
        "scans",
        "seen",
        "surgeon",
        "surgery",
        "transferred",
        "transplant",
        "treated",
        "ultrasound",
        "ward",
        "xray",
    ];
    WORDS.has(turn.key(k))
}

/// Whether token `k` is a name that says where, and no word.
fn tells(turn: &ReadTurn<'_>, k: usize) -> bool {
    let classes = turn.classes(k);
    let long = turn.word(k).len() >= LONG_ENOUGH;
    turn.is_word(k)
        && !turn.is_letter(k)
        && !classes.any(Classes::POSSESSIVE | Classes::CALENDAR | Classes::DRUG | Classes::CLINICAL)
        && match standing(classes) {
            Standing::Unlisted | Standing::Rare => long,
            Standing::Name => true,
            _ => classes.town_size() >= 1 && classes.commonness() <= 2,
        }
}
