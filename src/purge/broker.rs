//! What purge asks of the broker: delete a prefix, and prove that it went.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use futures::future::{BoxFuture, FutureExt};
use rdkafka::admin::{AdminClient, AdminOptions, ResourceSpecifier};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};

use super::records::Records;
pub use super::records::{Below, DeleteError};
use crate::config::resolved::Kafka;
use crate::domain::TopicPartition;
use crate::lake::log::Watermarks;
use crate::source::kafka::{
    Found, Inquirer, Quiet, Role, client_config, code, failure, list, meaning,
};
use crate::source::{Record, SourceError};

/// How long the broker may take to delete.
const PATIENCE: Duration = Duration::from_secs(30);

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
            .create_with_context(Quiet::default())
            .map_err(|e| failure(kafka, &e))?;
        Ok(Self {
            kafka: kafka.clone(),
            admin,
            reader: Arc::new(Inquirer::connect(kafka, &kafka.group)?),
        })
    }

    /// How many brokers there are, and the topics that the login may see.
    ///
    /// # Errors
    /// When no broker answers or it refuses; the error names the cause.
    pub async fn cluster(&self) -> Result<(usize, Vec<String>), SourceError> {
        let reader = Arc::clone(&self.reader);
        blocking(move || reader.cluster().map(|c| (c.brokers, c.topics))).await
    }

    /// How many partitions `topic` has; 0 where it does not exist.
    ///
    /// # Errors
    /// When no broker answers or it refuses.
    pub async fn partitions(&self, topic: &str) -> Result<i32, SourceError> {
        let (reader, topic) = (Arc::clone(&self.reader), topic.to_owned());
        blocking(move || reader.partitions(&topic)).await
    }

    /// A topic's settings of these names; `None` where the broker does not say.
    pub async fn settings<const N: usize>(
        &self,
        topic: &str,
        names: [&str; N],
    ) -> Option<[Option<String>; N]> {
        let topic = ResourceSpecifier::Topic(topic);
        let options = AdminOptions::new().request_timeout(Some(PATIENCE));
        let answer = self.admin.describe_configs([&topic], &options).await.ok()?;
        let settings = answer.into_iter().next()?.ok()?;
        Some(names.map(|name| settings.get(name)?.value.clone()))
    }

    /// The consumer groups that the login may see.
    ///
    /// # Errors
    /// When no broker answers or it refuses.
    pub async fn groups(&self) -> Result<Vec<String>, SourceError> {
        let reader = Arc::clone(&self.reader);
        blocking(move || reader.groups()).await
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
        if self.fetches_tokens() {
            let unsupported = |p: &TopicPartition| (p.clone(), Err(DeleteError::Unsupported));
            return cuts.keys().map(unsupported).collect();
        }
        let answer = self.admin.delete_records(&offsets, &options).await;
        let each = |p: &TopicPartition| match &answer {
            Ok(list) => answered(list, p),
            Err(error) => Err(refusal(error)),
        };
        cuts.keys().map(|p| (p.clone(), each(p))).collect()
    }

    /// Whether the login is by tokens: the client library's administrator asks
    /// nobody for one, and would wait in vain.
    fn fetches_tokens(&self) -> bool {
        let mechanism = self.kafka.librdkafka.get("sasl.mechanism");
        let mechanism = mechanism.or_else(|| self.kafka.librdkafka.get("sasl.mechanisms"));
        mechanism.is_some_and(|m| m.expose().eq_ignore_ascii_case("OAUTHBEARER"))
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

impl Records for Broker {
    fn answers(&self) -> BoxFuture<'_, bool> {
        async { self.cluster().await.is_ok() }.boxed()
    }

    fn watermarks<'a>(
        &'a self,
        partition: &'a TopicPartition,
    ) -> BoxFuture<'a, Result<Watermarks, SourceError>> {
        let (reader, partition) = (Arc::clone(&self.reader), partition.clone());
        let ask = move || {
            let marks = reader.watermarks(&partition)?;
            Ok(Watermarks {
                low: marks.low,
                high: marks.high,
            })
        };
        blocking(ask).boxed()
    }

    fn record_from<'a>(
        &'a self,
        partition: &'a TopicPartition,
        offset: i64,
    ) -> BoxFuture<'a, Result<Option<Record>, SourceError>> {
        let (reader, partition) = (Arc::clone(&self.reader), partition.clone());
        let ask = move || {
            Ok(match reader.find(&partition, offset)? {
                Found::Record(record) => Some(record),
                Found::OutOfRange | Found::End => None,
            })
        };
        blocking(ask).boxed()
    }

    fn delete_below<'a>(
        &'a self,
        partition: &'a TopicPartition,
        offset: i64,
    ) -> BoxFuture<'a, Result<i64, DeleteError>> {
        async move {
            let cuts = BTreeMap::from([(partition.clone(), offset)]);
            let silent = || DeleteError::Doubtful {
                code: "NoAnswer".into(),
            };
            let answer = self.delete_records(&cuts).await.remove(partition);
            answer.unwrap_or_else(|| Err(silent()))
        }
        .boxed()
    }

    fn fetch_below<'a>(
        &'a self,
        partition: &'a TopicPartition,
        offset: i64,
    ) -> BoxFuture<'a, Result<Below, SourceError>> {
        Broker::fetch_below(self, partition, offset).boxed()
    }

    fn committed<'a>(
        &'a self,
        group: &'a str,
        partition: &'a TopicPartition,
    ) -> BoxFuture<'a, Result<Option<i64>, SourceError>> {
        async move {
            let asked = std::slice::from_ref(partition);
            let answer = self.committed_of_group(group, asked).await?;
            Ok(answer.first().copied().flatten())
        }
        .boxed()
    }

    fn segment_ms<'a>(&'a self, topic: &'a str) -> BoxFuture<'a, Option<i64>> {
        async move {
            let [segment] = self.settings(topic, ["segment.ms"]).await?;
            segment?.parse().ok()
        }
        .boxed()
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
            SourceError::Denied { code }
            | SourceError::Login { code }
            | SourceError::Tls { code } => DeleteError::Denied { code },
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
