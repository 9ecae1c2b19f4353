//! What was said in words, as one would write it: `five five five one two
//! double three` is `5551233`, `john dot smith at gmail dot com` is
//! `john.smith@gmail.com`. Every byte of the written view leads back to the
//! words it stands for, so that the detectors of written forms read it as they
//! read everything else.
//!
//! ```text
//! words    what a word may stand for
//! item     a digit, a pair, a cardinal, an ordinal
//! letter   a letter, with its `as in john`
//! run      items that belong together, past what is muttered between them
//! date     runs that are a date in numbers
//! coded    runs that identify by how they are said
//! net      electronic mail and web addresses
//! view     the text with its runs written out, and the way back
//! dialogue a conversation with the views of its turns
//! ```

mod coded;
mod date;
mod dialogue;
mod item;
mod letter;
mod net;
mod reading;
mod run;
#[cfg(test)]
mod tests;
mod view;
mod words;

use std::borrow::Cow;

use super::document::DocTurn;
use super::word::Key;
use crate::domain::{Role, TurnKind};

pub(crate) use dialogue::Dialogue;
pub(crate) use reading::is_test;
use view::View;
pub(crate) use words::{
    DIGITS, TEENS, TENS, begins_date, digits_at, digits_of, is_number_word, month, openers,
    ordinal, teen, tens, unit,
};

/// Whether `word` is a part of a date: a month, a day said as an ordinal.
pub(crate) fn is_date_word(word: Key) -> bool {
    matches!(words::say(word), words::Say::Month | words::Say::Ordinal(_))
}

/// Whether `word` is one of the radio alphabet: `hotel`.
pub(crate) fn is_radio(word: Key) -> bool {
    matches!(words::say(word), words::Say::Radio(_))
}

/// `text` as one would write it.
pub(crate) fn written(text: &str) -> Cow<'_, str> {
    let turn = DocTurn::cut(Role::Other, TurnKind::Speech, text);
    View::of(&turn).map_or(Cow::Borrowed(text), |view| Cow::Owned(view.text))
}
