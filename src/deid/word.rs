//! A word as a number. Each token is given its [`Key`] when it is cut, once;
//! lists are keys too, compiled with the program, so that whether a word is of
//! a list is one look at a table, however long the list is.

mod key;

pub(crate) use key::Key;

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
    pub(crate) fn lists(&self, word: &str) -> bool {
        self.has(Key::at(word, 0, word.len()))
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
    /// The place of the next that begins with the same word; past the end where
    /// there is none.
    nexts: &'static [u16],
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
    /// The phrases of `list`, of which [`table`] made `slots`, [`keys`] `words`,
    /// [`starts`] `starts` and [`nexts`] `nexts`.
    pub(crate) const fn new(
        list: &'static [&'static str],
        slots: &'static [Slot],
        words: &'static [Key],
        starts: &'static [u16],
        nexts: &'static [u16],
    ) -> Self {
        Self {
            firsts: Words::new(list, slots),
            words,
            starts,
            nexts,
        }
    }

    /// Whether a phrase begins with the word.
    #[inline]
    pub(crate) const fn begin(&self, first: Key) -> bool {
        self.firsts.has(first)
    }

    /// The phrases that begin with the word.
    pub(crate) fn from(&self, first: Key) -> impl Iterator<Item = Phrase> {
        let phrases = *self;
        let next = move |place: &usize| {
            let next = usize::from(phrases.nexts[*place]);
            (next < phrases.nexts.len()).then_some(next)
        };
        let places = std::iter::successors(phrases.firsts.place(first), next);
        places.map(move |place| phrases.at(place))
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

/// For each phrase of `list` the place of the next that begins with the same
/// word; past the end where there is none.
pub(crate) const fn nexts<const LENGTH: usize>(list: &[&str]) -> [u16; LENGTH] {
    let mut nexts = [LENGTH as u16; LENGTH];
    let mut i = 0;
    while i < LENGTH {
        let first = Key::of_part(list[i], 0, word_end(list[i], 0));
        let mut next = i + 1;
        while next < LENGTH && !Key::of_part(list[next], 0, word_end(list[next], 0)).is(first) {
            next += 1;
        }
        nexts[i] = next as u16;
        i += 1;
    }
    nexts
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
        const NEXTS: &[u16] = &$crate::deid::word::nexts::<{ PHRASES.len() }>(PHRASES);
        $crate::deid::word::Phrases::new(PHRASES, TABLE, KEYS, STARTS, NEXTS)
    }};
}
pub(crate) use phrases;

/// Whether a token of a turn says one of some words: `says!(turn, i, "a" | "an")`.
/// Numbers are compared, not text; none is said past the end.
macro_rules! says {
    ($turn:expr, $at:expr, $($word:literal)|+) => {{
        let key = $turn.key($at);
        $(key == const { $crate::deid::word::Key::of($word) })||+
    }};
}
pub(crate) use says;

#[cfg(test)]
mod tests {
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
}
