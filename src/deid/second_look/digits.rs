//! Numbers that name somebody: runs of digits, digit words and single letters
//! in any grouping, judged by the shape of the run and what stands around it.

mod letters;
mod spoken;

use super::Seen;
use super::across::Asked;
use super::atom::{Kind, Line, contents};
use super::cue;
use super::radio::is_spelled_out;
use super::run::{Part, Run};
use super::street;
use super::words::{Spoken, class};
use crate::domain::Category;

/// Judges every run of `line`, which may answer what was `asked`.
pub(super) fn scan(line: &Line, run: &mut Run, asked: Asked, seen: &mut Seen<'_>) {
    let letters = if line.bare {
        contents::SINGLE
    } else {
        contents::LETTER
    };
    if !line.has(class::NUMBER) && !line.holds(contents::DIGITS | letters) {
        return;
    }
    run.asked = asked;
    let asked = asked.number || line.bare;
    let mut i = 0;
    while i < line.atoms.len() {
        if !run.read(line, i) {
            i += 1;
            continue;
        }
        if is_spelled_out(line, run) {
            seen.add(line.span(run.first), Category::OtherId, "letters-by-words");
        }
        if let Some((category, rule)) = run.judge(line, asked) {
            seen.add(line.span(run.first), category, rule);
        }
        if street::is_house(line, run.end, run.letters(), run.digit_total()) {
            seen.add(line.span(run.first), Category::Address, "house");
        }
        i = run.end.max(i + 1);
    }
}

/// How many digits `line` holds, written or spoken, and letters of a code.
pub(super) fn digit_count(line: &Line) -> usize {
    let spoken = |i| match line.spoken(i) {
        _ if matches!(line.word(i + 1), "moment" | "second" | "sec" | "minute") => 0,
        Some(Spoken::Digit(1)) if is_pronoun(line, i) => 0,
        Some(Spoken::Digit(_) | Spoken::Repeat(_)) => 1,
        Some(_) => 2,
        None => 0,
    };
    let letters = |i: usize| match line.word(i).len() {
        1 if !matches!(line.word(i), "a" | "i") => 1,
        n @ (2 | 3) if line.bare && is_letters(line, i) => n,
        _ => 0,
    };
    (0..line.atoms.len())
        .map(|i| line.digits(i) + spoken(i) + letters(i))
        .sum()
}

/// `that's the one`, `the old one`: what stands for something, and counts nothing.
pub(super) fn is_pronoun(line: &Line, i: usize) -> bool {
    line.word(i) == "one"
        && matches!(
            line.word_before(i),
            "the"
                | "that"
                | "this"
                | "which"
                | "old"
                | "new"
                | "other"
                | "another"
                | "right"
                | "wrong"
                | "same"
                | "last"
                | "next"
                | "any"
                | "each"
                | "every"
        )
}

/// Whether the two or three letters at `i` are no small word or hesitation.
fn is_letters(line: &Line, i: usize) -> bool {
    !line.is_class(
        i,
        class::SMALL | class::NUMBER | class::FILLER | class::ENDING | class::THING,
    ) && !matches!(
        line.word(i),
        "ow" | "ha" | "ah" | "aw" | "hm" | "eh" | "my" | "go"
    )
}

impl Run {
    fn judge(&mut self, line: &Line, asked: bool) -> Option<(Category, &'static str)> {
        if let Some(spelled) = self.spelled(line) {
            return spelled;
        }
        self.trim_articles();
        if self.letters() > 0 {
            return self.judge_mixed(line);
        }
        let spoken_only = !self.parts.iter().any(|p| matches!(p, Part::Written(..)));
        if spoken_only {
            self.judge_spoken(line, asked)
        } else {
            self.judge_written(line, asked)
        }
    }

    fn letters(&self) -> usize {
        let is_letter = |p: &&Part| matches!(p, Part::Letter(_));
        self.parts.iter().filter(is_letter).count()
    }

    /// `a` and `i` at either end are words, not letters of a code; so are the
    /// halves of `a m` and `p m`.
    fn trim_articles(&mut self) {
        while matches!(self.parts.first(), Some(Part::Letter('a' | 'i'))) {
            self.parts.remove(0);
        }
        while matches!(
            self.parts.last(),
            Some(Part::Letter('a' | 'i' | 'm' | 'p' | 's'))
        ) {
            self.parts.pop();
        }
    }

    pub(super) fn digit_total(&self) -> usize {
        let digits = |p: &Part| match p {
            Part::Written(_, n) => *n,
            Part::Digit(_) | Part::Oh => 1,
            Part::Pair(_) => 2,
            Part::Repeat(n) => usize::from(*n) - 1,
            Part::Letter(_) => 0,
        };
        self.parts.iter().map(digits).sum::<usize>()
    }

    /// Digits as written, or written and spoken together.
    fn judge_written(&self, line: &Line, asked: bool) -> Option<(Category, &'static str)> {
        let asked = asked || cue::is_cued(line, self.first) || cue::is_named_after(line, self.end);
        let total = self.digit_total();
        if self.parts.len() == 1 {
            return self.judge_group(line, &self.parts[0], asked);
        }
        if self.is_one_number(line) || self.is_counting() {
            return None;
        }
        let two = asked && self.parts.len() == 2 && self.commas == 0 && total >= 6;
        let names = (two && !self.holds_year() || self.is_grouped_number(line, total))
            && !(self.is_quantity(line) && total < 9);
        if names {
            return Some((category_of(total), "digit-groups"));
        }
        let judged = |p| self.judge_group(line, p, asked);
        self.parts.iter().find_map(judged)
    }

    fn lengths(&self) -> impl Iterator<Item = usize> + '_ {
        self.parts.iter().map(|p| match p {
            Part::Written(_, n) => *n,
            Part::Pair(_) => 2,
            _ => 1,
        })
    }

    /// `1,250`, `98.6`, `120/80`.
    fn is_one_number(&self, line: &Line) -> bool {
        let tight = (self.first + 1..self.end).all(|i| line.glued(i));
        let thousands = tight
            && self.commas == self.parts.len() - 1
            && self.lengths().skip(1).all(|n| n == 3)
            && self.lengths().take(1).all(|n| n <= 3);
        // `14,882.60`
        let cents = tight
            && self.dots == 1
            && self.commas + 2 == self.parts.len()
            && self.commas > 0
            && self.lengths().last() == Some(2)
            && line.mark(self.end - 2) == Some('.');
        let two = self.parts.len() == 2;
        cents || thousands || two && (tight && self.dots == 1 || self.slashes == 1)
    }

    /// Whether the lengths of the groups are those of a telephone, card,
    /// social security or other number read out in groups.
    fn is_grouped_number(&self, line: &Line, total: usize) -> bool {
        let lengths: Vec<usize> = self.lengths().collect();
        let last = lengths.last().copied().unwrap_or(0);
        let listed = self.commas + 1 >= lengths.len();
        match lengths[..] {
            [2, 4] | [2, 2, 2] if self.hyphens + 1 == lengths.len() => !self.is_date_or_range(line),
            [2, 2, 2] if self.commas + self.slashes + self.dots == 0 => {
                let told = || self.first > 0 && line.is_class(self.first - 1, class::CUE);
                cue::is_cued(line, self.first) && (self.has_led_by_zero(line) || told())
            }
            [3, 4] | [5, 4] => !listed,
            [_, _] => total >= 8 && !listed && !self.holds_year(),
            _ if lengths.iter().all(|n| *n == 1) => {
                let told = || cue::is_cued(line, self.first) && self.commas == 0;
                total >= 5 || total == 4 && (self.hyphens.max(self.dots) == 3 || told())
            }
            [3, 2, 4] | [3, 3, 4] | [1, 3, 3, 4] | [2, 3, 3, 4] => true,
            _ if last == 4 && matches!(total, 7 | 10 | 11 | 12) && !self.holds_year() => true,
            // `212 then 219 then 208`
            _ if (self.first..self.end).any(|i| line.word(i) == "then")
                && lengths.iter().all(|n| *n == 3) =>
            {
                false
            }
            _ => total >= 7 && !listed && self.slashes == 0 && !self.holds_year(),
        }
    }

    /// `44 06 37`: no amount is `06`.
    fn has_led_by_zero(&self, line: &Line) -> bool {
        let zero = |p: &Part| matches!(p, Part::Written(i, _) if line.lower(*i).starts_with('0'));
        self.parts.iter().any(zero) && !self.is_date_or_range(line)
    }

    /// Whether groups of two digits, and one of four, may be a date, or the last
    /// a year.
    fn is_date_or_range(&self, line: &Line) -> bool {
        let values = self.parts.iter().map(|p| match p {
            Part::Written(i, _) => line.value(*i).unwrap_or_default(),
            _ => 0,
        });
        values
            .into_iter()
            .all(|n| n < 32 || (1900..2100).contains(&n))
    }

    fn holds_year(&self) -> bool {
        let years = self.lengths().filter(|n| *n == 4).count();
        years > 0 && self.lengths().all(|n| n == 4 || n <= 2) && self.lengths().count() <= 3
    }

    /// One group alone.
    fn judge_group(
        &self,
        line: &Line,
        part: &Part,
        asked: bool,
    ) -> Option<(Category, &'static str)> {
        let Part::Written(i, n) = *part else {
            return None;
        };
        let led_by_zero = n == 3 && !self.is_of_zip(line) && is_led_by_zero(line, i);
        if n == 2 && is_of_dependant(line, i) {
            return Some((Category::OtherId, "of-a-dependant"));
        }
        if !led_by_zero && is_amount(line, i, n) || in_code(line, i) {
            return None;
        }
        let names = match n {
            3 if led_by_zero => true,
            3 => {
                self.asked.number && !self.asked.zip && line.bare && !line.lower(i).ends_with("00")
            }
            2 if is_ending(line, i) && self.first + 1 == self.end => true,
            0..=3 => false,
            4 if is_ending(line, i) => true,
            4 => {
                let round = line.lower(i).ends_with("00") && !cue::is_cued(line, self.first);
                let thousand = line.lower(i).ends_with("000");
                asked
                    && (!is_year(line, i) || cue::is_after_secret(line, i))
                    && (!round || !thousand && line.bare && self.asked.number)
            }
            5 => !line.lower(i).ends_with("00") || line.bare && self.asked.number,
            6..=8 => !line.lower(i).ends_with("000"),
            _ => true,
        };
        names.then_some((category_of(n), "digit-run"))
    }

    /// Whether three digits may be what stays of a ZIP code.
    fn is_of_zip(&self, line: &Line) -> bool {
        let zip = |i: usize| {
            line.is_slot_of(i, Category::Zip)
                || matches!(line.word(i), "zip" | "zipcode" | "postal" | "postcode")
        };
        // `[CITY_1] NJ 070`
        let placed = (2..4).any(|n| {
            let at = self.first.checked_sub(n);
            at.is_some_and(|at| line.is_slot_of(at, Category::City))
        });
        placed || self.asked.zip || self.asked.told.zip || (0..line.atoms.len()).any(zip)
    }

    fn is_quantity(&self, line: &Line) -> bool {
        line.is_unit(self.end)
            || line.mark(self.end) == Some('%')
            || self.first > 0 && is_currency(line, self.first - 1)
    }

    /// `one two three`, `5, 4, 3, 2, 1`, `ten, twenty, thirty`, `one, one, one`.
    fn is_counting(&self) -> bool {
        let value = |p: &Part| match p {
            Part::Digit(d) | Part::Pair(d) => Some(i32::from(*d)),
            Part::Oh => Some(0),
            _ => None,
        };
        let Some(values) = self.parts.iter().map(value).collect::<Option<Vec<_>>>() else {
            return false;
        };
        let mut steps = values.windows(2).map(|w| w[1] - w[0]);
        let Some(step) = steps.next().filter(|_| values.len() > 2) else {
            return false;
        };
        steps.all(|s| s == step) && (step != 0 || values.len() < 5)
    }
}

/// Whether digits `i` are an amount: a unit after, a currency before.
fn is_amount(line: &Line, i: usize, n: usize) -> bool {
    let hyphenated = line.mark(i + 1) == Some('-') && line.is_unit(i + 2);
    n < 9
        && (line.is_unit(i + 1)
            || hyphenated
            || line.mark(i + 1) == Some('%')
            || i > 0 && is_currency(line, i - 1))
}

/// `dependant 01`, `suffix 03`: the digits that tell the members of a plan apart.
fn is_of_dependant(line: &Line, i: usize) -> bool {
    line.lower(i).starts_with('0')
        && matches!(
            line.word_before(i),
            "dependant" | "dependent" | "suffix" | "sequence" | "member" | "beneficiary" | "code"
        )
}

/// `076`: no amount begins with a zero, unless it is all zeros or the decimals
/// of one.
fn is_led_by_zero(line: &Line, i: usize) -> bool {
    let digits = line.lower(i);
    let inner = i > 0 && matches!(line.mark(i - 1), Some('.' | ',' | ':' | '+' | '/'));
    digits.starts_with('0') && !digits.starts_with("00") && !inner
}

/// `the card ends in 1992`.
fn is_ending(line: &Line, i: usize) -> bool {
    let ends = |at: usize| matches!(line.word(at), "ends" | "ending" | "end");
    let begins = |at: usize| matches!(line.word(at), "starts" | "begins" | "beginning");
    i > 1 && matches!(line.word(i - 1), "in" | "with") && ends(i - 2)
        || i > 1 && line.word(i - 1) == "with" && begins(i - 2)
        || line.word_before(i) == "ending"
}

fn is_currency(line: &Line, i: usize) -> bool {
    matches!(line.mark(i), Some('$' | '£' | '€' | '₹' | '¥'))
        || matches!(line.word(i), "usd" | "eur" | "gbp" | "inr" | "rs")
}

/// Whether digits `i` touch letters: the scanner of codes judges those.
fn in_code(line: &Line, i: usize) -> bool {
    let word = |j: usize| matches!(line.atoms.get(j).map(|a| a.kind), Some(Kind::Word));
    line.glued(i) && i > 0 && word(i - 1) || line.glued(i + 1) && word(i + 1)
}

fn is_year(line: &Line, i: usize) -> bool {
    line.value(i).is_some_and(|y| (1900..2100).contains(&y))
}

/// What a number of `n` digits most likely is.
fn category_of(n: usize) -> Category {
    match n {
        5 => Category::Zip,
        9 => Category::Ssn,
        7 | 10 | 11 => Category::Phone,
        13..=19 => Category::Account,
        _ => Category::OtherId,
    }
}
