//! What handles, addresses, days and codes go on with: the numbers beside them.

use std::ops::Range;

use crate::deid::detect::expect::code;
use crate::deid::detect::expect::street::{is_kind, is_unit_word};
use crate::deid::detect::expect::talk::number;
use crate::deid::detect::name::{Standing, standing};
use crate::deid::detect::units::is_quantity;
use crate::deid::document::TokenKind;
use crate::deid::lexicon::Classes;
use crate::deid::spoken::ordinal;
use crate::deid::word::{Words, words};

use super::Beside;

/// Most numbers before a street, or after a unit.
const MOST_NUMBERS: usize = 8;

/// Sides of a town that stand before a street's name.
const SIDES: Words = words![
    "e", "east", "n", "ne", "north", "nw", "s", "se", "south", "sw", "w", "west"
];

impl Beside<'_> {
    /// The numbers and marks of a handle, said after its word.
    pub(super) fn numbers(&self) -> Option<Range<usize>> {
        let end = code::end(self.turn, self.tokens.end);
        let said = end > self.tokens.end && self.is_apart(self.tokens.end);
        let quantity = || is_quantity(self.turn.text, self.turn.tokens[end - 1].span.end);
        (said && !quantity()).then_some(self.tokens.start..end)
    }

    /// A street with the number before it and that of its unit after it:
    /// `[double six] lockkeeper road`, `lockkeeper road unit [nine b]`.
    pub(super) fn address(&self) -> Option<Range<usize>> {
        let Range { start, end } = self.tokens;
        let numbered = |i: usize| {
            (number(self.turn, i) || self.turn.is_of(i, words!["double", "triple", "oh"]))
                && !(self.turn.tokens[i].kind == TokenKind::Number
                    && is_quantity(self.turn.text, self.turn.tokens[i].span.end))
        };
        let ordinal = |i: usize| ordinal(self.turn.key(i)).is_some();
        // `[200 e] lockkeeper road`
        let side = start > 1
            && self.is_beside(start)
            && self.is_beside(start - 1)
            && self.turn.is_of(start - 1, SIDES)
            && number(self.turn, start - 2);
        let named = start - usize::from(side);
        let first = (named.saturating_sub(MOST_NUMBERS)..named)
            .rev()
            .take_while(|&i| self.is_beside(i + 1) && (numbered(i) || ordinal(i)))
            .last()
            .filter(|&i| numbered(i))
            .unwrap_or(start);
        let letter = |i: usize| self.word(i).len() == 1 && self.ends(i + 1);
        // `lockkeeper road number four`, `lockkeeper road lot nine`
        let word = self
            .turn
            .is_of(end, words!["number", "lot", "apartment", "apt", "unit"]);
        let called = word && number(self.turn, end + 1);
        let from = end + usize::from(called);
        let after = (from..from + MOST_NUMBERS)
            .take_while(|&i| self.is_beside(i) && (numbered(i) || letter(i)))
            .last()
            .map_or(end, |last| last + 1);
        let unit = called || is_unit_word(self.turn.key(end - 1)) || number(self.turn, end - 1);
        let kind = self.is_beside(end) && is_kind(self.turn.key(end)) && self.is_closed(end + 1);
        let grown = self.led_by_flat(self.with_block(first))..if unit {
            after
        } else {
            end + usize::from(kind)
        };
        (grown != self.tokens).then_some(grown)
    }

    /// Past the letter of a block that is written in one with the number at token
    /// `first`: `[b-]1204 lund heights`.
    fn with_block(&self, first: usize) -> usize {
        let Some(letter) = first.checked_sub(2) else {
            return first;
        };
        // `[2/]1 118 lund road`
        let flat = number(self.turn, letter) && self.turn.is_of(first - 1, words!["/"]);
        let lettered =
            self.word(letter).len() == 1 && self.turn.tokens[letter].kind == TokenKind::Word;
        let block = (flat || lettered)
            && self.turn.is_of(first - 1, words!["-", "/"])
            && self.turn.is_joined(letter + 1)
            && self.turn.is_joined(first);
        if block { letter } else { first }
    }

    /// The local part of an address whose marks were not heard: `[k lund]
    /// gmailcom`.
    pub(super) fn email(&self) -> Option<Range<usize>> {
        const MOST: usize = 4;
        const BEFORE: Words = words![
            "at", "email", "for", "in", "is", "it", "mail", "me", "my", "on", "the", "to", "up",
            "use", "was", "with", "you",
        ];
        let Range { start, end } = self.tokens;
        let text =
            &self.turn.text[self.turn.tokens[start].span.start..self.turn.tokens[end - 1].span.end];
        if end - start > 2 || text.contains(['@', ' ']) {
            return None;
        }
        let local = |i: usize| {
            let classes = self.classes(i);
            let letter = self.word(i).len() == 1 && !self.turn.is_of(i, words!["i"]);
            (self.is_beside(i + 1) || self.turn.is_joined(i + 1))
                && (letter
                    || self.turn.tokens[i].kind == TokenKind::Number
                    || !classes.any(Classes::STOP) && standing(classes) > Standing::Word
                    || classes.given().max(classes.family()) >= 2 && !self.turn.is_of(i, BEFORE))
        };
        let first = (start.saturating_sub(MOST)..start)
            .rev()
            .take_while(|&i| local(i))
            .last()?;
        Some(first..end)
    }

    /// The mark said before it, one of `marks`, where it is all of the answer or
    /// an answer begins there: `[at] lund nine`, `it's [slash] lund`.
    pub(super) fn led_by(&self, marks: Words) -> Option<Range<usize>> {
        const BEFORE: Words = words![
            "and", "handle", "have", "is", "it's", "okay", "see", "show", "that's", "then", ",",
            ".",
        ];
        let start = self.tokens.start;
        let led = start > 0 && self.is_beside(start) && self.turn.is_of(start - 1, marks);
        let begins = led && (start == 1 || self.turn.is_of(start - 2, BEFORE));
        begins.then(|| start - 1..self.tokens.end)
    }

    /// `code` with the few letters beside it that are no word: `933 [qvv]`.
    pub(super) fn letters(&self, code: Range<usize>) -> Range<usize> {
        const MOST: usize = 4;
        let tokens = &self.turn.tokens;
        // `letter 5071 [w] control number`: with
        let with = |i: usize| {
            self.turn.is_of(i, words!["w"])
                && tokens
                    .get(i + 1)
                    .is_some_and(|t| t.kind == TokenKind::Word && t.span.len() > 1)
        };
        let letters = |i: usize| {
            tokens[i].kind == TokenKind::Word
                && tokens[i].span.len() <= MOST
                && !with(i)
                && standing(self.classes(i)) == Standing::Unlisted
        };
        // `iris 40e1`: what a template is of.
        let kind = |i: usize| {
            self.turn.is_of(
                i,
                words!["face", "finger", "iris", "palm", "retina", "voice"],
            ) && !self.turn.is_of(i + 1, words!["id"])
        };
        let before = code.start > 0
            && self.is_beside(code.start)
            && (letters(code.start - 1) || kind(code.start - 1));
        let after = self.is_beside(code.end) && letters(code.end);
        code.start - usize::from(before)..code.end + usize::from(after)
    }

    /// `code`, which begins with letters and ends with a number, with the two
    /// letters after it that end what is said: `ref 4417 [de]`.
    pub(super) fn ending(&self, code: Range<usize>) -> Range<usize> {
        const TAILS: Words = words!["as", "for", "has", "i", "if", "is", "no", "sorry", "was"];
        let tokens = &self.turn.tokens;
        let letters = |i: usize| {
            tokens[i].kind == TokenKind::Word
                && tokens[i].span.len() == 2
                && !self.classes(i).any(Classes::STOP)
        };
        let lettered = tokens[code.start].kind == TokenKind::Word;
        let numbered = tokens[code.end - 1].kind == TokenKind::Number;
        let follows = self.is_beside(code.end) && letters(code.end);
        let ends = || self.ends(code.end + 1) || self.turn.is_of(code.end + 1, TAILS);
        let more = lettered && numbered && follows && ends();
        code.start..code.end + usize::from(more)
    }

    /// `code` with the pairs of hexadecimal letters beside it: `ce 62 [ad be]`.
    pub(super) fn hex(&self, code: Range<usize>) -> Range<usize> {
        let tokens = &self.turn.tokens;
        let pair = |i: usize| {
            let hex = |b: u8| matches!(b, b'a'..=b'f' | b'A'..=b'F');
            tokens[i].kind == TokenKind::Word
                && tokens[i].span.len() == 2
                && self.word(i).bytes().all(hex)
        };
        let mut end = code.end;
        while self.is_beside(end) && pair(end) && end - code.start > 2 {
            end += 1;
        }
        let mut start = code.start;
        while start > 0 && self.is_beside(start) && pair(start - 1) && code.end - start > 2 {
            start -= 1;
        }
        start..end
    }

    /// All that stands without a space about `code`: `lagoon![44]`.
    pub(super) fn solid(&self, code: Range<usize>) -> Range<usize> {
        const MOST: usize = 12;
        let tokens = &self.turn.tokens;
        let joined = |i: usize| self.turn.is_joined(i);
        let is_mark = |i: usize| tokens[i].kind == TokenKind::Mark;
        let sentence = |i: usize| {
            self.turn.is_blank(i)
                || matches!(
                    self.word(i),
                    "(" | ")"
                        | "\""
                        | "{"
                        | "}"
                        | "="
                        | ":"
                        | ","
                        | "<"
                        | ">"
                        | "["
                        | "]"
                        | "'"
                        | ";"
                        | "?"
                        | "."
                        | "/"
                )
        };
        let mut start = code.start;
        while joined(start) && code.start - start < MOST && !sentence(start - 1) {
            start -= 1;
        }
        while start < code.start && is_mark(start) {
            start += 1;
        }
        let mut end = code.end;
        while joined(end) && end - code.end < MOST && !sentence(end) {
            end += 1;
        }
        while end > code.end && is_mark(end - 1) {
            end -= 1;
        }
        start..end
    }
}
