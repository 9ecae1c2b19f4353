//! Streets, and the houses and boxes in them.

use super::atom::Line;
use super::name;
use super::words::class;

/// `12 oak street`, `forty two maple drive`: a number one to three words
/// before the street word, with nothing but words between.
pub(super) fn is_numbered_street(line: &Line, i: usize) -> bool {
    for back in 2..=4 {
        let Some(at) = i.checked_sub(back) else {
            return false;
        };
        let between = at + 1..i;
        if between.clone().any(|j| !is_street_name(line, j)) {
            return false;
        }
        let number = line.is_digits(at) || line.spoken(at).is_some();
        if number && !between.clone().all(|j| line.spoken(j).is_some()) {
            return true;
        }
    }
    false
}

/// Whether the word at `j` may be part of a street's name.
fn is_street_name(line: &Line, j: usize) -> bool {
    let word = line.word(j);
    let direction = matches!(
        word,
        "north" | "south" | "east" | "west" | "main" | "park" | "first" | "second" | "third"
    );
    direction || !word.is_empty() && !line.is_unit(j) && !line.is_ordinary(j)
}

/// `on maple avenue`, `Elm Street`: a street with a name but no number.
pub(super) fn is_named_street(line: &Line, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else {
        return false;
    };
    let name = line.word(before);
    if name.is_empty() || line.is_ordinary(before) && name != "main" || line.is_unit(before) {
        return false;
    }
    let certain = matches!(
        line.word(i),
        "street" | "avenue" | "boulevard" | "blvd" | "parkway" | "ave"
    );
    let placed = matches!(line.word_before(before), "on" | "at" | "near" | "off");
    let titled = line.capital(before) && line.capital(i) && line.word(i).len() > 2;
    let around = matches!(
        name,
        "side"
            | "back"
            | "cross"
            | "busy"
            | "across"
            | "down"
            | "wall"
            | "high"
            | "sesame"
            | "way"
            | "city"
            | "residential"
            | "in"
            | "off"
            | "ave"
            | "corner"
            | "dead"
            | "whole"
            | "entire"
    );
    let filler = usize::from(before > 0 && line.is_filler(before - 1));
    let lane = matches!(
        line.word(i),
        "road" | "lane" | "court" | "drive" | "mews" | "rd"
    ) && matches!(line.word(before.wrapping_sub(1 + filler)), "on" | "off")
        && !around
        && name.len() > 3;
    let always = matches!(line.word(i), "street" | "avenue" | "boulevard" | "parkway");
    if lane || always && !around && name.len() > 3 && !line.is_class(before, class::NUMBER) {
        return true;
    }
    titled
        && !matches!(
            line.word(i),
            "place" | "square" | "way" | "court" | "close" | "circle"
        )
        || certain && placed
}

/// `four [PERSON_1] avenue`, `[CITY_1] [PERSON_2] drive`: a street of whose
/// name a part was removed.
pub(super) fn is_left_street(line: &Line, i: usize) -> bool {
    let before = |n: usize| i.checked_sub(n);
    let numbered = || (2..5).any(|n| before(n).is_some_and(|at| line.is_number(at)));
    // `[PERSON_1] drive me home`
    let verb = matches!(
        (line.word(i), line.word(i + 1)),
        (
            "drive",
            "me" | "him" | "her" | "us" | "them" | "you" | "home" | "there" | "over" | "to"
        )
    );
    let driven = verb && !matches!(line.word(i + 1), "to" | "there" | "over");
    let certain = !verb
        && matches!(
            line.word(i),
            "street"
                | "avenue"
                | "boulevard"
                | "blvd"
                | "parkway"
                | "ave"
                | "road"
                | "rd"
                | "drive"
                | "lane"
        );
    let inaudible = before(3).is_some_and(|at| line.mark(at) == Some('['))
        && before(1).is_some_and(|at| line.mark(at) == Some(']'));
    let named = before(1).is_some_and(|at| line.is_slot(at));
    let whole = certain || line.word(i).len() > 2 || name::ends_clause(line, i + 1);
    named && whole && (certain || !driven && numbered()) || inaudible && numbered()
}

/// `south quillow`, `on south sixth`: a street told by its side of town.
pub(super) fn is_side_of_street(line: &Line, i: usize) -> bool {
    let side = matches!(line.word(i), "north" | "south" | "east" | "west");
    let unknown = || line.word(i + 1).len() > 3 && name::is_name_like(line, i + 1);
    let ordinal = || line.word_before(i) == "on" && line.ordinal(i + 1).is_some_and(|n| n > 2);
    // `the south concourse`
    let part = matches!(line.word_before(i), "the" | "a" | "our" | "your");
    side && !part && (unknown() || ordinal())
}

/// `at number 8`, `we're number 23,`: the number of a house.
pub(super) fn is_house_number(line: &Line, i: usize) -> bool {
    let placed = matches!(line.word_before(i), "at" | "from" | "opposite" | "to");
    let number = (1..=3).contains(&line.digits(i + 1)) || line.spoken(i + 1).is_some();
    let begins = i > 1
        && matches!(
            line.word(i - 2),
            "start" | "begin" | "starting" | "back" | "stuck"
        );
    line.word(i) == "number" && placed && !begins && number && name::ends_clause(line, i + 2)
}

/// `apartment 9c`, `apt 4`, `suite 200`.
pub(super) fn is_unit_of_house(line: &Line, i: usize) -> bool {
    let next = i + 1 + usize::from(matches!(line.mark(i + 1), Some('.' | '#')));
    let numbered = (1..=4).contains(&line.digits(next))
        || line.spoken(next).is_some()
            && (line.word(next + 1).len() < 2 || !line.is_unit(next + 1));
    match line.word(i) {
        "apt" | "apartment" | "suite" => numbered,
        _ => false,
    }
}

/// `p o box 12`, `po box 12`.
pub(super) fn is_post_box(line: &Line, i: usize) -> bool {
    let box_at = line.word(i) == "box" && line.is_digits(i + 1);
    box_at && matches!(line.word_before(i), "po" | "o" | "office")
        || box_at && i > 1 && line.word(i - 2) == "o"
}

/// `forty four quillhurst`: a number and a word that is none, and no drug and its
/// dose.
pub(super) fn is_house(line: &Line, end: usize, letters: usize, digits: usize) -> bool {
    let hundred = usize::from(line.word(end) == "hundred");
    let at = end + hundred;
    let whole = !line.glued(at) && !line.glued(at + 1);
    let ends = line.mark(at + 1).is_some_and(|c| matches!(c, ',' | '.'));
    // `two hundred shoeboxes`: what is counted is more than one.
    let plural = line.word(at).ends_with('s') && !line.word(at).ends_with("ss");
    line.word(at).len() > 5
        && !plural
        && (whole || ends && !line.glued(at))
        && letters == 0
        && digits + 2 * hundred > 1
        && !line.is_number(at + 1)
        && !line.is_unit(at + 1)
        && name::is_name_like(line, at)
}
