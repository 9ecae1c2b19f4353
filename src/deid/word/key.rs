//! The key of a word: eight bytes of it, or a hash.

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
    pub(super) const fn of_part(text: &str, mut at: usize, end: usize) -> Self {
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
            let word = chunk.map(|chunk| u64::from_le_bytes(*chunk) >> (8 * (FIT - length)));
            Some(word.unwrap_or_else(|| packed(&bytes[start..end])))
        };
        match plain {
            Some(word) if word & HIGH == 0 => Self(lower(word)),
            _ => Self::of(&text[start..end]),
        }
    }

    /// The word of ASCII letters, fewer than fit a key, with which `text` begins
    /// if something of ASCII ends it there: its length, its key, and whether a
    /// letter after the first is a capital. Most words are such.
    #[inline]
    pub(crate) const fn plain(text: [u8; FIT]) -> Option<(usize, Self, bool)> {
        const FIRST: u64 = 0xff;
        let text = u64::from_le_bytes(text);
        let length = leading_letters(text);
        if length == 0 || length == FIT {
            return None;
        }
        let after = (text >> (8 * length)) as u8;
        if !after.is_ascii() || after == b'\'' {
            return None;
        }
        let word = text & (u64::MAX >> (8 * (FIT - length)));
        let key = lower(word);
        Some((length, Self(key), (word ^ key) & !FIRST != 0))
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

    /// Whether both are one word.
    pub(super) const fn is(self, other: Self) -> bool {
        self.0 == other.0
    }
}

/// At most eight bytes as a number, the first lowest.
fn packed(word: &[u8]) -> u64 {
    let last = word.iter().rev();
    last.fold(0, |packed, byte| packed << 8 | u64::from(*byte))
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

/// How many ASCII letters the eight bytes of `chunk` begin with, the first
/// being the lowest.
const fn leading_letters(chunk: u64) -> usize {
    const ONES: u64 = u64::MAX / 255;
    let small = chunk | (0x20 * ONES);
    let low = small & !HIGH;
    let from_a = low + (0x80 - b'a' as u64) * ONES;
    let past_z = low + (0x7f - b'z' as u64) * ONES;
    let others = !(from_a & !past_z & !small) & HIGH;
    others.trailing_zeros() as usize / 8
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
        fn plain_words_are_those_of_letters(text in "[a-zA-Z]{0,8}[a-zA-Z' .é@\\[{`]{8}") {
            let bytes = *text.as_bytes().first_chunk::<FIT>().expect("eight bytes");
            let end = bytes.iter().position(|b| !b.is_ascii_alphabetic());
            let end = end.filter(|end| *end > 0 && bytes[*end].is_ascii() && bytes[*end] != b'\'');
            let capital = |end: usize| bytes[1..end].iter().any(u8::is_ascii_uppercase);
            let expected = end.map(|end| (end, Key::of(&text[..end]), capital(end)));
            prop_assert_eq!(Key::plain(bytes), expected);
        }

        #[test]
        fn equal_keys_are_equal_words(a in "[a-cA-C]{0,3}", b in "[a-cA-C]{0,3}") {
            prop_assert_eq!(Key::of(&a) == Key::of(&b), a.eq_ignore_ascii_case(&b));
        }
    }
}
