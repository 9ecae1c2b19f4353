//! The worker's state as operators see it: numbers and names from the
//! configuration, nothing of any record.

use std::collections::BTreeMap;

use serde::Serialize;

use super::ShadowTally;
use crate::domain::{EpochMs, TenantId};

/// The state of one worker at one moment.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Status {
    /// The program's version.
    pub version: &'static str,
    /// The pipeline's name.
    pub pipeline: String,
    /// Why the worker is not ready; empty where it is.
    pub not_ready: Vec<NotReady>,
    /// Memory that open conversations and unwritten batches hold, in bytes.
    pub bytes_buffered: u64,
    /// The partitions that this worker owns.
    pub partitions: Vec<PartitionStatus>,
    /// Every tenant of the configuration, disabled ones too.
    pub tenants: Vec<TenantStatus>,
    /// Settings of the pipeline's file that have changed since it started; a
    /// restart applies them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outdated: Vec<String>,
    /// What a shadow run has counted; absent of a worker that writes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shadow: Option<BTreeMap<TenantId, ShadowTally>>,
}

/// Why a worker is not ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NotReady {
    /// It has not yet joined its group.
    Starting,
    /// It replays the tail of a commit log.
    Replaying,
    /// The broker does not answer.
    BrokerDown,
    /// A store does not answer.
    StoreDown,
    /// It drains and will end.
    Draining,
}

/// One partition that a worker owns.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartitionStatus {
    /// The topic.
    pub topic: String,
    /// The partition's number.
    pub partition: i32,
    /// What it does.
    pub state: PartitionState,
    /// The next offset that is not yet in the commit log.
    pub end: i64,
    /// Where a replay would start.
    pub resume: i64,
    /// Conversations that are open.
    pub open: u64,
    /// Records between `end` and the partition's end; absent while unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lag_records: Option<u64>,
    /// Age in seconds of the oldest record that is not yet in the commit log;
    /// absent while unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lag_seconds: Option<f64>,
}

/// What a partition does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is", content = "because")]
pub enum PartitionState {
    /// It is read.
    Running,
    /// It reads again what lies below the end of its log.
    Replaying,
    /// It waits for memory, a tenant's agreement or a store; the reason's code.
    Paused(&'static str),
    /// It needs an operator; the reason's code.
    Stopped(&'static str),
}

/// One tenant.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TenantStatus {
    /// Its name.
    pub tenant: TenantId,
    /// Whether its records are processed.
    pub state: TenantState,
    /// Whole days until its authorisation lapses; negative once it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lapses_in_days: Option<i64>,
    /// What was released, and what waits.
    pub release: ReleaseStatus,
    /// What was purged, and what waits.
    pub purge: PurgeStatus,
}

impl TenantStatus {
    /// A tenant whose file is broken.
    #[must_use]
    pub fn disabled(tenant: TenantId) -> Self {
        Self {
            tenant,
            state: TenantState::Disabled("configuration"),
            lapses_in_days: None,
            release: ReleaseStatus::default(),
            purge: PurgeStatus::default(),
        }
    }
}

/// Whether a tenant's records are processed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is", content = "because")]
pub enum TenantState {
    /// They are.
    Admitted,
    /// Its partitions are paused; the gate's reason.
    Paused(&'static str),
    /// Its file is broken; the fault's code.
    Disabled(&'static str),
}

/// A tenant's releases.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ReleaseStatus {
    /// The number of the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<u64>,
    /// When the next is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<EpochMs>,
}

/// A tenant's purges.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct PurgeStatus {
    /// Originals that are past their timer and still there, each a named block.
    pub blocks: u64,
    /// Holds in force.
    pub holds: u64,
    /// Timers that were shortened and wait for their day to pass.
    pub shortened: u64,
    /// Purges that wait until a person approves them.
    pub waiting: u64,
    /// When the next purge is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<EpochMs>,
}
