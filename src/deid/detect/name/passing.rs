//! Persons named in passing by a word that is a name too: who is at the bedside,
//! for whom a message is, what somebody is called, whom a title is said to.

use std::ops::Range;

use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, words};

use super::slot::{is_auxiliary, is_end_or_mark};
use super::standing::{Standing, standing};

/// Who may be called something.
const PERSONS: Words = words![
    "aide",
    "baby",
    "boy",
    "doctor",
    "friend",
    "gentleman",
    "girl",
    "guy",
    "he's",
    "kid",
    "lady",
    "man",
    "nurse",
    "she's",
    "therapist",
    "woman",
];

/// How far before `called` stands whom it is said of: `a lady from the agency
/// called`.
const REACH: usize = 6;

/// The name that begins at token `i`, and the rule that says so.
pub(super) fn name_at(turn: &ReadTurn<'_>, i: usize) -> Option<(Range<usize>, &'static str)> {
    const BEFORE: Words = words!["at", "call", "called", "for", "from", "in", "near", "to"];
    let opens = |k: usize| BEFORE.has(turn.key(k)) || turn.classes(k).any(Classes::KIN);
    if i == 0 || !opens(i - 1) || turn.is_letter(i) || !turn.is_word(i) {
        return None;
    }
    let rule = if is_at_bedside(turn, i) {
        "kinship"
    } else if is_sent_to(turn, i) {
        "file-of"
    } else if is_called(turn, i) {
        "called"
    } else if is_host(turn, i) {
        "told"
    } else {
        return None;
    };
    Some((i..i + 1, rule))
}

/// Whether token `i`, after a title, is whoever is addressed by it, a word though
/// it be: nothing else is a `mrs`, and what an aunt's name has is hers.
pub(super) fn is_addressed(turn: &ReadTurn<'_>, i: usize) -> bool {
    const COURTESIES: Words = words!["mister", "missus", "mr", "mrs", "ms"];
    const RELATIVES: Words = words!["aunt", "auntie", "uncle"];
    let title = i.checked_sub(1 + usize::from(i > 1 && turn.is_mark(i - 1, ".")));
    let Some(title) = title else { return false };
    let classes = turn.classes(i);
    let named = classes.given() >= 1 || classes.family() >= 1;
    let next = turn.classes(i + 1);
    let surname = next.family() >= 2
        && (standing(next) > Standing::Word || next.any(Classes::CLINICAL))
        && !next.any(Classes::STOP);
    let doctor = matches!(turn.word(title), "doctor" | "dr")
        && classes.given() >= 2
        && surname
        && !is_auxiliary(turn.word(i));
    COURTESIES.has(turn.key(title))
        || RELATIVES.has(turn.key(title)) && classes.any(Classes::POSSESSIVE) && named
        || doctor
}

/// Whether a relative who is there is token `i`: `seen with daughter [hyacinth] at
/// bedside`, `wife [ivy] is present`.
fn is_at_bedside(turn: &ReadTurn<'_>, i: usize) -> bool {
    let there = match turn.word(i + 1) {
        "at" => matches!(
            (turn.word(i + 2), turn.word(i + 3)),
            ("bedside", _) | ("the" | "his" | "her", "bedside")
        ),
        "is" | "was" => matches!(turn.word(i + 2), "present" | "accompanying"),
        "present" => true,
        _ => false,
    };
    there && turn.classes(i - 1).any(Classes::KIN) && turn.classes(i).given() >= 1
}

/// Whether what is sent, left or kept is for token `i`: `a reminder for [penny] of
/// your visit`, `a message for [grace] about`.
fn is_sent_to(turn: &ReadTurn<'_>, i: usize) -> bool {
    const SENT: Words = words![
        "message",
        "messages",
        "package",
        "reminder",
        "results",
        "voicemail"
    ];
    const NEXT: Words = words!["about", "of", "please", "that", "this"];
    i > 1
        && turn.word(i - 1) == "for"
        && SENT.has(turn.key(i - 2))
        && turn.classes(i).given() >= 2
        && !turn.classes(i).any(OTHER.with(Classes::TITLE))
        && (is_end_or_mark(turn, i + 1) || NEXT.has(turn.key(i + 1)))
}

/// Whether somebody is called token `i`: `a lady from the agency called
/// [blessing]`, `this guy they call [moose]`.
fn is_called(turn: &ReadTurn<'_>, i: usize) -> bool {
    let called = match turn.word(i - 1) {
        "called" => true,
        "call" => i > 1 && turn.word(i - 2) == "they",
        _ => false,
    };
    let classes = turn.classes(i);
    called
        && is_end_or_mark(turn, i + 1)
        && (classes.given() >= 2 || classes.family() >= 2 || classes.is_unlisted())
        && !classes.any(OTHER)
        && !classes.any(Classes::STOP)
        && (i.saturating_sub(REACH)..i - 1).any(|k| PERSONS.has(turn.key(k)))
}

/// Whether somebody was at token `i`'s: `he was at [jasper's] house`.
fn is_host(turn: &ReadTurn<'_>, i: usize) -> bool {
    const AT: Words = words!["at", "from", "in", "near", "to"];
    const THEIRS: Words = words![
        "apartment",
        "birthday",
        "funeral",
        "house",
        "party",
        "wedding"
    ];
    let classes = turn.classes(i);
    AT.has(turn.key(i - 1))
        && THEIRS.has(turn.key(i + 1))
        && classes.any(Classes::POSSESSIVE)
        && classes.given() >= 2
        && !classes.any(OTHER)
        && !classes.any(Classes::STOP)
}

/// What is called so is seldom a person.
const OTHER: Classes = Classes::CALENDAR
    .with(Classes::STATE)
    .with(Classes::COUNTRY)
    .with(Classes::BRAND)
    .with(Classes::DRUG)
    .with(Classes::FACILITY);

#[cfg(test)]
mod tests {
    use crate::deid::detect::name::tests;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        tests::check(&[text], expected);
    }

    #[test]
    fn words_are_names_where_a_person_is_meant() {
        check("empty since old mrs tansy went", &["tansy"]);
        check("aunt birdie's driving up", &["birdie"]);
        check(
            "letter to doctor prudence ogilvie about it",
            &["prudence ogilvie"],
        );
        check("the team needs a copy coach delacroix", &["delacroix"]);
        check("seen with daughter hyacinth at bedside", &["hyacinth"]);
        check("a reminder for penny of your visit", &["penny"]);
        check("a lady from the agency called blessing", &["blessing"]);
        check("and this guy they call moose", &["moose"]);
        check("he was at jasper's house", &["jasper"]);
    }

    #[test]
    fn other_words_there_are_none() {
        for text in [
            "a reminder for lunch of the day",
            "results for may are in",
            "a message for doc please",
            "the lady from the lab called back",
            "the nurse says they call monday",
            "she is a doctor of hope",
            "the doctor will look",
            "the doctor may call you",
            "my daughter will be present",
        ] {
            check(text, &[]);
        }
    }
}
