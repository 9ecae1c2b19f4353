//! Questions about partitions, answered beside the stream of records.

use std::sync::Arc;

use super::{Record, SourceError, file};
use crate::domain::TopicPartition;

/// The offsets that a partition holds: `low` up to, not with, `high`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watermarks {
    /// The first offset that may still be read.
    pub low: i64,
    /// One more than the last offset that may be read (of committed
    /// transactions only).
    pub high: i64,
}

/// Asks a source about its partitions. Cheap to clone; each question waits for
/// the broker on a thread for blocking work.
#[derive(Debug, Clone)]
pub struct Lookup(Kind);

#[derive(Debug, Clone)]
enum Kind {
    #[cfg(feature = "kafka")]
    Kafka(Arc<super::kafka::Inquirer>),
    File(Arc<file::Files>),
}

impl Lookup {
    #[cfg(feature = "kafka")]
    pub(super) fn kafka(inquirer: super::kafka::Inquirer) -> Self {
        Self(Kind::Kafka(Arc::new(inquirer)))
    }

    pub(super) fn file(files: Arc<file::Files>) -> Self {
        Self(Kind::File(files))
    }

    /// The offsets that `partition` holds. A file's end is known once it has
    /// been read; that of standard input is [`i64::MAX`].
    ///
    /// # Errors
    /// When the broker does not answer or refuses.
    pub async fn watermarks(&self, partition: &TopicPartition) -> Result<Watermarks, SourceError> {
        let partition = partition.clone();
        match &self.0 {
            #[cfg(feature = "kafka")]
            Kind::Kafka(inquirer) => {
                let inquirer = Arc::clone(inquirer);
                blocking(move || inquirer.watermarks(&partition)).await
            }
            Kind::File(files) => {
                let files = Arc::clone(files);
                blocking(move || files.watermarks(&partition)).await
            }
        }
    }

    /// One more than the last offset of `partition`; `None` while standard
    /// input has not ended.
    ///
    /// # Errors
    /// When the broker does not answer or refuses.
    pub async fn end(&self, partition: &TopicPartition) -> Result<Option<i64>, SourceError> {
        let high = self.watermarks(partition).await?.high;
        Ok((high != file::UNKNOWN_END).then_some(high))
    }

    /// The record at `offset`, or `None` where there is none.
    ///
    /// # Errors
    /// When the broker does not answer or refuses.
    pub async fn read_at(
        &self,
        partition: &TopicPartition,
        offset: i64,
    ) -> Result<Option<Record>, SourceError> {
        let partition = partition.clone();
        match &self.0 {
            #[cfg(feature = "kafka")]
            Kind::Kafka(inquirer) => {
                let inquirer = Arc::clone(inquirer);
                blocking(move || inquirer.read_at(&partition, offset)).await
            }
            Kind::File(files) => {
                let files = Arc::clone(files);
                blocking(move || files.read_at(&partition, offset)).await
            }
        }
    }

    /// The first record at or after `offset`, or `None` where there is none or
    /// `offset` lies outside the partition. Of a file: the record at `offset`.
    ///
    /// # Errors
    /// When the broker does not answer or refuses.
    pub async fn record_from(
        &self,
        partition: &TopicPartition,
        offset: i64,
    ) -> Result<Option<Record>, SourceError> {
        match &self.0 {
            #[cfg(feature = "kafka")]
            Kind::Kafka(inquirer) => {
                let (inquirer, partition) = (Arc::clone(inquirer), partition.clone());
                let ask = move || match inquirer.find(&partition, offset)? {
                    super::kafka::Found::Record(record) => Ok(Some(record)),
                    _ => Ok(None),
                };
                blocking(ask).await
            }
            Kind::File(_) => self.read_at(partition, offset).await,
        }
    }

    /// How many partitions `topic` has; 0 when it does not exist.
    ///
    /// # Errors
    /// When the broker does not answer or refuses.
    pub async fn partitions(&self, topic: &str) -> Result<i32, SourceError> {
        match &self.0 {
            #[cfg(feature = "kafka")]
            Kind::Kafka(inquirer) => {
                let (inquirer, topic) = (Arc::clone(inquirer), topic.to_owned());
                blocking(move || inquirer.partitions(&topic)).await
            }
            Kind::File(files) => Ok(files.partitions(topic)),
        }
    }
}

/// Runs a question that blocks on a thread for such.
async fn blocking<T: Send + 'static>(
    question: impl FnOnce() -> Result<T, SourceError> + Send + 'static,
) -> Result<T, SourceError> {
    tokio::task::spawn_blocking(question)
        .await
        .unwrap_or(Err(SourceError::Closed))
}
