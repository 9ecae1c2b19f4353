//! Clean conversations → Arrow rows → Parquet bytes.

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
