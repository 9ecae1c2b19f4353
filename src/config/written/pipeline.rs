//! The pipeline file.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ByteSize, SecretSource, Span};

/// What holds for all tenants: where records come from, where things are kept,
/// and the bounds.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(title = "a pipeline")]
pub(crate) struct Pipeline {
    /// The pipeline's name, in logs and metrics.
    #[schemars(extend("x-required" = true), length(min = 1))]
    pub(crate) name: Option<String>,
    /// Directory of the tenants' files, relative to this file; every `*.yaml`
    /// in it is one tenant.
    #[schemars(extend("x-required" = true), length(min = 1))]
    pub(crate) tenants: Option<String>,
    /// Where records come from: `kafka` or `file`.
    #[schemars(extend("x-required" = true))]
    pub(crate) source: Option<Source>,
    /// Where things are kept. The three are apart: whoever reads research must
    /// not be able to list the other two.
    #[schemars(extend("x-required" = true))]
    pub(crate) stores: Option<Stores>,
    /// Bounds on input and memory.
    pub(crate) limits: Limits,
    /// When a conversation closes.
    pub(crate) assemble: Assemble,
    /// When closed conversations are committed.
    pub(crate) flush: Flush,
    /// Where records whose tenant cannot be established go.
    #[schemars(extend("x-required" = true))]
    pub(crate) unclaimed: Option<Unclaimed>,
    /// What operations see.
    pub(crate) observe: Observe,
    /// How long a drain may take after SIGTERM.
    pub(crate) drain_deadline: Span,
}

impl Default for Pipeline {
    fn default() -> Self {
        Self {
            name: None,
            tenants: None,
            source: None,
            stores: None,
            limits: Limits::default(),
            assemble: Assemble::default(),
            flush: Flush::default(),
            unclaimed: None,
            observe: Observe::default(),
            drain_deadline: Span::seconds(25),
        }
    }
}

/// Where records come from: exactly one of the two.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Source {
    /// A Kafka consumer group.
    pub(crate) kafka: Option<Kafka>,
    /// JSON lines from files or standard input.
    pub(crate) file: Option<File>,
}

/// A Kafka consumer group.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Kafka {
    /// Brokers to start from: `host:port`, comma-separated.
    #[schemars(extend("x-required" = true), length(min = 1))]
    pub(crate) brokers: Option<String>,
    /// The consumer group's id.
    #[schemars(extend("x-required" = true), length(min = 1))]
    pub(crate) group: Option<String>,
    /// How members agree on who reads what.
    pub(crate) protocol: GroupProtocol,
    /// Accepts a connection without TLS to brokers beyond this machine.
    pub(crate) allow_plaintext: bool,
    /// Passed to librdkafka as written, for TLS, SASL and tuning. Keys that
    /// this program sets itself are refused.
    pub(crate) librdkafka: BTreeMap<String, SecretSource>,
}

/// How members of a group agree on who reads what.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum GroupProtocol {
    /// The classic protocol with the cooperative-sticky assignor.
    #[default]
    CooperativeSticky,
    /// `group.protocol=consumer` (KIP-848), for brokers from Kafka 4.0 on.
    Consumer,
}

/// JSON lines from files or standard input.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct File {
    /// The topic that the lines are taken to be of.
    #[schemars(extend("x-required" = true), length(min = 1))]
    pub(crate) topic: Option<String>,
    /// The files, relative to this file, one partition each; none for standard
    /// input.
    pub(crate) paths: Vec<Option<String>>,
}

/// Where things are kept.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Stores {
    /// Commit logs and tenants' chains: the operator's.
    #[schemars(extend("x-required" = true))]
    pub(crate) state: Option<Store>,
    /// Sealed landing, held-back, quarantine and staged release files.
    #[schemars(extend("x-required" = true))]
    pub(crate) landing: Option<Store>,
    /// What research reads.
    #[schemars(extend("x-required" = true))]
    pub(crate) research: Option<Store>,
    /// Who researchers are, as options in place of those of the same name: with
    /// them `check --connect` sees that they may read `research` and may not
    /// list the other two. Nothing else uses them.
    pub(crate) reader: BTreeMap<String, SecretSource>,
}

/// One object store.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Store {
    /// `file:///absolute/path`, `s3://bucket/prefix`, `gs://bucket/prefix` or
    /// `az://container/prefix`.
    #[schemars(extend("x-required" = true), length(min = 1))]
    pub(crate) url: Option<String>,
    /// Accepts an endpoint without TLS beyond this machine.
    pub(crate) allow_plaintext: bool,
    /// Options of the store's client, such as `aws_endpoint`, `aws_region` or
    /// `aws_access_key_id`; and `ca_certificate`, PEM of the authorities to
    /// trust beside the system's, as `{file: ca.pem}`.
    pub(crate) options: BTreeMap<String, SecretSource>,
}

/// Bounds on input and memory.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Limits {
    /// Largest record; larger ones are quarantined.
    pub(crate) record_bytes: ByteSize,
    /// Deepest nesting of a record's JSON.
    #[schemars(range(min = 1, max = 128))]
    pub(crate) json_depth: usize,
    /// Most turns of one record.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub(crate) record_turns: usize,
    /// Longest turn, in UTF-8.
    pub(crate) turn_bytes: ByteSize,
    /// Memory for open conversations and unwritten batches, of the whole worker.
    pub(crate) memory_bytes: ByteSize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            record_bytes: ByteSize(4 << 20),
            json_depth: 32,
            record_turns: 10_000,
            turn_bytes: ByteSize(256 << 10),
            memory_bytes: ByteSize(512 << 20),
        }
    }
}

/// When a conversation closes.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Assemble {
    /// This long after its end event.
    pub(crate) end_grace: Span,
    /// This long after its last turn.
    pub(crate) idle: Span,
    /// At this many turns it is cut.
    #[schemars(range(min = 1, max = 10_000_000))]
    pub(crate) max_turns: usize,
    /// At this much text it is cut.
    pub(crate) max_bytes: ByteSize,
    /// At this age of its first record it is cut.
    pub(crate) max_age: Span,
    /// For this long after its first part landed, later records carry on with
    /// a conversation: it is read again as a whole and keeps its research id.
    /// No release takes it sooner. `0s` makes of them another conversation.
    pub(crate) late: Span,
}

impl Default for Assemble {
    fn default() -> Self {
        Self {
            end_grace: Span::seconds(30),
            idle: Span::minutes(15),
            max_turns: 10_000,
            max_bytes: ByteSize(8 << 20),
            max_age: Span::hours(12),
            late: Span::hours(1),
        }
    }
}

/// When closed conversations are committed: whichever comes first.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Flush {
    /// At this much raw text of one partition.
    pub(crate) bytes: ByteSize,
    /// At this age of the oldest closed conversation.
    pub(crate) interval: Span,
}

impl Default for Flush {
    fn default() -> Self {
        Self {
            bytes: ByteSize(32 << 20),
            interval: Span::seconds(60),
        }
    }
}

/// Where records whose tenant cannot be established go.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Unclaimed {
    /// The operator's X25519 public key, 32 bytes in hexadecimal or base64, to
    /// which they are sealed; the private key stays away from the worker.
    #[schemars(extend("x-required" = true), length(min = 1))]
    pub(crate) public_key: Option<String>,
    /// How long they are kept.
    pub(crate) keep: Span,
}

impl Default for Unclaimed {
    fn default() -> Self {
        Self {
            public_key: None,
            keep: Span::days(7),
        }
    }
}

/// What operations see.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Observe {
    /// Address and port of `/livez`, `/readyz`, `/metrics` and `/status`, or `none`.
    pub(crate) listen: String,
    /// What a request for `/metrics` or `/status` must bear (`Authorization:
    /// Bearer …`), of 16 characters or more. Without it they answer anybody.
    #[serde(skip_serializing)]
    pub(crate) token: Option<SecretSource>,
    /// Serves by TLS; without it by plain HTTP.
    #[serde(skip_serializing)]
    pub(crate) tls: Option<ObserveTls>,
    /// Which log lines to write: `error`, `warn`, `info`, `debug`, `trace`, or
    /// a filter such as `info,leeward::release=debug`.
    pub(crate) log: String,
}

impl Default for Observe {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:9464".into(),
            token: None,
            tls: None,
            log: "info".into(),
        }
    }
}

/// By what the endpoints are served over TLS.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ObserveTls {
    /// The certificate and those that lead to its authority, PEM.
    #[schemars(extend("x-required" = true))]
    pub(crate) certificate: Option<SecretSource>,
    /// Its private key, PEM.
    #[schemars(extend("x-required" = true))]
    pub(crate) key: Option<SecretSource>,
}
