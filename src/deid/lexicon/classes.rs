//! What a dictionary knows of one word: a bit-set with three small scales.

use std::ops::{BitOr, BitOrAssign};

/// Everything that the lexicon says of a word, in 64 bits: how frequent it is
/// as a given name and as a surname, how common as an English word, and which
/// closed or open lists hold it. A word that no list holds is [`Classes::NONE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Classes(u64);

const GIVEN: u32 = 0;
const SURNAME: u32 = 3;
const WORD: u32 = 6;
const TOWN: u32 = 10;
const SCALE: u64 = 0b111;
const FLAGS: u32 = 13;
/// Marks that detectors give to the words of their own phrases.
const MARKS: u32 = 32;

impl Classes {
    /// No list holds the word.
    pub(crate) const NONE: Self = Self(0);
    /// A word of the clinical vocabulary (ICD-10-CM), eponyms among them.
    pub(crate) const CLINICAL: Self = Self(1 << FLAGS);
    /// A drug, brand or generic.
    pub(crate) const DRUG: Self = Self(1 << (FLAGS + 1));
    /// Begins the name of a town of several words.
    pub(crate) const TOWN_START: Self = Self(1 << (FLAGS + 2));
    /// A state or territory of the United States, or its postal code.
    pub(crate) const STATE: Self = Self(1 << (FLAGS + 3));
    /// A country, nationality or language: may stay.
    pub(crate) const COUNTRY: Self = Self(1 << (FLAGS + 4));
    /// A title that a surname follows: `dr`, `mrs`.
    pub(crate) const TITLE: Self = Self(1 << (FLAGS + 5));
    /// A word of kinship: `husband`, `daughter`.
    pub(crate) const KIN: Self = Self(1 << (FLAGS + 6));
    /// A word of grammar, courtesy or filling, which is not a name even
    /// where a name is expected.
    pub(crate) const STOP: Self = Self(1 << (FLAGS + 7));
    /// A month or a day of the week.
    pub(crate) const CALENDAR: Self = Self(1 << (FLAGS + 8));
    /// Begins a cue: the cue table is asked only for these.
    pub(crate) const CUE_START: Self = Self(1 << (FLAGS + 9));
    /// A kind of facility: `hospital`, `clinic`.
    pub(crate) const FACILITY: Self = Self(1 << (FLAGS + 10));
    /// A short form that joins the parts of a name: `de`, `van`, `bin`.
    pub(crate) const PARTICLE: Self = Self(1 << (FLAGS + 11));
    /// A word used as a name far more often than as the word: `john`, `molly`.
    pub(crate) const MOSTLY_NAME: Self = Self(1 << (FLAGS + 12));
    /// A company, product or test whose name is not a person's.
    pub(crate) const BRAND: Self = Self(1 << (FLAGS + 13));
    /// Begins a cue of an employer: `work`, `company`.
    pub(crate) const EMPLOYER_CUE: Self = Self(1 << (FLAGS + 15));
    /// Ends the name of a kind of facility: `center`, `care`.
    pub(crate) const FACILITY_END: Self = Self(1 << (FLAGS + 16));
    /// May ask for a name: `name`, `who`, `spell`.
    pub(crate) const REQUEST: Self = Self(1 << (FLAGS + 17));
    /// Says what a question asks for: `zip`, `dob`.
    pub(crate) const ASKED: Self = Self(1 << (FLAGS + 18));
    /// The token carried a possessive `'s`, taken off before the look-up.
    pub(crate) const POSSESSIVE: Self = Self(1 << (FLAGS + 14));

    /// A word of what announces an identifier: the cues are looked for only
    /// beside these.
    pub(crate) const CUE: Self = Self(1 << MARKS);
    /// Digits, letters and marks as they are said: a turn without one says
    /// nothing that would be written otherwise.
    pub(crate) const SAID: Self = Self(1 << (MARKS + 1));
    /// A word of a question for an age or a year of birth.
    pub(crate) const ASKS_AGE: Self = Self(1 << (MARKS + 2));
    /// A word of an age over 89.
    pub(crate) const AGED: Self = Self(1 << (MARKS + 3));
    /// A word of a question for a time of the day.
    pub(crate) const ASKS_TIME: Self = Self(1 << (MARKS + 4));
    /// An hour, as it is said.
    pub(crate) const HOUR: Self = Self(1 << (MARKS + 5));
    /// A word of a question for an address, of streets or of the net.
    pub(crate) const ASKS_ADDRESS: Self = Self(1 << (MARKS + 6));
    /// A word of what a name on the net is called.
    pub(crate) const HANDLE: Self = Self(1 << (MARKS + 7));
    /// A word of a question for a day.
    pub(crate) const ASKS_DAY: Self = Self(1 << (MARKS + 8));
    /// A word of a question for a quantity.
    pub(crate) const ASKS_QUANTITY: Self = Self(1 << (MARKS + 9));

    /// Ends the name of a firm, joins the two of one, or begins a saint's.
    pub(crate) const FIRM: Self = Self(1 << (MARKS + 16));

    /// Stands beside streets, houses, doors or practices.
    pub(crate) const PLACED: Self = Self(1 << (MARKS + 20));

    /// Stands for what a recogniser did not understand.
    pub(crate) const UNHEARD: Self = Self(1 << (MARKS + 17));

    /// What the word is, its neighbours tell.
    pub(crate) const NEIGHBOURED: Self = Self(1 << (MARKS + 19));

    /// The language gate takes the word for English.
    pub(crate) const ENGLISH: Self = Self(1 << (MARKS + 18));

    /// A given name of frequency `band`: 1 (rare) to 5 (half a million births).
    pub(crate) const fn given_name(band: u8) -> Self {
        Self((band as u64 & SCALE) << GIVEN)
    }

    /// A surname of frequency `band`: 1 (rare) to 5 (one bearer in a thousand).
    pub(crate) const fn surname(band: u8) -> Self {
        Self((band as u64 & SCALE) << SURNAME)
    }

    /// An English word of SCOWL level `level`, 10 (commonest) to 70.
    pub(crate) const fn english(level: u8) -> Self {
        Self(((8 - (level / 10) as u64) & SCALE) << WORD)
    }

    /// A town of size `band`: 1 (small, in the United States) to 4 (a million).
    pub(crate) const fn town(band: u8) -> Self {
        Self((band as u64 & SCALE) << TOWN)
    }

    /// Frequency as a given name, 0 (none) to 5.
    pub(crate) const fn given(self) -> u32 {
        (self.0 >> GIVEN & SCALE) as u32
    }

    /// Frequency as a surname, 0 (none) to 5.
    pub(crate) const fn family(self) -> u32 {
        (self.0 >> SURNAME & SCALE) as u32
    }

    /// How common it is as an English word, 0 (no word) to 7.
    pub(crate) const fn commonness(self) -> u32 {
        (self.0 >> WORD & SCALE) as u32
    }

    /// Size as a town of one word, 0 (none) to 4.
    pub(crate) const fn town_size(self) -> u32 {
        (self.0 >> TOWN & SCALE) as u32
    }

    /// Whether any bit of `flags` is set.
    pub(crate) const fn any(self, flags: Self) -> bool {
        self.0 & flags.0 != 0
    }

    /// Whether no list of words, names or towns holds it.
    pub(crate) const fn is_unlisted(self) -> bool {
        const OF_USE: Classes = Classes::POSSESSIVE
            .with(Classes::TOWN_START)
            .with(Classes::CUE_START)
            .with(Classes::ASKED);
        const OPEN: u64 = (1 << MARKS) - 1;
        self.0 & !OF_USE.0 & OPEN == 0
    }

    /// Both sets of flags; scales mean nothing in what it gives.
    pub(crate) const fn with(self, flags: Self) -> Self {
        Self(self.0 | flags.0)
    }

    /// Without `flags`.
    pub(crate) const fn without(self, flags: Self) -> Self {
        Self(self.0 & !flags.0)
    }

    /// Both sets; the greater value on each scale.
    pub(crate) fn join(self, other: Self) -> Self {
        let flags = (self.0 | other.0) >> FLAGS << FLAGS;
        let scale = |at: u32| (self.0 >> at & SCALE).max(other.0 >> at & SCALE) << at;
        Self(flags | scale(GIVEN) | scale(SURNAME) | scale(WORD) | scale(TOWN))
    }
}

impl BitOr for Classes {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.join(other)
    }
}

impl BitOrAssign for Classes {
    fn bitor_assign(&mut self, other: Self) {
        *self = self.join(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_and_flags_do_not_touch_each_other() {
        let c = Classes::given_name(5)
            | Classes::surname(3)
            | Classes::english(10)
            | Classes::town(4)
            | Classes::DRUG;
        assert_eq!(
            (c.given(), c.family(), c.commonness(), c.town_size()),
            (5, 3, 7, 4)
        );
        assert!(c.any(Classes::DRUG) && !c.any(Classes::CLINICAL | Classes::STATE));
    }

    #[test]
    fn joining_keeps_the_greater_value_of_a_scale() {
        let c = Classes::given_name(2) | Classes::given_name(5) | Classes::given_name(1);
        assert_eq!(c.given(), 5);
        assert_eq!(Classes::english(70).commonness(), 1);
    }

    #[test]
    fn marks_of_use_do_not_make_a_word_listed() {
        assert!((Classes::POSSESSIVE | Classes::TOWN_START).is_unlisted());
        assert!(!Classes::STOP.is_unlisted());
    }
}
