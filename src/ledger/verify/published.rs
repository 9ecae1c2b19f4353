//! What research sees, against what the releases say.

use std::collections::BTreeMap;

use super::Ask;
use super::facts::Facts;
use super::fetch::Found;
use super::findings::Findings;
use super::report::{Flaw, Kept, Reason};
use crate::lake::layout::{AreaId, DeltaLog, Folder, ReleaseDir, ResearchPath};
use crate::lake::store::{ResearchStore, StoreError};
use crate::ledger::ReleasedFile;
use crate::release::{delta_commit, withdrawn_notice};
use crate::scope::Stores;
use crate::table::Table;

/// What lies in a research area, by path.
pub(super) type Listed = BTreeMap<String, ResearchPath>;

/// Lists a research area. It is listed *before* the tenant's chain is read to
/// its end: a file that is listed is then named by a release that is read.
pub(super) async fn list(store: &ResearchStore, area: AreaId) -> Result<Listed, StoreError> {
    let listed = store.list(&Folder::<ResearchPath>::area(area)).await?;
    let by_path =
        |listed: crate::lake::store::Listed<ResearchPath>| (listed.path.to_string(), listed.path);
    Ok(listed.into_iter().map(by_path).collect())
}

/// Compares a research area with the releases of the tenant that it is of.
pub(super) async fn verify(
    stores: &Stores,
    mut listed: Listed,
    facts: &mut Facts,
    ask: &Ask,
    out: &mut Findings,
) -> Result<(), StoreError> {
    let releases = facts.chain.releases.clone();
    let last = releases.len();
    for (number, (_, release)) in (1..).zip(&releases) {
        if facts.chain.withdrawn.contains_key(&release.number) {
            withdrawn(stores, &mut listed, release.number, facts, out).await?;
            continue;
        }
        // The manifest is the last to be copied: before it is there, a release
        // may still be on its way, and what it lacks lies staged.
        let manifest = release.files.last();
        let whole = manifest.is_none_or(|file| listed.contains_key(&file.path));
        let on_its_way = number == last && !whole;
        let mut unpublished = 0;
        for file in &release.files {
            out.counted.published += 1;
            match listed.remove(&file.path) {
                Some(path) => published(&stores.research, &path, file, ask, out).await?,
                None if on_its_way && staged(stores, file).await? => unpublished += 1,
                None => out.flaw(Flaw::new(Kept::Research, &file.path, Reason::Missing)),
            }
        }
        facts.unpublished(unpublished);
    }
    delta(stores, &mut listed, facts, out).await?;
    for path in listed.values() {
        out.flaw(Flaw::new(Kept::Research, path, Reason::Unnamed));
    }
    Ok(())
}

/// Where a Delta log lies, its commits are those that the chain gives, from the
/// first on; the last may be on their way.
async fn delta(
    stores: &Stores,
    listed: &mut Listed,
    facts: &Facts,
    out: &mut Findings,
) -> Result<(), StoreError> {
    let Some(area) = facts.chain.area else {
        return Ok(());
    };
    for log in Table::ALL.map(|table| DeltaLog { area, table }) {
        let mut seen = false;
        for n in (0..facts.chain.changes.len()).rev() {
            let path = log.commit(n);
            let listed = listed.remove(&path.to_string()).is_some();
            if listed {
                let found = stores.research.get(&path).await?;
                if found.is_some_and(|bytes| bytes != delta_commit(&facts.chain, log, n)) {
                    out.flaw(Flaw::new(Kept::Research, &path, Reason::OtherBytes));
                }
            } else if seen {
                out.flaw(Flaw::new(Kept::Research, &path, Reason::Missing));
            }
            seen |= listed;
        }
    }
    Ok(())
}

/// Where the notice lies, nothing else of the release does; until then its
/// removal is on its way.
async fn withdrawn(
    stores: &Stores,
    listed: &mut Listed,
    number: u32,
    facts: &mut Facts,
    out: &mut Findings,
) -> Result<(), StoreError> {
    let Some(area) = facts.chain.area else {
        return Ok(());
    };
    let dir = ReleaseDir { area, number };
    let left = listed.extract_if(.., |path, _| dir.file(path).is_some());
    let left: Vec<ResearchPath> = left.map(|(_, path)| path).collect();
    let notice = dir.withdrawn();
    if !left.contains(&notice) {
        facts.unremoved(left.len() as u64 + 1);
        return Ok(());
    }
    let found = stores.research.get(&notice).await?;
    if found.is_some_and(|bytes| bytes != withdrawn_notice(number)) {
        out.flaw(Flaw::new(Kept::Research, &notice, Reason::OtherBytes));
    }
    for path in left.iter().filter(|path| **path != notice) {
        out.flaw(Flaw::new(Kept::Research, path, Reason::StillThere));
    }
    Ok(())
}

async fn staged(stores: &Stores, file: &ReleasedFile) -> Result<bool, StoreError> {
    let found = stores.landing.get(&file.staged.path()).await?;
    Ok(found.is_some())
}

async fn published(
    store: &ResearchStore,
    path: &ResearchPath,
    file: &ReleasedFile,
    ask: &Ask,
    out: &mut Findings,
) -> Result<(), StoreError> {
    if !ask.deep {
        return Ok(());
    }
    match Found::of(store.get(path).await?.as_ref()) {
        Found::Object(hash, size) if hash == file.sha256 && size == file.bytes => {
            out.counted.published_read += 1;
        }
        Found::Object(..) => out.flaw(Flaw::new(Kept::Research, path, Reason::OtherBytes)),
        Found::Nothing | Found::NotRead => {
            out.flaw(Flaw::new(Kept::Research, path, Reason::Missing));
        }
    }
    Ok(())
}
