//! Streets without the number or the kind that others have: `h street`, `to
//! walnut creek lane`, `oak and third`; and rooms (45 CFR
//! 164.514(b)(2)(i)(B)).

use super::super::units::{is_quantity, is_unit};
use super::places::{NOT_NAMES, rule, street};
use super::{Hit, Rule, Verdict, accept};
use crate::deid::spoken::ordinal;
use crate::deid::word::{Key, Words, words};
use crate::domain::Category::Address;

pub(super) const RULES: &[Rule] = &[
    rule(
        "address",
        "lettered-number",
        Address,
        r"\b(?:(?:<NUMBERWORD>[\s,\-]{1,2}){1,6}|[0-9]{1,6}\s)(?:(?:[nsew]\.?|north|south|east|west)\s)?[a-z]\s(?:street|avenue|ave)\b(?:,?\s(?:apartment|apt\.?|unit|suite|number)\s(?:[0-9]{1,5}[a-z]?|<NUMBERWORD>|[a-z])\b)?",
        accept,
    ),
    rule(
        "address",
        "lettered",
        Address,
        r"\b(?:on|at|off|near|along|to|from|of)\s([b-z]\s(?:street|avenue|ave))\b",
        accept,
    ),
    rule(
        "address",
        "lettered-avenue",
        Address,
        r"\b(avenue\s[b-hj-z])\b",
        accept,
    ),
    rule(
        "address",
        "building",
        Address,
        r"\b(?:building|bldg\.?)\s([b-hj-z])\b",
        accept,
    ),
    rule(
        "address",
        "lane",
        Address,
        r"\b(?:on|at|off|near|down|along|onto|to|from)\s((?:[a-z'’\-]{3,20}\s){1,2}(?:lane|drive|terrace|crescent|trail|ridge|court|place|circle|way))\b",
        lane,
    ),
    rule(
        "address",
        "corner",
        Address,
        r"\b(?:on|at|off|near|by|to|of|is|it's|between)\s([a-z'’\-]{3,20}\s(?:and|&)\s(?:[0-9]{1,3}(?:st|nd|rd|th)|<ORDINAL>))\b",
        corner,
    ),
    rule(
        "address",
        "ordinal-corner",
        Address,
        r"\b(?:on|at|off|near|by|to|from|of)\s'?((?:[0-9]{1,3}(?:st|nd|rd|th)|<ORDINAL>)\s(?:and|&)\s[a-z'’\-]{3,20})\b",
        ordinal_corner,
    ),
    rule(
        "address",
        "corner-of",
        Address,
        r"\b(?:corner|intersection)\s(?:of|is)\s([a-z'’\-]{3,20}\s(?:and|&)\s[a-z'’\-]{3,20})\b",
        named,
    ),
    rule(
        "address",
        "shop-corner",
        Address,
        r"\b(?:(?:cvs|walgreens|rite\said|walmart|safeway|kroger|store|pharmacy|branch)\s(?:on|at|off)|(?:ride|taxi|cab|uber|lyft|pickup)\s(?:for\s[a-z]+\s)?(?:from|at))\s'?([a-z][a-z’\-]{2,19}\s(?:and|&)\s[a-z][a-z’\-]{2,19})\b",
        shop_corner,
    ),
    rule(
        "address",
        "unit-of",
        Address,
        r"\b(?:(?:<NUMBERWORD>[\s,\-]{1,2}){1,6}|[0-9]{2,6}\s)(?:[a-z'’\-]{3,20}\s){1,3}?(?:apartment|apt\.?|unit|suite)\s(?:number\s)?(?:[0-9]{1,5}[a-z]?|(?:<NUMBERWORD>\s?){0,3}(?:<NUMBERWORD>|[a-z]))\b",
        unit_of,
    ),
    rule(
        "address",
        "room",
        Address,
        r"\broom\s(?:number\s|no\.?\s|\x23\s?)?([0-9]{2,4}[a-z]?)\b",
        room,
    ),
    rule(
        "address",
        "unit-number",
        Address,
        r"\b(?:unit|building|bldg\.?)\s(?:number\s|no\.?\s|\x23\s?)?([0-9]{1,4}[a-z]|[a-z]?[0-9]{2,4}|[a-z]-?[0-9]{1,3})\b",
        room,
    ),
    rule(
        "address",
        "on-ordinal",
        Address,
        r"\b(?:on|off|at)\s((?:(?:north|south|east|west)\s)?(?:[0-9]{1,3}(?:st|nd|rd|th)|<ORDINAL>))\b",
        on_ordinal,
    ),
    rule(
        "address",
        "capital-street",
        Address,
        r"\b[a-z'’\-]{3,20}\s(?:street|avenue|road|lane|boulevard|terrace|parkway|drive)\b",
        capital_street,
    ),
];

/// A unit of a house in a street, and not how many rooms it has: `a two bedroom
/// apartment one`.
fn unit_of(hit: &Hit<'_>) -> Option<Verdict> {
    const ROOMS: Words = words![
        "bath", "bathroom", "bed", "bedroom", "family", "person", "room", "story"
    ];
    // `two pills apartment`, `fifty insulin unit one`
    const COUNTED: Words = words![
        "care", "dialysis", "dose", "doses", "icu", "insulin", "pill", "pills", "studio", "tablet",
        "tablets",
    ];
    let counted = |word: &str| ROOMS.lists(word) || COUNTED.lists(word);
    let mut words = hit.found().split([' ', '-']);
    let amount = words
        .nth(1)
        .is_some_and(|word| word.len() > 1 && is_unit(Key::of(word)));
    street(hit).filter(|_| {
        !amount && !words.any(counted) && !hit.found().split(' ').nth(1).is_some_and(counted)
    })
}

/// A street of words alone. What else is called a drive or a lane is common,
/// and of the other kinds only those with a capital are streets.
fn lane(hit: &Hit<'_>) -> Option<Verdict> {
    const OTHER: Words = words![
        "bike",
        "blood",
        "bus",
        "express",
        "fast",
        "flash",
        "food",
        "four",
        "fundraising",
        "hard",
        "hiking",
        "left",
        "local",
        "memory",
        "middle",
        "nature",
        "passing",
        "right",
        "slow",
        "test",
        "thumb",
        "traffic",
        "turning",
        "usb",
        "wheel",
        "zip",
    ];
    let (name, kind) = hit.found().rsplit_once(' ')?;
    let certain = words!["lane", "drive", "terrace", "crescent", "trail", "ridge"].lists(kind)
        || kind.starts_with(|c: char| c.is_ascii_uppercase());
    let plain = |word: &str| OTHER.lists(word) || NOT_NAMES.lists(word) || word.ends_with("'s");
    hit.when(certain && !name.split(' ').any(plain))
}

/// Words that may follow the corner of two streets.
const AFTER_A_CORNER: Words = words![
    "and", "ave", "avenue", "but", "by", "i", "in", "is", "it", "near", "please", "right", "so",
    "st", "street", "that's", "the", "there", "to", "where", "with"
];

/// Two streets that meet: `oak and third`, and not `monday and third`.
fn corner(hit: &Hit<'_>) -> Option<Verdict> {
    let (name, _) = hit.found().split_once(' ')?;
    let next = hit.word_after();
    let day = name.ends_with("day") || words!["noon", "night", "midnight"].lists(name);
    let ends = next.is_empty() || AFTER_A_CORNER.lists(next);
    hit.when(ends && !day && !NOT_NAMES.lists(name))
}

/// Two streets at whose corner a shop is or a ride begins, and not when somebody goes there: `the
/// pharmacy at night and weekends`.
fn shop_corner(hit: &Hit<'_>) -> Option<Verdict> {
    const WHEN: Words = words![
        "all", "back", "here", "home", "it", "lunch", "morning", "night", "noon", "sale", "school",
        "there", "time", "times", "weekdays", "weekends", "work",
    ];
    // `a ride from church and bingo`
    const ERRANDS: Words = words![
        "airport",
        "appointment",
        "bingo",
        "chemo",
        "church",
        "class",
        "clinic",
        "curb",
        "daycare",
        "dialysis",
        "dinner",
        "door",
        "entrance",
        "gate",
        "hospital",
        "hotel",
        "lab",
        "labs",
        "lobby",
        "pharmacy",
        "radiation",
        "recovery",
        "rehab",
        "store",
        "surgery",
        "therapy",
        "treatment",
        "treatments",
    ];
    let next = hit.word_after();
    let ends = next.is_empty() || AFTER_A_CORNER.lists(next);
    let street = |word: &str| {
        !ERRANDS.lists(word)
            && !NOT_NAMES.lists(word)
            && !WHEN.lists(word)
            && !word.ends_with("day")
            && !word.ends_with("ing")
    };
    let (first, rest) = hit.found().split_once(' ')?;
    let (_, second) = rest.split_once(' ')?;
    hit.when(ends && street(first) && street(second))
}

/// The same where the number is first: `fifth and alder`.
fn ordinal_corner(hit: &Hit<'_>) -> Option<Verdict> {
    const OTHER: Words = words![
        "above", "below", "final", "foremost", "last", "later", "next", "she", "then", "they",
        "you"
    ];
    let (_, name) = hit.found().rsplit_once(' ')?;
    let plain = OTHER.lists(name) || NOT_NAMES.lists(name) || name.ends_with("th");
    let next = hit.word_after();
    let ends = next.is_empty() || AFTER_A_CORNER.lists(next);
    hit.when(ends && !plain && ordinal(Key::of(name)).is_none())
}

/// A street by its number alone: `the store on ninth`, and not `on second
/// thought` nor `on 5th june`.
fn on_ordinal(hit: &Hit<'_>) -> Option<Verdict> {
    const FEW: Words = words!["1st", "2nd", "3rd", "first", "second", "third"];
    const AFTER: Words = words![
        "and", "ave", "avenue", "by", "it's", "near", "past", "street"
    ];
    let next = hit.word_after();
    hit.when(!FEW.lists(hit.found()) && (next.is_empty() || AFTER.lists(next)))
}

/// A street that capitals tell: `our Quince Road office`.
fn capital_street(hit: &Hit<'_>) -> Option<Verdict> {
    let capital = |word: &str| word.starts_with(|c: char| c.is_ascii_uppercase());
    let (name, kind) = hit.found().split_once(' ')?;
    let shouted = hit.found().bytes().all(|b| !b.is_ascii_lowercase());
    hit.when(capital(name) && capital(kind) && !shouted && !NOT_NAMES.lists(name))
}

/// Two words that are names.
fn named(hit: &Hit<'_>) -> Option<Verdict> {
    hit.when(
        !hit.found()
            .split(' ')
            .any(|w| w != "and" && NOT_NAMES.lists(w)),
    )
}

/// A room's number, and not how many there are of something.
fn room(hit: &Hit<'_>) -> Option<Verdict> {
    let decimal = hit.after().starts_with(['.', ':', '/'])
        && hit.after()[1..].starts_with(|c: char| c.is_ascii_digit());
    hit.when(!decimal && !is_quantity(hit.text, hit.span.end))
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn streets_of_letters_and_words() {
        check("i live on k street", &[("k street", Address)]);
        check("the shop on avenue d", &[("avenue d", Address)]);
        check(
            "it's eighteen ten k street",
            &[("eighteen ten k street", Address)],
        );
        check(
            "ship it to plum hollow lane",
            &[("plum hollow lane", Address)],
        );
        check("Turn onto Alder Court", &[("Alder Court", Address)]);
        check(
            "at 62 Seventy Second Road",
            &[("62 Seventy Second Road", Address)],
        );
    }

    #[test]
    fn corners_units_and_rooms() {
        check(
            "meet me at alder and fourth",
            &[("alder and fourth", Address)],
        );
        check(
            "send it to the walgreens on alder and quince",
            &[("alder and quince", Address)],
        );
        check("the pharmacy at night and weekends", &[]);
        check(
            "a ride from alder and quarry to the airport",
            &[("alder and quarry", Address)],
        );
        check("i need a ride from school and back", &[]);
        check("a ride from chemo and radiation", &[]);
        check("taxi for mom from church and bingo", &[]);
        check("fifty insulin unit one", &[]);
        check("two pills apartment three", &[]);
        check("fourteen units unit six", &[]);
        check("the store on alder and it was closed", &[]);
        check(
            "at the corner of alder and quince",
            &[("alder and quince", Address)],
        );
        check(
            "it's twelve oh six north alder apartment four c",
            &[("twelve oh six north alder apartment four c", Address)],
        );
        check(
            "pick me up at fifth and alder",
            &[("fifth and alder", Address)],
        );
        check("she's in room 418", &[("418", Address)]);
        check(
            "it's unit 4b in building c2",
            &[("4b", Address), ("c2", Address)],
        );
        check("the pharmacy on ninth.", &[("ninth", Address)]);
        check("our Quince Road office", &[("Quince Road", Address)]);
    }

    #[test]
    fn other_ways_stay() {
        for text in [
            "save it on hard drive",
            "go down that lane",
            "a 30 second walk",
            "at noon and third try",
            "on a test drive to work",
            "it's at room temperature",
            "room 24 hours a day",
            "on second thought",
            "to first and foremost be fair",
            "one unit 500 ml",
            "we had tea at noon and third helpings after",
        ] {
            check(text, &[]);
        }
    }
}
