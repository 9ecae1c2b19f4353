//! A source as a test reads it.

use std::time::Duration;

use leeward::config::resolved;
use leeward::domain::TopicPartition;
use leeward::source::{Ack, Event, Record, Source, SourceError};

/// Longer than any step of any test takes.
const LIMIT: Duration = Duration::from_secs(60);

/// A source whose steps all end or fail in time.
pub(crate) struct Reader {
    /// The source itself, for orders.
    pub(crate) source: Source,
}

impl Reader {
    /// Joins `kafka`'s group for one topic.
    pub(crate) fn join(kafka: &resolved::Kafka, topic: &str) -> Self {
        let config = resolved::Source::Kafka(kafka.clone());
        let source = Source::open(&config, &[topic.to_owned()]).expect("the source opens");
        Self { source }
    }

    /// The next event but passing trouble with the broker.
    pub(crate) async fn next(&mut self) -> Event {
        loop {
            let event = tokio::time::timeout(LIMIT, self.source.next());
            match event
                .await
                .expect("an event in time")
                .expect("the source is open")
            {
                Event::Failed(SourceError::Unavailable { .. }) => {}
                event => return event,
            }
        }
    }

    /// Partitions that are assigned next.
    pub(crate) async fn assigned(&mut self) -> Vec<TopicPartition> {
        match self.next().await {
            Event::Assigned(mut partitions) => {
                partitions.sort();
                partitions
            }
            event => panic!("not an assignment: {event:?}"),
        }
    }

    /// Waits for assignments until `count` partitions have come.
    pub(crate) async fn assigned_in_all(&mut self, count: usize) -> Vec<TopicPartition> {
        let mut partitions = Vec::new();
        while partitions.len() < count {
            partitions.extend(self.assigned().await);
        }
        partitions.sort();
        partitions
    }

    /// Partitions that are revoked next, and the ack to drop.
    pub(crate) async fn revoked(&mut self) -> (Vec<TopicPartition>, Ack) {
        match self.next().await {
            Event::Revoked { partitions, ack } => (partitions, ack),
            event => panic!("not a revocation: {event:?}"),
        }
    }

    /// The next batch of `partition`.
    pub(crate) async fn batch(&mut self, partition: &TopicPartition) -> Vec<Record> {
        match self.next().await {
            Event::Records(of, records) if of == *partition => records,
            event => panic!("not records of {partition}: {event:?}"),
        }
    }

    /// Records of `partition` up to its end, and the end.
    pub(crate) async fn rest(&mut self, partition: &TopicPartition) -> (Vec<Record>, i64) {
        let mut all = Vec::new();
        loop {
            match self.next().await {
                Event::Records(of, records) if of == *partition => all.extend(records),
                Event::End {
                    partition: of,
                    next,
                } if of == *partition => return (all, next),
                event => panic!("not of {partition}: {event:?}"),
            }
        }
    }
}

/// The values of records.
pub(crate) fn values(records: &[Record]) -> Vec<String> {
    let text = |r: &Record| String::from_utf8_lossy(r.payload.expose()).into_owned();
    records.iter().map(text).collect()
}
