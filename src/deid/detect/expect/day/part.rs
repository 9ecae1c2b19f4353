//! The numbers of a date as they are said, and the day that they make.

use std::ops::Range;

use crate::deid::document::{DocTurn, TokenKind};
use crate::deid::spoken::{ordinal, teen, tens, unit};
use crate::deid::word::{Words, words};

use super::super::talk::{is_pause, word};

/// Most numbers of one date: its digits one by one.
const MOST: usize = 8;

/// A number of a date.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) value: u32,
    /// How many digits it is said with; 0 for an ordinal.
    pub(super) digits: u32,
    /// The token after it.
    pub(super) end: usize,
}

/// What is the same of a month and a day, whichever is said first.
pub(super) fn pair(a: u32, b: u32) -> u32 {
    a.min(b) * 100 + a.max(b)
}

/// The day in `parts`, which the month came before and a year may follow.
pub(super) fn day_and_year(parts: &[Part]) -> Option<u32> {
    let after = |day: Range<usize>| {
        let said = number(parts.get(day.clone())?)?;
        let fits = (1..=31).contains(&said) && is_year(&parts[day.end..]);
        fits.then_some(said)
    };
    after(0..1).or_else(|| after(0..2))
}

/// Month and day of `parts`, which are a date in numbers alone.
pub(super) fn in_numbers(parts: &[Part]) -> Option<u32> {
    if let [whole] = parts {
        return in_digits(*whole);
    }
    if parts.iter().any(|part| part.digits == 0) {
        return None;
    }
    [1, 2].into_iter().find_map(|first| {
        let a = number(parts.get(..first)?)?;
        [1, 2].into_iter().find_map(|second| {
            let b = number(parts.get(first..first + second)?)?;
            let rest = &parts[first + second..];
            // One by one, every part has two digits.
            let even = parts.iter().any(|p| p.digits != 1) || first == 2 && second == 2;
            let alone = parts.len() == 2;
            let calendar = is_calendar(a, b);
            (calendar && (even || alone) && is_year(rest)).then(|| pair(a, b))
        })
    })
}

fn is_calendar(a: u32, b: u32) -> bool {
    a >= 1 && b >= 1 && (a <= 12 && b <= 31 || b <= 12 && a <= 31)
}

/// Month and day of one run of digits: `0412`, `041298`.
fn in_digits(whole: Part) -> Option<u32> {
    let head = match whole.digits {
        4 if !(1900..2100).contains(&whole.value) => whole.value,
        6 => whole.value / 100,
        8 => whole.value / 10_000,
        _ => return None,
    };
    let (a, b) = (head / 100, head % 100);
    is_calendar(a, b).then(|| pair(a, b))
}

/// The number that one or two parts say; two are its digits.
fn number(parts: &[Part]) -> Option<u32> {
    match parts {
        [one] if one.digits <= 2 => Some(one.value),
        [ten, unit] if ten.digits == 1 && unit.digits == 1 => Some(ten.value * 10 + unit.value),
        _ => None,
    }
}

/// Whether `parts` are a year, or nothing.
fn is_year(parts: &[Part]) -> bool {
    let century = |value: u32| (18..=20).contains(&value);
    match parts {
        [] => true,
        [year] => year.digits == 2 || year.digits == 4 && century(year.value / 100),
        [a, b] => {
            a.digits == 1 && b.digits == 1 || a.digits == 2 && b.digits == 2 && century(a.value)
        }
        [a, b, c] => century(a.value) && b.digits == 1 && c.digits == 1,
        [a, b, _, _] => century(a.value * 10 + b.value) && parts.iter().all(|p| p.digits == 1),
        _ => false,
    }
}

/// The numbers said from token `i` on, and how many they are; none where they
/// go on longer than a date does.
pub(super) fn numbers(turn: &DocTurn<'_>, i: usize) -> ([Part; MOST], usize) {
    let nothing = Part {
        value: 0,
        digits: 0,
        end: i,
    };
    let mut parts = [nothing; MOST];
    let mut count = 0;
    let mut at = i;
    while let Some(part) = part(turn, at).filter(|_| !is_pause(turn, at)) {
        if count == MOST {
            return (parts, 0);
        }
        parts[count] = part;
        count += 1;
        at = past_joint(turn, part.end);
    }
    (parts, count)
}

/// Past what may stand between two numbers of a date, from token `i` on.
fn past_joint(turn: &DocTurn<'_>, i: usize) -> usize {
    const JOINTS: Words = words!["and", "uh", "um", ",", "-", ".", "/"];
    let decimal = word(turn, i) == "." && turn.is_joined(i) && turn.is_joined(i + 1);
    i + usize::from(turn.is_of(i, JOINTS) && !decimal)
}

/// The number at token `i`.
fn part(turn: &DocTurn<'_>, i: usize) -> Option<Part> {
    let said = word(turn, i);
    let of = |value, digits, end| Some(Part { value, digits, end });
    if turn.tokens.get(i)?.kind == TokenKind::Number {
        let suffixed = turn.is_joined(i + 1) && turn.is_of(i + 1, words!["st", "nd", "rd", "th"]);
        return of(
            said.parse().ok()?,
            u32::try_from(said.len()).ok()?,
            i + 1 + usize::from(suffixed),
        );
    }
    if let Some(value) = ordinal(turn.key(i)) {
        return of(value, 0, i + 1);
    }
    if turn.is_of(i, words!["oh", "o", "zero"]) {
        return of(0, 1, i + 1);
    }
    if let Some(value) = unit(turn.key(i)) {
        return of(value, 1, i + 1);
    }
    if let Some(value) = teen(turn.key(i)) {
        return of(value, 2, i + 1);
    }
    let ten = tens(turn.key(i))?;
    let next = i + 1 + usize::from(word(turn, i + 1) == "-");
    match unit(turn.key(next)) {
        Some(unit) => of(ten + unit, 2, next + 1),
        None => match ordinal(turn.key(next)).filter(|day| *day < 10) {
            Some(unit) => of(ten + unit, 0, next + 1),
            None => of(ten, 2, i + 1),
        },
    }
}
