//! The project's own labelled conversations, to measure the engine on.
//!
//! ```text
//! seed ─▶ scene × cast × style ─▶ exchanges ─▶ composer ─▶ turns and spans
//!         what is lacking yet     wording       noise        exact offsets
//! ```
//!
//! Every category is said in every form that exists for it ([`forms_of`]),
//! among clinical talk full of what must stay. The generator shares no code
//! with the detectors nor with the training of the model, and a third of its
//! names and towns are on no list. Offsets are exact: a value's text is made
//! first and its span is noted where it is appended.

mod calendar;
mod cast;
mod check;
mod code;
mod composer;
mod contact;
mod dialogue;
mod dice;
mod exchange;
mod grammar;
mod json;
mod kept;
mod kind;
mod name;
mod net;
mod opening;
mod place;
mod scene;
mod schedule;
mod small_talk;
mod speak;
mod street;
mod style;
#[cfg(test)]
mod tests;
mod value;
mod verify;
mod wording;

pub use json::to_json;
pub use kind::forms_of;
pub use schedule::generate;

use crate::domain::Category;

/// The year of every conversation: what year of birth implies an age over 89
/// is reckoned from it.
pub const YEAR: i16 = 2025;

/// A generated conversation and its labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// Unique within a corpus: `gen-<seed>-<number>`.
    pub id: String,
    /// `voice` or `chat`.
    pub channel: &'static str,
    /// What was said, in order.
    pub turns: Vec<GeneratedTurn>,
    /// Labels in the order of the text; they do not overlap.
    pub spans: Vec<GeneratedSpan>,
}

/// One utterance or message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratedTurn {
    /// A word that transcripts have for a speaker: `agent`, `bot`, `doctor` on
    /// one side, `customer`, `patient`, `user` on the other.
    pub speaker: &'static str,
    /// What was said.
    pub text: String,
}

/// A labelled part of a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratedSpan {
    /// Index of the turn.
    pub turn: usize,
    /// First byte in the turn's text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it is.
    pub label: Label,
    /// How it is said.
    pub form: Form,
    /// Which value of the conversation this says: the pieces of a split value
    /// and its repeats have the same number.
    pub value: usize,
}

/// What becomes of a labelled part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// An identifier: every letter and digit of it must go.
    Required(Category),
    /// No identifier: it must be left alone.
    MustStay(Kept),
    /// May stay or go: a year that is a piece of a date, the name of a firm
    /// that answers the telephone.
    Either(Category),
}

/// How a value is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// As written, with case and punctuation.
    Written,
    /// In lower case, with digits as recognisers format them.
    Lower,
    /// In words.
    Spoken,
    /// Letter by letter or digit by digit.
    Spelled,
    /// In pieces over several turns.
    Split,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 5] = [
        Self::Written,
        Self::Lower,
        Self::Spoken,
        Self::Spelled,
        Self::Split,
    ];

    /// The name in reports: `spoken`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Lower => "lower",
            Self::Spoken => "spoken",
            Self::Spelled => "spelled",
            Self::Split => "split",
        }
    }
}

/// What must stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kept {
    /// The name of a drug.
    Drug,
    /// An amount of a drug and how often.
    Dose,
    /// A length of time.
    Duration,
    /// An age under 90.
    Age,
    /// A year that stands alone.
    Year,
    /// A state or territory.
    State,
    /// A disease, sign or device that bears a name.
    Eponym,
    /// A vital sign's value.
    Vital,
    /// A laboratory value.
    Lab,
    /// An amount of money.
    Price,
    /// A number of things.
    Count,
    /// A common word that is also somebody's name: `will`, `grace`, `may`.
    Word,
}

impl Kept {
    /// Every kind.
    pub const ALL: [Self; 12] = [
        Self::Drug,
        Self::Dose,
        Self::Duration,
        Self::Age,
        Self::Year,
        Self::State,
        Self::Eponym,
        Self::Vital,
        Self::Lab,
        Self::Price,
        Self::Count,
        Self::Word,
    ];

    /// The name in reports and the slot in templates: `drug`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Drug => "drug",
            Self::Dose => "dose",
            Self::Duration => "duration",
            Self::Age => "age",
            Self::Year => "year",
            Self::State => "state",
            Self::Eponym => "eponym",
            Self::Vital => "vital",
            Self::Lab => "lab",
            Self::Price => "price",
            Self::Count => "count",
            Self::Word => "word",
        }
    }
}
