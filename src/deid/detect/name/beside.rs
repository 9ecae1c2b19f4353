//! What stands about a word that could be a name: what is said of a person, by
//! one or to one.

use crate::deid::document::TokenKind;
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, says, words};
use crate::domain::Role;

use super::slot::{ends_phrase, is_auxiliary, is_end_or_mark};
use super::spoken_to::COURTESIES;

/// Whether what follows token `i` could follow someone addressed.
pub(super) fn is_set_off(turn: &ReadTurn<'_>, i: usize) -> bool {
    match turn.kind(i + 1) {
        None | Some(TokenKind::Mark) => !turn.is_mark(i + 1, "-"),
        Some(TokenKind::Number) => false,
        Some(TokenKind::Word) => says!(
            turn,
            i + 1,
            "we" | "just"
                | "one"
                | "i've"
                | "any"
                | "let"
                | "there's"
                | "how"
                | "how's"
                | "what"
                | "what's"
                | "when"
                | "where"
                | "who"
                | "who's"
                | "this"
                | "i"
                | "i'm"
                | "nice"
                | "it's"
                | "good"
                | "my"
                | "thank"
                | "thanks"
                | "so"
                | "can"
                | "could"
                | "are"
                | "do"
                | "welcome"
                | "and"
        ),
    }
}

/// Whether token `i` stands after a word of kinship of which it is said whose it
/// is: `my sister [beryl]`.
pub(super) fn is_whose(turn: &ReadTurn<'_>, i: usize) -> bool {
    i > 1
        && says!(
            turn,
            i - 2,
            "my" | "your" | "his" | "her" | "our" | "their" | "me"
        )
}

/// Relatives who are called so before their names, whoever's they are.
const FAMILIAR: Words = words![
    "aunt", "auntie", "gran", "grandma", "grandpa", "granny", "mama", "nan", "nana", "papa",
    "uncle",
];

/// Whether somebody's relative is named by token `i`, a name that is a word too:
/// `my sister [beryl] in leeds`, `his son [hunter] gets loud`.
pub(super) fn is_kept(turn: &ReadTurn<'_>, i: usize) -> bool {
    const RARE: u32 = 5;
    let classes = turn.classes(i);
    let whose = is_whose(turn, i);
    // `in granny [fern]'s yard`
    let owns = classes.any(Classes::POSSESSIVE) && i > 0 && FAMILIAR.has(turn.key(i - 1));
    classes.given() >= 2
        && (is_told_of(turn, i)
            || owns
            || whose && classes.commonness() <= RARE
            || whose && classes.given() >= 3 && ends_phrase(turn, i))
}

/// Whether what follows token `i` could follow someone told of.
pub(super) fn is_told_of(turn: &ReadTurn<'_>, i: usize) -> bool {
    is_end_or_mark(turn, i + 1)
        || says!(
            turn,
            i + 1,
            "is" | "was"
                | "has"
                | "had"
                | "and"
                | "he"
                | "she"
                | "who"
                | "said"
                | "will"
                | "ate"
                | "came"
                | "did"
                | "does"
                | "drives"
                | "fell"
                | "goes"
                | "helps"
                | "lives"
                | "says"
                | "takes"
                | "thinks"
                | "told"
                | "took"
                | "wants"
                | "went"
                | "works"
        )
}

/// Whether all that is said ends with token `i`, a surname that is a word too, right
/// after a title that is nothing else: `my pleasure mr [childs]`.
pub(super) fn ends_titled(turn: &ReadTurn<'_>, i: usize) -> bool {
    let title = turn.title_before(i);
    let titled = title.is_some_and(|k| COURTESIES.has(turn.key(k)));
    titled && turn.classes(i).family() >= 1 && is_end_or_mark(turn, i + 1)
}

/// Whether a caller's introduction goes on after token `i` or its successor.
pub(super) fn introduces_itself(turn: &ReadTurn<'_>, i: usize) -> bool {
    (1..=2).any(|k| {
        says!(turn, i + k, "calling" | "speaking" | "from" | "here")
            && (k == 1 || !turn.classes(i + 1).any(Classes::STOP))
    })
}

/// Whether whoever is introduced as token `i` offers help right after: `this is
/// [art] how may i help`.
pub(super) fn offers_help(turn: &ReadTurn<'_>, i: usize) -> bool {
    let may = |k: usize| says!(turn, k, "can" | "could" | "may");
    let asks = may(i + 1) && says!(turn, i + 2, "i" | "we");
    // `this is [dee] on a recorded line`
    let recorded = says!(turn, i + 1, "on") && says!(turn, i + 3, "recorded");
    recorded || says!(turn, i + 1, "speaking") || says!(turn, i + 1, "how") && may(i + 2) || asks
}

/// Whether somebody is presented as token `i`, of whom more is said: `this is
/// [dot] she does the talking`, `this is [deb] the nurse`.
pub(super) fn is_presented(turn: &ReadTurn<'_>, i: usize) -> bool {
    let tells = says!(
        turn,
        i + 1,
        "at" | "down"
            | "he"
            | "he's"
            | "my"
            | "our"
            | "over"
            | "she"
            | "she's"
            | "the"
            | "who"
            | "who's"
    );
    i > 1 && says!(turn, i - 2, "this") && tells
}

/// Whether a turn that begins with a greeting goes on to say who calls and why:
/// `hi it's [sunny] i'm booked`.
pub(super) fn greets_before(turn: &ReadTurn<'_>, i: usize) -> bool {
    const FIRST: usize = 6;
    i <= FIRST
        && says!(turn, 0, "hello" | "hey" | "hi" | "hiya" | "morning")
        && says!(
            turn,
            i + 1,
            "again" | "calling" | "can" | "could" | "from" | "here" | "i" | "i'm" | "i've" | "my"
        )
}

/// Whether a name that is a verb of grammar stands after a title, and not what
/// the titled may do: `dr [may] can`, but not `the doctor may`.
pub(super) fn is_titled(turn: &ReadTurn<'_>, i: usize) -> bool {
    let of = i > 1
        && says!(
            turn,
            i - 2,
            "the"
                | "a"
                | "my"
                | "your"
                | "her"
                | "his"
                | "our"
                | "their"
                | "that"
                | "this"
                | "any"
                | "which"
                | "another"
                | "other"
                | "eye"
                | "family"
                | "each"
                | "every"
        );
    !of && (is_auxiliary(turn.word(i + 1))
        || says!(
            turn,
            i + 1,
            "a" | "an"
                | "and"
                | "at"
                | "can"
                | "could"
                | "did"
                | "from"
                | "had"
                | "has"
                | "is"
                | "or"
                | "said"
                | "says"
                | "the"
                | "was"
                | "who"
                | "would"
        ))
}

/// Whether an agent is introduced as token `i` who calls from somewhere: `i'm
/// [art] from the lab`.
pub(super) fn is_from_firm(turn: &ReadTurn<'_>, i: usize) -> bool {
    says!(turn, i + 1, "from") && names_firm(turn, i)
}

/// Whether token `i` is set off from thanks, or said right after them.
pub(super) fn is_thanked(turn: &ReadTurn<'_>, i: usize) -> bool {
    i > 0
        && (turn.is_mark(i - 1, ",")
            || i <= 2 && says!(turn, i - 1, "you" | "thanks" | "bye" | "goodbye"))
}

/// Whether whom an agent introduces as token `i` speaks for somebody: `this is
/// sunny [with everline]`, `[from the lab]`.
pub(super) fn names_firm(turn: &ReadTurn<'_>, i: usize) -> bool {
    turn.turn.role == Role::Agent
        && says!(turn, i + 1, "from" | "with")
        && turn.is_word(i + 2)
        && !says!(turn, i + 2, "you" | "me" | "that" | "it" | "this" | "what")
}
