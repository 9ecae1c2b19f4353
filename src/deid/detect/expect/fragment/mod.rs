//! What is left of an answer that says nothing but an identifier, or a part of
//! one, when its introduction, its ending and its corrections are taken off:
//! `sure, let me see, k two nine, got it?`.

mod cut;
mod fit;
mod word;

use std::ops::Range;

use crate::deid::detect::cue::Kind;
use crate::deid::detect::value::Value;
use crate::deid::document::{DocTurn, Token, TokenKind};
use crate::deid::word::{Words, words};
use crate::domain::Category;

use super::code;
use super::murmur::is_murmured;
use super::talk::number;
pub(super) use cut::{is_led_in, tail};
use cut::{segments, start};
use fit::{begins, fits};
pub(in crate::deid::detect) use word::STATES;
use word::{may_be_word, word_of};

/// Longest turn, in tokens, that is read as an answer of its own.
const LONGEST: usize = 48;

/// Longest turn, in tokens, that is the beginning of a code and a word.
const LONGEST_PREFIX: usize = 8;

/// Longest word that codes begin with, or hold.
const LONGEST_WORD: usize = 5;

/// Shortest word that may be a password or a handle.
const SHORTEST_WORD: usize = 3;

/// The parts of an identifier of `kind` that all of `turn` is, the first that
/// are said of it; `None` where it says something else.
pub(super) fn first(turn: &DocTurn<'_>, kind: Kind) -> Option<Vec<Value>> {
    let part = |segment: Range<usize>| {
        let body = start(turn, &segment)..segment.end;
        let said = code::part_in(turn, body.clone());
        said.filter(|said| begins(turn, said.clone(), kind.category))
            .or_else(|| {
                let word = word_of(turn, body, SHORTEST_WORD);
                word.filter(|_| may_be_word(kind) && !is_question(turn))
            })
    };
    parts(turn, kind.category, part)
}

/// Whether `turn` asks in a sentence: `is that the one who fell?`, but `tulip?`.
fn is_question(turn: &DocTurn<'_>) -> bool {
    const LONGEST: usize = 4;
    turn.tokens.len() > LONGEST
        && turn.shape.marks.has(b'?')
        && turn
            .tokens
            .last()
            .is_some_and(|last| &turn.text[last.span.clone()] == "?")
}

/// The parts of an identifier of `kind` that all of `turn` from token `from` on
/// is.
pub(super) fn rest(turn: &DocTurn<'_>, kind: Kind, from: usize) -> Option<Vec<Value>> {
    let body = start(turn, &(from..tail(turn)))..tail(turn);
    let linked = |word: &Range<usize>| {
        let before = word.start - 1;
        turn.is_of(before, words!["is", "was", "it's"]) || turn.word(before).ends_with("'s")
    };
    let short = || {
        let word = short_word(turn, from..tail(turn)).filter(|_| is_lettered(kind.category));
        word.filter(linked)
    };
    let said = match code::part_in(turn, body) {
        Some(said) if begins(turn, said.clone(), kind.category) => said,
        _ => return short().map(|word| vec![value(turn, word)]),
    };
    // `the last eight` counts.
    let counts = said.len() == 1
        && said.start > 0
        && turn.is_of(said.start - 1, words!["last", "first", "the"]);
    let whole = said.end..turn.tokens.len();
    let fits = !counts
        && fits(turn, said.clone(), kind.category)
        && whole.into_iter().all(|i| is_led_in(turn, i));
    fits.then(|| vec![value(turn, said)])
}

/// The letters that `turn` says and nothing else: a part of a name; the `first`
/// are two or more.
pub(super) fn letters(turn: &DocTurn<'_>, first: bool) -> Option<Range<usize>> {
    let whole = 0..tail(turn);
    if turn.tokens.len() > LONGEST {
        return None;
    }
    let shouted = |i: usize| {
        let word = turn.word(i);
        (2..=3).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase())
    };
    // `MM` are initials, `mm` is none.
    let aside = |i: usize| turn.tokens[i].kind == TokenKind::Mark || is_led_in(turn, i);
    let mut said = whole.clone().filter(|&i| !aside(i) || shouted(i));
    if let (Some(one), None) = (said.next(), said.next())
        && shouted(one)
        && !turn.is_of(one, words!["ok"])
    {
        return Some(one..one + 1);
    }
    if !first && let Some(one) = only_word(turn, &whole).filter(|&i| turn.is_of(i, words!["i"])) {
        return Some(one..one + 1);
    }
    let letter = |i: &usize| {
        turn.tokens[*i].kind == TokenKind::Word
            && turn.word(*i).len() == 1
            && (!turn.is_of(*i, words!["i"]) || code::is_code(turn, *i))
    };
    let from = (0..whole.end).find(letter)?;
    let said = from..(from..whole.end).rev().find(letter)? + 1;
    let aside = |i: usize| is_led_in(turn, i) || turn.tokens[i].kind == TokenKind::Mark;
    let told = code::past_telling(turn, said.end - 1);
    let alone = (0..from).chain(told..whole.end).all(aside);
    let count = said.clone().filter(letter).count();
    (alone && fits(turn, said.clone(), Category::Person) && count > usize::from(first))
        .then_some(said.start..told)
}

/// The one word that the tokens `within` are, marks and murmurs left out.
fn only_word(turn: &DocTurn<'_>, within: &Range<usize>) -> Option<usize> {
    let aside = |i: usize| turn.tokens[i].kind == TokenKind::Mark || is_murmured(turn, i);
    let mut said = within
        .clone()
        .filter(|&i| turn.is_of(i, words!["i"]) || !aside(i));
    let one = said.next()?;
    said.next().is_none().then_some(one)
}

/// The word that all of `turn` is, which may begin an identifier of `kind`
/// that has letters: `inv`, `iris`.
pub(super) fn prefix(turn: &DocTurn<'_>, kind: Kind) -> Option<Vec<Value>> {
    let whole = 0..tail(turn);
    if let Some(one) = one_piece(turn, &whole, kind.category) {
        return Some(vec![value(turn, one..one + 1)]);
    }
    // `the dog is on it` says something else.
    const AFTER: Words = words!["far", "got", "it", "ok", "okay", "right", "so", "yeah"];
    let ends = |word: &Range<usize>| {
        let mut after = word.end..turn.tokens.len();
        after.all(|i| turn.tokens[i].kind == TokenKind::Mark || turn.is_of(i, AFTER))
    };
    let word = short_word(turn, whole.clone())
        .filter(ends)
        .or_else(|| bare_piece(turn, whole.clone()))
        .or_else(|| measured_piece(turn, whole));
    let word = word.filter(|_| is_lettered(kind.category))?;
    Some(vec![value(turn, word)])
}

/// The letter or the `oh` that all of the tokens `within` are, where an
/// identifier of `category` may begin with it.
fn one_piece(turn: &DocTurn<'_>, within: &Range<usize>, category: Category) -> Option<usize> {
    if category == Category::Username
        && let Some(one) = only_word(turn, within).filter(|&i| turn.is_of(i, words!["i"]))
    {
        return Some(one);
    }
    let mut words =
        (start(turn, within)..within.end).filter(|&i| turn.tokens[i].kind != TokenKind::Mark);
    let piece = words.next()?;
    let begins = match category {
        Category::Username => turn.word(piece).len() == 1,
        Category::Person | Category::Date | Category::Email | Category::Url => false,
        _ => turn.is_of(piece, words!["oh"]),
    };
    (begins && words.all(|i| is_led_in(turn, i))).then_some(piece)
}

/// The short word that all of the tokens `within` are.
fn short_word(turn: &DocTurn<'_>, within: Range<usize>) -> Option<Range<usize>> {
    if turn.tokens.len() > LONGEST_PREFIX {
        return None;
    }
    let body = start(turn, &within)..within.end;
    word_of(turn, body, 2).filter(|word| turn.word(word.start).len() <= LONGEST_WORD)
}

/// Whether identifiers of `category` have letters.
const fn is_lettered(category: Category) -> bool {
    matches!(
        category,
        Category::Account
            | Category::Biometric
            | Category::Device
            | Category::Geocode
            | Category::HealthPlan
            | Category::Ip
            | Category::License
            | Category::MedicalRecord
            | Category::OtherId
            | Category::Vehicle
            | Category::Zip
    )
}

/// Parts of an identifier of `category` that all of `turn`, in which it is read
/// back, is: words alone may be anything else.
pub(super) fn again(turn: &DocTurn<'_>, category: Category) -> Option<Vec<Value>> {
    // `oh, that's the old one`
    let oh = |said: &Range<usize>| said.len() == 1 && turn.is_of(said.start, words!["oh"]);
    let part = |segment: Range<usize>| {
        code::part_in(turn, start(turn, &segment)..segment.end).filter(|said| !oh(said))
    };
    parts(turn, category, part)
}

/// Further parts of an identifier of `category` that all of `turn` is.
pub(super) fn more(turn: &DocTurn<'_>, category: Category) -> Option<Vec<Value>> {
    let part = |segment: Range<usize>| {
        code::part_in(turn, start(turn, &segment)..segment.end)
            .or_else(|| short_word(turn, segment.clone()).filter(|_| is_lettered(category)))
            .or_else(|| {
                let body = start(turn, &segment)..segment.end;
                let short = turn.tokens.len() <= LONGEST_PREFIX;
                word_of(turn, body, SHORTEST_WORD)
                    .filter(|_| short && category == Category::Username)
            })
            .or_else(|| bare_piece(turn, segment.clone()).filter(|_| is_lettered(category)))
            .or_else(|| measured_piece(turn, segment.clone()).filter(|_| is_lettered(category)))
            .or_else(|| one_piece(turn, &segment, category).map(|one| one..one + 1))
    };
    parts(turn, category, part)
}

/// The one letter, or letters that are a unit elsewhere, that all of the tokens
/// `within` are: `a`, `ml`.
fn bare_piece(turn: &DocTurn<'_>, within: Range<usize>) -> Option<Range<usize>> {
    const LONGEST: usize = 3;
    let mut said = within.filter(|&i| !is_murmured(turn, i));
    let (one, None) = (said.next()?, said.next()) else {
        return None;
    };
    let word = turn.word(one);
    let letters = turn.tokens[one].kind == TokenKind::Word
        && word
            .bytes()
            .all(|b| b.is_ascii_alphabetic() && !b"eiouyEIOUY".contains(&b));
    (letters && word.len() <= LONGEST && (word.len() == 1 || !word.contains(['a', 'A'])))
        .then_some(one..one + 1)
}

/// The digits and letters in one that all of the tokens `within` are, though
/// elsewhere they are a measure: `3kg`, `4136cc`.
fn measured_piece(turn: &DocTurn<'_>, within: Range<usize>) -> Option<Range<usize>> {
    const LONGEST: usize = 8;
    let mut said =
        within.filter(|&i| !is_led_in(turn, i) && turn.tokens[i].kind != TokenKind::Mark);
    let (number, letters, None) = (said.next()?, said.next()?, said.next()) else {
        return None;
    };
    let [number_token, letters_token] = [&turn.tokens[number], &turn.tokens[letters]];
    let glued = number_token.span.end == letters_token.span.start;
    let short = letters_token.span.end - number_token.span.start <= LONGEST;
    let mixed = number_token.kind == TokenKind::Number && letters_token.kind == TokenKind::Word;
    (glued && short && mixed).then_some(number..letters + 1)
}

fn parts(
    turn: &DocTurn<'_>,
    category: Category,
    part: impl Fn(Range<usize>) -> Option<Range<usize>>,
) -> Option<Vec<Value>> {
    if turn.tokens.len() > LONGEST {
        return None;
    }
    let mut parts = Vec::new();
    let fits = |tokens: &Range<usize>| fits(turn, tokens.clone(), category);
    for segment in segments(turn) {
        if let Some(tokens) = part(segment.clone()).filter(fits) {
            let first = tokens.start - usize::from(is_letters_before(turn, tokens.start));
            parts.push(value(turn, first..tokens.end));
        } else if segment.clone().any(|i| !is_led_in(turn, i)) {
            return None;
        }
    }
    (!parts.is_empty()).then_some(parts)
}

/// Whether the turn begins with letters that are a word elsewhere, right before
/// the number at token `at`, which is the second: `[be] 441709`.
fn is_letters_before(turn: &DocTurn<'_>, at: usize) -> bool {
    const LETTERS: Words = words!["an", "as", "at", "be", "by", "do", "if", "in", "old", "on"];
    let number = |token: &Token| token.kind == TokenKind::Number && token.span.len() > 2;
    at == 1 && turn.is_of(0, LETTERS) && turn.tokens.get(at).is_some_and(number)
}

/// `parts` of a password with the end of its word before the first of them.
pub(super) fn with_end_of_word(turn: &DocTurn<'_>, mut parts: Vec<Value>) -> Vec<Value> {
    if let Some(first) = parts.first_mut() {
        let at = turn
            .tokens
            .partition_point(|t| t.span.end <= first.span.start);
        if is_end_of_word(turn, at) {
            first.span.start = turn.tokens[at - 1].span.start;
        }
    }
    parts
}

/// Whether the turn begins with the end of a password's word, of which the
/// beginning was said before, right before the number at token `at`: `saffr`,
/// `[on] three one seven`.
fn is_end_of_word(turn: &DocTurn<'_>, at: usize) -> bool {
    const LONGEST: usize = 3;
    const OTHER: Words = words!["and", "is", "its", "so", "uh", "um", "was", "yes"];
    let led =
        |i: usize| turn.tokens[i].kind == TokenKind::Mark || turn.is_of(i, words!["um", "uh"]);
    at > 0
        && number(turn, at)
        && turn.tokens[at - 1].kind == TokenKind::Word
        && turn.word(at - 1).len() <= LONGEST
        && !turn.is_of(at - 1, OTHER)
        && (0..at - 1).all(led)
}

fn value(turn: &DocTurn<'_>, tokens: Range<usize>) -> Value {
    let span = turn.tokens[tokens.start].span.start..turn.tokens[tokens.end - 1].span.end;
    let digits = turn.text[span.clone()].bytes();
    Value {
        digits: digits.filter(u8::is_ascii_digit).count(),
        span,
        next: tokens.end,
    }
}

#[cfg(test)]
mod tests {
    use super::word::PASSWORD;
    use super::*;
    use crate::deid::detect::cue::Form;
    use crate::deid::document::Document;
    use crate::deid::tests::conversation;

    #[track_caller]
    fn check(text: &str, category: Category, expected: &[&str]) {
        let raw = conversation(&[text]);
        let document = Document::new(&raw);
        let kind = Kind {
            category,
            rule: PASSWORD,
            digits: 3,
            form: Form::Word,
        };
        let parts = first(&document.turns[0], kind).unwrap_or_default();
        let parts: Vec<_> = parts.iter().map(|v| &text[v.span.clone()]).collect();
        assert_eq!(parts, expected, "{text}");
    }

    #[test]
    fn answers_lose_what_surrounds_them() {
        use Category::{OtherId, Person, Secret, Username};
        check("let me see, k two nine, got it?", OtherId, &["k two nine"]);
        check("one second okay q n seven", OtherId, &["q n seven"]);
        check("and then e d y", Person, &["e d y"]);
        check("it's tulip, if that helps", Secret, &["tulip"]);
        check("tulip hash nine two", Secret, &["tulip hash nine two"]);
        check("blee forty", Username, &["blee forty"]);
        check("about nine", OtherId, &[]);
        check("question nine", OtherId, &[]);
        check(
            "k two nine no wait k two eight",
            OtherId,
            &["k two nine", "k two eight"],
        );
    }

    #[test]
    fn other_turns_are_no_answers() {
        for text in [
            "i don't know",
            "forgot",
            "it hurts when i walk",
            "can you hear me",
            "sure one second",
            "okay",
            "no",
        ] {
            check(text, Category::Secret, &[]);
        }
        check("k two nine", Category::Person, &[]);
        check("k two nine", Category::Phone, &[]);
    }
}
