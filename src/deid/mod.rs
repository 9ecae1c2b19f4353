//! De-identification: a pure function from a raw conversation to a clean one.

mod attributes;
mod clean;
mod detect;
mod document;
mod finding;
#[cfg(test)]
mod fuzz;
mod generalize;
mod input;
pub mod language;
pub(crate) mod lexicon;
pub(crate) mod model;
mod placeholder;
mod policy;
mod resolve;
mod rewrite;
mod risk;
pub mod second_look;
mod settle;
pub(crate) mod spoken;
mod surrogate;
pub mod terms;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod word;
mod zip3;

pub use clean::{CleanConversation, CleanFinding, CleanText, CleanTurn};
pub(crate) use detect::field::key as field;
pub use finding::{Finding, Strength};
pub use model::Reason;
pub use model::weights::WeightsError;
pub use policy::{NO_RISK_BOUND, Operator, Policy};
pub use risk::{RiskError, RiskWeights, Suspicion};
pub(crate) use risk::{Sign, Signs};
pub use zip3::ZIP_TABLE;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::domain::{Category, Entropy, RawConversation, RawTurn, ResearchId};

use detect::Detector;
use detect::propagate::Propagator;
use input::Input;
use lexicon::{Lexicon, Reading};
use model::{Doubt, MODEL, NameModel};
use rewrite::Rewritten;
use settle::Settled;

/// The engine's version, carried by every conversation it made.
pub const ENGINE_VERSION: &str = concat!("leeward-", env!("CARGO_PKG_VERSION"));

/// The name model's weights; NOTICE says what they were trained from.
const NAME_WEIGHTS: &[u8] = include_bytes!("model/data/names.weights");

/// What one reading of a conversation gives.
struct Detected {
    /// Overlaps included.
    findings: Vec<Finding>,
    /// What the model doubts.
    doubts: Vec<Doubt>,
}

/// The layer that carries findings on to what repeats them.
const PROPAGATE: &str = "propagate";

/// Everything compiled once and shared by all workers' threads: patterns,
/// lexicons, validators.
#[derive(Debug)]
pub struct Engine {
    lexicon: Arc<Lexicon>,
    /// The layers that read the text alone, by their names.
    detectors: Vec<(&'static str, Box<dyn Detector>)>,
    propagator: Option<Propagator>,
    model: Option<NameModel>,
    risk: RiskWeights,
}

impl Engine {
    /// Compiles the engine from what is built into the program.
    #[must_use]
    pub fn new() -> Self {
        Self::with_model(NAME_WEIGHTS).expect("the built-in weights are of this version")
    }

    /// An engine with the name model whose weights `bytes` are.
    ///
    /// # Errors
    /// [`WeightsError`] where `bytes` are no weights of this version.
    pub fn with_model(bytes: &[u8]) -> Result<Self, WeightsError> {
        Ok(Self {
            model: Some(NameModel::from_bytes(bytes)?),
            ..Self::without_model()
        })
    }

    /// This engine with other weights of the risk.
    #[must_use]
    pub fn with_risk(mut self, weights: RiskWeights) -> Self {
        self.risk = weights;
        self
    }

    /// The rules alone, as the trainer reads with them.
    #[must_use]
    pub(crate) fn without_model() -> Self {
        let lexicon = Arc::new(detect::lexicon());
        Self {
            model: None,
            risk: RiskWeights::built_in(),
            propagator: Some(Propagator::new(Arc::clone(&lexicon))),
            lexicon,
            detectors: vec![
                ("known", Box::new(detect::known::KnownDetector)),
                ("name", Box::new(detect::name::NameDetector::new())),
                ("form", Box::new(detect::form::FormDetector::new())),
            ],
        }
    }

    /// The names of the layers that find, in order.
    pub fn layers(&self) -> impl Iterator<Item = &'static str> {
        let detectors = self.detectors.iter().map(|(name, _)| *name);
        let model = self.model.as_ref().map(|_| MODEL);
        let propagator = self.propagator.as_ref().map(|_| PROPAGATE);
        detectors.chain(model).chain(propagator)
    }

    /// This engine without the layer `name`, to measure what the others and
    /// the second look make of its loss; unchanged when it has no such layer.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.detectors.retain(|(layer, _)| *layer != name);
        self.model = self.model.filter(|_| name != MODEL);
        self.propagator = self.propagator.filter(|_| name != PROPAGATE);
        self
    }

    /// Everything that any detector finds in `reading`, overlaps included.
    fn detect(&self, reading: &Reading<'_>) -> Detected {
        self.complete(reading, self.rules(reading))
    }

    /// Adds to what the rules found what the model and the propagator make of
    /// it.
    fn complete(&self, reading: &Reading<'_>, mut findings: Vec<Finding>) -> Detected {
        let mut doubts = Vec::new();
        if let Some(model) = &self.model {
            let from = findings.len();
            doubts = model.detect(reading, &mut findings);
            detect::exam::drop_tests(reading.document, from, &mut findings);
            detect::exam::drop_spelled_drugs(reading, from, &mut findings);
        }
        if let Some(propagator) = &self.propagator {
            propagator.propagate(reading.document, &mut findings);
        }
        Detected { findings, doubts }
    }

    /// What the rules find in `reading`, each place by itself.
    fn rules(&self, reading: &Reading<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (_, detector) in &self.detectors {
            detector.detect(reading, &mut findings);
        }
        findings
    }

    /// What speaks for each of `findings`, which the engine made of
    /// `conversation`, one to one; nothing for a rule's, which says it itself.
    #[must_use]
    pub fn explain(
        &self,
        conversation: &RawConversation,
        findings: &[Finding],
    ) -> Vec<Vec<Reason>> {
        let Some(model) = &self.model else {
            return vec![Vec::new(); findings.len()];
        };
        self.read(conversation, |reading, rules| {
            model.explain(reading, rules, findings)
        })
    }

    /// What is found in `conversation` and what is suspected beside that, where
    /// the rules fail as `lose` makes them fail: for the training of the risk.
    pub(crate) fn fail(
        &self,
        conversation: &RawConversation,
        lose: impl FnOnce(&mut Vec<Finding>),
    ) -> (Vec<Finding>, Vec<Suspicion>) {
        let input = Input::new(conversation);
        let document = input.document();
        let reading = Reading::new(&document, &self.lexicon);
        let mut findings = self.rules(&reading);
        lose(&mut findings);
        let Detected { findings, doubts } = self.complete(&reading, findings);
        let findings = input.with_echoes(findings);
        let confidence = |turn: usize| conversation.turns[turn].confidence;
        let suspicions = risk::suspicions(&self.risk, &reading, confidence, &doubts, &findings);
        (findings, suspicions)
    }

    /// Reads `conversation` as the name model does: its words looked up, and
    /// what the rules find in it.
    pub(crate) fn read<T>(
        &self,
        conversation: &RawConversation,
        f: impl FnOnce(&Reading<'_>, &[Finding]) -> T,
    ) -> T {
        let input = Input::new(conversation);
        let document = input.document();
        let reading = Reading::new(&document, &self.lexicon);
        f(&reading, &self.rules(&reading))
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
    /// An identifier may remain, more probably than the policy permits.
    Risk,
}

impl HoldReason {
    /// Its stable code: `residue_phone`, `language`, `risk`.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Residue { category } => format!("residue_{category}"),
            Self::Language => String::from("language"),
            Self::Risk => String::from("risk"),
        }
    }
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
    /// What was left and might be an identifier, in order.
    pub suspicions: Vec<Suspicion>,
    /// How probable it is that an identifier remains in the clean text, 0 to 1.
    pub risk: f32,
}

/// What the engine finds in `conversation`, whatever the policy: in order, not
/// overlapping, in bytes of the raw turns.
#[must_use]
pub fn find(engine: &Engine, conversation: &RawConversation) -> Vec<Finding> {
    let input = Input::new(conversation);
    let document = input.document();
    let found = engine.detect(&Reading::new(&document, &engine.lexicon));
    let mut findings = input.with_echoes(found.findings);
    findings.retain(|f| f.detector != placeholder::ECHO);
    findings
}

/// De-identifies `conversation` under `policy` (45 CFR 164.514(b)(2)).
///
/// Pure and total: the same input, policy and entropy give the same outcome,
/// and there is no input for which it fails. Unless the policy draws
/// surrogates, its own output comes back unchanged.
#[must_use]
pub fn deidentify(
    engine: &Engine,
    policy: &Policy,
    conversation: &RawConversation,
    entropy: &mut Entropy,
) -> Outcome {
    clean_of(engine, policy, conversation, Rewritten::findings, entropy)
}

/// De-identifies again what an engine made clean: what was masked stays masked,
/// and what `engine` and `policy` find beyond it is masked too. Placeholders
/// that stand in the text are listed among the findings, as they were.
#[must_use]
pub fn deidentify_again(
    engine: &Engine,
    policy: &Policy,
    conversation: &RawConversation,
    entropy: &mut Entropy,
) -> Outcome {
    let list = Rewritten::findings_and_echoes;
    clean_of(engine, policy, conversation, list, entropy)
}

/// De-identifies; `list` says what of each turn is listed.
fn clean_of(
    engine: &Engine,
    policy: &Policy,
    conversation: &RawConversation,
    list: fn(&Rewritten) -> Vec<CleanFinding>,
    entropy: &mut Entropy,
) -> Outcome {
    let id = ResearchId::draw(entropy);
    let input = Input::new(conversation);
    let Settled {
        turns,
        findings,
        suspicions,
        english,
    } = settle::settle(engine, policy, &input, entropy);
    let listed = !policy.operators.contains(&Operator::Surrogate);
    let surrogates: Vec<_> = turns.iter().map(|turn| surrogates(policy, turn)).collect();
    let suspected = suspicions.iter().map(|s| s.probability).sum();
    let risk = engine.risk.risk(suspected, findings.len());
    let turns = conversation.turns.iter().zip(turns);
    let clean = CleanConversation {
        id,
        year: conversation.year,
        channel: conversation.channel,
        language: "en",
        turns: turns
            .map(|(raw, new)| clean_turn(raw, new, listed.then_some(list)))
            .collect(),
        duration_s: duration_s(&conversation.turns),
        counts: counts(&findings),
        policy: policy.hash,
        engine: ENGINE_VERSION,
        incomplete: conversation.incomplete,
        attributes: attributes::clean_attributes(engine, conversation),
    };
    Outcome {
        holds: holds(
            language::judge_rest(conversation, |turn| english[turn]),
            second_look::inspect_around(&clean, &surrogates),
            policy.is_too_risky(risk),
        ),
        clean,
        findings,
        suspicions,
        risk,
    }
}

/// Where values drawn at random stand in a clean turn.
fn surrogates(policy: &Policy, turn: &Rewritten) -> Vec<Range<usize>> {
    let drawn = |f: &CleanFinding| policy.operator(f.category) == Operator::Surrogate;
    let findings = turn.findings().into_iter().filter(drawn);
    findings.map(|f| f.start as usize..f.end as usize).collect()
}

/// Why a conversation is held back. The language comes first, since it is the
/// first that is counted: of a text that cannot be judged the others tell little.
fn holds(
    language: language::Verdict,
    residues: Vec<HoldReason>,
    is_too_risky: bool,
) -> Vec<HoldReason> {
    let foreign = language == language::Verdict::Unsupported;
    let mut holds = Vec::from_iter(foreign.then_some(HoldReason::Language));
    holds.extend(residues);
    holds.extend(is_too_risky.then_some(HoldReason::Risk));
    holds
}

fn clean_turn(
    raw: &RawTurn,
    rewritten: Rewritten,
    list: Option<fn(&Rewritten) -> Vec<CleanFinding>>,
) -> CleanTurn {
    CleanTurn {
        role: raw.role,
        kind: raw.kind,
        start_ms: raw.start_ms.map(|ms| rounded(ms, 500)),
        end_ms: raw.end_ms.map(|ms| rounded(ms, 500)),
        confidence: raw.confidence,
        findings: list.map(|list| list(&rewritten)),
        text: rewritten.into_clean(),
    }
}

/// The nearest multiple of `unit`, halves upwards.
const fn rounded(value: i64, unit: i64) -> i64 {
    value
        .saturating_add(unit / 2)
        .div_euclid(unit)
        .saturating_mul(unit)
}

/// From the start of the conversation to the end of what was last said, in
/// seconds, rounded to 10.
fn duration_s(turns: &[RawTurn]) -> Option<i64> {
    let last = turns.iter().filter_map(|t| t.end_ms.or(t.start_ms)).max()?;
    Some(rounded(last, 10_000) / 1000)
}

fn counts(findings: &[Finding]) -> BTreeMap<Category, u32> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry(finding.category).or_insert(0) += 1;
    }
    counts
}
