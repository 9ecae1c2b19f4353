//! A table of words for one look-up a word: open addressing over one array of
//! eight bytes a slot, which holds half of a word's hash beside what the table
//! says of it. The hottest slots stay in the processor's first cache.

/// What a table says of each of its words: a `u32` that is never 0.
///
/// Words are compared by their hash: a word that is in no table is taken for
/// one that is in about one of ten thousand million look-ups.
#[derive(Debug)]
pub(crate) struct WordTable {
    /// The upper half of a word's hash, above what is said of it; 0 where free.
    slots: Box<[u64]>,
    /// The slots of frequent words once more, close together.
    near: Box<[u64; NEAR]>,
}

/// Frequent words that are kept near.
const NEAR: usize = 1024;

/// The lower half of a slot: what is said.
const SAID: u64 = 0xffff_ffff;

impl WordTable {
    /// A table of `entries`; what is said twice of a word is joined by `join`
    /// of what is there and what is new.
    pub(crate) fn new<'a>(
        entries: impl Iterator<Item = (&'a str, u32)> + Clone,
        join: impl Fn(u32, u32) -> u32,
    ) -> Self {
        let size = (entries.clone().count() * 3 / 2 + 1).next_power_of_two();
        let mut table = Self {
            slots: vec![0; size].into_boxed_slice(),
            near: Box::new([0; NEAR]),
        };
        for (word, said) in entries {
            let hash = hash(word.as_bytes());
            let at = table.find(hash);
            let before = (table.slots[at] & SAID) as u32;
            let said = if before == 0 {
                said
            } else {
                join(before, said)
            };
            debug_assert_ne!(said, 0, "a word of which nothing is said");
            table.slots[at] = hash & !SAID | u64::from(said);
        }
        table
    }

    /// Brings `words` near, each that finds its place free: the most frequent
    /// first.
    pub(crate) fn bring_near<'a>(mut self, words: impl Iterator<Item = &'a str>) -> Self {
        for hash in words.map(|word| hash(word.as_bytes())) {
            let slot = self.slots[self.find(hash)];
            let near = &mut self.near[near(hash)];
            if *near == 0 {
                *near = slot;
            }
        }
        self
    }

    /// What the table says of `word`; 0 when it does not have it.
    pub(crate) fn get(&self, word: &[u8]) -> u32 {
        self.said(hash(word))
    }

    /// [`WordTable::get`] of a packed word.
    #[inline]
    pub(crate) fn get_packed(&self, word: PackedWord) -> u32 {
        let start = mixed(SEED, word.start);
        let long = word.len > CHUNK;
        self.said(if long { mixed(start, word.end) } else { start })
    }

    #[inline]
    fn said(&self, hash: u64) -> u32 {
        let near = self.near[near(hash)];
        let slot = if near != 0 && (near ^ hash) & !SAID == 0 {
            near
        } else {
            self.slots[self.find(hash)]
        };
        (slot & SAID) as u32
    }

    /// The slot of the word whose hash it is, or the free one where it would
    /// stand.
    #[inline]
    fn find(&self, hash: u64) -> usize {
        let last = self.slots.len() - 1;
        let mut at = hash as usize & last;
        while self.slots[at] != 0 && (self.slots[at] ^ hash) & !SAID != 0 {
            at = (at + 1) & last;
        }
        at
    }
}

/// A word of 1 to 15 ASCII letters as two numbers, the first letter lowest,
/// with zeros behind the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PackedWord {
    start: u64,
    end: u64,
    /// How many letters it has.
    pub(crate) len: usize,
}

/// Bytes read at once.
const CHUNK: usize = 8;

/// White space that lets every word before it be packed.
pub(crate) const PADDING: &str = "                ";

impl PackedWord {
    /// The letters from byte `at` of `text` on; `None` where there are none,
    /// more than 15, or fewer than 16 bytes of text.
    #[inline]
    pub(crate) fn read(text: &[u8], at: usize) -> Option<Self> {
        let chunk = |at: usize| Some(u64::from_le_bytes(*text.get(at..)?.first_chunk()?));
        let start = chunk(at)?;
        let letters = leading_letters(start);
        if letters < CHUNK {
            return (letters > 0).then(|| Self {
                start: first_bytes(start, letters),
                end: 0,
                len: letters,
            });
        }
        let end = chunk(at + CHUNK)?;
        let more = leading_letters(end);
        (more < CHUNK).then_some(Self {
            start,
            end: if more > 0 { first_bytes(end, more) } else { 0 },
            len: CHUNK + more,
        })
    }
}

/// How many ASCII letters the eight bytes of `chunk` begin with, the first
/// being the lowest.
#[inline]
const fn leading_letters(chunk: u64) -> usize {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = 0x80 * ONES;
    let small = chunk | (0x20 * ONES);
    let low = small & !HIGH;
    let from_a = low + (0x80 - b'a' as u64) * ONES;
    let beyond_z = low + (0x80 - b'z' as u64 - 1) * ONES;
    let others = !(from_a & !beyond_z & !small) & HIGH;
    others.trailing_zeros() as usize / 8
}

/// The first `len` bytes of `chunk`, 1 to 8.
#[inline]
const fn first_bytes(chunk: u64, len: usize) -> u64 {
    chunk & (u64::MAX >> (64 - 8 * len))
}

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// `hash` and the next eight bytes of a word.
#[inline]
const fn mixed(hash: u64, bytes: u64) -> u64 {
    let product = (hash ^ bytes) as u128 * 0xd6e8_feb8_6659_fd93;
    product as u64 ^ (product >> 64) as u64
}

/// The one place near where the word of which it is the hash may stand.
#[inline]
const fn near(hash: u64) -> usize {
    (hash >> (u64::BITS - NEAR.trailing_zeros())) as usize
}

/// The hash of `word`, eight bytes at a time.
fn hash(word: &[u8]) -> u64 {
    let (chunks, rest) = word.as_chunks::<CHUNK>();
    let hash = chunks
        .iter()
        .fold(SEED, |hash, bytes| mixed(hash, u64::from_le_bytes(*bytes)));
    match rest {
        [] => hash,
        rest => mixed(hash, padded(rest)),
    }
}

/// Fewer than eight bytes as a number, the first lowest, with zeros behind the
/// last; without a loop, since most words are short.
fn padded(bytes: &[u8]) -> u64 {
    let end = |size: usize| 8 * (bytes.len() - size);
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        u64::from(first) | u64::from(last) << end(4)
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<2>(), bytes.last_chunk::<2>()) {
        let (first, last) = (u16::from_le_bytes(*first), u16::from_le_bytes(*last));
        u64::from(first) | u64::from(last) << end(2)
    } else {
        bytes.first().copied().map_or(0, u64::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_and_no_other() {
        let words: Vec<String> = (0..5_000).map(|n| format!("w{n}")).collect();
        let entries = words.iter().zip(1u32..).map(|(w, n)| (w.as_str(), n));
        let table = WordTable::new(entries.clone(), |_, _| {
            unreachable!("no word is there twice")
        });
        for (word, said) in entries {
            assert_eq!(table.get(word.as_bytes()), said, "{word}");
            assert_eq!(table.get(format!("{word}x").as_bytes()), 0, "{word}x");
        }
        assert_eq!(table.get(b""), 0);
        let table = table.bring_near(words.iter().map(String::as_str));
        assert!(table.near.iter().filter(|near| **near != 0).count() > NEAR / 2);
        for (word, said) in words.iter().zip(1..) {
            assert_eq!(table.get(word.as_bytes()), said, "{word}");
            assert_eq!(table.get(format!("{word}x").as_bytes()), 0, "{word}x");
        }
    }

    #[test]
    fn short_words_are_padded() {
        for word in ["a", "it", "it's", "don't", "doesn't"] {
            let mut bytes = [0; CHUNK];
            bytes[..word.len()].copy_from_slice(word.as_bytes());
            assert_eq!(padded(word.as_bytes()), u64::from_le_bytes(bytes), "{word}");
        }
    }

    #[test]
    fn packed_words_are_looked_up_as_any() {
        let words = ["ok", "thanks", "nineteen", "appointment", "counterclockwis"];
        let table = WordTable::new(words.into_iter().zip(1..), |_, new| new);
        for (word, said) in words.into_iter().zip(1..) {
            for after in [" ", "'s", "1", "é"] {
                let text = format!("{word}{after}{PADDING}");
                let packed = PackedWord::read(text.as_bytes(), 0).expect("a short word");
                assert_eq!(packed.len, word.len(), "{text}");
                assert_eq!(table.get_packed(packed), said, "{text}");
            }
        }
        for text in ["1ok", "counterclockwise", ""] {
            let text = format!("{text}{PADDING}");
            assert_eq!(PackedWord::read(text.as_bytes(), 0), None, "{text}");
        }
    }

    #[test]
    fn letters_are_counted() {
        let count = |text: &[u8; 8]| leading_letters(u64::from_le_bytes(*text));
        for byte in 0..=255u8 {
            let letters = usize::from(byte.is_ascii_alphabetic());
            assert_eq!(count(&[byte, 0, 0, 0, 0, 0, 0, 0]), letters, "{byte}");
            assert_eq!(
                count(&[b'a', b'Z', byte, 0x80, 0, 0, 0, 0]),
                2 + letters,
                "{byte}"
            );
        }
        assert_eq!(count(b"abcdxyzZ"), 8);
    }

    #[test]
    fn what_is_said_twice_is_joined() {
        let entries = [("a", 1), ("b", 4), ("a", 2)];
        let table = WordTable::new(entries.into_iter(), |a, b| a | b);
        assert_eq!([table.get(b"a"), table.get(b"b")], [3, 4]);
    }
}
