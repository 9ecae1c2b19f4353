//! Why a record could not be read: each kind is a quarantine reason.

use std::sync::Arc;

/// A record that cannot be read under its mapping. It says where (a path of
/// the mapping, or a byte offset) and what kind, never what the record holds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The record is longer than `limits.record_bytes`.
    #[error("record of {bytes} bytes is longer than the limit of {limit}")]
    TooLarge {
        /// Its length in bytes.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// The record's JSON is nested deeper than `limits.json_depth`.
    #[error("JSON nested deeper than the limit of {limit}, at byte {offset}")]
    TooDeep {
        /// The limit.
        limit: usize,
        /// Where the limit was passed, in bytes from the record's start.
        offset: usize,
    },
    /// The record is not one JSON text of RFC 8259 in UTF-8.
    #[error("not JSON in UTF-8, at byte {offset}")]
    NotJson {
        /// Where reading stopped, in bytes from the record's start.
        offset: usize,
    },
    /// An object names a field twice, so that what it says depends on the reader.
    #[error("an object names a field twice, at byte {offset}")]
    DuplicateField {
        /// Where the object ends, in bytes from the record's start.
        offset: usize,
    },
    /// A mapped field has another type or form than its mapping expects.
    #[error("`{path}` is not {expected}")]
    WrongShape {
        /// The field's path in the mapping.
        path: Arc<str>,
        /// What the mapping expects there.
        expected: &'static str,
    },
    /// No rule of the mapping fits the record.
    #[error("no rule of the mapping fits the record")]
    UnknownShape,
    /// The record holds more turns than `limits.record_turns`.
    #[error("more turns than the limit of {limit}")]
    TooManyTurns {
        /// The limit.
        limit: usize,
    },
    /// A turn is longer than `limits.turn_bytes`.
    #[error("the turn at `{path}` is longer than the limit of {limit} bytes")]
    TurnTooLong {
        /// The turn's path in the mapping.
        path: Arc<str>,
        /// The limit, in bytes of UTF-8.
        limit: usize,
    },
    /// Neither the record nor its key names a conversation.
    #[error("no conversation id in the places where the mapping looks")]
    NoConversationId,
}

impl DecodeError {
    /// The reason's stable name, for metrics, quarantine and the ledger.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::TooDeep { .. } => "too_deep",
            Self::NotJson { .. } => "not_json",
            Self::DuplicateField { .. } => "duplicate_field",
            Self::WrongShape { .. } => "wrong_shape",
            Self::UnknownShape => "unknown_shape",
            Self::TooManyTurns { .. } => "too_many_turns",
            Self::TurnTooLong { .. } => "turn_too_long",
            Self::NoConversationId => "no_conversation_id",
        }
    }
}
