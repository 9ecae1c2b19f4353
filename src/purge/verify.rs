//! Verification: a slot's evidence and every file it names were read again,
//! and their SHA-256 agrees.
//!
//! Files go before the records that they were made from, where the timers say
//! so. A file that is missing is accounted for when an intent of the chain
//! names it: its bytes were read and compared before that intent was written.
//! A file that is missing without one, or differs, makes its slot unsound, and
//! no record that rests on it goes.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::domain::{Sha256, TenantId, TopicPartition};
use crate::lake::layout::{LandingFile, ResearchPath};
use crate::lake::log::{Leaf, Slot};
use crate::lake::store::{LandingStore, ResearchStore, StoreError};
use crate::ledger::{Evidence, ReleaseDeed};
use crate::scope::Scope;
use crate::seal::BlobName;

/// What is wrong with a slot's evidence or one of its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unsound {
    /// The slot names no evidence of the tenant, or that of another as well.
    NoEvidence,
    /// It is not there, and no purge says why.
    Missing,
    /// It is not what was written.
    Altered,
}

/// What a file is found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// As it was written.
    Whole,
    /// Not there.
    Absent,
    /// There, and different.
    Altered,
}

/// Reads `file` and compares it with what was written.
pub(super) async fn examine(
    landing: &LandingStore,
    file: &LandingFile,
    sha256: Sha256,
) -> Result<Found, StoreError> {
    Ok(match landing.get(&file.path()).await? {
        Some(bytes) if Sha256::of(&bytes) == sha256 => Found::Whole,
        Some(_) => Found::Altered,
        None => Found::Absent,
    })
}

/// The file that `leaf` names; `None` for a name that this program never
/// gives.
fn evidence_file(tenant: &TenantId, leaf: &Leaf) -> Option<LandingFile> {
    Some(LandingFile::Evidence {
        tenant: tenant.clone(),
        name: BlobName::parse(&leaf.name)?,
    })
}

/// The evidence of `slot`, if it is sound, and where it lies.
pub(crate) async fn evidence(
    scope: &Scope,
    slot: &Slot,
) -> Result<Result<(LandingFile, Evidence), Unsound>, StoreError> {
    let tenant = scope.id();
    let named = slot
        .leaves
        .get(tenant)
        .and_then(|leaf| Some((leaf, evidence_file(tenant, leaf)?)));
    let Some((leaf, file)) = named else {
        return Ok(Err(Unsound::NoEvidence));
    };
    let Some(bytes) = scope.stores.landing.get(&file.path()).await? else {
        return Ok(Err(Unsound::Missing));
    };
    if Sha256::of(&bytes) != leaf.sha256 {
        return Ok(Err(Unsound::Altered));
    }
    let read = Evidence::from_bytes(slot.n, &bytes);
    let own = read.ok().filter(|evidence| evidence.tenant == *tenant);
    Ok(own
        .map(|evidence| (file, evidence))
        .ok_or(Unsound::NoEvidence))
}

/// Verifies slots and releases, and remembers those that are sound.
#[derive(Debug, Default)]
pub(super) struct Verifier {
    slots: BTreeMap<(TopicPartition, u32), BTreeSet<u64>>,
    releases: BTreeSet<u32>,
}

impl Verifier {
    /// What is wrong with `slot`, if anything. `accounted` are the files whose
    /// absence the chains explain.
    pub(super) async fn slot(
        &mut self,
        scope: &Scope,
        log: &(TopicPartition, u32),
        slot: &Slot,
        accounted: &BTreeSet<LandingFile>,
    ) -> Result<Option<Unsound>, StoreError> {
        if self
            .slots
            .get(log)
            .is_some_and(|known| known.contains(&slot.n))
        {
            return Ok(None);
        }
        let evidence = match evidence(scope, slot).await? {
            Ok((_, evidence)) => evidence,
            Err(unsound) => return Ok(Some(unsound)),
        };
        if evidence.place != log.0 || slot.leaves.len() != 1 {
            return Ok(Some(Unsound::NoEvidence));
        }
        for entry in &evidence.files {
            match examine(&scope.stores.landing, &entry.file, entry.sha256).await? {
                Found::Whole => {}
                Found::Absent if accounted.contains(&entry.file) => {}
                Found::Absent => return Ok(Some(Unsound::Missing)),
                Found::Altered => return Ok(Some(Unsound::Altered)),
            }
        }
        self.slots.entry(log.clone()).or_default().insert(slot.n);
        Ok(None)
    }

    /// Forgets the slots of `log` below `first`: their records are gone.
    pub(super) fn forget(&mut self, log: &(TopicPartition, u32), first: u64) {
        if let Some(known) = self.slots.get_mut(log) {
            *known = known.split_off(&first);
        }
    }

    /// Whether everything that `release` published lies in the research store
    /// as it was published, its manifest above all.
    pub(super) async fn release(
        &mut self,
        research: &ResearchStore,
        release: &ReleaseDeed,
    ) -> Result<bool, StoreError> {
        if self.releases.contains(&release.number) {
            return Ok(true);
        }
        for file in release.files.iter().rev() {
            let Some(path) = ResearchPath::parse(&file.path) else {
                return Ok(false);
            };
            let found = research.get(&path).await?;
            if found.is_none_or(|bytes| Sha256::of(&bytes) != file.sha256) {
                return Ok(false);
            }
        }
        let published = !release.files.is_empty();
        if published {
            self.releases.insert(release.number);
        }
        Ok(published)
    }
}
