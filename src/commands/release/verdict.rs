//! `leeward release verdict`: a signed verdict on a sample is taken in. A leak
//! keeps its conversation back and shuts the release until a later sample is
//! clean.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::commands::deed::{self, Asked};
use crate::commands::opened::Stop;
use crate::config::resolved::Review;
use crate::domain::{Entropy, EpochMs};
use crate::ledger::{Deed, Entry, Mark, ReviewDeed, Sample, SignedVerdict, TenantChain};
use crate::release::{self, review_gate};
use crate::scope::Scope;
use crate::seal::KeyedDigest;

/// Arguments of `leeward release verdict`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    asked: Asked,
    /// The verdict that `leeward release review` signed; its turns count from 0
    verdict: PathBuf,
}

/// Checks the verdict and appends it to the tenant's chain.
pub(super) fn run(args: &Args) -> ExitCode {
    args.asked
        .answer(async |scope, now, entropy| act(args, scope, now, entropy).await)
}

async fn act(
    args: &Args,
    scope: &Scope,
    now: EpochMs,
    entropy: &mut Entropy,
) -> Result<String, Stop> {
    let signed = read(&args.verdict)?;
    let (chain, entries) = scope.journal.read().await.map_err(Stop::new)?;
    let sample = accept(&chain, scope.tenant.release.review.as_ref(), &signed)?;
    if let Some(n) = taken_in(sample, &entries, &signed) {
        return Ok(format!("The verdict was taken in already, entry {n}.\n"));
    }
    let drawn = release::drawn(scope, &sample.deed)
        .await
        .map_err(Stop::new)?;
    let review = ReviewDeed {
        withheld: signed
            .verdict
            .leaks
            .iter()
            .map(|mark| of(&drawn, mark))
            .collect(),
        signed,
    };
    let name = review.signed.verdict.sample;
    let deed = |_: &TenantChain| Ok(Deed::SampleReviewed(review.clone()));
    let (chain, _) = deed::append(scope, deed, &args.asked.by, now, entropy).await?;
    let sample = chain.reviews.named(name);
    let sample = sample.ok_or_else(|| Stop::new("the sample is gone from the chain"))?;
    let gate = review_gate(&chain, scope.tenant.release.review.as_ref(), now);
    let mut out = told(&review, &chain, sample);
    let _ = match gate {
        Ok(_) => writeln!(
            out,
            "The review's gate is open: see `leeward release --dry-run`."
        ),
        Err(why) => writeln!(out, "The review's gate is closed: {why}."),
    };
    Ok(out)
}

/// The conversation that a mark is of; the verdict was found whole.
fn of(drawn: &[KeyedDigest], mark: &Mark) -> KeyedDigest {
    let index = usize::try_from(mark.number - 1).unwrap_or(usize::MAX);
    drawn[index]
}

fn read(file: &Path) -> Result<SignedVerdict, Stop> {
    let text = std::fs::read(file)
        .map_err(|error| Stop::new(format!("the verdict cannot be read ({})", error.kind())))?;
    serde_json::from_slice(&text)
        .map_err(|_| Stop::new("that is no verdict; give what `leeward release review` signed"))
}

/// The sample that the verdict is of, where both are what they must be.
fn accept<'a>(
    chain: &'a TenantChain,
    review: Option<&Review>,
    signed: &SignedVerdict,
) -> Result<&'a Sample, Stop> {
    let verdict = &signed.verdict;
    let refuse = |what: &str| Err(Stop::new(format!("the verdict is refused: {what}")));
    if !signed.is_signed() {
        return refuse("it was not signed by the reviewer that it names, or was changed since");
    }
    let listed = review.is_some_and(|review| review.reviewers.contains(&signed.reviewer));
    if !listed {
        return refuse("its reviewer is not on the tenant's list (`release.review.reviewers`)");
    }
    let Some(sample) = chain.reviews.named(verdict.sample) else {
        return refuse("its sample was never drawn for this tenant");
    };
    if verdict.sealed != sample.deed.sealed {
        return refuse("it is of another file than the sample that was drawn");
    }
    if !verdict.is_whole(sample.deed.count) {
        return refuse("it does not speak of each conversation of the sample once");
    }
    Ok(sample)
}

/// The entry in which this verdict is its reviewer's last word on `sample`.
fn taken_in(sample: &Sample, entries: &[Entry], signed: &SignedVerdict) -> Option<u64> {
    let last = sample.verdicts.get(&signed.reviewer)?;
    let same = |entry: &&Entry| match &entry.deed {
        Deed::SampleReviewed(review) => review.signed == *signed,
        _ => false,
    };
    let entry = entries.iter().rev().find(same)?;
    (*last == signed.verdict).then_some(entry.n)
}

fn told(review: &ReviewDeed, chain: &TenantChain, sample: &Sample) -> String {
    let verdict = &review.signed.verdict;
    let mut out = format!(
        "Taken in, entry {}: {} clean, {} with a leak, {} unsure.\n",
        chain.next - 1,
        verdict.clean,
        verdict.leaks.len(),
        verdict.unsure.len()
    );
    for (mark, withheld) in verdict.leaks.iter().zip(&review.withheld) {
        let _ = writeln!(out, "Held back: conversation {}, {withheld}", place(mark));
    }
    for mark in &verdict.unsure {
        let _ = writeln!(out, "To be decided: conversation {}", place(mark));
    }
    let mut released = chain.releases.iter().map(|(_, release)| release);
    let released = released.find(|release| release.review == Some(sample.entry));
    if let Some(release) = released.filter(|_| !verdict.leaks.is_empty()) {
        let number = release.number;
        let _ = writeln!(
            out,
            "It was published before: take it back with `leeward release withdraw … {number}`."
        );
    }
    out
}

fn place(mark: &Mark) -> String {
    let turn = mark.turn.map(|turn| format!(", turn {turn}"));
    let category = mark.category.map(|category| format!(", {category}"));
    let (turn, category) = (turn.unwrap_or_default(), category.unwrap_or_default());
    format!("{} of the sample{turn}{category}", mark.number)
}
