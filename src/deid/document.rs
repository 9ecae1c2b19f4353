//! A conversation as detectors see it: turns, each cut once into tokens.

use std::borrow::Cow;
use std::ops::Range;

use crate::domain::{Category, KnownValue, RawConversation, Role, TurnKind};

use super::word::{Key, Words};

/// Stands, byte for byte, where a placeholder stood, so that no detector reads
/// a placeholder's own word or number. A run of it is one [`TokenKind::Mark`].
pub(crate) const BLANK: char = '\u{1}';

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Letters, with inner apostrophes: `o'brien`, `parkinson's`.
    Word,
    /// Decimal digits.
    Number,
    /// Anything else that is not white space, one character a token; a run of
    /// [`BLANK`] is one token.
    Mark,
}

/// A token: bytes of its turn's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Bytes of the turn's text.
    pub(crate) span: Range<usize>,
    /// What it is made of.
    pub(crate) kind: TokenKind,
    /// Whether it is a word of one letter.
    pub(crate) letter: bool,
    /// Itself, as words are compared.
    pub(crate) key: Key,
}

/// What the characters of a text are, in one look at each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// How many are ASCII digits.
    pub(crate) digits: usize,
    /// The longest run without ASCII white space, in bytes.
    pub(crate) run: usize,
    /// A capital follows a small letter: `patientMrn`.
    pub(crate) camel: bool,
    /// A letter stands beside a digit: `58yo`.
    pub(crate) mixed: bool,
    /// Which marks it has.
    pub(crate) marks: Marks,
}

/// Marks of ASCII, a bit for each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Marks(u128);

impl Marks {
    /// Whether `mark`, of ASCII, is one of them.
    pub(crate) const fn has(self, mark: u8) -> bool {
        self.0 >> mark & 1 == 1
    }

    /// Adds `mark`, if it is of ASCII.
    const fn add(&mut self, mark: u8) {
        if mark.is_ascii() {
            self.0 |= 1 << mark;
        }
    }
}

/// What placeholders stand for, by category.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Replaced(u32);

impl Replaced {
    /// None.
    pub(crate) const NOTHING: Self = Self(0);

    /// Adds a placeholder of `category`.
    pub(crate) const fn add(&mut self, category: Category) {
        self.0 |= 1 << category.index();
    }

    /// Whether nothing is replaced.
    pub(crate) const fn is_nothing(self) -> bool {
        self.0 == 0
    }

    /// Whether a value of `category` is replaced.
    pub(crate) const fn has(self, category: Category) -> bool {
        self.0 >> category.index() & 1 == 1
    }
}

/// One turn, cut into tokens.
#[derive(Debug)]
pub(crate) struct DocTurn<'a> {
    pub(crate) role: Role,
    pub(crate) kind: TurnKind,
    pub(crate) text: &'a str,
    pub(crate) tokens: Cow<'a, [Token]>,
    /// What its characters are.
    pub(crate) shape: Shape,
    /// What its placeholders stand for.
    pub(crate) replaced: Replaced,
    /// False where an earlier reading saw the same text and found nothing in
    /// it: what looks at one turn alone need not look again.
    pub(crate) fresh: bool,
}

impl<'a> DocTurn<'a> {
    /// Cuts `text`.
    pub(crate) fn cut(role: Role, kind: TurnKind, text: &'a str) -> Self {
        let (tokens, shape) = cut(text);
        Self {
            role,
            kind,
            text,
            tokens: Cow::Owned(tokens),
            shape,
            replaced: Replaced::NOTHING,
            fresh: true,
        }
    }

    /// The same turn, once it has been read and nothing was found.
    fn read(&'a self) -> Self {
        Self {
            tokens: Cow::Borrowed(&self.tokens),
            fresh: false,
            ..*self
        }
    }

    /// The text of token `i`.
    #[inline]
    pub(crate) fn word(&self, i: usize) -> &str {
        &self.text[self.tokens[i].span.clone()]
    }

    /// Whether a placeholder stood where token `i` is.
    pub(crate) fn is_blank(&self, i: usize) -> bool {
        self.word(i).starts_with(BLANK)
    }

    /// Whether token `i` follows its predecessor without a space; none does past the end.
    #[inline]
    pub(crate) fn is_joined(&self, i: usize) -> bool {
        i > 0 && i < self.tokens.len() && self.tokens[i - 1].span.end == self.tokens[i].span.start
    }

    /// The tokens that the bytes `span` touch.
    pub(crate) fn tokens_of(&self, span: &Range<usize>) -> Range<usize> {
        let first = self.tokens.partition_point(|t| t.span.end <= span.start);
        let rest = self.tokens[first..].iter();
        first..first + rest.take_while(|t| t.span.start < span.end).count()
    }

    /// The key of token `i`; [`Key::NONE`] past the end.
    #[inline]
    pub(crate) fn key(&self, i: usize) -> Key {
        self.tokens.get(i).map_or(Key::NONE, |token| token.key)
    }

    /// Whether token `i` is one of `words`; none is past the end.
    #[inline]
    pub(crate) fn is_of(&self, i: usize, words: Words) -> bool {
        words.has(self.key(i))
    }
}

/// A conversation, cut into tokens.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    pub(crate) turns: Vec<DocTurn<'a>>,
    pub(crate) known: &'a [KnownValue],
    /// The year in which the conversation began.
    pub(crate) year: Option<i16>,
}

impl<'a> Document<'a> {
    /// Cuts every turn of `conversation`.
    #[cfg(test)]
    pub(crate) fn new(conversation: &'a RawConversation) -> Self {
        let texts = conversation.turns.iter().map(|t| t.text.expose().as_str());
        Self::viewed(conversation, texts.map(|text| (text, Replaced::NOTHING)))
    }

    /// Cuts `texts`, which stand for the turns of `conversation` in order, with
    /// what their placeholders stand for.
    pub(crate) fn viewed(
        conversation: &'a RawConversation,
        texts: impl Iterator<Item = (&'a str, Replaced)>,
    ) -> Self {
        let turns = conversation.turns.iter().zip(texts);
        Self {
            turns: turns
                .map(|(turn, (text, replaced))| DocTurn {
                    replaced,
                    ..DocTurn::cut(turn.role, turn.kind, text)
                })
                .collect(),
            known: &conversation.known,
            year: conversation.year,
        }
    }

    /// The same conversation with other texts: those of turns that `changed`,
    /// which is true too of every turn in which something was found.
    pub(crate) fn rewritten(
        &'a self,
        texts: impl Iterator<Item = (&'a str, Replaced)>,
        changed: &[bool],
    ) -> Self {
        let turns = self.turns.iter().zip(texts).zip(changed);
        Self {
            turns: turns
                .map(|((turn, (text, replaced)), changed)| match changed {
                    true => DocTurn {
                        replaced,
                        ..DocTurn::cut(turn.role, turn.kind, text)
                    },
                    false => turn.read(),
                })
                .collect(),
            known: self.known,
            year: self.year,
        }
    }
}

/// Cuts `text` into tokens; white space belongs to none.
pub(crate) fn tokenize(text: &str) -> Vec<Token> {
    cut(text).0
}

/// Cuts `text` into tokens, and tells what its characters are.
fn cut(text: &str) -> (Vec<Token>, Shape) {
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 4 + 2);
    let mut shape = Shape::default();
    let (mut at, mut run) = (0, 0);
    while let Some(c) = char_at(text, at) {
        let after = at + c.len_utf8();
        if c.is_whitespace() {
            if c.is_ascii_whitespace() {
                shape.run = shape.run.max(at - run);
                run = after;
            }
            at = after;
            continue;
        }
        if let Some(word) = plain_word(text, at) {
            at = word.span.end;
            tokens.push(word);
            continue;
        }
        let kind = kind_of(c);
        let end = match kind {
            TokenKind::Word => word_end(text, after),
            TokenKind::Number => run_end(text, after, char::is_numeric),
            TokenKind::Mark if c == BLANK => run_end(text, after, |next| next == BLANK),
            TokenKind::Mark => after,
        };
        shape.add(kind, &text.as_bytes()[at..end]);
        if kind == TokenKind::Number {
            let word = |t: &Token| t.kind == TokenKind::Word && t.span.end == at;
            let before = tokens.last().is_some_and(word);
            shape.mixed |= before || char_at(text, end).is_some_and(char::is_alphabetic);
        }
        tokens.push(Token {
            span: at..end,
            kind,
            letter: kind == TokenKind::Word && end == after,
            key: Key::at(text, at, end),
        });
        at = end;
    }
    shape.run = shape.run.max(at - run);
    (tokens, shape)
}

/// The word at byte `at` of `text`, where it is short and of small ASCII letters
/// after its first.
#[inline]
fn plain_word(text: &str, at: usize) -> Option<Token> {
    let (length, key, capital) = Key::plain(*text.as_bytes().get(at..)?.first_chunk()?)?;
    (!capital).then_some(Token {
        span: at..at + length,
        kind: TokenKind::Word,
        letter: length == 1,
        key,
    })
}

impl Shape {
    fn add(&mut self, kind: TokenKind, token: &[u8]) {
        match kind {
            TokenKind::Word => {
                let turns = |w: &[u8]| w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase();
                let capital = |any: bool, byte: &u8| any | byte.is_ascii_uppercase();
                if token[1..].iter().fold(false, capital) {
                    self.camel |= token.windows(2).any(turns);
                }
            }
            TokenKind::Number => {
                self.digits += token.iter().filter(|b| b.is_ascii_digit()).count();
            }
            TokenKind::Mark => self.marks.add(token[0]),
        }
    }
}

/// The character at byte `at` of `text`, where one begins.
fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at)? {
        byte if byte.is_ascii() => Some(char::from(*byte)),
        _ => text[at..].chars().next(),
    }
}

fn kind_of(c: char) -> TokenKind {
    if c.is_alphabetic() {
        TokenKind::Word
    } else if c.is_numeric() {
        TokenKind::Number
    } else {
        TokenKind::Mark
    }
}

/// Where the word ends of which a part ends at byte `at`.
fn word_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        while bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            at += 1;
        }
        let Some(c) = odd_char_at(text, at) else {
            return at;
        };
        let after = at + c.len_utf8();
        let goes_on = c.is_alphabetic()
            || is_combining(c)
            || is_apostrophe(c) && char_at(text, after).is_some_and(char::is_alphabetic);
        if !goes_on {
            return at;
        }
        at = after;
    }
}

/// The character at byte `at` of `text`, if a word may go on with it: most end
/// with a plain one.
fn odd_char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at)? {
        b'\'' => Some('\''),
        byte if byte.is_ascii() => None,
        _ => text[at..].chars().next(),
    }
}

/// Where the characters end from byte `at` on of which `is` is true.
fn run_end(text: &str, mut at: usize, is: impl Fn(char) -> bool) -> usize {
    while let Some(c) = char_at(text, at).filter(|c| is(*c)) {
        at += c.len_utf8();
    }
    at
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

const fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let words: Vec<&str> = tokenize(text).into_iter().map(|t| &text[t.span]).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn a_shape_tells_what_characters_are() {
        for (text, digits, run, camel, mixed, marks) in [
            ("", 0, 0, false, false, ""),
            ("is 12 B4", 3, 2, false, true, ""),
            ("is 58yo", 2, 4, false, true, ""),
            ("is 58 yo b-4", 3, 3, false, false, "-"),
            ("patientMrn ok", 0, 10, true, false, ""),
            ("McX é", 0, 3, true, false, ""),
            ("a.b @ \u{2026} a-", 0, 3, false, false, ".@-"),
        ] {
            let shape = cut(text).1;
            let found = (shape.digits, shape.run, shape.camel, shape.mixed);
            assert_eq!(found, (digits, run, camel, mixed), "{text}");
            let has = |mark: &u8| shape.marks.has(*mark);
            let count = (0..128).filter(has).count();
            assert!(marks.bytes().all(|mark| has(&mark)) && count == marks.len());
        }
    }

    #[test]
    fn categories_of_placeholders_are_kept_apart() {
        assert!(Category::ALL.len() <= u32::BITS as usize);
        let mut replaced = Replaced::NOTHING;
        replaced.add(Category::Phone);
        for category in Category::ALL {
            assert_eq!(replaced.has(category), category == Category::Phone);
        }
    }

    #[test]
    fn words_numbers_and_marks_part() {
        check("it's o'brien , 58yo", &["it's", "o'brien", ",", "58", "yo"]);
        check("a-b 3.5", &["a", "-", "b", "3", ".", "5"]);
        check("  José\u{301} ' x", &["José\u{301}", "'", "x"]);
        check("a \u{1}\u{1}\u{1}!", &["a", "\u{1}\u{1}\u{1}", "!"]);
        check("", &[]);
    }
}
