//! A policy as the engine applies it: category → operator.

use crate::domain::{Category, PolicyHash};

/// What replaces a finding. There is no variant that keeps, masks, hashes,
/// encrypts or shifts: under Safe Harbor those leave a part or a derivative
/// (45 CFR 164.514(b)(2)(i)(R), (c)), so the engine cannot do them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `[PERSON_1]`, numbered within the conversation.
    Placeholder,
    /// Date → year; ZIP → three digits or `000`; age over 89 → `90 or older`.
    /// Where nothing general can be said, a placeholder.
    Generalize,
    /// A random value of the same kind, consistent within the conversation.
    Surrogate,
    /// `[REDACTED]`, the same for every kind.
    Redact,
}

/// A compiled policy of the `safe_harbor` profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The content hash that names this version.
    pub hash: PolicyHash,
    /// The operator of each category, by [`Category::index`].
    pub operators: [Operator; Category::ALL.len()],
    /// The policy says by name that clock times of day may stay.
    pub keep_clock_times: bool,
}

impl Policy {
    /// The `safe-harbor` preset: dates, ages and ZIP codes are generalised,
    /// everything else becomes a placeholder.
    #[must_use]
    pub fn safe_harbor() -> Self {
        let mut operators = [Operator::Placeholder; Category::ALL.len()];
        for category in [Category::Date, Category::Age, Category::Zip] {
            operators[category.index()] = Operator::Generalize;
        }
        Self {
            hash: PolicyHash::of(b"safe-harbor"),
            operators,
            keep_clock_times: false,
        }
    }

    /// What replaces a finding of `category`.
    #[must_use]
    pub const fn operator(&self, category: Category) -> Operator {
        self.operators[category.index()]
    }
}
