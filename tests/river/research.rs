//! What research sees: the area of each tenant on disk, and three readers that
//! must agree on it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use futures::TryStreamExt;
use leeward::ledger::{Entry, Journal, TenantChain};
use object_store::ObjectStoreExt;
use serde::Deserialize;
use tempfile::TempDir;

use super::course::Course;
use crate::support::{block_on, python};

/// The rows of one conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) struct Rows {
    /// In `conversations`.
    pub(crate) conversations: u64,
    /// Turns as `conversations` states them.
    pub(crate) stated_turns: u64,
    /// In `turns`.
    pub(crate) turns: u64,
}

/// A tenant's research area.
pub(crate) struct Area {
    /// The rows of each conversation in it.
    pub(crate) rows: BTreeMap<String, Rows>,
}

const READ: &str = r#"
import glob, json, sys
import duckdb, polars, pyarrow.dataset as dataset
out = {}
for area in sys.argv[1:]:
    files = {t: f'{area}/{t}/**/*.parquet' for t in ('conversations', 'turns')}
    rows = {}
    if glob.glob(files['conversations'], recursive=True):
        table = {t: f"read_parquet('{f}', hive_partitioning=true)" for t, f in files.items()}
        one = lambda sql: duckdb.sql(sql).fetchall()
        duck = {t: one(f'select count(*) from {table[t]}')[0][0] for t in files}
        pola = {t: polars.scan_parquet(f, hive_partitioning=True).select(polars.len()).collect().item()
                for t, f in files.items()}
        arro = {t: dataset.dataset(f'{area}/{t}', partitioning='hive').count_rows() for t in files}
        assert duck == pola == arro, (duck, pola, arro)
        by_id = 'group by conversation_id'
        for i, c, s in one(f'select conversation_id, count(*), sum(turns)::bigint from {table["conversations"]} {by_id}'):
            rows[i] = {'conversations': c, 'stated_turns': s, 'turns': 0}
        for i, c in one(f'select conversation_id, count(*) from {table["turns"]} {by_id}'):
            rows.setdefault(i, {'conversations': 0, 'stated_turns': 0})['turns'] = c
    out[area] = rows
print(json.dumps(out))
"#;

/// A copy of the research store on disk.
pub(crate) struct Copy {
    dir: TempDir,
}

impl Copy {
    /// Copies the research store of `course`, names and bytes.
    pub(crate) fn of(course: &Course) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        for (name, bytes) in objects(&course.config.pipeline.stores.research) {
            let file = dir.path().join(name);
            std::fs::create_dir_all(file.parent().expect("a directory")).expect("it is made");
            std::fs::write(file, bytes).expect("it is written");
        }
        Self { dir }
    }

    /// Where it lies.
    pub(crate) fn path(&self) -> PathBuf {
        self.dir.path().to_owned()
    }

    /// Each tenant's area, as DuckDB reads it; Polars and pyarrow must count
    /// the same.
    pub(crate) fn areas(&self, course: &Course) -> Vec<Area> {
        let tenants = 0..course.topics.len();
        let ids = tenants.map(|n| chain(course, n).0.area.map(|area| area.to_string()));
        let ids: Vec<String> = ids.map(|id| id.expect("an area")).collect();
        let path = |id: &String| self.dir.path().join(id).display().to_string();
        let paths: Vec<String> = ids.iter().map(path).collect();
        let arguments: Vec<&str> = paths.iter().map(String::as_str).collect();
        let said = python::run(READ, &arguments);
        let mut read: BTreeMap<String, BTreeMap<String, Rows>> =
            serde_json::from_str(&said).expect("an answer");
        let area = |path: &String| Area {
            rows: read.remove(path).expect("each area"),
        };
        paths.iter().map(area).collect()
    }
}

/// The chain of tenant `n`, verified as it is read.
pub(crate) fn chain(course: &Course, n: usize) -> (TenantChain, Vec<Entry>) {
    let tenant = course.tenant(n).id.clone();
    let journal = Journal::new(course.stores.state.clone(), tenant, Default::default());
    block_on(journal.read()).expect("a chain that verifies")
}

/// Every object of a store: name, bytes.
pub(crate) fn objects(store: &leeward::config::resolved::Store) -> Vec<(String, Vec<u8>)> {
    let store = leeward::lake::store::open(store).expect("a store");
    block_on(async {
        let listed: Vec<_> = store.list(None).try_collect().await.expect("a list");
        let mut objects = Vec::new();
        for object in listed {
            let bytes = store.get(&object.location).await.expect("it is there");
            let bytes = bytes.bytes().await.expect("it can be read");
            objects.push((object.location.to_string(), bytes.to_vec()));
        }
        objects
    })
}
