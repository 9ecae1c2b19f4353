//! Tries a store out: what the commit protocol rests on must be seen to hold
//! before anything is entrusted to it.

use bytes::Bytes;
use futures::future::join_all;
use object_store::{Error, GetOptions, ObjectStore, ObjectStoreExt, PutPayload};

use super::layout;
use super::store::{
    PutAnswer, StoreError, delete, fault, get, list, open, put_if_absent, put_unique,
};
use crate::config::resolved;
use crate::seal::BlobName;

/// How many creators contend for one object.
const CREATORS: usize = 32;
/// How many bytes each writes, so that a torn object would show.
const BODY: usize = 200_000;

/// A promise that a store does not keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    /// It could not be tried out.
    #[error("the store could not be tried out: {0}")]
    Store(#[from] StoreError),
    /// Of several creators of one object, other than one was told that it had
    /// created it.
    #[error("{winners} of {CREATORS} writers were told that they created the same object")]
    NotOnce {
        /// How many were told so.
        winners: usize,
    },
    /// What is read is not what the creator wrote.
    #[error("the store gives other bytes than were written")]
    OtherBytes,
    /// An object that was written is not found, or one that was not is.
    #[error("the store does not find what was written, or finds what was not")]
    Lost,
    /// A listing leaves objects out, or shows others.
    #[error("the store's listing is not what was written")]
    Listing,
}

/// Tries `store` out under `probe/<name>/`, and removes what it wrote.
///
/// # Errors
/// The first [`Violation`] seen.
pub async fn probe(store: &dyn ObjectStore, name: BlobName) -> Result<(), Violation> {
    let seen = async {
        created_once(store, name).await?;
        read_back(store, name).await?;
        listed_whole(store, name).await
    };
    let seen = seen.await;
    let removed = remove_all(store, name).await;
    seen.and(removed)
}

/// Whether the store keeps what is deleted, as far as it tells: one that does
/// names a version of what is written, and still gives it afterwards.
///
/// # Errors
/// A [`StoreError`]; then it is not known.
pub async fn keeps_versions(store: &dyn ObjectStore, name: BlobName) -> Result<bool, StoreError> {
    let path = layout::probe(name, "version");
    let body = PutPayload::from_static(b"x");
    let put = store.put(&path, body).await.map_err(|e| fault(&e))?;
    delete(store, &path).await?;
    let Some(version) = put.version.filter(|version| version != "null") else {
        return Ok(false);
    };
    let of_it = GetOptions::new().with_version(Some(version));
    match store.get_opts(&path, of_it).await {
        Ok(_) => Ok(true),
        Err(Error::NotFound { .. }) => Ok(false),
        Err(error) => match fault(&error) {
            // Who may not read old versions is not told that there are none.
            StoreError::Denied => Ok(true),
            error => Err(error),
        },
    }
}

/// Lists the top of the store that `config` describes.
///
/// # Errors
/// A [`StoreError`]; [`StoreError::Denied`] where these credentials may not.
pub async fn list_top(config: &resolved::Store) -> Result<(), StoreError> {
    let store = open(config)?;
    let listed = store.list_with_delimiter(None).await;
    listed.map(|_| ()).map_err(|e| fault(&e))
}

/// Contending creators: one wins, and its bytes stand whole.
async fn created_once(store: &dyn ObjectStore, name: BlobName) -> Result<(), Violation> {
    let path = layout::probe(name, "once");
    let body = |i: usize| Bytes::from(vec![i as u8; BODY]);
    let puts = (0..CREATORS).map(|i| put_if_absent(store, &path, body(i)));
    let mut won = Vec::new();
    for (i, answer) in join_all(puts).await.into_iter().enumerate() {
        match answer {
            PutAnswer::Created => won.push(i),
            PutAnswer::Exists => {}
            PutAnswer::Doubt(error) => return Err(error.into()),
        }
    }
    let [winner] = won[..] else {
        return Err(Violation::NotOnce { winners: won.len() });
    };
    if put_if_absent(store, &path, body(CREATORS)).await != PutAnswer::Exists {
        return Err(Violation::NotOnce { winners: 2 });
    }
    match get(store, &path).await? {
        Some(bytes) if bytes == body(winner) => Ok(()),
        Some(_) => Err(Violation::OtherBytes),
        None => Err(Violation::Lost),
    }
}

/// What is missing is missing; what is written is read; what is deleted is gone.
async fn read_back(store: &dyn ObjectStore, name: BlobName) -> Result<(), Violation> {
    let path = layout::probe(name, "topic%2E#1.json");
    let expect = |found: Option<Bytes>, bytes: Option<&'static [u8]>| match (found, bytes) {
        (None, None) => Ok(()),
        (Some(found), Some(bytes)) if found == bytes => Ok(()),
        (Some(_), Some(_)) => Err(Violation::OtherBytes),
        _ => Err(Violation::Lost),
    };
    expect(get(store, &path).await?, None)?;
    delete(store, &path).await?;
    for bytes in [&b"one"[..], b""] {
        put_unique(store, &path, Bytes::from(bytes)).await?;
        expect(get(store, &path).await?, Some(bytes))?;
    }
    delete(store, &path).await?;
    delete(store, &path).await?;
    expect(get(store, &path).await?, None)
}

/// A listing is whole, sorted, and knows a folder from the start of a name.
async fn listed_whole(store: &dyn ObjectStore, name: BlobName) -> Result<(), Violation> {
    let object = |n: usize| layout::probe(name, &format!("many/{n:04}"));
    let order = [7, 1, 11, 0, 3, 10];
    for n in order {
        put_unique(store, &object(n), Bytes::from(vec![0; n])).await?;
    }
    put_unique(store, &layout::probe(name, "many-more/x"), Bytes::new()).await?;
    let found = list(store, &layout::probe(name, "many")).await?;
    let mut expected = order.map(|n| (object(n), n as u64));
    expected.sort();
    let same = found.iter().map(|l| (l.path.clone(), l.size)).eq(expected);
    let none = list(store, &layout::probe(name, "man")).await?.is_empty();
    if same && none {
        Ok(())
    } else {
        Err(Violation::Listing)
    }
}

async fn remove_all(store: &dyn ObjectStore, name: BlobName) -> Result<(), Violation> {
    let folder = layout::probe_folder(name);
    for object in list(store, &folder).await? {
        delete(store, &object.path).await?;
    }
    match list(store, &folder).await?[..] {
        [] => Ok(()),
        _ => Err(Violation::Listing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Entropy;
    use futures::future::BoxFuture;
    use futures::stream::{BoxStream, StreamExt};
    use object_store::local::LocalFileSystem;
    use object_store::memory::InMemory;
    use object_store::path::Path;
    use object_store::prefix::PrefixStore;
    use object_store::{
        CopyOptions, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, PutMode,
        PutMultipartOptions, PutOptions, PutPayload, PutResult, Result as StoreResult,
    };

    fn name() -> BlobName {
        BlobName::draw(&mut Entropy::from_u64(1))
    }

    async fn check(store: &dyn ObjectStore) {
        assert_eq!(probe(store, name()).await, Ok(()));
        let left = list(store, &Path::ROOT).await;
        assert_eq!(left, Ok(Vec::new()), "what was written is removed");
    }

    #[tokio::test]
    async fn memory_keeps_the_promises() {
        check(&InMemory::new()).await;
        check(&PrefixStore::new(InMemory::new(), "a/b")).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn a_local_folder_keeps_the_promises() {
        let dir = tempfile::tempdir().expect("a folder");
        let store = LocalFileSystem::new_with_prefix(dir.path()).expect("a store");
        check(&store.with_fsync(true)).await;
    }

    #[tokio::test]
    async fn a_store_that_breaks_a_promise_is_found_out() {
        for (fault, violation) in [
            (Fault::Overwrites, Violation::NotOnce { winners: CREATORS }),
            (Fault::Truncates, Violation::OtherBytes),
            (Fault::KeepsDeleted, Violation::Lost),
            (Fault::ListsLate, Violation::Listing),
        ] {
            let store = Faulty(InMemory::new(), fault);
            assert_eq!(probe(&store, name()).await, Err(violation), "{fault:?}");
        }
    }

    /// What a faulty store does wrong.
    #[derive(Debug, Clone, Copy, PartialEq)]
    enum Fault {
        Overwrites,
        Truncates,
        KeepsDeleted,
        ListsLate,
    }

    #[derive(Debug)]
    struct Faulty(InMemory, Fault);

    impl std::fmt::Display for Faulty {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("faulty")
        }
    }

    impl ObjectStore for Faulty {
        fn put_opts<'a: 'c, 'b: 'c, 'c>(
            &'a self,
            path: &'b Path,
            mut payload: PutPayload,
            mut options: PutOptions,
        ) -> BoxFuture<'c, StoreResult<PutResult>> {
            match self.1 {
                Fault::Overwrites => options.mode = PutMode::Overwrite,
                Fault::Truncates => {
                    let half = payload.content_length() / 2;
                    payload = Bytes::from(payload).slice(..half).into();
                }
                Fault::KeepsDeleted | Fault::ListsLate => {}
            }
            self.0.put_opts(path, payload, options)
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
            self.0.get_opts(path, options)
        }

        fn delete_stream(
            &self,
            paths: BoxStream<'static, StoreResult<Path>>,
        ) -> BoxStream<'static, StoreResult<Path>> {
            match self.1 {
                Fault::KeepsDeleted => paths,
                _ => self.0.delete_stream(paths),
            }
        }

        fn list(&self, folder: Option<&Path>) -> BoxStream<'static, StoreResult<ObjectMeta>> {
            let late = usize::from(self.1 == Fault::ListsLate);
            self.0.list(folder).skip(late).boxed()
        }

        fn list_with_delimiter<'a: 'c, 'b: 'c, 'c>(
            &'a self,
            folder: Option<&'b Path>,
        ) -> BoxFuture<'c, StoreResult<ListResult>> {
            self.0.list_with_delimiter(folder)
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
}
