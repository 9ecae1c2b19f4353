//! A mapping as it is written: where a vendor's records keep what matters.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::pointer::Pointer;
use crate::domain::{Attribute, Category, Channel, Role, TurnKind};

/// Reads one vendor's records. A place is a JSON pointer; of several places
/// the first that holds something other than null is taken. What no place
/// takes is dropped and counted.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "a mapping: `name`, `about` and `records`")]
pub struct Spec {
    /// The mapping's name: `a-z`, `0-9` and `_`.
    pub name: String,
    /// What it reads.
    pub about: String,
    /// Envelopes: where one of these is present, the record is what it holds.
    #[serde(default)]
    pub unwrap: Vec<Pointer>,
    /// The vendor's words for the roles, in any case. The roles' own names
    /// always count.
    #[serde(default)]
    pub roles: BTreeMap<Role, Vec<String>>,
    /// Kinds of record; the first whose tests hold reads the record. A record
    /// that none fits is quarantined.
    pub records: Vec<RecordRule>,
    /// Kinds of item that become turns, by the name under which records use them.
    #[serde(default)]
    pub items: BTreeMap<String, Vec<ItemRule>>,
}

/// One kind of record.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordRule {
    /// Its name: `a-z`, `0-9` and `_`. A dropped record is counted under it.
    pub name: String,
    /// Tests that must all hold.
    #[serde(default)]
    pub when: Vec<Test>,
    /// Tests of the record as it came, around what `unwrap` takes, that must
    /// all hold too.
    #[serde(default)]
    pub envelope: Vec<Test>,
    /// The record is no transcript: drop it under this rule's name.
    #[serde(default)]
    pub drop: bool,
    /// Arrays that may hold at most one item, since a record is one conversation.
    #[serde(default)]
    pub only_one: Vec<Pointer>,
    /// The conversation's id: pointers, `$key` (the record's key) or `$record`
    /// (the record is a conversation of its own).
    #[serde(default)]
    pub conversation: Vec<Place>,
    /// The tenant that the record names; it must agree with the topic's.
    #[serde(default)]
    pub tenant: Vec<Pointer>,
    /// The medium.
    #[serde(default)]
    pub channel: Option<Choice<Channel>>,
    /// The language as an IETF tag.
    #[serde(default)]
    pub language: Vec<Pointer>,
    /// When the conversation began; an absolute unit.
    #[serde(default)]
    pub started_at: Option<Clock>,
    /// Whether the record ends its conversation.
    #[serde(default)]
    pub ends: Ends,
    /// Where its turns are.
    #[serde(default)]
    pub turns: Vec<Turns>,
    /// Values that are identifiers; each place that holds one counts.
    #[serde(default)]
    pub known: Vec<Known>,
    /// Objects whose fields with an identifier's name (`patient_name`, `dob`,
    /// `phone` …) hold known values, at any depth. Nothing else is taken.
    #[serde(default)]
    pub named: Vec<Pointer>,
    /// Lists of identifiers with their categories.
    #[serde(default)]
    pub listed: Vec<Listed>,
    /// Attributes that a policy may allow into research.
    #[serde(default)]
    pub attributes: BTreeMap<Attribute, Vec<Pointer>>,
    /// Lists of the inference calls that took part in what the record says.
    #[serde(default)]
    pub inference: Vec<Inference>,
    /// Tests that all hold where the conversation is behavioural health under
    /// 42 CFR Part 2; without any it is not.
    #[serde(default)]
    pub behavioral_health: Vec<Test>,
    /// Reference of the patient's consent (42 CFR 2.31).
    #[serde(default)]
    pub consent: Vec<Pointer>,
    /// Fields that are known and dropped; they are counted under their path,
    /// any other field as `other`.
    #[serde(default)]
    pub dropped: Vec<Pointer>,
}

/// One kind of item: a message, an utterance, a tool call.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemRule {
    /// Tests that must all hold. An item that no rule fits is dropped and
    /// counted as `unknown_item`.
    #[serde(default)]
    pub when: Vec<Test>,
    /// Drop the item and count it under this name: `a-z`, `0-9` and `_`.
    #[serde(default)]
    pub drop: Option<String>,
    /// Tests that all hold where the item is final; others are partial
    /// results, dropped and counted.
    #[serde(default, rename = "final")]
    pub finals: Vec<Test>,
    /// The turn's key: a later turn with the same key replaces it.
    #[serde(default)]
    pub key: Vec<Pointer>,
    /// What the key counts in, where several streams of one conversation
    /// number their turns alike.
    #[serde(default)]
    pub key_within: Vec<Pointer>,
    /// The item only corrects who spoke the turn with its key.
    #[serde(default)]
    pub revises: bool,
    /// The items are words: those that follow each other make one turn.
    #[serde(default)]
    pub join: Option<Join>,
    /// The turn's sequence number.
    #[serde(default)]
    pub seq: Vec<Pointer>,
    /// Who speaks.
    #[serde(default)]
    pub role: Choice<Role>,
    /// What it is.
    #[serde(default)]
    pub kind: Choice<TurnKind>,
    /// What was said; absent for an item that only holds `calls`.
    #[serde(default)]
    pub text: Option<Text>,
    /// Tool calls that the item holds; each becomes a turn after its text.
    #[serde(default)]
    pub calls: Option<Calls>,
    /// When the turn starts.
    #[serde(default)]
    pub start: Option<Clock>,
    /// When it ends.
    #[serde(default)]
    pub end: Option<Clock>,
    /// How long it is, where no end is given.
    #[serde(default)]
    pub duration: Option<Clock>,
    /// The recogniser's confidence, 0 to 1; another value is left out.
    #[serde(default)]
    pub confidence: Vec<Pointer>,
    /// Fields that are known and dropped.
    #[serde(default)]
    pub dropped: Vec<Pointer>,
}

/// How words make turns: those that follow each other make one, with spaces
/// between them; it starts as the first does and ends as the last.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// Where a word says whose it is; another speaker begins another turn.
    #[serde(default)]
    pub by: Vec<Pointer>,
    /// Tests that all hold where no space stands before the word: punctuation.
    #[serde(default)]
    pub glue: Vec<Test>,
    /// A silence of so many milliseconds begins another turn.
    #[serde(default)]
    #[schemars(range(min = 1))]
    pub pause_ms: Option<i64>,
}

/// A test of one field.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Test {
    /// The field.
    pub at: Pointer,
    /// It holds one of these.
    #[serde(default)]
    pub is: Option<Vec<Scalar>>,
    /// It holds none of these; an absent field holds none.
    #[serde(default)]
    pub is_not: Option<Vec<Scalar>>,
    /// It is there and not null (`true`), or not (`false`).
    #[serde(default)]
    pub present: Option<bool>,
}

/// A value that a test compares with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Scalar {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A string, compared exactly.
    Text(String),
}

/// Where a conversation's id is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Place {
    /// Beside the record's fields.
    Beside(Beside),
    /// A field.
    Field(Pointer),
}

/// What names a conversation beside the record's fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Beside {
    /// The record's key.
    #[serde(rename = "$key")]
    Key,
    /// Nothing: each record is a conversation of its own.
    #[serde(rename = "$record")]
    Record,
}

/// One of a closed list of words.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice<T: Ord> {
    /// Where the vendor's word is.
    #[serde(default)]
    pub at: Vec<Pointer>,
    /// The vendor's words for each value, in any case; own names always count.
    #[serde(default = "BTreeMap::<T, Vec<String>>::new")]
    pub words: BTreeMap<T, Vec<String>>,
    /// What it is where `at` is absent or holds no known word.
    pub is: Option<T>,
}

/// A moment or a length of time.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "a time such as `{ at: [/start], unit: ms }`")]
pub struct Clock {
    /// Where it is.
    pub at: Vec<Pointer>,
    /// A length of the same unit that is added: an end may be the start and the
    /// length of a last word.
    #[serde(default)]
    pub plus: Vec<Pointer>,
    /// How it is written.
    pub unit: Unit,
}

/// How a time is written; numbers may be strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Milliseconds from the start of the conversation.
    Ms,
    /// Seconds from the start of the conversation.
    S,
    /// Ticks of 100 nanoseconds from the start of the conversation.
    #[serde(rename = "ticks_100ns")]
    Ticks,
    /// Milliseconds since 1970.
    EpochMs,
    /// Seconds since 1970.
    EpochS,
    /// A string of RFC 3339.
    Rfc3339,
}

impl Unit {
    /// Whether it names a moment, rather than a distance from the start.
    #[must_use]
    pub const fn is_absolute(self) -> bool {
        matches!(self, Self::EpochMs | Self::EpochS | Self::Rfc3339)
    }
}

/// Whether a record ends its conversation.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(title = "`never`, `always`, or `when:` with tests")]
pub enum Ends {
    /// It does not.
    #[default]
    Never,
    /// It does: it is the whole conversation, or its end event.
    Always,
    /// It does where all tests hold.
    When(Vec<Test>),
}

/// Where a record's turns are.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Turns {
    /// An array of items, or one item; the empty pointer is the record itself.
    pub at: Vec<Pointer>,
    /// The kind of item, of `items`.
    #[serde(rename = "as")]
    pub kind: String,
}

/// What was said.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Where it is.
    pub at: Vec<Pointer>,
    /// How it is written.
    #[serde(default)]
    pub form: Form,
    /// Of each part or word, where its text is.
    #[serde(default)]
    pub of: Vec<Pointer>,
    /// A tool's name, set before the text.
    #[serde(default)]
    pub name: Vec<Pointer>,
}

/// How a text is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A string.
    #[default]
    Plain,
    /// A string, or an array of strings and of objects with a text (`of`),
    /// joined by line breaks. Parts without text are dropped and counted.
    Parts,
    /// An array of words (`of`), joined by spaces.
    Words,
    /// Any JSON, or JSON in a string, or a plain string: written compactly.
    /// Fields with an identifier's name hold known values.
    Json,
}

/// Tool calls inside an item.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Calls {
    /// The array of calls, or one call.
    pub at: Vec<Pointer>,
    /// Of each call, its key.
    #[serde(default)]
    pub key: Vec<Pointer>,
    /// Of each call, the tool's name.
    #[serde(default)]
    pub name: Vec<Pointer>,
    /// Of each call, its arguments.
    pub arguments: Vec<Pointer>,
    /// Of each call, fields that are known and dropped.
    #[serde(default)]
    pub dropped: Vec<Pointer>,
}

/// Values of one category.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// What they are.
    pub category: Category,
    /// Where they are: strings, whole numbers, or arrays of them.
    pub at: Vec<Pointer>,
}

/// A list of identifiers that the vendor found.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// The array; with `*`, several.
    pub each: Pointer,
    /// Of each item, what it is; an unknown word is `other_id`.
    pub category: Choice<Category>,
    /// Leave out items with a word that `category` does not know: vendors'
    /// lists also hold drugs and lengths of time.
    #[serde(default)]
    pub only_known: bool,
    /// Of each item, the value.
    pub value: Vec<Pointer>,
}

/// A list of inference calls. A tenant's `authorization.inference` says which
/// are reviewed; what a call does not name is on no list.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inference {
    /// The array, or one call; with `*`, several.
    pub each: Pointer,
    /// Of each call, whose model it is.
    #[serde(default)]
    pub provider: Vec<Pointer>,
    /// Of each call, the model.
    #[serde(default)]
    pub model: Vec<Pointer>,
    /// Of each call, where it was called.
    #[serde(default)]
    pub endpoint: Vec<Pointer>,
    /// Of each call, the account or project at the provider.
    #[serde(default)]
    pub project: Vec<Pointer>,
    /// Of each call, how many tokens the prompt had.
    #[serde(default)]
    pub prompt_tokens: Vec<Pointer>,
    /// Of each call, a reference of the prompt's content.
    #[serde(default)]
    pub content: Vec<Pointer>,
    /// Of each call, a reference of the response.
    #[serde(default)]
    pub response: Vec<Pointer>,
}
