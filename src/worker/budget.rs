//! Memory budgets, the worker's and a tenant's: who flushes, who stands still,
//! and what is cut when nothing else helps.

use std::collections::BTreeMap;

use super::partition::Reading;
use super::stand::Stand;
use super::step::{Partition, Phase, Worker};
use crate::assemble::Cause;
use crate::domain::{EpochMs, TenantId, TopicPartition};

/// Whose memory is counted: one tenant's, or everybody's.
type Whose<'a> = Option<&'a TenantId>;

impl Worker {
    /// Bytes of raw text held in all partitions.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes_of(None)
    }

    fn bytes_of(&self, whose: Whose<'_>) -> usize {
        let states = self.partitions.values().filter(|s| is_of(s, whose));
        let readings = states.filter_map(|s| s.phase.reading());
        readings.map(Reading::bytes).sum()
    }

    /// Keeps memory within the budget: the largest partition flushes first,
    /// partitions stand still while too much is held, those of tenants that
    /// hold more than an even part before others, and only when nothing is
    /// closed anywhere is the oldest conversation cut. Relief goes on until
    /// those that stand still may go on: while they do, no idle time passes
    /// for them, so that nothing else would ever free memory.
    pub(super) fn keep_the_budget(&mut self, now: EpochMs) {
        let most = self.limits.memory_bytes;
        let (high, low) = (most - most / 8, most / 2);
        let held = self.bytes();
        if held > high || (self.anyone_stands(Stand::Memory) && held >= low) {
            self.relieve(None, now);
        }
        let held = self.bytes();
        if held > high {
            self.set_standing(Stand::Memory, |_| Some(true), now);
        } else if held > most - most / 4 {
            let parts = self.bytes_by_tenant();
            let even = high / parts.len().max(1);
            let above = |tenant: &TenantId| parts.get(tenant).is_some_and(|held| *held > even);
            self.set_standing(Stand::Memory, |tenant| above(tenant).then_some(true), now);
        } else {
            self.set_standing(Stand::Memory, |_| (held < low).then_some(false), now);
        }
    }

    /// The same within what `tenant` may hold.
    pub(super) fn keep_within(&mut self, tenant: &TenantId, most: usize, now: EpochMs) {
        let (high, low) = (most - most / 8, most / 2);
        let held = self.bytes_of(Some(tenant));
        if held > high || (self.stands_for(tenant, Stand::TenantMemory) && held >= low) {
            self.relieve(Some(tenant), now);
        }
        let held = self.bytes_of(Some(tenant));
        let stands = match held {
            held if held > high => Some(true),
            held if held < low => Some(false),
            _ => None,
        };
        let of = |other: &TenantId| if other == tenant { stands } else { None };
        self.set_standing(Stand::TenantMemory, of, now);
    }

    fn anyone_stands(&self, why: Stand) -> bool {
        !self.draining && self.partitions.values().any(|s| s.stands.contains(&why))
    }

    /// Whether partitions of `tenant` stand still for `why`.
    pub(super) fn stands_for(&self, tenant: &TenantId, why: Stand) -> bool {
        let mut own = self.partitions.values().filter(|s| s.tenant == *tenant);
        !self.draining && own.any(|s| s.stands.contains(&why))
    }

    /// Bytes held by each tenant that holds any.
    fn bytes_by_tenant(&self) -> BTreeMap<TenantId, usize> {
        let mut parts = BTreeMap::new();
        for state in self.partitions.values() {
            let bytes = state.phase.reading().map_or(0, Reading::bytes);
            if bytes > 0 {
                *parts.entry(state.tenant.clone()).or_default() += bytes;
            }
        }
        parts
    }

    fn relieve(&mut self, whose: Whose<'_>, now: EpochMs) {
        let cause = whose.map_or(Cause::Budget, |_| Cause::Share);
        let committing =
            |s: &Partition| is_of(s, whose) && matches!(s.phase, Phase::Committing(..));
        if let Some(partition) = self.largest(whose, Reading::may_flush) {
            self.begin_flush(&partition, now);
        } else if !self.partitions.values().any(committing)
            && let Some(partition) = self.largest(whose, Reading::replayed)
            && let Some(reading) = self.reading(&partition)
            && reading.cut_oldest(cause, now)
        {
            self.begin_flush(&partition, now);
        }
    }

    /// The partition that holds most of those that read and satisfy `which`.
    fn largest(
        &self,
        whose: Whose<'_>,
        which: impl Fn(&Reading) -> bool,
    ) -> Option<TopicPartition> {
        let own = self.partitions.iter().filter(|(_, s)| is_of(s, whose));
        let readings = own.filter_map(|(p, s)| match &s.phase {
            Phase::Reading(reading) if which(reading) => Some((p, reading.bytes())),
            _ => None,
        });
        readings
            .max_by_key(|(_, bytes)| *bytes)
            .map(|(partition, _)| partition.clone())
    }
}

fn is_of(state: &Partition, whose: Whose<'_>) -> bool {
    whose.is_none_or(|tenant| state.tenant == *tenant)
}
