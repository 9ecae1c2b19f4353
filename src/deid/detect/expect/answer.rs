//! An answer that goes on: a telephone number in three turns, a ZIP code one
//! digit a turn, a date by its day and month.

use std::ops::Range;

use crate::deid::detect::cue::{Form, Kind, cued};
use crate::deid::detect::value::{Value, is_year, read};
use crate::deid::document::{DocTurn, TokenKind};
use crate::deid::finding::Finding;
use crate::deid::spoken::is_date_word;
use crate::deid::word::{Words, words};
use crate::domain::{Category, Role};

use super::murmur::{is_aside, is_murmur, is_murmured};
use super::{FEWEST, code, fragment, is_reading, values};

/// The rule of numbers that nobody asked for, said in parts.
pub(in crate::deid::detect) const DICTATED: &str = "dictated";

/// Fewest digits of such a number, and fewest turns in which it is said.
const DICTATED_DIGITS: usize = 7;
const DICTATED_TURNS: usize = 2;

/// Most digits of an answer that are compared with what is read back.
const MOST_SAID: usize = 64;

/// An answer that may go on.
#[derive(Debug)]
pub(super) struct Answer {
    kind: Kind,
    /// Who says it.
    role: Role,
    /// The turn of its last part.
    pub(super) turn: usize,
    /// Its digits so far.
    said: String,
    /// How many letters and marks it has so far.
    letters: usize,
    /// In how many turns it was said so far.
    turns: usize,
    /// Parts that are none before more is said: turn and bytes.
    parts: Vec<(usize, Range<usize>)>,
    /// A part of it is none of a quantity's: it begins with a zero, or is long.
    coded: bool,
    /// Its letters so far.
    spelt: String,
    /// Somebody said something else since its last part.
    aside: bool,
}

/// What a turn does to an answer that may go on.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It says more of it, or reads it back.
    More,
    /// It murmurs.
    Murmur,
    /// It speaks of something else.
    Ends,
}

impl Answer {
    /// An answer whose first `values` are found already.
    pub(super) fn new(kind: Kind, turn: &DocTurn<'_>, index: usize, values: &[Value]) -> Self {
        let mut answer = Self {
            kind,
            role: turn.role,
            turn: index,
            said: String::new(),
            letters: 0,
            turns: 1,
            parts: Vec::new(),
            coded: false,
            spelt: String::new(),
            aside: false,
        };
        values.iter().for_each(|value| answer.hear(turn, value));
        answer
    }

    /// An answer of which `parts` are said, too few to be one yet.
    pub(super) fn begun(kind: Kind, turn: &DocTurn<'_>, index: usize, parts: Vec<Value>) -> Self {
        let mut answer = Self::new(kind, turn, index, &parts);
        answer.parts = parts.into_iter().map(|part| (index, part.span)).collect();
        answer
    }

    /// The same, where what was said so far may be a word: it is of the answer
    /// if the answer goes on.
    pub(super) const fn unsure(mut self) -> Self {
        self.letters = 0;
        self
    }

    fn hear(&mut self, turn: &DocTurn<'_>, value: &Value) {
        const LONG: usize = 4;
        let digits = digits(turn, value);
        self.coded |= digits.starts_with('0') || digits.len() >= LONG && !digits.ends_with("00");
        if self.said.len() < MOST_SAID {
            self.said.push_str(&digits);
        }
        if self.spelt.len() < MOST_SAID {
            let letters = text(turn, value).chars().filter(char::is_ascii_alphabetic);
            self.spelt.extend(letters.map(|c| c.to_ascii_lowercase()));
        }
        let other = |c: &u8| !c.is_ascii_digit() && *c != b' ';
        self.letters += text(turn, value).bytes().filter(other).count();
    }

    /// Whether what was said of it so far is found.
    pub(super) const fn is_found(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether its kind has digits only.
    const fn is_of_digits(&self) -> bool {
        matches!(
            self.kind.category,
            Category::Phone | Category::Fax | Category::Ssn | Category::Zip | Category::Account
        )
    }

    /// Whether it has as many digits as its kind ever has.
    fn is_whole(&self) -> bool {
        self.said.len()
            >= match self.kind.category {
                Category::Zip => 5,
                Category::Ssn => 9,
                Category::Phone | Category::Fax => 10,
                _ => MOST_SAID,
            }
    }

    /// Takes in `turn`, and adds to `out` what it says of the answer.
    pub(super) fn step(
        &mut self,
        turn: &DocTurn<'_>,
        index: usize,
        busy: bool,
        out: &mut Vec<Finding>,
    ) -> Step {
        let own = turn.role == self.role;
        if own && !self.is_whole() && is_zero(turn) && self.kind.category != Category::Date {
            self.said.push('0');
            self.parts.push((index, 0..turn.text.len()));
            self.find_parts(out);
            self.turn = index;
            return Step::More;
        }
        if is_murmur(turn) {
            return Step::Murmur;
        }
        let values = if busy {
            None
        } else {
            parts(turn)
                .or_else(|| self.date_parts(turn))
                .or_else(|| match own {
                    _ if self.kind.rule == DICTATED => None,
                    true => fragment::more(turn, self.kind.category),
                    false => fragment::again(turn, self.kind.category),
                })
        };
        let values = match values {
            Some(values) if own && self.kind.category == Category::Secret => {
                Some(fragment::with_end_of_word(turn, values))
            }
            values => values,
        };
        match values {
            Some(values)
                if own
                    && self.aside
                    && !self.is_of_digits()
                    && values.iter().all(|v| is_year(text(turn, v))) =>
            {
                return Step::Ends;
            }
            Some(values) if own && !self.is_whole() => self.go_on(turn, index, values, out),
            Some(values) if !own => self.read_back(index, values, out),
            _ if !own => {
                let echoed = self.echoes(turn);
                if echoed.is_empty() {
                    return if !busy && is_aside(turn) && self.kind.rule != DICTATED {
                        self.aside = true;
                        Step::Murmur
                    } else {
                        Step::Ends
                    };
                }
                self.read_back(index, echoed, out);
            }
            _ => return Step::Ends,
        }
        self.turn = index;
        Step::More
    }

    /// The parts of a date in a turn that says nothing else.
    fn date_parts(&self, turn: &DocTurn<'_>) -> Option<Vec<Value>> {
        let parts = if self.kind.category == Category::Date {
            day_or_month(turn)
        } else {
            Vec::new()
        };
        (!parts.is_empty()).then_some(parts)
    }

    /// More of the answer.
    fn go_on(
        &mut self,
        turn: &DocTurn<'_>,
        index: usize,
        values: Vec<Value>,
        out: &mut Vec<Finding>,
    ) {
        for value in values {
            let year = self.kind.category == Category::Date && is_year(text(turn, &value));
            if !year {
                self.hear(turn, &value);
                self.parts.push((index, value.span));
            }
        }
        self.turns += 1;
        self.find_parts(out);
    }

    /// What the asker says of it.
    fn read_back(&mut self, index: usize, values: Vec<Value>, out: &mut Vec<Finding>) {
        let spans = values.into_iter().map(|value| (index, value.span));
        self.parts.extend(spans);
        self.find_parts(out);
    }

    /// Adds what was said to `out`, once it can be nothing else: it is long
    /// enough, or went on after the asker had heard it.
    pub(super) fn find_parts(&mut self, out: &mut Vec<Finding>) {
        if self.kind.rule == DICTATED
            && (self.turns < DICTATED_TURNS || self.said.len() < DICTATED_DIGITS || !self.coded)
        {
            return;
        }
        let date = self.kind.category == Category::Date;
        let long = self.said.len() + self.letters >= self.kind.digits.clamp(FEWEST, 5);
        let fewest = if self.kind.form == Form::Asked { 3 } else { 2 };
        if date || long || self.turns >= fewest {
            let parts = self.parts.drain(..);
            out.extend(parts.map(|(turn, span)| cued(turn, span, self.kind)));
        }
    }

    /// The values of `turn` that repeat three digits or more of it.
    fn echoes(&self, turn: &DocTurn<'_>) -> Vec<Value> {
        let repeats = |value: &Value| {
            let digits = digits(turn, value);
            let all = self.said.len() >= FEWEST && digits.contains(&self.said);
            digits.len() >= FEWEST && self.said.contains(&digits) || all
        };
        let mut echoed: Vec<Value> = values(turn).filter(repeats).collect();
        if echoed.is_empty() {
            echoed.extend(self.echoed_letters(turn));
        }
        if echoed.is_empty() && self.kind.category == Category::Secret {
            echoed.extend(self.echoed_word(turn));
        }
        echoed
    }

    /// The word of a password that was said, and the numbers after it: `okay,
    /// [lantern sixty two]`.
    fn echoed_word(&self, turn: &DocTurn<'_>) -> Option<Value> {
        const SHORTEST: usize = 4;
        let word = |i: &usize| {
            let word = turn.word(*i);
            word.len() >= SHORTEST
                && !is_murmured(turn, *i)
                && self.spelt.contains(&word.to_ascii_lowercase())
        };
        let first = (0..turn.tokens.len()).find(word)?;
        let end = code::end(turn, first + 1);
        Some(Value {
            span: turn.tokens[first].span.start..turn.tokens[end - 1].span.end,
            digits: 0,
            next: end,
        })
    }

    /// The one word of `turn`, past what is murmured, where it is the letters
    /// that were said: `okay, paz`.
    fn echoed_letters(&self, turn: &DocTurn<'_>) -> Option<Value> {
        const SHORTEST: usize = 2;
        let mut words = (0..turn.tokens.len()).filter(|&i| !is_murmured(turn, i));
        let (word, None) = (words.next()?, words.next()) else {
            return None;
        };
        let said = turn.word(word).to_ascii_lowercase();
        let echoes = self.spelt.len() >= SHORTEST && self.spelt == said;
        echoes.then(|| Value {
            span: turn.tokens[word].span.clone(),
            digits: 0,
            next: word + 1,
        })
    }
}

/// The days and months of a turn that says nothing else: `march`, `the fourth`.
pub(super) fn day_or_month(turn: &DocTurn<'_>) -> Vec<Value> {
    let mut found = Vec::new();
    for (i, token) in turn.tokens.iter().enumerate() {
        if is_date_word(turn.key(i)) {
            let first = date_start(turn, i);
            found.push(Value {
                span: turn.tokens[first].span.start..token.span.end,
                digits: 0,
                next: i + 1,
            });
        } else if !is_ten(turn, i) && !is_murmured(turn, i) {
            return Vec::new();
        }
    }
    found
}

/// Whether token `i` is the ten of an ordinal: `twenty [fourth]`.
fn is_ten(turn: &DocTurn<'_>, i: usize) -> bool {
    let next = i + 1 + usize::from(i + 1 < turn.tokens.len() && turn.word(i + 1) == "-");
    turn.is_of(i, words!["twenty", "thirty"])
        && next < turn.tokens.len()
        && is_date_word(turn.key(next))
}

/// Where the day or month that ends with token `i` begins: `the twenty
/// [fourth]`.
fn date_start(turn: &DocTurn<'_>, i: usize) -> usize {
    let mut first = i;
    let hyphen = usize::from(first > 0 && turn.word(first - 1) == "-");
    if first > hyphen && is_ten(turn, first - hyphen - 1) {
        first -= hyphen + 1;
    }
    let the = first > 0 && turn.word(first - 1).eq_ignore_ascii_case("the");
    first - usize::from(the)
}

/// The text of `value`.
pub(super) fn text<'a>(turn: &DocTurn<'a>, value: &Value) -> &'a str {
    &turn.text[value.span.clone()]
}

/// The digits of `value`.
pub(super) fn digits(turn: &DocTurn<'_>, value: &Value) -> String {
    let digits = text(turn, value).chars().filter(char::is_ascii_digit);
    digits.collect()
}

/// The values of a turn that says nothing else.
pub(super) fn parts(turn: &DocTurn<'_>) -> Option<Vec<Value>> {
    if turn.shape.digits == 0 {
        return None;
    }
    let mut parts = Vec::new();
    let mut at = 0;
    while at < turn.tokens.len() {
        match read(turn, at) {
            Some(value) if is_reading(turn, &value) || is_the_one(turn, at) => return None,
            Some(value) => {
                at = value.next;
                parts.push(value);
            }
            None if is_murmured(turn, at) => at += 1,
            None => return None,
        }
    }
    parts.retain(|value| digits(turn, value) != EMERGENCY);
    (!parts.is_empty()).then_some(parts)
}

/// Whether token `at` is a pronoun and no digit: `that's the [one]`.
fn is_the_one(turn: &DocTurn<'_>, at: usize) -> bool {
    matches!(turn.word(at), "1" | "one") && at > 0 && turn.is_of(at - 1, words!["the"])
}

/// The number that is nobody's.
pub(super) const EMERGENCY: &str = "911";

/// Whether `turn` is `oh`, once or more, and nothing else: zeros among digits.
/// `oh, okay` is none.
fn is_zero(turn: &DocTurn<'_>) -> bool {
    const MOST: usize = 4;
    const BEFORE: Words = words!["um", "uh", "and", "next", "then", "is"];
    const AFTER: Words = words!["got", "it", "okay", "ok", "right"];
    let word = |i: &usize| turn.tokens[*i].kind != TokenKind::Mark;
    let zero = |i: &usize| turn.is_of(*i, words!["oh", "o"]);
    let words = || (0..turn.tokens.len()).filter(word);
    let said = || words().skip_while(|i| turn.is_of(*i, BEFORE));
    let zeros = said().take_while(zero).count();
    let after = said().skip(zeros);
    let asks = after
        .clone()
        .next()
        .is_some_and(|i| turn.is_of(i, words!["got"]));
    let alone = after.clone().next().is_none();
    (1..=MOST).contains(&zeros)
        && (alone || asks || zeros > 1)
        && after.into_iter().all(|i| turn.is_of(i, AFTER))
}
