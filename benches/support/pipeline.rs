//! The river from a record's bytes to what a flush writes, on one thread.

use std::collections::BTreeMap;
use std::sync::Arc;

use leeward::assemble::{Assembler, Closed};
use leeward::batch::{Batch, Context, Recalled, prepare};
use leeward::config::{Config, Pipeline, Tenant};
use leeward::decode::{Decoded, Input, Mapping, decode};
use leeward::deid::Engine;
use leeward::domain::{Entropy, EpochMs, Phi, TopicPartition};
use leeward::gate::{Admission, admit};
use leeward::lake::log::{Ages, Counts, OpenOffsets, Tail};
use leeward::seal::{LedgerKey, Sealer};
use leeward::source::Record;
use leeward::worker::{Draft, Flush, Ticket};

/// Records between two looks at what is due, as a fetch brings them.
const FETCH: usize = 500;
/// From one record to the next, in milliseconds.
const PACE_MS: i64 = 137;

/// What one tenant's partition needs.
pub(crate) struct River {
    pipeline: Pipeline,
    tenant: Arc<Tenant>,
    mapping: Mapping,
    ledger_key: LedgerKey,
    /// Opens what is sealed.
    pub(crate) sealer: Arc<Sealer>,
    start: EpochMs,
}

impl River {
    /// Of the configuration's first tenant, from the moment `start` on.
    pub(crate) fn new(config: &Config, start: EpochMs) -> Self {
        let tenant = config.tenants.values().next().expect("a tenant");
        Self {
            pipeline: config.pipeline.clone(),
            mapping: Mapping::preset(&tenant.mapping).expect("a preset"),
            ledger_key: LedgerKey::new(&tenant.keys),
            sealer: Arc::new(Sealer::new(&tenant.id, &tenant.keys)),
            tenant: Arc::clone(tenant),
            start,
        }
    }

    /// Decodes, admits and assembles `records` to their end.
    pub(crate) fn assemble(&self, records: &[Vec<u8>]) -> Vec<Closed> {
        let mut assembler = Assembler::new(self.pipeline.assemble);
        let mut closed = Vec::new();
        for (fetch, batch) in records.chunks(FETCH).enumerate() {
            let first = fetch * FETCH;
            for (offset, payload) in (first as i64..).zip(batch) {
                closed.extend(self.take(payload, offset, &mut assembler));
            }
            closed.extend(assembler.close_due(self.time((first + batch.len()) as i64)));
        }
        closed.extend(assembler.close_all());
        closed
    }

    fn take(&self, payload: &[u8], offset: i64, assembler: &mut Assembler) -> Option<Closed> {
        let input = Input {
            payload,
            key: None,
            offset,
        };
        let decoded = decode(input, &self.mapping, &self.pipeline.limits);
        let Decoded::Taken(fragment) = decoded.expect("a record of the native shape") else {
            panic!("nothing in these records is dropped");
        };
        let admission = admit(&self.tenant, self.start, fragment.tenant.as_ref());
        assert_eq!(admission, Admission::Admit);
        assembler.push(&self.tenant.id, offset, self.time(offset), fragment)
    }

    fn time(&self, offset: i64) -> EpochMs {
        self.start.plus(PACE_MS * offset)
    }

    /// Everything that a flush of `records` does before it is written:
    /// de-identified, looked at again, sealed, with evidence.
    pub(crate) fn prepare(
        &self,
        engine: &Engine,
        records: &[Vec<u8>],
        entropy: &mut Entropy,
    ) -> Batch {
        let flush = self.flush(records, self.assemble(records));
        let context = Context {
            engine,
            tenant: &self.tenant,
            sealer: &self.sealer,
            ledger_key: &self.ledger_key,
            operator_key: &self.pipeline.unclaimed.public_key,
            assemble: &self.pipeline.assemble,
            now: self.start,
        };
        prepare(&flush, &Recalled::new(), &context, entropy)
    }

    fn flush(&self, records: &[Vec<u8>], closed: Vec<Closed>) -> Flush {
        let read = records.len() as i64;
        let times = (0..read).map(|offset| (offset, self.time(offset)));
        Flush {
            ticket: Ticket {
                partition: TopicPartition::new("bench", 0),
                generation: 0,
            },
            tenant: self.tenant.id.clone(),
            closed,
            quarantined: Vec::new(),
            unclaimed: Vec::new(),
            last_record: records.last().map(|payload| Record {
                offset: read - 1,
                time: self.time(read - 1),
                key: None,
                headers: Vec::new(),
                payload: Phi::new(payload.clone()),
            }),
            unmapped: BTreeMap::new(),
            draft: Draft {
                base: Tail::begin(0),
                end: read,
                open: OpenOffsets::default(),
                counts: Counts {
                    read: read as u64,
                    committed: read as u64,
                    ..Counts::default()
                },
                ages: Ages::collect(times),
                low_watermark: 0,
            },
        }
    }
}
