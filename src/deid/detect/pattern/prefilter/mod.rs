//! Tells in one pass over a text which of many sets of words occur in it, so
//! that a detector is tried only where it can find something.

mod table;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::deid::document::{DocTurn, TokenKind};

use super::held::{Held, LONGEST, Seat};
use table::{Endings, Table, Word};

/// Words of which the sets are 64 at most in each.
const GROUPS: usize = 4;

/// Which sets occur in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Present([u64; GROUPS]);

/// A set of words, as [`Present`] names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Set(u16);

impl Set {
    /// Its number; those of one [`Builder`] are counted from 0.
    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

impl Present {
    /// Every set.
    const ALL: Self = Self([u64::MAX; GROUPS]);

    /// Whether a word of every set of `needed` occurs.
    pub(super) fn has(&self, needed: &Self) -> bool {
        let lacks = |(mine, theirs): (&u64, &u64)| theirs & !mine != 0;
        !self.0.iter().zip(&needed.0).any(lacks)
    }

    /// Its sets, in order.
    pub(super) fn sets(&self) -> impl Iterator<Item = Set> {
        let groups = (0_u16..).step_by(64).zip(self.0);
        groups.flat_map(|(first, mut rest)| {
            std::iter::from_fn(move || {
                let next = (rest != 0).then(|| Set(first + rest.trailing_zeros() as u16));
                rest &= rest.wrapping_sub(1);
                next
            })
        })
    }

    /// Adds every set of `other`.
    pub(super) fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine |= theirs;
        }
    }

    /// Whether a word of `set` occurs.
    pub(super) const fn holds(&self, set: Set) -> bool {
        self.0[set.index() / 64] >> (set.index() % 64) & 1 == 1
    }

    /// Adds `set`.
    pub(super) fn add_set(&mut self, set: Set) {
        self.0[usize::from(set.0) / 64] |= 1 << (set.0 % 64);
    }
}

/// Sets of words that are to be looked for.
#[derive(Debug, Default)]
pub(super) struct Builder {
    sets: Vec<Vec<Held>>,
}

impl Builder {
    /// Adds a set: `words` of one byte to [`LONGEST`]. Equal sets are one.
    fn add(&mut self, mut words: Vec<Held>) -> Set {
        words.sort_unstable();
        words.dedup();
        let known = self.sets.iter().position(|set| *set == words);
        let at = known.unwrap_or_else(|| {
            self.sets.push(words);
            self.sets.len() - 1
        });
        assert!(at < 64 * GROUPS, "more sets than a prefilter holds");
        Set(at as u16)
    }

    /// Adds each of `sets`.
    pub(super) fn add_all(&mut self, sets: Vec<Vec<Held>>) -> Present {
        let mut all = Present::default();
        sets.into_iter().for_each(|set| all.add_set(self.add(set)));
        all
    }

    /// How many sets it has.
    pub(super) const fn len(&self) -> usize {
        self.sets.len()
    }

    /// Compiles those of the sets that are `wanted`.
    pub(super) fn build(&self, wanted: &Present) -> Prefilter {
        let mut words: BTreeMap<&Held, Present> = BTreeMap::new();
        for set in wanted.sets() {
            for word in &self.sets[set.index()] {
                words.entry(word).or_default().add_set(set);
            }
        }
        Prefilter::new(words.into_iter())
    }
}

/// Sets of words, compiled.
#[derive(Debug)]
pub(super) struct Prefilter {
    /// Words of one byte, all marks, by that byte.
    marks: Vec<(u8, Present)>,
    /// Those that stand where a token does, or where a digit does.
    beginnings: Table,
    /// Those with which a longer word may end.
    endings: Endings,
}

/// A word that stands in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Its first byte.
    pub(super) at: usize,
    /// The sets that hold it.
    pub(super) sets: Present,
}

/// Whether the places of all words of `set` are noted: those of single bytes are
/// not.
pub(super) fn is_noted(set: &[Held]) -> bool {
    set.iter().all(|word| word.text.len() > 1)
}

/// Room for one text, used again from text to text.
#[derive(Debug, Default)]
pub(super) struct Room {
    plain: Vec<u8>,
    /// Where the words of two bytes or more stand, in order; empty where the
    /// text is short or not plain.
    pub(super) places: Vec<Place>,
}

/// Fewest bytes of a text in which places of words are worth noting.
const WORTH_NOTING: usize = 64;

impl Prefilter {
    fn new<'a>(words: impl Iterator<Item = (&'a Held, Present)>) -> Self {
        let (mut marks, mut beginnings, mut endings) = (Vec::new(), Vec::new(), Vec::new());
        for (word, sets) in words {
            match (word.seat(), word.text.as_bytes()) {
                (Some(Seat::Token), [mark]) => marks.push((*mark, sets)),
                (Some(Seat::Token), _) => beginnings.push((Word::new(word), sets)),
                (Some(Seat::Ending), _) => endings.push((Word::new(word), sets)),
                (None, _) => unreachable!("a need has no such words"),
            }
        }
        Self {
            marks,
            beginnings: Table::new(beginnings),
            endings: Endings::new(endings),
        }
    }

    /// The sets of which a word occurs in the text of `turn`, in any case; a
    /// space in a word stands for any white space and a zero for any digit.
    pub(super) fn scan(&self, turn: &DocTurn<'_>, room: &mut Room) -> Present {
        let Room { plain, places } = room;
        let text = turn.text;
        places.clear();
        let ascii = text.is_ascii();
        if !ascii && text.chars().any(|c| !c.is_ascii() && c.is_whitespace()) {
            return Present::ALL;
        }
        plain.clear();
        plain.extend(text.bytes().map(plain_of));
        plain.extend([0; LONGEST]);
        let mut present = Present::default();
        let noting = ascii && text.len() >= WORTH_NOTING;
        let mut add = |at: usize, sets: &Present| {
            present.add(sets);
            if noting {
                places.push(Place { at, sets: *sets });
            }
        };
        // A word may hold others, as `\b` sees them: `o'brien`, `naïve`.
        let rich = !ascii || text.as_bytes().contains(&b'\'');
        for token in turn.tokens.iter() {
            let Range { start, end } = token.span;
            self.beginnings.look(plain, start, &mut add);
            let inner = match token.kind {
                TokenKind::Word => {
                    self.endings.look(plain, start..end, &mut add);
                    rich && !plain[start..end].iter().all(u8::is_ascii_lowercase)
                }
                TokenKind::Number => true,
                TokenKind::Mark => false,
            };
            if inner {
                (start + 1..end).for_each(|at| self.beginnings.look(plain, at, &mut add));
            }
        }
        places.sort_by_key(|place| place.at);
        let here = self
            .marks
            .iter()
            .filter(|(mark, _)| turn.shape.marks.has(*mark));
        here.for_each(|(_, sets)| present.add(sets));
        present
    }
}

/// `byte` as words have it; written so that many are computed at once.
const fn plain_of(byte: u8) -> u8 {
    let lower = byte | (byte.is_ascii_uppercase() as u8) << 5;
    let digit = if byte.is_ascii_digit() { b'0' } else { lower };
    let space = byte.wrapping_sub(b'\t') <= b'\r' - b'\t';
    if space { b' ' } else { digit }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Role, TurnKind};

    fn begun(words: &[&str]) -> Vec<Held> {
        let begun = |word: &&str| Held::EDGE.then(&Held::anywhere((*word).to_owned()));
        words.iter().map(begun).collect()
    }

    #[test]
    fn sets_are_told_apart_and_equal_ones_are_one() {
        let mut builder = Builder::default();
        let months = builder.add(begun(&["may", "march"]));
        let streets = builder.add(begun(&["way", "march"]));
        assert_eq!(builder.add(begun(&["march", "may"])), months);
        let mut both = Present::default();
        both.add_set(months);
        both.add_set(streets);
        let prefilter = builder.build(&both);
        for (text, expected) in [
            ("MARCHing", [true, true]),
            ("on the Way", [false, true]),
            ("may be told", [true, false]),
            ("dismay, midway", [false; 2]),
            ("58may o'way", [true; 2]),
            ("", [false; 2]),
            ("a\tway\nb", [false, true]),
            ("a\u{a0}b", [true, true]),
        ] {
            let turn = DocTurn::cut(Role::Other, TurnKind::Text, text);
            let present = prefilter.scan(&turn, &mut Room::default());
            let found = [months, streets].map(|set| {
                let mut needed = Present::default();
                needed.add_set(set);
                present.has(&needed)
            });
            assert_eq!(found, expected, "{text}");
        }
    }
}
