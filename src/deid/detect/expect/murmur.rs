//! What people say while they listen, which is no answer and ends none.

use crate::deid::detect::units::is_quantity;
use crate::deid::document::{DocTurn, Token, TokenKind};
use crate::deid::word::{Words, words};

/// Whether `turn` is too short to speak of something else, asks nothing and
/// measures nothing.
pub(super) fn is_aside(turn: &DocTurn<'_>) -> bool {
    const LONGEST: usize = 5;
    let asks = (0..turn.tokens.len()).any(|i| turn.word(i) == "?");
    let measures = |token: &Token| {
        let parted = turn.text[token.span.end..].strip_prefix('.');
        let decimal = parted.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        token.kind == TokenKind::Number && (decimal || is_quantity(turn.text, token.span.end))
    };
    turn.tokens.len() <= LONGEST && !asks && !turn.tokens.iter().any(measures)
}

/// Whether `turn` says nothing, as people do while they listen.
pub(super) fn is_murmur(turn: &DocTurn<'_>) -> bool {
    const LONGEST: usize = 12;
    turn.tokens.len() <= LONGEST && (0..turn.tokens.len()).all(|i| is_murmured(turn, i))
}

/// Whether token `i` is a mark, or a word that people say while they listen.
pub(super) fn is_murmured(turn: &DocTurn<'_>, i: usize) -> bool {
    const WORDS: Words = words![
        "absolutely",
        "actually",
        "ah",
        "ahead",
        "alright",
        "and",
        "certainly",
        "continue",
        "correct",
        "er",
        "exactly",
        "finally",
        "followed",
        "go",
        "good",
        "got",
        "great",
        "hang",
        "hm",
        "hmm",
        "hold",
        "huh",
        "i",
        "i'm",
        "inaudible",
        "is",
        "it",
        "it's",
        "its",
        "last",
        "let",
        "listening",
        "me",
        "mhm",
        "mm",
        "mmhmm",
        "mmm",
        "next",
        "no",
        "oh",
        "ok",
        "okay",
        "on",
        "or",
        "perfect",
        "please",
        "ready",
        "repeat",
        "rest",
        "right",
        "see",
        "so",
        "sorry",
        "still",
        "sure",
        "thank",
        "thanks",
        "that",
        "that's",
        "the",
        "then",
        "this",
        "uh",
        "uhm",
        "um",
        "very",
        "wait",
        "we're",
        "well",
        "yeah",
        "yep",
        "yes",
        "yup",
        "you",
        "you're",
    ];
    turn.tokens[i].kind == TokenKind::Mark && !turn.is_blank(i) || turn.is_of(i, WORDS)
}
