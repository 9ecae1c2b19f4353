//! Streets of the rarer kinds after their number (`at [14 fennel gap]`), the order of
//! other countries (`[via orsini 12]`), roads by a letter and a number (`[A417] by the
//! mill`), a neighbour's number (45 CFR 164.514(b)(2)(i)(B)).

use std::ops::Range;

use crate::deid::detect::expect::talk::number;
use crate::deid::detect::name::{Standing, standing};
use crate::deid::detect::units::is_unit;
use crate::deid::document::TokenKind;
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::spoken::digits_at;
use crate::deid::word::{Words, says, words};

use super::Place;
use super::house::{self, ends};

/// Most words of a number, and of the name before the kind.
const MOST_NUMBERS: usize = 6;
const MOST_WORDS: usize = 2;

/// How common a word of the name may be.
const SELDOM: u32 = 5;

/// What streets are called before their name in Italian, French, Spanish, Portuguese,
/// Polish and Indonesian.
pub(super) const BEFORE_NAME: Words = words![
    "avenida",
    "avenue",
    "boulevard",
    "calea",
    "calle",
    "corso",
    "jalan",
    "jl",
    "largo",
    "piazza",
    "rua",
    "rue",
    "strada",
    "ul",
    "ulica",
    "via",
    "viale",
];

/// The rarer kinds of streets, after their name.
pub(super) const KINDS: Words = words![
    "alley",
    "almshouses",
    "bank",
    "bend",
    "bluff",
    "brae",
    "chase",
    "common",
    "copse",
    "cottages",
    "creek",
    "crescent",
    "cut",
    "cutoff",
    "dale",
    "drove",
    "esplanade",
    "field",
    "fields",
    "fold",
    "fork",
    "gap",
    "garth",
    "gate",
    "ginnel",
    "glade",
    "green",
    "grove",
    "heath",
    "hill",
    "hollow",
    "knoll",
    "lea",
    "loop",
    "mead",
    "mews",
    "mount",
    "nook",
    "orchard",
    "park",
    "pass",
    "passage",
    "path",
    "point",
    "promenade",
    "quay",
    "quays",
    "reach",
    "rise",
    "row",
    "run",
    "side",
    "snicket",
    "spring",
    "springs",
    "spur",
    "strand",
    "summit",
    "trace",
    "track",
    "vale",
    "view",
    "walk",
    "wharf",
    "wood",
    "woods",
    "wynd",
    "yard"
];

/// Neighbours, whose number is told without a street.
pub(super) const NEIGHBOURS: Words = words!["neighbor", "neighbors", "neighbour", "neighbours"];

/// Lists whose words name no street.
const OTHER: Classes = house::NO_STREET.with(Classes::KIN);

/// The house in the street whose kind is token `i`: `[8b heather rise]`.
pub(super) fn numbered(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    const LONG: usize = 3;
    let name = name_before(turn, i)?;
    let house = number_before(turn, name)?;
    let digits = |k: usize| digits_at(turn.turn, k);
    // `3 [potter's] wynd`: illnesses are called after trades, and streets too.
    let of_body = |k: usize| {
        let classes = turn.classes(k);
        classes.any(Classes::CLINICAL) && !turn.word(k).ends_with("'s")
    };
    let clinical = (name..i).any(of_body);
    if clinical && house.clone().map(digits).sum::<usize>() < LONG {
        return None;
    }
    let end = i + 1;
    let next = turn.classes(end);
    let closed = ends(turn, end)
        || next.any(Classes::STOP)
        || next.town_size() >= 1
        || number(turn.turn, end)
        || turn.is_capital(end)
        || standing(next) >= Standing::Unlisted;
    (closed && is_told(turn, house.start)).then(|| street(house.start..end, "wayside"))
}

/// Where the name before the kind at token `i` begins.
fn name_before(turn: &ReadTurn<'_>, i: usize) -> Option<usize> {
    const OF_NAMES: Words = words![
        "east", "north", "old", "saint", "south", "st", "upper", "west"
    ];
    // `two bone banks`, `ten point run`
    const COUNTED: Words = words![
        "blood", "bone", "data", "dog", "dry", "food", "home", "long", "milk", "point", "side",
        "test", "trial", "walk",
    ];
    (i.saturating_sub(MOST_WORDS)..i)
        .rev()
        .take_while(|&k| {
            let classes = turn.classes(k);
            let plain = !classes.any(OTHER.without(Classes::CLINICAL))
                && classes.commonness() <= SELDOM
                && !is_unit(turn.key(k))
                && !COUNTED.has(turn.key(k));
            turn.is_word(k)
                && !turn.is_letter(k)
                && !number(turn.turn, k)
                && (plain || OF_NAMES.has(turn.key(k)))
        })
        .last()
}

/// The number of a house that ends before token `end`, a letter and a half with it:
/// `[8b] heather rise`, `[two forty and a half] quillmore`.
fn number_before(turn: &ReadTurn<'_>, end: usize) -> Option<Range<usize>> {
    let half = end > 3
        && says!(turn, end - 1, "half")
        && says!(turn, end - 2, "a")
        && says!(turn, end - 3, "and");
    let last = end - 3 * usize::from(half);
    let lettered = last > 1 && turn.is_letter(last - 1) && turn.is_joined(last - 1);
    let last = last - usize::from(lettered);
    let said = |k: &usize| number(turn.turn, *k) || says!(turn, *k, "oh" | "hundred" | "thousand");
    let first = (last.saturating_sub(MOST_NUMBERS)..last)
        .rev()
        .take_while(said)
        .last()?;
    // `$40 mill run`, `3.5 mile run`
    let part = first > 0
        && turn.is_joined(first)
        && turn.kind(first - 1) == Some(TokenKind::Mark)
        && !says!(turn, first - 1, ",");
    (!part).then_some(first..end)
}

/// Whether an address may be told from token `first` on: where nothing comes before it,
/// or a word does that tells where somebody is or what is brought.
fn is_told(turn: &ReadTurn<'_>, first: usize) -> bool {
    const BEFORE: Words = words![
        "address", "and", "at", "deliver", "from", "i'm", "in", "is", "it's", "its", "live",
        "lives", "near", "no", "now", "off", "okay", "opposite", "or", "place", "so", "still",
        "that's", "to", "uh", "um", "yeah", "yes",
    ];
    first == 0
        || turn.kind(first - 1) == Some(TokenKind::Mark)
            && !matches!(turn.word(first - 1), "$" | "£" | "€" | "%" | "-" | "/")
        || BEFORE.has(turn.key(first - 1))
}

/// The street whose kind is called first, at token `i`, with its number: `[via orsini
/// 12]`, `[12 rue du moulin]`.
pub(super) fn kind_first(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    const LONGEST: usize = 3;
    const JOINS: Words = words![
        "da", "dal", "de", "degli", "dei", "del", "della", "des", "di", "do", "du", "l", "la",
        "las", "le", "les", "los", "san", "santa", "s",
    ];
    let name = i + 1 + usize::from(turn.is_mark(i + 1, "."));
    let joins = |k: usize| JOINS.has(turn.key(k)) || turn.is_mark(k, "'") || turn.is_mark(k, "’");
    let first = (name..name + LONGEST).find(|&k| !joins(k))?;
    let named = |k: usize| {
        let classes = turn.classes(k);
        turn.is_word(k)
            && turn.word(k).len() >= LONGEST
            && !number(turn.turn, k)
            && !classes.any(OTHER | Classes::BRAND)
            && (standing(classes) >= Standing::Unlisted
                || turn.is_proper(k)
                || classes.commonness() <= 2)
    };
    let end = (first..turn.len().min(first + LONGEST))
        .take_while(|&k| named(k) || k > first && joins(k))
        .last()?
        + 1;
    let house = end + usize::from(turn.is_mark(end, ","));
    let joins = |k: usize| k > house && says!(turn, k, "hundred" | "and");
    let said = |k: usize| number(turn.turn, k) || joins(k) && number(turn.turn, house);
    let last = (house..turn.len().min(house + MOST_NUMBERS))
        .take_while(|&k| said(k))
        .last();
    let fits = turn.kind(house) != Some(TokenKind::Number) || turn.word(house).len() <= LONGEST + 2;
    if let Some(last) = last.filter(|&last| fits && number(turn.turn, last) && ends(turn, last + 1))
    {
        return Some(street(i..last + 1, "kind-first"));
    }
    let before = i - usize::from(i > 0 && turn.is_mark(i - 1, ","));
    let house = number_before(turn, before).filter(|house| house.end > house.start)?;
    (!says!(turn, i, "via") && ends(turn, end)).then(|| street(house.start..end, "kind-first"))
}

/// The street of one word that ends as streets do in German and Dutch, before its
/// number: `[lindenstrasse 3]`.
pub(super) fn one_word(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    const ENDINGS: [&str; 14] = [
        "strasse", "straße", "straat", "gasse", "gatan", "vägen", "platz", "allee", "laan",
        "plein", "gracht", "kade", "ufer", "damm",
    ];
    let house = i.checked_sub(1)?;
    let word = turn.word(house);
    let ending = ENDINGS.iter().any(|ending| word.ends_with(ending));
    ending.then(|| {
        let letter = turn.is_letter(i + 1) && turn.is_joined(i + 1);
        street(house..i + 1 + usize::from(letter), "one-word")
    })
}

/// The road that the letter at token `i` and a number after it name, where it begins a
/// turn or a sentence and its place is told: `[A417] by the mill`.
pub(super) fn lettered(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    const FEWEST: usize = 2;
    const AFTER: Words = words![
        "at",
        "between",
        "by",
        "heading",
        "just",
        "near",
        "opposite",
        "outside",
        "past",
        "roundabout",
        "towards",
    ];
    let road = i + 1;
    let written = turn.is_joined(road)
        && turn.kind(road) == Some(TokenKind::Number)
        && (FEWEST..=4).contains(&turn.word(road).len());
    let begins = i == 0 || says!(turn, i - 1, "." | ",");
    (written && begins && AFTER.has(turn.key(road + 1))).then(|| street(i..road + 1, "road"))
}

/// The road whose kind ends with the `market` at token `i`, and its number: `[farm to
/// market 1431]`.
pub(super) fn farm_road(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    let farm = i.checked_sub(2)?;
    let road = i + 1 + usize::from(says!(turn, i + 1, "road"));
    let end = (road..turn.len().min(road + MOST_NUMBERS))
        .take_while(|&k| number(turn.turn, k))
        .last()?
        + 1;
    let ranch = says!(turn, farm, "farm" | "ranch") && says!(turn, farm + 1, "to");
    ranch.then(|| street(farm..end, "road"))
}

/// The `unit` at token `i` and its number, where a turn says nothing else.
pub(super) fn unit(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    let end = (1..turn.len())
        .take_while(|&k| number(turn.turn, k) || turn.is_letter(k))
        .last()?
        + 1;
    let all = end == turn.len() || turn.is_mark(end, ".") && end + 1 == turn.len();
    (i == 0 && all && number(turn.turn, 1) && end <= MOST_NUMBERS).then(|| street(i..end, "unit"))
}

/// The house's number after the neighbour at token `i`: `with my neighbour at [1412]`.
pub(super) fn of_neighbour(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    const MOST_DIGITS: usize = 5;
    let first = i + 2;
    let placed = says!(turn, i + 1, "at" | "in" | "from") && number(turn.turn, first);
    if !placed {
        return None;
    }
    let end = (first..turn.len().min(first + MOST_NUMBERS))
        .take_while(|&k| number(turn.turn, k) || says!(turn, k, "oh"))
        .last()?
        + 1;
    let digits = |k: usize| digits_at(turn.turn, k);
    let end = end + usize::from(turn.is_letter(end) && turn.is_joined(end));
    let lettered = turn.is_letter(end - 1);
    let closed = lettered || ends(turn, end) || turn.classes(end).any(Classes::STOP);
    let clock = turn.is_mark(end, ":") || says!(turn, end, "am" | "pm" | "a" | "p");
    let fits = (first..end).map(digits).sum::<usize>() <= MOST_DIGITS;
    (closed && !clock && fits).then(|| street(first..end, "neighbour"))
}

const fn street(tokens: Range<usize>, rule: &'static str) -> Place {
    Place::address(tokens, rule, 0.7)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_by;
    use crate::domain::Category::Address;

    #[test]
    fn streets_of_rarer_kinds_are_told_by_their_number() {
        for (line, house) in [
            ("she's at 14 fennel gap, ring twice", "14 fennel gap"),
            ("8b heather rise", "8b heather rise"),
            ("we moved. 5 Tinker's Fold", "5 Tinker's Fold"),
            ("fifteen tinker's row", "fifteen tinker's row"),
            ("it's twelve heron loop", "twelve heron loop"),
            ("it's 7020 Thistle Spur, Quillmore", "7020 Thistle Spur"),
            ("still at twelve saddler's reach", "twelve saddler's reach"),
            (
                "he was at my place two thousand six aspen run but he left",
                "two thousand six aspen run",
            ),
            (
                "at fourteen twenty badger creek",
                "fourteen twenty badger creek",
            ),
            (
                "it's two forty one and a half heather wynd",
                "two forty one and a half heather wynd",
            ),
        ] {
            check_by(line, Address, &[house]);
        }
        for line in [
            "i did a 3 mile run and a 20 minute walk",
            "he's in 4 blood bank calls",
            "there's a 12 percent rise and a two inch gap",
            "it's 2 fold",
            "the first of 3 food bank visits",
            "at 10 point two view it again",
            "and 5 people walk there",
        ] {
            check_by(line, Address, &[]);
        }
    }

    #[test]
    fn other_countries_call_the_kind_first() {
        for (line, house) in [
            ("same address via orsini 12, sassari", "via orsini 12"),
            ("yes 14 rue du moulinet", "14 rue du moulinet"),
            ("calle de la paz 14, please", "calle de la paz 14"),
            ("it's 12 avenue lerouge", "12 avenue lerouge"),
            (
                "it's on rua da prata one hundred and four",
                "rua da prata one hundred and four",
            ),
            ("quillenlaan 86, second bell", "quillenlaan 86"),
            ("lindenstrasse 3 as before", "lindenstrasse 3"),
        ] {
            check_by(line, Address, &[house]);
        }
        for line in ["send it via email 2 times", "we spoke via zoom 3 days ago"] {
            check_by(line, Address, &[]);
        }
    }

    #[test]
    fn roads_and_neighbours_are_told_by_numbers() {
        check_by("A417 by the garden centre", Address, &["A417"]);
        check_by(
            "leave it with my neighbor at 1409 if i'm out",
            Address,
            &["1409"],
        );
        check_by("the neighbours in 46b will", Address, &["46b"]);
        check_by(
            "near farm to market 1427 past the store",
            Address,
            &["farm to market 1427"],
        );
        check_by("unit 3", Address, &["unit 3"]);
        check_by("unit 3 of the course", Address, &[]);
        check_by("my neighbour at 5 pm will be in", Address, &[]);
        check_by("a 40 by the afternoon", Address, &[]);
    }
}
