//! What addresses go on with beside the street and its number: what a flat is called
//! before them (`[unit seven slash] nineteen lockkeeper road`), the door after them
//! (`lockkeeper road, [4r]`, `she's at the end, [number 11]`), the number that is
//! corrected (`seventeen forty or [seventeen fifty]`).

use std::ops::Range;

use crate::deid::detect::expect::street::is_kind;
use crate::deid::detect::expect::talk::number;
use crate::deid::detect::units::is_quantity;
use crate::deid::document::TokenKind;
use crate::deid::spoken::digits_of;
use crate::deid::word::{Words, words};

use super::Beside;

/// Most words of a number.
const MOST_WORDS: usize = 4;

/// What a part of a house is called, with a number after it.
const PARTS: Words = words![
    "apartment",
    "apt",
    "block",
    "building",
    "door",
    "flat",
    "house",
    "lot",
    "number",
    "plot",
    "room",
    "shop",
    "suite",
    "unit",
];

impl Beside<'_> {
    /// The address with the flat and its number before it, or the word alone that says
    /// what its first number is: `[unit seven slash] nineteen lockkeeper road`, `[plot]
    /// nine quarry close`.
    pub(super) fn led_by_flat(&self, start: usize) -> usize {
        let named = |i: usize| self.turn.is_of(i, PARTS) && self.is_beside(i + 1);
        // `flat number nine`
        let start = match number(self.turn, start) {
            true => (start.saturating_sub(2)..start)
                .rev()
                .take_while(|&i| named(i))
                .last()
                .unwrap_or(start),
            false => start,
        };
        let Some(before) = start.checked_sub(1) else {
            return start;
        };
        if !self.turn.is_of(before, words!["slash", "/", ","]) {
            return start;
        }
        let said = (before.saturating_sub(MOST_WORDS)..before).rev();
        let first = said.take_while(|&i| number(self.turn, i)).last();
        match first {
            Some(first) if first > 0 && named(first - 1) => first - 1,
            _ => start,
        }
    }

    /// The doors and numbers after the address that are of it and yet apart.
    pub(super) fn doors(&self) -> [Option<Range<usize>>; 2] {
        [self.numbered_door(), self.other_number()]
    }

    /// `lockkeeper road, [4r]`; `lockkeeper road #[31]`; `[number 11]` in the same turn.
    fn numbered_door(&self) -> Option<Range<usize>> {
        const REACH: usize = 10;
        let end = self.tokens.end;
        let letter = |i: usize| self.turn.is_joined(i) && self.turn.tokens[i].letter;
        let written = |i: usize| {
            let token = self.turn.tokens.get(i);
            token.is_some_and(|t| t.kind == TokenKind::Number && t.span.len() <= MOST_WORDS)
        };
        let marked = self.word(end) == "#" && written(end + 1);
        if marked {
            return Some(end..end + 2 + usize::from(letter(end + 2)));
        }
        if self.word(end) == "," && written(end + 1) && letter(end + 2) && self.ends(end + 3) {
            return Some(end + 1..end + 3);
        }
        if let Some(part) = self.part_after(end) {
            return Some(part);
        }
        let called = |&i: &usize| {
            self.turn.is_of(i, words!["number"])
                && (i < end + 2 || !self.turn.is_of(i - 1, NUMBERED))
        };
        let at = (end + 1..end + REACH).find(called)?;
        let last = self.number_end(at + 1)?;
        let few: usize = (at + 1..last).map(|i| self.digits(i)).sum();
        (few < MOST_WORDS && self.is_closed(last)).then_some(at..last)
    }

    /// What a part of the place is called, and its number, or which half it is: `old mill
    /// lane, [box 41]`, `nine quarry close [rear]`; the house after its street: `Quarry
    /// Lane [4]`.
    fn part_after(&self, end: usize) -> Option<Range<usize>> {
        const PARTS: Words = words!["berth", "box", "int", "lot", "slip"];
        const HALVES: Words = words!["downstairs", "rear", "upstairs"];
        let comma = usize::from(self.word(end) == ",");
        let part = end + comma;
        if self.turn.is_of(part, HALVES) && self.is_closed(part + 1) {
            return Some(part..part + 1);
        }
        if self.turn.is_of(part, PARTS) {
            let first = part + 1 + usize::from(self.word(part + 1) == ".");
            let last = self.number_end(first)?;
            return self.is_closed(last).then_some(part..last);
        }
        let kind = is_kind(self.turn.key(end - 1)) && !number(self.turn, self.tokens.start);
        let house = kind
            && self
                .turn
                .tokens
                .get(end)
                .is_some_and(|t| t.span.len() < MOST_WORDS);
        let written = house && self.turn.tokens[end].kind == TokenKind::Number;
        (written && self.ends(end + 1) && self.number_end(end) == Some(end + 1))
            .then_some(end..end + 1)
    }

    /// `seventeen forty or [seventeen fifty]`: a number that is put in place of all that
    /// the address is.
    fn other_number(&self) -> Option<Range<usize>> {
        const FEWEST: usize = 3;
        const MOST: usize = 6;
        const CORRECTS: Words = words![
            "actually", "i", "is", "it", "it's", "maybe", "mean", "no", "not", "or", "sorry",
            "think", "uh", "um", ",",
        ];
        let Range { start, end } = self.tokens;
        let numbers = |mut tokens: Range<usize>| tokens.all(|i| number(self.turn, i));
        let long = |tokens: Range<usize>| tokens.map(|i| self.digits(i)).sum::<usize>();
        // `it's [18b] not [18a]`
        let lettered = |i: usize| self.turn.tokens.get(i).is_some_and(|t| t.letter);
        if end - start == 2 && number(self.turn, start) && lettered(start + 1) {
            let other = self.turn.is_of(end, words!["and", "not", "or"]);
            let door = number(self.turn, end + 1) && lettered(end + 2);
            return (other && door && self.is_closed(end + 3)).then_some(end + 1..end + 3);
        }
        if !numbers(start..end) || long(start..end) < FEWEST {
            return None;
        }
        let next = (end..end + MOST).find(|&i| !self.turn.is_of(i, CORRECTS))?;
        let said = (end..next).any(|i| {
            self.turn
                .is_of(i, words!["no", "not", "or", "sorry", "think", "mean"])
        });
        let last = self.number_end(next)?;
        (said && long(next..last) >= FEWEST && self.is_closed(last)).then_some(next..last)
    }

    /// One past the number that begins at token `i` and measures nothing.
    fn number_end(&self, i: usize) -> Option<usize> {
        let numbers = (i..i + MOST_WORDS).take_while(|&k| {
            number(self.turn, k) || k > i && self.turn.is_of(k, words!["hundred"])
        });
        let last = numbers.last()?;
        (!is_quantity(self.turn.text, self.turn.tokens[last].span.end)).then_some(last + 1)
    }

    /// How many digits token `i` says.
    fn digits(&self, i: usize) -> usize {
        match self.turn.tokens[i].kind {
            TokenKind::Number => self.turn.tokens[i].span.len(),
            _ if self.turn.is_of(i, words!["hundred"]) => 2,
            _ => digits_of(self.turn.key(i)),
        }
    }
}

/// What a number is of that is no house's: `phone [number]`.
const NUMBERED: Words = words![
    "account",
    "booking",
    "callback",
    "card",
    "case",
    "cell",
    "claim",
    "contact",
    "member",
    "mobile",
    "order",
    "phone",
    "policy",
    "reference",
    "tracking",
];
