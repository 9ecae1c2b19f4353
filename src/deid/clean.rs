//! Clean text and the conversations made of it: the only thing that the
//! Parquet writer accepts.

use std::collections::BTreeMap;
use std::fmt;

use crate::domain::{Attribute, Category, Channel, PolicyHash, ResearchId, Role, TurnKind};

/// De-identified text. It can be built only inside `deid`, by rewriting raw
/// text over its findings.
///
/// ```compile_fail
/// leeward::deid::CleanText(String::from("never seen by the engine"));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CleanText(String);

impl CleanText {
    /// Called by the rewriter and nowhere else.
    pub(super) const fn rewritten(text: String) -> Self {
        Self(text)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Clean text may still hold what no detector found, so it does not print
/// either.
impl fmt::Debug for CleanText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[clean, {} bytes]", self.0.len())
    }
}

/// Where a replacement stands in clean text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CleanFinding {
    /// What was replaced.
    pub category: Category,
    /// First byte of the replacement in the clean text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
}

/// One clean turn.
#[derive(Debug, Clone, PartialEq)]
pub struct CleanTurn {
    /// Who speaks.
    pub role: Role,
    /// What it is.
    pub kind: TurnKind,
    /// What was said, de-identified.
    pub text: CleanText,
    /// Milliseconds from the start of the conversation, rounded to 500.
    pub start_ms: Option<i64>,
    /// Milliseconds from the start of the conversation, rounded to 500.
    pub end_ms: Option<i64>,
    /// The recogniser's confidence, 0 to 1.
    pub confidence: Option<f32>,
    /// What was replaced and where; `None` where surrogates are used, since
    /// the list would unmask what remains.
    pub findings: Option<Vec<CleanFinding>>,
}

/// A clean conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct CleanConversation {
    /// Its id in research.
    pub id: ResearchId,
    /// The year in which it began.
    pub year: Option<i16>,
    /// The medium.
    pub channel: Channel,
    /// The language that the engine judged it in: `en`.
    pub language: &'static str,
    /// Its turns, in order.
    pub turns: Vec<CleanTurn>,
    /// Duration in seconds, rounded to 10.
    pub duration_s: Option<i64>,
    /// Findings by category.
    pub counts: BTreeMap<Category, u32>,
    /// The policy applied.
    pub policy: PolicyHash,
    /// The engine's version.
    pub engine: &'static str,
    /// A turn is missing, or the conversation was cut.
    pub incomplete: bool,
    /// Attributes that may leave, generalised.
    pub attributes: BTreeMap<Attribute, CleanText>,
}
