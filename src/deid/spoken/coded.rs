//! Runs that identify by how they are said: codes, spelled names, handles.

use super::item::{Item, Items, Kind};
use super::reading::is_test;
use super::run::{Joint, Run};
use super::view::{CODE, SPELLED, is_measured, is_told};
use crate::deid::detect::units::is_amount_word;
use crate::deid::word::{Words, words};

/// Fewest letters and digits said one by one that identify.
const MIXED_CODE: usize = 6;

/// How many words before a number may say that it is a sum.
const AMOUNT_WINDOW: usize = 3;

/// Fewest letters said one by one that abbreviate nothing.
const SPELLED_OUT: usize = 6;

/// Fewest letters said one by one before a number that make a handle.
const SPELLED_HANDLE: usize = 4;

/// Whether `run` is said one by one, and long enough to identify: digits that
/// are neither counted, measured nor paid, or letters and digits.
pub(super) fn is_code(run: &Run, items: &Items<'_>) -> bool {
    let single = |item: &&Item| item.kind == Kind::Single && !item.written;
    let length = |item: &Item| item.text.len();
    let singles: usize = run.items.iter().filter(single).map(length).sum();
    let letters = run.items.iter().filter(|i| i.kind == Kind::Letter).count();
    let all: usize = run.items.iter().map(length).sum();
    if run.joints.iter().any(|joint| *joint != Joint::None) || is_measured(run, items) {
        return false;
    }
    if letters > 0 {
        let number = |item: &&Item| item.kind == Kind::Single;
        let numbers: usize = run.items.iter().filter(number).map(length).sum();
        let said = singles > 0 || run.items.iter().any(|item| is_told(item, items));
        let long = all >= MIXED_CODE || numbers >= CODE && letters < all && !counts(run, items);
        let mixed = said && letters + numbers == all && long;
        return mixed || is_plate(run);
    }
    let said = &items.buffer[run.items[0].text.start..];
    let round = said.ends_with("000") || all == CODE && said.ends_with("00");
    let numbers = run.items.iter().all(Item::is_number);
    numbers
        && singles >= CODE
        && 2 * singles > all
        && !round
        && !is_amount(run, items)
        && !is_counted(run, &items.buffer)
}

/// Whether the numbers of `run` are each one more than the last: `l one two three
/// four`.
fn counts(run: &Run, items: &Items<'_>) -> bool {
    let digits = || {
        let numbers = run.items.iter().filter(|item| item.is_number());
        numbers.flat_map(|item| items.buffer[item.text.clone()].bytes())
    };
    digits().zip(digits().skip(1)).all(|(a, b)| a + 1 == b)
}

/// Whether `run` is letters about one number of two digits, as vehicles have
/// them: `l k seventy one v b n`.
fn is_plate(run: &Run) -> bool {
    const AFTER: usize = 3;
    let letter = |item: &Item| item.kind == Kind::Letter;
    let before = run.items.iter().take_while(|item| letter(item)).count();
    let after = run
        .items
        .iter()
        .rev()
        .take_while(|item| letter(item))
        .count();
    before == 2
        && after == AFTER
        && run.items.len() == before + 1 + after
        && run.items[before].kind == Kind::Pair
}

/// Whether `run` is numbers of which each is the last, or one more or less:
/// `three two one, one two three`.
fn is_counted(run: &Run, buffer: &str) -> bool {
    const FEWEST: usize = 6;
    let mut digits = run
        .items
        .iter()
        .flat_map(|item| buffer[item.text.clone()].bytes());
    let Some(mut last) = digits.next() else {
        return false;
    };
    let mut count = 1;
    let steps = digits.all(|digit| {
        let near = digit.abs_diff(last) <= 1;
        last = digit;
        count += 1;
        near
    });
    steps && count >= FEWEST
}

/// Whether `run` spells a word with words that tell its letters (`m as in
/// mary`), or is longer than what people abbreviate.
pub(super) fn is_spelled(run: &Run, items: &Items<'_>) -> bool {
    let all = run.items.as_slice();
    let letters = all.iter().all(|item| item.kind == Kind::Letter);
    let told = |item: &&Item| {
        item.tokens.len() > 1 && (item.tokens.clone()).any(|i| items.word(i).len() > 3)
    };
    let same = all
        .windows(2)
        .all(|pair| items.buffer[pair[0].text.clone()] == items.buffer[pair[1].text.clone()]);
    // Several abbreviations, or levels, stand apart.
    let parted = run.joints.contains(&Joint::Space) || is_name(run, items);
    letters
        && !same
        && !parted
        && (all.len() >= SPELLED_OUT || all.iter().filter(told).count() >= SPELLED)
}

/// Whether `run` is the name of a test.
fn is_name(run: &Run, items: &Items<'_>) -> bool {
    let (Some(first), Some(last)) = (run.items.first(), run.items.last()) else {
        return false;
    };
    is_test(&items.buffer[first.text.start..last.text.end])
}

/// Whether `run` spells a name and ends with a number, as handles do: `b l e e
/// eighty`.
pub(super) fn is_handle(run: &Run) -> bool {
    let all = run.items.as_slice();
    let letters = all.iter().take_while(|i| i.kind == Kind::Letter).count();
    let plain = run.joints.iter().all(|joint| *joint == Joint::None);
    let numbered = all[letters..].iter().all(Item::is_number);
    plain && numbered && letters >= SPELLED_HANDLE && letters < all.len()
}

/// Whether what is said before or after `run` makes it a sum.
fn is_amount(run: &Run, items: &Items<'_>) -> bool {
    const AFTER: &[&str] = &["credit", "credits", "extra", "less", "more"];
    let says = |i: usize, words: &[&str]| words.iter().any(|w| items.is(i, w));
    let first = run.items[0].tokens.start;
    let end = run.end();
    const MEASURED: Words = words![
        "fever",
        "glucose",
        "pocket",
        "pockets",
        "pressures",
        "probing",
        "readings",
        "sugar",
        "sugars",
        "temp",
        "temperature",
        "weight",
    ];
    let measured = |i: usize| is_amount_word(items.turn.key(i)) || items.turn.is_of(i, MEASURED);
    // `it went from nine two to seven eight`
    let changed = first > 1
        && says(first - 1, &["from"])
        && says(
            first - 2,
            &["came", "down", "dropped", "go", "going", "up", "went"],
        );
    changed
        || (first.saturating_sub(AMOUNT_WINDOW)..first).any(measured)
        || (end..end + 2).any(|i| says(i, AFTER))
}
