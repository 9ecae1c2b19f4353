//! Runs of digits and letters that identify by their shape alone, whatever
//! they are: the net under the detectors that know a kind.

mod plain;
mod short;

use std::ops::Range;

use crate::deid::document::{DocTurn, Document, TokenKind};
use crate::deid::finding::{Finding, Strength};
use crate::deid::spoken::is_test;
use crate::deid::word::{Words, words};
use crate::domain::{Category, Role, TurnKind};

use super::measures::names_measure;
use super::units::{is_amount_word, is_price, is_quantity, is_unit};
use super::value::{
    Chunk, Value, chunk, is_after_form, is_function_word, is_label, is_measured, is_stray_article,
    is_year, pieces, read,
};

use plain::{
    are_counts, are_steps, is_counting, is_diagnosis, is_digits, is_dimension, is_idiom, is_list,
    is_version,
};

/// The rules of what a turn says alone, or beside a word or two.
pub(super) const ALONE: &str = "alone";
pub(super) const BESIDE: &str = "beside";

/// Finds identifiers of no known kind.
#[derive(Debug)]
pub(crate) struct ShapeDetector;

impl ShapeDetector {
    /// Adds the shapes of fresh turns of `document` to `out`.
    pub(crate) fn detect(&self, document: &Document<'_>, out: &mut Vec<Finding>) {
        for (index, turn) in document.turns.iter().enumerate() {
            if turn.fresh && turn.shape.digits > 0 {
                codes(index, turn, out);
                groups(index, turn, out);
                alone(index, turn, out);
                alternatives(index, turn, out);
            }
        }
    }
}

fn push(turn: usize, span: Range<usize>, rule: &'static str, out: &mut Vec<Finding>) {
    out.push(Finding {
        turn,
        span,
        category: Category::OtherId,
        detector: "shape",
        rule,
        strength: Strength::Possible,
        confidence: 0.7,
    });
}

/// Single chunks: long numbers, letters and digits mixed.
fn codes(index: usize, turn: &DocTurn<'_>, out: &mut Vec<Finding>) {
    let mut at = 0;
    while at < turn.tokens.len() {
        if let Some(span) = short::plate(turn, at) {
            push(index, span, "plate", out);
        } else if short::is_of_card(turn, at) {
            push(index, turn.tokens[at].span.clone(), "last-four", out);
        }
        let Some(chunk) = chunk(turn, at) else {
            at += 1;
            continue;
        };
        at = chunk.tokens.end;
        let text = chunk.text(turn);
        let word = turn.tokens[chunk.tokens.start].kind == TokenKind::Word;
        if word && chunk.tokens.len() == 1 && text.is_ascii()
            || is_after_form(turn, chunk.tokens.start)
        {
            continue;
        }
        if is_number_code(&chunk, turn) || is_ending(&chunk, turn) {
            let first = chunk.tokens.start;
            let led = first > 0 && is_stray_article(turn, first - 1);
            let start = turn.tokens[first - usize::from(led)].span.start;
            push(index, start..chunk.span.end, "digits", out);
        } else if is_mixed_code(text) || is_on_platform(&chunk, turn) {
            push(index, without_key(&chunk, turn), "mixed", out);
        }
    }
}

/// Whether `chunk`, letters and digits, is what somebody is called on a network:
/// `[quillby90] on telegram`.
fn is_on_platform(chunk: &Chunk, turn: &DocTurn<'_>) -> bool {
    const PLATFORMS: Words = words![
        "discord",
        "facebook",
        "insta",
        "instagram",
        "linkedin",
        "reddit",
        "skype",
        "snap",
        "snapchat",
        "steam",
        "telegram",
        "tiktok",
        "twitch",
        "twitter",
        "venmo",
        "whatsapp",
        "xbox",
    ];
    const SHORTEST: usize = 5;
    let text = chunk.text(turn);
    let end = chunk.tokens.end;
    turn.is_of(end, words!["on"])
        && turn.is_of(end + 1, PLATFORMS)
        && text.len() >= SHORTEST
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().any(|b| b.is_ascii_digit())
}

/// The bytes of `chunk` after what it is called: `ref:[kq-771]`.
fn without_key(chunk: &Chunk, turn: &DocTurn<'_>) -> Range<usize> {
    let first = chunk.tokens.start;
    let keyed = chunk.tokens.len() > 2
        && turn.tokens[first].kind == TokenKind::Word
        && turn.word(first + 1) == ":"
        && (is_label(turn.key(first)) || turn.word(first).len() >= 3);
    let start = if keyed {
        turn.tokens[first + 2].span.start
    } else {
        chunk.span.start
    };
    start..chunk.span.end
}

/// Seven digits or more, or five said one by one: `3-8-4-9-2-0`.
fn is_number_code(chunk: &Chunk, turn: &DocTurn<'_>) -> bool {
    let text = chunk.text(turn);
    if text.bytes().any(|b| b.is_ascii_alphabetic())
        || is_quantity(turn.text, chunk.span.end)
        || is_price(turn.text, chunk.span.start)
    {
        return false;
    }
    let groups: Vec<&str> = pieces(text).collect();
    let digits: usize = groups.iter().map(|g| g.len()).sum();
    let decimal = groups.len() == 2 && text.contains('.');
    let single = groups.len() >= 5 && groups.iter().all(|g| g.len() == 1);
    // As British banks number their branches: `30-98-11`, which is no day.
    let sorted = groups.len() == 3
        && groups.iter().all(|g| g.len() == 2)
        && text.matches('-').count() == 2
        && groups.iter().any(|g| *g > "31");
    sorted || single || (digits >= 7 && !decimal && !are_counts(&groups))
}

/// Three or four digits, and at most one letter, with which a longer number is
/// said to end: `rx ending [4417]`, `fax is the same but ends in [0199]`; nothing
/// that ends at a time.
fn is_ending(chunk: &Chunk, turn: &DocTurn<'_>) -> bool {
    const DIGITS: std::ops::RangeInclusive<usize> = 3..=4;
    const TIMES: Words = words![
        "class", "course", "day", "fiscal", "it", "lease", "meeting", "month", "period", "quarter",
        "season", "semester", "session", "shift", "term", "week", "weekend", "year",
    ];
    let first = chunk.tokens.start;
    if first == 0 || turn.tokens[first].kind != TokenKind::Number {
        return false;
    }
    let text = chunk.text(turn);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    let linked = turn.is_of(first - 1, words!["in", "with"]);
    let Some(ends) = (first - 1).checked_sub(usize::from(linked)) else {
        return false;
    };
    DIGITS.contains(&digits)
        && (rest.is_empty() || rest.len() == 1 && rest.as_bytes()[0].is_ascii_alphabetic())
        && turn.is_of(ends, words!["ending", "ends"])
        && !(ends > 0 && turn.is_of(ends - 1, TIMES))
        && (linked || !is_year(text))
        && !is_quantity(turn.text, chunk.span.end)
}

/// Letters and digits in one piece, with three digits at least: `r472348`,
/// not `covid-19`, `100mg/5ml` or `b12`.
fn is_mixed_code(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let alphanumeric = text.chars().filter(|c| c.is_alphanumeric()).count();
    let mixed = |piece: &str| {
        piece.bytes().any(|b| b.is_ascii_digit())
            && piece.bytes().any(|b| b.is_ascii_alphabetic())
            && !is_measured(piece)
    };
    let lettered = text.chars().any(char::is_alphabetic);
    let numbered = lettered && pieces(text).any(|p| p.len() >= 5 && is_digits(p));
    let prefixed = digits >= 5 && is_prefixed(text);
    if is_dimension(text) || is_diagnosis(text) {
        return false;
    }
    digits >= 3 && alphanumeric >= 6 && (pieces(text).any(mixed) || numbered || prefixed)
}

/// Capitals and numbers that hyphens or slashes join: `C-4410-22`, `2209/114-B`.
fn is_prefixed(text: &str) -> bool {
    const LONGEST: usize = 4;
    let capitals = |group: &str| {
        (1..=LONGEST).contains(&group.len()) && group.bytes().all(|b| b.is_ascii_uppercase())
    };
    let groups = || text.split(['-', '/']);
    let lettered = groups().filter(|group| capitals(group)).count();
    let numbered = |group: &str| !group.is_empty() && is_digits(group);
    lettered == 1
        && groups().all(|group| capitals(group) || numbered(group))
        && [groups().next(), groups().next_back()]
            .into_iter()
            .flatten()
            .any(capitals)
}

/// Numbers apart: `3698 1025 7896 4521`, `8 4 3 1 8 9 3`.
fn groups(index: usize, turn: &DocTurn<'_>, out: &mut Vec<Finding>) {
    let mut at = 0;
    while at < turn.tokens.len() {
        let end = (at..turn.tokens.len())
            .take_while(|&i| {
                turn.tokens[i].kind == TokenKind::Number && (i == at || is_spaced(turn, i))
            })
            .count()
            + at;
        if end > at + 1 && is_grouped_code(turn, at..end) {
            let span = turn.tokens[at].span.start..turn.tokens[end - 1].span.end;
            push(index, span, "groups", out);
        }
        at = end.max(at + 1);
    }
}

fn is_spaced(turn: &DocTurn<'_>, i: usize) -> bool {
    turn.tokens[i].span.start == turn.tokens[i - 1].span.end + 1
}

fn is_grouped_code(turn: &DocTurn<'_>, tokens: Range<usize>) -> bool {
    let groups: Vec<&str> = tokens.clone().map(|i| turn.word(i)).collect();
    let digits: usize = groups.iter().map(|g| g.len()).sum();
    let blocks = groups.iter().all(|g| (3..=6).contains(&g.len()))
        && groups.iter().any(|g| g.len() >= 4)
        && digits >= 9;
    let single = groups.len() >= 6 && groups.iter().all(|g| g.len() == 1) && !is_counting(&groups);
    (blocks || single)
        && !are_counts(&groups)
        && !is_quantity(turn.text, turn.tokens[tokens.end - 1].span.end)
        && !is_price(turn.text, turn.tokens[tokens.start].span.start)
}

/// A turn that is codes and hardly more answers a question, asked or not:
/// `4417`, `sorry, 4417 or 4471`, `dover and 19901`; what is pressed on a
/// telephone is one beyond a menu's choice.
fn alone(index: usize, turn: &DocTurn<'_>, out: &mut Vec<Finding>) {
    let mut values = Vec::new();
    let mut words = 0;
    let mut at = 0;
    while at < turn.tokens.len() {
        if let Some(value) = read(turn, at) {
            at = value.next;
            values.push(value);
            continue;
        }
        if turn.tokens[at].kind != TokenKind::Mark && !is_aside(turn, at) {
            words += 1;
            if words > MOST_WORDS || !may_stand_beside(turn, at) {
                return;
            }
        }
        at += 1;
    }
    let rule = if words == 0 { ALONE } else { BESIDE };
    // Several numbers beside a word are what the word counts.
    let lettered = |value: &Value| {
        let text = &turn.text[value.span.clone()];
        text.bytes().any(|b| b.is_ascii_alphabetic()) || !text.contains(' ')
    };
    for value in values {
        let beside = || lettered(&value) && !is_idiom(&turn.text[value.span.clone()]);
        if is_answer(turn, &value) && (words == 0 || beside()) {
            push(index, value.span, rule, out);
        }
    }
}

/// Two codes, one of which it is: `it's either 4417 or 7720`.
fn alternatives(index: usize, turn: &DocTurn<'_>, out: &mut Vec<Finding>) {
    for at in 1..turn.tokens.len().saturating_sub(1) {
        if !turn.is_of(at, words!["or"]) {
            continue;
        }
        let number = |i: usize| turn.tokens[i].kind == TokenKind::Number;
        let either = at > 1 && turn.word(at - 2).eq_ignore_ascii_case("either");
        if !(either && number(at - 1) && number(at + 1)) {
            continue;
        }
        let values: Vec<Value> = [at - 1, at + 1]
            .into_iter()
            .filter_map(|i| read(turn, i).filter(|value| is_answer(turn, value)))
            .collect();
        if values.len() == 2 {
            let spans = values.into_iter().map(|value| value.span);
            spans.for_each(|span| push(index, span, "either", out));
        }
    }
}

/// Most words beside the codes of an answer: a name, a town.
const MOST_WORDS: usize = 3;

/// Whether the word at token `i` may be a name or a town beside a code that a
/// customer gives, and says nothing of what the number counts.
fn may_stand_beside(turn: &DocTurn<'_>, i: usize) -> bool {
    let word = turn.word(i);
    matches!(turn.role, Role::User | Role::Other)
        && turn.tokens[i].kind == TokenKind::Word
        && !is_function_word(word)
        && !is_amount_word(turn.key(i))
        && !is_unit(turn.key(i))
        && !names_measure(turn, i)
        && !turn.is_of(i, TALK)
}

/// Words of sentences, which are no answers.
const TALK: Words = words![
    "been", "every", "from", "have", "need", "only", "over", "since", "take", "taken", "takes",
    "than", "there", "today", "took", "under", "until", "walked", "weighs", "were", "with",
];

fn is_aside(turn: &DocTurn<'_>, i: usize) -> bool {
    const ASIDES: Words = words![
        "a", "and", "it", "it's", "its", "no", "oh", "ok", "okay", "or", "please", "reads", "says",
        "sorry", "sure", "thanks", "uh", "um", "well", "yeah", "yep", "yes"
    ];
    turn.is_of(i, ASIDES)
}

fn is_answer(turn: &DocTurn<'_>, value: &Value) -> bool {
    let text = &turn.text[value.span.clone()];
    if turn.kind == TurnKind::Dtmf {
        return value.digits >= 3;
    }
    let counted = is_year(text)
        || text.ends_with("00")
        || text.contains(['/', ':'])
        || is_list(text)
        || is_dimension(text)
        || is_version(text)
        || are_steps(text);
    let groups = pieces(text).count();
    let length = text.chars().filter(|c| c.is_alphanumeric()).count();
    let spelled = length > value.digits && length >= 5 && (value.digits >= 3 || groups >= 3);
    let test = text.split(' ').next().is_some_and(is_test);
    (value.digits >= 4 || spelled) && !counted && !test && turn.role != Role::Tool
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::tests::conversation;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let raw = conversation(&[text]);
        let mut found = Vec::new();
        ShapeDetector.detect(&Document::new(&raw), &mut found);
        let found: Vec<_> = found.iter().map(|f| &text[f.span.clone()]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn codes_are_known_by_their_shape() {
        check("it was 9300417 i think", &["9300417"]);
        check("that is 4-4-1-7-0 yes", &["4-4-1-7-0"]);
        check("the code ab-44170 is here", &["ab-44170"]);
        check("see x9k2771 for it", &["x9k2771"]);
        check("it is 30-98-11 please", &["30-98-11"]);
        check("dob:12121987 and ref:kq-77100", &["12121987", "kq-77100"]);
        check("on 4417 2209 1173 8890 ok", &["4417 2209 1173 8890"]);
        check("so 4 4 1 7 0 9 then", &["4 4 1 7 0 9"]);
        check("4417", &["4417"]);
        check("sorry, 4417 or 4471", &["4417", "4471"]);
        check("rf 67 h 5", &["rf 67 h 5"]);
        check("dover and 19901", &["19901"]);
        check("i know it is either 4417 or 7720", &["4417", "7720"]);
        check("ann lee kq 771", &["kq 771"]);
        check("i'm quillby90 on telegram", &["quillby90"]);
        check("the fax is same but ends 0199", &["0199"]);
        check("is it the rx ending in 4417 ok", &["4417"]);
        check("it is the one ending 771k you know", &["771k"]);
    }

    #[test]
    fn counts_measures_and_names_of_things_are_not() {
        for text in [
            "sugars were 120 135 140 150 today",
            "platelets of 150000-400000 there",
            "a million is 1000000",
            "from 2019-2020 or 2019 2020 2021",
            "covid-19 and b12 and h1n1 and a1c",
            "100mg/5ml from 8am-12pm",
            "10000000 units of it",
            "pi is 3.14159265",
            "1 2 3 4 5 6 breathe",
            "2019",
            "500",
            "120/80",
            "1:00pm please",
            "l4 l5",
            "raised it by 40-50-60 mg",
            "coded as I69.354 here",
            "it was e11.65 and j45.909",
            "ios 17.4.1",
            "10 9 8 7",
            "it is model xr5001 or error code 0x80070057",
            "cpt 9711001 and 9714001",
            "on form DS-3053 please",
            "up to 22x14x9 or 1920x1080",
            "age 34",
            "i ran 4512 of them",
            "total 4512",
            "maybe about 1450",
            "a 5050 chance",
            "145, 152, 160",
            "it is either 1500 or 2000 a day",
            "it is either 2019 or 2020 i think",
            "the shift ends 1130 today",
            "for the year ending 2024 now",
            "the pain is ending 100 days in",
        ] {
            check(text, &[]);
        }
    }
}
