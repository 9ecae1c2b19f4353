//! Persons named in passing by a word that is a name too: who is at the bedside,
//! for whom a message is, what somebody is called, whom a title is said to.

use std::ops::Range;

use crate::deid::detect::expect::talk::number;
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, says, words};

use super::slot::{ends_phrase, is_auxiliary, is_end_or_mark};
use super::spoken_to::COURTESIES;
use super::standing::{Standing, standing};
use super::told::OTHER;

/// Who may be called something.
const PERSONS: Words = words![
    "aide",
    "baby",
    "bloke",
    "boy",
    "chap",
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
    "somebody",
    "someone",
    "therapist",
    "woman",
];

/// Fewest letters of a surname that is in no list: shorter words are slips.
const LONG_ENOUGH: usize = 6;

/// How far before `called` stands whom it is said of: `a lady from the agency
/// called`.
const REACH: usize = 6;

/// The name that begins at token `i`, and the rule that says so.
pub(super) fn name_at(turn: &ReadTurn<'_>, i: usize) -> Option<(Range<usize>, &'static str)> {
    const BEFORE: Words = words!["at", "call", "called", "for", "from", "in", "near", "to"];
    if turn.classes(i).any(Classes::POSSESSIVE) && is_owner(turn, i) {
        return Some((i..i + 1, "owner"));
    }
    if is_in_unit(turn, i) {
        return Some((i..i + 1, "in-unit"));
    }
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
    // `results for [haven brightwater]`
    let next = turn.classes(i + 1);
    let surname = match standing(next) {
        Standing::Unlisted => turn.word(i + 1).len() >= LONG_ENOUGH && turn.is_word(i + 1),
        Standing::Name | Standing::Rare => next.family() >= 1,
        _ => false,
    };
    let named = rule == "file-of" && surname;
    Some((i..i + 1 + usize::from(named), rule))
}

/// Whether token `i`, after a title, is whoever is addressed by it, a word though
/// it be: nothing else is a `mrs`, and what an aunt's name has is hers.
pub(super) fn is_addressed(turn: &ReadTurn<'_>, i: usize) -> bool {
    const RELATIVES: Words = words!["aunt", "auntie", "uncle"];
    let Some(title) = turn.title_before(i) else {
        return false;
    };
    let classes = turn.classes(i);
    let named = classes.given() >= 1 || classes.family() >= 1;
    let next = turn.classes(i + 1);
    let surname = next.family() >= 2
        && (standing(next) > Standing::Word || next.any(Classes::CLINICAL))
        && !next.any(Classes::STOP);
    let doctor = says!(turn, title, "doctor" | "dr")
        && classes.given() >= 2
        && surname
        && !is_auxiliary(turn.word(i));
    COURTESIES.has(turn.key(title))
        || says!(turn, title, "missus")
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
        "is" | "was" => says!(turn, i + 2, "present" | "accompanying"),
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
        && says!(turn, i - 1, "for")
        && SENT.has(turn.key(i - 2))
        && turn.classes(i).given() >= 2
        && !turn.classes(i).any(OTHER.with(Classes::TITLE))
        && (is_end_or_mark(turn, i + 1)
            || NEXT.has(turn.key(i + 1))
            || standing(turn.classes(i + 1)) == Standing::Unlisted
                && turn.word(i + 1).len() >= LONG_ENOUGH
                && ends_phrase(turn, i + 1))
}

/// Whether somebody is called token `i`: `a lady from the agency called
/// [blessing]`, `this guy they call [moose]`.
fn is_called(turn: &ReadTurn<'_>, i: usize) -> bool {
    let called = match turn.word(i - 1) {
        "called" => true,
        "call" => i > 1 && says!(turn, i - 2, "they"),
        _ => false,
    };
    let classes = turn.classes(i);
    let strange = classes.is_unlisted() || standing(classes) == Standing::Rare;
    called
        && (is_end_or_mark(turn, i + 1) || strange && turn.classes(i + 1).any(Classes::STOP))
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

/// Whether what only persons have is said to be token `i`'s: `i used [kev's] card`,
/// `from [will's] game`.
fn is_owner(turn: &ReadTurn<'_>, i: usize) -> bool {
    const OWNED: Words = words![
        "account",
        "appointment",
        "bag",
        "birthday",
        "boy",
        "boyfriend",
        "car",
        "card",
        "carer",
        "coat",
        "desk",
        "first",
        "flat",
        "full",
        "girlfriend",
        "keys",
        "last",
        "license",
        "maiden",
        "middle",
        "locker",
        "name",
        "parcel",
        "passport",
        "prescription",
        "purse",
        "seat",
        "shift",
        "surgery",
        "ticket",
        "truck",
        "van",
        "wallet",
        "watch",
    ];
    // `the will's executor`, `free will's limits`
    const THINGS: Words = words!["a", "free", "good", "living", "that", "the", "this"];
    let classes = turn.classes(i);
    let modal = says!(turn, i, "will's" | "may's");
    if modal {
        return turn.is_word(i + 1) && !(i > 0 && THINGS.has(turn.key(i - 1)));
    }
    let owned = OWNED.has(turn.key(i + 1)) || turn.classes(i + 1).any(Classes::KIN);
    owned
        && !classes.any(OTHER)
        && !classes.any(Classes::STOP.with(Classes::KIN).with(Classes::TITLE))
        && match standing(classes) {
            Standing::Unlisted => !(i > 0 && says!(turn, i - 1, "the" | "a" | "your")),
            Standing::Name | Standing::Rare => true,
            Standing::Ambiguous => classes.given() >= 3,
            Standing::Never | Standing::Word => false,
        }
}

/// Whether whoever calls says who they are as token `i` and where they stay, and
/// no more: `[fitz] in two c`, `it's [tam] in 1412`.
fn is_in_unit(turn: &ReadTurn<'_>, i: usize) -> bool {
    const FIRST: Words = words![
        "hello", "hey", "hi", "is", "it's", "this", "uh", "um", "yeah", "yes", ","
    ];
    let classes = turn.classes(i);
    if !says!(turn, i + 1, "in") || i > 4 {
        return false;
    }
    let named = match standing(classes) {
        Standing::Name | Standing::Rare | Standing::Unlisted => true,
        Standing::Ambiguous => classes.given() >= 2 || turn.is_proper(i),
        Standing::Word => classes.given() >= 1 && turn.is_proper(i),
        Standing::Never => false,
    };
    let mut end = i + 2;
    while number(turn.turn, end) {
        end += 1;
    }
    let numbered = end > i + 2;
    end += usize::from(numbered && turn.is_letter(end));
    named
        && numbered
        && is_end_or_mark(turn, end)
        && !classes.any(OTHER)
        && (0..i).all(|k| FIRST.has(turn.key(k)) || turn.is_mark(k, ","))
}

#[cfg(test)]
mod tests {
    use crate::deid::detect::name::tests::check_line as check;

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
        check("i used kev's card is that ok", &["kev"]);
        check("what is zev's full name", &["zev"]);
        check("coming from will's soccer thing", &["will"]);
        check("fitz in two c", &["fitz"]);
        check("Hey, it's Tam in 1412. It leaks.", &["Tam"]);
        check("does rick ever yell", &["rick"]);
        check(
            "my sister uh cass cass drummond she works",
            &["cass cass drummond"],
        );
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
            "the will's executor signed it",
            "the lab's card is here",
            "today's appointment is off",
            "swelling in two weeks",
            "hi pain in 3 places",
        ] {
            check(text, &[]);
        }
    }
}
