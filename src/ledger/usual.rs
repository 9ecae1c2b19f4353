//! What purges of a tenant usually remove, and what a person approved beyond.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{EpochMs, TopicPartition};

/// How many purges of one kind are remembered.
const REMEMBERED: usize = 20;

/// A purge beyond the usual that a person lets go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "approves", rename_all = "snake_case", deny_unknown_fields)]
pub enum Approval {
    /// Records of a partition.
    Records {
        /// The partition.
        place: TopicPartition,
        /// The log's epoch.
        epoch: u32,
        /// Those below this offset.
        upto: i64,
    },
    /// Sealed files.
    Files {
        /// Of this purpose.
        purpose: String,
        /// Those whose timers have ended by this moment.
        due_by: EpochMs,
    },
}

/// What a purge removed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Removed {
    /// Records of this partition.
    Records(TopicPartition),
    /// Files of this purpose.
    Files(String),
}

/// What a tenant's chain says of volumes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Usual {
    /// When how much went, oldest first.
    removed: BTreeMap<Removed, Vec<(EpochMs, u64)>>,
    records: BTreeMap<(TopicPartition, u32), i64>,
    files: BTreeMap<String, EpochMs>,
}

impl Usual {
    /// Takes note of `amount` that went at `at`. The receipts of one run have
    /// the same moment and are one.
    pub fn removed(&mut self, what: Removed, at: EpochMs, amount: u64) {
        let all = self.removed.entry(what).or_default();
        match all.last_mut().filter(|(last, _)| *last == at) {
            Some((_, sum)) => *sum += amount,
            None => all.push((at, amount)),
        }
        if all.len() > REMEMBERED {
            all.remove(0);
        }
    }

    /// Takes note of what a person approved.
    pub fn approve(&mut self, approval: &Approval) {
        match approval {
            Approval::Records { place, epoch, upto } => {
                let log = (place.clone(), *epoch);
                let own = self.records.entry(log).or_insert(*upto);
                *own = (*own).max(*upto);
            }
            Approval::Files { purpose, due_by } => {
                let own = self.files.entry(purpose.clone()).or_insert(*due_by);
                *own = (*own).max(*due_by);
            }
        }
    }

    /// The offset below which records of a log were approved to go.
    #[must_use]
    pub fn approved_records(&self, log: &(TopicPartition, u32)) -> Option<i64> {
        self.records.get(log).copied()
    }

    /// The end of the timers of files that were approved to go.
    #[must_use]
    pub fn approved_files(&self, purpose: &str) -> Option<EpochMs> {
        self.files.get(purpose).copied()
    }

    /// The most that may go at once without being approved: `at_least`, or
    /// `times` the median of what went before, whichever is more.
    #[must_use]
    pub fn most(&self, what: &Removed, at_least: u64, times: u64) -> u64 {
        let before = self.removed.get(what).into_iter().flatten();
        let mut amounts: Vec<u64> = before.map(|(_, amount)| *amount).collect();
        amounts.sort_unstable();
        let median = amounts.get(amounts.len() / 2).copied().unwrap_or(0);
        at_least.max(median.saturating_mul(times))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(removed: &[(i64, u64)], expected: u64) {
        let what = || Removed::Files("quarantine".to_owned());
        let mut usual = Usual::default();
        for (at, amount) in removed {
            usual.removed(what(), EpochMs(*at), *amount);
        }
        assert_eq!(usual.most(&what(), 100, 5), expected, "{removed:?}");
        let other = Removed::Files("state".to_owned());
        assert_eq!(usual.most(&other, 100, 5), 100);
    }

    #[test]
    fn the_usual_is_some_times_the_median_and_never_below_a_floor() {
        check(&[], 100);
        check(&[(1, 3), (2, 4)], 100);
        check(&[(1, 30), (2, 900), (3, 40)], 200);
        check(&[(1, 30), (1, 30), (2, 60), (3, 60)], 300);
        let many: Vec<(i64, u64)> = (0..50).map(|n| (n, if n < 30 { 1 } else { 70 })).collect();
        check(&many, 350);
    }

    #[test]
    fn an_approval_never_shrinks() {
        let mut usual = Usual::default();
        let log = (TopicPartition::new("calls", 0), 0);
        for upto in [9, 4] {
            usual.approve(&Approval::Records {
                place: log.0.clone(),
                epoch: 0,
                upto,
            });
        }
        assert_eq!(usual.approved_records(&log), Some(9));
        assert_eq!(usual.approved_files("quarantine"), None);
    }
}
