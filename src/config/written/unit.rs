//! Lengths of time and amounts of memory as people write them.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

const SPANS: [(&str, i64); 5] = [
    ("d", 86_400_000),
    ("h", 3_600_000),
    ("m", 60_000),
    ("s", 1_000),
    ("ms", 1),
];
const SIZES: [(&str, i64); 4] = [
    ("GiB", 1 << 30),
    ("MiB", 1 << 20),
    ("KiB", 1 << 10),
    ("B", 1),
];

/// A length of time: a whole number and one unit of `ms`, `s`, `m`, `h` or `d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, JsonSchema)]
#[schemars(
    with = "String",
    title = "a length of time such as `30s`, `15m`, `12h` or `30d`",
    extend("pattern" = r"^[0-9]{1,9}(ms|s|m|h|d)$")
)]
pub(crate) struct Span(pub(crate) i64);

impl Span {
    /// So many days.
    pub(crate) const fn days(n: i64) -> Self {
        Self(n * 86_400_000)
    }

    /// So many hours.
    pub(crate) const fn hours(n: i64) -> Self {
        Self(n * 3_600_000)
    }

    /// So many minutes.
    pub(crate) const fn minutes(n: i64) -> Self {
        Self(n * 60_000)
    }

    /// So many seconds.
    pub(crate) const fn seconds(n: i64) -> Self {
        Self(n * 1_000)
    }
}

impl fmt::Display for Span {
    /// Exactly, the largest units first: `7d 13h`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        let mut parts = Vec::new();
        for (unit, ms) in SPANS {
            if rest >= ms {
                parts.push(format!("{}{unit}", rest / ms));
                rest %= ms;
            }
        }
        if parts.is_empty() {
            parts.push("0s".into());
        }
        f.write_str(&parts.join(" "))
    }
}

/// An amount of bytes: a whole number and one unit of `B`, `KiB`, `MiB` or `GiB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, JsonSchema)]
#[schemars(
    with = "String",
    title = "an amount of bytes such as `512KiB`, `64MiB` or `2GiB`",
    extend("pattern" = r"^[0-9]{1,9}(B|KiB|MiB|GiB)$")
)]
pub(crate) struct ByteSize(pub(crate) usize);

impl fmt::Display for ByteSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let exact = SIZES.iter().find(|(_, n)| {
            let n = *n as usize;
            self.0 >= n && self.0.is_multiple_of(n)
        });
        let (unit, n) = exact.copied().unwrap_or(("B", 1));
        write!(f, "{}{unit}", self.0 / n as usize)
    }
}

/// A number from 0 to 1. The reader of YAML takes whole numbers alone for
/// numbers, so that a fraction comes as text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Probability(pub(crate) f64);

const FRACTION: &str =
    r"^(0([.][0-9]*)?|1([.]0*)?|[.][0-9]+|[1-9]([.][0-9]*)?[eE]-0*[1-9][0-9]{0,2})$";

impl JsonSchema for Probability {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Probability".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "title": "a number from 0 to 1",
            "anyOf": [
                { "type": "number", "minimum": 0.0, "maximum": 1.0 },
                { "type": "string", "pattern": FRACTION },
            ],
        })
    }
}

impl<'de> Deserialize<'de> for Probability {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Number(f64),
            Text(String),
        }
        match Either::deserialize(d)? {
            Either::Number(n) => Ok(Self(n)),
            Either::Text(text) => text.parse().map(Self).map_err(serde::de::Error::custom),
        }
    }
}

impl Serialize for Probability {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_f64(self.0)
    }
}

/// How many of a number: so many, or a share in hundredths of a per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Portion {
    /// So many.
    Count(u64),
    /// `2.5%` is 250.
    Share(u32),
}

impl Portion {
    /// How many that are of `of`: a share rounded up, and never more than there
    /// are.
    #[must_use]
    pub fn of(self, of: u64) -> u64 {
        match self {
            Self::Count(n) => n.min(of),
            Self::Share(share) => {
                let parts = u128::from(of) * u128::from(share);
                u64::try_from(parts.div_ceil(10_000)).unwrap_or(of).min(of)
            }
        }
    }
}

/// From 0.01 % to 100 %.
const SHARE: &str = r"^(100([.]0{1,2})?|[1-9][0-9]?([.][0-9]{1,2})?|0[.](0[1-9]|[1-9][0-9]?))%$";

impl JsonSchema for Portion {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Portion".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "title": "a number such as `50`, or a share such as `2%`",
            "anyOf": [
                { "type": "integer", "minimum": 1, "maximum": 1_000_000 },
                { "type": "string", "pattern": SHARE },
            ],
        })
    }
}

/// The share that `text` writes, from 0.01 % to 100 %.
fn share(text: &str) -> Option<Portion> {
    let (whole, part) = text
        .strip_suffix('%')
        .map(|n| n.split_once('.').unwrap_or((n, "")))?;
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 2 {
        return None;
    }
    let hundredths = format!("{whole}{part:0<2}").parse().ok()?;
    (1..=10_000)
        .contains(&hundredths)
        .then_some(Portion::Share(hundredths))
}

impl std::str::FromStr for Portion {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let count = text.parse().ok().filter(|n| *n > 0).map(Self::Count);
        count
            .or_else(|| share(text))
            .ok_or("not a number such as 50, nor a share such as 2%")
    }
}

impl fmt::Display for Portion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(n) => write!(f, "{n}"),
            Self::Share(n) if n % 100 == 0 => write!(f, "{}%", n / 100),
            Self::Share(n) => write!(f, "{}.{:02}%", n / 100, n % 100),
        }
    }
}

impl<'de> Deserialize<'de> for Portion {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Count(u64),
            Text(String),
        }
        let text = match Either::deserialize(d)? {
            Either::Count(n) => n.to_string(),
            Either::Text(text) => text,
        };
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl Serialize for Portion {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Count(n) => s.serialize_u64(*n),
            Self::Share(_) => s.collect_str(self),
        }
    }
}

/// Milliseconds as people write them: `7d 13h`.
#[must_use]
pub fn human_span(ms: i64) -> String {
    Span(ms).to_string()
}

/// Bytes as people write them: `64MiB`.
#[must_use]
pub fn human_bytes(bytes: usize) -> String {
    ByteSize(bytes).to_string()
}

/// The number and the unit of `text`, multiplied.
fn scaled(text: &str, units: &[(&str, i64)]) -> Option<i64> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let number: i64 = text[..digits].parse().ok()?;
    let (_, scale) = units.iter().find(|(unit, _)| *unit == &text[digits..])?;
    number.checked_mul(*scale)
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        scaled(&String::deserialize(d)?, &SPANS)
            .map(Self)
            .ok_or_else(|| serde::de::Error::custom("not a length of time"))
    }
}

impl<'de> Deserialize<'de> for ByteSize {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        scaled(&String::deserialize(d)?, &SIZES)
            .and_then(|n| usize::try_from(n).ok())
            .map(Self)
            .ok_or_else(|| serde::de::Error::custom("not an amount of bytes"))
    }
}

// Serialised only as the default in a schema.
impl Serialize for Span {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl Serialize for ByteSize {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portion_is_rounded_up_and_bounded() {
        let check = |portion, of: u64, expected| assert_eq!(Portion::of(portion, of), expected);
        check(Portion::Count(50), 40, 40);
        check(Portion::Count(50), 60, 50);
        check(Portion::Share(200), 1_000, 20);
        check(Portion::Share(200), 1_001, 21);
        check(Portion::Share(1), 1, 1);
        check(Portion::Share(10_000), 7, 7);
        check(Portion::Share(200), 0, 0);
    }

    #[test]
    fn portions_read_and_print() {
        let check = |text: &str, expected: Option<Portion>| {
            let read: Option<Portion> = text.parse().ok();
            assert_eq!(read, expected, "{text}");
            if let Some(read) = read {
                assert_eq!(read.to_string().parse(), Ok(read), "{text}");
            }
        };
        check("50", Some(Portion::Count(50)));
        check("2%", Some(Portion::Share(200)));
        check("2.5%", Some(Portion::Share(250)));
        check("0.01%", Some(Portion::Share(1)));
        check("100%", Some(Portion::Share(10_000)));
        for bad in [
            "0", "-1", "", "%", "0%", "100.01%", "2.001%", "2,5%", "+2%", "2.5",
        ] {
            check(bad, None);
        }
    }

    #[test]
    fn spans_and_sizes_read_and_print() {
        let check = |text: &str, units: &[(&str, i64)], n| assert_eq!(scaled(text, units), n);
        check("30s", &SPANS, Some(30_000));
        check("250ms", &SPANS, Some(250));
        check("30d", &SPANS, Some(2_592_000_000));
        check("999999999d", &SPANS, Some(86_399_999_913_600_000));
        check("64MiB", &SIZES, Some(67_108_864));
        for bad in ["", "30", "s", "1.5h", "-1s", "30 s", "1h30m", "64MB"] {
            check(bad, &SPANS, None);
            check(bad, &SIZES, None);
        }
        assert_eq!(Span(0).to_string(), "0s");
        assert_eq!(Span::days(30).to_string(), "30d");
        assert_eq!(
            Span(86_400_000 + 3_600_000 + 60_000).to_string(),
            "1d 1h 1m"
        );
        assert_eq!(ByteSize(64 << 20).to_string(), "64MiB");
        assert_eq!(ByteSize(1500).to_string(), "1500B");
    }
}
