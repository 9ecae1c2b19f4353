//! Names that are ordinary words, or in no list, where somebody is spoken to or
//! with by them.

use crate::deid::document::TokenKind;
use crate::deid::lexicon::ReadTurn;
use crate::deid::word::{Words, says, words};

use super::slot::is_end_or_mark;
use super::standing::{Standing, standing};

/// Titles that are nothing else, as `miss` and `missus` are.
pub(super) const COURTESIES: Words = words!["mister", "mr", "mrs", "ms"];

/// Whether somebody is spoken with whose name is token `i`: `am i speaking with
/// [drew]`, `you're chatting with [art] how can i`.
pub(super) fn is_met(turn: &ReadTurn<'_>, i: usize) -> bool {
    let with = i > 1
        && says!(turn, i - 1, "with" | "to")
        && says!(turn, i - 2, "speaking" | "chatting" | "talking");
    let ends = is_end_or_mark(turn, i + 1)
        || says!(turn, i + 1, "how" | "what" | "today")
        || standing(turn.classes(i + 1)) > Standing::Word
        || ends_with_surname(turn, i + 1);
    let classes = turn.classes(i);
    let named = classes.given().max(classes.family()) >= 2;
    with && ends && (named || standing(classes) == Standing::Unlisted && turn.word(i).len() > 3)
}

/// Whether what is said ends with a surname at token `i`.
pub(super) fn ends_with_surname(turn: &ReadTurn<'_>, i: usize) -> bool {
    turn.classes(i).family() >= 2 && is_end_or_mark(turn, i + 1)
}

/// Whether a title that only surnames follow stands before token `i`: `mrs
/// [lanka]`. `ms` abbreviates an illness too, unless someone is spoken to.
pub(super) fn is_called(turn: &ReadTurn<'_>, i: usize) -> bool {
    let Some(title) = turn.title_before(i) else {
        return false;
    };
    let addressed = || {
        title == 0
            || turn.kind(title - 1) == Some(TokenKind::Mark)
            || says!(
                turn,
                title - 1,
                "welcome"
                    | "thanks"
                    | "you"
                    | "hello"
                    | "hi"
                    | "sorry"
                    | "okay"
                    | "morning"
                    | "afternoon"
                    | "yes"
                    | "pleasure"
                    | "bye"
                    | "with"
                    | "to"
            )
    };
    match turn.word(title) {
        "missus" => true,
        "ms" => addressed(),
        // `i miss`, `don't miss`
        "miss" => addressed() && !says!(turn, title.wrapping_sub(1), "you" | "to"),
        _ => COURTESIES.has(turn.key(title)),
    }
}
