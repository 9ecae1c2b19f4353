//! Where records come from: a consumer group that is safe to run, or files.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::Path;

use super::{Around, secret};
use crate::config::Secret;
use crate::config::problem::child;
use crate::config::read::Document;
use crate::config::resolved;
use crate::config::written::{File, GroupProtocol, Kafka, SecretSource, Source};

/// Keys of librdkafka that this program sets itself, and why.
const OWN_KEYS: [(&str, &str); 15] = [
    ("bootstrap.servers", "write `brokers`"),
    ("metadata.broker.list", "write `brokers`"),
    ("group.id", "write `group`"),
    ("group.protocol", "write `protocol`"),
    ("partition.assignment.strategy", "write `protocol`"),
    ("group.remote.assignor", "write `protocol`"),
    ("enable.auto.commit", PROGRESS),
    ("auto.commit.interval.ms", PROGRESS),
    ("enable.auto.offset.store", PROGRESS),
    ("auto.offset.reset", PROGRESS),
    (
        "isolation.level",
        "remove it: aborted records are never read",
    ),
    (
        "enable.partition.eof",
        "remove it: the end of a partition advances its clock",
    ),
    (
        "allow.auto.create.topics",
        "remove it: topics are only read",
    ),
    ("plugin.library.paths", "remove it: no code is loaded"),
    ("debug", "remove it, and set `observe.log`"),
];
const PROGRESS: &str = "remove it: the commit log says what was read";

/// The one source that is meant.
pub(super) fn source(
    document: &mut Document,
    written: Option<&Source>,
    around: &Around<'_>,
) -> Option<resolved::Source> {
    let written = written?;
    match (&written.kafka, &written.file) {
        (Some(kafka), None) => self::kafka(document, kafka, around).map(resolved::Source::Kafka),
        (None, Some(file)) => self::file(document, file),
        (None, None) => {
            document.refuse("/source", "names no source", "write `kafka` or `file`");
            None
        }
        (Some(_), Some(_)) => {
            document.refuse("/source", "names two sources", "keep `kafka` or `file`");
            None
        }
    }
}

fn file(document: &mut Document, written: &File) -> Option<resolved::Source> {
    let base = document.file().parent().unwrap_or(Path::new(""));
    let paths = written
        .paths
        .iter()
        .flatten()
        .map(|path| base.join(path))
        .collect();
    Some(resolved::Source::File {
        topic: written.topic.clone()?,
        paths,
    })
}

fn kafka(document: &mut Document, written: &Kafka, around: &Around<'_>) -> Option<resolved::Kafka> {
    if cfg!(not(feature = "kafka")) {
        let what = "needs the `kafka` feature, which this build leaves out";
        document.refuse("/source/kafka", what, "build with it, or read from `file`");
    }
    let librdkafka = passed_through(document, &written.librdkafka, around);
    let brokers = written.brokers.clone()?;
    encryption(document, &brokers, written.allow_plaintext, &librdkafka);
    Some(resolved::Kafka {
        brokers,
        group: written.group.clone()?,
        protocol: match written.protocol {
            GroupProtocol::CooperativeSticky => resolved::GroupProtocol::CooperativeSticky,
            GroupProtocol::Consumer => resolved::GroupProtocol::Consumer,
        },
        librdkafka,
    })
}

fn passed_through(
    document: &mut Document,
    written: &BTreeMap<String, SecretSource>,
    around: &Around<'_>,
) -> BTreeMap<String, Secret<String>> {
    let mut settings = BTreeMap::new();
    for (key, source) in written {
        let pointer = child("/source/kafka/librdkafka", key);
        if let Some((_, remedy)) = OWN_KEYS.iter().find(|(own, _)| own == key) {
            document.refuse(&pointer, "is set by this program", remedy);
        } else if let Some(value) = secret::fetch(document, &pointer, source, around) {
            settings.insert(key.clone(), value);
        }
    }
    settings
}

/// Transcripts cross the network: without TLS only within this machine, or
/// where the operator says so (45 CFR 164.312(e)(1)).
fn encryption(
    document: &mut Document,
    brokers: &str,
    allowed: bool,
    settings: &BTreeMap<String, Secret<String>>,
) {
    let says = |key: &str, text: &str| {
        let value = settings.get(key);
        value.is_some_and(|value| value.expose().trim().eq_ignore_ascii_case(text))
    };
    let encrypted = says("security.protocol", "ssl") || says("security.protocol", "sasl_ssl");
    if !encrypted && !allowed && !brokers.split(',').all(is_loopback) {
        document.refuse(
            "/source/kafka/brokers",
            "would be read without encryption (45 CFR 164.312(e)(1))",
            "set `librdkafka: {security.protocol: ssl}` or `sasl_ssl`, or say `allow_plaintext: true`",
        );
    }
    if says("enable.ssl.certificate.verification", "false") && !allowed {
        document.refuse(
            "/source/kafka/librdkafka/enable.ssl.certificate.verification",
            "would trust whoever answers (45 CFR 164.312(e)(1))",
            "remove it, and name the brokers' authority: `ssl.ca.location: /path/ca.pem`",
        );
    }
}

/// Whether `host:port`, with or without a scheme, stays within this machine.
pub(super) fn is_loopback(address: &str) -> bool {
    let address = address.trim();
    let address = address.rsplit_once("://").map_or(address, |(_, rest)| rest);
    let host = match address.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => address.split([':', '/']).next().unwrap_or_default(),
    };
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn loopback_is_told_from_the_network() {
        for (address, loopback) in [
            ("localhost:9092", true),
            ("127.0.0.1:9092", true),
            (" [::1]:9092", true),
            ("http://localhost:9000/x", true),
            ("10.0.0.1:9092", false),
            ("localhost.example:9092", false),
            ("127.0.0.1.example", false),
            ("", false),
        ] {
            assert_eq!(is_loopback(address), loopback, "{address}");
        }
    }
}
