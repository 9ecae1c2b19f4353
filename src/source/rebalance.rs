//! Rebalances of a Kafka group as events.
//!
//! A partition is not fetched before the worker has said where to start, and
//! then from that offset. To let the client start somewhere and to seek after
//! would lose records: while it asks the broker for a logical offset it lets a
//! late answer undo the seek (librdkafka 2.12.1, `rd_kafka_toppar_handle_Offset`).

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use rdkafka::client::{ClientContext, OAuthToken};
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
    /// Partitions that the client fetches.
    started: Mutex<BTreeSet<TopicPartition>>,
}

impl Members {
    pub(super) const fn new(outlet: Outlet) -> Self {
        Self {
            outlet,
            assignments: AtomicU64::new(0),
            changes: Mutex::new(Vec::new()),
            started: Mutex::new(BTreeSet::new()),
        }
    }

    /// What changed since the last call, in order.
    pub(super) fn changes(&self) -> Vec<Change> {
        std::mem::take(&mut *locked(&self.changes))
    }

    /// Lets the client fetch an assigned partition, for the first time or
    /// anew, from `offset`.
    pub(super) fn start(
        &self,
        consumer: &BaseConsumer<Self>,
        partition: &TopicPartition,
        offset: i64,
    ) -> KafkaResult<()> {
        if self.is_started(partition) {
            self.stop(consumer, std::slice::from_ref(partition))?;
        }
        consumer.incremental_assign(&list([(partition, Offset::Offset(offset))]))?;
        locked(&self.started).insert(partition.clone());
        Ok(())
    }

    /// Whether the client fetches it.
    pub(super) fn is_started(&self, partition: &TopicPartition) -> bool {
        locked(&self.started).contains(partition)
    }

    /// Lets the client no longer fetch any of these. In a rebalance it must be
    /// said even of none, since the client waits for it.
    fn stop(
        &self,
        consumer: &BaseConsumer<Self>,
        partitions: &[TopicPartition],
    ) -> KafkaResult<()> {
        let mut started = locked(&self.started);
        let of_these = |p: &&TopicPartition| started.contains(*p);
        let fetched: Vec<_> = partitions.iter().filter(of_these).cloned().collect();
        let going = list(fetched.iter().map(|p| (p, Offset::Invalid)));
        consumer.incremental_unassign(&going)?;
        started.retain(|p| !fetched.contains(p));
        Ok(())
    }

    /// Takes new partitions without fetching any.
    fn gain(&self, consumer: &BaseConsumer<Self>, partitions: Vec<TopicPartition>) {
        self.done(consumer.incremental_assign(&list([])));
        let assignment = 1 + self.assignments.fetch_add(1, Ordering::Relaxed);
        locked(&self.changes).push(Change::Gained(partitions, assignment));
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
        self.done(self.stop(consumer, &partitions));
        locked(&self.changes).push(Change::Gone(partitions));
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
    const ENABLE_REFRESH_OAUTH_TOKEN: bool = true;

    fn generate_oauth_token(
        &self,
        setting: Option<&str>,
    ) -> Result<OAuthToken, Box<dyn std::error::Error>> {
        super::kafka::oauth_token(setting)
    }

    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        super::kafka::log(level, facility, message);
        // The code, which the poll gives, does not tell a broker that hangs up
        // from one that is away.
        if let Some(cause) = super::kafka::logged_cause(facility, message) {
            self.outlet.send(Event::Failed(cause), Tag::default());
        }
    }

    fn error(&self, error: KafkaError, _reason: &str) {
        tracing::debug!(target: "librdkafka", code = ?error.rdkafka_error_code(), "error");
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|e| e.into_inner())
}

fn partitions(list: &TopicPartitionList) -> Vec<TopicPartition> {
    let elements = list.elements();
    elements
        .iter()
        .map(|e| TopicPartition::new(e.topic(), e.partition()))
        .collect()
}
