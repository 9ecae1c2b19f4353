//! Who is asked for, reached, given something or told of by what they are.

use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, says, words};
use crate::domain::Role;

use crate::deid::detect::name::kindred::WHOSE;
use crate::deid::detect::name::slot::is_end_or_mark;
use crate::deid::detect::name::told::OTHER;

use super::{OF_THINGS, follows_article};

/// Whether token `i` is whom to ask for: `ask for [des] or`.
pub(super) fn is_asked_for(turn: &ReadTurn<'_>, i: usize) -> bool {
    const ASKED: Words = words!["ask", "asked", "asking", "asks"];
    const NEXT: Words = words![
        "and", "at", "he", "he's", "if", "in", "on", "or", "she", "she's", "that's", "when"
    ];
    i > 1
        && says!(turn, i - 1, "for")
        && ASKED.has(turn.key(i - 2))
        && (is_end_or_mark(turn, i + 1) || NEXT.has(turn.key(i + 1)))
}

/// Whether somebody's work is done by another, and token `i` is either: `covering
/// [faith] until`, `i'm filling in for [odra]`.
pub(super) fn is_covered_for(turn: &ReadTurn<'_>, i: usize) -> bool {
    let before = |back: usize| i.checked_sub(back).map_or("", |k| turn.word(k));
    let next = is_end_or_mark(turn, i + 1)
        || says!(
            turn,
            i + 1,
            "and"
                | "at"
                | "but"
                | "i"
                | "on"
                | "so"
                | "this"
                | "today"
                | "tonight"
                | "until"
                | "while"
        );
    let covers = matches!(before(1), "covering")
        || before(1) == "for" && matches!(before(2), "cover" | "covered" | "covering")
        || before(1) == "for"
            && before(2) == "in"
            && matches!(before(3), "filling" | "standing" | "sitting")
        || before(1) == "to"
            && matches!(before(2), "over" | "through")
            && matches!(before(3), "call" | "her" | "him" | "you")
            && turn.turn.role == Role::Agent
        || matches!((before(2), before(1)), ("over", "to" | "from"))
            && matches!(
                before(3),
                "handed" | "handing" | "took" | "taken" | "taking"
            );
    covers && next
}

/// Whether something was given to token `i`, of whom it is said where they work: `i handed
/// it to [fern] at the counter`.
pub(super) fn is_handed(turn: &ReadTurn<'_>, i: usize) -> bool {
    const NOBODY: Words = words!["charity"];
    const GIVES: Words = words!["gave", "give", "given", "handed", "left", "sent"];
    const WHAT: Words = words!["him", "it", "that", "them", "this"];
    const WHERE: Words = words!["at", "from", "in", "on", "she", "he", "who"];
    i > 2
        && says!(turn, i - 1, "to" | "with")
        && WHAT.has(turn.key(i - 2))
        && GIVES.has(turn.key(i - 3))
        && WHERE.has(turn.key(i + 1))
        && !NOBODY.has(turn.key(i))
}

/// Whether token `i` was told or asked something by whatever means: `we phoned
/// [zolvani] about it`.
pub(super) fn is_reached(turn: &ReadTurn<'_>, i: usize) -> bool {
    const REACHES: Words = words![
        "buried", "emailed", "marry", "married", "messaged", "phone", "phoned", "rang", "ring",
        "ringing", "texted", "texting", "visited",
    ];
    i > 0
        && REACHES.has(turn.key(i - 1))
        && (is_end_or_mark(turn, i + 1) || turn.classes(i + 1).any(Classes::STOP))
        // `my phone [zolvani]`, `the ring`
        && !(i > 1 && OF_THINGS.has(turn.key(i - 2)))
}

/// Whether token `i` is said to live or work nearby: `ask if [zolvani] next door has it`.
pub(super) fn is_near(turn: &ReadTurn<'_>, i: usize) -> bool {
    let near = match turn.word(i + 1) {
        "next" => says!(turn, i + 2, "door"),
        "across" | "down" | "up" => {
            says!(turn, i + 2, "the")
                && says!(
                    turn,
                    i + 3,
                    "corridor" | "hall" | "lane" | "landing" | "road" | "street"
                )
        }
        "from" => says!(
            turn,
            i + 2,
            "accounts"
                | "church"
                | "dispatch"
                | "downstairs"
                | "payroll"
                | "reception"
                | "upstairs"
                | "work"
        ),
        _ => false,
    };
    near && !follows_article(turn, i)
}

/// Whether it is said right after token `i` who that is: `[birdie] that's my aunt`.
pub(super) fn is_identified(turn: &ReadTurn<'_>, i: usize) -> bool {
    const IS: Words = words!["that's", "thats", "who's"];
    IS.has(turn.key(i + 1))
        && WHOSE.has(turn.key(i + 2))
        && turn.classes(i + 3).any(Classes::KIN)
        && !follows_article(turn, i)
}

/// Whether it is said right after token `i` what they are: `from [ivy] the vet`.
pub(super) fn is_by_role(turn: &ReadTurn<'_>, i: usize) -> bool {
    const ROLES: Words = words![
        "anaesthetist",
        "carer",
        "cleaner",
        "consultant",
        "counsellor",
        "dietician",
        "dietitian",
        "doctor",
        "driver",
        "girl",
        "guy",
        "gp",
        "hygienist",
        "intern",
        "lady",
        "manager",
        "medic",
        "midwife",
        "nurse",
        "owner",
        "paramedic",
        "pharmacist",
        "physio",
        "plumber",
        "porter",
        "receptionist",
        "registrar",
        "resident",
        "secretary",
        "supervisor",
        "surgeon",
        "tech",
        "technician",
        "therapist",
        "vet",
    ];
    const BEFORE: Words = words![
        "and", "by", "from", "is", "it's", "saw", "to", "was", "with"
    ];
    let role = ROLES.has(turn.key(i + 2))
        || turn.classes(i + 2).any(Classes::KIN)
        || turn.is_word(i + 2) && ROLES.has(turn.key(i + 3));
    i > 0 && says!(turn, i + 1, "the") && role && BEFORE.has(turn.key(i - 1))
}

/// Whether what families and those in care have is said to be token `i`'s: `the
/// [lindquist] twins`.
pub(super) fn is_of_family(turn: &ReadTurn<'_>, i: usize) -> bool {
    const OF: Words = words![
        "admission",
        "baby",
        "boy",
        "boys",
        "case",
        "chart",
        "discharge",
        "estate",
        "family",
        "funeral",
        "girl",
        "girls",
        "household",
        "kids",
        "matter",
        "referral",
        "residence",
        "transfer",
        "twins",
        "wedding",
    ];
    let classes = turn.classes(i);
    i > 0
        && says!(turn, i - 1, "the")
        && OF.has(turn.key(i + 1))
        && classes.family() >= 1
        && !classes.any(OTHER | Classes::CLINICAL)
}
