//! A real Kafka broker that asks who one is: TLS, SASL and ACLs.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use leeward::config::Secret;
use leeward::config::resolved::{GroupProtocol, Kafka};

use super::certificates::{Authority, Pair};
use super::kafka::{await_ready, format, java, unique};
use super::parts::{self, Need};
use super::process::{Service, free_port};

/// The password of every login.
pub(crate) const PASSWORD: &str = "pass-word-of-the-tests";

/// Logins by SCRAM; what each lacks is its name.
pub(crate) const LOGINS: [&str; 4] = ["worker", "no-topic", "no-group", "no-delete"];

/// The secured broker.
pub(crate) struct Secured {
    /// Without TLS, for whoever sets things up: may do everything.
    pub(crate) direct: String,
    /// TLS.
    pub(crate) tls: String,
    /// TLS that asks for the client's certificate.
    pub(crate) mutual: String,
    /// SASL over TLS: SCRAM, PLAIN, OAUTHBEARER.
    pub(crate) sasl: String,
    /// The certificate of the client `worker`.
    pub(crate) client: Pair,
    dir: PathBuf,
}

/// The shared broker, started at the first call.
pub(crate) fn secured() -> &'static Secured {
    static SECURED: OnceLock<Secured> = OnceLock::new();
    SECURED.get_or_init(start)
}

fn start() -> Secured {
    let lib = parts::ready(Need::Kafka).expect("the trial needs it");
    let lib = lib.join("lib");
    let dir = tempfile::tempdir().expect("a directory");
    let ports: [u16; 5] = std::array::from_fn(|_| free_port());
    let authority = Authority::new();
    let server = authority.server();
    let write = |name: &str, text: &str| {
        fs::write(dir.path().join(name), text).expect("it can be written");
    };
    write("server.pem", &(server.key + &server.certificate));
    write("ca.pem", &authority.certificate);
    let properties = dir.path().join("server.properties");
    write("server.properties", &properties_of(dir.path(), ports));
    let scram = |name: &&str| {
        ["SCRAM-SHA-256", "SCRAM-SHA-512"]
            .map(|kind| format!("{kind}=[name={name},password={PASSWORD}]"))
    };
    let users: Vec<String> = LOGINS.iter().flat_map(scram).collect();
    format(&lib, &properties, &users);
    let mut program = java(&lib, "-Xmx384m");
    program.arg("kafka.Kafka").arg(&properties);
    let place = dir.path().to_owned();
    let service = Service::start(dir, &program);
    let at = |port: u16| format!("127.0.0.1:{port}");
    await_ready(&at(ports[0]), &service);
    service.keep();
    grant(&at(ports[0]));
    Secured {
        direct: at(ports[0]),
        tls: at(ports[1]),
        mutual: at(ports[2]),
        sasl: at(ports[3]),
        client: authority.client("worker"),
        dir: place,
    }
}

fn properties_of(dir: &Path, ports: [u16; 5]) -> String {
    let [direct, tls, mutual, sasl, controller] = ports;
    let dir = dir.display();
    let module = "org.apache.kafka.common.security";
    let scram = format!("{module}.scram.ScramLoginModule required;");
    let plain = format!("{module}.plain.PlainLoginModule required user_worker=\"{PASSWORD}\";");
    let oauth = format!(
        "{module}.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub=\"broker\";"
    );
    format!(
        "process.roles=broker,controller\n\
         node.id=1\n\
         controller.quorum.voters=1@127.0.0.1:{controller}\n\
         controller.listener.names=CONTROLLER\n\
         listeners=DIRECT://127.0.0.1:{direct},TLS://127.0.0.1:{tls},MUTUAL://127.0.0.1:{mutual},SASL://127.0.0.1:{sasl},CONTROLLER://127.0.0.1:{controller}\n\
         inter.broker.listener.name=DIRECT\n\
         listener.security.protocol.map=DIRECT:PLAINTEXT,TLS:SSL,MUTUAL:SSL,SASL:SASL_SSL,CONTROLLER:PLAINTEXT\n\
         ssl.keystore.type=PEM\n\
         ssl.keystore.location={dir}/server.pem\n\
         ssl.truststore.type=PEM\n\
         ssl.truststore.location={dir}/ca.pem\n\
         listener.name.mutual.ssl.client.auth=required\n\
         ssl.principal.mapping.rules=RULE:^CN=([^,]+).*$/$1/,DEFAULT\n\
         listener.name.sasl.sasl.enabled.mechanisms=SCRAM-SHA-256,SCRAM-SHA-512,PLAIN,OAUTHBEARER\n\
         listener.name.sasl.scram-sha-256.sasl.jaas.config={scram}\n\
         listener.name.sasl.scram-sha-512.sasl.jaas.config={scram}\n\
         listener.name.sasl.plain.sasl.jaas.config={plain}\n\
         listener.name.sasl.oauthbearer.sasl.jaas.config={oauth}\n\
         authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer\n\
         super.users=User:ANONYMOUS\n\
         log.dirs={dir}/data\n\
         auto.create.topics.enable=false\n\
         offsets.topic.num.partitions=1\n\
         offsets.topic.replication.factor=1\n\
         group.initial.rebalance.delay.ms=0\n"
    )
}

impl Secured {
    /// A group of its own at a listener; `settings` are passed through.
    pub(crate) fn group(&self, brokers: &str, settings: &[(&str, &str)]) -> Kafka {
        let setting =
            |(key, value): &(&str, &str)| ((*key).to_owned(), Secret::new((*value).to_owned()));
        Kafka {
            brokers: brokers.to_owned(),
            group: unique("secured"),
            protocol: GroupProtocol::Consumer,
            librdkafka: settings.iter().map(setting).collect(),
        }
    }

    /// The file of the authority's certificate.
    pub(crate) fn ca_file(&self) -> String {
        self.dir.join("ca.pem").display().to_string()
    }
}

const CREATE_ACLS: [i16; 2] = [30, 1];
const LITERAL: i8 = 3;
const ALLOW: i8 = 3;

/// One rule: on every topic or group, whom, what.
type Rule = (i8, &'static str, i8);

// Codes of the protocol (CreateAcls).
const TOPIC: i8 = 2;
const GROUP: i8 = 3;
const READ: i8 = 3;
const DELETE: i8 = 6;
const DESCRIBE: i8 = 8;
const DESCRIBE_CONFIGS: i8 = 10;

/// Grants each login all but what its name says, in the broker's own protocol:
/// the tool for it is no part of the broker.
fn grant(brokers: &str) {
    let mut rules: Vec<Rule> = Vec::new();
    for login in LOGINS {
        let all = [
            (TOPIC, READ),
            (TOPIC, DESCRIBE),
            (TOPIC, DELETE),
            (TOPIC, DESCRIBE_CONFIGS),
            (GROUP, READ),
        ];
        let lacks = |(kind, right): &(i8, i8)| match login {
            "no-topic" => *kind == TOPIC,
            "no-group" => *kind == GROUP,
            "no-delete" => *right == DELETE,
            _ => false,
        };
        let granted = all.into_iter().filter(|rule| !lacks(rule));
        rules.extend(granted.map(|(kind, right)| (kind, login, right)));
    }
    let answer = exchange(brokers, &create_acls(&rules));
    // Throttle time, count, then for each rule an error code and no message.
    let mut codes = answer[12..].chunks_exact(4);
    assert!(codes.all(|chunk| chunk[..2] == [0, 0]), "{answer:?}");
}

fn text(out: &mut Vec<u8>, text: &str) {
    let length = i16::try_from(text.len()).expect("short");
    out.extend(length.to_be_bytes());
    out.extend(text.as_bytes());
}

/// A request CreateAcls of version 1.
fn create_acls(rules: &[Rule]) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend(CREATE_ACLS.iter().flat_map(|n| n.to_be_bytes()));
    out.extend(1_i32.to_be_bytes());
    text(&mut out, "tests");
    out.extend(i32::try_from(rules.len()).expect("few").to_be_bytes());
    for (kind, login, right) in rules {
        out.push(*kind as u8);
        text(&mut out, "*");
        out.push(LITERAL as u8);
        text(&mut out, &format!("User:{login}"));
        text(&mut out, "*");
        out.extend([*right as u8, ALLOW as u8]);
    }
    out
}

/// Sends a request and gives the answer, from its correlation id on.
fn exchange(brokers: &str, request: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(brokers).expect("it listens");
    let length = i32::try_from(request.len()).expect("short");
    stream.write_all(&length.to_be_bytes()).expect("sent");
    stream.write_all(request).expect("sent");
    let mut length = [0; 4];
    stream.read_exact(&mut length).expect("answered");
    let mut answer = vec![0; u32::from_be_bytes(length) as usize];
    stream.read_exact(&mut answer).expect("answered");
    answer
}
