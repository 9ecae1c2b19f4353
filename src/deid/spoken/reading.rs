//! Readings said in letters and numbers, `l d l one twelve h d l forty one`:
//! what clinicians name by its letters, and no code.

use super::item::{Item, Items, Kind};
use super::run::{Joint, Run};
use crate::deid::word::{Words, words};

/// Tests, measures, orders and illnesses whose names are letters, and digits.
const NAMES: Words = words![
    "a1c", "abg", "apgar", "apgars", "cpt", "adhd", "alt", "aptt", "asa", "ast", "bid", "bmi",
    "bmp", "bnp", "bp", "bpm", "brca", "bun", "cad", "cbc", "chf", "ckd", "cmp", "co2", "copd",
    "cpap", "cpk", "cpr", "crp", "cva", "dni", "dnr", "dvt", "ecg", "eeg", "ef", "egfr", "ekg",
    "emg", "esr", "fev", "fev1", "fio2", "fsh", "gad", "gad7", "gcs", "gerd", "gfr", "ggt",
    "hba1c", "hcg", "hco3", "hct", "hctz", "hdl", "hgb", "hr", "htn", "inr", "ivf", "ldh", "ldl",
    "mcv", "mmse", "moca", "mri", "npo", "nsr", "o2", "osa", "pco2", "pe", "perrla", "ph", "phq",
    "phq9", "plt", "po2", "prn", "psa", "pt", "pth", "ptt", "ptsd", "qid", "qrs", "qtc", "rbc",
    "rr", "spo2", "stemi", "t3", "t4", "tia", "tid", "tpn", "tsh", "uti", "wbc",
];

/// Whether `word` is the name of a test, in letters.
pub(crate) fn is_test(word: &str) -> bool {
    NAMES.lists(word) || word.eq_ignore_ascii_case(A1C_PAST_A)
}

/// What `a one c` is past the letter that reads as an article.
const A1C_PAST_A: &str = "1c";

/// Most letters and digits of a name.
const LONGEST: usize = 7;

/// Fewest letters of a name that tells a reading by itself.
const TELLING: usize = 3;

/// Most digits of a result.
const DIGITS: usize = 5;

/// Sets the names and the results of `run` apart, where it holds nothing else;
/// whether it does. What is announced as a value stays one.
pub(super) fn part(run: &mut Run, items: &Items<'_>) -> bool {
    if is_announced(run, items) || !is_reading(run, items) {
        return false;
    }
    let mut at = 0;
    while at < run.items.len() {
        let end = name_end(run, items, at);
        for edge in [at, end.unwrap_or(at)] {
            let inside = end.is_some() && (1..run.items.len()).contains(&edge);
            if inside && run.joints[edge] == Joint::None {
                run.joints[edge] = Joint::Space;
            }
        }
        at = end.unwrap_or(at + 1);
    }
    true
}

/// Whether `run` is names of what is measured, and short numbers.
fn is_reading(run: &Run, items: &Items<'_>) -> bool {
    let (mut at, mut digits, mut names, mut telling) = (0, 0, 0, false);
    while let Some(item) = run.items.get(at) {
        if let Some(end) = name_end(run, items, at) {
            names += 1;
            telling |= end - at >= TELLING;
            (at, digits) = (end, 0);
            continue;
        }
        digits += item.text.len();
        let apart = matches!(
            run.joints[at],
            Joint::None | Joint::Space | Joint::Mark('.')
        );
        if !item.is_number() || digits > DIGITS || !apart {
            return false;
        }
        at += 1;
    }
    names > 1 || names == 1 && (telling || digits < 4)
}

/// One past the last item of the longest name that begins at item `at`.
fn name_end(run: &Run, items: &Items<'_>, at: usize) -> Option<usize> {
    let first = run.items.get(at)?;
    if first.kind != Kind::Letter {
        return is_past_a(run, items, at).then_some(at + 2);
    }
    if is_vitamin(run, items, at) {
        return Some(at + 2);
    }
    let single = |item: &Item| item.is_single() && item.text.len() == 1;
    let solid = |k: &usize| run.joints[*k] == Joint::None && single(&run.items[*k]);
    let limit = run.items.len().min(at + LONGEST);
    let end = at + 1 + (at + 1..limit).take_while(solid).count();
    let name = |end: usize| &items.buffer[first.text.start..run.items[end - 1].text.end];
    let told = first.tokens.len() == 1;
    (at + 2..=end)
        .rev()
        .find(|&end| told && NAMES.lists(name(end)))
}

/// Whether a vitamin or a hormone is named at item `at`: `b twelve`, `d three`.
fn is_vitamin(run: &Run, items: &Items<'_>, at: usize) -> bool {
    let said = |k: usize| {
        let item = run.items.get(k)?;
        Some(&items.buffer[item.text.clone()])
    };
    let plain = run.items[at].tokens.len() == 1 && run.joints.get(at + 1) == Some(&Joint::None);
    plain
        && matches!(
            (said(at), said(at + 1)),
            (Some("b"), Some("12" | "6")) | (Some("d"), Some("3"))
        )
}

/// Whether `run` begins with [`A1C_PAST_A`].
fn is_past_a(run: &Run, items: &Items<'_>, at: usize) -> bool {
    let first = run.items[0].tokens.start;
    let says = |k: usize| {
        run.items
            .get(k)
            .map(|item| &items.buffer[item.text.clone()])
    };
    at == 0 && says(0) == Some("1") && says(1) == Some("c") && first > 0 && items.is(first - 1, "a")
}

/// Whether a value is said to follow: `the id is`.
fn is_announced(run: &Run, items: &Items<'_>) -> bool {
    const BEFORE: Words = words![
        "as", "code", "id", "is", "it's", "its", "name", "number", "number's", "reads", "spelled",
        "that's", "under", ":", "#",
    ];
    let first = run.items[0].tokens.start;
    first > 0 && items.turn.is_of(first - 1, BEFORE)
}
