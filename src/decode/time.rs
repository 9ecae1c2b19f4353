//! Times as vendors write them.

use super::json::Node;
use super::pointer;
use super::spec::{Clock, Unit};
use super::{DecodeError, wrong_shape};
use crate::domain::EpochMs;

/// A time that was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Time {
    /// Milliseconds from the start of the conversation.
    Relative(i64),
    /// A moment.
    Absolute(EpochMs),
}

/// Milliseconds that any sane clock stays within: some 30,000 years.
const MOST_MS: f64 = 1e15;

/// Reads a clock; `None` where no place holds anything.
pub(crate) fn read(
    clock: Option<&Clock>,
    root: &Node<'_>,
    owner: &str,
) -> Result<Option<Time>, DecodeError> {
    let Some(clock) = clock else { return Ok(None) };
    let Some((place, node)) = pointer::first(&clock.at, root) else {
        return Ok(None);
    };
    let time = of(node, clock.unit);
    let time = time.ok_or_else(|| wrong_shape(owner, place, expected(clock.unit)))?;
    Ok(Some(match pointer::first(&clock.plus, root) {
        Some((place, node)) => {
            let length = number(node).and_then(|n| whole_ms(n, clock.unit));
            let length = length.ok_or_else(|| wrong_shape(owner, place, "a length of time"))?;
            time.after(length)
        }
        None => time,
    }))
}

impl Time {
    fn after(self, ms: i64) -> Self {
        match self {
            Self::Relative(start) => Self::Relative(start.saturating_add(ms)),
            Self::Absolute(EpochMs(start)) => Self::Absolute(EpochMs(start.saturating_add(ms))),
        }
    }
}

fn of(node: &Node<'_>, unit: Unit) -> Option<Time> {
    if unit == Unit::Rfc3339 {
        let moment: jiff::Timestamp = node.as_text()?.parse().ok()?;
        return Some(Time::Absolute(EpochMs(moment.as_millisecond())));
    }
    let ms = whole_ms(number(node)?, unit)?;
    Some(match unit.is_absolute() {
        true => Time::Absolute(EpochMs(ms)),
        false => Time::Relative(ms),
    })
}

fn whole_ms(value: f64, unit: Unit) -> Option<i64> {
    let ms = value * milliseconds(unit);
    (ms.abs() < MOST_MS).then(|| ms.round() as i64)
}

const fn milliseconds(unit: Unit) -> f64 {
    match unit {
        Unit::Ms | Unit::EpochMs | Unit::Rfc3339 => 1.0,
        Unit::S | Unit::EpochS => 1000.0,
        Unit::Ticks => 0.0001,
    }
}

const fn expected(unit: Unit) -> &'static str {
    match unit {
        Unit::Ms => "milliseconds",
        Unit::S => "seconds",
        Unit::Ticks => "ticks of 100 ns",
        Unit::EpochMs => "milliseconds since 1970",
        Unit::EpochS => "seconds since 1970",
        Unit::Rfc3339 => "a moment of RFC 3339",
    }
}

/// A finite number, also where it is written as a string.
pub(crate) fn number(node: &Node<'_>) -> Option<f64> {
    let value = match node {
        Node::Int(value) => *value as f64,
        Node::UInt(value) => *value as f64,
        Node::Float(value) => *value,
        Node::Text(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    value.is_finite().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::super::json;
    use super::super::pointer::Pointer;
    use super::*;

    fn check(value: &str, unit: Unit, expected: Option<Time>) {
        let record = format!("{{\"t\":{value}}}");
        let node = json::parse(record.as_bytes(), 4).expect("JSON");
        let clock = Clock {
            at: vec![Pointer::parse("/t").expect("a pointer")],
            plus: Vec::new(),
            unit,
        };
        let time = read(Some(&clock), &node, "").ok().flatten();
        assert_eq!(time, expected, "{value} {unit:?}");
    }

    #[test]
    fn units_become_milliseconds() {
        let relative = |ms| Some(Time::Relative(ms));
        let absolute = |ms| Some(Time::Absolute(EpochMs(ms)));
        for (value, unit, expected) in [
            ("2860", Unit::Ms, relative(2860)),
            ("2.86", Unit::S, relative(2860)),
            ("\"2.86\"", Unit::S, relative(2860)),
            ("28600000", Unit::Ticks, relative(2860)),
            ("1767225600000", Unit::EpochMs, absolute(1_767_225_600_000)),
            ("1767225600.25", Unit::EpochS, absolute(1_767_225_600_250)),
            (
                "\"2026-01-01T00:00:00Z\"",
                Unit::Rfc3339,
                absolute(1_767_225_600_000),
            ),
            (
                "\"2026-01-01T01:00:00.5+01:00\"",
                Unit::Rfc3339,
                absolute(1_767_225_600_500),
            ),
            ("null", Unit::Ms, None),
            ("true", Unit::Ms, None),
            ("\"NaN\"", Unit::S, None),
            ("\"inf\"", Unit::S, None),
            ("1e300", Unit::S, None),
            ("\"last Tuesday\"", Unit::Rfc3339, None),
            ("\"2026-01-01\"", Unit::Rfc3339, None),
        ] {
            check(value, unit, expected);
        }
    }

    #[test]
    fn a_length_is_added() {
        let pointer = |text| vec![Pointer::parse(text).expect("a pointer")];
        let ends = |record: &str, unit| {
            let node = json::parse(record.as_bytes(), 4).expect("JSON");
            let (at, plus) = (pointer("/t"), pointer("/d"));
            read(Some(&Clock { at, plus, unit }), &node, "turn")
        };
        let ticks = ends(r#"{"t":28600000,"d":"1400000"}"#, Unit::Ticks);
        assert_eq!(ticks, Ok(Some(Time::Relative(3000))));
        let moment = ends(r#"{"t":1767225600,"d":0.5}"#, Unit::EpochS);
        assert_eq!(moment, Ok(Some(Time::Absolute(EpochMs(1_767_225_600_500)))));
        assert_eq!(ends(r#"{"t":1}"#, Unit::S), Ok(Some(Time::Relative(1000))));
        assert_eq!(ends(r#"{"d":1}"#, Unit::S), Ok(None));
        let refused = ends(r#"{"t":1,"d":"long"}"#, Unit::S).expect_err("not a number");
        assert_eq!(refused.to_string(), "`turn/d` is not a length of time");
    }

    #[test]
    fn a_time_of_another_form_is_refused_by_its_place() {
        let node = json::parse(br#"{"t":"soon"}"#, 4).expect("JSON");
        let clock = Clock {
            at: vec![Pointer::parse("/t").expect("a pointer")],
            plus: Vec::new(),
            unit: Unit::S,
        };
        let refused = read(Some(&clock), &node, "turn").expect_err("not a number");
        assert_eq!(refused.to_string(), "`turn/t` is not seconds");
    }
}
