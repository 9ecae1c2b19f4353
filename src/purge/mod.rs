//! Purge: what must go, when; intent, check, deed, verification.
//!
//! Every purge is an entry of the tenant's chain before it is a deed: the
//! *intent* fixes what goes, and an intent after a hold is void. Then what it
//! rests on is checked again, the deed is done, the deed is verified, and the
//! *receipt* says so. Each step is durable and may be repeated, by anyone: a
//! run begins with the intents that another left open.

mod book;
#[cfg(feature = "kafka")]
pub mod broker;
mod due;
mod files;
mod kafka;
pub mod plan;
pub mod records;
mod report;
pub mod silent;
mod stock;
mod survey;
mod sweep;
mod unusual;
#[cfg(test)]
pub(crate) mod tests;
mod verify;

use std::collections::BTreeMap;

use crate::config::resolved::Timers;
use crate::domain::{Entropy, EpochMs, TopicPartition};
use crate::gate::Routes;
use crate::lake::read::{self, ReadError};
use crate::lake::store::StoreError;
use crate::ledger::{JournalError, SetTimers};
use crate::scope::Scope;
use crate::source::SourceError;
use book::Book;
use records::Records;
use stock::Stock;
use verify::Verifier;

pub use book::GoneAlready;
pub use files::DUE_AT_ONCE;
pub use report::{
    Block, BlockedFile, FilesReport, Obstacle, Outcome, PartitionReport, PurgeReport, SweepReport,
};
pub use sweep::ORPHAN_AFTER_MS;
pub use verify::Unsound;
pub(crate) use verify::evidence as slot_evidence;

/// How long past its timer an original may lie before that is a block to be
/// told of, in milliseconds: a day, for chores run more often than that.
pub const GRACE_MS: i64 = 86_400_000;

/// Why a tenant's purges could not be done, or not to their end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PurgeError {
    /// The tenant's chain cannot be read: try again, or run `audit verify`.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A partition's log cannot be read: try again, or find out who damaged it.
    #[error(transparent)]
    Log(#[from] ReadError),
    /// A store does not answer: try again.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The broker does not answer: try again.
    #[error(transparent)]
    Broker(#[from] SourceError),
}

/// When a run takes place, and whether it may change anything.
#[derive(Debug)]
pub struct Run<'a> {
    /// The wall clock.
    pub now: EpochMs,
    /// `false` for a dry run: it reads, and says what would go.
    pub execute: bool,
    /// For entries of the chain.
    pub entropy: &'a mut Entropy,
}

/// Does one tenant's purges, and remembers what it has read, so that each slot
/// is read and verified once by a process.
///
/// Safety does not rest on there being one: any number may run at a time.
#[derive(Debug)]
pub struct Purger {
    scope: Scope,
    routes: Routes,
    /// How long unclaimed records are kept, in milliseconds.
    unclaimed_ms: i64,
    book: Book,
    /// The operator's chain, for unclaimed records.
    operator: Book,
    stock: Stock,
    verifier: Verifier,
    kafka: kafka::Memory,
    /// Logs of topics that are not the tenant's now, and whether they speak of
    /// it all the same. A log comes to speak of a tenant only when its topics
    /// change, and then its scope and routes are made anew.
    foreign: BTreeMap<(TopicPartition, u32), bool>,
}

impl Purger {
    /// Purges for the tenant of `scope`, whose topics are those that `routes`
    /// gives it. Unclaimed records found in them go after `unclaimed_ms`.
    #[must_use]
    pub fn new(scope: Scope, routes: Routes, unclaimed_ms: i64) -> Self {
        Self {
            book: Book::new(scope.journal.clone()),
            operator: Book::new(scope.journal.operator()),
            stock: Stock::default(),
            verifier: Verifier::default(),
            kafka: kafka::Memory::default(),
            foreign: BTreeMap::new(),
            scope,
            routes,
            unclaimed_ms,
        }
    }

    /// Does, or in a dry run plans, everything that is due: intents left open
    /// first, then records, files and orphans. Without a broker (records from
    /// files) no records go. Run it more often than daily and not more often
    /// than hourly where timers count in days: each purge is two entries.
    ///
    /// A partition that cannot be purged is reported and the others go on.
    ///
    /// # Errors
    /// A [`PurgeError`]: what was begun goes on in the next run.
    pub async fn run(
        &mut self,
        broker: Option<&dyn Records>,
        run: &mut Run<'_>,
    ) -> Result<PurgeReport, PurgeError> {
        self.book.open(run).await?;
        self.operator.open(run).await?;
        let written = SetTimers::from(self.scope.tenant.timers);
        if run.execute {
            self.book.set_timers(written, run).await?;
        }
        self.refresh_stock().await?;
        let partitions = self.records(broker, run).await?;
        let files = self.files(run).await?;
        let sweep = self.sweep(run).await?;
        Ok(PurgeReport {
            tenant: self.scope.id().clone(),
            dry_run: !run.execute,
            holds: self.book.chain.holds.keys().cloned().collect(),
            shortened: self.book.chain.timers.shortened(written, run.now),
            partitions,
            files,
            sweep,
        })
    }

    /// The log in force of each partition of the tenant's topics.
    async fn logs(&self) -> Result<BTreeMap<TopicPartition, u32>, StoreError> {
        let logs = self.scope.stores.state.logs().await?;
        // Epochs ascend, so that the last one stays.
        Ok(logs.into_iter().filter(|(p, _)| self.owns(p)).collect())
    }

    /// Reads what every log says of the tenant's files: of its own topics, and
    /// of those that were its own once.
    async fn refresh_stock(&mut self) -> Result<(), PurgeError> {
        let state = &self.scope.stores.state;
        let mut logs = state.logs().await?;
        for log in &logs {
            if !self.foreign.contains_key(log) && !self.owns(&log.0) {
                let tail = read::tail(state, &read::log(&log.0, log.1)).await?;
                let spoken_of = tail.is_some_and(|t| t.heads.contains_key(self.scope.id()));
                self.foreign.insert(log.clone(), spoken_of);
            }
        }
        logs.retain(|log| self.foreign.get(log).copied().unwrap_or(true));
        self.stock.refresh(&self.scope, &logs).await
    }

    /// The timers in force: a shortened one waits for a day.
    fn timers(&self, now: EpochMs) -> Timers {
        let timers = self.scope.tenant.timers;
        let history = &self.book.chain.timers;
        history.in_force_with(timers.into(), now).within(timers)
    }

    fn owns(&self, place: &TopicPartition) -> bool {
        let owner = self.routes.owner(&place.topic);
        owner.is_ok_and(|owner| owner == self.scope.id())
    }
}
