//! Searches streams for many values at once, in one pass.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rustc_hash::FxHashMap;

use crate::deid::Strength;
use crate::deid::document::{DocTurn, Token, TokenKind};
use crate::deid::word::Key;
use crate::domain::Category;

use super::stream::{Stream, is_number};

/// Where a value counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Use {
    /// Wherever it is said.
    Anywhere,
    /// Where it is written with a capital: it is a common word too.
    Capital,
    /// Where it is said in at least two pieces: initials, spelled names.
    Pieces,
}

/// A value to be found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Needle {
    /// As it stands in a stream.
    pub(crate) key: String,
    pub(crate) category: Category,
    pub(crate) rule: &'static str,
    pub(crate) condition: Use,
    /// What a finding of it is worth.
    pub(crate) strength: Strength,
    pub(crate) confidence: f32,
}

/// Needles, compiled.
#[derive(Debug)]
pub(crate) struct Search {
    method: Method,
    openings: Openings,
    needles: Vec<Needle>,
}

/// How needles are looked for: an automaton costs more to build than a few
/// needles to try.
#[derive(Debug)]
enum Method {
    /// By the first byte of a piece, which needles begin with it: a bit each.
    Few(Box<[u32; 256]>),
    Many(AhoCorasick),
}

/// The words with which needles begin.
#[derive(Debug)]
struct Openings {
    /// Their first bytes.
    firsts: [bool; 256],
    /// By each word, what may follow it.
    words: FxHashMap<Key, Next>,
    /// A needle begins with a digit, which may be said.
    digits: bool,
}

/// With which bytes the rest of a needle may begin, a bit each of those that have
/// one; [`Next::ANY`] where there is no rest.
#[derive(Debug, Clone, Copy, Default)]
struct Next(u64);

impl Next {
    const ANY: u64 = 1 << 63;
    /// Digits, however they are said.
    const DIGIT: u64 = 1 << 62;

    /// What begins with `byte`.
    const fn bit(byte: u8) -> u64 {
        match byte {
            b'a'..=b'z' => 1 << (byte - b'a'),
            b'0'..=b'9' => Self::DIGIT,
            _ => Self::ANY,
        }
    }

    /// Whether `token`, which is `word`, may go on.
    fn may_be(self, token: &Token, word: &str) -> bool {
        let first = word.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
        let letter = Self::bit(first);
        letter == Self::ANY
            || self.0 & (letter | Self::ANY) != 0
            || self.0 & Self::DIGIT != 0 && is_number(token.key)
    }
}

/// Most needles that are tried one by one.
const FEW: usize = u32::BITS as usize;

impl Search {
    /// Compiles `needles`; `None` where there are none that could be found.
    pub(crate) fn new(mut needles: Vec<Needle>) -> Option<Self> {
        needles.retain(|needle| needle.key.len() > 1);
        if needles.is_empty() {
            return None;
        }
        let method = if needles.len() <= FEW {
            Method::few(&needles)
        } else {
            Method::many(&needles)?
        };
        Some(Self {
            method,
            openings: Openings::of(&needles),
            needles,
        })
    }

    /// Whether a needle may be found in the stream of `turn`: most turns need
    /// none.
    pub(crate) fn may_find(&self, turn: &DocTurn<'_>) -> bool {
        (0..turn.tokens.len()).any(|i| self.openings.may_open(turn, i))
    }

    /// What is found in `stream`, that of `turn`: bytes of the turn's text and
    /// the needle. Spans may overlap.
    pub(crate) fn find<'s>(
        &'s self,
        stream: &'s Stream,
        turn: &'s DocTurn<'_>,
    ) -> impl Iterator<Item = (Range<usize>, &'s Needle)> {
        let mut found = Vec::new();
        match &self.method {
            Method::Few(by_first) => {
                for start in stream.starts() {
                    self.begin_at(stream, start, by_first, &mut found);
                }
            }
            Method::Many(automaton) => {
                let matches = automaton.find_overlapping_iter(&stream.text);
                found.extend(matches.map(|m| (m.range(), m.pattern().as_usize())));
            }
        }
        found.into_iter().filter_map(|(range, needle)| {
            let needle = &self.needles[needle];
            let (span, pieces) = stream.source(range)?;
            needle
                .condition
                .holds(&turn.text[span.clone()], pieces)
                .then_some((span, needle))
        })
    }

    /// Adds to `found` the needles that begin at byte `start` of `stream`.
    fn begin_at(
        &self,
        stream: &Stream,
        start: usize,
        by_first: &[u32; 256],
        found: &mut Vec<(Range<usize>, usize)>,
    ) {
        let rest = &stream.text[start..];
        let mut may = rest.bytes().next().map_or(0, |b| by_first[usize::from(b)]);
        while may != 0 {
            let at = may.trailing_zeros() as usize;
            may &= may - 1;
            let key = &self.needles[at].key;
            if rest.starts_with(key.as_str()) {
                found.push((start..start + key.len(), at));
            }
        }
    }
}

impl Openings {
    fn of(needles: &[Needle]) -> Self {
        let mut openings = Self {
            firsts: [false; 256],
            words: FxHashMap::default(),
            digits: false,
        };
        needles.iter().for_each(|needle| openings.add(&needle.key));
        openings
    }

    /// A needle whose stream is `key` begins with a word that is the beginning
    /// of it.
    fn add(&mut self, key: &str) {
        self.firsts[usize::from(key.as_bytes()[0])] = true;
        self.digits |= key.starts_with(|c: char| c.is_ascii_digit());
        for end in key.char_indices().map(|(at, c)| at + c.len_utf8()) {
            let next = key.as_bytes().get(end).map_or(Next::ANY, |b| Next::bit(*b));
            self.words.entry(Key::of(&key[..end])).or_default().0 |= next;
        }
    }

    /// Whether token `i` of `turn` may be the first piece of a needle. True of
    /// whatever is not plain ASCII: streams leave out and change some of it.
    fn may_open(&self, turn: &DocTurn<'_>, i: usize) -> bool {
        let token = &turn.tokens[i];
        let word = turn.word(i);
        let first = word.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
        match token.kind {
            TokenKind::Mark => false,
            _ if !first.is_ascii() => true,
            TokenKind::Word if self.digits && is_number(token.key) => true,
            _ if !self.firsts[usize::from(first)] => false,
            TokenKind::Number => true,
            TokenKind::Word if !word.bytes().all(|b| b.is_ascii_alphabetic()) => true,
            TokenKind::Word => self.words.get(&token.key).is_some_and(|next| {
                let said = |i: &usize| turn.tokens[*i].kind != TokenKind::Mark;
                let after = (i + 1..turn.tokens.len()).find(said);
                let goes_on = |i| next.may_be(&turn.tokens[i], turn.word(i));
                next.0 & Next::ANY != 0 || after.is_some_and(goes_on)
            }),
        }
    }
}

impl Method {
    fn few(needles: &[Needle]) -> Self {
        let mut by_first = Box::new([0; 256]);
        for (at, needle) in needles.iter().enumerate() {
            by_first[usize::from(needle.key.as_bytes()[0])] |= 1 << at;
        }
        Self::Few(by_first)
    }

    fn many(needles: &[Needle]) -> Option<Self> {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::NoncontiguousNFA))
            .build(needles.iter().map(|needle| &needle.key));
        automaton.ok().map(Self::Many)
    }
}

impl Use {
    fn holds(self, said: &str, pieces: usize) -> bool {
        match self {
            Self::Anywhere => true,
            Self::Capital => said.starts_with(char::is_uppercase),
            Self::Pieces => pieces > 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{Role, TurnKind};

    fn needle(key: &str) -> Needle {
        Needle {
            key: key.to_owned(),
            category: Category::OtherId,
            rule: "test",
            condition: Use::Anywhere,
            strength: Strength::Known,
            confidence: 1.0,
        }
    }

    proptest! {
        #[test]
        fn both_methods_find_the_same(
            keys in proptest::collection::vec("[abone1]{2,4}", 1..12),
            text in "([abAB1é' \\-]|one |twenty ){0,40}",
        ) {
            let turn = DocTurn::cut(Role::User, TurnKind::Text, &text);
            let stream = Stream::new(&turn);
            let needles: Vec<Needle> = keys.iter().map(|k| needle(k)).collect();
            let places = |method| {
                let openings = Openings::of(&needles);
                let search = Search { method, openings, needles: needles.clone() };
                let found = search.find(&stream, &turn);
                let mut found: Vec<_> = found.map(|(s, n)| (s.start, s.end, n.key.clone())).collect();
                found.sort();
                found
            };
            let many = Method::many(&needles).expect("an automaton");
            let found = places(many);
            let openings = Openings::of(&needles);
            let few = Search { method: Method::few(&needles), openings, needles: needles.clone() };
            prop_assert!(found.is_empty() || few.may_find(&turn));
            prop_assert_eq!(places(few.method), found);
        }
    }
}
