//! Everyday words that are names too, where they stand for what they mean: one
//! of two things to choose from (`cash or credit`), the thing that the other side
//! offered and that is chosen (`a cane or a walker`: `[walker]`), a set phrase.

use std::ops::Range;

use crate::deid::detect::name::{Standing, standing};
use crate::deid::document::TokenKind;
use crate::deid::lexicon::{Classes, ReadTurn, Reading};
use crate::deid::word::{Words, words};
use crate::domain::Role;

/// How common a word is at least that means what it says.
const COMMON: u32 = 3;

/// Most tokens of a turn that chooses.
const LONGEST_CHOICE: usize = 5;

/// How many turns back the offer is at most.
const BACK: usize = 2;

/// Whether `run` of turn `at` is a thing by what stands about it, or by what was
/// offered.
pub(super) fn is_offered(reading: &Reading<'_>, at: usize, run: &Range<usize>) -> bool {
    let turn = &reading.turns[at];
    if run.len() != 1 || !is_everyday(turn, run.start) {
        return false;
    }
    is_choice(turn, run.start)
        || is_set_phrase(turn, run.start)
        || is_asked_which(turn, run.start)
        || is_chosen(reading, at, turn, run.start)
}

/// Whether token `i` is a word as often as a name.
fn is_everyday(turn: &ReadTurn<'_>, i: usize) -> bool {
    let classes = turn.classes(i);
    let known =
        classes.commonness() >= COMMON || PHRASED.has(turn.key(i)) || is_short_capitals(turn, i);
    known && !matches!(standing(classes), Standing::Name | Standing::Rare)
}

/// Whether token `i` is a size or a rank in capitals: `XL`.
fn is_short_capitals(turn: &ReadTurn<'_>, i: usize) -> bool {
    turn.word(i).len() <= 3 && turn.is_all_capitals(i)
}

/// Words of set phrases that are rare beside.
const PHRASED: Words = words!["doke", "dokey", "dokie"];

/// Whether token `i` is one of several things: `[pool] or gym`, `[Pool], standard, or
/// luxury`, `from [savings] to checking`.
fn is_choice(turn: &ReadTurn<'_>, i: usize) -> bool {
    let article = |k: usize| matches!(turn.word(k), "a" | "an" | "the");
    let next = |k: usize| k + usize::from(turn.is_mark(k, ","));
    // `[pool] or a gym`
    let joint = next(i + 1);
    let after = joint + 1 + usize::from(article(joint + 1));
    let first = match turn.word(joint) {
        "or" => is_thing(turn, after),
        "to" => i > 0 && turn.word(i - 1) == "from" && is_thing(turn, after),
        // `[Pool], standard, or luxury`
        _ => {
            let second = next(joint + 1);
            joint > i + 1
                && is_thing(turn, joint)
                && turn.word(second) == "or"
                && is_thing(turn, second + 1)
        }
    };
    first || is_second(turn, i)
}

/// Whether token `i` is the second of two things: `checking to [savings]`.
fn is_second(turn: &ReadTurn<'_>, i: usize) -> bool {
    let Some(mut joint) = i.checked_sub(1) else {
        return false;
    };
    if joint > 0 && matches!(turn.word(joint), "a" | "an" | "the") {
        joint -= 1;
    }
    if joint == 0 {
        return false;
    }
    let before = joint - 1;
    let marked = before > 0 && turn.is_mark(before, ",");
    let thing = before - usize::from(marked);
    match turn.word(joint) {
        "or" => is_thing(turn, thing),
        "to" => thing > 0 && turn.word(thing - 1) == "from" && is_thing(turn, thing),
        _ => false,
    }
}

/// Whether token `k` is a common word that nobody is called.
fn is_thing(turn: &ReadTurn<'_>, k: usize) -> bool {
    let other = Classes::STOP
        .with(Classes::KIN)
        .with(Classes::TITLE)
        .with(Classes::CALENDAR);
    const ACCOUNTS: Words = words!["checking"];
    let classes = turn.classes(k);
    turn.is_word(k)
        && classes.commonness() >= COMMON
        && classes.given() == 0
        && classes.family() <= 2
        && (!classes.any(other) || ACCOUNTS.has(turn.key(k)))
}

/// Whether token `i` belongs to the word before it or after it: `lower [case]`, `okey
/// [doke]`, `[star] six seven`.
fn is_set_phrase(turn: &ReadTurn<'_>, i: usize) -> bool {
    let before = i.checked_sub(1).map_or("", |k| turn.word(k));
    let key = |k: usize| {
        turn.kind(k) == Some(TokenKind::Number)
            || matches!(turn.word(k), "pound" | "hash" | "star")
            || crate::deid::spoken::digits_of(turn.key(k)) > 0
    };
    match turn.word(i) {
        "case" => matches!(before, "lower" | "upper" | "title"),
        "star" => key(i + 1),
        word => PHRASED.lists(word) && before.starts_with("ok"),
    }
}

/// Whether somebody asks which one is meant: `okay which [branch]`.
fn is_asked_which(turn: &ReadTurn<'_>, i: usize) -> bool {
    i > 0 && matches!(turn.word(i - 1), "which" | "what") && ends(turn, i + 1)
}

/// Whether the turn ends, or a sentence, before token `k`.
fn ends(turn: &ReadTurn<'_>, k: usize) -> bool {
    turn.kind(k).is_none_or(|kind| kind == TokenKind::Mark)
}

/// Whether turn `at` is short and chooses with token `i` what the other side offered
/// before.
fn is_chosen(reading: &Reading<'_>, at: usize, turn: &ReadTurn<'_>, i: usize) -> bool {
    if turn.len() > LONGEST_CHOICE {
        return false;
    }
    let other = |before: &&ReadTurn<'_>| {
        before.turn.role != turn.turn.role && before.turn.role != Role::System
    };
    let offers = |before: &ReadTurn<'_>| {
        let says = |k: usize| before.key(k) == turn.key(i) && before.is_word(k);
        let offered = |k: usize| {
            let article = k > 0 && matches!(before.word(k - 1), "a" | "an" | "any" | "the");
            article && !before.is_proper(k) || is_choice(before, k)
        };
        (0..before.len()).any(|k| says(k) && offered(k))
    };
    let earlier = reading.turns[at.saturating_sub(BACK)..at].iter().rev();
    earlier.filter(other).any(offers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::document::Document;
    use crate::deid::lexicon::tests::LEXICON;
    use crate::deid::tests::dialogue;
    use crate::domain::Role::{Agent, User};

    #[track_caller]
    fn check(turns: &[(Role, &str)], word: &str, expected: bool) {
        let raw = dialogue(turns);
        let document = Document::new(&raw);
        let reading = Reading::new(&document, &LEXICON);
        let at = turns.len() - 1;
        let turn = &reading.turns[at];
        let start = turn.turn.text.find(word).expect("said");
        let run = turn.tokens_of(&(start..start + word.len()));
        assert_eq!(is_offered(&reading, at, &run), expected, "{turns:?}");
    }

    #[test]
    fn one_of_two_things_is_nobody() {
        check(&[(Agent, "cash or credit")], "cash", true);
        check(&[(Agent, "is it checking or savings")], "savings", true);
        check(&[(User, "from savings to checking")], "savings", true);
        check(&[(Agent, "Pool, standard, or luxury?")], "Pool", true);
        check(&[(Agent, "ask hunter or grace")], "hunter", false);
        check(&[(Agent, "is it grace or her mother")], "grace", false);
        check(&[(User, "i want mark to check it")], "mark", false);
    }

    #[test]
    fn what_was_offered_is_chosen() {
        check(
            &[(Agent, "do you have a cane or a walker"), (User, "walker")],
            "walker",
            true,
        );
        check(
            &[(Agent, "the pool or the gym"), (User, "pool please")],
            "pool",
            true,
        );
        check(
            &[(Agent, "and your last name"), (User, "walker")],
            "walker",
            false,
        );
        check(
            &[(Agent, "is walker your last name"), (User, "walker")],
            "walker",
            false,
        );
    }

    #[test]
    fn set_phrases_name_nobody() {
        check(&[(Agent, "all lower case")], "case", true);
        check(&[(Agent, "dial star six seven")], "star", true);
        check(&[(Agent, "okay which branch")], "branch", true);
        check(&[(User, "this is case")], "case", false);
        check(&[(User, "what mark said")], "mark", false);
    }
}
