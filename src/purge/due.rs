//! When a sealed file goes: a pure function of the chain and the timers.

use super::stock::Stocked;
use crate::config::resolved::Timers;
use crate::domain::EpochMs;
use crate::lake::layout::LandingFile;
use crate::ledger::{ReleaseDeed, TenantChain};
use crate::seal::Purpose;

/// A flush that began just in time may still read what it goes on from.
const STATE_GRACE_MS: i64 = 600_000;

/// When a file goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// At this moment.
    At(EpochMs),
    /// At this moment, if the release of this number is in research, whole.
    Released(u32, EpochMs),
    /// Not before a release has taken it.
    Unreleased,
    /// By no timer of this version.
    Never,
}

/// When the file of a slot goes.
#[must_use]
pub(super) fn due(
    file: &LandingFile,
    stocked: &Stocked,
    chain: &TenantChain,
    timers: &Timers,
    unclaimed_ms: i64,
) -> Due {
    match file {
        LandingFile::Unclaimed { .. } => Due::At(stocked.at.plus(unclaimed_ms)),
        LandingFile::Evidence { .. } => Due::Never,
        LandingFile::Sealed { purpose, .. } => match purpose {
            Purpose::Quarantine => Due::At(stocked.at.plus(timers.quarantine_ms)),
            Purpose::HeldBack => Due::At(stocked.at.plus(timers.held_back_ms)),
            Purpose::Landing | Purpose::Index => release_of(stocked, chain)
                .map_or(Due::Unreleased, |(at, release)| after(at, release, timers)),
            Purpose::State => Due::At(stocked.at.plus(timers.state_ms + STATE_GRACE_MS)),
            Purpose::Stage | Purpose::Settings | Purpose::Sample => Due::Never,
        },
    }
}

/// When what a release was made of, and its staged files, go. What it held
/// back lies in its inputs and waits there for review, for as long as
/// held-back conversations do.
#[must_use]
pub(super) fn after(at: EpochMs, release: &ReleaseDeed, timers: &Timers) -> Due {
    let held_back = release.held_back.values().any(|n| *n > 0);
    let grace = match held_back {
        true => timers.landing_grace_ms.max(timers.held_back_ms),
        false => timers.landing_grace_ms,
    };
    Due::Released(release.number, at.plus(grace))
}

/// The release that took the slot of a file.
fn release_of<'a>(stocked: &Stocked, chain: &'a TenantChain) -> Option<(EpochMs, &'a ReleaseDeed)> {
    let (place, epoch) = &stocked.log;
    let released_to = chain.released_to.get(&stocked.log).copied().unwrap_or(0);
    if stocked.slot >= released_to {
        return None;
    }
    let took = |release: &ReleaseDeed| {
        release.inputs.iter().any(|input| {
            input.place == *place
                && input.epoch == *epoch
                && (input.from..input.to).contains(&stocked.slot)
        })
    };
    let mut releases = chain.releases.iter().rev();
    let (at, release) = releases.find(|(_, release)| took(release))?;
    Some((*at, release))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::config::resolved::PurgeAfter;
    use crate::domain::{Entropy, Sha256, TenantId, TopicPartition};
    use crate::ledger::InputRange;
    use crate::seal::BlobName;

    const TIMERS: Timers = Timers {
        kafka_ms: 1,
        kafka_after: PurgeAfter::Committed,
        quarantine_ms: 20,
        held_back_ms: 300,
        landing_grace_ms: 4_000,
        state_ms: 50,
    };

    fn chain(held_back: u64) -> TenantChain {
        let log = (TopicPartition::new("t", 0), 0);
        let release = ReleaseDeed {
            number: 1,
            inputs: vec![InputRange {
                place: log.0.clone(),
                epoch: 0,
                from: 0,
                to: 5,
            }],
            landed: 9,
            released: 9 - held_back,
            held_back: BTreeMap::from([(String::from("risk"), held_back)]),
            ..ReleaseDeed::default()
        };
        TenantChain {
            releases: vec![(EpochMs(50_000), release)],
            released_to: BTreeMap::from([(log, 5)]),
            ..TenantChain::default()
        }
    }

    #[track_caller]
    fn check(purpose: Option<Purpose>, slot: u64, held_back: u64, expected: Due) {
        let name = BlobName::draw(&mut Entropy::from_u64(1));
        let file = purpose.map_or(LandingFile::Unclaimed { name }, |purpose| {
            let tenant = TenantId::parse("t").expect("a name");
            LandingFile::Sealed {
                tenant,
                purpose,
                name,
            }
        });
        let stocked = Stocked {
            sha256: Sha256::default(),
            at: EpochMs(1_000_000),
            log: (TopicPartition::new("t", 0), 0),
            slot,
        };
        let said = due(&file, &stocked, &chain(held_back), &TIMERS, 7);
        assert_eq!(said, expected, "{purpose:?} {slot} {held_back}");
    }

    #[test]
    fn each_purpose_has_its_timer() {
        check(None, 0, 0, Due::At(EpochMs(1_000_007)));
        check(Some(Purpose::Quarantine), 9, 0, Due::At(EpochMs(1_000_020)));
        check(Some(Purpose::HeldBack), 0, 0, Due::At(EpochMs(1_000_300)));
        for purpose in [Purpose::Landing, Purpose::Index] {
            check(Some(purpose), 4, 0, Due::Released(1, EpochMs(54_000)));
            check(Some(purpose), 5, 0, Due::Unreleased);
        }
        check(Some(Purpose::State), 9, 0, Due::At(EpochMs(1_600_050)));
        check(Some(Purpose::Stage), 0, 0, Due::Never);
    }

    #[test]
    fn what_a_release_held_back_waits_as_long_as_what_was_held_back_before() {
        let timers = Timers {
            held_back_ms: 9_000,
            ..TIMERS
        };
        let release = |held_back| chain(held_back).releases[0].1.clone();
        let at = EpochMs(1);
        assert_eq!(
            after(at, &release(2), &timers),
            Due::Released(1, EpochMs(9_001))
        );
        assert_eq!(
            after(at, &release(0), &timers),
            Due::Released(1, EpochMs(4_001))
        );
    }
}
