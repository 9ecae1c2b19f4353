//! Questions to a broker, asked beside the group.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::{KafkaError, KafkaResult, RDKafkaErrorCode};
use rdkafka::metadata::MetadataTopic;
use rdkafka::topic_partition_list::Offset;

use super::context::Quiet;
use super::poll::record;
use super::settings::{Role, client_config, failure, list, meaning};
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

/// A cluster as a login may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cluster {
    /// How many brokers it has.
    pub(crate) brokers: usize,
    /// Its topics.
    pub(crate) topics: Vec<String>,
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
            .create_with_context(Quiet::default())
            .map_err(|e| failure(kafka, &e))?;
        Ok(Self {
            client,
            reading: Mutex::new(()),
        })
    }

    /// Asks a question that librdkafka answers by itself. What it wants of the
    /// program meanwhile (a token; to be heard) is served before and after.
    fn ask<T>(&self, question: impl FnOnce(&Self) -> KafkaResult<T>) -> Result<T, SourceError> {
        self.serve(Duration::ZERO);
        question(self).map_err(|error| {
            self.serve(Duration::from_millis(100));
            self.client.context().reason(meaning(&error))
        })
    }

    /// Serves what waits, unless records are being read, which serves it too.
    fn serve(&self, wait: Duration) {
        if let Ok(_one) = self.reading.try_lock() {
            for _ in 0..32 {
                if self.client.poll(wait).is_none() {
                    break;
                }
            }
        }
    }

    /// The brokers and topics that the login may see.
    pub(crate) fn cluster(&self) -> Result<Cluster, SourceError> {
        let metadata = self.ask(|s| s.client.fetch_metadata(None, PATIENCE))?;
        let topics = metadata.topics().iter();
        Ok(Cluster {
            brokers: metadata.brokers().len(),
            topics: topics.map(|t| t.name().to_owned()).collect(),
        })
    }

    /// The consumer groups that the login may see.
    pub(crate) fn groups(&self) -> Result<Vec<String>, SourceError> {
        let groups = self.ask(|s| s.client.fetch_group_list(None, PATIENCE))?;
        let names = groups.groups().iter().map(|g| g.name().to_owned());
        Ok(names.collect())
    }

    pub(crate) fn watermarks(&self, p: &TopicPartition) -> Result<Watermarks, SourceError> {
        let marks = |s: &Self| s.client.fetch_watermarks(&p.topic, p.partition, PATIENCE);
        let (low, high) = self.ask(marks)?;
        Ok(Watermarks { low, high })
    }

    pub(crate) fn partitions(&self, topic: &str) -> Result<i32, SourceError> {
        let metadata = self.ask(|s| s.client.fetch_metadata(Some(topic), PATIENCE))?;
        let found = metadata.topics().iter().find(|t| t.name() == topic);
        let refused = found
            .and_then(MetadataTopic::error)
            .map(RDKafkaErrorCode::from);
        if refused == Some(RDKafkaErrorCode::TopicAuthorizationFailed) {
            let code = "TopicAuthorizationFailed".into();
            return Err(SourceError::Denied { code });
        }
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
        let answered = self.ask(|s| s.client.committed_offsets(asked, PATIENCE))?;
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
                    Err(
                        error @ (SourceError::Denied { .. }
                        | SourceError::Login { .. }
                        | SourceError::Tls { .. }
                        | SourceError::Fatal { .. }),
                    ) => return Err(error),
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
