//! TLS, logins and rights on real parts: the right ones work, each wrong one is
//! refused with the setting and the remedy and without the secret.

use std::collections::BTreeMap;
use std::time::Duration;

use leeward::config::Secret;
use leeward::config::resolved::{Kafka, Store};
use leeward::domain::{Entropy, TopicPartition};
use leeward::lake::probe::Violation;
use leeward::lake::store::{StateStore, StoreError};
use leeward::purge::broker::{Broker, DeleteError};
use leeward::seal::BlobName;
use leeward::source::{Event, Source};

use crate::support::block_on;
use crate::support::certificates::Authority;
use crate::support::kafka::{produce, topic_at};
use crate::support::minio;
use crate::support::parts::Need;
use crate::support::reader::{Reader, values};
use crate::support::secure::{PASSWORD, Secured, secured};
use crate::support::trial::{Trial, trial};

mod worker;

pub(crate) const TRIALS: &[Trial] = &[
    trial(
        "security::every_right_login_reads",
        &[Need::Kafka],
        right_logins,
    ),
    trial(
        "security::every_wrong_login_is_told_what_to_put_right",
        &[Need::Kafka],
        wrong_logins,
    ),
    trial(
        "security::who_may_not_delete_is_told",
        &[Need::Kafka],
        no_delete,
    ),
    trial(
        "security::stores_are_reached_by_a_private_authority",
        &[Need::S3],
        private_authority,
    ),
    trial(
        "security::check_connect_tells_right_from_wrong",
        &[Need::Kafka, Need::S3],
        worker::check_connect,
    ),
    trial(
        "security::a_worker_opens_what_it_names_and_tells_no_secret",
        &[Need::Kafka, Need::S3],
        worker::sockets_and_secrets,
    ),
];

type Settings<'a> = Vec<(&'a str, &'a str)>;

/// A login by SASL over TLS.
fn sasl<'a>(ca: &'a str, mechanism: &'a str, user: &'a str, password: &'a str) -> Settings<'a> {
    vec![
        ("security.protocol", "sasl_ssl"),
        ("ssl.ca.location", ca),
        ("sasl.mechanism", mechanism),
        ("sasl.username", user),
        ("sasl.password", password),
    ]
}

fn oauth<'a>(ca: &'a str, config: &'a str) -> Settings<'a> {
    vec![
        ("security.protocol", "sasl_ssl"),
        ("ssl.ca.location", ca),
        ("sasl.mechanism", "OAUTHBEARER"),
        ("sasl.oauthbearer.config", config),
    ]
}

fn right_logins() {
    let broker = secured();
    let ca = broker.ca_file();
    let topic = topic_at(&broker.direct, 1);
    produce(&broker.direct, &topic, (0..3).map(|n| (0, n.to_string())));
    let dir = tempfile::tempdir().expect("a directory");
    let token = dir.path().join("token");
    // Its claims: {"sub":"worker","iat":0,"exp":4102444800}
    let head = "eyJhbGciOiJub25lIn0";
    let claims = "eyJzdWIiOiJ3b3JrZXIiLCJpYXQiOjAsImV4cCI6NDEwMjQ0NDgwMH0";
    std::fs::write(&token, format!("{head}.{claims}.\n")).expect("written");
    let file = format!("file={}", token.display());
    let tls = [("security.protocol", "ssl"), ("ssl.ca.location", &*ca)];
    let own = [
        ("ssl.certificate.pem", &*broker.client.certificate),
        ("ssl.key.pem", &*broker.client.key),
    ];
    let cases: [(&str, Settings<'_>); 7] = [
        (&broker.tls, tls.to_vec()),
        (&broker.mutual, [tls, own].concat()),
        (&broker.sasl, sasl(&ca, "SCRAM-SHA-256", "worker", PASSWORD)),
        (&broker.sasl, sasl(&ca, "SCRAM-SHA-512", "worker", PASSWORD)),
        (&broker.sasl, sasl(&ca, "PLAIN", "worker", PASSWORD)),
        (&broker.sasl, oauth(&ca, "principal=worker")),
        (&broker.sasl, oauth(&ca, &file)),
    ];
    for (brokers, settings) in cases {
        let tokens = settings.contains(&("sasl.mechanism", "OAUTHBEARER"));
        reads(&broker.group(brokers, &settings), &topic, !tokens);
    }
}

/// Reads a topic of three records and deletes the first, where the login may.
fn reads(kafka: &Kafka, topic: &str, deletes: bool) {
    block_on(async {
        let mut reader = Reader::join(kafka, topic);
        let partition = reader.assigned_in_all(1).await.remove(0);
        reader.source.seek_and_resume(&partition, 1);
        let (records, _) = reader.rest(&partition).await;
        assert_eq!(values(&records), ["1", "2"]);
        let asked = reader.source.lookup().partitions(topic).await;
        assert_eq!(asked, Ok(1));
        let purge = Broker::connect(kafka).expect("a client");
        let cuts = BTreeMap::from([(partition.clone(), 1)]);
        let answer = purge.delete_records(&cuts).await.remove(&partition);
        let expected = deletes.then_some(1).ok_or(DeleteError::Unsupported);
        assert_eq!(answer, Some(expected));
    });
}

/// What the source tells first that is more than "no answer yet".
fn first_failure(kafka: &Kafka, topic: &str) -> String {
    let config = leeward::config::resolved::Source::Kafka(kafka.clone());
    block_on(async {
        let mut source = Source::open(&config, &[topic.to_owned()]).expect("it opens");
        let told = async {
            loop {
                match source.next().await.expect("it is open") {
                    Event::Failed(leeward::source::SourceError::Unavailable { .. }) => {}
                    Event::Failed(error) => return error.to_string(),
                    Event::Assigned(partitions) => {
                        for partition in partitions {
                            source.seek_and_resume(&partition, 0);
                        }
                    }
                    event => panic!("not refused: {event:?}"),
                }
            }
        };
        let told = tokio::time::timeout(Duration::from_secs(60), told).await;
        told.unwrap_or_else(|_| panic!("nothing was told of {kafka:?}"))
    })
}

fn wrong_logins() {
    let broker = secured();
    let ca = broker.ca_file();
    let topic = topic_at(&broker.direct, 1);
    produce(&broker.direct, &topic, [(0, "x".to_owned())]);
    let stranger = Authority::new();
    let wrong = "not-the-password-of-it";
    let scram = |user| sasl(&ca, "SCRAM-SHA-512", user, PASSWORD);
    let tls = [("security.protocol", "ssl"), ("ssl.ca.location", &*ca)];
    let distrust = [
        ("security.protocol", "ssl"),
        ("ssl.ca.pem", &*stranger.certificate),
    ];
    let foreign = stranger.client("worker");
    let forged = [
        ("ssl.certificate.pem", &*foreign.certificate),
        ("ssl.key.pem", &*foreign.key),
    ];
    let cases: [(&str, Settings<'_>, &str); 10] = [
        (
            &broker.sasl,
            sasl(&ca, "SCRAM-SHA-256", "worker", wrong),
            "`sasl.password`",
        ),
        (
            &broker.sasl,
            sasl(&ca, "PLAIN", "worker", wrong),
            "`sasl.password`",
        ),
        (
            &broker.sasl,
            sasl(&ca, "SCRAM-SHA-512", "nobody", PASSWORD),
            "`sasl.username`",
        ),
        (&broker.tls, distrust.to_vec(), "`ssl.ca.location`"),
        (&broker.mutual, tls.to_vec(), "`ssl.certificate.location`"),
        (
            &broker.mutual,
            [tls, forged].concat(),
            "`ssl.certificate.location`",
        ),
        (&broker.tls, Vec::new(), "`security.protocol`"),
        (&broker.direct, tls.to_vec(), "`security.protocol`"),
        (
            &broker.sasl,
            scram("no-topic"),
            "READ and DESCRIBE on the tenants' topics",
        ),
        (
            &broker.sasl,
            scram("no-group"),
            "READ on the group of `source.kafka.group`",
        ),
    ];
    for (brokers, settings, word) in cases {
        let kafka = broker.group(brokers, &settings);
        let told = first_failure(&kafka, &topic);
        eprintln!("{word}: {told}");
        assert!(told.contains(word), "{settings:?}: {told}");
        for secret in [PASSWORD, wrong, "PRIVATE KEY"] {
            assert!(!told.contains(secret), "{told}");
        }
    }
}

fn no_delete() {
    let broker = secured();
    let topic = topic_at(&broker.direct, 1);
    produce(&broker.direct, &topic, (0..3).map(|n| (0, n.to_string())));
    let ca = broker.ca_file();
    let settings = sasl(&ca, "SCRAM-SHA-512", "no-delete", PASSWORD);
    let purge = Broker::connect(&broker.group(&broker.sasl, &settings)).expect("a client");
    let partition = TopicPartition::new(&topic, 0);
    let cuts = BTreeMap::from([(partition.clone(), 2)]);
    block_on(async {
        let answer = purge.delete_records(&cuts).await.remove(&partition);
        let told = answer.expect("an answer").expect_err("refused").to_string();
        assert!(told.contains("grant DELETE on the topic"), "{told}");
        assert_eq!(purge.low_watermark(&partition).await, Ok(0));
    });
}

/// `store`, which trusts `authority` beside the system's.
fn trusting(store: &Store, authority: &Authority) -> Store {
    let mut store = store.clone();
    let pem = Secret::new(authority.certificate.clone());
    store.options.insert("ca_certificate".into(), pem);
    store
}

fn private_authority() {
    let authority = Authority::new();
    let store = minio::tls_store(&authority);
    let name = BlobName::draw(&mut Entropy::from_u64(1));
    let probe = |store: &Store| {
        let store = StateStore::open(store).expect("it opens");
        block_on(store.probe(name))
    };
    assert_eq!(probe(&trusting(&store, &authority)), Ok(()));
    let refused = Err(Violation::Store(StoreError::Tls));
    assert_eq!(probe(&store), refused, "trusted by nobody");
    assert_eq!(probe(&trusting(&store, &Authority::new())), refused);
    let told = StoreError::Tls.to_string();
    assert!(told.contains("`ca_certificate`"), "{told}");
}

/// The settings of a login by SCRAM as lines of a pipeline file.
fn lines(broker: &Secured, user: &str) -> String {
    format!(
        "      security.protocol: sasl_ssl\n      ssl.ca.location: {}\n      \
         sasl.mechanism: SCRAM-SHA-512\n      sasl.username: {user}\n      \
         sasl.password: {{env: KAFKA_PASSWORD}}\n",
        broker.ca_file()
    )
}
