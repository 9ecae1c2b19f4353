//! A conversation as detectors see it: turns, each cut once into tokens.

use std::borrow::Cow;
use std::ops::Range;

use crate::domain::{KnownValue, RawConversation, Role, TurnKind};

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
}

impl Shape {
    fn of(text: &str) -> Self {
        let mut shape = Self::default();
        let (mut run, mut before) = (0, b' ');
        for byte in text.bytes() {
            run = if byte.is_ascii_whitespace() {
                0
            } else {
                run + 1
            };
            shape.run = shape.run.max(run);
            shape.digits += usize::from(byte.is_ascii_digit());
            shape.camel |= before.is_ascii_lowercase() && byte.is_ascii_uppercase();
            before = byte;
        }
        shape
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
    /// False where an earlier reading saw the same text and found nothing in
    /// it: what looks at one turn alone need not look again.
    pub(crate) fresh: bool,
}

impl<'a> DocTurn<'a> {
    /// Cuts `text`.
    pub(crate) fn cut(role: Role, kind: TurnKind, text: &'a str) -> Self {
        Self {
            role,
            kind,
            text,
            tokens: Cow::Owned(tokenize(text)),
            shape: Shape::of(text),
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
    pub(crate) fn word(&self, i: usize) -> &str {
        &self.text[self.tokens[i].span.clone()]
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
        Self::viewed(conversation, texts)
    }

    /// Cuts `texts`, which stand for the turns of `conversation` in order.
    pub(crate) fn viewed(
        conversation: &'a RawConversation,
        texts: impl Iterator<Item = &'a str>,
    ) -> Self {
        let turns = conversation.turns.iter().zip(texts);
        Self {
            turns: turns
                .map(|(turn, text)| DocTurn::cut(turn.role, turn.kind, text))
                .collect(),
            known: &conversation.known,
            year: conversation.year,
        }
    }

    /// The same conversation with other texts: those of turns that `changed`,
    /// which is true too of every turn in which something was found.
    pub(crate) fn rewritten(
        &'a self,
        texts: impl Iterator<Item = &'a str>,
        changed: &[bool],
    ) -> Self {
        let turns = self.turns.iter().zip(texts).zip(changed);
        Self {
            turns: turns
                .map(|((turn, text), changed)| match changed {
                    true => DocTurn::cut(turn.role, turn.kind, text),
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
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 5);
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let kind = kind_of(c);
        let mut end = start + c.len_utf8();
        while let Some(&(at, next)) = chars.peek() {
            if !continues(kind, c == BLANK, next, &text[at..]) {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        tokens.push(Token {
            span: start..end,
            kind,
        });
    }
    tokens
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

/// Whether `next`, the first character of `rest`, belongs to a token of `kind`;
/// `blank` says that the token is one of [`BLANK`].
fn continues(kind: TokenKind, blank: bool, next: char, rest: &str) -> bool {
    match kind {
        TokenKind::Word if is_apostrophe(next) => {
            rest.chars().nth(1).is_some_and(char::is_alphabetic)
        }
        TokenKind::Word => next.is_alphabetic() || is_combining(next),
        TokenKind::Number => next.is_numeric(),
        TokenKind::Mark => next == BLANK && blank,
    }
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
        for (text, digits, run, camel) in [
            ("", 0, 0, false),
            ("is 12 B4", 3, 2, false),
            ("patientMrn ok", 0, 10, true),
            ("McX é", 0, 3, true),
        ] {
            let expected = Shape { digits, run, camel };
            assert_eq!(Shape::of(text), expected, "{text}");
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
