//! A word as a number. Each token is given its [`Key`] when it is cut, once;
//! lists are keys too, compiled with the program, so that whether a word is of
//! a list is one look at a table, however long the list is.

/// A word, whatever the case of its ASCII letters; typographic and plain
/// apostrophes are one. Words of eight bytes are told apart by their bytes,
/// longer ones by 63 bits of a hash. The empty word is [`Key::NONE`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key(u64);

/// Bytes that fit a key.
const FIT: usize = size_of::<u64>();

/// A typographic apostrophe.
const APOSTROPHE: [u8; 3] = [0xe2, 0x80, 0x99];

impl Key {
    /// No word: what stands past the end.
    pub(crate) const NONE: Self = Self(0);

    /// The key of `word`.
    pub(crate) const fn of(word: &str) -> Self {
        Self::of_part(word, 0, word.len())
    }

    /// The key of the bytes `at..end` of `text`.
    const fn of_part(text: &str, mut at: usize, end: usize) -> Self {
        let bytes = text.as_bytes();
        // The last bytes, and the hash of all before them.
        let mut packed = 0_u64;
        let mut hash = SEED;
        let mut length = 0;
        while at < end {
            let byte = match bytes[at] {
                first if first == APOSTROPHE[0] && is_apostrophe(bytes, at) => {
                    at += APOSTROPHE.len() - 1;
                    b'\''
                }
                byte => byte.to_ascii_lowercase(),
            };
            if length > 0 && length % FIT == 0 {
                hash = mixed(hash, packed);
                packed = 0;
            }
            packed |= (byte as u64) << (8 * (length % FIT));
            length += 1;
            at += 1;
        }
        match length <= FIT {
            true => Self(packed),
            false => Self::long(mixed(hash, packed)),
        }
    }

    /// The key of a word of more bytes than fit, by its hash.
    const fn long(hash: u64) -> Self {
        Self((hash ^ hash >> 32) | 1 << 63)
    }

    /// The key of the word at the bytes `start..end` of `text`: [`Key::of`],
    /// with eight bytes at a time.
    #[inline]
    pub(crate) fn at(text: &str, start: usize, end: usize) -> Self {
        let bytes = text.as_bytes();
        let length = end - start;
        let plain = if length > FIT {
            return Self::of_long(&bytes[start..end])
                .unwrap_or_else(|| Self::of(&text[start..end]));
        } else if length == 0 {
            None
        } else if let Some(chunk) = bytes[start..].first_chunk::<FIT>() {
            Some(u64::from_le_bytes(*chunk) & (u64::MAX >> (8 * (FIT - length))))
        } else {
            // At the text's end, what stands before the word is taken off.
            let chunk = bytes[..end].last_chunk::<FIT>();
            chunk.map(|chunk| u64::from_le_bytes(*chunk) >> (8 * (FIT - length)))
        };
        match plain {
            Some(word) if word & HIGH == 0 => Self(lower(word)),
            _ => Self::of(&text[start..end]),
        }
    }

    /// The key of `word`, of more bytes than fit, if all are ASCII.
    fn of_long(word: &[u8]) -> Option<Self> {
        let (chunks, rest) = word.as_chunks::<FIT>();
        let mut hash = SEED;
        let mut beyond = 0;
        for chunk in chunks {
            let chunk = u64::from_le_bytes(*chunk);
            beyond |= chunk;
            hash = mixed(hash, lower(chunk & !HIGH));
        }
        if !rest.is_empty() {
            let last = u64::from_le_bytes(*word.last_chunk()?) >> (8 * (FIT - rest.len()));
            beyond |= last;
            hash = mixed(hash, lower(last & !HIGH));
        }
        (beyond & HIGH == 0).then(|| Self::long(hash))
    }

    /// The letter that it is, in lower case.
    pub(crate) const fn letter(self) -> Option<u8> {
        match self.0 {
            letter @ 0x61..=0x7a => Some(letter as u8),
            _ => None,
        }
    }

    /// Its place in a table of `1 << bits` slots.
    pub(crate) const fn slot(self, bits: u32) -> usize {
        let bits = if bits == 0 { 1 } else { bits };
        (self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - bits)) as usize
    }

    /// The place of the pair of it and `next` in a table of `1 << bits` slots.
    pub(crate) const fn pair_slot(self, next: Self, bits: u32) -> usize {
        Self(self.0.rotate_left(u64::BITS / 2) ^ next.0).slot(bits)
    }

    const fn is(self, other: Self) -> bool {
        self.0 == other.0
    }
}

/// What hashes begin with.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// `hash` and eight bytes more, or the last of a word.
const fn mixed(hash: u64, bytes: u64) -> u64 {
    let mixed = (hash ^ bytes).wrapping_mul(0xf135_7aea_2e62_a9c5);
    mixed ^ mixed >> 29
}

const fn is_apostrophe(bytes: &[u8], at: usize) -> bool {
    at + 2 < bytes.len() && bytes[at + 1] == APOSTROPHE[1] && bytes[at + 2] == APOSTROPHE[2]
}

/// The highest bit of each byte.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Eight ASCII bytes with their capitals made small.
const fn lower(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let from_a = word + ONES * (0x80 - b'A' as u64);
    let past_z = word + ONES * (0x7f - b'Z' as u64);
    word | (from_a & !past_z & HIGH) >> 2
}

/// A slot of a table: a word's key, and its place in its list.
pub(crate) type Slot = (Key, u16);

/// A closed list of words; made by [`words!`](crate::deid::word::words).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words {
    list: &'static [&'static str],
    slots: &'static [Slot],
}

impl Words {
    /// The words of `list`, which [`table`] made `slots` of.
    pub(crate) const fn new(list: &'static [&'static str], slots: &'static [Slot]) -> Self {
        Self { list, slots }
    }

    /// Whether the word is of the list.
    #[inline]
    pub(crate) const fn has(&self, word: Key) -> bool {
        self.place(word).is_some()
    }

    /// Whether `word` is of the list.
    pub(crate) const fn lists(&self, word: &str) -> bool {
        self.has(Key::of(word))
    }

    /// Where in the list the word stands.
    #[inline]
    pub(crate) const fn place(&self, word: Key) -> Option<usize> {
        let mask = self.slots.len() - 1;
        let mut at = word.slot(self.slots.len().trailing_zeros()) & mask;
        loop {
            let (key, place) = self.slots[at];
            if key.is(Key::NONE) {
                return None;
            }
            if key.is(word) {
                return Some(place as usize);
            }
            at = (at + 1) & mask;
        }
    }

    /// Its words, as they are listed.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.list.iter().copied()
    }
}

/// Phrases, each of words parted by single spaces; made by
/// [`phrases!`](crate::deid::word::phrases).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Phrases {
    /// The phrases by their first words.
    firsts: Words,
    /// The words of all of them.
    words: &'static [Key],
    /// Where the words of each begin, and where those of the last end.
    starts: &'static [u16],
}

/// One of [`Phrases`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Phrase {
    /// As it is listed.
    pub(crate) text: &'static str,
    /// Its words.
    pub(crate) words: &'static [Key],
}

impl Phrases {
    /// The phrases of `list`, of which [`table`] made `slots`, [`keys`] `words`
    /// and [`starts`] `starts`.
    pub(crate) const fn new(
        list: &'static [&'static str],
        slots: &'static [Slot],
        words: &'static [Key],
        starts: &'static [u16],
    ) -> Self {
        Self {
            firsts: Words::new(list, slots),
            words,
            starts,
        }
    }

    /// The phrases that begin with the word.
    #[inline]
    pub(crate) fn from(&self, first: Key) -> impl Iterator<Item = Phrase> {
        let phrases = *self;
        let listed = phrases.firsts.list.len();
        let places = match phrases.firsts.place(first) {
            Some(place) => place..listed,
            None => listed..listed,
        };
        let all = places.map(move |place| phrases.at(place));
        all.filter(move |phrase| phrase.words[0] == first)
    }

    fn at(&self, place: usize) -> Phrase {
        let words = usize::from(self.starts[place])..usize::from(self.starts[place + 1]);
        Phrase {
            text: self.firsts.list[place],
            words: &self.words[words],
        }
    }

    /// The phrases, as they are listed.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.firsts.iter()
    }
}

/// How many slots the table of `words` words has.
pub(crate) const fn slots(words: usize) -> usize {
    (2 * words + 2).next_power_of_two()
}

/// The table of the words of `list`, or of the first words of its phrases, none
/// of which is empty; of equal words the first counts.
pub(crate) const fn table<const SLOTS: usize>(list: &[&str]) -> [Slot; SLOTS] {
    let mut slots = [(Key::NONE, 0); SLOTS];
    let mut i = 0;
    while i < list.len() {
        let key = Key::of_part(list[i], 0, word_end(list[i], 0));
        assert!(!key.is(Key::NONE), "an empty word is of no list");
        let mut at = key.slot(SLOTS.trailing_zeros()) & (SLOTS - 1);
        while !slots[at].0.is(Key::NONE) && !slots[at].0.is(key) {
            at = (at + 1) & (SLOTS - 1);
        }
        if slots[at].0.is(Key::NONE) {
            slots[at] = (key, i as u16);
        }
        i += 1;
    }
    slots
}

/// How many words the phrases of `list` have.
pub(crate) const fn count(list: &[&str]) -> usize {
    let mut words = 0;
    let mut i = 0;
    while i < list.len() {
        let mut at = 0;
        while at < list[i].len() {
            words += 1;
            at = word_end(list[i], at) + 1;
        }
        i += 1;
    }
    words
}

/// The words of the phrases of `list`, one phrase after the other.
pub(crate) const fn keys<const WORDS: usize>(list: &[&str]) -> [Key; WORDS] {
    let mut keys = [Key::NONE; WORDS];
    let (mut word, mut i) = (0, 0);
    while i < list.len() {
        let mut at = 0;
        while at < list[i].len() {
            let end = word_end(list[i], at);
            keys[word] = Key::of_part(list[i], at, end);
            word += 1;
            at = end + 1;
        }
        i += 1;
    }
    keys
}

/// Where in [`keys`] each phrase of `list` begins, and where the last ends.
pub(crate) const fn starts<const ENDS: usize>(list: &[&str]) -> [u16; ENDS] {
    let mut starts = [0; ENDS];
    let mut i = 0;
    while i < list.len() {
        starts[i + 1] = starts[i] + count(&[list[i]]) as u16;
        i += 1;
    }
    starts
}

/// Where the word of `phrase` ends that begins at byte `end`.
const fn word_end(phrase: &str, mut end: usize) -> usize {
    while end < phrase.len() && phrase.as_bytes()[end] != b' ' {
        end += 1;
    }
    end
}

/// A [`Words`] of string literals, or of a constant slice of them:
/// `words!["uh", "um"]`, `words!(of LIST)`.
macro_rules! words {
    ($($word:literal),* $(,)?) => {{
        const WORDS: &[&str] = &[$($word),*];
        $crate::deid::word::words!(of WORDS)
    }};
    (of $list:path) => {{
        const SLOTS: usize = $crate::deid::word::slots($list.len());
        const TABLE: &[$crate::deid::word::Slot] = &$crate::deid::word::table::<SLOTS>($list);
        $crate::deid::word::Words::new($list, TABLE)
    }};
}
pub(crate) use words;

/// A [`Phrases`] of string literals: `phrases!["hang on", "got it"]`.
macro_rules! phrases {
    ($($phrase:literal),* $(,)?) => {{
        const PHRASES: &[&str] = &[$($phrase),*];
        const SLOTS: usize = $crate::deid::word::slots(PHRASES.len());
        const TABLE: &[$crate::deid::word::Slot] =
            &$crate::deid::word::table::<SLOTS>(PHRASES);
        const WORDS: usize = $crate::deid::word::count(PHRASES);
        const KEYS: &[$crate::deid::word::Key] = &$crate::deid::word::keys::<WORDS>(PHRASES);
        const ENDS: usize = PHRASES.len() + 1;
        const STARTS: &[u16] = &$crate::deid::word::starts::<ENDS>(PHRASES);
        $crate::deid::word::Phrases::new(PHRASES, TABLE, KEYS, STARTS)
    }};
}
pub(crate) use phrases;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_list_has_its_words_in_any_case_and_no_others() {
        const LIST: Words = words!["uh", "Um", "that's", "absolutely", "correspondence"];
        for (at, word) in ["UH", "um", "that\u{2019}s", "Absolutely", "Correspondence"]
            .iter()
            .enumerate()
        {
            assert_eq!(LIST.place(Key::of(word)), Some(at), "{word}");
        }
        for word in [
            "",
            "u",
            "uhh",
            "absolute",
            "absolutel",
            "correspondences",
            "é",
        ] {
            assert!(!LIST.has(Key::of(word)), "{word}");
        }
        assert!(
            LIST.iter()
                .eq(["uh", "Um", "that's", "absolutely", "correspondence"])
        );
    }

    #[test]
    fn an_empty_list_has_nothing() {
        const NOTHING: Words = words![];
        assert!(!NOTHING.has(Key::NONE) && !NOTHING.has(Key::of("a")));
    }

    #[test]
    fn phrases_are_found_by_their_first_words() {
        const LIST: Phrases = phrases!["what time", "how early", "What day", "how"];
        for (first, expected) in [
            ("WHAT", &["what time", "What day"][..]),
            ("how", &["how early", "how"]),
            ("time", &[]),
            ("", &[]),
        ] {
            let found: Vec<_> = LIST.from(Key::of(first)).collect();
            let texts: Vec<_> = found.iter().map(|phrase| phrase.text).collect();
            assert_eq!(texts, expected, "{first}");
            for phrase in found {
                assert!(
                    phrase
                        .text
                        .split(' ')
                        .map(Key::of)
                        .eq(phrase.words.iter().copied())
                );
            }
        }
    }

    proptest! {
        #[test]
        fn keys_read_in_place_are_those_of_the_word(
            before in "\\PC{0,3}", word in "([a-zA-Z@\\[']{0,20}|[a-zA-Zé’']{0,20})",
            after in "\\PC{0,9}",
        ) {
            let text = format!("{before}{word}{after}");
            let key = Key::at(&text, before.len(), before.len() + word.len());
            prop_assert_eq!(key, Key::of(&word));
        }

        #[test]
        fn equal_keys_are_equal_words(a in "[a-cA-C]{0,3}", b in "[a-cA-C]{0,3}") {
            prop_assert_eq!(Key::of(&a) == Key::of(&b), a.eq_ignore_ascii_case(&b));
        }
    }
}
