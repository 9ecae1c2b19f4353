//! `/livez`, `/readyz`, `/status` and `/metrics` over HTTP.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::metrics;
use super::status::{NotReady, Status};

/// A worker that has published nothing for this long hangs.
const STALL: Duration = Duration::from_secs(60);
/// How often the recorder folds what histograms gathered.
const UPKEEP: Duration = Duration::from_secs(5);

/// Where the worker publishes its state. The last state is what is served.
#[derive(Debug, Clone)]
pub struct Health(Arc<watch::Sender<Beat>>);

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
        Self(Arc::new(sender))
    }

    /// Publishes the worker's state; at least every minute, or `/livez` says
    /// that the worker hangs.
    pub fn publish(&self, status: Status) {
        self.0.send_replace(beat(status));
    }

    /// The state that was published last.
    #[must_use]
    pub fn status(&self) -> Arc<Status> {
        Arc::clone(&self.0.borrow().status)
    }

    /// How long ago a state was last published.
    fn silence(&self) -> Duration {
        self.0.borrow().at.elapsed()
    }
}

fn beat(status: Status) -> Beat {
    Beat {
        at: Instant::now(),
        status: Arc::new(status),
    }
}

/// The endpoints, bound to an address and not yet served.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    app: App,
}

#[derive(Debug, Clone)]
struct App {
    health: Health,
    metrics: PrometheusHandle,
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
            app: App { health, metrics },
        })
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
        let router = Router::new()
            .route("/livez", get(livez))
            .route("/readyz", get(readyz))
            .route("/status", get(status))
            .route("/metrics", get(render))
            .with_state(self.app);
        let served = axum::serve(self.listener, router)
            .with_graceful_shutdown(shutdown)
            .await;
        upkeep.abort();
        Ok(served?)
    }
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

    /// The status line's code and the body of a response.
    async fn ask(address: SocketAddr, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(address).await.expect("it listens");
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
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
    async fn an_address_in_use_is_refused_with_the_remedy() {
        let taken = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = taken.local_addr().expect("an address");
        let handle = metrics::recorder().expect("buckets").handle();
        let refused = Server::bind(address, Health::starting("test"), handle).await;
        let text = refused.expect_err("it is in use").to_string();
        assert!(text.ends_with("change `observe.listen`"), "{text}");
    }

    #[test]
    fn a_silent_worker_is_not_alive() {
        assert_eq!(alive(STALL / 2).status(), StatusCode::OK);
        assert_eq!(alive(STALL).status(), StatusCode::SERVICE_UNAVAILABLE);
    }
}
