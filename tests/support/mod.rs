//! What system tests stand on: real services on loopback, each started when
//! the first test asks for it, shared by all, and gone when the process is.

pub(crate) mod azure;
pub(crate) mod certificates;
pub(crate) mod gcs;
pub(crate) mod kafka;
pub(crate) mod minio;
pub(crate) mod parts;
pub(crate) mod process;
pub(crate) mod proxy;
pub(crate) mod python;
pub(crate) mod reader;
pub(crate) mod secure;
pub(crate) mod trial;

use std::future::Future;
use std::time::{Duration, Instant};

/// Runs a test that awaits.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(future)
}

/// Asks `question` until it answers, for at most `limit`.
pub(crate) fn poll_until<T>(limit: Duration, mut question: impl FnMut() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(answer) = question() {
            return Some(answer);
        }
        if Instant::now() >= deadline {
            return None;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}
