//! What a configuration means: plain, checked values. Built only by the
//! resolver, after every error of every file has been collected.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use crate::config::{Portion, Secret};
use crate::decode::Mapping;
use crate::deid::Policy;
use crate::domain::{EpochMs, Field, Sha256, TenantId};
use crate::seal::VerifyingKey;

/// A whole configuration: one pipeline file and its tenant files.
#[derive(Debug, Clone)]
pub struct Config {
    /// What holds for all tenants.
    pub pipeline: Pipeline,
    /// The tenants in force, by name.
    pub tenants: BTreeMap<TenantId, Arc<Tenant>>,
}

/// What holds for all tenants.
#[derive(Debug, Clone)]
pub struct Pipeline {
    /// Its name, for logs and metrics.
    pub name: String,
    /// Where records come from.
    pub source: Source,
    /// Where things are kept.
    pub stores: Stores,
    /// Bounds on input and memory.
    pub limits: Limits,
    /// When a conversation closes.
    pub assemble: Assemble,
    /// When a partition's closed conversations are committed.
    pub flush: Flush,
    /// Where records whose tenant cannot be established go.
    pub unclaimed: Unclaimed,
    /// What operations see.
    pub observe: Observe,
    /// How long a drain may take at SIGTERM, in milliseconds.
    pub drain_deadline_ms: i64,
}

/// Where records come from.
#[derive(Debug, Clone)]
pub enum Source {
    /// A Kafka consumer group.
    Kafka(Kafka),
    /// JSON lines from files, or standard input when `paths` is empty. Each
    /// file is one partition of the topic.
    File {
        /// The topic that the lines are taken to be of.
        topic: String,
        /// The files.
        paths: Vec<PathBuf>,
    },
}

impl Source {
    /// Whether it has an end: files, or standard input.
    #[must_use]
    pub const fn is_finite(&self) -> bool {
        matches!(self, Self::File { .. })
    }

    /// Whether it can be read only once: standard input.
    #[must_use]
    pub const fn is_read_once(&self) -> bool {
        matches!(self, Self::File { paths, .. } if paths.is_empty())
    }
}

/// A Kafka consumer group.
#[derive(Debug, Clone)]
pub struct Kafka {
    /// `host:port`, comma-separated.
    pub brokers: String,
    /// The group's id.
    pub group: String,
    /// How members agree on who reads what.
    pub protocol: GroupProtocol,
    /// Passed to librdkafka as written; never a key that this program sets itself.
    pub librdkafka: BTreeMap<String, Secret<String>>,
}

/// How members of a group agree on who reads what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupProtocol {
    /// The classic protocol with the cooperative-sticky assignor.
    CooperativeSticky,
    /// `group.protocol=consumer` (KIP-848).
    Consumer,
}

impl GroupProtocol {
    /// The name in configuration.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CooperativeSticky => "cooperative-sticky",
            Self::Consumer => "consumer",
        }
    }
}

/// Where things are kept. The three are apart: readers of research must not be
/// able to list the other two.
#[derive(Debug, Clone)]
pub struct Stores {
    /// Commit logs and tenants' chains: the operator's.
    pub state: Store,
    /// Sealed landing, held-back, quarantine and staged release files.
    pub landing: Store,
    /// What research reads.
    pub research: Store,
    /// Options that stand for a researcher, for `check --connect`; empty where
    /// none are named.
    pub reader: BTreeMap<String, Secret<String>>,
}

/// One object store.
#[derive(Debug, Clone)]
pub struct Store {
    /// `file:///absolute/path`, `s3://bucket/prefix`, `gs://bucket/prefix` or
    /// `az://container/prefix`.
    pub url: String,
    /// Options of the store's client (`aws_endpoint`, `aws_access_key_id` …).
    pub options: BTreeMap<String, Secret<String>>,
}

/// Bounds on input and memory.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Largest record, in bytes.
    pub record_bytes: usize,
    /// Deepest nesting of a record's JSON.
    pub json_depth: usize,
    /// Most turns of one record.
    pub record_turns: usize,
    /// Longest turn, in bytes of UTF-8.
    pub turn_bytes: usize,
    /// Memory for open conversations and unwritten batches, in bytes.
    pub memory_bytes: usize,
}

/// When a conversation closes.
#[derive(Debug, Clone, Copy)]
pub struct Assemble {
    /// After its end event, in milliseconds.
    pub end_grace_ms: i64,
    /// After its last turn, in milliseconds.
    pub idle_ms: i64,
    /// Most turns; then it is cut.
    pub max_turns: usize,
    /// Most bytes of text; then it is cut.
    pub max_bytes: usize,
    /// Greatest age since its first record, in milliseconds; then it is cut.
    pub max_age_ms: i64,
    /// For this long after its first part landed, later records carry on with
    /// a conversation, in milliseconds.
    pub late_ms: i64,
}

/// When a partition's closed conversations are committed.
#[derive(Debug, Clone, Copy)]
pub struct Flush {
    /// At this many bytes of raw text.
    pub bytes: usize,
    /// At this age of the oldest closed conversation, in milliseconds.
    pub interval_ms: i64,
}

/// Where records whose tenant cannot be established go.
#[derive(Debug, Clone)]
pub struct Unclaimed {
    /// The operator's X25519 public key, to which they are sealed.
    pub public_key: [u8; 32],
    /// How long they are kept, in milliseconds.
    pub timer_ms: i64,
}

/// What operations see.
#[derive(Debug, Clone)]
pub struct Observe {
    /// Address of `/livez`, `/readyz`, `/metrics` and `/status`; `None` for none.
    pub listen: Option<SocketAddr>,
    /// What a request for `/metrics` or `/status` must bear.
    pub token: Option<Secret<String>>,
    /// By what they are served over TLS; `None` for plain HTTP.
    pub tls: Option<ObserveTls>,
    /// A `tracing` filter such as `info`.
    pub log: String,
}

/// A certificate and its key, PEM, that fit together.
#[derive(Debug, Clone)]
pub struct ObserveTls {
    /// The certificate and those that lead to its authority.
    pub certificate: Secret<String>,
    /// Its private key.
    pub key: Secret<String>,
}

/// One tenant.
#[derive(Debug, Clone)]
pub struct Tenant {
    /// Its name.
    pub id: TenantId,
    /// The topics that are its own, each an exact name or a `^…` pattern.
    pub topics: Vec<String>,
    /// The mapping that reads its records, as the file names it.
    pub mapping: String,
    /// That mapping.
    pub shape: Arc<Mapping>,
    /// What was agreed.
    pub authorization: Authorization,
    /// Its keys.
    pub keys: Keys,
    /// Category → operator, with its own terms, sealed ones too.
    pub policy: Arc<Policy>,
    /// The sealed cases that the policy must pass, where it has some.
    pub cases: Option<Cases>,
    /// Why clock times may stay, where the policy keeps them; recorded.
    pub clock_times_reason: Option<String>,
    /// What a release needs.
    pub release: Release,
    /// When originals go.
    pub timers: Timers,
    /// Other consumer groups that must have read a Kafka record before it goes.
    pub requires_groups: Vec<String>,
    /// What it may take of each worker.
    pub share: Share,
    /// What a purge may remove without being approved.
    pub unusual: Unusual,
    /// A digest of all of this as it was written, keys and mapping included:
    /// whether the tenant is the same as before.
    pub written: Sha256,
}

/// What one tenant may take of each worker that reads for it; `None` where
/// nothing but the worker's own limits bounds it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Records read for the first time, in each second.
    pub records_per_second: Option<u32>,
    /// Bytes of these records, in each second.
    pub bytes_per_second: Option<usize>,
    /// Open conversations.
    pub open_conversations: Option<usize>,
    /// Memory for open conversations and unwritten batches, in bytes.
    pub memory_bytes: Option<usize>,
}

/// Cases that a policy must pass; what they say is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cases {
    /// The sealed file.
    pub file: PathBuf,
    /// How many it held when it was read.
    pub count: usize,
}

/// What was agreed with a tenant; the gate admits nothing without it.
#[derive(Debug, Clone)]
pub struct Authorization {
    /// The agreement permits de-identification (45 CFR 164.502(d)(1),
    /// 164.504(e)(2)). Off unless stated.
    pub permits_deidentification: bool,
    /// The agreement permits evaluation and training on its text.
    pub permits_evaluation: bool,
    /// Reference of the business associate agreement.
    pub baa_reference: String,
    /// Uses that were agreed; at least one, or nothing is admitted.
    pub purposes: Vec<Purpose>,
    /// The first moment at which it no longer holds.
    pub expires: EpochMs,
    /// What of a conversation may leave beside its text (45 CFR 164.502(b));
    /// `None` for all.
    pub fields: Option<BTreeSet<Field>>,
    /// The models whose calls may have taken part; `None` where calls are not
    /// judged.
    pub inference: Option<Inference>,
    /// Reference of the consents that permit the use of conversations of
    /// behavioural health which name none (42 CFR 2.31).
    pub part2_consent: Option<String>,
}

impl Authorization {
    /// The first moment at which something of it no longer holds: the
    /// agreement, or the review of its list of models.
    #[must_use]
    pub fn lapses(&self) -> EpochMs {
        let review = self.inference.as_ref().map(|list| list.review_lapses);
        review.map_or(self.expires, |review| review.min(self.expires))
    }
}

/// The models that were reviewed.
#[derive(Debug, Clone)]
pub struct Inference {
    /// The day of the review, as in `2026-11-01`.
    pub reviewed: String,
    /// The first moment at which the review no longer holds.
    pub review_lapses: EpochMs,
    /// Every record with turns must list a call.
    pub required: bool,
    /// What was reviewed; at least one.
    pub calls: Vec<ReviewedCall>,
}

/// A call that was reviewed. The provider keeps nothing of it (zero data
/// retention): no other is taken into the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewedCall {
    /// Whose model it is.
    pub provider: String,
    /// The model.
    pub model: String,
    /// Where it is called.
    pub endpoint: String,
    /// The account or project at the provider.
    pub project: String,
    /// Reference of the business associate agreement with the provider.
    pub baa_reference: String,
}

/// A permitted research use, from a closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// Research into care and its delivery.
    HealthServicesResearch,
    /// Clinical research.
    ClinicalResearch,
    /// Public health.
    PublicHealth,
    /// Improving the quality of the tenant's own care.
    QualityImprovement,
    /// Research into patient safety.
    PatientSafety,
}

impl Purpose {
    /// The name in configuration, manifests and the ledger.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HealthServicesResearch => "health_services_research",
            Self::ClinicalResearch => "clinical_research",
            Self::PublicHealth => "public_health",
            Self::QualityImprovement => "quality_improvement",
            Self::PatientSafety => "patient_safety",
        }
    }
}

/// A tenant's keys, 256 bits each.
#[derive(Debug, Clone)]
pub struct Keys {
    /// Wraps the data keys of everything sealed.
    pub sealing: Secret<[u8; 32]>,
    /// Keys the digests of the ledger; to destroy it makes them meaningless.
    pub ledger: Secret<[u8; 32]>,
}

/// What a release needs.
#[derive(Debug, Clone)]
pub struct Release {
    /// Time between releases, in milliseconds.
    pub interval_ms: i64,
    /// Fewest conversations.
    pub min_conversations: u64,
    /// Narrowest interval in which an outsider may place a conversation, in milliseconds.
    pub min_interval_ms: i64,
    /// Why less than the rule's 30 days and 100 conversations is accepted, by
    /// whom; recorded in the ledger.
    pub dating_override: Option<String>,
    /// Cells that too few share.
    pub small_cells: SmallCells,
    /// Who reads a sample first; `None` where nobody does.
    pub review: Option<Review>,
    /// Whether a Delta log lies beside each table's files.
    pub delta: bool,
}

/// Who reads a sample of what would be released, and how much of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// How much is drawn.
    pub sample: Portion,
    /// Whose verdicts count; at least one.
    pub reviewers: BTreeSet<VerifyingKey>,
    /// How many of them must have found it clean.
    pub needs: usize,
    /// How long after the drawing it counts, in milliseconds.
    pub within_ms: i64,
}

/// What becomes of conversations that too few share their columns with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SmallCells {
    /// Fewest conversations of a release that share year, state, three-digit
    /// ZIP, age and sex; 1 asks nothing.
    pub k: usize,
    /// What is done where there are fewer.
    pub action: SmallCellAction,
}

/// What is done where too few share a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmallCellAction {
    /// Attributes are told less exactly, until enough share them.
    Coarsen,
    /// The conversations are held back.
    HoldBack,
}

impl SmallCellAction {
    /// The name in configuration.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Coarsen => "coarsen",
            Self::HoldBack => "hold_back",
        }
    }
}

/// What is more than usual for a purge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unusual {
    /// Never fewer records of a partition, or files of a purpose, than this.
    pub at_least: u64,
    /// More than so many times the median of the last purges.
    pub times: u64,
}

/// When originals go, in milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Timers {
    /// Kafka records: after their age reaches this.
    pub kafka_ms: i64,
    /// Whether a Kafka record may go once committed, or only once released.
    pub kafka_after: PurgeAfter,
    /// Quarantined records.
    pub quarantine_ms: i64,
    /// Held-back conversations.
    pub held_back_ms: i64,
    /// Landing files, after their release.
    pub landing_grace_ms: i64,
    /// What later records of a landed conversation need: `assemble.late`.
    pub state_ms: i64,
}

/// What must have happened to a record before it may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PurgeAfter {
    /// Its slot is committed and verified.
    Committed,
    /// Its slot is released.
    Released,
}
