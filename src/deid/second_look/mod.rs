//! The second look: an independent checker over clean text. It shares no
//! code, table, pattern or model with the detectors, and works differently:
//! one hand-written pass that judges the *shape* of what is left.
//!
//! ```text
//! clean text ─▶ atom (words, digits, marks, slots) ─▶ digits · letters · calendar
//!                                                     contact · place · name
//! ```
//! It says where something still looks like an identifier; the conversation
//! is then held back (design, promise 7). It removes nothing.

mod across;
mod age;
mod answer;
mod atom;
mod beside;
mod calendar;
mod clause;
mod code;
mod contact;
mod cue;
mod day;
mod digits;
mod echo;
mod eponym;
mod exam;
mod frame;
mod lists;
mod name;
mod place;
mod radio;
mod reading;
mod run;
mod slip;
mod slot;
mod street;
mod things;
mod vocabulary;
mod words;

use std::ops::Range;

use super::{CleanConversation, HoldReason};
use crate::domain::{Attribute, Category};
use across::{Across, Asked};
use atom::Line;
use run::Run;

/// Something in clean text that looks like an identifier. It holds no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Residue {
    /// The turn's index; `None` in an attribute.
    pub turn: Option<usize>,
    /// Bytes of the clean text where it begins.
    pub span: Range<usize>,
    /// What it looks like.
    pub category: Category,
    /// Which scanner says so.
    pub rule: &'static str,
}

/// Why `conversation` must be held back: one reason a category, in order;
/// empty when nothing looks like an identifier. Linear in its text.
#[must_use]
pub fn inspect(conversation: &CleanConversation) -> Vec<HoldReason> {
    reasons(&residues(conversation, &[]))
}

/// [`inspect`] for text with surrogates: `surrogates` gives for each turn the
/// byte ranges of its clean text, ascending, that hold values drawn at random
/// in place of findings. They are not looked at.
#[must_use]
pub fn inspect_around(
    conversation: &CleanConversation,
    surrogates: &[Vec<Range<usize>>],
) -> Vec<HoldReason> {
    reasons(&residues(conversation, surrogates))
}

fn reasons(residues: &[Residue]) -> Vec<HoldReason> {
    let mut categories: Vec<Category> = residues.iter().map(|r| r.category).collect();
    categories.sort_unstable();
    categories.dedup();
    let hold = |category| HoldReason::Residue { category };
    categories.into_iter().map(hold).collect()
}

/// Every place that looks like an identifier, in the order of the text, then
/// of the attributes.
#[must_use]
pub fn residues(
    conversation: &CleanConversation,
    surrogates: &[Vec<Range<usize>>],
) -> Vec<Residue> {
    let mut found = Vec::new();
    let mut across = Across::default();
    let mut room = Room::default();
    for (i, turn) in conversation.turns.iter().enumerate() {
        let vouched = surrogates.get(i).map_or(&[][..], Vec::as_slice);
        room.line.cut(turn.text.as_str(), vouched);
        let mut seen = Seen::new(Some(i), &mut found);
        scan(&mut room, across.asked(turn.role), &mut seen);
        across.turn(turn.role, &room.line, &mut seen);
    }
    for (attribute, value) in &conversation.attributes {
        room.line.cut(value.as_str(), &[]);
        let mut seen = Seen::new(None, &mut found);
        scan(&mut room, Asked::default(), &mut seen);
        inspect_attribute(*attribute, &room.line, &mut seen);
    }
    found
}

/// Room to work in, made once for a conversation.
#[derive(Debug, Default)]
struct Room {
    line: Line,
    run: Run,
}

/// Where scanners put what they see in one text.
struct Seen<'a> {
    turn: Option<usize>,
    found: &'a mut Vec<Residue>,
}

impl<'a> Seen<'a> {
    fn new(turn: Option<usize>, found: &'a mut Vec<Residue>) -> Self {
        Self { turn, found }
    }

    fn add(&mut self, span: Range<usize>, category: Category, rule: &'static str) {
        self.found.push(Residue {
            turn: self.turn,
            span,
            category,
            rule,
        });
    }
}

/// Runs every scanner over one text, which may answer what was `asked`.
fn scan(Room { line, run }: &mut Room, asked: Asked, seen: &mut Seen<'_>) {
    if !line.counts_one_thing() {
        digits::scan(line, run, asked, seen);
        code::scan(line, seen);
        calendar::scan(line, seen);
    }
    radio::scan(line, seen);
    contact::scan(line, seen);
    place::scan(line, seen);
    name::scan(line, seen);
    beside::scan(line, seen);
    answer::scan(line, asked, seen);
    echo::scan(line, asked, seen);
}

/// What an attribute may hold at most: three digits of a ZIP code, an age to 89.
fn inspect_attribute(attribute: Attribute, line: &Line, seen: &mut Seen<'_>) {
    let most = |n| (0..line.atoms.len()).any(|i| line.digits(i) > n);
    let generalised = line.word(1) == "or" && line.word(2) == "older";
    match attribute {
        Attribute::Zip if most(3) => seen.add(line.span(0), Category::Zip, "attribute"),
        Attribute::Age
            if !generalised && line.digits(0) > 0 && line.value(0).is_none_or(|age| age > 89) =>
        {
            seen.add(line.span(0), Category::Age, "attribute");
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
