//! Sets of offsets, delta-coded.

use serde::{Deserialize, Serialize};

/// Ascending offsets, stored as runs: pairs of the gap since the last run's
/// end and the run's length. A thousand neighbours take one pair.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OpenOffsets(Vec<(i64, u64)>);

impl OpenOffsets {
    /// Codes `offsets`, which ascend.
    #[must_use]
    pub fn from_ascending(offsets: &[i64]) -> Self {
        let mut runs: Vec<(i64, u64)> = Vec::new();
        let mut next = 0;
        for &offset in offsets {
            match runs.last_mut() {
                Some((_, length)) if offset == next => *length += 1,
                _ => runs.push((offset - next, 1)),
            }
            next = offset + 1;
        }
        Self(runs)
    }

    /// The offsets, ascending.
    pub fn iter(&self) -> impl Iterator<Item = i64> {
        let mut next = 0;
        self.0.iter().flat_map(move |&(gap, length)| {
            let start = next + gap;
            next = start + length as i64;
            start..next
        })
    }

    /// The least offset.
    #[must_use]
    pub fn first(&self) -> Option<i64> {
        self.0.first().map(|&(gap, _)| gap)
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.iter().map(|&(_, length)| length).sum()
    }

    /// Whether every offset lies below `end` and runs are well formed.
    #[must_use]
    pub fn is_below(&self, end: i64) -> bool {
        let mut next: i64 = 0;
        for (i, &(gap, length)) in self.0.iter().enumerate() {
            let ascends = if i == 0 { gap >= 0 } else { gap >= 1 };
            let Some(stop) = i64::try_from(length)
                .ok()
                .and_then(|length| next.checked_add(gap)?.checked_add(length))
            else {
                return false;
            };
            if !ascends || length == 0 {
                return false;
            }
            next = stop;
        }
        next <= end || self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn neighbours_share_a_run() {
        let coded = OpenOffsets::from_ascending(&[5, 6, 7, 10]);
        assert_eq!(
            serde_json::to_string(&coded).expect("json"),
            "[[5,3],[2,1]]"
        );
    }

    #[test]
    fn forged_runs_are_refused() {
        for (runs, end) in [
            ("[[5,3]]", 7),
            ("[[5,0]]", 9),
            ("[[-1,1]]", 9),
            ("[[1,1],[0,1]]", 9),
            ("[[1,18446744073709551615]]", 9),
        ] {
            let coded: OpenOffsets = serde_json::from_str(runs).expect("pairs");
            assert!(!coded.is_below(end), "{runs}");
        }
    }

    proptest! {
        #[test]
        fn offsets_round_trip(set in proptest::collection::btree_set(0_i64..10_000, 0..200)) {
            let offsets: Vec<i64> = set.into_iter().collect();
            let coded = OpenOffsets::from_ascending(&offsets);
            prop_assert_eq!(coded.iter().collect::<Vec<_>>(), offsets.clone());
            prop_assert_eq!(coded.count(), offsets.len() as u64);
            prop_assert_eq!(coded.first(), offsets.first().copied());
            prop_assert!(coded.is_below(offsets.last().map_or(0, |l| l + 1)));
        }
    }
}
