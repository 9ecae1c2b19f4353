//! Where one epoch of a log ends and the next begins.
//!
//! An epoch ends with a *closing* slot, which gives every record that was
//! still open a named drop. It takes the number that any writer of the old
//! epoch would take next, so that none of them can go on unseen. The next
//! epoch begins with an *opening* slot, which names the closing one by hash.

use serde::{Deserialize, Serialize};

use super::{Ages, Counts, Drop, LogError, OpenOffsets, SLOT_VERSION, Slot, Tail, WriterId};
use crate::domain::{EpochMs, Sha256};

/// A slot that carries no records but ends or begins an epoch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Boundary {
    /// The last slot of an epoch.
    Closing {
        /// Who ended it, and why.
        by: Remark,
    },
    /// The first slot of an epoch after the first.
    Opening {
        /// The hash of the last slot of the epoch before.
        after: Sha256,
        /// The offsets `from..to` that no epoch reads, where there are any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        skipped: Option<Skipped>,
        /// Who began it, and why.
        by: Remark,
    },
}

/// What an operator says of a deed of theirs. It stays in the operator's store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    /// The operator's name.
    pub actor: String,
    /// Why, in their words.
    pub reason: String,
    /// When.
    pub at: EpochMs,
}

/// Offsets `from..to` that are not read: a named drop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skipped {
    /// The first.
    pub from: i64,
    /// One past the last.
    pub to: i64,
}

/// Who writes a slot, and the attempt that it is.
#[derive(Debug, Clone, Copy)]
pub struct Hand {
    /// The process.
    pub writer: WriterId,
    /// Drawn for this slot.
    pub attempt: WriterId,
}

impl Slot {
    /// The slot that ends the epoch of `tail`.
    #[must_use]
    pub fn closing(tail: &Tail, by: Remark, hand: Hand) -> Self {
        let mut counts = Counts {
            open_before: tail.open.count(),
            ..Counts::default()
        };
        if counts.open_before > 0 {
            counts.dropped.insert(Drop::Abandoned, counts.open_before);
        }
        Self::bare(tail, counts, Boundary::Closing { by }, hand)
    }

    /// The slot that begins the epoch after `closed`, at offset `start`.
    ///
    /// # Errors
    /// [`LogError::Broken`] when the epoch before is not closed.
    pub fn opening(closed: &Tail, start: i64, by: Remark, hand: Hand) -> Result<Self, LogError> {
        if !closed.closed {
            return Err(LogError::Broken {
                n: 0,
                what: "the epoch before is not closed",
            });
        }
        let boundary = Boundary::Opening {
            after: closed.hash,
            skipped: (start > closed.end).then_some(Skipped {
                from: closed.end,
                to: start,
            }),
            by,
        };
        let mut begin = Tail::begin(start);
        // What the broker's low watermark is, the next slot will say.
        begin.low_watermark = 0;
        Ok(Self::bare(&begin, Counts::default(), boundary, hand))
    }

    /// A slot after `tail` that reads nothing and leaves nothing open.
    fn bare(tail: &Tail, counts: Counts, boundary: Boundary, hand: Hand) -> Self {
        Self {
            version: SLOT_VERSION,
            n: tail.next,
            previous: tail.hash,
            writer: hand.writer,
            attempt: hand.attempt,
            start: tail.end,
            end: tail.end,
            open: OpenOffsets::default(),
            counts,
            leaves: std::collections::BTreeMap::new(),
            heads: tail.heads.clone(),
            policies: Vec::new(),
            code: env!("CARGO_PKG_VERSION").to_owned(),
            low_watermark: tail.low_watermark,
            last_record: tail.last_record.clone(),
            ages: Ages::default(),
            boundary: Some(boundary),
        }
    }

    /// Whether it ends its epoch.
    #[must_use]
    pub const fn closes(&self) -> bool {
        matches!(self.boundary, Some(Boundary::Closing { .. }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remark() -> Remark {
        Remark {
            actor: String::from("dana"),
            reason: String::from("topic deleted by mistake"),
            at: EpochMs(7),
        }
    }

    fn hand() -> Hand {
        Hand {
            writer: WriterId::default(),
            attempt: WriterId::default(),
        }
    }

    fn tail(end: i64, open: &[i64]) -> Tail {
        Tail {
            next: 4,
            hash: Sha256([4; 32]),
            end,
            open: OpenOffsets::from_ascending(open),
            ..Tail::begin(0)
        }
    }

    fn closed(end: i64) -> Tail {
        let slot = Slot::closing(&tail(end, &[]), remark(), hand());
        Tail::after(&slot, &slot.to_bytes())
    }

    #[test]
    fn closing_gives_open_records_a_named_drop() {
        let tail = tail(20, &[3, 4, 9]);
        let slot = Slot::closing(&tail, remark(), hand());
        assert_eq!(slot.follows(&tail), Ok(()));
        assert_eq!(slot.counts.dropped[&Drop::Abandoned], 3);
        let after = Tail::after(&slot, &slot.to_bytes());
        assert!(after.closed);
        assert_eq!(after.resume(), 20);
    }

    #[test]
    fn nothing_follows_a_closing_slot() {
        let mut next = Slot::closing(&closed(20), remark(), hand());
        next.boundary = None;
        let said = next.follows(&closed(20));
        assert!(
            matches!(said, Err(LogError::Broken { n: 5, .. })),
            "{said:?}"
        );
    }

    #[track_caller]
    fn check_skipped(end: i64, start: i64, expected: Option<(i64, i64)>) {
        let slot = Slot::opening(&closed(end), start, remark(), hand()).expect("closed");
        assert_eq!(slot.follows(&Tail::begin(start)), Ok(()));
        assert_eq!(Slot::from_bytes(0, &slot.to_bytes()), Ok(slot.clone()));
        let Some(Boundary::Opening { after, skipped, .. }) = slot.boundary else {
            panic!("an opening slot");
        };
        assert_eq!(after, closed(end).hash);
        assert_eq!(skipped.map(|s| (s.from, s.to)), expected);
    }

    #[test]
    fn opening_names_what_it_follows_and_skips() {
        check_skipped(20, 20, None);
        check_skipped(20, 31, Some((20, 31)));
        check_skipped(20, 0, None);
    }

    #[test]
    fn an_epoch_that_is_not_closed_is_not_followed() {
        assert!(Slot::opening(&tail(20, &[]), 20, remark(), hand()).is_err());
    }
}
