//! One entry of a chain, as it is stored.

use serde::{Deserialize, Serialize};

use super::{Deed, LedgerError};
use crate::domain::{EpochMs, Sha256};
use crate::lake::log::WriterId;

/// The version of the stored form.
pub const CHAIN_VERSION: u16 = 1;

/// One entry of a tenant's chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// [`CHAIN_VERSION`].
    pub version: u16,
    /// Its number, from 0.
    pub n: u64,
    /// The hash of the entry before it; zeros in the first.
    pub previous: Sha256,
    /// Who wrote it.
    pub writer: WriterId,
    /// Drawn for each attempt, so that no two attempts have the same bytes.
    pub attempt: WriterId,
    /// When.
    pub at: EpochMs,
    /// Who asked for it, as a digest under the tenant's ledger key; `None`
    /// for a timer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// What.
    #[serde(flatten)]
    pub deed: Deed,
}

impl Entry {
    /// The stored form.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("an entry has string keys and no floats")
    }

    /// Reads the stored form of entry `n`.
    ///
    /// # Errors
    /// [`LedgerError::Unreadable`] when it is of another version or damaged.
    pub fn from_bytes(n: u64, bytes: &[u8]) -> Result<Self, LedgerError> {
        let entry: Self =
            serde_json::from_slice(bytes).map_err(|_| LedgerError::Unreadable { n })?;
        let sound = entry.version == CHAIN_VERSION && entry.n == n;
        sound.then_some(entry).ok_or(LedgerError::Unreadable { n })
    }
}
