//! What speaks for and against a word's being an identifier that was missed:
//! the word itself, what stands beside it, and its turn.

use crate::domain::Role;

/// One thing that can be said of a word that is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Sign {
    Below02,
    Below05,
    Below1,
    Below2,
    Below5,
    Below10,
    Above10,
    AsPlace,
    AsAddress,
    AsCode,
    AsSite,
    OneDigit,
    TwoDigits,
    ThreeDigits,
    FourDigits,
    ManyDigits,
    Year,
    Measured,
    NumberByPlace,
    NumberByHole,
    NumberAlone,
    Ordinal,
    Letters,
    Stutter,
    Mixed,
    Capital,
    Abbreviation,
    Unlisted,
    Given,
    Surname,
    Town,
    Common,
    Clinical,
    State,
    Calendar,
    BesidePlace,
    BesideOther,
    Hole,
    WholeTurn,
    ShortTurn,
    RestFound,
    Asked,
    Unanswered,
    ByAgent,
    OneSided,
    Unsure,
    AtName,
    AtDate,
    AtPlace,
    AtCode,
    AfterCue,
    NameAlone,
    PieceAlone,
}

impl Sign {
    /// Every sign, by its number, with its name in the table of weights.
    pub(crate) const ALL: [(Self, &str); 53] = [
        (Self::Below02, "model: below 0.2 %"),
        (Self::Below05, "model: 0.2 to 0.5 %"),
        (Self::Below1, "model: 0.5 to 1 %"),
        (Self::Below2, "model: 1 to 2 %"),
        (Self::Below5, "model: 2 to 5 %"),
        (Self::Below10, "model: 5 to 10 %"),
        (Self::Above10, "model: 10 % or more"),
        (Self::AsPlace, "model: a town"),
        (Self::AsAddress, "model: an address"),
        (Self::AsCode, "model: a code"),
        (Self::AsSite, "model: an institution"),
        (Self::OneDigit, "one digit"),
        (Self::TwoDigits, "two digits"),
        (Self::ThreeDigits, "three digits"),
        (Self::FourDigits, "four digits"),
        (Self::ManyDigits, "five digits or more"),
        (Self::Year, "a year"),
        (Self::Measured, "a quantity, a sum or an hour"),
        (Self::NumberByPlace, "a number beside a place found"),
        (Self::NumberByHole, "a number beside a hole"),
        (Self::NumberAlone, "two digits or more, alone in a turn"),
        (Self::Ordinal, "an ordinal"),
        (Self::Letters, "single letters or digits in a row"),
        (Self::Stutter, "a letter cut off"),
        (Self::Mixed, "letters and digits in one"),
        (Self::Capital, "a capital inside a sentence"),
        (Self::Abbreviation, "all capitals"),
        (Self::Unlisted, "on no list"),
        (Self::Given, "a given name"),
        (Self::Surname, "a surname"),
        (Self::Town, "a town's name"),
        (Self::Common, "a common word"),
        (Self::Clinical, "a clinical word or a drug"),
        (Self::State, "a state or country"),
        (Self::Calendar, "a month or weekday"),
        (Self::BesidePlace, "beside a place found"),
        (Self::BesideOther, "beside something else found"),
        (Self::Hole, "beside a hole in the transcript"),
        (Self::WholeTurn, "alone in its turn"),
        (Self::ShortTurn, "in a turn of two to four words"),
        (Self::RestFound, "half of its turn was found"),
        (Self::Asked, "after a question"),
        (
            Self::Unanswered,
            "after a question, nothing found in the turn",
        ),
        (Self::ByAgent, "said by the agent"),
        (Self::OneSided, "only one side is recorded"),
        (Self::Unsure, "the recogniser was unsure of the turn"),
        (Self::AtName, "next to a name found"),
        (Self::AtDate, "next to a date found"),
        (Self::AtPlace, "next to a place found"),
        (Self::AtCode, "next to a number or code found"),
        (Self::AfterCue, "a number after a word for numbers"),
        (Self::NameAlone, "alone in its turn, a name or on no list"),
        (Self::PieceAlone, "digits alone in a turn of one side"),
    ];
}

/// The signs of one word: a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Signs(u64);

impl Signs {
    /// The sign of the model's `probability`: in bands, since what a word may
    /// be does not grow with it evenly.
    pub(super) fn of(probability: f32) -> Self {
        const BANDS: [f32; 6] = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1];
        Self(1 << BANDS.partition_point(|bound| *bound <= probability))
    }

    /// Adds `sign` if it `holds`.
    pub(super) fn put(&mut self, sign: Sign, holds: bool) {
        self.0 |= u64::from(holds) << sign as u8;
    }

    /// Signs by their bits, as [`Signs::bits`] gives them.
    pub(crate) const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// A bit for each sign that holds.
    pub(crate) const fn bits(self) -> u64 {
        self.0
    }

    /// Whether `sign` holds.
    pub(crate) const fn has(self, sign: Sign) -> bool {
        self.0 >> sign as u8 & 1 == 1
    }

    /// Numbers of the signs that hold.
    pub(crate) fn numbers(self) -> impl Iterator<Item = usize> {
        let mut bits = self.0;
        std::iter::from_fn(move || {
            let first = bits.trailing_zeros() as usize;
            bits &= bits.wrapping_sub(1);
            (first < Sign::ALL.len()).then_some(first)
        })
    }
}

/// Whether one side only was recorded of a conversation of `roles`: its
/// questions, or their answers, are not there.
pub(crate) fn is_one_sided(mut roles: impl Iterator<Item = Role>) -> bool {
    let first = roles.next();
    first.is_some_and(|first| first != Role::Other && roles.all(|role| role == first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_stand_by_their_numbers() {
        for (number, (sign, name)) in Sign::ALL.iter().enumerate() {
            assert_eq!(*sign as usize, number, "{name}");
            let mut signs = Signs::default();
            signs.put(*sign, true);
            assert!(signs.has(*sign));
            assert_eq!(signs.numbers().collect::<Vec<_>>(), [number]);
        }
    }

    #[test]
    fn one_side_is_told_from_both_and_from_none() {
        let check = |roles: &[Role], expected| {
            assert_eq!(is_one_sided(roles.iter().copied()), expected, "{roles:?}");
        };
        check(&[Role::User, Role::User], true);
        check(&[Role::User, Role::Agent], false);
        check(&[Role::Other, Role::Other], false);
        check(&[], false);
    }
}
