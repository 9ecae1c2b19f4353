//! Closed conversations → the sealed files and evidence of one slot.

use crate::seal::LedgerKey;
use crate::source::Record;

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
