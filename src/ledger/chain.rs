//! A tenant's chain: what its entries add up to.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    CHAIN_VERSION, Deed, Entry, LedgerError, PurgeTarget, Receipt, ReleaseDeed, Removed, Reviews,
    TimerHistory, Usual, WithdrawalReason,
};
use crate::domain::{EpochMs, Sha256, TopicPartition};
use crate::fault::{Fault, planted};
use crate::lake::layout::{AreaId, LandingFile};
use crate::lake::log::WriterId;

/// An attestation as it stands in a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attested {
    /// The number of its entry.
    pub entry: u64,
    /// How many it makes in this chain, from 1.
    pub number: u32,
    /// The first moment at which it no longer holds.
    pub until: EpochMs,
}

/// Something by which research has other files than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The release of this number, whose place it takes included.
    Released(u32),
    /// The release of this number was taken back.
    Withdrawn(u32),
}

/// What a tenant's chain adds up to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TenantChain {
    /// The number of the entry to write next.
    pub next: u64,
    /// The hash of the last entry.
    pub hash: Sha256,
    /// The research area.
    pub area: Option<AreaId>,
    /// How many attestations were made.
    pub attestations: u32,
    /// The last of them, where it was not withdrawn. It may have lapsed: see
    /// [`Self::attested`].
    pub attestation: Option<Attested>,
    /// Samples for reviewers, and what was said of them.
    pub reviews: Reviews,
    /// Releases in order, with the moment of each.
    pub releases: Vec<(EpochMs, ReleaseDeed)>,
    /// Releases and withdrawals, in order.
    pub changes: Vec<Change>,
    /// Releases that were taken back, by number.
    pub withdrawn: BTreeMap<u32, WithdrawalReason>,
    /// The first slot of each log (partition, epoch) that is not released.
    pub released_to: BTreeMap<(TopicPartition, u32), u64>,
    /// Holds in force, with the number of the entry that placed each.
    pub holds: BTreeMap<String, u64>,
    /// Those of them that are freezes.
    pub freezes: BTreeSet<String>,
    /// Purge intents in force that have no receipt, by entry number.
    pub intents: BTreeMap<u64, PurgeTarget>,
    /// How many intents were void because a hold came before them.
    pub void_intents: u64,
    /// The purge timers that were set.
    pub timers: TimerHistory,
    /// What purges usually remove, and what was approved beyond.
    pub usual: Usual,
    /// The offset below which each partition's records are gone.
    pub purged_to: BTreeMap<(TopicPartition, u32), i64>,
}

impl TenantChain {
    /// Folds one entry, whose stored form is `bytes`.
    ///
    /// # Errors
    /// [`LedgerError::Broken`] when it does not follow; the chain is unchanged.
    pub fn apply(&mut self, entry: &Entry, bytes: &[u8]) -> Result<(), LedgerError> {
        self.check(entry)?;
        self.next = entry.n + 1;
        self.hash = Sha256::of(bytes);
        match &entry.deed {
            Deed::Founded { area } => self.area = Some(*area),
            Deed::Released(release) => self.release(entry.at, release),
            Deed::Attested(attestation) => self.attest(entry.n, attestation.until),
            Deed::AttestationWithdrawn => self.attestation = None,
            Deed::SampleDrawn(sample) => self.reviews.drawn(entry.n, entry.at, sample),
            Deed::SampleReviewed(review) => self.reviews.reviewed(entry.n, review),
            Deed::Withdrawn { release, reason } => {
                self.withdrawn.insert(*release, *reason);
                self.changes.push(Change::Withdrawn(*release));
            }
            Deed::HoldPlaced { hold, freezes, .. } => {
                self.holds.insert(hold.clone(), entry.n);
                if *freezes {
                    self.freezes.insert(hold.clone());
                }
            }
            Deed::HoldLifted { hold } => {
                self.holds.remove(hold);
                self.freezes.remove(hold);
            }
            Deed::PurgeApproved { approval } => self.usual.approve(approval),
            Deed::TimersSet(timers) => self.timers.set(entry.at, *timers),
            Deed::PurgeIntended { target } => self.intend(entry.n, target),
            Deed::Purged { intent, receipt } => self.purged(entry.at, *intent, receipt),
            Deed::UnclaimedOpened { .. } => {}
        }
        Ok(())
    }

    /// Whether release `number` happened and was not taken back.
    #[must_use]
    pub fn stands(&self, number: u32) -> bool {
        let happened = (1..=self.releases.len()).contains(&(number as usize));
        happened && !self.withdrawn.contains_key(&number)
    }

    /// When the last release of what had not been released before was made. A
    /// successor tells nothing of when its conversations were held.
    #[must_use]
    pub fn last_of_new(&self) -> Option<EpochMs> {
        let mut of_new = self.releases.iter().rev();
        let (at, _) = of_new.find(|(_, release)| release.supersedes.is_none())?;
        Some(*at)
    }

    /// The attestation in force at `at`.
    #[must_use]
    pub fn attested(&self, at: EpochMs) -> Option<Attested> {
        self.attestation.filter(|attested| at < attested.until)
    }

    fn attest(&mut self, entry: u64, until: EpochMs) {
        self.attestations += 1;
        self.attestation = Some(Attested {
            entry,
            number: self.attestations,
            until,
        });
    }

    /// One past the last slot of a log in which the releases so far have looked
    /// for what came of their conversations.
    #[must_use]
    pub fn seen_to(&self, place: &TopicPartition, epoch: u32) -> u64 {
        let releases = self.releases.iter().map(|(_, release)| release);
        let ranges = releases.flat_map(|r| r.inputs.iter().chain(&r.later));
        let own = ranges.filter(|r| r.place == *place && r.epoch == epoch);
        own.map(|range| range.to).max().unwrap_or(0)
    }

    fn release(&mut self, at: EpochMs, release: &ReleaseDeed) {
        for input in &release.inputs {
            self.released_to
                .insert((input.place.clone(), input.epoch), input.to);
        }
        if let Some(number) = release.supersedes {
            self.withdrawn.insert(number, WithdrawalReason::Superseded);
        }
        self.changes.push(Change::Released(release.number));
        self.releases.push((at, release.clone()));
    }

    /// An intent after a hold is void.
    fn intend(&mut self, n: u64, target: &PurgeTarget) {
        if self.holds.is_empty() || planted(Fault::IgnoreHold) {
            self.intents.insert(n, target.clone());
        } else {
            self.void_intents += 1;
        }
    }

    fn purged(&mut self, at: EpochMs, intent: u64, receipt: &Receipt) {
        match (self.intents.remove(&intent), receipt) {
            (Some(PurgeTarget::Kafka(purge)), Receipt::RecordsGone { read_low, .. }) => {
                let what = Removed::Records(purge.place.clone());
                let log = (purge.place, purge.epoch);
                // How many the first purge of a log removed is not known.
                if let Some(before) = self.purged_to.insert(log, *read_low) {
                    let amount = u64::try_from(read_low - before).unwrap_or(0);
                    self.usual.removed(what, at, amount);
                }
            }
            (Some(PurgeTarget::Files(purge)), Receipt::FilesGone { files }) => {
                if let Some(purpose) = purge.files.first().and_then(LandingFile::purpose) {
                    let what = Removed::Files(purpose.to_owned());
                    self.usual.removed(what, at, *files);
                }
            }
            _ => {}
        }
    }

    /// The entry that says `deed`, to be appended.
    #[must_use]
    pub fn entry(
        &self,
        deed: Deed,
        at: EpochMs,
        actor: Option<String>,
        writer: WriterId,
        attempt: WriterId,
    ) -> Entry {
        Entry {
            version: CHAIN_VERSION,
            n: self.next,
            previous: self.hash,
            writer,
            attempt,
            at,
            actor,
            deed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::follows::tests::{append, founded, intent, placed};

    #[test]
    fn an_intent_after_a_hold_is_void() {
        let mut chain = founded();
        append(&mut chain, intent()).expect("in force");
        let hold = String::from("h");
        append(&mut chain, placed(&hold, false)).expect("follows");
        append(&mut chain, intent()).expect("recorded, void");
        assert_eq!(chain.intents.keys().copied().collect::<Vec<_>>(), [1]);
        assert_eq!(chain.void_intents, 1);
        let receipt = Receipt::FilesGone { files: 0 };
        let deed = Deed::Purged { intent: 3, receipt };
        assert!(
            append(&mut chain, deed).is_err(),
            "no receipt for a void one"
        );
        append(&mut chain, Deed::HoldLifted { hold }).expect("follows");
        append(&mut chain, intent()).expect("in force");
        assert_eq!(chain.intents.len(), 2);
    }

    #[test]
    fn version_1_reads_for_ever() {
        let golden = include_str!("../../tests/golden/formats/chain-v1.jsonl");
        let mut chain = TenantChain::default();
        for (n, line) in (0..).zip(golden.lines()) {
            let entry = Entry::from_bytes(n, line.as_bytes()).expect("version 1 reads");
            assert_eq!(
                entry.to_bytes(),
                line.as_bytes(),
                "and is written as it was"
            );
            chain.apply(&entry, line.as_bytes()).expect("each follows");
        }
        assert_eq!((chain.next, chain.releases.len()), (17, 1));
        assert!(chain.reviews.is_shut() && chain.reviews.samples()[0].unsure() == 1);
        assert_eq!((chain.attestations, chain.attestation), (1, None));
        assert!(!chain.stands(1));
        assert!(chain.intents.is_empty() && chain.holds.is_empty());
        let place = TopicPartition::new("north.calls", 3);
        assert_eq!(chain.purged_to[&(place, 0)], 122);
    }
}
