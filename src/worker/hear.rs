//! What the source tells, and what the loop makes of it.

use super::drive::{DriveError, Driver, wall_clock};
use super::event::Event;
use super::intake::Reader;
use crate::domain::TopicPartition;
use crate::source::{self, Record, SourceError};

impl Driver {
    pub(super) fn source_event(&mut self, event: source::Event) -> Result<(), DriveError> {
        match event {
            source::Event::Assigned(partitions) => self.assign(partitions),
            source::Event::Revoked { partitions, ack } => {
                self.let_go(partitions);
                drop(ack);
            }
            source::Event::Lost(partitions) => self.let_go(partitions),
            source::Event::Records(partition, records) => self.records(&partition, records),
            source::Event::End { partition, next } => self.end(partition, next),
            source::Event::Failed(error) => self.source_failed(error)?,
        }
        Ok(())
    }

    fn assign(&mut self, partitions: Vec<TopicPartition>) {
        self.assigned = true;
        let count = partitions.len();
        tracing::info!(event = "assigned", count);
        self.hand_out(partitions);
    }

    /// Reads these partitions for the tenants that own them.
    pub(super) fn hand_out(&mut self, partitions: Vec<TopicPartition>) {
        let mut owned = Vec::new();
        for partition in partitions {
            match self.routes.owner(&partition.topic).cloned() {
                Ok(tenant) => {
                    self.tenants.insert(partition.clone(), tenant.clone());
                    owned.push((partition, tenant));
                }
                // It stands still: what is nobody's is not read.
                Err(reason) => {
                    self.stopped.insert(partition, reason.code());
                }
            }
        }
        self.step(Event::Assigned(owned));
    }

    fn let_go(&mut self, partitions: Vec<TopicPartition>) {
        let count = partitions.len();
        tracing::info!(event = "revoked", count);
        self.forget(partitions);
    }

    /// Drops everything that is kept of these partitions.
    pub(super) fn forget(&mut self, partitions: Vec<TopicPartition>) {
        for partition in &partitions {
            self.tenants.remove(partition);
            self.suspended.remove(partition);
            self.stopped.remove(partition);
            self.highs.remove(partition);
            self.firsts.remove(partition);
            self.epochs.remove(partition);
            self.carried.remove(partition);
            self.ended.remove(partition);
        }
        self.flushes
            .retain(|ticket, _| !partitions.contains(&ticket.partition));
        self.step(Event::Revoked(partitions));
    }

    fn records(&mut self, partition: &TopicPartition, records: Vec<Record>) {
        // What was on its way when its tenant was suspended comes again.
        if self.suspended.contains(partition) {
            return;
        }
        let now = wall_clock();
        let Some(tenant) = self.tenant_of(partition) else {
            return;
        };
        let reader = Reader {
            tenant: &tenant,
            mapping: &tenant.shape,
            limits: &self.config.pipeline.limits,
            now,
        };
        match reader.read_all(records) {
            Some(intakes) => self.step(Event::Records(partition.clone(), intakes)),
            None => self.suspend(partition.clone()),
        }
    }

    fn end(&mut self, partition: TopicPartition, next: i64) {
        self.highs.insert(partition.clone(), next);
        self.step(Event::End(partition.clone(), next));
        if self.finite {
            self.step(Event::Exhausted(partition.clone()));
            self.ended.insert(partition);
        }
    }

    fn source_failed(&mut self, error: SourceError) -> Result<(), DriveError> {
        let shown = &error as &dyn std::error::Error;
        tracing::warn!(event = "source_failed", error = shown);
        match error {
            SourceError::OutOfRange { partition } => {
                self.stopped.insert(partition, "out_of_range");
                Ok(())
            }
            error if error.is_fatal() || self.finite => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// The tenant's agreement does not hold now: nothing is copied, nothing
    /// is lost.
    pub(super) fn suspend(&mut self, partition: TopicPartition) {
        tracing::warn!(
            event = "suspended",
            topic = &*partition.topic,
            partition = partition.partition
        );
        self.stand_still(partition);
    }

    /// Keeps nothing of the partition, until its tenant is admitted again.
    pub(super) fn stand_still(&mut self, partition: TopicPartition) {
        // Whoever reads it anew comes to its end again.
        self.ended.remove(&partition);
        self.suspended.insert(partition.clone());
        self.step(Event::Suspend(vec![partition]));
    }
}
