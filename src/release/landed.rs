//! What of its inputs a release may publish: of each conversation what came of
//! it last, once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use bytes::Bytes;

use super::ReleaseError;
use super::inputs::{Loaded, Said, SlotName};
use crate::domain::{EpochMs, PolicyHash, ResearchId, TopicPartition};
use crate::ledger::{Evidence, FileEntry};
use crate::scope::Scope;
use crate::seal::BlobName;
use crate::table::LandedRows;

/// What the inputs of a release add up to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Tally {
    /// Conversations that landed or were held back, as the evidence says.
    pub(super) landed: u64,
    /// Conversations read, to be released.
    pub(super) released: u64,
    /// Their turns.
    pub(super) turns: u64,
    /// Conversations held back, by reason, as the indices say.
    pub(super) held_back: BTreeMap<String, u64>,
    /// Conversations of an earlier release of which more came too late for it.
    pub(super) late: u64,
    /// Those of the released whose attributes are told less exactly than they
    /// landed, since too few share them.
    pub(super) coarsened: u64,
    /// Policies applied.
    pub(super) policies: BTreeSet<PolicyHash>,
    /// Versions of the engine.
    pub(super) engines: BTreeSet<String>,
    /// When the first of them was committed.
    pub(super) earliest: Option<EpochMs>,
}

/// Which slot has the last word on each conversation of a release.
#[derive(Debug, Default)]
pub(super) struct Words {
    last: HashMap<ResearchId, Word>,
    late: u64,
}

#[derive(Debug)]
struct Word {
    slot: (TopicPartition, u32, u64),
    held_back: Option<String>,
}

impl Words {
    /// Takes in a slot that the release takes, in the order of its log. What
    /// began before slot `from` is of an earlier release, which looked for it
    /// below `seen_to`.
    pub(super) fn taken(&mut self, said: &Said, from: u64, seen_to: u64) {
        let (_, _, slot) = said.slot();
        for line in &said.index {
            let began = line.first.map_or(slot, |first| first.slot);
            if began >= from {
                let word = Word::new(said.slot(), line.held_back.as_ref());
                self.last.insert(line.conversation_id, word);
            } else if slot >= seen_to {
                self.late += 1;
            }
        }
    }

    /// Takes in a slot after those; whether it says anything of a conversation
    /// of this release.
    pub(super) fn later(&mut self, said: &Said) -> bool {
        let mut of_this = false;
        for line in &said.index {
            if let Some(word) = self.last.get_mut(&line.conversation_id) {
                *word = Word::new(said.slot(), line.held_back.as_ref());
                of_this = true;
            }
        }
        of_this
    }

    fn held_back(&self) -> BTreeMap<String, u64> {
        let mut out = BTreeMap::new();
        for reason in self.last.values().filter_map(|w| w.held_back.as_ref()) {
            *out.entry(reason.clone()).or_default() += 1;
        }
        out
    }

    /// Whether what `slot` landed of a conversation is what came of it last.
    fn publishes(&self, id: ResearchId, slot: SlotName<'_>) -> bool {
        self.last.get(&id).is_some_and(|word| {
            let (place, epoch, n) = &word.slot;
            word.held_back.is_none() && (place, *epoch, *n) == slot
        })
    }
}

impl Word {
    fn new((place, epoch, n): SlotName<'_>, held_back: Option<&String>) -> Self {
        Self {
            slot: (place.clone(), epoch, n),
            held_back: held_back.cloned(),
        }
    }
}

/// Everything of a release's inputs.
#[derive(Debug)]
pub(super) struct Landed {
    pub(super) rows: LandedRows,
    pub(super) tally: Tally,
    words: Words,
    /// Which slot each conversation of `rows` came from: the first index past
    /// those of a slot, and the slot.
    slots: Vec<(usize, (TopicPartition, u32, u64))>,
}

impl Landed {
    pub(super) fn new(scope: &Scope, words: Words) -> Self {
        Self {
            rows: LandedRows::new(Arc::clone(&scope.sealer)),
            tally: Tally {
                held_back: words.held_back(),
                late: words.late,
                ..Tally::default()
            },
            words,
            slots: Vec::new(),
        }
    }

    /// No rows yet, of what was published before.
    pub(super) fn again(scope: &Scope) -> Self {
        Self::new(scope, Words::default())
    }

    /// Counts the rows over `tally`, which knows the rest.
    pub(super) fn count_as(&mut self, tally: Tally) {
        self.tally = tally;
        self.count();
    }

    /// Adds what a slot landed.
    pub(super) fn add(&mut self, loaded: &Loaded) -> Result<(), ReleaseError> {
        let before = self.rows.len();
        for pair in &loaded.pairs {
            self.add_pair(pair, loaded)?;
        }
        let added = self.rows.conversations().skip(before);
        let (conversations, turns) = (added.len(), added.map(|c| c.turns).sum::<usize>());
        let evidence = &loaded.said.evidence;
        if [conversations as u64, turns as u64] != [evidence.conversations, evidence.turns] {
            return Err(ReleaseError::Disagrees {
                object: loaded.evidence(),
                what: "its numbers of conversations and turns",
            });
        }
        let (place, epoch, n) = loaded.said.slot();
        self.slots
            .push((self.rows.len(), (place.clone(), epoch, n)));
        self.tally.add(evidence, loaded.taken);
        Ok(())
    }

    fn add_pair(
        &mut self,
        [conversations, turns]: &[(FileEntry, BlobName, Bytes); 2],
        loaded: &Loaded,
    ) -> Result<(), ReleaseError> {
        let before = self.rows.len();
        let files = [conversations, turns].map(|(_, name, bytes)| (*name, bytes.as_ref()));
        let added = self.rows.add(files[0], files[1]);
        added.map_err(|error| ReleaseError::Rows {
            object: loaded.landing(),
            error,
        })?;
        let new = || self.rows.conversations().skip(before);
        let rows: u64 = new().map(|c| c.turns as u64).sum();
        if [new().len() as u64, rows] != [conversations.0.rows, turns.0.rows] {
            return Err(ReleaseError::Disagrees {
                object: loaded.landing(),
                what: "its number of rows",
            });
        }
        Ok(())
    }

    /// Leaves of each conversation what came of it last.
    pub(super) fn settle(&mut self) {
        let (words, slots) = (&self.words, &self.slots);
        self.rows.retain(|i, id| {
            let (place, epoch, n) = &slots[slots.partition_point(|(end, _)| *end <= i)].1;
            words.publishes(id, (place, *epoch, *n))
        });
        self.count();
    }

    /// Holds back the conversations for which `is` is true, by index.
    pub(super) fn hold_back(&mut self, reason: &str, is: impl Fn(usize) -> bool) {
        let before = self.rows.len();
        self.rows.retain(|i, _| !is(i));
        let held = (before - self.rows.len()) as u64;
        if held > 0 {
            *self.tally.held_back.entry(reason.to_owned()).or_default() += held;
        }
        self.count();
    }

    fn count(&mut self) {
        self.tally.released = self.rows.len() as u64;
        let turns = self.rows.conversations().map(|c| c.turns as u64);
        self.tally.turns = turns.sum();
    }
}

impl Tally {
    fn add(&mut self, evidence: &Evidence, taken: bool) {
        self.policies.insert(evidence.policy);
        self.engines.insert(evidence.engine.clone());
        if taken {
            self.landed += evidence.landed();
            let earliest = self.earliest.map_or(evidence.at, |at| at.min(evidence.at));
            self.earliest = Some(earliest);
        }
    }
}
