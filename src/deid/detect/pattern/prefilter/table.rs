//! Words by their first bytes, so that most places of a text are told in one
//! look to begin none of them.

use std::ops::Range;

use crate::deid::detect::sieve::{FOUR, SIX, Sieve, THREE, mixed, thirds};

use super::super::held::{Held, LONGEST, goes_on, is_of_word};
use super::Present;

/// A word of at most eight bytes, as it lies in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// Its bytes, the first lowest, and zeros above.
    bytes: u64,
    /// The bytes that it has.
    mask: u64,
    /// How many bytes it has.
    len: u8,
    /// Whether nothing of its kind may stand before it, and no word go on after it.
    edges: [bool; 2],
}

impl Word {
    pub(super) fn new(word: &Held) -> Self {
        let text = &word.text;
        let mut bytes = [0; LONGEST];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Self {
            bytes: u64::from_le_bytes(bytes),
            mask: u64::MAX >> (8 * (LONGEST - text.len())),
            len: text.len() as u8,
            edges: [word.begins, word.ends],
        }
    }

    /// Whether it stands at byte `at` of `plain`, where `text` begins.
    fn is_at(&self, plain: &[u8], at: usize, text: u64) -> bool {
        let [begins, ends] = self.edges;
        let before = || at.checked_sub(1).map_or(0, |before| plain[before]);
        let after = || plain.get(at + self.len()).copied().unwrap_or_default();
        text & self.mask == self.bytes
            && !(begins && goes_on(before(), plain[at]))
            && !(ends && is_of_word(after()))
    }

    /// How many bytes it has.
    const fn len(&self) -> usize {
        self.len as usize
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

    /// The sets that hold each word at byte `at` of `plain`, where `text` begins.
    fn of(&self, plain: &[u8], at: usize, text: u64) -> impl Iterator<Item = &Present> {
        let slot = slot(text & self.mask) % SLOTS;
        let words = usize::from(self.starts[slot])..usize::from(self.starts[slot + 1]);
        let words = words.filter(move |word| self.words[*word].is_at(plain, at, text));
        words.map(|word| &self.sets[word])
    }
}

/// The slot of the first bytes of a word.
const fn slot(head: u64) -> usize {
    mixed(head, SLOT_BITS)
}

/// Words of two bytes or more that may be where a text is looked at.
pub(super) struct Table {
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

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table")
            .field("words", &self.six.words.len())
            .finish_non_exhaustive()
    }
}

impl Table {
    pub(super) fn new(words: Vec<(Word, Present)>) -> Self {
        let mut by_length: [Vec<(Word, Present)>; 4] = Default::default();
        for word in words {
            let place = match word.0.len() {
                length @ ..=4 => length - 2,
                5 => 2,
                _ => 3,
            };
            by_length[place].push(word);
        }
        let [two, three, four, six] = by_length;
        let open = || two.iter().flat_map(|(word, _)| thirds(word.bytes));
        let brief = Sieve::new(open().chain(three.iter().map(|(word, _)| word.bytes)));
        let longer = [&three, &four, &six].into_iter().flatten();
        let any = Sieve::new(open().chain(longer.map(|(word, _)| word.bytes & THREE)));
        Self {
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

    /// Calls `found` with the place and the sets of each word at byte `at` of
    /// `plain`, after which eight bytes more are.
    #[inline]
    pub(super) fn look(&self, plain: &[u8], at: usize, found: &mut impl FnMut(usize, &Present)) {
        let text = head(plain, at);
        if !self.any.has(text & THREE) {
            return;
        }
        let long = self.long.has(text & SIX);
        let middling = self.middling.has(text & FOUR);
        let brief = self.brief.has(text & THREE);
        // `|` spares the processor guesses: most places begin no word.
        if !(long | middling | brief) {
            return;
        }
        let mut note = |heads: &Heads| heads.of(plain, at, text).for_each(|sets| found(at, sets));
        if long {
            note(&self.six);
        }
        if middling {
            note(&self.four);
        }
        if brief {
            note(&self.three);
            note(&self.two);
        }
    }
}

/// The eight bytes at byte `at` of `plain`.
#[inline]
fn head(plain: &[u8], at: usize) -> u64 {
    let bytes = plain.get(at..).and_then(|rest| rest.first_chunk());
    bytes.map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// Words of three bytes or more with which longer ones end.
#[derive(Debug)]
pub(super) struct Endings {
    words: Vec<(Word, Present)>,
    /// The last three bytes of each.
    last: Sieve<16>,
}

impl Endings {
    pub(super) fn new(words: Vec<(Word, Present)>) -> Self {
        let last = |(word, _): &(Word, Present)| word.bytes >> (8 * (word.len() - LAST)) & THREE;
        Self {
            last: Sieve::new(words.iter().map(last)),
            words,
        }
    }

    /// Calls `found` with the place and the sets of each word with which `token`
    /// of `plain` ends.
    #[inline]
    pub(super) fn look(
        &self,
        plain: &[u8],
        token: Range<usize>,
        found: &mut impl FnMut(usize, &Present),
    ) {
        if token.len() < LAST || !self.last.has(head(plain, token.end - LAST) & THREE) {
            return;
        }
        for (word, sets) in self.words.iter().filter(|(w, _)| w.len() <= token.len()) {
            let at = token.end - word.len();
            if word.is_at(plain, at, head(plain, at)) {
                found(at, sets);
            }
        }
    }
}

/// How many bytes of a word's end are looked at first.
const LAST: usize = 3;
