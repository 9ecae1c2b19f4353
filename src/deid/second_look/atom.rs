//! Cuts clean text into atoms: words, digit runs, marks and the engine's own
//! replacements. Written apart from the first look's tokens on purpose.

use super::vocabulary;
use super::words;
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
    pub(super) glued: bool,
    /// It begins with a capital and goes on in small letters.
    pub(super) capital: bool,
    /// Where a word ends without a possessive ending.
    bare_end: usize,
    /// What the tables say of the word.
    classes: u8,
}

/// One text, cut.
#[derive(Debug)]
pub(super) struct Line {
    /// The text in ASCII lower case; bytes stand where they stood.
    lower: String,
    pub(super) atoms: Vec<Atom>,
    /// It is nothing but a number or a code, replacements and small words: an
    /// answer, or a piece of one.
    pub(super) bare: bool,
}

impl Line {
    /// Cuts `text`; what `vouched` covers (byte ranges, ascending, on
    /// character boundaries) becomes slots.
    pub(super) fn cut(text: &str, vouched: &[std::ops::Range<usize>]) -> Self {
        let mut line = Self {
            lower: text.to_ascii_lowercase(),
            atoms: Vec::with_capacity(text.len() / 4),
            bare: false,
        };
        let mut at = 0;
        let mut glued = false;
        let mut vouched = vouched.iter().peekable();
        while let Some(c) = text[at..].chars().next() {
            while vouched.next_if(|v| v.end <= at).is_some() {}
            if c.is_whitespace() {
                at += c.len_utf8();
                glued = false;
                continue;
            }
            let inside = vouched.peek().filter(|v| v.contains(&at));
            let (kind, end) = match inside {
                Some(v) if text.is_char_boundary(v.end) => (Kind::Slot(None), v.end),
                _ => atom_at(text, at, c),
            };
            let (bare_end, classes) = match kind {
                Kind::Word => {
                    let word = possessor(&line.lower[at..end]);
                    (at + word.len(), words::classes(word))
                }
                _ => (at, 0),
            };
            line.atoms.push(Atom {
                kind,
                start: at,
                end,
                glued,
                capital: is_title(&text[at..end]),
                bare_end,
                classes,
            });
            at = end;
            glued = true;
        }
        line.bare = (0..line.atoms.len()).all(|i| line.is_part_of_answer(i));
        line
    }

    /// Whether atom `i` may stand in an answer that is nothing but a number.
    fn is_part_of_answer(&self, i: usize) -> bool {
        let word = self.word(i);
        match self.atoms[i].kind {
            Kind::Word => {
                self.is_class(i, words::class::SMALL | words::class::NUMBER)
                    || word.chars().count() == 1
                    || words::is_filler(word)
                    || matches!(word, "the" | "st" | "nd" | "rd" | "th")
                    || word.len() < 4 && vocabulary::is_unknown(word)
            }
            Kind::Mark(c) => !"$£€₹¥%".contains(c),
            Kind::Digits | Kind::Slot(_) => true,
        }
    }

    /// The bytes of atom `i`; nothing beyond the end.
    pub(super) fn span(&self, i: usize) -> std::ops::Range<usize> {
        self.atoms.get(i).map_or(0..0, |atom| atom.start..atom.end)
    }

    /// Atom `i` in lower case; empty beyond the end.
    pub(super) fn lower(&self, i: usize) -> &str {
        self.atoms
            .get(i)
            .map_or("", |atom| &self.lower[atom.start..atom.end])
    }

    /// Word `i` in lower case without a possessive ending; empty when it is
    /// not a word.
    pub(super) fn word(&self, i: usize) -> &str {
        self.atoms
            .get(i)
            .map_or("", |atom| &self.lower[atom.start..atom.bare_end])
    }

    /// The word before atom `i`, or nothing.
    pub(super) fn word_before(&self, i: usize) -> &str {
        i.checked_sub(1).map_or("", |before| self.word(before))
    }

    /// The mark at `i`.
    pub(super) fn mark(&self, i: usize) -> Option<char> {
        match self.atoms.get(i)?.kind {
            Kind::Mark(c) => Some(c),
            _ => None,
        }
    }

    /// How many digits atom `i` has; 0 when it is not digits.
    pub(super) fn digits(&self, i: usize) -> usize {
        match self.atoms.get(i) {
            Some(atom) if atom.kind == Kind::Digits => self.lower(i).chars().count(),
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
    pub(super) fn glued(&self, i: usize) -> bool {
        self.atoms.get(i).is_some_and(|atom| atom.glued)
    }

    /// Whether atom `i` is written like a name: `Ada`, not `ADA`.
    pub(super) fn capital(&self, i: usize) -> bool {
        self.atoms.get(i).is_some_and(|atom| atom.capital)
    }

    /// Whether word `i` is of a class of [`words::class`].
    pub(super) fn is_class(&self, i: usize, class: u8) -> bool {
        self.atoms
            .get(i)
            .is_some_and(|atom| atom.classes & class != 0)
    }

    /// What number word `i` stands for.
    pub(super) fn spoken(&self, i: usize) -> Option<words::Spoken> {
        if self.is_class(i, words::class::NUMBER) {
            words::spoken(self.word(i))
        } else {
            None
        }
    }

    /// Whether digits or a number word stand at `i`.
    pub(super) fn is_number(&self, i: usize) -> bool {
        self.digits(i) > 0 || self.is_class(i, words::class::NUMBER)
    }

    /// Whether atom `i` stands for a removed value.
    pub(super) fn is_slot(&self, i: usize) -> bool {
        matches!(self.atoms.get(i).map(|a| a.kind), Some(Kind::Slot(_)))
    }
}

fn is_title(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase)
}

fn possessor(word: &str) -> &str {
    word.strip_suffix("'s")
        .or_else(|| word.strip_suffix("\u{2019}s"))
        .unwrap_or(word)
}

fn atom_at(text: &str, at: usize, c: char) -> (Kind, usize) {
    let rest = &text[at..];
    if c == '['
        && let Some((category, len)) = placeholder(rest)
    {
        return (Kind::Slot(category), at + len);
    }
    if c.is_numeric() {
        return (Kind::Digits, at + span(rest, char::is_numeric));
    }
    if c.is_alphabetic() {
        return (Kind::Word, at + word_len(rest));
    }
    (Kind::Mark(c), at + c.len_utf8())
}

fn span(rest: &str, belongs: impl Fn(char) -> bool) -> usize {
    rest.find(|c| !belongs(c)).unwrap_or(rest.len())
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

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let line = Line::cut(text, &[]);
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
            let line = Line::cut(text, &[]);
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
        let line = Line::cut("call 555-1234 now", std::slice::from_ref(&(5..13)));
        assert_eq!(line.atoms.len(), 3);
        assert!(line.is_slot(1));
    }
}
