//! Names of places, and of organisations that disclose a place or an
//! employer: all geographic subdivisions smaller than a State, and employers'
//! names (45 CFR 164.514(b)(2)(i)(A), (B)). States and countries stay.

mod alone;
mod answered;
mod asked;
mod called_after;
mod corner;
mod facility;
mod flat;
mod homestead;
mod house;
mod introduced;
mod on_street;
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

impl Place {
    /// An address, or a part of one, that `rule` tells.
    const fn address(tokens: Range<usize>, rule: &'static str, confidence: f32) -> Self {
        Self {
            tokens,
            category: Category::Address,
            rule,
            strength: Strength::Likely,
            confidence,
        }
    }
}

/// Marks the words of firms and of saints in `lexicon`, and those about which
/// other places are looked for.
pub(crate) fn mark(lexicon: &mut Lexicon) {
    let words = facility::SAINT.iter().chain(organization::words());
    words.for_each(|word| lexicon.mark(word, Classes::FIRM));
    let lists = [
        JOINTS,
        WAYS,
        alone::PLACED,
        flat::BEFORE,
        flat::BESIDE,
        flat::DWELLER,
        homestead::HOMES,
        house::QUARTERS,
        introduced::GRADES,
        introduced::SCHOOLS,
        street::KINDS,
        wayside::BEFORE_NAME,
        wayside::KINDS,
        wayside::NEIGHBOURS,
    ];
    let placed = lists.iter().flat_map(Words::iter);
    placed.for_each(|word| lexicon.mark(word, Classes::PLACED));
}

/// Words about which a firm or a house may stand.
const JOINTS: Words = words!["from", "number", "of", "off", "on", "with"];

/// The firm, the house or the street about the word at token `i`.
fn marked(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    let word = turn.key(i);
    match turn.word(i) {
        _ if i == 0 => None,
        "from" | "with" => introduced::spoken_for(turn, i),
        "number" => flat::by_number(turn, i),
        "of" => organization::of_lawyers(turn, i),
        "off" | "on" => on_street::after(turn, i)
            .or_else(|| street::of_tree(turn, i))
            .or_else(|| street::by_letter(turn, i)),
        _ if street::KINDS.has(word) => street::bare(turn, i),
        _ if homestead::HOMES.has(word) => homestead::ending_at(turn, i),
        _ if house::QUARTERS.has(word) => house::in_quarter(turn, i),
        _ => introduced::school(turn, i),
    }
}

/// Words about which a road, a unit or a neighbour's house may stand.
const WAYS: Words = words!["a", "m", "market", "unit"];

/// The house or the road of the rarer kinds about the word at token `i`.
fn beside_way(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    let word = turn.key(i);
    match turn.word(i) {
        "a" | "m" => wayside::lettered(turn, i),
        "market" => wayside::farm_road(turn, i),
        "unit" => wayside::unit(turn, i),
        _ if wayside::NEIGHBOURS.has(word) => wayside::of_neighbour(turn, i),
        _ if wayside::BEFORE_NAME.has(word) => wayside::kind_first(turn, i),
        _ if wayside::KINDS.has(word) => wayside::numbered(turn, i),
        _ => None,
    }
}

/// Adds what is about the word of [`Classes::PLACED`] at token `i`.
fn about_placed(turn: &ReadTurn<'_>, i: usize, add: &mut impl FnMut(Option<Place>)) {
    let word = turn.key(i);
    add(marked(turn, i));
    add(beside_way(turn, i));
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
    const JOINS: Key = Key::of("and");
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
        if turn.key(i) == JOINS || turn.key(i) == AND {
            add(corner::about(turn, i));
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
