//! Firms and practices as those who call or answer for them name them, though of plain
//! words (`[clearview optical] this is`, `from [evergreen hospice] can i`), and schools
//! by the kind that ends their name (`by [willow creek elementary]`).

mod firm;

use std::ops::Range;

use crate::deid::Strength;
use crate::deid::detect::name::{Standing, ends_phrase, is_end_or_mark, standing};
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, says, words};
use crate::domain::{Category, Role};

use super::Place;
use firm::{is_firm, is_kind, is_of_name, is_own, shares_all};

/// Most words of such a name.
const MOST_WORDS: usize = 4;

/// How far into a turn somebody says for whom they speak.
const FIRST_WORDS: usize = 12;

/// What stands before the firm for which somebody speaks.
const LINKS: Words = words!["from", "with"];

/// What ends the names of schools.
pub(super) const SCHOOLS: Words = words![
    "academy",
    "daycare",
    "elementary",
    "montessori",
    "prep",
    "preschool"
];

/// What ends the names of schools and is other things too.
pub(super) const GRADES: Words = words!["high", "middle"];

/// The firm that somebody who answers names first: `[lincare] how can i help`.
pub(super) fn answering(turn: &ReadTurn<'_>) -> Option<Place> {
    if turn.turn.role != Role::Agent {
        return None;
    }
    let start = past_welcome(turn);
    let most = turn.len().min(start + MOST_WORDS + 1);
    let end = (start + 1..most).find(|&k| offers(turn, k) || start > 0 && ends_firm(turn, k))?;
    is_firm(turn, start..end).then(|| firm(start..end))
}

/// Past what is said before the firm that one has called: `thank you for calling`.
fn past_welcome(turn: &ReadTurn<'_>) -> usize {
    const LAST: Words = words!["calling", "reached", "to"];
    let called = |k: usize| match turn.word(k) {
        "calling" => says!(turn, k - 1, "for"),
        "to" => says!(turn, k - 1, "welcome"),
        _ => says!(turn, k - 1, "you've"),
    };
    let calling = (1..turn.len().min(FIRST_WORDS)).find(|&k| LAST.has(turn.key(k)) && called(k));
    calling.map_or(0, |k| k + 1)
}

/// Whether a firm's name ends before token `k`, with what it is.
fn ends_firm(turn: &ReadTurn<'_>, k: usize) -> bool {
    is_kind(turn, k - 1) && (is_end_or_mark(turn, k) || turn.classes(k).any(Classes::STOP))
}

/// The firm after the `from` or `with` at token `i`, for which somebody says who they
/// are that they speak: `it's ngozi from [evergreen hospice] can i`.
pub(super) fn spoken_for(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    if i > FIRST_WORDS || !says_who(turn, i) {
        return None;
    }
    let start = i + 1;
    let within = (start..turn.len().min(start + MOST_WORDS)).take_while(|&k| {
        turn.is_word(k) && (!turn.classes(k).any(Classes::STOP) || is_kind(turn, k))
    });
    let last = within.clone().last()?;
    let kind = within.filter(|&k| k > start && is_kind(turn, k)).last();
    let end = match kind {
        Some(kind) => kind + 1,
        None if is_end_or_mark(turn, last + 1) || turn.classes(last + 1).any(Classes::STOP) => {
            last + 1
        }
        None => return None,
    };
    // Towns are told elsewhere.
    if end == start + 1 && turn.classes(start).town_size() >= 1 {
        return None;
    }
    // `agnes from holy family calling about`
    let calls = end > start + 1 && says!(turn, end, "calling") && !shares_all(turn, start..end);
    (calls || is_firm(turn, start..end)).then(|| firm(start..end))
}

/// The school whose kind is token `i`: `near [willow creek elementary]`.
pub(super) fn school(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    const BEFORE: Words = words!["at", "attends", "by", "from", "in", "near", "to"];
    const PLAIN: Words = words![
        "bowel", "exam", "for", "in", "it's", "surgical", "test", "the"
    ];
    if !SCHOOLS.has(turn.key(i)) && !GRADES.has(turn.key(i)) {
        return None;
    }
    let start = (i.saturating_sub(MOST_WORDS - 1)..i)
        .rev()
        .take_while(|&k| is_of_name(turn, k) && !PLAIN.has(turn.key(k)))
        .last()?;
    let placed = start > 0 && BEFORE.has(turn.key(start - 1));
    // `from [jefferson middle]`, which is no part of a body.
    let named = |k: usize| {
        let classes = turn.classes(k);
        standing(classes) >= Standing::Ambiguous || classes.town_size() >= 1
    };
    let grade = GRADES.has(turn.key(i));
    (placed && (!grade || ends_phrase(turn, i) && (start..i).all(named)))
        .then(|| firm(start..i + 1))
}

/// The hospice of a plain word after a preposition: `at [lighthouse hospice]`.
pub(super) fn hospice(turn: &ReadTurn<'_>, i: usize) -> Option<Place> {
    const BEFORE: Words = words!["at", "by", "from", "to", "with"];
    const PLAIN: Words = words!["inpatient", "local", "outpatient", "palliative"];
    if !words!["hospice"].has(turn.key(i)) {
        return None;
    }
    let own = |k: usize| is_of_name(turn, k) && is_own(turn, k) && !PLAIN.has(turn.key(k));
    let start = (i.saturating_sub(MOST_WORDS - 1)..i)
        .rev()
        .take_while(|&k| own(k))
        .last()?;
    let placed = start > 0
        && BEFORE.has(turn.key(start - 1))
        && !(LINKS.has(turn.key(start - 1)) && spoken_for(turn, start - 1).is_some());
    placed.then(|| firm(start..i + 1))
}

/// Whether whoever answers goes on at token `k` with who they are or an offer.
fn offers(turn: &ReadTurn<'_>, k: usize) -> bool {
    const FIRST: Words = words!["can", "how", "is", "this"];
    FIRST.has(turn.key(k))
        && matches!(
            (turn.word(k), turn.word(k + 1), turn.word(k + 2)),
            ("this", "is", _)
                | ("how", "can" | "may", "i" | "we")
                | ("can", "i", "help")
                | ("is", "this", "for")
        )
}

/// Whether a person who speaks stands right before token `i`: `this is [quincy] with`.
fn says_who(turn: &ReadTurn<'_>, i: usize) -> bool {
    const NEAR: usize = 3;
    const SELF: Words = words!["i'm", "is", "it's", "name's"];
    if i == 0 {
        return false;
    }
    if says!(turn, i - 1, "calling") {
        return turn.turn.role == Role::Agent;
    }
    let classes = turn.classes(i - 1);
    let named = match standing(classes) {
        Standing::Name | Standing::Rare => true,
        Standing::Unlisted => turn.word(i - 1).len() > 3,
        Standing::Ambiguous => classes.given() >= 2,
        _ => false,
    };
    let said = |k: usize| SELF.has(turn.key(k));
    let first = i == 1 || (i.saturating_sub(NEAR)..i - 1).any(said);
    named && first
}

const fn firm(tokens: Range<usize>) -> Place {
    Place {
        tokens,
        category: Category::Organization,
        rule: "introduced",
        strength: Strength::Likely,
        confidence: 0.75,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_by;
    use crate::domain::Category::Organization;

    #[test]
    fn those_who_speak_for_a_firm_name_it() {
        for (line, firm) in [
            ("a: clearview optical this is odra", "clearview optical"),
            (
                "a: hi it's odra from evergreen hospice can i come in",
                "evergreen hospice",
            ),
            (
                "a: this is odra with blue ridge home care visit six",
                "blue ridge home care",
            ),
            (
                "a: thank you for calling lakewood health how may i",
                "lakewood health",
            ),
            ("he was suspended from jefferson middle", "jefferson middle"),
            ("she is at lighthouse hospice now", "lighthouse hospice"),
            (
                "we're over by willow creek elementary",
                "willow creek elementary",
            ),
        ] {
            check_by(line, Organization, &[firm]);
        }
    }

    #[test]
    fn a_turn_may_begin_with_a_firm() {
        check_by(
            "with lighthouse hospice",
            Organization,
            &["lighthouse hospice"],
        );
        check_by("from work", Organization, &[]);
    }

    #[test]
    fn what_every_firm_has_tells_none() {
        for line in [
            "a: nurse advice line this is odra",
            "a: thank you for calling member services this is odra",
            "a: billing department how can i help",
            "a: hi this is odra from physical therapy i'm here",
            "a: this is odra with member services how are you",
            "it's odra from work can i talk",
            "we do the bowel prep",
            "the pain from my back middle and up",
            "she moved to inpatient hospice",
            "her pressure went from normal to high",
            "i'm with you on that",
            "a: interventional radiology this is odra",
            "a: nephrology how can i help",
        ] {
            check_by(line, Organization, &[]);
        }
    }
}
