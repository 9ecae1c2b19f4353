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
    /// One past the last slot whose conversations can no longer go on.
    pub ready: u64,
}

/// What a release is made of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inputs {
    /// Slots that no release has taken yet: the conversations that landed
    /// first in them are released.
    pub taken: Vec<InputRange>,
    /// Slots after those, in which such conversations may have gone on. A
    /// later release takes them.
    pub later: Vec<InputRange>,
}

/// What the next release is made of. Empty when there is nothing to release.
#[must_use]
pub fn inputs(chain: &TenantChain, logs: &[LogEnd]) -> Inputs {
    let mut inputs = Inputs::default();
    for log in logs {
        let key = (log.place.clone(), log.epoch);
        let range = |from, to| InputRange {
            place: log.place.clone(),
            epoch: log.epoch,
            from,
            to,
        };
        let from = chain.released_to.get(&key).copied().unwrap_or(0);
        if log.ready <= from {
            continue;
        }
        inputs.taken.push(range(from, log.ready));
        if log.next > log.ready {
            inputs.later.push(range(log.ready, log.next));
        }
    }
    inputs
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
        let end = |p, ready, next| LogEnd {
            place: place(p),
            epoch: 0,
            next,
            ready,
        };
        let logs = [end(0, 6, 6), end(1, 2, 5), end(2, 1, 3), end(3, 0, 2)];
        let inputs = inputs(&chain, &logs);
        let ranges = |ranges: &[InputRange]| -> Vec<_> {
            let ranges = ranges.iter();
            ranges.map(|i| (i.place.partition, i.from, i.to)).collect()
        };
        assert_eq!(ranges(&inputs.taken), [(0, 4, 6), (2, 0, 1)]);
        assert_eq!(ranges(&inputs.later), [(2, 1, 3)]);
    }
}
