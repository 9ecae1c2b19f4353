//! A record → what the worker takes in: decoded, and past the gate.

use crate::config::Tenant;
use crate::config::resolved::Limits;
use crate::decode::{Decoded, Input, Mapping, PARTIAL, TOMBSTONE, decode};
use crate::domain::{EpochMs, Fragment};
use crate::gate::{Admission, admit};
use crate::lake::log::Drop;
use crate::observe::metrics;
use crate::source::Record;
use crate::worker::event::{Arrived, Intake};

/// What reading a tenant's records needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) tenant: &'a Tenant,
    pub(super) mapping: &'a Mapping,
    pub(super) limits: &'a Limits,
    pub(super) now: EpochMs,
}

impl Reader<'_> {
    /// Decodes `record`; `None` where its tenant may not be processed now, so
    /// that nothing of it is kept.
    pub(super) fn read(&self, record: Record) -> Option<Intake> {
        let input = Input {
            payload: record.payload.expose(),
            key: record.key.as_ref().map(|key| key.expose().as_slice()),
            offset: record.offset,
        };
        metrics::record_read(&self.tenant.id, record.size() as u64);
        let arrived = match decode(input, self.mapping, self.limits) {
            Ok(Decoded::Taken(fragment)) => self.admit(fragment)?,
            Ok(Decoded::Dropped(rule)) => Arrived::Drop(drop_of(&rule)),
            Err(error) => {
                metrics::record_quarantined(&self.tenant.id, error.code());
                Arrived::Quarantine(error.code())
            }
        };
        Some(Intake { record, arrived })
    }

    fn admit(&self, fragment: Fragment) -> Option<Arrived> {
        match admit(self.tenant, self.now, fragment.tenant.as_ref()) {
            Admission::Admit => {
                for (field, count) in &fragment.unmapped {
                    metrics::fields_dropped(&self.tenant.id, field, u64::from(*count));
                }
                Some(Arrived::Fragment(Box::new(fragment)))
            }
            Admission::Unclaimed(reason) => {
                metrics::record_unclaimed(reason.code());
                Some(Arrived::Unclaimed(reason.code()))
            }
            Admission::Paused(_) => None,
        }
    }
}

fn drop_of(rule: &str) -> Drop {
    match rule {
        TOMBSTONE => Drop::Tombstone,
        PARTIAL => Drop::Partial,
        _ => Drop::Mapping,
    }
}
