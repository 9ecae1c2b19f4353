//! Withdrawing: a release that went out is taken back. It happens when its
//! deed is in the tenant's chain; from then on anyone may remove the files, as
//! often as they like, and a notice takes their place.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::publish::{dir, put};
use super::{Object, ReleaseError, delta};
use crate::lake::layout::{Folder, ReleaseDir, ResearchPath};
use crate::ledger::TenantChain;
use crate::scope::Scope;

/// The version of the notice.
pub const WITHDRAWN_FORMAT: &str = "leeward.withdrawn.v1";

/// What lies where the manifest of a withdrawn release lay. Why it was
/// withdrawn it does not say: who still has a copy would know what to look for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithdrawnNotice {
    /// The version of this form: `leeward.withdrawn.v1`.
    pub format: String,
    /// The release's number.
    pub release: u32,
    /// What whoever has a copy must do.
    pub notice: String,
}

/// The notice of release `number`, as it is stored.
#[must_use]
pub(crate) fn notice(number: u32) -> Bytes {
    let notice = WithdrawnNotice {
        format: WITHDRAWN_FORMAT.to_owned(),
        release: number,
        notice: String::from(
            "This release was withdrawn. Delete every copy of it and of what was derived from \
             its text, do not look for what may be wrong with it, and tell those to whom you \
             passed it on.",
        ),
    };
    let mut bytes = serde_json::to_vec_pretty(&notice).expect("strings and a number");
    bytes.push(b'\n');
    bytes.into()
}

/// Removes from research what is left of the withdrawn releases of `chain`, a
/// freeze notwithstanding; gives the numbers of those of which something was.
/// What a process that had not heard of a withdrawal copied after it goes too.
///
/// # Errors
/// A [`ReleaseError`]; to run again is always safe.
pub async fn remove(scope: &Scope, chain: &TenantChain) -> Result<Vec<u32>, ReleaseError> {
    let mut removed = Vec::new();
    let Some(area) = chain.area.filter(|_| !chain.withdrawn.is_empty()) else {
        return Ok(removed);
    };
    // Delta's readers are told first, as far as they can be.
    delta::update(scope, chain).await?;
    let listed = scope.stores.research.list(&Folder::area(area)).await?;
    let listed: Vec<ResearchPath> = listed.into_iter().map(|one| one.path).collect();
    for number in chain.withdrawn.keys() {
        let dir = dir(area, *number);
        let notice = dir.withdrawn();
        let own = |path: &&ResearchPath| dir.file(&path.to_string()).is_some();
        let (stands, left): (Vec<&ResearchPath>, _) =
            listed.iter().filter(own).partition(|path| **path == notice);
        if stands.is_empty() || !left.is_empty() {
            clear(scope, dir, left).await?;
            removed.push(*number);
        }
    }
    Ok(removed)
}

/// Removes `files`, the manifest first, so that nobody takes the rest for a
/// whole release; sees that they are gone; puts the notice.
async fn clear(
    scope: &Scope,
    dir: ReleaseDir,
    mut files: Vec<&ResearchPath>,
) -> Result<(), ReleaseError> {
    let research = &scope.stores.research;
    let manifest = dir.manifest();
    files.sort_by_key(|path| **path != manifest);
    for path in &files {
        research.delete(path).await?;
    }
    for path in &files {
        if research.get(path).await?.is_some() {
            return Err(ReleaseError::Disagrees {
                object: Object::Published(dir.number),
                what: "it was deleted and is still there",
            });
        }
    }
    let (path, object) = (dir.withdrawn(), Object::Published(dir.number));
    put(scope, object, &path, notice(dir.number)).await
}
