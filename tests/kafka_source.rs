//! The Kafka source on a real broker.

use std::collections::BTreeMap;
use std::time::Duration;

use leeward::config::resolved::GroupProtocol::{self, Consumer, CooperativeSticky};
use leeward::config::resolved::Kafka;
use leeward::domain::TopicPartition;
use leeward::purge;
use leeward::source::{Event, SourceError, Watermarks};
use rdkafka::producer::Producer;

use crate::support::block_on;
use crate::support::kafka::{broker, send, unique};
use crate::support::parts::Need;
use crate::support::reader::{Reader, values};
use crate::support::trial::{Trial, trial};

const KAFKA: &[Need] = &[Need::Kafka];
const SHORT_SESSION: (&str, &str) = ("session.timeout.ms", "3000");
const FREQUENT_BEATS: (&str, &str) = ("heartbeat.interval.ms", "500");

pub(crate) const TRIALS: &[Trial] = &[
    trial(
        "kafka_source::a_partition_stands_still_until_sought",
        KAFKA,
        stands_still,
    ),
    trial(
        "kafka_source::after_a_seek_nothing_stale_comes",
        KAFKA,
        nothing_stale,
    ),
    trial(
        "kafka_source::aborted_transactions_are_not_seen",
        KAFKA,
        read_committed,
    ),
    trial(
        "kafka_source::a_position_that_was_cut_is_told",
        KAFKA,
        cut_position,
    ),
    trial(
        "kafka_source::a_worker_that_takes_nothing_stays_a_member",
        KAFKA,
        slow_worker,
    ),
    trial(
        "kafka_source::patterns_subscribe_each_matching_topic",
        KAFKA,
        patterns,
    ),
    trial(
        "kafka_source::lookups_answer_beside_the_stream",
        KAFKA,
        lookups,
    ),
    trial(
        "kafka_source::a_missing_topic_is_told",
        KAFKA,
        missing_topic,
    ),
    trial(
        "kafka_source::classic_partitions_move_after_the_ack",
        KAFKA,
        moves_classic,
    ),
    trial(
        "kafka_source::kip848_partitions_move_after_the_ack",
        KAFKA,
        moves_kip848,
    ),
    trial(
        "kafka_source::zombies_learn_that_they_have_lost",
        KAFKA,
        zombies,
    ),
];

/// A topic of one partition with the values `0..count`, and its reader.
async fn reader_of(count: i32, settings: &[(&str, &str)]) -> (Reader, TopicPartition) {
    let topic = broker().topic(1);
    broker().produce(&topic, (0..count).map(|n| (0, n.to_string())));
    let mut reader = Reader::join(&broker().group(Consumer, settings), &topic);
    let partition = reader.assigned_in_all(1).await.remove(0);
    (reader, partition)
}

fn stands_still() {
    let topic = broker().topic(3);
    broker().produce(&topic, (0..3000).map(|n| (n % 3, n.to_string())));
    for protocol in [CooperativeSticky, Consumer] {
        block_on(async {
            let mut reader = Reader::join(&broker().group(protocol, &[]), &topic);
            let partitions = reader.assigned_in_all(3).await;
            for (partition, start) in partitions.iter().zip([0, 500, 1000]) {
                reader.source.seek_and_resume(partition, start);
                let (records, next) = reader.rest(partition).await;
                let offsets = records.iter().map(|r| r.offset);
                assert!(offsets.eq(start..1000), "{partition}");
                assert_eq!(next, 1000);
            }
            reader.source.close();
            let (mut revoked, _) = reader.revoked().await;
            revoked.sort();
            assert_eq!(revoked, partitions);
        });
    }
}

fn nothing_stale() {
    block_on(async {
        let (mut reader, partition) = reader_of(60_000, &[]).await;
        for (start, batches) in [(0, 3), (10, 1), (50_000, 2), (9, 9), (59_999, 1), (0, 1)] {
            reader.source.seek_and_resume(&partition, start);
            let mut next = start;
            for _ in 0..batches {
                for record in reader.batch(&partition).await {
                    assert_eq!(record.offset, next);
                    next += 1;
                }
            }
        }
        // Two seeks at once: the last one counts.
        reader.source.seek_and_resume(&partition, 100);
        reader.source.seek_and_resume(&partition, 59_990);
        let (records, next) = reader.rest(&partition).await;
        assert_eq!(
            (records[0].offset, records.len(), next),
            (59_990, 10, 60_000)
        );
    });
}

fn read_committed() {
    let topic = broker().topic(1);
    let producer = broker().transactional();
    for (values, commit) in [(0..5, true), (5..10, false), (10..15, true)] {
        producer.begin_transaction().expect("a transaction");
        for n in values {
            send(&producer, &topic, 0, &n.to_string());
        }
        let limit = Duration::from_secs(20);
        producer.flush(limit).expect("all is written");
        let ended = if commit {
            producer.commit_transaction(limit)
        } else {
            producer.abort_transaction(limit)
        };
        ended.expect("the transaction ends");
    }
    block_on(async {
        let mut reader = Reader::join(&broker().group(CooperativeSticky, &[]), &topic);
        let partition = reader.assigned_in_all(1).await.remove(0);
        reader.source.seek_and_resume(&partition, 0);
        let (records, next) = reader.rest(&partition).await;
        let want = (0..5).chain(10..15).map(|n: i32| n.to_string());
        assert!(want.eq(values(&records)));
        assert_eq!(next, records[9].offset + 1);
    });
}

fn cut_position() {
    block_on(async {
        let (mut reader, partition) = reader_of(100, &[]).await;
        let kafka = broker().group(Consumer, &[]);
        let purge = purge::broker::Broker::connect(&kafka).expect("a connection");
        let cuts = BTreeMap::from([(partition.clone(), 60)]);
        assert_eq!(purge.delete_records(&cuts).await[&partition], Ok(60));
        for beyond in [10, 101] {
            reader.source.seek_and_resume(&partition, beyond);
            let event = reader.next().await;
            let told = matches!(&event, Event::Failed(SourceError::OutOfRange { partition: p }) if *p == partition);
            assert!(told, "{event:?}");
        }
        reader.source.seek_and_resume(&partition, 60);
        let (records, next) = reader.rest(&partition).await;
        assert_eq!((records.len(), next), (40, 100));
    });
}

/// Longer than the group waits for a member that is silent or does not poll.
fn slow_worker() {
    let settings = [
        SHORT_SESSION,
        FREQUENT_BEATS,
        ("max.poll.interval.ms", "3000"),
    ];
    let topic = broker().topic(1);
    let line = "x".repeat(1000);
    broker().produce(&topic, (0..20_000).map(|_| (0, line.clone())));
    block_on(async {
        let mut reader = Reader::join(&broker().group(CooperativeSticky, &settings), &topic);
        let partition = reader.assigned_in_all(1).await.remove(0);
        reader.source.seek_and_resume(&partition, 0);
        tokio::time::sleep(Duration::from_secs(5)).await;
        let (records, next) = reader.rest(&partition).await;
        assert_eq!((records.len(), next), (20_000, 20_000));
    });
}

fn patterns() {
    let topics = [broker().topic(1), broker().topic(1)];
    let suffixes = topics.each_ref().map(|t| t.trim_start_matches("topic-"));
    let pattern = format!("^topic-({}|{})$", suffixes[0], suffixes[1]);
    block_on(async {
        for protocol in [CooperativeSticky, Consumer] {
            let mut reader = Reader::join(&broker().group(protocol, &[]), &pattern);
            let partitions = reader.assigned_in_all(2).await;
            let names: Vec<&str> = partitions.iter().map(|p| &*p.topic).collect();
            let mut want = topics.each_ref().map(String::as_str);
            want.sort_unstable();
            assert_eq!(names, want);
        }
    });
}

fn lookups() {
    block_on(async {
        let (reader, partition) = reader_of(10, &[]).await;
        let lookup = reader.source.lookup();
        let marks = lookup.watermarks(&partition).await;
        assert_eq!(marks, Ok(Watermarks { low: 0, high: 10 }));
        let read = lookup.read_at(&partition, 7).await.expect("an answer");
        assert_eq!(values(read.as_slice()), ["7"]);
        for nothing in [10, 11] {
            assert_eq!(lookup.read_at(&partition, nothing).await, Ok(None));
        }
        assert_eq!(lookup.partitions(&partition.topic).await, Ok(1));
        assert_eq!(lookup.partitions(&unique("nowhere")).await, Ok(0));
    });
}

fn missing_topic() {
    block_on(async {
        let group = broker().group(CooperativeSticky, &[]);
        let mut reader = Reader::join(&group, &unique("nowhere"));
        let event = reader.next().await;
        let told = matches!(event, Event::Failed(SourceError::NoTopic { .. }));
        assert!(told, "{event:?}");
    });
}

fn moves_classic() {
    moves_after_the_ack(CooperativeSticky);
}

fn moves_kip848() {
    moves_after_the_ack(Consumer);
}

/// A second member gets its share only once the first has let go of it, and
/// all of it once the first has left.
fn moves_after_the_ack(protocol: GroupProtocol) {
    let topic = broker().topic(4);
    let group = broker().group(protocol, &[]);
    block_on(async {
        let mut first = Reader::join(&group, &topic);
        let all = first.assigned_in_all(4).await;
        let mut second = Reader::join(&group, &topic);
        let (revoked, ack) = first.revoked().await;
        assert_eq!(revoked.len(), 2);
        let early = tokio::time::timeout(Duration::from_secs(2), second.source.next()).await;
        assert!(early.is_err(), "assigned before the ack: {early:?}");
        drop(ack);
        let mut moved = second.assigned_in_all(2).await;
        assert!(moved.iter().all(|p| revoked.contains(p)));
        first.source.close();
        drop(first.revoked().await);
        moved.extend(second.assigned_in_all(2).await);
        moved.sort();
        assert_eq!(moved, all);
    });
}

fn zombies() {
    for protocol in [CooperativeSticky, Consumer] {
        let mut group = broker().group(protocol, &[]);
        if protocol == CooperativeSticky {
            group = broker().group(protocol, &[SHORT_SESSION, FREQUENT_BEATS]);
        }
        block_on(zombie(&group));
    }
}

/// A member whose wire is cut loses its partitions to another, and is told so
/// when the wire is mended.
async fn zombie(group: &Kafka) {
    let topic = broker().topic(2);
    let wired = Kafka {
        brokers: broker().wired.clone(),
        ..group.clone()
    };
    let mut zombie = Reader::join(&wired, &topic);
    let all = zombie.assigned_in_all(2).await;
    broker().wire.cut();
    let mut heir = Reader::join(group, &topic);
    let inherited = heir.assigned_in_all(2).await;
    broker().wire.mend();
    assert_eq!(inherited, all);
    match zombie.next().await {
        Event::Lost(mut lost) => {
            lost.sort();
            assert_eq!(lost, all);
        }
        event => panic!("the zombie was not told: {event:?}"),
    }
}
