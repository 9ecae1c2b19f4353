//! Raw transcripts: what a record says, and the conversation its turns make.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Category, ConversationRef, EpochMs, Phi, Provenance, TenantId};

/// Who speaks. Vendors' own words are mapped to these by a mapping's aliases.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    Default,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The voice agent, bot or member of staff.
    Agent,
    /// The person who calls or writes.
    User,
    /// A tool that the agent called.
    Tool,
    /// Instructions and events of the platform.
    System,
    /// Anyone else.
    #[default]
    Other,
}

impl Role {
    /// The role that a transcript's word for a speaker names, whatever its
    /// case; `None` for a word outside the closed list, which may be a name.
    #[must_use]
    pub fn named(label: &str) -> Option<Self> {
        Some(match label.to_ascii_lowercase().as_str() {
            "agent" | "assistant" | "bot" | "ai" | "operator" | "representative" | "rep"
            | "doctor" | "clinician" | "provider" | "nurse" | "receptionist" | "dr" | "model" => {
                Self::Agent
            }
            "user" | "patient" | "caller" | "customer" | "client" | "member" | "guest"
            | "human" => Self::User,
            "system" | "developer" => Self::System,
            "tool" | "function" => Self::Tool,
            "speaker" | "participant" | "spk" | "interviewer" | "unknown" => Self::Other,
            _ => return None,
        })
    }
}

/// What a turn is.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    Default,
)]
#[serde(rename_all = "snake_case")]
pub enum TurnKind {
    /// Recognised speech: case and punctuation may be missing.
    #[default]
    Speech,
    /// Typed text.
    Text,
    /// A tool call: its arguments as text, nested JSON included.
    ToolCall,
    /// A tool's answer as text.
    ToolResult,
    /// Digits pressed on a telephone.
    Dtmf,
}

/// The medium of a conversation.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    Default,
)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A call.
    Voice,
    /// A typed chat.
    Chat,
    /// Text messages.
    Sms,
    /// Unknown or another.
    #[default]
    Other,
}

/// An attribute of a conversation that a policy may allow into research, from
/// a closed list; each is scanned and generalised like text before it goes.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Attribute {
    /// Age in years.
    Age,
    /// Sex or gender as given.
    Sex,
    /// A state or territory.
    State,
    /// A ZIP code; leaves as three digits or `000`.
    Zip,
    /// The condition or reason the call was about, from a platform's closed list.
    Topic,
}

/// A value that the record itself names as an identifier: metadata, a tool
/// call's argument. Found again in the text wherever it is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownValue {
    /// What it is.
    pub category: Category,
    /// The value as written.
    pub value: Phi<String>,
}

/// One utterance, message, tool call or tool result, raw.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawTurn {
    /// The source's key of this turn: a later turn with the same key replaces it.
    pub key: Option<Phi<String>>,
    /// The source's sequence number; turns are ordered by it where all have one.
    pub seq: Option<i64>,
    /// Who speaks.
    pub role: Role,
    /// What it is.
    pub kind: TurnKind,
    /// What was said.
    pub text: Phi<String>,
    /// Milliseconds from the start of the conversation to the start of the turn.
    pub start_ms: Option<i64>,
    /// Milliseconds from the start of the conversation to the end of the turn.
    pub end_ms: Option<i64>,
    /// The recogniser's confidence, 0 to 1.
    pub confidence: Option<f32>,
}

/// A late word on who spoke a turn that was told before.
#[derive(Debug, Clone, PartialEq)]
pub struct RoleRevision {
    /// The turn's key.
    pub key: Phi<String>,
    /// Who spoke it.
    pub role: Role,
}

/// What one record says of one conversation: all of it, or one turn, or its end.
#[derive(Debug, Clone, PartialEq)]
pub struct Fragment {
    /// The tenant that the record names, where it names one: it must agree
    /// with the tenant of the topic.
    pub tenant: Option<Phi<String>>,
    /// The source's id of the conversation.
    pub conversation: ConversationRef,
    /// The medium.
    pub channel: Option<Channel>,
    /// The language as an IETF tag, where the source says.
    pub language: Option<Phi<String>>,
    /// When the conversation began; only its year may leave.
    pub started_at: Option<EpochMs>,
    /// Final turns, in the record's order.
    pub turns: Vec<RawTurn>,
    /// Corrections of who spoke turns of earlier records.
    pub revisions: Vec<RoleRevision>,
    /// How many partial results the record held; they are dropped.
    pub partials: u32,
    /// The record ends the conversation.
    pub ends: bool,
    /// Identifiers that the record names as such.
    pub known: Vec<KnownValue>,
    /// Attributes from the closed list.
    pub attributes: BTreeMap<Attribute, Phi<String>>,
    /// How it came about.
    pub provenance: Provenance,
    /// Fields that no mapping takes, by schema path (never a value; an unknown
    /// name counts as `other`).
    pub unmapped: BTreeMap<Arc<str>, u32>,
}

impl Fragment {
    /// A fragment of `conversation` that says nothing yet.
    #[must_use]
    pub fn new(conversation: ConversationRef) -> Self {
        Self {
            tenant: None,
            conversation,
            channel: None,
            language: None,
            started_at: None,
            turns: Vec::new(),
            revisions: Vec::new(),
            partials: 0,
            ends: false,
            known: Vec::new(),
            attributes: BTreeMap::new(),
            provenance: Provenance::default(),
            unmapped: BTreeMap::new(),
        }
    }
}

/// An assembled conversation, as far as its records have come.
#[derive(Debug, Clone, PartialEq)]
pub struct RawConversation {
    /// Whose it is.
    pub tenant: TenantId,
    /// The source's id.
    pub conversation: ConversationRef,
    /// The medium.
    pub channel: Channel,
    /// The language as the source says.
    pub language: Option<Phi<String>>,
    /// The year (UTC) in which the conversation began.
    pub year: Option<i16>,
    /// Turns in the order of the conversation.
    pub turns: Vec<RawTurn>,
    /// Identifiers that its records named as such.
    pub known: Vec<KnownValue>,
    /// Attributes from the closed list.
    pub attributes: BTreeMap<Attribute, Phi<String>>,
    /// How it came about.
    pub provenance: Provenance,
    /// A turn is missing, or the conversation was cut.
    pub incomplete: bool,
}
