//! `/livez`, `/readyz`, `/status` and `/metrics` over HTTP.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

use super::metrics;
use super::status::{NotReady, Status, TenantStatus};
use super::tls::{self, TlsError, TlsListener};
use crate::config::Secret;
use crate::config::resolved::ObserveTls;
use crate::domain::Sha256;

/// A worker that has published nothing for this long hangs.
const STALL: Duration = Duration::from_secs(60);
/// How often the recorder folds what histograms gathered.
const UPKEEP: Duration = Duration::from_secs(5);

/// Where the worker publishes its state. The last state is what is served.
#[derive(Debug, Clone)]
pub struct Health {
    beats: Arc<watch::Sender<Beat>>,
    disabled: Arc<Mutex<Vec<TenantStatus>>>,
    outdated: Arc<Mutex<Vec<String>>>,
}

#[derive(Debug, Clone)]
struct Beat {
    at: Instant,
    status: Arc<Status>,
}

impl Health {
    /// A worker that starts.
    #[must_use]
    pub fn starting(pipeline: &str) -> Self {
        let status = Status {
            version: env!("CARGO_PKG_VERSION"),
            pipeline: pipeline.to_owned(),
            not_ready: vec![NotReady::Starting],
            ..Status::default()
        };
        let (sender, _) = watch::channel(beat(status));
        Self {
            beats: Arc::new(sender),
            disabled: Arc::default(),
            outdated: Arc::default(),
        }
    }

    /// From the next state on, these tenants are told of beside those that the
    /// worker knows: their files are broken. A tenant that the worker knows is
    /// told of as the worker says.
    pub fn disable(&self, tenants: Vec<TenantStatus>) {
        *self.disabled.lock().unwrap_or_else(PoisonError::into_inner) = tenants;
    }

    /// From the next state on, these settings of the pipeline's file want a
    /// restart. Whether they are others than before.
    pub fn outdate(&self, settings: Vec<String>) -> bool {
        let mut own = self.outdated.lock().unwrap_or_else(PoisonError::into_inner);
        let others = *own != settings;
        *own = settings;
        others
    }

    /// Publishes the worker's state; at least every minute, or `/livez` says
    /// that the worker hangs.
    pub fn publish(&self, mut status: Status) {
        let disabled = self.disabled.lock().unwrap_or_else(PoisonError::into_inner);
        for tenant in disabled.iter() {
            if status.tenants.iter().all(|t| t.tenant != tenant.tenant) {
                status.tenants.push(tenant.clone());
            }
        }
        drop(disabled);
        let outdated = self.outdated.lock().unwrap_or_else(PoisonError::into_inner);
        status.outdated.clone_from(&outdated);
        drop(outdated);
        self.beats.send_replace(beat(status));
    }

    /// The state that was published last.
    #[must_use]
    pub fn status(&self) -> Arc<Status> {
        Arc::clone(&self.beats.borrow().status)
    }

    /// How long ago a state was last published.
    fn silence(&self) -> Duration {
        self.beats.borrow().at.elapsed()
    }
}

fn beat(status: Status) -> Beat {
    Beat {
        at: Instant::now(),
        status: Arc::new(status),
    }
}

/// The endpoints, bound to an address and not yet served.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    acceptor: Option<TlsAcceptor>,
    app: App,
}

#[derive(Clone)]
struct App {
    health: Health,
    metrics: PrometheusHandle,
    /// The digest of the token: comparing digests tells nothing of how far a
    /// guess is right.
    token: Option<Sha256>,
}

/// The endpoints cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address cannot be bound: another program has it, or it is not of
    /// this host.
    #[error("cannot listen on {address}: {source}; change `observe.listen`")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The certificate or key does not do.
    #[error("observe.tls: {0}")]
    Tls(#[from] TlsError),
    /// The listener failed.
    #[error("the status server failed: {0}")]
    Serve(#[from] std::io::Error),
}

impl Server {
    /// Binds `address`; port 0 takes a free one.
    ///
    /// # Errors
    /// [`ServeError::Bind`].
    pub async fn bind(
        address: SocketAddr,
        health: Health,
        metrics: PrometheusHandle,
    ) -> Result<Self, ServeError> {
        let refused = |source| ServeError::Bind { address, source };
        let listener = TcpListener::bind(address).await.map_err(refused)?;
        Ok(Self {
            address: listener.local_addr().map_err(refused)?,
            listener,
            acceptor: None,
            app: App {
                health,
                metrics,
                token: None,
            },
        })
    }

    /// Asks for `token` (`Authorization: Bearer …`) at `/metrics` and
    /// `/status`. Probes need none: they name nobody.
    #[must_use]
    pub fn guarded(mut self, token: &Secret<String>) -> Self {
        self.app.token = Some(Sha256::of(token.expose().as_bytes()));
        self
    }

    /// Serves over TLS.
    ///
    /// # Errors
    /// A [`TlsError`].
    pub fn encrypted(mut self, tls: &ObserveTls) -> Result<Self, TlsError> {
        self.acceptor = Some(tls::acceptor(tls)?);
        Ok(self)
    }

    /// The address that was bound.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `shutdown` ends; requests under way are answered.
    ///
    /// # Errors
    /// [`ServeError::Serve`].
    pub async fn serve(
        self,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), ServeError> {
        let upkeep = tokio::spawn(upkeep(self.app.metrics.clone()));
        let router = router(self.app);
        let served = match self.acceptor {
            None => {
                let serve = axum::serve(self.listener, router);
                serve.with_graceful_shutdown(shutdown).await
            }
            Some(acceptor) => {
                let listener = TlsListener::new(self.listener, acceptor)?;
                let serve = axum::serve(listener, router);
                serve.with_graceful_shutdown(shutdown).await
            }
        };
        upkeep.abort();
        Ok(served?)
    }
}

fn router(app: App) -> Router {
    Router::new()
        .route("/status", get(status))
        .route("/metrics", get(render))
        .layer(from_fn_with_state(app.clone(), admit))
        .route("/livez", get(livez))
        .route("/readyz", get(readyz))
        .with_state(app)
}

/// Lets those pass who bear the token, where one is asked for.
async fn admit(State(app): State<App>, request: Request, next: Next) -> Response {
    let borne = request.headers().get(header::AUTHORIZATION);
    let borne = borne.and_then(|value| value.as_bytes().strip_prefix(b"Bearer "));
    let fits = |token: &Sha256| borne.is_some_and(|borne| Sha256::of(borne) == *token);
    if app.token.as_ref().is_none_or(fits) {
        return next.run(request).await;
    }
    let asks = [(header::WWW_AUTHENTICATE, "Bearer")];
    let text = "this needs the token of `observe.token`\n";
    (StatusCode::UNAUTHORIZED, asks, text).into_response()
}

async fn upkeep(metrics: PrometheusHandle) {
    let mut ticks = tokio::time::interval(UPKEEP);
    loop {
        ticks.tick().await;
        metrics.run_upkeep();
    }
}

async fn livez(State(app): State<App>) -> Response {
    alive(app.health.silence())
}

fn alive(silence: Duration) -> Response {
    if silence < STALL {
        return (StatusCode::OK, "alive\n").into_response();
    }
    let text = format!("the worker has been silent for {} s\n", silence.as_secs());
    (StatusCode::SERVICE_UNAVAILABLE, text).into_response()
}

async fn readyz(State(app): State<App>) -> Response {
    let status = app.health.status();
    if status.not_ready.is_empty() {
        return (StatusCode::OK, "ready\n").into_response();
    }
    json(StatusCode::SERVICE_UNAVAILABLE, &status.not_ready)
}

async fn status(State(app): State<App>) -> Response {
    json(StatusCode::OK, &*app.health.status())
}

fn json(code: StatusCode, value: &impl serde::Serialize) -> Response {
    match serde_json::to_string_pretty(value) {
        Ok(text) => (code, [(header::CONTENT_TYPE, "application/json")], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn render(State(app): State<App>) -> Response {
    let text = metrics::render(&app.metrics, &app.health.status());
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;
    use tokio::sync::oneshot;

    use super::*;
    use crate::domain::TenantId;
    use crate::observe::TenantState;

    /// The status line's code and the body of a response.
    async fn ask(address: SocketAddr, path: &str) -> (u16, String) {
        let stream = TcpStream::connect(address).await.expect("it listens");
        ask_by(stream, path, "").await
    }

    /// [`ask`] over any connection, with further header lines.
    async fn ask_by(
        mut stream: impl tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
        path: &str,
        headers: &str,
    ) -> (u16, String) {
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: x\r\n{headers}Connection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("answered");
        let code = answer.get(9..12).and_then(|code| code.parse().ok());
        let body = answer.split_once("\r\n\r\n").map(|(_, body)| body);
        (code.expect("a code"), body.unwrap_or_default().to_owned())
    }

    async fn check(address: SocketAddr, path: &str, code: u16, part: &str) {
        let (seen, body) = ask(address, path).await;
        assert_eq!(seen, code, "{path}: {body}");
        assert!(body.contains(part), "{path}: {body}");
    }

    #[tokio::test]
    async fn the_endpoints_say_what_was_published_and_stop_when_told() {
        let health = Health::starting("test");
        let recorder = metrics::recorder().expect("buckets are given");
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let server = Server::bind(any, health.clone(), recorder.handle()).await;
        let server = server.expect("a free port");
        let address = server.address();
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(server.serve(async {
            stopped.await.ok();
        }));

        check(address, "/livez", 200, "alive").await;
        check(address, "/readyz", 503, "starting").await;
        check(address, "/metrics", 200, "leeward_ready 0").await;
        health.publish(metrics::tests::status());
        check(address, "/readyz", 200, "ready").await;
        check(address, "/status", 200, "\"resume\": 70").await;
        check(address, "/status", 200, "\"because\": \"lapsed\"").await;
        check(
            address,
            "/metrics",
            200,
            "leeward_holds{tenant=\"north\"} 1",
        )
        .await;
        check(address, "/secrets", 404, "").await;

        stop.send(()).expect("it serves");
        serving.await.expect("no panic").expect("a clean end");
        assert!(TcpStream::connect(address).await.is_err());
    }

    #[tokio::test]
    async fn who_bears_no_token_sees_only_the_probes() {
        let handle = metrics::recorder().expect("buckets").handle();
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let server = Server::bind(any, Health::starting("test"), handle).await;
        let token = Secret::new("a-token-of-the-test".to_owned());
        let server = server.expect("a free port").guarded(&token);
        let address = server.address();
        tokio::spawn(server.serve(std::future::pending()));
        for (headers, code) in [
            ("", 401),
            ("Authorization: Bearer a-token-of-the-tesT\r\n", 401),
            ("Authorization: Basic a-token-of-the-test\r\n", 401),
            ("Authorization: Bearer a-token-of-the-test\r\n", 200),
        ] {
            for path in ["/metrics", "/status"] {
                let stream = TcpStream::connect(address).await.expect("it listens");
                let (seen, body) = ask_by(stream, path, headers).await;
                assert_eq!(seen, code, "{path} {headers}");
                assert!(!body.contains("a-token"), "{body}");
            }
        }
        check(address, "/livez", 200, "alive").await;
        check(address, "/readyz", 503, "starting").await;
    }

    #[test]
    fn broken_tenants_are_told_of_until_the_worker_knows_them() {
        let tenant = |name, state| TenantStatus {
            state,
            ..TenantStatus::disabled(TenantId::parse(name).expect("a name"))
        };
        let health = Health::starting("test");
        health.disable(vec![
            tenant("south", TenantState::Disabled("configuration")),
            tenant("north", TenantState::Disabled("configuration")),
        ]);
        health.publish(Status {
            tenants: vec![tenant("north", TenantState::Admitted)],
            ..Status::default()
        });
        let told: Vec<_> = health.status().tenants.clone();
        let names: Vec<_> = told.iter().map(|t| (t.tenant.as_str(), &t.state)).collect();
        let south = &TenantState::Disabled("configuration");
        assert_eq!(names, [("north", &TenantState::Admitted), ("south", south)]);
    }

    #[tokio::test]
    async fn an_address_in_use_is_refused_with_the_remedy() {
        let taken = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = taken.local_addr().expect("an address");
        let handle = metrics::recorder().expect("buckets").handle();
        let refused = Server::bind(address, Health::starting("test"), handle).await;
        let text = refused.err().expect("it is in use").to_string();
        assert!(text.ends_with("change `observe.listen`"), "{text}");
    }

    #[test]
    fn a_silent_worker_is_not_alive() {
        assert_eq!(alive(STALL / 2).status(), StatusCode::OK);
        assert_eq!(alive(STALL).status(), StatusCode::SERVICE_UNAVAILABLE);
    }
}
