//! The lexicon: what is known of a word in one look-up.
//!
//! Lists lie in `data/`, lower case, as text; `NOTICE` says where each is from
//! and under which terms. Words are looked up by their [`Key`], so that one
//! look at the table settles most.

mod classes;
mod closed;
mod folded;
mod lacking;
pub(crate) mod lists;
mod reading;
mod state;
mod table;

pub(crate) use classes::Classes;
pub(crate) use reading::{Matter, ReadTurn, Reading};

use folded::{american, folded};
use rustc_hash::FxHashMap;
use table::Table;

use super::word::Key;

pub(crate) const GIVEN_NAMES: &str = include_str!("data/given_names.tsv");
pub(crate) const SURNAMES: &str = include_str!("data/surnames.tsv");
pub(crate) const ENGLISH_WORDS: &str = include_str!("data/english_words.tsv");
pub(crate) const CLINICAL_WORDS: &str = include_str!("data/clinical_words.txt");
pub(crate) const DRUGS: &str = include_str!("data/drugs.txt");
pub(crate) const TOWNS: &str = include_str!("data/towns.tsv");

/// Places for the commonest words: two to this power.
const NEAR_BITS: u32 = 13;

/// [`Classes::commonness`] of the commonest words.
const MOST_COMMON: u32 = 7;

/// Compiled word lists: names, English and clinical words, drugs, towns, and
/// the closed classes of grammar.
pub(crate) struct Lexicon {
    /// The commonest words, each at its one place: they are most of what is
    /// said, and lie close together.
    near: Vec<(Key, Classes)>,
    words: Table,
    /// Towns of several words by their first two words; the longest name first.
    towns: FxHashMap<(Key, Key), Vec<Town>>,
    /// A bit for each pair of `towns`, small enough to stay near: most words that
    /// begin a town are followed by another word.
    pairs: Vec<u64>,
}

/// Pairs of words that are told apart by a bit: two to this power.
const PAIR_BITS: u32 = 17;

impl Lexicon {
    /// Compiles the lists that are built into the program.
    #[must_use]
    pub(crate) fn built_in() -> Self {
        let mut lexicon = Self {
            near: vec![(Key::NONE, Classes::NONE); 1 << NEAR_BITS],
            words: Table::new(),
            towns: FxHashMap::default(),
            pairs: vec![0; 1 << (PAIR_BITS - u64::BITS.ilog2())],
        };
        lexicon.add_banded(GIVEN_NAMES, Classes::given_name);
        lexicon.add_banded(SURNAMES, Classes::surname);
        lexicon.add_banded(ENGLISH_WORDS, Classes::english);
        lexicon.add_flagged(CLINICAL_WORDS.lines(), Classes::CLINICAL);
        lexicon.add_flagged(DRUGS.lines(), Classes::DRUG);
        lexicon.add_towns(TOWNS);
        for (words, classes) in closed::CLASSES.iter().chain(lacking::CLASSES) {
            lexicon.add_flagged(words.split_whitespace(), *classes);
        }
        for words in closed::ASKED {
            lexicon.add_flagged(words.iter(), Classes::ASKED);
        }
        lexicon.add_joined_towns(TOWNS);
        lexicon.add_marked(GIVEN_NAMES);
        lexicon.add_marked(SURNAMES);
        lexicon.add_flagged(reading::neighboured(), Classes::NEIGHBOURED);
        lexicon
    }

    /// What is known of `word`, in any case.
    pub(crate) fn get(&self, word: &str) -> Classes {
        self.known(Key::of(word), word)
    }

    /// What is known of `word`, of which `key` is the key.
    pub(crate) fn known(&self, key: Key, word: &str) -> Classes {
        if let Some(classes) = self.listed(key) {
            return classes;
        }
        match possessor(word) {
            Some(stem) => {
                let plain = || folded(stem).and_then(|plain| self.listed(Key::of(&plain)));
                let stem = self
                    .listed(Key::of(stem))
                    .or_else(plain)
                    .unwrap_or_default();
                stem.without(Classes::ENGLISH) | Classes::POSSESSIVE
            }
            None if is_drug_by_stem(word) => Classes::DRUG,
            None => self.respelled(word),
        }
    }

    /// Adds `mark` to what is known of `word`.
    pub(crate) fn mark(&mut self, word: &str, mark: Classes) {
        let classes = self.get(word) | mark;
        *self.words.entry(Key::of(word)) = classes;
    }

    /// Adds `mark` to what is known of `word`, if a list holds it.
    pub(crate) fn mark_listed(&mut self, word: &str, mark: Classes) {
        let key = Key::of(word);
        if self.words.get(key).is_some() {
            *self.words.entry(key) |= mark;
        }
    }

    /// Brings the commonest words near; call it when all are known.
    pub(crate) fn settle(&mut self) {
        let common = |classes: &Classes| {
            (
                classes.any(Classes::STOP),
                classes.commonness() == MOST_COMMON,
            )
        };
        let mut words: Vec<(Key, Classes)> = self.words.iter().collect();
        words.retain(|(_, classes)| common(classes) != (false, false));
        words.sort_unstable_by_key(|(key, classes)| (common(classes), *key));
        for (key, classes) in words {
            self.near[key.slot(NEAR_BITS)] = (key, classes);
        }
    }

    /// What is known of `word`, which no list holds, without the marks on its letters, or
    /// as America spells the words of medicine.
    fn respelled(&self, word: &str) -> Classes {
        match (folded(word), american(word)) {
            (Some(plain), _) => self.get(&plain),
            (_, Some(plain)) => self.clinical(&plain),
            _ => Classes::NONE,
        }
    }

    /// What is known of `word` where it is one of medicine.
    fn clinical(&self, word: &str) -> Classes {
        let classes = self.listed(Key::of(word)).unwrap_or_default();
        let known = classes.any(Classes::CLINICAL | Classes::DRUG);
        if known { classes } else { Classes::NONE }
    }

    fn listed(&self, key: Key) -> Option<Classes> {
        let (near, classes) = self.near[key.slot(NEAR_BITS)];
        if near == key && key != Key::NONE {
            return Some(classes);
        }
        self.words.get(key)
    }

    /// The towns whose names begin with the words `first` and `second`; the
    /// longest name first. The first word of each has [`Classes::TOWN_START`].
    pub(crate) fn towns_from(&self, first: Key, second: Key) -> &[Town] {
        let bit = first.pair_slot(second, PAIR_BITS);
        if self.pairs[bit / 64] >> (bit % 64) & 1 == 0 {
            return &[];
        }
        self.towns.get(&(first, second)).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, word: &'static str, classes: Classes) {
        *self.words.entry(Key::of(word)) |= classes;
    }

    fn add_flagged(&mut self, words: impl Iterator<Item = &'static str>, classes: Classes) {
        words.for_each(|word| self.add(word, classes));
    }

    fn add_banded(&mut self, list: &'static str, classes: impl Fn(u8) -> Classes) {
        for (word, band) in banded(list) {
            self.add(word, classes(band));
        }
    }

    /// What is known of the names of `list` without the marks on their letters is true of
    /// them.
    fn add_marked(&mut self, list: &'static str) {
        for (name, _) in banded(list).filter(|(name, _)| !name.is_ascii()) {
            if let Some(plain) = folded(name) {
                let classes = self.get(&plain);
                self.add(name, classes);
            }
        }
    }

    fn add_towns(&mut self, list: &'static str) {
        for (name, size) in banded(list) {
            let mut spaces = name.match_indices(' ').map(|(at, _)| at);
            let Some(first_end) = spaces.next() else {
                self.add(name, Classes::town(size));
                continue;
            };
            let pair_end = spaces.next().unwrap_or(name.len());
            let rest = name[pair_end..].trim_start();
            self.add(&name[..first_end], Classes::TOWN_START);
            let first = Key::of(&name[..first_end]);
            let second = Key::of(&name[first_end + 1..pair_end]);
            let bit = first.pair_slot(second, PAIR_BITS);
            self.pairs[bit / 64] |= 1 << (bit % 64);
            let towns = self.towns.entry((first, second));
            let towns = towns.or_default();
            towns.push(Town { rest, size });
        }
        for towns in self.towns.values_mut() {
            towns.sort_unstable_by_key(|town| std::cmp::Reverse(town.rest.len()));
        }
    }

    /// Large towns of several words as they are written in haste, in one word, which
    /// no other list holds: `losangeles`.
    fn add_joined_towns(&mut self, list: &'static str) {
        for (name, size) in banded(list) {
            if size < LARGE_ENOUGH || !name.contains(' ') {
                continue;
            }
            let joined = name.replace(' ', "");
            if joined.len() >= LONG_ENOUGH && self.listed(Key::of(&joined)).is_none() {
                *self.words.entry(Key::of(&joined)) = Classes::town(size);
            }
        }
    }
}

/// Fewest letters, and least size, of a town that is written in one word.
const LONG_ENOUGH: usize = 6;
const LARGE_ENOUGH: u8 = 3;

/// A town of several words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Town {
    /// What comes after the first two words, parted by single spaces.
    pub(crate) rest: &'static str,
    /// 1 (small, in the United States) to 4 (a million).
    pub(crate) size: u8,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lexicon")
            .field("words", &self.words.iter().count())
            .finish_non_exhaustive()
    }
}

/// What `word`, one of [`Classes::ASKED`], asks for: an index below 16.
pub(crate) fn asked(word: Key) -> Option<usize> {
    closed::ASKED.iter().position(|words| words.has(word))
}

/// Lines of a list: a word, a tab and a number.
fn banded(list: &'static str) -> impl Iterator<Item = (&'static str, u8)> {
    list.lines().filter_map(|line| {
        let (word, band) = line.split_once('\t')?;
        Some((word, band.parse().ok()?))
    })
}

/// Whether a word on no list ends as nonproprietary names of drugs do: newer
/// ones are on no list either.
fn is_drug_by_stem(word: &str) -> bool {
    const STEMS: &[&str] = &[
        "azole",
        "oxacin",
        "sartan",
        "april",
        "opril",
        "olol",
        "statin",
        "gliptin",
        "gliflozin",
        "glutide",
        "tinib",
        "ciclib",
        "zumab",
        "ximab",
        "umab",
        "amab",
        "cillin",
        "mycin",
        "cycline",
        "azepam",
        "azolam",
        "barbital",
        "dronate",
        "tidine",
        "triptan",
        "setron",
        "dipine",
        "parin",
        "xaban",
        "gatran",
        "grel",
        "navir",
        "buvir",
        "tegravir",
        "ciclovir",
        "cyclovir",
        "profen",
        "coxib",
        "glitazone",
        "thiazide",
        "semide",
        "terol",
        "tropium",
        "lukast",
        "oxetine",
        "peridone",
        "idone",
        "apine",
        "racetam",
        "gabalin",
        "afil",
        "steride",
        "trexate",
        "platin",
        "rubicin",
        "taxel",
        "fungin",
        "conazole",
        "nidazole",
        "quine",
        "asone",
        "solone",
        "lamide",
    ];
    const SHORTEST: usize = 8;
    word.len() >= SHORTEST && STEMS.iter().any(|stem| word.ends_with(stem))
}

/// `logan` of `logan's`.
fn possessor(word: &str) -> Option<&str> {
    word.strip_suffix("'s")
        .or_else(|| word.strip_suffix("\u{2019}s"))
        .filter(|stem| !stem.is_empty())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::sync::{Arc, LazyLock};

    /// One lexicon for all tests of the crate: it takes a moment to compile.
    pub(crate) static LEXICON: LazyLock<Arc<Lexicon>> =
        LazyLock::new(|| Arc::new(crate::deid::detect::lexicon()));

    #[test]
    fn a_word_carries_every_list_that_holds_it() {
        let grace = LEXICON.get("grace");
        assert!(grace.given() >= 4 && grace.family() >= 1 && grace.commonness() >= 5);
        assert!(LEXICON.get("metformin").any(Classes::DRUG));
        assert!(LEXICON.get("ohio").any(Classes::STATE));
        assert!(LEXICON.get("mexican").any(Classes::COUNTRY));
        assert!(LEXICON.get("qzxv").is_unlisted());
    }

    #[test]
    fn a_possessive_is_looked_up_by_its_stem_unless_listed_itself() {
        let c = LEXICON.get("michael's");
        assert!(c.given() == 5 && c.any(Classes::POSSESSIVE));
        assert!(LEXICON.get("parkinson's").any(Classes::CLINICAL));
        assert!(!LEXICON.get("parkinson's").any(Classes::POSSESSIVE));
    }

    #[test]
    fn towns_of_several_words_come_longest_first() {
        assert!(LEXICON.get("salt").any(Classes::TOWN_START));
        let salt_lake = LEXICON.towns_from(Key::of("salt"), Key::of("lake"));
        assert!(salt_lake.iter().any(|town| town.rest == "city"));
        assert!(
            LEXICON
                .towns_from(Key::of("new"), Key::of("york"))
                .iter()
                .any(|town| town.rest.is_empty())
        );
        for towns in LEXICON.towns.values() {
            assert!(towns.is_sorted_by_key(|town| std::cmp::Reverse(town.rest.len())));
        }
    }

    #[test]
    fn large_towns_are_known_in_one_word_too_unless_it_is_another() {
        assert!(LEXICON.get("losangeles").town_size() >= 3);
        assert!(LEXICON.get("kansascity").town_size() >= 3);
        assert!(LEXICON.get("samson").town_size() < 3);
        assert!(LEXICON.get("hollygrove").is_unlisted());
    }

    #[test]
    fn near_words_are_known_as_the_others() {
        let near = LEXICON.near.iter().filter(|(key, _)| *key != Key::NONE);
        assert!(near.clone().count() > (1 << NEAR_BITS) / 4);
        for (key, classes) in near {
            assert_eq!(LEXICON.words.get(*key), Some(*classes));
        }
    }

    #[test]
    fn every_line_of_every_list_is_read() {
        for list in [GIVEN_NAMES, SURNAMES, ENGLISH_WORDS, TOWNS] {
            assert_eq!(banded(list).count(), list.lines().count());
        }
    }
}
