//! What research sees: every object, decoded.

use std::collections::BTreeMap;

use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::Int32Type;
use arrow::util::display::array_value_to_string;
use bytes::Bytes;
use futures::TryStreamExt;
use object_store::memory::InMemory;
use object_store::{ObjectStore, ObjectStoreExt};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::domain::Sha256;
use crate::release::Manifest;

/// Every object of a store, by path.
pub(super) async fn objects(store: &InMemory) -> BTreeMap<String, Bytes> {
    let listed: Vec<_> = store.list(None).try_collect().await.expect("memory lists");
    let mut objects = BTreeMap::new();
    for meta in listed {
        let got = store.get(&meta.location).await.expect("it was listed");
        let bytes = got.bytes().await.expect("memory");
        objects.insert(meta.location.to_string(), bytes);
    }
    objects
}

pub(super) fn batches(bytes: &Bytes) -> Vec<RecordBatch> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(bytes.clone()).expect("Parquet");
    let rows: Result<Vec<_>, _> = builder.build().expect("a reader").collect();
    rows.expect("rows")
}

/// Paths, and every value of every object as text.
pub(super) fn decoded(objects: &BTreeMap<String, Bytes>) -> String {
    let mut out = String::new();
    for (path, bytes) in objects {
        out.push_str(path);
        out.push('\n');
        out.push_str(&String::from_utf8_lossy(bytes));
        if !path.ends_with(".parquet") {
            continue;
        }
        for batch in batches(bytes) {
            for (column, row) in batch
                .columns()
                .iter()
                .flat_map(|c| (0..batch.num_rows()).map(move |row| (c, row)))
            {
                let value = array_value_to_string(column, row);
                out.push_str(&value.expect("a value prints"));
                out.push('\n');
            }
        }
    }
    out
}

/// Published conversations with how often each is there, each with its turns
/// whole and in order, and each release with a manifest that is true.
pub(super) fn conversations(objects: &BTreeMap<String, Bytes>) -> BTreeMap<String, usize> {
    check_manifests(objects);
    let mut found = BTreeMap::new();
    for (path, bytes) in objects {
        if !(path.contains("/conversations/") && path.ends_with(".parquet")) {
            continue;
        }
        let turns = path.replace("/conversations/", "/turns/");
        let mut turns = turn_runs(&objects[&turns]).into_iter();
        for batch in batches(bytes) {
            let ids = batch["conversation_id"].as_string::<i32>();
            let counts = batch["turns"].as_primitive::<Int32Type>();
            for row in 0..batch.num_rows() {
                let id = ids.value(row).to_owned();
                let run = (id.clone(), counts.value(row));
                assert_eq!(turns.next(), Some(run), "the same order");
                *found.entry(id).or_default() += 1;
            }
        }
        assert_eq!(turns.next(), None);
    }
    found
}

fn turn_runs(bytes: &Bytes) -> Vec<(String, i32)> {
    let mut runs: Vec<(String, i32)> = Vec::new();
    for batch in batches(bytes) {
        let ids = batch["conversation_id"].as_string::<i32>();
        let numbers = batch["turn"].as_primitive::<Int32Type>();
        for row in 0..batch.num_rows() {
            let (id, number) = (ids.value(row), numbers.value(row));
            if number == 0 {
                runs.push((id.to_owned(), 0));
            }
            let run = runs.last_mut().expect("a first turn");
            assert_eq!((run.0.as_str(), run.1), (id, number), "in order");
            run.1 += 1;
        }
    }
    runs
}

fn check_manifests(objects: &BTreeMap<String, Bytes>) {
    let mut named = Vec::new();
    for (path, bytes) in objects.iter().filter(|(p, _)| p.ends_with("manifest.json")) {
        let manifest: Manifest = serde_json::from_slice(bytes).expect("a manifest");
        for file in manifest.files {
            let bytes = &objects[&file.path];
            assert_eq!(file.sha256, Sha256::of(bytes), "{}", file.path);
            assert_eq!(file.bytes, bytes.len() as u64);
            named.push(file.path);
        }
        named.push(path.clone());
    }
    named.sort_unstable();
    assert!(named.iter().eq(objects.keys()), "nothing else lies there");
}
