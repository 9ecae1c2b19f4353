//! What a run did, for its last line and its exit status.

use std::collections::BTreeMap;
use std::fmt;

use crate::deid::Finding;
use crate::domain::{Category, counted};

/// Counts of one run.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) files: u64,
    pub(super) bytes: u64,
    /// Conversations read.
    pub(super) conversations: u64,
    /// Conversations not written because they could still identify somebody.
    pub(super) held: u64,
    /// Files or lines that could not be processed.
    pub(super) failed: u64,
    by_category: BTreeMap<Category, u64>,
}

impl Tally {
    /// Counts a conversation and its findings.
    pub(super) fn count(&mut self, findings: &[Finding]) {
        self.conversations += 1;
        for finding in findings {
            *self.by_category.entry(finding.category).or_default() += 1;
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let findings: u64 = self.by_category.values().sum();
        write!(
            f,
            "{}, {} bytes, {}: {} found",
            counted(self.files, "file"),
            self.bytes,
            counted(self.conversations, "conversation"),
            counted(findings, "identifier"),
        )?;
        let mut separator = " (";
        for (category, n) in &self.by_category {
            write!(f, "{separator}{category} {n}")?;
            separator = ", ";
        }
        if findings > 0 {
            f.write_str(")")?;
        }
        write!(f, "; {} held back, {} failed", self.held, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::Strength;

    #[test]
    fn the_last_line_counts_by_category() {
        let finding = |category| Finding {
            turn: 0,
            span: 0..1,
            category,
            detector: "d",
            rule: "r",
            strength: Strength::Likely,
            confidence: 0.5,
        };
        let mut tally = Tally {
            files: 1,
            bytes: 10,
            held: 2,
            ..Tally::default()
        };
        tally.count(&[
            finding(Category::Date),
            finding(Category::Person),
            finding(Category::Date),
        ]);
        assert_eq!(
            tally.to_string(),
            "1 file, 10 bytes, 1 conversation: 3 identifiers found (person 1, date 2); 2 held back, 0 failed"
        );
        assert_eq!(
            Tally::default().to_string(),
            "0 files, 0 bytes, 0 conversations: 0 identifiers found; 0 held back, 0 failed"
        );
    }
}
