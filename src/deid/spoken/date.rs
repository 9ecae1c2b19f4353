//! Dates said in numbers alone: `oh nine two nine eighty three`, `twelve five
//! nineteen eighty`.

use super::item::{Item, Items, Kind};
use super::run::{Joint, Run};
use super::words::Say;
use crate::deid::document::TokenKind;
use crate::deid::word::{Words, words};

/// Where day or month, whichever comes second, and year begin in `run`, by
/// item, if all of it is a date.
pub(super) fn fields(run: &Run, items: &Items<'_>) -> Option<[usize; 2]> {
    let buffer = items.buffer.as_str();
    let plain = run.joints.iter().all(|joint| *joint != Joint::Mark('.'));
    let written = run.items.iter().all(|item| item.written);
    if !(3..=7).contains(&run.items.len()) || !plain || written {
        return None;
    }
    let dated = is_dated(run, items);
    let items = run.items.as_slice();
    [2, 1].into_iter().find_map(|first| {
        let a = field(items.get(..first)?, buffer)?;
        [2, 1].into_iter().find_map(|second| {
            let b = field(items.get(first..first + second)?, buffer)?;
            let padded = first == 2 && second == 2;
            let year = items.get(first + second..)?;
            let calendar = a <= 12 && b <= 31 || b <= 12 && a <= 31;
            (calendar && is_year(year, padded || dated, buffer)).then_some([first, first + second])
        })
    })
}

/// Whether what is told before `run` happens on a date: `he died`, `born`.
fn is_dated(run: &Run, items: &Items<'_>) -> bool {
    const NEAR: usize = 4;
    const TOLD: Words = words![
        "accident",
        "admitted",
        "appointment",
        "away",
        "birth",
        "birthday",
        "born",
        "date",
        "dated",
        "diagnosed",
        "died",
        "discharged",
        "dob",
        "effective",
        "expired",
        "expires",
        "filed",
        "hospitalized",
        "issued",
        "operated",
        "postmarked",
        "scheduled",
        "seen",
        "signed",
        "surgery",
    ];
    // `birth weight three four ten`
    const WEIGHED: Words = words!["weight", "weighed"];
    let first = run.items[0].tokens.start;
    let near =
        |words: Words| (first.saturating_sub(NEAR)..first).any(|i| items.turn.is_of(i, words));
    near(TOLD) && !near(WEIGHED)
}

/// The date that `first`, a day or a month, begins where pauses part it: `six,
/// twelve, nineteen eighty`, `the twentieth of the fourth, nineteen ninety`.
pub(super) fn parted(first: &Run, items: &mut Items<'_>) -> Option<Run> {
    let a = part(first, &items.buffer)?;
    let at = past_pause(items, first.end()).filter(|at| *at > first.end())?;
    let (second, third) = rest(Run::read(items, at)?, items)?;
    let b = part(&second, &items.buffer)?;
    let year = number(&third.items, &items.buffer)?;
    let two = third.items.len() == 1 && third.items[0].kind == Kind::Pair;
    let named = first.items[0].kind == Kind::Ordinal && second.items[0].kind == Kind::Ordinal;
    let ends = two && (named || past_pause(items, third.end())? == items.turn.tokens.len());
    let calendar = a <= 12 && b <= 31 || b <= 12 && a <= 31;
    if !(calendar && (is_century(year) || ends)) {
        return None;
    }
    let mut date = Run::default();
    for part in [first, &second, &third] {
        for (k, item) in part.items.iter().enumerate() {
            let mut item = item.clone();
            if item.kind == Kind::Ordinal {
                item.text.end -= ENDING;
                let the = item
                    .tokens
                    .start
                    .checked_sub(1)
                    .filter(|i| items.is(*i, "the"));
                item.tokens.start = the.unwrap_or(item.tokens.start);
            }
            let slash = k == 0 && !date.items.is_empty();
            date.joints
                .push(if slash { Joint::Mark('/') } else { Joint::None });
            date.items.push(item);
        }
    }
    Some(date)
}

/// `run`, a day or a month, and the year after it: past a pause, or in `run`
/// after an ordinal.
fn rest(mut run: Run, items: &mut Items<'_>) -> Option<(Run, Run)> {
    if run.items.len() > 1 && run.items[0].kind == Kind::Ordinal {
        let year = Run {
            items: run.items.split_off(1),
            joints: run.joints.split_off(1),
        };
        return Some((run, year));
    }
    let at = past_pause(items, run.end())?;
    let year = Run::read(items, at)?;
    Some((run, year))
}

/// Whether `run` is a day of the month and two digits of its year: `[july]
/// fourth fifty six`.
pub(super) fn has_short_year(run: &Run, items: &Items<'_>) -> bool {
    let [day, year] = run.items.as_slice() else {
        return false;
    };
    let before = day.tokens.start.checked_sub(1);
    let month = before.is_some_and(|i| items.says(i) == Say::Month);
    let of_month = day.kind == Kind::Ordinal || month && day.is_number() && !day.written;
    let value = items.buffer[year.text.clone()].parse::<u32>();
    of_month && year.kind == Kind::Pair && value.is_ok_and(|value| value > 31)
}

/// Bytes of an ordinal's ending.
const ENDING: usize = 2;

/// The day or month that all of `run` is.
fn part(run: &Run, buffer: &str) -> Option<u32> {
    match run.items.as_slice() {
        [one] if one.kind == Kind::Ordinal => {
            let digits = one.text.start..one.text.end - ENDING;
            buffer[digits].parse().ok()
        }
        items if items.iter().any(|item| item.written) => None,
        items => field(items, buffer),
    }
}

/// The token after a pause at token `at`: marks, hesitations, `of the`.
fn past_pause(items: &Items<'_>, at: usize) -> Option<usize> {
    const LONGEST: usize = 6;
    let pauses = |i: usize| {
        items.kind(i) == Some(TokenKind::Mark) && matches!(items.word(i), "," | "." | "-" | "/")
            || items.says(i) == Say::Hesitation
            || ["of", "the", "and"].iter().any(|w| items.is(i, w))
    };
    (at..=at + LONGEST).find(|&i| !pauses(i))
}

/// A day or a month: one number, or two digits.
fn field(items: &[Item], buffer: &str) -> Option<u32> {
    let value = number(items, buffer)?;
    let digits = items.len() == 1 || items.iter().all(is_digit);
    let short = items.iter().all(|i| is_digit(i) || i.kind == Kind::Pair);
    (digits && short && (1..=31).contains(&value)).then_some(value)
}

fn is_digit(item: &Item) -> bool {
    item.kind == Kind::Single && item.text.len() == 1
}

/// A year: said in two halves or whole; two digits where day and month are
/// said digit by digit.
fn is_year(items: &[Item], padded: bool, buffer: &str) -> bool {
    let Some(value) = number(items, buffer) else {
        return false;
    };
    let halves = items.first().is_some_and(|item| item.kind == Kind::Pair);
    match items {
        [one] if one.kind == Kind::Pair => padded,
        [one] => matches!(one.kind, Kind::Cardinal | Kind::Literal) && is_century(value),
        [_, _] | [_, _, _] => halves && is_century(value),
        _ => false,
    }
}

fn is_century(year: u32) -> bool {
    (1900..=2049).contains(&year)
}

/// The number that the digits of `items` make together.
fn number(items: &[Item], buffer: &str) -> Option<u32> {
    let digits = items.iter().map(|item| item.text.len()).sum::<usize>();
    if items.is_empty() || digits > 4 || !items.iter().all(Item::is_number) {
        return None;
    }
    let text = items
        .iter()
        .flat_map(|item| buffer[item.text.clone()].bytes());
    Some(text.fold(0, |value, digit| value * 10 + u32::from(digit - b'0')))
}
