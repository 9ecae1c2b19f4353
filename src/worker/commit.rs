//! A flush, step by step: its files are prepared and written, then its slot is
//! appended, and each step that comes to nothing is read again.

use bytes::Bytes;

use super::event::{Effect, Flush, Prepared, Ticket};
use super::slot;
use super::step::{Committing, Partition, Phase, Worker};
use crate::domain::{EpochMs, TopicPartition};
use crate::fault::{Fault, planted};
use crate::lake::append::Appended;
use crate::lake::log::{Tail, WriterId};

/// A flush older than this is given up before its slot is put: the sweep takes
/// files that no slot names after a day, and a process that was stopped for so
/// long may no longer rely on its own.
const MAX_FLUSH_MS: i64 = 3_600_000;

impl Worker {
    pub(super) fn flush_what_is_due(&mut self, now: EpochMs) {
        let limits = self.limits.flush;
        let must = self.draining;
        let due = |state: &Partition| match &state.phase {
            Phase::Reading(reading) => reading.wants_flush(&limits, now, must),
            _ => false,
        };
        let partitions: Vec<TopicPartition> = self
            .partitions
            .iter()
            .filter(|(_, state)| due(state))
            .map(|(partition, _)| partition.clone())
            .collect();
        for partition in partitions {
            self.begin_flush(&partition, now);
        }
    }

    pub(super) fn begin_flush(&mut self, partition: &TopicPartition, now: EpochMs) {
        let Some(state) = self.partitions.get_mut(partition) else {
            return;
        };
        let Phase::Reading(mut reading) = std::mem::replace(&mut state.phase, Phase::Loading)
        else {
            return;
        };
        let flush = reading.begin_flush(partition, state.generation);
        let preparing = Committing::Preparing {
            draft: Box::new(flush.draft.clone()),
            last_offset: flush.last_record.as_ref().map(|r| r.offset),
            begun: now,
        };
        state.phase = Phase::Committing(reading, Box::new(preparing));
        self.hint_early(&flush);
        self.out.push(Effect::Prepare(Box::new(flush)));
    }

    /// Only ever acts under a planted fault.
    fn hint_early(&mut self, flush: &Flush) {
        if planted(Fault::OffsetFirst) {
            let partition = flush.ticket.partition.clone();
            let counts = Box::new(flush.draft.counts.clone());
            self.out.push(Effect::Committed {
                partition,
                n: flush.draft.base.next,
                resume: flush.draft.end,
                counts,
            });
        }
    }

    pub(super) fn prepared(&mut self, ticket: &Ticket, prepared: Prepared) {
        let writer = self.writer;
        let attempt = WriterId::draw(&mut self.entropy);
        let Some(state) = self.current(ticket) else {
            return;
        };
        let Phase::Committing(_, committing) = &mut state.phase else {
            return;
        };
        let Committing::Preparing {
            draft,
            last_offset,
            begun,
        } = committing.as_ref()
        else {
            return;
        };
        let begun = *begun;
        let built = slot::build(
            (**draft).clone(),
            &prepared,
            *last_offset,
            &state.tenant,
            writer,
            attempt,
        );
        match built {
            Ok(slot) => {
                let bytes = Bytes::from(slot.to_bytes());
                let slot = Box::new(slot);
                **committing = Committing::Slot { slot, bytes, begun };
                self.out.push(Effect::Write(ticket.clone(), prepared.files));
            }
            Err(error) => self.stop(&ticket.partition, error),
        }
    }

    /// The files are durable, or it is not known: then this attempt is given
    /// up and the sweep takes its files.
    pub(super) fn written(&mut self, ticket: &Ticket, known: bool, now: EpochMs) {
        let Some(state) = self.current(ticket) else {
            return;
        };
        let Phase::Committing(_, committing) = &state.phase else {
            return;
        };
        let Committing::Slot { slot, bytes, begun } = committing.as_ref() else {
            return;
        };
        if known && now.since(*begun) < MAX_FLUSH_MS {
            let append = Effect::Append {
                ticket: ticket.clone(),
                n: slot.n,
                bytes: bytes.clone(),
            };
            self.out.push(append);
        } else {
            self.load(&ticket.partition);
        }
    }

    pub(super) fn appended(&mut self, ticket: &Ticket, answer: Appended) {
        let Some(state) = self.current(ticket) else {
            return;
        };
        match (std::mem::replace(&mut state.phase, Phase::Loading), answer) {
            (Phase::Committing(mut reading, committing), Appended::Won) => {
                let Committing::Slot { slot, bytes, .. } = *committing else {
                    return self.load(&ticket.partition);
                };
                let tail = Tail::after(&slot, &bytes);
                let resume = tail.resume();
                reading.committed(tail);
                state.phase = Phase::Reading(reading);
                self.out.push(Effect::Committed {
                    partition: ticket.partition.clone(),
                    n: slot.n,
                    resume,
                    counts: Box::new(slot.counts),
                });
            }
            (Phase::Committing(..), Appended::Reload) => self.load(&ticket.partition),
            (phase, _) => state.phase = phase,
        }
    }
}
