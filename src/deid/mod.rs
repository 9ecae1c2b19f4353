//! De-identification: a pure function from a raw conversation to a clean one.

mod clean;
mod detect;
mod document;
mod finding;
pub mod language;
mod policy;
pub mod second_look;

pub use clean::{CleanConversation, CleanFinding, CleanText, CleanTurn};
pub use finding::{Finding, Strength};
pub use policy::{Operator, Policy};

use std::collections::BTreeMap;

use crate::domain::{Category, Entropy, RawConversation, ResearchId};

/// The engine's version, carried by every conversation it made.
pub const ENGINE_VERSION: &str = concat!("leeward-", env!("CARGO_PKG_VERSION"));

/// Everything compiled once and shared by all workers' threads: patterns,
/// lexicons, validators.
#[derive(Debug)]
pub struct Engine {}

impl Engine {
    /// Compiles the engine from what is built into the program.
    #[must_use]
    pub fn new() -> Self {
        Self {}
    }
}

impl Default for Engine {
    fn default() -> Self {
        Self::new()
    }
}

/// Why a clean conversation may not be released.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum HoldReason {
    /// The second look still finds an identifier in the clean text.
    Residue {
        /// What it looks like.
        category: Category,
    },
    /// A part of it is in a language or script that the engine cannot judge.
    Language,
}

/// What de-identification gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The clean conversation.
    pub clean: CleanConversation,
    /// What was found in the raw text, in order, not overlapping.
    pub findings: Vec<Finding>,
    /// Why it must be held back; empty when it may be released.
    pub holds: Vec<HoldReason>,
}

/// De-identifies `conversation` under `policy` (45 CFR 164.514(b)(2)).
///
/// Pure and total: the same input, policy and entropy give the same outcome,
/// and there is no input for which it fails.
#[must_use]
pub fn deidentify(
    _engine: &Engine,
    policy: &Policy,
    conversation: &RawConversation,
    entropy: &mut Entropy,
) -> Outcome {
    let turns = conversation
        .turns
        .iter()
        .map(|turn| CleanTurn {
            role: turn.role,
            kind: turn.kind,
            text: CleanText::rewritten(turn.text.expose().clone()),
            start_ms: turn.start_ms,
            end_ms: turn.end_ms,
            confidence: turn.confidence,
            findings: Some(Vec::new()),
        })
        .collect();
    let clean = CleanConversation {
        id: ResearchId::draw(entropy),
        year: conversation.year,
        channel: conversation.channel,
        language: "en",
        turns,
        duration_s: None,
        counts: BTreeMap::new(),
        policy: policy.hash,
        engine: ENGINE_VERSION,
        incomplete: conversation.incomplete,
        attributes: BTreeMap::new(),
    };
    Outcome {
        holds: holds(conversation, &clean),
        clean,
        findings: Vec::new(),
    }
}

/// Why `clean` may not be released: the language gate over what was said, the
/// second look over what is left.
fn holds(conversation: &RawConversation, clean: &CleanConversation) -> Vec<HoldReason> {
    let mut holds = second_look::inspect(clean);
    if language::judge(conversation) == language::Verdict::Unsupported {
        holds.push(HoldReason::Language);
    }
    holds
}
