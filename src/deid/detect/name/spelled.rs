//! Names said letter by letter: "j o h n", "S-M-I-T-H".

use std::ops::Range;

use crate::deid::lexicon::{Lexicon, ReadTurn};

use super::standing::{Standing, standing};

/// Fewest letters that make a spelled name without help.
const LETTERS: usize = 4;

/// The run of letters that begins at token `i`, if it spells something.
pub(super) fn letters_at(turn: &ReadTurn<'_>, i: usize, lexicon: &Lexicon) -> Option<Range<usize>> {
    if !turn.is_letter(i) || follows_letter(turn, i) {
        return None;
    }
    let (mut end, mut letters) = (i + 1, 1);
    while let Some(next) = next_letter(turn, end) {
        end = next;
        letters += 1;
    }
    if letters < LETTERS - 1 {
        return None;
    }
    let spelled = spelled(turn, i..end);
    let sayable = if is_announced(turn, i) {
        spelled.chars().any(|c| !spelled.starts_with(c))
    } else {
        letters >= LETTERS && is_name(turn, i, &spelled, lexicon)
    };
    sayable.then_some(i..end)
}

/// The letters of `tokens`, together.
fn spelled(turn: &ReadTurn<'_>, tokens: Range<usize>) -> String {
    tokens
        .filter(|&k| turn.is_letter(k))
        .map(|k| turn.word(k))
        .collect()
}

/// Whether `spelled` is a listed name or repeats the words before token `i`:
/// abbreviations are said letter by letter too.
fn is_name(turn: &ReadTurn<'_>, i: usize, spelled: &str, lexicon: &Lexicon) -> bool {
    standing(lexicon.get(spelled)) >= Standing::Rare
        || (i.saturating_sub(3)..i).any(|k| turn.word(k) == spelled)
}

/// One past the next letter of a run, a separator before it passed.
fn next_letter(turn: &ReadTurn<'_>, at: usize) -> Option<usize> {
    let at = at + usize::from(is_separator(turn, at));
    turn.is_letter(at).then_some(at + 1)
}

/// Whether token `i` is within a run: each run is looked at once.
fn follows_letter(turn: &ReadTurn<'_>, i: usize) -> bool {
    let separated = i > 1 && is_separator(turn, i - 1);
    i > 0 && turn.is_letter(i - 1 - usize::from(separated))
}

fn is_separator(turn: &ReadTurn<'_>, i: usize) -> bool {
    matches!(turn.word(i), "-" | "." | ",")
}

/// Whether the words before token `i` say that something is spelled.
fn is_announced(turn: &ReadTurn<'_>, i: usize) -> bool {
    (i.saturating_sub(5)..i).any(|k| {
        matches!(
            turn.word(k),
            "spell" | "spelled" | "spelling" | "spelt" | "name" | "surname" | "letters"
        )
    })
}
