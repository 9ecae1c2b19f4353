//! What can be seen of a worker from outside.

use super::partition::Reading;
use super::step::{Phase, Worker};
use crate::domain::{EpochMs, TenantId, TopicPartition};

/// What operations see of a partition.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct PartitionStatus {
    /// The tenant that its topic belongs to.
    pub tenant: TenantId,
    /// `loading`, `reading`, `committing`, `suspended` or `stopped`.
    pub phase: &'static str,
    /// It reads again what lies below the end of its log.
    pub replaying: bool,
    /// Why it stands still: `memory`, `tenant_memory`, `tenant_rate` or
    /// `draining`.
    pub stands: Option<&'static str>,
    /// The next offset to come.
    pub position: Option<i64>,
    /// The end of its last slot.
    pub end: Option<i64>,
    /// Where a restart would go on.
    pub resume: Option<i64>,
    /// The oldest time of a record that was read and is beyond the last slot.
    pub oldest: Option<EpochMs>,
    /// Open conversations.
    pub open_conversations: usize,
    /// Bytes of raw text held.
    pub bytes: usize,
}

impl Worker {
    /// Whether nothing is open, closed or under way in any partition.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.partitions.values().all(|state| match &state.phase {
            Phase::Reading(reading) => reading.is_idle(),
            Phase::Suspended | Phase::Stopped => true,
            Phase::Loading | Phase::Committing(..) => false,
        })
    }

    /// What operations see of each partition.
    pub fn status(&self) -> impl Iterator<Item = (&TopicPartition, PartitionStatus)> {
        self.partitions.iter().map(|(partition, state)| {
            let reading = state.phase.reading();
            let status = PartitionStatus {
                tenant: state.tenant.clone(),
                phase: state.phase.name(),
                replaying: reading.is_some_and(|r| !r.replayed()),
                stands: state.stands.first().map(|stand| stand.name()),
                position: reading.map(Reading::position),
                end: reading.map(|r| r.base().end),
                resume: reading.map(|r| r.base().resume()),
                oldest: reading.and_then(Reading::oldest),
                open_conversations: reading.map_or(0, Reading::open_conversations),
                bytes: reading.map_or(0, Reading::bytes),
            };
            (partition, status)
        })
    }
}
