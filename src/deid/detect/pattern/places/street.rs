//! Whether the words between a number and the kind of a street name one.

use crate::deid::detect::pattern::{Hit, Verdict};
use crate::deid::detect::units::is_unit;
use crate::deid::spoken::is_number_word;
use crate::deid::word::{Key, Words, words};

/// Words that are no street's name: `2 weeks down the road`.
pub(in crate::deid::detect::pattern) const NOT_NAMES: Words = words![
    "a",
    "about",
    "across",
    "again",
    "all",
    "an",
    "and",
    "any",
    "at",
    "away",
    "bad",
    "block",
    "blocks",
    "bus",
    "by",
    "car",
    "cause",
    "different",
    "down",
    "every",
    "few",
    "for",
    "from",
    "good",
    "had",
    "has",
    "have",
    "hour",
    "hours",
    "if",
    "in",
    "is",
    "it",
    "just",
    "kilometer",
    "kilometers",
    "long",
    "main's",
    "mile",
    "miles",
    "minute",
    "minutes",
    "more",
    "my",
    "of",
    "off",
    "on",
    "one",
    "only",
    "or",
    "other",
    "our",
    "out",
    "over",
    "people",
    "same",
    "second",
    "short",
    "side",
    "so",
    "some",
    "step",
    "that",
    "the",
    "their",
    "there",
    "these",
    "this",
    "those",
    "time",
    "times",
    "to",
    "up",
    "was",
    "week",
    "weeks",
    "which",
    "with",
    "year",
    "your",
];

/// Words that a house number goes on with.
const NUMBERS: Words = words![
    "eight", "five", "four", "nine", "oh", "one", "seven", "six", "three", "two", "zero"
];

pub(in crate::deid::detect::pattern) fn street(hit: &Hit<'_>) -> Option<Verdict> {
    // `seventy second road` is a street, `a 30 second walk` is none.
    let way = hit.found().ends_with(['e', 'k', 'p', 'y']) && !hit.found().ends_with("avenue");
    let numbered = |word: &str| !way && word.eq_ignore_ascii_case("second");
    let worded = is_street_of_word(hit.found());
    let named = |word: &str| NOT_NAMES.lists(word) && !numbered(word) && !worded;
    // The first words are the number, or parts of it.
    let numbers = |word: &&str| word.is_empty() || NUMBERS.lists(word);
    // `we can go to 75 mg. Dr. Lund agrees`
    let dosed = hit.found().trim_end_matches('.').ends_with(['r', 'R'])
        && hit.found().contains(". ")
        && hit
            .found()
            .split([' ', '.'])
            .any(|word| is_unit(Key::of(word)));
    if dosed {
        return None;
    }
    let mut words = hit
        .found()
        .split([' ', ',', '-'])
        .skip(1)
        .skip_while(numbers);
    hit.when(!words.any(named) && !is_saint(hit.found()))
}

/// Whether `found` is a number of more than one word or digit and a street that
/// one word names, though the word be common: `71 short avenue`, but not `a 30
/// second drive`, `2 long roads`.
fn is_street_of_word(found: &str) -> bool {
    const WORDS: Words = words!["good", "long", "second", "short"];
    const KINDS: Words = words![
        "avenue",
        "boulevard",
        "court",
        "lane",
        "place",
        "road",
        "street",
        "terrace",
    ];
    let words: Vec<&str> = found
        .split([' ', ',', '-'])
        .filter(|w| !w.is_empty())
        .collect();
    let Some(kind) = words.iter().position(|word| KINDS.lists(word)) else {
        return false;
    };
    let numbers = words.iter().take_while(|word| {
        NUMBERS.lists(word)
            || is_number_word(Key::of(word))
            || word.bytes().all(|b| b.is_ascii_digit())
    });
    let (numbers, first) = (numbers.count(), words[0]);
    let long = numbers > 1 || first.len() > 2 && first.bytes().all(|b| b.is_ascii_digit());
    long && kind == numbers + 1 && WORDS.lists(words[numbers])
}

/// Whether `found` is a year or a room and the saint after it: `2019 at st.`
fn is_saint(found: &str) -> bool {
    const BEFORE: Words = words!["at", "by", "from", "in", "near", "of", "on", "since", "to"];
    let mut words = found.split_whitespace().skip(1);
    let first = words.next().unwrap_or_default();
    let last = words.next().unwrap_or_default().trim_end_matches('.');
    BEFORE.lists(first) && last.eq_ignore_ascii_case("st") && words.next().is_none()
}

pub(super) fn street_name(hit: &Hit<'_>) -> Option<Verdict> {
    let generic = words![
        "main", "high", "dirt", "busy", "back", "country", "side", "open", "rocky", "bumpy",
        "gravel", "right", "wrong",
    ];
    let words: Vec<&str> = hit.found().split(' ').collect();
    let name = &words[..words.len() - 1];
    let kind = words.last()?;
    let road = words!["road", "highway"].lists(kind);
    let plain = name.len() == 1 && road && generic.lists(name[0]);
    hit.when(!plain && !name.iter().any(|w| NOT_NAMES.lists(w)))
}
