//! The lexicon: what is known of a word in one look-up.
//!
//! Lists lie in `data/`, lower case, as text; `NOTICE` says where each is from
//! and under which terms. A word of eight bytes or fewer, as most are, is its
//! own key, so that one look at the table settles it; longer keys borrow from
//! the program's own image.

mod classes;
mod closed;
pub(crate) mod lists;
mod reading;

pub(crate) use classes::Classes;
pub(crate) use reading::{ReadTurn, Reading};

use std::borrow::Cow;

use rustc_hash::{FxBuildHasher, FxHashMap};

pub(crate) const GIVEN_NAMES: &str = include_str!("data/given_names.tsv");
pub(crate) const SURNAMES: &str = include_str!("data/surnames.tsv");
pub(crate) const ENGLISH_WORDS: &str = include_str!("data/english_words.tsv");
pub(crate) const CLINICAL_WORDS: &str = include_str!("data/clinical_words.txt");
pub(crate) const DRUGS: &str = include_str!("data/drugs.txt");
pub(crate) const TOWNS: &str = include_str!("data/towns.tsv");

/// Places for the commonest words: a power of two.
const NEAR: usize = 8192;

/// [`Classes::commonness`] of the commonest words.
const MOST_COMMON: u32 = 7;

/// Where the word `key` lies among the commonest.
const fn place(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - NEAR.trailing_zeros())) as usize
}

/// Room for every list, so that no table is grown while it is filled.
const CAPACITY: usize = 229_376;

/// Compiled word lists: names, English and clinical words, drugs, towns, and
/// the closed classes of grammar.
pub(crate) struct Lexicon {
    /// The commonest words of at most eight bytes, each at its one place: they
    /// are most of what is said, and lie close together.
    near: Vec<(u64, Classes)>,
    /// Words of at most eight bytes, by [`packed`].
    short: FxHashMap<u64, Classes>,
    long: FxHashMap<Cow<'static, str>, Classes>,
    /// Towns of several words by their first two words, parted by a space; the
    /// longest name first.
    towns: FxHashMap<&'static str, Vec<Town>>,
}

impl Lexicon {
    /// Compiles the lists that are built into the program.
    #[must_use]
    pub(crate) fn built_in() -> Self {
        let mut lexicon = Self {
            near: vec![(0, Classes::NONE); NEAR],
            short: FxHashMap::with_capacity_and_hasher(CAPACITY, FxBuildHasher),
            long: FxHashMap::with_capacity_and_hasher(CAPACITY, FxBuildHasher),
            towns: FxHashMap::default(),
        };
        lexicon.add_banded(GIVEN_NAMES, Classes::given_name);
        lexicon.add_banded(SURNAMES, Classes::surname);
        lexicon.add_banded(ENGLISH_WORDS, Classes::english);
        lexicon.add_flagged(CLINICAL_WORDS.lines(), Classes::CLINICAL);
        lexicon.add_flagged(DRUGS.lines(), Classes::DRUG);
        lexicon.add_towns(TOWNS);
        for (words, classes) in closed::CLASSES {
            lexicon.add_flagged(words.split_whitespace(), *classes);
        }
        for words in closed::ASKED {
            lexicon.add_flagged(words.split_whitespace(), Classes::ASKED);
        }
        lexicon
    }

    /// What is known of `word`, which is in lower case; typographic and plain
    /// apostrophes are one.
    pub(crate) fn get(&self, word: &str) -> Classes {
        if let Some(classes) = self.listed(word) {
            return classes;
        }
        if word.contains('\u{2019}') {
            return self.get(&word.replace('\u{2019}', "'"));
        }
        match possessor(word) {
            Some(stem) => self.listed(stem).unwrap_or_default() | Classes::POSSESSIVE,
            None if is_drug_by_stem(word) => Classes::DRUG,
            None => Classes::NONE,
        }
    }

    /// Adds `mark` to what is known of `word`, which is in lower case.
    pub(crate) fn mark(&mut self, word: &str, mark: Classes) {
        let classes = self.get(word) | mark;
        match packed(word) {
            Some(key) => self.short.insert(key, classes),
            None => self.long.insert(Cow::Owned(word.to_owned()), classes),
        };
    }

    /// Brings the commonest words near; call it when all are known.
    pub(crate) fn settle(&mut self) {
        let common = |classes: &Classes| {
            (
                classes.any(Classes::STOP),
                classes.commonness() == MOST_COMMON,
            )
        };
        let mut words: Vec<(u64, Classes)> = self.short.iter().map(|(k, c)| (*k, *c)).collect();
        words.retain(|(_, classes)| common(classes) != (false, false));
        words.sort_unstable_by_key(|(key, classes)| (common(classes), *key));
        for (key, classes) in words {
            self.near[place(key)] = (key, classes);
        }
    }

    fn listed(&self, word: &str) -> Option<Classes> {
        match packed(word) {
            Some(key) => {
                let (near, classes) = self.near[place(key)];
                if near == key && key != 0 {
                    return Some(classes);
                }
                self.short.get(&key).copied()
            }
            None => self.long.get(word).copied(),
        }
    }

    /// The towns whose names begin with the two words of `pair`, parted by a
    /// space; the longest name first. The first word of each has
    /// [`Classes::TOWN_START`].
    pub(crate) fn towns_from(&self, pair: &str) -> &[Town] {
        self.towns.get(pair).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, word: &'static str, classes: Classes) {
        let entry = match packed(word) {
            Some(key) => self.short.entry(key).or_default(),
            None => self.long.entry(Cow::Borrowed(word)).or_default(),
        };
        *entry |= classes;
    }

    fn add_flagged(&mut self, words: impl Iterator<Item = &'static str>, classes: Classes) {
        words.for_each(|word| self.add(word, classes));
    }

    fn add_banded(&mut self, list: &'static str, classes: impl Fn(u8) -> Classes) {
        for (word, band) in banded(list) {
            self.add(word, classes(band));
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
            let towns = self.towns.entry(&name[..pair_end]).or_default();
            towns.push(Town { rest, size });
        }
        for towns in self.towns.values_mut() {
            towns.sort_unstable_by_key(|town| std::cmp::Reverse(town.rest.len()));
        }
    }
}

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
            .field("words", &(self.short.len() + self.long.len()))
            .finish_non_exhaustive()
    }
}

/// The bytes of `word` in one number, where they fit. No word holds a zero
/// byte, save what nothing lists.
fn packed(word: &str) -> Option<u64> {
    let fits = word.len() <= size_of::<u64>();
    fits.then(|| word.bytes().fold(0, |key, byte| key << 8 | u64::from(byte)))
}

/// What `word`, one of [`Classes::ASKED`], asks for: an index below 16.
pub(crate) fn asked(word: &str) -> Option<usize> {
    let mut lists = closed::ASKED.iter();
    lists.position(|words| words.split(' ').any(|w| w == word))
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
        let salt_lake = LEXICON.towns_from("salt lake");
        assert!(salt_lake.iter().any(|town| town.rest == "city"));
        assert!(
            LEXICON
                .towns_from("new york")
                .iter()
                .any(|town| town.rest.is_empty())
        );
        for towns in LEXICON.towns.values() {
            assert!(towns.is_sorted_by_key(|town| std::cmp::Reverse(town.rest.len())));
        }
    }

    #[test]
    fn near_words_are_known_as_the_others() {
        let near = LEXICON.near.iter().filter(|(key, _)| *key != 0);
        assert!(near.clone().count() > NEAR / 4);
        for (key, classes) in near {
            assert_eq!(LEXICON.short.get(key), Some(classes));
        }
    }

    #[test]
    fn every_line_of_every_list_is_read() {
        for list in [GIVEN_NAMES, SURNAMES, ENGLISH_WORDS, TOWNS] {
            assert_eq!(banded(list).count(), list.lines().count());
        }
        let (short, long) = (LEXICON.short.len(), LEXICON.long.len());
        assert!(short.max(long) <= CAPACITY, "{short} {long}");
    }
}
