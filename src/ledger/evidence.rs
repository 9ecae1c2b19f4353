//! Evidence: what one slot did with a tenant's records. It joins no research
//! id to a source; the sealed index among its files does.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{InferenceUse, LedgerError};
use crate::domain::{EpochMs, PolicyHash, Sha256, TenantId, TopicPartition};
use crate::lake::layout::LandingFile;
use crate::lake::log::Counts;

/// The version of the stored form.
pub const EVIDENCE_VERSION: u16 = 1;

/// A file that a slot made visible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// What it is and where it lies.
    pub file: LandingFile,
    /// What is in it: `conversations`, `turns`, `index`, `held_back`, `state`,
    /// `quarantine` or `unclaimed`.
    pub holds: String,
    /// Rows, conversations or records.
    pub rows: u64,
    /// Size in bytes, sealed.
    pub bytes: u64,
    /// SHA-256 of the sealed bytes.
    pub sha256: Sha256,
    /// When the conversations in it first landed, at the latest, where that was
    /// in an earlier slot: their timer runs from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<EpochMs>,
}

/// Something that happened to one conversation or record, by digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "note", rename_all = "snake_case")]
pub enum Note {
    /// A conversation was held back.
    HeldBack {
        /// Digest of its source id.
        subject: String,
        /// Stable codes of the reasons.
        reasons: Vec<String>,
    },
    /// A conversation or record could not be processed and is sealed.
    Quarantined {
        /// Digest of its source.
        subject: String,
        /// Stable code of the reason.
        reason: String,
    },
    /// A conversation of behavioural health landed (42 CFR 2.31).
    Consented {
        /// Digest of its source id.
        subject: String,
        /// Digest of the consent's reference: its own, else the tenant's.
        consent: String,
    },
    /// A record's tenant could not be established; sealed to the operator.
    Unclaimed {
        /// Digest of its source.
        subject: String,
        /// Stable code of the reason.
        reason: String,
    },
}

impl Note {
    /// The first reason for which it was refused, if it was.
    #[must_use]
    pub fn refusal(&self) -> Option<&str> {
        match self {
            Self::HeldBack { reasons, .. } => reasons.first().map(String::as_str),
            Self::Quarantined { reason, .. } | Self::Unclaimed { reason, .. } => Some(reason),
            Self::Consented { .. } => None,
        }
    }
}

/// What one slot did with a tenant's records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// [`EVIDENCE_VERSION`].
    pub version: u16,
    /// Whose.
    pub tenant: TenantId,
    /// The partition.
    pub place: TopicPartition,
    /// The slot's number.
    pub slot: u64,
    /// The hash of the tenant's evidence before it in this log; zeros in the
    /// first. These links are the tenant's chain within the log.
    pub previous: Sha256,
    /// When it was prepared.
    pub at: EpochMs,
    /// Records by fate, as the slot says.
    pub counts: Counts,
    /// Files that the slot makes visible.
    pub files: Vec<FileEntry>,
    /// Conversations that landed, releasable.
    pub conversations: u64,
    /// Turns of these.
    pub turns: u64,
    /// Conversations held back, by reason.
    pub held_back: BTreeMap<String, u64>,
    /// How many of those that landed or were held back take the place of what
    /// landed of them before, since later records came.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub continued: u64,
    /// Conversations closed, by cause.
    pub causes: BTreeMap<String, u64>,
    /// Findings by category.
    pub findings: BTreeMap<String, u64>,
    /// Fields that no mapping takes, by schema path.
    pub unmapped: BTreeMap<String, u64>,
    /// What the agreement does not let leave, by the tables' paths (45 CFR
    /// 164.502(b)).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub withheld: BTreeMap<String, u64>,
    /// The policy applied.
    pub policy: PolicyHash,
    /// Reference of the authorisation in force, as a digest.
    pub authorization: String,
    /// The engine's version.
    pub engine: String,
    /// Inference calls of the conversations that were closed, where the tenant
    /// has a list of models.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inference: Option<InferenceUse>,
    /// What happened to single conversations and records.
    pub notes: Vec<Note>,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's form
pub(super) const fn is_zero(n: &u64) -> bool {
    *n == 0
}

impl Evidence {
    /// Conversations of which this is the first: landed or held back, and not
    /// in the place of what landed before. A release accounts for each.
    #[must_use]
    pub fn landed(&self) -> u64 {
        let all = self.conversations + self.held_back.values().sum::<u64>();
        all.saturating_sub(self.continued)
    }

    /// The stored form.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("evidence has string keys and no floats")
    }

    /// Reads the stored form of slot `n`'s evidence.
    ///
    /// # Errors
    /// [`LedgerError::Unreadable`] when it is of another version or damaged.
    pub fn from_bytes(n: u64, bytes: &[u8]) -> Result<Self, LedgerError> {
        let evidence: Self =
            serde_json::from_slice(bytes).map_err(|_| LedgerError::Unreadable { n })?;
        let sound = evidence.version == EVIDENCE_VERSION && evidence.slot == n;
        sound
            .then_some(evidence)
            .ok_or(LedgerError::Unreadable { n })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_1_reads_for_ever() {
        let golden = include_bytes!("../../tests/golden/formats/evidence-v1.json");
        let evidence = Evidence::from_bytes(4, golden).expect("version 1 reads");
        assert_eq!(evidence.to_bytes(), golden, "and is written as it was");
        assert_eq!(evidence.files.len(), 3);
        assert_eq!(evidence.notes.len(), 3);
        assert!(evidence.counts.balance());
        assert!(Evidence::from_bytes(5, golden).is_err(), "of another slot");
    }
}
