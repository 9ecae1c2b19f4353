//! Read-backs: what one side repeats of what the other has just told, and
//! from which something was removed. There digits, letters and names that make
//! up the clause, between words of acknowledgement, are told again.

use super::Seen;
use super::across::{Asked, Told};
use super::atom::{Kind, Line};
use super::beside::homophone;
use super::calendar;
use super::clause::{breaks_off, closes, is_moment};
use super::name::is_name_like_in_slot;
use super::vocabulary;
use super::words::{self, Spoken, class};
use crate::domain::Category;

/// A turn that reads back has at most this many words.
const TURN_WORDS: usize = 40;

/// A value that is read back has at most this many atoms.
const VALUE_ATOMS: usize = 40;

/// Looks for what `line` repeats of what was `told`.
pub(super) fn scan(line: &Line, asked: Asked, seen: &mut Seen<'_>) {
    let told = asked.told.any();
    if line.words > TURN_WORDS || !told && !line.has(class::NUMBER) {
        return;
    }
    let said = is_said_back(line);
    let told = if said {
        Told::all(asked.told.zip || !told)
    } else {
        asked.told
    };
    if told.name
        && let Some(at) = name_alone(line)
    {
        seen.add(line.span(at), Category::Person, "read-back");
    }
    let Some(value) = Value::read(line) else {
        return;
    };
    if let Some(category) = value.remnant(line, told) {
        seen.add(line.span(value.first), category, "read-back");
    }
}

/// `let me read that back`.
fn is_said_back(line: &Line) -> bool {
    let reads = |i: usize| matches!(line.word(i), "read" | "repeat");
    (0..line.atoms.len().min(8))
        .any(|i| line.word(i) == "back" && i > 0 && (i.saturating_sub(3)..i).any(reads))
}

/// What stands between words of acknowledgement, and what it holds.
#[derive(Debug, Default)]
struct Value {
    first: usize,
    /// One past its last atom.
    end: usize,
    digits: usize,
    /// Number words and groups of digits.
    numbers: usize,
    letters: usize,
    /// Letters that are no words by themselves.
    consonants: usize,
    slots: usize,
    names: usize,
    months: usize,
}

impl Value {
    /// The value that `line` repeats, if its clause holds nothing else.
    fn read(line: &Line) -> Option<Self> {
        let first = (0..line.atoms.len()).find(|&i| !leads(line, i))?;
        let mut value = Self {
            first,
            end: first,
            ..Self::default()
        };
        while value.end < line.atoms.len() && value.end - first < VALUE_ATOMS {
            if !value.take(line, value.end) {
                break;
            }
            value.end += 1;
        }
        let cut = value.slots > 0 || value.digits > 2;
        let end = value.end + usize::from(cut && is_misheard(line.word(value.end)));
        let closed = closes(line, end) || end > value.end && breaks_off(line, end);
        // `400g`, `Titers: …`, `i [ACCOUNT_1] is that correct`
        let priced = first > 0 && matches!(line.mark(first - 1), Some('$' | '£' | '€' | '₹'));
        let measured = priced || line.glued(first + 1) && line.is_unit(first + 1);
        let headed = line.mark(end) == Some(':');
        let closed = closed && !measured && !headed;
        (value.end > first && closed).then_some(value)
    }

    /// Takes atom `i` in, if it can be a part of a value.
    fn take(&mut self, line: &Line, i: usize) -> bool {
        match line.atoms[i].kind {
            Kind::Slot(_) => self.slots += 1,
            Kind::Digits => {
                self.digits += line.digits(i);
                self.numbers += 1;
            }
            Kind::Mark(c) => {
                let goes_on = i + 1 < line.atoms.len() && is_piece(line, i + 1);
                return i > self.first && goes_on && matches!(c, ',' | '.' | '-' | '/');
            }
            Kind::Word => return self.take_word(line, i),
        }
        true
    }

    fn take_word(&mut self, line: &Line, i: usize) -> bool {
        if line.word(i) == "one" && is_moment(line.word(i + 1)) {
            return false;
        }
        let ordinal = line.ordinal(i).is_some();
        if let Some(spoken) = line.spoken(i) {
            self.numbers += 1;
            self.digits += if matches!(spoken, Spoken::Digit(_)) {
                1
            } else {
                2
            };
        } else if ordinal && line.word(i) != "second" {
            self.numbers += 1;
        } else if line.word(i) == "hundred" && self.digits > 1 {
            self.numbers += 1;
            self.digits += 2;
        } else if line.word(i).len() == 1 {
            self.letters += 1;
            self.consonants += usize::from(!matches!(line.word(i), "a" | "i"));
        } else if line.is_class(i, class::MONTH) {
            self.months += 1;
        } else if is_name(line, i) {
            // `price, the weather channel, …`: a list of words
            let listed = is_surname(line.word(i)) && line.mark(i + 1) == Some(',');
            if listed && i == self.first {
                return false;
            }
            self.names += 1;
        } else {
            return i > self.first && joins(line, i) && is_piece(line, i + 1);
        }
        true
    }

    /// What is left of what was `told`.
    fn remnant(&self, line: &Line, told: Told) -> Option<Category> {
        if self.names > 0 && (told.name || told.number && self.digits > 0) {
            return Some(Category::Person);
        }
        if self.first > 0 && calendar::is_birth_read(line, self.first, self.end) {
            return Some(Category::Date);
        }
        if told.date && self.is_date(line) {
            return Some(Category::Date);
        }
        if self.is_lettered(line) && (told.number || told.name) {
            let name = self.digits == 0;
            return Some(if name {
                Category::Person
            } else {
                Category::OtherId
            });
        }
        if told.number && self.is_cut(line) {
            return Some(Category::OtherId);
        }
        // `o two`, which people breathe
        if self.end == self.first + 2 && line.word(self.first) == "o" && self.slots == 0 {
            return None;
        }
        let zip = told.zip && self.digits == 3;
        let named = self.digits > 1 || self.slots > 0 && self.digits > 0;
        let number = told.number && named && !zip && !self.is_year(line);
        number.then_some(Category::OtherId)
    }

    /// `i [ID_1], okay`, `okay [ID_1] too, got it`: a letter before the replacement
    /// or a digit as it was heard behind it.
    fn is_cut(&self, line: &Line) -> bool {
        let hesitates = self.first > 1 && line.is_filler(self.first - 1);
        let before = self.first.wrapping_sub(1 + usize::from(hesitates));
        let verb = line.word(self.first + 1) == "is";
        let begun = line.word(before) == "i" && line.is_slot(self.first) && !verb
            || line.word(self.first) == "a" && line.is_slot(self.first + 1);
        let parted = (self.first..self.end).any(|i| homophone::joins_parts(line, i));
        begun || parted || self.slots > 0 && is_misheard(line.word(self.end))
    }

    /// Two letters and more that are no acronym, or letters and digits.
    fn is_lettered(&self, line: &Line) -> bool {
        if self.letters < 2 && self.digits < 2 {
            return false;
        }
        let single = |i: &usize| line.word(*i).len() == 1;
        let letters = (self.first..self.end).filter(single);
        let all: String = letters.map(|i| line.word(i)).collect();
        let acronym = words::is_acronym(&all) && all.len() > 2
            || matches!(all.as_str(), "am" | "pm" | "ok" | "er" | "iv" | "ai");
        let code = self.consonants > 0 && self.digits > 1;
        let initials = self.letters > 1 && self.consonants > 0 && self.numbers == 0;
        code || initials && !acronym
    }

    fn is_date(&self, line: &Line) -> bool {
        let day = self.slots == 0 && calendar::is_day_read(line, self.first, self.end);
        day || self.months > 0
    }

    fn is_year(&self, line: &Line) -> bool {
        let year = |y: u32| (1900..2100).contains(&y);
        let written = self.end == self.first + 1 && line.value(self.first).is_some_and(year);
        let century = matches!(
            line.spoken(self.first),
            Some(Spoken::Teen(19) | Spoken::Tens(20))
        );
        written || century && self.numbers < 4 && self.numbers == self.end - self.first
    }
}

/// `i have day, correct`, `art, got it`, `mr, is that right`: one word of any kind, and
/// nothing else but what people say around a value that they repeat.
fn name_alone(line: &Line) -> Option<usize> {
    const OTHER: u32 = class::SMALL | class::NUMBER | class::FILLER | class::CUE | class::ENDING;
    const TURN: usize = 9;
    let at = (0..line.atoms.len()).find(|&i| !leads(line, i))?;
    let next = at + 1 + usize::from(line.mark(at + 1) == Some(','));
    let repeats = matches!(
        (line.word(next), line.word(next + 1)),
        ("is", "that") | ("let", "me") | ("i'm", "typing") | ("got", "it") | ("correct", "")
    );
    let noun = line.word(at).len() > 1 && !line.is_class(at, OTHER | class::BEFORE);
    (repeats && noun && line.words < TURN && !approves(line.word(at))).then_some(at)
}

/// What people say to what they heard.
fn approves(word: &str) -> bool {
    matches!(
        word,
        "good"
            | "awesome"
            | "huh"
            | "lovely"
            | "excellent"
            | "wonderful"
            | "cool"
            | "amazing"
            | "absolutely"
            | "certainly"
            | "fantastic"
            | "brilliant"
            | "understood"
            | "noted"
            | "fine"
            | "very"
            | "hold"
            | "hang"
            | "done"
            | "nice"
            | "super"
            | "gotcha"
            | "sir"
            | "ma'am"
            | "now"
            | "hi"
            | "hello"
            | "bye"
            | "just"
            | "if"
            | "what"
            | "how"
            | "who"
            | "where"
            | "when"
            | "which"
            | "why"
            | "he"
            | "she"
            | "they"
            | "we"
            | "you"
            | "i"
            | "my"
            | "your"
            | "his"
            | "her"
            | "a"
            | "an"
            | "there"
            | "these"
            | "those"
    )
}

impl Told {
    /// Anything may have been told.
    const fn all(zip: bool) -> Self {
        Self {
            number: true,
            zip,
            name: true,
            date: true,
        }
    }
}

/// Whether atom `i` may stand before a value: small words, marks.
fn leads(line: &Line, i: usize) -> bool {
    match line.atoms[i].kind {
        Kind::Mark(_) => true,
        Kind::Word => {
            (line.is_class(i, class::SMALL | class::FILLER) && line.spoken(i).is_none())
                || matches!(
                    line.word(i),
                    "read" | "back" | "repeat" | "wonderful" | "good" | "very" | "know"
                )
        }
        Kind::Digits | Kind::Slot(_) => false,
    }
}

/// What recognisers write for a digit that ends a number.
fn is_misheard(word: &str) -> bool {
    matches!(word, "too" | "to" | "for" | "ate")
}

/// What is said between the pieces of a value.
fn joins(line: &Line, i: usize) -> bool {
    line.is_filler(i)
        || matches!(
            line.word(i),
            "dash"
                | "hyphen"
                | "dot"
                | "underscore"
                | "then"
                | "so"
                | "for"
                | "too"
                | "to"
                | "ate"
                | "plus"
                | "point"
                | "at"
                | "slash"
        )
}

/// Whether atom `i` is a piece of a value by itself, or may join two.
fn is_piece(line: &Line, i: usize) -> bool {
    line.is_slot(i)
        || line.is_number(i)
        || line.word(i).len() == 1
        || i < line.atoms.len() && joins(line, i)
}

/// A name that no word is, or one that is a word too.
fn is_name(line: &Line, i: usize) -> bool {
    let modal = matches!(
        line.word(i),
        "will" | "may" | "hope" | "art" | "sunny" | "miles"
    );
    line.word(i).len() > 2
        && (line.is_class(i, class::GIVEN | class::TOWN)
            || line.is_class(i, class::DOUBLE) && !modal
            || is_name_like_in_slot(line, i)
            || is_surname(line.word(i)))
}

/// A surname that is a word, and none that approves.
fn is_surname(word: &str) -> bool {
    let approves = matches!(
        word,
        "good"
            | "best"
            | "fair"
            | "sweet"
            | "rich"
            | "bright"
            | "wise"
            | "smart"
            | "strong"
            | "strange"
            | "swift"
            | "love"
            | "cool"
            | "bless"
            | "right"
            | "noble"
            | "short"
            | "small"
            | "day"
            | "weeks"
            | "long"
            | "well"
            | "park"
            | "street"
            | "house"
            | "hand"
            | "head"
            | "cash"
            | "money"
            | "deal"
            | "case"
            | "post"
            | "rush"
            | "stone"
            | "white"
            | "black"
            | "brown"
            | "green"
            | "golden"
            | "gross"
            | "savage"
            | "lucky"
            | "lord"
            | "price"
            | "king"
            | "church"
            | "moon"
            | "hurt"
            | "wait"
    );
    !approves && vocabulary::is_surname(word)
}
