//! One partition's log in one epoch, folded slot by slot.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::facts::{Facts, LogKey};
use super::fetch::{Fetched, FetchedEvidence, Found};
use super::findings::Findings;
use super::report::{Flaw, Kept, LogHead, Reason};
use crate::domain::{Sha256, TenantId};
use crate::lake::layout::{Chain, LandingFile, StatePath};
use crate::lake::log::{Boundary, Leaf, LogError, Slot, Tail};
use crate::ledger::{Evidence, FileEntry, Note};

/// What each tenant's chain claims; [`None`] is the operator's.
pub(super) type AllFacts = BTreeMap<Option<TenantId>, Facts>;

/// How the epoch before ended: its number and the hash of its last slot, if
/// that closed it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before {
    pub(super) epoch: u32,
    pub(super) closed_at: Option<Sha256>,
}

/// A log under verification.
#[derive(Debug)]
pub(super) struct LogAudit<'a> {
    chain: &'a Chain,
    key: LogKey,
    before: Option<Before>,
    tail: Option<Tail>,
}

impl<'a> LogAudit<'a> {
    /// The log `chain` of `key`, after the epoch `before`.
    pub(super) const fn new(chain: &'a Chain, key: LogKey, before: Option<Before>) -> Self {
        Self {
            chain,
            key,
            before,
            tail: None,
        }
    }

    /// Folds one slot with what it names.
    pub(super) fn take(&mut self, fetched: Fetched, facts: &mut AllFacts, out: &mut Findings) {
        let path = self.chain.entry(fetched.n);
        let flaw = |reason| Flaw::new(Kept::State, &path, reason);
        let (slot, bytes) = match (fetched.slot, fetched.bytes) {
            (Some(slot), Some(bytes)) => (slot, bytes),
            (_, found) => {
                let gone = found.is_none();
                out.flaw(flaw(if gone {
                    Reason::Missing
                } else {
                    Reason::Unreadable
                }));
                self.tail = None;
                return;
            }
        };
        out.counted.slots += 1;
        out.counted.records += fates(&slot);
        out.meet(self.chain, slot.n, Sha256::of(&bytes));
        self.links(&slot, &bytes, &path, out);
        self.names(&slot, &path, out);
        let mut own: BTreeMap<&TenantId, &Evidence> = BTreeMap::new();
        for found in &fetched.evidence {
            if let Some(evidence) = self.evidence(&slot, found, &path, out) {
                own.insert(&found.tenant, evidence);
                files(found, facts, out);
            }
        }
        for (tenant, facts) in facts.iter_mut() {
            let Some(tenant) = tenant else {
                continue;
            };
            facts.slot(&self.key, slot.n, own.get(tenant).copied());
            let chain = Chain::Tenant(tenant.clone());
            facts.early(&chain, &self.key, &slot, own.get(tenant).copied(), out);
            facts.cuts_at(&chain, &self.key, slot.n, slot.resume(), out);
        }
        self.tail = Some(Tail::after(&slot, &bytes));
    }

    /// Whether the slot follows the one before it, or opens its epoch.
    fn links(&self, slot: &Slot, bytes: &Bytes, path: &StatePath, out: &mut Findings) {
        let flaw = |reason| Flaw::new(Kept::State, path, reason);
        if slot.to_bytes() != *bytes {
            out.flaw(flaw(Reason::Respelt));
        }
        let begin = Tail::begin(slot.start);
        let tail = match &self.tail {
            Some(tail) => Some(tail),
            None => (slot.n == 0).then_some(&begin),
        };
        if let Some(Err(LogError::Broken { what, .. })) = tail.map(|tail| slot.follows(tail)) {
            out.flaw(flaw(Reason::Broken).of(what));
        }
        let opens = matches!(slot.boundary, Some(Boundary::Opening { .. }));
        if slot.n == 0 && !self.opens(slot) || slot.n > 0 && opens {
            out.flaw(flaw(Reason::Unlinked));
        }
    }

    /// Whether the first slot begins its epoch as it must.
    fn opens(&self, slot: &Slot) -> bool {
        match (&slot.boundary, self.before) {
            (Some(Boundary::Opening { after, .. }), Some(before)) => {
                before.epoch + 1 == self.key.1 && before.closed_at == Some(*after)
            }
            (Some(Boundary::Opening { .. }), None) => false,
            (_, before) => before.is_none() && self.key.1 == 0,
        }
    }

    /// Whether the slot names the evidence that it must: one tenant's, since a
    /// topic belongs to one, and none at a boundary, where no record moves.
    fn names(&self, slot: &Slot, path: &StatePath, out: &mut Findings) {
        let flaw = |reason| Flaw::new(Kept::State, path, reason);
        let expected = usize::from(slot.boundary.is_none());
        if slot.leaves.len() != expected {
            out.flaw(flaw(Reason::Leaves));
        }
        let before = self.tail.as_ref().map(|tail| &tail.heads);
        if slot.n > 0 && before.is_none() {
            return;
        }
        let mut heads = before.cloned().unwrap_or_default();
        let last = |(tenant, leaf): (&TenantId, &Leaf)| (tenant.clone(), leaf.sha256);
        heads.extend(slot.leaves.iter().map(last));
        if slot.heads != heads {
            out.flaw(flaw(Reason::Heads));
        }
    }

    /// The evidence, where it is what the slot's leaf says.
    fn evidence<'f>(
        &self,
        slot: &Slot,
        found: &'f FetchedEvidence,
        slot_path: &StatePath,
        out: &mut Findings,
    ) -> Option<&'f Evidence> {
        let Some(path) = &found.path else {
            let flaw = Flaw::new(Kept::State, slot_path, Reason::Leaves);
            out.flaw(flaw.of("its name is none"));
            return None;
        };
        let flaw = |reason| Flaw::new(Kept::Landing, path, reason);
        let Some(bytes) = &found.bytes else {
            out.flaw(flaw(Reason::Missing));
            return None;
        };
        out.counted.evidence += 1;
        if Some(Sha256::of(bytes)) != slot.leaves.get(&found.tenant).map(|leaf| leaf.sha256) {
            out.flaw(flaw(Reason::OtherBytes));
            return None;
        }
        let Some(evidence) = &found.evidence else {
            out.flaw(flaw(Reason::Unreadable));
            return None;
        };
        if let Some(what) = self.differs(slot, &found.tenant, evidence) {
            out.flaw(flaw(Reason::Evidence).of(what));
        }
        out.counted.conversations += evidence.landed();
        for reason in evidence.notes.iter().filter_map(Note::refusal) {
            let refused = out.refused.entry(found.tenant.clone()).or_default();
            *refused.entry(reason.to_owned()).or_default() += 1;
        }
        Some(evidence)
    }

    /// What of `evidence` is not as its slot says.
    fn differs(&self, slot: &Slot, tenant: &TenantId, evidence: &Evidence) -> Option<&'static str> {
        let heads = self.tail.as_ref().map(|tail| &tail.heads);
        let previous = heads.and_then(|heads| heads.get(tenant).copied());
        let linked = evidence.previous == previous.unwrap_or_default();
        let own = |entry: &FileEntry| match &entry.file {
            LandingFile::Sealed { tenant: of, .. } => of == tenant,
            LandingFile::Unclaimed { .. } => true,
            LandingFile::Evidence { .. } => false,
        };
        let checks = [
            (evidence.tenant == *tenant, "its tenant"),
            (evidence.place == self.key.0, "its partition"),
            // After a hole the link cannot be told.
            (linked || slot.n > 0 && heads.is_none(), "its link"),
            (evidence.counts == slot.counts, "its counts"),
            (slot.policies.contains(&evidence.policy), "its policy"),
            (evidence.files.iter().all(own), "a file of another tenant"),
        ];
        checks
            .into_iter()
            .find(|(good, _)| !good)
            .map(|(_, what)| what)
    }

    /// Ends the log: where it stands, and how the next epoch must begin.
    pub(super) fn close(self, out: &mut Findings) -> Before {
        let (place, epoch) = self.key;
        let before = Before {
            epoch,
            closed_at: self.tail.as_ref().filter(|t| t.closed).map(|t| t.hash),
        };
        if let Some(tail) = self.tail {
            out.heads.logs.push(LogHead {
                place,
                epoch,
                slots: tail.next,
                hash: tail.hash,
                end: tail.end,
                resume: tail.resume(),
                open: tail.open.count(),
                closed: tail.closed,
            });
        }
        before
    }
}

/// Records that the slot gives a fate.
fn fates(slot: &Slot) -> u64 {
    let counts = &slot.counts;
    counts.committed + counts.quarantined + counts.dropped.values().sum::<u64>()
}

/// The files that evidence names.
fn files(found: &FetchedEvidence, facts: &AllFacts, out: &mut Findings) {
    for (entry, seen) in &found.files {
        out.counted.files += 1;
        let own = facts.get(&Some(found.tenant.clone()));
        let of: Vec<&Facts> = own.into_iter().chain(facts.get(&None)).collect();
        let gone = of.iter().any(|facts| facts.is_gone(&entry.file));
        let going = of.iter().any(|facts| facts.is_going(&entry.file));
        out.counted.files_gone += u64::from(gone || going);
        let path = entry.file.path();
        let mut flaw = |reason| out.flaw(Flaw::new(Kept::Landing, &path, reason));
        match *seen {
            Found::NotRead => {}
            Found::Object(..) if gone => flaw(Reason::StillThere),
            Found::Object(hash, size) if hash != entry.sha256 || size != entry.bytes => {
                flaw(Reason::OtherBytes);
            }
            Found::Object(..) => out.counted.files_read += 1,
            Found::Nothing if gone || going => {}
            Found::Nothing => out.absent.push((found.tenant.clone(), entry.file.clone())),
        }
    }
}
