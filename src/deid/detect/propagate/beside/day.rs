//! What days go on with: the days that make a list or a range with them, their article,
//! the two digits of their year.

use std::ops::Range;

use crate::deid::detect::expect::talk::number;
use crate::deid::detect::units::is_quantity;
use crate::deid::document::TokenKind;
use crate::deid::spoken::{month, ordinal, tens, unit};
use crate::deid::word::{Words, words};

use super::Beside;

impl Beside<'_> {
    /// The days before and after a day that make a range or a list with it: `the
    /// 5th to the [20th]`, `the tenth the [twelfth]`.
    pub(super) fn days(&self) -> [Option<Range<usize>>; 2] {
        const JOINTS: Words = words!["and", "or", "through", "thru", "till", "to", "until", "-"];
        let Range { start, end } = self.tokens;
        let joint = end + usize::from(self.turn.is_of(end, JOINTS));
        let next = joint + usize::from(self.turn.is_of(joint, words!["the"]));
        let later = self.ordinal_from(next).filter(|_| next > end);
        let the = usize::from(start > 0 && self.turn.is_of(start - 1, words!["the"]));
        let joint = start
            .checked_sub(1 + the)
            .filter(|&joint| self.turn.is_of(joint, JOINTS));
        let earlier = joint.and_then(|joint| {
            let back = (1..=2).rev().filter_map(|back| joint.checked_sub(back));
            let first = back
                .into_iter()
                .find(|&i| self.ordinal_from(i) == Some(joint))?;
            Some(first..joint)
        });
        [earlier, later.map(|last| next..last)]
    }

    /// A day with its article, where nothing else is said: `next is [the] ninth`.
    pub(super) fn article(&self) -> Option<Range<usize>> {
        let Range { start, end } = self.tokens;
        const BEFORE: Words = words!["is", "know", "next", "then", "uh", "um", ","];
        let the = start > 0 && self.is_beside(start) && self.turn.is_of(start - 1, words!["the"]);
        let the = the && (start == 1 || self.turn.is_of(start - 2, BEFORE));
        let day = self.ordinal_from(start) == Some(end)
            || end == start + 1 && ordinal(self.turn.key(start)).is_some();
        (the && day && self.ends(end)).then(|| start - 1..end)
    }

    /// One past the ordinal day that begins at token `i`: `5th`, `twenty fifth`.
    fn ordinal_from(&self, i: usize) -> Option<usize> {
        let tokens = &self.turn.tokens;
        let day = |k: usize| ordinal(self.turn.key(k)).is_some();
        if day(i) && !self.turn.is_of(i, words!["first", "second"]) {
            return Some(i + 1);
        }
        let suffix = self.turn.is_of(i + 1, words!["st", "nd", "rd", "th"]);
        let written = suffix && tokens[i].kind == TokenKind::Number && tokens[i].span.len() <= 2;
        let said = self.turn.is_of(i, words!["twenty", "thirty"]) && day(i + 1);
        (written || said).then_some(i + 2)
    }

    /// A day and its month, with the year in two digits after them: `the tenth of march
    /// [seventy seven]`, `june ninth [of fifty eight]`.
    pub(super) fn short_year(&self) -> Option<Range<usize>> {
        /// Years that no day of a month is.
        const FEWEST: u32 = 32;
        let Range { start, end } = self.tokens;
        let last = end.checked_sub(1)?;
        let day = |i: usize| number(self.turn, i) || ordinal(self.turn.key(i)).is_some();
        let named = (start..end).any(|i| month(self.turn.key(i)).is_some());
        let of = usize::from(self.turn.is_of(end, words!["of", "in"]));
        let ends = month(self.turn.key(last)).is_some() || of > 0;
        if !named || !ends || !(start..end).any(day) {
            return None;
        }
        let end = end + of;
        let written = || {
            let token = self.turn.tokens.get(end)?;
            let two = token.kind == TokenKind::Number && token.span.len() == 2;
            let value = two.then(|| self.turn.word(end).parse().ok())??;
            Some((value, end + 1))
        };
        let said = || {
            let tens = tens(self.turn.key(end))?;
            let hyphen = usize::from(self.word(end + 1) == "-");
            let unit = unit(self.turn.key(end + 1 + hyphen));
            Some(match unit {
                Some(unit) => (tens + unit, end + 2 + hyphen),
                None => (tens, end + 1),
            })
        };
        let (value, after): (u32, usize) = written().or_else(said)?;
        let counts = is_quantity(self.turn.text, self.turn.tokens[after - 1].span.end);
        let closed = self.is_closed(after) && !number(self.turn, after);
        (value >= FEWEST && closed && !counts).then_some(start..after)
    }
}
