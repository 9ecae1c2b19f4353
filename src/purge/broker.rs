//! What purge asks of the broker: delete a prefix, and prove that it went.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use rdkafka::admin::{AdminClient, AdminOptions};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};

use crate::config::resolved::Kafka;
use crate::domain::TopicPartition;
use crate::source::SourceError;
use crate::source::kafka::{
    Found, Inquirer, Quiet, Role, client_config, code, failure, list, meaning,
};

/// How long the broker may take to delete.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why records of a partition were not deleted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeleteError {
    /// The broker cannot delete records (the in-process mock cannot).
    #[error("the broker cannot delete records")]
    Unsupported,
    /// The offset lies beyond the partition's end.
    #[error("the offset lies beyond the partition's end")]
    OutOfRange,
    /// The broker forbids it.
    #[error("the broker refuses access ({code}); grant DELETE on the topic")]
    Denied {
        /// The client's name of the failure.
        code: String,
    },
    /// It may or may not have happened: read the low watermark, and ask again.
    #[error("the broker's answer is in doubt ({code})")]
    Doubtful {
        /// The client's name of the failure.
        code: String,
    },
}

/// What a fetch below the cut finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Below {
    /// The broker refuses the offset: the record is gone.
    Gone,
    /// A record can still be read, at this offset or above.
    Readable {
        /// The first that was read.
        offset: i64,
    },
    /// The broker takes the offset but has nothing there.
    Empty,
}

/// A connection to the broker for purge.
pub struct Broker {
    kafka: Kafka,
    admin: AdminClient<Quiet>,
    reader: Arc<Inquirer>,
}

impl std::fmt::Debug for Broker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Broker")
    }
}

impl Broker {
    /// Connects; no answer is awaited.
    ///
    /// # Errors
    /// When the client refuses a setting.
    pub fn connect(kafka: &Kafka) -> Result<Self, SourceError> {
        let admin = client_config(kafka, Role::Admin)?
            .create_with_context(Quiet)
            .map_err(|e| failure(kafka, &e))?;
        Ok(Self {
            kafka: kafka.clone(),
            admin,
            reader: Arc::new(Inquirer::connect(kafka, &kafka.group)?),
        })
    }

    /// Deletes every record below the given offset of each partition. Answers
    /// for each partition with the low watermark that the broker then states.
    /// Repeating it is harmless.
    pub async fn delete_records(
        &self,
        cuts: &BTreeMap<TopicPartition, i64>,
    ) -> BTreeMap<TopicPartition, Result<i64, DeleteError>> {
        if cuts.is_empty() {
            return BTreeMap::new();
        }
        let offsets = list(cuts.iter().map(|(p, n)| (p, Offset::Offset(*n))));
        let options = AdminOptions::new()
            .request_timeout(Some(PATIENCE))
            .operation_timeout(Some(PATIENCE));
        let answer = self.admin.delete_records(&offsets, &options).await;
        let each = |p: &TopicPartition| match &answer {
            Ok(list) => answered(list, p),
            Err(error) => Err(refusal(error)),
        };
        cuts.keys().map(|p| (p.clone(), each(p))).collect()
    }

    /// The first offset of `partition` that may still be read.
    ///
    /// # Errors
    /// When the broker does not answer or refuses.
    pub async fn low_watermark(&self, partition: &TopicPartition) -> Result<i64, SourceError> {
        let (reader, partition) = (Arc::clone(&self.reader), partition.clone());
        blocking(move || Ok(reader.watermarks(&partition)?.low)).await
    }

    /// Fetches at `offset`, as any other consumer would, to see that nothing
    /// is there.
    ///
    /// # Errors
    /// When the broker does not answer or refuses the reader altogether.
    pub async fn fetch_below(
        &self,
        partition: &TopicPartition,
        offset: i64,
    ) -> Result<Below, SourceError> {
        let (reader, partition) = (Arc::clone(&self.reader), partition.clone());
        blocking(move || {
            Ok(match reader.find(&partition, offset)? {
                Found::OutOfRange => Below::Gone,
                Found::End => Below::Empty,
                Found::Record(record) => Below::Readable {
                    offset: record.offset,
                },
            })
        })
        .await
    }

    /// What another consumer group has committed, in the order asked; `None`
    /// where it has committed nothing.
    ///
    /// # Errors
    /// When the broker does not answer or refuses.
    pub async fn committed_of_group(
        &self,
        group: &str,
        partitions: &[TopicPartition],
    ) -> Result<Vec<Option<i64>>, SourceError> {
        let (kafka, group) = (self.kafka.clone(), group.to_owned());
        let partitions = partitions.to_vec();
        blocking(move || Inquirer::connect(&kafka, &group)?.committed(&partitions)).await
    }
}

/// Runs a question that blocks on a thread for such.
async fn blocking<T: Send + 'static>(
    question: impl FnOnce() -> Result<T, SourceError> + Send + 'static,
) -> Result<T, SourceError> {
    let asked = tokio::task::spawn_blocking(question).await;
    asked.unwrap_or(Err(SourceError::Closed))
}

/// One partition's own answer: an answer as a whole says nothing of its parts.
fn answered(list: &TopicPartitionList, p: &TopicPartition) -> Result<i64, DeleteError> {
    let missing = || DeleteError::Doubtful {
        code: "NoAnswer".into(),
    };
    let element = list.find_partition(&p.topic, p.partition);
    let element = element.ok_or_else(missing)?;
    element.error().map_err(|e| refusal(&e))?;
    match element.offset() {
        Offset::Offset(low) => Ok(low),
        _ => Err(missing()),
    }
}

fn refusal(error: &KafkaError) -> DeleteError {
    match code(error) {
        Some(RDKafkaErrorCode::UnsupportedFeature | RDKafkaErrorCode::UnsupportedVersion) => {
            DeleteError::Unsupported
        }
        Some(RDKafkaErrorCode::OffsetOutOfRange) => DeleteError::OutOfRange,
        _ => match meaning(error) {
            SourceError::Denied { code } => DeleteError::Denied { code },
            SourceError::Unavailable { code }
            | SourceError::NoTopic { code }
            | SourceError::Fatal { code } => DeleteError::Doubtful { code },
            other => DeleteError::Doubtful {
                code: other.to_string(),
            },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: RDKafkaErrorCode, want: &DeleteError) {
        assert_eq!(&refusal(&KafkaError::AdminOp(code)), want);
    }

    #[test]
    fn refusals_are_told_apart_by_what_to_do() {
        check(
            RDKafkaErrorCode::UnsupportedFeature,
            &DeleteError::Unsupported,
        );
        check(RDKafkaErrorCode::OffsetOutOfRange, &DeleteError::OutOfRange);
        let code = "TopicAuthorizationFailed".into();
        check(
            RDKafkaErrorCode::TopicAuthorizationFailed,
            &DeleteError::Denied { code },
        );
        let code = "OperationTimedOut".into();
        check(
            RDKafkaErrorCode::OperationTimedOut,
            &DeleteError::Doubtful { code },
        );
    }
}
