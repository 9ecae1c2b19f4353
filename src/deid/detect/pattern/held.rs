//! A piece of text that every match of an expression holds, with what is known
//! of its edges: `\bmay\b` is in `maybe` no more.

/// Most bytes of a word that are looked for: more tell little more.
pub(super) const LONGEST: usize = 8;

/// Text that a match holds: in lower case, with a zero for every digit and a
/// space for any white space.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Held {
    pub(super) text: String,
    /// Whether no letter stands before its first letter, or no digit before its
    /// first digit.
    pub(super) begins: bool,
    /// Whether an ASCII word ends with it.
    pub(super) ends: bool,
}

impl Held {
    /// An edge of a word, by itself.
    pub(super) const EDGE: Self = Self {
        text: String::new(),
        begins: true,
        ends: true,
    };

    /// `text`, whatever is around it.
    pub(super) const fn anywhere(text: String) -> Self {
        Self {
            text,
            begins: false,
            ends: false,
        }
    }

    /// It, and `next` right after it.
    pub(super) fn then(&self, next: &Self) -> Self {
        Self {
            text: format!("{}{}", self.text, next.text),
            begins: self.begins || self.text.is_empty() && next.begins,
            ends: next.ends || next.text.is_empty() && self.ends,
        }
    }

    /// What may begin right after it, where `before` may begin where it does.
    pub(super) fn open(&self, before: Open) -> Open {
        match self.text.bytes().last() {
            _ if self.ends => Open::ALL,
            None => before,
            Some(last) => Open {
                letters: !last.is_ascii_lowercase(),
                digits: !last.is_ascii_digit(),
            },
        }
    }

    /// It, where `open` may begin.
    pub(super) fn begun(mut self, open: Open) -> Self {
        self.begins |= match self.text.bytes().next() {
            Some(b'a'..=b'z') => open.letters,
            Some(b'0') => open.digits,
            _ => open.letters && open.digits,
        };
        self
    }

    /// How much it tells: its bytes, and its edges.
    pub(super) const fn weight(&self) -> usize {
        self.text.len() + self.begins as usize + self.ends as usize
    }

    /// Whether a text that holds it holds `part` too.
    pub(super) fn implies(&self, part: &Self) -> bool {
        let bytes = self.text.as_bytes();
        let fits = |(at, found): (usize, &str)| {
            let end = at + found.len();
            let begins = match at.checked_sub(1) {
                None => self.begins,
                Some(before) => !goes_on(bytes[before], bytes[at]),
            };
            let ends = bytes
                .get(end)
                .map_or(self.ends, |after| !is_of_word(*after));
            (begins || !part.begins) && (ends || !part.ends)
        };
        self.text.match_indices(part.text.as_str()).any(fits)
    }

    /// It as it is looked for: its first bytes, from where a token begins if it
    /// begins inside of one, and the last of what is inside of one alone.
    pub(super) fn sought(mut self) -> Self {
        let letter = self.text.starts_with(|c: char| c.is_ascii_lowercase());
        if letter && !self.begins {
            let edge = self.text.bytes().position(|b| !is_of_word(b));
            self.text.drain(..edge.unwrap_or_default());
        }
        let spaces = self.text.bytes().take_while(|b| *b == b' ').count();
        self.begins |= spaces > 0;
        self.text.drain(..spaces);
        let more = self.text.len().saturating_sub(LONGEST);
        if more > 0 && self.ends_longer_word() {
            self.text.drain(..more);
        } else if more > 0 {
            self.text.truncate(self.text.floor_char_boundary(LONGEST));
            self.ends = false;
        }
        let word = |byte: Option<u8>| byte.is_some_and(is_of_word);
        self.begins &= word(self.text.bytes().next());
        self.ends &= word(self.text.bytes().last());
        self
    }

    /// Whether it is letters with which a longer word may end.
    fn ends_longer_word(&self) -> bool {
        !self.begins && self.ends && self.text.bytes().all(|b| b.is_ascii_lowercase())
    }

    /// Where in a text it may stand; `None` where that is anywhere.
    pub(super) fn seat(&self) -> Option<Seat> {
        let first = self.text.chars().next()?;
        let brief = self.text.len() == 1;
        match first {
            'a'..='z' if self.begins => (!brief).then_some(Seat::Token),
            '0' => (!brief).then_some(Seat::Token),
            c if !c.is_alphanumeric() => Some(Seat::Token),
            _ => (self.ends_longer_word() && self.text.len() > 2).then_some(Seat::Ending),
        }
    }
}

/// What would begin at a place: letters after no letter, digits after no digit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Open {
    letters: bool,
    digits: bool,
}

impl Open {
    const ALL: Self = Self {
        letters: true,
        digits: true,
    };

    /// What begins there as well as where `other` does.
    pub(super) const fn and(self, other: Self) -> Self {
        Self {
            letters: self.letters && other.letters,
            digits: self.digits && other.digits,
        }
    }
}

/// Where a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seat {
    /// Where a token begins, at a digit of a number, or at a place within a token
    /// where an ASCII word begins.
    Token,
    /// At the end of a token.
    Ending,
}

/// Whether a number or a run of letters goes on from `before` to `byte`, both small.
pub(super) const fn goes_on(before: u8, byte: u8) -> bool {
    before.is_ascii_lowercase() && byte.is_ascii_lowercase()
        || before.is_ascii_digit() && byte.is_ascii_digit()
}

/// Whether `byte`, small, is one of an ASCII word, as `\b` has it.
pub(super) const fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(text: &str) -> Held {
        let inner = text.trim_matches('|');
        Held {
            text: inner.to_owned(),
            begins: text.starts_with('|'),
            ends: text.ends_with('|'),
        }
    }

    #[test]
    fn edges_stay_at_the_ends() {
        let may = Held::EDGE.then(&held("may")).then(&Held::EDGE);
        assert_eq!(may, held("|may|"));
        assert_eq!(may.then(&held(" we")), held("|may we"));
        assert_eq!(held("-").then(&Held::EDGE).then(&held("x")), held("-x"));
    }

    #[test]
    fn what_has_edges_implies_only_what_has_them() {
        for (whole, part, expected) in [
            ("0may", "|may", true),
            ("00", "|0", false),
            ("maybe", "may", true),
            ("maybe", "|may", false),
            ("|maybe", "|may", true),
            ("|maybe", "|may|", false),
            ("in may we", "|may|", true),
            ("|may|", "|may|", true),
            ("may", "|may|", false),
        ] {
            assert_eq!(held(whole).implies(&held(part)), expected, "{whole} {part}");
        }
    }

    #[test]
    fn what_is_sought_is_short_and_begins_a_word() {
        for (text, expected, seat) in [
            (" may|", "|may|", Some(Seat::Token)),
            ("ed may|", "|may|", Some(Seat::Token)),
            ("ed-may", "-may", Some(Seat::Token)),
            ("com|", "com|", Some(Seat::Ending)),
            ("atbtinternet|", "internet|", Some(Seat::Ending)),
            ("|tomorrow|", "|tomorrow|", Some(Seat::Token)),
            ("com", "com", None),
            (" 0", "|0", None),
            ("00", "00", Some(Seat::Token)),
            ("|twentieth|", "|twentiet", Some(Seat::Token)),
            ("|-x", "-x", Some(Seat::Token)),
            (" &", "&", Some(Seat::Token)),
            ("|eleventh x", "|eleventh", Some(Seat::Token)),
        ] {
            let sought = held(text).sought();
            assert_eq!((&sought, sought.seat()), (&held(expected), seat), "{text}");
        }
    }
}
