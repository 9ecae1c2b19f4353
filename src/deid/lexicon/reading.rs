//! A conversation read with the lexicon: each word in lower case with its
//! classes, looked up once for all detectors.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

use crate::deid::document::{BLANK, DocTurn, Document, TokenKind};
use crate::deid::word::{Key, Words, words};

use super::state::{self, is_state_here};
use super::{Classes, Lexicon};

/// What a turn may hold that is looked for in its own words alone, whatever
/// else is said: a later reading of the same words need not look again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Matter {
    /// Something that would be written otherwise.
    View,
    /// A cue.
    Cue,
    /// A question for an address.
    Address,
    /// An age or a question for one.
    Age,
    /// A time or a question for one.
    Time,
    /// A day or a question for one.
    Day,
}

/// A turn whose words have been looked up.
#[derive(Debug)]
pub(crate) struct ReadTurn<'a> {
    /// The turn as it was cut.
    pub(crate) turn: &'a DocTurn<'a>,
    /// Its text in lower case, every character at its old place.
    lower: Cow<'a, str>,
    classes: Cow<'a, [Classes]>,
    /// All flags and marks of its words.
    marks: Classes,
    /// The turn has letters of both cases, so that capitals may mean something.
    cased: bool,
    /// The language gate takes every word of it for English.
    english: bool,
    /// Each [`Matter`] that was looked for and is not there, a bit each.
    lacks: Cell<u8>,
}

/// A conversation whose words have been looked up.
#[derive(Debug)]
pub(crate) struct Reading<'a> {
    /// Its turns, in order.
    pub(crate) turns: Vec<ReadTurn<'a>>,
    /// The lexicon it was read with.
    pub(crate) lexicon: &'a Lexicon,
    /// What was read.
    pub(crate) document: &'a Document<'a>,
    /// The reading before this one.
    pub(crate) earlier: Option<&'a Reading<'a>>,
}

impl<'a> Reading<'a> {
    /// Looks every word of `document` up.
    pub(crate) fn new(document: &'a Document<'a>, lexicon: &'a Lexicon) -> Self {
        let read = |turn| ReadTurn::new(turn, lexicon);
        Self {
            turns: document.turns.iter().map(read).collect(),
            lexicon,
            document,
            earlier: None,
        }
    }

    /// Reads `document`, which is that of `earlier` rewritten: only words of
    /// fresh turns are looked up.
    pub(crate) fn again(document: &'a Document<'a>, earlier: &'a Reading<'a>) -> Self {
        let turns = document.turns.iter().zip(&earlier.turns);
        let read = |(turn, before): (&'a DocTurn<'a>, &'a ReadTurn<'a>)| match turn.fresh {
            true => ReadTurn::new(turn, earlier.lexicon),
            false => before.of(turn),
        };
        Self {
            turns: turns.map(read).collect(),
            lexicon: earlier.lexicon,
            document,
            earlier: Some(earlier),
        }
    }
}

impl<'a> ReadTurn<'a> {
    fn new(turn: &'a DocTurn<'a>, lexicon: &Lexicon) -> Self {
        let lower = lower_in_place(turn.text);
        let classes: Vec<Classes> = turn
            .tokens
            .iter()
            .map(|token| match token.kind {
                TokenKind::Word => lexicon.known(token.key, &lower[token.span.clone()]),
                TokenKind::Number | TokenKind::Mark => Classes::NONE,
            })
            .collect();
        let cased = turn.text.chars().any(char::is_lowercase);
        let mut read = Self {
            turn,
            lower: Cow::Owned(lower),
            english: is_english(turn, &classes),
            marks: classes.iter().fold(Classes::NONE, |all, c| all.with(*c)),
            classes: Cow::Owned(classes),
            cased,
            lacks: Cell::new(0),
        };
        if read.has(Classes::NEIGHBOURED) {
            read.join_states();
            read.settle_wards();
            read.settle_parted();
        }
        read
    }

    /// A state of two words is a state in both: neither is a name or a town. Nor
    /// is one that is another's name elsewhere.
    fn join_states(&mut self) {
        for i in 1..self.classes.len() {
            if ENDS_OF_STATES.has(self.key(i)) && is_state(self.word(i - 1), self.word(i)) {
                self.classes.to_mut()[i - 1..=i].fill(Classes::STATE);
            }
        }
        for i in 0..self.classes.len() {
            if self.classes[i].town_size() >= 3 && is_state_here(self, i) {
                self.classes.to_mut()[i] = Classes::STATE;
            }
        }
    }

    /// A place within a building is called by a letter or a number: its kind is
    /// nobody's name.
    fn settle_wards(&mut self) {
        for i in 1..self.classes.len() {
            let named = self.is_letter(i) || self.kind(i) == Some(TokenKind::Number);
            if named && WARDS.has(self.key(i - 1)) {
                self.classes.to_mut()[i - 1] = Classes::STOP;
            }
        }
    }

    /// A contraction of which the halves are written apart is nobody's name.
    fn settle_parted(&mut self) {
        for i in 1..self.classes.len() {
            let half = HALVES.place(self.key(i - 1));
            if half.is_some_and(|half| self.says(i, OTHER_HALVES[half])) {
                self.classes.to_mut()[i - 1..=i].fill(Classes::STOP);
            }
        }
    }

    /// What is known of `turn`, whose text is that of this one.
    fn of(&'a self, turn: &'a DocTurn<'a>) -> Self {
        Self {
            turn,
            lower: Cow::Borrowed(&self.lower),
            classes: Cow::Borrowed(&self.classes),
            marks: self.marks,
            cased: self.cased,
            english: self.english,
            lacks: self.lacks.clone(),
        }
    }

    /// Whether `matter` was looked for and is not there.
    pub(crate) fn lacks(&self, matter: Matter) -> bool {
        self.lacks.get() >> matter as u8 & 1 == 1
    }

    /// Notes that `matter` is not there.
    pub(crate) fn note_lack(&self, matter: Matter) {
        self.lacks.set(self.lacks.get() | 1 << matter as u8);
    }

    /// Whether the language gate takes every word of it for English.
    pub(crate) const fn is_english(&self) -> bool {
        self.english
    }

    /// Whether one of its words has one of `flags`.
    #[inline]
    pub(crate) const fn has(&self, flags: Classes) -> bool {
        self.marks.any(flags)
    }

    /// How many tokens it has.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.classes.len()
    }

    /// Token `i` in lower case; empty past the end.
    #[inline]
    pub(crate) fn word(&self, i: usize) -> &str {
        match self.turn.tokens.get(i) {
            Some(token) => &self.lower[token.span.clone()],
            None => "",
        }
    }

    /// Whether token `i` says `word`, with either kind of apostrophe.
    pub(crate) fn says(&self, i: usize, word: &str) -> bool {
        self.key(i) == Key::of(word)
    }

    /// The key of token `i`; [`Key::NONE`] past the end.
    #[inline]
    pub(crate) fn key(&self, i: usize) -> Key {
        self.turn.key(i)
    }

    /// What is known of token `i`; nothing past the end.
    #[inline]
    pub(crate) fn classes(&self, i: usize) -> Classes {
        self.classes.get(i).copied().unwrap_or_default()
    }

    /// The tokens that the bytes `span` touch.
    pub(crate) fn tokens_of(&self, span: &Range<usize>) -> Range<usize> {
        self.turn.tokens_of(span)
    }

    /// Whether token `i` is made of letters.
    #[inline]
    pub(crate) fn is_word(&self, i: usize) -> bool {
        self.kind(i) == Some(TokenKind::Word)
    }

    /// Where a title before token `i` would stand, the full stop that shortens it passed:
    /// `dr. [lund]`, `st. [brigid]`.
    pub(crate) fn title_before(&self, i: usize) -> Option<usize> {
        let stop = usize::from(i > 0 && self.is_mark(i - 1, "."));
        i.checked_sub(1 + stop)
    }

    /// Whether a new line begins with token `i`: forms are filled in by lines.
    pub(crate) fn is_new_line(&self, i: usize) -> bool {
        let tokens = &self.turn.tokens;
        let (Some(before), Some(token)) =
            (i.checked_sub(1).and_then(|b| tokens.get(b)), tokens.get(i))
        else {
            return false;
        };
        let gap = before.span.end..token.span.start;
        self.turn.text.as_bytes()[gap].contains(&b'\n')
    }

    /// What token `i` is made of; `None` past the end.
    #[inline]
    pub(crate) fn kind(&self, i: usize) -> Option<TokenKind> {
        self.turn.tokens.get(i).map(|token| token.kind)
    }

    /// Whether token `i` is the mark `mark`.
    #[inline]
    pub(crate) fn is_mark(&self, i: usize, mark: &str) -> bool {
        self.kind(i) == Some(TokenKind::Mark) && self.word(i) == mark
    }

    /// Whether token `i` is one letter.
    #[inline]
    pub(crate) fn is_letter(&self, i: usize) -> bool {
        self.turn.tokens.get(i).is_some_and(|token| token.letter)
    }

    /// Whether token `i` follows its predecessor without a space.
    pub(crate) fn is_joined(&self, i: usize) -> bool {
        self.turn.is_joined(i)
    }

    /// Whether token `i` begins a sentence, as far as marks tell.
    pub(crate) fn starts_sentence(&self, i: usize) -> bool {
        i == 0 || matches!(self.word(i - 1), "." | "?" | "!" | ":" | "\"" | "]" | "-")
    }

    /// Whether token `i` is written with a capital in a turn that has small
    /// letters too.
    pub(crate) fn is_capital(&self, i: usize) -> bool {
        self.cased && self.is_word(i) && self.turn.word(i).starts_with(char::is_uppercase)
    }

    /// Whether token `i` has a capital that no sentence's beginning explains.
    pub(crate) fn is_proper(&self, i: usize) -> bool {
        self.is_capital(i) && !self.starts_sentence(i)
    }

    /// Whether token `i` is written in capitals throughout: an abbreviation, whatever
    /// is its: `AC's`.
    pub(crate) fn is_all_capitals(&self, i: usize) -> bool {
        if !self.cased || !self.is_word(i) {
            return false;
        }
        let word = self.turn.word(i);
        let word = word.strip_suffix("'s").unwrap_or(word);
        !word.chars().any(char::is_lowercase) && word.chars().count() > 1
    }

    /// The bytes of tokens `from..to`, without a possessive `'s` at the end.
    pub(crate) fn span(&self, from: usize, to: usize) -> Range<usize> {
        let last = &self.turn.tokens[to - 1].span;
        let word = &self.lower[last.clone()];
        let cut = super::possessor(word).map_or(word.len(), str::len);
        self.turn.tokens[from].span.start..last.start + cut
    }
}

/// Whether every word of `turn`, of which `classes` is known, is one that the
/// language gate takes for English, as far as both cut words alike.
fn is_english(turn: &DocTurn<'_>, classes: &[Classes]) -> bool {
    let marks = turn.shape.marks;
    let mut tokens = turn.tokens.iter().zip(classes);
    turn.text.is_ascii()
        && !marks.has(b'\'')
        && !marks.has(BLANK as u8)
        && tokens
            .all(|(token, classes)| token.kind != TokenKind::Word || classes.any(Classes::ENGLISH))
}

/// Words of which the neighbours tell what they are.
pub(super) fn neighboured() -> impl Iterator<Item = &'static str> {
    let lists = [&ENDS_OF_STATES, &WARDS, &HALVES, &state::SHARED];
    lists.into_iter().flat_map(Words::iter)
}

/// First halves of contractions, as some cut them, `gon na`, and the other halves.
const HALVES: Words = words!["gim", "gon", "lem", "wan"];
const OTHER_HALVES: [&str; 4] = ["me", "na", "me", "na"];

/// Parts of a building that are called by a letter or a number.
const WARDS: Words = words!["bay", "bed", "ward", "wing"];

/// The second words of states of two words.
const ENDS_OF_STATES: Words = words![
    "carolina",
    "dakota",
    "hampshire",
    "island",
    "jersey",
    "mexico",
    "virginia",
];

/// Whether two words are a state; `new york` is a city first.
fn is_state(first: &str, second: &str) -> bool {
    matches!(
        (first, second),
        ("north" | "south", "carolina" | "dakota")
            | ("new", "hampshire" | "jersey" | "mexico")
            | ("rhode", "island")
            | ("west", "virginia")
    )
}

/// `text` in lower case, except characters whose lower case has another
/// length in bytes, so that offsets stay.
fn lower_in_place(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().map(lower_same_length).collect()
}

fn lower_same_length(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::document::Replaced;

    #[test]
    fn a_state_of_two_words_is_no_name() {
        let raw = crate::deid::tests::conversation(&["from south carolina to new jersey"]);
        let document = Document::new(&raw);
        let reading = Reading::new(&document, &crate::deid::lexicon::tests::LEXICON);
        let read = &reading.turns[0];
        for i in [1, 2, 4, 5] {
            assert_eq!(read.classes(i), Classes::STATE);
        }
    }

    #[test]
    fn what_is_lacking_is_looked_for_again_in_other_words_only() {
        let raw = crate::deid::tests::conversation(&["call me back", "thank you"]);
        let document = Document::new(&raw);
        let reading = Reading::new(&document, &crate::deid::lexicon::tests::LEXICON);
        let turns = &reading.turns;
        turns.iter().for_each(|turn| turn.note_lack(Matter::Cue));
        let views = ["call me", "thank you"].map(|text| (text, Replaced::NOTHING));
        let rewritten = document.rewritten(views.into_iter(), &[true, false]);
        let again = Reading::again(&rewritten, &reading);
        let lacks = |at: usize, matter| again.turns[at].lacks(matter);
        assert!(!lacks(0, Matter::Cue) && lacks(1, Matter::Cue) && !lacks(1, Matter::Day));
    }

    #[test]
    fn half_a_contraction_is_nobody() {
        let raw = crate::deid::tests::conversation(&["lem said i'm gon na go so lem me see"]);
        let document = Document::new(&raw);
        let reading = Reading::new(&document, &crate::deid::lexicon::tests::LEXICON);
        let read = &reading.turns[0];
        assert!(!read.classes(0).any(Classes::STOP));
        for i in [3, 4, 7, 8] {
            assert_eq!(read.classes(i), Classes::STOP, "{}", read.word(i));
        }
    }

    #[test]
    fn a_ward_with_a_letter_is_nobody() {
        let raw = crate::deid::tests::conversation(&["mrs ward is on ward c"]);
        let document = Document::new(&raw);
        let reading = Reading::new(&document, &crate::deid::lexicon::tests::LEXICON);
        let read = &reading.turns[0];
        assert!(read.classes(1).family() > 0);
        assert_eq!(read.classes(4), Classes::STOP);
    }

    #[test]
    fn lower_case_keeps_every_offset() {
        for text in ["JOSÉ İpek ß", "plain", "ÀÉ Ⱥ"] {
            let lower = lower_in_place(text);
            assert_eq!(lower.len(), text.len());
            assert!(text.char_indices().all(|(i, _)| lower.is_char_boundary(i)));
        }
        assert_eq!(lower_in_place("JOSÉ"), "josé");
    }
}
