//! The surroundings of a word that is left: what was found in its turn, what
//! number it is part of.

use std::ops::Range;

use crate::deid::detect::units::{is_amount_word, is_price, is_unit};
use crate::deid::detect::value::is_year;
use crate::deid::document::TokenKind;
use crate::deid::finding::Finding;
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::model::{CATEGORIES, Doubt};
use crate::deid::spoken::digits_of;
use crate::domain::{Category, Role};

use super::signs::{Sign, Signs};

/// One turn and what was found in it.
#[derive(Debug)]
pub(super) struct Surroundings<'a> {
    pub(super) turn: &'a ReadTurn<'a>,
    /// What was found at each token.
    pub(super) found: Vec<Option<Category>>,
    /// Words and numbers, and how many of them were found.
    said: usize,
    covered: usize,
}

/// Most tokens on either side that belong to one number.
const LONGEST_RUN: usize = 8;

/// How near a hole in the transcript, a unit or a finding is beside a word, in
/// tokens.
const HOLE_WITHIN: usize = 4;
const UNIT_WITHIN: usize = 3;
const FOUND_WITHIN: usize = 2;

/// Below this the recogniser is unsure.
const UNSURE: f32 = 0.6;

impl<'a> Surroundings<'a> {
    /// Turn `at` and what of `findings`, in order, lies in it. `room` is used
    /// again from turn to turn.
    pub(super) fn new(
        turn: &'a ReadTurn<'a>,
        at: usize,
        findings: &[Finding],
        mut room: Vec<Option<Category>>,
    ) -> Self {
        room.clear();
        room.resize(turn.len(), None);
        let first = findings.partition_point(|f| f.turn < at);
        for finding in findings[first..].iter().take_while(|f| f.turn == at) {
            room[turn.tokens_of(&finding.span)].fill(Some(finding.category));
        }
        let says = |i: &usize| turn.kind(*i) != Some(TokenKind::Mark);
        let said = (0..turn.len()).filter(says);
        Self {
            said: said.clone().count(),
            covered: said.filter(|i| room[*i].is_some()).count(),
            turn,
            found: room,
        }
    }

    /// The room, for the next turn.
    pub(super) fn into_room(self) -> Vec<Option<Category>> {
        self.found
    }

    /// Whether token `i` was found.
    pub(super) fn is_found(&self, i: usize) -> bool {
        self.found[i].is_some()
    }

    /// The signs of the word that `doubt` is about, in a turn of which the
    /// recogniser had this `confidence`.
    pub(super) fn signs(&self, doubt: &Doubt, confidence: Option<f32>) -> Signs {
        let mut signs = Signs::of(doubt.probability);
        self.of_model(doubt, &mut signs);
        self.of_word(doubt.token, &mut signs);
        self.of_number(doubt.token, &mut signs);
        let none_found = self.covered == 0;
        let rest = self.said - 1;
        signs.put(Sign::WholeTurn, rest == 0);
        signs.put(Sign::ShortTurn, (1..4).contains(&rest));
        signs.put(Sign::RestFound, rest > 0 && self.covered * 2 >= rest);
        self.of_slot(doubt.token, &mut signs);
        signs.put(Sign::Asked, doubt.asked);
        signs.put(Sign::Unanswered, doubt.asked && none_found);
        signs.put(Sign::ByAgent, self.turn.turn.role == Role::Agent);
        signs.put(Sign::Unsure, confidence.is_some_and(|c| c < UNSURE));
        signs
    }

    fn of_model(&self, doubt: &Doubt, signs: &mut Signs) {
        let category = CATEGORIES[doubt.label];
        signs.put(Sign::AsPlace, category == Some(Category::City));
        signs.put(Sign::AsAddress, category == Some(Category::Address));
        signs.put(Sign::AsCode, category == Some(Category::OtherId));
        signs.put(Sign::AsSite, category == Some(Category::Facility));
    }

    fn of_word(&self, i: usize, signs: &mut Signs) {
        let turn = self.turn;
        let classes = turn.classes(i);
        let letter = turn.is_letter(i);
        let single = |j: usize| turn.is_letter(j) || self.digits(j) == 1;
        let in_row = letter && (i > 0 && single(i - 1) || single(i + 1));
        let cut_off = letter && turn.is_mark(i + 1, "-") && turn.is_joined(i + 1);
        const THING: Classes = Classes::CLINICAL.with(Classes::DRUG);
        const LAND: Classes = Classes::STATE.with(Classes::COUNTRY);
        signs.put(Sign::Letters, in_row && !cut_off);
        signs.put(Sign::Stutter, cut_off);
        let ordinal = self.is_ordinal(i) || i > 0 && self.is_ordinal(i - 1);
        signs.put(Sign::Ordinal, ordinal);
        signs.put(
            Sign::Mixed,
            !ordinal && (self.is_mixed(i) || self.is_mixed(i + 1)),
        );
        signs.put(Sign::Capital, turn.is_proper(i));
        signs.put(Sign::Abbreviation, turn.is_all_capitals(i));
        signs.put(Sign::Unlisted, turn.is_word(i) && classes.is_unlisted());
        signs.put(Sign::Given, classes.given() >= 3);
        signs.put(Sign::Surname, classes.family() >= 3);
        signs.put(Sign::Town, classes.town_size() > 0);
        signs.put(Sign::Common, classes.commonness() >= 6);
        signs.put(Sign::Clinical, classes.any(THING));
        signs.put(Sign::State, classes.any(LAND));
        signs.put(
            Sign::Calendar,
            classes.any(Classes::CALENDAR) && turn.word(i) != "may",
        );
        signs.put(Sign::BesidePlace, self.is_beside(i, is_place));
        signs.put(Sign::BesideOther, self.is_beside(i, |c| !is_place(c)));
        signs.put(Sign::Hole, self.is_by_hole(i));
    }

    fn of_number(&self, i: usize, signs: &mut Signs) {
        let run = self.run(i);
        let digits = self.digits_of(&run);
        if self.digits(i) == 0 || digits == 1 && self.turn.word(i) == "oh" {
            return;
        }
        signs.put(Sign::OneDigit, digits == 1);
        signs.put(Sign::TwoDigits, digits == 2);
        signs.put(Sign::ThreeDigits, digits == 3);
        signs.put(Sign::FourDigits, digits == 4);
        signs.put(Sign::ManyDigits, digits > 4);
        signs.put(Sign::Year, self.is_year(&run));
        signs.put(Sign::Measured, self.is_measured(&run, digits));
        signs.put(Sign::NumberByPlace, signs.has(Sign::BesidePlace));
        signs.put(Sign::NumberByHole, signs.has(Sign::Hole));
        let parts = run.filter(|j| self.digits(*j) > 0).count();
        signs.put(Sign::NumberAlone, digits > 1 && self.said == parts);
    }

    /// Whether token `i` is joined to the one before it, a letter to a digit.
    fn is_mixed(&self, i: usize) -> bool {
        let kind = |i| self.turn.kind(i).filter(|kind| *kind != TokenKind::Mark);
        self.turn.is_joined(i) && kind(i).is_some() && kind(i - 1).is_some()
    }

    /// Whether token `i` and the letters joined to it are an ordinal: `5th`.
    fn is_ordinal(&self, i: usize) -> bool {
        self.turn.kind(i) == Some(TokenKind::Number)
            && self.turn.is_joined(i + 1)
            && matches!(self.turn.word(i + 1), "st" | "nd" | "rd" | "th")
    }

    /// Whether something found lies beside token `i` that `is` true of.
    fn is_beside(&self, i: usize, is: impl Fn(Category) -> bool) -> bool {
        self.found[self.near(i, FOUND_WITHIN)]
            .iter()
            .flatten()
            .any(|c| is(*c))
    }

    /// Whether the transcript says beside token `i` that something was not
    /// understood.
    fn is_by_hole(&self, i: usize) -> bool {
        self.near(i, HOLE_WITHIN)
            .any(|j| is_hole(self.turn.word(j)) && j > 0 && self.turn.is_mark(j - 1, "["))
    }

    fn near(&self, i: usize, within: usize) -> Range<usize> {
        i.saturating_sub(within)..(i + within + 1).min(self.found.len())
    }

    /// How many digits token `j` says, if it was not found.
    pub(super) fn digits(&self, j: usize) -> usize {
        match self.turn.kind(j) {
            Some(TokenKind::Number) if !self.is_found(j) => self.turn.word(j).len(),
            Some(TokenKind::Word) if !self.is_found(j) => digits_of(self.turn.key(j)),
            _ => 0,
        }
    }

    /// The tokens of the number that token `i` is part of.
    fn run(&self, i: usize) -> Range<usize> {
        let belongs = |j: usize| {
            self.digits(j) > 0 || ["-", ","].iter().any(|mark| self.turn.is_mark(j, mark))
        };
        let near = self.near(i, LONGEST_RUN);
        let before = (near.start..i).rev().take_while(|j| belongs(*j)).count();
        let after = (i + 1..near.end).take_while(|j| belongs(*j)).count();
        i - before..i + 1 + after
    }

    /// How many digits `run` says: `eighty four` and `eighty-four` say two.
    fn digits_of(&self, run: &Range<usize>) -> usize {
        let mut after_tens = false;
        let mut digits = 0;
        for j in run.clone().filter(|j| self.digits(*j) > 0) {
            let said = self.digits(j);
            digits += if after_tens && said == 1 { 0 } else { said };
            after_tens = self.turn.word(j).ends_with("ty");
        }
        digits
    }

    /// Whether `run` is a year, in figures or in words: it may stay.
    fn is_year(&self, run: &Range<usize>) -> bool {
        let first = self.turn.word(run.start);
        match run.clone().filter(|j| self.digits(*j) > 0).count() {
            1 => is_year(first),
            2 | 3 => matches!(first, "nineteen" | "twenty") && self.digits_of(run) == 4,
            _ => false,
        }
    }

    /// Whether the number of `run` measures, counts, costs or tells the hour.
    fn is_measured(&self, run: &Range<usize>, digits: usize) -> bool {
        let turn = self.turn;
        let hour = run.start > 0 && digits <= 2 && is_before_hour(turn.word(run.start - 1));
        let before = run.start.saturating_sub(UNIT_WITHIN)..run.start;
        let after = run.end..(run.end + UNIT_WITHIN).min(turn.len());
        let says = |mut near: Range<usize>| {
            near.any(|j| {
                is_unit(turn.key(j)) || is_amount_word(turn.key(j)) || is_sum(turn.word(j))
            })
        };
        hour || says(before)
            || says(after)
            || is_price(turn.turn.text, turn.turn.tokens[run.start].span.start)
    }
}

pub(super) const fn is_place(category: Category) -> bool {
    matches!(
        category,
        Category::Address | Category::City | Category::Zip | Category::Facility
    )
}

/// Whether `word`, in brackets, says that something was not understood.
fn is_hole(word: &str) -> bool {
    matches!(
        word,
        "inaudible" | "unintelligible" | "indiscernible" | "unclear" | "crosstalk"
    )
}

/// Whether `word` before a small number makes it an hour, most probably.
fn is_before_hour(word: &str) -> bool {
    matches!(word, "at" | "between" | "till" | "until" | "around")
}

/// Whether `word` beside a number makes it a sum or an hour.
fn is_sum(word: &str) -> bool {
    matches!(
        word,
        "am" | "pm" | "o'clock" | "credit" | "credits" | "fee" | "budget"
    )
}
