//! The commit logs of a river, read as they grow.

use std::collections::BTreeMap;
use std::time::Duration;

use leeward::domain::TopicPartition;
use leeward::lake::log::Slot;
use leeward::lake::read;

use super::course::Course;
use crate::support::{block_on, poll_until};

/// Every slot of every log, checked as it is read.
pub(crate) struct Logs<'a> {
    course: &'a Course,
    /// The slots of each partition, from the first.
    pub(crate) slots: BTreeMap<TopicPartition, Vec<Slot>>,
}

impl<'a> Logs<'a> {
    /// The logs of `course`, nothing of them read yet.
    pub(crate) const fn of(course: &'a Course) -> Self {
        Self {
            course,
            slots: BTreeMap::new(),
        }
    }

    /// Reads every log from its first slot: each must follow the one before,
    /// and balance.
    ///
    /// # Panics
    /// When one does not, or was begun anew.
    pub(crate) fn read(&mut self) {
        block_on(async {
            let state = &self.course.stores.state;
            for (place, epoch) in state.logs().await.expect("logs") {
                assert_eq!(epoch, 0, "{place} was begun anew");
                let slots = read::slots(state, &read::log(&place, 0), 0).await;
                let slots = slots.unwrap_or_else(|e| panic!("{place}: {e}"));
                assert!(slots.iter().all(|slot| slot.counts.balance()), "{place}");
                self.slots.insert(place, slots);
            }
        });
    }

    /// Records that were read for the first time.
    pub(crate) fn records_read(&self) -> u64 {
        self.all().map(|slot| slot.counts.read).sum()
    }

    /// Records that have a fate.
    pub(crate) fn records_fated(&self) -> u64 {
        let fated = |slot: &Slot| {
            let counts = &slot.counts;
            counts.committed + counts.quarantined + counts.dropped.values().sum::<u64>()
        };
        self.all().map(fated).sum()
    }

    /// Waits until `question` of the logs is answered.
    ///
    /// # Panics
    /// When that takes longer than `limit`.
    pub(crate) fn await_that(
        &mut self,
        limit: Duration,
        what: &str,
        question: impl Fn(&Self) -> bool,
    ) {
        let reached = poll_until(limit, || {
            std::thread::sleep(Duration::from_millis(200));
            self.read();
            question(self).then_some(())
        });
        let (read, fated) = (self.records_read(), self.records_fated());
        assert!(
            reached.is_some(),
            "{what}: only {read} read, {fated} with a fate"
        );
    }

    /// Every slot.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Slot> {
        self.slots.values().flatten()
    }
}
