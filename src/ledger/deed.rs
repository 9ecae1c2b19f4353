//! Deeds: the facts of a tenant's chain. Ids, counts and hashes; never text.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{EpochMs, Sha256, TopicPartition};
use crate::lake::layout::{AreaId, LandingFile};
use crate::ledger::evidence::is_zero;
use crate::ledger::review::{ReviewDeed, SampleDeed};
use crate::ledger::timers::SetTimers;
use crate::ledger::usual::Approval;
use crate::seal::{BlobName, KeyedDigest};

/// One fact about a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "deed", rename_all = "snake_case", deny_unknown_fields)]
pub enum Deed {
    /// The chain begins; the research area is drawn.
    Founded {
        /// Random, related to nothing.
        area: AreaId,
    },
    /// A release is published: from here on it happened, once.
    Released(ReleaseDeed),
    /// A person stated that the covered entity has no actual knowledge that
    /// what remains could identify anyone (45 CFR 164.514(b)(2)(ii)). It
    /// replaces the one before it.
    Attested(Attestation),
    /// The statement in force no longer holds.
    AttestationWithdrawn,
    /// A sample of what the next release would publish was drawn for reviewers.
    SampleDrawn(SampleDeed),
    /// A reviewer's word on a sample was taken in.
    SampleReviewed(ReviewDeed),
    /// A release was taken back: from here on its files are to be gone.
    Withdrawn {
        /// Its number.
        release: u32,
        /// Why.
        reason: WithdrawalReason,
    },
    /// A hold was placed: intents after it are void.
    HoldPlaced {
        /// Random.
        hold: String,
        /// It is a freeze: there is no release after it either.
        #[serde(default, skip_serializing_if = "is_false")]
        freezes: bool,
        /// Why, where that was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<HoldReason>,
    },
    /// A hold was lifted.
    HoldLifted {
        /// The hold.
        hold: String,
    },
    /// The tenant's file sets these purge timers from now on; which are in
    /// force is what [`TimerHistory`](super::TimerHistory) says.
    TimersSet(SetTimers),
    /// A person lets more go than is usual.
    PurgeApproved {
        /// What.
        approval: Approval,
    },
    /// Originals are to go.
    PurgeIntended {
        /// What.
        target: PurgeTarget,
    },
    /// Originals went, or an intent was given up.
    Purged {
        /// The number of the intent's entry.
        intent: u64,
        /// The evidence.
        receipt: Receipt,
    },
    /// A file of records that are nobody's is opened by the operator.
    UnclaimedOpened {
        /// The file.
        name: BlobName,
    },
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's form
const fn is_false(is: &bool) -> bool {
    !*is
}

/// A statement of no actual knowledge. Who made it is its entry's actor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attestation {
    /// The first moment at which it no longer holds.
    pub until: EpochMs,
    /// Its words, as a digest under the tenant's ledger key.
    pub statement: KeyedDigest,
}

/// Why everything of a tenant is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    /// A lawsuit is pending or expected.
    Litigation,
    /// An authority or the tenant looks into something.
    Investigation,
    /// The covered entity asked for it.
    Instructed,
    /// Something that was to be removed may have gone out.
    SuspectedLeak,
}

/// Why a release was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithdrawalReason {
    /// Something in it may identify someone.
    IdentifierFound,
    /// The covered entity asked for it.
    Instructed,
    /// Somebody's consent was withdrawn.
    ConsentWithdrawn,
    /// It is wrong in another way.
    Defective,
    /// Another release took its place.
    Superseded,
}

/// Slots `from..to` of one log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputRange {
    /// The partition.
    pub place: TopicPartition,
    /// The log's epoch.
    pub epoch: u32,
    /// The first slot.
    pub from: u64,
    /// One past the last.
    pub to: u64,
}

/// A published file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleasedFile {
    /// The sealed file that holds the same bytes until the copy is done.
    pub staged: LandingFile,
    /// Where it lies in the research store.
    pub path: String,
    /// Rows, for a table's file.
    pub rows: u64,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: Sha256,
}

/// A release.
#[cfg_attr(test, derive(Default))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseDeed {
    /// Its number in the research area, from 1.
    pub number: u32,
    /// What it was made of.
    pub inputs: Vec<InputRange>,
    /// Slots after the inputs that had been written: what had come of the
    /// inputs' conversations there is in the release.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<InputRange>,
    /// Its files; the manifest is the last.
    pub files: Vec<ReleasedFile>,
    /// Conversations that landed in the inputs for the first time.
    pub landed: u64,
    /// Conversations published.
    pub released: u64,
    /// Conversations held back, by reason: landed = released + held back.
    pub held_back: BTreeMap<String, u64>,
    /// Conversations of an earlier release of which more came too late for it.
    /// They stay as they were published.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub late: u64,
    /// Conversations published with attributes less exact than they landed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub coarsened: u64,
    /// Why less than the rule's interval or number was accepted, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dating_override: Option<String>,
    /// The release whose conversations it holds, masked anew, and which is
    /// withdrawn by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<u32>,
    /// The entry of the attestation under which it went out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attestation: Option<u64>,
    /// The entry of the sample that was reviewed before it went out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<u64>,
}

/// What is to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "originals", rename_all = "snake_case")]
pub enum PurgeTarget {
    /// Records of a partition.
    Kafka(KafkaPurge),
    /// Sealed files.
    Files(FilePurge),
}

/// Records of a partition below an offset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KafkaPurge {
    /// The partition.
    pub place: TopicPartition,
    /// The log's epoch.
    pub epoch: u32,
    /// Records below it go.
    pub upto: i64,
    /// The last slot that was verified for it.
    pub verified_slot: u64,
}

/// Sealed files, all of one purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilePurge {
    /// The files.
    pub files: Vec<LandingFile>,
}

/// The evidence of one purge (or of its refusal).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case", deny_unknown_fields)]
pub enum Receipt {
    /// Records are gone.
    RecordsGone {
        /// The low watermark that the broker answered.
        answered_low: i64,
        /// The low watermark read again by another connection.
        read_low: i64,
        /// A fetch below it was refused, as it should be.
        fetch_below_refused: bool,
        /// Until when the broker may still have them on disk, at the latest.
        on_disk_until: EpochMs,
    },
    /// Files are gone: read again, none is there.
    FilesGone {
        /// How many.
        files: u64,
    },
    /// The broker cannot delete records (an in-process mock, for one).
    Unsupported,
    /// A precondition no longer held when it was checked again.
    GivenUp {
        /// Which.
        why: String,
    },
}
