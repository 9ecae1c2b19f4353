//! Numbers beside a name or a thing that say how old somebody is, how large a thing
//! is, how much is paid and how often; and what a word beside them says.

use std::ops::Range;

use crate::deid::detect::expect::street::is_kind;
use crate::deid::detect::units::is_unit;
use crate::deid::detect::value::is_label;
use crate::deid::document::TokenKind;
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, words};
use crate::domain::Category;

/// `run` without what a number is called in short at its ends: `[ext] 3`, `44170
/// [exp]`.
pub(super) fn without_labels(read: &ReadTurn<'_>, mut run: Range<usize>) -> Range<usize> {
    let label = |i: usize| read.is_word(i) && is_label(read.key(i)) && !read.is_joined(i);
    while !run.is_empty() && label(run.start) && !read.is_joined(run.start + 1) {
        run.start += 1;
    }
    while !run.is_empty() && label(run.end - 1) && !read.is_joined(run.end) {
        run.end -= 1;
    }
    run
}

/// Whether `run` is how old somebody is of whom is spoken right before: `odra lund
/// hes [9]`, `my son odra, [7]`. From ninety on it is nothing that stays.
pub(super) fn is_age_of(
    read: &ReadTurn<'_>,
    run: &Range<usize>,
    taken: &[Option<Category>],
) -> bool {
    const IS: Words = words!["age", "aged", "he's", "hes", "she's", "shes"];
    const CHILD: Words = words!["baby", "middle", "oldest", "youngest", "eldest"];
    let text = read.word(run.start).as_bytes();
    let young = matches!(text, [b'1'..=b'9'] | [b'1'..=b'8', _]);
    if run.len() != 1 || run.start == 0 || !young || read.is_joined(run.end) {
        return false;
    }
    let comma = usize::from(read.is_mark(run.start - 1, ","));
    let before = (run.start - 1).checked_sub(comma);
    let named = before.is_some_and(|k| taken.get(k) == Some(&Some(Category::Person)));
    let closed = |i: usize| i >= read.len() || read.kind(i) == Some(TokenKind::Mark);
    // `the oldest is [six]`
    let child = run.start > 1
        && matches!(read.word(run.start - 1), "is" | "was" | "turned")
        && CHILD.has(read.key(run.start - 2));
    read.kind(run.start) == Some(TokenKind::Number)
        && (IS.has(read.key(run.start - 1)) || (named || child) && closed(run.end))
}

/// Most tokens of the sides of a thing.
const MOST_SIDES: usize = 8;

/// Whether `run` is of the sides of a thing: `[22 x 14 x 9] in`.
pub(super) fn is_size(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const TIMES: Words = words!["x", "by"];
    let number = |i: usize| read.kind(i) == Some(TokenKind::Number);
    let times = |i: usize| TIMES.has(read.key(i)) || read.is_mark(i, "×");
    let side = |i: &usize| number(*i) || times(*i);
    let from = run.start.saturating_sub(MOST_SIDES);
    let first = (from..run.start).rev().take_while(side).last();
    let last = (run.end..run.end + MOST_SIDES).take_while(side).last();
    let chain = first.unwrap_or(run.start)..last.map_or(run.end, |last| last + 1);
    chain.clone().filter(|&i| number(i)).count() > 1
        && chain.clone().any(times)
        && chain
            .clone()
            .all(|i| side(&i) || is_unit(read.key(i)) || read.is_mark(i, "."))
}

/// Whether `run` is so much in some time: `[1100 a mo]`, `[45 per month]`.
pub(super) fn is_rate(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const EACH: Words = words!["a", "an", "each", "per"];
    const TIMES: Words = words![
        "day", "hour", "hr", "mo", "month", "mth", "night", "week", "wk", "year", "yr"
    ];
    let each = |i: usize| EACH.has(read.key(i)) && TIMES.has(read.key(i + 1));
    let amount = read.kind(run.start) == Some(TokenKind::Number);
    amount
        && (run.start + 1..=run.end).any(each)
        && (run.start + 1..run.end).all(|i| EACH.has(read.key(i)) || TIMES.has(read.key(i)))
}

/// Whether `run` is the most of something: `out of pocket [max]`, `my annual [max]`.
pub(super) fn is_most(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const BEFORE: Words = words![
        "annual",
        "benefit",
        "benefits",
        "calendar",
        "coverage",
        "credit",
        "daily",
        "dental",
        "family",
        "individual",
        "lifetime",
        "month",
        "monthly",
        "network",
        "plan",
        "pocket",
        "speed",
        "weekly",
        "weight",
        "withdrawal",
        "year",
        "yearly",
    ];
    run.len() == 1
        && matches!(read.word(run.start), "max" | "maxes")
        && run.start > 0
        && BEFORE.has(read.key(run.start - 1))
}

/// Whether `run`, which names no street, holds an amount with its unit: `salt [6 g],
/// fluids`. One letter is a unit where no word follows.
pub(super) fn holds_amount(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    let unit = |i: usize| is_unit(read.key(i)) && (read.word(i).len() > 1 || !read.is_word(i + 1));
    let amount = |i: usize| read.kind(i) == Some(TokenKind::Number) && unit(i + 1);
    run.clone().any(amount) && !run.clone().any(|i| is_kind(read.key(i)))
}

/// Whether `run` is words of illnesses and tests alone, written small: `braxton
/// hicks`.
pub(super) fn is_clinical(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    run.len() > 1
        && run
            .clone()
            .all(|i| read.classes(i).any(Classes::CLINICAL) && !read.is_capital(i))
}

/// Whether `run` is of a disease that two are called after, or one with both
/// names: `guillain-[barre]`, `[lou] gehrig's disease`.
pub(super) fn is_of_eponym(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    let clinical = |i: usize| read.classes(i).any(Classes::CLINICAL);
    let hyphened = run.start > 1 && read.is_mark(run.start - 1, "-") && clinical(run.start - 2);
    let owned = read.word(run.end).ends_with('s') && clinical(run.end);
    let disease = matches!(read.word(run.end + 1), "disease" | "syndrome");
    run.len() == 1 && clinical(run.start) && (hyphened || owned && disease)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::model::judged::in_turn as judged;

    #[test]
    fn what_a_number_is_called_is_cut_off() {
        let cut = |read: &ReadTurn<'_>, run: &Range<usize>| {
            let run = without_labels(read, run.clone());
            read.turn.text[read.span(run.start, run.end)].to_owned()
        };
        assert_eq!(judged(cut, "it is 44170 ext 3", "44170 ext"), "44170");
        assert_eq!(judged(cut, "mrn kq 771", "mrn kq 771"), "kq 771");
        assert_eq!(
            judged(cut, "at pin-oak lane", "pin-oak lane"),
            "pin-oak lane"
        );
    }

    #[test]
    fn eponyms_may_be_of_two_names() {
        let of = |text, run| judged(is_of_eponym, text, run);
        assert!(of("it was Guillain-Barre after all", "Barre"));
        assert!(of("my dad had lou gehrig's disease", "lou"));
        assert!(!of("my dad had lou gehrig's number", "lou"));
        assert!(!of("it was Odra-Barre after all", "Barre"));
    }

    #[test]
    fn ages_stand_beside_names() {
        let told = |text, value| {
            let judge = |read: &ReadTurn<'_>, run: &Range<usize>| {
                let mut taken = vec![None; read.len()];
                taken[2] = Some(Category::Person);
                is_age_of(read, run, &taken)
            };
            judged(judge, text, value)
        };
        assert!(told("my son odra, 7", "7"));
        assert!(told("two boys the oldest is 7", "7"));
        assert!(told("my son odra hes 9 now", "9"));
        assert!(!told("my nan odra, 94", "94"));
        assert!(!told("my son odra 7 lund close", "7"));
        assert!(!told(", 7 is fine", "7"));
    }

    #[test]
    fn sizes_rates_and_most_are_told() {
        assert!(judged(is_size, "up to 22 x 14 x 9 in", "22 x 14 x 9"));
        assert!(judged(is_size, "up to 22 x 14 x 9 in", "14"));
        assert!(!judged(is_size, "at 22 lund lane", "22 lund"));
        assert!(judged(is_rate, "so 1100 a mo now", "1100 a mo"));
        assert!(!judged(is_rate, "at 1100 a street", "1100 a street"));
        assert!(judged(holds_amount, "and salt 6 g, fluids", "salt 6 g"));
        assert!(!judged(holds_amount, "at 6 m lund", "6 m lund"));
        assert!(judged(is_most, "the out of pocket max", "max"));
        assert!(!judged(is_most, "ask for max", "max"));
        assert!(judged(
            is_clinical,
            "just braxton hicks now",
            "braxton hicks"
        ));
    }
}
