//! Names of persons, by lexicon and by cue, in written and in lower case.
//!
//! Every name goes, a provider's too: who is who cannot be told from a
//! transcript (45 CFR 164.514(b)(2)(i)(A)).

mod bare;
mod beside;
mod cue;
mod frame;
mod initials;
mod kindred;
mod mentioned;
mod passing;
mod rare;
mod radio;
mod reach;
mod request;
mod slot;
mod spelled;
mod spoken_to;
mod standing;
mod stranger;
mod told;
mod whole;
mod whose;

use std::ops::Range;

use crate::deid::lexicon::{Classes, ReadTurn, Reading};
use crate::deid::word::{Words, says, words};
use crate::deid::{Finding, Strength};
use crate::domain::Category;

use super::{Detector, place_name};
use cue::{CueTable, Slot};
use request::Expectation;

pub(crate) use bare::is_of_thing;
pub(crate) use slot::{ends_phrase, is_auxiliary, is_end_or_mark};
pub(crate) use spelled::{is_drug, is_separator, past_telling};
pub(crate) use standing::{Standing, standing};

/// Finds names of persons, places, facilities and employers: all that needs
/// words looked up, so that each is looked up once.
#[derive(Debug)]
pub(crate) struct NameDetector {
    cues: CueTable,
}

impl NameDetector {
    /// A detector with the cues that are built into the program.
    pub(crate) fn new() -> Self {
        Self {
            cues: CueTable::built_in(),
        }
    }

    fn find_in_turn(&self, reading: &Reading<'_>, at: usize, out: &mut Found<'_>) {
        let turn = &reading.turns[at];
        let mut town_end = 0;
        for i in (0..turn.len()).filter(|&i| may_begin(turn, i)) {
            town_end = town_end.max(place_name::long_town_end(reading, at, i));
            self.find_at(reading, i, i >= town_end, out);
        }
        if let Some(name) = whole::whole_turn(turn, reading.lexicon) {
            out.person(turn, name, "answer", Strength::Likely, 0.7);
        }
    }

    fn find_at(&self, reading: &Reading<'_>, i: usize, outside_town: bool, out: &mut Found<'_>) {
        let turn = &reading.turns[out.turn];
        let classes = turn.classes(i);
        if classes.any(Classes::CUE_START) {
            self.find_after_cue(turn, i, out);
        }
        // Whose something is is no title: `my sister's place`.
        if classes.any(Classes::TITLE)
            && !classes.any(Classes::POSSESSIVE)
            && !follows_subject(turn, i)
            && !is_of_travel(turn, i)
            && let Some(name) = slot::name_in(turn, i + 1, Slot::Title)
        {
            out.person(turn, name, "title", Strength::Cued, 0.95);
        }
        if classes.any(Classes::KIN) {
            let in_law = says!(turn, i + 1, "in") && says!(turn, i + 2, "law");
            let name = slot::name_in(turn, i + 1 + 2 * usize::from(in_law), Slot::Kin);
            let several = told::several(turn, i);
            for name in name.into_iter().chain(several) {
                out.person(turn, name, "kinship", Strength::Cued, 0.85);
            }
        }
        if classes.any(Classes::SAID.with(Classes::CALENDAR))
            && let Some(told) = radio::run_at(turn, i)
        {
            out.person(turn, told, "radio", Strength::Cued, 0.9);
        }
        if let Some(letters) = initials::after_word(turn, i) {
            out.person(turn, letters, "initials", Strength::Cued, 0.85);
        }
        if whose::owns(turn, i, reading.lexicon) {
            out.person(turn, i..i + 1, "owner", Strength::Cued, 0.8);
        }
        if let Some(end) = mentioned::doubled_end(turn, i) {
            out.person(turn, i..end, "doubled", Strength::Cued, 0.8);
        }
        if is_nobody(turn, i) {
            return;
        }
        if told::is_told(turn, i) {
            let slot = if told::is_described(turn, i) {
                Slot::Title
            } else {
                Slot::Medium
            };
            let name = i..reach::name_end(turn, i, slot);
            out.person(turn, name, "told", Strength::Cued, 0.8);
        }
        if bare::is_family(turn, i, reading.lexicon) {
            out.person(turn, i..i + 1, "family", Strength::Likely, 0.8);
        }
        if let Some(name) = frame::name_at(turn, i) {
            out.person(turn, name, "frame", Strength::Cued, 0.85);
        }
        if let Some((name, rule)) = passing::name_at(turn, i) {
            out.person(turn, name, rule, Strength::Cued, 0.8);
        }
        if let Some((name, rule)) = mentioned::name_at(turn, i) {
            out.person(turn, name, rule, Strength::Cued, 0.8);
        }
        if let Some((name, rule)) = stranger::name_at(turn, i) {
            out.person(turn, name, rule, Strength::Cued, 0.8);
        }
        let likely = || bare::name_at(turn, i).or_else(|| rare::name_at(turn, i));
        if let Some((name, rule)) = outside_town.then(likely).flatten() {
            out.person(turn, name, rule, Strength::Likely, 0.8);
        }
        if let Some(letters) = spelled::letters_at(turn, i, reading.lexicon) {
            out.person(turn, letters, "spelled", Strength::Cued, 0.85);
        }
    }

    fn find_after_cue(&self, turn: &ReadTurn<'_>, i: usize, out: &mut Found<'_>) {
        let Some((cue, next)) = self.cues.at(turn, i) else {
            return;
        };
        if is_name_of_thing(turn, i) {
            return;
        }
        let Some(name) = slot::name_in(turn, next, cue.slot) else {
            return;
        };
        let (strength, confidence) = match cue.slot {
            Slot::Strong | Slot::Title => (Strength::Cued, 0.95),
            Slot::Named | Slot::Medium | Slot::Weak | Slot::Kin => (Strength::Cued, 0.85),
            Slot::Greeting | Slot::Vocative => (Strength::Likely, 0.85),
        };
        out.person(turn, name, cue.rule, strength, confidence);
    }
}

impl Detector for NameDetector {
    fn detect(&self, reading: &Reading<'_>, out: &mut Vec<Finding>) {
        let mut expectation = Expectation::default();
        let mut asked = place_name::Asked::default();
        let mut found = Found { turn: 0, out };
        for at in 0..reading.turns.len() {
            found.turn = at;
            let before = found.out.len();
            let turn = &reading.turns[at];
            if turn.turn.fresh {
                self.find_in_turn(reading, at, &mut found);
            }
            if let Some(name) = expectation.answer(turn, reading.lexicon) {
                found.person(turn, name, "asked", Strength::Cued, 0.9);
            }
            let named = turn.turn.replaced.has(Category::Person);
            expectation.after(turn, named || found.out.len() > before);
            if turn.turn.fresh {
                place_name::find_in_turn(reading, at, found.out);
            }
            place_name::read_answer(reading, at, &mut asked, found.out);
        }
    }
}

/// Whether a name, or what announces one, may begin at token `i`: most words
/// are grammar.
fn may_begin(turn: &ReadTurn<'_>, i: usize) -> bool {
    const SIGNS: Classes = Classes::CUE_START
        .with(Classes::TITLE)
        .with(Classes::KIN)
        .with(Classes::TOWN_START);
    let classes = turn.classes(i);
    turn.is_word(i) && (!classes.any(Classes::STOP) || classes.any(SIGNS) || turn.is_letter(i))
}

/// Whether token `i` is a small word of English that nobody is called by: no
/// sentence makes a name of it.
fn is_nobody(turn: &ReadTurn<'_>, i: usize) -> bool {
    let classes = turn.classes(i);
    classes.commonness() > 0
        && classes.given() + classes.family() == 0
        && !turn.is_capital(i)
        && !turn.is_letter(i)
}

/// Whether the title at token `i` is how people travel: `coach class`.
fn is_of_travel(turn: &ReadTurn<'_>, i: usize) -> bool {
    const TRAVEL: Words = words![
        "bus", "cabin", "class", "fare", "fares", "seat", "seats", "ticket", "tickets"
    ];
    says!(turn, i, "coach") && TRAVEL.has(turn.key(i + 1))
}

/// Whether the title at token `i` is a verb: "i miss".
fn follows_subject(turn: &ReadTurn<'_>, i: usize) -> bool {
    // `you miss hill?`
    let asked = turn.is_mark(i + 2, "?") && turn.classes(i + 1).family() >= 4;
    says!(turn, i, "miss")
        && i > 0
        && !(asked && says!(turn, i - 1, "you"))
        && says!(
            turn,
            i - 1,
            "i" | "you"
                | "we"
                | "they"
                | "to"
                | "will"
                | "would"
                | "don't"
                | "not"
                | "never"
                | "did"
                | "didn't"
        )
}

/// Whether the name at token `i` is a thing's: "brand name", "user name".
fn is_name_of_thing(turn: &ReadTurn<'_>, i: usize) -> bool {
    turn.word(i).starts_with("name")
        && i > 0
        && says!(
            turn,
            i - 1,
            "brand"
                | "generic"
                | "drug"
                | "medication"
                | "medicine"
                | "street"
                | "user"
                | "file"
                | "domain"
                | "product"
                | "company"
                | "company's"
                | "employer"
                | "employer's"
                | "hospital"
                | "clinic"
                | "pharmacy"
                | "bank"
                | "business"
                | "school"
                | "hotel"
                | "plan"
                | "insurance"
                | "screen"
                | "trade"
                | "pet"
                | "city"
                | "town"
        )
}

/// Where findings of one turn go.
struct Found<'a> {
    turn: usize,
    out: &'a mut Vec<Finding>,
}

impl Found<'_> {
    fn person(
        &mut self,
        turn: &ReadTurn<'_>,
        mut tokens: Range<usize>,
        rule: &'static str,
        strength: Strength,
        confidence: f32,
    ) {
        if reach::goes_on_joined(turn, tokens.end) {
            tokens.end += 2;
        }
        tokens.end = bare::past_said_comma(turn, tokens.end);
        tokens.end = reach::past_order(turn, tokens.end);
        self.out.push(Finding {
            turn: self.turn,
            span: turn.span(tokens.start, tokens.end),
            category: Category::Person,
            detector: "name",
            rule,
            strength,
            confidence,
        });
    }
}

#[cfg(test)]
pub(crate) mod tests;
