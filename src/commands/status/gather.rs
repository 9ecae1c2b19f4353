//! What the stores say of each tenant. Names, numbers and times; no content.

use std::collections::BTreeMap;

use futures::{StreamExt, TryStreamExt, stream};
use serde::Serialize;

use crate::config::Tenant;
use crate::domain::{EpochMs, TenantId, TopicPartition};
use crate::gate::Routes;
use crate::lake::layout::{Chain, Folder, LandingFile};
use crate::lake::log::{Slot, Tail};
use crate::lake::read::{self, ReadError};
use crate::lake::store::{StateStore, StoreError};
use crate::ledger::{Entry, Evidence, Journal, JournalError, SetTimers, Shortened, TenantChain};
use crate::release::review_gate;
use crate::scope::Stores;
use crate::seal::{BlobName, Purpose};

/// Small objects read at once.
const AHEAD: usize = 32;
const DAY_MS: i64 = 86_400_000;

/// Why the stores could not be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum GatherError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{0}; `leeward audit verify` names the place")]
    Log(#[from] ReadError),
    #[error("{0}; `leeward audit verify` names the place")]
    Chain(#[from] JournalError),
}

/// One tenant, as the stores have it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct TenantReport {
    pub(super) tenant: TenantId,
    /// Whole days until the authorisation lapses; negative once it has.
    pub(super) lapses_in_days: i64,
    pub(super) logs: Vec<LogReport>,
    /// Slots that no release has taken.
    pub(super) unreleased_slots: u64,
    /// Conversations in them, where they were counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unreleased: Option<Conversations>,
    /// Conversations in the inputs of all releases.
    pub(super) landed: u64,
    pub(super) released: u64,
    /// Held back at a release, by reason.
    pub(super) held_back: BTreeMap<String, u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_release: Option<u32>,
    /// Releases that were taken back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) withdrawn: Vec<u32>,
    /// Whole days until the attestation lapses without which nothing is
    /// released; absent where none is in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) attested_for_days: Option<i64>,
    /// The review's gate; absent where nothing is reviewed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) review: Option<ReviewReport>,
    pub(super) holds: u64,
    /// Timers that were shortened and are not yet in force.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) shortened: Vec<Shortened>,
    /// Purge intents without a receipt.
    pub(super) open_intents: u64,
    pub(super) due: Due,
}

/// Whether people have read what would be released next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct ReviewReport {
    pub(super) open: bool,
    /// Why it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) why: Option<String>,
    /// Samples that were ever drawn.
    pub(super) samples: u64,
    /// Conversations that are held back, since a reviewer saw a leak in them.
    pub(super) withheld: u64,
}

impl ReviewReport {
    fn of(chain: &TenantChain, tenant: &Tenant, now: EpochMs) -> Option<Self> {
        let review = tenant.release.review.as_ref();
        let gate = review_gate(chain, review, now);
        (review.is_some() || gate.is_err()).then(|| Self {
            open: gate.is_ok(),
            why: gate.err().map(|why| why.to_string()),
            samples: chain.reviews.samples().len() as u64,
            withheld: chain.reviews.withheld().len() as u64,
        })
    }
}

/// Conversations in slots that no release has taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(super) struct Conversations {
    pub(super) landed: u64,
    pub(super) held_back: u64,
}

/// When timers are due; absent where nothing waits for one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(super) struct Due {
    /// The next release.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) release: Option<EpochMs>,
    /// The oldest record that is still in the broker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kafka: Option<EpochMs>,
    /// The oldest quarantined record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) quarantine: Option<EpochMs>,
    /// The oldest conversation held back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) held_back: Option<EpochMs>,
}

/// One partition's log in one epoch.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct LogReport {
    #[serde(flatten)]
    pub(super) place: TopicPartition,
    pub(super) epoch: u32,
    pub(super) slots: u64,
    pub(super) end: i64,
    pub(super) resume: i64,
    /// Records without a fate.
    pub(super) open: u64,
    pub(super) closed: bool,
}

impl LogReport {
    fn new(place: TopicPartition, epoch: u32, tail: &Tail) -> Self {
        Self {
            place,
            epoch,
            slots: tail.next,
            end: tail.end,
            resume: tail.resume(),
            open: tail.open.count(),
            closed: tail.closed,
        }
    }

    fn chain(&self) -> Chain {
        read::log(&self.place, self.epoch)
    }
}

/// Every log, by the tenant that its topic belongs to; `None` for topics that
/// are no tenant's in the configuration.
pub(super) async fn logs(
    stores: &Stores,
    routes: &Routes,
) -> Result<BTreeMap<Option<TenantId>, Vec<LogReport>>, GatherError> {
    let mut logs: BTreeMap<_, Vec<LogReport>> = BTreeMap::new();
    for (place, epoch) in stores.state.logs().await? {
        let Some(tail) = read::tail(&stores.state, &read::log(&place, epoch)).await? else {
            continue;
        };
        let owner = routes.owner(&place.topic).ok().cloned();
        let log = LogReport::new(place, epoch, &tail);
        logs.entry(owner).or_default().push(log);
    }
    Ok(logs)
}

/// One tenant's report.
pub(super) async fn tenant(
    stores: &Stores,
    tenant: &Tenant,
    logs: Vec<LogReport>,
    now: EpochMs,
    count: bool,
) -> Result<TenantReport, GatherError> {
    let journal = Journal::new(stores.state.clone(), tenant.id.clone(), Default::default());
    let (chain, entries) = journal.read().await?;
    let unreleased = match count {
        true => Some(unreleased(stores, &tenant.id, &chain, &logs).await?),
        false => None,
    };
    let mut held_back: BTreeMap<String, u64> = BTreeMap::new();
    for (reason, held) in chain.releases.iter().flat_map(|(_, r)| &r.held_back) {
        *held_back.entry(reason.clone()).or_default() += held;
    }
    let releases = || chain.releases.iter().map(|(_, release)| release);
    // What a successor took over was counted before, and is told as it is now.
    let landed = releases().filter(|release| release.supersedes.is_none());
    let released = releases().filter(|release| chain.stands(release.number));
    Ok(TenantReport {
        tenant: tenant.id.clone(),
        lapses_in_days: tenant.authorization.lapses().since(now).div_euclid(DAY_MS),
        unreleased_slots: logs.iter().map(|log| log.slots - from(&chain, log)).sum(),
        unreleased,
        landed: landed.map(|release| release.landed).sum(),
        released: released.map(|release| release.released).sum(),
        held_back,
        withdrawn: chain.withdrawn.keys().copied().collect(),
        attested_for_days: chain
            .attested(now)
            .map(|attested| attested.until.since(now).div_euclid(DAY_MS)),
        last_release: chain.releases.last().map(|(_, release)| release.number),
        review: ReviewReport::of(&chain, tenant, now),
        holds: chain.holds.len() as u64,
        shortened: chain.timers.shortened(tenant.timers.into(), now),
        open_intents: chain.intents.len() as u64,
        due: due(stores, tenant, &chain, &entries, &logs, now).await?,
        logs,
    })
}

/// The first slot of `log` that no release has taken.
fn from(chain: &TenantChain, log: &LogReport) -> u64 {
    let key = (log.place.clone(), log.epoch);
    let from = chain.released_to.get(&key).copied();
    from.unwrap_or(0).min(log.slots)
}

/// Counts conversations in slots that no release has taken.
async fn unreleased(
    stores: &Stores,
    tenant: &TenantId,
    chain: &TenantChain,
    logs: &[LogReport],
) -> Result<Conversations, GatherError> {
    let mut sum = Conversations::default();
    for log in logs {
        let of_log = log.chain();
        let mut found = stream::iter(from(chain, log)..log.slots)
            .map(|n| evidence(stores, &of_log, tenant, n))
            .buffered(AHEAD);
        while let Some(evidence) = found.try_next().await? {
            let held = |e: &Evidence| e.held_back.values().sum::<u64>();
            sum.landed += evidence.as_ref().map_or(0, |e| e.conversations);
            sum.held_back += evidence.as_ref().map_or(0, held);
        }
    }
    Ok(sum)
}

async fn evidence(
    stores: &Stores,
    log: &Chain,
    tenant: &TenantId,
    n: u64,
) -> Result<Option<Evidence>, GatherError> {
    let slot = read::slot(&stores.state, log, n).await?;
    let leaf = slot.and_then(|(mut slot, _)| slot.leaves.remove(tenant));
    let Some(name) = leaf.and_then(|leaf| BlobName::parse(&leaf.name)) else {
        return Ok(None);
    };
    let tenant = tenant.clone();
    let path = LandingFile::Evidence { tenant, name }.path();
    let bytes = stores.landing.get(&path).await?;
    let read = bytes.map(|bytes| Evidence::from_bytes(n, &bytes));
    let read = read.transpose().map_err(JournalError::Ledger)?;
    Ok(read)
}

async fn due(
    stores: &Stores,
    tenant: &Tenant,
    chain: &TenantChain,
    entries: &[Entry],
    logs: &[LogReport],
    now: EpochMs,
) -> Result<Due, GatherError> {
    let SetTimers {
        kafka_ms,
        quarantine_ms,
        held_back_ms,
        ..
    } = chain.timers.in_force_with(tenant.timers.into(), now);
    let last = chain.last_of_new();
    let since = last.or_else(|| entries.first().map(|founded| founded.at));
    let mut oldest: Option<EpochMs> = None;
    for log in logs {
        let kept = oldest_kept(&stores.state, chain, log).await?;
        oldest = oldest.into_iter().chain(kept).min();
    }
    Ok(Due {
        release: since.map(|at| at.plus(tenant.release.interval_ms)),
        kafka: oldest.map(|at| at.plus(kafka_ms)),
        quarantine: eldest(stores, &tenant.id, Purpose::Quarantine, quarantine_ms).await?,
        held_back: eldest(stores, &tenant.id, Purpose::HeldBack, held_back_ms).await?,
    })
}

/// The time of the first record of `log` that no purge has taken, found by
/// halving: the ends of slots ascend.
async fn oldest_kept(
    store: &StateStore,
    chain: &TenantChain,
    log: &LogReport,
) -> Result<Option<EpochMs>, GatherError> {
    let key = (log.place.clone(), log.epoch);
    let gone_below = chain.purged_to.get(&key).copied().unwrap_or(0);
    let of_log = log.chain();
    let (mut low, mut high) = (0, log.slots);
    let mut first: Option<Slot> = None;
    while low < high {
        let middle = low + (high - low) / 2;
        let Some((slot, _)) = read::slot(store, &of_log, middle).await? else {
            break;
        };
        if slot.end > gone_below {
            high = middle;
            first = Some(slot);
        } else {
            low = middle + 1;
        }
    }
    Ok(first.and_then(|slot| slot.ages.first()))
}

/// When the oldest sealed file of a purpose is due.
async fn eldest(
    stores: &Stores,
    tenant: &TenantId,
    purpose: Purpose,
    timer_ms: i64,
) -> Result<Option<EpochMs>, GatherError> {
    let files = stores
        .landing
        .list(&Folder::sealed(tenant, purpose))
        .await?;
    let oldest = files.iter().map(|file| file.modified).min();
    Ok(oldest.map(|at| at.plus(timer_ms)))
}
