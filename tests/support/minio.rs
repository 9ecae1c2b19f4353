//! A real S3 server on loopback.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use leeward::config::Secret;
use leeward::config::resolved::Store;
use tempfile::TempDir;

use super::certificates::Authority;
use super::kafka::unique;
use super::parts::{self, Need};
use super::poll_until;
use super::process::{Service, free_port};

const BUCKET: &str = "leeward";
const USER: &str = "tests";
const PASSWORD: &str = "only-on-loopback";

/// A store of its own for a test, in the shared server.
pub(crate) fn store() -> Store {
    static PORT: OnceLock<u16> = OnceLock::new();
    let start = || {
        let (dir, port) = (tempfile::tempdir().expect("a directory"), free_port());
        let data = dir.path().join("data");
        serve(port, &data, dir).keep();
        port
    };
    store_at(*PORT.get_or_init(start))
}

/// A server of one's own, which can be stopped and started again.
pub(crate) struct Server {
    port: u16,
    data: TempDir,
    service: Option<Service>,
}

impl Server {
    /// Starts a server with an empty bucket.
    pub(crate) fn start() -> Self {
        let mut server = Self {
            port: free_port(),
            data: tempfile::tempdir().expect("a directory"),
            service: None,
        };
        server.resume();
        server
    }

    /// Ends the server; what it keeps stays.
    pub(crate) fn stop(&mut self) {
        self.service = None;
    }

    /// Starts it where it was.
    pub(crate) fn resume(&mut self) {
        let dir = tempfile::tempdir().expect("a directory");
        self.service = Some(serve(self.port, self.data.path(), dir));
    }

    /// A store of its own for a test.
    pub(crate) fn store(&self) -> Store {
        store_at(self.port)
    }
}

/// A server with a certificate of `authority`, and a store in it that trusts
/// nobody but the system's authorities.
pub(crate) fn tls_store(authority: &Authority) -> Store {
    let (dir, port) = (tempfile::tempdir().expect("a directory"), free_port());
    let (certs, data) = (dir.path().join("certs"), dir.path().join("data"));
    fs::create_dir_all(&certs).expect("a directory");
    let pair = authority.server();
    fs::write(certs.join("public.crt"), &pair.certificate).expect("written");
    fs::write(certs.join("private.key"), &pair.key).expect("written");
    let mut server = command(port, &data);
    server.arg("--certs-dir").arg(certs);
    let service = Service::start(dir, &server);
    let open = || TcpStream::connect(("127.0.0.1", port)).ok().map(|_| ());
    let ready = poll_until(Duration::from_secs(60), open);
    assert!(ready.is_some(), "MinIO is not ready:\n{}", service.log());
    service.keep();
    store_by(&format!("https://127.0.0.1:{port}"))
}

fn store_at(port: u16) -> Store {
    store_by(&format!("http://127.0.0.1:{port}"))
}

fn store_by(endpoint: &str) -> Store {
    let options = [
        ("aws_endpoint", endpoint),
        ("aws_access_key_id", USER),
        ("aws_secret_access_key", PASSWORD),
        ("aws_region", "us-east-1"),
    ]
    .map(|(key, value)| (key.to_owned(), Secret::new(value.to_owned())));
    Store {
        url: format!("s3://{BUCKET}/{}", unique("prefix")),
        options: BTreeMap::from(options),
    }
}

/// Serves what lies in `data`, with a log in `dir`, and waits until it does.
fn serve(port: u16, data: &Path, dir: TempDir) -> Service {
    let service = Service::start(dir, &command(port, data));
    let ready = poll_until(Duration::from_secs(60), || is_ready(port).then_some(()));
    assert!(ready.is_some(), "MinIO is not ready:\n{}", service.log());
    service
}

/// The program that serves what lies in `data`.
fn command(port: u16, data: &Path) -> Command {
    let program = parts::ready(Need::S3)
        .expect("the trial needs it")
        .join("minio");
    // A directory of a single-drive server is a bucket.
    fs::create_dir_all(data.join(BUCKET)).expect("a directory");
    let mut server = Command::new(program);
    server.arg("server").arg(data);
    server.args(["--quiet", "--address", &format!("127.0.0.1:{port}")]);
    server
        .env("MINIO_ROOT_USER", USER)
        .env("MINIO_ROOT_PASSWORD", PASSWORD);
    server
        .env("MINIO_BROWSER", "off")
        .env("MINIO_UPDATE", "off");
    server
}

fn is_ready(port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        let request = "GET /minio/health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n";
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.split(' ').nth(1) == Some("200"))
}
