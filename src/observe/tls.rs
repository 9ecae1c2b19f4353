//! The status endpoints over TLS.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{
    WebPkiSupportedAlgorithms, ring, verify_tls12_signature, verify_tls13_signature,
};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, ServerConfig, SignatureScheme,
};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_rustls::server::TlsStream;
use tokio_rustls::{TlsAcceptor, TlsConnector};

use crate::config::resolved::ObserveTls;

/// How long a client may take to shake hands.
const HANDSHAKE: Duration = Duration::from_secs(5);
/// Connections that have shaken hands and wait to be served.
const WAITING: usize = 64;

/// Why a certificate and key cannot be served with. It quotes neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TlsError {
    /// No certificate in PEM.
    #[error("`certificate` holds no PEM certificate")]
    Certificate,
    /// No private key in PEM.
    #[error("`key` holds no PEM private key")]
    Key,
    /// They do not belong together, or are of a kind that is not known.
    #[error("`key` is not the key of `certificate`, or of a kind that TLS does not use")]
    Pair,
}

/// What answers the handshakes of clients.
///
/// # Errors
/// A [`TlsError`].
pub fn acceptor(tls: &ObserveTls) -> Result<TlsAcceptor, TlsError> {
    let chain = chain(tls)?;
    let key = PrivateKeyDer::from_pem_slice(tls.key.expose().as_bytes());
    let key = key.map_err(|_| TlsError::Key)?;
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| TlsError::Pair)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|_| TlsError::Pair)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn chain(tls: &ObserveTls) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let pem = tls.certificate.expose().as_bytes();
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let chain = chain.ok().filter(|chain| !chain.is_empty());
    chain.ok_or(TlsError::Certificate)
}

/// Connects to a worker of the same configuration: it trusts that very
/// certificate and no other, whatever the host's name.
///
/// # Errors
/// A [`TlsError`].
pub fn connector(tls: &ObserveTls) -> Result<TlsConnector, TlsError> {
    let own = chain(tls)?.swap_remove(0);
    let provider = ring::default_provider();
    let algorithms = provider.signature_verification_algorithms;
    let config = ClientConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()
        .map_err(|_| TlsError::Pair)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Own { own, algorithms }))
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// Trusts one certificate.
#[derive(Debug)]
struct Own {
    own: CertificateDer<'static>,
    algorithms: WebPkiSupportedAlgorithms,
}

impl ServerCertVerifier for Own {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        if *certificate == self.own {
            return Ok(ServerCertVerified::assertion());
        }
        Err(CertificateError::UnknownIssuer.into())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signed, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signed, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

/// Connections that have shaken hands. Each shakes hands in a task of its own,
/// so that a client that is silent keeps nobody waiting.
pub(super) struct TlsListener {
    address: SocketAddr,
    ready: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
}

impl TlsListener {
    /// Accepts what comes to `listener` until this is dropped.
    pub(super) fn new(mut listener: TcpListener, acceptor: TlsAcceptor) -> io::Result<Self> {
        let address = TcpListener::local_addr(&listener)?;
        let (send, ready) = mpsc::channel(WAITING);
        tokio::spawn(async move {
            loop {
                let (stream, peer) = tokio::select! {
                    accepted = Listener::accept(&mut listener) => accepted,
                    () = send.closed() => return,
                };
                let (acceptor, send) = (acceptor.clone(), send.clone());
                tokio::spawn(async move {
                    if let Ok(Ok(stream)) = timeout(HANDSHAKE, acceptor.accept(stream)).await {
                        // Nobody serves any more once the worker ends.
                        let _ = send.send((stream, peer)).await;
                    }
                });
            }
        });
        Ok(Self { address, ready })
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.ready.recv().await {
            Some(connection) => connection,
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(self.address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Secret;

    fn pair(certificate: &str, key: &str) -> ObserveTls {
        ObserveTls {
            certificate: Secret::new(certificate.to_owned()),
            key: Secret::new(key.to_owned()),
        }
    }

    fn drawn() -> ObserveTls {
        let made = rcgen::generate_simple_self_signed(["worker".to_owned()]).expect("a pair");
        pair(&made.cert.pem(), &made.signing_key.serialize_pem())
    }

    /// Whether a client that trusts `trusted` shakes hands with a server of
    /// `served`.
    async fn shakes_hands(served: &ObserveTls, trusted: &ObserveTls) -> bool {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let acceptor = acceptor(served).expect("a pair");
        let mut listener = TlsListener::new(listener, acceptor).expect("it listens");
        let address = listener.address;
        // Silent clients keep nobody waiting.
        let _silent = TcpStream::connect(address).await.expect("it listens");
        let stream = TcpStream::connect(address).await.expect("it listens");
        let name = ServerName::from(address.ip());
        let connector = connector(trusted).expect("a certificate");
        let shaken = connector.connect(name, stream).await.is_ok();
        if shaken {
            Listener::accept(&mut listener).await;
        }
        shaken
    }

    #[tokio::test]
    async fn a_worker_s_own_certificate_is_trusted_and_no_other() {
        let (one, other) = (drawn(), drawn());
        assert!(shakes_hands(&one, &one).await);
        assert!(!shakes_hands(&one, &other).await);
        let mixed = pair(one.certificate.expose(), other.key.expose());
        assert_eq!(acceptor(&mixed).err(), Some(TlsError::Pair));
    }

    #[test]
    fn what_is_no_pair_is_refused_without_a_quote() {
        let marker = "hunter2";
        let begun = "-----BEGIN CERTIFICATE-----\naHVudGVyMg==\n-----END CERTIFICATE-----\n";
        for (certificate, key, error) in [
            ("", marker, TlsError::Certificate),
            (marker, marker, TlsError::Certificate),
            (begun, marker, TlsError::Key),
            (begun, begun, TlsError::Key),
        ] {
            let refused = acceptor(&pair(certificate, key)).err();
            assert_eq!(refused, Some(error));
            assert!(!error.to_string().contains(marker));
        }
    }
}
