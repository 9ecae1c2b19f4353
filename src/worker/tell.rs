//! What the loop tells operations, and what it asks the broker for that.

use super::drive::{Driver, wall_clock};
use super::perform::Done;
use super::report;
use super::status::PartitionStatus;
use crate::domain::TopicPartition;
use crate::observe::metrics;

impl Driver {
    pub(super) fn report(&mut self) {
        self.lapses.tell(&self.config, wall_clock());
        for partition in self.tenants.keys().cloned().collect::<Vec<_>>() {
            let lookup = self.source.lookup();
            let send = self.send.clone();
            tokio::spawn(async move {
                if let Ok(Some(high)) = lookup.end(&partition).await {
                    let _ = send.send(Done::High(partition, high));
                }
            });
        }
        for (tenant, bound, ms) in self.worker.throttled(wall_clock()) {
            metrics::throttled(tenant, bound, ms);
        }
        self.ask_first();
        self.publish();
    }

    pub(super) fn publish(&self) {
        self.health.publish(report::status(&report::View {
            config: &self.config,
            worker: &self.worker,
            highs: &self.highs,
            firsts: &self.firsts,
            suspended: &self.suspended,
            stopped: &self.stopped,
            chores: &self.chores,
            shadow: self.shadow.as_ref(),
            starting: !self.assigned,
            draining: self.draining,
            now: wall_clock(),
        }));
    }

    /// Asks how old the first record beyond the end of a log is, of a partition
    /// that lags and stands still; one at a time.
    fn ask_first(&mut self) {
        if self.asks_first || self.finite {
            return;
        }
        let stands = |(place, state): (&TopicPartition, PartitionStatus)| {
            let end = state.end.filter(|_| state.oldest.is_none())?;
            let known = self.firsts.get(place).is_some_and(|(at, _)| *at == end);
            let lags = self.highs.get(place).is_some_and(|high| *high > end);
            (lags && !known).then(|| (place.clone(), end))
        };
        let Some((place, end)) = self.worker.status().find_map(stands) else {
            return;
        };
        self.asks_first = true;
        let lookup = self.source.lookup();
        self.spawn(async move {
            let record = lookup.record_from(&place, end).await.ok().flatten();
            Done::First(place, end, record.map(|record| record.time))
        });
    }
}
