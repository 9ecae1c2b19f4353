//! A store and a broker that fail when told to.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use futures::future::{BoxFuture, FutureExt};
use futures::stream::{BoxStream, StreamExt};
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{
    CopyOptions, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore,
    PutMultipartOptions, PutOptions, PutPayload, PutResult, Result as StoreResult,
};

use super::super::records::{Below, DeleteError, Records};
use crate::domain::{EpochMs, TopicPartition};
use crate::lake::log::Watermarks;
use crate::source::{Record, SourceError};

/// Counts the operations of a process, and ends it at one of them: from there
/// on nothing it asks is answered.
#[derive(Debug)]
pub(super) struct Fuse {
    done: AtomicU64,
    at: AtomicU64,
    /// Whether the operation at which it ends is still carried out.
    after: bool,
}

impl Fuse {
    /// Ends at operation `at`, from 0.
    pub(super) fn at(at: u64, after: bool) -> Arc<Self> {
        Arc::new(Self {
            done: AtomicU64::new(0),
            at: AtomicU64::new(at),
            after,
        })
    }

    /// Never ends.
    pub(super) fn none() -> Arc<Self> {
        Self::at(u64::MAX, false)
    }

    /// How many operations were begun.
    pub(super) fn done(&self) -> u64 {
        self.done.load(Ordering::SeqCst)
    }

    pub(super) fn blown(&self) -> bool {
        self.done.load(Ordering::SeqCst) > self.at.load(Ordering::SeqCst)
    }

    /// Whether this operation is carried out, and whether it is answered.
    fn next(&self) -> (bool, bool) {
        let n = self.done.fetch_add(1, Ordering::SeqCst);
        let at = self.at.load(Ordering::SeqCst);
        (n < at || (n == at && self.after), n < at)
    }
}

/// A store in memory that a process with a [`Fuse`] works with.
#[derive(Debug)]
pub(super) struct Fused(pub(super) Arc<InMemory>, pub(super) Arc<Fuse>);

fn silence() -> object_store::Error {
    object_store::Error::Generic {
        store: "fused",
        source: "no answer".into(),
    }
}

impl fmt::Display for Fused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("fused")
    }
}

impl Fused {
    async fn answer<T>(&self, deed: BoxFuture<'_, StoreResult<T>>) -> StoreResult<T> {
        let (done, answered) = self.1.next();
        let answer = if done { deed.await } else { Err(silence()) };
        if answered { answer } else { Err(silence()) }
    }
}

impl ObjectStore for Fused {
    fn put_opts<'a: 'c, 'b: 'c, 'c>(
        &'a self,
        path: &'b Path,
        payload: PutPayload,
        options: PutOptions,
    ) -> BoxFuture<'c, StoreResult<PutResult>> {
        self.answer(self.0.put_opts(path, payload, options)).boxed()
    }

    fn put_multipart_opts<'a: 'c, 'b: 'c, 'c>(
        &'a self,
        path: &'b Path,
        options: PutMultipartOptions,
    ) -> BoxFuture<'c, StoreResult<Box<dyn MultipartUpload>>> {
        self.0.put_multipart_opts(path, options)
    }

    fn get_opts<'a: 'c, 'b: 'c, 'c>(
        &'a self,
        path: &'b Path,
        options: GetOptions,
    ) -> BoxFuture<'c, StoreResult<GetResult>> {
        self.answer(self.0.get_opts(path, options)).boxed()
    }

    fn delete_stream(
        &self,
        paths: BoxStream<'static, StoreResult<Path>>,
    ) -> BoxStream<'static, StoreResult<Path>> {
        let (done, answered) = self.1.next();
        let deed = match done {
            true => self.0.delete_stream(paths),
            false => paths.map(|_| Err(silence())).boxed(),
        };
        match answered {
            true => deed,
            false => deed.map(|_| Err(silence())).boxed(),
        }
    }

    fn list(&self, folder: Option<&Path>) -> BoxStream<'static, StoreResult<ObjectMeta>> {
        match self.1.next().1 {
            true => self.0.list(folder),
            false => futures::stream::iter([Err(silence())]).boxed(),
        }
    }

    fn list_with_delimiter<'a: 'c, 'b: 'c, 'c>(
        &'a self,
        folder: Option<&'b Path>,
    ) -> BoxFuture<'c, StoreResult<ListResult>> {
        self.answer(self.0.list_with_delimiter(folder)).boxed()
    }

    fn copy_opts<'a: 'd, 'b: 'd, 'c: 'd, 'd>(
        &'a self,
        from: &'b Path,
        to: &'c Path,
        options: CopyOptions,
    ) -> BoxFuture<'d, StoreResult<()>> {
        self.0.copy_opts(from, to, options)
    }
}

/// The records of each partition: their times, from offset 0.
#[derive(Debug, Default)]
pub(super) struct Topic {
    pub(super) low: i64,
    pub(super) times: Vec<EpochMs>,
    /// Whether its records say something else than those of the log.
    pub(super) other: bool,
}

/// What happens to deletions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Deletes {
    #[default]
    Well,
    /// As the in-process mock: not at all.
    Never,
    /// It answers well and deletes nothing.
    InWords,
}

#[derive(Debug, Default)]
pub(super) struct Cluster {
    pub(super) topics: BTreeMap<TopicPartition, Topic>,
    pub(super) deletes: Deletes,
    /// What other groups have committed.
    pub(super) groups: BTreeMap<String, i64>,
    /// Every deletion that moved a low watermark.
    pub(super) cuts: Vec<(TopicPartition, i64)>,
}

/// A connection of a process with a [`Fuse`].
#[derive(Debug, Clone)]
pub(super) struct Connection(pub(super) Arc<Mutex<Cluster>>, pub(super) Arc<Fuse>);

impl Connection {
    fn answer<T>(&self, deed: impl FnOnce(&mut Cluster) -> T) -> Option<T> {
        let (done, answered) = self.1.next();
        let mut cluster = self.0.lock().expect("no test panics in here");
        let answer = done.then(|| deed(&mut cluster));
        answer.filter(|_| answered)
    }

    fn ask<T>(&self, deed: impl FnOnce(&mut Cluster) -> T) -> Result<T, SourceError> {
        let code = String::from("Silence");
        self.answer(deed).ok_or(SourceError::Unavailable { code })
    }
}

impl Cluster {
    fn record(&self, place: &TopicPartition, offset: i64) -> Option<Record> {
        let topic = &self.topics[place];
        let time = topic.times.get(usize::try_from(offset).ok()?)?;
        let said = offset + i64::from(topic.other);
        (offset >= topic.low).then(|| Record::new(offset, *time, said.to_string().into()))
    }

    fn delete(&mut self, place: &TopicPartition, offset: i64) -> Result<i64, DeleteError> {
        let topic = self.topics.get_mut(place).expect("a partition");
        if self.deletes == Deletes::Never {
            return Err(DeleteError::Unsupported);
        }
        if offset > topic.times.len() as i64 {
            return Err(DeleteError::OutOfRange);
        }
        if self.deletes == Deletes::Well && offset > topic.low {
            topic.low = offset;
            self.cuts.push((place.clone(), offset));
        }
        Ok(offset.max(topic.low))
    }
}

impl Records for Connection {
    fn answers(&self) -> BoxFuture<'_, bool> {
        std::future::ready(self.answer(|_| ()).is_some()).boxed()
    }

    fn watermarks<'a>(
        &'a self,
        partition: &'a TopicPartition,
    ) -> BoxFuture<'a, Result<Watermarks, SourceError>> {
        let answer = self.ask(|cluster| {
            let topic = &cluster.topics[partition];
            Watermarks {
                low: topic.low,
                high: topic.times.len() as i64,
            }
        });
        std::future::ready(answer).boxed()
    }

    fn record_from<'a>(
        &'a self,
        partition: &'a TopicPartition,
        offset: i64,
    ) -> BoxFuture<'a, Result<Option<Record>, SourceError>> {
        let answer = self.ask(|cluster| cluster.record(partition, offset));
        std::future::ready(answer).boxed()
    }

    fn delete_below<'a>(
        &'a self,
        partition: &'a TopicPartition,
        offset: i64,
    ) -> BoxFuture<'a, Result<i64, DeleteError>> {
        let code = String::from("Silence");
        let answer = self.answer(|cluster| cluster.delete(partition, offset));
        let answer = answer.unwrap_or(Err(DeleteError::Doubtful { code }));
        std::future::ready(answer).boxed()
    }

    fn fetch_below<'a>(
        &'a self,
        partition: &'a TopicPartition,
        offset: i64,
    ) -> BoxFuture<'a, Result<Below, SourceError>> {
        let found = self.ask(|cluster| match cluster.record(partition, offset) {
            Some(record) => Below::Readable {
                offset: record.offset,
            },
            None if offset < cluster.topics[partition].low => Below::Gone,
            None => Below::Empty,
        });
        std::future::ready(found).boxed()
    }

    fn committed<'a>(
        &'a self,
        group: &'a str,
        _: &'a TopicPartition,
    ) -> BoxFuture<'a, Result<Option<i64>, SourceError>> {
        let answer = self.ask(|cluster| cluster.groups.get(group).copied());
        std::future::ready(answer).boxed()
    }

    fn segment_ms<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Option<i64>> {
        std::future::ready(self.answer(|_| 60_000)).boxed()
    }
}
