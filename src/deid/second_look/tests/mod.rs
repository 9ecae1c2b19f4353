//! Tables of what the second look must stop and must let pass.

mod clinic;
mod names;
mod ordinary;
mod numbers;
mod passing;
mod places;
mod readback;
mod remnants;
mod said;
mod slots;
mod tied;
mod times;
mod turns;

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::deid::{CleanText, CleanTurn, ENGINE_VERSION, Policy};
use crate::domain::{Channel, Entropy, ResearchId, Role, TurnKind};

fn turn(role: Role, text: &str) -> CleanTurn {
    CleanTurn {
        role,
        kind: TurnKind::Speech,
        text: CleanText::rewritten(text.to_owned()),
        start_ms: None,
        end_ms: None,
        confidence: None,
        findings: None,
    }
}

fn conversation(turns: Vec<CleanTurn>) -> CleanConversation {
    CleanConversation {
        id: ResearchId::draw(&mut Entropy::from_u64(1)),
        year: None,
        channel: Channel::Voice,
        language: "en",
        turns,
        duration_s: None,
        counts: BTreeMap::new(),
        policy: Policy::safe_harbor().hash,
        engine: ENGINE_VERSION,
        incomplete: false,
        attributes: BTreeMap::new(),
    }
}

/// Turns of the user and the agent by turns, the user first.
fn dialogue(texts: &[&str]) -> CleanConversation {
    let roles = [Role::User, Role::Agent].into_iter().cycle();
    conversation(texts.iter().zip(roles).map(|(t, r)| turn(r, t)).collect())
}

/// Checks that each of `stopped` is `held`, and none of `passed`.
#[track_caller]
fn check_each(held: impl Fn(&str) -> bool, stopped: &[&str], passed: &[&str]) {
    let missed: Vec<_> = stopped.iter().filter(|text| !held(text)).collect();
    let wrong: Vec<_> = passed.iter().filter(|text| held(text)).collect();
    assert!(
        missed.is_empty() && wrong.is_empty(),
        "{missed:?} {wrong:?}"
    );
}

#[track_caller]
fn check_stops(category: Category, texts: &[&str]) {
    for text in texts {
        let held = inspect(&dialogue(&[text]));
        assert!(
            held.contains(&HoldReason::Residue { category }),
            "{text}: {held:?}"
        );
    }
}

#[track_caller]
fn check_passes(texts: &[&str]) {
    for text in texts {
        let found = residues(&dialogue(&[text]), &[]);
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_judged_without_panic(text in "\\PC*", mixed in "[a-z0-9 ,.@:/\\[\\]_é-]{0,80}") {
        let clean = dialogue(&[&text, &mixed]);
        prop_assert_eq!(inspect(&clean), inspect(&clean));
    }

    #[test]
    fn a_telephone_is_stopped_between_any_words(
        before in "[a-z]{2,8}( [a-z]{2,8}){0,4}",
        number in "[2-9][0-9]{2}[-. ][2-9][0-9]{2}[-. ][0-9]{3}[1-9]",
        after in "( [a-z]{2,8}){0,4}",
    ) {
        let clean = dialogue(&[&format!("{before} {number}{after}")]);
        prop_assert!(!inspect(&clean).is_empty());
    }
}
