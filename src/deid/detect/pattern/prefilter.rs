//! Tells in one pass over a text which of many sets of words occur in it, so
//! that a detector is tried only where it can find something.

use std::collections::BTreeMap;

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

    fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine |= theirs;
        }
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

    /// Compiles the sets.
    pub(super) fn build(self) -> Prefilter {
        let mut words: BTreeMap<&str, Present> = BTreeMap::new();
        for (at, set) in self.sets.iter().enumerate() {
            for word in set {
                words.entry(word).or_default().add_set(Set(at as u16));
            }
        }
        Prefilter::new(words.iter().map(|(word, sets)| Word::new(word, *sets)))
    }
}

/// A word of at most eight bytes, as it lies in a text.
#[derive(Debug, Clone, Copy)]
struct Word {
    /// Its bytes, the first lowest, and zeros above.
    bytes: u64,
    /// The bytes that it has.
    mask: u64,
    /// The sets that hold it.
    sets: Present,
}

impl Word {
    fn new(word: &str, sets: Present) -> Self {
        let mut bytes = [0; LONGEST];
        bytes[..word.len()].copy_from_slice(word.as_bytes());
        Self {
            bytes: u64::from_le_bytes(bytes),
            mask: u64::MAX >> (8 * (LONGEST - word.len())),
            sets,
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
    /// Where the words of each slot begin, and where those of the last end.
    starts: Vec<u16>,
}

/// Slots of [`Heads`]: two to this power.
const SLOT_BITS: u32 = 12;

impl Heads {
    /// The `words`, by their first `bytes`.
    fn new(bytes: usize, mut words: Vec<Word>) -> Self {
        let mask = u64::MAX >> (8 * (LONGEST - bytes));
        words.sort_by_key(|word| slot(word.bytes & mask));
        let before = |at: usize| words.partition_point(|word| slot(word.bytes & mask) < at);
        Self {
            mask,
            starts: (0..=1 << SLOT_BITS).map(|at| before(at) as u16).collect(),
            words,
        }
    }

    /// Adds the sets of the words with which `text` begins to `present`.
    fn add(&self, text: u64, present: &mut Present) {
        let at = slot(text & self.mask);
        let words = usize::from(self.starts[at])..usize::from(self.starts[at + 1]);
        let words = self.words[words].iter().filter(|word| word.begins(text));
        words.for_each(|word| present.add(&word.sets));
    }
}

/// The slot of the first bytes of a word.
const fn slot(head: u64) -> usize {
    (head.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - SLOT_BITS)) as usize
}

/// Sets of words, compiled. Every place of a text is looked at by itself, which
/// costs a processor less than an automaton, whose every step waits for the one
/// before it.
pub(super) struct Prefilter {
    /// Words of one byte, by that byte.
    marks: Vec<(u8, Present)>,
    /// By two bytes with which words begin: the third bytes that may follow, a
    /// bit for those of equal lower bits.
    thirds: Vec<u32>,
    /// Words of two bytes.
    short: Heads,
    /// All others.
    long: Heads,
}

impl std::fmt::Debug for Prefilter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prefilter")
            .field("words", &self.long.words.len())
            .finish_non_exhaustive()
    }
}

/// The third bytes that may follow a word of two: all.
const ANY: u32 = u32::MAX;

impl Prefilter {
    fn new(words: impl Iterator<Item = Word>) -> Self {
        let (marks, words): (Vec<_>, Vec<_>) = words.partition(|word| word.len() == 1);
        let mut thirds = vec![0; 1 << u16::BITS];
        for word in &words {
            thirds[head(word.bytes)] |= match word.len() {
                2 => ANY,
                _ => 1 << third(word.bytes),
            };
        }
        let (short, long) = words.into_iter().partition(|word| word.len() == 2);
        Self {
            marks: marks.iter().map(|w| (w.bytes as u8, w.sets)).collect(),
            thirds,
            short: Heads::new(2, short),
            long: Heads::new(3, long),
        }
    }

    /// The sets of which a word occurs in `text`, in any case, inside longer
    /// words too; a space in a word stands for any white space and a zero for
    /// any digit. `room` is used again from text to text.
    pub(super) fn scan(&self, text: &str, room: &mut Vec<u8>) -> Present {
        if !text.is_ascii() && text.chars().any(|c| !c.is_ascii() && c.is_whitespace()) {
            return Present::ALL;
        }
        room.clear();
        room.extend(text.bytes().map(|byte| PLAIN[usize::from(byte)]));
        room.extend([0; LONGEST]);
        let mut present = Present::default();
        let mut seen = [false; 256];
        for text in room.windows(LONGEST).filter_map(|w| w.first_chunk()) {
            seen[usize::from(text[0])] = true;
            let text = u64::from_le_bytes(*text);
            let thirds = self.thirds[head(text)];
            if thirds >> third(text) & 1 == 1 {
                self.long.add(text, &mut present);
                if thirds == ANY {
                    self.short.add(text, &mut present);
                }
            }
        }
        let marks = self.marks.iter();
        let marks = marks.filter(|(mark, _)| seen[usize::from(*mark)]);
        marks.for_each(|(_, sets)| present.add(sets));
        present
    }
}

/// The first two bytes of `text`.
const fn head(text: u64) -> usize {
    (text & 0xffff) as usize
}

/// The third byte of `text`, some told apart.
const fn third(text: u64) -> u64 {
    text >> 16 & 31
}

/// Each byte as words have it.
const PLAIN: [u8; 256] = {
    let mut plain = [0; 256];
    let mut byte = 0;
    while byte < plain.len() {
        plain[byte] = match byte as u8 {
            b'\t'..=b'\r' => b' ',
            b'0'..=b'9' => b'0',
            other => other.to_ascii_lowercase(),
        };
        byte += 1;
    }
    plain
};

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(words: &[&str]) -> Vec<String> {
        words.iter().map(|w| (*w).to_owned()).collect()
    }

    #[test]
    fn sets_are_told_apart_and_equal_ones_are_one() {
        let mut builder = Builder::default();
        let months = builder.add(owned(&["may", "march"]));
        let streets = builder.add(owned(&["way", "march"]));
        assert_eq!(builder.add(owned(&["march", "may"])), months);
        let prefilter = builder.build();
        for (text, expected) in [
            ("MARCHing", [true, true]),
            ("on the Way", [false, true]),
            ("may be told", [true, false]),
            ("", [false; 2]),
            ("a\tway\nb", [false, true]),
            ("a\u{a0}b", [true, true]),
        ] {
            let present = prefilter.scan(text, &mut Vec::new());
            let found = [months, streets].map(|set| {
                let mut needed = Present::default();
                needed.add_set(set);
                present.has(&needed)
            });
            assert_eq!(found, expected, "{text}");
        }
    }
}
