//! Frames in which somebody says or is asked who speaks: `it's [may] again`, `hello is
//! this [may] quirrel`.

use crate::deid::detect::name::slot::{has_ending, is_auxiliary, is_end_or_mark};
use crate::deid::detect::name::standing::{Standing, standing};
use crate::deid::lexicon::ReadTurn;
use crate::deid::word::{Words, says, words};
use crate::domain::Role;

use super::{LONG_ENOUGH, before, may_be_name};

/// Whether whoever answers the telephone names the firm and themselves: `quirrel
/// support, [art] speaking`.
pub(super) fn answers_telephone(turn: &ReadTurn<'_>, i: usize) -> bool {
    const NOT: Words = words![
        "am", "are", "be", "been", "i", "is", "was", "were", "you", "not"
    ];
    says!(turn, i + 1, "speaking")
        && (is_end_or_mark(turn, i + 2) || says!(turn, i + 2, "how"))
        && !turn.word(i).ends_with("ly")
        && !before(turn, i).is_some_and(|k| NOT.has(turn.key(k)))
}

/// Whether token `i` is said to be who speaks: `it's [may] again`, `i'm [art]
/// with quirrel`, a whole turn's `this is [art]`; or it is asked so: `is [may]
/// your first name`.
pub(super) fn is_introduced(turn: &ReadTurn<'_>, i: usize) -> bool {
    let Some(last) = before(turn, i) else {
        return false;
    };
    let next = turn.word(i + 1);
    match turn.word(last) {
        "it's" => {
            let earlier = says!(turn, i + 2, "earlier" | "before" | "yesterday");
            matches!(next, "again" | "here") && is_end_or_mark(turn, i + 2)
                || next == "from" && earlier
        }
        "is" if matches!(next, "also" | "still") => {
            last == 0 && says!(turn, i + 2, "allowed" | "authorized" | "living")
        }
        "i'm" => {
            let verb = is_auxiliary(turn.word(i)) && turn.turn.role != Role::Agent;
            offers(turn, i + 1) && turn.classes(i).given() >= 2 && !verb
        }
        "is" if offers(turn, i + 1) => {
            let this = before(turn, last).is_some_and(|k| says!(turn, k, "this"));
            this && turn.classes(i).given() >= 2
        }
        "is" if matches!(next, "your" | "the") => {
            says!(turn, i + 2, "first" | "last" | "full") && last == 0
        }
        "is" if last > 0 && says!(turn, last - 1, "this") => {
            let whole = (0..last - 1)
                .all(|k| !turn.is_word(k) || says!(turn, k, "yes" | "hi" | "hello" | "yeah"));
            whole && (i + 1..turn.len()).all(|k| !turn.is_word(k))
        }
        "me" => last > 0 && says!(turn, last - 1, "call") && is_end_or_mark(turn, i + 1),
        _ => false,
    }
}

/// Whether whoever has said who they are goes on at token `i` with their firm or
/// an offer: `[with] quirrel`, `[what can] i do for you`.
fn offers(turn: &ReadTurn<'_>, i: usize) -> bool {
    says!(turn, i, "with" | "from") || says!(turn, i, "what") && says!(turn, i + 1, "can" | "may")
}

/// Whether a given name that is a word too, or one in no list, begins with token
/// `i`, where somebody says or asks who speaks, and a surname follows it.
pub(super) fn is_full_name(turn: &ReadTurn<'_>, i: usize) -> bool {
    const INTRODUCE: Words = words!["i'm", "is", "it's", "under", "with"];
    const IS: Words = words![
        "appointment",
        "is",
        "it's",
        "its",
        "one",
        "prescription",
        "refill"
    ];
    let asks = |k: usize| k > 0 && says!(turn, k, "this") && says!(turn, k - 1, "is");
    let last = before(turn, i);
    // `it's for [faith kidd]`
    let meant = last.is_some_and(|k| k > 0 && says!(turn, k, "for") && IS.has(turn.key(k - 1)))
        && matches!(
            standing(turn.classes(i + 1)),
            Standing::Name | Standing::Rare
        )
        && turn.classes(i + 1).family() >= 1;
    let introduced = meant || last.is_some_and(|k| INTRODUCE.has(turn.key(k)) || asks(k));
    let filed = last.is_some_and(|k| says!(turn, k, "under"));
    if !introduced || !turn.is_word(i + 1) || turn.is_letter(i + 1) {
        return false;
    }
    let greets = (0..i.min(4)).any(|k| says!(turn, k, "hello" | "hey" | "hi" | "hiya" | "morning"));
    let word = standing(turn.classes(i));
    let rare = |k: usize| {
        matches!(
            standing(turn.classes(k)),
            Standing::Unlisted | Standing::Rare
        ) && turn.word(k).len() > LONG_ENOUGH
            && !has_ending(turn.word(k))
    };
    let given = may_be_name(turn, i) && turn.classes(i).given() >= 2;
    let family = standing(turn.classes(i + 1));
    let told = says_why(turn, i + 2);
    let surname = rare(i + 1) || family == Standing::Name && turn.classes(i + 1).family() >= 2;
    let worded = turn.classes(i + 1).family() >= 2 && told && greets;
    let ambiguous = matches!(word, Standing::Ambiguous | Standing::Word);
    ambiguous && given && (surname || worded && !is_auxiliary(turn.word(i + 1)))
        || rare(i) && (greets || filed) && (rare(i + 1) || worded)
}

/// Whether what is said ends before token `i`, or goes on as a caller's
/// introduction does.
fn says_why(turn: &ReadTurn<'_>, i: usize) -> bool {
    const WHY: Words = words![
        "any", "asking", "calling", "i'm", "it's", "question", "writing", "with",
    ];
    is_end_or_mark(turn, i) || WHY.has(turn.key(i))
}
