//! The language gate: the engine judges English and nothing else, so a
//! conversation with a part in another language or script is held back.
//!
//! Method: every word votes. Frequent words of another language raise that
//! language's score, frequent English words lower it, and the score of the
//! best stretch so far is kept per speaker (Kadane's maximum subarray). A
//! stretch that collects about three unmistakable words in one sentence is
//! foreign, wherever it stands. One pass, linear.

mod words;

use crate::domain::{RawConversation, RawTurn, Role, TurnKind};
use words::{COUNT, Tongue, is_clinical, tongue};

/// What the gate says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// English, or too little text to be anything: the engine may judge it.
    English,
    /// All or a part of it is in another language or script.
    Unsupported,
}

/// Judges `conversation`, part by part. A source that names a language other
/// than English is believed.
#[must_use]
pub fn judge(conversation: &RawConversation) -> Verdict {
    let declared = conversation.language.as_ref().map(|tag| tag.expose());
    let foreign = declared.is_some_and(|tag| names_another_language(tag));
    if foreign || unsupported_turn(conversation).is_some() {
        Verdict::Unsupported
    } else {
        Verdict::English
    }
}

/// The first turn by which a stretch in another language or script is
/// certain; `None` when all turns are English.
#[must_use]
pub fn unsupported_turn(conversation: &RawConversation) -> Option<usize> {
    let mut tallies: [Tally; ROLES] = Default::default();
    conversation.turns.iter().position(|turn| {
        turn.kind != TurnKind::Dtmf && tallies[index_of(turn.role)].is_foreign_after(turn)
    })
}

/// Whether `word`, in lower case, is one that the gate takes for English.
pub(crate) fn is_english(word: &str) -> bool {
    matches!(
        tongue(word),
        Some(Tongue::English | Tongue::Vocabulary | Tongue::Shared)
    )
}

/// Whether an IETF tag names a language other than English; `und`, `mul` and
/// what is no tag name none.
fn names_another_language(tag: &str) -> bool {
    let primary = tag.split(['-', '_']).next().unwrap_or("");
    let is_tag = matches!(primary.len(), 2 | 3) && primary.bytes().all(|b| b.is_ascii_alphabetic());
    let open = ["en", "eng", "und", "mul", "zxx", "mis"];
    is_tag && !open.iter().any(|t| primary.eq_ignore_ascii_case(t))
}

const ROLES: usize = 5;

const fn index_of(role: Role) -> usize {
    match role {
        Role::Agent => 0,
        Role::User => 1,
        Role::Tool => 2,
        Role::System => 3,
        Role::Other => 4,
    }
}

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
struct Tally {
    by_language: [i32; COUNT],
    accented: i32,
    strange: i32,
    /// The word before is `as`.
    after_as: bool,
}

impl Tally {
    /// Takes `turn` in and says whether it ends or holds a foreign stretch.
    fn is_foreign_after(&mut self, turn: &RawTurn) -> bool {
        let machine = matches!(turn.kind, TurnKind::ToolCall | TurnKind::ToolResult);
        let text = turn.text.expose();
        if has_other_script(text) {
            return true;
        }
        // Answers of a word or two over many turns are lists, not sentences.
        self.strange /= 2;
        let mut lower = String::new();
        text.split_whitespace().any(|chunk| {
            if is_electronic(chunk) {
                self.strange = (self.strange + weight::NUMBER).max(0);
                return false;
            }
            let mut words = chunk.split(|c: char| !is_word_char(c));
            words.any(|word| self.take(word, &mut lower, machine))
        })
    }

    /// Takes one word or number in; `true` when a limit is reached.
    fn take(&mut self, word: &str, lower: &mut String, machine: bool) -> bool {
        if word.contains(|c: char| c.is_ascii_digit()) {
            self.strange = (self.strange + weight::NUMBER).max(0);
            return false;
        }
        lower_into(word, lower);
        self.vote(word, lower, machine)
    }

    /// Takes one word in; `true` when a limit is reached.
    fn vote(&mut self, word: &str, lower: &str, machine: bool) -> bool {
        if lower.is_empty() {
            return false;
        }
        // `b as in bravo`: both words are of other languages too, the pair is not.
        let spelling = self.after_as && lower == "in";
        self.after_as = lower == "as";
        let said = if spelling {
            Some(Tongue::English)
        } else {
            tongue(lower)
        };
        let small = word.chars().next().is_some_and(char::is_lowercase);
        self.vote_languages(said);
        self.vote_accented(small, word, said);
        if !machine && lower.len() > 1 && !is_clinical(lower) {
            self.vote_strange(small, said);
        }
        self.by_language.iter().any(|s| *s >= weight::LIMIT)
            || self.accented >= weight::LIMIT
            || self.strange >= weight::STRANGE_LIMIT
    }

    fn vote_languages(&mut self, said: Option<Tongue>) {
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
    }

    fn vote_accented(&mut self, small: bool, word: &str, said: Option<Tongue>) {
        let accented = small && word.chars().any(|c| !c.is_ascii() && c.is_alphabetic());
        self.accented += match said {
            Some(Tongue::English) => weight::ENGLISH,
            Some(Tongue::Vocabulary) => weight::VOCABULARY,
            _ if accented => weight::ACCENTED,
            _ => 0,
        };
        self.accented = self.accented.max(0);
    }

    /// Words with a capital may be names and brands: they are no sentence.
    fn vote_strange(&mut self, small: bool, said: Option<Tongue>) {
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

/// Whether `chunk` is an address of mail or of the web: words of no language.
fn is_electronic(chunk: &str) -> bool {
    chunk.contains("://")
        || chunk.contains("www.")
        || chunk.contains(".com")
        || chunk.contains(".org")
        || chunk.contains('@')
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}' | '\u{300}'..='\u{36f}')
}

/// Writes `word` into `lower` in lower case, with straight apostrophes.
fn lower_into(word: &str, lower: &mut String) {
    lower.clear();
    let straight = word.trim_matches(['\'', '\u{2019}']).chars();
    lower.extend(straight.flat_map(|c| {
        if c == '\u{2019}' {
            '\''.to_lowercase()
        } else {
            c.to_lowercase()
        }
    }));
}

/// Whether `text` has two letters, or one inside a Latin word, of a script
/// that the engine does not read. Greek letters by ones and twos are symbols
/// (`β`, `μg`).
fn has_other_script(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let mut found = 0;
    let mut greek = 0;
    let mut before = Script::None;
    for c in text.chars() {
        let script = script_of(c);
        greek = if script == Script::Greek {
            greek + 1
        } else {
            0
        };
        let joined = (before, script) == (Script::Latin, Script::Other)
            || (before, script) == (Script::Other, Script::Latin);
        found += i32::from(script == Script::Other) + i32::from(joined);
        if found >= 2 || greek >= 3 {
            return true;
        }
        before = script;
    }
    false
}

/// What a character is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    /// No letter.
    None,
    Latin,
    Greek,
    Other,
}

fn script_of(c: char) -> Script {
    match c {
        _ if !c.is_alphabetic() => Script::None,
        _ if is_latin(c) => Script::Latin,
        _ if is_greek(c) => Script::Greek,
        _ => Script::Other,
    }
}

const fn is_latin(c: char) -> bool {
    matches!(c,
        'a'..='z' | 'A'..='Z' | '\u{aa}'..='\u{2ff}' | '\u{1d00}'..='\u{1dbf}'
        | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}')
}

const fn is_greek(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}')
}

#[cfg(test)]
mod generated;
#[cfg(test)]
mod tests;
