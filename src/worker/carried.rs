//! Conversations of one partition that landed and may go on: which there are,
//! and what came of each.
//!
//! A record of such a conversation that comes late, or after it was cut, makes
//! it whole again: what came before is read from its sealed state. Which state
//! that is stands in the indices of the last slots, so that a worker that takes
//! a partition over knows what the one before it knew.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::error::Error;

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt, stream};

use super::pause::Pause;
use crate::batch::{Earlier, First, IndexLine, Recalled, decode_index, period, subject};
use crate::domain::{ConversationRef, EpochMs, TopicPartition};
use crate::lake::layout::LandingFile;
use crate::lake::read::{self, ReadError};
use crate::lake::store::StoreError;
use crate::ledger::Evidence;
use crate::purge::slot_evidence;
use crate::scope::Scope;
use crate::seal::original::decode_conversations;
use crate::seal::{BlobName, KeyedDigest, Purpose};

/// Slots that are read at the same time.
const FETCHES: usize = 16;
/// Slots that are read before it is asked whether they are old enough.
const STRIDE: u64 = 64;

/// Conversations that may go on, by subject.
#[derive(Debug, Default)]
pub(super) struct Carried {
    by_subject: HashMap<KeyedDigest, Kept>,
    /// In the order in which they landed first.
    landed: VecDeque<(EpochMs, KeyedDigest)>,
}

#[derive(Debug, Clone, Copy)]
struct Kept {
    earlier: Earlier,
    state: BlobName,
}

/// A conversation that landed before, to be read from its sealed state.
#[derive(Debug)]
pub(super) struct Wanted {
    conversation: ConversationRef,
    kept: Kept,
}

impl Carried {
    /// Takes note of what a slot landed. Slots come in order.
    pub(super) fn add(&mut self, evidence: &Evidence, index: &[IndexLine]) {
        let states = states(evidence);
        for line in index {
            let own = First {
                slot: evidence.slot,
                at: evidence.at,
            };
            let first = line.first.unwrap_or(own);
            let of = line.first.map(|first| period(first.at));
            // Before periods were told apart all was in one file.
            let Some(state) = states.get(&of).or_else(|| states.get(&None)).copied() else {
                continue;
            };
            let earlier = Earlier {
                id: line.conversation_id,
                first,
            };
            self.by_subject
                .insert(line.subject, Kept { earlier, state });
            if first == own {
                self.landed.push_back((first.at, line.subject));
            }
        }
    }

    /// Forgets conversations that landed `late_ms` ago or earlier.
    pub(super) fn forget(&mut self, now: EpochMs, late_ms: i64) {
        while let Some((at, subject)) = self.landed.front().copied() {
            if now.since(at) < late_ms {
                return;
            }
            self.landed.pop_front();
            let kept = self.by_subject.get(&subject);
            if kept.is_some_and(|kept| now.since(kept.earlier.first.at) >= late_ms) {
                self.by_subject.remove(&subject);
            }
        }
    }

    /// Which of `closed` landed before and may go on at `now`.
    pub(super) fn wanted<'a>(
        &self,
        scope: &Scope,
        closed: impl Iterator<Item = &'a ConversationRef>,
        now: EpochMs,
        late_ms: i64,
    ) -> Vec<Wanted> {
        if self.by_subject.is_empty() {
            return Vec::new();
        }
        let find = |conversation: &ConversationRef| {
            let kept = self
                .by_subject
                .get(&subject(&scope.ledger_key, conversation))?;
            (now.since(kept.earlier.first.at) < late_ms).then(|| Wanted {
                conversation: conversation.clone(),
                kept: *kept,
            })
        };
        closed.filter_map(find).collect()
    }
}

/// Reads which conversations of a log landed less than `late_ms` before `now`.
///
/// # Errors
/// When a store does not answer: try again.
pub(super) async fn load(
    scope: &Scope,
    log: &(TopicPartition, u32),
    next: u64,
    now: EpochMs,
    late_ms: i64,
) -> Result<Carried, ReadError> {
    let mut slots: Vec<(Evidence, Vec<IndexLine>)> = Vec::new();
    let mut to = if late_ms > 0 { next } else { 0 };
    while to > 0 {
        let from = to.saturating_sub(STRIDE);
        let reads = (from..to).rev().map(|n| slot_index(scope, log, n));
        let read: Vec<_> = stream::iter(reads).buffered(FETCHES).try_collect().await?;
        let read = read.into_iter().flatten();
        slots.extend(read);
        let oldest = slots.last().map(|(evidence, _)| evidence.at);
        to = match oldest.is_some_and(|at| now.since(at) >= late_ms) {
            true => 0,
            false => from,
        };
    }
    let mut carried = Carried::default();
    for (evidence, index) in slots.iter().rev() {
        carried.add(evidence, index);
    }
    carried.forget(now, late_ms);
    Ok(carried)
}

/// What slot `n` did for the tenant, if anything, and its index. One that is
/// gone or does not open leaves its conversations to end where they ended.
async fn slot_index(
    scope: &Scope,
    (place, epoch): &(TopicPartition, u32),
    n: u64,
) -> Result<Option<(Evidence, Vec<IndexLine>)>, ReadError> {
    let Some((slot, _)) = read::slot(&scope.stores.state, &read::log(place, *epoch), n).await?
    else {
        return Ok(None);
    };
    let Ok((_, evidence)) = slot_evidence(scope, &slot).await? else {
        return Ok(None);
    };
    let Some(name) = sealed(&evidence, Purpose::Index) else {
        return Ok(Some((evidence, Vec::new())));
    };
    let bytes = scope
        .stores
        .landing
        .get(&path(scope, Purpose::Index, name))
        .await?;
    let opened = bytes.and_then(|bytes| scope.sealer.open(Purpose::Index, name, &bytes).ok());
    let index = opened.and_then(|lines| decode_index(lines.expose()));
    if index.is_none() {
        tracing::warn!(event = "index_not_read", topic = &*place.topic, slot = n);
    }
    Ok(Some((evidence, index.unwrap_or_default())))
}

/// The sealed states of conversations that landed before, as they lie in the
/// store, for as long as it takes to read them.
pub(super) async fn fetch(scope: &Scope, wanted: &[Wanted]) -> BTreeMap<BlobName, Bytes> {
    let mut states = BTreeMap::new();
    for wanted in wanted {
        let name = wanted.kept.state;
        if states.contains_key(&name) {
            continue;
        }
        match get(scope, name).await {
            Some(bytes) => {
                states.insert(name, bytes);
            }
            None => tracing::warn!(event = "state_is_gone", tenant = scope.id().as_str()),
        }
    }
    states
}

async fn get(scope: &Scope, name: BlobName) -> Option<Bytes> {
    let mut pause = Pause::new();
    loop {
        let read: Result<_, StoreError> = scope
            .stores
            .landing
            .get(&path(scope, Purpose::State, name))
            .await;
        match read {
            Ok(found) => return found,
            Err(error) => {
                let error = &error as &dyn Error;
                tracing::warn!(event = "state_not_read", error);
            }
        }
        pause.wait().await;
    }
}

/// Opens what [`fetch`] read. One whose state is gone or does not open is not
/// among what is recalled, and what came later of it stands alone.
pub(super) fn open(
    scope: &Scope,
    wanted: &[Wanted],
    states: &BTreeMap<BlobName, Bytes>,
) -> Recalled {
    let mut of_state: BTreeMap<BlobName, HashMap<&ConversationRef, Earlier>> = BTreeMap::new();
    for wanted in wanted {
        let of_state = of_state.entry(wanted.kept.state).or_default();
        of_state.insert(&wanted.conversation, wanted.kept.earlier);
    }
    let mut recalled = Recalled::new();
    for (name, wanted) in of_state {
        let opened = states
            .get(&name)
            .and_then(|bytes| scope.sealer.open(Purpose::State, name, bytes).ok());
        let Some(conversations) = opened.and_then(|bytes| decode_conversations(&bytes).ok()) else {
            continue;
        };
        for conversation in conversations {
            if let Some(earlier) = wanted.get(&conversation.conversation) {
                let subject = subject(&scope.ledger_key, &conversation.conversation);
                recalled.insert(subject, (*earlier, conversation));
            }
        }
    }
    recalled
}

/// The sealed states of a slot: of what landed in it, and by the period in which
/// the others first landed.
fn states(evidence: &Evidence) -> BTreeMap<Option<i64>, BlobName> {
    let states = evidence.files.iter().filter_map(|entry| match &entry.file {
        LandingFile::Sealed {
            purpose: Purpose::State,
            name,
            ..
        } => Some((entry.first.map(period), *name)),
        _ => None,
    });
    states.collect()
}

/// The tenant's file of this purpose among what a slot made visible.
fn sealed(evidence: &Evidence, wanted: Purpose) -> Option<BlobName> {
    evidence.files.iter().find_map(|entry| match &entry.file {
        LandingFile::Sealed { purpose, name, .. } if *purpose == wanted => Some(*name),
        _ => None,
    })
}

fn path(scope: &Scope, purpose: Purpose, name: BlobName) -> crate::lake::layout::LandingPath {
    let tenant = scope.id().clone();
    LandingFile::Sealed {
        tenant,
        purpose,
        name,
    }
    .path()
}

#[cfg(test)]
mod tests;
