//! Cuts clean text into atoms: words, digit runs, marks and the engine's own
//! replacements. Written apart from the first look's tokens on purpose.

mod cut;

use std::ops::Range;

use super::vocabulary;
use super::words::{self, Info, Spoken, class};
use crate::domain::Category;

/// What an atom is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters and inner apostrophes.
    Word,
    /// Decimal digits of any script.
    Digits,
    /// A placeholder of the engine, or a span that the caller vouches for.
    Slot(Option<Category>),
    /// Any other character that is not white space.
    Mark(char),
}

/// A stretch of one line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Atom {
    pub(super) kind: Kind,
    start: usize,
    end: usize,
    /// Nothing stands between it and the atom before it.
    glued: bool,
    /// It begins with a capital and goes on in small letters.
    capital: bool,
    /// Where a word ends without a possessive ending.
    bare_end: usize,
    /// What is known of the word.
    info: Info,
}

/// What a line holds besides words of classes, as bits: scanners that need
/// what it does not hold need not look.
pub(super) mod contents {
    /// Digits.
    pub(in super::super) const DIGITS: u8 = 1;
    /// A replacement.
    pub(in super::super) const SLOT: u8 = 1 << 1;
    /// A single letter that is no word.
    pub(in super::super) const LETTER: u8 = 1 << 2;
    /// A single letter.
    pub(in super::super) const SINGLE: u8 = 1 << 3;
    /// What electronic addresses are joined with: `@`, `:`, `_`, a word that
    /// ends in `com`, `net` or `org`, a full stop inside or after a number, digits after letters.
    pub(in super::super) const JOINED: u8 = 1 << 4;
    /// A word without which nobody's eyes or memory are tested.
    pub(in super::super) const EXAM: u8 = 1 << 5;
}

/// One text, cut. It is made once and cuts many.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// The text in ASCII lower case; bytes stand where they stood.
    lower: String,
    pub(super) atoms: Vec<Atom>,
    /// It is nothing but a number or a code, replacements and small words: an
    /// answer, or a piece of one.
    pub(super) bare: bool,
    /// How many words it has.
    pub(super) words: usize,
    /// How many number words it has, and where the last stands.
    numbers: (usize, usize),
    info: Info,
    contents: u8,
}

impl Atom {
    /// Whether it is a word of any class of `classes`.
    #[inline]
    pub(super) const fn is(&self, classes: u32) -> bool {
        self.info.is(classes)
    }

    /// Whether it is one ASCII letter.
    #[inline]
    pub(super) fn is_letter(&self) -> bool {
        (self.kind == Kind::Word) & (self.end - self.start == 1)
    }

    /// Whether it may be a name in a place where one may stand.
    #[inline]
    pub(super) fn may_be_name(&self) -> bool {
        self.is_unlisted() | self.is(class::DOUBLE) | self.capital
    }

    /// Whether it is a word of none of the small lists.
    #[inline]
    pub(super) fn is_unlisted(&self) -> bool {
        self.kind == Kind::Word && self.info == Info::default()
    }
}

impl Line {
    /// Whether the line is a sentence with no number, or with one small one in
    /// words: `one moment`, `the second time`.
    pub(super) fn counts_one_thing(&self) -> bool {
        let (count, last) = self.numbers;
        let small = || {
            let tens = matches!(self.spoken(last), None | Some(Spoken::Tens(_)));
            !tens || self.ordinal(last).is_some()
        };
        !self.bare
            && !self.holds(contents::DIGITS | contents::SLOT | contents::LETTER)
            && !self.has(class::MONTH)
            && (count == 0 || count == 1 && small())
    }

    /// Whether any word of the line is of `classes`.
    #[inline]
    pub(super) const fn has(&self, classes: u32) -> bool {
        self.info.is(classes)
    }

    /// Whether the line holds any of `contents`.
    #[inline]
    pub(super) const fn holds(&self, contents: u8) -> bool {
        self.contents & contents != 0
    }

    /// Whether atom `i` may stand in an answer that is nothing but a number.
    fn is_part_of_answer(&self, i: usize) -> bool {
        const ANSWER: u32 = class::SMALL | class::NUMBER | class::FILLER | class::ENDING;
        match self.atoms[i].kind {
            Kind::Word => {
                let word = self.word(i);
                self.is_class(i, ANSWER)
                    || word.chars().nth(1).is_none()
                    || word.len() < 4 && self.is_unknown(i)
            }
            Kind::Mark(c) => !"$£€₹¥%".contains(c),
            Kind::Digits | Kind::Slot(_) => true,
        }
    }

    /// The bytes of atom `i`; nothing beyond the end.
    #[inline]
    pub(super) fn span(&self, i: usize) -> Range<usize> {
        self.atoms.get(i).map_or(0..0, |atom| atom.start..atom.end)
    }

    /// Atom `i` in lower case; empty beyond the end.
    #[inline]
    pub(super) fn lower(&self, i: usize) -> &str {
        self.atoms
            .get(i)
            .map_or("", |atom| &self.lower[atom.start..atom.end])
    }

    /// Word `i` in lower case without a possessive ending; empty when it is
    /// not a word.
    #[inline]
    pub(super) fn word(&self, i: usize) -> &str {
        self.atoms
            .get(i)
            .map_or("", |atom| &self.lower[atom.start..atom.bare_end])
    }

    /// The word before atom `i`, or nothing.
    #[inline]
    pub(super) fn word_before(&self, i: usize) -> &str {
        i.checked_sub(1).map_or("", |before| self.word(before))
    }

    /// The mark at `i`.
    #[inline]
    pub(super) fn mark(&self, i: usize) -> Option<char> {
        match self.atoms.get(i)?.kind {
            Kind::Mark(c) => Some(c),
            _ => None,
        }
    }

    /// Whether atom `i` is digits.
    #[inline]
    pub(super) fn is_digits(&self, i: usize) -> bool {
        matches!(self.atoms.get(i), Some(atom) if atom.kind == Kind::Digits)
    }

    /// How many digits atom `i` has; 0 when it is not digits.
    pub(super) fn digits(&self, i: usize) -> usize {
        match self.atoms.get(i) {
            Some(atom) if atom.kind == Kind::Digits => {
                let bytes = &self.lower.as_bytes()[atom.start..atom.end];
                // Every byte but those that continue a character.
                bytes.iter().filter(|b| **b & 0xc0 != 0x80).count()
            }
            _ => 0,
        }
    }

    /// The value of the at most six digits at `i`.
    pub(super) fn value(&self, i: usize) -> Option<u32> {
        if !(1..=6).contains(&self.digits(i)) {
            return None;
        }
        let mut digits = self.lower(i).chars();
        digits.try_fold(0, |n, c| Some(n * 10 + c.to_digit(10)?))
    }

    /// Whether nothing stands between atoms `i - 1` and `i`.
    #[inline]
    pub(super) fn glued(&self, i: usize) -> bool {
        self.atoms.get(i).is_some_and(|atom| atom.glued)
    }

    /// Whether atom `i` is written like a name: `Ada`, not `ADA`.
    #[inline]
    pub(super) fn capital(&self, i: usize) -> bool {
        self.atoms.get(i).is_some_and(|atom| atom.capital)
    }

    #[inline]
    fn info(&self, i: usize) -> Info {
        self.atoms.get(i).map_or(Info::default(), |atom| atom.info)
    }

    /// Whether word `i` is of any class of `classes`.
    #[inline]
    pub(super) fn is_class(&self, i: usize, classes: u32) -> bool {
        self.info(i).is(classes)
    }

    /// Whether word `i` is a hesitation.
    #[inline]
    pub(super) fn is_filler(&self, i: usize) -> bool {
        self.is_class(i, class::FILLER)
    }

    /// Whether word `i` is a unit or a counted thing.
    #[inline]
    pub(super) fn is_unit(&self, i: usize) -> bool {
        self.is_class(i, class::UNIT)
    }

    /// Whether `i` is an ordinary word, or none at all.
    pub(super) fn is_ordinary(&self, i: usize) -> bool {
        let word = self.word(i);
        word.is_empty() || self.is_class(i, class::ORDINARY) || words::ends_ordinarily(word)
    }

    /// Whether `i` is a word of no list.
    pub(super) fn is_unknown(&self, i: usize) -> bool {
        vocabulary::is_unknown_of(self.word(i), self.info(i))
    }

    /// Whether `i` is a word of no list, however it ends.
    pub(super) fn is_unlisted(&self, i: usize) -> bool {
        vocabulary::is_unlisted_of(self.word(i), self.info(i))
    }

    /// What number word `i` stands for.
    #[inline]
    pub(super) fn spoken(&self, i: usize) -> Option<Spoken> {
        self.info(i).spoken()
    }

    /// What day of a month word `i` stands for.
    #[inline]
    pub(super) fn ordinal(&self, i: usize) -> Option<u8> {
        self.info(i).ordinal()
    }

    /// Whether digits or a number word stand at `i`.
    #[inline]
    pub(super) fn is_number(&self, i: usize) -> bool {
        self.is_digits(i) || self.is_class(i, class::NUMBER | class::ARTICLE)
    }

    /// Whether atom `i` stands for a removed value of `category`.
    pub(super) fn is_slot_of(&self, i: usize, category: Category) -> bool {
        let kind = self.atoms.get(i).map(|atom| atom.kind);
        kind == Some(Kind::Slot(Some(category)))
    }

    /// Whether atom `i` stands for a removed value.
    #[inline]
    pub(super) fn is_slot(&self, i: usize) -> bool {
        matches!(self.atoms.get(i).map(|a| a.kind), Some(Kind::Slot(_)))
    }
}
