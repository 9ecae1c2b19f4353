//! Dates said in numbers alone: `oh nine two nine eighty three`, `twelve five
//! nineteen eighty`.

use super::item::{Item, Kind};
use super::run::{Joint, Run};

/// Where day or month, whichever comes second, and year begin in `run`, by
/// item, if all of it is a date.
pub(super) fn fields(run: &Run, buffer: &str) -> Option<[usize; 2]> {
    let items = run.items.as_slice();
    let plain = run.joints.iter().all(|joint| *joint != Joint::Mark('.'));
    if !plain || !(3..=7).contains(&items.len()) || items.iter().all(|item| item.written) {
        return None;
    }
    [2, 1].into_iter().find_map(|first| {
        let a = field(items.get(..first)?, buffer)?;
        [2, 1].into_iter().find_map(|second| {
            let b = field(items.get(first..first + second)?, buffer)?;
            let padded = first == 2 && second == 2;
            let year = items.get(first + second..)?;
            let calendar = a <= 12 && b <= 31 || b <= 12 && a <= 31;
            (calendar && is_year(year, padded, buffer)).then_some([first, first + second])
        })
    })
}

/// A day or a month: one number, or two digits.
fn field(items: &[Item], buffer: &str) -> Option<u32> {
    let value = number(items, buffer)?;
    let digits = items.len() == 1 || items.iter().all(|i| is_digit(i));
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
