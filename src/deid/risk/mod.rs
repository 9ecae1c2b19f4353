//! How probable it is that an identifier remains in a clean conversation.
//!
//! ```text
//! what the model doubts ─▶ signs (the word, what is around it) ─▶ how probably it was missed
//!                       ─▶ how many are missed, as expected     ─▶ that any is: the risk
//! ```
//!
//! The weights are fitted by `leeward train --risk`, and calibrated on what the
//! engine really misses.

mod around;
mod signs;
mod slots;
#[cfg(test)]
mod tests;
mod weights;

use std::ops::Range;

use super::finding::Finding;
use super::lexicon::Reading;
use super::model::Doubt;

pub(crate) use signs::{Sign, Signs, is_one_sided};
pub use weights::{RiskError, RiskWeights};

use around::Surroundings;

/// A word of the raw text that is left and may be an identifier. It holds no
/// text.
#[derive(Debug, Clone, PartialEq)]
pub struct Suspicion {
    /// The turn's index in the conversation.
    pub turn: usize,
    /// Bytes of the turn's text, on character boundaries.
    pub span: Range<usize>,
    /// How probably it is one, 0 to 1, before all of them are calibrated.
    pub probability: f32,
    /// What speaks for and against it.
    pub(crate) signs: Signs,
}

impl Suspicion {
    /// What was seen of the word, in words.
    pub fn reasons(&self) -> impl Iterator<Item = &'static str> {
        self.signs.numbers().map(|number| Sign::ALL[number].1)
    }
}

/// What of `doubts` none of `findings` covers; both are in order, and findings
/// do not overlap. `confidence` is the recogniser's, by turn.
pub(super) fn suspicions(
    weights: &RiskWeights,
    reading: &Reading<'_>,
    confidence: impl Fn(usize) -> Option<f32>,
    doubts: &[Doubt],
    findings: &[Finding],
) -> Vec<Suspicion> {
    let one_sided = is_one_sided(reading.turns.iter().map(|turn| turn.turn.role));
    let mut room = Vec::new();
    let mut out = Vec::new();
    for doubts in doubts.chunk_by(|a, b| a.turn == b.turn) {
        let at = doubts[0].turn;
        let turn = &reading.turns[at];
        let around = Surroundings::new(turn, at, findings, room);
        for doubt in doubts.iter().filter(|d| !around.is_found(d.token)) {
            let mut signs = around.signs(doubt, confidence(at));
            signs.put(Sign::OneSided, one_sided);
            signs.put(Sign::PieceAlone, one_sided && signs.has(Sign::NumberAlone));
            out.push(Suspicion {
                turn: at,
                span: turn.turn.tokens[doubt.token].span.clone(),
                probability: weights.probability(signs),
                signs,
            });
        }
        room = around.into_room();
    }
    out
}
