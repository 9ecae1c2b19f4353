//! What the engine leaves in labelled conversations: as it is, to calibrate on,
//! and with rules failing at random, to learn from. It fails too seldom by
//! itself to be learnt from; a missed identifier looks the same whoever missed
//! it.

use std::ops::Range;

use crate::deid::{Engine, Finding, Policy, Sign, Suspicion, deidentify};
use crate::domain::{Entropy, Role};
use crate::evaluate::corpus::{LabelType, Labelled};
use crate::evaluate::predictions;
use crate::evaluate::score::{By, Faults, Score};

use super::holes::with_holes;
use super::{Kind, Observation};

/// Copies of each conversation in which rules fail: of the whole, of the
/// caller's turns alone, and with words that were not understood.
const WHOLE: usize = 4;
const ONE_SIDE: usize = 2;
const HOLES: usize = 2;

/// What is left in `labelled` as the engine is.
pub(super) fn as_it_is(engine: &Engine, labelled: &Labelled) -> Observation {
    let mut entropy = Entropy::from_u64(0);
    let outcome = deidentify(engine, &Policy::safe_harbor(), &labelled.raw, &mut entropy);
    observation(Kind::Real, labelled, &outcome.findings, &outcome.suspicions)
}

/// What is left in `labelled` where rules fail at random.
pub(super) fn failing(
    engine: &Engine,
    labelled: &Labelled,
    entropy: &mut Entropy,
) -> Vec<Observation> {
    let mut copies = vec![labelled.clone(); WHOLE];
    copies.extend(std::iter::repeat_n(one_side(labelled), ONE_SIDE));
    copies.extend((0..HOLES).map(|_| with_holes(labelled, entropy)));
    let observed = copies.iter().map(|copy| {
        let (found, left) = engine.fail(&copy.raw, |findings| lose(copy, findings, entropy));
        observation(Kind::Failing, copy, &found, &left)
    });
    observed.collect()
}

fn observation(
    kind: Kind,
    labelled: &Labelled,
    findings: &[Finding],
    left: &[Suspicion],
) -> Observation {
    let faults = Score::default().add(labelled, &predictions(findings), By::Type, false);
    let words = left.iter().filter(|s| !is_year_of_date(labelled, s));
    Observation {
        kind,
        findings: findings.len(),
        leaks: !faults.leaks.is_empty(),
        words: words.map(|s| (s.signs, is_missed(&faults, s))).collect(),
    }
}

fn is_missed(faults: &Faults, left: &Suspicion) -> bool {
    let mut leaks = faults.leaks.iter().filter(|leak| leak.turn == left.turn);
    leaks.any(|leak| leak.left.iter().any(|byte| left.span.contains(byte)))
}

/// Whether `left` is the year of a labelled date: it may stay, though the label
/// holds it.
fn is_year_of_date(labelled: &Labelled, left: &Suspicion) -> bool {
    let mut labels = labelled.labels.iter().filter(|l| l.turn == left.turn);
    left.signs.has(Sign::Year)
        && labels.any(|label| {
            label.label == LabelType::Date
                && label.span.start < left.span.end
                && left.span.start < label.span.end
        })
}

/// `labelled` with the caller's turns and no others.
fn one_side(labelled: &Labelled) -> Labelled {
    let mut side = labelled.clone();
    let is_caller = |turn: usize| labelled.raw.turns[turn].role == Role::User;
    side.raw.turns.retain(|turn| turn.role == Role::User);
    side.labels.retain(|label| is_caller(label.turn));
    for label in &mut side.labels {
        label.turn = (0..label.turn).filter(|turn| is_caller(*turn)).count();
    }
    side
}

/// Loses some of `findings`: of each place one in five altogether, and one in
/// five at its first or last word.
fn lose(labelled: &Labelled, findings: &mut Vec<Finding>, entropy: &mut Entropy) {
    findings.sort_by_key(|f| (f.turn, f.span.start));
    let mut kept = Vec::with_capacity(findings.len());
    for place in places(findings) {
        let turn = place[0].turn;
        let end = place.iter().map(|f| f.span.end).max().unwrap_or_default();
        let all = place[0].span.start..end;
        let stays = remainder(labelled.text(turn), all, entropy);
        for finding in place {
            let span = finding.span.start.max(stays.start)..finding.span.end.min(stays.end);
            if span.start < span.end {
                kept.push(Finding {
                    span,
                    ..finding.clone()
                });
            }
        }
    }
    *findings = kept;
}

/// Findings that overlap, together; they are in order of their starts.
fn places(findings: &[Finding]) -> Vec<&[Finding]> {
    let mut out = Vec::new();
    let (mut first, mut end) = (0, 0);
    for (i, finding) in findings.iter().enumerate() {
        if i > first && (finding.turn != findings[first].turn || finding.span.start >= end) {
            out.push(&findings[first..i]);
            first = i;
            end = 0;
        }
        end = end.max(finding.span.end);
    }
    out.extend((first < findings.len()).then(|| &findings[first..]));
    out
}

/// What is still found of `all`.
fn remainder(text: &str, all: Range<usize>, entropy: &mut Entropy) -> Range<usize> {
    let said = &text[all.clone()];
    match entropy.below(10) {
        0 | 1 => all.start..all.start,
        2 => match said.find(' ') {
            Some(space) => all.start + space..all.end,
            None => all,
        },
        3 => match said.rfind(' ') {
            Some(space) => all.start..all.start + space,
            None => all,
        },
        _ => all,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::tests::ENGINE;

    const LINE: &str = r#"{"id": "c", "source": "s", "channel": "chat", "gold": "full",
        "types": ["NAME", "PHONE"], "turns": [
        {"speaker": "agent", "text": "your name?"},
        {"speaker": "customer", "text": "my name is jane doe, call 212 555 0143"}],
        "spans": [{"turn": 1, "start": 11, "end": 19, "type": "NAME"},
        {"turn": 1, "start": 26, "end": 38, "type": "PHONE"}]}"#;

    fn labelled() -> Labelled {
        Labelled::parse(&LINE.replace('\n', " ")).expect("a conversation")
    }

    #[test]
    fn nothing_is_missed_that_is_found() {
        let seen = as_it_is(&ENGINE, &labelled());
        assert!(!seen.leaks && seen.findings >= 2);
        assert!(seen.words.iter().all(|(_, missed)| !missed));
    }

    #[test]
    fn failing_rules_miss_what_is_labelled_and_the_same_for_a_seed() {
        let rules = Engine::without_model();
        let run = || {
            let mut entropy = Entropy::from_u64(3);
            let again = std::iter::repeat_with(|| failing(&rules, &labelled(), &mut entropy));
            again.take(8).flatten().collect::<Vec<_>>()
        };
        let seen = run();
        assert_eq!(seen.len(), 8 * (WHOLE + ONE_SIDE + HOLES));
        assert!(seen.iter().any(|o| o.leaks) && seen.iter().any(|o| !o.leaks));
        assert_eq!(seen, run());
    }

    #[test]
    fn one_side_keeps_its_labels() {
        let side = one_side(&labelled());
        assert_eq!(side.raw.turns.len(), 1);
        assert_eq!(side.labels.len(), 2);
        assert_eq!(&side.text(0)[side.labels[0].span.clone()], "jane doe");
    }
}
