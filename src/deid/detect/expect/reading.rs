//! Numbers that are measured, paid or counted, and answer no question for an
//! identifier.

use crate::deid::detect::units::is_price;
use crate::deid::detect::value::Value;
use crate::deid::document::DocTurn;
use crate::deid::word::{Words, words};

use super::answer::text;

/// Whether `value` is measured, paid or counted rather than asked for: `it was
/// 101.7 yesterday`.
pub(super) fn is_reading(turn: &DocTurn<'_>, value: &Value) -> bool {
    const NEAR: usize = 4;
    const MEASURED: Words = words![
        "a1c",
        "balance",
        "cost",
        "glucose",
        "owe",
        "oxygen",
        "paid",
        "potassium",
        "pressure",
        "pulse",
        "rate",
        "rose",
        "sugar",
        "temperature",
        "weight",
        "withdrew"
    ];
    const WHEN: Words = words!["in", "last", "this", "today", "when", "yesterday"];
    const LONGEST: usize = 3;
    let said = text(turn, value);
    let two = |mark| {
        let pair = said.split_once(mark);
        pair.is_some_and(|(a, b): (&str, &str)| {
            (1..=LONGEST).contains(&a.len()) && (1..=LONGEST).contains(&b.len())
        })
    };
    let first = turn
        .tokens
        .partition_point(|t| t.span.end <= value.span.start);
    said.get(..3).is_some_and(|s| s.eq_ignore_ascii_case("a1c"))
        || two('.')
        || said.contains(' ') && said.split(' ').all(is_decimal)
        || is_pressure(said)
        || is_price(turn.text, value.span.start)
        || (first.saturating_sub(NEAR)..first).any(|i| turn.is_of(i, MEASURED))
        || value.digits <= LONGEST && value.next < turn.tokens.len() && turn.is_of(value.next, WHEN)
}

/// Whether `said` is a number of few digits with its point: `14.2`.
fn is_decimal(said: &str) -> bool {
    const MOST: usize = 2;
    let number =
        |part: &str| (1..=MOST).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    said.split_once('.')
        .is_some_and(|(whole, part)| number(whole) && number(part))
}

/// Whether `said` reads as a blood pressure: `112/70`.
fn is_pressure(said: &str) -> bool {
    let number = |part: &str| part.parse::<u32>().ok();
    let parts = said.split_once('/').map(|(a, b)| (number(a), number(b)));
    matches!(parts, Some((Some(70..=250), Some(40..=140))))
}
