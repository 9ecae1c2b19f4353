//! Names of places, and of organisations that disclose a place or an
//! employer: all geographic subdivisions smaller than a State, and employers'
//! names (45 CFR 164.514(b)(2)(i)(A), (B)). States and countries stay.

mod alone;
mod answered;
mod asked;
mod called_after;
mod facility;
mod flat;
mod homestead;
mod house;
mod introduced;
mod organization;
mod spelled;
mod street;
mod town;
mod wayside;

pub(crate) use asked::Asked;
pub(crate) use organization::BUSINESSES;

use std::ops::Range;

use crate::deid::document::TokenKind;
use crate::deid::lexicon::{Classes, Lexicon, ReadTurn, Reading};
use crate::deid::word::{Key, Words, words};
use crate::deid::{Finding, Strength};
use crate::domain::Category;

/// A place or an organisation, in tokens of its turn.
#[derive(Debug, Clone, PartialEq)]
struct Place {
    tokens: Range<usize>,
    category: Category,
    rule: &'static str,
    strength: Strength,
    confidence: f32,
}

/// Marks the words of firms and of saints in `lexicon`, and those about which
/// other places are looked for.
pub(crate) fn mark(lexicon: &mut Lexicon) {
    let words = facility::SAINT.iter().chain(organization::words());
    words.for_each(|word| lexicon.mark(word, Classes::FIRM));
    let doors = [flat::BEFORE, flat::BESIDE, flat::DWELLER];
    let lists = doors.iter().chain([&MARKS, &WAYSIDE, &alone::PLACED]);
    let placed = lists.flat_map(Words::iter);
    placed.for_each(|word| lexicon.mark(word, Classes::PLACED));
}

/// Words with which a firm or a street begins or ends that is told by what is about it.
const MARKS: Words = words![
    "academy",
    "ave",
    "avenue",
    "bakehouse",
    "bakery",
    "barn",
    "bothy",
    "boulevard",
    "brewery",
    "byre",
    "chapel",
    "cottage",
    "cottages",
    "creamery",
    "croft",
    "dairy",
    "daycare",
    "e",
    "east",
    "elementary",
    "farm",
    "farmhouse",
    "forge",
    "from",
    "gatehouse",
    "granary",
    "grange",
    "hall",
    "high",
    "house",
    "lane",
    "lodge",
    "maltings",
    "manor",
    "manse",
    "middle",
    "mill",
    "montessori",
    "n",
    "ne",
    "north",
    "northeast",
    "northwest",
    "number",
    "nw",
    "oasthouse",
    "of",
    "off",
    "on",
    "parsonage",
    "prep",
    "presbytery",
    "preschool",
    "priory",
    "rd",
    "rectory",
    "road",
    "s",
    "school",
    "schoolhouse",
    "se",
    "smithy",
    "south",
    "southeast",
    "southwest",
    "stables",
    "station",
    "steading",
    "street",
    "sw",
    "tannery",
    "vicarage",
    "villa",
    "w",
    "west",
    "with",
];

/// Words of streets of the rarer kinds, and of what else tells a number of a house.
const WAYSIDE: Words = words![
    "a",
    "avenida",
    "avenue",
    "bank",
    "bluff",
    "boulevard",
    "brae",
    "calea",
    "calle",
    "chase",
    "common",
    "copse",
    "corso",
    "creek",
    "crescent",
    "cut",
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
    "glade",
    "green",
    "heath",
    "hill",
    "hollow",
    "jalan",
    "jl",
    "largo",
    "lea",
    "m",
    "market",
    "mead",
    "mews",
    "mount",
    "neighbor",
    "neighbors",
    "neighbour",
    "neighbours",
    "nook",
    "orchard",
    "park",
    "pass",
    "passage",
    "path",
    "piazza",
    "point",
    "promenade",
    "reach",
    "rise",
    "row",
    "rua",
    "rue",
    "run",
    "side",
    "spring",
    "springs",
    "spur",
    "strada",
    "strand",
    "summit",
    "trace",
    "track",
    "ul",
    "ulica",
    "unit",
    "vale",
    "via",
    "viale",
    "view",
    "walk",
    "wood",
    "woods",
    "wynd",
    "yard",
];

/// The firm or the street about the word of [`MARKS`] at token `i`.
fn marked(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    match turn.word(i) {
        _ if i == 0 => None,
        "from" | "with" => introduced::spoken_for(turn, i),
        "number" => flat::by_number(turn, i),
        "of" => organization::of_lawyers(turn, i),
        "off" | "on" => house::on_street(turn, i)
            .or_else(|| street::of_tree(turn, i))
            .or_else(|| street::by_letter(turn, i)),
        _ if street::KINDS.has(turn.key(i)) => street::bare(turn, i),
        _ if homestead::HOMES.has(turn.key(i)) => homestead::ending_at(turn, i),
        _ => introduced::school(turn, i).or_else(|| house::in_quarter(turn, i)),
    }
}

/// The house or the road about the word of [`WAYSIDE`] at token `i`.
fn beside_way(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    match turn.word(i) {
        "a" | "m" => wayside::lettered(turn, i),
        "market" => wayside::farm_road(turn, i),
        "unit" => wayside::unit(turn, i),
        _ if wayside::NEIGHBOURS.has(turn.key(i)) => wayside::of_neighbour(turn, i),
        _ if wayside::BEFORE_NAME.has(turn.key(i)) => wayside::kind_first(turn, i),
        _ => wayside::numbered(turn, i),
    }
}

/// Adds what is about the word of [`Classes::PLACED`] at token `i`.
fn about_placed(turn: &ReadTurn<'_>, i: usize, add: &mut impl FnMut(Option<Place>)) {
    let word = turn.key(i);
    if MARKS.has(word) {
        add(marked(turn, i));
    }
    if WAYSIDE.has(word) {
        add(beside_way(turn, i));
    }
    if alone::PLACED.has(word) {
        add(alone::after(turn, i));
        add(house::after(turn, i));
    }
    if i + 1 < turn.len() && flat::may_stand_before(turn, i) {
        add(flat::after(turn, i));
    } else if flat::DWELLER.has(word) {
        add(flat::of_dweller(turn, i));
    }
}

/// Adds the places and organisations of turn `at` of `reading` to `out`.
pub(crate) fn find_in_turn(reading: &Reading<'_>, at: usize, out: &mut Vec<Finding>) {
    const AND: Key = Key::of("&");
    const THE: Key = Key::of("the");
    let turn = &reading.turns[at];
    let mut add = |place: Option<Place>| out.extend(place.map(|place| finding(turn, at, place)));
    add(introduced::answering(turn));
    for i in 0..turn.len() {
        let classes = turn.classes(i);
        if !classes.any(Classes::STOP) || classes.any(Classes::TOWN_START) || turn.is_letter(i) {
            add(town::at(turn, i, reading.lexicon));
            add(street::kindless(turn, i));
        }
        if i > 0 && turn.key(i) == THE {
            add(house::of_close(turn, i));
        }
        if classes.any(Classes::PLACED) {
            about_placed(turn, i, &mut add);
        }
        if turn.kind(i) == Some(TokenKind::Number) {
            add(wayside::one_word(turn, i));
        }
        if classes.any(Classes::FACILITY | Classes::FACILITY_END) {
            add(facility::ending_at(turn, i));
            add(called_after::of_place(turn, i));
            add(introduced::hospice(turn, i));
            add(alone::practice(turn, i));
            add(answered::ending_at(turn, i));
        } else if answered::is_specialty(turn, i) {
            add(answered::ending_at(turn, i));
        }
        if classes.any(Classes::EMPLOYER_CUE) {
            add(organization::after_cue(turn, i));
        }
        if classes.any(Classes::FIRM) || turn.key(i) == AND {
            add(called_after::of_saint(turn, i));
            add(organization::ending_at(turn, i));
            add(organization::spelled_and(turn, i));
        }
    }
}

/// Adds the place that turn `at` of `reading` answers with to `out`, and notes
/// what the turn asks for.
pub(crate) fn read_answer(
    reading: &Reading<'_>,
    at: usize,
    asked: &mut Asked,
    out: &mut Vec<Finding>,
) {
    let turn = &reading.turns[at];
    let answer = asked.answer(turn, reading.lexicon);
    out.extend(answer.map(|place| finding(turn, at, place)));
    asked.after(turn);
}

/// One past the town of several words that begins at token `i` of turn `at`;
/// 0 where none does.
pub(crate) fn long_town_end(reading: &Reading<'_>, at: usize, i: usize) -> usize {
    town::of_several_words(&reading.turns[at], i, reading.lexicon).map_or(0, |town| town.tokens.end)
}

fn finding(turn: &ReadTurn<'_>, at: usize, place: Place) -> Finding {
    Finding {
        turn: at,
        span: turn.span(place.tokens.start, place.tokens.end),
        category: place.category,
        detector: "place_name",
        rule: place.rule,
        strength: place.strength,
        confidence: place.confidence,
    }
}

#[cfg(test)]
mod tests;
