//! Names of places and firms said letter by letter, by the letters alone or
//! with words that tell them: `t a r n`, `t as in tom a as in …`.

use crate::deid::detect::name::{is_separator, past_telling};
use crate::deid::lexicon::ReadTurn;

/// Fewest letters that spell a name.
const FEWEST: usize = 3;

/// Most tokens of a spelled name.
const LONGEST: usize = 96;

/// One past the letters with which a spelled name begins at token `i`.
pub(super) fn letters_end(turn: &ReadTurn<'_>, i: usize) -> Option<usize> {
    let (mut end, mut at, mut letters) = (i, i, 0);
    while turn.is_letter(at) && at - i < LONGEST {
        letters += 1;
        end = past_telling(turn, at);
        at = end + usize::from(is_separator(turn, end));
    }
    (letters >= FEWEST).then_some(end)
}

/// The first token of the letters that end before token `end` and spell a
/// name.
pub(super) fn letters_before(turn: &ReadTurn<'_>, end: usize) -> Option<usize> {
    let (mut start, mut letters) = (end, 0);
    while letters < LONGEST
        && let Some(letter) = letter_before(turn, start)
    {
        letters += 1;
        let parted = letter > 0 && is_separator(turn, letter - 1);
        let more = letter_before(turn, letter - usize::from(parted)).is_some();
        start = letter - usize::from(parted && more);
        if !more {
            start = letter;
            break;
        }
    }
    (letters >= FEWEST).then_some(start)
}

/// The letter that ends right before token `end`, with or without a word that
/// tells it.
fn letter_before(turn: &ReadTurn<'_>, end: usize) -> Option<usize> {
    [1, 3, 4].into_iter().find_map(|back| {
        let at = end.checked_sub(back)?;
        (turn.is_letter(at) && (back == 1 || past_telling(turn, at) == end)).then_some(at)
    })
}
