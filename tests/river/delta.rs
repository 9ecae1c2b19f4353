//! The Delta view on the real store: `deltalake` and Polars read through it what
//! others read without, and not what was taken back.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::course::{Course, Plan};
use super::life::land;
use super::research::{Copy, chain};
use crate::support::python;

const VERIFY: [&str; 4] = ["audit", "verify", "--deep", "pipeline.yaml"];
const TENANTS: [&str; 3] = ["north", "harbor", "lakeside"];

const READ: &str = r#"
import json, sys
import deltalake, polars
root, options, areas = sys.argv[1], json.loads(sys.argv[2]), sys.argv[3:]
out = {}
for area in areas:
    tables = {t: deltalake.DeltaTable(f'{root}/{area}/{t}', storage_options=options)
              for t in ('conversations', 'turns')}
    rows = {t: polars.read_delta(table) for t, table in tables.items()}
    joined = rows['turns'].join(rows['conversations'], on=['conversation_id', 'year', 'release'])
    assert joined.height == rows['turns'].height, 'each turn has its conversation'
    assert rows['conversations']['conversation_id'].is_duplicated().sum() == 0
    out[area] = {
        'version': tables['turns'].version(),
        'turns': rows['turns'].height,
        'releases': sorted(set(rows['conversations']['release'].to_list())),
        'ids': sorted(rows['conversations']['conversation_id'].to_list()),
    }
print(json.dumps(out))
"#;

/// What a Delta reader sees of one area.
#[derive(Debug, Deserialize)]
struct Seen {
    version: u64,
    turns: u64,
    releases: Vec<u32>,
    ids: Vec<String>,
}

pub(crate) fn run() {
    let course = Course::dig(&Plan::default());
    for tenant in TENANTS {
        course.edit_tenant(tenant, "release:\n", "release:\n  delta: true\n");
    }
    land(&course, 40);
    course.release();
    check(&course, [(0, Some(1)); 3]);
    let by = ["--by", "Orla Fenn"];
    let withdraw = [
        "release",
        "withdraw",
        "pipeline.yaml",
        "1",
        "--tenant=north",
    ];
    let reason = ["--reason", "instructed"];
    course.must(&[withdraw.as_slice(), &reason, &by].concat());
    let supersede = [
        "release",
        "supersede",
        "pipeline.yaml",
        "1",
        "--tenant=harbor",
    ];
    course.must(&[supersede.as_slice(), &by].concat());
    check(&course, [(1, None), (1, Some(2)), (0, Some(1))]);
    course.must(&VERIFY);
}

/// Each area is at a version of the log, and shows one release's rows: those
/// that readers of the files see.
fn check(course: &Course, expected: [(u64, Option<u32>); 3]) {
    let seen = seen(course);
    let files = Copy::of(course).areas(course);
    for ((seen, area), (version, release)) in seen.iter().zip(&files).zip(expected) {
        assert_eq!(seen.version, version);
        assert_eq!(seen.releases, Vec::from_iter(release));
        assert!(seen.ids.iter().eq(area.rows.keys()), "{seen:?}");
        assert_eq!(
            seen.turns,
            area.rows.values().map(|rows| rows.turns).sum::<u64>()
        );
        assert_eq!(seen.ids.is_empty(), release.is_none());
    }
}

/// What `deltalake` and Polars see through the store, in the tenants' order.
fn seen(course: &Course) -> Vec<Seen> {
    let store = &course.config.pipeline.stores.research;
    let options = store.options.iter();
    let options = options.map(|(name, value)| (name.clone(), value.expose().clone()));
    let mut options: BTreeMap<String, String> = options.collect();
    options.insert(String::from("allow_http"), String::from("true"));
    let areas = (0..TENANTS.len()).map(|n| chain(course, n).0.area.expect("an area").to_string());
    let areas: Vec<String> = areas.collect();
    let options = serde_json::json!(options).to_string();
    let head = [store.url.trim_end_matches('/'), &options];
    let arguments: Vec<&str> = head
        .into_iter()
        .chain(areas.iter().map(String::as_str))
        .collect();
    let said = python::run(READ, &arguments);
    let mut read: BTreeMap<String, Value> = serde_json::from_str(&said).expect("an answer");
    let own = |area: &String| serde_json::from_value(read.remove(area).expect("each area"));
    areas
        .iter()
        .map(own)
        .map(|seen| seen.expect("what it prints"))
        .collect()
}
