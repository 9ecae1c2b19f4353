//! Towns by lexicon and context.

mod far;

use std::ops::Range;

use crate::deid::Strength;
use crate::deid::detect::name::{Standing, ends_phrase, is_of_thing, standing};
use crate::deid::document::TokenKind;
use crate::deid::lexicon::{Classes, Lexicon, ReadTurn, Town};
use crate::deid::spoken::is_number_word;
use crate::deid::word::{Key, says};
use crate::domain::Category;

use super::Place;
use super::spelled::letters_end;
use far::before_hesitation;

/// What the words before a possible town say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Context {
    /// Nothing.
    Bare,
    /// A preposition of place: "in", "to".
    Preposition,
    /// Someone's place: "lives in", "moved to", "city is".
    Residence,
}

/// The town that begins at token `i`.
pub(super) fn at(turn: &ReadTurn<'_>, i: usize, lexicon: &Lexicon) -> Option<Place> {
    if !turn.is_word(i) {
        return None;
    }
    if turn.is_letter(i) {
        return spelled(turn, i);
    }
    if let Some(place) = of_several_words(turn, i, lexicon) {
        return Some(place);
    }
    if let Some(end) = district_end(turn, i) {
        return Some(town(i..end, "before-state", 0.9));
    }
    if is_county(turn, i) {
        return Some(town(i..i + 2, "county", 0.85));
    }
    if !may_be_town(turn, i) {
        return None;
    }
    let size = turn.classes(i).town_size();
    let kind = with_kind(turn, i);
    let context = context(turn, kind.start);
    let (rule, confidence) = if size >= 1 && is_beside_zip(turn, i..i + 1) {
        ("beside-zip", 0.85)
    } else if is_before_state(turn, i + 1) {
        ("before-state", 0.9)
    } else if context == Context::Residence && is_residence(turn, i, &kind) {
        ("residence", 0.9)
    } else if size >= 3 && is_leg(turn, i) || size >= 2 && is_town_by(turn, i, context) {
        ("listed", 0.75)
    } else if is_branch(turn, i) {
        ("branch", 0.8)
    } else if size >= 1 && is_small_town(turn, i) {
        ("small", 0.7)
    } else if far::is_unlisted_town(turn, i) {
        ("unlisted", 0.65)
    } else {
        return None;
    };
    (!is_of_thing(turn, i)).then(|| town(kind, rule, confidence))
}

/// One past the district's letters after the capital at token `i`: `washington,
/// [d.c.]`, `washington [dc]`.
fn district_end(turn: &ReadTurn<'_>, i: usize) -> Option<usize> {
    const WASHINGTON: Key = Key::of("washington");
    if turn.key(i) != WASHINGTON {
        return None;
    }
    let first = i + 1 + usize::from(turn.is_mark(i + 1, ","));
    if says!(turn, first, "dc") {
        return Some(first + 1);
    }
    let second = first + 1 + usize::from(turn.is_mark(first + 1, "."));
    (says!(turn, first, "d") && says!(turn, second, "c")).then_some(second + 1)
}

/// The town that is said letter by letter from token `i` on, where somebody is:
/// `out near [l a n k o]`.
fn spelled(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    const FEWEST: usize = 5;
    if context(turn, i) < Context::Residence {
        return None;
    }
    let end = letters_end(turn, i)?;
    let letters = (i..end).filter(|&k| turn.is_letter(k)).count();
    (letters >= FEWEST).then(|| town(i..end, "spelled", 0.8))
}

/// The town whose name is token `i`, with the words that names of towns begin
/// or end with: "port odra", "odra junction".
fn with_kind(turn: &ReadTurn<'_>, i: usize) -> Range<usize> {
    const BEGIN: &[&str] = &["port", "fort", "lake", "mount", "san", "los", "las", "el"];
    const END: &[&str] = &["city", "junction", "heights", "falls", "springs", "beach"];
    let begins = i > 0 && BEGIN.contains(&turn.word(i - 1));
    let ends = END.contains(&turn.word(i + 1));
    i - usize::from(begins)..i + 1 + usize::from(ends)
}

fn town(tokens: Range<usize>, rule: &'static str, confidence: f32) -> Place {
    let strength = if rule == "residence" || rule == "before-state" {
        Strength::Cued
    } else {
        Strength::Likely
    };
    Place {
        tokens,
        category: Category::City,
        rule,
        strength,
        confidence,
    }
}

/// A town whose name has several words: the longest that the lexicon holds.
#[inline]
pub(super) fn of_several_words(turn: &ReadTurn<'_>, i: usize, lexicon: &Lexicon) -> Option<Place> {
    // Most words begin none.
    let begins = turn.classes(i).any(Classes::TOWN_START);
    begins.then(|| accepted(turn, i, lexicon)).flatten()
}

fn accepted(turn: &ReadTurn<'_>, i: usize, lexicon: &Lexicon) -> Option<Place> {
    let (end, size) = listed(turn, i, lexicon)?;
    let capital = (i..end).all(|k| turn.is_capital(k) || !turn.is_word(k));
    let telling = (i..end).any(|k| {
        let classes = turn.classes(k);
        classes.commonness() <= 3 && !classes.any(Classes::STOP)
    });
    let context = context(turn, i);
    // `eighty four` is a town, and a number more often.
    let numbers = (i..end).all(|k| is_number_word(turn.turn.key(k)));
    let accepted = if numbers {
        is_before_state(turn, end)
    } else if is_beside_zip(turn, i..end)
        || end - i == turn.len()
        || (end - i > 2 && size >= 2)
        || is_one_of(turn, i, end)
    {
        true
    } else if telling {
        size >= 2 || capital || context == Context::Residence || is_before_state(turn, end)
    } else {
        capital && size >= 2
            || is_before_state(turn, end)
            || (context >= Context::Preposition && size >= 3)
            || context == Context::Residence
                && ends_phrase(turn, end - 1)
                && (i..end).any(|k| !turn.classes(k).any(Classes::STOP))
    };
    let rule = if context == Context::Residence {
        "residence"
    } else {
        "several-words"
    };
    accepted.then(|| town(i..end, rule, 0.85))
}

/// One past the longest town of several words that the lexicon holds and that
/// begins at token `i`, and its size.
fn listed(turn: &ReadTurn<'_>, i: usize, lexicon: &Lexicon) -> Option<(usize, u8)> {
    // "st. louis", "winston-salem": a mark may part the first two words.
    let second = i + 1 + usize::from(turn.is_mark(i + 1, ".") || turn.is_mark(i + 1, "-"));
    let towns = lexicon.towns_from(turn.key(i), turn.key(second));
    let town_end = |town: &Town| {
        let mut words = town.rest.split_whitespace().zip(second + 1..);
        words
            .all(|(word, k)| turn.says(k, word))
            .then(|| second + 1 + town.rest.split_whitespace().count())
    };
    let mut towns = towns.iter();
    towns.find_map(|town| Some((town_end(town)?, town.size)))
}

/// One past the town of several words that begins at token `i`, whatever its
/// words are; numbers are numbers.
pub(super) fn listed_end(turn: &ReadTurn<'_>, i: usize, lexicon: &Lexicon) -> Option<usize> {
    let towns = turn.classes(i).any(Classes::TOWN_START);
    let (end, _) = towns.then(|| listed(turn, i, lexicon)).flatten()?;
    let number = |k: usize| is_number_word(turn.turn.key(k));
    (!(i..end).all(number)).then_some(end)
}

/// Whether one of several places of a firm is told by the town at token `i`:
/// "the [garland] store".
fn is_branch(turn: &ReadTurn<'_>, i: usize) -> bool {
    let classes = turn.classes(i);
    let other = Classes::CLINICAL | Classes::DRUG | Classes::BRAND | Classes::STOP;
    let town = classes.town_size() >= 1 && (classes.commonness() <= 4 || turn.is_proper(i));
    let unlisted = standing(classes) == Standing::Unlisted && turn.word(i).len() >= LONG_ENOUGH;
    is_one_of(turn, i, i + 1) && !classes.any(other) && (town || unlisted)
}

/// Whether a journey goes from token `i` to a town: `[phoenix] to boise`.
fn is_leg(turn: &ReadTurn<'_>, i: usize) -> bool {
    const TO: Key = Key::of("to");
    let other = Classes::CLINICAL | Classes::DRUG | Classes::BRAND | Classes::STOP;
    let there = turn.classes(i + 2);
    turn.key(i + 1) == TO
        && there.town_size() >= 2
        && there.commonness() == 0
        && !turn.classes(i).any(other)
        && !there.any(other)
}

/// Whether a town that is no word stands at token `i` where somebody is, and
/// nothing goes on: `out of [yreka]`.
fn is_small_town(turn: &ReadTurn<'_>, i: usize) -> bool {
    let classes = turn.classes(i);
    let other = Classes::CLINICAL | Classes::DRUG | Classes::BRAND | Classes::STOP;
    let placed = i > 0 && says!(turn, i - 1, "in" | "near" | "at" | "from")
        || i > 1 && says!(turn, i - 1, "of") && says!(turn, i - 2, "out");
    placed
        && classes.commonness() == 0
        && turn.word(i).len() >= LONG_ENOUGH
        && !classes.any(other)
        && ends_phrase(turn, i)
}

/// Fewest letters of a word in no list that tells a place.
const LONG_ENOUGH: usize = 5;

/// Whether the words from token `i` to `end` tell one of several places of a
/// firm: `the [walnut creek] office`.
fn is_one_of(turn: &ReadTurn<'_>, i: usize, end: usize) -> bool {
    i > 0
        && says!(turn, i - 1, "the" | "your" | "our")
        && says!(
            turn,
            end,
            "branch"
                | "campus"
                | "clinic"
                | "depot"
                | "location"
                | "office"
                | "pharmacy"
                | "store"
                | "warehouse"
        )
}

/// Whether ", ohio" or "in texas" follows at token `k`.
fn is_before_state(turn: &ReadTurn<'_>, k: usize) -> bool {
    let comma = turn.is_mark(k, ",");
    let state = k + usize::from(comma);
    let classes = turn.classes(state);
    if !classes.any(Classes::STATE) {
        return says!(turn, state, "new" | "north" | "south" | "west")
            && is_second_half(turn.word(state + 1))
            || comma && far::is_province(turn, state);
    }
    turn.word(state).len() > 2 && (classes.given() < 4 || comma)
        || turn.is_all_capitals(state)
        || (comma && classes.commonness() == 0)
}

/// Whether a town is followed or preceded by five or six digits and nothing
/// else but a state.
fn is_beside_zip(turn: &ReadTurn<'_>, town: Range<usize>) -> bool {
    let after = town.end + usize::from(turn.classes(town.end).any(Classes::STATE));
    let zip =
        |k: usize| turn.kind(k) == Some(TokenKind::Number) && matches!(turn.word(k).len(), 5 | 6);
    match town.start {
        0 => zip(after) || zip(after + 1),
        1 => zip(0) && town.end == turn.len(),
        _ => false,
    }
}

fn is_second_half(word: &str) -> bool {
    matches!(
        word,
        "york" | "jersey" | "mexico" | "hampshire" | "carolina" | "dakota" | "virginia"
    )
}

fn is_county(turn: &ReadTurn<'_>, i: usize) -> bool {
    const COUNTY: Key = Key::of("county");
    if turn.key(i + 1) != COUNTY {
        return false;
    }
    let placed = i > 0 && says!(turn, i - 1, "in" | "from" | "near");
    standing(turn.classes(i)) > Standing::Word
        || turn.is_capital(i)
        || placed && !turn.classes(i).any(Classes::STOP)
}

/// Whether token `i` could name a town where the context asks for one.
fn may_be_town(turn: &ReadTurn<'_>, i: usize) -> bool {
    let classes = turn.classes(i);
    !turn.is_letter(i)
        && !classes.any(Classes::STATE | Classes::COUNTRY | Classes::CALENDAR)
        && (standing(classes) > Standing::Word
            || (standing(classes) == Standing::Word
                && (classes.town_size() >= 1 || turn.is_proper(i))))
}

fn is_residence(turn: &ReadTurn<'_>, i: usize, kind: &Range<usize>) -> bool {
    let classes = turn.classes(i);
    let ends = ends_phrase(turn, i) && !says!(turn, i + 1, "of");
    let stated = i > 0 && says!(turn, i - 1, "is" | "city") && ends;
    if classes.commonness() == 0 {
        let before = kind.start.checked_sub(1).map_or("", |k| turn.word(k));
        let near = matches!(before, "in" | "near" | "to" | "from");
        let ends = ends || ends_phrase(turn, kind.end - 1);
        let unlisted = classes.is_unlisted() && near && ends && turn.word(i).len() > 4;
        return classes.town_size() >= 1 || turn.is_capital(i) || stated || unlisted;
    }
    let least = if stated { 1 } else { 2 };
    turn.is_proper(i) || (classes.town_size() >= least && ends)
}

fn is_town_by(turn: &ReadTurn<'_>, i: usize, context: Context) -> bool {
    let classes = turn.classes(i);
    let other = Classes::STATE | Classes::COUNTRY | Classes::CALENDAR | Classes::STOP;
    let medical = Classes::CLINICAL | Classes::DRUG | Classes::BRAND;
    if classes.any(other) || turn.is_letter(i) {
        return false;
    }
    match context {
        Context::Bare => {
            classes.town_size() >= 3 && classes.commonness() == 0 && !classes.any(medical)
        }
        _ => {
            classes.commonness() == 0 && !classes.any(medical)
                || (turn.is_proper(i) && classes.commonness() <= 5)
        }
    }
}

/// The context of a town at token `i`.
fn context(turn: &ReadTurn<'_>, i: usize) -> Context {
    let before = |i: usize| before_hesitation(turn, i);
    let word = |at: Option<usize>| at.map_or("", |at| turn.word(at));
    let first = before(i);
    let second = first.and_then(before);
    let third = second.and_then(before);
    match (word(third), word(second), word(first)) {
        (
            _,
            "live" | "lives" | "lived" | "living" | "reside" | "resides" | "residing" | "born"
            | "raised",
            "in" | "near" | "at" | "around",
        )
        | ("live" | "lives" | "living" | "lived", "over" | "out" | "up" | "down", "in" | "near")
        | (_, "out", "near")
        | (_, "moved" | "move" | "moving" | "relocated", "to" | "from")
        | (_, "city" | "town" | "village" | "hometown", "of" | "is")
        | (_, "i'm" | "am" | "is" | "are" | "originally" | "she's" | "he's" | "grew", "from")
        | ("grew", "up", "in")
        | ("moved", "here" | "back" | "away" | "out", "to" | "from")
        | (
            "go" | "going" | "went" | "drive" | "drove" | "head" | "heading",
            "down" | "up" | "over" | "out",
            "to",
        )
        | (
            _,
            "i'm" | "we're" | "you're" | "they're" | "she's" | "he's",
            "in" | "near" | "outside",
        )
        | ("came" | "come" | "got", "back", "from")
        | (
            "coming" | "flew" | "flying" | "driving" | "drove",
            "in" | "up" | "down" | "over",
            "from",
        )
        | (_, "drive" | "flight" | "flying" | "miles" | "ride" | "train", "from")
        | ("location" | "office" | "clinic" | "store", "is", "in" | "near")
        | ("city" | "town", "name", "is")
        | (_, _, "city" | "hometown") => Context::Residence,
        (
            _,
            _,
            "in" | "to" | "from" | "near" | "around" | "at" | "between" | "outside" | "visiting"
            | "visit" | "downtown" | "leaves" | "leaving" | "past" | "reaches" | "through" | "via",
        ) => Context::Preposition,
        _ => Context::Bare,
    }
}
