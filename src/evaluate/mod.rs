//! How well the engine finds, measured on labelled conversations.
//!
//! ```text
//! corpus (a line → a labelled conversation) ─▶ the engine ─▶ predictions ─▶ score ─▶ report
//! ```

pub mod corpus;
pub mod disputed;
pub mod floor;
mod form;
pub mod generate;
pub mod interval;
pub mod marked;
pub mod quote;
pub mod report;
pub mod score;
pub mod stopped;
pub mod yields;

use std::collections::BTreeMap;

use crate::deid::{Engine, Finding, HoldReason, Policy, deidentify};
use crate::domain::Entropy;

use corpus::{LabelType, Labelled};
use interval::Proportion;
use score::{By, Faults, Prediction, Score};
use stopped::Stopped;
use yields::Curve;

/// What the engine made of one labelled conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// What it found, as a scorer reads it.
    pub predictions: Vec<Prediction>,
    /// The same findings, one to one.
    pub findings: Vec<Finding>,
    /// It would be held back rather than released.
    pub held: bool,
    /// How probable the engine takes it that an identifier remains.
    pub risk: f32,
    /// The second look would hold it back.
    pub stopped: bool,
    /// The language gate would hold it back.
    pub foreign: bool,
}

/// De-identifies `labelled` under the `safe-harbor` preset.
#[must_use]
pub fn judge(engine: &Engine, labelled: &Labelled) -> Judged {
    let mut entropy = Entropy::from_u64(0);
    let outcome = deidentify(engine, &Policy::safe_harbor(), &labelled.raw, &mut entropy);
    Judged {
        predictions: predictions(&outcome.findings),
        held: !outcome.holds.is_empty(),
        risk: outcome.risk,
        stopped: outcome
            .holds
            .iter()
            .any(|hold| matches!(hold, HoldReason::Residue { .. })),
        foreign: outcome.holds.contains(&HoldReason::Language),
        findings: outcome.findings,
    }
}

/// `findings` as a scorer reads them.
pub(crate) fn predictions(findings: &[Finding]) -> Vec<Prediction> {
    findings.iter().map(prediction).collect()
}

fn prediction(finding: &Finding) -> Prediction {
    Prediction {
        turn: finding.turn,
        span: finding.span.clone(),
        label: LabelType::of(finding.category),
    }
}

/// What the engine is worth on one corpus.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Evaluation {
    /// Every conversation, released or not.
    pub score: Score,
    /// Of all conversations, how many would be released.
    pub released: Proportion,
    /// Of those released, how many leak.
    pub released_leaking: Proportion,
    /// How much may be released at which risk.
    pub curve: Curve,
    /// What the second look stops.
    pub stopped: Stopped,
    /// What it stops where one layer of the engine is off, by the layer.
    pub without: BTreeMap<String, Stopped>,
    /// Of all conversations, how many the language gate holds back.
    pub foreign: Proportion,
}

impl Evaluation {
    /// Adds a conversation, and gives what is wrong with it.
    pub fn add(&mut self, labelled: &Labelled, judged: &Judged, by: By, strict: bool) -> Faults {
        let faults = self.score.add(labelled, &judged.predictions, by, strict);
        self.released.count(!judged.held);
        self.curve
            .add(judged.held, judged.risk, !faults.leaks.is_empty());
        self.stopped.add(labelled, &faults, judged.stopped, true);
        self.foreign.count(judged.foreign);
        if !judged.held {
            self.released_leaking.count(!faults.leaks.is_empty());
        }
        faults
    }

    /// Adds what became of a conversation where `layer` was off; `whole` is what
    /// the whole engine made of it.
    pub fn add_without(
        &mut self,
        layer: &str,
        labelled: &Labelled,
        whole: &Judged,
        judged: &Judged,
    ) {
        let faults = Score::default().add(labelled, &judged.predictions, By::Type, false);
        let places = |judged: &Judged| -> Vec<_> {
            let found = judged.findings.iter();
            found.map(|f| (f.turn, f.span.clone())).collect()
        };
        let stopped = self.without.entry(layer.to_owned()).or_default();
        stopped.add(
            labelled,
            &faults,
            judged.stopped,
            places(whole) == places(judged),
        );
    }
}
