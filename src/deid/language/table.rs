//! A table of words for one look-up a word: open addressing over one array of
//! eight bytes a slot, which holds half of a word's hash beside what the table
//! says of it. The hottest slots stay in the processor's first cache.

use std::hash::Hasher;

use rustc_hash::FxHasher;

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
            let (at, tag) = table.find(word.as_bytes());
            let before = (table.slots[at] & SAID) as u32;
            let said = if before == 0 {
                said
            } else {
                join(before, said)
            };
            debug_assert_ne!(said, 0, "a word of which nothing is said");
            table.slots[at] = tag | u64::from(said);
        }
        table
    }

    /// What the table says of `word`; 0 when it does not have it.
    #[inline]
    pub(crate) fn get(&self, word: &[u8]) -> u32 {
        let (at, _) = self.find(word);
        (self.slots[at] & SAID) as u32
    }

    /// The slot of `word`, or the free one where it would stand, and its tag.
    #[inline]
    fn find(&self, word: &[u8]) -> (usize, u64) {
        let mut hasher = FxHasher::default();
        hasher.write(word);
        let hash = hasher.finish();
        let tag = hash & !SAID;
        let last = self.slots.len() - 1;
        let mut at = hash as usize & last;
        while self.slots[at] != 0 && self.slots[at] & !SAID != tag {
            at = (at + 1) & last;
        }
        (at, tag)
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
    }

    #[test]
    fn what_is_said_twice_is_joined() {
        let entries = [("a", 1), ("b", 4), ("a", 2)];
        let table = WordTable::new(entries.into_iter(), |a, b| a | b);
        assert_eq!([table.get(b"a"), table.get(b"b")], [3, 4]);
    }
}
