//! Streets that are told in part: by a number without the kind where somebody lives or
//! something is brought (`the driver has [640 quillmore]`), by the name and the kind
//! alone (`the [poplar street] entrance`), by a tree (`my sister lives on [birch]`)
//! (45 CFR 164.514(b)(2)(i)(B)).

use std::ops::Range;

use crate::deid::detect::expect::talk::number;
use crate::deid::detect::name::{Standing, standing};
use crate::deid::detect::units::is_unit;
use crate::deid::document::TokenKind;
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::spoken::is_number_word;
use crate::deid::word::{Words, says, words};

use super::Place;
use super::house::{NO_STREET, digits_of_house, ends};

/// Most words of the number.
const MOST_NUMBERS: usize = 5;

/// Fewest digits of a house's number that needs no street's kind.
const FEWEST_DIGITS: usize = 3;

/// Fewest letters of a word in no list that names a street.
const LONG_ENOUGH: usize = 5;

/// Trees, after which streets are called.
pub(super) const TREES: Words = words![
    "alder",
    "ash",
    "aspen",
    "beech",
    "birch",
    "cedar",
    "chestnut",
    "cottonwood",
    "cypress",
    "dogwood",
    "elm",
    "hawthorn",
    "hazel",
    "hemlock",
    "hickory",
    "juniper",
    "larch",
    "linden",
    "locust",
    "magnolia",
    "maple",
    "mulberry",
    "oak",
    "pecan",
    "pine",
    "poplar",
    "rowan",
    "spruce",
    "sycamore",
    "tamarack",
    "walnut",
    "willow",
];

/// The kinds of streets that are hardly called anything else.
pub(super) const KINDS: Words =
    words!["ave", "avenue", "boulevard", "lane", "rd", "road", "street"];

/// What tells that a house is spoken of.
const OF_HOUSES: Words = words![
    "addr",
    "address",
    "addy",
    "apartment",
    "block",
    "building",
    "bungalow",
    "cab",
    "condo",
    "corner",
    "courier",
    "deliver",
    "delivered",
    "delivery",
    "dispatch",
    "door",
    "doorbell",
    "driver",
    "driveway",
    "duplex",
    "garage",
    "gate",
    "house",
    "landlord",
    "lease",
    "live",
    "lives",
    "living",
    "located",
    "mailed",
    "mailbox",
    "moved",
    "moving",
    "neighbor",
    "neighbour",
    "parcel",
    "pickup",
    "place",
    "porch",
    "postcode",
    "ship",
    "shipped",
    "street",
    "town",
    "trailer",
    "upstairs",
    "zip",
];

/// The house whose street, without its kind, begins at token `i`, right after a number:
/// `the driver has [640 quillmore]`.
pub(super) fn kindless(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    if i == 0 || !number(turn.turn, i - 1) && !says!(turn, i - 1, "hundred") {
        return None;
    }
    if !is_named(turn, i) {
        return None;
    }
    let said = |k: &usize| number(turn.turn, *k) || says!(turn, *k, "oh" | "hundred");
    let first = (i.saturating_sub(MOST_NUMBERS)..i)
        .rev()
        .take_while(said)
        .last()?;
    let digits = |k: usize| digits_of_house(turn, k);
    let long = (first..i).map(digits).sum::<usize>();
    let end = i + 1 + usize::from(is_named(turn, i + 1));
    let spoken_of = || (0..turn.len()).any(|k| OF_HOUSES.has(turn.key(k)));
    let two = long == FEWEST_DIGITS - 1 && standing(turn.classes(i)) == Standing::Unlisted;
    (long >= FEWEST_DIGITS || two).then_some(())?;
    let told = || is_stated(turn, first, i) || is_brought(turn, first) || spoken_of();
    (ends_here(turn, end) && told()).then(|| Place::address(first..end, "kindless", 0.7))
}

/// Whether the number from token `first` on and the capital after it at token `i` are
/// told as where something is, and are no year and its month: `the form says [512
/// Quillmore]`.
fn is_stated(turn: &ReadTurn<'_>, first: usize, i: usize) -> bool {
    const STATES: Words = words!["at", "have", "is", "say", "says"];
    let year = turn.word(first).len() == 4 && turn.word(first).starts_with(['1', '2']);
    turn.is_proper(i)
        && i == first + 1
        && turn.kind(first) == Some(TokenKind::Number)
        && turn.word(first).len() >= FEWEST_DIGITS
        && !year
        && first > 0
        && STATES.has(turn.key(first - 1))
}

/// Whether somebody comes, or something is brought, to what begins at token `first`:
/// `drop the ladder to [fifty eight quillmore]`.
fn is_brought(turn: &ReadTurn<'_>, first: usize) -> bool {
    const BRINGS: Words = words![
        "bring", "come", "comes", "coming", "drop", "engineer", "send", "sent", "visit",
    ];
    first > 0
        && says!(turn, first - 1, "at" | "to")
        && (0..first - 1).any(|k| BRINGS.has(turn.key(k)))
}

/// The street whose kind is token `i`, of a name that is hardly a word: `the [poplar
/// street] entrance`.
pub(super) fn bare(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    const OTHER: Words = words![
        "access", "back", "bike", "bus", "cross", "dirt", "fast", "gravel", "memory", "one-way",
        "ring", "sesame", "side", "slow", "toll", "wall",
    ];
    let name = i.checked_sub(1)?;
    let classes = turn.classes(name);
    let other = NO_STREET.with(Classes::BRAND);
    let telling = TREES.has(turn.key(name))
        || match standing(classes) {
            Standing::Name | Standing::Rare => true,
            Standing::Unlisted => turn.word(name).len() >= LONG_ENOUGH,
            Standing::Ambiguous | Standing::Word => {
                classes.commonness() <= 2 || turn.is_proper(name) && turn.is_capital(i)
            }
            Standing::Never => false,
        };
    let named = turn.is_word(name)
        && !turn.is_letter(name)
        && !classes.any(other)
        && !OTHER.has(turn.key(name))
        && !is_number_word(turn.turn.key(name));
    if named && telling {
        return Some(Place::address(name..i + 1, "bare", 0.7));
    }
    plain(turn, i).map(|tokens| Place::address(tokens, "bare", 0.7))
}

/// The street whose kind is token `i` and whose name is plain words, by what says where
/// it is: `between [heron lake road] and`, `[almshouse road] by the bakery`.
fn plain(turn: &ReadTurn<'_>, i: usize) -> Option<Range<usize>> {
    const MOST_WORDS: usize = 2;
    const SELDOM: u32 = 5;
    const BEFORE: Words = words![
        "behind", "beside", "between", "by", "near", "off", "on", "opposite", "past",
    ];
    const AFTER: Words = words!["at", "behind", "by", "near", "opposite", "outside", "past"];
    const OTHER: Words = words![
        "access", "back", "bike", "bumpy", "bus", "busy", "car", "country", "cross", "dirt",
        "empty", "fast", "gravel", "high", "icy", "long", "main", "memory", "mountain", "muddy",
        "narrow", "next", "one-way", "open", "private", "public", "quiet", "ring", "rocky",
        "rural", "service", "sesame", "side", "silk", "slow", "steep", "toll", "traffic",
        "turning", "wall", "wet", "whole", "wide", "winding", "wrong", "yellow",
    ];
    // `goose [lake] road`, `by [mill] road`
    const LAND: Words = words![
        "bridge", "church", "creek", "green", "hill", "lake", "mill", "park", "river", "school",
        "station", "valley", "water", "wood",
    ];
    let of_name = |k: &usize| {
        let classes = turn.classes(*k);
        turn.is_word(*k)
            && !turn.is_letter(*k)
            && !classes.any(NO_STREET | Classes::BRAND | Classes::KIN)
            && (classes.commonness() <= SELDOM || LAND.has(turn.key(*k)))
            && !OTHER.has(turn.key(*k))
            && !BEFORE.has(turn.key(*k))
            && !is_number_word(turn.turn.key(*k))
            && !is_unit(turn.key(*k))
    };
    let first = (i.saturating_sub(MOST_WORDS)..i)
        .rev()
        .take_while(of_name)
        .last()?;
    let the = first > 1 && says!(turn, first - 1, "the");
    let led = first.checked_sub(1 + usize::from(the));
    let led = led.is_some_and(|k| BEFORE.has(turn.key(k)));
    // `on the gravelly road`, but `on the olean road side`
    let led = led && (!the || says!(turn, i + 1, "side" | "entrance" | "end" | "branch"));
    let opens = (first == 0 || turn.is_mark(first - 1, ".")) && AFTER.has(turn.key(i + 1));
    (led || opens).then_some(first..i + 1)
}

/// The street called after a tree that follows the `on` or `off` at token `i`.
pub(super) fn of_tree(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    let tree = i + 1;
    (TREES.has(turn.key(tree)) && ends(turn, tree + 1))
        .then(|| Place::address(tree..tree + 1, "tree", 0.7))
}

/// The road by its letter and number after the `on` or `off` at token `i`: `on the
/// [A417]`; in cells and doses other letters stand before numbers.
pub(super) fn by_letter(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    const FEWEST: usize = 2;
    let road = i + 2;
    let lettered = says!(turn, road, "a" | "m") && turn.is_letter(road);
    let number = road + 1;
    let numbered = turn.kind(number) == Some(TokenKind::Number)
        && turn.is_joined(number)
        && (FEWEST..=4).contains(&turn.word(number).len());
    let the = says!(turn, i + 1, "the");
    (the && lettered && numbered && ends_here(turn, number + 1))
        .then(|| Place::address(road..number + 1, "road", 0.7))
}

/// Whether token `k` is a name or a word in no list, and no measure.
fn is_named(turn: &ReadTurn<'_>, k: usize) -> bool {
    let classes = turn.classes(k);
    turn.is_word(k)
        && !turn.is_letter(k)
        && !turn.is_joined(k)
        && !classes.any(NO_STREET | Classes::BRAND | Classes::FACILITY | Classes::KIN)
        && match standing(classes) {
            Standing::Unlisted => turn.word(k).len() >= LONG_ENOUGH,
            Standing::Name | Standing::Rare => true,
            Standing::Ambiguous => classes.commonness() <= 2,
            _ => turn.is_proper(k) || TREES.has(turn.key(k)),
        }
        && !is_unit(turn.key(k))
}

/// Whether the address may end before token `k`.
fn ends_here(turn: &ReadTurn<'_>, k: usize) -> bool {
    ends(turn, k) || turn.classes(k).any(Classes::STOP)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_by;
    use crate::domain::Category::Address;

    #[test]
    fn a_number_and_a_name_are_a_house_where_houses_are_spoken_of() {
        for (line, house) in [
            ("the driver has 640 quillmore on his sheet", "640 quillmore"),
            (
                "she just moved, the new place is twelve hundred quillmore",
                "twelve hundred quillmore",
            ),
            (
                "the yellow duplex is forty four quillmore",
                "forty four quillmore",
            ),
            ("it's sixty one quillmore zip is", "sixty one quillmore"),
            ("Dispatch says 77 Quillmore, wrong house", "77 Quillmore"),
            ("The form says 512 Quillmore, but", "512 Quillmore"),
            ("our landlord owns 47 quillmore", "47 quillmore"),
            (
                "can you drop the ladder to fifty eight quillmore",
                "fifty eight quillmore",
            ),
        ] {
            check_by(line, Address, &[house]);
        }
        for line in [
            "i take 100 quillmore at home",
            "i drive 200 miles",
            "the driver took 300 mg",
            "please send 90 quillmore to the pharmacy",
            "it was in 2019 Maria fell",
            "two kids live here",
            "the house is 90 years old",
        ] {
            check_by(line, Address, &[]);
        }
    }

    #[test]
    fn roads_have_letters() {
        check_by("we're off the A417 near the bank", Address, &["A417"]);
        check_by("i'm on the a1c test and the b12", Address, &[]);
    }

    #[test]
    fn a_name_and_a_kind_are_a_street() {
        for (line, street) in [
            ("it's the poplar street entrance", "poplar street"),
            ("not quillmore avenue the other one", "quillmore avenue"),
            ("my sister lives on birch", "birch"),
            ("the one off walnut by the bank", "walnut"),
            (
                "it's between heron lake road and the county line",
                "heron lake road",
            ),
            ("almshouse road by the bakery", "almshouse road"),
            ("come by the one on brackley rd", "brackley rd"),
        ] {
            check_by(line, Address, &[street]);
        }
        for line in [
            "it's down the street",
            "on the side street by the bus lane",
            "stay in the fast lane",
            "memory lane again",
            "she is on oak bark tea",
            "we're on the road",
            "it's by the winding road",
            "on the wet road side",
        ] {
            check_by(line, Address, &[]);
        }
    }
}
