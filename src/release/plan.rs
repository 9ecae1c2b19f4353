//! What the next release is made of: a pure function of the tenant's chain and
//! the logs' tails.

use crate::domain::TopicPartition;
use crate::ledger::{InputRange, TenantChain};

/// Where a log of one of the tenant's partitions stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEnd {
    /// The partition.
    pub place: TopicPartition,
    /// The log's epoch.
    pub epoch: u32,
    /// The number of the slot to write next.
    pub next: u64,
}

/// The slots that no release has taken yet, by log. Empty when there is
/// nothing to release.
#[must_use]
pub fn inputs(chain: &TenantChain, logs: &[LogEnd]) -> Vec<InputRange> {
    let unreleased = |log: &LogEnd| {
        let key = (log.place.clone(), log.epoch);
        let from = chain.released_to.get(&key).copied().unwrap_or(0);
        (log.next > from).then_some(InputRange {
            place: key.0,
            epoch: log.epoch,
            from,
            to: log.next,
        })
    };
    logs.iter().filter_map(unreleased).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_slot_is_taken_once_and_in_order() {
        let place = |p| TopicPartition::new("t", p);
        let mut chain = TenantChain::default();
        chain.released_to.insert((place(0), 0), 4);
        chain.released_to.insert((place(1), 0), 2);
        let end = |p, next| LogEnd {
            place: place(p),
            epoch: 0,
            next,
        };
        let taken = inputs(&chain, &[end(0, 6), end(1, 2), end(2, 1)]);
        let ranges: Vec<_> = taken
            .iter()
            .map(|i| (i.place.partition, i.from, i.to))
            .collect();
        assert_eq!(ranges, [(0, 4, 6), (2, 0, 1)]);
    }
}
