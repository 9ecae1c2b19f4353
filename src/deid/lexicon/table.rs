//! The table of all words: open addressing over one block, so that a look at a
//! rare word waits for memory once.

use crate::deid::word::Key;

use super::Classes;

/// Slots: two to this power.
const BITS: u32 = 19;

type Slots = [(Key, Classes); 1 << BITS];

/// Words and what is known of them. It does not grow.
pub(super) struct Table(Box<Slots>);

impl Table {
    /// A table without words.
    pub(super) fn new() -> Self {
        let free = vec![(Key::NONE, Classes::NONE); 1 << BITS].into_boxed_slice();
        Self(free.try_into().expect("as many as there are slots"))
    }

    /// What is known of the word, if it is there.
    pub(super) fn get(&self, word: Key) -> Option<Classes> {
        let (key, classes) = self.0[self.find(word)];
        (key != Key::NONE).then_some(classes)
    }

    /// What is known of the word, to be changed; nothing where it was not there.
    pub(super) fn entry(&mut self, word: Key) -> &mut Classes {
        assert_ne!(word, Key::NONE, "an empty word is on no list");
        let (key, classes) = &mut self.0[self.find(word)];
        *key = word;
        classes
    }

    /// Its words.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Key, Classes)> {
        let slots = self.0.iter().copied();
        slots.filter(|(key, _)| *key != Key::NONE)
    }

    /// The slot of the word, or the free one where it would stand.
    fn find(&self, word: Key) -> usize {
        const LAST: usize = (1 << BITS) - 1;
        let mut at = word.slot(BITS) & LAST;
        while self.0[at].0 != word && self.0[at].0 != Key::NONE {
            at = (at + 1) & LAST;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::lexicon::tests::LEXICON;

    #[test]
    fn words_are_kept_and_others_are_not_there() {
        let mut table = Table::new();
        *table.entry(Key::of("ward")) |= Classes::FACILITY;
        *table.entry(Key::of("ward")) |= Classes::STOP;
        let known = Classes::FACILITY | Classes::STOP;
        assert_eq!(table.get(Key::of("Ward")), Some(known));
        assert_eq!(table.get(Key::of("bed")), None);
        assert_eq!(table.get(Key::NONE), None);
        assert!(table.iter().eq([(Key::of("ward"), known)]));
    }

    #[test]
    fn the_lexicon_leaves_slots_free() {
        assert!(LEXICON.words.iter().count() < (1 << BITS) * 3 / 4);
    }
}
