//! Parts of street addresses (45 CFR 164.514(b)(2)(i)(B)): `three three seven`,
//! `lockkeeper road`, `unit thirty two`.

mod words;

use std::ops::Range;

use crate::deid::document::{DocTurn, TokenKind};
use crate::deid::word::{Phrases, Words, phrases, words};

use super::murmur::is_murmured;
use super::talk::{is_said, number, word};
use words::is_house;

pub(in crate::deid) use words::is_kind;
pub(in crate::deid::detect) use words::{is_sentence_word, is_unit_word};

/// Most words of one part.
pub(super) const LONGEST_PART: usize = 10;

/// Most words of a street's name that is said without its kind.
const LONGEST_NAME: usize = 3;

/// The part of an address that `turn` says.
pub(super) fn part(turn: &DocTurn<'_>) -> Option<Range<usize>> {
    let all = turn.tokens.len();
    // `[17a]. the one with the green door`
    let stop = || (1..all).find(|&i| turn.word(i) == ".").unwrap_or(all);
    whole(turn, all)
        .or_else(|| whole(turn, stop()))
        .or_else(|| (0..all).find_map(|i| numbered(turn, i)))
        .or_else(|| (0..all).find_map(|i| door(turn, i)))
        .or_else(|| flat(turn))
}

/// The flat that `turn` begins with, by its number and letter, whatever goes on:
/// `[forty d] the bell is broken`.
fn flat(turn: &DocTurn<'_>) -> Option<Range<usize>> {
    let first = (0..turn.tokens.len()).find(|&i| !is_aside(turn, i) || number(turn, i))?;
    let letter = lettered(turn, first)?;
    // `nine a day`, but `9[a], the blue door`
    let article = turn.is_of(letter, words!["a"]) && !turn.is_joined(letter);
    (!article).then_some(first..letter + 1)
}

/// The letter of a door after the number that begins at token `first`.
fn lettered(turn: &DocTurn<'_>, first: usize) -> Option<usize> {
    const LETTERS: Words = words!["a", "b", "c", "d", "e", "f", "g", "h"];
    const MOST: usize = 3;
    let letter = (first..turn.tokens.len()).find(|&i| !number(turn, i))?;
    let fits = (first + 1..=first + MOST).contains(&letter)
        && turn.tokens[first].span.len() <= MOST + usize::from(!turn.is_joined(letter)) * 9;
    (fits && turn.is_of(letter, LETTERS)).then_some(letter)
}

/// The flat that `turn`, which asks for one, itself names at its end: `which flat gets it,
/// is that [six b]`.
fn told_flat(turn: &DocTurn<'_>) -> Option<Range<usize>> {
    const UNITS: Words = words!["apartment", "apt", "flat", "suite", "unit"];
    let ended = turn
        .tokens
        .last()
        .is_some_and(|t| t.kind == TokenKind::Mark);
    let letter = turn.tokens.len().checked_sub(1 + usize::from(ended))?;
    let unit = (0..letter).find(|&i| turn.is_of(i, UNITS))?;
    let first = (unit + 2..letter).find(|&i| number(turn, i))?;
    let led = turn.is_of(first - 1, words!["in", "is", "it", "number", "that"]);
    (led && lettered(turn, first) == Some(letter)).then_some(first..letter + 1)
}

/// The `number` at token `i` and what it is, where it is a house's: `the white one after
/// the bridge, [number forty]`.
fn door(turn: &DocTurn<'_>, i: usize) -> Option<Range<usize>> {
    const MOST: usize = 3;
    const BEFORE: Words = words![
        "at", "house", "in", "is", "it's", "its", "the", "uh", "um", ","
    ];
    if !turn.is_of(i, words!["number"]) || i > 0 && !turn.is_of(i - 1, BEFORE) {
        return None;
    }
    let numbers = (i + 1..turn.tokens.len()).take_while(|&k| number(turn, k));
    let end = numbers.last()? + 1;
    let ends = end >= turn.tokens.len() || turn.tokens[end].kind == TokenKind::Mark;
    let written = turn.tokens[i + 1].kind == TokenKind::Number;
    let short = end <= i + MOST && (!written || turn.word(i + 1).len() <= MOST);
    (ends && short).then_some(i..end)
}

/// The number and the street, whatever its kind, that begin at token `i` of a
/// sentence: `we're at [eighty twelve quince hollow] in …`.
fn numbered(turn: &DocTurn<'_>, i: usize) -> Option<Range<usize>> {
    const BEFORE: Words = words![
        "at", "before", "is", "it's", "its", "live", "me", "no", "now", "on", "so", "still",
        "sure", "to", "uh", "um", "yeah", "yes", ",", "."
    ];
    const AFTER: Words = words![
        "across",
        "and",
        "apartment",
        "apt",
        "at",
        "behind",
        "but",
        "by",
        "come",
        "he",
        "he's",
        "here",
        "hurry",
        "in",
        "it's",
        "its",
        "my",
        "near",
        "no",
        "now",
        "number",
        "off",
        "please",
        "right",
        "she",
        "she's",
        "sorry",
        "thanks",
        "that's",
        "the",
        "there",
        "unit"
    ];
    if !number(turn, i) || i > 0 && !turn.is_of(i - 1, BEFORE) {
        return None;
    }
    let name =
        (i..turn.tokens.len()).find(|&k| !number(turn, k) && !turn.is_of(k, words!["oh"]))?;
    let name = name + 3 * usize::from(is_said(turn, name, phrases!["and a half"]));
    let numeric = turn.tokens[i].kind == TokenKind::Number || name > i + 1;
    // `nine fifty one old post`
    let old = |k: usize| k == name && turn.is_of(k, words!["old"]) && k > i + 1;
    let of_name = |k: &usize| {
        turn.tokens[*k].kind == TokenKind::Word
            && (!is_sentence_word(turn.key(*k)) || old(*k))
            && !is_murmured(turn, *k)
            && !AFTER.has(turn.key(*k))
    };
    // `twenty two oh one uh north kedzie`
    let hesitates = turn.is_of(name, words!["uh", "um"]) && name + 1 < turn.tokens.len();
    let name = name + usize::from(hesitates && !number(turn, name + 1));
    let names = (name..turn.tokens.len()).take_while(of_name).count();
    let end = name + names;
    let long = name > i + 1
        || turn.tokens[i].span.len() > 1
        || i == 0 && names == 1 && word(turn, end) == ",";
    // `61 s elm dover de 19901`
    let state = |i: usize| turn.is_of(i, words!["or", "in", "me", "hi", "oh", "pa", "la"]);
    let ends = end >= turn.tokens.len()
        || number(turn, end)
        || turn.is_of(end, words!["uh", "um"])
        || state(end) && number(turn, end + 1)
        || turn.tokens[end].kind == TokenKind::Mark
        || AFTER.has(turn.key(end));
    // `nineteen mill pond no nineteen oh one`, `nine thornapple apartment six`
    let numeric = numeric || turn.is_of(end, words!["apartment", "apt", "no", "sorry", "unit"]);
    let fits = (1..=LONGEST_NAME).contains(&names);
    (long && numeric && fits && ends).then_some(i..end)
}

/// The number and the street that `turn` itself tells after the word `address`: `the
/// address we have is [nineteen forty east quince]`.
pub(super) fn told(turn: &DocTurn<'_>) -> Option<Range<usize>> {
    const NEAR: usize = 6;
    const LINKS: Words = words!["as", "is", ":"];
    if let Some(flat) = told_flat(turn) {
        return Some(flat);
    }
    let address = (0..turn.tokens.len()).find(|&i| turn.is_of(i, words!["address"]))?;
    let near = address + 1..turn.tokens.len().min(address + NEAR);
    let link = near
        .rev()
        .find(|&i| turn.is_of(i, LINKS) || turn.word(i) == ":")?;
    let first =
        (link + 1..turn.tokens.len()).find(|&i| !turn.is_of(i, words!["uh", "um", "still"]))?;
    numbered(turn, first)
}

/// Whether `turn` asks for a street's name by itself, and ends so: `and your street?`
pub(super) fn asks_name(turn: &DocTurn<'_>) -> bool {
    const ASKED: Phrases = phrases![
        "your street",
        "what street",
        "which street",
        "the street",
        "street name"
    ];
    let ends = |i: usize| {
        (i..turn.tokens.len()).all(|k| {
            turn.tokens[k].kind == TokenKind::Mark
                || turn.is_of(k, words!["please", "name", "street", "again"])
        })
    };
    // `how is the street`, `are you on the street`
    const OTHER: Words = words!["are", "did", "do", "how", "was", "were"];
    let other = (0..turn.tokens.len()).any(|i| turn.is_of(i, OTHER));
    !other && (0..turn.tokens.len()).any(|i| is_said(turn, i, ASKED) && ends(i + 1))
}

/// The street's name without its kind that all of `turn` is, where a street was asked
/// for: `[marigold]`, `it's on [old quarry]`.
pub(super) fn only_name(turn: &DocTurn<'_>) -> Option<Range<usize>> {
    let aside =
        |i: usize| is_aside(turn, i) || turn.is_of(i, words!["on", "it's", "its", "it", "is"]);
    const PUTS_OFF: Words = words!["don't", "hang", "hold", "let", "wait"];
    if (0..turn.tokens.len()).any(|i| turn.is_of(i, PUTS_OFF)) {
        return None;
    }
    let start = (0..turn.tokens.len()).find(|&i| !aside(i))?;
    let end = (start..turn.tokens.len()).rev().find(|&i| !aside(i))? + 1;
    let plain = |i: usize| {
        turn.tokens[i].kind == TokenKind::Word
            && turn.word(i).len() > 2
            && !is_sentence_word(turn.key(i))
            && !turn.is_of(i, NO_STREET)
    };
    (end - start <= LONGEST_NAME && (start..end).all(plain)).then_some(start..end)
}

/// How it is said that there is no street, or not yet which.
const NO_STREET: Words = words![
    "above",
    "address",
    "again",
    "forget",
    "forgot",
    "hello",
    "here",
    "homeless",
    "looking",
    "mine",
    "moment",
    "none",
    "nope",
    "nothing",
    "okay",
    "question",
    "remember",
    "repeat",
    "same",
    "second",
    "somewhere",
    "street",
    "sure",
    "understand",
    "unknown",
    "wait",
    "what",
    "why",
    "yes"
];

/// The part of an address that all of `turn` before token `all` is, what people murmur around it
/// left out: a number, a street, a unit.
fn whole(turn: &DocTurn<'_>, all: usize) -> Option<Range<usize>> {
    let aside = |i: usize| is_aside(turn, i);
    let start = (0..all).find(|&i| !aside(i) || number(turn, i))?;
    let end = (start..all).rev().find(|&i| !aside(i) || number(turn, i))? + 1;
    let words = turn.tokens[start..end]
        .iter()
        .filter(|t| t.kind != TokenKind::Mark)
        .count();
    let ends_street = is_kind(turn.key(end - 1));
    // `the old forge`, `rook cottage`
    let house = is_house(turn.key(end - 1)) && (start + 1..start + 4).contains(&(end - 1));
    // `apartment d [as in] dog`
    let likens = |i: usize| {
        let letter = |i: usize| turn.word(i).len() == 1;
        let said = |i: usize| is_said(turn, i, phrases!["as in"]) && i > start && letter(i - 1);
        said(i) || i > 0 && said(i - 1)
    };
    let named = |i: usize| (ends_street || house) && turn.is_of(i, words!["old", "second", "home"]);
    // `17[a]`
    let glued = |i: usize| i > start && turn.tokens[i].letter && turn.is_joined(i);
    let plain =
        (start..end).all(|i| !is_sentence_word(turn.key(i)) || named(i) || likens(i) || glued(i));
    let numbered = (start..end).all(|i| number(turn, i) || is_short(turn, i));
    let street = ends_street || (start..end).any(|i| is_inner_kind(turn, i, end));
    let boxed =
        is_said(turn, start, phrases!["p o box"]) || is_said(turn, start, phrases!["po box"]);
    let unit = boxed || is_unit_word(turn.key(start)) && end > start + 1;
    (words <= LONGEST_PART
        && plain
        && (numbered && begins_number(turn, start) || (street || house) && words > 1 || unit))
        .then_some(start..end)
}

/// Whether token `i` is no part of what is said around it.
pub(super) fn is_aside(turn: &DocTurn<'_>, i: usize) -> bool {
    is_murmured(turn, i) && !turn.is_of(i, words!["oh", "o"])
        || turn.is_of(
            i,
            words![
                "know", "did", "of", "course", "get", "does", "be", "should", "would",
            ],
        )
}

/// Whether a number begins with token `i`: `three`, `double two`.
fn begins_number(turn: &DocTurn<'_>, i: usize) -> bool {
    let repeated = turn.is_of(i, words!["double", "triple", "oh"]);
    number(turn, i) || repeated && number(turn, i + 1)
}

/// A letter, a mark, a word that is a number's part.
fn is_short(turn: &DocTurn<'_>, i: usize) -> bool {
    turn.word(i).len() == 1
        || turn.tokens[i].kind == TokenKind::Mark
        || turn.is_of(
            i,
            words![
                "oh",
                "zero",
                "double",
                "triple",
                "hundred",
                "inaudible",
                "uh",
                "um",
            ],
        )
}

/// Whether a street's kind stands at token `i`, before a unit.
fn is_inner_kind(turn: &DocTurn<'_>, i: usize, end: usize) -> bool {
    let next = i + 1 + usize::from(word(turn, i + 1) == ",");
    is_kind(turn.key(i)) && next < end && is_unit_word(turn.key(next))
}
