//! The lists themselves, for the trainer to draw from.

use std::sync::LazyLock;

use super::{
    CLINICAL_WORDS, Classes, DRUGS, ENGLISH_WORDS, GIVEN_NAMES, Lexicon, SURNAMES, TOWNS, banded,
    closed,
};
use crate::deid::detect::name::{Standing, standing};

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::built_in);

/// Names by what the trainer draws them for.
struct Names {
    frequent: Vec<&'static str>,
    all: Vec<&'static str>,
    ambiguous: Vec<&'static str>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let listed = || banded(GIVEN_NAMES).chain(banded(SURNAMES));
    let is_ambiguous = |name: &str| standing(LEXICON.get(name)) == Standing::Ambiguous;
    Names {
        frequent: listed()
            .filter(|(_, band)| *band >= 4)
            .map(|(name, _)| name)
            .collect(),
        all: listed().map(|(name, _)| name).collect(),
        ambiguous: listed()
            .filter(|(name, band)| *band >= 3 && is_ambiguous(name))
            .map(|(name, _)| name)
            .collect(),
    }
});

/// Frequent given names and surnames.
pub(crate) fn frequent_names() -> &'static [&'static str] {
    &NAMES.frequent
}

/// Given names and surnames, rare ones included.
pub(crate) fn names() -> &'static [&'static str] {
    &NAMES.all
}

/// Names that are words, months, places or drugs too.
pub(crate) fn ambiguous_names() -> &'static [&'static str] {
    &NAMES.ambiguous
}

/// Towns, of one or several words.
pub(crate) fn towns() -> &'static [&'static str] {
    static ALL: LazyLock<Vec<&'static str>> =
        LazyLock::new(|| banded(TOWNS).map(|(name, _)| name).collect());
    &ALL
}

/// Whether `word` is one of grammar, a title or a particle of names.
pub(crate) fn is_grammar(word: &str) -> bool {
    LEXICON
        .get(word)
        .any(Classes::STOP | Classes::TITLE | Classes::PARTICLE)
}

/// Drugs, brand and generic, that are one word.
pub(crate) fn drugs() -> &'static [&'static str] {
    static ALL: LazyLock<Vec<&'static str>> = LazyLock::new(|| DRUGS.lines().collect());
    &ALL
}

/// Common words of English.
pub(crate) fn common_words() -> &'static [&'static str] {
    static ALL: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        let common = banded(ENGLISH_WORDS).filter(|(_, level)| *level <= 40);
        common
            .map(|(word, _)| word)
            .filter(|word| word.len() > 2)
            .collect()
    });
    &ALL
}

/// Words of diseases and tests that are surnames too.
pub(crate) fn eponyms() -> &'static [&'static str] {
    static ALL: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        let clinical = CLINICAL_WORDS
            .lines()
            .chain(closed::EPONYMS.split_whitespace());
        let is_surname = |word: &&str| {
            let stem = word.strip_suffix("'s").unwrap_or(word);
            word.ends_with("'s")
                || LEXICON.get(stem).family() >= 1 && LEXICON.get(stem).commonness() == 0
        };
        clinical.filter(is_surname).collect()
    });
    &ALL
}

/// What a word that is nobody's name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Thing {
    /// A drug.
    Drug,
    /// An ordinary word, neither grammar nor among the commonest.
    Word,
}

/// What `word` stands for, where it is nobody's name.
pub(crate) fn thing(word: &str) -> Option<Thing> {
    let classes = LEXICON.get(word);
    let other = Classes::STATE
        .with(Classes::COUNTRY)
        .with(Classes::TITLE)
        .with(Classes::KIN)
        .with(Classes::CALENDAR)
        .with(Classes::REQUEST)
        .with(Classes::FACILITY);
    if standing(classes) != Standing::Word || classes.any(other) {
        None
    } else if classes.any(Classes::DRUG) {
        (classes.commonness() < 3).then_some(Thing::Drug)
    } else {
        (2..=5)
            .contains(&classes.commonness())
            .then_some(Thing::Word)
    }
}
