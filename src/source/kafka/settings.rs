//! Settings of the Kafka client, its logs, and the meaning of its errors.

use rdkafka::config::{ClientConfig, RDKafkaLogLevel};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};

use crate::config::resolved::{GroupProtocol, Kafka};
use crate::domain::TopicPartition;
use crate::source::{RESERVED_SETTINGS, SourceError};

/// What a client is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A member of the group.
    Member,
    /// A reader beside the group: it never joins.
    Reader,
    /// The administrator of topics.
    Admin,
}

/// Settings that hold unless the configuration says otherwise. The client
/// applies the two bounds to each partition, since each has its own queue.
const DEFAULTS: [(&str, &str); 3] = [
    ("queued.min.messages", "10000"),
    ("queued.max.messages.kbytes", "4096"),
    ("client.id", "leeward"),
];

/// Settings of group membership that a reader must not carry.
const MEMBER_ONLY: [&str; 5] = [
    "group.instance.id",
    "group.remote.assignor",
    "session.timeout.ms",
    "heartbeat.interval.ms",
    "max.poll.interval.ms",
];

/// The client's configuration for `role`.
///
/// # Errors
/// [`SourceError::Reserved`] for a passed-through setting that this program
/// sets itself.
pub(crate) fn client_config(kafka: &Kafka, role: Role) -> Result<ClientConfig, SourceError> {
    let mut config = ClientConfig::new();
    for (key, value) in DEFAULTS {
        config.set(key, value);
    }
    for (key, value) in &kafka.librdkafka {
        if RESERVED_SETTINGS.contains(&key.as_str()) {
            return Err(SourceError::Reserved { key: key.clone() });
        }
        if role == Role::Member || !MEMBER_ONLY.contains(&key.as_str()) {
            config.set(key, value.expose());
        }
    }
    if trusts_the_system(kafka) {
        // Without it a client that brings its own TLS knows no authority.
        config.set("ssl.ca.location", "probe");
    }
    config.set("bootstrap.servers", &kafka.brokers);
    config.set_log_level(log_level());
    if role != Role::Admin {
        config.set("group.id", &kafka.group);
        config.set("enable.auto.commit", "false");
        config.set("enable.auto.offset.store", "false");
        config.set("isolation.level", "read_committed");
        config.set("enable.partition.eof", "true");
        config.set("auto.offset.reset", "error");
    }
    if role == Role::Member {
        match kafka.protocol {
            GroupProtocol::CooperativeSticky => {
                config.set("partition.assignment.strategy", "cooperative-sticky")
            }
            GroupProtocol::Consumer => config.set("group.protocol", "consumer"),
        };
    }
    Ok(config)
}

/// Whether TLS is spoken and no authority named, so that the system's hold.
fn trusts_the_system(kafka: &Kafka) -> bool {
    let encrypted = kafka.librdkafka.get("security.protocol");
    let encrypted = encrypted.is_some_and(|p| p.expose().to_ascii_lowercase().ends_with("ssl"));
    let named = |key: &str| kafka.librdkafka.contains_key(key);
    encrypted && !named("ssl.ca.location") && !named("ssl.ca.pem")
}

/// No more of the client's log than somebody listens to.
fn log_level() -> RDKafkaLogLevel {
    if tracing::enabled!(target: "librdkafka", tracing::Level::DEBUG) {
        RDKafkaLogLevel::Debug
    } else {
        RDKafkaLogLevel::Info
    }
}

/// Partitions with one offset each, as the client takes them. An offset below
/// 0 is taken for 0.
pub(crate) fn list<'a>(
    offsets: impl IntoIterator<Item = (&'a TopicPartition, Offset)>,
) -> TopicPartitionList {
    let mut list = TopicPartitionList::new();
    for (partition, offset) in offsets {
        let offset = match offset {
            Offset::Offset(n) => Offset::Offset(n.max(0)),
            other => other,
        };
        let mut element = list.add_partition(&partition.topic, partition.partition);
        element
            .set_offset(offset)
            .expect("offsets from 0 and logical ones are representable");
    }
    list
}

/// What a client's error means, where no partition is concerned. The client's
/// own text is not passed on: it may quote a setting.
pub(crate) fn failure(kafka: &Kafka, error: &KafkaError) -> SourceError {
    match error {
        KafkaError::ClientConfig(_, _, key, _) => SourceError::Setting { key: key.clone() },
        KafkaError::ClientCreation(text) => {
            let named = kafka.librdkafka.keys().find(|k| text.contains(k.as_str()));
            named.map_or_else(
                || fatal("the client could not be made"),
                |key| SourceError::Setting { key: key.clone() },
            )
        }
        _ => meaning(error),
    }
}

/// What an error of a running client means.
pub(crate) fn meaning(error: &KafkaError) -> SourceError {
    if let KafkaError::MessageConsumptionFatal(code) = error {
        return fatal(&format!("{code:?}"));
    }
    let Some(code) = code(error) else {
        return fatal("the client refused the call");
    };
    let name = format!("{code:?}");
    match code {
        RDKafkaErrorCode::TopicAuthorizationFailed
        | RDKafkaErrorCode::GroupAuthorizationFailed
        | RDKafkaErrorCode::ClusterAuthorizationFailed => SourceError::Denied { code: name },
        RDKafkaErrorCode::SaslAuthenticationFailed | RDKafkaErrorCode::Authentication => {
            SourceError::Login { code: name }
        }
        RDKafkaErrorCode::SSL => SourceError::Tls { code: name },
        RDKafkaErrorCode::UnknownTopicOrPartition
        | RDKafkaErrorCode::UnknownTopic
        | RDKafkaErrorCode::UnknownPartition => SourceError::NoTopic { code: name },
        RDKafkaErrorCode::Fatal => fatal(&name),
        _ => SourceError::Unavailable { code: name },
    }
}

/// What a broken connection means, by the client's own words for it. They speak
/// of TLS and of settings; they are looked at and not passed on.
pub(crate) fn cause(error: &KafkaError, reason: &str) -> SourceError {
    match meaning(error) {
        SourceError::Unavailable { code } => {
            let says = |word: &str| reason.contains(word);
            // It hung up when it was greeted: it understood nothing.
            let hung_up = says("Disconnected") && says("APIVERSION_QUERY");
            if hung_up
                || says("security.protocol")
                || says("PLAINTEXT")
                || says("Invalid response size")
            {
                SourceError::Protocol { code }
            } else if says("certificate") || says("SSL handshake") || says("SSL alert") {
                SourceError::Tls { code }
            } else {
                SourceError::Unavailable { code }
            }
        }
        other => other,
    }
}

/// What a line of the client's log says of a broken connection: that the other
/// side hung up is told nowhere else.
pub(crate) fn logged_cause(facility: &str, message: &str) -> Option<SourceError> {
    let hung_up = KafkaError::Global(RDKafkaErrorCode::BrokerTransportFailure);
    let told = (facility == "FAIL").then(|| cause(&hung_up, message))?;
    (!matches!(told, SourceError::Unavailable { .. })).then_some(told)
}

/// The client's code of an error, where it has one.
pub(crate) fn code(error: &KafkaError) -> Option<RDKafkaErrorCode> {
    match error {
        KafkaError::AdminOp(code) => Some(*code),
        _ => error.rdkafka_error_code(),
    }
}

fn fatal(code: &str) -> SourceError {
    SourceError::Fatal { code: code.into() }
}

/// Passes one line of the client's log on. It speaks of brokers, groups,
/// topics and offsets; never of a record's content.
pub(crate) fn log(level: RDKafkaLogLevel, facility: &str, message: &str) {
    match level {
        RDKafkaLogLevel::Emerg
        | RDKafkaLogLevel::Alert
        | RDKafkaLogLevel::Critical
        | RDKafkaLogLevel::Error
        | RDKafkaLogLevel::Warning => {
            tracing::warn!(target: "librdkafka", facility, "{message}");
        }
        RDKafkaLogLevel::Notice | RDKafkaLogLevel::Info => {
            tracing::info!(target: "librdkafka", facility, "{message}");
        }
        RDKafkaLogLevel::Debug => tracing::debug!(target: "librdkafka", facility, "{message}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Quiet;
    use super::*;
    use crate::config::Secret;

    fn kafka(settings: &[(&str, &str)]) -> Kafka {
        Kafka {
            brokers: "127.0.0.1:1".into(),
            group: "g".into(),
            protocol: GroupProtocol::Consumer,
            librdkafka: settings
                .iter()
                .map(|(k, v)| ((*k).to_owned(), Secret::new((*v).to_owned())))
                .collect(),
        }
    }

    fn refusal(settings: &[(&str, &str)]) -> SourceError {
        let kafka = kafka(settings);
        match client_config(&kafka, Role::Member) {
            Err(error) => error,
            Ok(config) => {
                let made: Result<rdkafka::consumer::BaseConsumer<Quiet>, _> =
                    config.create_with_context(Quiet::default());
                failure(&kafka, &made.err().expect("refused"))
            }
        }
    }

    #[test]
    fn every_reserved_setting_is_refused() {
        for key in RESERVED_SETTINGS {
            let key = key.to_owned();
            assert_eq!(refusal(&[(&key, "x")]), SourceError::Reserved { key });
        }
    }

    #[test]
    fn a_bad_setting_is_named_and_its_value_is_not() {
        for (key, value) in [
            ("sasl.pasword", "hunter2"),
            ("fetch.wait.max.ms", "hunter2"),
            ("session.timeout.ms", "6000"),
        ] {
            let error = refusal(&[(key, value)]);
            assert_eq!(error, SourceError::Setting { key: key.into() });
            assert!(!error.to_string().contains(value));
        }
    }

    #[test]
    fn the_system_s_authorities_hold_where_none_is_named() {
        let check = |settings: &[(&str, &str)], location| {
            let config = client_config(&kafka(settings), Role::Member).unwrap();
            assert_eq!(config.get("ssl.ca.location"), location, "{settings:?}");
        };
        let ssl = ("security.protocol", "SASL_SSL");
        check(&[], None);
        check(&[ssl], Some("probe"));
        check(&[ssl, ("ssl.ca.location", "/a")], Some("/a"));
        check(&[ssl, ("ssl.ca.pem", "x")], None);
    }

    #[test]
    fn a_broken_connection_is_told_by_its_cause() {
        let down = KafkaError::Global(RDKafkaErrorCode::BrokerTransportFailure);
        let code = || "BrokerTransportFailure".to_owned();
        for (reason, told) in [
            (
                "SSL handshake failed: unable to verify",
                SourceError::Tls { code: code() },
            ),
            (
                "Disconnected: closed by peer (after 7ms in state APIVERSION_QUERY)",
                SourceError::Protocol { code: code() },
            ),
            (
                "Connection refused",
                SourceError::Unavailable { code: code() },
            ),
        ] {
            assert_eq!(cause(&down, reason), told, "{reason}");
        }
    }

    #[test]
    fn a_reader_does_not_carry_membership() {
        let kafka = kafka(&[("group.instance.id", "a"), ("client.id", "b")]);
        let reader = client_config(&kafka, Role::Reader).unwrap();
        assert_eq!(reader.get("group.instance.id"), None);
        assert_eq!(reader.get("group.protocol"), None);
        assert_eq!(reader.get("client.id"), Some("b"));
        assert_eq!(reader.get("isolation.level"), Some("read_committed"));
    }
}
