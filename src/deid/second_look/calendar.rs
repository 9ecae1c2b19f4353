//! Dates finer than a year; the numbers among them are read for ages too.

use super::Seen;
use super::age;
use super::atom::{Kind, Line, contents};
use super::day;
use super::words::{Spoken, class};
use crate::domain::Category;

/// Looks for dates and ages in `line`.
pub(super) fn scan(line: &Line, seen: &mut Seen<'_>) {
    if !line.has(class::NUMBER | class::MONTH) && !line.holds(contents::DIGITS) {
        return;
    }
    for i in 0..line.atoms.len() {
        if line.is_class(i, class::MONTH) && is_dated_month(line, i) {
            seen.add(line.span(i), Category::Date, "month");
        }
        if line.is_number(i) {
            if let Some(rule) = date_at(line, i) {
                seen.add(line.span(i), Category::Date, rule);
            }
            age::scan_number(line, i, seen);
        }
    }
}

/// What rule says that the number at `i` is of a date.
fn date_at(line: &Line, i: usize) -> Option<&'static str> {
    if day::is_told(line, i) {
        return Some("day");
    }
    if line.is_digits(i) {
        if is_numeric_date(line, i) {
            return Some("numeric-date");
        }
        if is_spaced_date(line, i) {
            return Some("spaced-date");
        }
        let left = is_ordinal_ending(line.word(i + 1)) && is_left_day(line, i);
        return left.then_some("day-left");
    }
    if is_of_day(line, i) && is_month_and_day(line, i) {
        return Some("month-and-day");
    }
    if is_lone_day(line, i) {
        return Some("lone-day");
    }
    is_ordinal_of_ordinal(line, i).then_some("ordinal-of-ordinal")
}

/// `5/7/1961`, `05-07-61`, `5 , 7 , 1961`, `1961-07-05`, `dob 5/7`.
fn is_numeric_date(line: &Line, i: usize) -> bool {
    let Some((first, second, at)) = two_numbers(line, i) else {
        return false;
    };
    let separator = line.mark(i + 1);
    let third = (line.mark(at + 1) == separator)
        .then(|| line.value(at + 2).map(|v| (v, line.digits(at + 2))))
        .flatten();
    let dotted = separator == Some('.');
    let listed = separator == Some(',');
    match third {
        Some((third, n)) if line.digits(i) == 4 => {
            !listed && is_year(first) && is_month_number(second) && is_day(third) && n <= 2
        }
        Some((third, 4)) => is_year(third) && are_day_and_month(first, second),
        Some((_, 2)) => !dotted && !listed && are_day_and_month(first, second),
        _ => {
            separator == Some('/')
                && are_day_and_month(first, second)
                && (is_born_or_dated(line, i)
                    || is_booked(line, i)
                    || is_of_event(line, i)
                    || first <= 12 && second > 12 && is_no_share(line, i))
        }
    }
}

/// `8 20 1971`: a month, a day and a year with nothing between them.
fn is_spaced_date(line: &Line, i: usize) -> bool {
    let (Some(first), Some(second)) = (line.value(i), line.value(i + 1)) else {
        return false;
    };
    let lengths = line.digits(i) < 3 && line.digits(i + 1) < 3 && line.digits(i + 2) == 4;
    lengths && are_day_and_month(first, second) && line.value(i + 2).is_some_and(is_year)
}

/// Numbers at `i` and after one separator, and where the second stands.
fn two_numbers(line: &Line, i: usize) -> Option<(u32, u32, usize)> {
    let first = line.value(i)?;
    matches!(line.mark(i + 1)?, '/' | '-' | '.' | ',').then_some(())?;
    Some((first, line.value(i + 2)?, i + 2))
}

/// Not `1/16`, `9/15 points`: a month and a day after a small word.
fn is_no_share(line: &Line, i: usize) -> bool {
    matches!(
        line.word_before(i),
        "on" | "was" | "since" | "is" | "it's" | "from" | "until"
    ) && !line.is_unit(i + 3)
        && line.value(i) != Some(1)
}

fn is_born_or_dated(line: &Line, i: usize) -> bool {
    (i.saturating_sub(3)..i).any(|j| {
        matches!(
            line.word(j),
            "dob" | "birth" | "birthday" | "birthdate" | "born" | "dated" | "today" | "since"
        )
    })
}

/// `passed away 10/3`, `the appointment is 8/7`; not `pain after surgery 7/10`,
/// `1/2 of the dose`.
fn is_of_event(line: &Line, i: usize) -> bool {
    let near = (i.saturating_sub(3)..i).any(|j| line.is_class(j, class::EVENT | class::WHEN));
    let linked = matches!(line.word_before(i), "on" | "was" | "is" | "it's" | "away");
    let score = matches!(line.value(i + 2), Some(5 | 10)) && line.word_before(i) != "on";
    near && linked && !score && !line.is_unit(i + 3) && line.word(i + 3) != "of"
}

/// `3/5`, `four one`, `one nineteen nineteen`: a month and a day, with or
/// without a year, that make up the clause.
pub(super) fn is_month_and_day(line: &Line, i: usize) -> bool {
    if let Some((first, second, end)) = two_numbers(line, i) {
        return line.mark(i + 1) == Some('/')
            && are_day_and_month(first, second)
            && !line.is_unit(end + 1);
    }
    let alone = i == 0 || !line.is_number(i - 1);
    let Some(end) = day_read_end(line, i) else {
        return false;
    };
    let apart = !line.is_number(end) && !line.is_unit(end);
    alone && apart && (line.bare || is_of_day(line, i))
}

/// One past `four one`, `one nineteen nineteen` at `i`: a month and a day, and
/// what may be a year.
fn day_read_end(line: &Line, i: usize) -> Option<usize> {
    let (month, at) = spoken_number(line, i)?;
    let (day, end) = spoken_number(line, at)?;
    let end = spoken_number(line, end).map_or(end, |(_, after)| after);
    (is_month_number(month) && is_day(day)).then_some(end)
}

/// `seven nine eighty two`: whether a month, a day and a year of two digits are
/// all of `first..end`, and no steps of a count.
pub(super) fn is_birth_read(line: &Line, first: usize, end: usize) -> bool {
    let Some((month, at)) = spoken_number(line, first) else {
        return false;
    };
    let day = spoken_number(line, at);
    let year = day.and_then(|(_, at)| spoken_number(line, at));
    let (Some((day, _)), Some((year, _))) = (day, year) else {
        return false;
    };
    let year = year > 31 || year > 20 && day < 20 && month + year != 2 * day;
    day_read_end(line, first) == Some(end) && year
}

/// Whether a month and a day read out, or with slashes, are all of `first..end`.
pub(super) fn is_day_read(line: &Line, first: usize, end: usize) -> bool {
    let written = two_numbers(line, first).is_some_and(|(month, day, at)| {
        line.mark(first + 1) == Some('/') && at + 1 == end && are_day_and_month(month, day)
    });
    written || day_read_end(line, first) == Some(end)
}

/// Whether what is at `i` is the day on which somebody was born, left or died.
fn is_of_day(line: &Line, i: usize) -> bool {
    let event = |n: usize| {
        let at = i.wrapping_sub(n);
        line.is_class(at, class::WHEN)
            || matches!(
                line.word(at),
                "away" | "died" | "admitted" | "discharged" | "dose"
            )
    };
    match line.word_before(i) {
        "on" => (2..6).any(|n| line.is_class(i.wrapping_sub(n), class::EVENT | class::WHEN)),
        "was" | "is" => {
            let asked = |n: usize| line.is_class(i.wrapping_sub(n), class::WHEN);
            event(2) || (3..6).any(asked)
        }
        "for" => is_booked(line, i),
        _ => event(1),
    }
}

/// Whether what is at `i` is the day for which something is booked.
fn is_booked(line: &Line, i: usize) -> bool {
    let booked = i.checked_sub(2).map_or("", |at| line.word(at));
    line.word_before(i) == "for" && matches!(booked, "down" | "booked" | "scheduled")
}

/// The number to 99 in words at `i`, and where it ends.
pub(super) fn spoken_number(line: &Line, i: usize) -> Option<(u32, usize)> {
    match line.spoken(i)? {
        Spoken::Digit(n) | Spoken::Teen(n) => Some((u32::from(n), i + 1)),
        Spoken::Tens(tens) => match line.spoken(last_half(line, i)) {
            Some(Spoken::Digit(n @ 1..)) => Some((u32::from(tens + n), last_half(line, i) + 1)),
            _ => Some((u32::from(tens), i + 1)),
        },
        Spoken::Repeat(_) => None,
    }
}

pub(super) const fn are_day_and_month(a: u32, b: u32) -> bool {
    is_day(a) && is_month_number(b) || is_day(b) && is_month_number(a)
}

const fn is_day(n: u32) -> bool {
    1 <= n && n <= 31
}

pub(super) const fn is_month_number(n: u32) -> bool {
    1 <= n && n <= 12
}

const fn is_year(n: u32) -> bool {
    1850 <= n && n < 2100
}

/// Whether the month word at `i` is a date: with a day, a year, or after a
/// word that places something in time.
fn is_dated_month(line: &Line, i: usize) -> bool {
    let word = line.word(i);
    let modal = matches!(word, "may" | "march" | "mar" | "dec" | "jan");
    let after = skip(line, i + 1);
    let preposed = matches!(
        line.word_before(i),
        "in" | "since"
            | "until"
            | "till"
            | "til"
            | "before"
            | "after"
            | "last"
            | "next"
            | "early"
            | "late"
            | "mid"
            | "during"
            | "this"
            | "by"
            | "around"
            | "about"
            | "from"
            | "to"
            | "on"
            | "between"
            | "over"
    );
    has_day(line, after, modal)
        || has_day_before(line, i)
        || has_year(line, after)
        || preposed && !(modal && line.word(after) == "be")
        || line.word_before(i) == "for" && is_ended(line, i + 1)
        || modal && is_coordinated(line, i)
        || modal && is_after_verb(line, i) && is_ended(line, i + 1)
        || !modal && (word.len() > 4 || matches!(word, "june" | "july" | "aug" | "sept" | "feb"))
        || line.word(i + 1) == "of" && matches!(line.word(i + 2), "this" | "last" | "next")
}

/// `[DATE] or may`, `may at the earliest`, `march then`: what no verb goes on as.
fn is_coordinated(line: &Line, i: usize) -> bool {
    let after = |n: usize| line.word(i + n);
    let dated = i > 1 && line.word(i - 1) == "or" && line.is_slot_of(i - 2, Category::Date);
    let bound = after(1) == "at" && after(2) == "the" && matches!(after(3), "earliest" | "latest");
    dated && !matches!(after(1), "be" | "have" | "not")
        || bound
        || i == 0 && matches!(after(1), "then" | "works" | "sounds")
}

/// `she fainted may.`, `it came back march.`: whether the word before `i` is said
/// of what happened, so that a modal or a noun cannot stand there.
fn is_after_verb(line: &Line, i: usize) -> bool {
    let before = line.word_before(i);
    let past = before.len() > 3 && before.ends_with("ed");
    let met = before == "you" && i > 1 && matches!(line.word(i - 2), "see" | "meet");
    past || met
        || matches!(
            before,
            "back" | "fell" | "left" | "began" | "went" | "came" | "broke" | "died"
        )
}

/// Whether a clause, and no abbreviation, ends before `at`.
fn is_ended(line: &Line, at: usize) -> bool {
    at >= line.atoms.len() || matches!(line.mark(at), Some('.' | ',' | '?' | '!'))
}

/// The next atom that is no comma, full stop, filler or `the`.
fn skip(line: &Line, from: usize) -> usize {
    let passes = |j: usize| {
        matches!(line.mark(j), Some(',' | '.' | '-'))
            || line.is_filler(j)
            || matches!(line.word(j), "the" | "of")
    };
    (from..from + 3).find(|&j| !passes(j)).unwrap_or(from + 3)
}

fn has_day(line: &Line, at: usize, modal: bool) -> bool {
    let after = line.word(at + 1);
    let numeral = line.value(at).is_some_and(is_day)
        || matches!(
            line.spoken(at),
            Some(Spoken::Digit(_) | Spoken::Teen(_) | Spoken::Tens(20 | 30))
        );
    let ordinal = line.ordinal(at).is_some()
        || matches!(line.word(at), "twenty" | "thirty") && line.ordinal(at + 1).is_some()
        || line.value(at).is_some_and(is_day) && is_ordinal_ending(after);
    ordinal || numeral && !modal || numeral && !line.is_unit(at + 1) && is_sentence_like(line, at)
}

/// After `may` or `march`, a number is a day only where no noun follows it.
fn is_sentence_like(line: &Line, at: usize) -> bool {
    line.word(at + 1).is_empty()
        || line.ordinal(at + 1).is_some()
        || matches!(line.word(at + 1), "to" | "through" | "until" | "till")
        || matches!(line.word(at + 1), "twenty" | "thirty") && line.ordinal(at + 2).is_some()
        || has_year(line, skip(line, at + 1))
}

pub(super) fn is_ordinal_ending(word: &str) -> bool {
    matches!(word, "st" | "nd" | "rd" | "th")
}

/// `14 march`, `14th of march`, `the fourteenth of november`.
fn has_day_before(line: &Line, i: usize) -> bool {
    let mut at = i;
    while at > 0 && matches!(line.word_before(at), "of" | "the" | "uh" | "um") {
        at -= 1;
    }
    let before = line.word_before(at);
    let digits = if is_ordinal_ending(before) {
        at.wrapping_sub(2)
    } else {
        at.wrapping_sub(1)
    };
    line.ordinal(at.wrapping_sub(1))
        .is_some_and(|_| at < i || before != "second")
        || line.value(digits).is_some_and(is_day)
}

/// `the twenty eighth` as an answer, which a month before it makes a date.
fn is_lone_day(line: &Line, i: usize) -> bool {
    let tens = matches!(line.word(i), "twenty" | "thirty");
    let day = line.ordinal(if tens { last_half(line, i) } else { i });
    line.bare && line.word_before(i) == "the" && day.is_some_and(|n| tens || n > 3)
}

/// `the twentieth, of the fourth`.
fn is_ordinal_of_ordinal(line: &Line, i: usize) -> bool {
    if line.ordinal(i).is_none() {
        return false;
    }
    let of = i + 1 + usize::from(line.mark(i + 1) == Some(','));
    let month = of + 1 + usize::from(line.word(of + 1) == "the");
    line.word(of) == "of" && line.ordinal(month).is_some_and(|m| m <= 12)
}

fn has_year(line: &Line, at: usize) -> bool {
    line.value(at).is_some_and(is_year)
        || matches!(line.word(at), "nineteen") && line.spoken(at + 1).is_some()
        || line.word(at) == "twenty"
            && matches!(
                line.spoken(at + 1),
                Some(Spoken::Teen(_) | Spoken::Tens(20))
            )
        || line.word(at) == "two" && line.word(at + 1) == "thousand"
}

/// Whether what was removed at `i` may have been a month.
fn is_removed_month(line: &Line, i: usize) -> bool {
    let kind = line.atoms.get(i).map(|atom| atom.kind);
    matches!(
        kind,
        Some(Kind::Slot(None | Some(Category::Date | Category::Person)))
    )
}

/// `18 th [DATE]`, `24 th 2018`: a day whose month was removed or misspelled.
fn is_left_day(line: &Line, i: usize) -> bool {
    line.value(i).is_some_and(is_day)
        && (is_removed_month(line, i + 2) || has_year(line, i + 2) || line.is_unknown(i + 2))
}

/// Where the unit of `twenty first`, `twenty-first` stands.
pub(super) fn last_half(line: &Line, i: usize) -> usize {
    i + 1 + usize::from(line.mark(i + 1) == Some('-'))
}
