//! Days said by month and day, in names or in numbers alone: told by what
//! happened on them, asked for, read back in another form than they were said
//! (45 CFR 164.514(b)(2)(i)(C)).

use std::ops::Range;

use crate::deid::document::{DocTurn, TokenKind};
use crate::deid::lexicon::{Classes, Lexicon, Matter, ReadTurn};
use crate::deid::spoken::{begins_date, month, ordinal, teen, tens, unit};
use crate::deid::word::{Phrases, Words, phrases, words};
use crate::domain::Category;

use super::super::mark_phrase;
use super::talk::{Asked, Said, Topic, is_pause, said_of, says, word};

pub(super) const TOPIC: Topic = Topic {
    category: Category::Date,
    matter: Matter::Day,
    touches,
    read,
    asks,
    told,
};

/// Most numbers of one date: its digits one by one.
const MOST: usize = 8;

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

/// A number of a date.
#[derive(Debug, Clone, Copy)]
struct Part {
    value: u32,
    /// How many digits it is said with; 0 for an ordinal.
    digits: u32,
    /// The token after it.
    end: usize,
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
        "at", "but", "for", "i", "if", "in", "it", "my", "on", "or", "she", "he", "so", "we",
        "with",
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

/// What is the same of a month and a day, whichever is said first.
fn pair(a: u32, b: u32) -> u32 {
    a.min(b) * 100 + a.max(b)
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

/// The day in `parts`, which the month came before and a year may follow.
fn day_and_year(parts: &[Part]) -> Option<u32> {
    let after = |day: Range<usize>| {
        let said = number(parts.get(day.clone())?)?;
        let fits = (1..=31).contains(&said) && is_year(&parts[day.end..]);
        fits.then_some(said)
    };
    after(0..1).or_else(|| after(0..2))
}

/// Month and day of `parts`, which are a date in numbers alone.
fn in_numbers(parts: &[Part]) -> Option<u32> {
    if let [whole] = parts {
        return in_digits(*whole);
    }
    if parts.iter().any(|part| part.digits == 0) {
        return None;
    }
    [1, 2].into_iter().find_map(|first| {
        let a = number(parts.get(..first)?)?;
        [1, 2].into_iter().find_map(|second| {
            let b = number(parts.get(first..first + second)?)?;
            let rest = &parts[first + second..];
            // One by one, every part has two digits.
            let even = parts.iter().any(|p| p.digits != 1) || first == 2 && second == 2;
            let alone = parts.len() == 2;
            let calendar = is_calendar(a, b);
            (calendar && (even || alone) && is_year(rest)).then(|| pair(a, b))
        })
    })
}

fn is_calendar(a: u32, b: u32) -> bool {
    a >= 1 && b >= 1 && (a <= 12 && b <= 31 || b <= 12 && a <= 31)
}

/// Month and day of one run of digits: `0412`, `041298`.
fn in_digits(whole: Part) -> Option<u32> {
    let head = match whole.digits {
        4 if !(1900..2100).contains(&whole.value) => whole.value,
        6 => whole.value / 100,
        8 => whole.value / 10_000,
        _ => return None,
    };
    let (a, b) = (head / 100, head % 100);
    is_calendar(a, b).then(|| pair(a, b))
}

/// The number that one or two parts say; two are its digits.
fn number(parts: &[Part]) -> Option<u32> {
    match parts {
        [one] if one.digits <= 2 => Some(one.value),
        [ten, unit] if ten.digits == 1 && unit.digits == 1 => Some(ten.value * 10 + unit.value),
        _ => None,
    }
}

/// Whether `parts` are a year, or nothing.
fn is_year(parts: &[Part]) -> bool {
    let century = |value: u32| (18..=20).contains(&value);
    match parts {
        [] => true,
        [year] => year.digits == 2 || year.digits == 4 && century(year.value / 100),
        [a, b] => {
            a.digits == 1 && b.digits == 1 || a.digits == 2 && b.digits == 2 && century(a.value)
        }
        [a, b, c] => century(a.value) && b.digits == 1 && c.digits == 1,
        [a, b, _, _] => century(a.value * 10 + b.value) && parts.iter().all(|p| p.digits == 1),
        _ => false,
    }
}

/// Past `the` at token `i`.
fn past_the(turn: &DocTurn<'_>, i: usize) -> usize {
    i + usize::from(turn.is_of(i, words!["the"]))
}

/// The numbers said from token `i` on, and how many they are; none where they
/// go on longer than a date does.
fn numbers(turn: &DocTurn<'_>, i: usize) -> ([Part; MOST], usize) {
    let nothing = Part {
        value: 0,
        digits: 0,
        end: i,
    };
    let mut parts = [nothing; MOST];
    let mut count = 0;
    let mut at = i;
    while let Some(part) = part(turn, at).filter(|_| !is_pause(turn, at)) {
        if count == MOST {
            return (parts, 0);
        }
        parts[count] = part;
        count += 1;
        at = past_joint(turn, part.end);
    }
    (parts, count)
}

/// Past what may stand between two numbers of a date, from token `i` on.
fn past_joint(turn: &DocTurn<'_>, i: usize) -> usize {
    const JOINTS: Words = words!["-", "/", ",", ".", "uh", "um", "and"];
    let solid = |i: usize| turn.tokens[i - 1].span.end == turn.tokens[i].span.start;
    let decimal = i + 1 < turn.tokens.len() && turn.word(i) == "." && solid(i) && solid(i + 1);
    i + usize::from(turn.is_of(i, JOINTS) && !decimal)
}

/// The number at token `i`.
fn part(turn: &DocTurn<'_>, i: usize) -> Option<Part> {
    let said = word(turn, i);
    let of = |value, digits, end| Some(Part { value, digits, end });
    if turn.tokens.get(i)?.kind == TokenKind::Number {
        let suffixed = i + 1 < turn.tokens.len()
            && turn.tokens[i].span.end == turn.tokens[i + 1].span.start
            && turn.is_of(i + 1, words!["st", "nd", "rd", "th"]);
        return of(
            said.parse().ok()?,
            u32::try_from(said.len()).ok()?,
            i + 1 + usize::from(suffixed),
        );
    }
    if let Some(value) = ordinal(turn.key(i)) {
        return of(value, 0, i + 1);
    }
    if turn.is_of(i, words!["oh", "o", "zero"]) {
        return of(0, 1, i + 1);
    }
    if let Some(value) = unit(turn.key(i)) {
        return of(value, 1, i + 1);
    }
    if let Some(value) = teen(turn.key(i)) {
        return of(value, 2, i + 1);
    }
    let ten = tens(turn.key(i))?;
    let next = i + 1 + usize::from(word(turn, i + 1) == "-");
    match unit(turn.key(next)) {
        Some(unit) => of(ten + unit, 2, next + 1),
        None => match ordinal(turn.key(next)).filter(|day| *day < 10) {
            Some(unit) => of(ten + unit, 0, next + 1),
            None => of(ten, 2, i + 1),
        },
    }
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
    let asks = dated || (0..turn.tokens.len()).any(|i| said_of(turn, i, QUESTIONS).is_some());
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
        "is", "was", "were", "are", "on", "for", "back", "the", "be", "will", "uh", "um", ",", ":",
    ];
    const AFTER: Words = words![
        "and", "at", "but", "correct", "if", "i", "is", "right", "so", "thank", "thanks", "that's",
        "then", "with",
    ];
    let ends = ends(turn, said.tokens.end) || turn.is_of(said.tokens.end, AFTER);
    let start = said.tokens.start;
    let event = (start.saturating_sub(NEAR)..start)
        .rev()
        .find(|&i| !turn.is_of(i, BETWEEN));
    let last_dose = event.is_some_and(|i| i > 0 && says(turn, i - 1, "last dose"));
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
