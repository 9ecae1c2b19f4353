//! The program's own binary on secured parts.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use leeward::config::Secret;
use leeward::config::resolved::{ObserveTls, Store};
use leeward::domain::Entropy;
use leeward::observe::tls;
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{PASSWORD, lines, secured, trusting};
use crate::support::certificates::{Authority, Pair};
use crate::support::kafka::{produce, topic_at, unique};
use crate::support::process::free_port;
use crate::support::{block_on, minio, poll_until};

const TOKEN: &str = "token-of-the-status-endpoint";

/// A pipeline on the secured broker and an S3 server with TLS.
struct Bed {
    dir: TempDir,
    env: BTreeMap<String, String>,
    /// Where the worker serves.
    port: u16,
    /// By what it serves.
    served: Pair,
    topic: String,
    /// The S3 server's port.
    store: u16,
}

impl Bed {
    fn dig() -> Self {
        let (dir, authority) = (tempfile::tempdir().expect("a directory"), Authority::new());
        let store = trusting(&minio::tls_store(&authority), &authority);
        let served = authority.server();
        let mut env = BTreeMap::from([
            ("KAFKA_PASSWORD".to_owned(), PASSWORD.to_owned()),
            ("TOKEN".to_owned(), TOKEN.to_owned()),
        ]);
        for key in ["SEALING", "LEDGER"] {
            let bytes: [u8; 32] = Entropy::from_system().bytes();
            env.insert(key.to_owned(), hex::encode(bytes));
        }
        for (name, value) in &store.options {
            env.insert(name.to_ascii_uppercase(), value.expose().clone());
        }
        fs::write(dir.path().join("served.crt"), &served.certificate).expect("written");
        fs::write(dir.path().join("served.key"), &served.key).expect("written");
        let topic = topic_at(&secured().direct, 1);
        let bed = Self {
            env,
            port: free_port(),
            served,
            topic,
            store: port_of(&store),
            dir,
        };
        bed.write("pipeline.yaml", &bed.pipeline(&store, "worker"));
        for user in ["no-topic", "no-delete"] {
            bed.write(&format!("{user}.yaml"), &bed.pipeline(&store, user));
        }
        fs::create_dir(bed.dir.path().join("tenants")).expect("a directory");
        bed.write("tenants/north.yaml", &tenant(&bed.topic));
        bed.write("tenants/broken.yaml", "tenant: broken\n");
        bed
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.dir.path().join(name), text).expect("it can be written");
    }

    fn pipeline(&self, store: &Store, user: &str) -> String {
        let options: String = store
            .options
            .keys()
            .map(|name| format!("      {name}: {{env: {}}}\n", name.to_ascii_uppercase()))
            .collect();
        let (_, public) = leeward::seal::operator_key_pair(&mut Entropy::from_system());
        let area = |area: &str| {
            format!(
                "  {area}:\n    url: {}/{area}\n    options:\n{options}",
                store.url
            )
        };
        format!(
            "name: secured\ntenants: tenants\nsource:\n  kafka:\n    brokers: {}\n    \
             group: {}\n    protocol: consumer\n    librdkafka:\n{}stores:\n{}{}{}  \
             reader: {{aws_skip_signature: true}}\n\
             assemble: {{end_grace: 500ms}}\nflush: {{interval: 1s}}\n\
             unclaimed: {{public_key: {}}}\n\
             observe:\n  listen: 127.0.0.1:{}\n  token: {{env: TOKEN}}\n  log: debug\n  \
             tls: {{certificate: {{file: served.crt}}, key: {{file: served.key}}}}\n",
            secured().sasl,
            unique("secured"),
            lines(secured(), user),
            area("state"),
            area("landing"),
            area("research"),
            hex::encode(public),
            self.port,
        )
    }

    fn program(&self, arguments: &[&str]) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_leeward"));
        program.args(arguments).env_clear().envs(&self.env);
        program.current_dir(self.dir.path());
        program
    }

    fn command(&self, arguments: &[&str]) -> Output {
        self.program(arguments)
            .output()
            .expect("the program starts")
    }

    /// What `check --connect --json` says of a pipeline file, and whether it
    /// is good.
    fn check(&self, pipeline: &str) -> (String, bool) {
        let output = self.command(&["check", "--connect", "--json", pipeline]);
        let said = String::from_utf8(output.stdout).expect("UTF-8");
        self.holds_no_secret("check", &said);
        (said, output.status.success())
    }

    fn holds_no_secret(&self, name: &str, said: &str) {
        let keys = [
            "KAFKA_PASSWORD",
            "TOKEN",
            "SEALING",
            "LEDGER",
            "AWS_SECRET_ACCESS_KEY",
        ];
        for key in keys {
            assert!(!said.contains(&self.env[key]), "{name} tells {key}");
        }
        assert!(!said.contains("PRIVATE KEY"), "{name}");
    }

    /// What the worker answers over TLS.
    fn get(&self, path: &str, headers: &str) -> Option<String> {
        let own = ObserveTls {
            certificate: Secret::new(self.served.certificate.clone()),
            key: Secret::new(self.served.key.clone()),
        };
        let connector = tls::connector(&own).expect("a certificate");
        block_on(async {
            let stream = TcpStream::connect(("127.0.0.1", self.port)).await.ok()?;
            let name = std::net::IpAddr::from([127, 0, 0, 1]).into();
            let mut stream = connector.connect(name, stream).await.ok()?;
            let request = format!("GET {path} HTTP/1.0\r\nHost: x\r\n{headers}\r\n");
            stream.write_all(request.as_bytes()).await.ok()?;
            let mut answer = String::new();
            // Some end without a farewell; what was read counts.
            let _ = stream.read_to_string(&mut answer).await;
            Some(answer)
        })
    }
}

fn port_of(store: &Store) -> u16 {
    let endpoint = store.options["aws_endpoint"].expose();
    let port = endpoint.rsplit(':').next().expect("a port");
    port.parse().expect("a number")
}

fn tenant(topic: &str) -> String {
    format!(
        "tenant: north\ntopics: [{topic}]\nmapping: native\nauthorization:\n  \
         permits_deidentification: true\n  baa_reference: BAA-1\n  \
         purposes: [clinical_research]\n  expires: 2099-12-31\n\
         keys: {{sealing: {{env: SEALING}}, ledger: {{env: LEDGER}}}}\n"
    )
}

/// The verdicts of what `subject` begins.
fn verdicts(said: &str, subject: &str) -> Vec<(String, String)> {
    let said: Value = serde_json::from_str(said).expect("JSON");
    let answers = said["connections"].as_array().expect("answers");
    let of = answers.iter().filter(|answer| {
        let about = answer["subject"].as_str();
        about.is_some_and(|about| about.starts_with(subject))
    });
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    of.map(|a| (text(&a["verdict"]), text(&a["what"])))
        .collect()
}

pub(super) fn check_connect() {
    let mut bed = Bed::dig();
    fs::remove_file(bed.dir.path().join("tenants/broken.yaml")).expect("it is there");
    let good = |said: &str, subject: &str, count: usize| {
        let verdicts = verdicts(said, subject);
        assert!(
            verdicts.len() == count && verdicts.iter().all(|v| v.0 == "good"),
            "{said}"
        );
    };
    let bad = |said: &str, subject: &str, word: &str| {
        let verdicts = verdicts(said, subject);
        let told = verdicts
            .iter()
            .any(|v| v.0 == "error" && v.1.contains(word));
        assert!(told, "{subject}: {word}: {said}");
    };
    let (said, _) = bed.check("pipeline.yaml");
    good(&said, "source.kafka", 1);
    good(&said, "topic ", 3);
    good(&said, "group ", 1);
    for store in ["stores.state", "stores.landing", "stores.research"] {
        good(&said, store, 2);
    }
    // Nobody was let in without a signature, not to research either.
    good(&said, "stores.reader at stores.state", 1);
    good(&said, "stores.reader at stores.landing", 1);
    bad(&said, "stores.reader at stores.research", "grant reading");

    let (said, success) = bed.check("no-topic.yaml");
    assert!(!success);
    bad(&said, "topic ", "grant READ and DESCRIBE");
    let (said, success) = bed.check("no-delete.yaml");
    assert!(!success);
    bad(&said, "topic ", "grant DELETE");
    // A researcher who has the worker's own keys sees too much.
    let pipeline = fs::read_to_string(bed.dir.path().join("pipeline.yaml")).expect("readable");
    let everybody = pipeline.replace("aws_skip_signature: true", "aws_region: us-east-1");
    bed.write("pipeline.yaml", &everybody);
    let (said, success) = bed.check("pipeline.yaml");
    assert!(!success);
    good(&said, "stores.reader at stores.research", 1);
    bad(&said, "stores.reader at stores.state", "may list");
    bad(&said, "stores.reader at stores.landing", "may list");
    bed.env
        .insert("KAFKA_PASSWORD".into(), "another-password-of-it".into());
    let (said, success) = bed.check("pipeline.yaml");
    assert!(!success);
    bad(&said, "source.kafka", "`sasl.password`");
    bed.write(
        "pipeline.yaml",
        &everybody
            .replace("stores:\n", "stores:\n  reader: {}\n")
            .replacen("  reader: {aws_region: us-east-1}\n", "", 1),
    );
    let reader = verdicts(&bed.check("pipeline.yaml").0, "stores.reader");
    assert_eq!(reader[0].0, "warning");
}

/// Ends the worker when it is dropped.
struct Worker(Child);

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(super) fn sockets_and_secrets() {
    let bed = Bed::dig();
    let log = bed.dir.path().join("worker.log");
    let file = fs::File::create(&log).expect("the log can be made");
    let mut program = bed.program(&["run", "pipeline.yaml"]);
    program
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(file);
    let worker = Worker(program.spawn().expect("the program starts"));
    let said = || fs::read_to_string(&log).unwrap_or_default();
    let record = |n: i32| {
        let call = format!(
            "{{\"conversation_id\":\"c{n}\",\"turns\":[{{\"role\":\"user\",\"text\":\"hello there\"}}],\"end\":true}}"
        );
        (0, call)
    };
    produce(&secured().direct, &bed.topic, (0..5).map(record));
    let bearer = format!("Authorization: Bearer {TOKEN}\r\n");
    let committed = poll_until(Duration::from_secs(60), || {
        let metrics = bed.get("/metrics", &bearer)?;
        let all_read =
            metrics.contains("leeward_lag_records{topic=") && metrics.contains("\"} 0\n");
        (all_read && said().contains("\"event\":\"committed\"")).then_some(metrics)
    });
    let metrics = committed.unwrap_or_else(|| panic!("nothing was committed:\n{}", said()));
    assert!(metrics.contains("leeward_lag_seconds{topic="), "{metrics}");
    assert!(!metrics.contains("} -"), "nothing is negative:\n{metrics}");
    assert!(
        metrics.contains("leeward_tenant_disabled{tenant=\"broken\"} 1"),
        "{metrics}"
    );
    assert!(
        metrics.contains("leeward_tenant_disabled{tenant=\"north\"} 0"),
        "{metrics}"
    );
    let status = bed.get("/status", &bearer).expect("an answer");
    assert!(status.contains("\"configuration\""), "{status}");
    let turned_away = bed.get("/status", "").expect("an answer");
    assert!(turned_away.starts_with("HTTP/1.0 401"), "{turned_away}");
    let asked = bed.command(&["status", "--json", "pipeline.yaml"]);
    let asked = String::from_utf8(asked.stdout).expect("UTF-8");
    assert!(
        asked.contains("\"lag_records\""),
        "it asks the worker: {asked}"
    );

    let sockets = sockets(worker.0.id());
    let broker: u16 = secured()
        .sasl
        .rsplit(':')
        .next()
        .and_then(|p| p.parse().ok())
        .expect("a port");
    let listening: BTreeSet<u16> = of_state(&sockets, LISTEN).map(|s| s.local).collect();
    assert_eq!(listening, BTreeSet::from([bed.port]));
    let outward = of_state(&sockets, ESTABLISHED).filter(|s| s.local != bed.port);
    let outward: BTreeSet<u16> = outward.map(|s| s.remote).collect();
    assert_eq!(outward, BTreeSet::from([broker, bed.store]), "{sockets:?}");

    let arguments = fs::read_to_string(format!("/proc/{}/cmdline", worker.0.id()));
    bed.holds_no_secret("the arguments", &arguments.expect("readable"));
    for (name, text) in [
        ("logs", said()),
        ("status", status),
        ("metrics", metrics),
        ("status command", asked),
    ] {
        assert!(!text.is_empty(), "{name} is there to be seen");
        bed.holds_no_secret(name, &text);
    }
    leaves_no_core(worker);
}

/// A worker that is aborted writes its memory nowhere.
fn leaves_no_core(mut worker: Worker) {
    let limits = fs::read_to_string(format!("/proc/{}/limits", worker.0.id()));
    let limits = limits.expect("readable");
    let of_cores = limits.lines().find(|line| line.starts_with("Max core"));
    let words = of_cores.map(|line| line.split_whitespace().skip(4).collect());
    assert!(
        matches!(words, Some::<Vec<&str>>(words) if words == ["1", "1", "bytes"] || words == ["0", "0", "bytes"]),
        "{of_cores:?}"
    );
    let id = worker.0.id().to_string();
    let sent = Command::new("sh")
        .args(["-c", "kill -ABRT $0", &id])
        .status();
    assert!(sent.expect("sh starts").success(), "no signal was sent");
    let status = worker.0.wait().expect("it ends");
    assert_eq!((status.signal(), status.core_dumped()), (Some(6), false));
}

const ESTABLISHED: u8 = 1;
const LISTEN: u8 = 10;

/// One TCP socket of a process.
#[derive(Debug)]
struct Socket {
    local: u16,
    remote: u16,
    state: u8,
}

fn of_state(sockets: &[Socket], state: u8) -> impl Iterator<Item = &Socket> {
    sockets.iter().filter(move |socket| socket.state == state)
}

/// Every TCP socket that the process holds open; that it holds no other kind
/// over a network is seen too.
fn sockets(process: u32) -> Vec<Socket> {
    let root = format!("/proc/{process}");
    let mine = inodes(Path::new(&root));
    let table = |name: &str| fs::read_to_string(format!("{root}/net/{name}")).unwrap_or_default();
    let rows = |name: &str| -> Vec<Vec<String>> {
        let text = table(name);
        let rows = text.lines().skip(1);
        let fields = rows.map(|row| row.split_whitespace().map(str::to_owned).collect());
        fields
            .filter(|row: &Vec<String>| row.get(9).is_some_and(|inode| mine.contains(inode)))
            .collect()
    };
    for name in ["udp", "udp6", "raw", "raw6"] {
        assert_eq!(rows(name), Vec::<Vec<String>>::new(), "{name}");
    }
    let port = |address: &str| {
        let port = address.rsplit(':').next().expect("a port");
        u16::from_str_radix(port, 16).expect("hexadecimal")
    };
    let socket = |row: Vec<String>| Socket {
        local: port(&row[1]),
        remote: port(&row[2]),
        state: u8::from_str_radix(&row[3], 16).expect("hexadecimal"),
    };
    let rows = [rows("tcp"), rows("tcp6")].concat();
    rows.into_iter().map(socket).collect()
}

/// The inodes of a process's sockets.
fn inodes(root: &Path) -> BTreeSet<String> {
    let open = fs::read_dir(root.join("fd")).expect("it runs").flatten();
    let target = open.filter_map(|entry| fs::read_link(entry.path()).ok());
    let inode = |path: std::path::PathBuf| {
        let text = path.to_string_lossy().into_owned();
        let inode = text.strip_prefix("socket:[")?.strip_suffix(']')?;
        Some(inode.to_owned())
    };
    target.filter_map(inode).collect()
}
