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

    fn add_set(&mut self, set: Set) {
        self.0[usize::from(set.0) / 64] |= 1 << (set.0 % 64);
    }
}

/// Sets of words that are to be looked for.
#[derive(Debug, Default)]
pub(super) struct Builder {
    sets: Vec<Vec<String>>,
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
        Prefilter { automaton, sets_of }
    }
}

/// Sets of words, compiled.
pub(super) struct Prefilter {
    automaton: DFA,
    /// The sets of each word of the automaton.
    sets_of: Vec<Present>,
}

impl std::fmt::Debug for Prefilter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prefilter")
            .field("words", &self.sets_of.len())
            .finish_non_exhaustive()
    }
}

impl Prefilter {
    /// The sets of which a word occurs in `text`, in any case, inside longer
    /// words too; a space in a word stands for any white space. One step a byte.
    pub(super) fn scan(&self, text: &str) -> Present {
        let dfa = &self.automaton;
        let mut present = Present::default();
        let Ok(mut state) = dfa.start_state(Anchored::No) else {
            return Present::ALL;
        };
        if !text.is_ascii() && text.chars().any(|c| !c.is_ascii() && c.is_whitespace()) {
            return Present::ALL;
        }
        for &byte in text.as_bytes() {
            let byte = if matches!(byte, b'\t'..=b'\r') {
                b' '
            } else {
                byte
            };
            state = dfa.next_state(Anchored::No, state, byte);
            if dfa.is_special(state) && dfa.is_match(state) {
                for i in 0..dfa.match_len(state) {
                    let word = dfa.match_pattern(state, i);
                    present.add(&self.sets_of[word.as_usize()]);
                }
            }
        }
        present
    }
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
        let prefilter = builder.build();
        for (text, expected) in [
            ("MARCHing", [true, true]),
            ("on the Way", [false, true]),
            ("may be told", [true, false]),
            ("", [false; 2]),
            ("a\tway\nb", [false, true]),
            ("a\u{a0}b", [true, true]),
        ] {
            let present = prefilter.scan(text);
            let found = [months, streets].map(|set| present.has(set));
            assert_eq!(found, expected, "{text}");
        }
    }
}
