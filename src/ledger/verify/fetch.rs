//! Reading: the objects of a chain, and a slot with what it names.

use bytes::Bytes;
use futures::StreamExt;
use futures::stream::{self, Stream};

use super::Ask;
use super::findings::Findings;
use super::report::{Flaw, Kept, Reason};
use crate::domain::{Sha256, TenantId};
use crate::lake::layout::{Chain, LandingFile, LandingPath};
use crate::lake::log::Slot;
use crate::lake::store::{LandingStore, StateStore, StoreError};
use crate::ledger::{Evidence, FileEntry};
use crate::scope::Stores;
use crate::seal::BlobName;

/// Small objects read at once: a store answers many questions as soon as one.
const AHEAD: usize = 16;
/// Slots read at once when their files are read too.
const AHEAD_DEEP: usize = 2;

/// One slot, with the evidence and files that it names.
#[derive(Debug)]
pub(super) struct Fetched {
    pub(super) n: u64,
    pub(super) bytes: Option<Bytes>,
    /// `None` when the bytes are no slot.
    pub(super) slot: Option<Slot>,
    pub(super) evidence: Vec<FetchedEvidence>,
}

/// One tenant's evidence of a slot.
#[derive(Debug)]
pub(super) struct FetchedEvidence {
    pub(super) tenant: TenantId,
    /// `None` when the leaf's name is none.
    pub(super) path: Option<LandingPath>,
    pub(super) bytes: Option<Bytes>,
    pub(super) evidence: Option<Evidence>,
    /// The files, where they were asked for.
    pub(super) files: Vec<(FileEntry, Found)>,
}

/// What was found where a file must lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// It was not looked for.
    NotRead,
    /// Nothing.
    Nothing,
    /// An object of this hash and size.
    Object(Sha256, u64),
}

impl Found {
    /// What `bytes` are.
    pub(super) fn of(bytes: Option<&Bytes>) -> Self {
        bytes.map_or(Self::Nothing, |b| {
            Self::Object(Sha256::of(b), b.len() as u64)
        })
    }
}

/// The numbers of a chain's entries, ascending. Objects that are no entries,
/// and the first of each run of numbers that are not there, are flaws.
pub(super) async fn numbers(
    store: &StateStore,
    chain: &Chain,
    out: &mut Findings,
) -> Result<Vec<u64>, StoreError> {
    let mut numbers = Vec::new();
    let mut next = 0;
    for listed in store.list(&chain.objects()).await? {
        let Some(n) = chain.number_of(&listed.path) else {
            if !chain.is_checkpoint(&listed.path) {
                out.flaw(Flaw::new(Kept::State, &listed.path, Reason::Stray));
            }
            continue;
        };
        if n != next {
            let path = chain.entry(next);
            out.flaw(Flaw::new(Kept::State, &path, Reason::Missing));
        }
        next = n + 1;
        numbers.push(n);
    }
    Ok(numbers)
}

/// The entries of `chain` with these numbers, in order, some read ahead.
pub(super) fn entries<'a>(
    store: &'a StateStore,
    chain: &'a Chain,
    numbers: &'a [u64],
) -> impl Stream<Item = Result<(u64, Option<Bytes>), StoreError>> + 'a {
    stream::iter(numbers)
        .map(move |&n| async move { Ok((n, store.get(&chain.entry(n)).await?)) })
        .buffered(AHEAD)
}

/// The slots of `chain` with these numbers and what they name, in order, some
/// read ahead.
pub(super) fn slots<'a>(
    stores: &'a Stores,
    chain: &'a Chain,
    numbers: &'a [u64],
    ask: &'a Ask,
) -> impl Stream<Item = Result<Fetched, StoreError>> + 'a {
    let ahead = if ask.deep { AHEAD_DEEP } else { AHEAD };
    stream::iter(numbers)
        .map(move |&n| slot(stores, chain, n, ask))
        .buffered(ahead)
}

async fn slot(stores: &Stores, chain: &Chain, n: u64, ask: &Ask) -> Result<Fetched, StoreError> {
    let bytes = stores.state.get(&chain.entry(n)).await?;
    let slot = bytes.as_ref().and_then(|b| Slot::from_bytes(n, b).ok());
    let mut evidence = Vec::new();
    for (tenant, leaf) in slot.iter().flat_map(|slot| &slot.leaves) {
        if ask.wants(tenant) {
            evidence.push(evidence_of(&stores.landing, tenant, &leaf.name, n, ask).await?);
        }
    }
    Ok(Fetched {
        n,
        bytes,
        slot,
        evidence,
    })
}

async fn evidence_of(
    store: &LandingStore,
    tenant: &TenantId,
    name: &str,
    n: u64,
    ask: &Ask,
) -> Result<FetchedEvidence, StoreError> {
    let path = BlobName::parse(name).map(|name| {
        let tenant = tenant.clone();
        LandingFile::Evidence { tenant, name }.path()
    });
    let bytes = match &path {
        Some(path) => store.get(path).await?,
        None => None,
    };
    let evidence = bytes.as_ref().and_then(|b| Evidence::from_bytes(n, b).ok());
    let mut files = Vec::new();
    for entry in evidence.iter().flat_map(|evidence| &evidence.files) {
        let found = if ask.deep {
            Found::of(store.get(&entry.file.path()).await?.as_ref())
        } else {
            Found::NotRead
        };
        files.push((entry.clone(), found));
    }
    Ok(FetchedEvidence {
        tenant: tenant.clone(),
        path,
        bytes,
        evidence,
        files,
    })
}
