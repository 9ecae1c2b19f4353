//! Why nothing is released.

use super::review::Unreviewed;
use crate::config::human_span;
use crate::gate::PauseReason;

/// Why nothing is released now; what landed stays sealed and waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The agreement does not allow it (45 CFR 164.502(d)(1), 164.504(e)(2)).
    #[error("the authorisation is not in force ({}); renew it in the tenant's file", .0.code())]
    Authorization(PauseReason),
    /// Someone stopped the tenant's releases and purges.
    #[error("the tenant is frozen; see `leeward hold list`, and lift the freeze")]
    Frozen,
    /// Nobody answers for it that the covered entity knows of nothing by which
    /// what remains could identify anyone (45 CFR 164.514(b)(2)(ii)).
    #[error(
        "no attestation of actual knowledge is in force; have a person who answers for it run `leeward release attest`"
    )]
    Unattested,
    /// Nobody has read what would be released, or somebody saw something.
    #[error(transparent)]
    Unreviewed(#[from] Unreviewed),
    /// What is to be superseded is not there.
    #[error(
        "release {number} does not stand: it never was, or was withdrawn; see `leeward status`"
    )]
    NotStanding {
        /// Its number.
        number: u32,
    },
    /// Conversations do not add up.
    #[error(
        "{landed} conversations landed, but {released} to release and {held_back} held back do not add up to them; run `leeward audit verify`"
    )]
    Counts {
        /// Landed or held back, as the evidence says.
        landed: u64,
        /// Rows read.
        released: u64,
        /// Held back, as the evidence gives reasons.
        held_back: u64,
    },
    /// An outsider could pick a conversation out of too few.
    #[error(
        "there are fewer conversations ({conversations}) than `release.min_conversations` of {min}; wait for more, or name a `release.dating_override`"
    )]
    TooFew {
        /// How many there are.
        conversations: u64,
        /// How many there must be.
        min: u64,
    },
    /// An outsider who sees when the files appear could date a conversation
    /// too closely (45 CFR 164.514(b)(2)(i)(C)).
    #[error(
        "an outsider could date a conversation to {}, less than `release.min_interval` of {}; wait, or name a `release.dating_override`",
        human_span(*span_ms),
        human_span(*min_ms)
    )]
    TooNarrow {
        /// The interval, in milliseconds.
        span_ms: i64,
        /// The least that is allowed, in milliseconds.
        min_ms: i64,
    },
}

impl Refusal {
    /// A stable name, for metrics and programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Authorization(_) => "authorization",
            Self::Frozen => "frozen",
            Self::Unattested => "unattested",
            Self::Unreviewed(_) => "unreviewed",
            Self::NotStanding { .. } => "not_standing",
            Self::Counts { .. } => "counts",
            Self::TooFew { .. } => "too_few",
            Self::TooNarrow { .. } => "too_narrow",
        }
    }
}
