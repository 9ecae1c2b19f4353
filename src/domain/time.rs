//! Time as an argument: milliseconds since 1970, UTC.

use serde::{Deserialize, Serialize};

/// A moment, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct EpochMs(pub i64);

const DAY_MS: i64 = 86_400_000;

impl EpochMs {
    /// This moment moved by `ms` milliseconds, saturating.
    #[must_use]
    pub const fn plus(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this moment; negative if it is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The day number (days since 1970-01-01, UTC) of this moment.
    #[must_use]
    pub const fn day(self) -> i64 {
        self.0.div_euclid(DAY_MS)
    }

    /// The year (UTC) of this moment, or `None` beyond the calendar's range.
    #[must_use]
    pub fn year(self) -> Option<i16> {
        jiff::Timestamp::from_millisecond(self.0)
            .ok()
            .map(|t| t.to_zoned(jiff::tz::TimeZone::UTC).year())
    }
}

#[cfg(test)]
mod tests {
    use super::EpochMs;

    #[test]
    fn years_turn_at_midnight_utc() {
        assert_eq!(EpochMs(1_767_225_599_999).year(), Some(2025));
        assert_eq!(EpochMs(1_767_225_600_000).year(), Some(2026));
        assert_eq!(EpochMs(i64::MAX).year(), None);
    }

    #[test]
    fn days_count_from_the_epoch() {
        assert_eq!(EpochMs(-1).day(), -1);
        assert_eq!(EpochMs(86_400_000).day(), 1);
    }
}
