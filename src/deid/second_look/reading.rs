//! Results that are told in letters and numbers: `l d l one twelve h d l forty
//! one`, `b twelve is fine`, and the letters of orders: `d n r d n i`.

use super::atom::{Kind, Line};
use super::words;

/// Tests, scores and measures by their letters.
const TESTS: &[&str] = &[
    "ldl", "hdl", "bun", "bnp", "tsh", "psa", "inr", "wbc", "rbc", "mcv", "crp", "esr", "phq",
    "gad", "gcs", "ef", "anc", "ast", "alt", "alp", "gfr", "egfr", "bmi", "bp", "hr", "rr", "pcl",
    "moca", "mmse", "cdr", "ciwa", "cows", "pps", "ecog", "fev", "qtc", "pth", "ptt", "ldh", "cpk",
    "fsh", "hcg", "hgb", "hct", "tibc", "dexa", "bac", "pft", "ahi", "iop", "vas", "ua", "ca",
    "plt", "wt", "ht", "hb", "map", "spo", "sats", "sat", "pr", "qrs", "qt", "abpi", "fio", "peep",
    "nihss", "bg", "ra",
];

/// Most digits that one result is told with.
const MOST_DIGITS: usize = 4;

/// Whether atoms `first` to `end` are names of what is measured and numbers,
/// nothing else, at least one of each or of names.
pub(super) fn is_reading(line: &Line, first: usize, end: usize) -> bool {
    let (mut at, mut names, mut digits) = (first, 0, 0);
    while at < end {
        if let Some(next) = named_at(line, at, end) {
            (names, digits, at) = (names + 1, 0, next);
            continue;
        }
        match line.atoms[at].kind {
            Kind::Word if line.is_number(at) => digits += 1 + usize::from(line.word(at).len() > 5),
            Kind::Digits => digits += line.digits(at),
            Kind::Mark('.' | ',' | '/') => {}
            Kind::Word if line.is_filler(at) || matches!(line.word(at), "and" | "then") => {}
            _ => return false,
        }
        if digits > MOST_DIGITS {
            return false;
        }
        at += 1;
    }
    names > 0
}

/// Whether the name of a test and a number begin at `at`. Less than three letters, or
/// more digits, may be the rest of what stands before.
pub(super) fn begins(line: &Line, at: usize) -> bool {
    const FEWEST: usize = 3;
    const MOST: usize = 3;
    let end = line.atoms.len();
    named_at(line, at, end).is_some_and(|next| {
        let whole = line.word(at).len() > 1 || next >= at + FEWEST;
        whole && next < end && line.is_number(next) && line.digits(next) <= MOST
    })
}

/// One past the name of a test that begins at `at`, in letters or as one word.
fn named_at(line: &Line, at: usize, end: usize) -> Option<usize> {
    let letter = |i: usize| i < end && line.word(i).len() == 1;
    if !letter(at) {
        return TESTS.contains(&line.word(at)).then_some(at + 1);
    }
    // `a one c`, `one c` behind its article
    if line.word(at) == "a" && line.is_number(at + 1) && line.word(at + 2) == "c" {
        return Some(at + 3);
    }
    if is_vitamin(line.word(at), line.word(at + 1)) && at + 1 < end {
        return Some(at + 2);
    }
    let mut name = String::new();
    let letters = (at..end).take_while(|&i| letter(i)).count();
    let longest = (at..at + letters.min(LONGEST))
        .filter_map(|i| {
            name.push_str(line.word(i));
            TESTS.contains(&name.as_str()).then_some(i + 1)
        })
        .last();
    longest.filter(|&next| next > at + 1)
}

/// Most letters of a test's name.
const LONGEST: usize = 5;

/// `b twelve`, `d three`, `t four`.
fn is_vitamin(letter: &str, number: &str) -> bool {
    matches!(
        (letter, number),
        ("b", "twelve" | "six" | "one") | ("d", "two" | "three") | ("t", "three" | "four")
    )
}

/// Whether `letters` are known short forms, one after the other: `dnrdni`.
pub(super) fn are_acronyms(letters: &str) -> bool {
    const SHORTEST: usize = 3;
    let known = |part: &str| words::is_acronym(part) || TESTS.contains(&part);
    letters.is_ascii()
        && (SHORTEST..=letters.len().saturating_sub(SHORTEST)).any(|at| {
            let (first, rest) = letters.split_at(at);
            known(first) && (known(rest) || are_acronyms(rest))
        })
}
