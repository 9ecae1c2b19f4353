//! A tenant's file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Authorization, ByteSize, Policy, Portion, SecretSource, Span};
use crate::decode::presets::PRESETS;

/// One tenant: its topics, what was agreed, its keys, its policy and its timers.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(title = "a tenant: `tenant`, `topics`, `authorization` and `keys`")]
pub(crate) struct Tenant {
    /// The tenant's name: 1 to 63 of `a-z`, `0-9` and `-`. It appears in paths
    /// of the state and landing stores, never in the research area.
    #[schemars(extend("x-required" = true), length(min = 1))]
    pub(crate) tenant: Option<String>,
    /// The topics that are this tenant's and no other's: exact names, or
    /// patterns that begin with `^`.
    #[schemars(extend("x-required" = true), length(min = 1))]
    pub(crate) topics: Option<Vec<Option<String>>>,
    /// The shape of its records: a mapping's name, or the path of a mapping's
    /// file, relative to this file.
    pub(crate) mapping: Mapping,
    /// What was agreed with the tenant. Without it nothing is admitted.
    pub(crate) authorization: Option<Authorization>,
    /// The tenant's keys, no other's.
    #[schemars(extend("x-required" = true))]
    pub(crate) keys: Option<Keys>,
    /// What replaces what is found: a preset's name, or a mapping.
    pub(crate) policy: Policy,
    /// Words of its own that always go or may stay, sealed by `leeward tenant
    /// seal`: a file's path, relative to this file.
    #[schemars(extend("title" = "the path of a sealed file such as `north.terms`"))]
    pub(crate) terms: Option<String>,
    /// Cases that the policy must pass (`leeward tenant test`), sealed in the
    /// same way.
    #[schemars(extend("title" = "the path of a sealed file such as `north.cases`"))]
    pub(crate) cases: Option<String>,
    /// What a release needs.
    pub(crate) release: Release,
    /// When originals go.
    pub(crate) purge: Purge,
    /// What it may take of each worker; what is not named is not bounded.
    pub(crate) limits: Share,
}

/// What one tenant may take of each worker, so that it does not delay others.
/// At a rate its partitions stand still until the next second's part is there;
/// at a bound of conversations or memory its oldest conversation is cut as a
/// segment. Nothing is lost.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Share {
    /// Records read in a second.
    #[schemars(range(min = 1, max = 10_000_000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) records_per_second: Option<u32>,
    /// Bytes of records read in a second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) bytes_per_second: Option<ByteSize>,
    /// Open conversations.
    #[schemars(range(min = 1, max = 100_000_000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) open_conversations: Option<usize>,
    /// Memory for its open conversations and unwritten batches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) memory_bytes: Option<ByteSize>,
}

/// The shape of a tenant's records: the name of a mapping that ships with the
/// program, or the path of one's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Mapping(pub(crate) String);

impl Default for Mapping {
    fn default() -> Self {
        Self("native".to_owned())
    }
}

impl Mapping {
    /// Whether it is the path of a file, rather than a name.
    pub(crate) fn is_file(&self) -> bool {
        let ending = self.0.rsplit_once('.').map(|(_, ending)| ending);
        matches!(ending, Some("yaml" | "yml" | "json"))
    }
}

impl JsonSchema for Mapping {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Mapping".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let names: Vec<&str> = PRESETS.iter().map(|preset| preset.name).collect();
        schemars::json_schema!({
            "title": format!("one of {}, or the path of a mapping of your own such as `../mappings/mine.yaml`", names.join(", ")),
            "anyOf": [
                { "enum": names },
                { "type": "string", "pattern": r"\.(yaml|yml|json)$" },
            ],
        })
    }
}

/// A tenant's keys: 32 bytes each, in hexadecimal or base64, from the
/// environment or a file.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Keys {
    /// Wraps the data keys of everything sealed.
    #[schemars(extend("x-required" = true))]
    pub(crate) sealing: Option<SecretSource>,
    /// Keys the digests of the ledger; to destroy it makes them meaningless.
    #[schemars(extend("x-required" = true))]
    pub(crate) ledger: Option<SecretSource>,
}

/// What a release needs.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Release {
    /// Time between releases.
    pub(crate) interval: Span,
    /// Fewest conversations of a release.
    #[schemars(range(min = 1, max = 1_000_000_000))]
    pub(crate) min_conversations: u64,
    /// Narrowest interval in which an outsider may place a conversation.
    pub(crate) min_interval: Span,
    /// Why less than 30 days or 100 conversations is accepted, and by whom;
    /// recorded in the ledger, in clear.
    pub(crate) dating_override: Option<Override>,
    /// Cells that too few share.
    pub(crate) small_cells: SmallCells,
    /// People read a sample of what would be released, drawn by chance
    /// (`leeward release sample`), before anything is. Without it nobody does.
    pub(crate) review: Option<Review>,
    /// Whether a log in Delta Lake's form lies beside the files of each table,
    /// for its readers. Polars then reads a table's files (`turns/**/*.parquet`)
    /// and no longer its folder (`turns`).
    pub(crate) delta: bool,
}

/// Who reads a sample of what would be released, and how much of it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Review {
    /// How many conversations, or which share of them; all, where there are no
    /// more.
    pub(crate) sample: Portion,
    /// Whose verdicts count: their Ed25519 public keys, 32 bytes in hexadecimal
    /// or base64.
    #[schemars(extend("x-required" = true), length(min = 1))]
    pub(crate) reviewers: Option<Vec<Option<String>>>,
    /// How many of them must have read it, each by himself.
    #[schemars(range(min = 1, max = 100))]
    pub(crate) needs: usize,
    /// How long after the drawing it still counts.
    pub(crate) within: Span,
}

impl Default for Review {
    fn default() -> Self {
        Self {
            sample: Portion::Count(50),
            reviewers: None,
            needs: 1,
            within: Span::days(30),
        }
    }
}

/// What becomes of a conversation when fewer than `k` of a release share what
/// its columns say of year, state, three-digit ZIP, age and sex.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct SmallCells {
    /// Fewest that must share a cell; 1 asks nothing.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub(crate) k: usize,
    /// What is done where there are fewer.
    pub(crate) action: SmallCellAction,
}

impl Default for SmallCells {
    fn default() -> Self {
        Self {
            k: 11,
            action: SmallCellAction::Coarsen,
        }
    }
}

/// What is done where too few share a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SmallCellAction {
    /// The ZIP is left out, then the age is told by decades, then left out, then
    /// sex and state are, until enough share what is told.
    Coarsen,
    /// The conversation is held back.
    HoldBack,
}

impl Default for Release {
    fn default() -> Self {
        Self {
            interval: Span::days(30),
            min_conversations: 100,
            min_interval: Span::days(30),
            dating_override: None,
            small_cells: SmallCells::default(),
            review: None,
            delta: false,
        }
    }
}

/// Why a bound is not kept, and who answers for it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Override {
    /// The reason.
    #[schemars(extend("x-required" = true), length(min = 1))]
    pub(crate) reason: Option<String>,
    /// The person who answers for it.
    #[schemars(extend("x-required" = true), length(min = 1))]
    pub(crate) by: Option<String>,
}

/// When originals go.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Purge {
    /// Kafka records: at this age, and not before what `after` says.
    pub(crate) kafka: Span,
    /// What must have happened to a Kafka record before it may go.
    pub(crate) after: PurgeAfter,
    /// Other consumer groups that must have read a Kafka record, by their
    /// committed offsets, before it may go.
    pub(crate) requires_groups: Vec<Option<String>>,
    /// Quarantined records: this long after they were sealed.
    pub(crate) quarantine: Span,
    /// Held-back conversations: this long after they were sealed.
    pub(crate) held_back: Span,
    /// Landing files: this long after their release; as long as `held_back`,
    /// where that is longer and the release held anything back, since what it
    /// held back lies in them.
    pub(crate) landing_grace: Span,
    /// A purge that would remove more than this waits until a person approves it.
    pub(crate) unusual: Unusual,
}

/// What is more than usual.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Unusual {
    /// Never fewer records of a partition, or files of a purpose, than this.
    pub(crate) at_least: u64,
    /// More than so many times the median of the last 20 purges.
    pub(crate) times: u64,
}

impl Default for Unusual {
    fn default() -> Self {
        Self {
            at_least: 100_000,
            times: 5,
        }
    }
}

impl Default for Purge {
    fn default() -> Self {
        Self {
            kafka: Span::days(7),
            after: PurgeAfter::Committed,
            requires_groups: Vec::new(),
            quarantine: Span::days(30),
            held_back: Span::days(90),
            landing_grace: Span::days(7),
            unusual: Unusual::default(),
        }
    }
}

/// What must have happened to a Kafka record before it may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PurgeAfter {
    /// Its clean form, or its recorded refusal, is committed and verified.
    Committed,
    /// Its clean form is released.
    Released,
}
