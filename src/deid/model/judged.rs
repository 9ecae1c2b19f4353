//! How tests ask what the filters behind the model make of a value.

use std::ops::Range;

use crate::deid::document::Document;
use crate::deid::lexicon::tests::LEXICON;
use crate::deid::lexicon::{ReadTurn, Reading};
use crate::deid::tests::conversation;

use super::features::{Sight, TurnSight};

/// What `judge` says of `value` in `text`.
pub(super) fn in_turn<T>(
    judge: impl Fn(&ReadTurn<'_>, &Range<usize>) -> T,
    text: &str,
    value: &str,
) -> T {
    in_reading(text, |reading| {
        let turn = &reading.turns[0];
        judge(turn, &tokens(turn, text, value))
    })
}

/// The same, of a turn as the model sees it.
pub(super) fn in_sight<T>(
    judge: impl Fn(&TurnSight<'_>, &Range<usize>) -> T,
    text: &str,
    value: &str,
) -> T {
    in_reading(text, |reading| {
        let sight = Sight::new(reading, &[]);
        let turn = sight.turn(0).expect("a word that stands out");
        judge(&turn, &tokens(turn.turn, text, value))
    })
}

fn in_reading<T>(text: &str, ask: impl FnOnce(&Reading<'_>) -> T) -> T {
    let raw = conversation(&[text]);
    let document = Document::new(&raw);
    ask(&Reading::new(&document, &LEXICON))
}

fn tokens(turn: &ReadTurn<'_>, text: &str, value: &str) -> Range<usize> {
    let start = text.find(value).expect("said");
    turn.tokens_of(&(start..start + value.len()))
}
