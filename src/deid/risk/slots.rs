//! What stands right at a word: a finding that it may be a part of, a word after
//! which a number is said.

use crate::deid::document::TokenKind;
use crate::deid::word::{Words, words};
use crate::domain::Category;

use super::around::{Surroundings, is_place};
use super::signs::{Sign, Signs};

/// A cue is at most this many tokens before its number.
const CUE_WITHIN: usize = 6;

impl Surroundings<'_> {
    /// The signs of the slot in which token `i` stands.
    pub(super) fn of_slot(&self, i: usize, signs: &mut Signs) {
        let at = [self.before(i), self.after(i)];
        let next_to = |is: fn(Category) -> bool| at.iter().flatten().any(|c| is(*c));
        signs.put(Sign::AtName, next_to(|c| c == Category::Person));
        signs.put(Sign::AtDate, next_to(|c| c == Category::Date));
        signs.put(Sign::AtPlace, next_to(is_place));
        signs.put(Sign::AtCode, next_to(is_code));
        let cues = i.saturating_sub(CUE_WITHIN)..i;
        let cued = || cues.clone().any(|j| CUES.has(self.turn.key(j)));
        signs.put(Sign::AfterCue, self.digits(i) > 0 && cued());
        let name = signs.has(Sign::Given) || signs.has(Sign::Surname) || signs.has(Sign::Unlisted);
        signs.put(Sign::NameAlone, name && signs.has(Sign::WholeTurn));
    }

    /// What was found at the word before token `i`, past the token that is
    /// written as one with it.
    fn before(&self, i: usize) -> Option<Category> {
        let mut j = i.checked_sub(1)?;
        if self.turn.is_joined(i) && self.turn.kind(j) == Some(TokenKind::Number) {
            j = j.checked_sub(1)?;
        }
        self.found[j]
    }

    /// The same after it.
    fn after(&self, i: usize) -> Option<Category> {
        let mut j = i + 1;
        if self.turn.is_joined(j) && self.turn.kind(i) == Some(TokenKind::Number) {
            j += 1;
        }
        self.found.get(j).copied().flatten()
    }
}

/// Whether values of `category` are said digit by digit.
fn is_code(category: Category) -> bool {
    !is_place(category)
        && !matches!(
            category,
            Category::Person
                | Category::Organization
                | Category::Date
                | Category::Age
                | Category::Time
        )
}

/// Words that a number which names somebody often follows.
const CUES: Words = words![
    "number",
    "code",
    "pin",
    "ssn",
    "social",
    "account",
    "card",
    "policy",
    "id",
    "zip",
    "phone",
    "dob",
    "birth",
    "born",
    "confirmation",
    "booking",
    "order",
    "member",
    "claim",
    "ending",
    "digits",
    "address",
    "password",
    "case",
    "reference",
    "license",
    "plate",
    "mrn",
    "record"
];
