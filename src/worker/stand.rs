//! Standing still: why a partition is not read for a while, though it could be.
//! What it has waits at the broker.

use super::event::Effect;
use super::step::Worker;
use crate::domain::{EpochMs, TenantId};

/// Why a partition stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stand {
    /// The worker drains.
    Drain,
    /// The worker's memory is short.
    Memory,
    /// Its tenant holds as much memory as it may.
    TenantMemory,
    /// Its tenant has read as much as it may for now.
    TenantRate,
}

impl Stand {
    /// Its name in the status.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Drain => "draining",
            Self::Memory => "memory",
            Self::TenantMemory => "tenant_memory",
            Self::TenantRate => "tenant_rate",
        }
    }
}

impl Worker {
    /// Lets partitions stand still for `why` or go on, as `stands` says of
    /// their tenants; `None` leaves them. One that replays goes on in any case,
    /// or nothing could be freed.
    pub(super) fn set_standing(
        &mut self,
        why: Stand,
        stands: impl Fn(&TenantId) -> Option<bool>,
        now: EpochMs,
    ) {
        for (partition, state) in &mut self.partitions {
            let Some(reading) = state.phase.reading_mut() else {
                continue;
            };
            let stood = !state.stands.is_empty();
            match stands(&state.tenant) {
                Some(true) if reading.replayed() => {
                    state.stands.insert(why);
                }
                Some(false) => {
                    state.stands.remove(&why);
                }
                _ if !reading.replayed() => {
                    state.stands.remove(&why);
                }
                _ => {}
            }
            let stands = !state.stands.is_empty();
            if stands == stood {
                continue;
            }
            reading.set_standing(stands, now);
            let partition = partition.clone();
            self.out.push(match stands {
                true => Effect::Pause(partition),
                false => Effect::Resume(partition),
            });
        }
    }
}
