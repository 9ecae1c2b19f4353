//! Takes the name out of a slot: where it begins, and how far it goes.

use std::ops::Range;

use crate::deid::document::TokenKind;
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, says, words};
use crate::domain::Role;

use super::beside::{
    ends_titled, greets_before, introduces_itself, is_from_firm, is_kept, is_presented, is_set_off,
    is_thanked, is_titled, is_told_of, is_whose, names_firm, offers_help,
};
use super::cue::Slot;
use super::passing::is_addressed;
use super::reach::{follows_particle, may_be_surname, name_end};
use super::spoken_to::{ends_with_surname, is_called, is_met};
use super::standing::{Standing, standing};
use super::stranger::is_word_relative;
use super::told::OTHER;

/// The tokens of a name that stands in `slot` from token `from` on, fillers
/// and titles before it left out.
pub(crate) fn name_in(turn: &ReadTurn<'_>, from: usize, slot: Slot) -> Option<Range<usize>> {
    let opened = slot;
    let (start, slot) = skip_fillers(turn, from, slot);
    // `ann ann lee`
    let again = turn.is_word(start) && turn.key(start) == turn.key(start + 1);
    let head = start + usize::from(again);
    if accepts(turn, head, slot) {
        return Some(start..name_end(turn, head, slot));
    }
    let title = opened == Slot::Strong && start > from && is_title_for_name(turn, start - 1);
    title.then(|| start - 1..start)
}

/// Whether token `i`, a title to others, is all that somebody is called: `a man called
/// [bishop] at work`.
fn is_title_for_name(turn: &ReadTurn<'_>, i: usize) -> bool {
    let classes = turn.classes(i);
    let closed = is_end_or_mark(turn, i + 1) || turn.classes(i + 1).any(Classes::STOP);
    classes.any(Classes::TITLE) && classes.given() >= 2 && closed
}

/// Passes fillers, marks and titles; a title makes the slot a title's.
fn skip_fillers(turn: &ReadTurn<'_>, from: usize, slot: Slot) -> (usize, Slot) {
    let (mut i, mut slot) = (from, slot);
    while i < turn.len() && i < from + 8 {
        if turn.classes(i).any(Classes::TITLE) && !is_address(slot) {
            slot = if slot == Slot::Strong {
                slot
            } else {
                Slot::Title
            };
        } else if !is_filler(turn, i, slot) {
            break;
        }
        i += 1;
    }
    (i, slot)
}

fn is_filler(turn: &ReadTurn<'_>, i: usize, slot: Slot) -> bool {
    match turn.word(i) {
        "," | "uh" | "um" | "uhm" | "er" | "erm" | "ah" | "[" | "]" | "inaudible" => true,
        "is" | "was" | "as" if slot == Slot::Named => true,
        "is" | "it's" | "its" | "it" | "was" | "so" | "well" | "like" | "yeah" | "yes" | "oh"
        | "as" | "the" => slot == Slot::Strong,
        ":" | "-" | "\"" | "'" | "=" | ";" => !is_address(slot),
        "." => turn.classes(i.wrapping_sub(1)).any(Classes::TITLE),
        "there" | "again" | "my" | "dear" => is_address(slot),
        _ => false,
    }
}

/// Whether token `i` may begin a name in `slot`.
pub(crate) fn accepts(turn: &ReadTurn<'_>, i: usize, slot: Slot) -> bool {
    if !turn.is_word(i) {
        return false;
    }
    if turn.is_letter(i) {
        return accepts_initial(turn, i, slot);
    }
    let classes = turn.classes(i);
    match standing(classes) {
        _ if is_auxiliary(turn.word(i))
            && slot == Slot::Medium
            && (names_firm(turn, i) || is_met(turn, i) || ends_with_surname(turn, i + 1)) =>
        {
            true
        }
        _ if is_auxiliary(turn.word(i)) && slot == Slot::Title && is_titled(turn, i) => true,
        Standing::Word if is_written_as_name(turn, i) => true,
        Standing::Never | Standing::Word if slot == Slot::Title && ends_titled(turn, i) => true,
        Standing::Word if slot == Slot::Strong && is_told_surname(turn, i) => true,
        Standing::Word | Standing::Ambiguous if slot == Slot::Title && is_addressed(turn, i) => {
            true
        }
        Standing::Never | Standing::Word if slot == Slot::Title && may_be_surname(turn, i) => {
            ends_phrase(turn, i) || is_auxiliary(turn.word(i + 1))
        }
        Standing::Never => {
            let set_off = turn.len() == 1
                || is_end_or_mark(turn, i + 1)
                || says!(turn, i + 1, "first")
                || is_likened(turn, i);
            // `my name is Ty Stern`: what is grammar to most is this one's name.
            let named = turn.is_capital(i) && classes.given() >= 3 && begins_full_name(turn, i);
            slot == Slot::Strong
                && (set_off && may_be_surname(turn, i)
                    || named
                    || is_seldom_grammar(turn, i)
                    || is_told_surname(turn, i)
                    || is_told_given(turn, i))
        }
        _ if slot == Slot::Strong && is_likened(turn, i) => true,
        _ if slot == Slot::Medium && is_met(turn, i) => true,
        Standing::Word if slot == Slot::Title && is_called(turn, i) => {
            turn.is_capital(i) || ends_phrase(turn, i)
        }
        _ if slot == Slot::Title
            && classes.any(Classes::PARTICLE)
            && follows_particle(turn, i + 1) =>
        {
            true
        }
        Standing::Name => true,
        Standing::Rare => match slot {
            Slot::Strong | Slot::Title => true,
            Slot::Named | Slot::Medium | Slot::Weak | Slot::Kin => {
                turn.is_proper(i)
                    || ends_phrase(turn, i)
                    || begins_full_name(turn, i)
                    || slot == Slot::Kin && classes.any(Classes::POSSESSIVE)
            }
            Slot::Greeting | Slot::Vocative => turn.is_proper(i) || ends_phrase(turn, i),
        },
        Standing::Unlisted => match slot {
            Slot::Strong | Slot::Title => true,
            Slot::Named => {
                ends_phrase(turn, i)
                    || (standing(turn.classes(i + 1)) > Standing::Word && ends_phrase(turn, i + 1))
            }
            Slot::Medium if closes_turn(turn, i) || names_firm(turn, i) => true,
            Slot::Greeting if is_set_off(turn, i) => true,
            Slot::Kin if is_told_of(turn, i) || classes.any(Classes::POSSESSIVE) => true,
            Slot::Kin
                if turn.word(i).len() > 4
                    && is_whose(turn, i)
                    && !has_ending(turn.word(i))
                    && ends_phrase(turn, i) =>
            {
                true
            }
            _ => turn.is_proper(i) && !turn.is_all_capitals(i) || introduces_itself(turn, i),
        },
        Standing::Ambiguous => accepts_ambiguous(turn, i, slot),
        Standing::Word if slot == Slot::Medium && is_agents(turn, i) => true,
        Standing::Word
            if slot == Slot::Kin && (is_relatives(turn, i) || is_word_relative(turn, i)) =>
        {
            true
        }
        Standing::Word => match slot {
            Slot::Strong => {
                let rare = classes.commonness() <= 3;
                let seldom = classes.given() >= 1 && (classes.commonness() <= 5 || turn.len() == 1);
                turn.is_proper(i) || (rare || seldom) && ends_phrase(turn, i)
            }
            Slot::Title => turn.is_proper(i) && !turn.is_all_capitals(i),
            _ => false,
        },
    }
}

/// Whether an agent is introduced as token `i`, a word that few are called by, and
/// offers help: `this is [briony] can i take`.
fn is_agents(turn: &ReadTurn<'_>, i: usize) -> bool {
    let classes = turn.classes(i);
    turn.turn.role == Role::Agent
        && classes.given() >= 1
        && !classes.any(OTHER.without(Classes::DRUG))
        && offers_help(turn, i)
}

/// Whether token `i`, a word few or none are called by, is said to be somebody's relative
/// by its capital, `my neighbour [Thistle] helps`, or as all that is said: `this is his
/// cousin [pico]`.
fn is_relatives(turn: &ReadTurn<'_>, i: usize) -> bool {
    const LONG: usize = 3;
    let classes = turn.classes(i);
    if !is_whose(turn, i) || classes.any(OTHER | Classes::CLINICAL) || has_ending(turn.word(i)) {
        return false;
    }
    let proper = turn.is_proper(i) && !turn.is_all_capitals(i);
    let whole = || {
        i > LONG
            && i + 1 == turn.len()
            && matches!((turn.word(i - 4), turn.word(i - 3)), ("this", "is"))
            && classes.commonness() <= SELDOM
    };
    proper || whole()
}

/// How common a word is at most that is a name where nothing else can stand.
const SELDOM: u32 = 5;

/// Whether token `i`, a courtesy or shorthand to others, heads a whole name: `my name
/// is [jk] rowling`.
fn is_seldom_grammar(turn: &ReadTurn<'_>, i: usize) -> bool {
    const MOST: u32 = 3;
    let next = turn.classes(i + 1);
    turn.classes(i).commonness() <= MOST
        && !turn
            .classes(i)
            .any(Classes::TITLE | Classes::KIN | Classes::CUE)
        && standing(next) == Standing::Name
        && next.family() >= 2
        && ends_phrase(turn, i + 1)
}

/// Whether token `i`, whatever it means, is said to be a surname: `surname
/// [childs]`, `last name is [childs] first name …`.
fn is_told_surname(turn: &ReadTurn<'_>, i: usize) -> bool {
    const REACH: usize = 3;
    let told = |k: usize| {
        says!(turn, k, "surname")
            || says!(turn, k, "last" | "family" | "maiden") && says!(turn, k + 1, "name")
    };
    let closed = is_end_or_mark(turn, i + 1) || says!(turn, i + 1, "first" | "and");
    closed && turn.classes(i).family() >= 2 && (i.saturating_sub(REACH)..i).any(told)
}

/// Whether token `i`, whatever it means, is said to be a given name: `first name [lovely]
/// date of birth`.
fn is_told_given(turn: &ReadTurn<'_>, i: usize) -> bool {
    const NEXT: Words = words!["and", "d", "date", "dob", "last", "middle"];
    let told = |k: usize| says!(turn, k, "first") && turn.word(k + 1).starts_with("name");
    let closed = is_end_or_mark(turn, i + 1) || NEXT.has(turn.key(i + 1));
    closed && turn.classes(i).given() >= 2 && (i.saturating_sub(3)..i).any(told)
}

/// Whether token `i` is an abbreviation that is few people's name too, and is
/// written as a name: `Osa`.
fn is_written_as_name(turn: &ReadTurn<'_>, i: usize) -> bool {
    let classes = turn.classes(i);
    classes.any(Classes::CLINICAL)
        && classes.commonness() == 0
        && classes.given() >= 1
        && turn.is_proper(i)
        && !turn.is_all_capitals(i)
}

/// Whether token `i` is told by what it sounds like: `tamarisk like the tree`,
/// `rowan as in the berry`.
pub(super) fn is_likened(turn: &ReadTurn<'_>, i: usize) -> bool {
    let next = i + 1 + usize::from(turn.is_mark(i + 1, ","));
    matches!(
        (turn.word(next), turn.word(next + 1)),
        ("like", "the" | "a" | "an") | ("as", "in")
    )
}

/// What people call each other who are no kin: `morning [love]`.
const ENDEARMENTS: Words = words![
    "boss", "champ", "chief", "darling", "dear", "hon", "honey", "hun", "love", "pal", "petal",
    "sugar", "sunshine", "treasure",
];

/// Whether the slot is for someone spoken to.
fn is_address(slot: Slot) -> bool {
    matches!(slot, Slot::Greeting | Slot::Vocative)
}

/// Whether an unlisted word at token `i` ends the turn and has no ending that
/// verbs and adjectives have: "i am sasikumar", but not "i am intrested".
fn closes_turn(turn: &ReadTurn<'_>, i: usize) -> bool {
    let word = turn.word(i);
    i + 1 == turn.len() && word.len() > 3 && !has_ending(word)
}

/// Whether `word` ends as verbs and adjectives do.
pub(super) fn has_ending(word: &str) -> bool {
    const ENDINGS: [&str; 10] = [
        "ed", "ing", "ly", "al", "ous", "ent", "ful", "ive", "able", "ble",
    ];
    ENDINGS.iter().any(|ending| word.ends_with(ending))
}

fn accepts_ambiguous(turn: &ReadTurn<'_>, i: usize, slot: Slot) -> bool {
    let classes = turn.classes(i);
    let (given, family) = (classes.given(), classes.family());
    if is_auxiliary(turn.word(i)) && slot != Slot::Strong {
        return turn.is_proper(i) || (slot != Slot::Title && is_end_or_mark(turn, i + 1));
    }
    // `hi grandma hope you are well`
    if matches!(slot, Slot::Kin | Slot::Title) && is_wish(turn, i) {
        return false;
    }
    if is_address(slot) && ENDEARMENTS.has(turn.key(i)) && !turn.is_proper(i) {
        return false;
    }
    match slot {
        Slot::Strong => given >= 3 || family >= 3 || turn.is_proper(i) || ends_phrase(turn, i),
        // "the nurse line", "nurse station"
        Slot::Title if says!(turn, i.wrapping_sub(1), "nurse") && given < 3 => {
            turn.is_proper(i) || family >= 4 && ends_phrase(turn, i)
        }
        // `what times is the doctor free`
        Slot::Title if is_of_the_titled(turn, i) => false,
        Slot::Title => {
            let rare = classes.commonness() <= 3;
            turn.is_proper(i)
                || family >= 4
                || given >= 5
                || given >= 4 && rare
                || (family >= 2 && ends_phrase(turn, i))
                || given >= 1 && begins_full_name(turn, i)
        }
        Slot::Named => given >= 3 && ends_phrase(turn, i),
        Slot::Weak if given >= 2 && greets_before(turn, i) => true,
        Slot::Weak => {
            given >= 4 && (turn.is_proper(i) || (ends_phrase(turn, i) && classes.commonness() <= 5))
        }
        Slot::Medium if given >= 2 && (offers_help(turn, i) || is_from_firm(turn, i)) => true,
        Slot::Medium if given >= 2 && is_presented(turn, i) => true,
        Slot::Medium | Slot::Kin => {
            given >= 5
                || (turn.is_proper(i) && !turn.is_all_capitals(i))
                || (given >= 4 && (ends_phrase(turn, i) || introduces_itself(turn, i)))
                || (given >= 3 && (begins_full_name(turn, i) || names_firm(turn, i)))
                || slot == Slot::Kin && is_kept(turn, i)
        }
        Slot::Greeting if given >= 2 && is_set_off(turn, i) => true,
        Slot::Vocative if given >= 2 && is_thanked(turn, i) => is_end_or_mark(turn, i + 1),
        Slot::Greeting | Slot::Vocative => {
            given >= 3 && (turn.is_proper(i) || is_set_off(turn, i) || begins_full_name(turn, i))
        }
    }
}

/// Whether token `i` wishes somebody something: `[hope] you are well`.
fn is_wish(turn: &ReadTurn<'_>, i: usize) -> bool {
    const WISHED: Words = words![
        "all",
        "everything",
        "he",
        "i",
        "it",
        "it's",
        "she",
        "that",
        "the",
        "they",
        "this",
        "to",
        "u",
        "we",
        "you",
        "your",
        "you're",
    ];
    says!(turn, i, "hope") && WISHED.has(turn.key(i + 1))
}

/// Whether token `i`, an everyday word, tells of whoever has the title before it: `is the
/// doctor [free]`, `my aunt [heard]`.
fn is_of_the_titled(turn: &ReadTurn<'_>, i: usize) -> bool {
    const EVERYDAY: u32 = 6;
    const ARTICLES: Words = words!["a", "her", "his", "my", "our", "the", "their", "your"];
    turn.classes(i).commonness() >= EVERYDAY
        && !turn.is_proper(i)
        && i > 1
        && turn.is_word(i - 1)
        && ARTICLES.has(turn.key(i - 2))
        && !turn.classes(i + 1).any(Classes::KIN)
        && turn.classes(i).given() < 4
}

fn accepts_initial(turn: &ReadTurn<'_>, i: usize, slot: Slot) -> bool {
    match slot {
        Slot::Title => turn.is_capital(i) && !says!(turn, i, "i" | "a"),
        Slot::Strong => turn.is_mark(i + 1, ".") && turn.is_joined(i + 1) && turn.is_word(i + 2),
        _ => false,
    }
}

/// Names that are verbs of grammar: "the nurse will", "you may".
pub(crate) fn is_auxiliary(word: &str) -> bool {
    matches!(word, "will" | "may")
}

/// Whether the turn ends before token `i`, or a mark stands there.
pub(crate) fn is_end_or_mark(turn: &ReadTurn<'_>, i: usize) -> bool {
    matches!(turn.kind(i), None | Some(TokenKind::Mark)) && !turn.is_mark(i, "-")
}

/// Whether the phrase ends with token `i`: the turn ends, a mark follows, or
/// a word of grammar does.
pub(crate) fn ends_phrase(turn: &ReadTurn<'_>, i: usize) -> bool {
    match turn.kind(i + 1) {
        None | Some(TokenKind::Number) => true,
        Some(TokenKind::Mark) => !turn.is_mark(i + 1, "-") && !turn.is_mark(i + 1, "'"),
        Some(TokenKind::Word) => {
            turn.classes(i + 1).any(Classes::STOP)
                || turn.is_new_line(i + 1)
                || is_said_mark(turn, i + 1)
        }
    }
}

/// Whether token `i` is a mark that is dictated: `lund [comma]`, `lund [period]`; `grace
/// period` is none.
fn is_said_mark(turn: &ReadTurn<'_>, i: usize) -> bool {
    match turn.word(i) {
        "comma" | "semicolon" => true,
        "period" => i > 0 && !says!(turn, i - 1, "grace" | "trial"),
        _ => false,
    }
}

/// Whether token `i`, as a given name, has a surname after it.
fn begins_full_name(turn: &ReadTurn<'_>, i: usize) -> bool {
    let next = turn.classes(i + 1);
    turn.classes(i).given() >= 1
        && next.family() >= 2
        && matches!(
            standing(next),
            Standing::Name | Standing::Rare | Standing::Ambiguous
        )
        && (standing(next) == Standing::Name || ends_phrase(turn, i + 1))
}
