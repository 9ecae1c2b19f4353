//! Streets without number and kind, where somebody lives or something is: `lives with
//! her on [quillmere]`, `the bakery on [market]`, `on [larch] next to the bank` (45
//! CFR 164.514(b)(2)(i)(B)).

use crate::deid::detect::name::{Standing, standing};
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, says, words};

use super::Place;
use super::corner::COMMON;
use super::house::{DWELLS, LONG_ENOUGH, NO_STREET, SELDOM, ends};
use super::street::TREES;

/// How far before the `on` it is told that somebody lives there.
const NEAR: usize = 5;

/// Buildings, which stand on a street and hardly on anything else.
const BUILDINGS: Words = words![
    "apartment",
    "apartments",
    "bakery",
    "bar",
    "block",
    "building",
    "center",
    "chapel",
    "church",
    "clinic",
    "corner",
    "diner",
    "doorway",
    "duplex",
    "flat",
    "garage",
    "grange",
    "gym",
    "hospital",
    "house",
    "laundromat",
    "library",
    "mall",
    "motel",
    "office",
    "park",
    "place",
    "school",
    "shop",
    "station",
    "store",
    "trailer",
    "walkup",
    "warehouse",
    "yard",
];

/// What else says that a place follows.
const LEADS: Words = words!["one", "over", "right"];

/// Sides of the streets that have several.
const SIDES: Words = words!["east", "north", "old", "south", "upper", "west"];

/// What tells of a place on a street.
struct Sense {
    /// A saint's church or school is before it.
    saint: bool,
    /// A shop of a chain is before it.
    chain: bool,
    /// A building is before it.
    building: bool,
    /// A place is after it: `on [quillmere] next to the bank`.
    beside: bool,
}

/// The street without its kind after the `on` at token `i`.
pub(super) fn after(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    let side = usize::from(SIDES.has(turn.key(i + 1)));
    let street = i + 1 + side;
    let classes = turn.classes(street);
    let other = NO_STREET | Classes::BRAND | Classes::COUNTRY;
    // `the clinic on [mondays]`
    let sliding = ["day", "days", "ed", "ing", "ly"];
    let named = turn.is_word(street)
        && !turn.is_letter(street)
        && !classes.any(other)
        && !sliding.iter().any(|end| turn.word(street).ends_with(end));
    if !named {
        return None;
    }
    let sense = sense(turn, i, street)?;
    let telling = is_telling(turn, street, &sense);
    let plain = side == 1
        && sense.building
        && (classes.commonness() <= SELDOM || COMMON.has(turn.key(street)))
        && (ends(turn, street + 1) || turn.is_proper(street));
    let common = (sense.building || sense.chain)
        && side == 0
        && COMMON.has(turn.key(street))
        && !is_for_sale(turn, i, street)
        && ends(turn, street + 1);
    let closed = ends(turn, street + 1)
        || sense.building && turn.classes(street + 1).any(Classes::STOP)
        || sense.beside
        || says!(turn, street + 1, "with" | "has" | "had")
        || sense.chain && says!(turn, street + 1, "like" | "or" | "every");
    (telling && closed || plain || common)
        .then(|| Place::address(i + 1..street + 1, "on-street", 0.7))
}

/// Whether the name at token `street` is one, or a word that streets are called by.
fn is_telling(turn: &ReadTurn<'_>, street: usize, sense: &Sense) -> bool {
    let classes = turn.classes(street);
    if classes.commonness() > SELDOM {
        return false;
    }
    match standing(classes) {
        _ if TREES.has(turn.key(street)) => true,
        Standing::Unlisted => turn.word(street).len() >= LONG_ENOUGH,
        Standing::Name | Standing::Rare => true,
        _ if sense.chain => classes.family() >= 1,
        _ => sense.saint || classes.town_size() >= 1 && classes.commonness() <= 2,
    }
}

/// What tells that a place is on the street at token `street`, after the `on` at token
/// `i`.
fn sense(turn: &ReadTurn<'_>, i: usize, street: usize) -> Option<Sense> {
    let owner = turn.classes(i - 1);
    let saint = i > 1 && super::facility::SAINT.has(turn.key(i - 2));
    let owned = owner.any(Classes::POSSESSIVE) && !owner.any(Classes::KIN | Classes::STOP);
    let lives = || (i.saturating_sub(NEAR)..i).any(|k| DWELLS.has(turn.key(k)));
    // `the walgreens on [quillmere]`
    let chain = i > 1
        && owner.any(Classes::BRAND)
        && says!(turn, i - 2, "a" | "our" | "that" | "the" | "your");
    let sense = Sense {
        saint,
        chain,
        building: BUILDINGS.has(turn.key(i - 1)),
        beside: is_beside(turn, i, street),
    };
    let told = owned || sense.chain || sense.building || LEADS.has(turn.key(i - 1));
    (told || sense.beside || lives()).then_some(sense)
}

/// Whether a place is told after the street at token `street`: `it was on [quillmere]
/// right by the mall`.
fn is_beside(turn: &ReadTurn<'_>, i: usize, street: usize) -> bool {
    // What somebody takes, or is on: `she's on [zofran] near the end`.
    const TAKES: Words = words![
        "back", "been", "started", "her", "him", "he's", "i'm", "is", "keep", "kept", "me", "now",
        "patient", "put", "she's", "start", "starts", "stay", "stayed", "still", "them", "they're",
        "took", "was", "we're", "were", "you", "you're",
    ];
    // `by the [time]`
    const TIMES: Words = words![
        "book", "day", "end", "evening", "hour", "mid", "middle", "morning", "night", "start",
        "time", "way", "week", "weekend", "year",
    ];
    let next = turn.word(street + 1);
    let right = next == "right" && says!(turn, street + 2, "at" | "by" | "off" | "past");
    let happened = says!(turn, i - 1, "accident" | "crash" | "happened" | "was");
    if happened && (right || matches!(next, "near" | "off")) {
        return true;
    }
    let place = match next {
        "next" => says!(turn, street + 2, "to"),
        "across" => says!(turn, street + 2, "from"),
        "behind" | "opposite" | "beside" => true,
        "above" | "by" | "near" | "over" | "past" => {
            says!(turn, street + 2, "the") && !TIMES.has(turn.key(street + 3))
        }
        _ => right,
    };
    place && !TAKES.has(turn.key(i - 1))
}

/// Whether it is sold, or what it plays: `the house on [market]`.
fn is_for_sale(turn: &ReadTurn<'_>, i: usize, street: usize) -> bool {
    const OWNED: Words = words!["apartment", "duplex", "flat", "house", "place", "trailer"];
    says!(turn, street, "market") && OWNED.has(turn.key(i - 1))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_by;
    use crate::domain::Category::Address;

    #[test]
    fn buildings_stand_on_streets() {
        for (line, street) in [
            ("our new warehouse on quillmere and the dock", "quillmere"),
            ("my aunt's duplex on Linden was sold", "Linden"),
            ("we rent the garage on old mill", "old mill"),
            (
                "i teach at the school on castlemere with my wife",
                "castlemere",
            ),
            ("the bakery on market", "market"),
            ("at the walgreens on main", "main"),
            (
                "the shop on north quillmere and the bank",
                "north quillmere",
            ),
        ] {
            check_by(line, Address, &[street]);
        }
        for line in [
            "we put the house on market",
            "the clinic on mondays",
            "the office on old records",
            "the hospital on standby",
            "the shop on the corner",
            "she has a place on hold",
        ] {
            check_by(line, Address, &[]);
        }
    }

    #[test]
    fn what_is_beside_a_street_tells_it() {
        for (line, street) in [
            ("the parade ended on larch next to the fountain", "larch"),
            ("slept on quillmere behind the bank", "quillmere"),
            (
                "we grew up on quillmere across from the school",
                "quillmere",
            ),
        ] {
            check_by(line, Address, &[street]);
        }
        for line in [
            "he was put on quillmarin next to nothing else",
            "i depend on quillmarin by the end of the day",
            "sit on cushions by the door",
        ] {
            check_by(line, Address, &[]);
        }
    }
}
