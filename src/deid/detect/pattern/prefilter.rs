//! Tells in one pass over a text which of many sets of words occur in it, so
//! that a detector is tried only where it can find something.

use std::collections::BTreeMap;

use crate::deid::detect::sieve::{FOUR, SIX, Sieve, THREE, mixed, thirds};
use crate::deid::document::Marks;

use super::need::LONGEST;

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
    sets: Vec<Vec<String>>,
}

impl Builder {
    /// Adds a set: `words` in lower case, of one byte to [`LONGEST`], a zero for
    /// every digit. Equal sets are one.
    fn add(&mut self, mut words: Vec<String>) -> Set {
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
    pub(super) fn add_all(&mut self, sets: Vec<Vec<String>>) -> Present {
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
        let mut words: BTreeMap<&str, Present> = BTreeMap::new();
        for set in wanted.sets() {
            for word in &self.sets[set.index()] {
                words.entry(word).or_default().add_set(set);
            }
        }
        Prefilter::new(words.iter().map(|(word, sets)| (Word::new(word), *sets)))
    }
}

/// A word of at most eight bytes, as it lies in a text.
#[derive(Debug, Clone, Copy)]
struct Word {
    /// Its bytes, the first lowest, and zeros above.
    bytes: u64,
    /// The bytes that it has.
    mask: u64,
}

impl Word {
    fn new(word: &str) -> Self {
        let mut bytes = [0; LONGEST];
        bytes[..word.len()].copy_from_slice(word.as_bytes());
        Self {
            bytes: u64::from_le_bytes(bytes),
            mask: u64::MAX >> (8 * (LONGEST - word.len())),
        }
    }

    const fn begins(&self, text: u64) -> bool {
        text & self.mask == self.bytes
    }

    /// How many bytes it has.
    const fn len(&self) -> usize {
        self.mask.count_ones() as usize / 8
    }
}

/// Words by their first bytes.
#[derive(Debug)]
struct Heads {
    /// The bytes by which they are found, of which each has all.
    mask: u64,
    words: Vec<Word>,
    /// The sets that hold each of them, apart, since most words are not there.
    sets: Vec<Present>,
    /// Where the words of each slot begin, and where those of the last end.
    starts: Box<[u16; SLOTS + 1]>,
}

/// Slots of [`Heads`]: two to this power.
const SLOT_BITS: u32 = 11;
const SLOTS: usize = 1 << SLOT_BITS;

impl Heads {
    /// The `words`, by their first `bytes`.
    fn new(bytes: usize, mut words: Vec<(Word, Present)>) -> Self {
        let mask = u64::MAX >> (8 * (LONGEST - bytes));
        words.sort_by_key(|(word, _)| slot(word.bytes & mask));
        let (words, sets): (Vec<Word>, _) = words.into_iter().unzip();
        let before = |at: usize| words.partition_point(|word| slot(word.bytes & mask) < at);
        Self {
            mask,
            starts: Box::new(std::array::from_fn(|at| before(at) as u16)),
            words,
            sets,
        }
    }

    /// The sets that hold each word with which `text` begins.
    fn of(&self, text: u64) -> impl Iterator<Item = &Present> {
        let at = slot(text & self.mask) % SLOTS;
        let words = usize::from(self.starts[at])..usize::from(self.starts[at + 1]);
        let words = words.filter(move |at| self.words[*at].begins(text));
        words.map(|at| &self.sets[at])
    }
}

/// The slot of the first bytes of a word.
const fn slot(head: u64) -> usize {
    mixed(head, SLOT_BITS)
}

/// Sets of words, compiled.
pub(super) struct Prefilter {
    /// Words of one byte, all marks, by that byte.
    marks: Vec<(u8, Present)>,
    /// The first three bytes of all others: most places begin with none.
    any: Sieve<1024>,
    /// The first three bytes of words of two and of three.
    brief: Sieve<1024>,
    two: Heads,
    three: Heads,
    /// The first four bytes of words of four and of five.
    middling: Sieve<256>,
    four: Heads,
    /// The first six bytes of all others.
    long: Sieve<512>,
    six: Heads,
}

impl std::fmt::Debug for Prefilter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prefilter")
            .field("words", &self.six.words.len())
            .finish_non_exhaustive()
    }
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
pub(super) fn is_noted(set: &[String]) -> bool {
    set.iter().all(|word| word.len() > 1)
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
    fn new(words: impl Iterator<Item = (Word, Present)>) -> Self {
        let mut by_length: [Vec<(Word, Present)>; 5] = Default::default();
        for word in words {
            let place = match word.0.len() {
                length @ ..=4 => length - 1,
                5 => 3,
                _ => 4,
            };
            by_length[place].push(word);
        }
        let [marks, two, three, four, six] = by_length;
        let marked = |(word, _): &(Word, Present)| (word.bytes as u8).is_ascii_punctuation();
        assert!(marks.iter().all(marked), "letters and digits come in twos");
        let open = || two.iter().flat_map(|(word, _)| thirds(word.bytes));
        let brief = Sieve::new(open().chain(three.iter().map(|(word, _)| word.bytes)));
        let longer = [&three, &four, &six].into_iter().flatten();
        let any = Sieve::new(open().chain(longer.map(|(word, _)| word.bytes & THREE)));
        Self {
            marks: marks
                .iter()
                .map(|(w, sets)| (w.bytes as u8, *sets))
                .collect(),
            any,
            brief,
            two: Heads::new(2, two),
            three: Heads::new(3, three),
            middling: Sieve::new(four.iter().map(|(word, _)| word.bytes & FOUR)),
            four: Heads::new(4, four),
            long: Sieve::new(six.iter().map(|(word, _)| word.bytes & SIX)),
            six: Heads::new(6, six),
        }
    }

    /// The sets of which a word occurs in `text`, in any case, inside longer
    /// words too; a space in a word stands for any white space and a zero for
    /// any digit. `marks` are those of the text.
    pub(super) fn scan(&self, text: &str, marks: Marks, room: &mut Room) -> Present {
        let Room { plain, places } = room;
        places.clear();
        let ascii = text.is_ascii();
        if !ascii && text.chars().any(|c| !c.is_ascii() && c.is_whitespace()) {
            return Present::ALL;
        }
        let noting = ascii && text.len() >= WORTH_NOTING;
        plain.clear();
        plain.extend(text.bytes().map(plain_of));
        plain.extend([0; LONGEST]);
        let mut present = Present::default();
        let mut add = |at: usize, sets: &Present| {
            present.add(sets);
            if noting {
                places.push(Place { at, sets: *sets });
            }
        };
        let windows = plain.windows(LONGEST).filter_map(|w| w.first_chunk());
        for (at, text) in windows.enumerate() {
            let text = u64::from_le_bytes(*text);
            if !self.any.has(text & THREE) {
                continue;
            }
            let long = self.long.has(text & SIX);
            let middling = self.middling.has(text & FOUR);
            let brief = self.brief.has(text & THREE);
            // `|` spares the processor guesses: most places begin no word.
            if !(long | middling | brief) {
                continue;
            }
            if long {
                self.six.of(text).for_each(|sets| add(at, sets));
            }
            if middling {
                self.four.of(text).for_each(|sets| add(at, sets));
            }
            if brief {
                self.three.of(text).for_each(|sets| add(at, sets));
                self.two.of(text).for_each(|sets| add(at, sets));
            }
        }
        let here = self.marks.iter().filter(|(mark, _)| marks.has(*mark));
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
    use crate::deid::document::DocTurn;
    use crate::domain::{Role, TurnKind};

    fn owned(words: &[&str]) -> Vec<String> {
        words.iter().map(|w| (*w).to_owned()).collect()
    }

    #[test]
    fn sets_are_told_apart_and_equal_ones_are_one() {
        let mut builder = Builder::default();
        let months = builder.add(owned(&["may", "march"]));
        let streets = builder.add(owned(&["way", "march"]));
        assert_eq!(builder.add(owned(&["march", "may"])), months);
        let mut both = Present::default();
        both.add_set(months);
        both.add_set(streets);
        let prefilter = builder.build(&both);
        for (text, expected) in [
            ("MARCHing", [true, true]),
            ("on the Way", [false, true]),
            ("may be told", [true, false]),
            ("", [false; 2]),
            ("a\tway\nb", [false, true]),
            ("a\u{a0}b", [true, true]),
        ] {
            let marks = DocTurn::cut(Role::Other, TurnKind::Text, text).shape.marks;
            let present = prefilter.scan(text, marks, &mut Room::default());
            let found = [months, streets].map(|set| {
                let mut needed = Present::default();
                needed.add_set(set);
                present.has(&needed)
            });
            assert_eq!(found, expected, "{text}");
        }
    }
}
