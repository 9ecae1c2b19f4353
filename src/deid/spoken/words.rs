//! What a word may stand for when identifiers are said.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::deid::document::{DocTurn, TokenKind};
use crate::deid::word::{Key, Words, words};

/// What a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Say {
    /// `zero` to `nine`.
    Digit(u8),
    /// `oh`: a zero beside other digits, and otherwise no number.
    Oh,
    /// `ten` to `nineteen`.
    Teen(u8),
    /// `twenty`, `thirty` … `ninety`.
    Tens(u8),
    /// `hundred`.
    Hundred,
    /// `thousand`.
    Thousand,
    /// `first` to `nineteenth`, `twentieth`, `thirtieth`.
    Ordinal(u8),
    /// `double`, `triple`: what follows, so many times.
    Repeat(u8),
    /// A single letter, in lower case.
    Letter(u8),
    /// A word of the radio alphabet and its letter.
    Radio(u8),
    /// A word that sounds as a digit does: `for`, `to`.
    Homophone(u8),
    /// A mark said in words: `dot`, `dash`.
    Symbol(Symbol),
    /// `capital`, `lowercase`: a letter follows.
    Case,
    /// A hesitation, which parts nothing.
    Hesitation,
    /// The end of a domain name that is no other word: `edu`.
    Domain,
    /// What people say while they read digits out or correct themselves.
    Aside,
    /// A month.
    Month,
    /// Nothing of the kind.
    Other,
}

/// A mark said in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Symbol {
    /// `dot`.
    Dot,
    /// `point`, which only numbers have.
    Point,
    /// `dash`, `hyphen`.
    Dash,
    /// `underscore`.
    Underscore,
    /// `slash`.
    Slash,
    /// `colon`.
    Colon,
    /// `plus`.
    Plus,
    /// `at`.
    At,
}

impl Symbol {
    /// As it is written.
    pub(super) const fn mark(self) -> char {
        match self {
            Self::Dot | Self::Point => '.',
            Self::Dash => '-',
            Self::Underscore => '_',
            Self::Slash => '/',
            Self::Colon => ':',
            Self::Plus => '+',
            Self::At => '@',
        }
    }
}

/// The numbers that one word says: zero to nineteen, and the tens.
const NUMBERS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
];

const NUMBER_WORDS: Words = words!(of NUMBERS);

/// `zero` to `nine`.
pub(crate) const DIGITS: &[&str] = NUMBERS.split_at(10).0;
/// `ten` to `nineteen`.
pub(crate) const TEENS: &[&str] = NUMBERS.split_at(10).1.split_at(10).0;
/// `twenty` to `ninety`.
pub(crate) const TENS: &[&str] = NUMBERS.split_at(20).1;

/// `one` to `nine`.
pub(crate) fn unit(word: Key) -> Option<u32> {
    number(word, 1..10)
}

/// `ten` to `nineteen`.
pub(crate) fn teen(word: Key) -> Option<u32> {
    number(word, 10..20)
}

/// `twenty` to `ninety`.
pub(crate) fn tens(word: Key) -> Option<u32> {
    number(word, 20..100)
}

/// Whether `word` is a number below a hundred, said in one word.
pub(crate) fn is_number_word(word: Key) -> bool {
    number(word, 1..100).is_some()
}

/// How many digits the number that `word` says has: those of `twenty` and
/// `twelve` are two; 0 where it says none.
pub(crate) fn digits_of(word: Key) -> usize {
    match NUMBER_WORDS.place(word) {
        Some(place) => 1 + usize::from(place >= DIGITS.len()),
        None => usize::from(words!["oh"].has(word)),
    }
}

/// How many digits token `i` of `turn` is, written or said; 0 past the end.
pub(crate) fn digits_at(turn: &DocTurn<'_>, i: usize) -> usize {
    match turn.tokens.get(i) {
        Some(token) if token.kind == TokenKind::Number => token.span.len(),
        _ => digits_of(turn.key(i)),
    }
}

/// The number `word`, where it is one of `range`; tens have no units.
fn number(word: Key, range: Range<usize>) -> Option<u32> {
    let value = match NUMBER_WORDS.place(word)? {
        place @ ..20 => place,
        place => (place - 18) * 10,
    };
    let value = range.contains(&value).then_some(value)?;
    u32::try_from(value).ok()
}

/// The number of the month `word`; abbreviated too.
pub(crate) fn month(word: Key) -> Option<u32> {
    const ABBREVIATED: usize = 3;
    if say(word) != Say::Month {
        return None;
    }
    let months = || MONTHS.split_whitespace();
    let said = months().find(|month| Key::of(month) == word)?;
    let at = months().position(|month| month[..ABBREVIATED] == said[..ABBREVIATED])?;
    u32::try_from(at + 1).ok()
}

/// Whether `word` says a month or a number: all that a date begins with.
pub(crate) fn begins_date(word: Key) -> bool {
    matches!(
        say(word),
        Say::Digit(_) | Say::Oh | Say::Teen(_) | Say::Tens(_) | Say::Ordinal(_) | Say::Month
    )
}

/// The day that `word` is as an ordinal: `third`, `thirtieth`.
pub(crate) fn ordinal(word: Key) -> Option<u32> {
    match say(word) {
        Say::Ordinal(day) => Some(u32::from(day)),
        _ => None,
    }
}

const ORDINALS: &str = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh \
    twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth";
const RADIO: &str = "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike \
    november oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu alfa \
    juliett whisky";
const HESITATIONS: &str = "uh um er erm uhm uhh umm ah hmm hm mm mhm eh ehm inaudible";
const ASIDES: &str = "so okay ok yeah yes yep like well right then and let let's lets me see no wait \
    sorry i mean hold hang on actually correction scratch that that's thats make it it's its is \
    oops again followed by next pause";
const MONTHS: &str = "january february march april may june july august september october november \
    december jan feb mar apr jun jul aug sept sep oct nov dec";
const OTHERS: &[(&str, Say)] = &[
    ("oh", Say::Oh),
    ("o", Say::Oh),
    ("nought", Say::Digit(0)),
    ("naught", Say::Digit(0)),
    ("niner", Say::Digit(9)),
    ("fourty", Say::Tens(40)),
    ("thirtieth", Say::Ordinal(30)),
    ("hundred", Say::Hundred),
    ("thousand", Say::Thousand),
    ("double", Say::Repeat(2)),
    ("triple", Say::Repeat(3)),
    ("treble", Say::Repeat(3)),
    ("quadruple", Say::Repeat(4)),
    ("to", Say::Homophone(2)),
    ("too", Say::Homophone(2)),
    ("for", Say::Homophone(4)),
    ("ate", Say::Homophone(8)),
    ("won", Say::Homophone(1)),
    ("sicks", Say::Homophone(6)),
    ("zed", Say::Letter(b'z')),
    ("zee", Say::Letter(b'z')),
    ("dot", Say::Symbol(Symbol::Dot)),
    ("point", Say::Symbol(Symbol::Point)),
    ("dash", Say::Symbol(Symbol::Dash)),
    ("hyphen", Say::Symbol(Symbol::Dash)),
    ("underscore", Say::Symbol(Symbol::Underscore)),
    ("slash", Say::Symbol(Symbol::Slash)),
    ("colon", Say::Symbol(Symbol::Colon)),
    ("plus", Say::Symbol(Symbol::Plus)),
    ("at", Say::Symbol(Symbol::At)),
    ("com", Say::Domain),
    ("edu", Say::Domain),
    ("gov", Say::Domain),
    ("org", Say::Domain),
    ("capital", Say::Case),
    ("uppercase", Say::Case),
    ("lowercase", Say::Case),
];

/// What each word says, and the word.
type Said = FxHashMap<Key, (Say, &'static str)>;

static WORDS: LazyLock<Said> = LazyLock::new(|| {
    let mut words = Said::default();
    let mut add = |word, say| {
        words.entry(Key::of(word)).or_insert((say, word));
    };
    for (word, value) in DIGITS.iter().zip(0..) {
        add(word, Say::Digit(value));
    }
    for (word, value) in TEENS.iter().zip(10..) {
        add(word, Say::Teen(value));
    }
    for (word, value) in TENS.iter().zip(2..) {
        add(word, Say::Tens(value * 10));
    }
    for (word, value) in ORDINALS.split_whitespace().zip(1..) {
        add(word, Say::Ordinal(value));
    }
    OTHERS.iter().for_each(|(word, say)| add(word, *say));
    for (list, say) in [
        (MONTHS, Say::Month),
        (HESITATIONS, Say::Hesitation),
        (ASIDES, Say::Aside),
    ] {
        list.split_whitespace().for_each(|word| add(word, say));
    }
    for word in RADIO.split_whitespace() {
        add(word, Say::Radio(word.as_bytes()[0]));
    }
    words
});

/// What `word` says. Letters are left to [`letter`], save `zed` and the `o` that
/// may be a zero.
pub(super) fn say(word: Key) -> Say {
    match word.letter() {
        Some(letter) if letter != b'o' => Say::Letter(letter),
        _ => WORDS.get(&word).map_or(Say::Other, |(say, _)| *say),
    }
}

/// The letter that `word` is, in lower case.
pub(super) fn letter(word: &str) -> Option<u8> {
    match word.as_bytes() {
        [b] if b.is_ascii_alphabetic() => Some(b.to_ascii_lowercase()),
        _ => None,
    }
}

/// Whether `word` can make a turn worth reading as spoken.
pub(super) fn opens(word: Key) -> bool {
    match say(word) {
        Say::Digit(_)
        | Say::Teen(_)
        | Say::Tens(_)
        | Say::Hundred
        | Say::Repeat(_)
        | Say::Domain
        | Say::Radio(_)
        | Say::Homophone(1 | 6 | 8)
        | Say::Symbol(Symbol::Dot | Symbol::Slash | Symbol::Underscore) => true,
        Say::Letter(letter) => !matches!(letter, b'a' | b'i'),
        _ => false,
    }
}

/// The words that [`opens`] knows, each letter by itself among them.
pub(crate) fn openers() -> impl Iterator<Item = &'static str> {
    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
    let letters = (0..LETTERS.len()).map(|i| &LETTERS[i..=i]);
    let words = WORDS.values().map(|(_, word)| *word);
    words.chain(letters).filter(|word| opens(Key::of(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_what_they_stand_for() {
        for (word, expected) in [
            ("Seven", Say::Digit(7)),
            ("NINETEEN", Say::Teen(19)),
            ("forty", Say::Tens(40)),
            ("twentieth", Say::Ordinal(20)),
            ("b", Say::Letter(b'b')),
            ("O", Say::Oh),
            ("november", Say::Month),
            ("zulu", Say::Radio(b'z')),
            ("for", Say::Homophone(4)),
            ("é", Say::Other),
            ("metformin", Say::Other),
            ("underscores and more", Say::Other),
        ] {
            assert_eq!(say(Key::of(word)), expected, "{word}");
        }
    }

    #[test]
    fn months_and_ordinals_have_numbers() {
        assert_eq!(
            ["March", "sept", "dec", "may", "marching"].map(|w| month(Key::of(w))),
            [Some(3), Some(9), Some(12), Some(5), None]
        );
        assert_eq!(
            ["Third", "thirtieth", "three"].map(|w| ordinal(Key::of(w))),
            [Some(3), Some(30), None]
        );
    }

    #[test]
    fn numbers_and_letters_open_a_turn_and_asides_do_not() {
        for word in NUMBERS {
            assert!(opens(Key::of(word)) && opens(Key::of(&word.to_uppercase())));
        }
        assert!(
            [
                "double",
                "dot",
                "underscore",
                "hundred",
                "k",
                "quadruple",
                "hotel",
                "edu"
            ]
            .into_iter()
            .all(|word| opens(Key::of(word)))
        );
        assert!(
            !["a", "oh", "so", "first", "the"]
                .into_iter()
                .any(|word| opens(Key::of(word)))
        );
    }
}
