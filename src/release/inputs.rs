//! What a release is made of: slots, evidence and landing files, read again
//! and checked link by link and hash by hash.

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt, stream};

use super::landed::{Landed, Words};
use super::plan::{Inputs, LogEnd};
use super::{Object, ReleaseError};
use crate::batch::{IndexLine, decode_index};
use crate::domain::{EpochMs, Sha256, TenantId, TopicPartition};
use crate::gate::Routes;
use crate::lake::layout::LandingFile;
use crate::lake::log::{Leaf, Tail};
use crate::lake::read;
use crate::ledger::{Evidence, FileEntry, InputRange, TenantChain};
use crate::scope::Scope;
use crate::seal::{BlobName, Purpose};

/// Slots whose files are fetched at the same time.
const FETCHES: usize = 8;

/// A slot's partition, epoch and number.
pub(super) type SlotName<'a> = (&'a TopicPartition, u32, u64);

/// The evidence that a slot commits.
#[derive(Debug, Clone)]
struct Commitment {
    place: TopicPartition,
    epoch: u32,
    slot: u64,
    leaf: Leaf,
    /// The hash of the tenant's evidence before it in the log.
    previous: Sha256,
}

impl Commitment {
    fn evidence(&self) -> Object {
        Object::Evidence(self.place.clone(), self.slot)
    }

    fn landing(&self) -> Object {
        Object::Landing(self.place.clone(), self.slot)
    }
}

/// Where the tenant's logs end: those of its topics, and those that an earlier
/// release was made of, so that a topic taken out of the configuration does
/// not take its conversations along. Conversations that landed late enough to
/// go on after `now` are not ready.
pub(super) async fn ends(
    scope: &Scope,
    chain: &TenantChain,
    now: EpochMs,
) -> Result<Vec<LogEnd>, ReleaseError> {
    let routes = Routes::of([scope.tenant.as_ref()]).map_err(|_| ReleaseError::Topics)?;
    let state = &scope.stores.state;
    let mut ends = Vec::new();
    for log in state.logs().await? {
        let before = chain.released_to.get(&log).copied();
        let (place, epoch) = log;
        if before.is_none() && routes.owner(&place.topic).is_err() {
            continue;
        }
        let tail = read::tail(state, &read::log(&place, epoch)).await;
        let tail = tail.map_err(|error| ReleaseError::of_log(&place, error))?;
        let next = tail.map_or(0, |tail| tail.next);
        let unreleased = InputRange {
            from: before.unwrap_or(0),
            to: next,
            place,
            epoch,
        };
        let ready = ready(scope, &unreleased, now).await?;
        let InputRange { place, epoch, .. } = unreleased;
        ends.push(LogEnd {
            place,
            epoch,
            next,
            ready,
        });
    }
    Ok(ends)
}

/// One past the last slot of `range` whose conversations can no longer go on.
async fn ready(scope: &Scope, range: &InputRange, now: EpochMs) -> Result<u64, ReleaseError> {
    let late_ms = scope.tenant.timers.state_ms;
    let mut ready = range.to;
    if late_ms == 0 || range.to <= range.from {
        return Ok(ready);
    }
    for n in (range.from..range.to).rev() {
        let one = InputRange {
            from: n,
            to: n + 1,
            ..range.clone()
        };
        let Some(commitment) = commitments_of(scope, &one).await?.pop() else {
            continue;
        };
        if now.since(evidence(scope, &commitment).await?.at) >= late_ms {
            break;
        }
        ready = n;
    }
    Ok(ready)
}

/// Reads `inputs`.
///
/// # Errors
/// When anything is missing, altered, another tenant's, or does not follow.
pub(super) async fn read(
    scope: &Scope,
    chain: &TenantChain,
    inputs: &Inputs,
) -> Result<Landed, ReleaseError> {
    let mut words = Words::default();
    let mut slots = Vec::new();
    for range in &inputs.taken {
        let seen_to = chain.seen_to(&range.place, range.epoch);
        for slot in said(scope, range).await? {
            words.taken(&slot, range.from, seen_to);
            slots.push(slot);
        }
    }
    let taken = slots.len();
    for range in &inputs.later {
        let later = said(scope, range).await?;
        slots.extend(later.into_iter().filter(|slot| words.later(slot)));
    }
    let mut landed = Landed::new(scope, words);
    let loads = slots.into_iter().enumerate();
    let loads: Vec<_> = loads
        .map(|(i, slot)| load(scope, slot, i < taken))
        .collect();
    let mut loaded = stream::iter(loads).buffered(FETCHES);
    while let Some(one) = loaded.try_next().await? {
        landed.add(&one)?;
    }
    landed.settle();
    Ok(landed)
}

/// What the slots of `range` did: their evidence and indices.
async fn said(scope: &Scope, range: &InputRange) -> Result<Vec<Said>, ReleaseError> {
    let commitments = commitments_of(scope, range).await?;
    let reads: Vec<_> = commitments.into_iter().map(|c| say(scope, c)).collect();
    stream::iter(reads).buffered(FETCHES).try_collect().await
}

async fn say(scope: &Scope, commitment: Commitment) -> Result<Said, ReleaseError> {
    let evidence = evidence(scope, &commitment).await?;
    let mut index = Vec::new();
    for entry in evidence.files.iter().filter(|f| f.holds == "index") {
        let (_, name, bytes) = fetch(scope, &commitment, entry, Purpose::Index).await?;
        let lines = scope.sealer.open(Purpose::Index, name, &bytes);
        let lines = lines.ok().and_then(|lines| decode_index(lines.expose()));
        index.extend(lines.ok_or_else(|| ReleaseError::Disagrees {
            object: commitment.evidence(),
            what: "its index does not open",
        })?);
    }
    Ok(Said {
        commitment,
        evidence,
        index,
    })
}

/// What the slots of `range` commit of the tenant, each slot checked against
/// the one before it.
async fn commitments_of(
    scope: &Scope,
    range: &InputRange,
) -> Result<Vec<Commitment>, ReleaseError> {
    let place = &range.place;
    let chain = read::log(place, range.epoch);
    let broken = |error| ReleaseError::of_log(place, error);
    let mut before: Option<Tail> = None;
    let mut out = Vec::new();
    for n in range.from.saturating_sub(1)..range.to {
        let read = read::slot(&scope.stores.state, &chain, n).await;
        let missing = || ReleaseError::Missing(Object::Slot(place.clone(), n));
        let (slot, bytes) = read.map_err(broken)?.ok_or_else(missing)?;
        if n == 0 {
            before = Some(Tail::begin(slot.start));
        }
        let tail = Tail::after(&slot, &bytes);
        let Some(base) = before.replace(tail) else {
            continue;
        };
        let follows = slot.follows(&base);
        follows.map_err(|error| broken(read::ReadError::Log(error)))?;
        // The slot before the range is read for the link to it.
        if n < range.from {
            continue;
        }
        let previous = base.heads.get(scope.id()).copied().unwrap_or_default();
        out.extend(slot.leaves.get(scope.id()).map(|leaf| Commitment {
            place: place.clone(),
            epoch: range.epoch,
            slot: n,
            leaf: leaf.clone(),
            previous,
        }));
    }
    Ok(out)
}

/// What a slot did for the tenant.
#[derive(Debug)]
pub(super) struct Said {
    commitment: Commitment,
    pub(super) evidence: Evidence,
    /// The conversations that landed or were held back in it.
    pub(super) index: Vec<IndexLine>,
}

impl Said {
    /// The slot: its partition, epoch and number.
    pub(super) const fn slot(&self) -> SlotName<'_> {
        let Commitment {
            place, epoch, slot, ..
        } = &self.commitment;
        (place, *epoch, *slot)
    }
}

/// A slot and the landing files that its evidence names: pairs of both tables.
pub(super) struct Loaded {
    pub(super) said: Said,
    pub(super) pairs: Vec<[(FileEntry, BlobName, Bytes); 2]>,
    /// The release takes the slot, not only what it says of others.
    pub(super) taken: bool,
}

async fn load(scope: &Scope, said: Said, taken: bool) -> Result<Loaded, ReleaseError> {
    let commitment = &said.commitment;
    let mut pairs = Vec::new();
    for [conversations, turns] in pairs_of(&said.evidence, commitment)? {
        pairs.push([
            fetch(scope, commitment, conversations, Purpose::Landing).await?,
            fetch(scope, commitment, turns, Purpose::Landing).await?,
        ]);
    }
    Ok(Loaded { said, pairs, taken })
}

async fn evidence(scope: &Scope, commitment: &Commitment) -> Result<Evidence, ReleaseError> {
    let disagrees = |what| ReleaseError::Disagrees {
        object: commitment.evidence(),
        what,
    };
    let name = BlobName::parse(&commitment.leaf.name).ok_or_else(|| disagrees("its name"))?;
    let tenant = scope.id().clone();
    let path = LandingFile::Evidence { tenant, name }.path();
    let bytes = scope.stores.landing.get(&path).await?;
    let bytes = bytes.ok_or_else(|| ReleaseError::Missing(commitment.evidence()))?;
    if Sha256::of(&bytes) != commitment.leaf.sha256 {
        return Err(ReleaseError::Altered(commitment.evidence()));
    }
    let evidence = Evidence::from_bytes(commitment.slot, &bytes)
        .map_err(|_| disagrees("its version or number"))?;
    let wrong = [
        (evidence.tenant != *scope.id(), "its tenant"),
        (evidence.place != commitment.place, "its partition"),
        (evidence.previous != commitment.previous, "the one before"),
    ];
    match wrong.into_iter().find(|(wrong, _)| *wrong) {
        Some((_, what)) => Err(disagrees(what)),
        None => Ok(evidence),
    }
}

/// The files of both tables: a file of conversations is followed by that of
/// their turns.
fn pairs_of<'a>(
    evidence: &'a Evidence,
    commitment: &Commitment,
) -> Result<Vec<[&'a FileEntry; 2]>, ReleaseError> {
    let tables = ["conversations", "turns"];
    let files = evidence.files.iter();
    let files: Vec<&FileEntry> = files.filter(|f| tables.contains(&&*f.holds)).collect();
    let pairs = files.chunks(2).map(|pair| match pair {
        [c, t] if [&*c.holds, &*t.holds] == tables => Ok([*c, *t]),
        _ => Err(ReleaseError::Disagrees {
            object: commitment.evidence(),
            what: "its landing files are not in pairs",
        }),
    });
    pairs.collect()
}

async fn fetch(
    scope: &Scope,
    commitment: &Commitment,
    entry: &FileEntry,
    purpose: Purpose,
) -> Result<(FileEntry, BlobName, Bytes), ReleaseError> {
    let name = sealed_name(scope.id(), purpose, &entry.file);
    let name = name.ok_or_else(|| ReleaseError::Disagrees {
        object: commitment.evidence(),
        what: "a file is not the tenant's of its purpose",
    })?;
    let bytes = scope.stores.landing.get(&entry.file.path()).await?;
    let bytes = bytes.ok_or_else(|| ReleaseError::Missing(commitment.landing()))?;
    if Sha256::of(&bytes) != entry.sha256 {
        return Err(ReleaseError::Altered(commitment.landing()));
    }
    Ok((entry.clone(), name, bytes))
}

fn sealed_name(of: &TenantId, wanted: Purpose, file: &LandingFile) -> Option<BlobName> {
    match file {
        LandingFile::Sealed {
            tenant,
            purpose,
            name,
        } if tenant == of && *purpose == wanted => Some(*name),
        _ => None,
    }
}

impl Loaded {
    pub(super) fn evidence(&self) -> Object {
        self.said.commitment.evidence()
    }

    pub(super) fn landing(&self) -> Object {
        self.said.commitment.landing()
    }
}
