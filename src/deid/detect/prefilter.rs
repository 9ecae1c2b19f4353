//! Tells in one pass over a text which of many sets of words occur in it, so
//! that a detector is tried only where it can find something.

use aho_corasick::automaton::Automaton;
use aho_corasick::dfa::DFA;
use aho_corasick::{Anchored, MatchKind};

/// Words of which the sets are 64 at most in each.
const GROUPS: usize = 4;

/// Which sets occur in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Present([u64; GROUPS]);

/// A set of words, as [`Present`] names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Set(u16);

impl Present {
    /// Every set.
    const ALL: Self = Self([u64::MAX; GROUPS]);

    /// Whether a word of `set` occurs.
    pub(super) const fn has(&self, set: Set) -> bool {
        self.0[set.0 as usize / 64] >> (set.0 % 64) & 1 == 1
    }

    fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine |= theirs;
        }
    }

    fn inverse(mut self) -> Self {
        self.0.iter_mut().for_each(|group| *group = !*group);
        self
    }

    fn and(mut self, other: &Self) -> Self {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine &= theirs;
        }
        self
    }

    fn add_set(&mut self, set: Set) {
        self.0[usize::from(set.0) / 64] |= 1 << (set.0 % 64);
    }
}

/// Sets of words that are to be looked for.
#[derive(Debug, Default)]
pub(super) struct Builder {
    sets: Vec<Vec<String>>,
    /// Sets whose words stand by themselves.
    whole: Present,
}

impl Builder {
    /// Adds a set: `words` in lower case, none empty. Equal sets are one.
    pub(super) fn add(&mut self, mut words: Vec<String>) -> Set {
        words.sort_unstable();
        words.dedup();
        let known = self.sets.iter().position(|set| *set == words);
        let at = known.unwrap_or_else(|| {
            self.sets.push(words);
            self.sets.len() - 1
        });
        assert!(at < 64 * GROUPS, "more sets than a prefilter holds");
        Set(at as u16)
    }

    /// Adds a set of `words` that count only where no letter or digit stands
    /// beside them.
    fn add_whole(&mut self, words: Vec<String>) -> Set {
        let set = self.add(words);
        self.whole.add_set(set);
        set
    }

    /// Adds the longest word of each of `phrases` as a set, as words by
    /// themselves.
    pub(super) fn add_phrases<'a>(&mut self, phrases: impl Iterator<Item = &'a &'a str>) -> Set {
        let longest = |phrase: &&'a str| {
            let words = phrase.split(' ');
            words.max_by_key(|word| word.len()).unwrap_or_default()
        };
        self.add_whole(phrases.map(|phrase| longest(phrase).to_owned()).collect())
    }

    /// Compiles the sets.
    pub(super) fn build(self) -> Prefilter {
        let mut words: Vec<&String> = self.sets.iter().flatten().collect();
        words.sort_unstable();
        words.dedup();
        let mut sets_of = vec![Present::default(); words.len()];
        for (at, set) in self.sets.iter().enumerate() {
            for word in set {
                let word = words.binary_search(&word).expect("every word is listed");
                sets_of[word].add_set(Set(at as u16));
            }
        }
        let automaton = DFA::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .prefilter(false)
            .build(&words)
            .expect("the words are few and short");
        Prefilter {
            automaton,
            sets_of,
            parts: self.whole.inverse(),
        }
    }
}

/// Sets of words, compiled.
pub(super) struct Prefilter {
    automaton: DFA,
    /// The sets of each word of the automaton.
    sets_of: Vec<Present>,
    /// Sets whose words may be parts of longer ones.
    parts: Present,
}

impl std::fmt::Debug for Prefilter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prefilter")
            .field("words", &self.sets_of.len())
            .finish_non_exhaustive()
    }
}

impl Prefilter {
    /// The sets of which a word occurs in `text`, in any case. One step a byte.
    pub(super) fn scan(&self, text: &str) -> Present {
        let dfa = &self.automaton;
        let mut present = Present::default();
        let Ok(mut state) = dfa.start_state(Anchored::No) else {
            return Present::ALL;
        };
        for (at, &byte) in text.as_bytes().iter().enumerate() {
            state = dfa.next_state(Anchored::No, state, byte);
            if dfa.is_special(state) && dfa.is_match(state) {
                for i in 0..dfa.match_len(state) {
                    let word = dfa.match_pattern(state, i);
                    let start = at + 1 - dfa.pattern_len(word);
                    let sets = &self.sets_of[word.as_usize()];
                    if is_whole(text.as_bytes(), start, at + 1) {
                        present.add(sets);
                    } else {
                        present.add(&sets.and(&self.parts));
                    }
                }
            }
        }
        present
    }
}

/// Whether no ASCII letter or digit stands beside the bytes `start..end`.
fn is_whole(text: &[u8], start: usize, end: usize) -> bool {
    let apart = |byte: Option<&u8>| !byte.is_some_and(u8::is_ascii_alphanumeric);
    apart(start.checked_sub(1).and_then(|i| text.get(i))) && apart(text.get(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(words: &[&str]) -> Vec<String> {
        words.iter().map(|w| (*w).to_owned()).collect()
    }

    #[test]
    fn sets_are_told_apart_and_equal_ones_are_one() {
        let mut builder = Builder::default();
        let months = builder.add(owned(&["may", "march"]));
        let streets = builder.add(owned(&["way", "march"]));
        assert_eq!(builder.add(owned(&["march", "may"])), months);
        let asks = builder.add_phrases(["how old", "the age"].iter());
        let prefilter = builder.build();
        for (text, expected) in [
            ("MARCHing", [true, true, false]),
            ("on the Way", [false, true, false]),
            ("may be told", [true, false, false]),
            ("an old man", [false, false, true]),
            ("", [false; 3]),
        ] {
            let present = prefilter.scan(text);
            let found = [months, streets, asks].map(|set| present.has(set));
            assert_eq!(found, expected, "{text}");
        }
    }
}
