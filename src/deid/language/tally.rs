//! The score of one speaker: what each word adds to it, and when a stretch is
//! foreign.

use crate::domain::{RawTurn, TurnKind};

use super::chunk::{Chunk, byte, is_electronic};
use super::script::has_other_script;
use super::table::{PADDING, PackedWord};
use super::words::{COUNT, Tongue, is_clinical, packed_tongue, tongue};

/// What a word adds to the score of each language, in tenths of one
/// unmistakable word; found by measuring English corpora and invented calls.
mod weight {
    /// A frequent word of the language.
    pub(super) const OWN: i32 = 10;
    /// A frequent word of English.
    pub(super) const ENGLISH: i32 = -12;
    /// Another word of English.
    pub(super) const VOCABULARY: i32 = -8;
    /// A word of both sides, inside a stretch.
    pub(super) const SHARED: i32 = 3;
    /// A word that no table has.
    pub(super) const UNKNOWN: i32 = 1;
    /// A small word with letters that English does not write.
    pub(super) const ACCENTED: i32 = 8;
    /// A number: addresses and codes are full of words that no table has.
    pub(super) const NUMBER: i32 = -12;
    /// A score at which a stretch is foreign.
    pub(super) const LIMIT: i32 = 26;
    /// A score at which a stretch of words that are not English is foreign,
    /// whatever language they are of.
    pub(super) const STRANGE_LIMIT: i32 = 45;
}

/// Scores of one speaker's current stretch.
#[derive(Debug, Default)]
pub(super) struct Tally {
    by_language: [i32; COUNT],
    /// A score of `by_language` is above 0.
    begun: bool,
    accented: i32,
    strange: i32,
    /// The word before is `as`.
    after_as: bool,
}

/// One word, as it votes.
#[derive(Debug, Clone, Copy)]
struct Word<'a> {
    /// In lower case, with straight apostrophes and none at either end.
    lower: &'a str,
    /// It begins with a small letter.
    small: bool,
    /// It is small and has a letter that is not ASCII.
    accented: bool,
    /// A machine's words are no sentences.
    machine: bool,
    /// What the tables say of it.
    said: Option<Tongue>,
}

impl<'a> Word<'a> {
    /// The word of few ASCII letters at `at`, where nothing but white space or
    /// a stop is after it, and where what follows begins. `lower` is `text` in
    /// lower case, padded.
    #[inline]
    fn alone(text: &str, lower: &'a str, at: usize, machine: bool) -> Option<(Self, usize)> {
        let word = PackedWord::read(lower.as_bytes(), at)?;
        let end = at + word.len;
        let next = match lower.as_bytes().get(end..end + 2)? {
            [b' ', _] => end + 1,
            [stop, b' '] if is_stop(*stop) => end + 2,
            _ => return None,
        };
        let word = Self {
            lower: &lower[at..end],
            small: text.as_bytes()[at].is_ascii_lowercase(),
            accented: false,
            machine,
            said: packed_tongue(word),
        };
        Some((word, next))
    }
}

impl Tally {
    /// Nothing speaks for another language: words of English change nothing.
    pub(super) const fn is_idle(&self) -> bool {
        !self.begun && self.accented == 0 && self.strange == 0
    }

    /// Takes `turn` in and says whether it ends or holds a foreign stretch;
    /// `lower` is room to work in.
    pub(super) fn is_foreign_after(&mut self, turn: &RawTurn, lower: &mut String) -> bool {
        let machine = matches!(turn.kind, TurnKind::ToolCall | TurnKind::ToolResult);
        let text = turn.text.expose().as_str();
        if has_other_script(text) {
            return true;
        }
        self.after_as = false;
        // Answers of a word or two over many turns are lists, not sentences.
        self.strange /= 2;
        lower.clear();
        lower.push_str(text);
        lower.make_ascii_lowercase();
        lower.push_str(PADDING);
        let mut at = 0;
        let mut reached = false;
        while !reached && at < text.len() {
            if let [stop, b' '] = lower.as_bytes()[at..at + 2]
                && is_stop(stop)
            {
                at += 2;
                continue;
            }
            let Some((word, next)) = Word::alone(text, lower, at, machine) else {
                let Some(chunk) = Chunk::next(text.as_bytes(), at) else {
                    return false;
                };
                at = chunk.end;
                reached = self.takes_chunk(text, lower, chunk, machine);
                continue;
            };
            at = next;
            reached = self.vote(word);
        }
        reached
    }

    /// Takes `chunk` of `text` in, `lower` being the same in lower case.
    fn takes_chunk(&mut self, text: &str, lower: &str, chunk: Chunk, machine: bool) -> bool {
        let written = &text[chunk.start..chunk.end];
        if chunk.has & byte::BEYOND != 0 {
            let mut chunks = written.split_whitespace();
            return chunks.any(|chunk| self.takes_unicode(chunk, machine));
        }
        self.takes_ascii(written, &lower[chunk.start..chunk.end], chunk.has, machine)
    }

    /// Takes a chunk of ASCII in, `lower` being the same in lower case and
    /// `has` its classes; `true` when a limit is reached.
    fn takes_ascii(&mut self, written: &str, lower: &str, has: u8, machine: bool) -> bool {
        let word = |from: usize, lower| Word {
            said: tongue(lower),
            lower,
            small: written.as_bytes()[from].is_ascii_lowercase(),
            accented: false,
            machine,
        };
        if has & byte::JOINT != 0 && is_electronic(written.as_bytes()) {
            self.take_number();
            return false;
        }
        let mut at = 0;
        while let Some(piece) = Chunk::next_word(lower.as_bytes(), at) {
            at = piece.end;
            let said = unquoted(&lower[piece.start..piece.end]);
            if piece.has & byte::DIGIT != 0 {
                self.take_number();
            } else if self.vote(word(piece.start, said)) {
                return true;
            }
        }
        false
    }

    /// Takes a chunk of any characters in.
    fn takes_unicode(&mut self, chunk: &str, machine: bool) -> bool {
        if is_electronic(chunk.as_bytes()) {
            self.take_number();
            return false;
        }
        let mut words = chunk.split(|c: char| !is_word_char(c));
        words.any(|written| {
            if written.contains(|c: char| c.is_ascii_digit()) {
                self.take_number();
                return false;
            }
            let small = written.chars().next().is_some_and(char::is_lowercase);
            let beyond = |c: char| !c.is_ascii() && c.is_alphabetic();
            let lower = lowered(written);
            self.vote(Word {
                said: tongue(&lower),
                lower: &lower,
                small,
                accented: small && written.chars().any(beyond),
                machine,
            })
        })
    }

    fn take_number(&mut self) {
        self.strange = (self.strange + weight::NUMBER).max(0);
    }

    /// Takes one word in; `true` when a limit is reached.
    #[inline]
    fn vote(&mut self, word: Word<'_>) -> bool {
        if word.lower.is_empty() {
            return false;
        }
        let said = word.said;
        // `b as in bravo`: both words are of other languages too, the pair is not.
        let spelling = self.after_as && word.lower == "in";
        self.after_as = word.lower == "as";
        let begins = matches!(said, None | Some(Tongue::Foreign(_)));
        if self.is_idle() && !(begins || word.accented) {
            return false;
        }
        self.add(
            word,
            if spelling {
                Some(Tongue::English)
            } else {
                said
            },
        )
    }

    /// Adds what `word` says to every score.
    fn add(&mut self, word: Word<'_>, said: Option<Tongue>) -> bool {
        if self.begun || matches!(said, Some(Tongue::Foreign(_))) {
            self.add_to_languages(said);
        }
        self.add_to_accented(word.accented, said);
        if !word.machine && word.lower.len() > 1 && !is_clinical(word.lower) {
            self.add_to_strange(word.small, said);
        }
        self.begun && self.by_language.iter().any(|s| *s >= weight::LIMIT)
            || self.accented >= weight::LIMIT
            || self.strange >= weight::STRANGE_LIMIT
    }

    fn add_to_languages(&mut self, said: Option<Tongue>) {
        for (i, score) in self.by_language.iter_mut().enumerate() {
            let add = match said {
                Some(Tongue::English) => weight::ENGLISH,
                Some(Tongue::Vocabulary) => weight::VOCABULARY,
                Some(Tongue::Shared) if *score > 0 => weight::SHARED,
                Some(Tongue::Foreign(bits)) if bits & (1 << i) != 0 => weight::OWN,
                // Nothing begins with a word that says nothing.
                _ if *score > 0 => weight::UNKNOWN,
                _ => 0,
            };
            *score = (*score + add).max(0);
        }
        self.begun = self.by_language.iter().any(|score| *score > 0);
    }

    fn add_to_accented(&mut self, accented: bool, said: Option<Tongue>) {
        self.accented += match said {
            Some(Tongue::English) => weight::ENGLISH,
            Some(Tongue::Vocabulary) => weight::VOCABULARY,
            _ if accented => weight::ACCENTED,
            _ => 0,
        };
        self.accented = self.accented.max(0);
    }

    /// Words with a capital may be names and brands: they are no sentence.
    fn add_to_strange(&mut self, small: bool, said: Option<Tongue>) {
        self.strange += match said {
            Some(Tongue::English) => weight::ENGLISH,
            Some(Tongue::Vocabulary) => weight::VOCABULARY,
            Some(Tongue::Foreign(_)) | None if small => weight::OWN,
            Some(Tongue::Shared) if self.strange > 0 => weight::SHARED,
            _ => 0,
        };
        self.strange = self.strange.max(0);
    }
}

/// Whether `byte` is a mark that ends a clause and is part of no word or
/// address.
#[inline]
const fn is_stop(byte: u8) -> bool {
    matches!(byte, b',' | b'.' | b'?' | b'!' | b';')
}

/// `word`, of ASCII, without apostrophes at either end.
fn unquoted(word: &str) -> &str {
    let inner = word.as_bytes().iter();
    let before = inner.clone().take_while(|b| **b == b'\'').count();
    let after = inner.rev().take_while(|b| **b == b'\'').count();
    word.get(before..word.len() - after).unwrap_or_default()
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}' | '\u{300}'..='\u{36f}')
}

/// `word` in lower case, with straight apostrophes and none at either end.
fn lowered(word: &str) -> String {
    let inner = word.trim_matches(['\'', '\u{2019}']).to_lowercase();
    inner.replace('\u{2019}', "'")
}
