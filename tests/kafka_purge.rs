//! Deletion of records on a real broker, and its proof.

use std::collections::BTreeMap;
use std::time::Duration;

use leeward::config::resolved::GroupProtocol;
use leeward::domain::TopicPartition;
use leeward::purge::broker::{Below, Broker, DeleteError};

use crate::support::block_on;
use crate::support::kafka::broker;
use crate::support::parts::Need;
use crate::support::reader::Reader;
use crate::support::trial::{Trial, trial};

const KAFKA: &[Need] = &[Need::Kafka];

pub(crate) const TRIALS: &[Trial] = &[
    trial(
        "kafka_purge::a_cut_is_exact_and_a_fetch_below_fails",
        KAFKA,
        cut_is_exact,
    ),
    trial(
        "kafka_purge::each_partition_is_answered_for_itself",
        KAFKA,
        answers_apart,
    ),
    trial(
        "kafka_purge::another_groups_offsets_are_seen",
        KAFKA,
        groups_offsets,
    ),
];

fn topic_of(count: i32) -> (TopicPartition, Broker) {
    let broker = broker();
    let topic = broker.topic(1);
    broker.produce(&topic, (0..count).map(|n| (0, n.to_string())));
    let kafka = broker.group(GroupProtocol::Consumer, &[]);
    let connected = Broker::connect(&kafka).expect("a connection");
    (TopicPartition::new(&topic, 0), connected)
}

fn cut_is_exact() {
    let (partition, broker) = topic_of(100);
    block_on(async {
        let readable = broker.fetch_below(&partition, 41).await;
        assert_eq!(readable, Ok(Below::Readable { offset: 41 }));
        for _ in 0..2 {
            let cuts = BTreeMap::from([(partition.clone(), 42)]);
            let answers = broker.delete_records(&cuts).await;
            assert_eq!(answers[&partition], Ok(42));
        }
        assert_eq!(broker.low_watermark(&partition).await, Ok(42));
        assert_eq!(broker.fetch_below(&partition, 0).await, Ok(Below::Gone));
        assert_eq!(broker.fetch_below(&partition, 41).await, Ok(Below::Gone));
        let kept = broker.fetch_below(&partition, 42).await;
        assert_eq!(kept, Ok(Below::Readable { offset: 42 }));
        assert_eq!(broker.fetch_below(&partition, 100).await, Ok(Below::Empty));
    });
}

fn answers_apart() {
    let (good, broker) = topic_of(10);
    let (beyond, _) = topic_of(10);
    let nowhere = TopicPartition::new(&good.topic, 7);
    let cuts = [(&good, 5), (&beyond, 11), (&nowhere, 1)];
    let cuts = BTreeMap::from(cuts.map(|(p, n)| (p.clone(), n)));
    let answers = block_on(broker.delete_records(&cuts));
    assert_eq!(answers[&good], Ok(5));
    assert_eq!(answers[&beyond], Err(DeleteError::OutOfRange));
    let doubt = &answers[&nowhere];
    assert!(
        matches!(doubt, Err(DeleteError::Doubtful { .. })),
        "{doubt:?}"
    );
}

fn groups_offsets() {
    let (partition, purge) = topic_of(10);
    let kafka = broker().group(GroupProtocol::CooperativeSticky, &[]);
    let asked = [partition.clone()];
    block_on(async {
        let mut reader = Reader::join(&kafka, &partition.topic);
        reader.assigned_in_all(1).await;
        let none = purge.committed_of_group(&kafka.group, &asked).await;
        assert_eq!(none, Ok(vec![None]));
        reader.source.hint(&partition, 7);
        let limit = tokio::time::Instant::now() + Duration::from_secs(30);
        loop {
            let now = purge.committed_of_group(&kafka.group, &asked).await;
            if now == Ok(vec![Some(7)]) {
                break;
            }
            assert!(tokio::time::Instant::now() < limit, "{now:?}");
        }
    });
}
