//! A tenant's chores: releases and purges, done by the holder of partition 0
//! of its first topic. Who holds it is a courtesy; put-if-absent is the safety.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::future::Future;
use std::sync::Arc;

use tokio::sync::Mutex;

use super::perform::Done;
use super::report::count_purge;
use crate::config::Config;
use crate::domain::{Entropy, EpochMs, TenantId, TopicPartition};
use crate::gate::Routes;
use crate::purge::records::Records;
use crate::purge::{self, PurgeReport, Purger, Run};
use crate::release;
use crate::scope::Scope;

/// Shortest and longest time between two rounds of a tenant's chores, in
/// milliseconds.
const EVERY_MS: (i64, i64) = (2_000, 3_600_000);

/// When each tenant's chores are due, and what the last ones said.
pub(super) struct Chores {
    next: BTreeMap<TenantId, EpochMs>,
    under_way: BTreeSet<TenantId>,
    outcomes: BTreeMap<TenantId, Outcome>,
    routes: Routes,
    unclaimed_ms: i64,
    broker: Option<Arc<dyn Records>>,
    /// Each remembers what it has verified.
    purgers: BTreeMap<TenantId, Arc<Mutex<Purger>>>,
}

/// What a tenant's chores said.
#[derive(Debug, Clone, Default)]
pub(super) struct Outcome {
    /// The number of the last release.
    pub(super) released: Option<u64>,
    /// Originals past their timer and still there.
    pub(super) blocks: u64,
    /// Holds in force.
    pub(super) holds: u64,
    /// Timers that were shortened and wait.
    pub(super) shortened: u64,
    /// Purges that wait for approval.
    pub(super) waiting: u64,
}

impl Chores {
    pub(super) fn new(config: &Config, routes: Routes, broker: Option<Arc<dyn Records>>) -> Self {
        let tenants = config.tenants.keys();
        Self {
            next: tenants.map(|id| (id.clone(), EpochMs(0))).collect(),
            under_way: BTreeSet::new(),
            outcomes: BTreeMap::new(),
            routes,
            unclaimed_ms: config.pipeline.unclaimed.timer_ms,
            broker,
            purgers: BTreeMap::new(),
        }
    }

    /// Tenants whose chores this process should do now.
    pub(super) fn due(
        &self,
        held: &BTreeMap<TopicPartition, TenantId>,
        now: EpochMs,
    ) -> Vec<TenantId> {
        let ours: BTreeSet<&TenantId> = held
            .iter()
            .filter(|(place, _)| place.partition == 0)
            .map(|(_, tenant)| tenant)
            .collect();
        let due = |id: &&&TenantId| {
            let next = self.next.get(**id).copied().unwrap_or_default();
            now >= next && !self.under_way.contains(**id)
        };
        ours.iter().filter(due).map(|id| (*id).clone()).collect()
    }

    /// Begins the chores of `scope`'s tenant.
    pub(super) fn begin(
        &mut self,
        scope: Scope,
        now: EpochMs,
    ) -> impl Future<Output = Done> + Send + 'static {
        let tenant = scope.id().clone();
        self.under_way.insert(tenant.clone());
        let purger = self.purgers.entry(tenant).or_insert_with(|| {
            let purger = Purger::new(scope.clone(), self.routes.clone(), self.unclaimed_ms);
            Arc::new(Mutex::new(purger))
        });
        let purger = Arc::clone(purger);
        let broker = self.broker.clone();
        async move {
            release(&scope, now).await;
            let report = purge(&scope, &purger, broker.as_deref(), now).await;
            Done::Chores(scope.id().clone(), outcome(&scope, report).await)
        }
    }

    /// A tenant's chores are over for now. They come again within a tenth of
    /// its shortest timer, so that none is missed by more.
    pub(super) fn ended(&mut self, scope: &Scope, outcome: Option<Outcome>, now: EpochMs) {
        let timers = &scope.tenant.timers;
        let shortest = [
            timers.kafka_ms,
            timers.quarantine_ms,
            timers.held_back_ms,
            timers.landing_grace_ms,
            scope.tenant.release.interval_ms,
            self.unclaimed_ms,
        ]
        .into_iter()
        .min()
        .unwrap_or(EVERY_MS.1);
        let every = (shortest / 10).clamp(EVERY_MS.0, EVERY_MS.1);
        self.under_way.remove(scope.id());
        self.next.insert(scope.id().clone(), now.plus(every));
        if let Some(outcome) = outcome {
            self.outcomes.insert(scope.id().clone(), outcome);
        }
    }

    /// These tenants came, changed or went: what was kept of them is of before.
    pub(super) fn changed(&mut self, tenants: &BTreeSet<TenantId>, routes: Routes) {
        self.routes = routes;
        for tenant in tenants {
            self.purgers.remove(tenant);
            self.next.remove(tenant);
        }
    }

    pub(super) fn outcome(&self, tenant: &TenantId) -> Outcome {
        self.outcomes.get(tenant).cloned().unwrap_or_default()
    }
}

async fn release(scope: &Scope, now: EpochMs) {
    let mut entropy = Entropy::from_system();
    let tenant = scope.id().as_str();
    match release::run(scope, now, false, &mut entropy).await {
        Ok(report) => {
            for release in report.removed {
                tracing::info!(event = "withdrawn_release_removed", tenant, release);
            }
            told(tenant, &report.outcome);
        }
        Err(error) => {
            let error = &error as &(dyn Error + 'static);
            tracing::error!(event = "release_failed", tenant, error);
        }
    }
}

fn told(tenant: &str, outcome: &release::Outcome) {
    match outcome {
        release::Outcome::Released(summary) => {
            let (release, conversations) = (summary.number, summary.released);
            tracing::info!(event = "released", tenant, release, conversations);
        }
        release::Outcome::Refused(closed) => {
            for refusal in closed {
                let (reason, error) = (refusal.code(), refusal as &(dyn Error + 'static));
                tracing::warn!(event = "release_refused", tenant, reason, error);
            }
        }
        _ => {}
    }
}

async fn purge(
    scope: &Scope,
    purger: &Mutex<Purger>,
    broker: Option<&dyn Records>,
    now: EpochMs,
) -> Option<PurgeReport> {
    let mut entropy = Entropy::from_system();
    let mut run = Run {
        now,
        execute: true,
        entropy: &mut entropy,
    };
    let tenant = scope.id().as_str();
    match purger.lock().await.run(broker, &mut run).await {
        Ok(report) => {
            count_purge(scope.id(), &report);
            warn(tenant, &report, now);
            for (place, block) in report.overdue() {
                tracing::error!(
                    event = "purge_overdue",
                    tenant,
                    topic = &*place.topic,
                    partition = place.partition,
                    state = block.obstacle.code(),
                    ms = block.overdue_ms
                );
            }
            Some(report)
        }
        Err(error) => {
            let error = &error as &(dyn Error + 'static);
            tracing::error!(event = "purge_failed", tenant, error);
            None
        }
    }
}

/// Tells of what wants a person's eye before it happens.
fn warn(tenant: &str, report: &PurgeReport, now: EpochMs) {
    for shortened in &report.shortened {
        tracing::warn!(
            event = "timer_shortened",
            tenant,
            kind = shortened.timer,
            ms = shortened.at.since(now)
        );
    }
    for waiting in report.waiting() {
        if let purge::Outcome::Waiting { amount, .. } = waiting {
            tracing::warn!(event = "purge_waits", tenant, count = amount);
        }
    }
}

async fn outcome(scope: &Scope, report: Option<PurgeReport>) -> Option<Outcome> {
    let (chain, _) = scope.journal.read().await.ok()?;
    Some(Outcome {
        released: chain
            .releases
            .last()
            .map(|(_, deed)| u64::from(deed.number)),
        waiting: report.as_ref().map_or(0, |r| r.waiting().count() as u64),
        shortened: report.as_ref().map_or(0, |r| r.shortened.len() as u64),
        blocks: report.map_or(0, |report| report.overdue().count() as u64),
        holds: chain.holds.len() as u64,
    })
}
