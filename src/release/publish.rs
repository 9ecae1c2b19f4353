//! Publishing: the copy of a release that has happened, from its sealed stage
//! to its final names. Anyone may do it, as often as they like.

use bytes::Bytes;

use super::{Object, ReleaseError, delta};
use crate::domain::Sha256;
use crate::lake::layout::{AreaId, LandingFile, ReleaseDir, ResearchPath};
use crate::lake::store::{PutAnswer, StoreError};
use crate::ledger::{ReleaseDeed, ReleasedFile, TenantChain};
use crate::scope::Scope;
use crate::seal::Purpose;

/// Finishes every release of `chain` that has no manifest in research yet;
/// gives their numbers.
pub(super) async fn finish(scope: &Scope, chain: &TenantChain) -> Result<Vec<u32>, ReleaseError> {
    let mut finished = Vec::new();
    for (dir, deed) in unfinished(scope, chain).await? {
        copy(scope, dir, deed).await?;
        finished.push(deed.number);
    }
    delta::update(scope, chain).await?;
    Ok(finished)
}

/// The releases of `chain` that stand, have no manifest in research and may be
/// copied there: none while the tenant is frozen.
pub(super) async fn unfinished<'a>(
    scope: &Scope,
    chain: &'a TenantChain,
) -> Result<Vec<(ReleaseDir, &'a ReleaseDeed)>, ReleaseError> {
    let mut unfinished = Vec::new();
    let Some(area) = chain.area.filter(|_| chain.freezes.is_empty()) else {
        return Ok(unfinished);
    };
    let standing = chain.releases.iter();
    for (_, deed) in standing.filter(|(_, deed)| chain.stands(deed.number)) {
        let dir = dir(area, deed.number);
        if scope.stores.research.get(&dir.manifest()).await?.is_none() {
            unfinished.push((dir, deed));
        }
    }
    Ok(unfinished)
}

pub(super) const fn dir(area: AreaId, number: u32) -> ReleaseDir {
    ReleaseDir { area, number }
}

/// Copies the files in the deed's order, in which the manifest is the last.
async fn copy(scope: &Scope, dir: ReleaseDir, deed: &ReleaseDeed) -> Result<(), ReleaseError> {
    let disagrees = |what| ReleaseError::Disagrees {
        object: Object::Staged(deed.number),
        what,
    };
    let paths = deed.files.iter().map(|file| dir.file(&file.path));
    let paths: Option<Vec<ResearchPath>> = paths.collect();
    let paths = paths.ok_or_else(|| disagrees("it is for a path of another release"))?;
    if paths.last() != Some(&dir.manifest()) {
        return Err(disagrees("its manifest is not the last"));
    }
    for (path, file) in paths.iter().zip(&deed.files) {
        let bytes = open(scope, deed.number, file).await?;
        put(scope, Object::Published(deed.number), path, bytes).await?;
    }
    Ok(())
}

/// The bytes of a staged file, which are those to be published.
async fn open(scope: &Scope, number: u32, file: &ReleasedFile) -> Result<Bytes, ReleaseError> {
    let object = Object::Staged(number);
    let name = match &file.staged {
        LandingFile::Sealed {
            tenant,
            purpose: Purpose::Stage,
            name,
        } if tenant == scope.id() => *name,
        _ => {
            let what = "it is not the tenant's";
            return Err(ReleaseError::Disagrees { object, what });
        }
    };
    let sealed = scope.stores.landing.get(&file.staged.path()).await?;
    let sealed = sealed.ok_or(ReleaseError::Missing(Object::Staged(number)))?;
    let opened = scope.sealer.open(Purpose::Stage, name, &sealed);
    let opened = opened.map_err(|error| ReleaseError::Sealed {
        object: Object::Staged(number),
        error,
    })?;
    let bytes = Bytes::from(opened.into_exposed());
    if Sha256::of(&bytes) != file.sha256 {
        return Err(ReleaseError::Altered(object));
    }
    Ok(bytes)
}

/// Creates `object`, or sees that it is there with the same bytes.
pub(super) async fn put(
    scope: &Scope,
    object: Object,
    path: &ResearchPath,
    bytes: Bytes,
) -> Result<(), ReleaseError> {
    let research = &scope.stores.research;
    let answer = research.put_if_absent(path, bytes.clone()).await;
    if answer == PutAnswer::Created {
        return Ok(());
    }
    match (research.get(path).await?, answer) {
        (Some(found), _) if found == bytes => Ok(()),
        (Some(_), _) => Err(ReleaseError::Altered(object)),
        (None, PutAnswer::Doubt(error)) => Err(error.into()),
        (None, _) => Err(StoreError::Unavailable(None).into()),
    }
}
