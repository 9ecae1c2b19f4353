//! A server that speaks Azure Blob Storage's protocol, on loopback.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use leeward::config::Secret;
use leeward::config::resolved::Store;
use ring::hmac;

use super::kafka::unique;
use super::parts::{self, Need};
use super::poll_until;
use super::process::{Service, free_port};

const ACCOUNT: &str = "leeward";
const CONTAINER: &str = "stores";
/// Any will do: the server is on loopback and gone with the tests.
const KEY: [u8; 32] = *b"only on loopback, for the trials";
const API: &str = "2021-12-02";

/// A store of its own for a test, in the shared server.
pub(crate) fn store() -> Store {
    static PORT: OnceLock<u16> = OnceLock::new();
    let port = *PORT.get_or_init(start);
    let endpoint = format!("http://127.0.0.1:{port}/{ACCOUNT}");
    let options = [
        ("azure_storage_endpoint", endpoint),
        ("azure_storage_account_name", ACCOUNT.to_owned()),
        ("azure_storage_account_key", STANDARD.encode(KEY)),
    ];
    let options = options.map(|(key, value)| (key.to_owned(), Secret::new(value)));
    Store {
        url: format!("az://{CONTAINER}/{}", unique("prefix")),
        options: BTreeMap::from(options),
    }
}

fn start() -> u16 {
    let part = parts::ready(Need::Azure).expect("the trial needs it");
    let (dir, port) = (tempfile::tempdir().expect("a directory"), free_port());
    let mut server = Command::new("node");
    server.arg(part.join("node_modules/azurite/dist/src/blob/main.js"));
    server.args(["--blobHost", "127.0.0.1", "--disableTelemetry"]);
    server.args(["--blobPort", &port.to_string(), "--skipApiVersionCheck"]);
    server.arg("--location").arg(dir.path());
    let account = format!("{ACCOUNT}:{}", STANDARD.encode(KEY));
    server.env("AZURITE_ACCOUNTS", account);
    let service = Service::start(dir, &server);
    let made = poll_until(Duration::from_secs(60), || make_container(port));
    assert!(made.is_some(), "it is not ready:\n{}", service.log());
    service.keep();
    port
}

/// Makes the container, as an administrator would; the client of stores cannot.
fn make_container(port: u16) -> Option<()> {
    let date = jiff::Timestamp::now().strftime("%a, %d %b %Y %H:%M:%S GMT");
    let resource = format!("/{ACCOUNT}/{ACCOUNT}/{CONTAINER}\nrestype:container");
    let headers = format!("x-ms-date:{date}\nx-ms-version:{API}\n");
    let signed = format!("PUT{}{headers}{resource}", "\n".repeat(12));
    let key = hmac::Key::new(hmac::HMAC_SHA256, &KEY);
    let signature = STANDARD.encode(hmac::sign(&key, signed.as_bytes()));
    let request = format!(
        "PUT /{ACCOUNT}/{CONTAINER}?restype=container HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\
         x-ms-date: {date}\r\nx-ms-version: {API}\r\nContent-Length: 0\r\n\
         Authorization: SharedKey {ACCOUNT}:{signature}\r\nConnection: close\r\n\r\n"
    );
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    Some(())
}
