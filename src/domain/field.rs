//! What of a conversation may leave beside its text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A part of a clean conversation that research can do without.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The year in which it began.
    Year,
    /// The medium; where it may not leave, `other`.
    Channel,
    /// How long it took.
    Duration,
    /// When turns begin and end, from its start.
    Timings,
    /// The recogniser's confidence in a turn.
    Confidence,
    /// Turns that are calls of tools.
    ToolCalls,
    /// Turns that are tools' answers.
    ToolResults,
    /// The attribute `age`.
    Age,
    /// The attribute `sex`.
    Sex,
    /// The attribute `state`.
    State,
    /// The attribute `zip`.
    Zip,
    /// The attribute `topic`.
    Topic,
}
