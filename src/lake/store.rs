//! The three object stores: create once, read, list, delete.
//!
//! `file:///absolute/path` is a local folder, synced to disk at every write;
//! `s3://bucket/prefix` is any store that speaks the S3 protocol and honours
//! `If-None-Match: *`; `gs://bucket/prefix` is Google Cloud Storage and
//! `az://container/prefix` Azure Blob Storage.

use std::io;
use std::marker::PhantomData;
use std::sync::Arc;

use bytes::Bytes;
use futures::TryStreamExt;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{Error, ObjectStore, ObjectStoreExt, PutMode, PutPayload};

pub(super) use fault::fault;
use fault::io_kind;

use super::layout::{Folder, LandingFile, LandingPath, Place, ResearchPath, StatePath};
use crate::config::resolved;
use crate::domain::{EpochMs, TenantId, TopicPartition};
use crate::seal::{BlobName, SealedBlob, UnclaimedBlob};

#[cfg(any(feature = "s3", feature = "gcs", feature = "azure"))]
mod cloud;
mod fault;

/// Why a store did not do as asked. It carries neither content nor credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// No form of URL that is known.
    #[error(
        "a store's URL is file:///absolute/path, s3://bucket/prefix, gs://bucket/prefix or az://container/prefix"
    )]
    Url,
    /// This build cannot reach such a store.
    #[error("this program was built without the feature `{0}`")]
    NoFeature(&'static str),
    /// The folder of a `file://` store cannot be made or opened.
    #[error("the store's folder cannot be made or opened: {0}")]
    Folder(io::ErrorKind),
    /// An option that the store's client does not know, or cannot read.
    #[error("one of the store's options is unknown or has no valid value")]
    Option,
    /// What `ca_certificate` holds is no certificate.
    #[error("`ca_certificate` holds no PEM certificate; name its file: `{{file: ca.pem}}`")]
    Authority,
    /// The store's certificate is not trusted.
    #[error(
        "the store's certificate is not trusted; name its authority (`ca_certificate`) and the host as the certificate does"
    )]
    Tls,
    /// Plain HTTP to another machine, and not allowed by name.
    #[error(
        "the store's endpoint is plain http on another machine; use https, or say `allow_plaintext`"
    )]
    PlainHttp,
    /// The credentials do not permit it: put the access right.
    #[error("the store refuses the credentials or their permissions")]
    Denied,
    /// There is no such bucket: create it, or put the URL right.
    #[error("the store's bucket does not exist")]
    NoBucket,
    /// The store cannot do it at all: use another, or other options.
    #[error("the store does not support the operation")]
    Unsupported,
    /// No answer, or an error of the store's own: try again later.
    #[error("the store gives no good answer{}", .0.map(|kind| format!(": {kind}")).unwrap_or_default())]
    Unavailable(Option<io::ErrorKind>),
}

/// What is known after an attempt to create an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PutAnswer {
    /// This call created it.
    Created,
    /// It exists. A retry of this very call may have created it.
    Exists,
    /// It may or may not have been created, now or in a moment. No error says
    /// that a write did not happen.
    Doubt(StoreError),
}

/// An object found by listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<P> {
    /// Where it lies.
    pub path: P,
    /// Its size in bytes.
    pub size: u64,
    /// When the store last wrote it.
    pub modified: EpochMs,
}

/// One of the three stores, which takes paths of its own kind only.
#[derive(Debug, Clone)]
pub struct Area<P> {
    store: Arc<dyn ObjectStore>,
    place: PhantomData<fn() -> P>,
}

/// Commit logs and chains.
pub type StateStore = Area<StatePath>;
/// Sealed files and evidence.
pub type LandingStore = Area<LandingPath>;
/// What research reads.
pub type ResearchStore = Area<ResearchPath>;

/// Opens the store that `config` describes. A `file://` folder is made where
/// it is missing; an S3 store is not asked anything yet.
///
/// # Errors
/// A [`StoreError`] that names what to put right.
pub fn open(config: &resolved::Store) -> Result<Arc<dyn ObjectStore>, StoreError> {
    match config.url.split_once("://") {
        Some(("file", path)) if path.starts_with('/') => open_folder(path),
        #[cfg(feature = "s3")]
        Some(("s3", rest)) => {
            cloud::open::<object_store::aws::AmazonS3Builder>(rest, &config.options)
        }
        #[cfg(feature = "gcs")]
        Some(("gs", rest)) => {
            cloud::open::<object_store::gcp::GoogleCloudStorageBuilder>(rest, &config.options)
        }
        #[cfg(feature = "azure")]
        Some(("az", rest)) => {
            cloud::open::<object_store::azure::MicrosoftAzureBuilder>(rest, &config.options)
        }
        Some((scheme, _)) => Err(left_out(scheme).map_or(StoreError::Url, StoreError::NoFeature)),
        _ => Err(StoreError::Url),
    }
}

/// The feature with which stores of such URLs can be reached, where this build
/// leaves it out.
#[must_use]
pub fn left_out(scheme: &str) -> Option<&'static str> {
    let features = [
        ("s3", "s3", cfg!(feature = "s3")),
        ("gs", "gcs", cfg!(feature = "gcs")),
        ("az", "azure", cfg!(feature = "azure")),
    ];
    let meant = features.into_iter().find(|(of, ..)| *of == scheme);
    meant.and_then(|(_, feature, there)| (!there).then_some(feature))
}

/// Fsync at every write: what a slot acknowledges must outlive a power cut.
fn open_folder(path: &str) -> Result<Arc<dyn ObjectStore>, StoreError> {
    std::fs::create_dir_all(path).map_err(|e| StoreError::Folder(e.kind()))?;
    let store = LocalFileSystem::new_with_prefix(path)
        .map_err(|e| StoreError::Folder(io_kind(&e).unwrap_or(io::ErrorKind::Other)))?;
    Ok(Arc::new(store.with_fsync(true)))
}

impl<P: Place> Area<P> {
    /// Takes `store` for paths of this kind.
    #[must_use]
    pub const fn new(store: Arc<dyn ObjectStore>) -> Self {
        Self {
            store,
            place: PhantomData,
        }
    }

    /// Opens the store that `config` describes; see [`open`].
    ///
    /// # Errors
    /// A [`StoreError`] that names what to put right.
    pub fn open(config: &resolved::Store) -> Result<Self, StoreError> {
        open(config).map(Self::new)
    }

    /// Tries the store out; see [`super::probe::probe`].
    ///
    /// # Errors
    /// The first promise that it does not keep.
    pub async fn probe(&self, name: BlobName) -> Result<(), super::probe::Violation> {
        super::probe::probe(self.store.as_ref(), name).await
    }

    /// The object at `path`; `None` when there is none.
    ///
    /// # Errors
    /// A [`StoreError`]; then it is not known whether there is one.
    pub async fn get(&self, path: &P) -> Result<Option<Bytes>, StoreError> {
        get(self.store.as_ref(), path.as_path()).await
    }

    /// Deletes the object at `path`; it is well if there is none.
    ///
    /// # Errors
    /// A [`StoreError`]; then it may or may not be gone. Repeat it.
    pub async fn delete(&self, path: &P) -> Result<(), StoreError> {
        delete(self.store.as_ref(), path.as_path()).await
    }

    /// What lies under `folder`, at any depth, sorted by path.
    ///
    /// # Errors
    /// A [`StoreError`]; nothing is given unless all of it was listed.
    pub async fn list(&self, folder: &Folder<P>) -> Result<Vec<Listed<P>>, StoreError> {
        let listed = list(self.store.as_ref(), folder.as_path()).await?;
        let typed = |l: Listed<Path>| Listed {
            path: P::listed(l.path),
            size: l.size,
            modified: l.modified,
        };
        Ok(listed.into_iter().map(typed).collect())
    }
}

impl Area<StatePath> {
    /// Creates the object at `path`, unless there is one.
    pub async fn put_if_absent(&self, path: &StatePath, bytes: Bytes) -> PutAnswer {
        put_if_absent(self.store.as_ref(), path.as_path(), bytes).await
    }
}

impl Area<StatePath> {
    /// Every commit log that there is: partition and epoch, sorted.
    ///
    /// # Errors
    /// A [`StoreError`]; nothing is given unless all of it was listed.
    pub async fn logs(&self) -> Result<Vec<(TopicPartition, u32)>, StoreError> {
        let mut folders = vec![super::layout::logs()];
        for _ in ["topic", "partition", "epoch"] {
            let mut below = Vec::new();
            for folder in &folders {
                let listed = self.store.list_with_delimiter(Some(folder)).await;
                below.extend(listed.map_err(|e| fault(&e))?.common_prefixes);
            }
            folders = below;
        }
        let mut logs: Vec<_> = folders.iter().filter_map(super::layout::log_of).collect();
        logs.sort_unstable();
        Ok(logs)
    }

    /// Every tenant that has a chain, sorted.
    ///
    /// # Errors
    /// A [`StoreError`]; nothing is given unless all of it was listed.
    pub async fn tenants(&self) -> Result<Vec<TenantId>, StoreError> {
        let folder = super::layout::tenants();
        let listed = self.store.list_with_delimiter(Some(&folder)).await;
        let folders = listed.map_err(|e| fault(&e))?.common_prefixes;
        let mut tenants: Vec<_> = folders
            .iter()
            .filter_map(super::layout::tenant_of)
            .collect();
        tenants.sort_unstable();
        Ok(tenants)
    }
}

impl Area<ResearchPath> {
    /// Creates the object at `path`, unless there is one.
    pub async fn put_if_absent(&self, path: &ResearchPath, bytes: Bytes) -> PutAnswer {
        put_if_absent(self.store.as_ref(), path.as_path(), bytes).await
    }
}

/// What is written to the landing store is sealed, or evidence; its path is
/// computed from itself.
impl Area<LandingPath> {
    /// Writes a sealed file under its tenant.
    ///
    /// # Errors
    /// A [`StoreError`]; then it may or may not lie there. Repeat it, or let
    /// the sweep take it.
    pub async fn put_sealed(&self, blob: &SealedBlob) -> Result<(), StoreError> {
        let path = LandingFile::from(blob).path();
        put_unique(self.store.as_ref(), path.as_path(), blob.bytes().clone()).await
    }

    /// Writes a file that is sealed to the operator.
    ///
    /// # Errors
    /// As for [`Self::put_sealed`].
    pub async fn put_unclaimed(&self, blob: &UnclaimedBlob) -> Result<(), StoreError> {
        let path = LandingFile::from(blob).path();
        put_unique(self.store.as_ref(), path.as_path(), blob.bytes().clone()).await
    }

    /// Writes an evidence file of `tenant` under a name drawn for it.
    ///
    /// # Errors
    /// As for [`Self::put_sealed`].
    pub async fn put_evidence(
        &self,
        tenant: &TenantId,
        name: BlobName,
        bytes: Bytes,
    ) -> Result<(), StoreError> {
        let tenant = tenant.clone();
        let path = LandingFile::Evidence { tenant, name }.path();
        put_unique(self.store.as_ref(), path.as_path(), bytes).await
    }
}

pub(super) async fn put_if_absent(store: &dyn ObjectStore, path: &Path, bytes: Bytes) -> PutAnswer {
    let put = store.put_opts(path, PutPayload::from_bytes(bytes), PutMode::Create.into());
    match put.await {
        Ok(_) => PutAnswer::Created,
        Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => PutAnswer::Exists,
        Err(error) => PutAnswer::Doubt(fault(&error)),
    }
}

/// Under a name that nobody else draws, writing twice is writing once.
pub(super) async fn put_unique(
    store: &dyn ObjectStore,
    path: &Path,
    bytes: Bytes,
) -> Result<(), StoreError> {
    let put = store.put(path, PutPayload::from_bytes(bytes)).await;
    put.map(|_| ()).map_err(|e| fault(&e))
}

pub(super) async fn get(store: &dyn ObjectStore, path: &Path) -> Result<Option<Bytes>, StoreError> {
    let found = match store.get(path).await {
        Ok(found) => found.bytes().await,
        Err(error) => Err(error),
    };
    match found {
        Ok(bytes) => Ok(Some(bytes)),
        Err(Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(fault(&error)),
    }
}

pub(super) async fn delete(store: &dyn ObjectStore, path: &Path) -> Result<(), StoreError> {
    match store.delete(path).await {
        Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(fault(&error)),
    }
}

pub(super) async fn list(
    store: &dyn ObjectStore,
    folder: &Path,
) -> Result<Vec<Listed<Path>>, StoreError> {
    let found: Vec<_> = store
        .list(Some(folder))
        .try_collect()
        .await
        .map_err(|e| fault(&e))?;
    let listed = |meta: object_store::ObjectMeta| Listed {
        path: meta.location,
        size: meta.size,
        modified: EpochMs(meta.last_modified.timestamp_millis()),
    };
    let mut out: Vec<_> = found.into_iter().map(listed).collect();
    out.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Secret;
    use crate::config::resolved::Keys;
    use crate::domain::Entropy;
    use crate::lake::layout::Chain;
    use crate::seal::{Purpose, Sealer};
    use object_store::memory::InMemory;

    fn config(url: &str) -> resolved::Store {
        resolved::Store {
            url: url.to_owned(),
            options: Default::default(),
        }
    }

    #[test]
    fn a_folder_is_made_and_other_urls_are_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("made/here");
        let opened = open(&config(&format!("file://{}", path.display())));
        assert!(opened.is_ok() && path.is_dir());
        for bad in ["", "file://relative", "/absolute", "http://x", "s3:/x"] {
            assert_eq!(open(&config(bad)).err(), Some(StoreError::Url), "{bad}");
        }
    }

    #[test]
    fn a_folder_that_cannot_be_made_says_why() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let opened = open(&config(&format!("file://{}/below", file.path().display())));
        assert!(matches!(opened, Err(StoreError::Folder(_))));
    }

    #[tokio::test]
    async fn a_slot_is_created_once_and_then_read() {
        let state = StateStore::new(Arc::new(InMemory::new()));
        let path = Chain::Operator.entry(0);
        assert_eq!(state.get(&path).await, Ok(None));
        let put = |text: &'static str| state.put_if_absent(&path, Bytes::from(text));
        assert_eq!(put("one").await, PutAnswer::Created);
        assert_eq!(put("two").await, PutAnswer::Exists);
        assert_eq!(state.get(&path).await, Ok(Some(Bytes::from("one"))));
    }

    #[tokio::test]
    async fn sealed_files_lie_under_their_tenant_and_list_back() {
        let landing = LandingStore::new(Arc::new(InMemory::new()));
        let (tenant, mut entropy) = (TenantId::parse("north"), Entropy::from_u64(1));
        let tenant = tenant.expect("a name");
        let keys = Keys {
            sealing: Secret::new([1; 32]),
            ledger: Secret::new([2; 32]),
        };
        let blob = Sealer::new(&tenant, &keys).seal(Purpose::Landing, 1, b"x", &mut entropy);
        let name = BlobName::draw(&mut entropy);
        landing.put_sealed(&blob).await.expect("memory takes it");
        let put = landing.put_evidence(&tenant, name, Bytes::from("{}"));
        put.await.expect("memory takes it");
        let listed = landing
            .list(&Folder::sealed(&tenant, Purpose::Landing))
            .await;
        let listed = listed.expect("memory lists");
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0].path.file(), Some(LandingFile::from(&blob)));
        assert_eq!(listed[0].size, blob.bytes().len() as u64);
        let all = landing.list(&Folder::tenant(&tenant)).await;
        assert_eq!(all.map(|l| l.len()), Ok(2));
        let path = LandingFile::from(&blob).path();
        assert_eq!(landing.delete(&path).await, Ok(()));
        assert_eq!(landing.delete(&path).await, Ok(()));
        assert_eq!(landing.get(&path).await, Ok(None));
    }

    #[tokio::test]
    async fn an_error_of_the_store_is_a_doubt() {
        let dir = tempfile::tempdir().expect("a folder");
        let state = StateStore::open(&config(&format!("file://{}", dir.path().display())));
        let state = state.expect("a store");
        // Where a folder must be, there is a file.
        std::fs::write(dir.path().join("operator"), b"").expect("a file");
        let path = Chain::Operator.entry(0);
        let answer = state.put_if_absent(&path, Bytes::new()).await;
        assert!(matches!(
            answer,
            PutAnswer::Doubt(StoreError::Unavailable(_))
        ));
    }
}
