//! A tenant's chores: releases and purges, done by the holder of partition 0
//! of its first topic. Who holds it is a courtesy; put-if-absent is the safety.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;

use super::perform::Done;
use crate::config::Config;
use crate::domain::{EpochMs, TenantId, TopicPartition};
use crate::scope::Scope;

/// How often chores are looked at, in milliseconds.
const EVERY_MS: i64 = 5_000;

/// When each tenant's chores are due, and what the last ones said.
#[derive(Debug)]
pub(super) struct Chores {
    next: BTreeMap<TenantId, EpochMs>,
    under_way: BTreeSet<TenantId>,
    outcomes: BTreeMap<TenantId, Outcome>,
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
}

impl Chores {
    pub(super) fn new(config: &Config) -> Self {
        let tenants = config.tenants.keys();
        Self {
            next: tenants.map(|id| (id.clone(), EpochMs(0))).collect(),
            under_way: BTreeSet::new(),
            outcomes: BTreeMap::new(),
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
        self.under_way.insert(scope.id().clone());
        async move {
            let outcome = work(&scope, now).await;
            Done::Chores(scope.id().clone(), outcome)
        }
    }

    /// A tenant's chores are over for now.
    pub(super) fn ended(&mut self, tenant: &TenantId, outcome: Option<Outcome>, now: EpochMs) {
        self.under_way.remove(tenant);
        self.next.insert(tenant.clone(), now.plus(EVERY_MS));
        if let Some(outcome) = outcome {
            self.outcomes.insert(tenant.clone(), outcome);
        }
    }

    pub(super) fn outcome(&self, tenant: &TenantId) -> Outcome {
        self.outcomes.get(tenant).cloned().unwrap_or_default()
    }
}

async fn work(scope: &Scope, _now: EpochMs) -> Option<Outcome> {
    let (chain, _) = scope.journal.read().await.ok()?;
    Some(Outcome {
        released: chain
            .releases
            .last()
            .map(|(_, deed)| u64::from(deed.number)),
        blocks: 0,
        holds: chain.holds.len() as u64,
    })
}
