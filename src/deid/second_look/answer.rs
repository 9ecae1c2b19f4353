//! Answers: what is nothing by itself and an identifier after its question.

use super::Seen;
use super::across::Asked;
use super::atom::{Kind, Line};
use super::name::is_unusual;
use super::words::class;
use super::{age, calendar, slot};
use crate::domain::Category;

/// An answer that begins with one of the other side's questions has at most
/// this many words besides small ones.
const ANSWER_WORDS: usize = 3;

/// Looks for what was `asked` in `line`.
pub(super) fn scan(line: &Line, asked: Asked, seen: &mut Seen<'_>) {
    if asked == Asked::default() {
        return;
    }
    if asked.name
        && let Some(i) = name_in(line)
    {
        seen.add(line.span(i), Category::Person, "answer");
    }
    if (asked.name || asked.unheard) && line.atoms.len() == 1 && slot::is_name_alone(line, 0) {
        seen.add(line.span(0), Category::Person, "answer");
    }
    if asked.secret
        && let Some(i) = secret_in(line)
    {
        seen.add(line.span(i), Category::Secret, "secret");
    }
    if asked.date
        && let Some(i) = date_in(line)
    {
        seen.add(line.span(i), Category::Date, "date-asked");
    }
    if (asked.age || asked.date)
        && let Some(i) = age_in(line, asked)
    {
        seen.add(line.span(i), Category::Age, "age-asked");
    }
}

/// The words of a short turn.
fn words(line: &Line) -> impl Iterator<Item = usize> + Clone {
    (0..line.atoms.len()).filter(|&i| line.atoms[i].kind == Kind::Word)
}

fn is_short(line: &Line) -> bool {
    let said = words(line).filter(|&i| !line.is_class(i, class::SMALL));
    said.take(ANSWER_WORDS + 1).count() <= ANSWER_WORDS
}

fn has_slot(line: &Line) -> bool {
    (0..line.atoms.len()).any(|i| line.is_slot(i))
}

/// A name in a short turn: a word that is not ordinary.
fn name_in(line: &Line) -> Option<usize> {
    if has_slot(line) || words(line).any(|i| matches!(line.word(i), "name" | "your")) {
        return None;
    }
    let short = line.words < 3;
    let unusual = |i: &usize| {
        let thing = line.is_class(*i, class::THING | class::ACRONYM);
        let short = short && !thing && is_unusual(line, *i);
        line.word(*i).len() > 1 && (short || line.is_unknown(*i))
    };
    words(line).find(unusual).filter(|_| is_short(line))
}

/// A password in a short turn: a word that is not ordinary, with or without
/// digits.
fn secret_in(line: &Line) -> Option<usize> {
    if has_slot(line) || line.has(class::SECRET | class::CUE) {
        return None;
    }
    let short = line.words < 3;
    let unusual = |i: &usize| {
        let unusual = is_unusual(line, *i) && !line.is_class(*i, class::SMALL);
        line.word(*i).len() > 2 && (short && unusual || line.is_unknown(*i))
    };
    words(line).find(unusual).filter(|_| is_short(line))
}

/// `may`, `3/5`, `four one`: a month, or a month and a day.
fn date_in(line: &Line) -> Option<usize> {
    if !is_short(line) {
        return None;
    }
    (0..line.atoms.len()).find(|&i| {
        calendar::is_month_and_day(line, i)
            || line.is_class(i, class::MONTH) && line.words < 3
            || is_day(line.word(i)) && !has_slot(line)
    })
}

/// A day of the week, a holiday.
fn is_day(word: &str) -> bool {
    matches!(
        word,
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "easter"
            | "christmas"
            | "thanksgiving"
            | "halloween"
            | "memorial"
    )
}

/// An age over 89, or a year of birth that tells one.
fn age_in(line: &Line, asked: Asked) -> Option<usize> {
    (0..line.atoms.len())
        .find(|&i| asked.age && age::is_told(line, i) || asked.date && age::is_early_year(line, i))
}
