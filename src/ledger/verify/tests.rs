//! Nothing can be taken away, changed or reordered unseen.

use std::sync::Arc;

use bytes::Bytes;
use futures::TryStreamExt;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};

use super::river::{Memory, Writer, range, river};
use super::*;
use crate::domain::EpochMs;
use crate::lake::layout::LandingFile;
use crate::ledger::{Deed, PurgeTarget, Receipt, ReleaseDeed};
use crate::seal::BlobName;

fn deep(expected: Option<&Heads>) -> Ask {
    Ask {
        tenant: None,
        deep: true,
        expected: expected.cloned(),
    }
}

async fn verified(memory: &Memory, ask: &Ask) -> Report {
    let told = &mut |_: &Counted| ();
    verify(&memory.stores(), ask, told).await.expect("reads")
}

/// What is wrong, as `reason path` or `reason path: what`.
async fn flaws(memory: &Memory, ask: &Ask) -> Vec<(Reason, String)> {
    let report = verified(memory, ask).await;
    report
        .flaws
        .into_iter()
        .map(|f| (f.reason, f.path))
        .collect()
}

async fn objects(store: &InMemory) -> Vec<(Path, Bytes)> {
    let listed: Vec<_> = store.list(None).try_collect().await.expect("lists");
    let mut objects = Vec::new();
    for meta in listed {
        let got = store.get(&meta.location).await.expect("gets");
        objects.push((meta.location, got.bytes().await.expect("reads")));
    }
    objects.sort();
    objects
}

async fn put(store: &InMemory, path: &Path, bytes: Bytes) {
    let payload = PutPayload::from_bytes(bytes);
    store.put(path, payload).await.expect("puts");
}

/// The three stores of a fork, by number.
fn store(memory: &Memory, i: usize) -> Arc<InMemory> {
    [&memory.state, &memory.landing, &memory.research][i].clone()
}

#[tokio::test]
async fn a_sound_river_verifies_and_is_counted() {
    let memory = river().await;
    let report = verified(&memory, &deep(None)).await;
    assert_eq!(report.flaws, []);
    let counted = report.counted;
    assert_eq!((counted.slots, counted.evidence), (9, 7));
    assert_eq!((counted.files, counted.files_gone), (14, 2));
    assert_eq!((counted.files_read, counted.published_read), (12, 9));
    assert_eq!(counted.conversations, 21);
    let logs: Vec<_> = report
        .heads
        .logs
        .iter()
        .map(|l| (l.slots, l.closed))
        .collect();
    assert_eq!(logs, [(4, true), (2, false), (3, false)]);
    let north = &report.heads.chains[0];
    assert_eq!((north.releases, north.holds.len()), (2, 1));
    assert_eq!(north.void_intents.len(), 1);
    assert_eq!(north.purges["files_gone"], 1);
    let again = verified(&memory, &deep(Some(&report.heads))).await;
    assert_eq!(again, report, "noted heads are met");
}

#[tokio::test]
async fn one_tenant_is_verified_alone() {
    let memory = river().await;
    let tenant = TenantId::parse("south-east");
    let ask = Ask {
        tenant,
        ..deep(None)
    };
    let report = verified(&memory, &ask).await;
    assert_eq!(report.flaws, []);
    assert_eq!((report.counted.evidence, report.heads.chains.len()), (3, 1));
}

/// The last entries, which nothing follows.
const TAILS: [&str; 4] = [
    "log/north.calls/0/000001/000000000001.json",
    "log/south.chats/2/000000/000000000002.json",
    "tenants/north/chain/000000000010.json",
    "tenants/south-east/chain/000000000001.json",
];

/// Where each object is changed by `change`, something is seen; at the last
/// entry of a chain, only by whoever noted the heads.
async fn every_object<F, C>(change: F)
where
    F: Fn(Arc<InMemory>, Path, Bytes) -> C,
    C: Future<Output = ()>,
{
    let memory = river().await;
    let heads = verified(&memory, &deep(None)).await.heads;
    for i in 0..3 {
        for (path, bytes) in objects(&store(&memory, i)).await {
            let fork = memory.fork();
            change(store(&fork, i), path.clone(), bytes).await;
            let seen = flaws(&fork, &deep(Some(&heads))).await;
            assert!(!seen.is_empty(), "{path} with noted heads");
            if !TAILS.contains(&path.as_ref()) {
                let seen = flaws(&fork, &deep(None)).await;
                assert!(!seen.is_empty(), "{path} alone");
            }
        }
    }
}

#[tokio::test]
async fn removing_any_object_is_seen() {
    every_object(|store, path, _| async move {
        store.delete(&path).await.expect("deletes");
    })
    .await;
}

#[tokio::test]
async fn changing_a_byte_of_any_object_is_seen() {
    for k in 0..8 {
        every_object(move |store, path, bytes| async move {
            let mut bytes = bytes.to_vec();
            let at = (bytes.len() - 1) * k / 7;
            bytes[at] ^= 1 << (k % 5);
            put(&store, &path, bytes.into()).await;
        })
        .await;
    }
}

#[tokio::test]
async fn exchanging_any_two_objects_is_seen() {
    let memory = river().await;
    for i in 0..3 {
        let objects = objects(&store(&memory, i)).await;
        for (j, (a, of_a)) in objects.iter().enumerate() {
            for (b, of_b) in &objects[j + 1..] {
                let fork = memory.fork();
                put(&store(&fork, i), a, of_b.clone()).await;
                put(&store(&fork, i), b, of_a.clone()).await;
                let seen = flaws(&fork, &deep(None)).await;
                assert!(!seen.is_empty(), "{a} and {b}");
            }
        }
    }
}

#[tokio::test]
async fn an_object_that_is_none_of_the_chain_is_seen() {
    let memory = river().await;
    let cases = [
        (0, "log/north.calls/0/000000/notes.txt", Reason::Stray),
        (0, "tenants/north/chain/11.json", Reason::Stray),
    ];
    for (i, path, reason) in cases {
        let fork = memory.fork();
        put(&store(&fork, i), &Path::from(path), Bytes::from("x")).await;
        let seen = flaws(&fork, &deep(None)).await;
        assert_eq!(seen, [(reason, path.to_owned())]);
    }
    let writer = &mut Writer::new(&memory.stores(), "north");
    let path = format!("{}/turns/extra.parquet", writer.area().await);
    put(&memory.research, &Path::from(path.as_str()), Bytes::new()).await;
    assert_eq!(
        flaws(&memory, &Ask::default()).await,
        [(Reason::Unnamed, path)]
    );
}

#[tokio::test]
async fn a_noted_head_is_missed_or_found_changed() {
    let memory = river().await;
    let heads = verified(&memory, &Ask::default()).await.heads;
    let text = serde_json::to_string(&heads).expect("json");
    let read: Heads = serde_json::from_str(&text).expect("reads back");
    assert_eq!(read, heads);
    let fork = memory.fork();
    let last = Path::from(TAILS[3]);
    fork.state.delete(&last).await.expect("deletes");
    let ask = Ask {
        expected: Some(heads),
        ..Ask::default()
    };
    let seen = flaws(&fork, &ask).await;
    assert!(seen.contains(&(Reason::Shortened, TAILS[3].to_owned())));
    let mut later = Writer::new(&memory.stores(), "south-east");
    let hold = String::from("later");
    later
        .deed(Deed::HoldPlaced {
            hold,
            freezes: false,
            reason: None,
        })
        .await;
    assert_eq!(flaws(&memory, &ask).await, [], "a chain may grow");
}

/// What the last deed of `tenant`'s chain gives.
async fn check_deeds(deeds: Vec<Deed>, expected: &[(Reason, Option<&'static str>)]) {
    let memory = river().await;
    let mut writer = Writer::new(&memory.stores(), "south-east");
    for deed in deeds {
        writer.deed(deed).await;
    }
    let report = verified(&memory, &Ask::default()).await;
    let seen: Vec<_> = report.flaws.iter().map(|f| (f.reason, f.what)).collect();
    assert_eq!(seen, expected);
}

fn cut(upto: i64, verified_slot: u64) -> Deed {
    Deed::PurgeIntended {
        target: PurgeTarget::Kafka(crate::ledger::KafkaPurge {
            place: TopicPartition::new("south.chats", 2),
            epoch: 0,
            upto,
            verified_slot,
        }),
    }
}

fn records_gone(low: i64, refused: bool) -> Deed {
    let receipt = Receipt::RecordsGone {
        answered_low: low,
        read_low: low,
        fetch_below_refused: refused,
        on_disk_until: EpochMs(9),
    };
    Deed::Purged { intent: 2, receipt }
}

#[tokio::test]
async fn purges_are_held_against_the_slots_they_rest_on() {
    check_deeds(vec![cut(20, 1), records_gone(20, true)], &[]).await;
    check_deeds(vec![cut(21, 1)], &[(Reason::PurgedBeyond, None)]).await;
    let nowhere = Some("the slot is not there");
    check_deeds(vec![cut(1, 7)], &[(Reason::PurgedBeyond, nowhere)]).await;
    let low = Some("the low watermark lies below the cut");
    let unproven = [(Reason::Unproven, low)];
    check_deeds(vec![cut(20, 1), records_gone(19, true)], &unproven).await;
    let refused = Some("a fetch below the cut was not refused");
    let unproven = [(Reason::Unproven, refused)];
    check_deeds(vec![cut(20, 1), records_gone(20, false)], &unproven).await;
    let receipt = Receipt::FilesGone { files: 1 };
    let other = Deed::Purged { intent: 2, receipt };
    let kind = Some("it is of another kind than its intent");
    check_deeds(vec![cut(20, 1), other], &[(Reason::Unproven, kind)]).await;
}

/// Timers that were set long before; those of records and of quarantine.
fn timers(kafka_ms: i64, quarantine_ms: i64) -> Deed {
    Deed::TimersSet(crate::ledger::SetTimers {
        kafka_ms,
        quarantine_ms,
        held_back_ms: 1,
        landing_grace_ms: 1,
    })
}

#[tokio::test]
async fn a_purge_before_its_timer_is_seen() {
    // Records of moment 0 and an intent of moment 8.
    check_deeds(vec![timers(8, 1), cut(20, 1)], &[]).await;
    let early = [(Reason::PurgedEarly, None)];
    check_deeds(vec![timers(9, 1), cut(20, 2)], &early).await;
    check_deeds(vec![timers(9, 1), cut(10, 1)], &early).await;
    check_deeds(vec![timers(9, 1), timers(1, 1), cut(10, 1)], &early).await;
    check_deeds(vec![timers(1, 1), timers(9, 1), cut(10, 1)], &early).await;
    // Evidence of moment 5.
    for (quarantine_ms, expected) in [(3, 0), (4, 1)] {
        let memory = river().await;
        let mut writer = Writer::new(&memory.stores(), "west");
        let mut log = Writer::begin(TopicPartition::new("west", 0));
        let files = writer.slot(&mut log, &[]).await;
        writer.deed(timers(1, quarantine_ms)).await;
        writer.purge_files(&files[1..]).await;
        let report = verified(&memory, &Ask::default()).await;
        let seen: Vec<_> = report.flaws.iter().map(|flaw| flaw.reason).collect();
        assert_eq!(seen, vec![Reason::PurgedEarly; expected], "{quarantine_ms}");
    }
}

fn released(landed: u64, released: u64, to: u64) -> Deed {
    Deed::Released(ReleaseDeed {
        number: 2,
        inputs: vec![crate::ledger::InputRange {
            place: TopicPartition::new("south.chats", 2),
            epoch: 0,
            from: 3,
            to,
        }],
        landed,
        released,
        held_back: std::collections::BTreeMap::new(),
        ..ReleaseDeed::default()
    })
}

#[tokio::test]
async fn releases_are_held_against_their_inputs() {
    check_deeds(vec![released(0, 0, 4)], &[(Reason::InputMissing, None)]).await;
    let memory = river().await;
    let mut writer = Writer::new(&memory.stores(), "west");
    let mut log = Writer::begin(TopicPartition::new("west", 0));
    writer.slot(&mut log, &[]).await;
    writer.release(1, vec![range(&log, 0, 1)], 4).await;
    let seen = flaws(&memory, &Ask::default()).await;
    let entry = |n| format!("tenants/west/chain/{n:012}.json");
    assert_eq!(seen, [(Reason::Landed, entry(1))]);
    check_deeds(
        vec![released(2, 1, 4)],
        &[(Reason::InputMissing, None), (Reason::Unbalanced, None)],
    )
    .await;
}

#[tokio::test]
async fn a_file_that_a_receipt_calls_gone_must_be() {
    let memory = river().await;
    let mut writer = Writer::new(&memory.stores(), "west");
    let mut log = Writer::begin(TopicPartition::new("west", 0));
    let files = writer.slot(&mut log, &[]).await;
    let path = files[0].file.path().to_string();
    let kept = memory.landing.get(&Path::from(path.as_str())).await;
    let kept = kept.expect("there").bytes().await.expect("reads");
    writer.purge_files(&files).await;
    assert_eq!(flaws(&memory, &deep(None)).await, []);
    put(&memory.landing, &Path::from(path.as_str()), kept).await;
    assert_eq!(
        flaws(&memory, &deep(None)).await,
        [(Reason::StillThere, path)]
    );
}

#[tokio::test]
async fn a_release_on_its_way_is_no_flaw_while_it_is_staged() {
    let memory = river().await;
    let tenant = TenantId::parse("south-east").expect("a name");
    let store = memory.stores().state;
    let journal = crate::ledger::Journal::new(store, tenant, Default::default());
    let (chain, _) = journal.read().await.expect("reads");
    let manifest = chain.releases[0].1.files.last().expect("a manifest");
    let path = Path::from(manifest.path.as_str());
    memory.research.delete(&path).await.expect("deletes");
    let missing = [(Reason::Missing, manifest.path.clone())];
    assert_eq!(flaws(&memory, &Ask::default()).await, missing);
    let staged = Path::from(manifest.staged.path().to_string());
    put(&memory.landing, &staged, Bytes::from("sealed")).await;
    let report = verified(&memory, &Ask::default()).await;
    assert_eq!(report.flaws, []);
    assert_eq!(report.heads.chains[1].unpublished, 1);
}

/// Release 1 of the south, withdrawn: what is seen when its files and its
/// notice are there or not.
async fn check_withdrawn(files: bool, notice: bool, expected: &[Reason], unremoved: u64) {
    let memory = river().await;
    let mut south = Writer::new(&memory.stores(), "south-east");
    let area = south.area().await;
    let reason = crate::ledger::WithdrawalReason::Instructed;
    let release = 1;
    south.deed(Deed::Withdrawn { release, reason }).await;
    if !files {
        for (path, _) in objects(&memory.research).await {
            if path.as_ref().starts_with(&area.to_string()) {
                memory.research.delete(&path).await.expect("deletes");
            }
        }
    }
    if notice {
        let dir = crate::lake::layout::ReleaseDir { area, number: 1 };
        let path = Path::from(dir.withdrawn().to_string());
        let bytes = crate::release::withdrawn_notice(1);
        put(&memory.research, &path, bytes).await;
    }
    let report = verified(&memory, &deep(None)).await;
    let seen: Vec<_> = report.flaws.iter().map(|flaw| flaw.reason).collect();
    assert_eq!(seen, expected, "{files} {notice}");
    let head = &report.heads.chains[1];
    assert_eq!(
        (head.withdrawn.as_slice(), head.unremoved),
        ([1].as_slice(), unremoved)
    );
}

#[tokio::test]
async fn a_withdrawn_release_is_gone_once_its_notice_lies_there() {
    check_withdrawn(false, true, &[], 0).await;
    check_withdrawn(true, false, &[], 4).await;
    check_withdrawn(false, false, &[], 1).await;
    check_withdrawn(true, true, &[Reason::StillThere; 3], 0).await;
}

#[tokio::test]
async fn what_a_lost_race_leaves_behind_is_no_flaw() {
    let memory = river().await;
    let mut north = Writer::new(&memory.stores(), "north");
    let unnamed = LandingFile::Evidence {
        tenant: north.tenant.clone(),
        name: BlobName::draw(&mut north.entropy),
    };
    let path = Path::from(unnamed.path().to_string());
    put(&memory.landing, &path, Bytes::new()).await;
    assert_eq!(flaws(&memory, &deep(None)).await, []);
}
