//! Names that name no person: illnesses, signs and scales.

use super::atom::Line;
use super::name::ends_clause;

/// `st john's wort`, `crohn's disease`: a name that names no person.
pub(super) fn is_eponym(line: &Line, i: usize) -> bool {
    let saint = matches!(line.word_before(i), "st" | "saint")
        || line.mark(i.wrapping_sub(1)) == Some('.') && i > 1 && line.word(i - 2) == "st";
    let next = i + 1 + usize::from(line.mark(i + 1) == Some('-'));
    saint
        || is_ruled_out(line, i)
        || is_scale(line, i)
        || is_of_a_name(line, i)
        || line.word(i) == "ana" && matches!(line.word(i + 1), "negative" | "positive")
        || matches!(
            line.word(next),
            "wort"
                | "body"
                | "bodies"
                | "disease"
                | "syndrome"
                | "hopkins"
                | "sign"
                | "signs"
                | "test"
                | "scale"
                | "score"
                | "catheter"
                | "esophagus"
                | "lymphoma"
                | "thyroiditis"
                | "palsy"
                | "fracture"
                | "phenomenon"
                | "criteria"
                | "maneuver"
                | "position"
                | "contracture"
                | "level"
                | "levels"
                | "classification"
                | "reflex"
                | "stage"
                | "grade"
        )
}

/// `rule out addison's`, `consistent with noonan`, `had ritter's and`: what is
/// looked for, or is had as nobody is.
fn is_ruled_out(line: &Line, i: usize) -> bool {
    let before = |n: usize| i.checked_sub(n).map_or("", |at| line.word(at));
    let owned = line.lower(i).ends_with("'s");
    let closed = || ends_clause(line, i + 1) || matches!(line.word(i + 1), "and" | "or" | "before");
    match (before(2), before(1)) {
        ("rule" | "ruled" | "ruling", "out") => true,
        ("consistent", "with") | ("suspicious", "for") => closed(),
        // `do you have jennifer's or mine`: what one has may be another's.
        (_, "had" | "has" | "any") => owned && closed(),
        _ => false,
    }
}

/// `for pete's sake`, `graham cracker`, `boston cream`, `the mona lisa`: what has the
/// name in its own.
fn is_of_a_name(line: &Line, i: usize) -> bool {
    let pair = |first: &str, second: &str| {
        line.word(i) == first && line.word(i + 1) == second
            || line.word(i) == second && line.word_before(i) == first
    };
    pair("mona", "lisa")
        || pair("bloody", "mary")
        || pair("shirley", "temple")
        || pair("hail", "mary")
        || matches!(
            line.word(i + 1),
            "sake"
                | "cracker"
                | "crackers"
                | "cream"
                | "creme"
                | "marathon"
                | "sauce"
                | "cheese"
                | "cheesecake"
                | "bun"
                | "buns"
                | "steak"
                | "roll"
                | "rolls"
                | "pizza"
                | "bread"
                | "style"
                | "terrier"
                | "wheel"
                | "hortons"
        )
}

/// `fifty five on the morse`: a number on a scale.
fn is_scale(line: &Line, i: usize) -> bool {
    const NEAR: usize = 4;
    i > 2
        && line.word(i - 1) == "the"
        && line.word(i - 2) == "on"
        && ends_clause(line, i + 1)
        && (i.saturating_sub(NEAR)..i - 2).any(|at| line.is_number(at))
}
