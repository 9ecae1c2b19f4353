//! A tenant's chain: entries, and what they add up to.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    Deed, InputRange, LedgerError, PurgeTarget, Receipt, ReleaseDeed, Removed, Reviews,
    TimerHistory, Usual, WithdrawalReason,
};
use crate::domain::{EpochMs, Sha256, TopicPartition};
use crate::fault::{Fault, planted};
use crate::lake::layout::{AreaId, LandingFile};
use crate::lake::log::WriterId;

/// The version of the stored form.
pub const CHAIN_VERSION: u16 = 1;

/// One entry of a tenant's chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// [`CHAIN_VERSION`].
    pub version: u16,
    /// Its number, from 0.
    pub n: u64,
    /// The hash of the entry before it; zeros in the first.
    pub previous: Sha256,
    /// Who wrote it.
    pub writer: WriterId,
    /// Drawn for each attempt, so that no two attempts have the same bytes.
    pub attempt: WriterId,
    /// When.
    pub at: EpochMs,
    /// Who asked for it, as a digest under the tenant's ledger key; `None`
    /// for a timer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// What.
    #[serde(flatten)]
    pub deed: Deed,
}

impl Entry {
    /// The stored form.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("an entry has string keys and no floats")
    }

    /// Reads the stored form of entry `n`.
    ///
    /// # Errors
    /// [`LedgerError::Unreadable`] when it is of another version or damaged.
    pub fn from_bytes(n: u64, bytes: &[u8]) -> Result<Self, LedgerError> {
        let entry: Self =
            serde_json::from_slice(bytes).map_err(|_| LedgerError::Unreadable { n })?;
        let sound = entry.version == CHAIN_VERSION && entry.n == n;
        sound.then_some(entry).ok_or(LedgerError::Unreadable { n })
    }
}

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
            Deed::HoldPlaced { hold, freezes } => {
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

    /// Whether `entry` follows.
    pub(super) fn check(&self, entry: &Entry) -> Result<(), LedgerError> {
        let broken = |what| Err(LedgerError::Broken { n: entry.n, what });
        if entry.n != self.next {
            return broken("its number");
        }
        if entry.previous != self.hash {
            return broken("the hash of the one before");
        }
        if matches!(entry.deed, Deed::Founded { .. }) != (entry.n == 0) {
            return broken("only the first entry founds a chain");
        }
        match &entry.deed {
            Deed::Released(release) if !self.continues(release) => {
                broken("a release starts where the last one ended")
            }
            Deed::Released(_) if !self.freezes.is_empty() => {
                broken("there is no release while the tenant is frozen")
            }
            Deed::Released(release) if !self.rests(release, entry.at) => {
                broken("a release rests on the attestation in force")
            }
            Deed::Released(release) if !self.may_supersede(release) => {
                broken("a successor takes the place of a release that stands, and no slots")
            }
            Deed::AttestationWithdrawn if self.attestation.is_none() => {
                broken("there is no attestation to withdraw")
            }
            Deed::Withdrawn { release, .. } if !self.stands(*release) => {
                broken("a release that stands is withdrawn")
            }
            Deed::Purged { intent, .. } if !self.intents.contains_key(intent) => {
                broken("a receipt is for an intent in force")
            }
            Deed::SampleDrawn(sample) if !self.may_be_next(&sample.inputs) => {
                broken("a sample is drawn of what the next release takes")
            }
            deed => self.check_review(deed).map_or(Ok(()), broken),
        }
    }

    /// Why `deed` does not follow from the samples and verdicts so far.
    fn check_review(&self, deed: &Deed) -> Option<&'static str> {
        match deed {
            Deed::SampleDrawn(sample) => self.reviews.refuses_sample(sample),
            Deed::SampleReviewed(review) => self.reviews.refuses_review(review),
            Deed::Released(release) => self.reviews.refuses_release(release),
            _ => None,
        }
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

    fn may_supersede(&self, release: &ReleaseDeed) -> bool {
        let fits = |number| self.stands(number) && release.inputs.is_empty();
        release.supersedes.is_none_or(fits)
    }

    /// The attestation in force at `at`.
    #[must_use]
    pub fn attested(&self, at: EpochMs) -> Option<Attested> {
        self.attestation.filter(|attested| at < attested.until)
    }

    /// Whether `release` names what it must: nothing, where the chain was begun
    /// before there were attestations and has none.
    fn rests(&self, release: &ReleaseDeed, at: EpochMs) -> bool {
        let in_force = self.attested(at).map(|attested| attested.entry);
        match release.attestation {
            None => self.attestations == 0,
            named => named == in_force,
        }
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

    fn continues(&self, release: &ReleaseDeed) -> bool {
        let numbered = release.number as usize == self.releases.len() + 1;
        numbered && self.begin_where_the_last_ended(&release.inputs)
    }

    fn begin_where_the_last_ended(&self, inputs: &[InputRange]) -> bool {
        inputs.iter().all(|input| {
            let key = (input.place.clone(), input.epoch);
            let from = self.released_to.get(&key).copied().unwrap_or(0);
            input.from == from && input.to > input.from
        })
    }

    /// Whether the next release may take `inputs`.
    #[must_use]
    pub fn may_be_next(&self, inputs: &[InputRange]) -> bool {
        !inputs.is_empty() && self.begin_where_the_last_ended(inputs)
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
    use crate::domain::Entropy;
    use crate::ledger::{Attestation, InputRange, KafkaPurge};
    use crate::seal::KeyedDigest;

    fn append(chain: &mut TenantChain, deed: Deed) -> Result<(), LedgerError> {
        let id = WriterId::default();
        let entry = chain.entry(deed, EpochMs(5), None, id, id);
        let bytes = entry.to_bytes();
        let read = Entry::from_bytes(entry.n, &bytes)?;
        assert_eq!(read, entry);
        chain.apply(&read, &bytes)
    }

    fn founded() -> TenantChain {
        let mut chain = TenantChain::default();
        let area = AreaId::draw(&mut Entropy::from_u64(1));
        append(&mut chain, Deed::Founded { area }).expect("the first");
        chain
    }

    fn release(number: u32, from: u64, to: u64) -> Deed {
        Deed::Released(of(number, from, to))
    }

    fn of(number: u32, from: u64, to: u64) -> ReleaseDeed {
        let place = TopicPartition::new("t", 0);
        let epoch = 0;
        ReleaseDeed {
            number,
            inputs: vec![InputRange {
                place,
                epoch,
                from,
                to,
            }],
            files: Vec::new(),
            landed: 0,
            released: 0,
            held_back: BTreeMap::new(),
            later: Vec::new(),
            late: 0,
            coarsened: 0,
            dating_override: None,
            supersedes: None,
            attestation: None,
            review: None,
        }
    }

    fn attested(until: i64) -> Deed {
        let statement = KeyedDigest::parse(&"0b".repeat(16)).expect("32 digits");
        let until = EpochMs(until);
        Deed::Attested(Attestation { until, statement })
    }

    /// Release 1 after `deeds`, at the moment 5, resting on entry `on`.
    #[track_caller]
    fn check_rests(deeds: Vec<Deed>, on: Option<u64>, expected: bool) {
        let mut chain = founded();
        for deed in deeds {
            append(&mut chain, deed).expect("follows");
        }
        let release = ReleaseDeed {
            attestation: on,
            ..of(1, 0, 4)
        };
        let appended = append(&mut chain, Deed::Released(release));
        assert_eq!(appended.is_ok(), expected, "{appended:?}");
    }

    #[test]
    fn a_release_rests_on_the_attestation_in_force() {
        check_rests(vec![], None, true);
        check_rests(vec![], Some(1), false);
        check_rests(vec![attested(6)], Some(1), true);
        check_rests(vec![attested(6)], None, false);
        check_rests(vec![attested(5)], Some(1), false);
        check_rests(vec![attested(6), attested(7)], Some(1), false);
        check_rests(vec![attested(6), attested(7)], Some(2), true);
        let withdrawn = || vec![attested(6), Deed::AttestationWithdrawn];
        check_rests(withdrawn(), Some(1), false);
        check_rests(withdrawn(), None, false);
        let mut chain = founded();
        assert!(append(&mut chain, Deed::AttestationWithdrawn).is_err());
    }

    fn placed(hold: &str, freezes: bool) -> Deed {
        Deed::HoldPlaced {
            hold: hold.to_owned(),
            freezes,
        }
    }

    fn intent() -> Deed {
        Deed::PurgeIntended {
            target: PurgeTarget::Kafka(KafkaPurge {
                place: TopicPartition::new("t", 0),
                epoch: 0,
                upto: 9,
                verified_slot: 3,
            }),
        }
    }

    #[test]
    fn releases_take_each_slot_once() {
        let mut chain = founded();
        append(&mut chain, release(1, 0, 4)).expect("follows");
        assert!(append(&mut chain, release(1, 4, 5)).is_err(), "its number");
        assert!(
            append(&mut chain, release(2, 3, 5)).is_err(),
            "slot 3 again"
        );
        assert!(
            append(&mut chain, release(2, 5, 6)).is_err(),
            "slot 4 left out"
        );
        append(&mut chain, release(2, 4, 5)).expect("follows");
        assert_eq!(chain.releases.len(), 2);
    }

    #[test]
    fn a_release_that_stands_is_withdrawn_once() {
        let mut chain = founded();
        let withdrawn = |release| Deed::Withdrawn {
            release,
            reason: WithdrawalReason::Defective,
        };
        append(&mut chain, release(1, 0, 4)).expect("follows");
        assert!(append(&mut chain, withdrawn(0)).is_err());
        assert!(append(&mut chain, withdrawn(2)).is_err(), "not there yet");
        append(&mut chain, withdrawn(1)).expect("follows");
        assert!(append(&mut chain, withdrawn(1)).is_err(), "once");
        append(&mut chain, release(2, 4, 5)).expect("numbers go on");
    }

    #[test]
    fn a_successor_takes_the_place_of_a_release_that_stands() {
        let mut chain = founded();
        let successor = |number, supersedes, inputs: Option<Vec<InputRange>>| {
            let release = of(number, 4, 5);
            Deed::Released(ReleaseDeed {
                inputs: inputs.unwrap_or(release.inputs),
                supersedes: Some(supersedes),
                ..of(number, 4, 5)
            })
        };
        append(&mut chain, release(1, 0, 4)).expect("follows");
        let none = || Some(Vec::new());
        assert!(
            append(&mut chain, successor(2, 2, none())).is_err(),
            "itself"
        );
        assert!(append(&mut chain, successor(2, 1, None)).is_err(), "slots");
        append(&mut chain, successor(2, 1, none())).expect("follows");
        assert!(!chain.stands(1) && chain.stands(2));
        assert_eq!(chain.last_of_new(), Some(chain.releases[0].0));
        assert!(append(&mut chain, successor(3, 1, none())).is_err(), "once");
        append(&mut chain, release(3, 4, 5)).expect("slots go on");
    }

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
    fn there_is_no_release_after_a_freeze_until_it_is_lifted() {
        let mut chain = founded();
        let hold = String::from("h");
        append(&mut chain, placed(&hold, true)).expect("follows");
        append(&mut chain, placed("other", false)).expect("follows");
        assert!(append(&mut chain, release(1, 0, 4)).is_err(), "frozen");
        append(&mut chain, Deed::HoldLifted { hold }).expect("follows");
        append(&mut chain, release(1, 0, 4)).expect("held, not frozen");
    }

    #[test]
    fn a_changed_entry_breaks_the_next() {
        let mut chain = founded();
        let mut other = chain.clone();
        append(&mut chain, intent()).expect("follows");
        other.hash = Sha256([7; 32]);
        let id = WriterId::default();
        let entry = other.entry(intent(), EpochMs(5), None, id, id);
        let mut founded = founded();
        let said = founded.apply(&entry, &entry.to_bytes());
        assert!(matches!(said, Err(LedgerError::Broken { n: 1, .. })));
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
        assert_eq!((chain.next, chain.releases.len()), (15, 1));
        assert_eq!((chain.attestations, chain.attestation), (1, None));
        assert!(!chain.stands(1));
        assert!(chain.intents.is_empty() && chain.holds.is_empty());
        let place = TopicPartition::new("north.calls", 3);
        assert_eq!(chain.purged_to[&(place, 0)], 122);
    }
}
