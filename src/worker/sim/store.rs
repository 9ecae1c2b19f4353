//! A scripted object store: every answer that a real one may give, and worse.

use std::collections::BTreeMap;

use bytes::Bytes;

use crate::domain::{Entropy, TopicPartition};
use crate::lake::log::{LogError, Slot, Tail};
use crate::lake::store::{PutAnswer, StoreError};

const DOUBT: PutAnswer = PutAnswer::Doubt(StoreError::Unavailable(None));

#[derive(Debug, Default)]
pub(super) struct Store {
    objects: BTreeMap<String, Bytes>,
    /// Writes that were answered with an error and are still under way.
    delayed: Vec<(String, Bytes)>,
    pub(super) calm: bool,
}

impl Store {
    /// Puts under a name that is written once.
    pub(super) fn put_if_absent(
        &mut self,
        path: &str,
        bytes: Bytes,
        entropy: &mut Entropy,
    ) -> PutAnswer {
        let exists = self.objects.contains_key(path);
        let fate = if self.calm { 99 } else { entropy.below(40) };
        match fate {
            0..2 => return DOUBT,
            2 => {
                self.delayed.push((path.to_owned(), bytes));
                return DOUBT;
            }
            // A conflict between two writers is answered like an existing
            // object though neither has landed yet.
            3 if !exists => return PutAnswer::Exists,
            _ => {}
        }
        if exists {
            return PutAnswer::Exists;
        }
        self.objects.insert(path.to_owned(), bytes);
        match fate {
            4..7 => DOUBT,
            // The client tried again and met its own object.
            7..9 => PutAnswer::Exists,
            _ => PutAnswer::Created,
        }
    }

    /// Puts under a name of its own; says whether it is known to lie there.
    pub(super) fn put_unique(&mut self, path: &str, bytes: Bytes, entropy: &mut Entropy) -> bool {
        let fate = if self.calm { 99 } else { entropy.below(30) };
        if fate > 0 {
            self.objects.insert(path.to_owned(), bytes);
        }
        fate > 1
    }

    /// Reads; the outer `None` is a store that does not answer.
    pub(super) fn get(&self, path: &str, entropy: &mut Entropy) -> Option<Option<Bytes>> {
        let fails = !self.calm && entropy.below(25) == 0;
        (!fails).then(|| self.objects.get(path).cloned())
    }

    pub(super) fn peek(&self, path: &str) -> Option<&Bytes> {
        self.objects.get(path)
    }

    pub(super) fn delete(&mut self, path: &str) {
        self.objects.remove(path);
    }

    /// One delayed write lands, unless another was first.
    pub(super) fn land_delayed(&mut self) {
        if !self.delayed.is_empty() {
            let (path, bytes) = self.delayed.remove(0);
            self.objects.entry(path).or_insert(bytes);
        }
    }

    /// What a worker reads when it loads a log.
    pub(super) fn tail(
        &self,
        place: &TopicPartition,
        low: i64,
        entropy: &mut Entropy,
    ) -> Option<Result<Tail, LogError>> {
        self.get("", entropy)?;
        Some(self.slots(place).map(|slots| {
            slots.last().map_or_else(
                || Tail::begin(low),
                |slot| Tail::after(slot, &slot.to_bytes()),
            )
        }))
    }

    /// Every slot of a log, checked link by link.
    pub(super) fn slots(&self, place: &TopicPartition) -> Result<Vec<Slot>, LogError> {
        let mut slots: Vec<Slot> = Vec::new();
        while let Some(bytes) = self.peek(&slot_path(place, slots.len() as u64)) {
            let slot = Slot::from_bytes(slots.len() as u64, bytes)?;
            let tail = slots.last().map_or_else(
                || Tail::begin(slot.start),
                |last| Tail::after(last, &last.to_bytes()),
            );
            slot.follows(&tail)?;
            slots.push(slot);
        }
        Ok(slots)
    }
}

pub(super) fn slot_path(place: &TopicPartition, n: u64) -> String {
    format!("log/{place}/{n:06}")
}

pub(super) fn evidence_path(name: &str) -> String {
    format!("evidence/{name}")
}

pub(super) fn chain_path(n: u64) -> String {
    format!("chain/{n:06}")
}
