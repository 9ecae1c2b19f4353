//! What a release did, for people and programs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Refusal, Reviewed};
use crate::domain::EpochMs;
use crate::ledger::ReleaseDeed;

/// What an attempt to release did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseReport {
    /// Withdrawn releases of which files were still in research and are gone
    /// now; none in a preview.
    pub removed: Vec<u32>,
    /// Earlier releases that had happened and whose copy was finished now (or,
    /// in a preview, would be).
    pub finished: Vec<u32>,
    /// What became of the new one.
    pub outcome: Outcome,
}

impl ReleaseReport {
    /// Whether `number` is the new release itself.
    #[must_use]
    pub fn made(&self, number: u32) -> bool {
        matches!(&self.outcome, Outcome::Released(summary) if summary.number == number)
    }
}

/// What became of a new release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The interval since the last one has not passed.
    NotDue {
        /// When it will have.
        next: EpochMs,
    },
    /// No conversation has landed since the last one.
    NothingNew,
    /// All that has landed since is held back.
    AllHeldBack {
        /// How many conversations, by reason.
        held_back: BTreeMap<String, u64>,
    },
    /// Conversations have landed since, and all of them may still go on
    /// (`assemble.late`).
    MayGoOn,
    /// Gates are closed, at least one; everything waits.
    Refused(Vec<Refusal>),
    /// It would be released (a preview).
    WouldRelease(Summary),
    /// It is published.
    Released(Summary),
}

/// The figures of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Its number, from 1.
    pub number: u32,
    /// Conversations that landed or were held back in its inputs.
    pub landed: u64,
    /// Conversations published.
    pub released: u64,
    /// Turns published.
    pub turns: u64,
    /// Conversations held back, by reason.
    pub held_back: BTreeMap<String, u64>,
    /// Conversations of an earlier release of which more came too late for it.
    pub late: u64,
    /// Conversations whose attributes are told less exactly than they landed,
    /// since too few share them.
    pub coarsened: u64,
    /// What people read before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Reviewed>,
    /// Years are left out, since with the time of the release they would date
    /// conversations too closely.
    pub years_withheld: bool,
    /// The override under which a dating limit was passed over.
    pub dating_override: Option<String>,
    /// Its files, with their sizes in bytes; none in a preview.
    pub files: Vec<(String, u64)>,
}

impl Summary {
    pub(super) fn with_files(mut self, deed: &ReleaseDeed) -> Self {
        let files = deed.files.iter();
        self.files = files.map(|f| (f.path.clone(), f.bytes)).collect();
        self
    }
}
