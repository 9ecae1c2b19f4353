//! A tenant's chain, or the operator's, in the state store: read whole,
//! appended to by one primitive.

use bytes::Bytes;

use super::{Deed, Entry, LedgerError, TenantChain};
use crate::domain::{Entropy, EpochMs, TenantId};
use crate::lake::append::{Appended, append};
use crate::lake::layout::{AreaId, Chain};
use crate::lake::log::WriterId;
use crate::lake::store::{StateStore, StoreError};

/// Why a chain could not be read or appended to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// The store does not answer: try again.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The chain itself is damaged: nothing may be built on it.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// One chain, and how one process writes to it.
#[derive(Debug, Clone)]
pub struct Journal {
    store: StateStore,
    chain: Chain,
    writer: WriterId,
}

impl Journal {
    /// The journal of `tenant`, written as `writer`.
    #[must_use]
    pub const fn new(store: StateStore, tenant: TenantId, writer: WriterId) -> Self {
        Self {
            store,
            chain: Chain::Tenant(tenant),
            writer,
        }
    }

    /// The operator's journal, written by the same process. Its entries have
    /// the same form; no release is among them, so that its area stays unused.
    #[must_use]
    pub fn operator(&self) -> Self {
        Self {
            chain: Chain::Operator,
            ..self.clone()
        }
    }

    /// Reads the chain from its first entry, checking every link.
    ///
    /// # Errors
    /// A [`JournalError`].
    pub async fn read(&self) -> Result<(TenantChain, Vec<Entry>), JournalError> {
        let mut chain = TenantChain::default();
        let mut entries = Vec::new();
        self.read_on(&mut chain, &mut entries).await?;
        Ok((chain, entries))
    }

    /// Reads what was appended since `chain` was read.
    ///
    /// # Errors
    /// A [`JournalError`].
    pub async fn read_on(
        &self,
        chain: &mut TenantChain,
        entries: &mut Vec<Entry>,
    ) -> Result<(), JournalError> {
        while let Some(bytes) = self.store.get(&self.chain.entry(chain.next)).await? {
            let entry = Entry::from_bytes(chain.next, &bytes)?;
            chain.apply(&entry, &bytes)?;
            entries.push(entry);
        }
        Ok(())
    }

    /// Reads the chain, founding it first where there is none.
    ///
    /// # Errors
    /// A [`JournalError`].
    pub async fn open(
        &self,
        now: EpochMs,
        entropy: &mut Entropy,
    ) -> Result<(TenantChain, Vec<Entry>), JournalError> {
        loop {
            let (chain, entries) = self.read().await?;
            if chain.area.is_some() {
                return Ok((chain, entries));
            }
            let area = AreaId::draw(entropy);
            self.append(&chain, Deed::Founded { area }, now, None, entropy)
                .await;
        }
    }

    /// Appends `deed` after `chain`. On [`Appended::Reload`] nothing may be
    /// concluded: read the chain again and decide anew. A deed that does not
    /// follow is never written, since nobody could read the chain after it.
    pub async fn append(
        &self,
        chain: &TenantChain,
        deed: Deed,
        at: EpochMs,
        actor: Option<String>,
        entropy: &mut Entropy,
    ) -> Appended {
        let attempt = WriterId::draw(entropy);
        let entry = chain.entry(deed, at, actor, self.writer, attempt);
        if chain.check(&entry).is_err() {
            return Appended::Reload;
        }
        let bytes = Bytes::from(entry.to_bytes());
        append(&self.store, &self.chain, entry.n, bytes).await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use object_store::memory::InMemory;

    use super::*;

    fn journal(store: &StateStore) -> Journal {
        let tenant = TenantId::parse("t").expect("a tenant");
        Journal::new(store.clone(), tenant, WriterId::default())
    }

    #[tokio::test]
    async fn a_chain_is_founded_once_and_deeds_follow() {
        let store = StateStore::new(Arc::new(InMemory::new()));
        let mut entropy = Entropy::from_u64(1);
        let (chain, _) = journal(&store)
            .open(EpochMs(1), &mut entropy)
            .await
            .expect("opens");
        let (again, _) = journal(&store)
            .open(EpochMs(2), &mut entropy)
            .await
            .expect("opens");
        assert_eq!(chain, again);
        let hold = |hold: &str| Deed::HoldPlaced {
            hold: hold.into(),
            freezes: false,
            reason: None,
        };
        let journal = journal(&store);
        let won = journal.append(&chain, hold("a"), EpochMs(3), None, &mut entropy);
        assert_eq!(won.await, Appended::Won);
        let stale = journal.append(&chain, hold("b"), EpochMs(3), None, &mut entropy);
        assert_eq!(stale.await, Appended::Reload);
        let (chain, _) = journal.read().await.expect("reads");
        let broken = Deed::AttestationWithdrawn;
        let broken = journal.append(&chain, broken, EpochMs(4), None, &mut entropy);
        assert_eq!(broken.await, Appended::Reload, "it would not be read again");
        let (chain, entries) = journal.read().await.expect("reads");
        assert_eq!(chain.holds.keys().collect::<Vec<_>>(), ["a"]);
        assert_eq!(entries.len(), 2);
    }
}
