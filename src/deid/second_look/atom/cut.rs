//! The cut itself: by bytes, a word of ASCII letters at a time.

use std::iter::Peekable;
use std::ops::Range;

use super::super::super::language::table::{PADDING, PackedWord};
use super::super::words::{self, Info, Words, class};
use super::{Atom, Kind, Line, contents};
use crate::domain::Category;

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

impl Line {
    /// Cuts `text`; what `vouched` covers (byte ranges, ascending, on
    /// character boundaries) becomes slots.
    pub(in super::super) fn cut(&mut self, text: &str, vouched: &[Range<usize>]) {
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
        let exam = matches!(
            word,
            b"eye" | b"line" | b"after" | b"chart" | b"backward" | b"backwards"
        );
        let joined = if joined { contents::JOINED } else { 0 };
        joined | if exam { contents::EXAM } else { 0 }
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
            Kind::Mark('/') => joined(self.atoms.is_empty()),
            Kind::Mark(c) => joined(matches!(c, '@' | ':' | '_')),
            Kind::Slot(_) => contents::SLOT,
            Kind::Word => 0,
        }
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

/// `word` without `'s`, unless that is a verb: `it's`.
#[inline]
fn possessor(word: &[u8]) -> &[u8] {
    match word {
        [of @ .., b'\'', b's'] if !is_subject(of) => of,
        [of @ .., 0xe2, 0x80, 0x99, b's'] => of,
        _ => word,
    }
}

/// Words that own nothing: `'s` after them is `is`, `has` or `us`.
fn is_subject(word: &[u8]) -> bool {
    matches!(
        word,
        b"it" | b"that" | b"he" | b"she" | b"what" | b"here" | b"there" | b"let"
    )
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
