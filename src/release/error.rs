//! Why a release could not be made or finished.

use std::fmt;

use crate::domain::TopicPartition;
use crate::lake::log::LogError;
use crate::lake::read;
use crate::lake::store::StoreError;
use crate::ledger::JournalError;
use crate::seal::{BlobName, SealError};
use crate::table;

/// A stored object that a release rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Object {
    /// A slot of a log.
    Slot(TopicPartition, u64),
    /// The evidence of a slot.
    Evidence(TopicPartition, u64),
    /// A landing file of a slot.
    Landing(TopicPartition, u64),
    /// A staged file of a release.
    Staged(u32),
    /// A published file of a release.
    Published(u32),
    /// What a sample was drawn of.
    Frame(BlobName),
    /// A commit of a Delta log.
    DeltaCommit(usize),
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Slot(place, n) => write!(f, "slot {n} of {place}"),
            Self::Evidence(place, n) => write!(f, "the evidence of slot {n} of {place}"),
            Self::Landing(place, n) => write!(f, "a landing file of slot {n} of {place}"),
            Self::Staged(number) => write!(f, "a staged file of release {number}"),
            Self::DeltaCommit(n) => write!(f, "commit {n} of a Delta log"),
            Self::Frame(name) => write!(f, "the frame of sample {name}"),
            Self::Published(number) => write!(f, "a research file of release {number}"),
        }
    }
}

/// Why a release could not be made or finished. To run again is always safe: a
/// release that has happened is copied, and one that has not is made anew.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReleaseError {
    /// The store does not answer: try again.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The tenant's chain cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A commit log is damaged.
    #[error("the log of {place}: {error}; nothing is released from it")]
    Log {
        /// The log's partition.
        place: TopicPartition,
        /// What is wrong.
        error: LogError,
    },
    /// An object that must be there is not.
    #[error("{0} is missing; restore it from the store's versions or a backup")]
    Missing(Object),
    /// An object's bytes are not those whose hash was committed.
    #[error("{0} was altered since it was committed; restore it, and find out who wrote it")]
    Altered(Object),
    /// A sealed object does not open.
    #[error("{object}: {error}")]
    Sealed {
        /// Which.
        object: Object,
        /// Why.
        error: SealError,
    },
    /// Landing files do not hold rows that this version reads.
    #[error("{object}: {error}")]
    Rows {
        /// Which.
        object: Object,
        /// Why.
        error: table::ReadError,
    },
    /// What an object says is not what it must say.
    #[error("{object} does not agree with the rest: {what}")]
    Disagrees {
        /// Which.
        object: Object,
        /// What does not agree.
        what: &'static str,
    },
    /// The tenant's topics cannot be read.
    #[error("one of the tenant's topics is not a regular expression; run `leeward check`")]
    Topics,
    /// Others appended each time: try again later.
    #[error("the tenant's chain changed at every attempt; try again")]
    Contended,
}

impl ReleaseError {
    pub(super) fn of_log(place: &TopicPartition, error: read::ReadError) -> Self {
        match error {
            read::ReadError::Store(error) => Self::Store(error),
            read::ReadError::Log(error) => Self::Log {
                place: place.clone(),
                error,
            },
        }
    }
}
