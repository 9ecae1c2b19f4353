//! Letters said one by one, with the words that tell them apart.

use super::item::{Before, Item, Items, Kind};
use super::reading::is_test;
use super::words::{Say, Symbol, letter};
use crate::deid::detect::units::is_unit;
use crate::deid::document::TokenKind;
use crate::deid::word::{Words, words};

/// Fewest digits before a word of the radio alphabet that ends a code, or
/// stands within it.
const DIGITS_BEFORE_LAST: usize = 3;

/// Most digits between two words of the radio alphabet.
const MOST_DIGITS_BETWEEN: usize = 5;

impl Items<'_> {
    /// A letter, with the word that tells it from others; `a` and `i` are
    /// letters only among letters and digits.
    pub(super) fn letter(&mut self, i: usize, letter: u8, before: Before) -> Option<Item> {
        if letter == b'a' && self.says(i + 1) == Say::Hundred {
            return Some(self.cardinal(i, 1, i + 1));
        }
        if self.hangs_on_word(i) {
            return None;
        }
        let end = self.telling(i, letter).unwrap_or(i + 1);
        let is_word = matches!(letter, b'a' | b'i') && end == i + 1;
        if is_word && !self.is_among_letters(i, before) {
            return None;
        }
        // `x-ray` is one letter of the radio alphabet.
        let ray = self.past_hyphen(end);
        let end = if letter == b'x' && self.is(ray, "ray") {
            ray + 1
        } else {
            end
        };
        let text = [letter];
        let text = std::str::from_utf8(&text).ok()?;
        Some(self.item(i..end, Kind::Letter, text))
    }

    fn is_among_letters(&self, i: usize, before: Before) -> bool {
        let spelled = |at: usize| matches!(self.says(at), Say::Letter(_));
        let single = |at: usize| spelled(at) || self.is_numeric(at);
        let first = self.past_mark(i + 1);
        let second = self.past_mark(first + 1);
        let third = self.past_mark(second + 1);
        match before.kind {
            Some(Kind::Letter) => true,
            Some(kind) => {
                let ends = matches!(self.kind(i + 1), None | Some(TokenKind::Mark))
                    || before.digits >= DIGITS_BEFORE_LAST && self.says(i + 1) == Say::Aside;
                let number = matches!(kind, Kind::Single | Kind::Pair);
                let long = before.digits >= DIGITS_BEFORE_LAST;
                let coded = kind == Kind::Single && (ends || self.symbol(i + 1).is_some())
                    || number && long && ends;
                let repeated = matches!(self.says(first), Say::Repeat(_) | Say::Oh) && long;
                single(first) || repeated || before.unit || coded
            }
            None if spelled(first) => single(second) || self.symbol(first + 1).is_some(),
            // `a nine k two`, and not `a two month`
            None => {
                // `a four point six one`
                let marked = self.symbol(first + 1).is_some_and(|s| s != Symbol::Point);
                single(first) && (marked || single(second) && single(third))
            }
        }
    }

    /// One past `as in john` after the letter at token `i`.
    pub(super) fn telling(&self, i: usize, letter: u8) -> Option<usize> {
        let mut at = i + 1 + usize::from(self.is(i + 1, ","));
        if self.is(at, "is") && self.is(at + 1, "for") {
            at += 1;
        }
        let link = ["as", "for", "like"].iter().any(|w| self.is(at, w));
        let at = at + 1 + usize::from(self.is(at, "as") && self.is(at + 1, "in"));
        if link && letter == b'x' && self.is(at, "x") {
            let ray = self.past_hyphen(at + 1);
            return self.is(ray, "ray").then_some(ray + 1);
        }
        let word = self.word(at);
        let tells = word.len() > 1
            && self.kind(at) == Some(TokenKind::Word)
            && word.as_bytes()[0].eq_ignore_ascii_case(&letter);
        (link && tells).then_some(at + 1)
    }

    /// A word of the radio alphabet, among others or after letters.
    pub(super) fn radio(&mut self, i: usize, letter: u8, before: Before) -> Option<Item> {
        let next = self.past_hyphen(i + 1);
        let last = matches!(self.kind(i + 1), None | Some(TokenKind::Mark));
        let among = before.kind == Some(Kind::Letter)
            || before.radio
            || before.kind.is_none() && self.meets_radio(i + 1)
            || self.goes_on_past_comma(i)
            || (last || self.is_numeric(i + 1)) && before.digits >= DIGITS_BEFORE_LAST
            || matches!(self.says(next), Say::Radio(_)) && self.says(i) != Say::Month;
        let text = [letter];
        let text = std::str::from_utf8(&text).ok()?;
        among.then(|| Item {
            radio: true,
            ..self.item(i..i + 1, Kind::Letter, text)
        })
    }

    /// Whether digits begin at token `at` and another word of the radio
    /// alphabet follows them: `bravo [nine nine] tango`.
    fn meets_radio(&self, at: usize) -> bool {
        let digit = |i: &usize| self.is_numeric(*i) || self.says(*i) == Say::Oh;
        let digits = (at..at + MOST_DIGITS_BETWEEN).take_while(digit).count();
        digits > 0 && matches!(self.says(at + digits), Say::Radio(_))
    }

    /// Whether another word of the radio alphabet stands past a comma after token `i`,
    /// and past another one more of them or a digit: `[golf], papa, four`.
    fn goes_on_past_comma(&self, i: usize) -> bool {
        let radio = |i: usize| match self.says(i) {
            Say::Radio(_) => true,
            // `x-ray`
            Say::Letter(b'x') => self.is(self.past_hyphen(i + 1), "ray"),
            _ => false,
        };
        let next = i + 2;
        let ray = if self.says(next) == Say::Letter(b'x') {
            self.past_hyphen(next + 1)
        } else {
            next
        };
        self.is(i + 1, ",") && radio(next) && self.is(ray + 1, ",") && {
            let third = ray + 2;
            radio(third) || self.is_numeric(third) || self.says(third) == Say::Oh
        }
    }

    /// `capital b`.
    pub(super) fn cased(&mut self, i: usize) -> Option<Item> {
        let letter = letter(self.word(i + 1))?;
        let end = self.telling(i + 1, letter).unwrap_or(i + 2);
        let text = [letter];
        let text = std::str::from_utf8(&text).ok()?;
        Some(self.item(i..end, Kind::Letter, text))
    }

    /// Whether token `i` is letters with which a code begins, before a dash and
    /// a number: `QB dash oh nine`.
    fn begins_code(&self, i: usize) -> bool {
        let word = self.word(i);
        let upper = || word.bytes().all(|b| b.is_ascii_uppercase());
        let bare = || !word.bytes().any(|b| b"aeiouyAEIOUY".contains(&b));
        (2..=3).contains(&word.len())
            && self.symbol(i + 1) == Some(Symbol::Dash)
            && (self.is_numeric(i + 2) || self.says(i + 2) == Say::Oh)
            && word.bytes().all(|b| b.is_ascii_alphabetic())
            && (upper() || bare())
    }

    /// Two letters that are no word, after a number (`nineteen one EZ`), or the
    /// first letters of a code.
    pub(super) fn letters(&mut self, i: usize, before: Before) -> Option<Item> {
        const WORDS: Words = words![
            "ad", "ah", "am", "an", "as", "at", "be", "by", "do", "dr", "eh", "er", "et", "ex",
            "go", "he", "hi", "id", "if", "in", "is", "it", "la", "ma", "me", "mm", "mr", "ms",
            "my", "nd", "no", "of", "oh", "ok", "on", "or", "ow", "pa", "pm", "rd", "so", "st",
            "th", "to", "tv", "uh", "um", "up", "us", "vs", "we", "ya", "yo",
        ];
        let word = self.turn.word(i);
        let first = before.kind.is_none() && self.begins_code(i);
        let goes_on = matches!(before.kind, Some(Kind::Single | Kind::Pair));
        let code = (first || (word.len() == 2 && goes_on))
            && word.bytes().all(|b| b.is_ascii_alphabetic())
            && !self.turn.is_of(i, WORDS)
            // `gcs fifteen bp one thirty four`
            && !(is_test(word) && word.bytes().all(|b| b.is_ascii_lowercase()))
            && (word.bytes().all(|b| b.is_ascii_uppercase()) || !is_unit(self.turn.key(i)));
        if !code {
            return None;
        }
        let start = self.buffer.len();
        self.buffer.push_str(word);
        Some(Item {
            tokens: i..i + 1,
            text: start..self.buffer.len(),
            kind: Kind::Letter,
            written: false,
            radio: false,
        })
    }
}
