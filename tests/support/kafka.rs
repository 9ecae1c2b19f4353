//! A real Kafka broker: one node, KRaft, on loopback.

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use leeward::config::Secret;
use leeward::config::resolved::{GroupProtocol, Kafka};
use rdkafka::ClientConfig;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};

use super::parts::{self, Need};
use super::process::{Service, free_port};
use super::proxy::Wire;
use super::{block_on, poll_until};

/// The shared broker.
pub(crate) struct Broker {
    /// Its address.
    pub(crate) brokers: String,
    /// Its address through [`Broker::wire`].
    pub(crate) wired: String,
    /// Can be cut, to make zombies of those who use it.
    pub(crate) wire: Wire,
}

/// The shared broker, started at the first call.
pub(crate) fn broker() -> &'static Broker {
    static BROKER: OnceLock<Broker> = OnceLock::new();
    BROKER.get_or_init(start)
}

fn start() -> Broker {
    let lib = parts::ready(Need::Kafka)
        .expect("the trial needs it")
        .join("lib");
    let dir = tempfile::tempdir().expect("a directory");
    let (direct, behind, controller) = (free_port(), free_port(), free_port());
    let front = TcpListener::bind("127.0.0.1:0").expect("loopback has ports");
    let wired = front.local_addr().expect("it is bound").to_string();
    let properties = dir.path().join("server.properties");
    let text = properties_of(dir.path(), direct, behind, controller, &wired);
    fs::write(&properties, text).expect("properties can be written");
    format(&lib, &properties, &[]);
    let mut server = java(&lib, "-Xmx512m");
    server.arg("kafka.Kafka").arg(&properties);
    let service = Service::start(dir, &server);
    let brokers = format!("127.0.0.1:{direct}");
    await_ready(&brokers, &service);
    service.keep();
    Broker {
        brokers,
        wired,
        wire: Wire::lay(front, behind),
    }
}

pub(super) fn java(lib: &Path, heap: &str) -> Command {
    let mut java = Command::new("java");
    java.arg(heap)
        .arg("-XX:+UseSerialGC")
        .arg("-cp")
        .arg(lib.join("*"));
    java
}

/// Time-outs are short, so that zombies are found out within a test.
fn properties_of(dir: &Path, direct: u16, behind: u16, controller: u16, wired: &str) -> String {
    let logs = dir.join("data");
    format!(
        "process.roles=broker,controller\n\
         node.id=1\n\
         controller.quorum.voters=1@127.0.0.1:{controller}\n\
         controller.listener.names=CONTROLLER\n\
         listeners=DIRECT://127.0.0.1:{direct},WIRED://127.0.0.1:{behind},CONTROLLER://127.0.0.1:{controller}\n\
         advertised.listeners=DIRECT://127.0.0.1:{direct},WIRED://{wired}\n\
         inter.broker.listener.name=DIRECT\n\
         listener.security.protocol.map=DIRECT:PLAINTEXT,WIRED:PLAINTEXT,CONTROLLER:PLAINTEXT\n\
         log.dirs={}\n\
         auto.create.topics.enable=false\n\
         log.retention.ms=-1\n\
         offsets.topic.num.partitions=1\n\
         offsets.topic.replication.factor=1\n\
         transaction.state.log.num.partitions=1\n\
         transaction.state.log.replication.factor=1\n\
         transaction.state.log.min.isr=1\n\
         group.initial.rebalance.delay.ms=0\n\
         group.min.session.timeout.ms=3000\n\
         group.consumer.min.session.timeout.ms=3000\n\
         group.consumer.session.timeout.ms=6000\n\
         group.consumer.min.heartbeat.interval.ms=500\n\
         group.consumer.heartbeat.interval.ms=500\n",
        logs.display()
    )
}

/// Formats the storage; `users` are logins for SCRAM, as the tool writes them.
pub(super) fn format(lib: &Path, properties: &Path, users: &[String]) {
    let mut tool = java(lib, "-Xmx128m");
    tool.arg("kafka.tools.StorageTool");
    tool.args(["format", "--cluster-id", "AAAAAAAAAAAAAAAAAAAAAA"]);
    let output = tool
        .arg("--config")
        .arg(properties)
        .args(users.iter().flat_map(|user| ["--add-scram", user]))
        .output()
        .expect("java starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "the storage was not formatted: {said}"
    );
}

pub(super) fn await_ready(brokers: &str, service: &Service) {
    let client: BaseConsumer = ClientConfig::new()
        .set("bootstrap.servers", brokers)
        .set_log_level(rdkafka::config::RDKafkaLogLevel::Emerg)
        .create()
        .expect("a client");
    let ready = poll_until(Duration::from_secs(90), || {
        let metadata = client.fetch_metadata(None, Duration::from_secs(2)).ok()?;
        (!metadata.brokers().is_empty()).then_some(())
    });
    assert!(ready.is_some(), "Kafka is not ready:\n{}", service.log());
}

impl Broker {
    /// A consumer group's configuration; `settings` are passed through.
    pub(crate) fn group(&self, protocol: GroupProtocol, settings: &[(&str, &str)]) -> Kafka {
        Kafka {
            brokers: self.brokers.clone(),
            group: unique("group"),
            protocol,
            librdkafka: settings
                .iter()
                .map(|(k, v)| ((*k).to_owned(), Secret::new((*v).to_owned())))
                .collect::<BTreeMap<_, _>>(),
        }
    }

    /// Makes a topic of its own for a test.
    pub(crate) fn topic(&self, partitions: i32) -> String {
        topic_at(&self.brokers, partitions)
    }

    /// Makes so many topics of one partition, for a test.
    pub(crate) fn topics(&self, count: usize) -> Vec<String> {
        let names: Vec<String> = (0..count).map(|_| unique("topic")).collect();
        make_topics(&self.brokers, &names, 1);
        names
    }

    /// Writes each `(partition, value)` in order.
    pub(crate) fn produce(&self, topic: &str, records: impl IntoIterator<Item = (i32, String)>) {
        produce(&self.brokers, topic, records);
    }

    /// A producer of transactions.
    pub(crate) fn transactional(&self) -> BaseProducer {
        let producer: BaseProducer = ClientConfig::new()
            .set("bootstrap.servers", &self.brokers)
            .set("transactional.id", unique("transaction"))
            .create()
            .expect("a client");
        producer
            .init_transactions(Duration::from_secs(20))
            .expect("transactions");
        producer
    }
}

/// Makes a topic of its own for a test at whatever broker.
pub(crate) fn topic_at(brokers: &str, partitions: i32) -> String {
    let name = unique("topic");
    make_topics(brokers, std::slice::from_ref(&name), partitions);
    name
}

fn make_topics(brokers: &str, names: &[String], partitions: i32) {
    let admin: AdminClient<DefaultClientContext> = ClientConfig::new()
        .set("bootstrap.servers", brokers)
        .create()
        .expect("a client");
    let topics = names.iter();
    let topics = topics.map(|name| NewTopic::new(name, partitions, TopicReplication::Fixed(1)));
    let topics: Vec<NewTopic<'_>> = topics.collect();
    let options = AdminOptions::new().request_timeout(Some(Duration::from_secs(60)));
    let make = || block_on(admin.create_topics(&topics, &options));
    // On a thread of its own, so that it may be called where tests await.
    let made = std::thread::scope(|scope| scope.spawn(make).join());
    let made = made.expect("no panic").expect("an answer");
    assert!(made.iter().all(Result::is_ok), "{made:?}");
}

/// Writes each `(partition, value)` in order to whatever broker.
pub(crate) fn produce(
    brokers: &str,
    topic: &str,
    records: impl IntoIterator<Item = (i32, String)>,
) {
    let producer: BaseProducer = ClientConfig::new()
        .set("bootstrap.servers", brokers)
        .set("linger.ms", "5")
        .create()
        .expect("a client");
    for (partition, value) in records {
        send(&producer, topic, partition, &value);
    }
    producer
        .flush(Duration::from_secs(20))
        .expect("all is written");
}

/// Hands one record to a producer.
pub(crate) fn send(producer: &BaseProducer, topic: &str, partition: i32, value: &str) {
    let record = BaseRecord::<(), str>::to(topic)
        .partition(partition)
        .payload(value);
    producer
        .send(record)
        .map_err(|(e, _)| e)
        .expect("room in the queue");
}

/// A name that no other test uses.
pub(crate) fn unique(what: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("{what}-{}", COUNT.fetch_add(1, Ordering::Relaxed))
}
