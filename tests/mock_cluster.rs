//! The Kafka source on the client's own in-process broker.

use std::collections::BTreeMap;

use leeward::config::resolved::{GroupProtocol, Kafka};
use leeward::domain::TopicPartition;
use leeward::purge::broker::{Broker, DeleteError};
use rdkafka::mocking::MockCluster;
use rdkafka::producer::DefaultProducerContext;

use crate::support::block_on;
use crate::support::kafka::produce;
use crate::support::reader::{Reader, values};
use crate::support::trial::{Trial, trial};

pub(crate) const TRIALS: &[Trial] = &[
    trial("mock_cluster::classic_group_reads_to_the_end", &[], classic),
    trial("mock_cluster::kip848_group_reads_to_the_end", &[], kip848),
    trial(
        "mock_cluster::cannot_delete_records_and_says_so",
        &[],
        no_deletion,
    ),
];

fn cluster() -> (MockCluster<'static, DefaultProducerContext>, Kafka) {
    let cluster = MockCluster::new(1).expect("a cluster");
    cluster.create_topic("calls", 2, 1).expect("a topic");
    let kafka = Kafka {
        brokers: cluster.bootstrap_servers(),
        group: "leeward".into(),
        protocol: GroupProtocol::CooperativeSticky,
        librdkafka: BTreeMap::new(),
    };
    (cluster, kafka)
}

fn classic() {
    reads_to_the_end(GroupProtocol::CooperativeSticky);
}

fn kip848() {
    reads_to_the_end(GroupProtocol::Consumer);
}

fn reads_to_the_end(protocol: GroupProtocol) {
    let (_cluster, mut kafka) = cluster();
    kafka.protocol = protocol;
    let records = (0..200).map(|n| (n % 2, n.to_string()));
    produce(&kafka.brokers, "calls", records);
    block_on(async {
        let mut reader = Reader::join(&kafka, "calls");
        let partitions = reader.assigned_in_all(2).await;
        for partition in partitions {
            reader.source.seek_and_resume(&partition, 90);
            let (records, next) = reader.rest(&partition).await;
            let want = (90..100).map(|n| (2 * n + partition.partition).to_string());
            assert!(want.eq(values(&records)), "{:?}", values(&records));
            assert_eq!(next, 100);
        }
    });
}

fn no_deletion() {
    let (_cluster, kafka) = cluster();
    produce(&kafka.brokers, "calls", [(0, "a".to_owned())]);
    let partition = TopicPartition::new("calls", 0);
    let cuts = BTreeMap::from([(partition.clone(), 1)]);
    let broker = Broker::connect(&kafka).expect("a connection");
    let answers = block_on(broker.delete_records(&cuts));
    assert_eq!(answers[&partition], Err(DeleteError::Unsupported));
}
