//! The review gate: where a tenant's file asks for it, nothing is released but
//! what people read a sample of, and found clean.

use serde::Serialize;

use super::landed::Landed;
use crate::config::resolved::Review;
use crate::domain::{EpochMs, ResearchId, Sha256, counted};
use crate::ledger::{Frame, Sample, TenantChain, Verdict, upper_95_of_none};
use crate::scope::Scope;
use crate::seal::KeyedDigest;

/// Why a conversation was held back.
const REASON: &str = "review";

/// Why the review gate is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreviewed {
    /// No sample was drawn of what the next release takes.
    #[error("no sample of what would be released was drawn; run `leeward release sample`")]
    Undrawn,
    /// Too few reviewers have said anything.
    #[error(
        "{given} of {needs} reviewers have read the sample; hand in the others' verdicts with `leeward release verdict`"
    )]
    Waiting {
        /// Reviewers on the tenant's list who found the sample clean.
        given: usize,
        /// How many must.
        needs: usize,
    },
    /// A reviewer cannot say of some conversations.
    #[error(
        "a reviewer cannot say of {conversations} conversations of the sample whether they identify anyone; decide, and hand in that reviewer's verdict again"
    )]
    Unsure {
        /// How many.
        conversations: usize,
    },
    /// A reviewer saw something that may identify someone.
    #[error(
        "a reviewer saw what may identify someone: so far {} held back for it; draw a sample of the others with `leeward release sample`",
        counted(*withheld as u64, "conversation")
    )]
    Leak {
        /// Conversations held back for good, of any sample.
        withheld: usize,
    },
    /// The tenant's file asks for a larger one.
    #[error(
        "the sample has {count} conversations and `release.review.sample` asks for {needed}; draw another with `leeward release sample`"
    )]
    Small {
        /// How many were drawn.
        count: u64,
        /// How many must be.
        needed: u64,
    },
    /// It was drawn too long ago.
    #[error(
        "the sample was drawn longer ago than `release.review.within`; draw another with `leeward release sample`"
    )]
    Old,
    /// What would be published is not what it was drawn of.
    #[error(
        "the sample was drawn of other conversations than would be released now: settings of the release changed; draw another with `leeward release sample`"
    )]
    Changed,
}

/// What people read before a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Reviewed {
    /// Conversations that they read.
    pub conversations: u64,
    /// Conversations of which these were drawn.
    pub of: u64,
    /// How many people found nothing in any of them.
    pub reviewers: usize,
    /// How many samples were drawn before this release, this one counted.
    pub samples: usize,
    /// Conversations held back for what was seen in earlier ones.
    pub leaks: usize,
}

impl Reviewed {
    /// The upper 95 % bound of the share of conversations in which they would
    /// have seen something.
    #[must_use]
    pub fn upper_95(&self) -> f64 {
        upper_95_of_none(self.conversations)
    }
}

/// The sample on which the next release may rest; `None` where the tenant's
/// file asks for none.
///
/// # Errors
/// Why there is no such sample.
pub fn review_gate<'a>(
    chain: &'a TenantChain,
    review: Option<&Review>,
    now: EpochMs,
) -> Result<Option<&'a Sample>, Unreviewed> {
    let reviews = &chain.reviews;
    let leak = Unreviewed::Leak {
        withheld: reviews.withheld().len(),
    };
    let Some(review) = review else {
        // A list that is taken away takes no word back.
        return (!reviews.is_shut()).then_some(None).ok_or(leak);
    };
    let Some(sample) = of_the_next(chain).last() else {
        let none = if reviews.is_shut() {
            leak
        } else {
            Unreviewed::Undrawn
        };
        return Err(none);
    };
    if !sample.leaks.is_empty() || reviews.leaked_since(sample) {
        return Err(leak);
    }
    let (count, needed) = (sample.deed.count, review.sample.of(sample.deed.of));
    let (given, needs) = (readers(sample, review), review.needs);
    let conversations = sample.unsure();
    let wrong = [
        (conversations > 0, Unreviewed::Unsure { conversations }),
        (given < needs, Unreviewed::Waiting { given, needs }),
        (count < needed, Unreviewed::Small { count, needed }),
        (now.since(sample.at) > review.within_ms, Unreviewed::Old),
    ];
    match wrong.into_iter().find(|(wrong, _)| *wrong) {
        Some((_, why)) => Err(why),
        None => Ok(Some(sample)),
    }
}

/// The samples of what no release has taken yet.
fn of_the_next(chain: &TenantChain) -> impl Iterator<Item = &Sample> {
    let samples = chain.reviews.samples().iter();
    samples.filter(|sample| chain.may_be_next(&sample.deed.inputs))
}

/// Reviewers on the list who found nothing.
fn readers(sample: &Sample, review: &Review) -> usize {
    let clean = |said: &Verdict| said.clean == sample.deed.count;
    let said = sample.verdicts.iter();
    said.filter(|(key, said)| review.reviewers.contains(key) && clean(said))
        .count()
}

/// What a release that rests on `sample` may say of it.
pub(super) fn reviewed(chain: &TenantChain, sample: &Sample, review: &Review) -> Reviewed {
    Reviewed {
        conversations: sample.deed.count,
        of: sample.deed.of,
        reviewers: readers(sample, review),
        samples: of_the_next(chain).count(),
        leaks: of_the_next(chain).map(|drawn| drawn.leaks.len()).sum(),
    }
}

/// What stands for each conversation in a frame, by index.
pub(super) fn digests(scope: &Scope, landed: &Landed) -> Vec<KeyedDigest> {
    let conversations = landed.rows.conversations();
    conversations.map(|one| digest(scope, one.id)).collect()
}

fn digest(scope: &Scope, id: ResearchId) -> KeyedDigest {
    scope
        .ledger_key
        .digest("conversation", id.to_string().as_bytes())
}

/// Whether `landed` is what `sample` was drawn of.
pub(super) fn covers(scope: &Scope, sample: &Sample, landed: &Landed) -> bool {
    let frame = Frame::new(digests(scope, landed)).to_bytes();
    Sha256::of(&frame) == sample.deed.frame
}

/// Holds back the conversations in which a reviewer saw a leak.
pub(super) fn withhold(scope: &Scope, chain: &TenantChain, landed: &mut Landed) {
    let withheld = chain.reviews.withheld();
    if withheld.is_empty() {
        return;
    }
    let digests = digests(scope, landed);
    landed.hold_back(REASON, |i| withheld.contains(&digests[i]));
}
