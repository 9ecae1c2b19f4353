//! One river's bed: a pipeline and its tenants' files in a directory of their
//! own, topics on the real broker, stores on the real S3 server.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use leeward::config::resolved::{GroupProtocol, Store};
use leeward::config::{Around, Config, Tenant, load};
use leeward::domain::{Entropy, EpochMs, TenantId};
use leeward::scope::Stores;
use tempfile::TempDir;

use super::load::{Shape, Topic};
use super::worker::Worker;
use crate::support::kafka::{broker, unique};
use crate::support::minio;
use crate::support::process::free_port;

/// What may differ between rivers.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// How members agree.
    pub(crate) protocol: GroupProtocol,
    /// Partitions of each tenant's topic.
    pub(crate) partitions: i32,
    /// Lines of the pipeline file: `assemble`, `flush` and others.
    pub(crate) pipeline: &'static str,
    /// Lines of each tenant's file: `release` and `purge`.
    pub(crate) tenant: [&'static str; 3],
    /// The tenants, each with the reference of its agreement.
    pub(crate) tenants: [(&'static str, &'static str); 3],
}

/// Conversations close soon after their end event; one that is silent is left
/// alone for longer than a load takes.
pub(crate) const PIPELINE: &str = "\
assemble: {end_grace: 500ms, idle: 90s, max_age: 10m, late: 0s}
flush: {interval: 1s}
";

/// A release of any size when it is asked for, as a test needs it.
pub(crate) const TENANT: &str = "\
release:
  interval: 1h
  min_interval: 1s
  min_conversations: 1
  dating_override: {reason: made-up people, by: the test}
";

impl Default for Plan {
    fn default() -> Self {
        Self {
            protocol: GroupProtocol::CooperativeSticky,
            partitions: 4,
            pipeline: PIPELINE,
            tenant: [TENANT; 3],
            tenants: [
                ("north", "BAA-1"),
                ("harbor", "BAA-2"),
                ("lakeside", "BAA-3"),
            ],
        }
    }
}

/// A configured river.
pub(crate) struct Course {
    dir: TempDir,
    env: BTreeMap<String, String>,
    workers: AtomicU32,
    /// The consumer group.
    pub(crate) group: String,
    /// The configuration as the program reads it.
    pub(crate) config: Config,
    /// Its stores.
    pub(crate) stores: Stores,
    /// The operator's private key, in hexadecimal.
    pub(crate) operator_key: String,
    /// Each tenant's topic, in the tenants' order.
    pub(crate) topics: Vec<Topic>,
    names: [&'static str; 3],
}

impl Course {
    /// Makes topics, stores and files.
    pub(crate) fn dig(plan: &Plan) -> Self {
        Self::dig_at(plan, &minio::store)
    }

    /// Makes topics, stores as `store` says, and files.
    pub(crate) fn dig_at(plan: &Plan, store: &dyn Fn() -> Store) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let group = unique("river");
        let mut env = BTreeMap::from([("WORKER_PORT".to_owned(), "1".to_owned())]);
        let topic = |shape| Topic {
            name: broker().topic(plan.partitions),
            partitions: plan.partitions,
            shape,
        };
        let topics: Vec<Topic> = Shape::ALL.map(topic).into();
        fs::create_dir_all(dir.path().join("tenants")).expect("a directory");
        fs::create_dir_all(dir.path().join("tmp")).expect("a directory");
        let (private, public) = leeward::seal::operator_key_pair(&mut Entropy::from_system());
        let text = pipeline_text(plan, &group, store, &public, &mut env);
        fs::write(dir.path().join("pipeline.yaml"), text).expect("it can be written");
        for ((tenant, lines), topic) in plan.tenants.iter().zip(plan.tenant).zip(&topics) {
            let text = tenant_text(*tenant, lines, topic, &mut env);
            let file = dir.path().join(format!("tenants/{}.yaml", tenant.0));
            fs::write(file, text).expect("it can be written");
        }
        let config = read(&dir.path().join("pipeline.yaml"), &env);
        Self {
            stores: Stores::open(&config.pipeline.stores).expect("stores"),
            operator_key: hex::encode(private.expose()),
            workers: AtomicU32::new(0),
            names: plan.tenants.map(|(name, _)| name),
            dir,
            env,
            group,
            config,
            topics,
        }
    }

    /// Tenant number `n`.
    pub(crate) fn tenant(&self, n: usize) -> &Arc<Tenant> {
        let id = TenantId::parse(self.names[n]).expect("a name");
        &self.config.tenants[&id]
    }

    /// Replaces text in a tenant's file, as its operator would.
    pub(crate) fn edit_tenant(&self, name: &str, from: &str, to: &str) {
        let file = self.tenant_file(name);
        let text = fs::read_to_string(&file).expect("it can be read");
        assert!(text.contains(from), "{text}");
        fs::write(file, text.replace(from, to)).expect("it can be written");
    }

    /// Takes a tenant's file away.
    pub(crate) fn remove_tenant(&self, name: &str) {
        fs::remove_file(self.tenant_file(name)).expect("it is there");
    }

    /// Replaces text in the pipeline's file.
    pub(crate) fn edit_pipeline(&self, from: &str, to: &str) {
        let file = self.dir.path().join("pipeline.yaml");
        let text = fs::read_to_string(&file).expect("it can be read");
        assert!(text.contains(from), "{text}");
        fs::write(file, text.replace(from, to)).expect("it can be written");
    }

    /// Writes the file of a tenant more, which reads `topic` in the native
    /// shape and has keys of its own; `lines` are the rest of it.
    pub(crate) fn add_tenant(&self, name: &str, topic: &str, lines: &str) {
        let keys = ["sealing", "ledger"].map(|purpose| {
            let bytes: [u8; 32] = Entropy::from_system().bytes();
            let file = self.dir.path().join(format!("tenants/{name}.{purpose}"));
            fs::write(file, hex::encode(bytes)).expect("it can be written");
            format!("{{file: {name}.{purpose}}}")
        });
        let text = tenant_of((name, "BAA-4"), lines, (topic, "native"), keys);
        fs::write(self.tenant_file(name), text).expect("it can be written");
    }

    fn tenant_file(&self, name: &str) -> PathBuf {
        self.dir.path().join(format!("tenants/{name}.yaml"))
    }

    /// Where programs put temporary files.
    pub(crate) fn temporary(&self) -> PathBuf {
        self.dir.path().join("tmp")
    }

    /// The logs of all workers that were started.
    pub(crate) fn logs(&self) -> Vec<(String, Vec<u8>)> {
        let files = fs::read_dir(self.dir.path())
            .expect("a directory")
            .flatten();
        let logs = files.filter(|f| f.path().extension().is_some_and(|e| e == "log"));
        let read = |f: fs::DirEntry| {
            let name = f.file_name().to_string_lossy().into_owned();
            (name, fs::read(f.path()).expect("it can be read"))
        };
        logs.map(read).collect()
    }

    /// The program with nothing in its environment but what the files name.
    fn program(&self, arguments: &[&str]) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_leeward"));
        program.args(arguments).env_clear().envs(&self.env);
        program.env("TMPDIR", self.temporary());
        program.current_dir(self.dir.path());
        program
    }

    /// Starts a worker.
    pub(crate) fn worker(&self) -> Worker {
        self.worker_with(&[])
    }

    /// Starts a worker with these options.
    pub(crate) fn worker_with(&self, options: &[&str]) -> Worker {
        let n = self.workers.fetch_add(1, Ordering::Relaxed);
        let port = free_port();
        let mut program = self.program(&["run", "pipeline.yaml"]);
        program.args(options);
        program.env("WORKER_PORT", port.to_string());
        Worker::start(
            program,
            port,
            &self.dir.path().join(format!("worker-{n}.log")),
        )
    }

    /// Somebody answers for the releases of tenant `n`, for most of a year.
    pub(crate) fn attest(&self, n: usize) {
        let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC);
        let until = today.date().saturating_add(jiff::Span::new().days(300));
        let arguments = ["release", "attest", "pipeline.yaml", "--tenant"];
        let by = ["--by", "Orla Fenn", "--until", &until.to_string()];
        self.must(&[arguments.as_slice(), &[self.names[n]], &by].concat());
    }

    /// Releases of all tenants what has landed.
    pub(crate) fn release(&self) {
        for n in 0..self.names.len() {
            self.attest(n);
        }
        self.must(&["release", "pipeline.yaml", "--force"]);
    }

    /// Starts a command.
    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        let mut program = self.program(arguments);
        program.stdout(Stdio::null()).stderr(Stdio::null());
        program.spawn().expect("the program starts")
    }

    /// Runs a command to its end.
    pub(crate) fn command(&self, arguments: &[&str]) -> Output {
        self.program(arguments)
            .output()
            .expect("the program starts")
    }

    /// Runs a command that must succeed; what it prints.
    ///
    /// # Panics
    /// When it fails.
    pub(crate) fn must(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments);
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        assert!(
            output.status.success(),
            "{arguments:?} {}:\n{out}{err}",
            output.status
        );
        out
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn read(file: &std::path::Path, env: &BTreeMap<String, String>) -> Config {
    let lookup = |name: &str| env.get(name).cloned();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let now = i64::try_from(now.expect("after 1970").as_millis()).expect("before the end");
    let around = Around {
        lookup: &lookup,
        now: EpochMs(now),
    };
    let loaded = load(file, &around).unwrap_or_else(|e| panic!("{:#?}", e.problems));
    assert!(loaded.disabled.is_empty(), "{:#?}", loaded.disabled);
    loaded.config
}

/// Gives the files `value` under a variable's name.
fn given(env: &mut BTreeMap<String, String>, value: String) -> String {
    let name = format!("GIVEN_{}", env.len());
    env.insert(name.clone(), value);
    format!("{{env: {name}}}")
}

fn key(env: &mut BTreeMap<String, String>) -> String {
    let bytes: [u8; 32] = Entropy::from_system().bytes();
    given(env, hex::encode(bytes))
}

fn pipeline_text(
    plan: &Plan,
    group: &str,
    store: &dyn Fn() -> Store,
    public: &[u8; 32],
    env: &mut BTreeMap<String, String>,
) -> String {
    let mut text = format!(
        "name: river\n\
         tenants: tenants\n\
         source:\n  kafka:\n    brokers: {}\n    group: {group}\n    protocol: {}\n",
        broker().brokers,
        plan.protocol.name(),
    );
    if plan.protocol == GroupProtocol::CooperativeSticky {
        text.push_str("    librdkafka: {session.timeout.ms: 4000, heartbeat.interval.ms: 1000}\n");
    }
    text.push_str("stores:\n");
    for area in ["state", "landing", "research"] {
        let store = store();
        let _ = write!(text, "  {area}:\n    url: {}\n    options:\n", store.url);
        for (name, value) in &store.options {
            let value = given(env, value.expose().clone());
            let _ = writeln!(text, "      {name}: {value}");
        }
    }
    let _ = write!(
        text,
        "unclaimed: {{public_key: {}}}\n\
         observe: {{listen: \"127.0.0.1:${{WORKER_PORT}}\", log: \"debug\"}}\n{}",
        hex::encode(public),
        plan.pipeline,
    );
    text
}

fn tenant_text(
    (name, baa): (&str, &str),
    lines: &str,
    topic: &Topic,
    env: &mut BTreeMap<String, String>,
) -> String {
    let keys = [key(env), key(env)];
    tenant_of(
        (name, baa),
        lines,
        (&topic.name, topic.shape.mapping()),
        keys,
    )
}

fn tenant_of(
    (name, baa): (&str, &str),
    lines: &str,
    (topic, mapping): (&str, &str),
    [sealing, ledger]: [String; 2],
) -> String {
    format!(
        "tenant: {name}\n\
         topics: [{topic}]\n\
         mapping: {mapping}\n\
         authorization:\n  \
           permits_deidentification: true\n  \
           baa_reference: {baa}\n  \
           purposes: [clinical_research]\n  \
           expires: 2099-12-31\n\
         keys: {{sealing: {sealing}, ledger: {ledger}}}\n{lines}",
    )
}
