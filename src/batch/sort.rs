//! Each closed conversation goes one of three ways: it lands, it is held back,
//! or the engine failed in it and it goes to quarantine.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Context;
use crate::assemble::Closed;
use crate::deid::{CleanConversation, HoldReason, Outcome, deidentify};
use crate::domain::Entropy;

/// The stable code of a conversation in which the engine failed.
pub(super) const ENGINE_FAILED: &str = "engine_failed";

/// Closed conversations by the way they go.
#[derive(Debug, Default)]
pub(super) struct Sorted<'a> {
    /// Clean and releasable.
    pub(super) clean: Vec<CleanConversation>,
    /// What each of [`Self::clean`] was made of.
    pub(super) landed: Vec<&'a Closed>,
    /// Held back, with the codes of the reasons.
    pub(super) held_back: Vec<(&'a Closed, Vec<String>)>,
    /// The engine failed.
    pub(super) failed: Vec<&'a Closed>,
}

impl Sorted<'_> {
    /// Records that the slot's draft counts as committed, and that go to
    /// quarantine.
    pub(super) fn quarantined_records(&self) -> u64 {
        let records = |closed: &&Closed| closed.offsets.len() as u64 - closed.superseded;
        self.failed.iter().map(records).sum()
    }
}

pub(super) fn sort<'a>(
    closed: &'a [Closed],
    context: &Context<'_>,
    entropy: &mut Entropy,
) -> Sorted<'a> {
    let mut sorted = Sorted::default();
    for closed in closed {
        match attempt(closed, context, entropy) {
            Some(outcome) if outcome.holds.is_empty() => {
                sorted.landed.push(closed);
                sorted.clean.push(outcome.clean);
            }
            Some(outcome) => {
                let codes = outcome.holds.iter().map(HoldReason::code).collect();
                sorted.held_back.push((closed, codes));
            }
            None => sorted.failed.push(closed),
        }
    }
    sorted
}

/// The engine is total; should it fail all the same, nothing of that
/// conversation may pass.
fn attempt(closed: &Closed, context: &Context<'_>, entropy: &mut Entropy) -> Option<Outcome> {
    let mut own = entropy.fork();
    let policy = &context.tenant.policy;
    let engine = context.engine;
    catch_unwind(AssertUnwindSafe(|| {
        deidentify(engine, policy, &closed.conversation, &mut own)
    }))
    .ok()
}
