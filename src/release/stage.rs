//! Staging: a release's files, sealed in the landing store until the release
//! has happened.

use super::gate::{Approval, Years};
use super::landed::Landed;
use super::manifest::Manifest;
use super::notice::notice;
use super::parts::{PartLimit, PartPlan, parts};
use super::plan::Inputs;
use super::{ReleaseError, Summary};
use crate::domain::{Entropy, EpochMs, Sha256};
use crate::lake::layout::{LandingFile, ReleaseDir, ResearchPath};
use crate::ledger::{Deed, Entry, ReleaseDeed, ReleasedFile};
use crate::scope::Scope;
use crate::seal::Purpose;
use crate::table::{Table, data_dictionary};

/// A release that has passed the gates.
#[derive(Debug)]
pub(super) struct Ready {
    pub(super) number: u32,
    /// The release whose place it takes.
    pub(super) supersedes: Option<u32>,
    pub(super) inputs: Inputs,
    pub(super) landed: Landed,
    pub(super) approval: Approval,
}

impl Ready {
    pub(super) fn summary(&self) -> Summary {
        let tally = &self.landed.tally;
        Summary {
            number: self.number,
            landed: tally.landed,
            released: tally.released,
            turns: tally.turns,
            held_back: tally.held_back.clone(),
            late: tally.late,
            coarsened: tally.coarsened,
            reviewed: self.approval.review.map(|(_, reviewed)| reviewed),
            years_withheld: self.approval.years == Years::Withheld,
            dating_override: self.approval.dating_override.clone(),
            files: Vec::new(),
        }
    }
}

/// Writes the files of `ready`, sealed; gives the deed to append. Until it is
/// appended nothing has happened, and what was written is swept.
pub(super) async fn stage(
    scope: &Scope,
    dir: ReleaseDir,
    ready: &Ready,
    now: EpochMs,
    entropy: &mut Entropy,
) -> Result<ReleaseDeed, ReleaseError> {
    let mut stage = Stage {
        scope,
        day: now.day(),
        files: Vec::new(),
    };
    let landed: Vec<_> = ready.landed.rows.conversations().collect();
    let plans = parts(&landed, ready.approval.years, PartLimit::RELEASE, entropy);
    for plan in &plans {
        stage.put_part(dir, plan, &ready.landed, entropy).await?;
    }
    let reviewed = ready.approval.review.map(|(_, reviewed)| reviewed);
    let documents = [
        (dir.dictionary(), data_dictionary()),
        (dir.notice(), notice(reviewed.as_ref())),
    ];
    for (path, text) in documents {
        stage.put(path, 0, text.as_bytes(), entropy).await?;
    }
    let tally = &ready.landed.tally;
    let manifest = Manifest::new(
        (ready.number, ready.supersedes),
        tally,
        &scope.tenant,
        &ready.approval,
        &stage.files,
    );
    let bytes = manifest.to_bytes();
    stage.put(dir.manifest(), 0, &bytes, entropy).await?;
    Ok(ReleaseDeed {
        number: ready.number,
        inputs: ready.inputs.taken.clone(),
        later: ready.inputs.later.clone(),
        files: stage.files,
        landed: tally.landed,
        released: tally.released,
        held_back: tally.held_back.clone(),
        late: tally.late,
        coarsened: tally.coarsened,
        dating_override: ready.approval.dating_override.clone(),
        supersedes: ready.supersedes,
        attestation: Some(ready.approval.attested.entry),
        review: ready.approval.review.map(|(entry, _)| entry),
    })
}

struct Stage<'a> {
    scope: &'a Scope,
    day: i64,
    files: Vec<ReleasedFile>,
}

impl Stage<'_> {
    async fn put_part(
        &mut self,
        dir: ReleaseDir,
        plan: &PartPlan,
        landed: &Landed,
        entropy: &mut Entropy,
    ) -> Result<(), ReleaseError> {
        let part = match plan.year {
            Some(_) => landed.rows.part(&plan.order),
            None => landed.rows.part_without_year(&plan.order),
        };
        let files = part
            .expect("a part is of one year and holds a conversation")
            .files;
        let tables = [
            (
                Table::Conversations,
                files.conversation_rows,
                &files.conversations,
            ),
            (Table::Turns, files.turn_rows, &files.turns),
        ];
        for (table, rows, bytes) in tables {
            let path = dir.part(table, plan.year, plan.number);
            self.put(path, rows, bytes, entropy).await?;
        }
        Ok(())
    }

    async fn put(
        &mut self,
        path: ResearchPath,
        rows: u64,
        bytes: &[u8],
        entropy: &mut Entropy,
    ) -> Result<(), ReleaseError> {
        let sealer = &self.scope.sealer;
        let blob = sealer.seal(Purpose::Stage, self.day, bytes, entropy);
        self.scope.stores.landing.put_sealed(&blob).await?;
        self.files.push(ReleasedFile {
            staged: LandingFile::from(&blob),
            path: path.to_string(),
            rows,
            bytes: bytes.len() as u64,
            sha256: Sha256::of(bytes),
        });
        Ok(())
    }
}

/// Whether `deed`, once tried as entry `n`, can never come into the chain:
/// another's entry is there for good, and none names a file of its stage.
pub(super) fn is_lost(deed: &ReleaseDeed, n: u64, entries: &[Entry]) -> bool {
    let names = |entry: &Entry| match &entry.deed {
        Deed::Released(other) => other
            .files
            .iter()
            .any(|f| deed.files.iter().any(|own| own.staged == f.staged)),
        _ => false,
    };
    entries.len() as u64 > n && !entries.iter().any(names)
}

/// Removes the stage of a lost release, as far as the store lets it; what is
/// left goes when stages that no entry names are swept.
pub(super) async fn sweep(scope: &Scope, deed: &ReleaseDeed) {
    for file in &deed.files {
        let _ = scope.stores.landing.delete(&file.staged.path()).await;
    }
}
