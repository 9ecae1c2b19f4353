//! Rewrites until nothing is left to find: what a rewriting brings together
//! may read as an identifier that was none before (a year beside a number), so
//! the clean text is read again, and what is found there is found in the raw
//! text too. It makes the output a fixed point of the engine.

use std::collections::BTreeSet;

use crate::domain::Entropy;

use super::finding::Finding;
use super::generalize::generalize;
use super::input::Input;
use super::lexicon::{ReadTurn, Reading};
use super::placeholder::ECHO;
use super::policy::{Operator, Policy};
use super::rewrite::{Piece, Rewriter, Rewritten};
use super::risk::{self, Suspicion};
use super::{Detected, Engine};

/// A conversation, rewritten.
pub(super) struct Settled {
    /// Its turns, in order.
    pub(super) turns: Vec<Rewritten>,
    /// What was found in the raw text, in order, not overlapping; without the
    /// placeholders that stood there.
    pub(super) findings: Vec<Finding>,
    /// What is left and might be an identifier.
    pub(super) suspicions: Vec<Suspicion>,
    /// Of each turn, whether all its words are English.
    pub(super) english: Vec<bool>,
}

/// How often the text is read at most. Each reading covers more of the raw text
/// or says less of it; in practice the second finds nothing. The longest chains
/// known are of one word said again and again after a cue, which sees as far as
/// two dozen tokens.
const READINGS: usize = 32;

/// Finds and rewrites until the clean text reads clean.
pub(super) fn settle(
    engine: &Engine,
    policy: &Policy,
    input: &Input<'_>,
    entropy: &mut Entropy,
) -> Settled {
    let draws = entropy.fork();
    let document = input.document();
    let first = Reading::new(&document, &engine.lexicon);
    let Detected { findings, doubts } = engine.detect(&first);
    let found_in = turns_with(&findings, document.turns.len());
    let mut findings = input.with_echoes(input.admitted(policy, findings));
    let mut opaque = BTreeSet::new();
    let mut reading = 1;
    loop {
        let mut rewriter = Rewriter::new(policy, input.conversation.year, &opaque, draws.clone());
        let turns = rewrite_all(&mut rewriter, input, &findings);
        reading += 1;
        let more = if findings.is_empty() || reading > READINGS {
            News::default()
        } else {
            reread(engine, policy, &first, &found_in, &turns)
        };
        if more.is_nothing() {
            findings.retain(|f| f.detector != ECHO);
            let confidence = |turn: usize| input.conversation.turns[turn].confidence;
            let suspicions = risk::suspicions(&engine.risk, &first, confidence, &doubts, &findings);
            return Settled {
                turns,
                findings,
                suspicions,
                english: first.turns.iter().map(ReadTurn::is_english).collect(),
            };
        }
        opaque.extend(more.opaque);
        findings.extend(more.findings);
        findings = input.resolve(findings);
    }
}

/// Whether one of `findings` lies in each of `turns` turns.
fn turns_with(findings: &[Finding], turns: usize) -> Vec<bool> {
    let mut found = vec![false; turns];
    findings.iter().for_each(|f| found[f.turn] = true);
    found
}

fn rewrite_all(
    rewriter: &mut Rewriter<'_>,
    input: &Input<'_>,
    findings: &[Finding],
) -> Vec<Rewritten> {
    let mut rest = findings;
    (0..input.conversation.turns.len())
        .map(|turn| {
            let here = rest.partition_point(|f| f.turn <= turn);
            let (now, later) = rest.split_at(here);
            rest = later;
            rewriter.rewrite(input.raw(turn), input.view(turn), now)
        })
        .collect()
}

/// What a second reading finds.
#[derive(Default)]
struct News {
    /// In text that was kept: findings in the raw text.
    findings: Vec<Finding>,
    /// In general forms: turn and first raw byte of those that may say nothing.
    opaque: Vec<(usize, usize)>,
}

impl News {
    fn is_nothing(&self) -> bool {
        self.findings.is_empty() && self.opaque.is_empty()
    }
}

/// Reads the rewritten `turns`. Those that are as they were in the `first`
/// reading, which found nothing in them, are read for what the others make of
/// them only.
fn reread(
    engine: &Engine,
    policy: &Policy,
    first: &Reading<'_>,
    found_in: &[bool],
    turns: &[Rewritten],
) -> News {
    let changed: Vec<bool> = found_in
        .iter()
        .zip(turns)
        .map(|(found, turn)| *found || !turn.pieces().is_empty())
        .collect();
    let views = turns.iter().map(|turn| (turn.view(), turn.replaced()));
    let document = first.document.rewritten(views, &changed);
    let found = engine.detect(&Reading::again(&document, first)).findings;
    let mut news = News::default();
    for finding in found {
        if let Some(turn) = turns.get(finding.turn)
            && policy.admits(
                &finding,
                turn.view().get(finding.span.clone()).unwrap_or_default(),
            )
            && !is_settled(policy, document.year, &finding, turn.view())
        {
            place(&finding, turn.pieces(), &mut news);
        }
    }
    news
}

/// Whether the engine would write what already stands there.
fn is_settled(policy: &Policy, year: Option<i16>, finding: &Finding, view: &str) -> bool {
    let Some(text) = view.get(finding.span.clone()) else {
        return true;
    };
    policy.operator(finding.category) == Operator::Generalize
        && generalize(finding.category, text, year).is_some_and(|general| general == text)
}

/// Takes a finding of the clean text back to the raw text: a general form that
/// it touches becomes opaque; otherwise what it covers of the kept text is found.
fn place(finding: &Finding, pieces: &[Piece], news: &mut News) {
    let first = pieces.partition_point(|p| p.clean.end <= finding.span.start);
    let touched: Vec<&Piece> = pieces[first..]
        .iter()
        .take_while(|p| p.clean.start < finding.span.end)
        .collect();
    if touched.iter().any(|p| p.general) {
        let general = touched.iter().filter(|p| p.general);
        news.opaque
            .extend(general.map(|p| (finding.turn, p.raw.start)));
        return;
    }
    let before = first.checked_sub(1).map(|i| &pieces[i]);
    let mut shift = before.map_or((0, 0), |p| (p.raw.end, p.clean.end));
    let mut at = finding.span.start;
    for piece in touched {
        push_kept(finding, at..piece.clean.start, shift, news);
        shift = (piece.raw.end, piece.clean.end);
        at = piece.clean.end;
    }
    push_kept(finding, at..finding.span.end, shift, news);
}

/// Adds the part `clean` of `finding` at its place in the raw text; `shift` is
/// where the kept text around it begins, raw and clean.
fn push_kept(
    finding: &Finding,
    clean: std::ops::Range<usize>,
    (raw, from): (usize, usize),
    news: &mut News,
) {
    if clean.start < clean.end {
        news.findings.push(Finding {
            span: raw + (clean.start - from)..raw + (clean.end - from),
            ..finding.clone()
        });
    }
}
