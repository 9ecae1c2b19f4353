//! The tail: what the last slot says of where to go on.

use std::collections::BTreeMap;

use super::{LastRecord, LogError, OpenOffsets, Slot};
use crate::domain::{Sha256, TenantId};
use crate::source::Watermarks;

/// Where a log stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tail {
    /// The number of the slot to write next.
    pub next: u64,
    /// The hash of the last slot; zeros where there is none.
    pub hash: Sha256,
    /// The next offset to read for the first time.
    pub end: i64,
    /// Offsets below `end` without a fate.
    pub open: OpenOffsets,
    /// The last evidence of each tenant.
    pub heads: BTreeMap<TenantId, Sha256>,
    /// The broker's low watermark as the last slot knew it.
    pub low_watermark: i64,
    /// The record with the highest offset read so far.
    pub last_record: Option<LastRecord>,
    /// The epoch has ended: nothing may follow.
    pub closed: bool,
}

impl Tail {
    /// The tail of a log with no slot: it begins at the low watermark.
    #[must_use]
    pub fn begin(low: i64) -> Self {
        Self {
            next: 0,
            hash: Sha256::default(),
            end: low,
            open: OpenOffsets::default(),
            heads: BTreeMap::new(),
            low_watermark: low,
            last_record: None,
            closed: false,
        }
    }

    /// The tail after `slot`, whose stored form is `bytes`.
    #[must_use]
    pub fn after(slot: &Slot, bytes: &[u8]) -> Self {
        Self {
            next: slot.n + 1,
            hash: Sha256::of(bytes),
            end: slot.end,
            open: slot.open.clone(),
            heads: slot.heads.clone(),
            low_watermark: slot.low_watermark,
            last_record: slot.last_record.clone(),
            closed: slot.closes(),
        }
    }

    /// Where reading goes on: the least open offset, or `end`.
    #[must_use]
    pub fn resume(&self) -> i64 {
        self.open.first().unwrap_or(self.end)
    }

    /// Whether the broker still has what this log must read, and is still the
    /// topic that it speaks of. `last_digest` is the digest of the record now
    /// at [`Tail::last_record`]'s offset, where it can still be read.
    ///
    /// # Errors
    /// [`LogError::Closed`], [`LogError::Gap`] or [`LogError::Recreated`].
    pub fn agrees_with(
        &self,
        broker: Watermarks,
        last_digest: Option<&str>,
    ) -> Result<(), LogError> {
        if self.closed {
            return Err(LogError::Closed);
        }
        if self.next == 0 {
            return Ok(());
        }
        if self.end > broker.high {
            return Err(LogError::Recreated {
                what: "the log is beyond the broker's end",
            });
        }
        if broker.low < self.low_watermark {
            return Err(LogError::Recreated {
                what: "the low watermark went back",
            });
        }
        let differs = |last: &LastRecord| last_digest.is_some_and(|now| now != last.digest);
        if self.last_record.as_ref().is_some_and(differs) {
            return Err(LogError::Recreated {
                what: "the last record is another",
            });
        }
        gap_between(self.resume(), broker.low)
    }
}

/// Whether records from `resume` on can still be read.
///
/// # Errors
/// [`LogError::Gap`] when the low watermark has passed `resume`.
pub const fn gap_between(resume: i64, low: i64) -> Result<(), LogError> {
    if low > resume {
        return Err(LogError::Gap { resume, low });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lake::log::{Ages, Counts, SLOT_VERSION, WriterId};

    fn slot() -> Slot {
        Slot {
            version: SLOT_VERSION,
            n: 0,
            previous: Sha256::default(),
            writer: WriterId::default(),
            attempt: WriterId::default(),
            start: 10,
            end: 20,
            open: OpenOffsets::from_ascending(&[12, 15]),
            counts: Counts {
                read: 10,
                committed: 8,
                open_after: 2,
                ..Counts::default()
            },
            leaves: BTreeMap::new(),
            heads: BTreeMap::new(),
            policies: Vec::new(),
            code: String::from("0"),
            low_watermark: 10,
            last_record: Some(LastRecord {
                offset: 19,
                digest: String::from("aa"),
            }),
            ages: Ages::default(),
            boundary: None,
        }
    }

    fn tail() -> Tail {
        let slot = slot();
        Tail::after(&slot, &slot.to_bytes())
    }

    #[test]
    fn a_slot_round_trips_and_damage_is_refused() {
        let bytes = slot().to_bytes();
        assert_eq!(Slot::from_bytes(0, &bytes), Ok(slot()));
        assert_eq!(
            Slot::from_bytes(1, &bytes),
            Err(LogError::Unreadable { n: 1 })
        );
        let newer = String::from_utf8(bytes).expect("json");
        let newer = newer.replace("\"version\":1", "\"version\":2");
        assert!(Slot::from_bytes(0, newer.as_bytes()).is_err());
    }

    #[test]
    fn resume_is_the_least_open_offset() {
        assert_eq!(tail().resume(), 12);
        assert_eq!(Tail::begin(7).resume(), 7);
    }

    #[test]
    fn a_slot_follows_only_its_own_tail() {
        let begin = Tail::begin(10);
        assert_eq!(slot().follows(&begin), Ok(()));
        let check = |change: fn(&mut Slot), what| {
            let mut slot = slot();
            change(&mut slot);
            assert_eq!(
                slot.follows(&begin),
                Err(LogError::Broken { n: slot.n, what })
            );
        };
        check(|s| s.n = 1, "its number");
        check(
            |s| s.previous = Sha256([1; 32]),
            "the hash of the one before",
        );
        check(|s| s.start = 11, "its offsets");
        check(|s| s.end = 9, "its offsets");
        check(|s| s.counts.committed = 9, "its counts");
        check(|s| s.counts.open_before = 1, "its counts");
    }

    #[test]
    fn a_broker_that_disagrees_stops_the_partition() {
        let marks = |low, high| Watermarks { low, high };
        assert_eq!(tail().agrees_with(marks(10, 20), Some("aa")), Ok(()));
        assert_eq!(tail().agrees_with(marks(12, 99), None), Ok(()));
        assert_eq!(
            tail().agrees_with(marks(13, 20), None),
            Err(LogError::Gap {
                resume: 12,
                low: 13
            })
        );
        for (broker, digest) in [
            (marks(10, 19), None),
            (marks(9, 20), None),
            (marks(10, 20), Some("bb")),
        ] {
            let said = tail().agrees_with(broker, digest);
            assert!(matches!(said, Err(LogError::Recreated { .. })), "{said:?}");
        }
        assert_eq!(Tail::begin(5).agrees_with(marks(5, 9), None), Ok(()));
        let closed = Tail {
            closed: true,
            ..tail()
        };
        let said = closed.agrees_with(marks(10, 20), None);
        assert_eq!(said, Err(LogError::Closed));
    }
}
