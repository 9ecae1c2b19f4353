//! Clock times said in words (45 CFR 164.514(b)(2)(i)(C)).

use crate::deid::document::DocTurn;
use crate::deid::lexicon::{Classes, Lexicon, Matter, ReadTurn};
use crate::deid::word::{Key, Phrases, Words, phrases, says, words};
use crate::domain::Category;

use super::super::mark_phrase;
use super::talk::{Asked, Said, Topic, is_said, said_of, word};
use crate::deid::spoken::{DIGITS, TEENS, is_number_word, teen, tens, unit};

pub(super) const TOPIC: Topic = Topic {
    category: Category::Time,
    matter: Matter::Time,
    touches,
    read,
    asks,
    told,
};

/// How far before a time a word may say that something is measured.
const MEASURED_WITHIN: usize = 8;

/// Words that stand right before a time.
const AT: Words = words!["at", "by", "until", "till"];

/// Words that stand before a time, and before other numbers as often.
const ABOUT: Words = words![
    "about", "after", "around", "before", "for", "from", "since", "to",
];

/// What asks for a time.
const QUESTIONS: Phrases = phrases![
    "what time",
    "which time",
    "how early",
    "how late",
    "time works",
    "morning or afternoon",
    "afternoon or morning",
];

/// Marks the words of questions and of hours in `lexicon`.
pub(super) fn mark(lexicon: &mut Lexicon) {
    for phrase in QUESTIONS.iter() {
        mark_phrase(lexicon, phrase, Classes::ASKS_TIME);
    }
    let words = DIGITS.iter().chain(TEENS);
    for word in words.filter(|word| hour(Key::of(word)).is_some()) {
        lexicon.mark(word, Classes::HOUR);
    }
}

fn touches(turn: &ReadTurn<'_>) -> (bool, bool) {
    (turn.has(Classes::ASKS_TIME), turn.has(Classes::HOUR))
}

/// What is said of an hour, and how many minutes each is.
const NAMED: Words = words!["half", "quarter"];

/// A time with minutes, or an hour that nothing else can be.
fn read(turn: &DocTurn<'_>, i: usize, _: Option<i16>) -> Option<Said> {
    const BEGIN: Words = words!["half", "quarter", "oh", "o", "-"];
    let first = turn.key(i);
    if !is_number_word(first) && !BEGIN.has(first) {
        return None;
    }
    let (value, end) = relative(turn, i).or_else(|| {
        let (hour, at) = (hour(turn.key(i))?, i + 1);
        let (minutes, at) = minutes(turn, at).unwrap_or((0, at));
        let part = part_of_day(turn, at);
        let alone = at == i + 1;
        let certain = match part {
            Some((_, true)) => true,
            Some((_, false)) => !alone || is_introduced(turn, i),
            None => !alone,
        };
        certain.then_some((hour % 12 * 60 + minutes, part.map_or(at, |(end, _)| end)))
    })?;
    Some(Said {
        tokens: i..end,
        value,
    })
}

/// `one` to `twelve`.
fn hour(word: Key) -> Option<u32> {
    unit(word).or_else(|| teen(word)).filter(|hour| *hour <= 12)
}

/// The minutes said from token `i` on, and the token after them.
fn minutes(turn: &DocTurn<'_>, i: usize) -> Option<(u32, usize)> {
    let at = i + usize::from(word(turn, i) == "-");
    let first = turn.key(at);
    if words!["oh", "o"].has(first) {
        return unit(turn.key(at + 1)).map(|minutes| (minutes, at + 2));
    }
    if let Some(teen) = teen(first) {
        return Some((teen, at + 1));
    }
    let tens = tens(first).filter(|tens| *tens < 60)?;
    let next = at + 1 + usize::from(word(turn, at + 1) == "-");
    Some(match unit(turn.key(next)) {
        Some(unit) => (tens + unit, next + 1),
        None => (tens, at + 1),
    })
}

/// `half past nine`, `a quarter to four`, `twenty past six`.
fn relative(turn: &DocTurn<'_>, i: usize) -> Option<(u32, usize)> {
    let named = NAMED.place(turn.key(i)).map(|at| [30, 15][at]);
    let (minutes, at) = match named {
        Some(minutes) => (minutes, i + 1),
        None => minutes(turn, i).or_else(|| (unit(turn.key(i))? == 5).then_some((5, i + 1)))?,
    };
    let past = turn.is_of(at, words!["past", "after"]);
    let to = minutes == 15 && named.is_some() && turn.is_of(at, words!["to", "till", "of"]);
    let hour = hour(turn.key(at + 1)).filter(|_| past && minutes <= 30 || to)?;
    let value = if to {
        (hour + 11) % 12 * 60 + 60 - minutes
    } else {
        hour % 12 * 60 + minutes
    };
    let end = part_of_day(turn, at + 2).map_or(at + 2, |(end, _)| end);
    Some((value, end))
}

/// The token after `p m`, `o'clock`, `in the morning` at token `i`, and
/// whether an hour alone is a time before it: what is taken is `one in the
/// morning` too.
fn part_of_day(turn: &DocTurn<'_>, i: usize) -> Option<(usize, bool)> {
    if turn.is_of(i, words!["am", "pm", "o'clock"]) {
        let verb = word(turn, i) == "am" && says!(turn, i + 1, "i")
            || turn.is_of(i + 1, words!["position"]);
        return (!verb).then_some((i + 1, true));
    }
    let dot = i + 1 + usize::from(word(turn, i + 1) == ".");
    if turn.is_of(i, words!["a", "p"]) && turn.is_of(dot, words!["m"]) {
        return Some((dot + 1, true));
    }
    const PARTS: Phrases = phrases![
        "in the morning",
        "in the afternoon",
        "in the evening",
        "at night",
        "this morning",
        "this afternoon",
        "this evening",
        "tonight",
        "tomorrow morning",
        "tomorrow afternoon",
    ];
    let part = said_of(turn, i, PARTS)?;
    Some((i + part.split(' ').count(), false))
}

/// Whether a word before token `i` introduces a time.
fn is_introduced(turn: &DocTurn<'_>, i: usize) -> bool {
    i > 0 && (turn.is_of(i - 1, AT) || turn.is_of(i - 1, ABOUT))
}

/// Any time, where `turn` asks for one.
fn asks(turn: &DocTurn<'_>) -> Option<Asked> {
    let asks = (0..turn.tokens.len()).any(|i| is_said(turn, i, QUESTIONS));
    asks.then_some(0..=u32::MAX)
}

/// Whether the sentence says that `said` is a time: its part of the day, or
/// what happens at it.
fn told(turn: &DocTurn<'_>, said: &Said) -> bool {
    const EVENTS: Words = words![
        "appointment",
        "appt",
        "arrive",
        "arrives",
        "book",
        "booked",
        "call",
        "called",
        "check",
        "close",
        "closes",
        "come",
        "comes",
        "driver",
        "flight",
        "free",
        "infusion",
        "leave",
        "leaves",
        "meet",
        "meeting",
        "open",
        "opening",
        "opens",
        "pick",
        "picked",
        "ride",
        "schedule",
        "scheduled",
        "see",
        "seen",
        "session",
        "slot",
        "start",
        "started",
        "starts",
        "surgery",
        "took",
        "train",
        "visit",
        "woke",
        "works",
    ];
    const MEASURED: Words = words![
        "a1c",
        "balance",
        "bp",
        "cost",
        "costs",
        "dose",
        "glucose",
        "heart",
        "level",
        "oxygen",
        "pressure",
        "price",
        "pulse",
        "rate",
        "reading",
        "room",
        "sats",
        "sugar",
        "sugars",
        "temperature",
        "weigh",
        "weighed",
        "weighs",
        "weight",
    ];
    let start = said.tokens.start;
    let last = word(turn, said.tokens.end - 1);
    let first = word(turn, start);
    let relative =
        NAMED.lists(first) || (start..said.tokens.end).any(|i| turn.is_of(i, words!["past"]));
    let parted = words![
        "am",
        "pm",
        "m",
        "o'clock",
        "morning",
        "afternoon",
        "evening",
        "night",
        "tonight",
    ]
    .lists(last);
    if relative || parted {
        return true;
    }
    let near = start.saturating_sub(MEASURED_WITHIN)..start;
    let before = |words: Words| near.clone().any(|i| turn.is_of(i, words));
    let introduced = start > 0 && turn.is_of(start - 1, AT);
    let likely = introduced && hour(turn.key(start)).is_some_and(|hour| hour >= 3);
    let how = start > 1 && is_said(turn, start - 2, phrases!["how about"]);
    let event = is_introduced(turn, start) && before(EVENTS);
    (likely || event || how) && !before(MEASURED)
}

#[cfg(test)]
mod tests {
    use super::super::talk::check;
    use crate::domain::Role::{Agent, User};

    #[test]
    fn sentences_tell_times() {
        check(&[(User, "i took it at eight forty")], &["eight forty"]);
        check(
            &[(User, "around eight thirty in the morning")],
            &["eight thirty in the morning"],
        );
        check(&[(User, "it's half past nine")], &["half past nine"]);
        check(&[(User, "a quarter to four please")], &["quarter to four"]);
        check(&[(User, "at two p m")], &["two p m"]);
        check(
            &[(Agent, "you're booked for one fifteen")],
            &["one fifteen"],
        );
        check(
            &[(User, "i woke up at three in the morning")],
            &["three in the morning"],
        );
        check(&[(User, "i'm free after seven ten")], &["seven ten"]);
        check(&[(Agent, "please arrive by ten oh five")], &["ten oh five"]);
    }

    #[test]
    fn questions_and_read_backs_tell_them() {
        let asked = [
            (Agent, "morning or afternoon?"),
            (User, "eleven twenty"),
            (Agent, "okay, eleven twenty, one second"),
        ];
        check(&asked, &["eleven twenty", "eleven twenty"]);
    }

    #[test]
    fn doses_readings_and_durations_stay() {
        for text in [
            "take one in the morning and two at night",
            "my sugar was at three fifty",
            "it runs at one twenty over eighty",
            "for two fifteen minute sessions",
            "take two ten milligram tablets",
            "he's five ten",
            "at six fifty dollars",
            "twenty to thirty people",
            "i am ten twelve years in",
            "a mass at the two o'clock position",
            "the weight stays at two fifteen",
        ] {
            check(&[(User, text)], &[]);
        }
    }
}
