//! Bytes → what a record says, by declarative mappings, within limits.
//!
//! A [`Mapping`] names, by JSON pointers, where a vendor's records keep the
//! conversation's id, its turns and the values that identify a person; what it
//! does not name is dropped and counted. A new vendor is a new file.

mod check;
mod compact;
mod compile;
mod error;
mod explain;
mod frame;
mod join;
mod json;
mod keys;
mod known;
mod mapping;
mod names;
mod pointer;
pub mod presets;
mod provenance;
mod record;
mod shape;
pub mod spec;
mod text;
mod time;
mod turn;
mod words;

#[cfg(test)]
mod broken;
#[cfg(test)]
mod planted;
#[cfg(test)]
mod samples;

use std::sync::Arc;

pub use error::DecodeError;
pub use explain::{Explained, explain};
pub use mapping::{Mapping, MappingError, mapping_schema};
pub use pointer::Pointer;
pub use record::decode;

use crate::domain::Fragment;

/// One record as it came.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// Its value; empty for a tombstone.
    pub payload: &'a [u8],
    /// Its key, where it has one.
    pub key: Option<&'a [u8]>,
    /// Its place in its partition; it names the conversation under a mapping
    /// whose records are conversations of their own without an id.
    pub offset: i64,
}

/// What a record is.
#[allow(clippy::large_enum_variant)] // nearly every record is taken
#[derive(Debug, Clone, PartialEq)]
pub enum Decoded {
    /// A part of a conversation, or all of it.
    Taken(Fragment),
    /// Nothing to keep: dropped by a rule of this name (`a-z`, `0-9`, `_`).
    Dropped(Arc<str>),
}

/// The JSON Schema of the native shape, `schemas/native.schema.json`.
pub const NATIVE_SCHEMA: &str = include_str!("../../schemas/native.schema.json");

/// A record without a value says only that its key is no more.
pub const TOMBSTONE: &str = "tombstone";
/// A record that held nothing but partial results.
pub const PARTIAL: &str = "partial";

/// A refusal of what lies at `place`; `owner` is the kind of item, or empty.
fn wrong_shape(owner: &str, place: &Pointer, expected: &'static str) -> DecodeError {
    DecodeError::WrongShape {
        path: format!("{owner}{}", place.as_str()).into(),
        expected,
    }
}
