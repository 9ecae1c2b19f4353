//! What bounds a purge of a partition's records.
//!
//! Of its log only the slots are read that can matter: from the one that covers
//! the low watermark to the one in which the answer is decided. Slots below it
//! hold fates of records that are gone already.

use std::collections::BTreeSet;
use std::ops::Range;

use super::kafka::Log;
use super::plan::{Bound, Known, Limit, reach};
use super::records::Records;
use super::verify::Unsound;
use super::{PurgeError, Purger};
use crate::batch::record_digest;
use crate::config::resolved::PurgeAfter;
use crate::domain::{EpochMs, TopicPartition};
use crate::lake::layout::LandingFile;
use crate::lake::log::{LogError, Slot, Tail, Watermarks};
use crate::lake::read::{self, ReadError};

/// What is known of one partition.
pub(super) struct Survey {
    pub(super) marks: Watermarks,
    pub(super) slots: Vec<Slot>,
    pub(super) unsound: Option<(u64, Unsound)>,
    pub(super) bound: Option<Bound>,
}

impl Survey {
    /// What keeps records from going, or from going further.
    pub(super) fn limit(&self) -> Limit {
        match (self.bound, &self.slots[..]) {
            (Some(bound), _) => bound.limit,
            (None, []) => Limit::Committed,
            (None, _) if self.unsound.is_some() => Limit::Unverified,
            (None, _) => Limit::Released,
        }
    }

    /// The bound, where anything may go.
    pub(super) fn due(&self) -> Option<Bound> {
        self.bound.filter(|bound| bound.upto > self.marks.low)
    }
}

impl Purger {
    /// Reads what bounds a purge of `log` now.
    pub(super) async fn survey(
        &mut self,
        broker: &dyn Records,
        log: &Log,
        now: EpochMs,
    ) -> Result<Survey, PurgeError> {
        let marks = broker.watermarks(&log.0).await?;
        let chain = read::log(&log.0, log.1);
        let Some(tail) = read::tail(&self.scope.stores.state, &chain).await? else {
            return Ok(Survey {
                marks,
                slots: Vec::new(),
                unsound: None,
                bound: None,
            });
        };
        self.same_topic(broker, log, &tail, marks).await?;
        let timers = self.timers(now);
        let cutoff = now.plus(-timers.kafka_ms);
        let released = self.book.chain.released_to.get(log).copied();
        let released_to = released.unwrap_or(0);
        let first = self.first_beyond(log, marks.low, tail.next).await?;
        let enough = match timers.kafka_after {
            PurgeAfter::Committed => tail.next,
            PurgeAfter::Released => tail.next.min(first.max(released_to) + 1),
        };
        let slots = self.window(log, first..enough, cutoff).await?;
        let (verified, unsound) = self.verified(log, &slots).await?;
        let groups = self.committed_by_groups(broker, &log.0, marks.low).await?;
        let known = Known {
            slots: &slots,
            verified,
            released_to,
            low: marks.low,
            groups: &groups,
        };
        let bound = reach(&known, timers.kafka_after, cutoff);
        Ok(Survey {
            marks,
            slots,
            unsound,
            bound,
        })
    }

    /// How far each group that the tenant asks for has read; a group that has
    /// committed nothing has read nothing.
    async fn committed_by_groups(
        &self,
        broker: &dyn Records,
        place: &TopicPartition,
        low: i64,
    ) -> Result<Vec<i64>, PurgeError> {
        let mut committed = Vec::new();
        for group in &self.scope.tenant.requires_groups {
            let said = broker.committed(group, place).await?;
            committed.push(said.unwrap_or(low));
        }
        Ok(committed)
    }

    /// The slots of `range` that decide: up to where no later one can move
    /// the bound past the first young record.
    async fn window(
        &self,
        log: &Log,
        range: Range<u64>,
        cutoff: EpochMs,
    ) -> Result<Vec<Slot>, ReadError> {
        let (state, chain) = (&self.scope.stores.state, read::log(&log.0, log.1));
        let mut slots: Vec<Slot> = Vec::new();
        let mut before: Option<Tail> = None;
        let mut young: Option<i64> = None;
        for n in range {
            let Some((slot, bytes)) = read::slot(state, &chain, n).await? else {
                break;
            };
            if let Some(before) = &before {
                slot.follows(before)?;
            }
            before = Some(Tail::after(&slot, &bytes));
            young = young.or_else(|| slot.ages.first_after(cutoff));
            let decided = young.is_some_and(|young| slot.resume() >= young);
            slots.push(slot);
            if decided {
                break;
            }
        }
        Ok(slots)
    }

    /// The first slot whose end lies above `low`, of `0..next`; `next` where
    /// there is none. Ends never go back, so that halving finds it.
    async fn first_beyond(&mut self, log: &Log, low: i64, next: u64) -> Result<u64, ReadError> {
        let (state, chain) = (&self.scope.stores.state, read::log(&log.0, log.1));
        let mut from = self.kafka.first.get(log).copied().unwrap_or(0);
        let mut to = next;
        while from < to {
            let middle = from + (to - from) / 2;
            match read::slot(state, &chain, middle).await? {
                Some((slot, _)) if slot.end <= low => from = middle + 1,
                _ => to = middle,
            }
        }
        self.kafka.first.insert(log.clone(), from);
        self.verifier.forget(log, from);
        Ok(from)
    }

    /// How many of `slots`, from the first, are sound; and the first that is
    /// not.
    async fn verified(
        &mut self,
        log: &Log,
        slots: &[Slot],
    ) -> Result<(usize, Option<(u64, Unsound)>), PurgeError> {
        let accounted = self.accounted();
        for (i, slot) in slots.iter().enumerate() {
            let said = self
                .verifier
                .slot(&self.scope, log, slot, &accounted)
                .await?;
            if let Some(unsound) = said {
                return Ok((i, Some((slot.n, unsound))));
            }
        }
        Ok((slots.len(), None))
    }

    /// Files whose absence the chains account for.
    pub(super) fn accounted(&self) -> BTreeSet<LandingFile> {
        let mut accounted = self.book.files().intended;
        accounted.extend(self.operator.files().intended);
        accounted
    }

    /// Whether the topic is still the one that the log speaks of: an offset
    /// means nothing in a topic that was made anew.
    async fn same_topic(
        &self,
        broker: &dyn Records,
        log: &Log,
        tail: &Tail,
        marks: Watermarks,
    ) -> Result<(), PurgeError> {
        let purged_to = self.book.chain.purged_to.get(log).copied().unwrap_or(0);
        if marks.low < purged_to {
            let what = "the low watermark went back";
            return Err(ReadError::Log(LogError::Recreated { what }).into());
        }
        let digest = match &tail.last_record {
            Some(last) if last.offset >= marks.low => {
                let found = broker.record_from(&log.0, last.offset).await?;
                let same = found.filter(|record| record.offset == last.offset);
                same.map(|record| record_digest(&self.scope.ledger_key, &record))
            }
            _ => None,
        };
        let agreed = tail.agrees_with(marks, digest.as_deref());
        Ok(agreed.map_err(ReadError::Log)?)
    }
}
