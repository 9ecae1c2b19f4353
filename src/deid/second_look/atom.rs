//! Cuts clean text into atoms: words, digit runs, marks and the engine's own
//! replacements. Written apart from the first look's tokens on purpose.

use std::iter::Peekable;
use std::ops::Range;

use super::super::language::table::{PADDING, PackedWord};
use super::vocabulary;
use super::words::{self, Info, Spoken, Words, class};
use crate::domain::Category;

/// What an atom is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters and inner apostrophes.
    Word,
    /// Decimal digits of any script.
    Digits,
    /// A placeholder of the engine, or a span that the caller vouches for.
    Slot(Option<Category>),
    /// Any other character that is not white space.
    Mark(char),
}

/// A stretch of one line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Atom {
    pub(super) kind: Kind,
    start: usize,
    end: usize,
    /// Nothing stands between it and the atom before it.
    glued: bool,
    /// It begins with a capital and goes on in small letters.
    capital: bool,
    /// Where a word ends without a possessive ending.
    bare_end: usize,
    /// What is known of the word.
    info: Info,
}

/// What a line holds besides words of classes, as bits: scanners that need
/// what it does not hold need not look.
pub(super) mod contents {
    /// Digits.
    pub(in super::super) const DIGITS: u8 = 1;
    /// A replacement.
    pub(in super::super) const SLOT: u8 = 1 << 1;
    /// A single letter that is no word.
    pub(in super::super) const LETTER: u8 = 1 << 2;
    /// A single letter.
    pub(in super::super) const SINGLE: u8 = 1 << 3;
    /// What electronic addresses are joined with: `@`, `:`, `_`, a word that
    /// ends in `com`, `net` or `org`, a full stop inside or after a number, digits after letters.
    pub(in super::super) const JOINED: u8 = 1 << 4;
}

/// One text, cut. It is made once and cuts many.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// The text in ASCII lower case; bytes stand where they stood.
    lower: String,
    pub(super) atoms: Vec<Atom>,
    /// It is nothing but a number or a code, replacements and small words: an
    /// answer, or a piece of one.
    pub(super) bare: bool,
    /// How many words it has.
    pub(super) words: usize,
    /// How many number words it has, and where the last stands.
    numbers: (usize, usize),
    info: Info,
    contents: u8,
}

impl Atom {
    #[inline]
    fn new(kind: Kind, span: Range<usize>, glued: bool) -> Self {
        Self {
            kind,
            start: span.start,
            end: span.end,
            glued,
            capital: false,
            bare_end: span.start,
            info: Info::default(),
        }
    }
}

impl Atom {
    /// Whether it is a word of any class of `classes`.
    #[inline]
    pub(super) const fn is(&self, classes: u32) -> bool {
        self.info.is(classes)
    }

    /// Whether it is one ASCII letter.
    #[inline]
    pub(super) fn is_letter(&self) -> bool {
        (self.kind == Kind::Word) & (self.end - self.start == 1)
    }

    /// Whether it is a word of none of the small lists.
    #[inline]
    pub(super) fn is_unlisted(&self) -> bool {
        self.kind == Kind::Word && self.info == Info::default()
    }
}

impl Line {
    /// Cuts `text`; what `vouched` covers (byte ranges, ascending, on
    /// character boundaries) becomes slots.
    pub(super) fn cut(&mut self, text: &str, vouched: &[Range<usize>]) {
        self.clear(text);
        let table = words::table();
        let mut at = 0;
        let mut glued = false;
        let mut vouched = vouched.iter().peekable();
        while let Some(&byte) = text.as_bytes().get(at) {
            if let Some(blank) = blank_len(text, at, byte) {
                at += blank;
                glued = false;
                continue;
            }
            let atom = match vouched_end(&mut vouched, text, at) {
                Some(end) => Atom::new(Kind::Slot(None), at..end, glued),
                None => match self.plain_word(text, at, glued, table) {
                    Some(atom) => atom,
                    None => self.atom_at(text, at, byte, glued, table),
                },
            };
            at = atom.end;
            glued = true;
            self.push(atom);
        }
        self.bare = (0..self.atoms.len()).all(|i| self.is_part_of_answer(i));
    }

    fn clear(&mut self, text: &str) {
        self.lower.clear();
        self.lower.push_str(text);
        self.lower.make_ascii_lowercase();
        self.lower.push_str(PADDING);
        self.atoms.clear();
        self.words = 0;
        self.numbers = (0, 0);
        self.info = Info::default();
        self.contents = 0;
    }

    /// The word of ASCII letters at `at`: most atoms are one.
    #[inline]
    fn plain_word(&self, text: &str, at: usize, glued: bool, table: &Words) -> Option<Atom> {
        let lower = self.lower.as_bytes();
        let word = PackedWord::read(lower, at)?;
        let end = at + word.len;
        if goes_on(lower, end) {
            return None;
        }
        let mut atom = Atom::new(Kind::Word, at..end, glued);
        atom.info = table.info_packed(word);
        atom.bare_end = end;
        let written = &text.as_bytes()[at..end];
        atom.capital =
            written[0].is_ascii_uppercase() && written.iter().any(u8::is_ascii_lowercase);
        Some(atom)
    }

    /// The atom that begins at `at` with `byte`.
    fn atom_at(&self, text: &str, at: usize, byte: u8, glued: bool, table: &Words) -> Atom {
        let (kind, end) = atom_at(text, at, byte);
        let mut atom = Atom::new(kind, at..end, glued);
        if kind == Kind::Word {
            let bare = possessor(&self.lower.as_bytes()[at..end]);
            atom.bare_end = at + bare.len();
            atom.info = table.info(bare);
            atom.capital = is_title(&text[at..end]);
        }
        atom
    }

    #[inline]
    fn push(&mut self, atom: Atom) {
        let word = matches!(atom.kind, Kind::Word);
        self.contents |= if word {
            self.words += 1;
            self.contents_of_word(&atom)
        } else {
            self.contents_of(&atom)
        };
        self.info = self.info.and(atom.info);
        if atom.info.is(class::NUMBER) {
            self.numbers = (self.numbers.0 + 1, self.atoms.len());
        }
        self.atoms.push(atom);
    }

    /// The atom that the next one, if `glued`, is written as one with.
    #[inline]
    fn kind_before(&self, glued: bool) -> Option<Kind> {
        let before = if glued { self.atoms.last() } else { None };
        before.map(|atom| atom.kind)
    }

    /// What the word `atom`, which stands after the last one, brings into the
    /// line.
    #[inline]
    fn contents_of_word(&self, atom: &Atom) -> u8 {
        let word = &self.lower.as_bytes()[atom.start..atom.bare_end];
        if let [letter] = word {
            let small = matches!(letter, b'a' | b'i');
            return contents::SINGLE | if small { 0 } else { contents::LETTER };
        }
        let host = atom.info == Info::default() && ends_as_host(word);
        let joined = host || self.kind_before(atom.glued) == Some(Kind::Mark('.'));
        if joined { contents::JOINED } else { 0 }
    }

    /// What `atom`, no word, which stands after the last one, brings into the
    /// line.
    fn contents_of(&self, atom: &Atom) -> u8 {
        let before = self.kind_before(atom.glued);
        let joined = |joined| if joined { contents::JOINED } else { 0 };
        match atom.kind {
            Kind::Digits => {
                let inner = matches!(before, Some(Kind::Word | Kind::Mark('.')));
                contents::DIGITS | joined(inner)
            }
            Kind::Mark('.') => joined(atom.glued && self.is_number(self.atoms.len() - 1)),
            Kind::Mark(c) => joined(matches!(c, '@' | ':' | '_')),
            Kind::Slot(_) => contents::SLOT,
            Kind::Word => 0,
        }
    }

    /// Whether the line is a sentence with no number, or with one small one in
    /// words: `one moment`, `the second time`.
    pub(super) fn counts_one_thing(&self) -> bool {
        let (count, last) = self.numbers;
        let small = || {
            let tens = matches!(self.spoken(last), None | Some(Spoken::Tens(_)));
            !tens || self.ordinal(last).is_some()
        };
        !self.bare
            && !self.holds(contents::DIGITS | contents::SLOT | contents::LETTER)
            && !self.has(class::MONTH)
            && (count == 0 || count == 1 && small())
    }

    /// Whether any word of the line is of `classes`.
    #[inline]
    pub(super) const fn has(&self, classes: u32) -> bool {
        self.info.is(classes)
    }

    /// Whether the line holds any of `contents`.
    #[inline]
    pub(super) const fn holds(&self, contents: u8) -> bool {
        self.contents & contents != 0
    }

    /// Whether atom `i` may stand in an answer that is nothing but a number.
    fn is_part_of_answer(&self, i: usize) -> bool {
        const ANSWER: u32 = class::SMALL | class::NUMBER | class::FILLER | class::ENDING;
        match self.atoms[i].kind {
            Kind::Word => {
                let word = self.word(i);
                self.is_class(i, ANSWER)
                    || word.chars().nth(1).is_none()
                    || word.len() < 4 && self.is_unknown(i)
            }
            Kind::Mark(c) => !"$£€₹¥%".contains(c),
            Kind::Digits | Kind::Slot(_) => true,
        }
    }

    /// The bytes of atom `i`; nothing beyond the end.
    #[inline]
    pub(super) fn span(&self, i: usize) -> Range<usize> {
        self.atoms.get(i).map_or(0..0, |atom| atom.start..atom.end)
    }

    /// Atom `i` in lower case; empty beyond the end.
    #[inline]
    pub(super) fn lower(&self, i: usize) -> &str {
        self.atoms
            .get(i)
            .map_or("", |atom| &self.lower[atom.start..atom.end])
    }

    /// Word `i` in lower case without a possessive ending; empty when it is
    /// not a word.
    #[inline]
    pub(super) fn word(&self, i: usize) -> &str {
        self.atoms
            .get(i)
            .map_or("", |atom| &self.lower[atom.start..atom.bare_end])
    }

    /// The word before atom `i`, or nothing.
    #[inline]
    pub(super) fn word_before(&self, i: usize) -> &str {
        i.checked_sub(1).map_or("", |before| self.word(before))
    }

    /// The mark at `i`.
    #[inline]
    pub(super) fn mark(&self, i: usize) -> Option<char> {
        match self.atoms.get(i)?.kind {
            Kind::Mark(c) => Some(c),
            _ => None,
        }
    }

    /// Whether atom `i` is digits.
    #[inline]
    pub(super) fn is_digits(&self, i: usize) -> bool {
        matches!(self.atoms.get(i), Some(atom) if atom.kind == Kind::Digits)
    }

    /// How many digits atom `i` has; 0 when it is not digits.
    pub(super) fn digits(&self, i: usize) -> usize {
        match self.atoms.get(i) {
            Some(atom) if atom.kind == Kind::Digits => {
                let bytes = &self.lower.as_bytes()[atom.start..atom.end];
                // Every byte but those that continue a character.
                bytes.iter().filter(|b| **b & 0xc0 != 0x80).count()
            }
            _ => 0,
        }
    }

    /// The value of the at most six digits at `i`.
    pub(super) fn value(&self, i: usize) -> Option<u32> {
        if !(1..=6).contains(&self.digits(i)) {
            return None;
        }
        let mut digits = self.lower(i).chars();
        digits.try_fold(0, |n, c| Some(n * 10 + c.to_digit(10)?))
    }

    /// Whether nothing stands between atoms `i - 1` and `i`.
    #[inline]
    pub(super) fn glued(&self, i: usize) -> bool {
        self.atoms.get(i).is_some_and(|atom| atom.glued)
    }

    /// Whether atom `i` is written like a name: `Ada`, not `ADA`.
    #[inline]
    pub(super) fn capital(&self, i: usize) -> bool {
        self.atoms.get(i).is_some_and(|atom| atom.capital)
    }

    #[inline]
    fn info(&self, i: usize) -> Info {
        self.atoms.get(i).map_or(Info::default(), |atom| atom.info)
    }

    /// Whether word `i` is of any class of `classes`.
    #[inline]
    pub(super) fn is_class(&self, i: usize, classes: u32) -> bool {
        self.info(i).is(classes)
    }

    /// Whether word `i` is a hesitation.
    #[inline]
    pub(super) fn is_filler(&self, i: usize) -> bool {
        self.is_class(i, class::FILLER)
    }

    /// Whether word `i` is a unit or a counted thing.
    #[inline]
    pub(super) fn is_unit(&self, i: usize) -> bool {
        self.is_class(i, class::UNIT)
    }

    /// Whether `i` is an ordinary word, or none at all.
    pub(super) fn is_ordinary(&self, i: usize) -> bool {
        let word = self.word(i);
        word.is_empty() || self.is_class(i, class::ORDINARY) || words::ends_ordinarily(word)
    }

    /// Whether `i` is a word of no list.
    pub(super) fn is_unknown(&self, i: usize) -> bool {
        vocabulary::is_unknown_of(self.word(i), self.info(i))
    }

    /// What number word `i` stands for.
    #[inline]
    pub(super) fn spoken(&self, i: usize) -> Option<Spoken> {
        self.info(i).spoken()
    }

    /// What day of a month word `i` stands for.
    #[inline]
    pub(super) fn ordinal(&self, i: usize) -> Option<u8> {
        self.info(i).ordinal()
    }

    /// Whether digits or a number word stand at `i`.
    #[inline]
    pub(super) fn is_number(&self, i: usize) -> bool {
        self.is_digits(i) || self.is_class(i, class::NUMBER | class::ARTICLE)
    }

    /// Whether atom `i` stands for a removed value of `category`.
    pub(super) fn is_slot_of(&self, i: usize, category: Category) -> bool {
        let kind = self.atoms.get(i).map(|atom| atom.kind);
        kind == Some(Kind::Slot(Some(category)))
    }

    /// Whether atom `i` stands for a removed value.
    #[inline]
    pub(super) fn is_slot(&self, i: usize) -> bool {
        matches!(self.atoms.get(i).map(|a| a.kind), Some(Kind::Slot(_)))
    }
}

fn is_title(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase)
}

/// Whether `word` may be an address of mail with its marks lost.
#[inline]
fn ends_as_host(word: &[u8]) -> bool {
    matches!(
        word,
        [.., b'c', b'o', b'm'] | [.., b'n', b'e', b't'] | [.., b'o', b'r', b'g']
    )
}

/// `word` without `'s`.
#[inline]
fn possessor(word: &[u8]) -> &[u8] {
    match word {
        [of @ .., b'\'', b's'] | [of @ .., 0xe2, 0x80, 0x99, b's'] => of,
        _ => word,
    }
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or('\0')
}

/// How long the white space at `at`, which begins with `byte`, is.
#[inline]
fn blank_len(text: &str, at: usize, byte: u8) -> Option<usize> {
    if byte == b' ' {
        return Some(1);
    }
    if byte.is_ascii() {
        return matches!(byte, b'\t'..=b'\r').then_some(1);
    }
    let c = char_at(text, at);
    c.is_whitespace().then_some(c.len_utf8())
}

/// Whether a word that has ASCII letters up to `at` may go on.
#[inline]
fn goes_on(lower: &[u8], at: usize) -> bool {
    matches!(lower.get(at), Some(b'\'' | 0x80..))
}

/// Where the vouched span at `at` ends, if one covers it.
#[inline]
fn vouched_end<'a>(
    vouched: &mut Peekable<impl Iterator<Item = &'a Range<usize>>>,
    text: &str,
    at: usize,
) -> Option<usize> {
    while vouched.next_if(|v| v.end <= at).is_some() {}
    let end = vouched.peek().filter(|v| v.contains(&at))?.end;
    text.is_char_boundary(end).then_some(end)
}

/// What begins at `at` with `byte`, and where it ends.
fn atom_at(text: &str, at: usize, byte: u8) -> (Kind, usize) {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' => (Kind::Word, word_end(text, at)),
        b'[' => match placeholder(&text[at..]) {
            Some((category, len)) => (Kind::Slot(category), at + len),
            None => (Kind::Mark('['), at + 1),
        },
        b'0'..=b'9' => (Kind::Digits, at + span(&text[at..], char::is_numeric)),
        _ if byte.is_ascii() => (Kind::Mark(char::from(byte)), at + 1),
        _ => rare_atom_at(text, at),
    }
}

/// What begins at `at` beyond ASCII.
fn rare_atom_at(text: &str, at: usize) -> (Kind, usize) {
    let c = char_at(text, at);
    if c.is_numeric() {
        return (Kind::Digits, at + span(&text[at..], char::is_numeric));
    }
    if c.is_alphabetic() {
        return (Kind::Word, at + word_len(&text[at..]));
    }
    (Kind::Mark(c), at + c.len_utf8())
}

fn span(rest: &str, belongs: impl Fn(char) -> bool) -> usize {
    rest.find(|c| !belongs(c)).unwrap_or(rest.len())
}

/// Where the word that begins with an ASCII letter at `at` ends.
fn word_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let letters = bytes[at..].iter().take_while(|b| b.is_ascii_alphabetic());
    let end = at + letters.count();
    match bytes.get(end) {
        Some(b'\'' | 0x80..) => at + word_len(&text[at..]),
        _ => end,
    }
}

fn word_len(rest: &str) -> usize {
    let letters = |c: char| c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c);
    let mut len = span(rest, letters);
    while let Some(c) = rest[len..].chars().next() {
        let inner = len + c.len_utf8();
        let more = span(&rest[inner..], letters);
        if !matches!(c, '\'' | '\u{2019}') || more == 0 {
            break;
        }
        len = inner + more;
    }
    len
}

/// Reads `[PERSON]`, `[PERSON_12]` or `[REDACTED]` at the start of `rest` and
/// gives its length. Longer numbers are not the engine's: they could be a value.
fn placeholder(rest: &str) -> Option<(Option<Category>, usize)> {
    let close = rest.bytes().take(24).position(|b| b == b']')?;
    let inside = &rest[1..close];
    let label = match inside.rsplit_once('_') {
        Some((label, n)) if (1..=3).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()) => {
            label
        }
        _ => inside,
    };
    if label == "REDACTED" {
        return Some((None, close + 1));
    }
    let category = Category::ALL.into_iter().find(|c| c.label() == label)?;
    Some((Some(category), close + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, vouched: &[Range<usize>]) -> Line {
        let mut line = Line::default();
        line.cut(text, vouched);
        line
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let line = cut(text, &[]);
        let atoms: Vec<&str> = line.atoms.iter().map(|a| &text[a.start..a.end]).collect();
        assert_eq!(atoms, expected);
    }

    #[test]
    fn words_digits_and_marks_part() {
        check("o'brien's 58yo.", &["o'brien's", "58", "yo", "."]);
        check("José\u{301} ' ٣٤", &["José\u{301}", "'", "٣٤"]);
    }

    #[test]
    fn only_the_engines_placeholders_are_slots() {
        let slots = |text: &str| {
            let line = cut(text, &[]);
            (0..line.atoms.len()).filter(|&i| line.is_slot(i)).count()
        };
        assert_eq!(slots("[PERSON_1] [MRN] [REDACTED] [HEALTH_PLAN_12]"), 4);
        assert_eq!(
            slots("[JOHN SMITH] [SSN_6789] [person_1] [PERSON_] [é] ["),
            0
        );
    }

    #[test]
    fn vouched_spans_are_slots() {
        let line = cut("call 555-1234 now", std::slice::from_ref(&(5..13)));
        assert_eq!(line.atoms.len(), 3);
        assert!(line.is_slot(1));
    }
}
