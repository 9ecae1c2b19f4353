//! Verdicts: what a reviewer says of a sample, and signs.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::{Category, Sha256};
use crate::seal::{BlobName, Signature, SigningKey, VerifyingKey};

/// The version of a verdict's stored form.
pub const VERDICT_FORMAT: &str = "leeward.verdict.v1";

/// What a reviewer says of a conversation that is not simply clean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Its number in the sample, from 1.
    pub number: u64,
    /// The turn in which it was seen, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn: Option<u32>,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
}

/// What a reviewer says of a whole sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// [`VERDICT_FORMAT`].
    pub format: String,
    /// The sample.
    pub sample: BlobName,
    /// SHA-256 of the sealed sample that was opened.
    pub sealed: Sha256,
    /// Conversations that were read and in which nothing was seen.
    pub clean: u64,
    /// Those in which something may identify someone.
    pub leaks: Vec<Mark>,
    /// Those of which the reviewer cannot say.
    pub unsure: Vec<Mark>,
}

impl Verdict {
    /// Whether it speaks of each of `count` conversations, and of each once.
    #[must_use]
    pub fn is_whole(&self, count: u64) -> bool {
        let marks = self.leaks.iter().chain(&self.unsure);
        let marked: BTreeSet<u64> = marks.clone().map(|mark| mark.number).collect();
        let distinct = marked.len() == marks.count();
        let known = marked.iter().all(|number| (1..=count).contains(number));
        distinct && known && self.clean.checked_add(marked.len() as u64) == Some(count)
    }

    fn message(&self) -> Vec<u8> {
        let mut message = b"leeward.verdict.v1\n".to_vec();
        let body = serde_json::to_vec(self);
        message.extend(body.expect("a verdict has string keys and no floats"));
        message
    }
}

/// A verdict and who gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedVerdict {
    /// What is said.
    pub verdict: Verdict,
    /// By whom.
    pub reviewer: VerifyingKey,
    /// The reviewer's signature of it.
    pub signature: Signature,
}

impl SignedVerdict {
    /// Signs `verdict`.
    #[must_use]
    pub fn sign(verdict: Verdict, key: &SigningKey) -> Self {
        Self {
            reviewer: key.verifying(),
            signature: key.sign(&verdict.message()),
            verdict,
        }
    }

    /// Whether the reviewer that it names signed it, in a form that this
    /// version knows.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        let known = self.verdict.format == VERDICT_FORMAT;
        known
            && self
                .reviewer
                .verifies(&self.verdict.message(), &self.signature)
    }
}
