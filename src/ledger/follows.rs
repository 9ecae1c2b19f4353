//! What may follow in a tenant's chain.

use super::{Deed, Entry, InputRange, LedgerError, ReleaseDeed, TenantChain};
use crate::domain::EpochMs;

impl TenantChain {
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

    fn may_supersede(&self, release: &ReleaseDeed) -> bool {
        let fits = |number| self.stands(number) && release.inputs.is_empty();
        release.supersedes.is_none_or(fits)
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
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::Entropy;

    use crate::domain::{Sha256, TopicPartition};
    use crate::lake::layout::AreaId;
    use crate::lake::log::WriterId;
    use crate::ledger::{Attestation, KafkaPurge, PurgeTarget, WithdrawalReason};
    use crate::seal::KeyedDigest;

    pub(in crate::ledger) fn append(
        chain: &mut TenantChain,
        deed: Deed,
    ) -> Result<(), LedgerError> {
        let id = WriterId::default();
        let entry = chain.entry(deed, EpochMs(5), None, id, id);
        let bytes = entry.to_bytes();
        let read = Entry::from_bytes(entry.n, &bytes)?;
        assert_eq!(read, entry);
        chain.apply(&read, &bytes)
    }

    pub(in crate::ledger) fn founded() -> TenantChain {
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
            ..ReleaseDeed::default()
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

    pub(in crate::ledger) fn placed(hold: &str, freezes: bool) -> Deed {
        Deed::HoldPlaced {
            hold: hold.to_owned(),
            freezes,
            reason: None,
        }
    }

    pub(in crate::ledger) fn intent() -> Deed {
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
}
