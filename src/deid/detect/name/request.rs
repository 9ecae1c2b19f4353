//! A request for a name makes the other side's next turn an answer.

use std::ops::Range;

use crate::deid::document::TokenKind;
use crate::deid::lexicon::{Classes, Lexicon, ReadTurn};
use crate::deid::word::{Words, says, words};
use crate::domain::Role;

use super::cue::Slot;
use super::reach;
use super::slot::{self, ends_phrase, is_end_or_mark, is_likened};
use super::standing::{Standing, standing};
use super::whole::is_run_together;

/// How many turns of the other side a request waits for.
const PATIENCE: u8 = 3;

/// Most tokens of a turn that is nothing but an answer.
const SHORT: usize = 4;

/// How common a word is at most that is a surname by its place.
const SELDOM: u32 = 5;

/// A request for a name that has not been answered yet.
#[derive(Debug, Default)]
pub(super) struct Expectation {
    /// Who asked, and how many more turns of the others may answer.
    open: Option<(Role, u8)>,
    /// Who asked last, and for how many more turns the rest of the name may be
    /// asked for in a word.
    rest: Option<(Role, u8)>,
}

impl Expectation {
    /// The name in `turn`, where it answers.
    pub(super) fn answer(&self, turn: &ReadTurn<'_>, lexicon: &Lexicon) -> Option<Range<usize>> {
        let (asker, _) = self.open?;
        if [asker, Role::System].contains(&turn.turn.role) {
            return None;
        }
        let start = skip_preamble(turn);
        if let Some(name) = whole_answer(turn, start) {
            return Some(name);
        }
        let name = slot::name_in(turn, start, Slot::Strong)?;
        let set_off = is_end_or_mark(turn, name.end)
            || turn.kind(name.end) == Some(TokenKind::Number)
            || is_tail(turn, name.end);
        match standing(turn.classes(name.start)) {
            Standing::Name | Standing::Rare => true,
            Standing::Ambiguous | Standing::Unlisted | Standing::Word
                if is_likened(turn, name.end - 1) =>
            {
                true
            }
            Standing::Ambiguous => {
                (set_off || ends_phrase(turn, name.end - 1)) && !is_in_sentence(turn, &name)
            }
            Standing::Unlisted => {
                set_off
                    && !is_in_sentence(turn, &name)
                    && !is_run_together(turn.word(name.start), lexicon)
            }
            Standing::Word => {
                let classes = turn.classes(name.start);
                let alone = turn.len() == 1 && classes.given() >= 1;
                let surname = classes.family() >= 1 && classes.commonness() <= SELDOM;
                alone
                    || surname && name.end == turn.len() && turn.len() <= SHORT
                    || set_off && turn.len() <= SHORT && turn.is_proper(name.start)
            }
            Standing::Never => turn.len() == 1 && reach::may_be_surname(turn, name.start),
        }
        .then_some(name)
    }

    /// Opens, holds or closes after `turn`, in which a name was found or not.
    pub(super) fn after(&mut self, turn: &ReadTurn<'_>, found: bool) {
        let role = turn.turn.role;
        self.rest = self
            .rest
            .and_then(|(asker, left)| Some((asker, left.checked_sub(1)?)));
        let rest = || self.rest.is_some_and(|(asker, _)| asker == role) && asks_rest(turn);
        if asks_name(turn) || rest() {
            self.open = Some((role, PATIENCE));
            self.rest = Some((role, 2 * PATIENCE));
            return;
        }
        self.open = match self.open {
            Some((asker, left)) if ![asker, Role::System].contains(&turn.turn.role) => {
                (!found && left > 1).then(|| (asker, left - 1))
            }
            open => open,
        };
    }
}

/// The name that an answer from token `start` is, a word though it or its first
/// part be: a surname by itself, as in `childs`, or a sure surname after a word, as
/// in `mo farouk`.
fn whole_answer(turn: &ReadTurn<'_>, start: usize) -> Option<Range<usize>> {
    const REPLIES: Words = words![
        "because", "hold", "just", "mine", "none", "nothing", "same", "wait", "what", "when",
        "where", "which", "yours",
    ];
    const OTHER: Classes = Classes::STOP
        .with(Classes::TITLE)
        .with(Classes::KIN)
        .with(Classes::CALENDAR);
    const LONG_ENOUGH: usize = 4;
    let end = turn.len() - usize::from(turn.len() > 1 && turn.is_mark(turn.len() - 1, "."));
    let classes = turn.classes(start);
    let word = turn.is_word(start) && !REPLIES.has(turn.key(start));
    let said = word
        && match end.checked_sub(start)? {
            1 => {
                classes.family() >= 3
                    && turn.word(start).len() >= LONG_ENOUGH
                    && !is_preamble(turn.word(start))
            }
            2 => {
                let next = turn.classes(start + 1);
                turn.is_word(start + 1)
                    && !classes.any(OTHER)
                    && next.given().max(next.family()) >= 1
                    && matches!(standing(next), Standing::Name | Standing::Rare)
            }
            // `true thao vang`
            3 => {
                let named = |k: usize| {
                    turn.is_word(k)
                        && turn.classes(k).given().max(turn.classes(k).family()) >= 1
                        && turn.classes(k).commonness() <= 1
                };
                classes.given() >= 2
                    && !is_preamble(turn.word(start))
                    && named(start + 1)
                    && named(start + 2)
            }
            _ => false,
        };
    said.then_some(start..end)
}

/// Whether what follows an answer begins with token `i`: `… [did you] get that`,
/// `… [if that] helps`, `… [then she]
/// retired`.
fn is_tail(turn: &ReadTurn<'_>, i: usize) -> bool {
    matches!(
        (turn.word(i), turn.word(i + 1)),
        ("did", "you")
            | ("if", "that")
            | ("i", "hope")
            | ("got", "it")
            | ("then" | "but" | "and", "he" | "she" | "they")
    )
}

/// Whether the words about `name`, which may be a plain word, make it one: `i
/// hope that's right`, `bear with me`, `the line keeps freezing`, `is that bad?`
fn is_in_sentence(turn: &ReadTurn<'_>, name: &Range<usize>) -> bool {
    let before = if name.start > 0 {
        turn.word(name.start - 1)
    } else {
        ""
    };
    let after = turn.word(name.end);
    let asks = turn.is_mark(turn.len() - 1, "?") && turn.len() <= name.end + 1;
    matches!(
        before,
        "i" | "the" | "no" | "you" | "would" | "good" | "great" | "that" | "to" | "had"
    ) || matches!(
        after,
        "with" | "on" | "keeps" | "that's" | "so" | "to" | "it" | "me" | "you"
    ) || asks && name.start > 0
}

/// Passes what comes before an answer: "yes, sure, it's".
fn skip_preamble(turn: &ReadTurn<'_>) -> usize {
    (0..turn.len().min(12))
        .find(|&i| turn.is_word(i) && !is_preamble(turn.word(i)))
        .unwrap_or(0)
}

fn is_preamble(word: &str) -> bool {
    matches!(
        word,
        "yes"
            | "ha"
            | "haha"
            | "yeah"
            | "yep"
            | "sure"
            | "ok"
            | "okay"
            | "certainly"
            | "absolutely"
            | "of"
            | "course"
            | "definitely"
            | "should"
            | "think"
            | "believe"
            | "know"
            | "found"
            | "here"
            | "had"
            | "to"
            | "find"
            | "sorry"
            | "it's"
            | "its"
            | "it"
            | "is"
            | "this"
            | "that's"
            | "that"
            | "would"
            | "be"
            | "my"
            | "his"
            | "her"
            | "name"
            | "names"
            | "name's"
            | "full"
            | "first"
            | "last"
            | "and"
            | "um"
            | "uh"
            | "oh"
            | "well"
            | "so"
            | "hi"
            | "hello"
            | "i'm"
            | "i"
            | "am"
            | "thanks"
            | "thank"
            | "you"
            | "please"
            | "right"
            | "alright"
            | "great"
            | "good"
            | "inaudible"
            | "hmm"
            | "no"
            | "problem"
            | "the"
    )
}

/// Whether the turn asks for somebody's name or its spelling.
fn asks_name(turn: &ReadTurn<'_>) -> bool {
    let asks = |i: usize| match turn.word(i) {
        "name" | "names" | "surname" => {
            asks_before(turn, i) || asks_after(turn, i) || is_heading(turn, i)
        }
        "who" => matches!(
            (turn.word(i + 1), turn.word(i + 2)),
            ("am", "i")
                | ("is", "this")
                | ("do", "i")
                | ("is", "calling")
                | ("i'm", "speaking")
                | ("is", "the" | "your" | "his" | "her")
                | ("are", "you")
                | ("will", "be" | "pick")
                | ("is", "coming" | "picking")
                | ("should", "i" | "we")
                | ("helps" | "drives", "you" | "him" | "her")
                | ("else", "lives" | "helps")
                | ("lives", "with")
        ),
        "who's" => says!(turn, i + 1, "your" | "his" | "her" | "calling" | "this"),
        // `what should i uh call you`
        "call" => {
            const ABOUT: usize = 6;
            let asked = (i.saturating_sub(ABOUT)..i)
                .any(|k| says!(turn, k, "what") && says!(turn, k + 1, "should" | "can" | "do"));
            asked && says!(turn, i + 1, "you" | "him" | "her")
        }
        "spell" => says!(turn, i + 1, "your" | "that" | "it" | "his" | "her" | "the"),
        // `what do you go by`
        "go" => says!(turn, i + 1, "by") && (0..i).any(|k| says!(turn, k, "what")),
        "identify" => says!(turn, i + 1, "yourself"),
        _ => false,
    };
    turn.has(Classes::REQUEST)
        && (0..turn.len()).any(|i| turn.classes(i).any(Classes::REQUEST) && asks(i))
}

/// Whether `turn` asks for the other part of a name, and for nothing else: `and
/// the first`.
fn asks_rest(turn: &ReadTurn<'_>) -> bool {
    const PARTS: Words = words!["first", "given", "last", "middle"];
    const MURMURS: Words = words![
        "about", "and", "great", "her", "his", "how", "ok", "okay", "thanks", "the", "your", ",",
        ".", "?"
    ];
    let part = |i: usize| PARTS.has(turn.key(i));
    (0..turn.len()).any(part) && (0..turn.len()).all(|i| part(i) || MURMURS.lists(turn.word(i)))
}

/// Whether token `i` begins a turn that asks as a form does: `[surname]?`, `[name]
/// and unit please`.
fn is_heading(turn: &ReadTurn<'_>, i: usize) -> bool {
    const MURMURS: Words = words!["alright", "and", "great", "ok", "okay", "thanks", ",", "."];
    let next = turn.word(i + 1);
    (next.is_empty() || matches!(next, "?" | "." | ":" | "," | "and"))
        && (0..i).all(|k| MURMURS.lists(turn.word(k)))
}

fn asks_before(turn: &ReadTurn<'_>, i: usize) -> bool {
    let whose = |k: usize| turn.classes(k).any(Classes::KIN) && turn.word(k).ends_with("'s");
    (i.saturating_sub(3)..i).any(|k| {
        whose(k)
            || says!(
                turn,
                k,
                "your"
                    | "his"
                    | "her"
                    | "their"
                    | "patient's"
                    | "caller's"
                    | "full"
                    | "first"
                    | "last"
                    | "family"
                    | "middle"
                    | "maiden"
                    | "ur"
                    | "whose"
                    | "holder's"
                    | "member's"
            )
    }) && !super::is_name_of_thing(turn, i)
        && !says!(turn, i + 1, "is")
}

fn asks_after(turn: &ReadTurn<'_>, i: usize) -> bool {
    says!(turn, i + 1, "please")
        || says!(turn, i + 1, "of")
            && (i + 2..i + 5).any(|k| {
                says!(
                    turn,
                    k,
                    "patient"
                        | "caller"
                        | "holder"
                        | "cardholder"
                        | "person"
                        | "member"
                        | "account"
                )
            })
}
