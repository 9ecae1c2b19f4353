//! A tenant's chain, folded: what it claims of logs and files.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use bytes::Bytes;

use super::findings::Findings;
use super::report::{ChainHead, Flaw, Kept, Reason};
use crate::domain::{EpochMs, TenantId, TopicPartition};
use crate::lake::layout::{Chain, LandingFile, StatePath};
use crate::lake::log::Slot;
use crate::ledger::{
    Deed, Entry, Evidence, LedgerError, PurgeTarget, Receipt, ReleaseDeed, ReviewDeed, SetTimers,
    TenantChain,
};
use crate::seal::Purpose;

/// A partition's log in one epoch.
pub(super) type LogKey = (TopicPartition, u32);

/// What a tenant's chain claims, and what was seen of it.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) chain: TenantChain,
    /// Files that receipts say are gone.
    gone: HashSet<LandingFile>,
    /// Files that an intent in force may be removing now.
    going: HashSet<LandingFile>,
    /// Slots that releases took, by log, in order.
    taken: BTreeMap<LogKey, Vec<Taken>>,
    /// Purges of records, by log and the slot that each rests on.
    cuts: BTreeMap<LogKey, BTreeMap<u64, Vec<Cut>>>,
    /// One for each release.
    sums: Vec<Sum>,
    /// The intents of files, where timers were written down.
    intents: BTreeMap<LandingFile, Intent>,
    /// Intents that are known to come too early.
    early: BTreeSet<u64>,
    /// Verdicts that were taken in, by entry.
    pub(super) reviews: Vec<(u64, ReviewDeed)>,
    void: Vec<u64>,
    purges: BTreeMap<String, u64>,
    unpublished: u64,
    unremoved: u64,
}

#[derive(Debug)]
struct Taken {
    to: u64,
    release: usize,
}

#[derive(Debug)]
struct Cut {
    entry: u64,
    upto: i64,
    /// Younger records could not be due yet; unknown before timers were
    /// written down.
    cutoff: Option<EpochMs>,
}

/// The intent by which a file goes, and the timers in force then.
#[derive(Debug, Clone, Copy)]
struct Intent {
    entry: u64,
    at: EpochMs,
    timers: SetTimers,
}

impl Intent {
    /// Whether a file that was made at `made` goes before its timer.
    fn is_early(&self, file: &LandingFile, made: EpochMs) -> bool {
        timer_of(file, &self.timers).is_some_and(|timer| self.at.since(made) < timer)
    }
}

/// What a release must add up to.
#[derive(Debug)]
struct Sum {
    entry: u64,
    slots: u64,
    slots_seen: u64,
    landed: u64,
    landed_seen: u64,
}

impl Facts {
    /// Folds entry `n`; its stored form is `bytes`.
    pub(super) fn take(&mut self, n: u64, path: &StatePath, bytes: &Bytes, out: &mut Findings) {
        let flaw = |reason| Flaw::new(Kept::State, path, reason);
        let Ok(entry) = Entry::from_bytes(n, bytes) else {
            out.flaw(flaw(Reason::Unreadable));
            return;
        };
        if entry.to_bytes() != *bytes {
            out.flaw(flaw(Reason::Respelt));
        }
        let target = match &entry.deed {
            Deed::Purged { intent, .. } => self.chain.intents.get(intent).cloned(),
            _ => None,
        };
        if let Err(error) = self.follow(&entry, bytes) {
            let what = match error {
                LedgerError::Broken { what, .. } => what,
                LedgerError::Unreadable { .. } => "its form",
            };
            out.flaw(flaw(Reason::Broken).of(what));
        }
        self.claim(&entry, target, &flaw, out);
    }

    /// Applies `entry`; where it does not follow, goes on from it all the
    /// same, so that one flaw is not reported as many.
    fn follow(&mut self, entry: &Entry, bytes: &[u8]) -> Result<(), LedgerError> {
        let followed = self.chain.apply(entry, bytes);
        if followed.is_err() {
            self.chain.next = entry.n;
            self.chain.hash = entry.previous;
            if self.chain.apply(entry, bytes).is_err() {
                self.chain.next = entry.n + 1;
                self.chain.hash = crate::domain::Sha256::of(bytes);
            }
        }
        followed
    }

    fn claim(
        &mut self,
        entry: &Entry,
        target: Option<PurgeTarget>,
        flaw: &dyn Fn(Reason) -> Flaw,
        out: &mut Findings,
    ) {
        match &entry.deed {
            Deed::Released(release) => {
                let held: u64 = release.held_back.values().sum();
                if release.landed != release.released + held {
                    out.flaw(flaw(Reason::Unbalanced));
                }
                if let Some(number) = release.supersedes {
                    if self.published(number) != Some(release.landed) {
                        out.flaw(flaw(Reason::Landed));
                    }
                } else {
                    self.released(entry.n, release);
                }
            }
            Deed::PurgeIntended { target } => self.intended(entry, target),
            Deed::SampleReviewed(review) => self.reviews.push((entry.n, review.clone())),
            Deed::Purged { receipt, .. } => {
                if let Some(what) = target.and_then(|t| self.purged(&t, receipt)) {
                    out.flaw(flaw(Reason::Unproven).of(what));
                }
            }
            Deed::Founded { .. }
            | Deed::TimersSet(_)
            | Deed::PurgeApproved { .. }
            | Deed::Attested(_)
            | Deed::AttestationWithdrawn
            | Deed::SampleDrawn(_)
            | Deed::Withdrawn { .. }
            | Deed::HoldPlaced { .. }
            | Deed::HoldLifted { .. }
            | Deed::UnclaimedOpened { .. } => {}
        }
    }

    /// How many conversations release `number` published.
    fn published(&self, number: u32) -> Option<u64> {
        let mut releases = self.chain.releases.iter().map(|(_, release)| release);
        let release = releases.find(|release| release.number == number);
        release.map(|release| release.released)
    }

    fn released(&mut self, entry: u64, release: &ReleaseDeed) {
        let slots = |input: &crate::ledger::InputRange| input.to.saturating_sub(input.from);
        for input in &release.inputs {
            let log = (input.place.clone(), input.epoch);
            self.taken.entry(log).or_default().push(Taken {
                to: input.to,
                release: self.sums.len(),
            });
        }
        self.sums.push(Sum {
            entry,
            slots: release.inputs.iter().map(slots).sum(),
            slots_seen: 0,
            landed: release.landed,
            landed_seen: 0,
        });
    }

    fn intended(&mut self, entry: &Entry, target: &PurgeTarget) {
        let (n, at) = (entry.n, entry.at);
        if !self.chain.intents.contains_key(&n) {
            self.void.push(n);
        }
        let timers = self.chain.timers.in_force(at);
        match target {
            PurgeTarget::Kafka(purge) => {
                let log = (purge.place.clone(), purge.epoch);
                let slots = self.cuts.entry(log).or_default();
                let cuts = slots.entry(purge.verified_slot).or_default();
                cuts.push(Cut {
                    entry: n,
                    upto: purge.upto,
                    cutoff: timers.map(|timers| at.plus(-timers.kafka_ms)),
                });
            }
            PurgeTarget::Files(purge) => {
                let Some(timers) = timers else { return };
                let intent = Intent {
                    entry: n,
                    at,
                    timers,
                };
                let files = purge.files.iter().map(|file| (file.clone(), intent));
                self.intents.extend(files);
            }
        }
    }

    /// What goes before its timer in force allows: records of `slot`, and the
    /// quarantined and held-back files of its evidence.
    pub(super) fn early(
        &mut self,
        chain: &Chain,
        log: &LogKey,
        slot: &Slot,
        own: Option<&Evidence>,
        out: &mut Findings,
    ) {
        let cuts = self.cuts.get(log).into_iter();
        let cuts = cuts.flat_map(|cuts| cuts.range(slot.n..).flat_map(|(_, cuts)| cuts));
        let mut early = Vec::new();
        for cut in cuts {
            let young = cut.cutoff.and_then(|cutoff| slot.ages.first_after(cutoff));
            if young.is_some_and(|young| young < cut.upto) {
                early.push(cut.entry);
            }
            // What is above it goes by a later cut.
            if cut.upto >= slot.end {
                break;
            }
        }
        if let Some(own) = own {
            let files = own.files.iter().map(|file| &file.file);
            let intents = files.filter_map(|file| Some((file, self.intents.get(file)?)));
            let too_soon = intents.filter(|(file, intent)| intent.is_early(file, own.at));
            early.extend(too_soon.map(|(_, intent)| intent.entry));
        }
        for entry in early {
            if !self.early.insert(entry) {
                continue;
            }
            let flaw = Flaw::new(Kept::State, &chain.entry(entry), Reason::PurgedEarly);
            out.flaw(flaw);
        }
    }

    /// What of `receipt` does not show that `target` is gone.
    fn purged(&mut self, target: &PurgeTarget, receipt: &Receipt) -> Option<&'static str> {
        *self.purges.entry(outcome(receipt).to_owned()).or_default() += 1;
        match (target, receipt) {
            (_, Receipt::GivenUp { .. } | Receipt::Unsupported) => None,
            (
                PurgeTarget::Kafka(purge),
                Receipt::RecordsGone {
                    answered_low,
                    read_low,
                    fetch_below_refused,
                    ..
                },
            ) => {
                if *answered_low < purge.upto || *read_low < purge.upto {
                    return Some("the low watermark lies below the cut");
                }
                (!fetch_below_refused).then_some("a fetch below the cut was not refused")
            }
            (PurgeTarget::Files(purge), Receipt::FilesGone { files }) => {
                self.gone.extend(purge.files.iter().cloned());
                (*files != purge.files.len() as u64).then_some("the number of files")
            }
            _ => Some("it is of another kind than its intent"),
        }
    }

    /// Takes note of slot `n` of `log`, with what it did for this tenant.
    pub(super) fn slot(&mut self, log: &LogKey, n: u64, evidence: Option<&Evidence>) {
        let Some(taken) = self.taken.get(log) else {
            return;
        };
        let index = taken.partition_point(|taken| taken.to <= n);
        let Some(sum) = taken
            .get(index)
            .and_then(|taken| self.sums.get_mut(taken.release))
        else {
            return;
        };
        sum.slots_seen += 1;
        sum.landed_seen += evidence.map_or(0, Evidence::landed);
    }

    /// Checks the purges that rest on slot `n` of `log`, from where reading
    /// would go on at `resume`.
    pub(super) fn cuts_at(
        &mut self,
        chain: &Chain,
        log: &LogKey,
        n: u64,
        resume: i64,
        out: &mut Findings,
    ) {
        let cuts = self.cuts.get_mut(log).and_then(|slots| slots.remove(&n));
        for cut in cuts.into_iter().flatten().filter(|cut| cut.upto > resume) {
            let path = chain.entry(cut.entry);
            out.flaw(Flaw::new(Kept::State, &path, Reason::PurgedBeyond));
        }
    }

    /// Whether a receipt says that `file` is gone.
    pub(super) fn is_gone(&self, file: &LandingFile) -> bool {
        self.gone.contains(file)
    }

    /// Whether an intent in force may be removing `file` now.
    pub(super) fn is_going(&self, file: &LandingFile) -> bool {
        self.going.contains(file)
    }

    /// To be called when the chain was read to its end.
    pub(super) fn settle(&mut self) {
        let files = self
            .chain
            .intents
            .values()
            .filter_map(|target| match target {
                PurgeTarget::Files(purge) => Some(&purge.files),
                PurgeTarget::Kafka(_) => None,
            });
        self.going = files.flatten().cloned().collect();
    }

    /// How many files of the last release are still to be copied.
    pub(super) const fn unpublished(&mut self, files: u64) {
        self.unpublished = files;
    }

    /// How many files of withdrawn releases are still to go.
    pub(super) const fn unremoved(&mut self, files: u64) {
        self.unremoved += files;
    }

    /// What all logs together must have shown.
    pub(super) fn close(&self, chain: &Chain, out: &mut Findings) {
        let flaw = |entry, reason| Flaw::new(Kept::State, &chain.entry(entry), reason);
        for sum in &self.sums {
            if sum.slots_seen != sum.slots {
                out.flaw(flaw(sum.entry, Reason::InputMissing));
            } else if sum.landed_seen != sum.landed {
                out.flaw(flaw(sum.entry, Reason::Landed));
            }
        }
        for cut in self.cuts.values().flat_map(BTreeMap::values).flatten() {
            let flaw = flaw(cut.entry, Reason::PurgedBeyond);
            out.flaw(flaw.of("the slot is not there"));
        }
    }

    /// Where the chain ends.
    pub(super) fn head(&self, tenant: Option<TenantId>) -> ChainHead {
        ChainHead {
            tenant,
            entries: self.chain.next,
            hash: self.chain.hash,
            releases: self.chain.releases.len() as u64,
            purges: self.purges.clone(),
            holds: self.chain.holds.keys().cloned().collect(),
            open_intents: self.chain.intents.keys().copied().collect(),
            void_intents: self.void.clone(),
            unpublished: self.unpublished,
            withdrawn: self.chain.withdrawn.keys().copied().collect(),
            unremoved: self.unremoved,
        }
    }
}

/// How long a file must have lain, where that is counted from when it was made.
const fn timer_of(file: &LandingFile, timers: &SetTimers) -> Option<i64> {
    match file {
        LandingFile::Sealed { purpose, .. } => match purpose {
            Purpose::Quarantine => Some(timers.quarantine_ms),
            Purpose::HeldBack => Some(timers.held_back_ms),
            _ => None,
        },
        _ => None,
    }
}

const fn outcome(receipt: &Receipt) -> &'static str {
    match receipt {
        Receipt::RecordsGone { .. } => "records_gone",
        Receipt::FilesGone { .. } => "files_gone",
        Receipt::Unsupported => "unsupported",
        Receipt::GivenUp { .. } => "given_up",
    }
}
