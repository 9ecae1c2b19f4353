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
    /// A schema registry's frame holds something other than JSON.
    #[error(
        "framed with schema id {schema} of a registry, and not JSON behind that: Avro and \
         Protobuf are not read"
    )]
    NotJsonFramed {
        /// The schema's id in its registry.
        schema: u32,
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
    /// The rule of this name fits the record, which must hold turns and has
    /// none of the places where they are: the vendor may have moved them.
    #[error("rule `{rule}` fits the record, and none of its places for turns is there")]
    NoTurns {
        /// The rule's name.
        rule: Arc<str>,
    },
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
    /// This error, with offsets counted from the start of a record that has
    /// `before` more bytes in front.
    pub(crate) fn moved(mut self, before: usize) -> Self {
        if let Self::TooDeep { offset, .. }
        | Self::NotJson { offset }
        | Self::DuplicateField { offset } = &mut self
        {
            *offset += before;
        }
        self
    }

    /// What puts it right.
    #[must_use]
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "raise `limits.record_bytes`, or let the producer cut records",
            Self::TooDeep { .. } => "raise `limits.json_depth`, or look who nests so deep",
            Self::NotJson { .. } => "let the producer write one JSON text in UTF-8 a record",
            Self::NotJsonFramed { .. } => "let the producer write JSON, framed or not",
            Self::DuplicateField { .. } => "let the producer name each field once",
            Self::WrongShape { .. } => {
                "correct the place in a mapping of your own, or let the producer write it so"
            }
            Self::UnknownShape => {
                "choose the mapping of this shape, or add a rule for it to one of your own: \
                 with `drop: true` if it is no transcript"
            }
            Self::NoTurns { .. } => {
                "name the place of the turns under `turns`, or let the producer send them"
            }
            Self::TooManyTurns { .. } => "raise `limits.record_turns`",
            Self::TurnTooLong { .. } => "raise `limits.turn_bytes`",
            Self::NoConversationId => {
                "give the record a key that names its conversation, or name the field under \
                 `conversation`"
            }
        }
    }

    /// Where reading stopped, in bytes from the record's start.
    #[must_use]
    pub const fn offset(&self) -> Option<usize> {
        match self {
            Self::TooDeep { offset, .. }
            | Self::NotJson { offset }
            | Self::DuplicateField { offset } => Some(*offset),
            _ => None,
        }
    }

    /// The reason's stable name, for metrics, quarantine and the ledger.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::TooDeep { .. } => "too_deep",
            Self::NotJson { .. } => "not_json",
            Self::NotJsonFramed { .. } => "not_json_framed",
            Self::DuplicateField { .. } => "duplicate_field",
            Self::WrongShape { .. } => "wrong_shape",
            Self::UnknownShape => "unknown_shape",
            Self::NoTurns { .. } => "no_turns",
            Self::TooManyTurns { .. } => "too_many_turns",
            Self::TurnTooLong { .. } => "turn_too_long",
            Self::NoConversationId => "no_conversation_id",
        }
    }
}
