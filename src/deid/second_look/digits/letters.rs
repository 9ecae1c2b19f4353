//! Letters said one by one, alone or with digits.

use super::super::atom::Line;
use super::super::reading;
use super::super::run::{Part, Run};
use super::super::vocabulary::is_drug_like;
use super::super::words::{self, class};
use super::is_ending;
use crate::domain::Category;

impl Run {
    /// A word said letter by letter; `None` when the run has digits.
    pub(super) fn spelled(&self, line: &Line) -> Option<Option<(Category, &'static str)>> {
        let letter = |p: &Part| match p {
            Part::Letter(c) => Some(*c),
            Part::Oh => Some('o'),
            _ => None,
        };
        if self.letters() == 0 {
            return None;
        }
        let all: String = self.parts.iter().map(letter).collect::<Option<_>>()?;
        let meridiem = matches!(all.as_str(), "am" | "pm" | "ru" | "un" | "im");
        // Whose name is asked for or told may be called as a drug is.
        let whose = self.asked.name || self.is_name_told(line);
        let test = self.asked.test && !whose;
        let thing = !whose
            && (is_drug_like(&all)
                || all.len() > 4 && words::is_thing(&all)
                || reading::are_acronyms(&all));
        let known = thing || words::is_acronym(&all);
        if line.bare && self.parts.len() >= 2 && !known && !meridiem && !test {
            return Some(Some((Category::Person, "letters-alone")));
        }
        let core = all.trim_matches(['a', 'i']);
        let stutter = core.chars().all(|c| core.starts_with(c));
        let known = known || words::is_acronym(core);
        let named = self.asked.name || self.first > 1 && line.word(self.first - 1) == "me";
        let least = if self.hyphens > 0 || named || self.is_spelling(line) {
            3
        } else {
            4
        };
        let names = core.chars().count() >= least && !stutter && !known && !test;
        Some(names.then_some((Category::Person, "spelled")))
    }

    /// Whether a name is told just before the run.
    fn is_name_told(&self, line: &Line) -> bool {
        (self.first.saturating_sub(3)..self.first).any(|i| line.word(i) == "name")
    }

    /// Whether somebody speaks of a name or of spelling just before the run.
    fn is_spelling(&self, line: &Line) -> bool {
        (self.first.saturating_sub(5)..self.first).any(|i| {
            matches!(
                line.word(i),
                "name" | "spelled" | "spelt" | "spell" | "spelling" | "spells"
            )
        })
    }

    /// Letters and digits together: a code, unless it names vertebrae.
    pub(super) fn judge_mixed(&self, line: &Line) -> Option<(Category, &'static str)> {
        let (letters, digits) = (self.letters(), self.digit_total() + self.misheard);
        let spine = |p: &Part| !matches!(p, Part::Letter(c) if !"ctls".contains(*c));
        let asked = self.asked.number && line.bare;
        if !asked && self.parts.iter().all(spine) && digits < letters + 3 || self.is_staging() {
            return None;
        }
        // `wound 4.2 x 2.8 cm`, `T 36.6, P 78`
        let decimal = |i: usize| {
            line.mark(i) == Some('.')
                && line.glued(i)
                && line.glued(i + 1)
                && matches!(line.digits(i + 1), 1 | 2)
        };
        if !asked
            && self.dots > 0
            && (self.first + 1..self.end).any(|i| decimal(i) && line.is_digits(i - 1))
        {
            return None;
        }
        // `>180/110 w sx`
        if !asked && letters == 1 && self.slashes == 1 && self.parts.len() == 3 {
            return None;
        }
        let code = line.bare && letters >= 1 && digits >= 1 && letters + digits >= 3
            || letters >= 2 && digits >= 3 && letters + digits >= 6
            || letters >= 3 && digits >= 2
            || letters >= 2 && digits >= 1 && letters + digits >= 4 && self.is_code_told(line)
            || letters == 1 && digits >= 5 && !self.is_quantity(line)
            || letters + digits >= 3 && digits > 0 && is_ending(line, self.first);
        let code = code
            && (asked || !reading::is_reading(line, self.first, self.end) && !self.spells_thing());
        code.then_some((Category::OtherId, "letters-and-digits"))
    }

    /// `e l i q u i s five`: the letters of a brand that is known.
    fn spells_thing(&self) -> bool {
        const SHORTEST: usize = 5;
        let letter = |p: &Part| match p {
            Part::Letter(c) => Some(*c),
            _ => None,
        };
        let word: String = self.parts.iter().map_while(letter).collect();
        word.len() >= SHORTEST && (words::is_thing(&word) || is_drug_like(&word))
    }

    /// `t two n zero m zero`: each letter with one digit.
    fn is_staging(&self) -> bool {
        let mut pairs = self.parts.chunks(2);
        self.parts.len() > 3
            && pairs.all(|pair| {
                matches!(
                    pair,
                    [Part::Letter('t' | 'n' | 'm' | 'g' | 'p'), Part::Digit(_)]
                )
            })
    }

    /// `order w l g four`: a code right after the word for it.
    fn is_code_told(&self, line: &Line) -> bool {
        let mut before = self.first.saturating_sub(2)..self.first;
        self.asked.number || before.any(|i| line.is_class(i, class::CUE)) && !line.is_unit(self.end)
    }
}
