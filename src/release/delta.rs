//! The Delta view: a log in the form of Delta Lake beside the published files
//! of each table, by which its readers find the files that stand.
//!
//! It lies in the table's own folder, since readers resolve a log's paths below
//! its folder and nowhere else. It is computed from the tenant's chain alone:
//! commit *n* of either table says what the *n*th release or withdrawal did, so
//! that anyone may write what is missing and all write the same. It tells no
//! time.

use bytes::Bytes;
use serde_json::{Value, json};

use super::publish::{dir, put};
use super::{Object, ReleaseError};
use crate::domain::{Entropy, ResearchId, Sha256};
use crate::lake::layout::{AreaId, DeltaLog};
use crate::ledger::{Change, ReleasedFile, TenantChain};
use crate::scope::Scope;
use crate::table::{FOLDER_COLUMNS, Table, delta_schema};

/// Writes the commits that are missing, as far as what they name is copied.
pub(super) async fn update(scope: &Scope, chain: &TenantChain) -> Result<(), ReleaseError> {
    let Some(area) = chain.area.filter(|_| scope.tenant.release.delta) else {
        return Ok(());
    };
    for table in Table::ALL {
        let log = DeltaLog { area, table };
        for n in missing(scope, chain, log).await?..chain.changes.len() {
            if !is_copied(scope, chain, area, chain.changes[n]).await? {
                break;
            }
            let bytes = commit(chain, log, n);
            put(scope, Object::DeltaCommit(n), &log.commit(n), bytes).await?;
        }
    }
    Ok(())
}

/// The first commit that is not there; those before it are.
async fn missing(scope: &Scope, chain: &TenantChain, log: DeltaLog) -> Result<usize, ReleaseError> {
    let research = &scope.stores.research;
    let mut n = chain.changes.len();
    while n > 0 && research.get(&log.commit(n - 1)).await?.is_none() {
        n -= 1;
    }
    Ok(n)
}

/// Whether the files of a change lie where its commit says, or are to be gone.
async fn is_copied(
    scope: &Scope,
    chain: &TenantChain,
    area: AreaId,
    change: Change,
) -> Result<bool, ReleaseError> {
    match change {
        Change::Released(number) if chain.stands(number) => {
            let manifest = dir(area, number).manifest();
            Ok(scope.stores.research.get(&manifest).await?.is_some())
        }
        Change::Released(_) | Change::Withdrawn(_) => Ok(true),
    }
}

/// Commit `n` of a table's log: one action a line.
///
/// # Panics
/// When the chain has no such change.
pub(crate) fn commit(chain: &TenantChain, log: DeltaLog, n: usize) -> Bytes {
    let mut actions = Vec::new();
    if n == 0 {
        actions.extend(head(log));
    }
    match chain.changes[n] {
        Change::Released(number) => {
            let release = &chain.releases[number as usize - 1].1;
            actions.push(json!({ "commitInfo": { "operation": "WRITE" } }));
            if let Some(old) = release.supersedes {
                actions.extend(removes(chain, log, old));
            }
            actions.extend(files(chain, log, number).map(|(path, file)| add(&path, file)));
        }
        Change::Withdrawn(number) => {
            actions.push(json!({ "commitInfo": { "operation": "DELETE" } }));
            actions.extend(removes(chain, log, number));
        }
    }
    let lines: String = actions.iter().map(|action| format!("{action}\n")).collect();
    lines.into()
}

/// What every log begins with.
fn head(log: DeltaLog) -> [Value; 2] {
    let metadata = json!({
        "id": table_id(log).to_string(),
        "format": { "provider": "parquet", "options": {} },
        "schemaString": delta_schema(log.table).to_string(),
        "partitionColumns": FOLDER_COLUMNS,
        "configuration": {},
    });
    let protocol = json!({ "minReaderVersion": 1, "minWriterVersion": 2 });
    [
        json!({ "protocol": protocol }),
        json!({ "metaData": metadata }),
    ]
}

/// The id of a table, computed from its path, which is as random.
fn table_id(log: DeltaLog) -> ResearchId {
    let digest = Sha256::of(format!("{}/{}", log.area, log.table.name()).as_bytes());
    ResearchId::draw(&mut Entropy::from_seed(digest.0))
}

fn removes(chain: &TenantChain, log: DeltaLog, number: u32) -> impl Iterator<Item = Value> {
    files(chain, log, number).map(|(path, file)| {
        json!({ "remove": {
            "path": path,
            "deletionTimestamp": 0,
            "dataChange": true,
            "extendedFileMetadata": true,
            "partitionValues": folder(&path),
            "size": file.bytes,
        } })
    })
}

/// The table's files of a release, each under the table's folder.
fn files(
    chain: &TenantChain,
    log: DeltaLog,
    number: u32,
) -> impl Iterator<Item = (String, &ReleasedFile)> {
    let root = format!("{}/{}/", log.area, log.table.name());
    let files = chain.releases[number as usize - 1].1.files.iter();
    files.filter_map(move |file| Some((file.path.strip_prefix(&root)?.to_owned(), file)))
}

fn add(path: &str, file: &ReleasedFile) -> Value {
    json!({ "add": {
        "path": path,
        "partitionValues": folder(path),
        "size": file.bytes,
        "modificationTime": 0,
        "dataChange": true,
        "stats": json!({ "numRecords": file.rows }).to_string(),
    } })
}

/// What the folders of `path` say, as numbers are written.
fn folder(path: &str) -> Value {
    let named = |name: &str| {
        let mut parts = path.split('/');
        let value = parts.find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
        value.and_then(|value| value.parse::<u32>().ok())
    };
    let values = FOLDER_COLUMNS.map(|name| (name, named(name).map(|value| value.to_string())));
    values
        .into_iter()
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::EpochMs;
    use crate::golden;
    use crate::lake::layout::LandingFile;
    use crate::ledger::ReleaseDeed;
    use crate::seal::BlobName;

    fn area() -> AreaId {
        AreaId::draw(&mut Entropy::from_u64(1))
    }

    /// Release `number`, of one part in 2026 and one of unknown years.
    fn release(number: u32, supersedes: Option<u32>) -> ReleaseDeed {
        let name = BlobName::draw(&mut Entropy::from_u64(2));
        let file = |path: String, rows| ReleasedFile {
            staged: LandingFile::Unclaimed { name },
            path,
            rows,
            bytes: 4_100 + rows,
            sha256: Sha256::default(),
        };
        let of = |table: Table, year| dir(area(), number).part(table, year, 0).to_string();
        let tables = [(Table::Conversations, 3), (Table::Turns, 40)];
        let parts = tables
            .into_iter()
            .flat_map(|(table, rows)| [Some(2026), None].map(|year| file(of(table, year), rows)));
        ReleaseDeed {
            number,
            files: parts
                .chain([file(dir(area(), number).manifest().to_string(), 0)])
                .collect(),
            landed: 6,
            released: 6,
            held_back: std::collections::BTreeMap::new(),
            supersedes,
            ..ReleaseDeed::default()
        }
    }

    #[test]
    fn the_log_of_a_release_its_successor_and_its_withdrawal() {
        let releases = [release(1, None), release(2, Some(1))];
        let chain = TenantChain {
            area: Some(area()),
            releases: releases
                .map(|release| (EpochMs(1_800_000_000_123), release))
                .into(),
            changes: vec![
                Change::Released(1),
                Change::Released(2),
                Change::Withdrawn(2),
            ],
            ..TenantChain::default()
        };
        let table = Table::Conversations;
        let log = DeltaLog {
            area: area(),
            table,
        };
        let commits = (0..3).map(|n| commit(&chain, log, n));
        let text: Vec<u8> = commits.flat_map(|commit| commit.to_vec()).collect();
        let text = String::from_utf8(text).expect("text");
        assert!(!text.contains("1800000000"), "no time");
        assert!(!text.contains("turns/year"), "its own table's files alone");
        golden::check("tests/golden/formats/delta-v1.jsonl", &text);
        let other = DeltaLog {
            table: Table::Turns,
            ..log
        };
        assert_ne!(table_id(log), table_id(other));
    }
}
