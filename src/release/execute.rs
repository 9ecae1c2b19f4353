//! A release from beginning to end.

use std::collections::BTreeSet;

use super::gate::{Candidate, gate};
use super::publish::{dir, finish, unfinished};
use super::remove;
use super::stage::{Ready, is_lost, stage, sweep};
use super::{Outcome, Refusal, ReleaseError, ReleaseReport, Summary, cells, inputs, plan};
use crate::domain::{Entropy, EpochMs};
use crate::ledger::{Deed, Entry, ReleaseDeed, TenantChain};
use crate::scope::Scope;

/// How often a release is planned anew because others appended first.
const ATTEMPTS: usize = 8;

/// Finishes what earlier releases left, and makes the next one when it is due
/// (or at once with `force`, which passes the interval over and no gate).
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
    run_for(scope, now, force, None, entropy).await
}

/// [`run`], asked for by `actor`: a digest under the tenant's ledger key.
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
    let (mut chain, mut entries) = scope.journal.open(now, entropy).await?;
    let removed = remove(scope, &chain).await?;
    let mut finished = finish(scope, &chain).await?;
    let mut tried: Vec<Tried> = Vec::new();
    for _ in 0..ATTEMPTS {
        let ready = match prepare(scope, &chain, &entries, now, force).await? {
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
    let outcome = match prepare(scope, &chain, &entries, now, force).await? {
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
    force: bool,
) -> Result<Prepared, ReleaseError> {
    if !chain.freezes.is_empty() {
        return Ok(Prepared::Not(Outcome::Refused(Refusal::Frozen)));
    }
    let next = due(chain, entries, scope.tenant.release.interval_ms, now);
    if now < next && !force {
        return Ok(Prepared::Not(Outcome::NotDue { next }));
    }
    let ends = inputs::ends(scope, chain, now).await?;
    let inputs = plan::inputs(chain, &ends);
    let mut landed = inputs::read(scope, chain, &inputs).await?;
    if landed.rows.is_empty() {
        let young = ends.iter().any(|log| log.ready < log.next);
        return Ok(Prepared::Not(match young {
            true => Outcome::MayGoOn,
            false => Outcome::NothingNew,
        }));
    }
    cells::treat(&mut landed, scope.tenant.release.small_cells);
    let years: BTreeSet<_> = landed.rows.conversations().map(|c| c.year).collect();
    let candidate = Candidate {
        tally: &landed.tally,
        years: &years,
        last: chain.last_of_new(),
        attested: chain.attested(now),
        now,
    };
    Ok(match gate(&candidate, &scope.tenant) {
        Ok(approval) => Prepared::Ready(Box::new(Ready {
            number: chain.releases.len() as u32 + 1,
            supersedes: None,
            inputs,
            landed,
            approval,
        })),
        Err(refusal) => Prepared::Not(Outcome::Refused(refusal)),
    })
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
