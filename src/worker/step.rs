//! `step(state, event) → effects`: the whole protocol of ingest and commit.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;

use super::event::{Effect, Event, Intake, Ticket};
use super::partition::Reading;
use super::share::Shares;
use super::stand::Stand;
use crate::assemble::Cause;
use crate::config::resolved::{Assemble, Flush as FlushLimits};
use crate::domain::{Entropy, EpochMs, TenantId, TopicPartition};
use crate::fault::{Fault, planted};
use crate::lake::log::{LogError, Slot, Tail, Watermarks, WriterId};

/// The bounds that the worker keeps.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// When a conversation closes.
    pub assemble: Assemble,
    /// When closed conversations are committed.
    pub flush: FlushLimits,
    /// Memory for open conversations and unwritten batches, in bytes.
    pub memory_bytes: usize,
}

/// One worker: the partitions that it holds and what it knows of each.
#[derive(Debug)]
pub struct Worker {
    pub(super) limits: Limits,
    pub(super) writer: WriterId,
    pub(super) entropy: Entropy,
    pub(super) generations: u64,
    pub(super) partitions: BTreeMap<TopicPartition, Partition>,
    pub(super) shares: Shares,
    pub(super) draining: bool,
    pub(super) drained: bool,
    pub(super) out: Vec<Effect>,
}

#[derive(Debug)]
pub(super) struct Partition {
    pub(super) tenant: TenantId,
    pub(super) generation: u64,
    /// Why it is not read, though it could be.
    pub(super) stands: BTreeSet<Stand>,
    pub(super) phase: Phase,
}

#[derive(Debug)]
pub(super) enum Phase {
    /// Its log is being read.
    Loading,
    /// It reads records.
    Reading(Box<Reading>),
    /// It reads records while this flush is prepared, written or appended.
    Committing(Box<Reading>, Box<Committing>),
    /// Its tenant may not be processed for now.
    Suspended,
    /// It cannot go on.
    Stopped,
}

/// A flush under way.
#[derive(Debug)]
pub(super) enum Committing {
    /// It is being prepared; this is kept for the slot.
    Preparing {
        draft: Box<super::event::Draft>,
        last_offset: Option<i64>,
        begun: EpochMs,
    },
    /// Its files are being written, or its slot appended.
    Slot {
        slot: Box<Slot>,
        bytes: Bytes,
        begun: EpochMs,
    },
}

impl Worker {
    /// A worker that holds nothing yet.
    #[must_use]
    pub fn new(limits: Limits, mut entropy: Entropy) -> Self {
        Self {
            limits,
            writer: WriterId::draw(&mut entropy),
            entropy,
            generations: 0,
            partitions: BTreeMap::new(),
            shares: Shares::default(),
            draining: false,
            drained: false,
            out: Vec::new(),
        }
    }

    /// Takes in what happened at `now` and says what is to be done, in order.
    pub fn step(&mut self, now: EpochMs, event: Event) -> Vec<Effect> {
        match event {
            Event::Assigned(partitions) => self.assign(partitions),
            Event::Revoked(partitions) => self.revoke(&partitions, now),
            Event::TailLoaded {
                ticket,
                tail,
                watermarks,
                last_digest,
            } => self.start(&ticket, tail, watermarks, last_digest.as_deref()),
            Event::Records(partition, intakes) => self.records(&partition, intakes, now),
            Event::End(partition, next) => self.end(&partition, next, now),
            Event::Exhausted(partition) => self.exhausted(&partition, now),
            Event::Tick => self.tick(now),
            Event::Prepared(ticket, prepared) => self.prepared(&ticket, *prepared),
            Event::Written(ticket, known) => self.written(&ticket, known, now),
            Event::Appended(ticket, answer) => self.appended(&ticket, answer),
            Event::Suspend(partitions) => self.suspend(&partitions),
            Event::Unsuspend(partitions) => self.unsuspend(&partitions),
            Event::Shares(shares) => self.set_shares(&shares, now),
            Event::Drain => self.drain(),
        }
        self.flush_what_is_due(now);
        self.keep_the_shares(now);
        self.keep_the_budget(now);
        self.finish_drain();
        std::mem::take(&mut self.out)
    }

    fn assign(&mut self, partitions: Vec<(TopicPartition, TenantId)>) {
        for (partition, tenant) in partitions {
            let state = Partition {
                tenant,
                generation: 0,
                stands: BTreeSet::new(),
                phase: Phase::Loading,
            };
            self.partitions.insert(partition.clone(), state);
            self.load(&partition);
        }
    }

    /// Lets go of partitions. What they hold is dropped, never closed: whoever
    /// holds them next reads it again.
    fn revoke(&mut self, partitions: &[TopicPartition], now: EpochMs) {
        for partition in partitions {
            if planted(Fault::CloseOnRevoke) {
                self.close_all(partition, now);
                continue;
            }
            self.partitions.remove(partition);
        }
    }

    /// Only ever reached by a planted fault.
    fn close_all(&mut self, partition: &TopicPartition, now: EpochMs) {
        if let Some(Phase::Reading(reading)) =
            self.partitions.get_mut(partition).map(|p| &mut p.phase)
        {
            while reading.cut_oldest(Cause::Budget, now) {}
            self.begin_flush(&partition.clone(), now);
        } else {
            self.partitions.remove(partition);
        }
    }

    /// Forgets what the partition holds and reads its log (again).
    pub(super) fn load(&mut self, partition: &TopicPartition) {
        self.generations += 1;
        let generation = self.generations;
        if let Some(state) = self.partitions.get_mut(partition) {
            state.generation = generation;
            state.phase = Phase::Loading;
            let partition = partition.clone();
            self.out.push(Effect::LoadTail(Ticket {
                partition,
                generation,
            }));
        }
    }

    /// The state of the attempt that `ticket` speaks of; `None` when it was
    /// given up.
    pub(super) fn current(&mut self, ticket: &Ticket) -> Option<&mut Partition> {
        let state = self.partitions.get_mut(&ticket.partition)?;
        let current = state.generation == ticket.generation || planted(Fault::IgnoreGeneration);
        current.then_some(state)
    }

    fn start(
        &mut self,
        ticket: &Ticket,
        tail: Result<Tail, LogError>,
        watermarks: Watermarks,
        last_digest: Option<&str>,
    ) {
        let assemble = self.limits.assemble;
        let Some(state) = self.current(ticket) else {
            return;
        };
        if !matches!(state.phase, Phase::Loading) {
            return;
        }
        let sound = tail.and_then(|tail| {
            tail.agrees_with(watermarks, last_digest)?;
            Ok(tail)
        });
        match sound {
            Ok(tail) => {
                let resume = tail.resume();
                let tenant = state.tenant.clone();
                let reading = Reading::new(tenant, tail, watermarks.low, assemble);
                state.phase = Phase::Reading(Box::new(reading));
                state.stands.clear();
                self.out
                    .push(Effect::Seek(ticket.partition.clone(), resume));
            }
            Err(error) => self.stop(&ticket.partition, error),
        }
    }

    pub(super) fn stop(&mut self, partition: &TopicPartition, error: LogError) {
        if let Some(state) = self.partitions.get_mut(partition) {
            state.phase = Phase::Stopped;
            self.out.push(Effect::Pause(partition.clone()));
            self.out.push(Effect::Stopped(partition.clone(), error));
        }
    }

    pub(super) fn reading(&mut self, partition: &TopicPartition) -> Option<&mut Reading> {
        self.partitions.get_mut(partition)?.phase.reading_mut()
    }

    fn records(&mut self, partition: &TopicPartition, intakes: Vec<Intake>, now: EpochMs) {
        if planted(Fault::DropThrottled) && self.is_throttled(partition) {
            return;
        }
        if let Some(reading) = self.reading(partition) {
            let taken = reading.take_all(intakes, now);
            reading.tick(now);
            self.charge(partition, taken, now);
        }
        self.stop_if_vanished(partition);
    }

    fn end(&mut self, partition: &TopicPartition, next: i64, now: EpochMs) {
        if let Some(reading) = self.reading(partition) {
            reading.reached_end(next, now);
            reading.tick(now);
        }
        self.stop_if_vanished(partition);
    }

    fn exhausted(&mut self, partition: &TopicPartition, now: EpochMs) {
        if let Some(reading) = self.reading(partition) {
            reading.exhausted(now);
        }
    }

    fn stop_if_vanished(&mut self, partition: &TopicPartition) {
        let vanished = self.reading(partition).map(|reading| reading.vanished());
        if let Some(Err(error)) = vanished {
            self.stop(partition, error);
        }
    }

    fn tick(&mut self, now: EpochMs) {
        for state in self.partitions.values_mut() {
            if let Some(reading) = state.phase.reading_mut() {
                reading.tick(now);
            }
        }
    }

    /// Nothing of a suspended tenant is held or copied; its records wait at
    /// the broker.
    fn suspend(&mut self, partitions: &[TopicPartition]) {
        for partition in partitions {
            if let Some(state) = self.partitions.get_mut(partition) {
                state.generation = 0;
                state.phase = Phase::Suspended;
                self.out.push(Effect::Pause(partition.clone()));
            }
        }
    }

    fn unsuspend(&mut self, partitions: &[TopicPartition]) {
        for partition in partitions {
            let state = self.partitions.get(partition);
            if state.is_some_and(|s| matches!(s.phase, Phase::Suspended)) {
                self.load(partition);
            }
        }
    }

    /// Nothing more is read; what is closed is committed, what is open stays
    /// open.
    fn drain(&mut self) {
        self.draining = true;
        for (partition, state) in &mut self.partitions {
            state.stands.insert(Stand::Drain);
            self.out.push(Effect::Pause(partition.clone()));
        }
    }

    fn finish_drain(&mut self) {
        let waits = |s: &Partition| match &s.phase {
            Phase::Committing(..) => true,
            Phase::Reading(reading) => reading.may_flush(),
            _ => false,
        };
        if self.draining && !self.drained && !self.partitions.values().any(waits) {
            self.drained = true;
            self.out.push(Effect::Drained);
        }
    }
}

impl Phase {
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Reading(_) => "reading",
            Self::Committing(..) => "committing",
            Self::Suspended => "suspended",
            Self::Stopped => "stopped",
        }
    }

    pub(super) const fn reading(&self) -> Option<&Reading> {
        match self {
            Self::Reading(reading) | Self::Committing(reading, _) => Some(reading),
            _ => None,
        }
    }

    pub(super) const fn reading_mut(&mut self) -> Option<&mut Reading> {
        match self {
            Self::Reading(reading) | Self::Committing(reading, _) => Some(reading),
            _ => None,
        }
    }
}
