//! Words that are digits where digits stand beside them: `oh`, `for`, `ate`.

use crate::deid::document::TokenKind;
use crate::deid::spoken::words::Say;
use crate::deid::word::{Words, words};

use super::{Before, Item, Items, Kind};

/// Digits of a code of letters after which a word that sounds as one is one,
/// at the turn's end.
const DIGITS_IN_CODE: usize = 3;

/// Digits after which a word that sounds as one is one.
const LONG: usize = 6;

impl Items<'_> {
    /// A zero beside digits, a letter beside letters.
    pub(super) fn oh(&mut self, i: usize, before: Before) -> Option<Item> {
        let next = self.past_hyphen(i + 1);
        if self.word(i).len() == 1
            && let Some(end) = self.telling(i, b'o')
        {
            return Some(self.item(i..end, Kind::Letter, "o"));
        }
        let beside = match before.kind {
            Some(Kind::Letter) if self.word(i).len() == 1 => {
                return Some(self.item(i..i + 1, Kind::Letter, "o"));
            }
            Some(kind) => matches!(kind, Kind::Single | Kind::Pair | Kind::Literal),
            None => false,
        };
        if beside || self.is_before_digits(next) {
            return Some(self.item(i..i + 1, Kind::Single, "0"));
        }
        let code = |at: usize| matches!(self.says(at), Say::Letter(letter) if !matches!(letter, b'a' | b'i'));
        let zero = self.word(i).len() == 2
            && before.kind.is_none()
            && code(i + 1)
            && (code(i + 2) || self.is_numeric(i + 2));
        if zero {
            return Some(self.item(i..i + 1, Kind::Single, "0"));
        }
        let spelled =
            self.word(i).len() == 1 && matches!(self.says(self.past_mark(i + 1)), Say::Letter(_));
        (spelled || before.kind.is_some()).then(|| self.item(i..i + 1, Kind::Letter, "o"))
    }

    /// Whether digits begin at token `at`, past a hesitation or a comma.
    fn is_before_digits(&self, at: usize) -> bool {
        let digit = |at| matches!(self.says(at), Say::Digit(_) | Say::Oh | Say::Repeat(_));
        match self.says(at) {
            Say::Hesitation => digit(at + 1),
            Say::Homophone(_) => digit(at + 1) && digit(at + 2),
            Say::Aside if self.is(at, "so") => digit(at + 1) && digit(at + 2),
            _ if self.is(at, ",") => {
                let next = at + 2 + usize::from(self.is(at + 2, ","));
                digit(at + 1) && (digit(next) || self.kind(next) == Some(TokenKind::Number))
            }
            _ => self.is_numeric(at) || digit(at),
        }
    }

    /// `four five for six`: a digit between digits said one by one, or the
    /// last of them.
    pub(super) fn homophone(&mut self, i: usize, digit: u8, before: Before) -> Option<Item> {
        if before.point {
            return None;
        }
        let single = |at| matches!(self.says(at), Say::Digit(_) | Say::Oh | Say::Repeat(_));
        let next = i + 1 + usize::from(self.says(i + 1) == Say::Hesitation);
        let short = matches!(before.kind, Some(Kind::Single | Kind::Pair));
        let certain = before.singles >= 3 || before.digits >= LONG;
        let among = match before.kind {
            Some(Kind::Single) => {
                single(next) && (before.singles >= 2 || !self.is(i, "to") && single(next + 1))
            }
            Some(Kind::Letter) => {
                let piece = |at| single(at) || matches!(self.says(at), Say::Letter(_));
                piece(next) && piece(next + 1)
            }
            _ => false,
        };
        let three = single(next) && single(next + 1) && single(next + 2);
        let first = i == 0 && self.is(i, "for") && single(next) && single(next + 1);
        let given = |i: usize| words!["are", "have", "got", "to", "says"].has(self.turn.key(i));
        let linked = |i: usize| {
            const LINKS: Words = words![
                "is", "it's", "as", "was", ",", "okay", "address", "number", "see", "show"
            ];
            LINKS.has(self.turn.key(i)) || self.word(i).ends_with("'s")
        };
        let begins = first
            || before.kind.is_none() && i > 0 && three && given(i - 1)
            || before.kind.is_none()
                && i > 0
                && linked(i - 1)
                && (!self.is(i, "to") || single(next + 2) && !self.is(i - 1, ","))
                && (single(next) || matches!(self.says(next), Say::Letter(_)))
                && (single(next + 1) || matches!(self.says(next + 1), Say::Letter(_)));
        let coded = before.kind == Some(Kind::Letter) && before.digits >= DIGITS_IN_CODE;
        let ends = (short && certain || coded) && (self.is_closed(next) || self.is(i, "ate"));
        let goes_on = short && certain && self.is_numeric(next) && !self.is(next + 1, "hundred")
            || self.is(i, "ate") && short && self.is_numeric(next);
        let text = [b'0' + digit];
        let text = std::str::from_utf8(&text).ok()?;
        let sounds = || self.are_sounds(i, before);
        (begins || among || ends || goes_on || sounds())
            .then(|| self.item(i..i + 1, Kind::Single, text))
    }

    /// Whether all that is said from token `i` on is words that are digits or
    /// sound so, of which most are said of nothing else so: `too for ate won`.
    fn are_sounds(&self, i: usize, before: Before) -> bool {
        const FEWEST: usize = 4;
        const MOST: usize = 12;
        const ODD: Words = words!["ate", "oh", "sicks", "too", "won"];
        let digit = |at: &usize| {
            matches!(
                self.says(*at),
                Say::Digit(_) | Say::Oh | Say::Repeat(_) | Say::Homophone(_)
            )
        };
        let count = (i..i + MOST).take_while(digit).count();
        let odd = (i..i + count).filter(|&at| ODD.has(self.turn.key(at)));
        let before = before.singles.min(2);
        count + before >= FEWEST && odd.count() + before >= 2 && self.is_closed(i + count)
    }

    /// Whether what is said ends before token `i`: nothing follows, or what
    /// people add to a number.
    fn is_closed(&self, i: usize) -> bool {
        const ADDED: &[&str] = &["okay", "ok", "that's", "yes", "yeah", "right", "got"];
        matches!(self.kind(i), None | Some(TokenKind::Mark))
            || ADDED.iter().any(|word| self.is(i, word))
    }
}
