//! Answers that are a word: passwords, names on the net.

use std::ops::Range;

use crate::deid::detect::cue::{Form, Kind};
use crate::deid::document::{DocTurn, TokenKind};
use crate::deid::word::{Words, words};
use crate::domain::Category;

use super::super::street::is_sentence_word;
use super::cut::is_led_in;

/// Whether a word alone may be of `kind`.
pub(super) fn may_be_word(kind: Kind) -> bool {
    kind.category == Category::Username || kind.form != Form::Number && kind.rule == PASSWORD
}

/// The rule of cues whose values are words as often as not.
pub(super) const PASSWORD: &str = "password";

/// What is wrong with a password, or right.
pub(in crate::deid::detect) const STATES: Words = words![
    "accepted",
    "active",
    "bad",
    "blocked",
    "compromised",
    "correct",
    "disabled",
    "empty",
    "expired",
    "expiring",
    "good",
    "incorrect",
    "invalid",
    "locked",
    "long",
    "missing",
    "off",
    "ok",
    "outdated",
    "rejected",
    "required",
    "reset",
    "right",
    "saved",
    "short",
    "stuck",
    "updated",
    "valid",
    "weak",
    "worked",
    "working",
    "works",
    "wrong",
];

/// The one word of `shortest` letters or more that the tokens `body` are, where
/// it refuses nothing.
pub(super) fn word_of(
    turn: &DocTurn<'_>,
    body: Range<usize>,
    shortest: usize,
) -> Option<Range<usize>> {
    const NONE: Words = words![
        "absolutely",
        "address",
        "again",
        "all",
        "amazing",
        "bad",
        "available",
        "blank",
        "both",
        "call",
        "cannot",
        "can't",
        "check",
        "clue",
        "cool",
        "different",
        "don't",
        "either",
        "fine",
        "forgot",
        "forgotten",
        "good",
        "hello",
        "help",
        "how",
        "idea",
        "incorrect",
        "invalid",
        "locked",
        "ma'am",
        "maam",
        "madam",
        "mam",
        "maybe",
        "much",
        "name",
        "neither",
        "never",
        "none",
        "nope",
        "not",
        "nothing",
        "password",
        "private",
        "ready",
        "same",
        "secret",
        "sir",
        "still",
        "too",
        "unknown",
        "unsure",
        "username",
        "what",
        "whatever",
        "which",
        "who",
        "why",
        "won't",
        "yup",
    ];
    const PARTING: Words = words![
        "?",
        "thank",
        "thanks",
        "bye",
        "goodbye",
        "appreciate",
        "welcome",
        "sorry",
    ];
    let said = |i: &usize| turn.tokens[*i].kind != TokenKind::Mark && !is_led_in(turn, *i);
    let end = body.clone().rev().find(said)? + 1;
    if (0..body.end).any(|i| turn.is_of(i, PARTING)) {
        return None;
    }
    let word = turn.word(body.start);
    let telling = turn.tokens[body.start].kind == TokenKind::Word
        && word.len() >= shortest
        && !is_sentence_word(turn.key(body.start))
        && !turn.is_of(body.start, NONE)
        && !turn.is_of(body.start, STATES);
    (body.start + 1 == end && telling).then_some(body.start..end)
}
