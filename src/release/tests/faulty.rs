//! A store that fails at a stated call, before or after it took effect, once
//! or for good, and that lets others run between any two calls.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures::stream::{self, BoxStream, StreamExt};
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{
    CopyOptions, Error, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta,
    ObjectStore, PutMultipartOptions, PutOptions, PutPayload, PutResult, Result,
};

use crate::domain::Entropy;

/// When calls fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Failure {
    /// The number of the call, from 0.
    pub(super) at: usize,
    /// Whether it takes effect all the same.
    pub(super) after: bool,
    /// Whether every later call fails too: a crash.
    pub(super) crash: bool,
}

/// Calls of one process, to whichever store.
#[derive(Debug)]
pub(super) struct Meter {
    calls: AtomicUsize,
    failure: Option<Failure>,
    /// Draws how often a call lets others run first.
    pauses: Mutex<Entropy>,
}

impl Meter {
    pub(super) fn new(failure: Option<Failure>, seed: u64) -> Arc<Self> {
        Arc::new(Self {
            calls: AtomicUsize::new(0),
            failure,
            pauses: Mutex::new(Entropy::from_u64(seed)),
        })
    }

    pub(super) fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    /// Whether this call takes effect, and whether its answer is an error.
    fn call(&self) -> (bool, bool) {
        let n = self.calls.fetch_add(1, Ordering::SeqCst);
        match self.failure {
            Some(f) if n == f.at => (f.after, true),
            Some(f) if n > f.at && f.crash => (false, true),
            _ => (true, false),
        }
    }

    async fn pause(&self) {
        let turns = self.pauses.lock().expect("no panic").below(4);
        for _ in 0..turns {
            tokio::task::yield_now().await;
        }
    }

    async fn through<T>(&self, call: impl Future<Output = Result<T>>) -> Result<T> {
        self.pause().await;
        let (effect, fails) = self.call();
        let answer = if effect { call.await } else { Err(lost()) };
        if fails { Err(lost()) } else { answer }
    }
}

fn lost() -> Error {
    Error::Generic {
        store: "faulty",
        source: "the connection was lost".into(),
    }
}

/// A store of one process.
#[derive(Debug)]
pub(super) struct Faulty {
    pub(super) inner: Arc<InMemory>,
    pub(super) meter: Arc<Meter>,
}

impl fmt::Display for Faulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("faulty")
    }
}

type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

impl ObjectStore for Faulty {
    fn put_opts<'a, 'b, 'c>(
        &'a self,
        location: &'b Path,
        payload: PutPayload,
        opts: PutOptions,
    ) -> Answer<'c, PutResult>
    where
        'a: 'c,
        'b: 'c,
    {
        Box::pin(
            self.meter
                .through(self.inner.put_opts(location, payload, opts)),
        )
    }

    fn put_multipart_opts<'a, 'b, 'c>(
        &'a self,
        location: &'b Path,
        opts: PutMultipartOptions,
    ) -> Answer<'c, Box<dyn MultipartUpload>>
    where
        'a: 'c,
        'b: 'c,
    {
        self.inner.put_multipart_opts(location, opts)
    }

    fn get_opts<'a, 'b, 'c>(
        &'a self,
        location: &'b Path,
        options: GetOptions,
    ) -> Answer<'c, GetResult>
    where
        'a: 'c,
        'b: 'c,
    {
        Box::pin(self.meter.through(self.inner.get_opts(location, options)))
    }

    fn delete_stream(
        &self,
        locations: BoxStream<'static, Result<Path>>,
    ) -> BoxStream<'static, Result<Path>> {
        match self.meter.call() {
            (true, false) => self.inner.delete_stream(locations),
            _ => stream::once(async { Err(lost()) }).boxed(),
        }
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.inner.list(prefix)
    }

    fn list_with_delimiter<'a, 'b, 'c>(&'a self, prefix: Option<&'b Path>) -> Answer<'c, ListResult>
    where
        'a: 'c,
        'b: 'c,
    {
        Box::pin(self.meter.through(self.inner.list_with_delimiter(prefix)))
    }

    fn copy_opts<'a, 'b, 'c, 'd>(
        &'a self,
        from: &'b Path,
        to: &'c Path,
        options: CopyOptions,
    ) -> Answer<'d, ()>
    where
        'a: 'd,
        'b: 'd,
        'c: 'd,
    {
        self.inner.copy_opts(from, to, options)
    }
}
