//! Runs of digits in words: which are told of somebody, and which count, cost or tell
//! the time.

use super::super::atom::Line;
use super::super::clause::breaks_off;
use super::super::cue;
use super::super::exam::{is_measuring, sets_recall};
use super::super::run::{Part, Run};
use super::{category_of, is_ending};
use crate::domain::Category;

impl Run {
    /// What rule says that the digits of the run name somebody, and what they are.
    pub(super) fn judge_spoken(
        &self,
        line: &Line,
        asked: bool,
    ) -> Option<(Category, &'static str)> {
        let pairs = self
            .parts
            .iter()
            .filter(|p| matches!(p, Part::Pair(_)))
            .count();
        let edges = self.misheard_at_edges(line);
        if edges + self.misheard == 0 && self.is_counting() {
            return None;
        }
        let cued = cue::is_cued(line, self.first) || cue::is_named_after(line, self.end);
        if !cued && !self.asked.number && self.is_told_apart(line, self.digit_total()) {
            return None;
        }
        let asked = asked || cued;
        let told = self.asked.told.number && edges > 0;
        let misheard = self.misheard + if asked || told { edges } else { 0 };
        let asked = asked || told;
        let total = self.digit_total() + misheard;
        let singles = total - 2 * pairs;
        let amount = self.is_quantity(line) || self.is_round();
        if misheard == 0 && self.is_counting() || amount && singles < 6 {
            return None;
        }
        let names = match (singles, pairs) {
            (0, 1) | (2, 0) if is_ending(line, self.first) => true,
            (_, 0) => {
                singles >= 4
                    || singles >= 2 && self.asked.number && line.bare
                    || singles == 3 && asked && self.leads_with_zero() && !self.is_kind(line)
                    || singles == 3 && cue::is_just_after(line, self.first)
                    || singles == 3 && cue::is_named_after(line, self.end)
            }
            (0, _) => pairs >= 3 || pairs == 2 && asked && !self.is_spoken_year(),
            _ => {
                total >= 6
                    || total >= 5 && (singles >= 2 || asked)
                    || total >= 4 && asked && self.parts.len() >= 3
            }
        };
        let tested = || self.asked.test && !self.asked.number || sets_recall(line);
        let measured = || !cued && !self.asked.number && total < 7 && is_measuring(line);
        (names && !tested() && !measured()).then_some((category_of(total), "digits-in-words"))
    }

    /// `ending in for eight three four`, `nine nine one for, correct`: how many
    /// digits before and behind it recognisers wrote as words.
    fn misheard_at_edges(&self, line: &Line) -> usize {
        let digit = |word: &str| matches!(word, "for" | "too" | "ate");
        let first = self.first;
        let before = first > 1
            && digit(line.word(first - 1))
            && matches!(line.word(first - 2), "in" | "is" | "was" | "with");
        let behind = (digit(line.word(self.end)) || line.word(self.end) == "to")
            && breaks_off(line, self.end + 1);
        usize::from(before) + usize::from(behind)
    }

    /// `an oh eight seven number`: with what numbers of a kind begin.
    fn is_kind(&self, line: &Line) -> bool {
        matches!(line.word(self.end), "number" | "numbers")
    }

    /// Amounts do not begin with a zero.
    fn leads_with_zero(&self) -> bool {
        matches!(self.parts.first(), Some(Part::Oh | Part::Digit(0)))
    }

    /// `one ninety-four, one ninety-five`, `two, three, two, four`, `one eighty six one
    /// eighty nine`: several small numbers, each told by itself.
    fn is_told_apart(&self, line: &Line, total: usize) -> bool {
        const LONG: usize = 10;
        let hundred = |pair: &[Part]| matches!(pair, [Part::Digit(1..=4), Part::Pair(_)]);
        let hundreds = self.parts.len() > 3 && self.parts.chunks(2).all(hundred);
        let listed = self.commas + self.dots + 1 >= self.parts.len() && self.dots < 3;
        let parted = self.commas > 0 && total < 7;
        let price = matches!(
            self.parts[..],
            [Part::Pair(_), Part::Pair(25 | 49 | 50 | 75 | 90 | 95 | 99)]
        );
        total < LONG && (hundreds || listed && self.commas > 1 || parted)
            || price
            || self.is_hour(line)
    }

    /// `at exactly ten fifteen`, `fourteen oh five`.
    fn is_hour(&self, line: &Line) -> bool {
        let preposed = self.first > 0
            && matches!(
                line.word(self.first - 1),
                "at" | "exactly" | "around" | "about" | "by" | "before" | "until" | "till"
            );
        match self.parts[..] {
            [Part::Pair(hour), Part::Oh, Part::Digit(_)] => hour < 24,
            [Part::Pair(hour), Part::Pair(minutes)] => preposed && hour < 24 && minutes < 60,
            _ => false,
        }
    }

    /// `four zero zero zero`: a round amount, read out.
    fn is_round(&self) -> bool {
        let zero = |p: &Part| matches!(p, Part::Digit(0));
        let ohs = self.parts.contains(&Part::Oh);
        !ohs && self.parts.iter().rev().take_while(|p| zero(p)).count() >= 2
    }

    /// `nineteen eighty three`, `twenty fourteen`.
    fn is_spoken_year(&self) -> bool {
        matches!(
            self.parts[..],
            [Part::Pair(18 | 19), Part::Pair(_)] | [Part::Pair(20), Part::Pair(..=35)]
        )
    }
}
