//! Each conversation goes one of three ways: it lands, it is held back, or the
//! engine failed in it and it goes to quarantine.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Context;
use super::index::IndexLine;
use super::minimum::{self, Withheld};
use super::whole::Whole;
use crate::deid::{CleanConversation, HoldReason, Outcome, deidentify};
use crate::domain::{Entropy, Field, RawConversation, ResearchId};
use crate::gate::{Refusal, refusals};

/// The stable code of a conversation in which the engine failed.
pub(crate) const ENGINE_FAILED: &str = "engine_failed";

/// What the engine thinks of one conversation: numbers, for a shadow run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// How probable it is that an identifier remains, 0 to 1.
    pub risk: f32,
    /// Whether nothing but a bound on the risk could hold it back.
    pub sound: bool,
    /// Bytes of its raw text.
    pub text_bytes: u64,
    /// How many of them stand in a finding.
    pub masked_bytes: u64,
}

impl Judged {
    fn of(conversation: &RawConversation, outcome: &Outcome) -> Self {
        let texts = conversation.turns.iter().map(|t| t.text.expose().len());
        let masked = outcome.findings.iter().map(|f| f.span.len());
        Self {
            risk: outcome.risk,
            sound: outcome.holds.iter().all(|hold| *hold == HoldReason::Risk),
            text_bytes: texts.sum::<usize>() as u64,
            masked_bytes: masked.sum::<usize>() as u64,
        }
    }
}

/// Conversations by the way they go.
#[derive(Debug, Default)]
pub(super) struct Sorted<'a> {
    /// Clean and releasable.
    pub(super) clean: Vec<CleanConversation>,
    /// What each of [`Self::clean`] was made of.
    pub(super) landed: Vec<&'a Whole<'a>>,
    /// Held back, with the codes of the reasons.
    pub(super) held_back: Vec<(&'a Whole<'a>, Vec<String>)>,
    /// The engine failed.
    pub(super) failed: Vec<&'a Whole<'a>>,
    /// Those that landed or are held back, in order.
    pub(super) index: Vec<IndexLine>,
    /// What the engine thinks of those that it read.
    pub(super) judged: Vec<Judged>,
    /// Records of conversations in which nothing was said.
    pub(super) empty_records: u64,
    /// What the agreement does not let leave.
    pub(super) withheld: Withheld,
}

impl<'a> Sorted<'a> {
    /// Records that the slot's draft counts as committed, and that go to
    /// quarantine.
    pub(super) fn quarantined_records(&self) -> u64 {
        self.failed.iter().map(|whole| whole.records).sum()
    }

    /// How many take the place of what landed before.
    pub(super) fn continued(&self) -> u64 {
        let continued = self.index.iter().filter(|line| line.first.is_some());
        continued.count() as u64
    }

    fn add(&mut self, whole: &'a Whole<'a>, outcome: Outcome, allowed: Option<&BTreeSet<Field>>) {
        self.judged.push(Judged::of(&whole.conversation, &outcome));
        let mut clean = outcome.clean;
        if let Some(earlier) = &whole.earlier {
            clean.id = earlier.id;
        }
        let codes: Vec<String> = outcome.holds.iter().map(HoldReason::code).collect();
        if codes.is_empty() {
            if let Some(fields) = allowed {
                minimum::keep(fields, &mut clean, &mut self.withheld);
            }
            self.note(whole, clean.id, None);
            self.landed.push(whole);
            self.clean.push(clean);
        } else {
            self.hold_back(whole, clean.id, codes);
        }
    }

    /// The gate does not let it pass: the engine never reads it.
    fn refuse(&mut self, whole: &'a Whole<'a>, refused: &[Refusal], entropy: &mut Entropy) {
        let earlier = whole.earlier.as_ref().map(|earlier| earlier.id);
        let id = earlier.unwrap_or_else(|| ResearchId::draw(entropy));
        let codes = refused.iter().map(|refusal| refusal.code().to_owned());
        self.hold_back(whole, id, codes.collect());
    }

    fn hold_back(&mut self, whole: &'a Whole<'a>, id: ResearchId, codes: Vec<String>) {
        self.note(whole, id, codes.first().cloned());
        self.held_back.push((whole, codes));
    }

    fn note(&mut self, whole: &Whole<'_>, id: ResearchId, held_back: Option<String>) {
        self.index.push(IndexLine {
            subject: whole.subject,
            conversation_id: id,
            first: whole.earlier.as_ref().map(|earlier| earlier.first),
            held_back,
        });
    }
}

pub(super) fn sort<'a>(
    wholes: &'a [Whole<'a>],
    context: &Context<'_>,
    entropy: &mut Entropy,
) -> Sorted<'a> {
    let agreed = &context.tenant.authorization;
    let mut sorted = Sorted::default();
    for whole in wholes {
        if whole.conversation.turns.is_empty() {
            sorted.empty_records += whole.records;
            continue;
        }
        let said = &whole.conversation.provenance;
        let refused = refusals(agreed, said);
        if !refused.is_empty() {
            sorted.refuse(whole, &refused, entropy);
            continue;
        }
        match attempt(whole, context, entropy) {
            Some(outcome) => sorted.add(whole, outcome, agreed.fields.as_ref()),
            None => sorted.failed.push(whole),
        }
    }
    sorted
}

fn attempt(whole: &Whole<'_>, context: &Context<'_>, entropy: &mut Entropy) -> Option<Outcome> {
    let mut own = entropy.fork();
    let policy = &context.tenant.policy;
    let engine = context.engine;
    guarded(|| deidentify(engine, policy, &whole.conversation, &mut own))
}

/// What the engine makes of a conversation. It is total; should it fail all the
/// same, nothing of that conversation may pass.
pub(crate) fn guarded(engine: impl FnOnce() -> Outcome) -> Option<Outcome> {
    catch_unwind(AssertUnwindSafe(engine)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_engine_that_fails_yields_nothing() {
        assert!(guarded(|| panic!("as if by a defect")).is_none());
    }
}
