//! Rebalances of a Kafka group as events.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rdkafka::client::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::{BaseConsumer, Consumer, ConsumerContext};
use rdkafka::error::{KafkaError, KafkaResult};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};
use rdkafka::types::RDKafkaRespErr;

use super::kafka::list;
use super::link::{Ack, Outlet, Tag};
use super::{Event, SourceError};
use crate::domain::TopicPartition;

/// How long a worker may take to let go of revoked partitions. Heart-beats go
/// on meanwhile; other members wait. A worker that takes longer loses nothing
/// but the race: its next commit finds another's slot.
const LET_GO: Duration = Duration::from_secs(30);

/// What a rebalance changed, for the polling thread.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Assigned, under this number.
    Gained(Vec<TopicPartition>, u64),
    /// Revoked or lost.
    Gone(Vec<TopicPartition>),
}

/// The consumer's context: carries out rebalances and notes what changed.
/// Both assignment protocols in use are incremental.
pub(super) struct Members {
    outlet: Outlet,
    assignments: AtomicU64,
    changes: Mutex<Vec<Change>>,
}

impl Members {
    pub(super) const fn new(outlet: Outlet) -> Self {
        Self {
            outlet,
            assignments: AtomicU64::new(0),
            changes: Mutex::new(Vec::new()),
        }
    }

    /// What changed since the last call, in order.
    pub(super) fn changes(&self) -> Vec<Change> {
        std::mem::take(&mut *self.lock())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Change>> {
        self.changes.lock().unwrap_or_else(|e| e.into_inner())
    }

    /// Takes new partitions at their end, where nothing is fetched, since the
    /// worker alone knows where to start.
    fn gain(&self, consumer: &BaseConsumer<Self>, partitions: Vec<TopicPartition>) {
        let at_end = list(partitions.iter().map(|p| (p, Offset::End)));
        self.done(consumer.incremental_assign(&at_end));
        let assignment = 1 + self.assignments.fetch_add(1, Ordering::Relaxed);
        self.lock().push(Change::Gained(partitions, assignment));
    }

    /// Gives partitions up after the worker has let go of them, or at once
    /// where they are another's already.
    fn give_up(&self, consumer: &BaseConsumer<Self>, partitions: Vec<TopicPartition>) {
        if consumer.assignment_lost() {
            let lost = Event::Lost(partitions.clone());
            self.outlet.send(lost, Tag::default());
        } else if !partitions.is_empty() {
            self.revoke(partitions.clone());
        }
        let going = list(partitions.iter().map(|p| (p, Offset::Invalid)));
        self.done(consumer.incremental_unassign(&going));
        self.lock().push(Change::Gone(partitions));
    }

    fn revoke(&self, partitions: Vec<TopicPartition>) {
        let (ack, wait) = Ack::pair();
        let revoked = Event::Revoked { partitions, ack };
        if self.outlet.send(revoked, Tag::default()) && !wait.wait(LET_GO) {
            tracing::warn!("the worker did not let go of revoked partitions in time");
        }
    }

    fn done(&self, result: KafkaResult<()>) {
        if result.is_err() {
            let code = "an assignment was refused".into();
            let failed = Event::Failed(SourceError::Fatal { code });
            self.outlet.send(failed, Tag::default());
        }
    }
}

impl ConsumerContext for Members {
    fn rebalance(
        &self,
        consumer: &BaseConsumer<Self>,
        err: RDKafkaRespErr,
        list: &mut TopicPartitionList,
    ) {
        let partitions = partitions(list);
        if err == RDKafkaRespErr::RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS {
            self.gain(consumer, partitions);
        } else {
            self.give_up(consumer, partitions);
        }
    }

    fn commit_callback(&self, result: KafkaResult<()>, _offsets: &TopicPartitionList) {
        if let Err(error) = result {
            tracing::debug!(code = ?error.rdkafka_error_code(), "the group offset was not taken");
        }
    }
}

impl ClientContext for Members {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        super::kafka::log(level, facility, message);
    }

    fn error(&self, error: KafkaError, _reason: &str) {
        tracing::debug!(target: "librdkafka", code = ?error.rdkafka_error_code(), "error");
    }
}

fn partitions(list: &TopicPartitionList) -> Vec<TopicPartition> {
    let elements = list.elements();
    elements
        .iter()
        .map(|e| TopicPartition::new(e.topic(), e.partition()))
        .collect()
}
