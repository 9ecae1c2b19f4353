//! What the commit log asks of a store, on S3 and on disk.

use std::sync::Arc;

use futures::future::join_all;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{Error, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload};

use crate::support::parts::Need;
use crate::support::trial::{Trial, trial};
use crate::support::{block_on, minio};

pub(crate) const TRIALS: &[Trial] = &[
    trial("object_store::s3_lets_one_writer_win", &[Need::S3], s3),
    trial("object_store::disk_lets_one_writer_win", &[], disk),
];

fn s3() {
    let config = minio::store();
    let mut builder = AmazonS3Builder::new()
        .with_url(&config.url)
        .with_allow_http(true);
    for (key, value) in &config.options {
        let key: AmazonS3ConfigKey = key.parse().expect("an option of the client");
        builder = builder.with_config(key, value.expose());
    }
    let store = builder.build().expect("a client");
    let prefix = config.url.rsplit('/').next().expect("a prefix").to_owned();
    block_on(one_writer_wins(Arc::new(store), &prefix));
}

fn disk() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = LocalFileSystem::new_with_prefix(dir.path()).expect("a store");
    block_on(one_writer_wins(Arc::new(store), "prefix"));
}

/// Sixteen writers race for one name; one wins, the body is whole and its own,
/// and a later writer is refused.
async fn one_writer_wins(store: Arc<dyn ObjectStore>, prefix: &str) {
    let path = Path::from(format!("{prefix}/slot-0"));
    let put = async |n: u8| {
        let body = PutPayload::from(vec![n; 200_000]);
        let create = PutOptions::from(PutMode::Create);
        store.put_opts(&path, body, create).await
    };
    let answers = join_all((0..16).map(put)).await;
    let winners: Vec<u8> = (0..)
        .zip(&answers)
        .filter(|(_, a)| a.is_ok())
        .map(|(n, _)| n)
        .collect();
    assert_eq!(winners.len(), 1, "{answers:?}");
    let body = store.get(&path).await.expect("it is there");
    let body = body.bytes().await.expect("it can be read");
    assert_eq!(body, vec![winners[0]; 200_000]);
    let late = put(99).await;
    assert!(matches!(late, Err(Error::AlreadyExists { .. })), "{late:?}");
}
