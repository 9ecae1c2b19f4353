//! A release from beginning to end.

use super::gate::{self, Approval};
use super::landed::Landed;
use super::plan::Inputs;
use super::publish::{dir, finish, unfinished};
use super::remove;
use super::review::{self, Unreviewed};
use super::stage::{Ready, is_lost, stage, sweep};
use super::{Outcome, Refusal, ReleaseError, ReleaseReport, Summary, cells, inputs, plan};
use crate::domain::{Entropy, EpochMs};
use crate::ledger::{Deed, Entry, ReleaseDeed, Sample, TenantChain};
use crate::scope::Scope;

/// How often a release is planned anew because others appended first.
pub(super) const ATTEMPTS: usize = 8;

/// Finishes what earlier releases left, and makes the next one when it is due
/// (or at once with `force`, which passes the interval over and no gate). While
/// a gate is closed for which nothing that landed is to be read, nothing is.
///
/// Any number of processes may run it at the same time, and crash anywhere:
/// each conversation is published once. Between its awaits it reads and writes
/// Parquet, so it belongs in a task of its own.
///
/// # Errors
/// A [`ReleaseError`]; to run again is always safe.
pub async fn run(
    scope: &Scope,
    now: EpochMs,
    force: bool,
    entropy: &mut Entropy,
) -> Result<ReleaseReport, ReleaseError> {
    run_as(scope, now, Ask { force, all: false }, None, entropy).await
}

/// [`run`], asked for by `actor`, a digest under the tenant's ledger key, who is
/// told every closed gate.
///
/// # Errors
/// As for [`run`].
pub async fn run_for(
    scope: &Scope,
    now: EpochMs,
    force: bool,
    actor: Option<String>,
    entropy: &mut Entropy,
) -> Result<ReleaseReport, ReleaseError> {
    run_as(scope, now, Ask { force, all: true }, actor, entropy).await
}

/// How a release is asked for.
#[derive(Debug, Clone, Copy)]
struct Ask {
    /// The interval is passed over.
    force: bool,
    /// Every closed gate is to be told, not those alone that are cheap to tell.
    all: bool,
}

async fn run_as(
    scope: &Scope,
    now: EpochMs,
    ask: Ask,
    actor: Option<String>,
    entropy: &mut Entropy,
) -> Result<ReleaseReport, ReleaseError> {
    let (mut chain, mut entries) = scope.journal.open(now, entropy).await?;
    let removed = remove(scope, &chain).await?;
    let mut finished = finish(scope, &chain).await?;
    let mut tried: Vec<Tried> = Vec::new();
    for _ in 0..ATTEMPTS {
        let ready = match prepare(scope, &chain, &entries, now, ask).await? {
            Prepared::Ready(ready) => ready,
            Prepared::Not(outcome) => {
                return Ok(ReleaseReport {
                    removed,
                    finished,
                    outcome,
                });
            }
        };
        let area = chain.area.expect("an opened chain is founded");
        let release = stage(scope, dir(area, ready.number), &ready, now, entropy).await?;
        let deed = Deed::Released(release.clone());
        tried.push(Tried {
            n: chain.next,
            summary: ready.summary().with_files(&release),
            release,
        });
        drop(ready);
        let appended = scope
            .journal
            .append(&chain, deed, now, actor.clone(), entropy);
        // Won or not, the chain alone says what happened.
        appended.await;
        scope.journal.read_on(&mut chain, &mut entries).await?;
        let own = happened(&tried, &chain);
        sweep_lost(scope, &mut tried, &entries).await;
        finished.extend(finish(scope, &chain).await?);
        if let Some(summary) = own {
            finished.retain(|number| *number != summary.number);
            let outcome = Outcome::Released(summary);
            return Ok(ReleaseReport {
                removed,
                finished,
                outcome,
            });
        }
    }
    Err(ReleaseError::Contended)
}

/// What [`run`] would do; nothing is written.
///
/// # Errors
/// A [`ReleaseError`].
pub async fn preview(
    scope: &Scope,
    now: EpochMs,
    force: bool,
) -> Result<ReleaseReport, ReleaseError> {
    let (chain, entries) = scope.journal.read().await?;
    let waiting = unfinished(scope, &chain).await?;
    let finished = waiting.iter().map(|(_, deed)| deed.number).collect();
    let ask = Ask { force, all: true };
    let outcome = match prepare(scope, &chain, &entries, now, ask).await? {
        Prepared::Ready(ready) => Outcome::WouldRelease(ready.summary()),
        Prepared::Not(outcome) => outcome,
    };
    Ok(ReleaseReport {
        removed: Vec::new(),
        finished,
        outcome,
    })
}

pub(super) enum Prepared {
    Ready(Box<Ready>),
    Not(Outcome),
}

/// Reads and gates the next release.
async fn prepare(
    scope: &Scope,
    chain: &TenantChain,
    entries: &[Entry],
    now: EpochMs,
    ask: Ask,
) -> Result<Prepared, ReleaseError> {
    let refused = |closed| Ok(Prepared::Not(Outcome::Refused(closed)));
    let said = gate::said(chain, &scope.tenant, now);
    let next = due(chain, entries, scope.tenant.release.interval_ms, now);
    if now < next && !ask.force && chain.freezes.is_empty() {
        return Ok(Prepared::Not(Outcome::NotDue { next }));
    }
    let sample = match &said {
        Ok(said) => said.sample,
        Err(closed) if !ask.all => return refused(closed.clone()),
        Err(_) => None,
    };
    let Candidates { inputs, landed } = match candidates(scope, chain, sample, now).await? {
        Ok(candidates) => candidates,
        Err(outcome) => return Ok(Prepared::Not(frozen(said.err()).unwrap_or(outcome))),
    };
    let mut passed = gate::landed(&landed, chain, &scope.tenant, now);
    if sample.is_some_and(|sample| !review::covers(scope, sample, &landed)) {
        let mut closed = passed.err().unwrap_or_default();
        closed.push(Unreviewed::Changed.into());
        passed = Err(closed);
    }
    let (said, (dating_override, years)) = match gate::both(said, passed) {
        Ok(passed) => passed,
        Err(closed) => return refused(closed),
    };
    let rests_on = said.sample.zip(scope.tenant.release.review.as_ref());
    let review = rests_on.map(|(sample, asks)| {
        let reviewed = review::reviewed(chain, sample, asks);
        (sample.entry, reviewed)
    });
    Ok(Prepared::Ready(Box::new(Ready {
        number: chain.releases.len() as u32 + 1,
        supersedes: None,
        inputs,
        landed,
        approval: Approval {
            attested: said.attested,
            review,
            dating_override,
            years,
        },
    })))
}

/// A freeze is told even where there is nothing to release.
fn frozen(closed: Option<Vec<Refusal>>) -> Option<Outcome> {
    let closed = closed.filter(|closed| closed.contains(&Refusal::Frozen));
    closed.map(Outcome::Refused)
}

/// What the next release would publish.
pub(super) struct Candidates {
    pub(super) inputs: Inputs,
    pub(super) landed: Landed,
}

/// Reads what `sample` was drawn of; without one, all that is ready.
pub(super) async fn candidates(
    scope: &Scope,
    chain: &TenantChain,
    sample: Option<&Sample>,
    now: EpochMs,
) -> Result<Result<Candidates, Outcome>, ReleaseError> {
    let (inputs, young) = match sample {
        Some(sample) => {
            let (taken, later) = (sample.deed.inputs.clone(), sample.deed.later.clone());
            (Inputs { taken, later }, false)
        }
        None => {
            let ends = inputs::ends(scope, chain, now).await?;
            let young = ends.iter().any(|log| log.ready < log.next);
            (plan::inputs(chain, &ends), young)
        }
    };
    let mut landed = inputs::read(scope, chain, &inputs).await?;
    if landed.rows.is_empty() {
        let held_back = landed.tally.held_back;
        return Ok(Err(match (young, held_back.is_empty()) {
            (true, _) => Outcome::MayGoOn,
            (false, true) => Outcome::NothingNew,
            (false, false) => Outcome::AllHeldBack { held_back },
        }));
    }
    review::withhold(scope, chain, &mut landed);
    cells::treat(&mut landed, scope.tenant.release.small_cells);
    Ok(Ok(Candidates { inputs, landed }))
}

/// When the next release is due: an interval after the last one, or after the
/// chain began; a chain that has not begins now.
fn due(chain: &TenantChain, entries: &[Entry], interval_ms: i64, now: EpochMs) -> EpochMs {
    let last = chain.last_of_new();
    let last = last.or_else(|| entries.first().map(|entry| entry.at));
    last.unwrap_or(now).plus(interval_ms)
}

/// A release that was staged and tried as entry `n`.
struct Tried {
    n: u64,
    release: ReleaseDeed,
    summary: Summary,
}

/// The release that was tried here and is in the chain. An append that was
/// answered with an error may have happened all the same, and later.
fn happened(tried: &[Tried], chain: &TenantChain) -> Option<Summary> {
    let in_chain = |tried: &&Tried| chain.releases.iter().any(|(_, r)| *r == tried.release);
    tried
        .iter()
        .find(in_chain)
        .map(|tried| tried.summary.clone())
}

async fn sweep_lost(scope: &Scope, tried: &mut Vec<Tried>, entries: &[Entry]) {
    let lost = |tried: &mut Tried| is_lost(&tried.release, tried.n, entries);
    for tried in tried.extract_if(.., lost) {
        sweep(scope, &tried.release).await;
    }
}
