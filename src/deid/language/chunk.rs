//! Cuts text at white space and into words, by bytes.

/// Classes of bytes, as bits.
pub(super) mod byte {
    /// ASCII white space.
    pub(in super::super) const SPACE: u8 = 1;
    /// `a` to `z`, small or not.
    pub(in super::super) const LETTER: u8 = 2;
    /// `0` to `9`.
    pub(in super::super) const DIGIT: u8 = 4;
    /// An apostrophe, which stands inside words.
    pub(in super::super) const APOSTROPHE: u8 = 8;
    /// What electronic addresses are joined with.
    pub(in super::super) const JOINT: u8 = 16;
    /// Any other ASCII character.
    pub(in super::super) const MARK: u8 = 32;
    /// A part of a character beyond ASCII.
    pub(in super::super) const BEYOND: u8 = 64;
    /// What words are made of.
    pub(in super::super) const WORD: u8 = LETTER | DIGIT | APOSTROPHE;
}

/// The class of every byte.
const CLASS: [u8; 256] = {
    let mut classes = [byte::BEYOND; 256];
    let mut at = 0;
    while at < 128 {
        classes[at] = class_of(at as u8);
        at += 1;
    }
    classes
};

const fn class_of(ascii: u8) -> u8 {
    match ascii {
        b' ' | b'\t'..=b'\r' => byte::SPACE,
        b'a'..=b'z' | b'A'..=b'Z' => byte::LETTER,
        b'0'..=b'9' => byte::DIGIT,
        b'\'' => byte::APOSTROPHE,
        b'@' | b'.' | b':' => byte::JOINT,
        _ => byte::MARK,
    }
}

/// A stretch of text and the classes of its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chunk {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) has: u8,
}

impl Chunk {
    /// The next chunk without ASCII white space, from byte `at` on.
    #[inline]
    pub(super) fn next(text: &[u8], at: usize) -> Option<Self> {
        Self::next_of(text, at, !byte::SPACE)
    }

    /// The next stretch of letters, digits and apostrophes.
    #[inline]
    pub(super) fn next_word(text: &[u8], at: usize) -> Option<Self> {
        Self::next_of(text, at, byte::WORD)
    }

    #[inline]
    fn next_of(text: &[u8], at: usize, classes: u8) -> Option<Self> {
        let class = |byte: &u8| CLASS[usize::from(*byte)];
        let rest = text.get(at..)?;
        let start = at + rest.iter().position(|b| class(b) & classes != 0)?;
        let (mut end, mut has) = (start, 0);
        while let Some(class) = text.get(end).map(class)
            && class & classes != 0
        {
            has |= class;
            end += 1;
        }
        Some(Self { start, end, has })
    }
}

/// Whether `chunk` is an address of mail or of the web: words of no language.
pub(super) fn is_electronic(chunk: &[u8]) -> bool {
    chunk.iter().enumerate().any(|(i, byte)| match byte {
        b'@' => true,
        b':' => chunk[i..].starts_with(b"://"),
        b'.' => {
            let after = &chunk[i..];
            chunk[..i].ends_with(b"www") || after.starts_with(b".com") || after.starts_with(b".org")
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_and_words_are_cut() {
        let text = b" so it's 58yo,\tok";
        let cut = |next: fn(&[u8], usize) -> Option<Chunk>| {
            let mut found = Vec::new();
            let mut at = 0;
            while let Some(chunk) = next(text, at) {
                found.push((&text[chunk.start..chunk.end], chunk.has));
                at = chunk.end;
            }
            found
        };
        let (letter, number) = (byte::LETTER, byte::LETTER | byte::DIGIT);
        let quoted = byte::LETTER | byte::APOSTROPHE;
        assert_eq!(
            cut(Chunk::next),
            [
                (&b"so"[..], letter),
                (b"it's", quoted),
                (b"58yo,", number | byte::MARK),
                (b"ok", letter)
            ]
        );
        assert_eq!(
            cut(Chunk::next_word),
            [
                (&b"so"[..], letter),
                (b"it's", quoted),
                (b"58yo", number),
                (b"ok", letter)
            ]
        );
    }

    #[test]
    fn electronic_addresses_are_known() {
        for chunk in ["a@b", "http://x", "www.x", "x.com", "x.org/y"] {
            assert!(is_electronic(chunk.as_bytes()), "{chunk}");
        }
        for chunk in ["a:b", "end.", "e.g", "ww.x", ".co"] {
            assert!(!is_electronic(chunk.as_bytes()), "{chunk}");
        }
    }
}
