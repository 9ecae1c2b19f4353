//! Superseding: what a release published is read again by the present engine
//! under the present policy, and takes its place. What was masked stays masked
//! and more may be; research ids stay. It is one entry of the tenant's chain:
//! the successor's release, by which the other is withdrawn.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::execute::Prepared;
use super::gate::{self, Approval, Years};
use super::landed::{Landed, Tally};
use super::plan::Inputs;
use super::publish::{dir, finish};
use super::stage::{Ready, is_lost, stage, sweep};
use super::{Object, Outcome, Refusal, ReleaseError, ReleaseReport, cells, remove};
use crate::batch::{ENGINE_FAILED, guarded, keep};
use crate::deid::{CleanConversation, Engine, Policy, deidentify_again};
use crate::domain::{Entropy, EpochMs, Sha256};
use crate::lake::layout::ReleaseDir;
use crate::ledger::{Deed, ReleaseDeed, ReleasedFile, TenantChain};
use crate::scope::Scope;
use crate::seal::Purpose;
use crate::table::{CleanRows, Published, Table, TableFiles, read_published};

/// Makes a successor of release `number` for `actor`, a digest under the
/// tenant's ledger key. It holds no more than that release, and dates nothing
/// closer than it did.
///
/// # Errors
/// A [`ReleaseError`]; to run again is always safe.
pub async fn supersede(
    scope: &Scope,
    number: u32,
    engine: &Engine,
    (now, actor): (EpochMs, Option<String>),
    entropy: &mut Entropy,
) -> Result<ReleaseReport, ReleaseError> {
    let (mut chain, mut entries) = scope.journal.open(now, entropy).await?;
    let mut removed = remove(scope, &chain).await?;
    let mut finished = finish(scope, &chain).await?;
    let outcome = match prepare(scope, &chain, number, engine, now, entropy).await? {
        Prepared::Not(outcome) => outcome,
        Prepared::Ready(ready) => {
            let area = chain.area.expect("an opened chain is founded");
            let release = stage(scope, dir(area, ready.number), &ready, now, entropy).await?;
            let n = chain.next;
            let deed = Deed::Released(release.clone());
            let appended = scope.journal.append(&chain, deed, now, actor, entropy);
            // Won or not, the chain alone says what happened.
            appended.await;
            scope.journal.read_on(&mut chain, &mut entries).await?;
            if !chain.releases.iter().any(|(_, r)| *r == release) {
                if is_lost(&release, n, &entries) {
                    sweep(scope, &release).await;
                }
                return Err(ReleaseError::Contended);
            }
            Outcome::Released(ready.summary().with_files(&release))
        }
    };
    // First what goes, then what takes its place: no row is there twice.
    removed.extend(remove(scope, &chain).await?);
    finished.extend(finish(scope, &chain).await?);
    Ok(ReleaseReport {
        removed,
        finished,
        outcome,
    })
}

async fn prepare(
    scope: &Scope,
    chain: &TenantChain,
    number: u32,
    engine: &Engine,
    now: EpochMs,
    entropy: &mut Entropy,
) -> Result<Prepared, ReleaseError> {
    let refused = |closed| Ok(Prepared::Not(Outcome::Refused(closed)));
    let (attested, mut closed) = gate::agreed(chain, &scope.tenant, now);
    closed.extend((!chain.stands(number)).then_some(Refusal::NotStanding { number }));
    let Some(attested) = attested.filter(|_| closed.is_empty()) else {
        return refused(closed);
    };
    let (_, old) = &chain.releases[number as usize - 1];
    let mut landed = again(scope, dir_of(chain, number), old, engine, entropy).await?;
    cells::treat(&mut landed, scope.tenant.release.small_cells);
    let mut dating_override = old.dating_override.clone();
    if let Some(few) = gate::few(landed.tally.released, &scope.tenant) {
        dating_override = dating_override.or_else(|| scope.tenant.release.dating_override.clone());
        if dating_override.is_none() {
            return refused(vec![few]);
        }
    }
    let named = |file: &ReleasedFile| year(&file.path).is_some();
    let years = match old.files.iter().any(named) {
        true => Years::Named,
        false => Years::Withheld,
    };
    Ok(Prepared::Ready(Box::new(Ready {
        number: chain.releases.len() as u32 + 1,
        supersedes: Some(number),
        inputs: Inputs::default(),
        landed,
        approval: Approval {
            attested,
            // It publishes nothing that was not published.
            review: None,
            dating_override,
            years,
        },
    })))
}

fn dir_of(chain: &TenantChain, number: u32) -> ReleaseDir {
    dir(
        chain.area.expect("a chain with a release is founded"),
        number,
    )
}

/// Reads what `old` published and de-identifies it again, part by part.
async fn again(
    scope: &Scope,
    dir: ReleaseDir,
    old: &ReleaseDeed,
    engine: &Engine,
    entropy: &mut Entropy,
) -> Result<Landed, ReleaseError> {
    let mut tally = Tally {
        landed: old.released,
        ..Tally::default()
    };
    let mut landed = Landed::again(scope);
    let conversations = format!("{}/{}/", dir.area, Table::Conversations.name());
    let parts = old
        .files
        .iter()
        .filter(|f| f.path.starts_with(&conversations));
    for file in parts {
        let beside = format!("{}/{}/", dir.area, Table::Turns.name());
        let turns = file.path.replacen(&conversations, &beside, 1);
        let turns = old.files.iter().find(|f| f.path == turns);
        let turns = turns.ok_or(ReleaseError::Missing(Object::Published(old.number)))?;
        let [conversations, turns] = [file, turns].map(|file| fetch(scope, dir, file));
        let bytes = (conversations.await?.to_vec(), turns.await?.to_vec());
        let part = read_published(scope.id(), year(&file.path), bytes.0, bytes.1);
        let part = part.map_err(|error| ReleaseError::Rows {
            object: Object::Published(old.number),
            error,
        })?;
        let clean = clean(scope, engine, part, &mut tally.held_back, entropy);
        tally.policies.extend(clean.iter().map(|c| c.policy));
        tally
            .engines
            .extend(clean.iter().map(|c| c.engine.to_owned()));
        if !clean.is_empty() {
            add(
                scope,
                &mut landed,
                &CleanRows::of(&clean).to_parquet(),
                old.number,
                entropy,
            )?;
        }
    }
    landed.count_as(tally);
    Ok(landed)
}

/// What may be published of `part`; the rest is counted under its reason.
fn clean(
    scope: &Scope,
    engine: &Engine,
    part: Vec<Published>,
    held_back: &mut BTreeMap<String, u64>,
    entropy: &mut Entropy,
) -> Vec<CleanConversation> {
    let mut out = Vec::new();
    for one in part {
        let mut clean = match clean_again(engine, &scope.tenant.policy, &one, entropy) {
            Ok(clean) => clean,
            Err(reason) => {
                *held_back.entry(reason).or_default() += 1;
                continue;
            }
        };
        clean.id = one.id;
        clean.duration_s = one.duration_s;
        for (category, count) in one.counts {
            *clean.counts.entry(category).or_default() += count;
        }
        // The agreement may let less leave than it did.
        if let Some(fields) = &scope.tenant.authorization.fields {
            keep(fields, &mut clean, &mut BTreeMap::new());
        }
        out.push(clean);
    }
    out
}

/// The conversation as the present engine and policy have it; else why it is
/// held back.
fn clean_again(
    engine: &Engine,
    policy: &Policy,
    one: &Published,
    entropy: &mut Entropy,
) -> Result<CleanConversation, String> {
    let mut own = entropy.fork();
    let outcome = guarded(|| deidentify_again(engine, policy, &one.text, &mut own));
    let outcome = outcome.ok_or_else(|| ENGINE_FAILED.to_owned())?;
    match outcome.holds.first() {
        Some(hold) => Err(hold.code()),
        None => Ok(outcome.clean),
    }
}

/// Rows of a release come from sealed files alone, so these are sealed first.
fn add(
    scope: &Scope,
    landed: &mut Landed,
    files: &TableFiles,
    number: u32,
    entropy: &mut Entropy,
) -> Result<(), ReleaseError> {
    let [conversations, turns] = [&files.conversations, &files.turns]
        .map(|bytes| scope.sealer.seal(Purpose::Landing, 0, bytes, entropy));
    let added = landed.rows.add(
        (conversations.name(), conversations.bytes()),
        (turns.name(), turns.bytes()),
    );
    added.map_err(|error| ReleaseError::Rows {
        object: Object::Published(number),
        error,
    })
}

async fn fetch(scope: &Scope, dir: ReleaseDir, file: &ReleasedFile) -> Result<Bytes, ReleaseError> {
    let object = || Object::Published(dir.number);
    let path = dir
        .file(&file.path)
        .ok_or_else(|| ReleaseError::Disagrees {
            object: object(),
            what: "it is for a path of another release",
        })?;
    let bytes = scope.stores.research.get(&path).await?;
    let bytes = bytes.ok_or_else(|| ReleaseError::Missing(object()))?;
    match Sha256::of(&bytes) == file.sha256 {
        true => Ok(bytes),
        false => Err(ReleaseError::Altered(object())),
    }
}

/// The year that a path names.
fn year(path: &str) -> Option<i16> {
    let named = path.split('/').find_map(|part| part.strip_prefix("year="));
    named?.parse().ok().filter(|year| *year > 0)
}
