//! Days said by month and day, in names or in numbers alone: told by what
//! happened on them, asked for, read back in another form than they were said
//! (45 CFR 164.514(b)(2)(i)(C)).

mod digits;
mod part;

use crate::deid::document::{DocTurn, TokenKind};
use crate::deid::lexicon::{Classes, Lexicon, Matter, ReadTurn};
use crate::deid::spoken::{begins_date, month};
use crate::deid::word::{Phrases, Words, phrases, words};
use crate::domain::Category;

use super::super::mark_phrase;
use super::talk::{Asked, Said, Topic, is_said, word};
pub(super) use digits::read as read_digits;
use part::{Part, day_and_year, in_numbers, numbers, pair};

pub(super) const TOPIC: Topic = Topic {
    category: Category::Date,
    matter: Matter::Day,
    touches,
    read,
    asks,
    told,
};

/// Most words between what happened and its day: `was on the`.
const NEAR: usize = 4;

/// What asks for a day.
const QUESTIONS: Phrases = phrases![
    "when was",
    "when were",
    "when did",
    "when is",
    "when do",
    "when are",
    "when can",
    "when will",
    "when would",
    "birthday",
    "bday",
    "what day",
    "which day",
    "what date",
    "the date",
    "date of",
];

/// Marks the words of questions in `lexicon`.
pub(super) fn mark(lexicon: &mut Lexicon) {
    for phrase in QUESTIONS.iter().chain(["date", "starting"]) {
        mark_phrase(lexicon, phrase, Classes::ASKS_DAY);
    }
}

fn touches(turn: &ReadTurn<'_>) -> (bool, bool) {
    let says = turn.has(Classes::HOUR.with(Classes::CALENDAR)) || turn.turn.shape.digits > 1;
    (turn.has(Classes::ASKS_DAY), says)
}

/// What lone months count from, so that no day equals one.
const LONE: u32 = 10_000;

/// What lone days count from.
const DAY: u32 = 20_000;

/// Whether a turn begins with `day`, an ordinal at token `i` with nothing after it that
/// it would count: `[the eleventh] on the night flight`, but not `the fifth toe`.
fn answers_with(turn: &DocTurn<'_>, i: usize, day: Part) -> bool {
    const LED: Words = words![
        "around", "be", "believe", "for", "i", "i'd", "is", "it", "it's", "like", "maybe", "okay",
        "on", "probably", "say", "so", "that", "that's", "the", "think", "uh", "um", "was", "well",
        "would", "yeah", ",",
    ];
    const AFTER: Words = words![
        "at", "but", "for", "he", "i", "if", "in", "it", "my", "on", "or", "she", "so", "we",
        "with"
    ];
    const FEW: u32 = 3;
    let closed = ends(turn, day.end) || day.value > FEW && turn.is_of(day.end, AFTER);
    day.digits == 0
        && i > 0
        && turn.is_of(i - 1, words!["the"])
        && closed
        && (0..i).all(|k| turn.is_of(k, LED))
}

/// A month and a day, with or without the year; or a month and nothing after it.
fn read(turn: &DocTurn<'_>, i: usize, _: Option<i16>) -> Option<Said> {
    if turn.tokens[i].kind != TokenKind::Number && !begins_date(turn.key(i)) {
        return None;
    }
    let named = month(turn.key(i));
    let (parts, count) = match named {
        Some(_) => numbers(turn, past_the(turn, i + 1)),
        None => numbers(turn, i),
    };
    let parts = &parts[..count];
    if let ([day], None) = (parts, named)
        && answers_with(turn, i, *day)
    {
        return Some(Said {
            tokens: i..day.end,
            value: DAY + day.value,
        });
    }
    if let Some(said) = of_month(turn, i) {
        return Some(said);
    }
    let (value, end) = match named {
        Some(month) if parts.is_empty() && ends(turn, i + 1) => (LONE + month, i + 1),
        Some(month) => (pair(month, day_and_year(parts)?), parts[count - 1].end),
        None => {
            month_after(turn, parts).or_else(|| Some((in_numbers(parts)?, parts[count - 1].end)))?
        }
    };
    Some(Said {
        tokens: i..end,
        value,
    })
}

/// Whether a sentence may end before token `i`.
fn ends(turn: &DocTurn<'_>, i: usize) -> bool {
    matches!(word(turn, i), "" | "." | "," | "?" | "!")
}

/// `the second of [march]`: the day `parts` and the month after it.
fn month_after(turn: &DocTurn<'_>, parts: &[Part]) -> Option<(u32, usize)> {
    let [day] = parts else { return None };
    let at = day.end + usize::from(turn.is_of(day.end, words!["of"]));
    let month = month(turn.key(at))?;
    (1..=31)
        .contains(&day.value)
        .then(|| (pair(month, day.value), at + 1))
}

/// What days of months that are numbers count from.
const NUMBERED: u32 = 30_000;

/// The day and the month, both ordinals, that begin at token `i`: `4th of the 7th`,
/// `16th of 7th`; with the year.
fn of_month(turn: &DocTurn<'_>, i: usize) -> Option<Said> {
    let (days, 1) = numbers(turn, i) else {
        return None;
    };
    let day = days[0];
    let joined = day.digits == 0 || day.end > i + 1;
    if !joined || !turn.is_of(day.end, words!["of"]) {
        return None;
    }
    let (months, count @ 1..) = numbers(turn, past_the(turn, day.end + 1)) else {
        return None;
    };
    let month = months[0];
    let suffixed = month.digits == 0 || turn.is_of(month.end - 1, words!["st", "nd", "rd", "th"]);
    let calendar = (1..=31).contains(&day.value) && (1..=12).contains(&month.value);
    // `the first of the second round`
    let end = months[count - 1].end;
    let closed = ends(turn, end)
        || turn.is_of(
            end,
            words![
                "and", "at", "i", "is", "okay", "please", "so", "this", "last"
            ],
        );
    (suffixed && calendar && closed).then_some(Said {
        tokens: i..end,
        value: NUMBERED + pair(day.value, month.value),
    })
}

/// Past `the` at token `i`.
fn past_the(turn: &DocTurn<'_>, i: usize) -> usize {
    i + usize::from(turn.is_of(i, words!["the"]))
}

/// Any day, where `turn` asks for one.
fn asks(turn: &DocTurn<'_>) -> Option<Asked> {
    // `and the flight date`
    let last = (0..turn.tokens.len()).rfind(|&i| turn.tokens[i].kind == TokenKind::Word);
    // `what dose are you starting` asks for none.
    let begun = |i: usize| {
        turn.is_of(
            i - 1,
            words!["are", "be", "i'm", "is", "we're", "you", "you're"],
        )
    };
    let dated = last.is_some_and(|i| {
        i > 0 && (turn.is_of(i, words!["date"]) || turn.is_of(i, words!["starting"]) && !begun(i))
    });
    let asks = dated || (0..turn.tokens.len()).any(|i| is_said(turn, i, QUESTIONS));
    asks.then_some(0..=u32::MAX)
}

/// Whether the sentence says what happened on `said`, and ends with it.
fn told(turn: &DocTurn<'_>, said: &Said) -> bool {
    const EVENTS: Words = words![
        "accident",
        "admitted",
        "appointment",
        "away",
        "birth",
        "birthday",
        "born",
        "collected",
        "date",
        "diagnosed",
        "died",
        "discharged",
        "drawn",
        "due",
        "exam",
        "fall",
        "filled",
        "happened",
        "hospitalized",
        "infusion",
        "injection",
        "injury",
        "opening",
        "operated",
        "operation",
        "procedure",
        "refilled",
        "released",
        "scan",
        "scheduled",
        "seen",
        "service",
        "slot",
        "stent",
        "stroke",
        "surgery",
        "visit",
    ];
    const BETWEEN: Words = words![
        "are", "back", "be", "for", "is", "on", "the", "uh", "um", "was", "were", "will", ",", ":"
    ];
    const AFTER: Words = words![
        "and", "at", "but", "correct", "i", "if", "is", "right", "so", "thank", "thanks", "that's",
        "then", "with"
    ];
    if said.value >= NUMBERED {
        return true;
    }
    let ends = ends(turn, said.tokens.end) || turn.is_of(said.tokens.end, AFTER);
    let start = said.tokens.start;
    let event = (start.saturating_sub(NEAR)..start)
        .rev()
        .find(|&i| !turn.is_of(i, BETWEEN));
    let last_dose = event.is_some_and(|i| i > 0 && is_said(turn, i - 1, phrases!["last dose"]));
    ends && (last_dose || event.is_some_and(|i| turn.is_of(i, EVENTS)))
}

#[cfg(test)]
mod tests {
    use super::super::talk::check;
    use crate::domain::Role::{Agent, User};

    #[test]
    fn sentences_tell_days() {
        check(
            &[(Agent, "the sample was drawn three seventeen")],
            &["three seventeen"],
        );
        check(&[(User, "he passed away on eleven two")], &["eleven two"]);
        check(&[(User, "i was seen 5 , 14 , 2019")], &["5 , 14 , 2019"]);
        check(
            &[(Agent, "the next opening is six ten twenty one.")],
            &["six ten twenty one"],
        );
        check(
            &[(User, "the surgery was 0 , 4 , 1 , 9")],
            &["0 , 4 , 1 , 9"],
        );
        check(&[(User, "my last dose was 8/3.")], &["8/3"]);
        check(
            &[(User, "our anniversary's the 4th of the 7th")],
            &["4th of the 7th"],
        );
        check(
            &[(User, "it's the 16th of 7th 1990")],
            &["16th of 7th 1990"],
        );
        check(&[(User, "the first of the second round")], &[]);
    }

    #[test]
    fn questions_and_read_backs_tell_them() {
        let asked = [
            (Agent, "when were you admitted?"),
            (User, "june the second"),
            (Agent, "okay, six two, one moment"),
        ];
        check(&asked, &["june the second", "six two"]);
        let month = [
            (Agent, "when was the operation?"),
            (User, "it was march."),
            (Agent, "march, okay"),
        ];
        check(&month, &["march", "march"]);
        check(&[(Agent, "when was it?"), (User, "may i ask why")], &[]);
        let asked = [
            (Agent, "when was the operation?"),
            (User, "zero nine one four"),
            (Agent, "so nine fourteen"),
        ];
        check(&asked, &["zero nine one four", "nine fourteen"]);
    }

    #[test]
    fn readings_amounts_and_durations_stay() {
        for text in [
            "the visit was two three weeks ago",
            "take two three times a day",
            "the last visit was 2010",
            "the surgery was nine thousand",
            "one twenty over eighty",
            "the appointment costs five ten dollars",
            "seen by two doctors",
            "i have two four year olds",
        ] {
            check(&[(User, text)], &[]);
        }
        check(
            &[(Agent, "when did it start?"), (User, "two three days ago")],
            &[],
        );
    }
}
