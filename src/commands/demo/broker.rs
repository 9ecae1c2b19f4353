//! The demo's broker: librdkafka's own mock cluster in this process, or a real
//! Kafka.

#[cfg(feature = "kafka")]
pub(super) use with_kafka::{Broker, records};
#[cfg(not(feature = "kafka"))]
pub(super) use without_kafka::{Broker, records};

#[cfg(feature = "kafka")]
mod with_kafka {
    use std::time::Duration;

    use rdkafka::ClientConfig;
    use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
    use rdkafka::client::DefaultClientContext;
    use rdkafka::mocking::MockCluster;
    use rdkafka::producer::{BaseProducer, BaseRecord, DefaultProducerContext, Producer};

    use super::super::DemoError;
    use super::super::sample::{PARTITIONS, Sample, Topic};
    use crate::config::{Config, resolved};
    use crate::purge::broker;
    use crate::purge::records::Records;
    use crate::source::kafka::code;

    const PATIENCE: Duration = Duration::from_secs(20);

    pub(in super::super) struct Broker {
        address: String,
        /// Kept while the demo runs: to drop it stops the broker.
        mock: Option<MockCluster<'static, DefaultProducerContext>>,
    }

    fn failed(error: &rdkafka::error::KafkaError) -> DemoError {
        let code = code(error).map(|code| format!("{code:?}"));
        DemoError::Broker(code.unwrap_or_else(|| String::from("the client failed")))
    }

    impl Broker {
        pub(in super::super) fn open(
            brokers: Option<&str>,
            topics: &[Topic; 3],
        ) -> Result<Self, DemoError> {
            let Some(address) = brokers else {
                return Self::mock(topics);
            };
            make_topics(address, topics)?;
            Ok(Self {
                address: address.to_owned(),
                mock: None,
            })
        }

        fn mock(topics: &[Topic; 3]) -> Result<Self, DemoError> {
            let mock = MockCluster::new(1).map_err(|e| failed(&e))?;
            for topic in topics {
                mock.create_topic(&topic.name, PARTITIONS, 1)
                    .map_err(|e| failed(&e))?;
            }
            Ok(Self {
                address: mock.bootstrap_servers(),
                mock: Some(mock),
            })
        }

        pub(in super::super) fn address(&self) -> &str {
            &self.address
        }

        pub(in super::super) fn describe(&self) -> String {
            match self.mock {
                Some(_) => String::from("a broker in this process (librdkafka's mock cluster)"),
                None => format!("Kafka at {}", self.address),
            }
        }

        /// Sends every record, keyed by its conversation; says how many.
        pub(in super::super) fn send(&self, sample: &[Sample]) -> Result<u64, DemoError> {
            let producer: BaseProducer = ClientConfig::new()
                .set("bootstrap.servers", &self.address)
                .create()
                .map_err(|e| failed(&e))?;
            for record in sample {
                let message = BaseRecord::to(&record.topic)
                    .key(&record.key)
                    .payload(&record.payload);
                producer.send(message).map_err(|(e, _)| failed(&e))?;
                producer.poll(Duration::ZERO);
            }
            producer.flush(PATIENCE).map_err(|e| failed(&e))?;
            Ok(sample.len() as u64)
        }
    }

    fn make_topics(address: &str, topics: &[Topic; 3]) -> Result<(), DemoError> {
        let admin: AdminClient<DefaultClientContext> = ClientConfig::new()
            .set("bootstrap.servers", address)
            .create()
            .map_err(|e| failed(&e))?;
        let new = topics
            .iter()
            .map(|t| NewTopic::new(&t.name, PARTITIONS, TopicReplication::Fixed(1)));
        let new: Vec<NewTopic<'_>> = new.collect();
        let options = AdminOptions::new().request_timeout(Some(PATIENCE));
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let runtime = runtime.map_err(DemoError::Threads)?;
        let made = runtime.block_on(admin.create_topics(&new, &options));
        for topic in made.map_err(|e| failed(&e))? {
            topic.map_err(|(_, error)| DemoError::Broker(error.to_string()))?;
        }
        Ok(())
    }

    /// A connection for purges.
    pub(in super::super) fn records(
        config: &Config,
    ) -> Result<Option<Box<dyn Records>>, DemoError> {
        match &config.pipeline.source {
            resolved::Source::Kafka(kafka) => match broker::Broker::connect(kafka) {
                Ok(broker) => Ok(Some(Box::new(broker))),
                Err(error) => Err(DemoError::Broker(error.to_string())),
            },
            resolved::Source::File { .. } => Ok(None),
        }
    }
}

#[cfg(not(feature = "kafka"))]
mod without_kafka {
    use super::super::DemoError;
    use super::super::sample::{Sample, Topic};
    use crate::config::Config;
    use crate::purge::records::Records;

    pub(in super::super) enum Broker {}

    impl Broker {
        pub(in super::super) fn open(_: Option<&str>, _: &[Topic; 3]) -> Result<Self, DemoError> {
            Err(DemoError::NoKafka)
        }

        pub(in super::super) fn address(&self) -> &str {
            match *self {}
        }

        pub(in super::super) fn describe(&self) -> String {
            match *self {}
        }

        pub(in super::super) fn send(&self, _: &[Sample]) -> Result<u64, DemoError> {
            match *self {}
        }
    }

    pub(in super::super) fn records(_: &Config) -> Result<Option<Box<dyn Records>>, DemoError> {
        Err(DemoError::NoKafka)
    }
}
