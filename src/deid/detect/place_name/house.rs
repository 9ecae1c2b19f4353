//! Houses by number and street, the street's kind left out, where somebody says
//! where they are: `we're at [forty two hundred quillmere]` (45 CFR
//! 164.514(b)(2)(i)(B)).

use crate::deid::detect::expect::talk::number;
use crate::deid::detect::fluent::past_hesitation;
use crate::deid::detect::name::{Standing, standing};
use crate::deid::detect::units::is_unit;
use crate::deid::document::TokenKind;
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::spoken::{digits_at, digits_of};
use crate::deid::word::{Words, says, words};

use super::Place;

/// Most words of the number, and of the street.
const MOST_NUMBERS: usize = 5;
const MOST_WORDS: usize = 3;

/// Fewest letters of a street's name that is in no list: shorter words are slips.
pub(super) const LONG_ENOUGH: usize = 5;

/// How common a word may be that names a street by where it stands alone.
pub(super) const SELDOM: u32 = 5;

/// The part of a town before a street's name: `1400 [ne] quillmore`.
pub(super) const QUARTERS: Words = words![
    "e",
    "east",
    "n",
    "ne",
    "north",
    "northeast",
    "northwest",
    "nw",
    "s",
    "se",
    "south",
    "southeast",
    "southwest",
    "sw",
    "w",
    "west"
];

/// Where somebody has a home, and no reading and no price is.
pub(super) const DWELLS: Words = words!["live", "lived", "lives", "living", "reside", "resides"];

/// What is done with what is brought to a house; or the house is said to be changed.
const SENDS: Words = words!["addr", "address", "deliver", "mail", "send", "ship"];

/// The house after the `at` or `to` at token `i`.
pub(super) fn after(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    if i == 0 || !is_placed(turn, i) {
        return None;
    }
    let first = past_hesitation(turn, i + 1);
    let street = (first..turn.len().min(first + MOST_NUMBERS + 1))
        .find(|&k| !number(turn.turn, k) && !says!(turn, k, "oh" | "hundred"))
        .filter(|&street| street > first)?;
    let dwells = says!(turn, i, "at") && DWELLS.has(turn.key(i - 1));
    let sent = says!(turn, i, "to") && SENDS.has(turn.key(i - 1));
    let end = (street..turn.len().min(street + MOST_WORDS))
        .take_while(|&k| is_of_street(turn, k) || (dwells || sent) && is_plain(turn, k))
        .last()?
        + 1;
    let named = (street..end).any(|k| is_named(turn, k));
    let long = turn.kind(first) == Some(TokenKind::Number) && turn.word(first).len() > 1
        || (first..street)
            .map(|k| digits_of(turn.key(k)))
            .sum::<usize>()
            > 2
        || (first..street).any(|k| says!(turn, k, "hundred"))
        || says!(turn, i - 1, "addr" | "address");
    // What is sent to several is sent to no house.
    let counted = turn.word(end - 1).ends_with('s');
    (dwells || (named || sent && !counted) && long).then_some(())?;
    ends(turn, end).then(|| Place::address(first..end, "house", 0.75))
}

/// The house of a British close that has an article for its kind, after the
/// number that ends before token `i`: `[three the maltings]`.
pub(super) fn of_close(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    const CLOSES: Words = words![
        "alders",
        "avenue",
        "ashes",
        "beeches",
        "birches",
        "brambles",
        "broadway",
        "causeway",
        "cedars",
        "chestnuts",
        "cloisters",
        "coppice",
        "copse",
        "crescent",
        "croft",
        "crofts",
        "dell",
        "elms",
        "esplanade",
        "firs",
        "gables",
        "glade",
        "glebe",
        "green",
        "grove",
        "hawthorns",
        "heathers",
        "hollies",
        "larches",
        "laurels",
        "lawns",
        "limes",
        "lindens",
        "links",
        "maltings",
        "meadows",
        "maples",
        "mews",
        "mount",
        "moorings",
        "oaks",
        "orchard",
        "orchards",
        "paddock",
        "paddocks",
        "parade",
        "pastures",
        "pines",
        "poplars",
        "promenade",
        "quay",
        "ridings",
        "ropewalk",
        "rowans",
        "shrubbery",
        "spinney",
        "strand",
        "sycamores",
        "terrace",
        "wharf",
        "willows",
    ];
    let end = i + 2;
    let first = (i.saturating_sub(MOST_NUMBERS)..i)
        .rev()
        .take_while(|&k| number(turn.turn, k) || says!(turn, k, "oh"))
        .last()?;
    let ends = turn.kind(end) != Some(TokenKind::Word)
        || ends(turn, end)
        || turn.classes(end).town_size() >= 1
        || standing(turn.classes(end)) == Standing::Unlisted;
    (says!(turn, i, "the") && CLOSES.has(turn.key(i + 1)) && ends)
        .then(|| Place::address(first..end, "close", 0.75))
}

/// The house whose street begins with the quarter of the town at token `i`, after the
/// number: `it's [thirty four fifteen southeast taylor]`.
pub(super) fn in_quarter(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    const FEWEST: usize = 3;
    let said = |k: usize| number(turn.turn, k) || says!(turn, k, "oh" | "hundred");
    let first = (i.saturating_sub(MOST_NUMBERS)..i)
        .rev()
        .take_while(|&k| said(k))
        .last()?;
    let digits = |k: usize| digits_of_house(turn, k);
    let street = i + 1 + usize::from(turn.is_mark(i + 1, "."));
    let named = |k: usize| turn.is_word(k) && (is_of_street(turn, k) || is_plain(turn, k));
    let particle = usize::from(turn.classes(street).any(Classes::PARTICLE));
    let end = (street + particle..turn.len().min(street + MOST_WORDS))
        .take_while(|&k| named(k))
        .last()?
        + 1;
    let long = (first..i).map(digits).sum::<usize>() >= FEWEST;
    (long && ends(turn, end)).then(|| Place::address(first..end, "house", 0.75))
}

/// Whether the words before the preposition at token `i` tell where somebody is
/// or lives, or where something goes.
fn is_placed(turn: &ReadTurn<'_>, i: usize) -> bool {
    const AT: Words = words![
        "he's", "hes", "house", "i'm", "im", "it", "live", "lived", "lives", "living", "located",
        "now", "off", "office", "over", "she's", "shes", "shop", "stay", "staying", "still",
        "they're", "we're", "were", "you're", "youre"
    ];
    const TO: Words = words![
        "addr",
        "address",
        "deliver",
        "delivered",
        "it",
        "mail",
        "mailed",
        "moved",
        "moving",
        "over",
        "send",
        "sent",
        "ship",
        "shipped",
        "them"
    ];
    match turn.word(i) {
        "at" => AT.has(turn.key(i - 1)),
        "to" => TO.has(turn.key(i - 1)),
        _ => false,
    }
}

/// Whether token `k` may be a word of the street's name.
fn is_of_street(turn: &ReadTurn<'_>, k: usize) -> bool {
    const SIDES: Words = words!["east", "north", "old", "saint", "south", "st", "west"];
    turn.is_word(k) && !turn.is_letter(k) && (SIDES.has(turn.key(k)) || is_named(turn, k))
}

/// How many digits of a house's number token `k` says: `hundred` stands for two.
pub(super) fn digits_of_house(turn: &ReadTurn<'_>, k: usize) -> usize {
    match turn.word(k) {
        "hundred" => 2,
        _ => digits_at(turn.turn, k),
    }
}

/// Lists whose words name no street.
pub(super) const NO_STREET: Classes = Classes::STOP
    .with(Classes::CLINICAL)
    .with(Classes::DRUG)
    .with(Classes::CALENDAR);

/// Whether token `k` is a word that is said seldom enough to name a street where
/// somebody lives: `three [pebble]`.
fn is_plain(turn: &ReadTurn<'_>, k: usize) -> bool {
    let classes = turn.classes(k);
    turn.is_word(k)
        && !turn.is_letter(k)
        && !classes.any(NO_STREET)
        && classes.commonness() <= SELDOM
        && !is_unit(turn.key(k))
}

/// Whether token `k` is a name, or a town too, and no measure.
fn is_named(turn: &ReadTurn<'_>, k: usize) -> bool {
    let classes = turn.classes(k);
    !classes.any(NO_STREET)
        && match standing(classes) {
            Standing::Unlisted => turn.word(k).len() >= LONG_ENOUGH,
            Standing::Name | Standing::Rare => true,
            Standing::Ambiguous => classes.commonness() <= 6,
            _ => classes.town_size() >= 1 && classes.commonness() <= 6,
        }
        && !is_unit(turn.key(k))
}

/// Whether the address may end before token `k`.
pub(super) fn ends(turn: &ReadTurn<'_>, k: usize) -> bool {
    const AFTER: Words = words![
        "above",
        "across",
        "and",
        "apartment",
        "apt",
        "at",
        "behind",
        "but",
        "by",
        "downstairs",
        "if",
        "in",
        "near",
        "next",
        "no",
        "now",
        "off",
        "okay",
        "opposite",
        "please",
        "postcode",
        "rear",
        "right",
        "so",
        "still",
        "suite",
        "thanks",
        "that's",
        "unit",
        "upstairs",
        "zip"
    ];
    turn.kind(k).is_none_or(|kind| kind == TokenKind::Mark) || AFTER.has(turn.key(k))
}
