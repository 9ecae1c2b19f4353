//! Names that are ordinary words, or in no list, where what is said around them
//! is said of persons only: who is told something, who is named beside another.

use std::ops::Range;

use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, says, words};

use super::cue::Slot;
use super::reach::name_end;
use super::slot::{ends_phrase, is_auxiliary, is_end_or_mark};
use super::standing::{Standing, standing};

/// Whether somebody is told, asked or thanked by the name that is token `i`:
/// `let [sunny] know`, `tell [art] that`, `will [fern] be able`.
pub(super) fn is_told(turn: &ReadTurn<'_>, i: usize) -> bool {
    if i == 0 || is_sought(turn, i) {
        return i > 0;
    }
    if !may_be_name(turn, i) {
        // A word that is few people's name.
        return is_seldom_name(turn, i) && (is_asked_age(turn, i) || is_described(turn, i));
    }
    is_object(turn, i)
        || is_asked_of(turn, i)
        || is_asked_who(turn, i)
        || is_asked_age(turn, i)
        || is_described(turn, i)
}

/// Whether token `i` is a word after which few are called: `story`, `marigold`.
fn is_seldom_name(turn: &ReadTurn<'_>, i: usize) -> bool {
    let classes = turn.classes(i);
    standing(classes) == Standing::Word
        && classes.given() >= 1
        && classes.commonness() <= SELDOM
        && !classes.any(OTHER)
}

/// How common a word is at most that few are called after.
const SELDOM: u32 = 6;

/// Whether it is asked how old token `i` is: `how old is [wren]`.
fn is_asked_age(turn: &ReadTurn<'_>, i: usize) -> bool {
    i > 2
        && says!(turn, i - 1, "is" | "was")
        && says!(turn, i - 2, "old")
        && says!(turn, i - 3, "how")
        && (is_end_or_mark(turn, i + 1) || says!(turn, i + 1, "again" | "and" | "now"))
}

/// Whether an age and a sex stand before token `i`, and it begins a name of two
/// words: `a sixty year old man [quill ostrander]`.
pub(super) fn is_described(turn: &ReadTurn<'_>, i: usize) -> bool {
    const SEX: Words = words![
        "boy",
        "female",
        "gentleman",
        "girl",
        "lady",
        "male",
        "man",
        "woman",
    ];
    const OLD: Words = words!["old", "yo"];
    const NEAR: usize = 4;
    SEX.has(turn.key(i - 1))
        && (i.saturating_sub(NEAR)..i - 1).any(|k| OLD.has(turn.key(k)))
        && name_end(turn, i, Slot::Title) > i + 1
}

fn is_object(turn: &ReadTurn<'_>, i: usize) -> bool {
    const TOLD: Words = words![
        "about", "he", "i", "i'm", "i've", "it", "it's", "not", "she", "thanks", "that", "to",
        "we", "we're",
    ];
    const ASKED: Words = words![
        "about", "for", "he's", "if", "she's", "that's", "to", "what", "when", "whether"
    ];
    const CAUSED: Words = words![
        "bring", "call", "check", "come", "drive", "drop", "email", "fax", "give", "pick", "ring",
        "send", "sign", "text",
    ];
    let after = turn.key(i + 1);
    says!(turn, i - 1, "let") && says!(turn, i + 1, "know")
        || says!(turn, i - 1, "tell" | "remind") && TOLD.has(after)
        || says!(turn, i - 1, "ask") && ASKED.has(after)
        || says!(turn, i - 1, "have") && CAUSED.has(after)
        || says!(turn, i - 1, "thank") && says!(turn, i + 1, "for")
}

/// Whether a question begins right before token `i` that is of a person.
fn is_asked_of(turn: &ReadTurn<'_>, i: usize) -> bool {
    const ASKS: Words = words!["can", "could", "did", "does", "should", "will", "would"];
    const DOES: Words = words![
        "always", "be", "bring", "call", "check", "come", "do", "draw", "drive", "drop", "email",
        "ever", "fax", "feel", "give", "go", "have", "help", "hurt", "know", "like", "live",
        "mail", "need", "order", "pick", "refill", "ring", "see", "send", "sign", "sleep", "speak",
        "still", "take", "talk", "text", "usually", "want", "work", "write",
    ];
    const FIRST: Words = words![
        "also", "and", "but", "fine", "great", "hi", "ok", "okay", "or", "please", "pls", "so",
        "then", "well", "!", ",", ".", "?"
    ];
    let first = || i == 1 || FIRST.has(turn.key(i - 2));
    let rare = matches!(
        standing(turn.classes(i)),
        Standing::Unlisted | Standing::Rare
    );
    ASKS.has(turn.key(i - 1))
        && first()
        && DOES.has(turn.key(i + 1))
        && (turn.classes(i).given() >= 3 || rare)
}

/// Whether somebody is asked whether they are token `i`: `hello is this [hope]`.
fn is_sought(turn: &ReadTurn<'_>, i: usize) -> bool {
    i > 1
        && says!(turn, i - 1, "this")
        && says!(turn, i - 2, "is")
        && is_end_or_mark(turn, i + 1)
        && turn.classes(i).given() >= 3
        && !turn.classes(i).any(OTHER)
}

/// Whether it is asked of token `i` who they are: `is [storm] a man`.
fn is_asked_who(turn: &ReadTurn<'_>, i: usize) -> bool {
    const WHO: Words = words![
        "boy",
        "doctor",
        "fella",
        "gentleman",
        "girl",
        "guy",
        "he",
        "lady",
        "man",
        "nurse",
        "one",
        "she",
        "tech",
        "woman",
    ];
    says!(turn, i - 1, "is" | "was")
        && says!(turn, i + 1, "a" | "the")
        && WHO.has(turn.key(i + 2))
        && turn.classes(i).given() >= 2
}

/// What is called so is seldom a person.
pub(super) const OTHER: Classes = Classes::CALENDAR
    .with(Classes::STATE)
    .with(Classes::COUNTRY)
    .with(Classes::BRAND)
    .with(Classes::DRUG)
    .with(Classes::FACILITY);

/// Whether token `i` may be a person's name where nothing but the context says
/// so.
fn may_be_name(turn: &ReadTurn<'_>, i: usize) -> bool {
    let classes = turn.classes(i);
    turn.is_word(i)
        && !turn.is_letter(i)
        && !classes.any(OTHER)
        && match standing(classes) {
            Standing::Name | Standing::Rare => true,
            Standing::Ambiguous => classes.given() >= 1 && !is_auxiliary(turn.word(i)),
            Standing::Unlisted => turn.word(i).len() > 3,
            Standing::Never | Standing::Word => false,
        }
}

/// Whether the name that is token `i` stands beside another that hardly is
/// anything else: `michael or [grace]`, `[hope] and michael`.
pub(super) fn is_beside_name(turn: &ReadTurn<'_>, i: usize) -> bool {
    const JOINTS: Words = words!["and", "or"];
    let sure = |k: usize| {
        let classes = turn.classes(k);
        standing(classes) == Standing::Name && classes.given() >= 3
    };
    let classes = turn.classes(i);
    let may = may_be_name(turn, i) && classes.given() >= 3 && classes.commonness() <= 6;
    let second = i > 1 && JOINTS.has(turn.key(i - 1)) && sure(i - 2) && ends_phrase(turn, i);
    let alone = i == 0 || turn.classes(i - 1).any(Classes::STOP) || is_end_or_mark(turn, i - 1);
    let first = alone && JOINTS.has(turn.key(i + 1)) && sure(i + 2);
    may && (second || first) || is_second_written(turn, i)
}

/// Whether token `i` ends what is said and is a name by its capital and by the one
/// before it: `to Grace and [Mark]`.
fn is_second_written(turn: &ReadTurn<'_>, i: usize) -> bool {
    i > 1
        && says!(turn, i - 1, "and" | "&")
        && turn.is_proper(i)
        && turn.is_capital(i - 2)
        && !turn.is_all_capitals(i)
        && turn.classes(i - 2).given() >= 4
        && turn.classes(i).given() >= 3
        && !turn.classes(i).any(OTHER)
        && !turn.classes(i - 2).any(OTHER)
        && is_end_or_mark(turn, i + 1)
}

/// Several persons who are somebody's.
const SEVERAL: Words = words![
    "boys",
    "brothers",
    "children",
    "cousins",
    "daughters",
    "girls",
    "grandchildren",
    "grandkids",
    "kids",
    "nephews",
    "nieces",
    "parents",
    "sisters",
    "sons",
    "twins",
];

/// Most names of several persons.
const MOST_NAMES: usize = 6;

/// The names that follow the word for several persons at token `i`: `my kids
/// [destiny] and [king]`, `the twins, [rose] and [ivy]`, `3 kids [odra] [wren] and [king]`.
pub(super) fn several(turn: &ReadTurn<'_>, i: usize) -> Vec<Range<usize>> {
    const PASSED: Words = words!["are", "called", "named", "there's", "uh", "um", ",", ":"];
    if !SEVERAL.has(turn.key(i)) {
        return Vec::new();
    }
    let comma = |k: usize| turn.is_mark(k, ",");
    let passed = |k: usize| PASSED.has(turn.key(k)) || comma(k) || turn.is_mark(k, ":");
    let Some(first) = (i + 1..turn.len().min(i + 4)).find(|&k| !passed(k)) else {
        return Vec::new();
    };
    let named = |k: usize| may_be_name(turn, k) && !turn.classes(k).any(Classes::STOP);
    let mut names = Vec::new();
    let mut at = first;
    while names.len() < MOST_NAMES && named(at) {
        names.push(at..at + 1);
        at += 1 + usize::from(comma(at + 1));
    }
    let last = at + 1;
    let starts = || names.iter().map(|name| name.start).chain([last]);
    let given = || starts().any(|k| turn.classes(k).given() >= 3);
    // `my cousins [odra] and [zolvani]`: no words, and one at least is somebody's name.
    let rare = || {
        let standings = || starts().map(|k| standing(turn.classes(k)));
        standings().all(|s| matches!(s, Standing::Name | Standing::Rare | Standing::Unlisted))
            && standings().any(|s| s >= Standing::Rare)
    };
    // `jun jun`
    let end = last + 1 + usize::from(turn.key(last) == turn.key(last + 1));
    let whole = !names.is_empty()
        && says!(turn, at, "and")
        && named(last)
        && (given() || rare())
        && (ends_phrase(turn, end - 1) || end > last + 1);
    if !whole {
        return Vec::new();
    }
    names.push(last..end);
    names
}
