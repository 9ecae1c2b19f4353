//! Reviews: a sample of what the next release would publish is drawn for human
//! eyes, and reviewers sign what they say of it. Here are numbers, digests and
//! categories; never text.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{InputRange, ReleaseDeed, SignedVerdict, Verdict};
use crate::domain::{EpochMs, Sha256};
use crate::seal::{BlobName, KeyedDigest, VerifyingKey};

/// A sample that was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleDeed {
    /// Its name: random, and all the entropy of the drawing.
    pub sample: BlobName,
    /// Slots of which a release was looked for, as in [`ReleaseDeed::inputs`].
    pub inputs: Vec<InputRange>,
    /// As in [`ReleaseDeed::later`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<InputRange>,
    /// Conversations that such a release would publish.
    pub of: u64,
    /// Those of them that were drawn.
    pub count: u64,
    /// SHA-256 of the [`Frame`](super::Frame), which lies among the tenant's evidence under
    /// the sample's name.
    pub frame: Sha256,
    /// SHA-256 of the sealed sample that reviewers open.
    pub sealed: Sha256,
}

/// A verdict that was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewDeed {
    /// It.
    pub signed: SignedVerdict,
    /// The conversations with leaks, in its order: they stay held back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<KeyedDigest>,
}

/// A sample as it stands in a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The number of its entry.
    pub entry: u64,
    /// When it was drawn.
    pub at: EpochMs,
    /// What was drawn.
    pub deed: SampleDeed,
    /// The last word of each reviewer.
    pub verdicts: BTreeMap<VerifyingKey, Verdict>,
    /// Conversations that anyone ever said to leak.
    pub leaks: BTreeSet<u64>,
}

impl Sample {
    /// Conversations of which some reviewer cannot say.
    #[must_use]
    pub fn unsure(&self) -> usize {
        let marks = self.verdicts.values().flat_map(|said| &said.unsure);
        marks.map(|mark| mark.number).collect::<BTreeSet<_>>().len()
    }

    /// Whether someone read it and nobody doubts it.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        !self.verdicts.is_empty() && self.leaks.is_empty() && self.unsure() == 0
    }
}

/// What the samples and verdicts of a chain add up to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reviews {
    /// In the order in which they were drawn.
    samples: Vec<Sample>,
    /// The entry of the last verdict that named a leak.
    leaked_at: Option<u64>,
    withheld: BTreeSet<KeyedDigest>,
}

impl Reviews {
    /// The samples, in the order in which they were drawn.
    #[must_use]
    pub fn samples(&self) -> &[Sample] {
        &self.samples
    }

    /// Conversations that are held back, since a reviewer saw a leak in them.
    #[must_use]
    pub const fn withheld(&self) -> &BTreeSet<KeyedDigest> {
        &self.withheld
    }

    /// The sample of this name.
    #[must_use]
    pub fn named(&self, sample: BlobName) -> Option<&Sample> {
        self.samples
            .iter()
            .find(|known| known.deed.sample == sample)
    }

    /// Whether a leak was seen after `sample` was drawn, in it or in another.
    #[must_use]
    pub fn leaked_since(&self, sample: &Sample) -> bool {
        self.leaked_at.is_some_and(|at| at > sample.entry)
    }

    /// Whether a leak was seen and no sample drawn since is clean: then nothing
    /// goes out, whatever the tenant's file says.
    #[must_use]
    pub fn is_shut(&self) -> bool {
        let clean = |sample: &Sample| sample.is_clean() && !self.leaked_since(sample);
        self.leaked_at.is_some() && !self.samples.iter().any(clean)
    }

    /// Why `deed` cannot follow.
    pub(super) fn refuses_sample(&self, deed: &SampleDeed) -> Option<&'static str> {
        if self.named(deed.sample).is_some() {
            return Some("a sample is drawn once");
        }
        let drawn = (1..=deed.of).contains(&deed.count);
        (!drawn).then_some("a sample is drawn of what there is")
    }

    /// Why `deed` cannot follow.
    pub(super) fn refuses_review(&self, deed: &ReviewDeed) -> Option<&'static str> {
        let verdict = &deed.signed.verdict;
        let Some(sample) = self.named(verdict.sample) else {
            return Some("a verdict is of a sample that was drawn");
        };
        if verdict.sealed != sample.deed.sealed {
            return Some("a verdict is of the sample as it was sealed");
        }
        if !verdict.is_whole(sample.deed.count) || verdict.leaks.len() != deed.withheld.len() {
            return Some("a verdict speaks of each conversation of its sample once");
        }
        (!deed.signed.is_signed()).then_some("a verdict is signed by its reviewer")
    }

    /// Why `release` cannot follow.
    pub(super) fn refuses_release(&self, release: &ReleaseDeed) -> Option<&'static str> {
        let Some(entry) = release.review else {
            let held = self.is_shut() && release.supersedes.is_none();
            return held
                .then_some("there is no release after a leak until a later sample is clean");
        };
        let sample = self.samples.iter().find(|sample| sample.entry == entry);
        let covers = |sample: &&Sample| {
            let deed = &sample.deed;
            let same = deed.inputs == release.inputs && deed.later == release.later;
            same && deed.of == release.released
        };
        let passed = |sample: &Sample| sample.is_clean() && !self.leaked_since(sample);
        let good = sample.filter(covers).is_some_and(passed);
        (!good).then_some("a release rests on a clean sample of what it publishes")
    }

    pub(super) fn drawn(&mut self, entry: u64, at: EpochMs, deed: &SampleDeed) {
        self.samples.push(Sample {
            entry,
            at,
            deed: deed.clone(),
            verdicts: BTreeMap::new(),
            leaks: BTreeSet::new(),
        });
    }

    pub(super) fn reviewed(&mut self, entry: u64, deed: &ReviewDeed) {
        let SignedVerdict {
            verdict, reviewer, ..
        } = &deed.signed;
        if !verdict.leaks.is_empty() {
            self.leaked_at = Some(entry);
        }
        self.withheld.extend(&deed.withheld);
        let mut samples = self.samples.iter_mut();
        if let Some(sample) = samples.find(|sample| sample.deed.sample == verdict.sample) {
            sample
                .leaks
                .extend(verdict.leaks.iter().map(|mark| mark.number));
            sample.verdicts.insert(*reviewer, verdict.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Secret;
    use crate::domain::{Entropy, TopicPartition};
    use crate::ledger::follows::tests::{append, founded};
    use crate::ledger::{Deed, LedgerError, Mark, TenantChain, VERDICT_FORMAT};
    use crate::seal::SigningKey;

    fn range(from: u64, to: u64) -> Vec<InputRange> {
        vec![InputRange {
            place: TopicPartition::new("t", 0),
            epoch: 0,
            from,
            to,
        }]
    }

    fn name(n: u64) -> BlobName {
        BlobName::draw(&mut Entropy::from_u64(n))
    }

    /// Sample `n`: 3 of 9 conversations of slots `from..to`.
    fn drawn(n: u64, from: u64, to: u64) -> Deed {
        Deed::SampleDrawn(SampleDeed {
            sample: name(n),
            inputs: range(from, to),
            later: Vec::new(),
            of: 9,
            count: 3,
            frame: Sha256([1; 32]),
            sealed: Sha256([n as u8; 32]),
        })
    }

    /// What reviewer `by` says of sample `n`: one with a leak, or unsure, or all
    /// clean.
    fn review(n: u64, by: u8, leaks: &[u64], unsure: &[u64]) -> ReviewDeed {
        let marks = |numbers: &[u64]| {
            let mark = |number: &u64| Mark {
                number: *number,
                turn: Some(2),
                category: None,
            };
            numbers.iter().map(mark).collect()
        };
        let verdict = Verdict {
            format: VERDICT_FORMAT.to_owned(),
            sample: name(n),
            sealed: Sha256([n as u8; 32]),
            clean: 3 - (leaks.len() + unsure.len()) as u64,
            leaks: marks(leaks),
            unsure: marks(unsure),
        };
        let digest = |n: &u64| KeyedDigest::parse(&format!("{n:032x}")).expect("32 digits");
        let key = SigningKey::of_seed(&Secret::new([by; 32]));
        ReviewDeed {
            signed: SignedVerdict::sign(verdict, &key),
            withheld: leaks.iter().map(digest).collect(),
        }
    }

    fn said(n: u64, by: u8, leaks: &[u64], unsure: &[u64]) -> Deed {
        Deed::SampleReviewed(review(n, by, leaks, unsure))
    }

    /// Release `number` of slots `from..to`, resting on entry `on`.
    fn released(number: u32, (from, to): (u64, u64), on: Option<u64>) -> Deed {
        Deed::Released(ReleaseDeed {
            number,
            inputs: range(from, to),
            landed: 9,
            released: 9,
            review: on,
            ..ReleaseDeed::default()
        })
    }

    /// The chain of `deeds`, the first of which is entry 1.
    fn chain(deeds: Vec<Deed>) -> TenantChain {
        let mut chain = founded();
        for deed in deeds {
            append(&mut chain, deed).expect("follows");
        }
        chain
    }

    /// Whether `last` follows `deeds`; else why not.
    #[track_caller]
    fn check(deeds: Vec<Deed>, last: Deed, expected: Option<&str>) {
        let why = match append(&mut chain(deeds), last) {
            Ok(()) => None,
            Err(LedgerError::Broken { what, .. }) => Some(what),
            Err(other) => panic!("{other:?}"),
        };
        assert_eq!(why, expected);
    }

    const RESTS: Option<&str> = Some("a release rests on a clean sample of what it publishes");
    const SHUT: Option<&str> =
        Some("there is no release after a leak until a later sample is clean");

    #[test]
    fn a_sample_is_of_what_the_next_release_takes() {
        let next = Some("a sample is drawn of what the next release takes");
        check(vec![], drawn(1, 0, 4), None);
        check(vec![drawn(1, 0, 4)], drawn(2, 0, 5), None);
        check(
            vec![drawn(1, 0, 4)],
            drawn(1, 0, 4),
            Some("a sample is drawn once"),
        );
        check(vec![], drawn(1, 2, 4), next);
        check(vec![], drawn(1, 0, 0), next);
        check(vec![released(1, (0, 4), None)], drawn(1, 0, 4), next);
        let Deed::SampleDrawn(mut many) = drawn(1, 0, 4) else {
            unreachable!("it is drawn so");
        };
        many.count = 10;
        let what = Some("a sample is drawn of what there is");
        check(vec![], Deed::SampleDrawn(many), what);
    }

    #[test]
    fn a_release_rests_on_a_clean_sample_of_its_own() {
        let (sample, clean) = (|| drawn(1, 0, 4), || said(1, 7, &[], &[]));
        let release = |on| released(1, (0, 4), on);
        check(vec![sample(), clean()], release(Some(1)), None);
        check(vec![sample()], release(Some(1)), RESTS);
        check(vec![sample(), clean()], release(Some(2)), RESTS);
        check(vec![sample(), clean()], released(1, (0, 5), Some(1)), RESTS);
        check(
            vec![sample(), said(1, 7, &[], &[2])],
            release(Some(1)),
            RESTS,
        );
        check(
            vec![sample(), said(1, 7, &[2], &[])],
            release(Some(1)),
            RESTS,
        );
        // An unsure reviewer decides; another's word does not decide for him.
        let unsure = || said(1, 7, &[], &[2]);
        check(vec![sample(), unsure(), clean()], release(Some(1)), None);
        check(
            vec![sample(), unsure(), said(1, 8, &[], &[])],
            release(Some(1)),
            RESTS,
        );
        // A leak is not unsaid.
        check(
            vec![sample(), said(1, 7, &[2], &[]), clean()],
            release(Some(1)),
            RESTS,
        );
    }

    #[test]
    fn a_leak_shuts_until_a_later_sample_is_clean() {
        let leak = || vec![drawn(1, 0, 4), said(1, 7, &[2], &[])];
        let release = |on| released(1, (0, 4), on);
        let after = |more: Vec<Deed>| leak().into_iter().chain(more).collect();
        check(leak(), release(None), SHUT);
        check(after(vec![drawn(2, 0, 4)]), release(None), SHUT);
        let again = vec![drawn(2, 0, 4), said(2, 7, &[], &[])];
        check(after(again.clone()), release(Some(3)), None);
        check(after(again), release(Some(1)), RESTS);
        // The clean one was drawn before the leak was seen.
        let before = vec![drawn(1, 0, 4), drawn(2, 0, 4), said(2, 7, &[], &[])];
        let then_leak = before.into_iter().chain([said(1, 7, &[2], &[])]).collect();
        check(then_leak, release(Some(2)), RESTS);
        let reviews = chain(leak()).reviews;
        assert_eq!(reviews.withheld().len(), 1, "it stays held back");
    }

    #[track_caller]
    fn check_verdict(change: impl FnOnce(&mut ReviewDeed), expected: &str) {
        let mut deed = review(1, 7, &[2], &[]);
        change(&mut deed);
        check(
            vec![drawn(1, 0, 4)],
            Deed::SampleReviewed(deed),
            Some(expected),
        );
    }

    #[test]
    fn a_verdict_is_whole_and_signed_and_of_its_sample() {
        let (signed, whole) = (
            "a verdict is signed by its reviewer",
            "a verdict speaks of each conversation of its sample once",
        );
        check_verdict(|d| d.signed.verdict.leaks[0].number = 3, signed);
        check_verdict(|d| d.signed.verdict.leaks[0].turn = None, signed);
        check_verdict(
            |d| d.signed.reviewer = review(1, 8, &[], &[]).signed.reviewer,
            signed,
        );
        check_verdict(|d| d.signed.verdict.format.push('x'), signed);
        check_verdict(|d| d.withheld.clear(), whole);
        check_verdict(|d| d.signed.verdict.clean = 3, whole);
        check_verdict(|d| d.signed = review(1, 7, &[4], &[]).signed, whole);
        check_verdict(|d| d.signed = review(1, 7, &[0], &[]).signed, whole);
        let unknown = "a verdict is of a sample that was drawn";
        check_verdict(|d| d.signed = review(2, 7, &[2], &[]).signed, unknown);
        let sealed = "a verdict is of the sample as it was sealed";
        check_verdict(|d| d.signed.verdict.sealed = Sha256([9; 32]), sealed);
    }
}
