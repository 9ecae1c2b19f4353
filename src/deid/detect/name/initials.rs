//! Initials, which are parts of a name: "my initials are j k", "initials JK".

use std::ops::Range;

use crate::deid::lexicon::ReadTurn;
use crate::deid::word::{Words, says, words};

/// Most tokens between the word and the letters.
const NEAR: usize = 5;

/// Most letters.
const MOST: usize = 4;

/// The initials that the word at token `i` announces.
pub(super) fn after_word(turn: &ReadTurn<'_>, i: usize) -> Option<Range<usize>> {
    if !words!["by", "initial", "initials", "read"].has(turn.key(i)) {
        return None;
    }
    const WRITES: Words = words!["dictated", "reviewed", "transcribed", "typed"];
    let signed = match turn.word(i) {
        "by" if i > 0 && WRITES.has(turn.key(i - 1)) => true,
        "read" if i > 0 && says!(turn, i - 1, "not") && is_dictated(turn, i - 1) => true,
        "by" | "read" => return None,
        _ => false,
    };
    let start = (i + 1..turn.len().min(i + NEAR)).find(|&k| !is_link(turn, k))?;
    let (mut end, mut letters) = (start, 0);
    let mut at = start;
    while turn.is_letter(at) && letters < MOST {
        letters += 1;
        end = at + 1;
        at = end + usize::from(says!(turn, end, "." | "," | "-"));
    }
    if signed && is_credential(turn, start..end) {
        return None;
    }
    if letters >= 2 {
        let dotted = turn.is_mark(end, ".") && turn.is_mark(start + 1, ".");
        return Some(start..end + usize::from(dotted));
    }
    let short = turn.word(start).len() <= MOST;
    (short && turn.is_all_capitals(start)).then_some(start..start + 1)
}

/// Whether it is said right before token `not` that a letter was dictated: `dictated but
/// not read`; an eye chart is `not read` as well.
fn is_dictated(turn: &ReadTurn<'_>, not: usize) -> bool {
    (not.saturating_sub(2)..not).any(|k| says!(turn, k, "dictated"))
}

/// Whether the letters `tokens` tell what somebody is, and no name: `by an [m d]`.
fn is_credential(turn: &ReadTurn<'_>, tokens: Range<usize>) -> bool {
    const ROLES: [&str; 7] = ["md", "do", "rn", "np", "pa", "apa", "anp"];
    let letters = || tokens.clone().filter(|&k| turn.is_letter(k));
    let is = |role: &&str| {
        letters().count() == role.len()
            && letters()
                .zip(role.chars())
                .all(|(k, c)| turn.word(k).starts_with(c))
    };
    ROLES.iter().any(is)
}

fn is_link(turn: &ReadTurn<'_>, k: usize) -> bool {
    !turn.is_all_capitals(k)
        && says!(
            turn,
            k,
            "are"
                | "is"
                | "were"
                | "as"
                | "here"
                | ","
                | ":"
                | "-"
                | "be"
                | "uh"
                | "um"
                | "just"
                | "you"
                | "know"
        )
}
