//! Questions to a broker, asked beside the group.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::{KafkaError, KafkaResult, RDKafkaErrorCode};
use rdkafka::topic_partition_list::Offset;

use super::poll::record;
use super::settings::{Quiet, Role, client_config, failure, list, meaning};
use crate::config::resolved::Kafka;
use crate::domain::TopicPartition;
use crate::source::{Record, SourceError, Watermarks};

/// How long a question may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// What a read at one offset finds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// The first record at or after it.
    Record(Record),
    /// Nothing: it is the partition's end.
    End,
    /// The broker has no such offset: it lies below the first record, or
    /// beyond the end.
    OutOfRange,
}

/// A client that never joins the group. Its calls block.
pub(crate) struct Inquirer {
    client: BaseConsumer<Quiet>,
    reading: Mutex<()>,
}

impl std::fmt::Debug for Inquirer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Inquirer")
    }
}

impl Inquirer {
    /// A client that speaks of the offsets of `group`.
    pub(crate) fn connect(kafka: &Kafka, group: &str) -> Result<Self, SourceError> {
        let client = client_config(kafka, Role::Reader)?
            .set("group.id", group)
            .create_with_context(Quiet)
            .map_err(|e| failure(kafka, &e))?;
        Ok(Self {
            client,
            reading: Mutex::new(()),
        })
    }

    pub(crate) fn watermarks(&self, p: &TopicPartition) -> Result<Watermarks, SourceError> {
        let marks = self
            .client
            .fetch_watermarks(&p.topic, p.partition, PATIENCE);
        let (low, high) = marks.map_err(|e| meaning(&e))?;
        Ok(Watermarks { low, high })
    }

    pub(crate) fn partitions(&self, topic: &str) -> Result<i32, SourceError> {
        let metadata = self.client.fetch_metadata(Some(topic), PATIENCE);
        let metadata = metadata.map_err(|e| meaning(&e))?;
        let found = metadata.topics().iter().find(|t| t.name() == topic);
        let count = found.map_or(0, |t| t.partitions().len());
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }

    /// The group's committed offsets, in the order asked; `None` where it has
    /// none.
    pub(crate) fn committed(
        &self,
        partitions: &[TopicPartition],
    ) -> Result<Vec<Option<i64>>, SourceError> {
        let asked = list(partitions.iter().map(|p| (p, Offset::Invalid)));
        let answered = self.client.committed_offsets(asked, PATIENCE);
        let answered = answered.map_err(|e| meaning(&e))?;
        let mut offsets = Vec::with_capacity(partitions.len());
        for p in partitions {
            let element = answered.find_partition(&p.topic, p.partition);
            let element = element.ok_or(SourceError::Closed)?;
            element.error().map_err(|e| meaning(&e))?;
            offsets.push(match element.offset() {
                Offset::Offset(n) => Some(n),
                _ => None,
            });
        }
        Ok(offsets)
    }

    pub(crate) fn read_at(
        &self,
        partition: &TopicPartition,
        offset: i64,
    ) -> Result<Option<Record>, SourceError> {
        Ok(match self.find(partition, offset)? {
            Found::Record(record) if record.offset == offset => Some(record),
            _ => None,
        })
    }

    /// Fetches at `offset`. One at a time: the client has one assignment.
    pub(crate) fn find(
        &self,
        partition: &TopicPartition,
        offset: i64,
    ) -> Result<Found, SourceError> {
        let _one = self.reading.lock().unwrap_or_else(|e| e.into_inner());
        let at = list([(partition, Offset::Offset(offset))]);
        self.client.assign(&at).map_err(|e| meaning(&e))?;
        let found = self.await_answer();
        self.client.unassign().map_err(|e| meaning(&e))?;
        found
    }

    fn await_answer(&self) -> Result<Found, SourceError> {
        let deadline = Instant::now() + PATIENCE;
        let mut last = None;
        while let Some(left) = deadline.checked_duration_since(Instant::now()) {
            if let Some(answer) = self.client.poll(left.min(Duration::from_millis(200))) {
                match found(answer.map(|m| record(&m))) {
                    Ok(found) => return Ok(found),
                    Err(error @ (SourceError::Denied { .. } | SourceError::Fatal { .. })) => {
                        return Err(error);
                    }
                    Err(error) => last = Some(error),
                }
            }
        }
        let code = || "TimedOut".into();
        Err(last.unwrap_or_else(|| SourceError::Unavailable { code: code() }))
    }
}

fn found(answer: KafkaResult<Record>) -> Result<Found, SourceError> {
    match answer {
        Ok(record) => Ok(Found::Record(record)),
        Err(KafkaError::PartitionEOF(_)) => Ok(Found::End),
        Err(error) => match error.rdkafka_error_code() {
            Some(RDKafkaErrorCode::AutoOffsetReset | RDKafkaErrorCode::OffsetOutOfRange) => {
                Ok(Found::OutOfRange)
            }
            _ => Err(meaning(&error)),
        },
    }
}
