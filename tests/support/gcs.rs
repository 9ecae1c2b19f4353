//! A server that speaks Google Cloud Storage's protocol, on loopback.
//!
//! It takes uploads in the form of the JSON API only, and the client of stores
//! sends those of the XML API: a translator stands before it. That an object is
//! made once is the server's doing.

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpStream;
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Request, Response, Uri};
use leeward::config::Secret;
use leeward::config::resolved::Store;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::kafka::unique;
use super::parts::{self, Need};
use super::poll_until;
use super::process::{Service, free_port};

const BUCKET: &str = "leeward";

/// A store of its own for a test, in the shared server.
pub(crate) fn store() -> Store {
    static PORT: OnceLock<u16> = OnceLock::new();
    let port = *PORT.get_or_init(start);
    let options = [
        ("google_base_url", format!("http://127.0.0.1:{port}")),
        ("google_bearer_token", "any".to_owned()),
    ];
    let options = options.map(|(key, value)| (key.to_owned(), Secret::new(value)));
    Store {
        url: format!("gs://{BUCKET}/{}", unique("prefix")),
        options: BTreeMap::from(options),
    }
}

fn start() -> u16 {
    let program = parts::ready(Need::Gcs).expect("the trial needs it");
    let (dir, port) = (tempfile::tempdir().expect("a directory"), free_port());
    // A directory of the server is a bucket.
    let root = dir.path().join("data");
    fs::create_dir_all(root.join(BUCKET)).expect("a directory");
    let mut server = Command::new(program.join("fake-gcs-server"));
    server.args(["-scheme", "http", "-host", "127.0.0.1"]);
    server.args(["-port", &port.to_string()]);
    server.args(["-public-host", &format!("127.0.0.1:{port}")]);
    server.arg("-filesystem-root").arg(root);
    let service = Service::start(dir, &server);
    let open = || TcpStream::connect(("127.0.0.1", port)).ok();
    let ready = poll_until(Duration::from_secs(60), open);
    assert!(ready.is_some(), "it is not ready:\n{}", service.log());
    service.keep();
    translated(port)
}

/// Serves the XML API before the server at `port`.
fn translated(port: u16) -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("loopback has ports");
    let front = listener.local_addr().expect("it is bound").port();
    std::thread::spawn(move || {
        super::block_on(async {
            listener.set_nonblocking(true).expect("a socket");
            let listener = tokio::net::TcpListener::from_std(listener).expect("a socket");
            let app = Router::new().fallback(translate).with_state(port);
            axum::serve(listener, app).await.expect("it serves");
        });
    });
    front
}

async fn translate(State(port): State<u16>, request: Request<Body>) -> Response<Body> {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX)
        .await
        .expect("a body");
    if head.method != Method::PUT {
        return forward(port, &head.method, &head.uri, &head.headers, &body).await;
    }
    let (bucket, name) = head.uri.path()[1..].split_once('/').expect("an object");
    let once = head.headers.get("x-goog-if-generation-match");
    let once = once.map_or("", |_| "&ifGenerationMatch=0");
    let uri = format!("/upload/storage/v1/b/{bucket}/o?uploadType=media&name={name}{once}");
    let uri: Uri = uri.parse().expect("an address");
    let made = forward(port, &Method::POST, &uri, &HeaderMap::new(), &body).await;
    let (mut head, body) = made.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX)
        .await
        .expect("a body");
    let object: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
    for (header, field) in [("etag", "etag"), ("x-goog-generation", "generation")] {
        if let Some(value) = object[field].as_str() {
            head.headers
                .insert(header, value.parse().expect("a header"));
        }
    }
    Response::from_parts(head, Body::from(body))
}

/// Asks the server, and gives its answer with the headers that the client needs.
async fn forward(
    port: u16,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: &Bytes,
) -> Response<Body> {
    let mut ask = format!(
        "{method} {uri} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/octet-stream\r\n"
    );
    if let Some(range) = headers.get("range") {
        ask += &format!("Range: {}\r\n", range.to_str().expect("text"));
    }
    ask += &format!("Content-Length: {}\r\n\r\n", body.len());
    let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port))
        .await
        .expect("it answers");
    stream.write_all(ask.as_bytes()).await.expect("it reads");
    stream.write_all(body).await.expect("it reads");
    let mut answer = Vec::new();
    // A refusal comes before the body is read, and closes the connection.
    let _ = stream.read_to_end(&mut answer).await;
    parsed(&answer).unwrap_or_else(|| {
        let busy = Response::builder().status(503).body(Body::empty());
        busy.expect("a response")
    })
}

/// An answer as it came; `None` where it was cut short.
fn parsed(answer: &[u8]) -> Option<Response<Body>> {
    let end = answer.windows(4).position(|w| w == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1));
    let mut response = Response::builder().status(status?);
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        if !["connection", "transfer-encoding"].contains(&name.to_ascii_lowercase().as_str()) {
            response = response.header(name, value);
        }
    }
    response.body(Body::from(answer[end + 4..].to_vec())).ok()
}
