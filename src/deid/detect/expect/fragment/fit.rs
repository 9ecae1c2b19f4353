//! Whether what is said may be a part of what was asked for: no day, no dose, no
//! diagnosis.

use std::ops::Range;

use crate::deid::detect::value::is_year;
use crate::deid::document::{DocTurn, TokenKind};
use crate::deid::word::words;
use crate::domain::Category;

use super::super::code;
use super::super::murmur::is_murmured;
use super::super::talk::number;

/// Whether `said` can be the first that is said of an identifier: numbers,
/// letters but `a`, and words only where passwords and names on the net have
/// them.
pub(super) fn begins(turn: &DocTurn<'_>, mut said: Range<usize>, category: Category) -> bool {
    let worded = matches!(
        category,
        Category::Secret
            | Category::Username
            | Category::Biometric
            | Category::Email
            | Category::Url
    );
    let telling = |i: usize| code::is_code(turn, i) && !turn.is_of(i, words!["a", "oh"]);
    let plain = |i: usize| {
        let word = turn.tokens[i].kind == TokenKind::Word;
        word && !code::is_code(turn, i) && !code::is_symbol(turn.key(i)) && !is_murmured(turn, i)
    };
    said.clone().any(telling) && (worded || !said.any(plain))
}

/// Whether what was said can be of `category`: names have letters only,
/// numbers of persons and telephones digits only.
pub(super) fn fits(turn: &DocTurn<'_>, mut tokens: Range<usize>, category: Category) -> bool {
    let mark = |i: usize| turn.tokens[i].kind == TokenKind::Mark;
    let letter = |i: usize| turn.word(i).len() == 1 && !number(turn, i);
    match category {
        Category::Person => tokens.all(|i| mark(i) || letter(i) || is_murmured(turn, i)),
        Category::Phone | Category::Fax | Category::Ssn | Category::Date => tokens.all(|i| {
            mark(i)
                || number(turn, i)
                || is_murmured(turn, i)
                || turn.is_of(i, words!["oh", "o", "zero", "double", "triple", "dash"])
        }),
        _ => {
            !says(turn, tokens.clone(), is_diagnosis)
                && !says(turn, tokens.clone(), is_decimal)
                && !is_dated(turn, tokens, category)
        }
    }
}

/// Whether one of the words `tokens` is what `wanted` tells.
fn says(turn: &DocTurn<'_>, tokens: Range<usize>, wanted: fn(&str) -> bool) -> bool {
    let (Some(first), Some(last)) = (
        turn.tokens.get(tokens.start),
        turn.tokens.get(tokens.end.saturating_sub(1)),
    ) else {
        return false;
    };
    turn.text[first.span.start..last.span.end]
        .split(' ')
        .any(wanted)
}

/// Whether `tokens` are a word and a year, as no code of `category` is.
fn is_dated(turn: &DocTurn<'_>, tokens: Range<usize>, category: Category) -> bool {
    let worded = matches!(
        category,
        Category::Secret | Category::Username | Category::Email | Category::Url
    );
    let plain = |i: usize| {
        turn.tokens[i].kind == TokenKind::Word
            && turn.word(i).len() > 2
            && !code::is_code(turn, i)
            && !code::is_symbol(turn.key(i))
    };
    let numbers = || {
        tokens
            .clone()
            .filter(|&i| turn.tokens[i].kind == TokenKind::Number)
    };
    !worded
        && tokens.clone().any(plain)
        && numbers().count() == 1
        && numbers().all(|i| is_year(turn.word(i)))
}

/// Whether `word` is a diagnosis by its code, which says nothing of whose it is:
/// `l20.9`.
fn is_diagnosis(word: &str) -> bool {
    let category = word
        .split_once('.')
        .map(|(category, _)| category.as_bytes());
    matches!(category, Some([letter, tens, unit])
        if letter.is_ascii_alphabetic() && tens.is_ascii_digit() && unit.is_ascii_alphanumeric())
}

/// Whether `word` is a measure: `13.9`.
fn is_decimal(word: &str) -> bool {
    const LONGEST: usize = 3;
    let word = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let number = |part: &str| {
        (1..=LONGEST).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    word.split_once('.')
        .is_some_and(|(whole, part)| number(whole) && number(part))
}
