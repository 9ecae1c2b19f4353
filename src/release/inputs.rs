//! What a release is made of: slots, evidence and landing files, read again
//! and checked link by link and hash by hash.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt, stream};

use super::plan::LogEnd;
use super::{Object, ReleaseError};
use crate::domain::{EpochMs, PolicyHash, Sha256, TenantId, TopicPartition};
use crate::gate::Routes;
use crate::lake::layout::LandingFile;
use crate::lake::log::{Leaf, Tail};
use crate::lake::read;
use crate::ledger::{Evidence, FileEntry, InputRange, TenantChain};
use crate::scope::Scope;
use crate::seal::{BlobName, Purpose};
use crate::table::LandedRows;

/// Slots whose files are fetched at the same time.
const FETCHES: usize = 8;

/// What the evidence of a release's inputs adds up to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Tally {
    /// Conversations that landed or were held back.
    pub(super) landed: u64,
    /// Conversations read, to be released.
    pub(super) released: u64,
    /// Their turns.
    pub(super) turns: u64,
    /// Conversations held back, by reason.
    pub(super) held_back: BTreeMap<String, u64>,
    /// Policies applied.
    pub(super) policies: BTreeSet<PolicyHash>,
    /// Versions of the engine.
    pub(super) engines: BTreeSet<String>,
    /// When the first of them was committed.
    pub(super) earliest: Option<EpochMs>,
}

/// Everything of a release's inputs.
#[derive(Debug)]
pub(super) struct Landed {
    pub(super) rows: LandedRows,
    pub(super) tally: Tally,
}

/// The evidence that a slot commits.
#[derive(Debug, Clone)]
struct Commitment {
    place: TopicPartition,
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
/// not take its conversations along.
pub(super) async fn ends(scope: &Scope, chain: &TenantChain) -> Result<Vec<LogEnd>, ReleaseError> {
    let routes = Routes::of([scope.tenant.as_ref()]).map_err(|_| ReleaseError::Topics)?;
    let state = &scope.stores.state;
    let mut ends = Vec::new();
    for log in state.logs().await? {
        let before = chain.released_to.contains_key(&log);
        let (place, epoch) = log;
        if !before && routes.owner(&place.topic).is_err() {
            continue;
        }
        let tail = read::tail(state, &read::log(&place, epoch)).await;
        let tail = tail.map_err(|error| ReleaseError::of_log(&place, error))?;
        let next = tail.map_or(0, |tail| tail.next);
        ends.push(LogEnd { place, epoch, next });
    }
    Ok(ends)
}

/// Reads `inputs`.
///
/// # Errors
/// When anything is missing, altered, another tenant's, or does not follow.
pub(super) async fn read(scope: &Scope, inputs: &[InputRange]) -> Result<Landed, ReleaseError> {
    let mut commitments = Vec::new();
    for range in inputs {
        commitments.extend(commitments_of(scope, range).await?);
    }
    let mut landed = Landed {
        rows: LandedRows::new(Arc::clone(&scope.sealer)),
        tally: Tally::default(),
    };
    let loads: Vec<_> = commitments.into_iter().map(|c| load(scope, c)).collect();
    let mut loaded = stream::iter(loads).buffered(FETCHES);
    while let Some(one) = loaded.try_next().await? {
        landed.add(&one)?;
    }
    Ok(landed)
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
        let previous = base.heads.get(scope.id()).copied().unwrap_or_default();
        out.extend(slot.leaves.get(scope.id()).map(|leaf| Commitment {
            place: place.clone(),
            slot: n,
            leaf: leaf.clone(),
            previous,
        }));
    }
    Ok(out)
}

/// A slot's evidence and the landing files that it names: pairs of both
/// tables.
struct Loaded {
    commitment: Commitment,
    evidence: Evidence,
    pairs: Vec<[(FileEntry, BlobName, Bytes); 2]>,
}

async fn load(scope: &Scope, commitment: Commitment) -> Result<Loaded, ReleaseError> {
    let evidence = evidence(scope, &commitment).await?;
    let mut pairs = Vec::new();
    for [conversations, turns] in pairs_of(&evidence, &commitment)? {
        pairs.push([
            fetch(scope, &commitment, conversations).await?,
            fetch(scope, &commitment, turns).await?,
        ]);
    }
    Ok(Loaded {
        commitment,
        evidence,
        pairs,
    })
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
) -> Result<(FileEntry, BlobName, Bytes), ReleaseError> {
    let name = landing_name(scope.id(), &entry.file).ok_or_else(|| ReleaseError::Disagrees {
        object: commitment.evidence(),
        what: "a table's file is not the tenant's landing file",
    })?;
    let bytes = scope.stores.landing.get(&entry.file.path()).await?;
    let bytes = bytes.ok_or_else(|| ReleaseError::Missing(commitment.landing()))?;
    if Sha256::of(&bytes) != entry.sha256 {
        return Err(ReleaseError::Altered(commitment.landing()));
    }
    Ok((entry.clone(), name, bytes))
}

fn landing_name(of: &TenantId, file: &LandingFile) -> Option<BlobName> {
    match file {
        LandingFile::Sealed {
            tenant,
            purpose: Purpose::Landing,
            name,
        } if tenant == of => Some(*name),
        _ => None,
    }
}

impl Landed {
    fn add(&mut self, loaded: &Loaded) -> Result<(), ReleaseError> {
        let (conversations, turns) = (self.rows.len() as u64, self.tally.turns);
        for pair in &loaded.pairs {
            self.add_pair(pair, &loaded.commitment)?;
        }
        let evidence = &loaded.evidence;
        let added = [
            self.rows.len() as u64 - conversations,
            self.tally.turns - turns,
        ];
        if added != [evidence.conversations, evidence.turns] {
            return Err(ReleaseError::Disagrees {
                object: loaded.commitment.evidence(),
                what: "its numbers of conversations and turns",
            });
        }
        self.tally.add(evidence);
        Ok(())
    }

    fn add_pair(
        &mut self,
        [conversations, turns]: &[(FileEntry, BlobName, Bytes); 2],
        commitment: &Commitment,
    ) -> Result<(), ReleaseError> {
        let before = self.rows.len();
        let files = [conversations, turns].map(|(_, name, bytes)| (*name, bytes.as_ref()));
        let added = self.rows.add(files[0], files[1]);
        added.map_err(|error| ReleaseError::Rows {
            object: commitment.landing(),
            error,
        })?;
        let new = || self.rows.conversations().skip(before);
        let rows: u64 = new().map(|c| c.turns as u64).sum();
        if [new().len() as u64, rows] != [conversations.0.rows, turns.0.rows] {
            return Err(ReleaseError::Disagrees {
                object: commitment.landing(),
                what: "its number of rows",
            });
        }
        self.tally.released += new().len() as u64;
        self.tally.turns += rows;
        Ok(())
    }
}

impl Tally {
    /// Held-back conversations are counted from their sealed files, and their
    /// reasons from the evidence, so that the gate can hold one against the
    /// other.
    fn add(&mut self, evidence: &Evidence) {
        let held_back = evidence.files.iter().filter(|f| f.holds == "held_back");
        self.landed += evidence.conversations + held_back.map(|f| f.rows).sum::<u64>();
        for (reason, count) in &evidence.held_back {
            *self.held_back.entry(reason.clone()).or_default() += count;
        }
        self.policies.insert(evidence.policy);
        self.engines.insert(evidence.engine.clone());
        let earliest = self.earliest.map_or(evidence.at, |at| at.min(evidence.at));
        self.earliest = Some(earliest);
    }
}
