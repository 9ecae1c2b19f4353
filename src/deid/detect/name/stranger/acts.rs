//! What people alone do, and whether it is said of a word that may be a name: who signed,
//! who is on leave, who it was.

use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, says, words};

use crate::deid::detect::name::kindred::WHOSE;
use crate::deid::detect::name::slot::{has_ending, is_auxiliary, is_end_or_mark};
use crate::deid::detect::name::told::OTHER;

use super::follows_article;

/// What people alone do, and things or those in general seldom.
const DOES: Words = words![
    "apologized",
    "asked",
    "cried",
    "drove",
    "emailed",
    "forgot",
    "hates",
    "insists",
    "knew",
    "laughed",
    "lives",
    "loves",
    "married",
    "messaged",
    "phoned",
    "promised",
    "rang",
    "reckons",
    "referred",
    "refused",
    "retired",
    "said",
    "says",
    "signed",
    "suggested",
    "swapped",
    "swore",
    "taught",
    "teaches",
    "texted",
    "thinks",
    "thought",
    "told",
    "wants",
    "wanted",
    "wrote",
];

/// Whether token `i` does what people alone do: `on mondays [zolvani] teaches`.
pub(super) fn does(turn: &ReadTurn<'_>, i: usize) -> bool {
    const BEFORE: Words = words!["i", "he", "of", "she", "they", "we", "who", "you"];
    DOES.has(turn.key(i + 1))
        && !follows_article(turn, i)
        && !(i > 0 && BEFORE.has(turn.key(i - 1)))
}

/// Whether a sentence begins with token `i`, a name that few bear, that says what it would
/// do: `[ifeoma] could tell`.
pub(super) fn would(turn: &ReadTurn<'_>, i: usize) -> bool {
    const MODALS: Words = words!["can", "could", "might", "should", "will", "would"];
    const FIRST: Words = words![
        "and", "because", "but", "if", "no", "okay", "or", "so", "then", "well", "yeah", "yes",
        ",", ".", "!", "?",
    ];
    turn.classes(i).given() >= 1
        && MODALS.has(turn.key(i + 1))
        && (i == 0 || FIRST.has(turn.key(i - 1)))
}

/// Whether token `i`, after a word of kinship of which it is said whose it is, does
/// something: `her nephew [zolvani] keeps`, `my uncle [zolvani] driving`.
pub(super) fn is_relative_who(turn: &ReadTurn<'_>, i: usize) -> bool {
    const MORE: Words = words![
        "bought", "brought", "called", "can", "cooks", "denies", "drives", "driving", "gets",
        "gave", "just", "keeps", "looks", "notes", "picked", "picks", "reports", "sent", "speaks",
        "states", "stays", "visits", "would",
    ];
    let does = DOES.has(turn.key(i + 1)) || MORE.has(turn.key(i + 1));
    does && is_somebodys(turn, i)
}

/// Whether a word of kinship of which it is said whose it is stands before token `i`.
fn is_somebodys(turn: &ReadTurn<'_>, i: usize) -> bool {
    i > 1
        && turn.classes(i - 1).any(Classes::KIN)
        && !turn.classes(i - 1).any(Classes::POSSESSIVE)
        && WHOSE.has(turn.key(i - 2))
}

/// Whether token `i`, a word that is seldom said or a name beside, is a relative's name,
/// by what more is told of them: `my cousin [fandango] he knows`.
pub(in crate::deid::detect::name) fn is_word_relative(turn: &ReadTurn<'_>, i: usize) -> bool {
    const TOLD: Words = words!["he", "he's", "hes", "she", "she's", "shes"];
    const NOBODY: Words = words!["hope", "man", "sick"];
    const SELDOM: u32 = 4;
    const EVERYDAY: u32 = 6;
    let classes = turn.classes(i);
    if classes.any(OTHER | Classes::STOP | Classes::KIN | Classes::TITLE)
        || !is_somebodys(turn, i) && !is_households(turn, i)
        || NOBODY.has(turn.key(i))
    {
        return false;
    }
    let eponym = classes.family() >= 2 && classes.commonness() == 0;
    let does = DOES.has(turn.key(i + 1));
    let rare = match classes.given() {
        0 => (1..=SELDOM).contains(&classes.commonness()) || eponym,
        _ => does || classes.commonness() <= EVERYDAY,
    };
    turn.is_word(i)
        && rare
        && (eponym || !classes.any(Classes::CLINICAL))
        && (classes.given() >= 2 || !has_ending(turn.word(i)))
        && !is_auxiliary(turn.word(i))
        && (does || TOLD.has(turn.key(i + 1)))
}

/// Whether somebody who helps in a house stands before token `i`: `your yard boy
/// [mercy]`.
fn is_households(turn: &ReadTurn<'_>, i: usize) -> bool {
    i > 2
        && WHOSE.has(turn.key(i - 3))
        && says!(turn, i - 1, "boy" | "girl" | "help" | "lady" | "man")
        && turn.is_word(i - 2)
}

/// Whether token `i` is said to be away, as who works is: `[odra]'s on break`.
pub(super) fn is_on_leave(turn: &ReadTurn<'_>, i: usize) -> bool {
    const AWAY: Words = words![
        "annual",
        "break",
        "call",
        "duty",
        "holiday",
        "leave",
        "lunch",
        "maternity",
        "nights",
        "shift",
        "vacation",
    ];
    let on = turn.classes(i).any(Classes::POSSESSIVE) && says!(turn, i + 1, "on")
        || says!(turn, i + 1, "is" | "was") && says!(turn, i + 2, "on");
    let at = i + 2 + usize::from(!turn.classes(i).any(Classes::POSSESSIVE));
    on && AWAY.has(turn.key(at)) && !follows_article(turn, i)
}

/// Whether what people do by hand is done by token `i`: `signed for by [zolvani]`.
pub(super) fn is_doer(turn: &ReadTurn<'_>, i: usize) -> bool {
    const DONE: Words = words![
        "accompanied",
        "answered",
        "authorised",
        "authorized",
        "countersigned",
        "driven",
        "for",
        "served",
        "signed",
        "supervised",
        "witnessed",
    ];
    i > 1 && says!(turn, i - 1, "by") && DONE.has(turn.key(i - 2))
}

/// Whether it is said who it was: `it was [zolvani] i spoke to`.
pub(super) fn is_it(turn: &ReadTurn<'_>, i: usize) -> bool {
    let next = says!(turn, i + 1, "he" | "i" | "she" | "who");
    i > 1 && next && says!(turn, i - 1, "was") && says!(turn, i - 2, "it" | "that" | "this")
}

/// Whether it is asked whether token `i` is there: `is [zolvani] around`, `has [zolvani]
/// left yet`.
pub(super) fn is_asked_after(turn: &ReadTurn<'_>, i: usize) -> bool {
    const THERE: Words = words!["around", "coming", "home", "in", "left"];
    const FIRST: Words = words![
        "and", "but", "hello", "hey", "hi", "no", "okay", "so", "well", "yeah", ",", "."
    ];
    let first = i == 1 || i > 1 && FIRST.has(turn.key(i - 2));
    let asks = i > 0
        && match turn.word(i - 1) {
            "is" | "was" => THERE.has(turn.key(i + 1)),
            "has" => says!(turn, i + 1, "called" | "gone" | "left" | "rung"),
            _ => false,
        };
    first
        && asks
        && (!says!(turn, i + 1, "in") || is_end_or_mark(turn, i + 2) || says!(turn, i + 2, "today"))
}
