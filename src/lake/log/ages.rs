//! How old a slot's records are, compactly: enough to say which may go.

use serde::{Deserialize, Serialize};

use crate::domain::EpochMs;

/// Most steps that a slot carries.
const MAX_STEPS: usize = 64;

/// The ages of a run of records, as the steps at which the greatest time so
/// far rose: pairs of an offset and a time in seconds, both delta-coded.
/// A record's time is min(its own, the wall's when it was first read).
///
/// Rounding is always towards *younger*, so that no record is called aged
/// before it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ages(Vec<(i64, i64)>);

impl Ages {
    /// Collects records in the order of their offsets.
    #[must_use]
    pub fn collect(records: impl IntoIterator<Item = (i64, EpochMs)>) -> Self {
        let mut steps: Vec<(i64, i64)> = Vec::new();
        for (offset, time) in records {
            let seconds = ceil_div(time.0, 1000);
            if steps.last().is_none_or(|&(_, top)| seconds > top) {
                steps.push((offset, seconds));
            }
        }
        let mut width = 2;
        while steps.len() > MAX_STEPS {
            steps = coarsen(&steps, width);
            width *= 2;
        }
        Self(delta(&steps))
    }

    /// The time of the first record, rounded up to a second.
    #[must_use]
    pub fn first(&self) -> Option<EpochMs> {
        let seconds = self.0.first().map(|&(_, seconds)| seconds);
        seconds.map(|seconds| EpochMs(seconds.saturating_mul(1000)))
    }

    /// The first offset whose record is younger than `cutoff`.
    #[must_use]
    pub fn first_after(&self, cutoff: EpochMs) -> Option<i64> {
        let (mut offset, mut seconds): (i64, i64) = (0, 0);
        for &(gap, rise) in &self.0 {
            offset = offset.saturating_add(gap);
            seconds = seconds.saturating_add(rise);
            if seconds.saturating_mul(1000) > cutoff.0 {
                return Some(offset);
            }
        }
        None
    }
}

/// Rounds times up to multiples of `width` seconds and drops steps that no
/// longer rise.
fn coarsen(steps: &[(i64, i64)], width: i64) -> Vec<(i64, i64)> {
    let mut out: Vec<(i64, i64)> = Vec::new();
    for &(offset, seconds) in steps {
        let rounded = ceil_div(seconds, width).saturating_mul(width);
        if out.last().is_none_or(|&(_, top)| rounded > top) {
            out.push((offset, rounded));
        }
    }
    out
}

fn delta(steps: &[(i64, i64)]) -> Vec<(i64, i64)> {
    let mut last = (0, 0);
    let mut out = Vec::with_capacity(steps.len());
    for &(offset, seconds) in steps {
        out.push((offset - last.0, seconds - last.1));
        last = (offset, seconds);
    }
    out
}

const fn ceil_div(a: i64, b: i64) -> i64 {
    a.div_euclid(b) + (a.rem_euclid(b) != 0) as i64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_first_young_record_bounds() {
        let ages = Ages::collect([(0, EpochMs(1_000)), (1, EpochMs(500)), (5, EpochMs(3_000))]);
        assert_eq!(ages.first_after(EpochMs(999)), Some(0));
        assert_eq!(ages.first_after(EpochMs(1_000)), Some(5));
        assert_eq!(ages.first_after(EpochMs(3_000)), None);
        assert_eq!(ages.first(), Some(EpochMs(1_000)));
        assert_eq!(Ages::default().first(), None);
    }

    proptest! {
        #[test]
        fn nothing_young_is_called_aged_and_steps_are_few(
            times in proptest::collection::vec(0_i64..10_000_000, 1..300),
            cutoff in 0_i64..10_000_000,
        ) {
            let records: Vec<(i64, EpochMs)> = (0..).zip(times).map(|(o, t)| (o, EpochMs(t))).collect();
            let ages = Ages::collect(records.iter().copied());
            let truth = records.iter().find(|(_, t)| t.0 > cutoff).map(|(o, _)| *o);
            let said = ages.first_after(EpochMs(cutoff));
            prop_assert!(ages.0.len() <= MAX_STEPS);
            if let Some(truth) = truth {
                prop_assert!(said.is_some_and(|s| s <= truth));
            }
        }
    }
}
