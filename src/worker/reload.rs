//! Tenants that come, change and go while the worker runs. What holds for all
//! of them stays as it was when it started.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::drive::Driver;
use super::event::Event;
use crate::config::resolved::Share;
use crate::config::{Config, Tenant};
use crate::domain::{TenantId, TopicPartition};
use crate::gate::Routes;
use crate::scope::Scope;

/// The tenants in force.
pub type Tenants = BTreeMap<TenantId, Arc<Tenant>>;

impl Driver {
    /// Takes `tenants` in the place of those before. Only partitions of tenants
    /// that changed are read anew, from their logs; those of a tenant that is
    /// gone, or whose file is broken, stand still and lose nothing.
    pub(super) fn take_tenants(&mut self, tenants: Tenants) {
        let changed = changed(&self.config.tenants, &tenants);
        if changed.is_empty() {
            return;
        }
        let Ok(routes) = Routes::of(tenants.values().map(AsRef::as_ref)) else {
            tracing::error!(event = "tenants_not_taken");
            return;
        };
        let count = changed.len();
        tracing::info!(event = "tenants_changed", count);
        self.config = Arc::new(Config {
            pipeline: self.config.pipeline.clone(),
            tenants,
        });
        self.rescope(&changed);
        self.share_out();
        self.chores.changed(&changed, routes.clone());
        let before: BTreeSet<String> = self.routes.subscriptions().into_iter().collect();
        let wanted = routes.subscriptions();
        // A topic that nobody owns any more stays subscribed: to leave it would
        // disturb the group, and its partitions stand still.
        if wanted.iter().any(|topic| !before.contains(topic)) {
            let all: BTreeSet<String> = before.into_iter().chain(wanted).collect();
            self.source.subscribe(all.into_iter().collect());
        }
        self.routes = routes;
        self.rebind(&changed);
    }

    /// Tells the worker what each tenant may take.
    pub(super) fn share_out(&mut self) {
        let bounded = |(id, tenant): (&TenantId, &Arc<Tenant>)| {
            (tenant.share != Share::default()).then(|| (id.clone(), tenant.share))
        };
        let shares = self.config.tenants.iter().filter_map(bounded).collect();
        self.step(Event::Shares(shares));
    }

    fn rescope(&mut self, changed: &BTreeSet<TenantId>) {
        for id in changed {
            match self.config.tenants.get(id) {
                Some(tenant) => {
                    let scope = Scope::new(tenant, &self.stores, self.writer);
                    self.scopes.insert(id.clone(), scope);
                }
                None => {
                    self.scopes.remove(id);
                }
            }
        }
    }

    /// Lets each held partition be its present owner's.
    fn rebind(&mut self, changed: &BTreeSet<TenantId>) {
        let held = self.tenants.keys().chain(self.stopped.keys());
        let held: BTreeSet<TopicPartition> = held.cloned().collect();
        let mut anew = Vec::new();
        for place in held {
            let owner = self.routes.owner(&place.topic).ok();
            let before = self.tenants.get(&place);
            match (before, owner) {
                (_, Some(owner)) if before != Some(owner) => anew.push(place),
                (Some(before), _) if changed.contains(before) => {
                    let (topic, partition) = (&*place.topic, place.partition);
                    tracing::info!(event = "read_anew", topic, partition);
                    self.stand_still(place);
                }
                _ => {}
            }
        }
        if !anew.is_empty() {
            self.forget(anew.clone());
            self.hand_out(anew);
        }
    }
}

/// The tenants of which there is more, less or something else.
#[must_use]
pub fn changed(before: &Tenants, after: &Tenants) -> BTreeSet<TenantId> {
    let all = before.keys().chain(after.keys());
    let written = |tenants: &Tenants, id| tenants.get(id).map(|tenant| tenant.written);
    all.filter(|id| written(before, id) != written(after, id))
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{EpochMs, Sha256};

    fn tenants(tenants: &[(&str, u8)]) -> Tenants {
        let one = |(name, written): &(&str, u8)| {
            let mut tenant = crate::gate::tenant(name, EpochMs(0));
            tenant.written = Sha256([*written; 32]);
            (tenant.id.clone(), Arc::new(tenant))
        };
        tenants.iter().map(one).collect()
    }

    #[test]
    fn who_came_changed_or_went() {
        let before = tenants(&[("north", 1), ("south", 1), ("west", 1)]);
        let after = tenants(&[("east", 1), ("north", 1), ("south", 2)]);
        let names: Vec<String> = changed(&before, &after)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(names, ["east", "south", "west"]);
        assert!(changed(&after, &after).is_empty());
    }
}
