//! The ledger: what happened, tamper-evident, without text.
//!
//! Two kinds of record make it. *Evidence* is committed with each slot of a
//! partition's log and says what the slot did with a tenant's records. The
//! tenant's *chain* holds deeds: releases, holds, purge intents and receipts,
//! in one total order. Both are linked by hashes from their first entry.

mod chain;
mod deed;
mod entry;
mod evidence;
mod follows;
mod frame;
mod inference;
mod journal;
mod review;
mod timers;
mod usual;
mod verdict;
pub mod verify;

pub use chain::{Attested, Change, TenantChain};
pub use deed::{
    Attestation, Deed, FilePurge, HoldReason, InputRange, KafkaPurge, PurgeTarget, Receipt,
    ReleaseDeed, ReleasedFile, WithdrawalReason,
};
pub use entry::{CHAIN_VERSION, Entry};
pub use evidence::{EVIDENCE_VERSION, Evidence, FileEntry, Note};
pub use frame::{Frame, upper_95_of_none};
pub use inference::{InferenceUse, UsedCall, UsedModel};
pub use journal::{Journal, JournalError};
pub use review::{ReviewDeed, Reviews, Sample, SampleDeed};
pub use timers::{SHORTENED_WAITS_MS, SetTimers, Shortened, TimerHistory};
pub use usual::{Approval, Removed, Usual};
pub use verdict::{Mark, SignedVerdict, VERDICT_FORMAT, Verdict};

/// Why a ledger does not verify.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// The bytes are not an entry of a known version.
    #[error(
        "entry {n} cannot be read: it was written by a newer version or is damaged; run the version that wrote it"
    )]
    Unreadable {
        /// The entry's number.
        n: u64,
    },
    /// An entry does not follow the one before it.
    #[error("entry {n} does not follow the one before it: {what}")]
    Broken {
        /// The entry's number.
        n: u64,
        /// What does not follow.
        what: &'static str,
    },
}
