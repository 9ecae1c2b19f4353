//! What a run did, or would do, and what stands in its way.

use serde::Serialize;

use super::plan::{Bound, Limit};
use super::verify::Unsound;
use crate::domain::{EpochMs, TenantId, TopicPartition};
use crate::lake::layout::LandingFile;
use crate::ledger::{Approval, Receipt, Shortened};

/// One tenant's run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PurgeReport {
    /// Whose.
    pub tenant: TenantId,
    /// Whether nothing was changed.
    pub dry_run: bool,
    /// Holds in force: while there is one, nothing goes.
    pub holds: Vec<String>,
    /// Timers that were shortened and are not yet in force.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shortened: Vec<Shortened>,
    /// Its partitions.
    pub partitions: Vec<PartitionReport>,
    /// Its sealed files, by purpose.
    pub files: Vec<FilesReport>,
    /// Files that nothing names.
    pub sweep: SweepReport,
}

impl PurgeReport {
    /// Records past their deadline, by partition.
    pub fn overdue(&self) -> impl Iterator<Item = (&TopicPartition, &Block)> {
        let partitions = self.partitions.iter();
        partitions.filter_map(|p| p.block.as_ref().map(|block| (&p.place, block)))
    }

    /// Purges that wait for approval.
    pub fn waiting(&self) -> impl Iterator<Item = &Outcome> {
        let records = self.partitions.iter().map(|partition| &partition.outcome);
        let files = self.files.iter().flat_map(|files| &files.outcomes);
        records
            .chain(files)
            .filter(|outcome| matches!(outcome, Outcome::Waiting { .. }))
    }
}

/// What became of one partition's records.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartitionReport {
    /// The partition.
    pub place: TopicPartition,
    /// The log's epoch.
    pub epoch: u32,
    /// The low watermark before.
    pub low_before: Option<i64>,
    /// The low watermark after.
    pub low_after: Option<i64>,
    /// How far records may go; `None` where no slot may be built on.
    pub bound: Option<Bound>,
    /// What keeps them from going, or from going further.
    pub limit: Limit,
    /// The first slot that does not verify, and why.
    pub unsound: Option<(u64, Unsound)>,
    /// What was done.
    pub outcome: Outcome,
    /// Records that should have gone and did not.
    pub block: Option<Block>,
}

/// What was done about one partition, or one set of files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// Nothing is due.
    Nothing,
    /// Something is due, and nothing was done: a dry run.
    Due,
    /// A hold blocks it.
    Held,
    /// A receipt was written.
    Concluded {
        /// The intent's number in the chain.
        intent: u64,
        /// The receipt.
        receipt: Receipt,
    },
    /// It is more than usual, and waits until a person approves it.
    Waiting {
        /// How many records or files.
        amount: u64,
        /// The most that goes without approval.
        most: u64,
        /// What to approve.
        approval: Approval,
        /// How long past its timer the oldest is, in milliseconds, where that
        /// is known.
        overdue_ms: i64,
    },
    /// This run did not conclude it; the next one goes on.
    Pending {
        /// Why.
        why: String,
    },
    /// The broker cannot delete records.
    Unsupported,
    /// The partition cannot be purged.
    Stopped {
        /// Why.
        why: String,
    },
}

/// What stands in the way of a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// A hold.
    Hold,
    /// Records have no fate yet: conversations are open, or the worker lags.
    Unprocessed,
    /// Records have no fate yet, since the tenant's authorisation does not hold:
    /// nothing of them is copied.
    Paused,
    /// Slots are not released.
    Unreleased,
    /// A slot does not verify.
    Unverified,
    /// Another consumer group has not read them.
    Group,
    /// They are more than usual, and nobody has approved it.
    Approval,
    /// The broker cannot delete, or did not.
    Broker,
    /// The log and the topic disagree, or the log cannot be read.
    Log,
}

impl Obstacle {
    /// Its stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Unprocessed => "unprocessed",
            Self::Paused => "paused",
            Self::Unreleased => "unreleased",
            Self::Unverified => "unverified",
            Self::Group => "group",
            Self::Approval => "approval",
            Self::Broker => "broker",
            Self::Log => "log",
        }
    }
}

/// Records past their deadline: an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Block {
    /// What stands in the way.
    pub obstacle: Obstacle,
    /// How long past the timer the oldest record is, in milliseconds.
    pub overdue_ms: i64,
}

/// What became of sealed files of one purpose.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FilesReport {
    /// The purpose: its folder's name.
    pub purpose: &'static str,
    /// How many lie there because a slot or release names them.
    pub lying: u64,
    /// How many are due.
    pub due: u64,
    /// How many went in this run.
    pub gone: u64,
    /// When the next one is due, if that is known.
    pub next_due: Option<EpochMs>,
    /// Files that are due and do not go.
    pub blocked: Vec<BlockedFile>,
    /// One for each intent, or for why there is none.
    pub outcomes: Vec<Outcome>,
}

/// A file that is due and does not go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BlockedFile {
    /// The file.
    pub file: LandingFile,
    /// Why: `altered`, `missing`, `release` (what was published is not in
    /// research as it was), or `evidence`.
    pub why: &'static str,
    /// How long past its timer it is, in milliseconds.
    pub overdue_ms: i64,
}

/// Files that no slot and no entry names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SweepReport {
    /// How many were old enough to go.
    pub orphans: u64,
    /// How many went.
    pub gone: u64,
    /// Why nothing is swept, where nothing is.
    pub blocked: Option<&'static str>,
}
