//! Asks a running worker for its `/status`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use rustls::pki_types::ServerName;
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use zeroize::Zeroizing;

use crate::config::resolved::Observe;
use crate::observe::tls;

/// How long a worker may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);
/// The longest answer that is read, in bytes.
const LONGEST: u64 = 64 << 20;

/// What the worker that serves as `observe` says, of itself; `None` when
/// none answers.
pub(super) async fn ask(observe: &Observe) -> Option<Value> {
    let address = reachable(observe.listen?);
    let answer = tokio::time::timeout(PATIENCE, get(address, observe)).await;
    parse(&answer.ok()?.ok()?)
}

async fn get(address: SocketAddr, observe: &Observe) -> std::io::Result<Vec<u8>> {
    let token = observe.token.as_ref().map_or_else(String::new, |token| {
        format!("Authorization: Bearer {}\r\n", token.expose())
    });
    let request = Zeroizing::new(format!(
        "GET /status HTTP/1.1\r\nHost: {address}\r\nAccept: application/json\r\n{token}Connection: close\r\n\r\n"
    ));
    let stream = TcpStream::connect(address).await?;
    match &observe.tls {
        None => exchange(stream, &request).await,
        Some(tls) => {
            let connector = tls::connector(tls).map_err(std::io::Error::other)?;
            let name = ServerName::from(address.ip());
            exchange(connector.connect(name, stream).await?, &request).await
        }
    }
}

async fn exchange(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    request: &str,
) -> std::io::Result<Vec<u8>> {
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.take(LONGEST).read_to_end(&mut answer).await?;
    Ok(answer)
}

/// A worker that listens on every address is asked on the loopback one.
const fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

/// The JSON of an answer of 200; anything else is some other program's.
fn parse(answer: &[u8]) -> Option<Value> {
    let text = std::str::from_utf8(answer).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    let (_, rest) = head.split_once(' ')?;
    let status: Value = rest
        .starts_with("200")
        .then(|| serde_json::from_str(body).ok())??;
    status.get("partitions")?;
    Some(status)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Secret;
    use crate::observe::{Health, Server, metrics};

    #[tokio::test]
    async fn a_running_worker_answers_and_another_program_does_not() {
        let handle = metrics::recorder().expect("buckets").handle();
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let server = Server::bind(any, Health::starting("p"), handle).await;
        let server = server.expect("a free port");
        let token = Secret::new("a-token-of-the-test".to_owned());
        let server = server.guarded(&token);
        let mut observe = Observe {
            listen: Some(server.address()),
            token: Some(token),
            tls: None,
            log: String::new(),
        };
        let serving = tokio::spawn(server.serve(std::future::pending()));
        let said = ask(&observe).await.expect("it answers");
        assert_eq!(said["pipeline"], "p");
        observe.token = None;
        assert_eq!(ask(&observe).await, None, "it asks for the token");
        serving.abort();
        assert!(serving.await.is_err(), "it was stopped");
        assert_eq!(ask(&observe).await, None);
    }

    #[test]
    fn only_a_worker_s_answer_is_taken() {
        for other in [
            "",
            "HTTP/1.1 200 OK\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\n\r\n{}",
            "HTTP/1.1 404 Not Found\r\n\r\n{\"partitions\":[]}",
        ] {
            assert_eq!(parse(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn every_address_means_this_machine() {
        let all: SocketAddr = "0.0.0.0:9464".parse().expect("an address");
        assert_eq!(reachable(all).to_string(), "127.0.0.1:9464");
        let all: SocketAddr = "[::]:1".parse().expect("an address");
        assert_eq!(reachable(all).to_string(), "[::1]:1");
    }
}
