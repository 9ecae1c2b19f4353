//! Sealing: what is original exists only encrypted under its tenant's key.
//!
//! AES-256-GCM with a data key per tenant, purpose and day. The data key is
//! wrapped by the tenant's sealing key and travels in each file's header, so
//! that a file can be opened with the tenant's key alone. The tenant, the
//! purpose and the file's own name are authenticated: a file that is moved to
//! another tenant, another purpose or another name does not open.

mod blob;
mod digest;
mod envelope;
mod operator;
pub mod original;
mod sealer;
mod signature;
mod text;

pub use blob::{BlobName, SealedBlob};
pub use digest::{KeyedDigest, LedgerKey};
pub use operator::{UnclaimedBlob, open_as_operator, operator_key_pair, seal_to_operator};
pub use sealer::Sealer;
pub use signature::{Signature, SigningKey, VerifyingKey};
pub use text::{open_text, seal_text};

use serde::{Deserialize, Serialize};

/// What a sealed file is for. Each has data keys and a folder of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Clean rows, committed and not yet released.
    Landing,
    /// Conversations that a hold reason keeps from release.
    HeldBack,
    /// Original records that could not be processed.
    Quarantine,
    /// Which source conversation became which research id.
    Index,
    /// Files of a release that is being prepared.
    Stage,
    /// Conversations that landed and may go on: what later records of them need.
    State,
    /// Terms and cases of a tenant's own, which lie beside its file and in no
    /// store.
    Settings,
    /// A sample that reviewers read, which lies in no store either.
    Sample,
}

impl Purpose {
    /// Every purpose of files in the landing store.
    pub const ALL: [Self; 6] = [
        Self::Landing,
        Self::HeldBack,
        Self::Quarantine,
        Self::Index,
        Self::Stage,
        Self::State,
    ];

    /// Its folder under a tenant's prefix; the same word as in serialised form.
    #[must_use]
    pub const fn segment(self) -> &'static str {
        match self {
            Self::Landing => "landing",
            Self::HeldBack => "held-back",
            Self::Quarantine => "quarantine",
            Self::Index => "index",
            Self::Stage => "stage",
            Self::State => "state",
            Self::Settings => "settings",
            Self::Sample => "sample",
        }
    }

    /// The purpose of a folder.
    #[must_use]
    pub fn of_segment(segment: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.segment() == segment)
    }

    /// Its number in an envelope's header; never reused.
    const fn code(self) -> u8 {
        match self {
            Self::Landing => 1,
            Self::HeldBack => 2,
            Self::Quarantine => 3,
            Self::Index => 4,
            Self::Stage => 5,
            Self::State => 6,
            Self::Settings => 7,
            Self::Sample => 8,
        }
    }
}

/// Why sealed bytes do not open. It carries nothing of key or content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Not a sealed file, or one that was cut short: read it again, then treat
    /// it as damaged.
    #[error("not a whole sealed file")]
    Malformed,
    /// Written by a later version of this program: use that version.
    #[error("sealed by a later version of this program (envelope version {0})")]
    UnknownVersion(u8),
    /// Sealed under another sealing key of the tenant: open it with that key.
    #[error("sealed under another key than the one configured")]
    OtherKey,
    /// Of another tenant, purpose or name, or changed since it was sealed.
    #[error("sealed for another tenant, purpose or name, or changed since")]
    NotAuthentic,
    /// The operator's public key is not a point that can be sealed to.
    #[error("the operator's public key is not a usable X25519 key")]
    BadPublicKey,
}

#[cfg(test)]
mod tests {
    use super::Purpose;

    #[test]
    fn segments_are_words_of_their_own_and_agree_with_serde() {
        for purpose in Purpose::ALL {
            assert_eq!(Purpose::of_segment(purpose.segment()), Some(purpose));
            assert_eq!(serde_json::json!(purpose), purpose.segment());
        }
        assert_eq!(Purpose::of_segment("evidence"), None);
    }
}
