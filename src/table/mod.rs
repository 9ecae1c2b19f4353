//! Clean conversations → Arrow rows → Parquet bytes.
//!
//! Two tables, `conversations` and `turns`. Their Parquet writer accepts
//! [`CleanRows`], which only clean conversations make, and the parts of
//! [`LandedRows`], which only opening sealed landing files makes.

mod cell;
mod delta;
mod dictionary;
mod published;
mod reader;
mod rows;
mod schema;
mod writer;

#[cfg(test)]
mod tests;

pub use cell::{Cell, Coarseness};
pub use delta::{FOLDER_COLUMNS, delta_schema};
pub use dictionary::data_dictionary;
pub use published::{Published, read_published};
pub use reader::{LandedConversation, LandedRows, ReadError, ReleasePart};
pub use rows::{CleanRows, TableFiles};
pub use schema::{COLUMNS, Column, TABLE_VERSION, landing_schema};
pub use writer::landing_options;

/// A table of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// One row a conversation.
    Conversations,
    /// One row a turn.
    Turns,
}

impl Table {
    /// Both tables.
    pub const ALL: [Self; 2] = [Self::Conversations, Self::Turns];

    /// Its name in paths and manifests.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Conversations => "conversations",
            Self::Turns => "turns",
        }
    }
}
