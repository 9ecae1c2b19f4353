//! The commit log of one partition: a chain of slots, and what its last slot
//! says of where to go on.
//!
//! Slot *n* is an object created with put-if-absent, so there is one history.
//! The tail is a function of the last slot alone, found by a few reads; no
//! listing and no checkpoint is needed.

mod ages;
mod boundary;
mod offsets;
mod slot;
mod tail;

pub use crate::source::Watermarks;
pub use ages::Ages;
pub use boundary::{Boundary, Hand, Remark, Skipped};
pub use offsets::OpenOffsets;
pub use slot::{Counts, Drop, LastRecord, Leaf, SLOT_VERSION, Slot, WriterId};
pub use tail::{Tail, gap_between};

/// Why a log cannot be gone on with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// The bytes are not a slot of a known version: a newer writer, or damage.
    #[error(
        "slot {n} cannot be read: it was written by a newer version or is damaged; run the version that wrote it"
    )]
    Unreadable {
        /// The slot's number.
        n: u64,
    },
    /// A slot does not follow the one before it.
    #[error("slot {n} does not follow slot {}: {what}", n.saturating_sub(1))]
    Broken {
        /// The slot's number.
        n: u64,
        /// What does not follow.
        what: &'static str,
    },
    /// An operator closed the log, and the next epoch has not begun.
    #[error(
        "the log was closed and no epoch follows it yet; run `leeward log new-epoch` again to begin it"
    )]
    Closed,
    /// Records that still had to be read are gone from the broker.
    #[error(
        "offsets {resume} to {low} are gone from the broker before they had a fate; find out why they were deleted, then run `leeward log new-epoch`"
    )]
    Gap {
        /// Where reading had to go on.
        resume: i64,
        /// The broker's low watermark.
        low: i64,
    },
    /// The topic is not the one that the log speaks of.
    #[error(
        "the topic was re-created or truncated ({what}); if that was meant, run `leeward log new-epoch --recreated`"
    )]
    Recreated {
        /// The evidence.
        what: &'static str,
    },
    /// Records that the log holds open did not come again.
    #[error(
        "{missing} open records did not come again below offset {end}; find out why, then run `leeward log new-epoch`"
    )]
    Vanished {
        /// How many.
        missing: usize,
        /// The end of the log.
        end: i64,
    },
}
