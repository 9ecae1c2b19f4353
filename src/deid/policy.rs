//! A policy as the engine applies it: category → operator.

use crate::domain::{Category, PolicyHash};

use super::finding::Finding;
use super::terms::Terms;

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

impl Operator {
    /// The name in configuration and in the policy's canonical form.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Placeholder => "placeholder",
            Self::Generalize => "generalize",
            Self::Surrogate => "surrogate",
            Self::Redact => "redact",
        }
    }
}

/// The canonical form's version and what every policy of this engine has in
/// common; a change here is a change of every policy.
const CANONICAL_HEAD: &str = "leeward-policy 1\nprofile safe_harbor\ndates year\nages up_to_89\nzip_digits 3\nzip_table census-2020\nzip_small_areas zero\ncode_scope conversation\n";

/// A compiled policy of the `safe_harbor` profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The content hash that names this version.
    pub hash: PolicyHash,
    /// The operator of each category, by [`Category::index`].
    pub operators: [Operator; Category::ALL.len()],
    /// The policy says by name that clock times of day may stay.
    pub keep_clock_times: bool,
    /// The tenant's own terms.
    pub terms: Terms,
    /// Conversations of this risk and more are held back, in thousandths.
    pub risk_bound: u16,
}

/// No risk reaches it: nothing is held back for its risk alone.
pub const NO_RISK_BOUND: u16 = 1001;

impl Policy {
    /// The `safe-harbor` preset: dates, ages and ZIP codes are generalised,
    /// everything else becomes a placeholder.
    #[must_use]
    pub fn safe_harbor() -> Self {
        let mut operators = [Operator::Placeholder; Category::ALL.len()];
        for category in [Category::Date, Category::Age, Category::Zip] {
            operators[category.index()] = Operator::Generalize;
        }
        Self::new(operators, false, Terms::default(), NO_RISK_BOUND)
    }

    /// A policy, named by the hash of its canonical form: one line a setting,
    /// in a fixed order, so that neither the order nor the format of what was
    /// written matters.
    #[must_use]
    pub fn new(
        operators: [Operator; Category::ALL.len()],
        keep_clock_times: bool,
        terms: Terms,
        risk_bound: u16,
    ) -> Self {
        let mut canonical = format!("{CANONICAL_HEAD}keep_clock_times {keep_clock_times}\n");
        for category in Category::ALL {
            let operator = operators[category.index()].name();
            canonical.push_str(&format!("{category} {operator}\n"));
        }
        // Written only where there is something to say, so that policies
        // without terms keep their names.
        // The hash is published, and denied terms may be names: it is made of
        // how many terms there are and never of the terms.
        if terms != Terms::default() {
            let (allowed, denied) = terms.counts();
            canonical.push_str(&format!("terms {allowed} {denied}\n"));
        }
        if risk_bound < NO_RISK_BOUND {
            canonical.push_str(&format!("risk_bound {risk_bound}\n"));
        }
        Self {
            hash: PolicyHash::of(canonical.as_bytes()),
            operators,
            keep_clock_times,
            terms,
            risk_bound,
        }
    }

    /// Whether `finding`, which covers `text`, counts.
    pub(super) fn admits(&self, finding: &Finding, text: &str) -> bool {
        let kept = self.keep_clock_times && finding.category == Category::Time;
        !kept && !self.terms.allows(finding, text)
    }

    /// Whether a conversation of `risk`, 0 to 1, is held back for it.
    #[must_use]
    pub fn is_too_risky(&self, risk: f32) -> bool {
        risk * 1000.0 >= f32::from(self.risk_bound)
    }

    /// What replaces a finding of `category`.
    #[must_use]
    pub const fn operator(&self, category: Category) -> Operator {
        self.operators[category.index()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_named_by_its_content() {
        let preset = Policy::safe_harbor();
        let policy =
            |operators, keep| Policy::new(operators, keep, Terms::default(), NO_RISK_BOUND);
        assert_eq!(policy(preset.operators, false), preset);
        assert_ne!(policy(preset.operators, true).hash, preset.hash);
        let bound = Policy::new(preset.operators, false, Terms::default(), 200);
        assert_ne!(bound.hash, preset.hash);
        assert!(bound.is_too_risky(0.2) && !bound.is_too_risky(0.19) && !preset.is_too_risky(1.0));
        let mut terms = Terms::default();
        terms.allow("brook house").expect("a term");
        let allowed = Policy::new(preset.operators, false, terms, NO_RISK_BOUND);
        assert_ne!(allowed.hash, preset.hash);
        for category in Category::ALL {
            let mut operators = preset.operators;
            operators[category.index()] = Operator::Redact;
            assert_ne!(policy(operators, false).hash, preset.hash, "{category}");
        }
    }

    #[test]
    fn policies_and_manifests_name_the_same_zip_table() {
        let line = format!("\nzip_table {}\n", crate::deid::ZIP_TABLE);
        assert!(CANONICAL_HEAD.contains(&line));
    }

    /// Published rows carry this hash: it changes only with the canonical form's version.
    #[test]
    fn the_preset_keeps_its_name() {
        assert_eq!(
            Policy::safe_harbor().hash.to_string(),
            "38c020f67b0da873ceafbdeb21c1d3f77c985b7883ee65007fe11bccd7f5af46"
        );
    }
}
