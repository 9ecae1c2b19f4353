//! One partition: what has been read since its last slot, and what may be
//! committed next.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::event::{Arrived, Draft, Flush, Intake, Sealed, Ticket};
use super::share::Taken;
use crate::assemble::{Assembler, Cause, Closed, PartitionClock};
use crate::config::resolved::{Assemble, Flush as FlushLimits};
use crate::domain::{EpochMs, TenantId, TopicPartition};
use crate::fault::{Fault, planted};
use crate::lake::log::{Ages, Counts, Drop, LogError, OpenOffsets, Tail};
use crate::source::Record;

/// A partition that reads: its tail, and what came after it.
#[derive(Debug)]
pub(super) struct Reading {
    tenant: TenantId,
    /// The last slot known to be committed.
    base: Tail,
    /// Open offsets of the tail that was loaded, still to be read again.
    replay: BTreeSet<i64>,
    /// The end of the tail that was loaded.
    replay_end: i64,
    /// One more than the highest offset seen.
    position: i64,
    low_watermark: i64,
    clock: PartitionClock,
    assembler: Assembler,
    pending: Pending,
    /// Bytes of the flush under way.
    flight_bytes: Option<usize>,
    /// The oldest time of a record beyond the last slot, in the flush under way.
    flight_oldest: Option<EpochMs>,
    /// Nothing will ever follow: what is closed need not wait for more.
    exhausted: bool,
}

/// What has a fate, or was read, since the last flush began.
#[derive(Debug, Default)]
struct Pending {
    closed: Vec<Closed>,
    quarantined: Vec<Sealed>,
    unclaimed: Vec<Sealed>,
    dropped: BTreeMap<Drop, u64>,
    read: u64,
    ages: Vec<(i64, EpochMs)>,
    /// The oldest of `ages`.
    oldest: Option<EpochMs>,
    last_record: Option<Record>,
    /// Fields that no mapping takes, by schema path.
    unmapped: BTreeMap<Arc<str>, u64>,
    bytes: usize,
    /// When the first of these got its fate.
    since: Option<EpochMs>,
}

impl Pending {
    const fn has_fates(&self) -> bool {
        self.since.is_some()
    }

    fn mark(&mut self, now: EpochMs, bytes: usize) {
        self.since.get_or_insert(now);
        self.bytes += bytes;
    }

    fn drop_records(&mut self, rule: Drop, records: u64, now: EpochMs) {
        if records > 0 {
            *self.dropped.entry(rule).or_default() += records;
            self.mark(now, 0);
        }
    }
}

impl Reading {
    pub(super) fn new(tenant: TenantId, tail: Tail, low_watermark: i64, limits: Assemble) -> Self {
        Self {
            tenant,
            replay: tail.open.iter().collect(),
            replay_end: tail.end,
            position: tail.resume(),
            low_watermark,
            clock: PartitionClock::default(),
            assembler: Assembler::new(limits),
            pending: Pending::default(),
            flight_bytes: None,
            flight_oldest: None,
            exhausted: false,
            base: tail,
        }
    }

    pub(super) const fn base(&self) -> &Tail {
        &self.base
    }

    pub(super) const fn position(&self) -> i64 {
        self.position
    }

    /// Bytes of raw text held: open, closed and being written.
    pub(super) fn bytes(&self) -> usize {
        self.assembler.bytes() + self.pending.bytes + self.flight_bytes.unwrap_or(0)
    }

    /// The oldest time of a record that was read and is beyond the last slot.
    pub(super) fn oldest(&self) -> Option<EpochMs> {
        [self.flight_oldest, self.pending.oldest]
            .into_iter()
            .flatten()
            .min()
    }

    pub(super) const fn in_flight(&self) -> bool {
        self.flight_bytes.is_some()
    }

    /// Whether nothing is open, closed or under way.
    pub(super) fn is_idle(&self) -> bool {
        self.replayed()
            && !self.in_flight()
            && !self.pending.has_fates()
            && self.assembler.conversations() == 0
    }

    pub(super) fn open_conversations(&self) -> usize {
        self.assembler.conversations()
    }

    /// Whether everything that the last slot had seen has been seen again.
    pub(super) const fn replayed(&self) -> bool {
        self.position >= self.replay_end
    }

    /// Takes in records, ascending.
    pub(super) fn take_all(&mut self, intakes: Vec<Intake>, now: EpochMs) -> Taken {
        let taken = self.first_time(&intakes);
        let last = intakes.last().map(|intake| &intake.record);
        if let Some(last) = last.filter(|last| last.offset >= self.replay_end.max(self.position)) {
            self.pending.last_record = Some(last.clone());
        }
        for intake in intakes {
            self.take(intake, now);
        }
        taken
    }

    /// What of `intakes` comes for the first time, not to be replayed.
    fn first_time(&self, intakes: &[Intake]) -> Taken {
        let from = self.replay_end.max(self.position);
        let fresh = intakes.iter().map(|intake| &intake.record);
        let fresh = fresh.filter(|record| record.offset >= from);
        fresh.fold(Taken::default(), |taken, record| Taken {
            records: taken.records + 1,
            bytes: taken.bytes + record.size(),
        })
    }

    /// Takes in one record. Offsets that already have a fate pass by.
    fn take(&mut self, intake: Intake, now: EpochMs) {
        let Intake { record, arrived } = intake;
        let offset = record.offset;
        if offset < self.position {
            return;
        }
        self.position = offset + 1;
        let fresh = offset >= self.replay_end;
        if !fresh && !self.replay.remove(&offset) {
            return;
        }
        let at = self.clock.record(record.time, now);
        if fresh {
            self.pending.read += 1;
            let age = PartitionClock::record_time(record.time, now);
            self.pending.ages.push((offset, age));
            self.pending.oldest = Some(self.pending.oldest.map_or(age, |at| at.min(age)));
        }
        self.decide(record, arrived, at, now);
    }

    fn decide(&mut self, record: Record, arrived: Arrived, at: EpochMs, now: EpochMs) {
        let offset = record.offset;
        match arrived {
            Arrived::Drop(rule) => self.pending.drop_records(rule, 1, now),
            Arrived::Quarantine(reason) => {
                self.pending.mark(now, record.size());
                self.pending.quarantined.push(Sealed { record, reason });
            }
            Arrived::Unclaimed(reason) => {
                self.pending.mark(now, record.size());
                self.pending.unclaimed.push(Sealed { record, reason });
            }
            Arrived::Fragment(fragment) => {
                let only_partials = fragment.partials > 0
                    && fragment.turns.is_empty()
                    && !fragment.ends
                    && fragment.known.is_empty()
                    && !fragment.provenance.behavioral_health;
                if only_partials {
                    self.pending.drop_records(Drop::Partial, 1, now);
                    return;
                }
                for (path, fields) in &fragment.unmapped {
                    let path = Arc::clone(path);
                    *self.pending.unmapped.entry(path).or_default() += u64::from(*fields);
                }
                let tenant = &self.tenant;
                if let Some(closed) = self.assembler.push(tenant, offset, at, *fragment) {
                    self.settle(closed, now);
                }
            }
        }
    }

    /// The partition was read to its end: nothing that the last slot had seen
    /// is still to come.
    pub(super) fn reached_end(&mut self, next: i64, now: EpochMs) {
        self.position = self.position.max(next).max(self.replay_end);
        self.clock.end(now);
    }

    /// Closes what is due.
    pub(super) fn tick(&mut self, now: EpochMs) {
        let Some(clock) = self.clock.tick(now) else {
            return;
        };
        for closed in self.assembler.close_due(clock) {
            self.settle(closed, now);
        }
    }

    /// The partition is not read from now on, or again.
    pub(super) fn set_standing(&mut self, stands: bool, now: EpochMs) {
        if stands {
            self.clock.stand(now);
        } else {
            self.clock.go_on(now);
        }
    }

    /// Closes what is open, since nothing will ever follow.
    pub(super) fn exhausted(&mut self, now: EpochMs) {
        self.exhausted = true;
        for closed in self.assembler.close_all() {
            self.settle(closed, now);
        }
    }

    /// Cuts the oldest open conversation, to free memory.
    pub(super) fn cut_oldest(&mut self, cause: Cause, now: EpochMs) -> bool {
        let Some(closed) = self.assembler.cut_oldest(cause) else {
            return false;
        };
        self.settle(closed, now);
        true
    }

    /// Gives a closed conversation's records their fate.
    fn settle(&mut self, closed: Closed, now: EpochMs) {
        // What is known, who spoke or what the gate judges may be of a
        // conversation that landed before.
        let conversation = &closed.conversation;
        let says_more = !conversation.known.is_empty()
            || !closed.revisions.is_empty()
            || conversation.provenance.says_something();
        if conversation.turns.is_empty() && !says_more {
            let records = closed.offsets.len() as u64;
            self.pending.drop_records(Drop::Empty, records, now);
            return;
        }
        self.pending.mark(now, closed.bytes);
        self.pending.closed.push(closed);
    }

    /// Whether there is something to commit that has waited long enough, or is
    /// large enough, or must go now.
    pub(super) fn wants_flush(&self, limits: &FlushLimits, now: EpochMs, must: bool) -> bool {
        let Some(since) = self.pending.since else {
            return false;
        };
        let due = must
            || self.exhausted
            || self.pending.bytes >= limits.bytes
            || now.since(since) >= limits.interval_ms;
        due && self.may_flush()
    }

    /// Whether a slot may be written now: nothing is under way, and replay has
    /// passed the end of the slot before.
    pub(super) fn may_flush(&self) -> bool {
        let replayed = self.replayed() || planted(Fault::FlushDuringReplay);
        self.pending.has_fates() && !self.in_flight() && replayed
    }

    /// Records that the last slot holds open and that did not come again.
    pub(super) fn vanished(&self) -> Result<(), LogError> {
        if !self.replayed() || self.replay.is_empty() {
            return Ok(());
        }
        Err(LogError::Vanished {
            missing: self.replay.len(),
            end: self.replay_end,
        })
    }

    /// Takes everything that has a fate into a flush.
    pub(super) fn begin_flush(&mut self, partition: &TopicPartition, generation: u64) -> Flush {
        let mut pending = std::mem::take(&mut self.pending);
        self.flight_bytes = Some(pending.bytes);
        self.flight_oldest = pending.oldest;
        let open = self.open_now();
        let superseded: u64 = pending.closed.iter().map(|c| c.superseded).sum();
        if superseded > 0 {
            *pending.dropped.entry(Drop::Superseded).or_default() += superseded;
        }
        let closed: u64 = pending.closed.iter().map(|c| c.offsets.len() as u64).sum();
        let counts = Counts {
            open_before: self.base.open.count(),
            read: pending.read,
            committed: closed - superseded,
            quarantined: (pending.quarantined.len() + pending.unclaimed.len()) as u64,
            dropped: pending.dropped,
            open_after: open.count(),
        };
        Flush {
            ticket: Ticket {
                partition: partition.clone(),
                generation,
            },
            tenant: self.tenant.clone(),
            closed: pending.closed,
            quarantined: pending.quarantined,
            unclaimed: pending.unclaimed,
            last_record: pending.last_record,
            unmapped: pending.unmapped,
            draft: Draft {
                base: self.base.clone(),
                end: self.position.max(self.base.end),
                open,
                counts,
                ages: Ages::collect(pending.ages),
                low_watermark: self.low_watermark,
            },
        }
    }

    fn open_now(&self) -> OpenOffsets {
        if planted(Fault::ForgetOpenOffsets) {
            return OpenOffsets::default();
        }
        OpenOffsets::from_ascending(&self.assembler.open_offsets())
    }

    /// The slot of the flush under way is committed.
    pub(super) fn committed(&mut self, tail: Tail) {
        self.base = tail;
        self.flight_bytes = None;
        self.flight_oldest = None;
    }
}
