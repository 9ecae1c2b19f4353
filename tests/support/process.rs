//! Child processes that cannot outlive the tests, however these end.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;

use tempfile::TempDir;

/// Runs the service in the background and ends it when standard input closes:
/// that happens when the guard is dropped and also when the tests are killed.
const KEEPER: &str = r#""$@" </dev/null & service=$!
cat >/dev/null
kill -9 $service
wait $service"#;

/// A running service with a directory of its own.
pub(crate) struct Service {
    keeper: Child,
    log: PathBuf,
    _dir: TempDir,
}

impl Service {
    /// Starts `program` with a log in `dir`, which goes with it.
    pub(crate) fn start(dir: TempDir, program: &Command) -> Self {
        let log = dir.path().join("service.log");
        let file = File::create(&log).expect("the log can be made");
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "keeper"]);
        keeper.arg(program.get_program()).args(program.get_args());
        for (key, value) in program.get_envs() {
            keeper.env(key, value.expect("no variable is removed"));
        }
        let keeper = keeper
            .stdin(Stdio::piped())
            .stdout(file.try_clone().expect("the log can be shared"))
            .stderr(file)
            .process_group(0)
            .spawn()
            .expect("sh starts");
        Self {
            keeper,
            log,
            _dir: dir,
        }
    }

    /// The end of what it printed, for a test that fails.
    pub(crate) fn log(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(30)..].join("\n")
    }

    /// Keeps it until [`end_all`].
    pub(crate) fn keep(self) {
        services().push(self);
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

static SERVICES: Mutex<Vec<Service>> = Mutex::new(Vec::new());

fn services() -> std::sync::MutexGuard<'static, Vec<Service>> {
    SERVICES.lock().unwrap_or_else(|e| e.into_inner())
}

/// Ends every service that is kept.
pub(crate) fn end_all() {
    services().clear();
}

/// A port that was free a moment ago.
pub(crate) fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("loopback has ports");
    listener.local_addr().expect("it is bound").port()
}
