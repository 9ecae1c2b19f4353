//! Names that few bear: a given name that is no word is one almost wherever it
//! stands; of two words in a row of which lists know one as a name and neither as a
//! word, both are one person's.

use std::ops::Range;

use crate::deid::document::TokenKind;
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Key, Words, words};

use super::bare::{is_cut_off, is_of_thing};
use super::beside::names_firm;
use super::cue::Slot;
use super::reach::name_end;
use super::slot::{ends_phrase, has_ending};
use super::standing::{Standing, standing};
use super::told::OTHER;

/// Fewest letters of a given name that few bear: what recognisers make of a slip is
/// shorter.
const LONG_ENOUGH: usize = 5;

/// Fewest letters of each of two names.
const OF_TWO: usize = 4;

/// Fewest letters of a surname in no list after a given name that is a word.
const UNLISTED: usize = 6;

/// How common a word is at most that may head a rare surname.
const SELDOM: u32 = 5;

/// The name that begins at token `i`, and the rule that says so.
pub(super) fn name_at(turn: &ReadTurn<'_>, i: usize) -> Option<(Range<usize>, &'static str)> {
    let (classes, next) = (turn.classes(i), turn.classes(i + 1));
    let rule = match standing(classes) {
        Standing::Rare if is_rare_given(turn, i) => {
            let known = classes.given() >= 2 && turn.word(i).len() >= LONG_ENOUGH;
            if known { "listed" } else { "rare" }
        }
        Standing::Rare if is_part(turn, i) && is_part(turn, i + 1) => "rare-full",
        Standing::Unlisted
            if standing(next) == Standing::Rare && is_part(turn, i) && is_part(turn, i + 1) =>
        {
            "rare-full"
        }
        Standing::Ambiguous | Standing::Word
            if heads_rare_surname(turn, i) || heads_surname(turn, i) =>
        {
            "rare-full"
        }
        _ => return None,
    };
    let full = rule == "rare-full";
    if is_of_thing(turn, i) || is_cut_off(turn, i) || full && is_of_address(turn, i) {
        return None;
    }
    let least = i + 1 + usize::from(full);
    Some((i..name_end(turn, i, Slot::Medium).max(least), rule))
}

/// Whether token `i` is a given name that is no word, few though bear it, and no thing
/// of that name: `[odra] is late`, but not `the odra`.
fn is_rare_given(turn: &ReadTurn<'_>, i: usize) -> bool {
    const OF_THINGS: Words = words![
        "a", "an", "any", "in", "near", "of", "some", "that", "the", "these", "this",
    ];
    const OF_PLACES: Words = words!["at", "from", "in", "into", "near", "to"];
    const THE: Key = Key::of("the");
    let classes = turn.classes(i);
    let length = turn.word(i).len();
    let rare = classes.given() < 2;
    let of_thing = || {
        let before = if i > 0 { turn.key(i - 1) } else { Key::NONE };
        before == THE
            || rare && OF_THINGS.has(before)
            || classes.town_size() > 0 && OF_PLACES.has(before)
    };
    classes.given() >= 1
        && (length >= LONG_ENOUGH || length >= OF_TWO && classes.given() >= 2)
        && (classes.town_size() == 0 || classes.given() >= 2)
        && !turn.is_all_capitals(i)
        && !of_thing()
        && !turn.is_mark(i + 1, "_")
        && !is_agents_firm(turn, i)
}

/// Whether token `i` is the firm that an agent speaks for: `this is dana with [everline]`.
fn is_agents_firm(turn: &ReadTurn<'_>, i: usize) -> bool {
    const IS: Words = words!["am", "i'm", "im", "is"];
    i > 2 && IS.has(turn.key(i - 3)) && names_firm(turn, i - 2)
}

/// Whether a house's number stands before token `i`, or the direction of its street: `12
/// [Odra Lund] street`, `w [odra]`.
fn is_of_address(turn: &ReadTurn<'_>, i: usize) -> bool {
    const DIRECTIONS: Words = words!["e", "east", "n", "north", "s", "south", "w", "west"];
    i > 0 && (turn.kind(i - 1) == Some(TokenKind::Number) || DIRECTIONS.has(turn.key(i - 1)))
}

/// Whether token `i` may be part of a name of two words of which few bear either.
fn is_part(turn: &ReadTurn<'_>, i: usize) -> bool {
    let classes = turn.classes(i);
    let word = turn.word(i);
    turn.is_word(i)
        && matches!(standing(classes), Standing::Rare | Standing::Unlisted)
        && word.len() >= OF_TWO
        && !turn.is_all_capitals(i)
        && (classes.town_size() == 0 || classes.given().max(classes.family()) >= 2)
        && !classes.any(OTHER.with(Classes::TITLE).with(Classes::KIN))
        && (standing(classes) == Standing::Rare || !has_ending(word))
        && !(turn.is_joined(i + 1) && !turn.is_mark(i + 1, ",") && !turn.is_mark(i + 1, "."))
}

/// Whether token `i` is a word that people are called by too, and a surname that few
/// bear, or that is in no list, follows: `[camellia] lindquist`.
fn heads_rare_surname(turn: &ReadTurn<'_>, i: usize) -> bool {
    const NOT: Classes = OTHER
        .with(Classes::STOP)
        .with(Classes::TITLE)
        .with(Classes::KIN)
        .with(Classes::CLINICAL);
    let (classes, next) = (turn.classes(i), turn.classes(i + 1));
    let given = classes.given() >= 1 && classes.commonness() <= SELDOM && !classes.any(NOT);
    let several = classes.given() >= 2;
    let surname = || match standing(next) {
        Standing::Rare => next.family() >= if several { 1 } else { 2 },
        _ if !several => false,
        Standing::Unlisted => {
            turn.word(i + 1).len() >= UNLISTED
                && (ends_phrase(turn, i + 1) || turn.classes(i + 2).family() >= 2)
        }
        _ => false,
    };
    given && is_part(turn, i + 1) && surname()
}

/// Whether token `i` is a word that few people are called by, and a surname that is
/// hardly anything else follows it: `[briony] lindgren`.
fn heads_surname(turn: &ReadTurn<'_>, i: usize) -> bool {
    const NOT: Classes = OTHER
        .with(Classes::STOP)
        .with(Classes::TITLE)
        .with(Classes::KIN)
        .with(Classes::CLINICAL);
    const BEFORE: Words = words!["a", "an", "my", "that", "the", "this", "your"];
    let (classes, next) = (turn.classes(i), turn.classes(i + 1));
    classes.given() >= 1
        && classes.commonness() <= SELDOM
        && !classes.any(NOT)
        && next.family() >= 2
        && next.given() <= next.family()
        && next.commonness() == 0
        && standing(next) == Standing::Name
        && !next.any(OTHER | Classes::CLINICAL)
        && !(i > 0 && BEFORE.has(turn.key(i - 1)))
}

#[cfg(test)]
mod tests {
    use crate::deid::detect::name::tests::check_line as check;

    #[test]
    fn rare_given_names_stand_for_themselves() {
        check("so me and bronagh went back", &["bronagh"]);
        check("try sunniva maybe she knows", &["sunniva"]);
        check("then adeshina moved the sofa", &["adeshina"]);
        check(
            "two seats for camellia lindquist please",
            &["camellia lindquist"],
        );
    }

    #[test]
    fn things_of_that_name_are_none() {
        for text in [
            "do you drive a corsa now",
            "it hurts in the pinky",
            "the lucca is full",
        ] {
            check(text, &[]);
        }
    }
}
