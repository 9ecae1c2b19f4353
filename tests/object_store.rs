//! What the commit log asks of a store, on S3, Google, Azure and on disk.

use futures::future::join_all;
use leeward::config::resolved::Store;
use leeward::domain::Entropy;
use leeward::lake::{probe, store};
use leeward::seal::BlobName;
use object_store::path::Path;
use object_store::{Error, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload};

use crate::support::parts::Need;
use crate::support::trial::{Trial, trial};
use crate::support::{azure, block_on, gcs, minio};

pub(crate) const TRIALS: &[Trial] = &[
    trial("object_store::s3_lets_one_writer_win", &[Need::S3], || {
        check(&minio::store())
    }),
    trial(
        "object_store::google_lets_one_writer_win",
        &[Need::Gcs],
        || check(&gcs::store()),
    ),
    trial(
        "object_store::azure_lets_one_writer_win",
        &[Need::Azure],
        || check(&azure::store()),
    ),
    trial("object_store::disk_lets_one_writer_win", &[], disk),
];

fn disk() {
    let dir = tempfile::tempdir().expect("a directory");
    check(&Store {
        url: format!("file://{}", dir.path().display()),
        options: Default::default(),
    });
}

fn check(config: &Store) {
    let opened = store::open(config).expect("a store");
    block_on(async {
        one_writer_wins(opened.as_ref()).await;
        let name = || BlobName::draw(&mut Entropy::from_system());
        assert_eq!(probe::probe(opened.as_ref(), name()).await, Ok(()));
        assert_eq!(
            probe::keeps_versions(opened.as_ref(), name()).await,
            Ok(false)
        );
    });
}

/// Sixteen writers race for one name; one wins, the body is whole and its own,
/// and a later writer is refused.
async fn one_writer_wins(store: &dyn ObjectStore) {
    let path = Path::from("slot-0");
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
