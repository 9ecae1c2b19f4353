//! What the second look knows of a word, by one look-up: the lists it is in,
//! and the number that it stands for.

use std::sync::LazyLock;

use super::super::language::table::{PackedWord, WordTable};
use super::{lists, vocabulary};

/// The lists that a word is in, as bits.
pub(super) mod class {
    /// A frequent given name.
    pub(in super::super) const GIVEN: u32 = 1;
    /// A town.
    pub(in super::super) const TOWN: u32 = 1 << 1;
    /// A street word.
    pub(in super::super) const STREET: u32 = 1 << 2;
    /// A cue for a number.
    pub(in super::super) const CUE: u32 = 1 << 3;
    /// A number word, an ordinal, or a word that makes up a number.
    pub(in super::super) const NUMBER: u32 = 1 << 4;
    /// `a`, which begins `a hundred`.
    pub(in super::super) const ARTICLE: u32 = 1 << 5;
    /// What people put around an answer: `okay`, `thanks`, `it's`.
    pub(in super::super) const SMALL: u32 = 1 << 6;
    /// A hesitation.
    pub(in super::super) const FILLER: u32 = 1 << 7;
    /// What else may stand in an answer: `the`, the endings of ordinals.
    pub(in super::super) const ENDING: u32 = 1 << 8;
    /// A word with which a rule for names begins.
    pub(in super::super) const LEAD: u32 = 1 << 9;
    /// A word after which people say whom they speak to.
    pub(in super::super) const GREETING: u32 = 1 << 10;
    /// A word with which a rule for places begins.
    pub(in super::super) const SCENE: u32 = 1 << 11;
    /// A word with which a rule for electronic addresses begins.
    pub(in super::super) const NET: u32 = 1 << 12;
    /// A month, whole or shortened.
    pub(in super::super) const MONTH: u32 = 1 << 13;
    /// A unit or a counted thing.
    pub(in super::super) const UNIT: u32 = 1 << 14;
    /// An ordinary word.
    pub(in super::super) const ORDINARY: u32 = 1 << 15;
    /// An acronym.
    pub(in super::super) const ACRONYM: u32 = 1 << 16;
    /// A thing, a short form or an eponym that no dictionary has.
    pub(in super::super) const THING: u32 = 1 << 17;
    /// The word `name`.
    pub(in super::super) const NAME: u32 = 1 << 18;
    /// A word that is a name too: `mark`, `grace`.
    pub(in super::super) const DOUBLE: u32 = 1 << 19;
    /// An ordinary word that is neither small nor a hesitation.
    pub(in super::super) const CONTENT: u32 = 1 << 31;
    /// A word that asks for a date.
    pub(in super::super) const WHEN: u32 = 1 << 26;
    /// Something that happens to a person on a date.
    pub(in super::super) const EVENT: u32 = 1 << 27;
    /// A word that asks for an age, for an e-mail address or for another name
    /// of an account.
    pub(in super::super) const ASKS: u32 = 1 << 28;
    /// A word that asks for what only its owner knows.
    pub(in super::super) const SECRET: u32 = 1 << 29;
    /// A word after which a name may stand.
    pub(in super::super) const BEFORE: u32 = 1 << 30;
}

/// Above the first classes, six bits: which number a word is, from 1; those of
/// [`lists::SPOKEN`], then those of [`lists::ORDINALS`], then the thirtieth.
const PLACE_AT: u32 = 20;
const PLACE_BITS: u32 = 63;

/// All lists, as one table.
pub(super) struct Words(WordTable);

/// The table, for many look-ups.
#[inline]
pub(super) fn table() -> &'static Words {
    &WORDS
}

impl Words {
    /// What is known of `word`, in lower case.
    #[inline]
    pub(super) fn info(&self, word: &[u8]) -> Info {
        Info(self.0.get(word))
    }

    /// [`Words::info`] of a packed word.
    #[inline]
    pub(super) fn info_packed(&self, word: PackedWord) -> Info {
        Info(self.0.get_packed(word))
    }
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let lists: [(&[&str], u32); 24] = [
        (lists::GIVEN, class::GIVEN),
        (lists::TOWNS, class::TOWN),
        (lists::STREETS, class::STREET),
        (lists::CUES, class::CUE),
        (lists::NUMBERS, class::NUMBER),
        (&["a"], class::ARTICLE),
        (lists::SMALL, class::SMALL),
        (lists::FILLERS, class::FILLER),
        (lists::ENDINGS, class::ENDING),
        (lists::LEADS, class::LEAD),
        (lists::DOUBLES, class::DOUBLE),
        (lists::BEFORE, class::BEFORE),
        (lists::WHEN, class::WHEN),
        (lists::EVENTS, class::EVENT),
        (lists::ASKS, class::ASKS),
        (lists::SECRETS, class::SECRET),
        (lists::GREETS, class::GREETING),
        (lists::SCENES, class::SCENE),
        (lists::NET, class::NET),
        (lists::MONTHS, class::MONTH),
        (lists::UNITS, class::UNIT),
        (lists::ORDINARY, class::ORDINARY),
        (lists::ACRONYMS, class::ACRONYM),
        (&["name"], class::NAME),
    ];
    let listed = lists.into_iter().flat_map(|(lines, class)| {
        let words = lines.iter().flat_map(|line| line.split_whitespace());
        words.map(move |word| (word, class))
    });
    let names = vocabulary::names().map(|word| (word, class::GIVEN));
    let towns = vocabulary::towns().map(|word| (word, class::TOWN));
    let things = vocabulary::things().map(|word| (word, class::THING));
    let is_small = |word: &str| {
        let mut small = lists::SMALL.iter().chain(lists::FILLERS);
        small.any(|line| line.split_whitespace().any(|w| w == word))
    };
    let content = [lists::ORDINARY, lists::UNITS].into_iter().flatten();
    let content = content.flat_map(|line| line.split_whitespace());
    let content = content
        .filter(|word| !is_small(word))
        .map(|word| (word, class::CONTENT));
    let listed = listed.chain(content);
    let entries = listed.chain(names).chain(towns).chain(things);
    let all = WordTable::new(entries.chain(numbers()), |before, new| before | new);
    let frequent = [lists::FILLERS, lists::SMALL, lists::ORDINARY];
    let frequent = frequent.into_iter().flatten();
    Words(all.bring_near(frequent.flat_map(|line| line.split_whitespace())))
});

/// Every word that [`spoken`] or [`ordinal`] reads.
fn numbers() -> impl Iterator<Item = (&'static str, u32)> + Clone {
    let words = lists::SPOKEN
        .into_iter()
        .chain(lists::ORDINALS)
        .chain(["thirtieth"]);
    (1..).zip(words).flat_map(|(place, words)| {
        let words = words.split_whitespace();
        words.map(move |word| (word, class::NUMBER | place << PLACE_AT))
    })
}

/// What one look-up tells of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Info(u32);

impl Info {
    /// What is known of `word`, in lower case.
    #[inline]
    pub(super) fn of(word: &str) -> Self {
        WORDS.info(word.as_bytes())
    }

    /// Whether the word is in any list of `classes`.
    #[inline]
    pub(super) const fn is(self, classes: u32) -> bool {
        self.0 & classes != 0
    }

    /// What this one and `other` tell, together.
    #[inline]
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What number the word stands for.
    #[inline]
    pub(super) const fn spoken(self) -> Option<Spoken> {
        Spoken::from_place(self.place())
    }

    /// What day of a month the word stands for: `fourteenth`; for the second
    /// half of `twenty first` it gives the unit.
    #[inline]
    pub(super) const fn ordinal(self) -> Option<u8> {
        const FIRST: u8 = lists::SPOKEN.len() as u8 + 1;
        const THIRTIETH: u8 = FIRST + lists::ORDINALS.len() as u8;
        match self.place() {
            THIRTIETH => Some(30),
            place @ FIRST.. => Some(place - FIRST + 1),
            _ => None,
        }
    }

    #[inline]
    const fn place(self) -> u8 {
        (self.0 >> PLACE_AT & PLACE_BITS) as u8
    }
}

/// Digits that a number word stands for, as people read numbers out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spoken {
    /// zero to nine, `oh`.
    Digit(u8),
    /// ten to nineteen.
    Teen(u8),
    /// twenty, thirty … ninety.
    Tens(u8),
    /// double, triple: the next digit again.
    Repeat(u8),
}

impl Spoken {
    /// The number at `place` of [`lists::SPOKEN`], from 1.
    #[inline]
    const fn from_place(place: u8) -> Option<Self> {
        match place {
            1..=10 => Some(Self::Digit(place - 1)),
            11..=20 => Some(Self::Teen(place - 1)),
            21..=28 => Some(Self::Tens((place - 19) * 10)),
            29 | 30 => Some(Self::Repeat(place - 27)),
            _ => None,
        }
    }
}

pub(super) fn is_acronym(letters: &str) -> bool {
    Info::of(letters).is(class::ACRONYM)
}

/// Whether `word` is a brand or another thing that is known by its name.
pub(super) fn is_thing(word: &str) -> bool {
    Info::of(word).is(class::THING)
}

/// [`is_acronym`] of letters by themselves.
pub(super) fn is_acronym_of(letters: &[u8]) -> bool {
    WORDS.info(letters).is(class::ACRONYM)
}

/// Whether `word` ends as English builds words from others.
pub(super) fn ends_ordinarily(word: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        "ing", "ed", "ly", "gram", "graphy", "tion", "sion", "ness", "ment", "able", "ous", "ful",
        "ology", "ity",
    ];
    word.len() > 5 && ENDINGS.iter().any(|e| word.ends_with(e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_words_and_ordinals_are_read() {
        let spoken = |word| Info::of(word).spoken();
        assert_eq!(spoken("oh"), Some(Spoken::Digit(0)));
        assert_eq!(spoken("niner"), Some(Spoken::Digit(9)));
        assert_eq!(spoken("nineteen"), Some(Spoken::Teen(19)));
        assert_eq!(spoken("ninety"), Some(Spoken::Tens(90)));
        assert_eq!(spoken("treble"), Some(Spoken::Repeat(3)));
        assert_eq!(spoken("ought"), None);
        let ordinal = |word| Info::of(word).ordinal();
        assert_eq!(ordinal("fourteenth"), Some(14));
        assert_eq!(ordinal("thirtieth"), Some(30));
        assert_eq!(ordinal("fourteen"), None);
    }

    #[test]
    fn every_number_word_has_its_class() {
        for word in [
            "oh",
            "twenty",
            "triple",
            "thirtieth",
            "fourteenth",
            "hundred",
        ] {
            assert!(Info::of(word).is(class::NUMBER), "{word}");
        }
        assert_eq!(Info::of("metformin"), Info::default());
    }

    #[test]
    fn a_given_name_is_never_an_ordinary_word() {
        let names = lists::GIVEN.iter().flat_map(|l| l.split_whitespace());
        let both: Vec<_> = names.filter(|w| Info::of(w).is(class::ORDINARY)).collect();
        assert!(both.is_empty(), "{both:?}");
    }
}
