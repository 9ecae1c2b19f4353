//! Whether a month, a holiday or a season is meant, and no verb or accident.

use super::super::units::is_quantity;
use super::net::starts_digit;
use super::ordinals::AFTER_A_DAY;
use super::{Hit, Verdict};
use crate::deid::word::{Words, words};

/// Words after which `may` and `march` are verbs.
pub(super) const SUBJECTS: Words = words![
    "and", "he", "i", "it", "one", "or", "she", "that", "there", "these", "they", "this", "those",
    "we", "what", "which", "who", "you"
];

fn begins_with_verb(text: &str) -> bool {
    ["may", "march", "mar"].contains(&first_word(text).as_str())
}

fn first_word(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphabetic())
        .collect::<String>()
        .to_ascii_lowercase()
}

pub(super) fn month_day(hit: &Hit<'_>) -> Option<Verdict> {
    let verb = begins_with_verb(hit.found())
        && SUBJECTS.lists(hit.word_before())
        && !follows_day(hit.before())
        && !hit.before().trim_end().ends_with(',')
        && !is_surely_dated(hit.found())
        && !is_capital_at_end(hit);
    let sequence = ["one", "second", "first"].contains(&last_word(hit.found()))
        && begins_with_verb(hit.found())
        && !hit.word_after().is_empty()
        && !AFTER_A_DAY.lists(hit.word_after());
    // `6 [Nov 22]:15`
    let hour = hit.after().starts_with(':') && starts_digit(&hit.after()[1..]);
    hit.when(!verb && !hour && !sequence && !is_quantity(hit.text, hit.span.end) && !is_rate(hit))
}

/// Whether `before` ends with a day's number and what joins another to it: `june 2 and
/// [may 9]`.
fn follows_day(before: &str) -> bool {
    let mut last = before.split_whitespace().rev();
    last.next()
        .is_some_and(|word| words!["and", "or"].lists(word))
        && last
            .next()
            .is_some_and(|word| word.ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether a month with a capital and a number end what is said, as no verb and its
/// object do: `we can see you May 5.`
fn is_capital_at_end(hit: &Hit<'_>) -> bool {
    let after = hit.after().trim_start();
    let ends = after.is_empty() || after.starts_with(['.', '?', '!', ';', ')', '\n']);
    let lower = hit.text.starts_with(|c: char| c.is_lowercase()) || hit.before().len() > 1;
    hit.found().starts_with('M') && lower && (ends || after.starts_with("at "))
}

/// Whether `text` says more than a month's name and a number, as no verb's object
/// does: `may sixth`, `may 21st 1948`.
fn is_surely_dated(text: &str) -> bool {
    let mut said = text.split_whitespace().skip(1);
    let (Some(day), more) = (said.next(), said.next()) else {
        return false;
    };
    let adverb = words!["first", "second", "third"].lists(day);
    let ordinal = ["st", "nd", "rd", "th"]
        .iter()
        .any(|end| day.ends_with(end))
        && !adverb;
    let year = |word: &str| word.len() > 3 && !words!["first", "second", "third"].lists(word);
    ordinal || more.is_some_and(year)
}

/// Whether a rate is said, and no day of April: `apr 21.99`.
fn is_rate(hit: &Hit<'_>) -> bool {
    let decimals = |mark: &str| {
        let rest = hit.after().strip_prefix(mark);
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let april = hit
        .found()
        .get(..3)
        .is_some_and(|m| m.eq_ignore_ascii_case("apr"));
    april && (decimals(".") || hit.word_after().eq_ignore_ascii_case("point"))
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default()
}

pub(super) fn day_month(hit: &Hit<'_>) -> Option<Verdict> {
    let verb = ["may", "march"]
        .iter()
        .any(|m| last_word(hit.found()).eq_ignore_ascii_case(m))
        && !hit.found().to_ascii_lowercase().contains(" of ")
        && words![
            "be", "not", "have", "help", "need", "also", "cause", "take", "make",
        ]
        .lists(hit.word_after());
    hit.when(!verb)
}

pub(super) fn may_or_march(hit: &Hit<'_>) -> Option<Verdict> {
    let verb = words![
        "be", "not", "have", "need", "also", "cause", "or", "i", "you", "help", "want", "still",
        "well",
    ]
    .lists(hit.word_after());
    hit.when(!verb || is_told(hit.after()))
}

/// Whether `after` tells what somebody did: `last may [i had]`, and not `may i have`.
fn is_told(after: &str) -> bool {
    const DID: Words = words![
        "began", "broke", "came", "did", "fell", "felt", "got", "had", "hurt", "lost", "saw",
        "took", "was", "went", "were",
    ];
    let mut said = after.split_whitespace();
    let subject = said
        .next()
        .is_some_and(|word| words!["i", "we"].lists(word));
    subject
        && said
            .next()
            .is_some_and(|word| DID.lists(word) || word.ends_with("ed"))
}

/// A month in short, and not letters that stand for something: `in jan`, not `by
/// OCT`.
pub(super) fn not_capitals(hit: &Hit<'_>) -> Option<Verdict> {
    hit.when(!hit.found().bytes().all(|b| b.is_ascii_uppercase()))
}

/// A month with which a sentence ends: `see you on may.`
pub(super) fn at_end(hit: &Hit<'_>) -> Option<Verdict> {
    let next = hit.after().trim_start().chars().next();
    hit.when(next.is_none_or(|c| matches!(c, '.' | ',' | '?' | '!' | ';')))
}

/// `easter` is a holiday, and so is `eid`, but `may day` needs no help.
pub(super) fn holiday(hit: &Hit<'_>) -> Option<Verdict> {
    let year = first_word(hit.found()) == "new";
    let anew = year && words!["a", "whole"].lists(hit.word_before());
    hit.when(!anew)
}

/// A season, and not an accident: `since your last fall`.
pub(super) fn season(hit: &Hit<'_>) -> Option<Verdict> {
    let fall = last_word(hit.found()).eq_ignore_ascii_case("fall");
    let own = words!["my", "your", "his", "her", "their", "the", "a"];
    let season = hit.when(!(fall && own.lists(hit.word_before())))?;
    // Its year may stay.
    let year = hit.found().find(|c: char| c.is_ascii_digit());
    let name = year.map_or(hit.found(), |at| &hit.found()[..at]);
    let name = name.trim_end().trim_end_matches(" of").trim_end();
    Some(Verdict {
        span: hit.span.start..hit.span.start + name.len(),
        ..season
    })
}

#[cfg(test)]
mod tests {
    use super::super::check;

    #[test]
    fn verbs_are_no_months() {
        for text in [
            "you may 2 or 3 times",
            "it may be that they march on",
            "may i help you",
            "you may first want water",
            "the second may be worse",
        ] {
            check(text, &[]);
        }
    }
}
