//! Findings: where an identifier stands, what it is and who says so.

use std::ops::Range;

use crate::domain::Category;

/// How much a finding may be trusted, weakest first. An allowed term overrides
/// only [`Strength::Likely`] and below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// A hint: a word that is sometimes a name.
    Possible,
    /// Shape or context says so.
    Likely,
    /// A cue names it: "my name is", "date of birth".
    Cued,
    /// A validator agrees: a check digit, a range, a calendar.
    Validated,
    /// The record itself names the value as an identifier.
    Known,
}

/// A span of one turn's raw text that is an identifier. It holds no text.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The turn's index in the conversation.
    pub turn: usize,
    /// Bytes of the turn's text, on character boundaries.
    pub span: Range<usize>,
    /// What it is.
    pub category: Category,
    /// Which detector says so: `phone`, `name.cue`.
    pub detector: &'static str,
    /// The rule within the detector: `nanp`, `my-name-is`.
    pub rule: &'static str,
    /// How much it may be trusted.
    pub strength: Strength,
    /// Confidence, 0 to 1.
    pub confidence: f32,
}
