//! Dates finer than a year, and ages over 89.

use super::Seen;
use super::atom::{Line, contents};
use super::words::{Spoken, class};
use crate::domain::Category;

/// Looks for dates and ages in `line`.
pub(super) fn scan(line: &Line, seen: &mut Seen<'_>) {
    if !line.has(class::NUMBER | class::MONTH) && !line.holds(contents::DIGITS) {
        return;
    }
    for i in 0..line.atoms.len() {
        if !line.is_number(i) && !line.is_class(i, class::MONTH) {
            continue;
        }
        if is_numeric_date(line, i) {
            seen.add(line.span(i), Category::Date, "numeric-date");
        }
        if line.is_class(i, class::MONTH) && is_dated_month(line, i) {
            seen.add(line.span(i), Category::Date, "month");
        }
        if line.is_number(i) && is_lone_day(line, i) {
            seen.add(line.span(i), Category::Date, "lone-day");
        }
        if line.is_number(i) && is_ordinal_of_ordinal(line, i) {
            seen.add(line.span(i), Category::Date, "ordinal-of-ordinal");
        }
        if line.is_digits(i) && is_ordinal_ending(line.word(i + 1)) && is_left_day(line, i) {
            seen.add(line.span(i), Category::Date, "day-left");
        }
        if line.is_number(i) && (is_great_ordinal(line, i) || is_great_year(line, i)) {
            seen.add(line.span(i), Category::Age, "great-age-implied");
        }
        if line.is_number(i) && is_great_age(line, i) {
            seen.add(line.span(i), Category::Age, "age-over-89");
        }
    }
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
    let day_and_month = |a, b| is_day(a) && is_month_number(b) || is_day(b) && is_month_number(a);
    let dotted = separator == Some('.');
    let listed = separator == Some(',');
    match third {
        Some((third, n)) if line.digits(i) == 4 => {
            !listed && is_year(first) && is_month_number(second) && is_day(third) && n <= 2
        }
        Some((third, 4)) => is_year(third) && day_and_month(first, second),
        Some((_, 2)) => !dotted && !listed && day_and_month(first, second),
        _ => {
            separator == Some('/')
                && day_and_month(first, second)
                && (is_born_or_dated(line, i) || first <= 12 && second > 12 && is_no_share(line, i))
        }
    }
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

const fn is_day(n: u32) -> bool {
    1 <= n && n <= 31
}

const fn is_month_number(n: u32) -> bool {
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
    );
    has_day(line, after, modal)
        || has_day_before(line, i)
        || has_year(line, after)
        || preposed && !(modal && line.word(after) == "be")
        || !modal && (word.len() > 4 || matches!(word, "june" | "july"))
        || line.word(i + 1) == "of" && matches!(line.word(i + 2), "this" | "last" | "next")
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
    line.word(at + 1).is_empty() || has_year(line, skip(line, at + 1))
}

fn is_ordinal_ending(word: &str) -> bool {
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

/// `18 th [DATE]`, `24 th 2018`: a day whose month was removed or misspelled.
fn is_left_day(line: &Line, i: usize) -> bool {
    line.value(i).is_some_and(is_day)
        && (line.is_slot(i + 2) || has_year(line, i + 2) || line.is_unknown(i + 2))
}

/// `in my 96th year`, `her ninetieth birthday`, `happy 99th`.
fn is_great_ordinal(line: &Line, i: usize) -> bool {
    let written = line.value(i).is_some_and(|n| (90..=120).contains(&n))
        && is_ordinal_ending(line.word(i + 1));
    let whole = line.word(i) == "ninetieth";
    let spoken = line.word(i) == "ninety" && line.ordinal(last_half(line, i)).is_some();
    if !(written || whole || spoken) {
        return false;
    }
    let end = i + 1 + usize::from(!whole) + usize::from(spoken && line.mark(i + 1) == Some('-'));
    matches!(line.word(end), "year" | "birthday" | "bday")
        || matches!(line.word_before(i), "happy" | "turning")
        || line.bare
}

/// Where the unit of `twenty first`, `twenty-first` stands.
fn last_half(line: &Line, i: usize) -> usize {
    i + 1 + usize::from(line.mark(i + 1) == Some('-'))
}

/// The year up to which whoever was born in it is over 89 now.
const GREAT_YEAR: u32 = 1935;

/// `born in 1921`, `1931` as an answer, `nineteen thirty one` likewise; not
/// `on or before 1945`.
fn is_great_year(line: &Line, i: usize) -> bool {
    let year = line.value(i).or_else(|| spoken_year(line, i));
    let born = || {
        (i.saturating_sub(5)..i + 7)
            .any(|j| matches!(line.word(j), "born" | "birth" | "dob" | "birthday"))
    };
    year.is_some_and(|year| (1900..=GREAT_YEAR).contains(&year))
        && line.word_before(i) != "before"
        && (line.bare || born())
}

/// The year that `nineteen` at `i` begins.
fn spoken_year(line: &Line, i: usize) -> Option<u32> {
    if line.word(i) != "nineteen" {
        return None;
    }
    let unit = match line.spoken(i + 2) {
        Some(Spoken::Digit(d)) => u32::from(d),
        _ => 0,
    };
    match line.spoken(i + 1)? {
        Spoken::Teen(n) => Some(1900 + u32::from(n)),
        Spoken::Tens(n) => Some(1900 + u32::from(n) + unit),
        _ => None,
    }
}

/// Whether an age of 90 or more is told at `i`.
fn is_great_age(line: &Line, i: usize) -> bool {
    let word = line.word(i);
    let owner = matches!(
        line.word_before(i),
        "his" | "her" | "their" | "my" | "mid" | "early" | "late"
    );
    if word == "centenarian" || word == "nonagenarian" || word == "nineties" && owner {
        return true;
    }
    let Some((age, end)) = number_at(line, i) else {
        return false;
    };
    let generalised = line.word(end) == "or" && line.word(end + 1) == "older";
    (90..=125).contains(&age) && !generalised && (is_old(line, end) || is_aged(line, i, end))
}

/// `95 years old`, `95-year-old`, `95 yo`, `95 y/o`.
fn is_old(line: &Line, mut end: usize) -> bool {
    let dash = |at: usize| usize::from(line.mark(at) == Some('-'));
    end += dash(end);
    if matches!(line.word(end), "yo" | "yr-old") {
        return true;
    }
    let old = end + 1 + dash(end + 1);
    match line.word(end) {
        "year" | "years" | "yr" | "yrs" => {
            matches!(line.word(old), "old" | "young")
                || line.word(old) == "of" && line.word(old + 1) == "age"
        }
        "y" => line.mark(end + 1) == Some('/') && line.word(end + 2) == "o",
        _ => false,
    }
}

/// `age 95`, `aged 95`, `age is 95`, `turned 95`, `i'm 95 and`; not when a
/// unit follows.
fn is_aged(line: &Line, i: usize, end: usize) -> bool {
    if line.is_unit(end) || line.mark(end) == Some('%') || line.mark(end) == Some('/') {
        return false;
    }
    let near = |j: usize| i.checked_sub(j).map_or("", |at| line.word(at));
    let aged = |word: &str| matches!(word, "age" | "aged" | "turned" | "turning");
    let linked =
        matches!(near(1), "is" | "of" | "was" | "at") || line.mark(i.wrapping_sub(1)) == Some(':');
    let died = near(1) == "at" && (2..5).any(|j| matches!(near(j), "died" | "passed" | "death"));
    died || aged(near(1)) || linked && aged(near(2))
}

/// The number at `i`, in digits or words, and where it ends.
fn number_at(line: &Line, i: usize) -> Option<(u32, usize)> {
    if let Some(n) = line.value(i) {
        return Some((n, i + 1));
    }
    let unit = |at| match line.spoken(at) {
        Some(Spoken::Digit(d)) => Some(u32::from(d)),
        _ => None,
    };
    let hundred = usize::from(matches!(line.word(i), "a" | "one"));
    if line.word(i + hundred) == "hundred" {
        let mut at = i + hundred + 1;
        at += usize::from(line.word(at) == "and");
        return Some(unit(at).map_or((100, i + hundred + 1), |d| (100 + d, at + 1)));
    }
    let Some(Spoken::Tens(90)) = line.spoken(i) else {
        return None;
    };
    let at = i + 1 + usize::from(line.mark(i + 1) == Some('-'));
    Some(unit(at).map_or((90, i + 1), |d| (90 + d, at + 1)))
}
