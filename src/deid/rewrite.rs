//! The rewriter: raw text and findings in, clean text out. The only place that
//! builds clean text from a conversation's turns.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::domain::{Category, Entropy};

use super::clean::{CleanFinding, CleanText};
use super::document::{BLANK, Replaced};
use super::finding::Finding;
use super::generalize::generalize;
use super::placeholder::{ECHO, Numbers, REDACTED, identity};
use super::policy::{Operator, Policy};
use super::surrogate::Surrogates;

/// Bytes of a placeholder, or more.
const PLACEHOLDER: usize = 16;

/// One turn, rewritten.
#[derive(Debug, Default)]
pub(super) struct Rewritten {
    text: String,
    /// `text` as detectors may read it again: opaque replacements blanked. None
    /// where nothing is.
    view: Option<String>,
    pieces: Vec<Piece>,
}

/// A replacement.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// Bytes of the raw turn.
    pub(super) raw: Range<usize>,
    /// Bytes of the clean turn.
    pub(super) clean: Range<usize>,
    /// What was replaced.
    pub(super) category: Category,
    /// It says something general of the original (a year, three digits), which
    /// might read as an identifier again beside what follows it.
    pub(super) general: bool,
    /// It was a placeholder of the input.
    pub(super) echo: bool,
}

impl Rewritten {
    /// What detectors may read of the clean text.
    pub(super) fn view(&self) -> &str {
        self.view.as_ref().unwrap_or(&self.text)
    }

    /// What its placeholders say they stand for; a general form is none.
    pub(super) fn replaced(&self) -> Replaced {
        let mut replaced = Replaced::NOTHING;
        let tells = |p: &&Piece| !p.general && self.text[p.clean.clone()] != *REDACTED;
        let telling = self.pieces.iter().filter(tells);
        telling.for_each(|piece| replaced.add(piece.category));
        replaced
    }

    /// The replacements, in order.
    pub(super) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The clean text.
    pub(super) fn into_clean(self) -> CleanText {
        CleanText::rewritten(self.text)
    }

    /// Where replacements stand in the clean text.
    pub(super) fn findings(&self) -> Vec<CleanFinding> {
        listed(self.pieces.iter().filter(|piece| !piece.echo))
    }

    /// The same with the placeholders that stood in the input.
    pub(super) fn findings_and_echoes(&self) -> Vec<CleanFinding> {
        listed(self.pieces.iter())
    }

    /// Appends `replacement`, and what of it is seen to `view`.
    fn push(&mut self, replacement: &str, finding: &Finding, general: bool, view: &mut String) {
        let start = self.text.len();
        self.text.push_str(replacement);
        if general {
            view.push_str(replacement);
        } else {
            view.extend(replacement.bytes().map(|_| BLANK));
        }
        self.pieces.push(Piece {
            raw: finding.span.clone(),
            clean: start..self.text.len(),
            category: finding.category,
            general,
            echo: finding.detector == ECHO,
        });
    }
}

/// `pieces` as they are listed.
fn listed<'a>(pieces: impl Iterator<Item = &'a Piece>) -> Vec<CleanFinding> {
    let finding = |piece: &Piece| {
        Some(CleanFinding {
            category: piece.category,
            start: u32::try_from(piece.clean.start).ok()?,
            end: u32::try_from(piece.clean.end).ok()?,
        })
    };
    pieces.filter_map(finding).collect()
}

/// What applies to a whole conversation.
pub(super) struct Rewriter<'a> {
    pub(super) policy: &'a Policy,
    /// The year in which the conversation began.
    pub(super) year: Option<i16>,
    /// Turn and first byte of findings of which nothing general may be said.
    pub(super) opaque: &'a BTreeSet<(usize, usize)>,
    numbers: Numbers,
    surrogates: Surrogates,
    entropy: Entropy,
}

impl<'a> Rewriter<'a> {
    pub(super) fn new(
        policy: &'a Policy,
        year: Option<i16>,
        opaque: &'a BTreeSet<(usize, usize)>,
        entropy: Entropy,
    ) -> Self {
        Self {
            policy,
            year,
            opaque,
            numbers: Numbers::default(),
            surrogates: Surrogates::default(),
            entropy,
        }
    }

    /// Rewrites one turn over its `findings`, which are in order and do not
    /// overlap. `view` is `raw` as detectors saw it.
    pub(super) fn rewrite(&mut self, raw: &str, view: &str, findings: &[Finding]) -> Rewritten {
        if findings.is_empty() && raw == view {
            return Rewritten {
                text: raw.to_owned(),
                ..Rewritten::default()
            };
        }
        let room = raw.len() + PLACEHOLDER * findings.len();
        let mut out = Rewritten {
            text: String::with_capacity(room),
            view: None,
            pieces: Vec::with_capacity(findings.len()),
        };
        let mut seen = String::with_capacity(room);
        let mut at = 0;
        for finding in findings {
            let kept = at..finding.span.start;
            out.text.push_str(&raw[kept.clone()]);
            seen.push_str(&view[kept]);
            let (replacement, general) = self.operate(finding, &raw[finding.span.clone()]);
            out.push(&replacement, finding, general, &mut seen);
            at = finding.span.end;
        }
        out.text.push_str(&raw[at..]);
        seen.push_str(&view[at..]);
        out.view = Some(seen);
        out
    }

    /// The replacement of `finding`, and whether it is a general form.
    fn operate(&mut self, finding: &Finding, text: &str) -> (String, bool) {
        let category = finding.category;
        match self.policy.operator(category) {
            Operator::Redact => (REDACTED.to_owned(), false),
            Operator::Placeholder => (self.placeholder(finding, text), false),
            Operator::Surrogate => {
                let key = identity(category, finding, text);
                let drawn = self
                    .surrogates
                    .surrogate(category, key, text, &mut self.entropy);
                (drawn, false)
            }
            Operator::Generalize => match self.general(finding, text) {
                Some(general) => (general, true),
                None => (self.placeholder(finding, text), false),
            },
        }
    }

    fn placeholder(&mut self, finding: &Finding, text: &str) -> String {
        let key = identity(finding.category, finding, text);
        self.numbers.placeholder(finding.category, key)
    }

    fn general(&self, finding: &Finding, text: &str) -> Option<String> {
        let here = (finding.turn, finding.span.start)..(finding.turn, finding.span.end);
        if finding.detector == ECHO || self.opaque.range(here).next().is_some() {
            return None;
        }
        generalize(finding.category, text, self.year)
    }
}
