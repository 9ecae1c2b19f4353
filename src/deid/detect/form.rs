//! Reads forms (patterns, cues with their values, shapes) twice: as they are
//! written, and as one would write what was said in words.

use std::ops::Range;

use crate::deid::document::{DocTurn, Document};
use crate::deid::finding::{Finding, Strength};
use crate::deid::lexicon::Reading;
use crate::deid::spoken::Dialogue;
use crate::domain::Category;

use super::Detector;
use super::cue::CueDetector;
use super::expect::talk::Talk;
use super::pattern::PatternDetector;
use super::prefilter::{Builder, Prefilter, Present};
use super::shape::ShapeDetector;

/// Finds identifiers by their form and by what is said around them.
#[derive(Debug)]
pub(crate) struct FormDetector {
    prefilter: Prefilter,
    talk: Talk,
    patterns: PatternDetector,
    cues: CueDetector,
}

impl FormDetector {
    pub(crate) fn new() -> Self {
        let mut prefilter = Builder::default();
        Self {
            patterns: PatternDetector::new(&mut prefilter),
            talk: Talk::new(&mut prefilter),
            cues: CueDetector::new(),
            prefilter: prefilter.build(),
        }
    }

    /// Patterns and shapes of the fresh turns of `document`; `present` says
    /// what words each turn holds.
    fn shapes(&self, document: &Document<'_>, present: &[Present], out: &mut Vec<Finding>) {
        let turns = document.turns.iter().enumerate().zip(present);
        for ((index, turn), present) in turns.filter(|((_, turn), _)| turn.fresh) {
            self.patterns
                .detect(index, turn, present, document.year, out);
        }
        ShapeDetector.detect(document, out);
    }

    fn scan(&self, document: &Document<'_>) -> Vec<Present> {
        let turns = document.turns.iter();
        turns.map(|turn| self.prefilter.scan(turn.text)).collect()
    }

    /// What only the written views show; cues are read over the whole
    /// dialogue, since a question and its answer may differ in form.
    fn spoken(&self, document: &Document<'_>, spoken: &Dialogue, out: &mut Vec<Finding>) {
        let written = spoken.document(document);
        let from = out.len();
        self.shapes(&written, &self.scan(&written), out);
        spoken.place(&mut out[from..]);
        let from = out.len();
        self.cues.converse(&spoken.turns(document, &written), out);
        spoken.unfold(&mut out[from..]);
        for index in spoken.indices().filter(|i| document.turns[*i].fresh) {
            self.cues.announced_in(index, &document.turns[index], out);
        }
        out.extend(spoken.codes().map(said));
    }
}

impl Detector for FormDetector {
    fn detect(&self, reading: &Reading<'_>, out: &mut Vec<Finding>) {
        let document = reading.document;
        let present = self.scan(document);
        self.shapes(document, &present, out);
        self.talk.read(document, &present, out);
        let spoken = Dialogue::of(document);
        if spoken.is_empty() {
            let turns: Vec<&DocTurn<'_>> = document.turns.iter().collect();
            self.cues.converse(&turns, out);
        } else {
            self.spoken(document, &spoken, out);
        }
    }
}

/// A code or a handle that is known by how it is said.
fn said((turn, span, category): (usize, Range<usize>, Category)) -> Finding {
    Finding {
        turn,
        span,
        category,
        detector: "spoken",
        rule: "one-by-one",
        strength: Strength::Likely,
        confidence: 0.8,
    }
}
