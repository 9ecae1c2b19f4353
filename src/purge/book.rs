//! A chain as one process has read it, and what it says of files.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{PurgeError, Run};
use crate::domain::TopicPartition;
use crate::lake::append::Appended;
use crate::lake::layout::LandingFile;
use crate::ledger::{
    Deed, Entry, FilePurge, Journal, PurgeTarget, Receipt, SetTimers, TenantChain,
};

/// How often an entry is tried again when another one came first.
const TRIES: u32 = 4;

/// A chain, read up to some entry.
#[derive(Debug)]
pub(super) struct Book {
    journal: Journal,
    pub(super) chain: TenantChain,
    entries: Vec<Entry>,
}

impl Book {
    pub(super) fn new(journal: Journal) -> Self {
        Self {
            journal,
            chain: TenantChain::default(),
            entries: Vec::new(),
        }
    }

    /// Reads what was appended since; founds the chain where there is none,
    /// but not in a dry run.
    pub(super) async fn open(&mut self, run: &mut Run<'_>) -> Result<(), PurgeError> {
        self.refresh().await?;
        if self.chain.area.is_none() && run.execute {
            self.journal.open(run.now, run.entropy).await?;
            self.refresh().await?;
        }
        Ok(())
    }

    pub(super) async fn refresh(&mut self) -> Result<(), PurgeError> {
        let (chain, entries) = (&mut self.chain, &mut self.entries);
        Ok(self.journal.read_on(chain, entries).await?)
    }

    pub(super) fn held(&self) -> bool {
        !self.chain.holds.is_empty()
    }

    /// Writes down what the tenant's file says of its timers, where it says
    /// something else than the last time. Where others keep coming first, the
    /// next run does; until then the longer of both are in force.
    pub(super) async fn set_timers(
        &mut self,
        written: SetTimers,
        run: &mut Run<'_>,
    ) -> Result<(), PurgeError> {
        for _ in 0..TRIES {
            if self.chain.timers.last() == Some(written) {
                break;
            }
            let deed = Deed::TimersSet(written);
            self.journal
                .append(&self.chain, deed, run.now, None, run.entropy)
                .await;
            self.refresh().await?;
        }
        Ok(())
    }

    /// Writes down that `target` is to go. Gives the intent's number once it
    /// is in force; `None` when another entry came first or a hold made it
    /// void: then nothing may be done, and the next run decides anew.
    pub(super) async fn intend(
        &mut self,
        target: PurgeTarget,
        run: &mut Run<'_>,
    ) -> Result<Option<u64>, PurgeError> {
        let n = self.chain.next;
        let deed = Deed::PurgeIntended { target };
        let answer = self
            .journal
            .append(&self.chain, deed, run.now, None, run.entropy);
        let answer = answer.await;
        self.refresh().await?;
        let in_force = answer == Appended::Won && self.chain.intents.contains_key(&n);
        Ok(in_force.then_some(n))
    }

    /// Writes down what became of `intent`, unless someone has. Where others
    /// keep coming first, the intent stays open for the next run.
    pub(super) async fn conclude(
        &mut self,
        intent: u64,
        receipt: Receipt,
        run: &mut Run<'_>,
    ) -> Result<(), PurgeError> {
        for _ in 0..TRIES {
            if !self.chain.intents.contains_key(&intent) {
                break;
            }
            let receipt = receipt.clone();
            let deed = Deed::Purged { intent, receipt };
            self.journal
                .append(&self.chain, deed, run.now, None, run.entropy)
                .await;
            self.refresh().await?;
        }
        Ok(())
    }

    /// Intents in force without a receipt that are for files, oldest first.
    pub(super) fn open_files(&self) -> Vec<(u64, FilePurge)> {
        let files = |(n, target): (&u64, &PurgeTarget)| match target {
            PurgeTarget::Files(purge) => Some((*n, purge.clone())),
            PurgeTarget::Kafka(_) => None,
        };
        self.chain.intents.iter().filter_map(files).collect()
    }

    /// What the chain says of files.
    pub(super) fn files(&self) -> PurgedFiles {
        let mut out = PurgedFiles::default();
        let mut intended: BTreeMap<u64, &FilePurge> = BTreeMap::new();
        for entry in &self.entries {
            match &entry.deed {
                Deed::PurgeIntended {
                    target: PurgeTarget::Files(purge),
                } => {
                    intended.insert(entry.n, purge);
                }
                Deed::Purged { intent, receipt } => {
                    let Some(purge) = intended.remove(intent) else {
                        continue;
                    };
                    out.intended.extend(purge.files.iter().cloned());
                    if matches!(receipt, Receipt::FilesGone { .. }) {
                        out.gone.extend(purge.files.iter().cloned());
                    }
                }
                _ => {}
            }
        }
        for (_, purge) in self.open_files() {
            out.intended.extend(purge.files);
        }
        out
    }

    /// Every staged file that a release names.
    pub(super) fn staged(&self) -> impl Iterator<Item = &LandingFile> {
        let releases = self.chain.releases.iter();
        releases.flat_map(|(_, release)| release.files.iter().map(|file| &file.staged))
    }
}

/// What a chain says of files.
#[derive(Debug, Default)]
pub(super) struct PurgedFiles {
    /// Named by an intent that is or was in force: their bytes were verified
    /// before it, so that their absence is accounted for.
    pub(super) intended: BTreeSet<LandingFile>,
    /// Named by a receipt.
    pub(super) gone: BTreeSet<LandingFile>,
}

/// What a hold comes too late for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoneAlready {
    /// Partitions whose records below an offset are gone: partition, epoch,
    /// offset.
    pub records: Vec<(TopicPartition, u32, i64)>,
    /// How many files are gone.
    pub files: u64,
    /// Purges intended before the hold and without a receipt: they may be
    /// gone, or go, or be given up.
    pub open_intents: usize,
}

impl GoneAlready {
    /// What `chain`, made of `entries`, says is gone.
    #[must_use]
    pub fn of(chain: &TenantChain, entries: &[Entry]) -> Self {
        let records = chain.purged_to.iter();
        let files = entries.iter().map(|entry| match &entry.deed {
            Deed::Purged {
                receipt: Receipt::FilesGone { files },
                ..
            } => *files,
            _ => 0,
        });
        Self {
            records: records
                .map(|((place, epoch), upto)| (place.clone(), *epoch, *upto))
                .collect(),
            files: files.sum(),
            open_intents: chain.intents.len(),
        }
    }
}
