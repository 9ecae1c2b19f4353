//! Days of the month said without the month: `on the 22nd`, `how about the
//! twenty first`; a month that is a word too, alone (45 CFR 164.514(b)(2)(i)(C)).

use super::dates::date;
use super::months::SUBJECTS;
use super::{Hit, Rule, Verdict};
use crate::deid::spoken::{is_number_word, ordinal as value_of};
use crate::deid::word::{Key, Words, words};

pub(super) const RULES: &[Rule] = &[
    date(
        "ordinal",
        r"(?:^|\b(?:the|on|for|by|until|till|from|through|to|and|or|mon|tues?|wed|thurs?|thu|fri|sat|sun)\s(?:the\s)?)((?:3[01]|[12][0-9]|[1-9])\s?(?:st|nd|rd|th))\b",
        day,
    ),
    date(
        "ordinal-words",
        r"\b(?:on|for|by|since|until|till|from|through|before|after|posted|paid|cleared|dated|due|shipped|arrived|mailed|<WEEKDAY>|mon|tue|wed|fri|sat|sun)\s(?:on\s)?the\s(<ORDINAL>)\b",
        day,
    ),
    date(
        "ordinal-offered",
        r"(?:^|\b(?:have|you|about|do|does|is|was|got|make|and|or|to|not|then|out|back|arriving|departing|leaving|returning|here|there|desk|office|clinic|hospital|er|e\sr|e\sd|surgery|appointment|him|her|them),?\s)the\s(<ORDINAL>)\b",
        offered,
    ),
    date(
        "ordinal-range",
        r"\b(<ORDINAL>)(?:\s(?:to|through|thru|until|till))?\s(?:the\s)?<ORDINAL>\b",
        range,
    ),
    date(
        "ordinal-range-end",
        r"\b<ORDINAL>(?:\s(?:to|through|thru|until|till))?\s(?:the\s)?(<ORDINAL>)\b",
        range,
    ),
    date("ordinal-weekday", r"\b(?:<WEEKDAY>)\s(<ORDINAL>)\b", day),
    date(
        "ordinal-of-month",
        r"\b(<ORDINAL>|(?:3[01]|[12][0-9]|[1-9])(?:st|nd|rd|th))\sof\s(?:last|this|next|that|every|the)\smonth\b",
        super::accept,
    ),
    date("ordinal-high", r"\bthe\s(<ORDINAL>)\b", high),
    date(
        "ordinal-said",
        r"\b(?:(?:said|says|wanted|originally|actually|now\s(?:it's|it\sis|on)|it's\snow|supposed\sto\sbe|starting|beginning)\s(?:on\s)?the)\s(<ORDINAL>)\b",
        said,
    ),
    date("ordinal-alone", r"\b(<ORDINAL>)\b", alone),
    // A month that is a word too, and all that is said: `okay, march, thank you`.
    date("month-alone", r"\b(?:march|may)\b", all_said),
];

/// The month with which nothing but murmurs stand: `okay, march, thank you`.
fn all_said(hit: &Hit<'_>) -> Option<Verdict> {
    const LONGEST: usize = 32;
    const MURMURS: Words = words![
        "alright", "and", "correct", "got", "have", "i", "i'm", "i've", "in", "is", "it", "it's",
        "moment", "ok", "okay", "one", "right", "show", "so", "thank", "thanks", "that", "that's",
        "typing", "uh", "um", "yeah", "yes", "you",
    ];
    let murmured = |text: &str| {
        let letter = |c: char| !c.is_alphabetic() && c != '\'';
        text.len() <= LONGEST
            && text
                .split(letter)
                .all(|word| word.is_empty() || MURMURS.lists(word))
    };
    // `may i have it`
    let verb = SUBJECTS.lists(hit.word_after()) || SUBJECTS.lists(hit.word_before());
    hit.when(!verb && murmured(hit.before()) && murmured(hit.after()))
}

/// Words that may follow a day of the month, unlike `the 5th metatarsal`.
pub(super) const AFTER_A_DAY: Words = words![
    "a",
    "about",
    "after",
    "all",
    "also",
    "and",
    "around",
    "as",
    "at",
    "available",
    "because",
    "before",
    "between",
    "but",
    "can",
    "comma",
    "could",
    "does",
    "doesn't",
    "either",
    "for",
    "from",
    "good",
    "great",
    "how",
    "i",
    "i'll",
    "i'm",
    "if",
    "in",
    "instead",
    "is",
    "isn't",
    "it",
    "it's",
    "me",
    "my",
    "no",
    "not",
    "ok",
    "okay",
    "on",
    "open",
    "or",
    "perfect",
    "period",
    "please",
    "pls",
    "plz",
    "she",
    "should",
    "so",
    "sounds",
    "thank",
    "thanks",
    "that",
    "the",
    "then",
    "there",
    "this",
    "till",
    "to",
    "until",
    "was",
    "we",
    "when",
    "will",
    "with",
    "won't",
    "work",
    "works",
    "would",
    "you",
];

/// Words that may follow a day after the twelfth too: a new sentence begins.
const GOES_ON: Words = words![
    "he", "he's", "her", "his", "she's", "that's", "they", "what", "your"
];

/// What is counted higher than to twelve.
const IN_AN_ORDER: Words = words![
    "amendment",
    "and",
    "anniversary",
    "attempt",
    "avenue",
    "birthday",
    "block",
    "century",
    "chapter",
    "chromosome",
    "cycle",
    "day",
    "dose",
    "episode",
    "floor",
    "green",
    "hole",
    "hour",
    "item",
    "lap",
    "level",
    "mile",
    "one",
    "page",
    "percentile",
    "push",
    "question",
    "rep",
    "rib",
    "round",
    "session",
    "stair",
    "step",
    "street",
    "time",
    "tooth",
    "treatment",
    "trip",
    "try",
    "vertebra",
    "visit",
    "week",
    "year",
];

/// Most words between a day and the last of those named with it.
const LONGEST_LIST: usize = 8;

/// A day that a word for dates stands before.
fn day(hit: &Hit<'_>) -> Option<Verdict> {
    let next = word_after_list(hit);
    let few = words!["first", "second", "1st", "2nd"].lists(hit.found());
    let first = few && (!next.is_empty() && !is_hour(hit) || is_for(hit));
    hit.when(!first && (may_follow(next) || is_done(hit)))
}

/// Two days, from the one to the other: `the ninth to the twelfth`.
fn range(hit: &Hit<'_>) -> Option<Verdict> {
    let next = word_after_list(hit);
    hit.when(may_follow(next) || words!["next"].lists(next))
}

/// A turn that is a day; the first three of anything are not.
fn alone(hit: &Hit<'_>) -> Option<Verdict> {
    let before = hit.before().trim();
    let whole = (before.is_empty() || before.eq_ignore_ascii_case("the"))
        && !hit.after().contains(|c: char| c.is_alphanumeric());
    hit.when(whole && !words!["first", "second", "third"].lists(hit.found()))
}

/// A day that is offered, asked for or refused: `i have the twelfth`, `[the
/// twelfth] doesn't work`. The first three of anything are not.
fn offered(hit: &Hit<'_>) -> Option<Verdict> {
    const FEW: Words = words!["first", "second", "third"];
    const OF_A_DAY: Words = words![
        "at", "doesn't", "isn't", "sounds", "won't", "work", "works", "would"
    ];
    let next = word_after_list(hit);
    // At the beginning of a turn, only what is said of a day tells.
    let told = if hit.before().trim().eq_ignore_ascii_case("the") {
        OF_A_DAY.lists(next)
    } else {
        may_follow(next)
    };
    hit.when(!FEW.lists(hit.found()) && told)
}

/// A day that was said otherwise before, and another takes its place: `they said the
/// [ninth] but now it's the [second]`.
fn said(hit: &Hit<'_>) -> Option<Verdict> {
    const FEW: Words = words!["first", "second", "third"];
    const AFTER: Words = words![
        "and",
        "at",
        "before",
        "but",
        "if",
        "instead",
        "not",
        "now",
        "originally",
        "so",
        "then",
    ];
    let next = word_after_list(hit);
    let ends = next.is_empty() || AFTER.lists(next);
    hit.when(ends || !FEW.lists(hit.found()) && AFTER_A_DAY.lists(next))
}

/// A day after the twelfth, of which floors, ribs and grades are not: `she
/// stopped it the [eighteenth]`.
fn high(hit: &Hit<'_>) -> Option<Verdict> {
    const LAST_OF_A_BODY: u32 = 12;
    let last = hit.found().rsplit([' ', '-']).next().unwrap_or_default();
    let tens = last.len() < hit.found().len();
    let day = tens || value_of(Key::of(last)).is_some_and(|day| day > LAST_OF_A_BODY);
    let next = word_after_list(hit);
    let on = hit.before().ends_with("on the ");
    hit.when(
        day && (may_follow(next)
            || is_done(hit)
            || GOES_ON.lists(next)
            || on && !IN_AN_ORDER.lists(next)),
    )
}

/// Whether the hour follows: `on the second [at four]`, but not `at bat`.
fn is_hour(hit: &Hit<'_>) -> bool {
    let mut words = hit.after().split_whitespace();
    let at = words.next().is_some_and(|word| word == "at");
    let about = |word: &&str| matches!(*word, "about" | "around");
    let hour = words.find(|word| !about(word)).unwrap_or_default();
    at && (is_number_word(Key::of(hour)) || hour.starts_with(|c: char| c.is_ascii_digit()))
}

/// What is handed over, or wanted, `for the second` is a thing.
fn is_for(hit: &Hit<'_>) -> bool {
    let before = hit.before().trim_end().trim_end_matches("the").trim_end();
    before.rsplit(' ').next() == Some("for")
}

fn may_follow(next: &str) -> bool {
    next.is_empty() || AFTER_A_DAY.lists(next)
}

/// Whether what was done that day follows, and by whom or where: `on the 12th [fixed by]
/// the plumber`, but not `on the third needed oxygen`.
fn is_done(hit: &Hit<'_>) -> bool {
    const SHORTEST: usize = 5;
    const THEN: Words = words!["and", "at", "by", "for", "from", "in", "to", "with"];
    let mut words = hit.after().split_whitespace();
    let done = |word: &str| word.len() >= SHORTEST && word.ends_with("ed");
    words.next().is_some_and(done) && words.next().is_none_or(|word| THEN.lists(word))
}

/// The word after the day and the days named with it: `the 4th, the 5th and
/// the sixth [at]`; empty where the sentence ends.
fn word_after_list<'a>(hit: &Hit<'a>) -> &'a str {
    const JOINTS: Words = words!["and", "or", "the", "thirty", "through", "to", "twenty"];
    let mut words = hit.after().split(' ').filter(|word| !word.is_empty());
    let mut next = words.next().unwrap_or_default();
    if !hit.after().starts_with(' ') {
        return "";
    }
    let first = next;
    let mut listed = false;
    for _ in 0..LONGEST_LIST {
        if value_of(Key::of(next)).is_some() {
            listed = true;
        } else if !JOINTS.lists(next) {
            break;
        }
        match words.next() {
            Some(word) => next = word,
            None => return "",
        }
    }
    let next = if listed { next } else { first };
    next.trim_end_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::domain::Category::Date;

    #[test]
    fn days_of_the_month() {
        check("on the 22nd please", &[("22nd", Date)]);
        check("30th we hand over the flat", &[("30th", Date)]);
        check("how about the sixteenth", &[("sixteenth", Date)]);
        check(
            "i have the twelfth and the twenty sixth all at ten",
            &[("twelfth", Date), ("twenty sixth", Date)],
        );
        check(
            "the eighteenth doesn't work for him",
            &[("eighteenth", Date)],
        );
        check(
            "tue the 3rd or fri the 6th with her",
            &[("3rd", Date), ("6th", Date)],
        );
        check("it is due on the first.", &[("first", Date)]);
        check(
            "from ninth to twelfth please",
            &[("ninth", Date), ("twelfth", Date)],
        );
        check("the nineteenth.", &[("nineteenth", Date)]);
        check(
            "the twenty second instead of the nineteenth",
            &[("twenty second", Date), ("nineteenth", Date)],
        );
        check("not since the second", &[("second", Date)]);
        check("she stopped it the eighteenth", &[("eighteenth", Date)]);
        check("checking out the sixth", &[("sixth", Date)]);
        check(
            "they said the ninth before but now it's the second",
            &[("ninth", Date), ("second", Date)],
        );
        check("echo on the eighth comma return", &[("eighth", Date)]);
        check("i was in the e r the tenth at night", &[("tenth", Date)]);
        check("i saw her the twelfth and she knew", &[("twelfth", Date)]);
        check(
            "the scan on the nineteenth showed it",
            &[("nineteenth", Date)],
        );
        check(
            "what about the thirteenth that's hers",
            &[("thirteenth", Date)],
        );
        check("born on the second at four fifteen", &[("second", Date)]);
        check("on the eighth fixed by the plumber", &[("eighth", Date)]);
        check("fourteenth of last month", &[("fourteenth", Date)]);
        check(
            "is sunday twenty first okay",
            &[("sunday", Date), ("twenty first", Date)],
        );
    }

    #[test]
    fn places_in_an_order_are_no_days() {
        for text in [
            "on the first visit",
            "the 5th metatarsal",
            "between the fourth and fifth rib",
            "on the third floor",
            "do the second one",
            "the fourth toe is numb",
            "i have the third one here",
            "4th grade",
            "the fourth to fifth metacarpal",
            "the second",
            "thirty for the first and forty for the second",
            "henry the eighth",
            "the fifteenth floor",
            "they said the fifth rib",
            "on the sixteenth visit",
            "he is on the twentieth percentile",
            "now it's the third finger",
            "i said the first thing",
            "it hurts there the fifth toe",
            "he was out on the second at bat",
            "on the third needed oxygen",
            "pain on the fourth radiated up",
            "on the thirteenth rib",
            "on the fifteenth question",
        ] {
            check(text, &[]);
        }
    }
}
