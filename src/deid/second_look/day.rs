//! Days of a month as people write and say them in passing: `seen 8/21`, `3 of 18 of
//! 2011`, a day after a name.

use super::atom::{Kind, Line, contents};
use super::calendar::{are_day_and_month, is_birth_read, is_month_number, spoken_number};
use crate::domain::Category;

/// Whether a day is told at the number `i`.
pub(super) fn is_told(line: &Line, i: usize) -> bool {
    is_slashed(line, i) || is_spaced(line, i) || is_of_of(line, i) || is_of_named(line, i)
}

/// `back on 8/4`, `til 10/2`, `8/21 works`: a month and a day, and no share, score
/// or vision.
fn is_slashed(line: &Line, i: usize) -> bool {
    let slash = line.mark(i + 1) == Some('/') && line.glued(i + 1) && line.glued(i + 2);
    if !slash || line.mark(i + 3) == Some('/') || i > 0 && line.mark(i - 1) == Some('/') {
        return false;
    }
    let (Some(first), Some(second)) = (line.value(i), line.value(i + 2)) else {
        return false;
    };
    if !are_day_and_month(first, second) || line.is_unit(i + 3) || line.holds(contents::EXAM) {
        return false;
    }
    // `3/4`, `7/10`: of which the second is what the first is a part of
    let share = first <= second && (second < 11 || matches!(second, 12 | 16 | 20 | 24 | 32));
    if share || line.word(i + 3) == "of" || line.mark(i + 3) == Some('%') {
        return false;
    }
    // Vision is told in sixths.
    let surely = second > 12 && first <= 12 && first != 6 || first > 12 && line.digits(i) == 2;
    let before = line.word_before(i);
    let timed = is_when(before);
    let linked = matches!(
        before,
        "to" | "for" | "from" | "between" | "and" | "or" | "is" | "was" | "correct" | "meaning"
    );
    let begins = i == 0 || line.mark(i - 1).is_some() || line.is_slot(i - 1);
    timed || surely && first <= 12 && (linked || begins) || linked && first > second && first < 13
}

/// What stands before a day, and hardly before a share.
fn is_when(word: &str) -> bool {
    matches!(
        word,
        "on" | "til"
            | "till"
            | "until"
            | "by"
            | "since"
            | "coming"
            | "starting"
            | "thru"
            | "through"
            | "before"
            | "after"
            | "due"
            | "dated"
            | "effective"
            | "preop"
            | "postop"
            | "appt"
            | "exp"
            | "expires"
            | "arriving"
            | "leaving"
            | "flying"
            | "out"
            | "home"
            | "back"
            | "sent"
            | "mailed"
            | "shipped"
            | "delivered"
            | "admitted"
            | "discharged"
            | "seen"
    )
}

/// `3 of 18 of 2011`, `two nineteen of fifty eight`: a month, a day and what is of them.
fn is_of_of(line: &Line, i: usize) -> bool {
    let number = |at: usize, most: u32| line.value(at).is_some_and(|n| (1..=most).contains(&n));
    let year = line.digits(i + 4) == 4 || line.digits(i + 4) == 2;
    let written = number(i, 12)
        && line.word(i + 1) == "of"
        && number(i + 2, 31)
        && line.word(i + 3) == "of"
        && year;
    written || is_said_of(line, i)
}

fn is_said_of(line: &Line, i: usize) -> bool {
    let Some((month, at)) = spoken_number(line, i) else {
        return false;
    };
    let Some((day, end)) = spoken_number(line, at) else {
        return false;
    };
    let year = spoken_number(line, end + 1).is_some_and(|(year, _)| year > 18);
    is_month_number(month) && (1..=31).contains(&day) && line.word(end) == "of" && year
}

/// `[PERSON_1] six twenty two forty six`: a month, a day and a year of birth.
fn is_of_named(line: &Line, i: usize) -> bool {
    let named = i > 0
        && (line.is_slot_of(i - 1, Category::Person)
            || matches!(line.word(i - 1), "dob" | "birthday" | "birth"));
    let number = |at: usize| line.spoken(at).is_some();
    let end = (i..i + 7).find(|&at| !number(at));
    named && end.is_some_and(|end| is_birth_read(line, i, end))
}

/// `[DATE] of fifty eight`: what is left of a date whose month and day are gone.
pub(super) fn is_rest_after(line: &Line, slot: usize) -> bool {
    // A year to 2031 is told so too, and may stay.
    let year = spoken_number(line, slot + 2).is_some_and(|(year, _)| year > 31);
    line.word(slot + 1) == "of" && year
}

/// `17th works`, `the 3rd, please`: the day that answers for a date, with which the
/// turn begins.
pub(super) fn begins(line: &Line) -> bool {
    let the = usize::from(line.word(0) == "the");
    let ordinal = line.value(the).is_some_and(|n| (1..=31).contains(&n))
        && line.glued(the + 1)
        && matches!(line.word(the + 1), "st" | "nd" | "rd" | "th");
    let said = the == 1 && line.ordinal(1).is_some_and(|n| n > 2);
    let next = the + 1 + usize::from(ordinal);
    let closes = line.atoms.get(next).is_none_or(|atom| match atom.kind {
        Kind::Mark(_) => true,
        _ => matches!(
            line.word(next),
            "bc" | "because" | "works" | "please" | "is" | "it" | "then" | "at" | "if" | "or"
        ),
    });
    (ordinal || said) && closes
}

/// `twelve, one, thirty two`: a month and a day with commas, where a date was asked.
pub(super) fn is_listed(line: &Line, i: usize) -> bool {
    let comma = |at: usize| usize::from(line.mark(at) == Some(','));
    let Some((month, at)) = spoken_number(line, i) else {
        return false;
    };
    let Some((day, end)) = spoken_number(line, at + comma(at)) else {
        return false;
    };
    let alone = i == 0 || !line.is_number(i - 1);
    let apart = !line.is_unit(end) && (line.mark(end).is_some() || end >= line.atoms.len());
    comma(at) == 1 && alone && apart && is_month_number(month) && (1..=31).contains(&day)
}

/// `till 8 11`, `2 28 at [TIME]`, `11 12 to 11 16`, `3 15 24`, `30 slash 4`: a month
/// and a day with a space or a word between them.
fn is_spaced(line: &Line, i: usize) -> bool {
    let slash = usize::from(line.word(i + 1) == "slash");
    let second = i + 1 + slash;
    let few = |at: usize| matches!(line.digits(at), 1 | 2) && !line.glued(at);
    if !few(i) || !few(second) || i > 0 && line.is_number(i - 1) {
        return false;
    }
    let (Some(month), Some(day)) = (line.value(i), line.value(second)) else {
        return false;
    };
    let before = line.word_before(i);
    if slash == 1 {
        let more = line.word(second + 1) == "slash";
        return are_day_and_month(month, day) && (more || is_when(before) || day > 12);
    }
    if !is_month_number(month) || !(1..=31).contains(&day) || !is_apart(line, second + 1) {
        return false;
    }
    let next = second + 1;
    let to = matches!(line.word(next), "to" | "through" | "thru" | "till" | "til");
    let range = to && few(next + 1) && few(next + 2) && !line.is_unit(next + 3);
    // `sets of 10 20 30` count; a year is beyond every day, or the turn begins with it.
    let late = line
        .value(next)
        .is_some_and(|n| n > 31 || i == 0 && (20..30).contains(&n));
    let year = few(next) && line.digits(next) == 2 && late && !line.is_number(next + 1);
    let timed = line.word(next) == "at" && line.is_slot_of(next + 1, Category::Time);
    let led = line.digits(i) == 2 && month < 10 && line.digits(second) == 2;
    let closed = is_when(before) && !line.is_number(next);
    closed || range || timed || year && is_apart(line, next + 1) || led && !line.is_number(next)
}

/// Whether what ends before `at` is no part of a longer number and counts nothing.
fn is_apart(line: &Line, at: usize) -> bool {
    !line.is_unit(at)
        && !line.glued(at)
        && !matches!(line.word(at), "x" | "by" | "of" | "slash" | "out" | "inch")
        || line
            .mark(at)
            .is_some_and(|c| matches!(c, ',' | '.' | '?' | '!'))
            && !line.glued(at + 1)
}
