//! What a person's name goes on with: a surname that is a word too, a first name.

use std::ops::Range;

use crate::deid::detect::name::{Standing, is_auxiliary, standing};
use crate::deid::document::TokenKind;
use crate::deid::lexicon::Classes;
use crate::deid::word::{Words, words};
use crate::domain::Role;

use super::Beside;

/// Shortest word in no list that is more likely a name than a slip.
const SHORTEST: usize = 5;

impl Beside<'_> {
    /// A further name, right after the person's or right before it.
    pub(super) fn person(&self) -> Option<Range<usize>> {
        let Range { start, end } = self.tokens;
        let after = self.whole && self.is_apart(end) && self.is_surname(end);
        let before = start > 0 && self.is_apart(start) && self.is_first_name(start - 1);
        let before = usize::from(before).max(2 * usize::from(self.has_initial()));
        (after || before > 0).then(|| start - before..end + usize::from(after))
    }

    /// Whether some are called as the country or state at token `i`, and it is said or
    /// asked who speaks: `is this [georgia] quirrel`.
    fn is_called_so(&self, i: usize) -> bool {
        let classes = self.classes(i);
        let place = classes.any(Classes::COUNTRY | Classes::STATE) && classes.given() >= 1;
        let this = |k: usize| self.turn.is_of(k, words!["this", "is"]);
        place && i > 1 && this(i - 1) && this(i - 2)
    }

    /// Whether an initial with its point stands right before the name: `[r.] quirrel`.
    fn has_initial(&self) -> bool {
        let Some(initial) = self.tokens.start.checked_sub(2) else {
            return false;
        };
        let tokens = &self.turn.tokens;
        self.turn.is_joined(initial + 1)
            && self.word(initial + 1) == "."
            && self.is_beside(self.tokens.start)
            && tokens[initial].kind == TokenKind::Word
            && tokens[initial].span.len() == 1
    }

    fn is_surname(&self, i: usize) -> bool {
        let classes = self.classes(i);
        match standing(classes) {
            Standing::Unlisted => self.word(i).len() >= SHORTEST && !self.is_slip(i),
            Standing::Name | Standing::Rare => true,
            Standing::Ambiguous => {
                classes.family() >= 3 && !is_auxiliary(self.word(i)) && self.ends(i + 1)
            }
            Standing::Word | Standing::Never => {
                let word = classes.any(Classes::COUNTRY)
                    || self.turn.is_of(i, words!["day", "little", "english"]);
                let told = self.is_introduced() && (self.is_closed(i + 1) || self.says_why(i + 1));
                word && classes.family() >= 2 && (self.ends(i + 1) || told)
            }
        }
    }

    /// Whether the person says who they are: `this is [anna]`.
    fn is_introduced(&self) -> bool {
        const SELF: Words = words!["for", "i'm", "is", "it's", "under", "with"];
        let before = self.tokens.start.checked_sub(1);
        before.is_some_and(|i| self.turn.is_of(i, SELF))
    }

    /// Whether token `i` says what a caller does: `[calling] about`.
    fn says_why(&self, i: usize) -> bool {
        const DOES: Words = words![
            "asking", "calling", "checking", "speaking", "texting", "writing"
        ];
        self.is_beside(i) && self.turn.is_of(i, DOES)
    }

    /// Whether the word in no list at token `i` has an ending that verbs have.
    fn is_slip(&self, i: usize) -> bool {
        ["ed", "ing", "ly", "ion"]
            .iter()
            .any(|ending| self.word(i).ends_with(ending))
    }

    /// Whether token `i`, before a name, is one, by what introduces it.
    fn is_first_name(&self, i: usize) -> bool {
        const INTRODUCE: Words = words![
            "am", "for", "got", "have", "i'm", "is", "it's", "no", "that's", "this", "under",
            "was", "with", ",", ":",
        ];
        /// Longest turn, in tokens, that reads a name back and little else.
        const LONGEST: usize = 6;
        let classes = self.classes(i);
        let introduced = match i.checked_sub(1) {
            Some(before) => self.turn.is_of(before, INTRODUCE),
            None => self.turn.role == Role::Agent && self.turn.tokens.len() <= LONGEST,
        };
        introduced
            && self.turn.tokens[i].kind == TokenKind::Word
            && match standing(classes) {
                Standing::Unlisted => self.word(i).len() >= SHORTEST,
                Standing::Name | Standing::Rare => true,
                Standing::Ambiguous => classes.given() >= 2 && !self.ends(i + 1),
                Standing::Word | Standing::Never => {
                    is_auxiliary(self.word(i)) || self.is_called_so(i)
                }
            }
    }
}
