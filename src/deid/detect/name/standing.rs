//! How a word stands as a name, by itself, before any context is asked.

use crate::deid::lexicon::Classes;

/// What the lexicon makes of a word as a person's name, least likely first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// Grammar or courtesy: never a name.
    Never,
    /// An ordinary word.
    Word,
    /// In no list: a rare name, a misheard one, or a slip of the recogniser.
    Unlisted,
    /// Only in name lists, but rare.
    Rare,
    /// A name that is also a word, a month, a state, a drug: context decides.
    Ambiguous,
    /// A name and hardly anything else.
    Name,
}

/// The standing of a word of `classes`.
pub(crate) fn standing(classes: Classes) -> Standing {
    let (given, family) = (classes.given(), classes.family());
    if classes.any(Classes::STOP) {
        Standing::Never
    } else if classes.is_unlisted() {
        Standing::Unlisted
    } else if classes.any(Classes::CLINICAL) && classes.commonness() == 0 && given >= 4 {
        Standing::Name
    } else if classes.any(OTHER_SENSE) {
        if given >= 4 || family >= 5 {
            Standing::Ambiguous
        } else {
            Standing::Word
        }
    } else if classes.any(Classes::MOSTLY_NAME) {
        Standing::Name
    } else if classes.commonness() == 0 {
        match given.max(family) {
            0 => Standing::Unlisted,
            1 | 2 => Standing::Rare,
            _ => Standing::Name,
        }
    } else if classes.commonness() <= 2 && given.max(family) >= 4 {
        Standing::Name
    } else if classes.commonness() == 1 && given >= 2 {
        Standing::Rare
    } else if given >= 2 || family >= 2 {
        Standing::Ambiguous
    } else {
        Standing::Word
    }
}

/// Lists whose members are seldom persons, even where they are names too.
const OTHER_SENSE: Classes = Classes::CLINICAL
    .with(Classes::DRUG)
    .with(Classes::STATE)
    .with(Classes::COUNTRY)
    .with(Classes::BRAND)
    .with(Classes::FACILITY)
    .with(Classes::CALENDAR);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::lexicon::tests::LEXICON;

    #[track_caller]
    fn check(words: &str, expected: Standing) {
        for word in words.split(' ') {
            assert_eq!(standing(LEXICON.get(word)), expected, "{word}");
        }
    }

    #[test]
    fn words_stand_as_their_lists_say() {
        check("michael nguyen john martha patel's", Standing::Name);
        check(
            "will grace hope mark rose young brown april",
            Standing::Ambiguous,
        );
        check(
            "parkinson's foley crohn's metformin hospital ohio",
            Standing::Word,
        );
        check("the and doctor thanks", Standing::Never);
        check("zqxvar", Standing::Unlisted);
    }
}
