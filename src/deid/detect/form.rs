//! Reads forms (patterns, cues with their values, shapes) twice: as they are
//! written, and as one would write what was said in words.

use std::ops::Range;

use crate::deid::document::{DocTurn, Document};
use crate::deid::finding::{Finding, Strength};
use crate::deid::lexicon::{Classes, Matter, Reading};
use crate::deid::spoken::Dialogue;
use crate::deid::word::words;
use crate::domain::Category;

use super::Detector;
use super::cue::CueDetector;
use super::dotted;
use super::exam;
use super::expect::{quantity, talk};
use super::field;
use super::measures::is_charted;
use super::pattern::PatternDetector;
use super::shape::{self, ShapeDetector};

/// Finds identifiers by their form and by what is said around them.
#[derive(Debug)]
pub(crate) struct FormDetector {
    patterns: PatternDetector,
    cues: CueDetector,
}

impl FormDetector {
    pub(crate) fn new() -> Self {
        Self {
            patterns: PatternDetector::new(),
            cues: CueDetector::new(),
        }
    }

    /// What is known by its form in `document`, whose turns [`Dialogue::place`]
    /// may have to lead back.
    fn shapes(&self, document: &Document<'_>, out: &mut Vec<Finding>) {
        self.patterns.detect(document, out);
        dotted::detect(document, out);
        ShapeDetector.detect(document, out);
    }

    /// What only the written views show; cues are read over the whole
    /// dialogue, since a question and its answer may differ in form.
    fn spoken(&self, reading: &Reading<'_>, spoken: &Dialogue, out: &mut Vec<Finding>) {
        let document = reading.document;
        let written = spoken.document(document);
        let from = out.len();
        self.shapes(&written, out);
        spoken.place(&mut out[from..]);
        drop_quantities(document, from, out);
        let from = out.len();
        let turns = spoken.turns(document, &written);
        let views: Vec<usize> = spoken.indices().collect();
        let is_view = |at: usize| views.binary_search(&at).is_ok();
        let touches = |at: usize, classes| is_view(at) || reading.turns[at].has(classes);
        self.cues.converse(reading, &turns, touches, out);
        spoken.unfold(&mut out[from..]);
        for index in spoken.indices().filter(|i| document.turns[*i].fresh) {
            self.cues.announced_in(index, &document.turns[index], out);
        }
        let codes = spoken.codes().map(said);
        let asked = |found: &Finding| {
            found.category == Category::OtherId && quantity::is_answered(document, found.turn)
        };
        out.extend(codes.filter(|found| !asked(found)));
    }
}

impl Detector for FormDetector {
    fn detect(&self, reading: &Reading<'_>, out: &mut Vec<Finding>) {
        let document = reading.document;
        let from = out.len();
        self.shapes(document, out);
        drop_quantities(document, from, out);
        field::detect(reading, out);
        let spoken = read_aloud(reading);
        if spoken.is_empty() {
            let turns: Vec<&DocTurn<'_>> = document.turns.iter().collect();
            let touches = |at: usize, classes| reading.turns[at].has(classes);
            self.cues.converse(reading, &turns, touches, out);
        } else {
            self.spoken(reading, &spoken, out);
        }
        // What was answered and announced is read back in other forms.
        talk::read(reading, out);
        drop_from(from, out, |found| is_sum(document, found));
        exam::drop_spelled_drugs(reading, from, out);
        exam::drop_tests(document, from, out);
    }
}

/// Drops of what was found from `from` on the numbers that are suspected only
/// for want of other words, where a quantity was asked for or a chart is read.
fn drop_quantities(document: &Document<'_>, from: usize, out: &mut Vec<Finding>) {
    let is_quantity = |found: &Finding| {
        found.detector == "shape"
            && (matches!(found.rule, shape::ALONE | shape::BESIDE)
                && (quantity::is_answered(document, found.turn)
                    || is_decimal(&document.turns[found.turn], &found.span)
                        && !quantity::is_identified(document, found.turn))
                || is_charted(&document.turns[found.turn], &found.span))
    };
    drop_from(from, out, is_quantity);
}

/// Drops of what was found from `from` on all that `is_dropped`.
pub(super) fn drop_from(
    from: usize,
    out: &mut Vec<Finding>,
    is_dropped: impl Fn(&Finding) -> bool,
) {
    let mut at = 0;
    out.retain(|found| {
        at += 1;
        at <= from || !is_dropped(found)
    });
}

/// Whether `found`, a number, is said as people say sums and never codes: `four
/// hundred and sixty`.
fn is_sum(document: &Document<'_>, found: &Finding) -> bool {
    let coded = matches!(
        found.category,
        Category::Account
            | Category::HealthPlan
            | Category::License
            | Category::MedicalRecord
            | Category::OtherId
            | Category::Ssn
    );
    let scaled = |words: &[u8]| words == b"hundred and " || words == b"thousand and";
    const LONGEST: usize = 12;
    let said = &document.turns[found.turn].text[found.span.clone()];
    coded
        && found.strength <= Strength::Cued
        && said.len() > LONGEST
        && said.as_bytes().windows(LONGEST).any(scaled)
}

/// Whether `span` of `turn` is one number of few digits with one place after its
/// point, said or written: `two thirty four point six`.
fn is_decimal(turn: &DocTurn<'_>, span: &Range<usize>) -> bool {
    const MOST: usize = 3;
    let text = &turn.text[span.clone()];
    let written = |(whole, part): (&str, &str)| {
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        (1..=MOST).contains(&whole.len()) && digits(whole) && part.len() == 1 && digits(part)
    };
    let tokens = turn.tokens_of(span);
    let said = tokens.end >= tokens.start + 3
        && turn.is_of(tokens.end - 2, words!["point"])
        && !tokens
            .clone()
            .rev()
            .skip(2)
            .any(|i| turn.is_of(i, words!["point"]));
    text.split_once('.').is_some_and(written) || said
}

/// The views of the turns of `reading`.
fn read_aloud(reading: &Reading<'_>) -> Dialogue {
    let says = |at: usize| {
        let turn = &reading.turns[at];
        turn.has(Classes::SAID) && !turn.lacks(Matter::View)
    };
    let spoken = Dialogue::of(reading.document, says);
    {
        let mut views = spoken.indices().peekable();
        let turns = reading.turns.iter().enumerate();
        let unsaid = turns.filter(|(at, _)| views.next_if_eq(at).is_none());
        unsaid.for_each(|(_, turn)| turn.note_lack(Matter::View));
    }
    spoken
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
