//! Days as they are written with full stops and no year, `28.8.`, `admitted 04.11`:
//! elements of dates (45 CFR 164.514(b)(2)(i)(C)), and not decimals.

use std::ops::Range;

use crate::deid::document::{DocTurn, Document, TokenKind};
use crate::deid::finding::{Finding, Strength};
use crate::deid::word::{Words, words};
use crate::domain::Category;

use super::measures::follows_measure;
use super::units::is_quantity;

/// Adds the days of fresh turns of `document` to `out`.
pub(super) fn detect(document: &Document<'_>, out: &mut Vec<Finding>) {
    for (index, turn) in document.turns.iter().enumerate() {
        if turn.fresh && turn.shape.digits > 1 && turn.shape.marks.has(b'.') {
            let days = (0..turn.tokens.len()).filter_map(|i| day_at(turn, i));
            out.extend(days.map(|span| Finding {
                turn: index,
                span,
                category: Category::Date,
                detector: "date",
                rule: "dotted",
                strength: Strength::Likely,
                confidence: 0.8,
            }));
        }
    }
}

/// The bytes of the day that begins at token `i`.
fn day_at(turn: &DocTurn<'_>, i: usize) -> Option<Range<usize>> {
    let month = i + 2;
    if turn.tokens[i].kind != TokenKind::Number || !is_joined_mark(turn, i + 1, ".") {
        return None;
    }
    let parts = number(turn, i).is_some_and(|day| (1..=31).contains(&day))
        && turn.is_joined(month)
        && number(turn, month).is_some_and(|month| (1..=12).contains(&month));
    let closed = is_joined_mark(turn, month + 1, ".");
    let next = month + 1 + usize::from(closed);
    let ends = !turn.is_joined(next) || is_joined_mark(turn, next, ",");
    if turn.is_joined(i) || !parts || !ends {
        return None;
    }
    let dated = match closed {
        true => is_dated(turn, i, next),
        false => is_after_deed(turn, i),
    };
    let span = turn.tokens[i].span.start..turn.tokens[next - 1].span.end;
    (dated && !is_quantity(turn.text, span.end)).then_some(span)
}

/// Whether token `i` is the mark `mark`, written in one with what stands before it.
fn is_joined_mark(turn: &DocTurn<'_>, i: usize, mark: &str) -> bool {
    turn.is_joined(i) && turn.word(i) == mark
}

/// The number of one or two digits that token `i` is.
fn number(turn: &DocTurn<'_>, i: usize) -> Option<u32> {
    let token = turn
        .tokens
        .get(i)
        .filter(|token| token.kind == TokenKind::Number)?;
    turn.word(i).parse().ok().filter(|_| token.span.len() <= 2)
}

/// Whether a day, after which a full stop stands, is told before token `i`, or the hour
/// of it from token `next` on: `since [28.8.]`, `[28.8.] between 1 and 2`.
fn is_dated(turn: &DocTurn<'_>, i: usize, next: usize) -> bool {
    const CUES: Words = words!["date", "until", "till", "slot", "vom", "bis"];
    const MEASURED: Words = words!["measured", "of", "was", "weighed", "weighs", "were"];
    const HOURS: Words = words!["around", "at", "between", "from", "um", "@"];
    let told = i > 0 && turn.is_of(i - 1, CUES) || is_after_deed(turn, i);
    let hour = turn.is_of(next, HOURS) && number(turn, next + 1).is_some();
    let hours = number(turn, next).is_some() && turn.is_of(next + 1, words!["-", "–", ":", "to"]);
    let measured = || i > 0 && turn.is_of(i - 1, MEASURED) || follows_measure(turn, i, i + 1);
    told || (hour || hours) && !measured()
}

/// Whether what happens on a day stands right before token `i`: `discharged [24.04]`.
fn is_after_deed(turn: &DocTurn<'_>, i: usize) -> bool {
    const DEEDS: Words = words![
        "admitted",
        "appointment",
        "appt",
        "arrived",
        "arrives",
        "arriving",
        "birthday",
        "booked",
        "born",
        "dated",
        "delivered",
        "diagnosed",
        "discharged",
        "dob",
        "due",
        "geboren",
        "issued",
        "nacido",
        "operated",
        "posted",
        "received",
        "scheduled",
        "sent",
        "since",
    ];
    i > 0 && turn.is_of(i - 1, DEEDS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::tests::conversation;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let raw = conversation(&[text]);
        let mut found = Vec::new();
        detect(&Document::new(&raw), &mut found);
        let found: Vec<_> = found.iter().map(|f| &text[f.span.clone()]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn days_are_told_by_what_happens_on_them_and_when() {
        check("admitted 21.04 discharged 24.04. she", &["21.04", "24.04."]);
        check("28.8. between 1 and 2pm", &["28.8."]);
        check("slot 27.11. 7-12", &["27.11."]);
        check("from 3.9. at 10:30", &["3.9."]);
        check("im off until 14.1. then back", &["14.1."]);
        check("born 04.11, a boy", &["04.11"]);
        check("since 9.12. it hurts", &["9.12."]);
    }

    #[test]
    fn decimals_and_versions_are_none() {
        for text in [
            "the potassium was 4.8. at 10 we ate",
            "it went from 7.5. to 8.2.",
            "we sent 2.5 mg",
            "version 2.5.1 arrived 2.5.1 today",
            "i paid 19.02. thanks",
            "she weighed 3.2. at 9 she slept",
            "due 12.5% more",
            "it is 4.10.",
            "until 33.4. or 4.13.",
        ] {
            check(text, &[]);
        }
    }
}
