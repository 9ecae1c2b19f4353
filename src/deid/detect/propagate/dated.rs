//! Dates that one side said in words, `october`, `the twenty second`, and the
//! other reads back in numbers: `ten twenty two`.

use std::ops::Range;

use crate::deid::detect::expect::talk::is_pause;
use crate::deid::document::{DocTurn, Document, TokenKind};
use crate::deid::spoken::{month, ordinal, teen, tens, unit};
use crate::deid::word::words;
use crate::deid::{Finding, Strength};
use crate::domain::{Category, Role};

/// For how many turns what was said may be read back.
const IN_MIND: usize = 6;

/// Longest turn, in tokens, that reads back.
const LONGEST: usize = 32;

/// Most parts of dates that are kept in mind.
const MOST_PARTS: usize = 16;

/// A month or a day that was said.
#[derive(Debug, Clone, Copy)]
struct Part {
    turn: usize,
    role: Role,
    value: u32,
    is_month: bool,
}

/// Adds the dates that are read back in numbers in `document` of those of `out`
/// to `out`.
pub(super) fn read_back(document: &Document<'_>, out: &mut Vec<Finding>) {
    let is_date = |f: &&Finding| f.category == Category::Date && f.strength >= Strength::Likely;
    let mut dates: Vec<(usize, Range<usize>)> = out
        .iter()
        .filter(is_date)
        .map(|f| (f.turn, f.span.clone()))
        .collect();
    if dates.is_empty() {
        return;
    }
    dates.sort_unstable_by_key(|(turn, span)| (*turn, span.start));
    let mut parts: Vec<Part> = Vec::new();
    let mut next = 0;
    for (at, turn) in document.turns.iter().enumerate() {
        parts.retain(|part| part.turn + IN_MIND >= at);
        if turn.tokens.len() <= LONGEST && !parts.is_empty() {
            let found = numbers_of(turn, &parts);
            out.extend(found.map(|tokens| Finding {
                turn: at,
                span: turn.tokens[tokens.start].span.start..turn.tokens[tokens.end - 1].span.end,
                category: Category::Date,
                detector: "propagate",
                rule: "in-numbers",
                strength: Strength::Cued,
                confidence: 0.85,
            }));
        }
        while let Some((_, span)) = dates.get(next).filter(|(turn, _)| *turn == at) {
            next += 1;
            if parts.len() < MOST_PARTS {
                hear(turn, span, at, &mut parts);
            }
        }
    }
}

/// Keeps the month and the day of `span` in mind.
fn hear(turn: &DocTurn<'_>, span: &Range<usize>, at: usize, parts: &mut Vec<Part>) {
    let mut add = |value, is_month| {
        parts.push(Part {
            turn: at,
            role: turn.role,
            value,
            is_month,
        });
    };
    let mut tokens = turn.tokens_of(span).peekable();
    while let Some(i) = tokens.next() {
        if let Some(month) = month(turn.key(i)) {
            add(month, true);
        } else if let Some((day, end)) = day(turn, i) {
            add(day, false);
            while tokens.next_if(|&k| k < end).is_some() {}
        }
    }
}

/// The day of a month at token `i`: `ninth`, `twenty second`, `ten`; and the
/// token after it.
fn day(turn: &DocTurn<'_>, i: usize) -> Option<(u32, usize)> {
    if let Some(tens) = tens(turn.key(i)).filter(|tens| *tens <= 30) {
        let next = ordinal(turn.key(i + 1)).filter(|day| *day < 10);
        return Some(match next.or_else(|| unit(turn.key(i + 1))) {
            Some(unit) => (tens + unit, i + 2),
            None => (tens, i + 1),
        });
    }
    let said = ordinal(turn.key(i)).or_else(|| unit(turn.key(i)));
    let said = said.or_else(|| teen(turn.key(i)));
    let written = || {
        let number = turn.tokens[i].kind == TokenKind::Number && turn.word(i).len() <= 2;
        turn.word(i).parse().ok().filter(|_| number)
    };
    said.or_else(written).map(|day| (day, i + 1))
}

/// The number at token `i` below a hundred, a zero before it passed, and the
/// token after it: `oh nine`, `twenty two`.
fn number_at(turn: &DocTurn<'_>, i: usize) -> Option<(u32, usize)> {
    let i = i + usize::from(turn.is_of(i, words!["oh", "zero", "o"]));
    if let Some(tens) = tens(turn.key(i)) {
        return Some(match unit(turn.key(i + 1)) {
            Some(unit) => (tens + unit, i + 2),
            None => (tens, i + 1),
        });
    }
    let said = unit(turn.key(i)).or_else(|| teen(turn.key(i)));
    said.map(|value| (value, i + 1))
}

/// The first run of numbers of `turn` that begins with the month and the day of
/// `parts`, which another side said.
fn numbers_of(turn: &DocTurn<'_>, parts: &[Part]) -> Option<Range<usize>> {
    let said = |value: u32, is_month: bool| {
        parts.iter().any(|part| {
            part.value == value
                && part.is_month == is_month
                && (part.role != turn.role || part.role == Role::Other)
        })
    };
    let date = |i: usize| {
        let (_, day) = number_at(turn, i).filter(|(month, _)| said(*month, true))?;
        let (_, mut end) = number_at(turn, day).filter(|(day, _)| said(*day, false))?;
        // The year, of one number or two.
        for _ in 0..2 {
            let year = number_at(turn, end).filter(|_| !is_pause(turn, end));
            end = year.map_or(end, |(_, end)| end);
        }
        Some(i..end)
    };
    (0..turn.tokens.len()).find_map(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::tests::dialogue;
    use crate::domain::Role::{Agent, User};

    #[track_caller]
    fn check(said: &str, dates: &[&str], back: &str, expected: &[&str]) {
        let raw = dialogue(&[(User, said), (Agent, back)]);
        let document = Document::new(&raw);
        let mut out: Vec<_> = dates
            .iter()
            .map(|date| {
                let start = said.find(date).expect("said");
                Finding {
                    turn: 0,
                    span: start..start + date.len(),
                    category: Category::Date,
                    detector: "test",
                    rule: "test",
                    strength: Strength::Cued,
                    confidence: 0.9,
                }
            })
            .collect();
        read_back(&document, &mut out);
        let found: Vec<_> = out[dates.len()..]
            .iter()
            .map(|f| &back[f.span.clone()])
            .collect();
        assert_eq!(found, expected, "{back}");
    }

    #[test]
    fn dates_are_read_back_in_numbers() {
        let date = "october the ninth";
        check(date, &[date], "okay, ten nine, one moment", &["ten nine"]);
        check(date, &[date], "okay ten nine one moment", &["ten nine"]);
        let parts = ["october", "the twenty second"];
        let said = "october and the twenty second";
        check(said, &parts, "that was ten twenty two", &["ten twenty two"]);
        check(
            date,
            &[date],
            "i have ten oh nine oh two",
            &["ten oh nine oh two"],
        );
    }

    #[test]
    fn other_numbers_are_none_of_it() {
        let date = "october the ninth";
        check(date, &[date], "the copay is ten twelve", &[]);
        check(date, &[date], "ten people and nine cars", &[]);
        check(date, &[date], "nine ten", &[]);
    }
}
