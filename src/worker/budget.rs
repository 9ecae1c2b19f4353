//! The memory budget: who flushes, who stands still, and what is cut when
//! nothing else helps.

use super::event::Effect;
use super::partition::Reading;
use super::step::{Partition, Phase, Worker};
use crate::domain::{EpochMs, TopicPartition};

impl Worker {
    /// Bytes of raw text held in all partitions.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let readings = self.partitions.values().filter_map(|s| s.phase.reading());
        readings.map(Reading::bytes).sum()
    }

    /// Keeps memory within the budget: the largest partition flushes first,
    /// partitions stand still while too much is held, and only when nothing is
    /// closed anywhere is the oldest conversation cut. Relief goes on until
    /// those that stand still may go on: while they do, no idle time passes
    /// for them, so that nothing else would ever free memory.
    pub(super) fn keep_the_budget(&mut self, now: EpochMs) {
        let most = self.limits.memory_bytes;
        let (high, low) = (most - most / 8, most / 2);
        let paused = self.partitions.values().any(|s| s.paused);
        if self.bytes() > high || (paused && !self.draining && self.bytes() >= low) {
            self.relieve(now);
        }
        let held = self.bytes();
        for (partition, state) in &mut self.partitions {
            let Some(reading) = state.phase.reading() else {
                continue;
            };
            // A partition that replays must go on, or nothing could be freed.
            if held > high && !state.paused && reading.replayed() {
                state.paused = true;
                self.out.push(Effect::Pause(partition.clone()));
            } else if state.paused && (held < low || !reading.replayed()) && !self.draining {
                state.paused = false;
                self.out.push(Effect::Resume(partition.clone()));
            }
        }
    }

    fn relieve(&mut self, now: EpochMs) {
        let committing = |s: &Partition| matches!(s.phase, Phase::Committing(..));
        if let Some(partition) = self.largest(Reading::may_flush) {
            self.begin_flush(&partition, now);
        } else if !self.partitions.values().any(committing)
            && let Some(partition) = self.largest(Reading::replayed)
            && let Some(reading) = self.reading(&partition)
            && reading.cut_oldest(now)
        {
            self.begin_flush(&partition, now);
        }
    }

    /// The partition that holds most of those that read and satisfy `which`.
    fn largest(&self, which: impl Fn(&Reading) -> bool) -> Option<TopicPartition> {
        let readings = self.partitions.iter().filter_map(|(p, s)| match &s.phase {
            Phase::Reading(reading) if which(reading) => Some((p, reading.bytes())),
            _ => None,
        });
        readings
            .max_by_key(|(_, bytes)| *bytes)
            .map(|(partition, _)| partition.clone())
    }
}
