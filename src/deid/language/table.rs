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
}

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

    /// What the table says of `word`; 0 when it does not have it.
    pub(crate) fn get(&self, word: &[u8]) -> u32 {
        self.said(hash(word))
    }

    /// [`WordTable::get`] of a word of 1 to 8 bytes: `key` holds them, the
    /// first lowest, and zeros.
    #[inline]
    pub(crate) fn get_short(&self, key: u64) -> u32 {
        self.said(mixed(SEED, key))
    }

    #[inline]
    fn said(&self, hash: u64) -> u32 {
        (self.slots[self.find(hash)] & SAID) as u32
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

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// `hash` and the next eight bytes of a word.
#[inline]
const fn mixed(hash: u64, bytes: u64) -> u64 {
    let product = (hash ^ bytes) as u128 * 0xd6e8_feb8_6659_fd93;
    product as u64 ^ (product >> 64) as u64
}

/// The hash of `word`, eight bytes at a time.
fn hash(word: &[u8]) -> u64 {
    word.chunks(8).fold(SEED, |hash, bytes| {
        let mut padded = [0; 8];
        padded[..bytes.len()].copy_from_slice(bytes);
        mixed(hash, u64::from_le_bytes(padded))
    })
}

/// How many ASCII letters the eight bytes of `key` begin with, the first being
/// the lowest.
#[inline]
pub(crate) const fn leading_letters(key: u64) -> u32 {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = 0x80 * ONES;
    let small = key | 0x20 * ONES;
    let low = small & !HIGH;
    let from_a = low + (0x80 - b'a' as u64) * ONES;
    let beyond_z = low + (0x80 - b'z' as u64 - 1) * ONES;
    let others = !(from_a & !beyond_z & !small) & HIGH;
    others.trailing_zeros() / 8
}

/// The first `len` bytes of `key`, 1 to 8.
#[inline]
pub(crate) const fn first_bytes(key: u64, len: u32) -> u64 {
    key & (u64::MAX >> (64 - 8 * len))
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
    }

    #[test]
    fn short_words_are_their_own_keys() {
        let table = WordTable::new([("ok", 1), ("eighteen", 2)].into_iter(), |_, new| new);
        let look_up = |text: &[u8; 8]| {
            let key = u64::from_le_bytes(*text);
            table.get_short(first_bytes(key, leading_letters(key)))
        };
        assert_eq!(look_up(b"ok, then"), 1);
        assert_eq!(look_up(b"eighteen"), 2);
        assert_eq!(look_up(b"okay\0\0\0\0"), 0);
    }

    #[test]
    fn letters_are_counted() {
        let count = |text: &[u8; 8]| leading_letters(u64::from_le_bytes(*text));
        for byte in 0..=255 {
            let letters = u32::from(byte.is_ascii_alphabetic());
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
