//! Names spelled in the words of radio operators: `delta, oscar, whiskey`.

use std::ops::Range;

use crate::deid::lexicon::ReadTurn;
use crate::deid::spoken::is_radio;
use crate::deid::word::{Key, Words, words};

use super::spelled::is_separator;

/// Fewest such words in a row: `golf hotel` is one of its own.
const FEWEST: usize = 3;

/// The run of radio operators' words that begins at token `i`, letters among
/// them.
pub(super) fn run_at(turn: &ReadTurn<'_>, i: usize) -> Option<Range<usize>> {
    if !is_told(turn, i) || follows(turn, i) {
        return None;
    }
    let (mut end, mut told) = (i + 1, 1);
    while let Some(at) = next(turn, end) {
        told += usize::from(is_told(turn, at));
        end = at + 1;
    }
    (told >= FEWEST).then_some(i..end)
}

/// Whether token `i` is a radio operators' word, one of which is a month.
fn is_told(turn: &ReadTurn<'_>, i: usize) -> bool {
    const MONTH: Key = Key::of("november");
    is_radio(turn.key(i)) || turn.key(i) == MONTH
}

/// Whether token `i` is within a run: each is looked at once.
fn follows(turn: &ReadTurn<'_>, i: usize) -> bool {
    let apart = usize::from(i > 1 && is_separator(turn, i - 1));
    i > apart && is_told(turn, i - 1 - apart)
}

/// The next word or letter of a run that goes on at token `at`, what is
/// murmured before it passed.
fn next(turn: &ReadTurn<'_>, at: usize) -> Option<usize> {
    const MOST: usize = 3;
    const BETWEEN: Words = words!["and", "double", "then", "uh", "um"];
    let between = |k: &usize| is_separator(turn, *k) || BETWEEN.has(turn.key(*k));
    let at = at + (at..at + MOST).take_while(between).count();
    (at < turn.len() && (is_told(turn, at) || turn.is_letter(at))).then_some(at)
}

#[cfg(test)]
mod tests {
    use crate::deid::detect::name::tests::check_line as check;

    #[test]
    fn names_are_spelled_as_by_radio() {
        check(
            "it's november oscar victor alpha kilo",
            &["november oscar victor alpha kilo"],
        );
        check(
            "Uniform, India, um, Golf, L, Echo. right",
            &["Uniform, India, um, Golf, L, Echo"],
        );
        check(
            "tango hotel double lima echo",
            &["tango hotel double lima echo"],
        );
    }

    #[test]
    fn two_in_a_row_say_what_they_say() {
        for text in [
            "at the golf hotel",
            "the alpha echo was loud",
            "we saw india in november",
        ] {
            check(text, &[]);
        }
    }
}
