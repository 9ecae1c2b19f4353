//! A tenant's scope: everything that work for one tenant needs, built from
//! one tenant's configuration, so that nothing of two tenants can meet.

use std::fmt;
use std::sync::Arc;

use object_store::memory::InMemory;

use crate::config::Tenant;
use crate::config::resolved;
use crate::domain::TenantId;
use crate::lake::log::WriterId;
use crate::lake::store::{LandingStore, ResearchStore, StateStore, StoreError};
use crate::ledger::Journal;
use crate::seal::{LedgerKey, Sealer};

/// The three stores.
#[derive(Debug, Clone)]
pub struct Stores {
    /// Commit logs and tenants' chains.
    pub state: StateStore,
    /// Sealed files and evidence.
    pub landing: LandingStore,
    /// What research reads.
    pub research: ResearchStore,
}

impl Stores {
    /// Opens the three stores.
    ///
    /// # Errors
    /// The first that cannot be opened.
    pub fn open(config: &resolved::Stores) -> Result<Self, StoreError> {
        Ok(Self {
            state: StateStore::open(&config.state)?,
            landing: LandingStore::open(&config.landing)?,
            research: ResearchStore::open(&config.research)?,
        })
    }

    /// Three empty stores that nobody else sees and that end with the process.
    #[must_use]
    pub fn in_memory() -> Self {
        Self {
            state: StateStore::new(Arc::new(InMemory::new())),
            landing: LandingStore::new(Arc::new(InMemory::new())),
            research: ResearchStore::new(Arc::new(InMemory::new())),
        }
    }
}

/// What work for one tenant needs.
#[derive(Clone)]
pub struct Scope {
    /// The tenant's configuration.
    pub tenant: Arc<Tenant>,
    /// Seals and opens its files.
    pub sealer: Arc<Sealer>,
    /// Keys the digests of its ledger.
    pub ledger_key: Arc<LedgerKey>,
    /// Its chain.
    pub journal: Journal,
    /// The stores.
    pub stores: Stores,
}

impl Scope {
    /// The scope of `tenant`, for a process that writes as `writer`.
    #[must_use]
    pub fn new(tenant: &Arc<Tenant>, stores: &Stores, writer: WriterId) -> Self {
        Self {
            tenant: Arc::clone(tenant),
            sealer: Arc::new(Sealer::new(&tenant.id, &tenant.keys)),
            ledger_key: Arc::new(LedgerKey::new(&tenant.keys)),
            journal: Journal::new(stores.state.clone(), tenant.id.clone(), writer),
            stores: stores.clone(),
        }
    }

    /// Whose scope it is.
    #[must_use]
    pub fn id(&self) -> &TenantId {
        &self.tenant.id
    }
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scope({})", self.tenant.id)
    }
}
