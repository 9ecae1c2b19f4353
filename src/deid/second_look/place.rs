//! Addresses and towns.

use super::Seen;
use super::atom::{Line, contents};
use super::name;
use super::slip;
use super::street::{
    is_house_number, is_left_street, is_named_street, is_numbered_street, is_post_box,
    is_side_of_street, is_unit_of_house,
};
use super::words::{self, class};
use crate::domain::Category;

/// Looks for addresses and towns in `line`.
pub(super) fn scan(line: &Line, seen: &mut Seen<'_>) {
    if line.holds(contents::SLOT)
        && let Some(i) = beyond_address(line)
    {
        seen.add(line.span(i), Category::Address, "beyond-an-address");
    }
    if !line.has(class::STREET | class::TOWN | class::SCENE) {
        return;
    }
    for i in 0..line.atoms.len() {
        if !line.is_class(i, class::STREET | class::TOWN | class::SCENE) {
            continue;
        }
        let word = line.word(i);
        if line.is_class(i, class::STREET)
            && (is_numbered_street(line, i) || is_named_street(line, i))
        {
            seen.add(line.span(i), Category::Address, "street");
        }
        if is_unit_of_house(line, i) || is_post_box(line, i) {
            seen.add(line.span(i), Category::Address, "unit");
        }
        if line.is_class(i, class::STREET) && is_left_street(line, i) {
            seen.add(line.span(i), Category::Address, "street-of-a-replacement");
        }
        if is_facility(word) && is_named_after_of(line, i + 1) {
            seen.add(line.span(i), Category::Facility, "facility-of");
        }
        if is_company(word) && is_named(line, i) {
            seen.add(line.span(i), Category::Organization, "company");
        }
        if word == "address" && is_address_told(line, i) {
            seen.add(line.span(i), Category::Address, "address-told");
        }
        if is_area(word) && is_named(line, i) || is_city_told(line, i) {
            seen.add(line.span(i), Category::City, "area");
        }
        if is_side_of_street(line, i) || is_house_number(line, i) {
            seen.add(line.span(i), Category::Address, "street");
        }
        if is_decimal(line, i) {
            seen.add(line.span(i), Category::Geocode, "decimals");
        }
        if is_placed(line, i) {
            seen.add(line.span(i), Category::City, "unknown-place");
        }
        if is_spanish_town(line, i) || line.is_class(i, class::TOWN) && is_place_here(line, i) {
            seen.add(line.span(i), Category::City, "town");
        }
    }
}

fn is_facility(word: &str) -> bool {
    matches!(
        word,
        "hospital" | "clinic" | "center" | "centre" | "home" | "care" | "college"
    )
}

/// `of marlwick`, `of Superior`: a place after the kind of facility.
fn is_named_after_of(line: &Line, i: usize) -> bool {
    let next = i + 1 + usize::from(is_direction(line.word(i + 1)) || line.word(i + 1) == "the");
    let removed = line.is_slot_of(next, Category::Person) || line.is_slot_of(next, Category::City);
    line.word(i) == "of"
        && (removed || line.is_unknown(next) || line.capital(next) && !line.is_ordinary(next))
}

/// How a company is written to be one.
pub(super) fn is_legal_form(word: &str) -> bool {
    matches!(word, "llc" | "inc" | "ltd" | "corp")
}

/// What ends the name of a company.
fn is_company(word: &str) -> bool {
    is_legal_form(word)
        || matches!(
            word,
            "foods"
                | "logistics"
                | "roofing"
                | "catering"
                | "textiles"
                | "software"
                | "industries"
                | "works"
                | "lines"
                | "enterprises"
                | "pediatrics"
                | "hospital"
                | "clinic"
        )
}

/// What ends the name of a town or an area.
fn is_area(word: &str) -> bool {
    matches!(
        word,
        "city" | "county" | "junction" | "township" | "falls" | "beach" | "heights" | "springs"
    )
}

/// `marlwick county`, `[PERSON_1] machine works`: the kind of thing at `i` has
/// a name before it, known as one or removed.
fn is_named(line: &Line, i: usize) -> bool {
    let kind = |at: usize| {
        matches!(
            line.word(at),
            "machine" | "freight" | "family" | "general" | "medical" | "memorial" | "community"
        )
    };
    let before = |n: usize| i.checked_sub(n);
    let Some(name) = before(1).filter(|at| !kind(*at)).or_else(|| before(2)) else {
        return false;
    };
    let removed = [
        Category::Person,
        Category::City,
        Category::Address,
        Category::Organization,
        Category::Facility,
    ]
    .into_iter()
    .any(|category| line.is_slot_of(name, category));
    let unknown = line.word(name).len() > 3
        && line.is_unknown(name)
        && !slip::is_misspelled(line.word(name))
        && !slip::is_run_together(line.word(name));
    // `[PERSON_1] works nights`: a verb, where nothing stands between.
    let verb = line.word(i) == "works" && name + 1 == i && line.is_slot_of(name, Category::Person);
    removed && !verb || unknown
}

/// `my new address is marl pellow`, `address: 12 pellow`: unknown words where
/// an address is told.
fn is_address_told(line: &Line, i: usize) -> bool {
    let is = line.word(i + 1) == "is" || line.mark(i + 1) == Some(':');
    let next = i + 1 + usize::from(is);
    let unknown = |at: usize| {
        line.word(at).len() > 2 && line.is_unknown(at) && !slip::is_misspelled(line.word(at))
    };
    let told = |at: usize| line.word(at).len() > 3 && !line.is_ordinary(at);
    let removed = |at: usize| {
        [Category::Address, Category::City, Category::Person]
            .into_iter()
            .any(|category| line.is_slot_of(at, category))
    };
    let begins = || (next..next + 2).any(told) && (next + 1..next + 3).any(removed);
    (next..next + 3).any(unknown) || begins()
}

/// An unknown word in a turn from which an address was removed.
fn beyond_address(line: &Line) -> Option<usize> {
    let slot = (0..line.atoms.len()).find(|&i| line.is_slot_of(i, Category::Address))?;
    let unknown = |&at: &usize| {
        line.word(at).len() > 3
            && line.is_unknown(at)
            && !slip::is_misspelled(line.word(at))
            && !slip::is_run_together(line.word(at))
    };
    (slot + 1..line.atoms.len().min(slot + ADDRESS_WITHIN))
        .take_while(|&at| !ends_address(line, at))
        .find(unknown)
}

/// What no address goes on through: `with`, a share.
fn ends_address(line: &Line, at: usize) -> bool {
    line.mark(at) == Some('%') || matches!(line.word(at), "with" | "for" | "because" | "when")
}

/// An address goes on for this many atoms at most.
const ADDRESS_WITHIN: usize = 8;

/// `the city is superior`, `city name : superior`: any word that ends the clause
/// and is not ordinary.
fn is_city_told(line: &Line, i: usize) -> bool {
    let named = i + 1 + usize::from(line.word(i + 1) == "name");
    let told = line.word(named) == "is" || line.mark(named) == Some(':');
    let next = named + 1;
    line.word(i) == "city"
        && told
        && name::is_unusual(line, next)
        && !line.is_class(next, class::THING)
        && line.word(next).len() > 2
        && (name::ends_clause(line, next + 1) || line.word(next + 1) == "and")
}

fn is_direction(word: &str) -> bool {
    matches!(word, "port" | "new" | "north" | "south" | "east" | "west")
}

/// `point six four oh eight`, `minus seventy point two`: three or more
/// decimals, or a sign, as coordinates have.
fn is_decimal(line: &Line, i: usize) -> bool {
    let single = |at: usize| matches!(line.spoken(at), Some(words::Spoken::Digit(_)));
    // `minus one point eight` is measured; a place has more degrees or decimals.
    let few = single(i + 1) && line.word(i + 2) == "point" && !single(i + 4);
    let signed = line.word(i) == "minus" && line.is_number(i + 1) && !few;
    // `three point one two five` is a dose; degrees of one digit have more decimals.
    let least = 3 + usize::from(i > 0 && single(i - 1) && !(i > 1 && line.is_number(i - 2)));
    line.word(i) == "point" && (1..=least).all(|n| single(i + n)) && i > 0 && line.is_number(i - 1)
        || signed && (2..6).any(|n| line.word(i + n) == "point")
}

/// `i live in marlwick`: an unknown word where a place is told, which ends
/// the clause.
fn is_placed(line: &Line, i: usize) -> bool {
    let told = match line.word(i) {
        "in" => matches!(
            line.word_before(i),
            "live"
                | "lives"
                | "living"
                | "lived"
                | "born"
                | "raised"
                | "is"
                | "over"
                | "located"
                | "you're"
                | "we're"
                | "i'm"
                | "moved"
                | "stay"
                | "staying"
                | "house"
                | "family"
                | "grew"
                | "up"
                | "home"
                | "out"
        ),
        "near" | "from" | "past" | "outside" => true,
        _ => false,
    };
    let next = i + 1 + usize::from(is_direction(line.word(i + 1)));
    is_travelled(line, i, next)
        || told
            && line.word(next).len() > 3
            && (name::ends_clause(line, next + 1)
                || matches!(line.word(next + 1), "right" | "now" | "and" | "since"))
            && line.is_unknown(next)
            && !slip::is_misspelled(line.word(next))
}

/// `we drove to oskgate with`, `in oskgate by the church`: an unknown word behind a
/// preposition of place, where something goes on that is no noun.
fn is_travelled(line: &Line, i: usize, next: usize) -> bool {
    let placed = matches!(
        line.word(i),
        "in" | "near" | "from" | "past" | "through" | "outside"
    );
    if !placed {
        return false;
    }
    let decimal = line.glued(next + 1) && line.is_digits(next + 1);
    let whole = !line.glued(next) && !decimal;
    let noun = line.is_class(next + 1, class::CONTENT) && !line.is_class(next + 1, class::SMALL);
    let goes_on = matches!(
        line.word(next + 1),
        "with"
            | "by"
            | "where"
            | "when"
            | "because"
            | "for"
            | "it's"
            | "i"
            | "he"
            | "she"
            | "we"
            | "they"
            | "last"
            | "this"
            | "on"
            | "at"
            | "in"
            | "is"
            | "and"
            | "but"
            | "after"
            | "before"
            | "or"
            | "clinic"
            | "office"
            | "road"
            | "though"
            | "yesterday"
            | "today"
    );
    line.word(next).len() > 4
        && whole
        && (goes_on || name::ends_clause(line, next + 1) || !noun && line.is_slot(next + 1))
        && !line.lower(next).ends_with("'s")
        && name::is_name_like(line, next)
        && !matches!(
            line.word_before(i),
            "results" | "relief" | "allergic" | "switched"
        )
}

/// `san francisco`, `las vegas`: a town of two words, the first Spanish.
fn is_spanish_town(line: &Line, i: usize) -> bool {
    matches!(line.word(i), "san" | "santa" | "los" | "las")
        && line.word(i + 1).len() > 3
        && !line.is_ordinary(i + 1)
        && !matches!(line.word(i + 1), "claus" | "clause")
}

/// A town's word that is not part of an ordinary name of something else.
fn is_place_here(line: &Line, i: usize) -> bool {
    let medical = matches!(
        line.word(i + 1),
        "fracture"
            | "score"
            | "criteria"
            | "scale"
            | "knife"
            | "brace"
            | "virus"
            | "fever"
            | "test"
            | "collar"
            | "cream"
            | "creme"
            | "marathon"
            | "cracker"
            | "crackers"
            | "cheese"
            | "roll"
            | "sauce"
            | "steak"
            | "style"
            | "terrier"
            | "bun"
            | "pizza"
    );
    // `two queens, please`
    let counted = i > 0 && line.is_class(i - 1, class::NUMBER);
    !medical && !counted
}
