//! What surrounds an answer: its introduction, its ending, its corrections.

use std::ops::Range;

use crate::deid::document::DocTurn;
use crate::deid::word::{Phrases, Words, phrases, words};

use super::super::code;
use super::super::murmur::is_murmured;
use super::super::street::is_aside;
use super::super::talk::{is_said, number, said_of};

/// The stretches of `turn` between corrections, introductions and endings
/// taken off.
pub(super) fn segments(turn: &DocTurn<'_>) -> Vec<Range<usize>> {
    const TAKEN_BACK: Words = words!["wait", "scratch", "oops", "sorry", "correction", "actually"];
    let end = tail(turn);
    let mut out = Vec::new();
    let mut from = 0;
    for i in 0..end {
        // `seven three not seventeen`
        let no = turn.is_of(i, words!["no", "not"]) && i > from;
        if no || turn.is_of(i, TAKEN_BACK) || is_said(turn, i, phrases!["hang on"]) {
            out.push(from..i);
            from = i + 1;
        }
    }
    out.push(from..end);
    out.extend(corrected(turn, end));
    out.retain(|segment| !segment.is_empty());
    out
}

/// What is said instead of an answer that the words at token `at` take back:
/// `that's the old one, it's [k two nine]`.
fn corrected(turn: &DocTurn<'_>, at: usize) -> Option<Range<usize>> {
    const MOST: usize = 6;
    const TAKEN_BACK: Phrases = phrases!["that's the old", "that's wrong", "that's not"];
    said_of(turn, at, TAKEN_BACK)?;
    let is = |i: &usize| turn.is_of(*i, words!["it's", "its", "now", "is"]);
    let from = (at..turn.tokens.len().min(at + MOST)).find(is)? + 1;
    Some(from..tail_from(turn, from + 1))
}

/// Where what people add to an answer begins: `… if that helps`.
pub(in crate::deid::detect::expect) fn tail(turn: &DocTurn<'_>) -> usize {
    tail_from(turn, 1)
}

/// The same from token `from` on.
fn tail_from(turn: &DocTurn<'_>, from: usize) -> usize {
    const TAILS: Phrases = phrases![
        "all lower case",
        "all lowercase",
        "all one word",
        "no spaces",
        "if that helps",
        "if you need",
        "if that's",
        "i hope",
        "hope that",
        "did you get",
        "do you need",
        "can you hear",
        "thank you",
        "thanks",
        "that's the old",
        "that's wrong",
        "that's not",
        "got it",
        "okay ?",
    ];
    let tail = |i: &usize| is_said(turn, *i, TAILS);
    (from..turn.tokens.len())
        .find(tail)
        .unwrap_or(turn.tokens.len())
}

/// Whether token `i` only leads to an answer, or follows it.
pub(in crate::deid::detect::expect) fn is_led_in(turn: &DocTurn<'_>, i: usize) -> bool {
    const LEADS: Words = words![
        "be", "bear", "believe", "do", "find", "found", "get", "glasses", "guess", "had", "have",
        "here", "let's", "mean", "moment", "my", "one", "say", "says", "sec", "second", "should",
        "think", "to", "was", "with", "would", "old", "wrong", "a",
    ];
    is_aside(turn, i) || is_murmured(turn, i) || turn.is_of(i, LEADS)
}

/// Where what is said in `segment` begins, its introduction left out.
pub(super) fn start(turn: &DocTurn<'_>, segment: &Range<usize>) -> usize {
    let pause = |i: usize| {
        turn.is_of(i, words!["one", "a"])
            && turn.is_of(i + 1, words!["moment", "second", "sec", "minute"])
    };
    let mut at = segment.start;
    while at < segment.end {
        if pause(at) {
            at += 2;
        } else if is_led_in(turn, at) && !code::is_code(turn, at) && !number(turn, at) {
            at += 1;
        } else {
            break;
        }
    }
    at
}
