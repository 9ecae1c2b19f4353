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
    "after",
    "again",
    "all",
    "an",
    "and",
    "any",
    "at",
    "away",
    "bad",
    "before",
    "block",
    "blocks",
    "bus",
    "by",
    "can",
    "can't",
    "car",
    "cause",
    "cm",
    "different",
    "do",
    "don't",
    "down",
    "every",
    "exit",
    "few",
    "for",
    "from",
    "good",
    "had",
    "has",
    "have",
    "he",
    "hour",
    "hours",
    "hr",
    "hrs",
    "i",
    "if",
    "in",
    "is",
    "it",
    "just",
    "kilometer",
    "kilometers",
    "long",
    "main's",
    "mcg",
    "mg",
    "mile",
    "miles",
    "min",
    "mins",
    "minute",
    "minutes",
    "ml",
    "mm",
    "more",
    "my",
    "never",
    "not",
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
    "please",
    "same",
    "second",
    "seconds",
    "she",
    "short",
    "should",
    "side",
    "so",
    "some",
    "step",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "time",
    "times",
    "to",
    "until",
    "up",
    "was",
    "we",
    "week",
    "weeks",
    "when",
    "which",
    "will",
    "with",
    "would",
    "year",
    "you",
    "your",
];

/// Words that a house number goes on with.
const NUMBERS: Words = words![
    "eight", "five", "four", "nine", "oh", "one", "seven", "six", "three", "two", "zero"
];

/// Whether a dose ends a sentence and a doctor begins the next: `75 [mg. Dr.] Lund`; but
/// `12 L. Park Dr` is a street.
fn is_dose_before_doctor(hit: &Hit<'_>) -> bool {
    let found = hit.found().trim_end_matches('.');
    let rest = found.len().checked_sub(2).and_then(|at| found.get(at..));
    let doctor = rest.is_some_and(|rest| rest.eq_ignore_ascii_case("dr"));
    let mut words = found.split(' ').rev().skip(1);
    let last = words.next().and_then(|word| word.strip_suffix('.'));
    let named = hit.after().trim_start_matches(['.', ' ']);
    doctor
        && last.is_some_and(|unit| is_unit(Key::of(unit)))
        && named.starts_with(char::is_uppercase)
}

pub(in crate::deid::detect::pattern) fn street(hit: &Hit<'_>) -> Option<Verdict> {
    // `seventy second road` is a street, `a 30 second walk` is none.
    let way = hit.found().ends_with(['e', 'k', 'p', 'y']) && !hit.found().ends_with("avenue");
    let numbered = |word: &str| !way && word.eq_ignore_ascii_case("second");
    let worded = is_street_of_word(hit.found());
    let named =
        |word: &str| NOT_NAMES.lists(word.trim_end_matches('.')) && !numbered(word) && !worded;
    // The first words are the number, or parts of it.
    let numbers = |word: &&str| word.is_empty() || NUMBERS.lists(word);
    // `we can go to 75 mg. Dr. Lund agrees`
    if is_dose_before_doctor(hit) {
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
