//! What the name of a place or a firm goes on with: its kind, what it does.

use std::ops::Range;

use crate::deid::detect::place_name::BUSINESSES;
use crate::deid::document::TokenKind;
use crate::deid::lexicon::Classes;
use crate::deid::word::{Words, words};

use super::Beside;

/// Most words that a place's name goes on for.
const MOST_WORDS: usize = 4;

/// How far before a firm it is said what it is to somebody.
const REACH: usize = 4;

impl Beside<'_> {
    /// The kind of a facility after a name: `[quillmere] general hospital`.
    pub(super) fn facility(&self) -> Option<Range<usize>> {
        let end = self.kind_end()?;
        (end > self.tokens.end + 1).then_some(self.tokens.start..end)
    }

    /// One past the words after the name that say what kind of place it is.
    fn kind_end(&self) -> Option<usize> {
        let end = self.tokens.end;
        let last = (end..end + MOST_WORDS)
            .take_while(|&i| self.is_apart(i) && (self.is_shared(i) || self.is_kind(i)))
            .filter(|&i| self.is_kind(i))
            .last()?;
        Some(last + 1)
    }

    fn is_kind(&self, i: usize) -> bool {
        const PLACES: Words = words![
            "beach", "borough", "center", "centre", "city", "county", "falls", "grange", "harbor",
            "heights", "hills", "junction", "lodge", "manor", "parish", "school", "springs",
            "township", "village"
        ];
        let ended = i > 0 && self.is_shared(i - 1);
        self.turn.is_of(i, PLACES)
            || self.classes(i).any(Classes::FACILITY)
            || ended && self.classes(i).any(Classes::FACILITY_END)
    }

    /// Whether token `i` is a word that the names of many places share.
    fn is_shared(&self, i: usize) -> bool {
        const SHARED: Words = words![
            "community",
            "elementary",
            "family",
            "general",
            "high",
            "medical",
            "memorial",
            "middle",
            "nursing",
            "primary",
            "regional",
            "rehab",
            "retirement",
            "university",
            "urgent",
            "veterans"
        ];
        self.turn.is_of(i, SHARED)
    }

    /// A town or a facility with the words about it that are of its name.
    pub(super) fn place(&self) -> Option<Range<usize>> {
        let end = self.kind_end().unwrap_or(self.tokens.end);
        let start = self.place_start();
        let grown = start..end;
        (grown != self.tokens).then_some(grown)
    }

    /// `in [new windsor]`, `[family clinic of] windsor`.
    fn place_start(&self) -> usize {
        const FIRST: Words = words![
            "east", "el", "fort", "lake", "las", "los", "lower", "mount", "new", "north", "old",
            "port", "saint", "san", "santa", "south", "upper", "west",
        ];
        const BEFORE: Words = words!["at", "from", "in", "near", "of", "outside", "to"];
        let before = |i: usize, words: Words| i > 0 && self.turn.is_of(i - 1, words);
        let mut start = self.tokens.start;
        if before(start, FIRST) && before(start - 1, BEFORE) {
            start -= 1;
        }
        if !before(start, words!["of"]) || start < 2 || !self.is_kind(start - 2) {
            return start;
        }
        start -= 2;
        let shared = (start.saturating_sub(MOST_WORDS)..start)
            .rev()
            .take_while(|&i| self.is_shared(i));
        shared.last().unwrap_or(start)
    }

    /// A firm with what it does: `[quillmere] junction machine works`.
    pub(super) fn business(&self) -> Option<Range<usize>> {
        const PAIRS: &[&str] = &[
            "auto body",
            "freight lines",
            "iron works",
            "lumber mill",
            "machine works",
            "paper mill",
            "water works",
        ];
        let ends = |i: usize| {
            let pair = format!("{} {}", self.word(i - 1), self.word(i)).to_lowercase();
            self.turn.is_of(i, BUSINESSES) || PAIRS.contains(&pair.as_str())
        };
        let end = self.tokens.end;
        let last = (end..end + MOST_WORDS)
            .take_while(|&i| self.is_apart(i))
            .take_while(|&i| ends(i) || !self.classes(i).any(Classes::STOP))
            .find(|&i| ends(i) && self.is_closed(i + 1))?;
        Some(self.tokens.start..last + 1)
    }

    /// Whether it is said that somebody works for it, or is insured by it: `i work
    /// for [lund]`, `the plan is through [lund]`.
    pub(super) fn is_worked_for(&self) -> bool {
        const WORK: Words = words![
            "been",
            "benefits",
            "coverage",
            "covered",
            "employed",
            "insurance",
            "insured",
            "job",
            "plan",
            "shift",
            "truck",
            "work",
            "worked",
            "working",
            "works",
        ];
        const BETWEEN: Words = words!["comes", "is", "it's", "now", "was"];
        const HESITATIONS: Words = words!["know", "like", "uh", "um", "you"];
        let said = |i: &usize| !self.turn.is_of(*i, HESITATIONS);
        let Some(link) = (0..self.tokens.start).rev().take(REACH).find(said) else {
            return false;
        };
        let links = words!["at", "by", "for", "through", "with"];
        let mut before = (0..link).rev().take(REACH).filter(said);
        self.turn.is_of(link, links)
            && before
                .find(|&i| !self.turn.is_of(i, BETWEEN))
                .is_some_and(|i| self.turn.is_of(i, WORK))
    }

    /// The other name of a firm: `[lund] and quirrel`.
    pub(super) fn firm(&self) -> Option<Range<usize>> {
        let Range { start, end } = self.tokens;
        let named = |i: usize| self.is_apart(i) && !self.classes(i).any(Classes::STOP);
        let and = |i: usize| self.turn.is_of(i, words!["and", "&"]);
        let hyphen = |i: usize| self.turn.is_of(i, words!["-"]) && !self.is_beside(i);
        let last = end + 2 + 2 * usize::from(hyphen(end + 2));
        let after = and(end) && named(end + 1) && self.is_closed(last);
        let before = start > 1
            && and(start - 1)
            && self.turn.tokens[start - 2].kind == TokenKind::Word
            && (!self.classes(start - 2).any(Classes::STOP)
                || self.classes(start - 2).family() >= 3);
        let from = if before { start - 2 } else { start };
        let to = if after { last } else { end };
        (after || before).then(|| self.solid(from..to))
    }
}
