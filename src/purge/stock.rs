//! What lies in the landing store because a slot named it.
//!
//! A process reads each slot's evidence once. A fresh process begins with the
//! first slot of every log.

use std::collections::{BTreeMap, BTreeSet};

use super::PurgeError;
use super::verify::{Unsound, evidence};
use crate::domain::{EpochMs, Sha256, TopicPartition};
use crate::lake::layout::LandingFile;
use crate::lake::log::Slot;
use crate::lake::read;
use crate::scope::Scope;

/// A file that a slot named, and that is not known to be gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stocked {
    pub(super) sha256: Sha256,
    /// When its timer began: when it was made, or what is in it first landed.
    pub(super) at: EpochMs,
    /// The log and the slot that named it.
    pub(super) log: (TopicPartition, u32),
    pub(super) slot: u64,
}

/// Everything that slots have named.
#[derive(Debug, Default)]
pub(super) struct Stock {
    /// The first slot of each log that was not read.
    next: BTreeMap<(TopicPartition, u32), u64>,
    pub(super) files: BTreeMap<LandingFile, Stocked>,
    evidence: BTreeSet<LandingFile>,
    /// Slots whose evidence cannot be read, so that nobody knows what they
    /// name.
    pub(super) unread: BTreeMap<(TopicPartition, u32, u64), Unsound>,
}

impl Stock {
    /// Reads what was committed since, and once more what could not be read.
    pub(super) async fn refresh(
        &mut self,
        scope: &Scope,
        logs: &[(TopicPartition, u32)],
    ) -> Result<(), PurgeError> {
        let unread: Vec<_> = self.unread.keys().cloned().collect();
        for (place, epoch, n) in unread {
            let chain = read::log(&place, epoch);
            if let Some((slot, _)) = read::slot(&scope.stores.state, &chain, n).await? {
                self.take(scope, &(place, epoch), &slot).await?;
            }
        }
        for log in logs {
            let chain = read::log(&log.0, log.1);
            let mut n = self.next.get(log).copied().unwrap_or(0);
            while let Some((slot, _)) = read::slot(&scope.stores.state, &chain, n).await? {
                self.take(scope, log, &slot).await?;
                n += 1;
                self.next.insert(log.clone(), n);
            }
        }
        Ok(())
    }

    async fn take(
        &mut self,
        scope: &Scope,
        log: &(TopicPartition, u32),
        slot: &Slot,
    ) -> Result<(), PurgeError> {
        if !slot.leaves.contains_key(scope.id()) {
            return Ok(());
        }
        let key = (log.0.clone(), log.1, slot.n);
        let (file, evidence) = match evidence(scope, slot).await? {
            Ok(sound) => sound,
            Err(unsound) => {
                self.unread.insert(key, unsound);
                return Ok(());
            }
        };
        self.unread.remove(&key);
        self.evidence.insert(file);
        for entry in evidence.files {
            let stocked = Stocked {
                sha256: entry.sha256,
                at: entry.first.unwrap_or(evidence.at),
                log: log.clone(),
                slot: slot.n,
            };
            self.files.insert(entry.file, stocked);
        }
        Ok(())
    }

    /// Forgets files that a receipt says are gone.
    pub(super) fn forget(&mut self, gone: &BTreeSet<LandingFile>) {
        self.files.retain(|file, _| !gone.contains(file));
    }

    /// Whether a slot names `file`.
    pub(super) fn names(&self, file: &LandingFile) -> bool {
        self.files.contains_key(file) || self.evidence.contains(file)
    }
}
