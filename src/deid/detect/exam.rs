//! What is said for a test of sight or memory identifies nobody: the letters of an
//! eye chart, words and numbers to be said again; nor do the letters of a drug.

use crate::deid::document::{DocTurn, Document, TokenKind};
use crate::deid::finding::{Finding, Strength};
use crate::deid::lexicon::Reading;
use crate::deid::word::{Phrases, Words, phrases, words};
use crate::domain::Category;

use super::expect::quantity::PERSONAL;
use super::expect::talk::is_said;
use super::form::drop_from;
use super::name::is_drug;

/// How a test of memory or attention is set.
const RECALLED: Phrases = phrases![
    "three words",
    "four words",
    "five words",
    "these words",
    "remember the words",
    "following words",
    "those words",
    "words that start",
    "words that begin",
    "words starting",
    "words beginning",
    "many animals",
    "remember as many",
    "as many words",
    "list of words",
    "say them back",
    "say em back",
    "good again",
    "numbers after me",
    "digits after me",
    "words after me",
    "repeat after me",
    "spell world",
    "world backwards",
    "it backwards",
    "that backwards",
    "months backwards",
    "numbers backwards",
    "digits backwards",
    "count backwards",
    "counting backwards",
];

/// How a test of sight is set.
const READ: Phrases = phrases![
    "smallest line",
    "lowest line",
    "bottom line",
    "top line",
    "eye chart",
    "read line",
    "line five",
    "line six",
    "line seven",
    "line eight",
    "the chart",
    "cover your left",
    "cover your right",
    "cover one eye",
    "cover the other",
    "with both eyes",
    "the other eye",
    "your left eye",
    "your right eye",
];

/// For how many turns words and numbers are said again.
const GOES_ON: usize = 1;

/// How many tokens from what is found, or from the end of its turn, a test is
/// set at most.
const REACH: usize = 40;

/// For how many turns letters are read.
const READ_FOR: usize = 4;

/// Drops of what was found from `from` on what is guessed of words, letters and
/// numbers that are said for a test.
pub(crate) fn drop_tests(document: &Document<'_>, from: usize, out: &mut Vec<Finding>) {
    let is_test = |found: &Finding| {
        matches!(found.detector, "spoken" | "talk" | "model" | "shape")
            && matches!(
                found.category,
                Category::Person
                    | Category::City
                    | Category::OtherId
                    | Category::Username
                    | Category::Facility
            )
            && (is_recalled(document, found) || is_read(document, found))
    };
    drop_where(from, out, is_test);
}

/// Drops of what was found from `from` on the letters that spell a drug:
/// `t a m s u l o s i n`.
pub(crate) fn drop_spelled_drugs(reading: &Reading<'_>, from: usize, out: &mut Vec<Finding>) {
    let is_drug = |found: &Finding| {
        matches!(found.detector, "spoken" | "talk" | "model")
            && matches!(
                found.category,
                Category::Person | Category::Username | Category::OtherId
            )
            && is_drug(
                &spelled(&reading.document.turns[found.turn], found),
                reading.lexicon,
            )
    };
    drop_where(from, out, is_drug);
}

fn drop_where(from: usize, out: &mut Vec<Finding>, is_dropped: impl Fn(&Finding) -> bool) {
    drop_from(from, out, |found| {
        found.strength <= Strength::Cued && is_dropped(found)
    });
}

/// The word that the letters about the first of `found` spell.
fn spelled(turn: &DocTurn<'_>, found: &Finding) -> String {
    const LONGEST: usize = 24;
    let at = turn.tokens_of(&found.span).start;
    let letter = |i: &usize| turn.tokens[*i].kind == TokenKind::Word && turn.word(*i).len() == 1;
    let before = (0..at).rev().take(LONGEST).take_while(letter).count();
    let letters = (at - before..turn.tokens.len())
        .take(LONGEST)
        .take_while(letter);
    letters.map(|i| turn.word(i).to_ascii_lowercase()).collect()
}

/// Whether what is `found` is said after a test of memory was set, in the same
/// turn or in one shortly before.
fn is_recalled(document: &Document<'_>, found: &Finding) -> bool {
    let turn = &document.turns[found.turn];
    let here = turn.tokens_of(&found.span).start;
    let before = here.saturating_sub(REACH)..here;
    let all = turn.tokens.len();
    let set_here = before.into_iter().any(|i| is_said(turn, i, RECALLED));
    // A turn that tells whose a name is tells more than a test asks for.
    (set_here || all <= REACH && sets(document, found.turn, RECALLED, GOES_ON))
        && !(0..all).any(|i| is_said(turn, i, TELLS))
        && !(found.category == Category::Person && is_in_sentence(turn, found))
}

/// Whether what is `found` stands in a sentence, as no word of a list does:
/// `count backwards and [marisol] will be right in`.
fn is_in_sentence(turn: &DocTurn<'_>, found: &Finding) -> bool {
    const BEFORE: Words = words![
        "ask", "by", "for", "from", "hello", "hi", "it's", "see", "thanks", "told", "with"
    ];
    const AFTER: Words = words![
        "brought", "can", "does", "has", "is", "said", "says", "told", "was", "who", "will",
    ];
    let tokens = turn.tokens_of(&found.span);
    tokens.start > 0 && turn.is_of(tokens.start - 1, BEFORE) || turn.is_of(tokens.end, AFTER)
}

/// What names are told with.
const TELLS: Phrases = phrases![
    "name", "my", "his", "her", "calling", "this is", "i'm", "mister", "mrs", "doctor", "call",
];

/// Whether the letters that are `found` are read off a chart.
fn is_read(document: &Document<'_>, found: &Finding) -> bool {
    let turn = &document.turns[found.turn];
    let tokens = turn.tokens_of(&found.span);
    let letters = tokens.clone().all(|i| turn.word(i).len() == 1);
    letters && tokens.len() > 2 && sets(document, found.turn, READ, READ_FOR)
}

/// Whether one of the `most` turns before turn `index` sets a test by one of
/// `phrases`, and nobody asks after it for what tells who somebody is.
fn sets(document: &Document<'_>, index: usize, phrases: Phrases, most: usize) -> bool {
    let before = &document.turns[index.saturating_sub(most)..index];
    let is_set = |turn: &DocTurn<'_>| {
        let end = turn.tokens.len();
        (end.saturating_sub(REACH)..end).any(|i| is_said(turn, i, phrases))
    };
    let set = before.iter().rposition(is_set);
    set.is_some_and(|set| !before[set..].iter().any(asks_who))
}

/// Whether `turn` asks for what tells who somebody is: `it is not on the chart, how do
/// you spell your last name`.
fn asks_who(turn: &DocTurn<'_>) -> bool {
    const NAMES: Words = words!["name", "surname", "who"];
    const SPELLED: Phrases = phrases!["you spell that", "you spell it", "spell it for", "spelling"];
    const BACK: Words = words!["backward", "backwards"];
    let all = || 0..turn.tokens.len();
    all().any(|i| turn.is_of(i, NAMES) || turn.is_of(i, PERSONAL))
        || all().any(|i| is_said(turn, i, SPELLED)) && !all().any(|i| turn.is_of(i, BACK))
}

#[cfg(test)]
mod tests {
    use crate::deid::tests::dialogue;
    use crate::deid::{Engine, find};
    use crate::domain::Role::{Agent, User};

    /// What is found in the last of `turns`.
    #[track_caller]
    fn check(turns: &[(crate::domain::Role, &str)], expected: &[&str]) {
        let raw = dialogue(turns);
        let engine = Engine::without_model();
        let last = turns.len() - 1;
        let found = find(&engine, &raw);
        let found: Vec<_> = found
            .iter()
            .filter(|f| f.turn == last)
            .map(|f| &turns[last].1[f.span.clone()])
            .collect();
        assert_eq!(found, expected, "{turns:?}");
    }

    #[test]
    fn tests_of_sight_and_memory_stay() {
        check(
            &[
                (Agent, "cover your left eye and read me the smallest line"),
                (User, "e d f c z p"),
            ],
            &[],
        );
        check(
            &[
                (Agent, "can you spell world backwards"),
                (User, "d l r o w"),
            ],
            &[],
        );
        check(
            &[(Agent, "say these numbers after me two one eight five four")],
            &[],
        );
    }

    #[test]
    fn letters_that_are_asked_for_go() {
        let told = [
            (Agent, "how do you spell that"),
            (User, "k o w a l c z y k"),
        ];
        check(&told, &["k o w a l c z y k"]);
        let backwards = [
            (
                Agent,
                "so you fell backwards and how do you spell the last name",
            ),
            (User, "k o w a l c z y k"),
        ];
        check(&backwards, &["k o w a l c z y k"]);
        let whose = [
            (Agent, "please repeat after me"),
            (User, "sure my name is k o w a l c z y k"),
        ];
        check(&whose, &["k o w a l c z y k"]);
    }

    #[test]
    fn who_somebody_is_may_be_asked_after_a_test() {
        let eye = "we need to look at your left eye how do you spell your last name";
        check(&[(Agent, eye), (User, "q u i l l b y")], &["q u i l l b y"]);
        let later = [
            (Agent, "is it your right eye"),
            (User, "yes"),
            (Agent, "okay and can you spell your name"),
            (User, "q u i l l b y"),
        ];
        check(&later, &["q u i l l b y"]);
        let chart = [
            (Agent, "i don't see it in the chart can you spell it for me"),
            (User, "q u i l l b y"),
        ];
        check(&chart, &["q u i l l b y"]);
        let id = [
            (Agent, "count backwards from five and what is the id"),
            (User, "q x four four one seven"),
        ];
        check(&id, &["q x four four one seven"]);
    }

    #[test]
    fn spelled_drugs_stay() {
        let last = [
            (Agent, "how do you spell the last one"),
            (User, "t a m s u l o s i n"),
        ];
        check(&last, &[]);
        check(
            &[(User, "the other is spelled e l i q u i s five milligrams")],
            &[],
        );
    }
}
