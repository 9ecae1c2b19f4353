//! One process: a worker, what it has under way, and where it reads.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::broker;
use super::store::{Store, evidence_path, slot_path};
use crate::assemble::Closed;
use crate::config::resolved::{Assemble, Flush as FlushLimits, Share};
use crate::domain::{Entropy, EpochMs, Sha256, TenantId, TopicPartition};
use crate::fault::{Fault, planted};
use crate::lake::append::{Appended, judge};
use crate::lake::log::{Leaf, OpenOffsets, Slot};
use crate::lake::store::PutAnswer;
use crate::seal::BlobName;
use crate::worker::event::{Arrived, Effect, Event, Flush, Prepared, PreparedFile, Sealed, Ticket};
use crate::worker::step::{Limits, Worker};

pub(super) const IDLE_MS: i64 = 30_000;
pub(super) const MAX_AGE_MS: i64 = 600_000;

/// What a conversation, or a segment of one, landed as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Landed {
    pub(super) conversation: u32,
    pub(super) cause: String,
    pub(super) at: EpochMs,
    pub(super) offsets: Vec<i64>,
    /// The offsets that its turns say they came from.
    pub(super) turns: Vec<i64>,
}

/// The evidence of a slot in the simulation: it holds the rows themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Rows {
    pub(super) landed: Vec<Landed>,
    pub(super) quarantined: Vec<i64>,
}

#[derive(Debug, Default)]
pub(super) struct Cursor {
    pub(super) next: i64,
    pub(super) flows: bool,
    pub(super) at_end: bool,
    /// What still comes though it was told to stand still.
    on_its_way: u64,
}

/// What the rest of the world is for one step of a node.
pub(super) struct Outside<'a> {
    pub(super) store: &'a mut Store,
    pub(super) brokers: &'a mut BTreeMap<TopicPartition, broker::Partition>,
    pub(super) entropy: &'a mut Entropy,
    pub(super) now: EpochMs,
}

#[derive(Debug)]
pub(super) struct Node {
    worker: Worker,
    pub(super) tasks: Vec<Effect>,
    pub(super) cursors: BTreeMap<TopicPartition, Cursor>,
}

impl Node {
    pub(super) fn start(entropy: &mut Entropy, shares: &BTreeMap<TenantId, Share>) -> Self {
        let tight = entropy.below(6) == 0;
        let limits = Limits {
            assemble: Assemble {
                end_grace_ms: 2_000,
                idle_ms: IDLE_MS,
                max_turns: 6,
                max_bytes: 1 << 20,
                max_age_ms: MAX_AGE_MS,
                late_ms: 0,
            },
            flush: FlushLimits {
                bytes: if tight { 200 } else { 1 << 20 },
                interval_ms: 5_000,
            },
            memory_bytes: if tight { 2_000 } else { 1 << 20 },
        };
        let mut worker = Worker::new(limits, entropy.fork());
        worker.step(EpochMs(0), Event::Shares(shares.clone()));
        Self {
            worker,
            tasks: Vec::new(),
            cursors: BTreeMap::new(),
        }
    }

    pub(super) fn assign(
        &mut self,
        place: &TopicPartition,
        tenant: &TenantId,
        out: &mut Outside<'_>,
    ) -> Result<(), String> {
        self.cursors.insert(place.clone(), Cursor::default());
        let assigned = vec![(place.clone(), tenant.clone())];
        self.step(Event::Assigned(assigned), out)
    }

    pub(super) fn revoke(
        &mut self,
        place: &TopicPartition,
        out: &mut Outside<'_>,
    ) -> Result<(), String> {
        self.cursors.remove(place);
        self.step(Event::Revoked(vec![place.clone()]), out)
    }

    pub(super) fn holds_nothing_back(&self) -> bool {
        self.tasks.is_empty() && self.worker.status().all(|(_, s)| s.open_conversations == 0)
    }

    pub(super) fn step(&mut self, event: Event, out: &mut Outside<'_>) -> Result<(), String> {
        for effect in self.worker.step(out.now, event) {
            match effect {
                Effect::Seek(place, offset) => {
                    if let Some(cursor) = self.cursors.get_mut(&place) {
                        cursor.next = offset;
                        cursor.flows = true;
                        cursor.at_end = false;
                        cursor.on_its_way = 0;
                    }
                }
                Effect::Pause(place) => self.flow(&place, false, out.entropy.below(4)),
                Effect::Resume(place) => self.flow(&place, true, 0),
                Effect::Committed {
                    partition, resume, ..
                } => {
                    if let Some(broker) = out.brokers.get_mut(&partition) {
                        broker.hint = resume;
                    }
                }
                Effect::Stopped(place, error) => return Err(format!("{place} stopped: {error}")),
                Effect::Drained => {}
                task => self.tasks.push(task),
            }
        }
        Ok(())
    }

    fn flow(&mut self, place: &TopicPartition, flows: bool, on_its_way: u64) {
        if let Some(cursor) = self.cursors.get_mut(place) {
            cursor.flows = flows;
            cursor.on_its_way = on_its_way;
        }
    }

    /// Delivers a few records of `place`, or its end.
    pub(super) fn deliver(
        &mut self,
        place: &TopicPartition,
        out: &mut Outside<'_>,
    ) -> Result<(), String> {
        let comes = |cursor: &&mut Cursor| cursor.flows || cursor.on_its_way > 0;
        let Some(cursor) = self.cursors.get_mut(place).filter(comes) else {
            return Ok(());
        };
        cursor.on_its_way = cursor.on_its_way.saturating_sub(1);
        let broker = &out.brokers[place];
        let high = broker.watermarks().high;
        let most = 1 + out.entropy.below(5) as i64;
        let until = high.min(cursor.next + most);
        let offsets = cursor.next..until;
        let intakes: Vec<_> = offsets.filter_map(|o| broker.intake(o)).collect();
        let intakes = forget_closed(intakes, place, out.store);
        if until > cursor.next {
            cursor.at_end = false;
        }
        cursor.next = until.max(cursor.next);
        let ended = cursor.next >= high && !std::mem::replace(&mut cursor.at_end, until >= high);
        let next = cursor.next;
        if !intakes.is_empty() {
            self.step(Event::Records(place.clone(), intakes), out)?;
        }
        if ended && self.cursors.contains_key(place) {
            self.step(Event::End(place.clone(), next), out)?;
        }
        Ok(())
    }

    /// Performs one of the effects under way.
    pub(super) fn perform(&mut self, out: &mut Outside<'_>) -> Result<(), String> {
        if self.tasks.is_empty() {
            return Ok(());
        }
        let pick = out.entropy.below(self.tasks.len() as u64) as usize;
        match self.tasks.remove(pick) {
            Effect::LoadTail(ticket) => self.load(ticket, out),
            Effect::Prepare(flush) => {
                let ticket = flush.ticket.clone();
                let prepared = prepare(&flush, out);
                self.step(Event::Prepared(ticket, Box::new(prepared)), out)
            }
            Effect::Write(ticket, files) => {
                // Every file is tried, whatever became of the one before.
                let mut known = true;
                for file in &files {
                    known &= write(file, out);
                }
                self.step(Event::Written(ticket, known), out)
            }
            Effect::Append { ticket, n, bytes } => self.append(ticket, n, &bytes, out),
            _ => Ok(()),
        }
    }

    fn load(&mut self, ticket: Ticket, out: &mut Outside<'_>) -> Result<(), String> {
        let place = &ticket.partition;
        let broker = &out.brokers[place];
        let watermarks = broker.watermarks();
        let Some(mut tail) = out.store.tail(place, watermarks.low, out.entropy) else {
            self.tasks.push(Effect::LoadTail(ticket));
            return Ok(());
        };
        if let Ok(tail) = &mut tail
            && planted(Fault::OffsetFirst)
            && broker.hint > tail.end
        {
            tail.end = broker.hint;
            tail.open = OpenOffsets::default();
        }
        let last = tail.as_ref().ok().and_then(|t| t.last_record.as_ref());
        let last_digest = last
            .filter(|last| last.offset >= watermarks.low)
            .map(|last| last.offset.to_string());
        let event = Event::TailLoaded {
            ticket,
            tail,
            watermarks,
            last_digest,
        };
        self.step(event, out)
    }

    fn append(
        &mut self,
        ticket: Ticket,
        n: u64,
        bytes: &Bytes,
        out: &mut Outside<'_>,
    ) -> Result<(), String> {
        let path = slot_path(&ticket.partition, n);
        let answer = out.store.put_if_absent(&path, bytes.clone(), out.entropy);
        let appended = if answer == PutAnswer::Created {
            Appended::Won
        } else {
            let found = out.store.get(&path, out.entropy).flatten();
            judge(answer, found.as_deref(), bytes)
        };
        if appended == Appended::Reload && planted(Fault::DeleteAfterDoubt) {
            let slot = Slot::from_bytes(n, bytes).map_err(|e| e.to_string())?;
            for leaf in slot.leaves.values() {
                out.store.delete(&evidence_path(&leaf.name));
            }
        }
        self.step(Event::Appended(ticket, appended), out)
    }
}

/// Only ever acts under a planted fault: what belongs to a conversation that
/// was committed before is taken for done.
fn forget_closed(
    intakes: Vec<crate::worker::event::Intake>,
    place: &TopicPartition,
    store: &Store,
) -> Vec<crate::worker::event::Intake> {
    if !planted(Fault::ClosedById) {
        return intakes;
    }
    let slots = store.slots(place).unwrap_or_default();
    let closed: Vec<u32> = slots
        .iter()
        .flat_map(|slot| rows_of(slot, store))
        .flat_map(|rows| rows.landed)
        .map(|landed| landed.conversation)
        .collect();
    let mut intakes = intakes;
    for intake in &mut intakes {
        if let Arrived::Fragment(fragment) = &intake.arrived
            && closed.contains(&fragment.conversation.expose().parse().unwrap_or(0))
        {
            intake.arrived = Arrived::Drop(crate::lake::log::Drop::Superseded);
        }
    }
    intakes
}

/// The rows that a slot made visible; `None` when its evidence is not what
/// the slot says.
pub(super) fn rows_of(slot: &Slot, store: &Store) -> Option<Rows> {
    let leaf = slot.leaves.values().next()?;
    let bytes = store.peek(&evidence_path(&leaf.name))?;
    (Sha256::of(bytes) == leaf.sha256).then(|| serde_json::from_slice(bytes).expect("rows"))
}

fn prepare(flush: &Flush, out: &mut Outside<'_>) -> Prepared {
    let offsets = |sealed: &[Sealed]| sealed.iter().map(|s| s.record.offset).collect::<Vec<_>>();
    let mut quarantined = offsets(&flush.quarantined);
    quarantined.extend(offsets(&flush.unclaimed));
    // Now and then a conversation cannot be processed after all.
    let (poisoned, sound): (Vec<&Closed>, Vec<&Closed>) = flush
        .closed
        .iter()
        .partition(|c| c.superseded == 0 && out.entropy.below(20) == 0);
    let quarantined_records = poisoned.iter().map(|c| c.offsets.len() as u64).sum();
    quarantined.extend(poisoned.iter().flat_map(|c| c.offsets.iter().copied()));
    let rows = Rows {
        landed: sound.iter().map(|closed| landed(closed, out.now)).collect(),
        quarantined,
    };
    let bytes = Bytes::from(serde_json::to_vec(&rows).expect("rows"));
    let name = BlobName::draw(out.entropy);
    Prepared {
        leaf: Leaf {
            name: name.to_string(),
            sha256: Sha256::of(&bytes),
        },
        files: vec![PreparedFile::Evidence {
            tenant: flush.tenant.clone(),
            name,
            bytes,
        }],
        last_digest: flush.last_record.as_ref().map(|r| r.offset.to_string()),
        policies: Vec::new(),
        quarantined_records,
        empty_records: 0,
    }
}

fn landed(closed: &Closed, at: EpochMs) -> Landed {
    let number = |text: &str| text.parse().expect("a number");
    let turns = closed.conversation.turns.iter();
    Landed {
        conversation: number(closed.conversation.conversation.expose()) as u32,
        cause: closed.cause.name().to_owned(),
        at,
        offsets: closed.offsets.clone(),
        turns: turns.map(|t| number(t.text.expose())).collect(),
    }
}

fn write(file: &PreparedFile, out: &mut Outside<'_>) -> bool {
    match file {
        PreparedFile::Evidence { name, bytes, .. } => {
            let path = evidence_path(&name.to_string());
            out.store.put_unique(&path, bytes.clone(), out.entropy)
        }
        _ => true,
    }
}
