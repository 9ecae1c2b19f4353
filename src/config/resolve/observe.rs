//! What operations see: where it is served, to whom, and by what.

use std::net::SocketAddr;

use super::{Around, secret};
use crate::config::Secret;
use crate::config::read::Document;
use crate::config::resolved;
use crate::config::written::{Observe, ObserveTls, SecretSource};
use crate::observe::{log, tls};

/// The shortest token that cannot be guessed.
const TOKEN_CHARACTERS: usize = 16;

/// What is meant; `None` when anything was refused.
pub(super) fn observe(
    document: &mut Document,
    written: &Observe,
    around: &Around<'_>,
) -> Option<resolved::Observe> {
    let listen = listen(document, &written.listen);
    let token = written.token.as_ref();
    let token = token.map(|source| self::token(document, source, around));
    let tls = written.tls.as_ref();
    let tls = tls.map(|written| self::tls(document, written, around));
    if !log::is_filter(&written.log) {
        document.refuse(
            "/observe/log",
            "is not a log filter",
            "write `error`, `warn`, `info`, `debug` or `trace`, or a filter such as `info,leeward::release=debug`",
        );
    }
    if token.is_none() && listen.flatten().is_some_and(|a| !a.ip().is_loopback()) {
        document.warn(
            "/observe/listen",
            "serves the names of tenants and topics beyond this machine to anybody",
            "set `observe.token`, or listen at a loopback address",
        );
    }
    Some(resolved::Observe {
        listen: listen?,
        token: unless_refused(token)?,
        tls: unless_refused(tls)?,
        log: written.log.clone(),
    })
}

/// Nothing where nothing was asked for; `None` where what was asked for was
/// refused.
fn unless_refused<T>(asked: Option<Option<T>>) -> Option<Option<T>> {
    asked.map_or(Some(None), |given| given.map(Some))
}

fn listen(document: &mut Document, written: &str) -> Option<Option<SocketAddr>> {
    let listen = match written {
        "none" => Some(None),
        text => text.parse::<SocketAddr>().ok().map(Some),
    };
    if listen.is_none() {
        document.refuse(
            "/observe/listen",
            "is not an address and port",
            "write one such as `127.0.0.1:9464`, or `none`",
        );
    }
    listen
}

fn token(
    document: &mut Document,
    source: &SecretSource,
    around: &Around<'_>,
) -> Option<Secret<String>> {
    let token = secret::fetch(document, "/observe/token", source, around)?;
    let text = token.expose();
    let fits = text.len() >= TOKEN_CHARACTERS && text.bytes().all(|b| b.is_ascii_graphic());
    if !fits {
        let what = "is shorter than 16 characters, or holds others than ASCII without spaces";
        let remedy = "make one with `openssl rand -hex 32`";
        document.refuse("/observe/token", what, remedy);
    }
    fits.then_some(token)
}

fn tls(
    document: &mut Document,
    written: &ObserveTls,
    around: &Around<'_>,
) -> Option<resolved::ObserveTls> {
    let mut fetch =
        |pointer, source: Option<&SecretSource>| secret::fetch(document, pointer, source?, around);
    let certificate = fetch("/observe/tls/certificate", written.certificate.as_ref());
    let key = fetch("/observe/tls/key", written.key.as_ref());
    let tls = resolved::ObserveTls {
        certificate: certificate?,
        key: key?,
    };
    if let Err(error) = tls::acceptor(&tls) {
        let what = format!("cannot be served with: {error}");
        let remedy =
            "write PEM files, the certificate first and then those that lead to its authority";
        document.refuse("/observe/tls", &what, remedy);
        return None;
    }
    Some(tls)
}
