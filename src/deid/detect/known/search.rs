//! Searches streams for many values at once, in one pass.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::deid::Strength;
use crate::deid::document::DocTurn;
use crate::domain::Category;

use super::stream::Stream;

/// Where a value counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Use {
    /// Wherever it is said.
    Anywhere,
    /// Where it is written with a capital: it is a common word too.
    Capital,
    /// Where it is said in at least two pieces: initials, spelled names.
    Pieces,
}

/// A value to be found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Needle {
    /// As it stands in a stream.
    pub(crate) key: String,
    pub(crate) category: Category,
    pub(crate) rule: &'static str,
    pub(crate) condition: Use,
    /// What a finding of it is worth.
    pub(crate) strength: Strength,
    pub(crate) confidence: f32,
}

/// Needles compiled into one automaton.
#[derive(Debug)]
pub(crate) struct Search {
    automaton: AhoCorasick,
    needles: Vec<Needle>,
}

impl Search {
    /// Compiles `needles`; `None` where there are none that could be found.
    pub(crate) fn new(mut needles: Vec<Needle>) -> Option<Self> {
        needles.retain(|needle| needle.key.len() > 1);
        if needles.is_empty() {
            return None;
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::NoncontiguousNFA))
            .build(needles.iter().map(|needle| &needle.key))
            .ok()?;
        Some(Self { automaton, needles })
    }

    /// What is found in `stream`, that of `turn`: bytes of the turn's text and
    /// the needle. Spans may overlap.
    pub(crate) fn find<'s>(
        &'s self,
        stream: &'s Stream,
        turn: &'s DocTurn<'_>,
    ) -> impl Iterator<Item = (Range<usize>, &'s Needle)> {
        self.automaton
            .find_overlapping_iter(&stream.text)
            .filter_map(|found| {
                let needle = &self.needles[found.pattern().as_usize()];
                let (span, pieces) = stream.source(found.range())?;
                needle
                    .condition
                    .holds(&turn.text[span.clone()], pieces)
                    .then_some((span, needle))
            })
    }
}

impl Use {
    fn holds(self, said: &str, pieces: usize) -> bool {
        match self {
            Self::Anywhere => true,
            Self::Capital => said.starts_with(char::is_uppercase),
            Self::Pieces => pieces > 1,
        }
    }
}
