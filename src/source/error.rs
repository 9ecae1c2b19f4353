//! What can go wrong at a source, by what to do about it.

use std::path::PathBuf;

use crate::domain::TopicPartition;

/// A failure of a source. It carries codes, names of settings and of
/// partitions; never a value of a setting and nothing of a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// The client refuses a setting.
    #[error("source.librdkafka.{key}: refused by the Kafka client; correct or remove it")]
    Setting {
        /// The setting.
        key: String,
    },
    /// A setting that this program needs for itself was passed through.
    #[error("source.librdkafka.{key}: this program sets it itself; remove it")]
    Reserved {
        /// The setting.
        key: String,
    },
    /// The program was built without Kafka.
    #[error("this program was built without Kafka; build it with the feature `kafka`")]
    NotBuilt,
    /// The broker does not answer, or not now; the source keeps trying.
    #[error("the broker does not answer ({code}); still trying")]
    Unavailable {
        /// The client's name of the failure.
        code: String,
    },
    /// No TLS that both sides trust.
    #[error(
        "no TLS with the broker that both sides trust ({code}); in source.kafka.librdkafka name the \
         authority that signed its certificate (`ssl.ca.location`), reach it by the name in that \
         certificate, and where it asks for one give your own (`ssl.certificate.location`, \
         `ssl.key.location`)"
    )]
    Tls {
        /// The client's name of the failure.
        code: String,
    },
    /// The two sides speak different protocols.
    #[error(
        "the broker hangs up ({code}); check `source.kafka.brokers` and `security.protocol` in \
         source.kafka.librdkafka: it may speak TLS or SASL where this does not, or the other way \
         round"
    )]
    Protocol {
        /// The client's name of the failure.
        code: String,
    },
    /// The broker does not believe who this is.
    #[error(
        "the broker refuses the login ({code}); in source.kafka.librdkafka correct \
         `sasl.mechanism` and what it needs: `sasl.username` and `sasl.password`, or \
         `sasl.oauthbearer.config`"
    )]
    Login {
        /// The client's name of the failure.
        code: String,
    },
    /// The broker forbids it.
    #[error("the broker refuses access ({code}); {}", grant(code))]
    Denied {
        /// The client's name of the failure.
        code: String,
    },
    /// A topic does not exist.
    #[error("a subscribed topic does not exist ({code}); create it or correct the tenant's topics")]
    NoTopic {
        /// The client's name of the failure.
        code: String,
    },
    /// The position is below the partition's first record or beyond its end:
    /// the partition stands still until it is sought anew.
    #[error("{partition}: the position sought is not in the partition; it was cut or re-created")]
    OutOfRange {
        /// The partition.
        partition: TopicPartition,
    },
    /// Other trouble with one partition; the source keeps trying.
    #[error("{partition}: {code}; still trying")]
    Partition {
        /// The partition.
        partition: TopicPartition,
        /// The client's name of the failure.
        code: String,
    },
    /// The consumer cannot go on; open a new one.
    #[error("the consumer cannot go on ({code}); restart the worker")]
    Fatal {
        /// The client's name of the failure.
        code: String,
    },
    /// A file cannot be read.
    #[error("{}: cannot be read ({kind}); check that it exists and is readable", path.display())]
    File {
        /// The file as configured.
        path: PathBuf,
        /// What the operating system says.
        kind: std::io::ErrorKind,
    },
    /// Standard input cannot go back.
    #[error("standard input cannot go back to line {offset}; pass a file instead")]
    NotSeekable {
        /// The line sought, from 0.
        offset: i64,
    },
    /// The source is closed.
    #[error("the source is closed")]
    Closed,
}

/// What to grant after a refusal.
fn grant(code: &str) -> &'static str {
    match code {
        "TopicAuthorizationFailed" => "grant READ and DESCRIBE on the tenants' topics",
        "GroupAuthorizationFailed" => "grant READ on the group of `source.kafka.group`",
        _ => "grant what its audit log says was refused",
    }
}

impl SourceError {
    /// Whether the source stops delivering altogether.
    #[must_use]
    pub const fn is_fatal(&self) -> bool {
        matches!(
            self,
            Self::Setting { .. }
                | Self::Reserved { .. }
                | Self::NotBuilt
                | Self::Fatal { .. }
                | Self::Closed
        )
    }
}
