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
    /// Decodes `records`; `None` where their tenant may not be processed now,
    /// so that nothing of them is kept, not even of one that cannot be read.
    pub(super) fn read_all(&self, records: Vec<Record>) -> Option<Vec<Intake>> {
        if admit(self.tenant, self.now, None) != Admission::Admit {
            return None;
        }
        let bytes: usize = records.iter().map(Record::size).sum();
        metrics::records_read(&self.tenant.id, records.len() as u64, bytes as u64);
        records
            .into_iter()
            .map(|record| self.read(record))
            .collect()
    }

    fn read(&self, record: Record) -> Option<Intake> {
        let input = Input {
            payload: record.payload.expose(),
            key: record.key.as_ref().map(|key| key.expose().as_slice()),
            offset: record.offset,
        };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate;

    const NOW: EpochMs = EpochMs(1_000);

    /// What becomes of one record of a tenant whose agreement ends at `expires`.
    fn read(expires: EpochMs, payload: &str) -> Option<Vec<Intake>> {
        let tenant = gate::tenant("north", expires);
        let reader = Reader {
            tenant: &tenant,
            mapping: &Mapping::preset("native").expect("built in"),
            limits: &Limits {
                record_bytes: 1000,
                json_depth: 8,
                record_turns: 10,
                turn_bytes: 100,
                memory_bytes: 10_000,
            },
            now: NOW,
        };
        reader.read_all(vec![Record::new(0, NOW, payload.into())])
    }

    #[test]
    fn a_record_that_cannot_be_read_is_sealed() {
        let intakes = read(EpochMs(1_001), "not json").expect("admitted");
        assert!(matches!(
            intakes[0].arrived,
            Arrived::Quarantine("not_json")
        ));
    }

    #[test]
    fn nothing_of_a_lapsed_tenant_is_kept() {
        assert!(read(NOW, "not json").is_none());
        assert!(read(NOW, "").is_none());
        assert!(read(NOW, r#"{"conversation_id":"1","end":true}"#).is_none());
    }
}
