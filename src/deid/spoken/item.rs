//! Items: the smallest parts of what is said in words: a digit, a pair
//! (`eighty three`), a cardinal, an ordinal, a letter with its `as in john`.

mod homophone;

use std::ops::Range;

use crate::deid::document::{DocTurn, TokenKind};

use super::words::{Say, Symbol, say};

/// What an item is, which decides how it joins its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One digit, or one digit several times.
    Single,
    /// Ten to ninety-nine.
    Pair,
    /// A number with `hundred` or `thousand` in it.
    Cardinal,
    /// A place in an order: `14th`.
    Ordinal,
    /// A letter, or one letter several times.
    Letter,
    /// Digits that were written, two or more.
    Literal,
}

/// A part of a run.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Indices of the tokens that say it.
    pub(super) tokens: Range<usize>,
    /// Its bytes in the reader's buffer.
    pub(super) text: Range<usize>,
    pub(super) kind: Kind,
    /// It was written and not said.
    pub(super) written: bool,
    /// It is a letter that the radio alphabet's word says.
    pub(super) radio: bool,
}

impl Item {
    /// Whether it is a number.
    pub(super) const fn is_number(&self) -> bool {
        !matches!(self.kind, Kind::Letter | Kind::Ordinal)
    }

    /// Whether it is said by itself: one digit or one letter.
    pub(super) const fn is_single(&self) -> bool {
        matches!(self.kind, Kind::Single | Kind::Letter)
    }
}

/// What an item comes after in its run.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Before {
    /// The kind of the item before it.
    pub(super) kind: Option<Kind>,
    /// How many digits said one by one end the run so far.
    pub(super) singles: usize,
    /// How many digits the run has so far.
    pub(super) digits: usize,
    /// The run follows a word such as `apartment`.
    pub(super) unit: bool,
    /// The run has a letter of the radio alphabet.
    pub(super) radio: bool,
    /// The run is a number with its point so far: `four point six`.
    pub(super) point: bool,
}

/// Reads the items of one turn.
pub(super) struct Items<'a> {
    pub(super) turn: &'a DocTurn<'a>,
    /// What each token says.
    pub(super) says: Vec<Say>,
    /// What the items read so far are written as.
    pub(super) buffer: String,
}

/// The most that a token past the end says.
const NOTHING: Say = Say::Other;

impl<'a> Items<'a> {
    pub(super) fn new(turn: &'a DocTurn<'a>) -> Self {
        let says = (0..turn.tokens.len()).map(|i| match turn.tokens[i].kind {
            TokenKind::Word => say(turn.key(i)),
            TokenKind::Number | TokenKind::Mark => NOTHING,
        });
        Self {
            turn,
            says: says.collect(),
            buffer: String::new(),
        }
    }

    /// What token `i` says; nothing past the end.
    pub(super) fn says(&self, i: usize) -> Say {
        self.says.get(i).copied().unwrap_or(NOTHING)
    }

    /// Token `i`; empty past the end.
    pub(super) fn word(&self, i: usize) -> &str {
        if i < self.turn.tokens.len() {
            self.turn.word(i)
        } else {
            ""
        }
    }

    pub(super) fn is(&self, i: usize, word: &str) -> bool {
        self.word(i).eq_ignore_ascii_case(word)
    }

    pub(super) fn kind(&self, i: usize) -> Option<TokenKind> {
        self.turn.tokens.get(i).map(|t| t.kind)
    }

    /// Whether nothing stands between tokens `i` and `i + 1`.
    pub(super) fn touches_next(&self, i: usize) -> bool {
        self.turn.is_joined(i + 1)
    }

    /// The token after a hyphen at `i`, or `i`.
    pub(super) fn past_hyphen(&self, i: usize) -> usize {
        i + usize::from(self.is(i, "-"))
    }

    /// The token after a mark that may part letters at `i`, or `i`.
    pub(super) fn past_mark(&self, i: usize) -> usize {
        i + usize::from([".", ",", "-"].iter().any(|mark| self.is(i, mark)))
    }

    /// Whether token `i` is a number by itself, said or written.
    pub(super) fn is_numeric(&self, i: usize) -> bool {
        matches!(self.says(i), Say::Digit(_) | Say::Teen(_) | Say::Tens(_))
            || self.kind(i) == Some(TokenKind::Number)
    }

    /// The item that begins at token `i`.
    pub(super) fn read(&mut self, i: usize, before: Before) -> Option<Item> {
        if self.kind(i)? == TokenKind::Number {
            return self.written_number(i);
        }
        if self.is_moment(i) {
            return None;
        }
        match self.says(i) {
            Say::Tens(tens) if self.is_reading(i, before) => {
                Some(self.item(i..i + 1, Kind::Pair, &tens.to_string()))
            }
            Say::Digit(_) | Say::Teen(_) | Say::Tens(_) => Some(self.number(i)),
            Say::Repeat(times) => self.repeated(i, times),
            Say::Oh => self.oh(i, before),
            Say::Ordinal(value) => Some(self.ordinal(i..i + 1, u32::from(value))),
            Say::Letter(letter) => self.letter(i, letter, before),
            Say::Radio(letter) => self.radio(i, letter, before),
            Say::Month if self.is(i, "november") => self.radio(i, b'n', before),
            Say::Homophone(digit) => self.homophone(i, digit, before),
            Say::Case => self.cased(i),
            Say::Other => self.letters(i, before),
            _ => None,
        }
    }

    /// Whether token `i` asks for patience: `one moment`.
    fn is_moment(&self, i: usize) -> bool {
        self.says(i) == Say::Digit(1)
            && ["moment", "sec", "minute"]
                .iter()
                .any(|word| self.is(i + 1, word))
    }

    pub(super) fn item(&mut self, tokens: Range<usize>, kind: Kind, text: &str) -> Item {
        let start = self.buffer.len();
        self.buffer.push_str(text);
        Item {
            tokens,
            text: start..self.buffer.len(),
            kind,
            written: false,
            radio: false,
        }
    }

    /// Whether the digit after the ten at token `i` begins the next of several
    /// readings: `one twenty one thirty`.
    fn is_reading(&self, i: usize, before: Before) -> bool {
        before.kind == Some(Kind::Single)
            && before.singles == 1
            && matches!(self.says(i + 1), Say::Digit(1..=3))
            && matches!(self.says(i + 2), Say::Tens(_) | Say::Teen(_))
            && !matches!(self.says(self.past_hyphen(i + 3)), Say::Ordinal(_))
    }

    /// Digits as they stand, unless letters hang on them: `5mg`, `4b`.
    fn written_number(&mut self, i: usize) -> Option<Item> {
        let digits = self.turn.word(i);
        if self.hangs_on_word(i)
            || self.is_of_decimal(i)
            || !digits.bytes().all(|b| b.is_ascii_digit())
        {
            return None;
        }
        let kind = if digits.len() == 1 {
            Kind::Single
        } else {
            Kind::Literal
        };
        let mut item = self.item(i..i + 1, kind, digits);
        item.written = true;
        Some(item)
    }

    /// Whether token `i`, a number, is of one that is written with its point:
    /// `[36].6`, `36.[6]`; more points part the groups of a longer one.
    fn is_of_decimal(&self, i: usize) -> bool {
        let number = |i: usize| self.kind(i) == Some(TokenKind::Number);
        let joined = |point: usize| {
            point > 0
                && self.is(point, ".")
                && number(point - 1)
                && number(point + 1)
                && self.touches_next(point - 1)
                && self.touches_next(point)
        };
        let after = i > 1 && joined(i - 1) && !joined(i + 1) && !(i > 3 && joined(i - 3));
        joined(i + 1) && !joined(i + 3) && !(i > 1 && joined(i - 1)) || after
    }

    /// Whether letters or digits touch token `i`.
    pub(super) fn hangs_on_word(&self, i: usize) -> bool {
        let solid = |i| self.kind(i).is_some_and(|kind| kind != TokenKind::Mark);
        self.touches_next(i) && solid(i + 1) || i > 0 && self.touches_next(i - 1) && solid(i - 1)
    }

    /// A number below a hundred at token `i`, and the token after it.
    fn below_hundred(&self, i: usize) -> Option<(u32, usize)> {
        match self.says(i) {
            Say::Digit(value) | Say::Teen(value) => Some((u32::from(value), i + 1)),
            Say::Tens(tens) => {
                let next = self.past_hyphen(i + 1);
                match self.says(next) {
                    Say::Digit(unit @ 1..) => Some((u32::from(tens + unit), next + 1)),
                    _ => Some((u32::from(tens), i + 1)),
                }
            }
            _ if self.is(i, "a") && matches!(self.says(i + 1), Say::Hundred | Say::Thousand) => {
                Some((1, i + 1))
            }
            _ => None,
        }
    }

    /// The number that begins at token `i`, which says a digit, a teen or a
    /// ten; `twenty first` is an ordinal.
    fn number(&mut self, i: usize) -> Item {
        if let Say::Tens(tens) = self.says(i) {
            let next = self.past_hyphen(i + 1);
            if let Say::Ordinal(unit @ 1..=9) = self.says(next) {
                return self.ordinal(i..next + 1, u32::from(tens + unit));
            }
        }
        let Some((value, next)) = self.below_hundred(i) else {
            return self.item(i..i + 1, Kind::Single, "");
        };
        if matches!(self.says(next), Say::Hundred | Say::Thousand) {
            return self.cardinal(i, value, next);
        }
        let kind = if value < 10 { Kind::Single } else { Kind::Pair };
        self.item(i..next, kind, &value.to_string())
    }

    /// A cardinal: `value`, said from token `i` on, times the hundred or
    /// thousand at token `at`, and what follows.
    pub(super) fn cardinal(&mut self, i: usize, value: u32, at: usize) -> Item {
        let (mut value, mut at) = self.scaled(value, at, Say::Hundred, 100);
        if self.says(at) == Say::Thousand {
            value *= 1000;
            at += 1;
            let hundreds = self
                .below_hundred(at)
                .filter(|(_, next)| self.says(*next) == Say::Hundred);
            let (more, next) = match hundreds {
                Some((hundreds, next)) => self.scaled(hundreds, next, Say::Hundred, 100),
                None => self.rest(0, at),
            };
            value += more;
            at = next;
        }
        self.item(i..at, Kind::Cardinal, &value.to_string())
    }

    /// `value` times `scale` if token `at` says `unit`, and what follows it.
    fn scaled(&self, value: u32, at: usize, unit: Say, scale: u32) -> (u32, usize) {
        if self.says(at) == unit {
            self.rest(value * scale, at + 1)
        } else {
            (value, at)
        }
    }

    /// `value` and what is added to it at token `at`: `[two hundred] and five`.
    /// A digit among digits is none of it.
    fn rest(&self, value: u32, at: usize) -> (u32, usize) {
        let and = self.is(at, "and");
        match self.below_hundred(at + usize::from(and)) {
            Some((more, next))
                if !matches!(self.says(next), Say::Hundred | Say::Thousand)
                    && (and || more > 9 || !self.is_numeric(next)) =>
            {
                (value + more, next)
            }
            _ => (value, at),
        }
    }

    fn ordinal(&mut self, tokens: Range<usize>, value: u32) -> Item {
        let ending = match (value % 10, value / 10) {
            (_, 1) => "th",
            (1, _) => "st",
            (2, _) => "nd",
            (3, _) => "rd",
            _ => "th",
        };
        self.item(tokens, Kind::Ordinal, &format!("{value}{ending}"))
    }

    /// `double five`, `double l`, `double u`.
    fn repeated(&mut self, i: usize, times: u8) -> Option<Item> {
        let next = self.past_hyphen(i + 1);
        let next = next + usize::from(self.says(next) == Say::Hesitation);
        let (what, kind) = match self.says(next) {
            Say::Digit(value) => (b'0' + value, Kind::Single),
            Say::Oh => (b'0', Kind::Single),
            Say::Letter(b'u') if times == 2 => {
                return Some(self.item(i..next + 1, Kind::Letter, "w"));
            }
            Say::Letter(letter) => (letter, Kind::Letter),
            _ => match self.word(next).as_bytes() {
                [digit @ b'0'..=b'9'] => (*digit, Kind::Single),
                _ => return None,
            },
        };
        let text = [what; 4];
        let text = std::str::from_utf8(&text[..usize::from(times.min(4))]).ok()?;
        Some(self.item(i..next + 1, kind, text))
    }

    /// The symbol that token `i` says, save `at`.
    pub(super) fn symbol(&self, i: usize) -> Option<Symbol> {
        match self.says(i) {
            Say::Symbol(Symbol::At) => None,
            Say::Symbol(symbol) => Some(symbol),
            _ => None,
        }
    }
}
