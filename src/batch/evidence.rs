//! What the batch's evidence says: counts, digests and file hashes.

use std::collections::BTreeMap;

use super::files::BatchFile;
use super::sort::{ENGINE_FAILED, Sorted};
use super::{Context, inference};
use crate::deid::ENGINE_VERSION;
use crate::domain::Sha256;
use crate::ledger::{EVIDENCE_VERSION, Evidence, Note};
use crate::worker::{Flush, Sealed};

pub(super) fn evidence(
    flush: &Flush,
    sorted: &Sorted<'_>,
    files: &[BatchFile],
    context: &Context<'_>,
) -> Evidence {
    let base = &flush.draft.base;
    let head = base.heads.get(&flush.tenant);
    let tenant = context.tenant;
    let baa = tenant.authorization.baa_reference.as_bytes();
    Evidence {
        version: EVIDENCE_VERSION,
        tenant: flush.tenant.clone(),
        place: flush.ticket.partition.clone(),
        slot: base.next,
        previous: head.copied().unwrap_or_else(Sha256::default),
        at: context.now,
        counts: counts(flush, sorted),
        files: files.iter().map(|file| file.entry.clone()).collect(),
        conversations: sorted.clean.len() as u64,
        turns: turns(sorted),
        held_back: held_back(sorted),
        continued: sorted.continued(),
        causes: causes(flush),
        findings: findings(sorted),
        unmapped: unmapped(flush),
        withheld: sorted.withheld.clone(),
        policy: tenant.policy.hash,
        authorization: context.ledger_key.digest("authorization", baa).to_string(),
        engine: ENGINE_VERSION.to_owned(),
        inference: inference::used(flush, context),
        notes: notes(flush, sorted, context),
    }
}

/// The slot's counts, after those that could not be processed after all.
fn counts(flush: &Flush, sorted: &Sorted<'_>) -> crate::lake::log::Counts {
    let mut counts = flush.draft.counts.clone();
    counts.move_to_quarantine(sorted.quarantined_records());
    counts.move_to_empty(sorted.empty_records);
    counts
}

fn turns(sorted: &Sorted<'_>) -> u64 {
    let turns = sorted.clean.iter().map(|clean| clean.turns.len());
    turns.sum::<usize>() as u64
}

/// Each conversation once, under the first of its reasons, so that the numbers
/// add up.
fn held_back(sorted: &Sorted<'_>) -> BTreeMap<String, u64> {
    tally(
        sorted
            .held_back
            .iter()
            .filter_map(|(_, codes)| codes.first().cloned()),
    )
}

fn causes(flush: &Flush) -> BTreeMap<String, u64> {
    tally(
        flush
            .closed
            .iter()
            .map(|closed| closed.cause.name().to_owned()),
    )
}

fn findings(sorted: &Sorted<'_>) -> BTreeMap<String, u64> {
    let mut out = BTreeMap::new();
    for (category, count) in sorted.clean.iter().flat_map(|clean| &clean.counts) {
        *out.entry(category.name().to_owned()).or_default() += u64::from(*count);
    }
    out
}

fn unmapped(flush: &Flush) -> BTreeMap<String, u64> {
    let fields = flush.unmapped.iter();
    fields
        .map(|(path, count)| (path.to_string(), *count))
        .collect()
}

fn tally(names: impl Iterator<Item = String>) -> BTreeMap<String, u64> {
    let mut out = BTreeMap::new();
    for name in names {
        *out.entry(name).or_default() += 1;
    }
    out
}

fn notes(flush: &Flush, sorted: &Sorted<'_>, context: &Context<'_>) -> Vec<Note> {
    let held_back = sorted
        .held_back
        .iter()
        .map(|(whole, codes)| Note::HeldBack {
            subject: whole.subject.to_string(),
            reasons: codes.clone(),
        });
    let failed = sorted.failed.iter().map(|whole| Note::Quarantined {
        subject: whole.subject.to_string(),
        reason: ENGINE_FAILED.to_owned(),
    });
    let quarantined = flush.quarantined.iter().map(|sealed| Note::Quarantined {
        subject: source(flush, sealed, context),
        reason: sealed.reason.to_owned(),
    });
    let unclaimed = flush.unclaimed.iter().map(|sealed| Note::Unclaimed {
        subject: source(flush, sealed, context),
        reason: sealed.reason.to_owned(),
    });
    held_back
        .chain(inference::consents(sorted, context))
        .chain(failed)
        .chain(quarantined)
        .chain(unclaimed)
        .collect()
}

/// The digest of a record's place.
fn source(flush: &Flush, sealed: &Sealed, context: &Context<'_>) -> String {
    let place = format!("{}/{}", flush.ticket.partition, sealed.record.offset);
    context
        .ledger_key
        .digest("source", place.as_bytes())
        .to_string()
}
