//! Runs: digits, digit words and single letters that belong together.

use super::across::Asked;
use super::atom::{Kind, Line};
use super::clause::closes;
use super::cue;
use super::words::Spoken;

/// One element of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Digits as written: the atom and how many.
    Written(usize, usize),
    /// One spoken digit.
    Digit(u8),
    /// `oh`, which in a spelled word is a letter.
    Oh,
    /// A spoken number of two digits.
    Pair(u8),
    /// Say the next digit this often.
    Repeat(u8),
    /// One letter.
    Letter(char),
}

/// A run: its parts, the atoms it spans and how it is joined.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) parts: Vec<Part>,
    pub(super) first: usize,
    /// One past its last atom.
    pub(super) end: usize,
    pub(super) commas: usize,
    pub(super) slashes: usize,
    pub(super) dots: usize,
    pub(super) hyphens: usize,
    /// How many digits within it were written as the words they sound like.
    pub(super) misheard: usize,
    /// What the other side has just asked for.
    pub(super) asked: Asked,
}

#[inline]
fn part_at(line: &Line, i: usize) -> Option<Part> {
    match line.atoms.get(i)?.kind {
        Kind::Digits => Some(Part::Written(i, line.digits(i))),
        Kind::Word => match line.spoken(i) {
            Some(Spoken::Digit(0)) if line.word(i).starts_with('o') => Some(Part::Oh),
            Some(Spoken::Digit(d)) => Some(Part::Digit(d)),
            Some(Spoken::Teen(n) | Spoken::Tens(n)) => Some(Part::Pair(n)),
            Some(Spoken::Repeat(n)) => Some(Part::Repeat(n)),
            None => letter_at(line, i),
        },
        _ => None,
    }
}

/// A letter that stands alone, not at digits.
fn letter_at(line: &Line, i: usize) -> Option<Part> {
    let word = line.word(i);
    if word.len() > '\u{10ffff}'.len_utf8() {
        return None;
    }
    let mut letters = word.chars();
    let (letter, rest) = (letters.next()?, letters.next());
    let attached = line.is_digits(i + 1) && line.glued(i + 1)
        || line.glued(i) && i > 0 && line.is_digits(i - 1);
    (rest.is_none() && !attached).then_some(Part::Letter(letter))
}

/// A letter that is no word.
fn is_lone_letter(line: &Line, i: usize) -> bool {
    line.word(i).len() == 1 && !matches!(line.word(i), "a" | "i" | "u")
}

impl Run {
    /// Reads the run that begins at atom `i`, if one does.
    pub(super) fn read(&mut self, line: &Line, i: usize) -> bool {
        let Some(part) = part_at(line, i) else {
            return false;
        };
        self.parts.clear();
        (self.commas, self.slashes, self.dots, self.hyphens) = (0, 0, 0, 0);
        (self.first, self.end) = (i, i + 1);
        self.misheard = 0;
        self.push(line, part);
        while let Some((next, part)) = self.next(line) {
            self.count_marks(line, next);
            self.push(line, part);
            self.end = next + 1;
        }
        true
    }

    /// The next part, at most four joining atoms on.
    fn next(&mut self, line: &Line) -> Option<(usize, Part)> {
        let joins = |i| match line.mark(i) {
            Some(c) => matches!(
                c,
                '-' | '.'
                    | ','
                    | '/'
                    | '('
                    | ')'
                    | '_'
                    | '\u{2013}'
                    | '\u{2014}'
                    | '\u{2026}'
                    | '#'
                    | '*'
                    | '+'
            ),
            None => {
                line.is_filler(i)
                    || matches!(
                        line.word(i),
                        "hyphen" | "dash" | "underscore" | "colon" | "then"
                    )
            }
        };
        let mut next = (self.end..self.end + 5).find(|&i| !joins(i))?;
        let homophone = matches!(line.word(next), "so" | "for" | "too" | "ate" | "to");
        if homophone && let Some(length) = self.misheard_at(line, next) {
            self.misheard += usize::from(line.word(next) != "so");
            next += length;
        }
        Some((next, part_at(line, next)?))
    }

    /// How many atoms at `next` are a digit of the number that was written as the
    /// word it sounds like, and what joins it to the next part.
    fn misheard_at(&self, line: &Line, next: usize) -> Option<usize> {
        let word = line.word(next);
        let joint = matches!(line.word(next + 1), "then" | "dash" | "hyphen");
        let told = || self.asked.number || cue::is_cued(line, self.first);
        let lettered = |p: &Part| matches!(p, Part::Letter(_));
        let long = || match word {
            // In the middle of a long number, `so` is a misheard `oh`.
            "so" => {
                let letter = matches!(self.parts[..], [Part::Letter(c)] if !matches!(c, 'a' | 'i'));
                self.parts.len() >= 3 || letter && line.is_slot(next + 2)
            }
            "to" if !self.parts.iter().any(lettered) => {
                // `zero to seven two two`
                let digit = |at: usize| matches!(line.spoken(at), Some(Spoken::Digit(_)));
                let short = || closes(line, next + 3) && (next + 1..next + 3).all(digit);
                ((next + 1..next + 4).all(digit) || short()) && told()
            }
            "ate" if matches!(self.parts[..], [Part::Letter(_)]) => true,
            // `eighty ate sixty five`: nobody eats a number
            "ate" if line.spoken(next + 1).is_some() => true,
            // `h three too x six`
            "too" if is_lone_letter(line, next + 1) && line.is_number(next + 2) => true,
            _ => {
                let repeated = matches!(self.parts.last(), Some(Part::Repeat(_)));
                self.parts.len() >= 3
                    || repeated
                    || self.asked.number
                    || line.spoken(next + 1).is_some() && told()
            }
        };
        let misheard = long() || joint && word != "to";
        misheard.then_some(1 + usize::from(joint))
    }

    fn count_marks(&mut self, line: &Line, next: usize) {
        for i in self.end..next {
            match line.mark(i) {
                Some(',') => self.commas += 1,
                Some('/') => self.slashes += 1,
                Some('.') => self.dots += 1,
                Some('-') => self.hyphens += 1,
                _ => {}
            }
        }
    }

    /// Adds a part; `twenty` and `five` become one.
    fn push(&mut self, line: &Line, part: Part) {
        let hesitates = self.end > 0 && line.is_filler(self.end - 1);
        match (self.parts.last_mut(), part) {
            (Some(Part::Pair(tens)), Part::Digit(d))
                if *tens >= 20 && *tens % 10 == 0 && d > 0 && !hesitates =>
            {
                *tens += d;
            }
            _ => self.parts.push(part),
        }
    }
}
