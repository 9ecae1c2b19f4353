//! How probable it is that an identifier remains in a clean conversation.

use super::finding::Finding;
use super::model::Suspicion;

/// The risk that `suspicions` leave which none of `findings` covers: the
/// probability that at least one of them is an identifier, taken as
/// independent.
pub(super) fn of(suspicions: &[Suspicion], findings: &[Finding]) -> f32 {
    let mut found: Vec<_> = findings
        .iter()
        .map(|f| (f.turn, f.span.start, f.span.end))
        .collect();
    found.sort_unstable();
    let mut innocent = 1.0;
    let mut rest = found.as_slice();
    let mut reach = (0, 0);
    for suspicion in suspicions {
        let at = (suspicion.turn, suspicion.span.start);
        while let Some(((turn, start, end), later)) = rest.split_first()
            && (*turn, *start) <= at
        {
            reach = reach.max((*turn, *end));
            rest = later;
        }
        if reach.0 != suspicion.turn || reach.1 <= suspicion.span.start {
            innocent *= 1.0 - suspicion.probability;
        }
    }
    1.0 - innocent
}
