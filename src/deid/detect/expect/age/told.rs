//! Ages that the sentence itself tells: of whom it is said, after which word.

use crate::deid::document::DocTurn;
use crate::deid::spoken::{teen, unit};
use crate::deid::word::{Phrases, Words, phrases, says, words};

use super::super::elder::{is_apposed, is_at_time, is_of_oldest, is_of_relative, is_turned};
use super::super::talk::{Said, is_said, word};
use super::OLDEST;
use super::life::is_of_life;

/// Most words between an age and what tells of it.
const NEAR: usize = 4;

/// Whether the sentence says that `said` is an age or a year of birth.
pub(super) fn told(turn: &DocTurn<'_>, said: &Said) -> bool {
    if said.value > OLDEST {
        return is_year_of_birth(turn, said);
    }
    let next = past_fillers(turn, said.tokens.end);
    let ordinal = !is_cardinal(turn, said);
    let before = said
        .tokens
        .start
        .checked_sub(1)
        .map_or("", |i| turn.word(i));
    let own = words!["my", "his", "her", "their", "your"].lists(before);
    is_said(turn, next, phrases!["years young"])
        || is_said(turn, next, phrases!["years on this earth"])
        || turn.is_of(next, words!["year", "years"])
            && says!(turn, past_fillers(turn, next + 1), "old")
        || ordinal && says!(turn, next, "birthday")
        || ordinal && own && (says!(turn, next, "year") || ends(turn, said.tokens.end))
        || is_after_age(turn, said.tokens.start)
        || is_hale(turn, said.tokens.start)
        || is_of_relative(turn, said)
        || !ordinal
            && (is_of_oldest(turn, said)
                || is_turned(turn, said)
                || is_apposed(turn, said)
                || is_at_time(turn, said)
                || is_of_life(turn, said))
        || !ordinal
            && is_of_person(turn, said.tokens.start)
            && !turn.is_of(said.tokens.end, words!["on", "for", "times", "sure"])
}

/// Whether somebody's age is what comes to token `start`: `he's gonna be`, `my
/// father will soon be`, `she is nearly`, `she's pushing`.
fn is_of_person(turn: &DocTurn<'_>, start: usize) -> bool {
    const REACH: usize = 6;
    const BETWEEN: Words = words![
        "about", "already", "am", "are", "be", "been", "going", "gonna", "got", "have", "is",
        "just", "know", "like", "might", "must", "now", "only", "over", "probably", "soon", "to",
        "uh", "um", "was", "well", "will", "would", "you", "'ll"
    ];
    // Without one of these a number may be a pulse or a weight.
    const NEARS: Words = words![
        "almost",
        "approaching",
        "be",
        "hit",
        "hitting",
        "nearing",
        "nearly",
        "past",
        "pushing",
        "reaching"
    ];
    const WHO: Words = words![
        "aunt",
        "brother",
        "dad",
        "dad's",
        "father",
        "father's",
        "grandfather",
        "grandma",
        "grandma's",
        "grandmother",
        "grandpa",
        "grandpa's",
        "granny",
        "he",
        "he'd",
        "he'll",
        "he's",
        "husband",
        "husband's",
        "i",
        "i'd",
        "i'll",
        "i'm",
        "mom",
        "mom's",
        "mother",
        "mother's",
        "mum",
        "mum's",
        "nan",
        "nana",
        "patient",
        "she",
        "she'd",
        "she'll",
        "she's",
        "sister",
        "they",
        "they're",
        "uncle",
        "we",
        "who",
        "who's",
        "wife",
        "wife's"
    ];
    let reach = start.saturating_sub(REACH)..start;
    let between = |i: &usize| turn.is_of(*i, BETWEEN) || turn.is_of(*i, NEARS);
    let near = reach
        .clone()
        .rev()
        .take_while(between)
        .any(|i| turn.is_of(i, NEARS));
    let who = reach.rev().find(|i| !between(i));
    near && who.is_some_and(|i| turn.is_of(i, WHO))
}

fn is_cardinal(turn: &DocTurn<'_>, said: &Said) -> bool {
    let last = word(turn, said.tokens.end - 1);
    let key = turn.key(said.tokens.end - 1);
    unit(key).is_some()
        || teen(key).is_some()
        || words!["ninety", "hundred"].lists(last)
        || last.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a sentence ends before token `i`: `he had his [ninety third]`.
fn ends(turn: &DocTurn<'_>, i: usize) -> bool {
    matches!(word(turn, i), "" | "." | "!" | "?" | ",")
}

fn past_fillers(turn: &DocTurn<'_>, from: usize) -> usize {
    let filler = |i: usize| turn.is_of(i, words!["uh", "um", "you", "know", ","]);
    (from..from + NEAR).find(|&i| !filler(i)).unwrap_or(from)
}

/// Whether `age`, `turning` and the like come before token `start`.
fn is_after_age(turn: &DocTurn<'_>, start: usize) -> bool {
    const BETWEEN: Words = words![
        "about", "as", "down", "got", "had", "have", "i", "i've", "is", "it", "just", "listed",
        "now", "of", "uh", "um", "was", "we", "we've", ":", "="
    ];
    const AGES: Words = words![
        "age",
        "aged",
        "celebrated",
        "celebrating",
        "turn",
        "turned",
        "turning",
        "turns",
    ];
    if start > 1 && is_said(turn, start - 2, phrases!["going on"]) {
        return true;
    }
    const REACH: usize = 6;
    let near = (start.saturating_sub(REACH)..start).rev();
    let mut words = near.skip_while(|&i| turn.is_of(i, BETWEEN));
    words.next().is_some_and(|i| turn.is_of(i, AGES))
}

/// Whether one says how well one bears the age that begins at token `start`: `a young
/// [ninety one]`.
fn is_hale(turn: &DocTurn<'_>, start: usize) -> bool {
    const HALE: Words = words!["feisty", "healthy", "sharp", "spry", "young", "youthful"];
    start > 1 && turn.is_of(start - 1, HALE) && turn.is_of(start - 2, words!["a", "very"])
}

/// `year of birth is 1931`, `1931 as the year of birth`, `born in nineteen
/// thirty one`.
fn is_year_of_birth(turn: &DocTurn<'_>, said: &Said) -> bool {
    const BETWEEN: Words = words![
        "as", "back", "her", "his", "in", "is", "it's", "know", "my", "the", "uh", "um", "was",
        "way", "you", "your", ",", ":", "="
    ];
    const PHRASES: Phrases = phrases!["year of birth", "birth year"];
    let between = |i: &usize| turn.is_of(*i, BETWEEN);
    let end = said.tokens.end;
    // `as you know the year of birth`
    let after = (end..=end + NEAR).find(|i| !between(i)).unwrap_or(end);
    if is_said(turn, after, PHRASES) {
        return true;
    }
    let first = said.tokens.start;
    let before = (first.saturating_sub(NEAR)..first)
        .rev()
        .find(|i| !between(i));
    before.is_some_and(|i| {
        says!(turn, i, "born")
            || i >= 1 && is_said(turn, i - 1, phrases!["birth year"])
            || i >= 2 && is_said(turn, i - 2, phrases!["year of birth"])
    })
}
