//! Whose age is told: a relative's, the oldest of several, whoever turns it soon.

use crate::deid::detect::fluent::FILLERS;
use crate::deid::detect::measures::names_measure;
use crate::deid::document::{DocTurn, TokenKind};
use crate::deid::spoken::{is_date_word, ordinal};
use crate::deid::word::{Words, phrases, words};

use super::talk::{Said, is_said};

/// Whether it is said of a relative that they are `said` and nothing measured:
/// `my grandmother you know is [ninety eight] and still drives`.
pub(super) fn is_of_relative(turn: &DocTurn<'_>, said: &Said) -> bool {
    const OWN: Words = words![
        "elderly", "her", "his", "my", "old", "our", "that", "the", "their", "this", "your"
    ];
    const NEXT: Words = words!["and", "but", "now", "so", "years", ".", ",", "?", "!"];
    let fluent = |i: usize| !turn.is_of(i, FILLERS);
    let mut before = (0..said.tokens.start).rev().filter(|&i| fluent(i));
    let mut next = || before.next();
    let is = next().is_some_and(|i| turn.is_of(i, words!["is"]));
    let Some(first) = next() else { return false };
    let end = said.tokens.end;
    if !is || !(end >= turn.tokens.len() || turn.is_of(end, NEXT)) {
        return false;
    }
    if turn.is_of(first, KIN) {
        return next().is_some_and(|i| turn.is_of(i, OWN));
    }
    // `my aunt quilla is [ninety two]`, and no `my mother's pressure is`
    let named = turn.tokens[first].kind == TokenKind::Word
        && !names_measure(turn, first)
        && !turn.is_of(first, MEASURED);
    named && next().is_some_and(|i| turn.is_of(i, KIN))
}

/// Who is older, or is cared for.
const KIN: Words = words![
    "aunt",
    "boyfriend",
    "brother",
    "client",
    "cousin",
    "dad",
    "daughter",
    "father",
    "fella",
    "friend",
    "gentleman",
    "girlfriend",
    "godfather",
    "godmother",
    "gran",
    "granddad",
    "granddaughter",
    "grandfather",
    "grandma",
    "grandmother",
    "grandpa",
    "grandson",
    "granny",
    "lady",
    "husband",
    "man",
    "mama",
    "mom",
    "mother",
    "mum",
    "nan",
    "nana",
    "neighbor",
    "nephew",
    "niece",
    "papa",
    "partner",
    "patient",
    "resident",
    "roommate",
    "sister",
    "son",
    "stepdad",
    "stepfather",
    "stepmom",
    "stepmother",
    "tenant",
    "uncle",
    "widow",
    "wife",
    "woman"
];

/// What of a relative is ninety and more, and no age.
const MEASURED: Words = words![
    "age",
    "bill",
    "bp",
    "dose",
    "fee",
    "fever",
    "heart",
    "number",
    "o2",
    "oxygen",
    "pressure",
    "pulse",
    "rate",
    "reading",
    "room",
    "sat",
    "sats",
    "score",
    "sugar",
    "sugars",
    "systolic",
    "temp",
    "temperature",
    "weight",
];

/// Whether `said` is how old the oldest of several is: `our oldest is [a hundred
/// and four]`.
pub(super) fn is_of_oldest(turn: &DocTurn<'_>, said: &Said) -> bool {
    let start = said.tokens.start;
    start > 1
        && turn.is_of(start - 1, words!["is", "was", "at"])
        && turn.is_of(start - 2, words!["eldest", "oldest"])
}

/// Whether `said` stands apart after somebody's name: `my gran maud, [93], will sign`,
/// `pt Ada Quist, [94], fell`. What is in tens is how many, too.
pub(super) fn is_apposed(turn: &DocTurn<'_>, said: &Said) -> bool {
    const NAMES: usize = 3;
    const SEX: Words = words!["f", "female", "m", "male", "y", "yo", "yr", "yrs", "y/o"];
    let (start, end) = (said.tokens.start, said.tokens.end);
    let comma = |i: usize| i < turn.tokens.len() && turn.word(i) == ",";
    if start < NAMES || said.value.is_multiple_of(10) || !comma(start - 1) {
        return false;
    }
    let number = |i: usize| {
        let kind = turn.tokens.get(i).map(|token| token.kind);
        kind == Some(TokenKind::Number)
    };
    if !(comma(end) && !number(end + 1) || turn.is_of(end, SEX)) {
        return false;
    }
    let word = |i: usize| turn.tokens[i].kind == TokenKind::Word;
    let measured = |i: usize| names_measure(turn, i) || turn.is_of(i, MEASURED);
    let reach = start.saturating_sub(NAMES + 1)..start - 1;
    let mut before = reach.rev().take_while(|&i| word(i));
    let mut titled = 0;
    for i in before.by_ref() {
        if measured(i) {
            return false;
        }
        if turn.is_of(i, KIN) {
            return true;
        }
        let mut letters = turn.word(i).chars();
        let capital = letters.next().is_some_and(char::is_uppercase);
        titled += usize::from(capital && letters.any(char::is_lowercase));
    }
    let named = |i: usize| turn.word(i).starts_with(char::is_uppercase);
    titled > 1 && named(start - 2) && named(start - 3)
}

/// Whether `said` is what somebody was or is at a time: `i was [ninety one] in may`,
/// `she would have been [96] on the third of june`.
pub(super) fn is_at_time(turn: &DocTurn<'_>, said: &Said) -> bool {
    const IS: Words = words!["am", "be", "been", "is", "was", "'d", "'ll", "'m", "'s"];
    const WOULD: Words = words!["a", "of", "have", "would", "'d"];
    const WHO: Words = words![
        "he", "he'd", "he'll", "he's", "i", "i'm", "she", "she'd", "she'll", "she's"
    ];
    let fluent = |i: &usize| !turn.is_of(*i, FILLERS);
    let mut before = (0..said.tokens.start).rev().filter(fluent).peekable();
    let Some(last) = before.next() else {
        return false;
    };
    let contracted = turn.is_of(last, words!["he's", "i'm", "she's"]);
    if !contracted && !turn.is_of(last, IS) {
        return false;
    }
    let who = before.find(|&i| !turn.is_of(i, WOULD));
    let who = contracted || who.is_some_and(|i| turn.is_of(i, WHO) || turn.is_of(i, KIN));
    who && is_dated(turn, said.tokens.end)
}

/// Whether a month or day stands at token `at`: `in april`, `on the third of june`.
fn is_dated(turn: &DocTurn<'_>, at: usize) -> bool {
    let the = at + 1 + usize::from(turn.is_of(at + 1, words!["the"]));
    let month = |i: usize| i < turn.tokens.len() && is_date_word(turn.key(i));
    match () {
        () if turn.is_of(at, words!["in", "come", "this", "last", "next"]) => month(at + 1),
        () if turn.is_of(at, words!["on"]) => {
            let ordinal = |i: usize| i < turn.tokens.len() && ordinal(turn.key(i)).is_some();
            month(the) || the > at + 1 && (ordinal(the) || ordinal(the + 1))
        }
        () => false,
    }
}

/// Whether a turn begins with `said`, which somebody turns at a time or turned of late:
/// `[ninety seven] in april`, `[ninety two] next month`.
pub(super) fn is_turned(turn: &DocTurn<'_>, said: &Said) -> bool {
    const TIMES: Words = words![
        "birthday", "month", "spring", "summer", "week", "winter", "year"
    ];
    const LED: Words = words![
        "and", "be", "he'll", "she'll", "yeah", "yes", "uh", "um", ","
    ];
    let end = said.tokens.end;
    let then = match () {
        () if turn.is_of(end, words!["in"]) => {
            is_date_word(turn.key(end + 1)) || is_said(turn, end + 1, phrases!["the new year"])
        }
        () if turn.is_of(end, words!["last", "next", "this"]) => {
            turn.is_of(end + 1, TIMES) || is_date_word(turn.key(end + 1))
        }
        () => false,
    };
    then && (0..said.tokens.start).all(|i| turn.is_of(i, LED))
}

#[cfg(test)]
mod tests {
    use super::super::talk::check;
    use crate::domain::Role::{Agent, User};

    #[test]
    fn ages_are_told_of_the_oldest_and_of_a_time_to_come() {
        check(
            &[(User, "eleven the oldest is a hundred and four")],
            &["a hundred and four"],
        );
        check(&[(User, "ninety seven in april")], &["ninety seven"]);
        check(
            &[(User, "my grandson is ninety four now")],
            &["ninety four"],
        );
        check(&[(User, "yes ninety two next month")], &["ninety two"]);
        check(
            &[(User, "the lady is ninety two and lives alone")],
            &["ninety two"],
        );
        check(
            &[(User, "ninety five last week bless her")],
            &["ninety five"],
        );
        check(
            &[(User, "my aunt quilla is ninety three and she can't")],
            &["ninety three"],
        );
    }

    #[test]
    fn ages_stand_apart_after_names_and_before_days() {
        for (text, age) in [
            ("my gran maud, 93, will sign", "93"),
            ("pt Ada Quist, 94, fell at home", "94"),
            ("Otto Lindahl, 92 F, in his chair", "92"),
            ("i was ninety one on the third of june", "ninety one"),
            ("she would have been ninety four in may", "ninety four"),
            ("my mother is ninety six in october", "ninety six"),
        ] {
            check(&[(User, text)], &[age]);
        }
        for text in [
            "Atorvastatin Calcium, 90, three refills",
            "my dad's sats, 93, are fine",
            "dad has BP Readings, 132, 128, 94, and so on",
            "it was ninety four in may",
            "he was ninety four on room air",
        ] {
            check(&[(User, text)], &[]);
        }
    }

    #[test]
    fn other_numbers_are_no_ages() {
        check(&[(User, "my grandson is ninety pounds now")], &[]);
        check(&[(User, "my mother pressure is ninety three and")], &[]);
        check(&[(User, "my pressure was ninety seven in april")], &[]);
        check(
            &[(User, "the oldest stock is at a hundred and four percent")],
            &[],
        );
        check(&[(User, "ninety seven in total")], &[]);
        let weighed = [
            (Agent, "how old is she and what does she weigh"),
            (User, "she just turned three she's thirty one pounds"),
            (Agent, "and how much is gone"),
            (User, "the bottle was a hundred and eighteen"),
        ];
        check(&weighed, &[]);
        let both = [
            (Agent, "what's your age and weight"),
            (User, "fifty eight a hundred and ninety two"),
        ];
        check(&both, &[]);
    }
}
