//! Turns that are nothing but a name, or a name and what forms hold beside it.

use crate::deid::word::says;
use std::ops::Range;

use crate::deid::document::TokenKind;
use crate::deid::lexicon::{Classes, Lexicon, ReadTurn};

use super::slot::is_auxiliary;
use super::standing::{Standing, standing};

/// Most words in a turn that is nothing but a name.
const MOST_WORDS: usize = 3;

/// The name with which a turn begins that reads like a form: nothing else but
/// it, or numbers and fields after it: "raja", "maria lopez 4417", "lena and
/// ssn 4417".
pub(super) fn whole_turn(turn: &ReadTurn<'_>, lexicon: &Lexicon) -> Option<Range<usize>> {
    if turn.len() == 0 {
        return None;
    }
    let end = (0..turn.len().min(MOST_WORDS + 1))
        .find(|&i| !may_fill_form(turn, i))
        .unwrap_or(turn.len().min(MOST_WORDS + 1));
    let asks = turn.is_mark(turn.len() - 1, "?") || turn.is_mark(turn.len() - 1, ":");
    if end == 0 || end > MOST_WORDS || asks || !is_form_after(turn, end) {
        return None;
    }
    let alone = end == turn.len();
    let words: Vec<_> = (0..end).map(|i| standing(turn.classes(i))).collect();
    let classes = turn.classes(0);
    let accepted = match words.as_slice() {
        [Standing::Name | Standing::Rare, ..] | [_, Standing::Name | Standing::Rare, ..] => true,
        [Standing::Unlisted, ..] => {
            let word = turn.word(0);
            word.len() > 3 && !is_drawn_out(word) && !is_run_together(word, lexicon)
        }
        [Standing::Ambiguous] => {
            classes.given() >= if alone { 4 } else { 3 }
                && !is_auxiliary(turn.word(0))
                && !classes.any(NOT_IN_FORMS)
        }
        [Standing::Ambiguous, ..] => classes.given() >= 3 && turn.classes(1).family() >= 3,
        _ => false,
    };
    accepted.then_some(0..end)
}

/// What a name that is a word too is not where nothing else tells it.
pub(super) const NOT_IN_FORMS: Classes = Classes::CALENDAR
    .with(Classes::STATE)
    .with(Classes::COUNTRY)
    .with(Classes::BRAND)
    .with(Classes::DRUG);

fn may_fill_form(turn: &ReadTurn<'_>, i: usize) -> bool {
    turn.is_word(i)
        && (standing(turn.classes(i)) > Standing::Word || (i > 0 && turn.is_letter(i)))
        && !is_auxiliary(turn.word(i))
        && !says!(
            turn,
            i,
            "ssn"
                | "dob"
                | "pnr"
                | "zip"
                | "ph"
                | "ac"
                | "dea"
                | "iban"
                | "imei"
                | "ip"
                | "mac"
                | "mrn"
                | "npi"
                | "pin"
                | "rx"
                | "udi"
                | "url"
                | "vin"
        )
}

/// Whether nothing but numbers, marks and the names of fields comes after
/// token `end`.
fn is_form_after(turn: &ReadTurn<'_>, end: usize) -> bool {
    match turn.kind(end) {
        None | Some(TokenKind::Number | TokenKind::Mark) => {
            (end..turn.len()).all(|i| turn.kind(i) != Some(TokenKind::Word))
                || turn.kind(end) == Some(TokenKind::Number)
        }
        Some(TokenKind::Word) => match turn.word(end) {
            "and" => turn.kind(end + 1) == Some(TokenKind::Number) || is_field(turn.word(end + 1)),
            word => is_field(word),
        },
    }
}

/// Whether `word` names what a form holds beside a name.
fn is_field(word: &str) -> bool {
    matches!(
        word,
        "ssn"
            | "dob"
            | "date"
            | "card"
            | "account"
            | "acc"
            | "ac"
            | "phone"
            | "ph"
            | "email"
            | "zip"
            | "pnr"
            | "policy"
            | "my"
    )
}

/// Whether `word` is two words of grammar or courtesy without the space:
/// "nothanks".
pub(super) fn is_run_together(word: &str, lexicon: &Lexicon) -> bool {
    let is_said = |part: &str| part.len() > 1 && lexicon.get(part).any(Classes::STOP);
    let ends = word.char_indices().map(|(at, _)| at).skip(2);
    ends.take_while(|end| end + 2 <= word.len())
        .any(|end| is_said(&word[..end]) && is_said(&word[end..]))
}

/// Whether a letter is drawn out, as in no name: "okkk", "hmmm".
fn is_drawn_out(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.windows(3).any(|w| w[0] == w[1] && w[1] == w[2])
}
