//! A turn as a stream of letters and digits, so that a value is found however
//! it is separated: "555-1234", "5 5 5 1 2 3 4", "five five five …".

use std::ops::Range;

use crate::deid::document::{DocTurn, Token, TokenKind};
use crate::deid::word::{Key, Words, words};
use crate::domain::{Role, TurnKind};

/// Stands where a value may not go on: no value holds it.
const BREAK: char = '\u{1}';

/// Marks that may part the pieces of one value.
const SEPARATORS: &str = " -.,()/+@_#:'\u{2019}\t";

/// Most bytes between two pieces of one value.
const WIDEST_GAP: usize = 4;

/// Letters and digits of a turn in lower case, digits for number words, with
/// the way back to the turn's text.
#[derive(Debug)]
pub(crate) struct Stream {
    /// What is searched.
    pub(crate) text: String,
    pieces: Vec<Piece>,
}

/// What one token gave.
#[derive(Debug)]
struct Piece {
    /// Bytes of the stream.
    stream: Range<usize>,
    /// Bytes of the turn's text.
    source: Range<usize>,
    /// A ten said as a word, which a unit may complete.
    ten: bool,
}

impl Stream {
    /// The stream of `turn`.
    pub(crate) fn new(turn: &DocTurn<'_>) -> Self {
        let mut stream = Self {
            text: String::with_capacity(turn.text.len()),
            pieces: Vec::with_capacity(turn.tokens.len()),
        };
        let tokens = turn.tokens.iter().enumerate();
        for (i, token) in tokens.filter(|(_, t)| t.kind != TokenKind::Mark) {
            let letter = words!["o"].has(token.key) && !is_beside_number(turn, i);
            stream.push(turn.text, token, letter);
        }
        stream
    }

    /// Appends `token` of `text`, which may be a `letter` though it is a number
    /// elsewhere.
    fn push(&mut self, text: &str, token: &Token, letter: bool) {
        let span = token.span.clone();
        let gap_start = self.pieces.last().map_or(0, |piece| piece.source.end);
        let gap = &text[gap_start..span.start];
        if !self.pieces.is_empty() && !is_separator(gap) {
            self.text.push(BREAK);
        }
        let word = &text[span.clone()];
        if let Some(number) = self.pieces.last_mut()
            && number.source.end == span.start
            && is_ordinal_ending(word)
        {
            number.source.end = span.end;
            return;
        }
        let (start, length) = self.push_word(word, token.key, letter);
        if self.text.len() > start {
            self.pieces.push(Piece {
                stream: start..self.text.len(),
                source: span.start..span.start + length,
                ten: is_ten(word),
            });
        }
    }

    /// Appends `word`, of which `key` is the key, as it counts: where it begins
    /// in the stream, and how many of its bytes count.
    fn push_word(&mut self, word: &str, mut key: Key, letter: bool) -> (usize, usize) {
        let start = self.text.len();
        let mut stem = word;
        if word.bytes().all(|b| b.is_ascii_alphanumeric()) {
            self.text.push_str(word);
            self.text[start..].make_ascii_lowercase();
        } else {
            stem = without_possessive(word);
            let chars = stem.chars().filter(|c| c.is_alphanumeric());
            self.text.extend(chars.flat_map(char::to_lowercase));
            key = Key::at(&self.text, start, self.text.len());
        }
        if let Some(digits) = digits(key).filter(|_| !letter) {
            self.text.truncate(start);
            let completed = self.complete_ten(digits);
            self.text.push_str(digits);
            return (start - usize::from(completed), stem.len());
        }
        (start, stem.len())
    }

    /// Takes the zero off a ten that a unit completes, as in "twenty", "three".
    fn complete_ten(&mut self, digits: &str) -> bool {
        if let Some(ten) = self.pieces.last_mut()
            && ten.ten
            && ten.stream.end == self.text.len()
            && matches!(digits.as_bytes(), [b'1'..=b'9'])
        {
            ten.stream.end -= 1;
            self.text.pop();
            return true;
        }
        false
    }

    /// Where its pieces begin, in bytes of the stream.
    pub(crate) fn starts(&self) -> impl Iterator<Item = usize> {
        self.pieces.iter().map(|piece| piece.stream.start)
    }

    /// Where in the turn's text the bytes `found` of the stream lie, if they
    /// begin and end with pieces; and how many pieces they are.
    pub(crate) fn source(&self, found: Range<usize>) -> Option<(Range<usize>, usize)> {
        let by_start = |piece: &Piece| piece.stream.start;
        let first = self
            .pieces
            .binary_search_by_key(&found.start, by_start)
            .ok()?;
        let last = self.pieces[first..]
            .binary_search_by_key(&found.end, |piece| piece.stream.end)
            .ok()?
            + first;
        let source = self.pieces[first].source.start..self.pieces[last].source.end;
        Some((source, last - first + 1))
    }
}

/// Whether the word before or after token `i` is a number, marks passed: `five
/// [o] five`, and not `j [o] h n`.
fn is_beside_number(turn: &DocTurn<'_>, i: usize) -> bool {
    let said = |token: &&Token| token.kind != TokenKind::Mark;
    let number = |token: &Token| {
        token.kind == TokenKind::Number || is_number(token.key) && !words!["o"].has(token.key)
    };
    let before = turn.tokens[..i].iter().rfind(said);
    let after = turn.tokens[i + 1..].iter().find(said);
    before.is_some_and(number) || after.is_some_and(number)
}

/// `logan` of `logan's`.
fn without_possessive(word: &str) -> &str {
    let endings = ["'s", "\u{2019}s", "'S"].iter();
    let mut stems = endings.filter_map(|ending| word.strip_suffix(ending));
    stems.next().unwrap_or(word)
}

fn is_separator(gap: &str) -> bool {
    gap == " " || gap.len() <= WIDEST_GAP && gap.chars().all(|c| SEPARATORS.contains(c))
}

/// `value` as it stands in a stream: the text to search for.
pub(crate) fn normalize(value: &str) -> String {
    // Most are one word, and no `o` that may be a digit or a letter.
    if value.len() > 1 && value.bytes().all(|b| b.is_ascii_alphabetic()) {
        let said = digits(Key::at(value, 0, value.len()));
        return said.map_or_else(|| value.to_ascii_lowercase(), str::to_owned);
    }
    let turn = DocTurn::cut(Role::Other, TurnKind::Text, value);
    let mut text = Stream::new(&turn).text;
    text.retain(|c| c != BREAK);
    text
}

/// The digits that `word` says, as a cardinal or an ordinal; "oh" is a zero.
fn digits(word: Key) -> Option<&'static str> {
    NUMBER_WORDS.place(word).map(|at| SAID[at])
}

/// Whether `word` stands in a stream as digits.
pub(super) fn is_number(word: Key) -> bool {
    NUMBER_WORDS.has(word)
}

fn is_ten(word: &str) -> bool {
    let (bytes, two) = (word.as_bytes(), word.len().saturating_sub(2));
    word.len() < 8 && bytes[two..].eq_ignore_ascii_case(b"ty")
}

fn is_ordinal_ending(word: &str) -> bool {
    word.len() == 2 && words!["st", "nd", "rd", "th"].lists(word)
}

/// Number words, and what each says at the same place of [`SAID`].
const NUMBER_WORDS: Words = words![
    "eight",
    "eighteen",
    "eighteenth",
    "eighth",
    "eightieth",
    "eighty",
    "eleven",
    "eleventh",
    "fifteen",
    "fifteenth",
    "fifth",
    "fiftieth",
    "fifty",
    "first",
    "five",
    "fortieth",
    "forty",
    "four",
    "fourteen",
    "fourteenth",
    "fourth",
    "nine",
    "nineteen",
    "nineteenth",
    "ninetieth",
    "ninety",
    "ninth",
    "o",
    "oh",
    "one",
    "second",
    "seven",
    "seventeen",
    "seventeenth",
    "seventh",
    "seventieth",
    "seventy",
    "six",
    "sixteen",
    "sixteenth",
    "sixth",
    "sixtieth",
    "sixty",
    "ten",
    "tenth",
    "third",
    "thirteen",
    "thirteenth",
    "thirtieth",
    "thirty",
    "three",
    "twelfth",
    "twelve",
    "twentieth",
    "twenty",
    "two",
    "zero",
];

const SAID: [&str; 57] = [
    "8", "18", "18", "8", "80", "80", "11", "11", "15", "15", "5", "50", "50", "1", "5", "40",
    "40", "4", "14", "14", "4", "9", "19", "19", "90", "90", "9", "0", "0", "1", "2", "7", "17",
    "17", "7", "70", "70", "6", "16", "16", "6", "60", "60", "10", "10", "3", "13", "13", "30",
    "30", "3", "12", "12", "20", "20", "2", "0",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, value: &str, expected: Option<&str>) {
        let turn = DocTurn::cut(Role::User, TurnKind::Speech, text);
        let stream = Stream::new(&turn);
        let key = normalize(value);
        let found = stream
            .text
            .match_indices(&key)
            .find_map(|(at, _)| stream.source(at..at + key.len()));
        assert_eq!(found.map(|(span, _)| &text[span]), expected);
    }

    #[test]
    fn separators_and_digit_words_do_not_matter() {
        let phone = "(212) 555-0143";
        check("call 212.555.0143 now", phone, Some("212.555.0143"));
        check(
            "it's 2 1 2 5 5 5 0 1 4 3",
            phone,
            Some("2 1 2 5 5 5 0 1 4 3"),
        );
        check(
            "two one two five five five oh one four three ok",
            phone,
            Some("two one two five five five oh one four three"),
        );
        check("2-1-2 , 555 , 0143", phone, Some("2-1-2 , 555 , 0143"));
    }

    #[test]
    fn a_value_begins_and_ends_with_words_and_crosses_no_sentence() {
        check("the annex", "ann", None);
        check("joanna", "anna", None);
        check("is it 212? 555 0143", "2125550143", None);
    }

    #[test]
    fn an_o_among_letters_is_a_letter() {
        for (value, expected) in [
            ("w o r t h", "worth"),
            ("O-D-O-M", "odom"),
            ("five o five", "505"),
            ("b o seven", "b07"),
            ("oh two", "02"),
        ] {
            assert_eq!(normalize(value), expected, "{value}");
        }
    }

    #[test]
    fn number_words_say_digits() {
        for (word, said) in [
            ("eight", "8"),
            ("Thirtieth", "30"),
            ("oh", "0"),
            ("zero", "0"),
        ] {
            assert_eq!(digits(Key::of(word)), Some(said), "{word}");
        }
        assert_eq!(digits(Key::of("to")), None);
    }

    #[test]
    fn a_possessive_is_left_outside() {
        check("logan's knee", "Logan", Some("logan"));
    }
}
