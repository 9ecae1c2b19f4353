//! Closed conversations → the sealed files and evidence of one slot.
//!
//! Pure: time and entropy are arguments, and nothing is written here. One
//! batch is of one tenant.

mod evidence;
mod files;
mod inference;
mod minimum;
mod index;
mod sort;
mod whole;

use bytes::Bytes;

use crate::config::Tenant;
use crate::config::resolved::Assemble;
use crate::deid::Engine;
use crate::domain::{Entropy, EpochMs, Sha256};
use crate::lake::log::Leaf;
use crate::ledger::Evidence;
use crate::seal::{BlobName, LedgerKey, Sealer};
use crate::source::Record;
use crate::worker::{Flush, Prepared, PreparedFile};

pub use index::{First, IndexLine, decode as decode_index};
pub(crate) use minimum::keep;
pub use sort::Judged;
pub(crate) use sort::{ENGINE_FAILED, guarded};
pub use whole::{Earlier, Recalled, period, subject};

/// What preparing a batch needs: one tenant's keys and policy, and the engine.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The compiled engine.
    pub engine: &'a Engine,
    /// Whose batch it is.
    pub tenant: &'a Tenant,
    /// Seals its files.
    pub sealer: &'a Sealer,
    /// Keys the digests of its ledger.
    pub ledger_key: &'a LedgerKey,
    /// The operator's public key, for records that are nobody's.
    pub operator_key: &'a [u8; 32],
    /// How long conversations may go on, and how far.
    pub assemble: &'a Assemble,
    /// The wall clock.
    pub now: EpochMs,
}

/// A prepared batch.
#[derive(Debug)]
pub struct Batch {
    /// What the worker goes on with.
    pub prepared: Prepared,
    /// The evidence as it was written, for metrics.
    pub evidence: Evidence,
    /// The conversations that landed or are held back.
    pub index: Vec<IndexLine>,
    /// What the engine thinks of each of them.
    pub judged: Vec<Judged>,
}

/// De-identifies and seals everything that `flush` commits. Conversations that
/// landed before are given by `recalled`, and are read again as a whole.
///
/// A conversation in which the engine fails is sealed to quarantine; one that
/// may not be released is sealed as it came, to be held back.
///
/// # Panics
/// When batch, configuration and keys are not all of one tenant: a fault of
/// this program, and nothing of it may be written.
#[must_use]
pub fn prepare(
    flush: &Flush,
    recalled: &Recalled,
    context: &Context<'_>,
    entropy: &mut Entropy,
) -> Batch {
    assert_eq!(flush.tenant, context.tenant.id, "a batch is of one tenant");
    assert_eq!(
        flush.tenant,
        *context.sealer.tenant(),
        "a batch is of one tenant"
    );
    let wholes = whole::wholes(&flush.closed, recalled, context);
    let sorted = sort::sort(&wholes, context, entropy);
    let sealed = files::seal(flush, &sorted, context, entropy);
    let evidence = evidence::evidence(flush, &sorted, &sealed, context);
    let bytes = Bytes::from(evidence.to_bytes());
    let name = BlobName::draw(entropy);
    let leaf = Leaf {
        name: name.to_string(),
        sha256: Sha256::of(&bytes),
    };
    let mut files: Vec<PreparedFile> = sealed.into_iter().map(|file| file.file).collect();
    files.push(PreparedFile::Evidence {
        tenant: flush.tenant.clone(),
        name,
        bytes,
    });
    let last = flush.last_record.as_ref();
    Batch {
        prepared: Prepared {
            files,
            leaf,
            last_digest: last.map(|record| record_digest(context.ledger_key, record)),
            policies: vec![context.tenant.policy.hash],
            quarantined_records: sorted.quarantined_records(),
            empty_records: sorted.empty_records,
        },
        evidence,
        index: sorted.index,
        judged: sorted.judged,
    }
}

/// A digest of a record's key and value under the tenant's ledger key, to
/// notice a topic that was re-created.
#[must_use]
pub fn record_digest(ledger_key: &LedgerKey, record: &Record) -> String {
    let key = record
        .key
        .as_ref()
        .map_or(&[][..], |key| key.expose().as_slice());
    let mut bytes = Vec::with_capacity(8 + key.len() + record.payload.expose().len());
    bytes.extend_from_slice(&(key.len() as u64).to_be_bytes());
    bytes.extend_from_slice(key);
    bytes.extend_from_slice(record.payload.expose());
    ledger_key.digest("record", &bytes).to_string()
}
