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
