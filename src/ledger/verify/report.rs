//! What a verification found: heads, counts and flaws.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::{Sha256, TenantId, TopicPartition};
use crate::lake::layout::Chain;

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The program's version.
    pub code: &'static str,
    /// Whether the files themselves were read and hashed.
    pub deep: bool,
    /// Where each chain ends.
    #[serde(flatten)]
    pub heads: Heads,
    /// How much was verified.
    pub counted: Counted,
    /// What was refused: held back, quarantined or nobody's.
    pub refused: Refused,
    /// What does not verify; empty when everything does.
    pub flaws: Vec<Flaw>,
}

/// How often the ledger notes a refusal, by tenant and by the first reason.
pub type Refused = BTreeMap<TenantId, BTreeMap<String, u64>>;

/// Where each chain ends. Whoever notes it can show later that nothing was
/// taken away from the end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heads {
    /// The partitions' logs.
    pub logs: Vec<LogHead>,
    /// The tenants' chains, and the operator's.
    pub chains: Vec<ChainHead>,
}

/// Where a partition's log ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogHead {
    /// The partition.
    #[serde(flatten)]
    pub place: TopicPartition,
    /// The log's epoch.
    pub epoch: u32,
    /// How many slots it has.
    pub slots: u64,
    /// The hash of the last.
    pub hash: Sha256,
    /// The next offset to read for the first time.
    pub end: i64,
    /// Where reading goes on.
    pub resume: i64,
    /// Records without a fate.
    pub open: u64,
    /// An operator ended the epoch.
    pub closed: bool,
}

/// Where a tenant's chain ends, and what is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainHead {
    /// Whose it is; `None` for the operator's own.
    pub tenant: Option<TenantId>,
    /// How many entries it has.
    pub entries: u64,
    /// The hash of the last.
    pub hash: Sha256,
    /// Releases.
    pub releases: u64,
    /// Purges that ended, by outcome.
    pub purges: BTreeMap<String, u64>,
    /// Holds in force.
    pub holds: Vec<String>,
    /// Purge intents in force without a receipt, by entry.
    pub open_intents: Vec<u64>,
    /// Purge intents that were void, since a hold came before them.
    pub void_intents: Vec<u64>,
    /// Files of the last release that are still to be copied.
    pub unpublished: u64,
    /// Releases that were withdrawn.
    #[serde(default)]
    pub withdrawn: Vec<u32>,
    /// Files of them that are still to go.
    #[serde(default)]
    pub unremoved: u64,
}

impl Heads {
    /// The number of entries and the last hash of each chain.
    pub(super) fn ends(&self) -> BTreeMap<Chain, (u64, Sha256)> {
        let logs = self.logs.iter().map(|head| {
            let (place, epoch) = (head.place.clone(), head.epoch);
            (Chain::Log { place, epoch }, (head.slots, head.hash))
        });
        let chains = self.chains.iter().map(|head| {
            let chain = head.tenant.clone().map_or(Chain::Operator, Chain::Tenant);
            (chain, (head.entries, head.hash))
        });
        logs.chain(chains).collect()
    }
}

/// How much was verified.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// Slots of logs.
    pub slots: u64,
    /// Evidence files, each read and hashed.
    pub evidence: u64,
    /// Entries of chains.
    pub entries: u64,
    /// Sealed files that evidence names.
    pub files: u64,
    /// Those of them that receipts say are gone, or that an intent in force
    /// may be removing now.
    pub files_gone: u64,
    /// Those of them that were read and hashed.
    pub files_read: u64,
    /// Published files that releases name.
    pub published: u64,
    /// Those of them that were read and hashed.
    pub published_read: u64,
    /// Samples for reviewers, each drawn again.
    pub samples: u64,
    /// Conversations that landed or were held back.
    pub conversations: u64,
    /// Records with a fate.
    pub records: u64,
}

/// One of the three stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// Logs and chains.
    State,
    /// Sealed files and evidence.
    Landing,
    /// What research reads.
    Research,
}

/// Something that does not verify, and where it lies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Flaw {
    /// The store.
    pub store: Kept,
    /// The object within it.
    pub path: String,
    /// What is wrong.
    pub reason: Reason,
    /// Which part of it, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what: Option<&'static str>,
}

impl Flaw {
    /// A flaw of the object at `path`.
    pub(super) fn new(store: Kept, path: &impl fmt::Display, reason: Reason) -> Self {
        Self {
            store,
            path: path.to_string(),
            reason,
            what: None,
        }
    }

    /// Says which part of the object it is.
    pub(super) fn of(self, what: &'static str) -> Self {
        Self {
            what: Some(what),
            ..self
        }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let store = match self.store {
            Kept::State => "state",
            Kept::Landing => "landing",
            Kept::Research => "research",
        };
        write!(f, "{store} {}: {}", self.path, self.reason.says())?;
        self.what.map_or(Ok(()), |what| write!(f, ": {what}"))
    }
}

/// Why something does not verify.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// What is named is not there, and no receipt says that it went.
    Missing,
    /// It is damaged, or of a version that this program does not know.
    Unreadable,
    /// It reads, but its bytes are not those that the program writes.
    Respelt,
    /// Its hash is another than was recorded.
    OtherBytes,
    /// It does not follow the one before it.
    Broken,
    /// An object that is no entry lies among the entries.
    Stray,
    /// An epoch does not begin where the one before it was closed.
    Unlinked,
    /// A slot does not name the evidence that it must.
    Leaves,
    /// A slot's heads are not the last evidence of each tenant.
    Heads,
    /// Evidence does not say what its slot says.
    Evidence,
    /// A receipt, or the notice of a withdrawal, says that it is gone, but it is
    /// there.
    StillThere,
    /// A release takes slots that are not there.
    InputMissing,
    /// A release's count of what landed is not that of its inputs' evidence.
    Landed,
    /// A release's count of what landed is not released and held back.
    Unbalanced,
    /// A sample or a verdict is not what its frame gives.
    Drawing,
    /// A purge goes beyond what the slot that it rests on permits.
    PurgedBeyond,
    /// A purge intent came before the timer in force then.
    PurgedEarly,
    /// A receipt does not show that what was to go is gone.
    Unproven,
    /// A published file that no release names.
    Unnamed,
    /// The chain is shorter than it was when its head was noted.
    Shortened,
    /// The chain is not the one whose head was noted.
    Rewritten,
}

impl Reason {
    /// What is wrong, in words.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Missing => "is not there, and no receipt says that it went",
            Self::Unreadable => "is damaged, or of a version that this program does not know",
            Self::Respelt => "reads, but is not as the program writes it",
            Self::OtherBytes => "has another hash or size than was recorded",
            Self::Broken => "does not follow the one before it",
            Self::Stray => "is no entry, but lies among the entries",
            Self::Unlinked => "does not begin where the epoch before it was closed",
            Self::Leaves => "does not name the evidence that it must",
            Self::Heads => "has heads that are not the last evidence of each tenant",
            Self::Evidence => "does not say what its slot says",
            Self::StillThere => "is there, though a receipt or a notice says that it is gone",
            Self::InputMissing => "takes slots that are not there",
            Self::Landed => "counts other than its inputs what landed",
            Self::Unbalanced => "does not account for all that landed",
            Self::Drawing => "is not what the sample's frame gives",
            Self::PurgedEarly => "goes before the timer in force then allows",
            Self::PurgedBeyond => "goes beyond what the slot that it rests on permits",
            Self::Unproven => "does not show that what was to go is gone",
            Self::Unnamed => "is published, but no release names it",
            Self::Shortened => "ends before the head that was noted",
            Self::Rewritten => "is not what it was when its head was noted",
        }
    }
}
