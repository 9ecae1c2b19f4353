//! Processes of the program: workers that can be killed, frozen and thawed,
//! and commands that end.

use std::fs::File;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::support::poll_until;

/// Ends the worker when standard input closes: also when the tests are killed.
const GUARD: &str = "cat >/dev/null; kill -9 $0 2>/dev/null";

/// A running worker.
pub(crate) struct Worker {
    child: Child,
    guard: Child,
    port: u16,
    /// What it prints.
    pub(crate) log: PathBuf,
}

impl Worker {
    /// Starts `program`, which serves its state on `port`; what it prints goes
    /// to `log`.
    pub(crate) fn start(mut program: Command, port: u16, log: &Path) -> Self {
        let file = File::create(log).expect("the log can be made");
        let child = program
            .stdin(Stdio::null())
            .stdout(file.try_clone().expect("the log can be shared"))
            .stderr(file)
            .spawn()
            .expect("the program starts");
        let guard = Command::new("sh")
            .args(["-c", GUARD, &child.id().to_string()])
            .stdin(Stdio::piped())
            .spawn()
            .expect("sh starts");
        let log = log.to_owned();
        Self {
            child,
            guard,
            port,
            log,
        }
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("sh")
            .args(["-c", "kill -$0 $1", name, &id])
            .status();
        assert!(sent.expect("sh starts").success(), "no signal was sent");
    }

    /// Ends it as a crash would, and waits until it has.
    pub(crate) fn kill(mut self) {
        self.signal("KILL");
        self.child.wait().expect("it has ended");
    }

    /// Asks it to drain, and waits until it has.
    ///
    /// # Panics
    /// When it does not end in time, or not well.
    pub(crate) fn drain(mut self) {
        self.signal("TERM");
        let ended = poll_until(Duration::from_secs(60), || self.ended());
        let status = ended.unwrap_or_else(|| panic!("it did not drain:\n{}", self.said()));
        assert!(
            status.success(),
            "it drained with {status}:\n{}",
            self.said()
        );
    }

    /// How it ended, where it has.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("it can be asked")
    }

    /// `/status`; `None` while it does not answer.
    pub(crate) fn status(&self) -> Option<Value> {
        serde_json::from_str(&self.get("/status")?).ok()
    }

    /// What it serves at `path`; `None` while it does not answer.
    pub(crate) fn get(&self, path: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
        let request = format!("GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n");
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        Some(answer.split_once("\r\n\r\n")?.1.to_owned())
    }

    /// Waits until it owns `count` partitions.
    pub(crate) fn await_partitions(&mut self, count: impl Fn(usize) -> bool) {
        let owned = poll_until(Duration::from_secs(60), || {
            assert!(self.ended().is_none(), "it ended:\n{}", self.said());
            let owned = self.status()?["partitions"].as_array()?.len();
            count(owned).then_some(())
        });
        assert!(
            owned.is_some(),
            "not its partitions: {:?}\n{}",
            self.status(),
            self.said()
        );
    }

    /// The end of what it printed, for a test that fails.
    pub(crate) fn said(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(25)..].join("\n")
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Of one that has ended the number may be another's by now.
        if self.ended().is_some() {
            let _ = self.guard.kill();
        }
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
        let _ = self.child.wait();
    }
}
