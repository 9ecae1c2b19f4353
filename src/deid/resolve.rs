//! Overlaps: every covered character ends in exactly one finding, and none
//! that was covered is let go.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::ops::Range;

use super::finding::Finding;

/// Resolves overlaps in `findings` over turns of the given `texts`.
///
/// At each character the greatest finding by [`rank`] owns it; what a loser
/// covers beyond it stays a finding of its own, and scraps without a letter or
/// digit join their neighbour. The result is in order and does not overlap, and
/// its union equals that of the input. Findings that are empty, outside their
/// turn or off character boundaries are dropped: they cover nothing.
///
/// O(n log n) in the number of findings.
pub(super) fn resolve(mut findings: Vec<Finding>, texts: &[&str]) -> Vec<Finding> {
    findings.retain(|f| is_inside(f, texts));
    findings.sort_by_key(|f| (f.turn, f.span.start));
    let mut out = Vec::with_capacity(findings.len());
    let mut from = 0;
    while from < findings.len() {
        let to = cluster_end(&findings, from);
        let text = texts[findings[from].turn];
        if to - from == 1 {
            out.push(findings[from].clone());
        } else {
            join_scraps(paint(&findings[from..to]), text, &mut out);
        }
        from = to;
    }
    out
}

fn is_inside(finding: &Finding, texts: &[&str]) -> bool {
    let Range { start, end } = finding.span;
    texts.get(finding.turn).is_some_and(|text| {
        start < end && text.is_char_boundary(start) && text.is_char_boundary(end)
    })
}

/// One past the last finding that hangs together with `findings[from]`.
fn cluster_end(findings: &[Finding], from: usize) -> usize {
    let mut reach = findings[from].span.end;
    let mut to = from + 1;
    while let Some(next) = findings.get(to) {
        if next.turn != findings[from].turn || next.span.start >= reach {
            break;
        }
        reach = reach.max(next.span.end);
        to += 1;
    }
    to
}

/// The total order by which findings own text: longer, then stronger, then more
/// confident, then names, so that the order of detectors never matters.
pub(super) fn rank(a: &Finding, b: &Finding) -> Ordering {
    a.span
        .len()
        .cmp(&b.span.len())
        .then(a.strength.cmp(&b.strength))
        .then(a.confidence.total_cmp(&b.confidence))
        .then(b.category.cmp(&a.category))
        .then(b.span.start.cmp(&a.span.start))
        .then(b.detector.cmp(a.detector))
        .then(b.rule.cmp(a.rule))
}

/// A finding in the heap of those that cover the sweep's place.
struct Ranked<'a>(&'a Finding);

impl Ord for Ranked<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        rank(self.0, other.0)
    }
}

impl PartialOrd for Ranked<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ranked<'_> {}

/// Sweeps over the edges of one cluster, sorted by start, and cuts it into
/// pieces, each owned by the greatest finding there.
fn paint(cluster: &[Finding]) -> Vec<Finding> {
    let mut pieces: Vec<Finding> = Vec::with_capacity(cluster.len());
    let mut active = BinaryHeap::new();
    let mut ends: BinaryHeap<Reverse<usize>> = BinaryHeap::new();
    let mut next = 0;
    let mut at = cluster[0].span.start;
    loop {
        while next < cluster.len() && cluster[next].span.start <= at {
            active.push(Ranked(&cluster[next]));
            ends.push(Reverse(cluster[next].span.end));
            next += 1;
        }
        while active.peek().is_some_and(|top| top.0.span.end <= at) {
            active.pop();
        }
        while ends.peek().is_some_and(|end| end.0 <= at) {
            ends.pop();
        }
        let (Some(owner), Some(&Reverse(first_end))) = (active.peek(), ends.peek()) else {
            return pieces;
        };
        let edge = cluster
            .get(next)
            .map_or(first_end, |f| f.span.start.min(first_end));
        extend_or_push(&mut pieces, owner.0, at..edge);
        at = edge;
    }
}

fn extend_or_push(pieces: &mut Vec<Finding>, owner: &Finding, span: Range<usize>) {
    match pieces.last_mut() {
        Some(last) if last.span.end == span.start && same_source(last, owner) => {
            last.span.end = span.end;
        }
        _ => pieces.push(Finding {
            span,
            ..owner.clone()
        }),
    }
}

fn same_source(a: &Finding, b: &Finding) -> bool {
    a.category == b.category
        && a.detector == b.detector
        && a.rule == b.rule
        && a.strength == b.strength
}

/// Lets a piece without a letter or digit join the piece beside it.
fn join_scraps(pieces: Vec<Finding>, text: &str, out: &mut Vec<Finding>) {
    let first = out.len();
    let mut lead: Option<usize> = None;
    for mut piece in pieces {
        let scrap = !text[piece.span.clone()].chars().any(char::is_alphanumeric);
        if scrap && out.len() > first {
            let last = out.len() - 1;
            out[last].span.end = piece.span.end;
        } else if scrap && lead.is_none() {
            lead = Some(piece.span.start);
            out.push(piece);
        } else {
            // The cluster began with a scrap: the first real piece takes it in.
            if lead.take().is_some()
                && let Some(scrap) = out.pop()
            {
                piece.span.start = scrap.span.start;
            }
            out.push(piece);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::Strength;
    use crate::domain::Category;
    use proptest::prelude::*;

    fn finding(span: Range<usize>, category: Category, strength: Strength) -> Finding {
        Finding {
            turn: 0,
            span,
            category,
            detector: "test",
            rule: "test",
            strength,
            confidence: 0.5,
        }
    }

    #[track_caller]
    fn check(
        text: &str,
        found: &[(Range<usize>, Category)],
        expected: &[(Range<usize>, Category)],
    ) {
        let findings = found
            .iter()
            .map(|(span, category)| finding(span.clone(), *category, Strength::Likely))
            .collect();
        let resolved: Vec<_> = resolve(findings, &[text])
            .into_iter()
            .map(|f| (f.span, f.category))
            .collect();
        assert_eq!(resolved, expected);
    }

    #[test]
    fn the_longest_owns_and_the_rest_stays_covered() {
        use Category::{Date, Person};
        check(
            "john march 5",
            &[(0..10, Person), (5..12, Date)],
            &[(0..10, Person), (10..12, Date)],
        );
        check(
            "john smith",
            &[(0..4, Person), (0..10, Person)],
            &[(0..10, Person)],
        );
        check("ab, c", &[(0..3, Person), (0..2, Date)], &[(0..3, Person)]);
        check(
            "a b",
            &[(0..1, Person), (2..3, Date)],
            &[(0..1, Person), (2..3, Date)],
        );
    }

    #[test]
    fn scraps_join_their_neighbours() {
        use Category::{Date, Person};
        check(
            "-- ann lee",
            &[(0..6, Date), (3..10, Person)],
            &[(0..10, Person)],
        );
        check(
            "ann lee --",
            &[(0..7, Person), (4..10, Date)],
            &[(0..10, Person)],
        );
    }

    #[test]
    fn what_lies_outside_is_dropped() {
        use Category::Person;
        check("é", &[(0..1, Person), (2..2, Person), (0..9, Person)], &[]);
    }

    fn covered(findings: &[Finding], len: usize) -> Vec<bool> {
        let mut out = vec![false; len];
        for f in findings {
            out[f.span.clone()].fill(true);
        }
        out
    }

    proptest! {
        #[test]
        fn the_union_is_the_same_and_nothing_overlaps(
            text in "[a-z0-9 .,-]{40}",
            spans in prop::collection::vec((0usize..40, 1usize..15, 0usize..27, 0usize..3), 0..30),
        ) {
            let strengths = [Strength::Possible, Strength::Cued, Strength::Known];
            let findings: Vec<_> = spans
                .into_iter()
                .map(|(start, len, category, strength)| finding(
                    start..(start + len).min(40), Category::ALL[category], strengths[strength],
                ))
                .collect();
            let before = covered(&findings, 40);
            let resolved = resolve(findings.clone(), &[&text]);
            prop_assert_eq!(covered(&resolved, 40), before);
            prop_assert!(resolved.windows(2).all(|w| w[0].span.end <= w[1].span.start));
            let mut reversed = findings;
            reversed.reverse();
            prop_assert_eq!(resolve(reversed, &[&text]), resolved);
        }
    }
}
