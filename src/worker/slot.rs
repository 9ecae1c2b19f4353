//! A draft and what was made of it → the slot to append.

use std::collections::BTreeMap;

use super::event::{Draft, Prepared};
use crate::domain::TenantId;
use crate::lake::log::{LastRecord, LogError, SLOT_VERSION, Slot, WriterId};

/// The slot that commits `draft`. It is checked against the tail that it
/// follows before it is written, and again by whoever reads it.
///
/// # Errors
/// [`LogError::Broken`] when it does not follow: a fault of this program.
pub(super) fn build(
    draft: Draft,
    prepared: &Prepared,
    last_offset: Option<i64>,
    tenant: &TenantId,
    writer: WriterId,
    attempt: WriterId,
) -> Result<Slot, LogError> {
    let Draft {
        base,
        end,
        open,
        mut counts,
        ages,
        low_watermark,
    } = draft;
    counts.move_to_quarantine(prepared.quarantined_records);
    counts.move_to_empty(prepared.empty_records);
    let mut heads = base.heads.clone();
    heads.insert(tenant.clone(), prepared.leaf.sha256);
    let last_record = last_offset
        .zip(prepared.last_digest.clone())
        .map(|(offset, digest)| LastRecord { offset, digest })
        .or_else(|| base.last_record.clone());
    let slot = Slot {
        version: SLOT_VERSION,
        n: base.next,
        previous: base.hash,
        writer,
        attempt,
        start: base.end,
        end,
        open,
        counts,
        leaves: BTreeMap::from([(tenant.clone(), prepared.leaf.clone())]),
        heads,
        policies: prepared.policies.clone(),
        code: env!("CARGO_PKG_VERSION").to_owned(),
        low_watermark,
        last_record,
        ages,
        boundary: None,
    };
    slot.follows(&base)?;
    Ok(slot)
}
