//! Initials, which are parts of a name: "my initials are j k", "initials JK".

use std::ops::Range;

use crate::deid::lexicon::ReadTurn;
use crate::deid::word::words;

/// Most tokens between the word and the letters.
const NEAR: usize = 5;

/// Most letters.
const MOST: usize = 4;

/// The initials that the word at token `i` announces.
pub(super) fn after_word(turn: &ReadTurn<'_>, i: usize) -> Option<Range<usize>> {
    if !words!["by", "initial", "initials", "read"].has(turn.key(i)) {
        return None;
    }
    let signed = match turn.word(i) {
        "by" => {
            i > 0 && words!["dictated", "reviewed", "transcribed", "typed"].has(turn.key(i - 1))
        }
        "read" => i > 0 && turn.word(i - 1) == "not",
        _ => true,
    };
    if !signed {
        return None;
    }
    let start = (i + 1..turn.len().min(i + NEAR)).find(|&k| !is_link(turn, k))?;
    let (mut end, mut letters) = (start, 0);
    let mut at = start;
    while turn.is_letter(at) && letters < MOST {
        letters += 1;
        end = at + 1;
        at = end + usize::from(matches!(turn.word(end), "." | "," | "-"));
    }
    if letters >= 2 {
        let dotted = turn.is_mark(end, ".") && turn.is_mark(start + 1, ".");
        return Some(start..end + usize::from(dotted));
    }
    let short = turn.word(start).len() <= MOST;
    (short && turn.is_all_capitals(start)).then_some(start..start + 1)
}

fn is_link(turn: &ReadTurn<'_>, k: usize) -> bool {
    !turn.is_all_capitals(k)
        && matches!(
            turn.word(k),
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
