//! Sealed files: by their timers, and only when what they became is there.

use super::super::report::{FilesReport, Outcome};
use super::parts::Fuse;
use super::*;
use crate::ledger::SampleDeed;

const AT: EpochMs = START.plus(9 * SECOND);

fn of<'a>(report: &'a PurgeReport, purpose: &str) -> &'a FilesReport {
    let found = report.files.iter().find(|f| f.purpose == purpose);
    found.expect("a report of the purpose")
}

/// One slot with one file of `purpose`.
async fn one(purpose: Option<Purpose>) -> (World, LandingFile) {
    let mut world = World::new(PurgeAfter::Committed);
    world.commit(&[], &[purpose]).await;
    let file = world.named[0][0].clone();
    (world, file)
}

#[tokio::test]
async fn each_goes_by_its_timer_and_not_before() {
    for (purpose, days) in [
        (Some(Purpose::Quarantine), 5),
        (Some(Purpose::HeldBack), 4),
        (None, 2),
    ] {
        let (mut world, file) = one(purpose).await;
        world.run(AT.plus(days * DAY - 1)).await;
        assert!(world.exists(&file).await, "{purpose:?} before its time");
        let report = world.run(AT.plus(days * DAY)).await;
        assert!(!world.exists(&file).await, "{purpose:?} after its time");
        let name = purpose.map_or("unclaimed", Purpose::segment);
        assert_eq!((of(&report, name).due, of(&report, name).gone), (1, 1));
    }
}

#[tokio::test]
async fn unclaimed_files_go_by_the_operator_s_chain() {
    let (mut world, _) = one(None).await;
    world.run(AT.plus(2 * DAY)).await;
    assert!(world.receipts().await.is_empty());
    let operator = world.well().journal.operator();
    let (_, entries) = operator.read().await.expect("verifies");
    let receipts = entries
        .iter()
        .filter(|e| matches!(e.deed, Deed::Purged { .. }));
    assert_eq!(receipts.count(), 1);
}

#[tokio::test]
async fn landing_goes_after_its_release_is_in_research() {
    let (mut world, file) = one(Some(Purpose::Landing)).await;
    world.run(AT.plus(100 * DAY)).await;
    assert!(world.exists(&file).await, "not released");
    let released = AT.plus(100 * DAY);
    let staged = world.release(0..1, released, false).await;
    let report = world.run(released.plus(DAY)).await;
    assert!(world.exists(&file).await && world.exists(&staged).await);
    for purpose in ["landing", "stage"] {
        let blocked = &of(&report, purpose).blocked;
        assert_eq!(
            blocked.iter().map(|b| b.why).collect::<Vec<_>>(),
            ["release"]
        );
    }
    let scope = world.well();
    let area = world.chain().await.0.area.expect("founded");
    let manifest = ReleaseDir { area, number: 1 }.manifest();
    let bytes = Bytes::from_static(b"{}");
    scope.stores.research.put_if_absent(&manifest, bytes).await;
    world.run(released.plus(DAY - 1)).await;
    assert!(world.exists(&file).await, "within its grace");
    world.run(released.plus(DAY)).await;
    assert!(!world.exists(&file).await && !world.exists(&staged).await);
    let mut receipts = world.receipts().await;
    receipts.retain(|receipt| matches!(receipt, Receipt::FilesGone { files: 1 }));
    assert_eq!(receipts.len(), 2);
}

#[tokio::test]
async fn another_manifest_than_the_one_released_blocks() {
    let (mut world, file) = one(Some(Purpose::Landing)).await;
    let (chain, _) = {
        let journal = world.well().journal;
        journal
            .open(AT, &mut Entropy::from_u64(1))
            .await
            .expect("opens")
    };
    let area = chain.area.expect("founded");
    let manifest = ReleaseDir { area, number: 1 }.manifest();
    let bytes = Bytes::from_static(b"{ }");
    let research = world.well().stores.research;
    research.put_if_absent(&manifest, bytes).await;
    world.release(0..1, AT, true).await;
    world.run(AT.plus(DAY)).await;
    assert!(world.exists(&file).await);
}

#[tokio::test]
async fn an_altered_or_missing_file_is_told_of_and_kept() {
    for (bytes, why) in [(Some(&b"other"[..]), "altered"), (None, "missing")] {
        let (mut world, file) = one(Some(Purpose::Quarantine)).await;
        world.spoil(&file, bytes).await;
        let report = world.run(AT.plus(6 * DAY)).await;
        let blocked = &of(&report, "quarantine").blocked;
        assert_eq!((blocked[0].why, blocked[0].overdue_ms), (why, DAY));
        assert_eq!(world.exists(&file).await, bytes.is_some());
        assert!(world.receipts().await.is_empty());
    }
}

#[tokio::test]
async fn a_hold_keeps_every_file() {
    let mut world = World::new(PurgeAfter::Committed);
    let purposes = [
        Some(Purpose::Quarantine),
        Some(Purpose::HeldBack),
        Some(Purpose::Landing),
        None,
    ];
    world.commit(&[], &purposes).await;
    let staged = world.release(0..1, AT, true).await;
    let scope = world.well();
    let orphan = world.file(&scope, Some(Purpose::Landing)).await.file;
    world.hold(AT).await;
    let report = world.run(AT.plus(100 * DAY)).await;
    let files = world.named[0].clone();
    for file in files.iter().chain([&staged, &orphan]) {
        assert!(world.exists(file).await, "{file:?}");
    }
    for report in &report.files {
        assert_eq!(report.outcomes, [Outcome::Held], "{}", report.purpose);
    }
    assert_eq!(
        (report.sweep.orphans, report.sweep.blocked),
        (1, Some("hold"))
    );
}

#[tokio::test]
async fn the_sweep_takes_what_nothing_names_and_nothing_else() {
    let mut world = World::new(PurgeAfter::Released);
    let purposes = [Some(Purpose::Landing), Some(Purpose::Index)];
    world.commit(&[], &purposes).await;
    let staged = world.release(0..1, START, false).await;
    world.commit(&[], &purposes).await;
    let scope = world.well();
    let mut orphans = Vec::new();
    for purpose in Purpose::ALL {
        orphans.push(world.file(&scope, Some(purpose)).await.file);
    }
    let report = world.run(START).await;
    let named = world.named.concat();
    for file in named.iter().chain([&staged]) {
        assert!(world.exists(file).await, "{file:?}");
    }
    for (file, purpose) in orphans.iter().zip(Purpose::ALL) {
        assert!(!world.exists(file).await, "{purpose:?}");
    }
    assert_eq!((report.sweep.orphans, report.sweep.gone), (6, 6));
}

#[tokio::test]
async fn the_sweep_spares_what_a_sample_was_drawn_of() {
    let (mut world, _) = one(Some(Purpose::Landing)).await;
    let scope = world.well();
    let [kept, orphan] = [7, 8].map(|n| BlobName::draw(&mut Entropy::from_u64(n)));
    for name in [kept, orphan] {
        let put = scope
            .stores
            .landing
            .put_evidence(scope.id(), name, Bytes::from("00\n"));
        put.await.expect("memory");
    }
    let inputs = vec![InputRange {
        place: world.place.clone(),
        epoch: 0,
        from: 0,
        to: 1,
    }];
    let sample = SampleDeed {
        sample: kept,
        inputs,
        later: Vec::new(),
        of: 1,
        count: 1,
        frame: Sha256::default(),
        sealed: Sha256::default(),
    };
    world.tell(Deed::SampleDrawn(sample), START).await;
    let report = world.run(START).await;
    assert_eq!((report.sweep.orphans, report.sweep.gone), (1, 1));
    let tenant = scope.id().clone();
    assert!(
        world
            .exists(&LandingFile::Evidence { tenant, name: kept })
            .await
    );
}

#[tokio::test]
async fn the_sweep_spares_what_is_young() {
    let mut world = World::new(PurgeAfter::Committed);
    let scope = world.well();
    let orphan = world.file(&scope, Some(Purpose::Landing)).await.file;
    let folder = crate::lake::layout::Folder::tenant(scope.id());
    let listed = scope.stores.landing.list(&folder).await.expect("lists");
    let written = listed[0].modified;
    world
        .run(written.plus(super::super::ORPHAN_AFTER_MS - 1))
        .await;
    assert!(world.exists(&orphan).await);
    world.run(written.plus(super::super::ORPHAN_AFTER_MS)).await;
    assert!(!world.exists(&orphan).await);
}

#[tokio::test]
async fn the_sweep_stops_where_evidence_cannot_be_read() {
    let (mut world, _) = one(Some(Purpose::Landing)).await;
    let scope = world.well();
    let orphan = world.file(&scope, Some(Purpose::Landing)).await.file;
    let log = read::log(&world.place, 0);
    let slot = read::slot(&scope.stores.state, &log, 0)
        .await
        .expect("reads");
    let name = &slot.expect("a slot").0.leaves[scope.id()].name;
    let evidence = LandingFile::Evidence {
        tenant: scope.id().clone(),
        name: BlobName::parse(name).expect("a name"),
    };
    world.spoil(&evidence, None).await;
    let report = world.run(START).await;
    assert_eq!(report.sweep.blocked, Some("evidence"));
    assert!(world.exists(&orphan).await && world.exists(&world.named[0][0].clone()).await);
}

#[tokio::test]
async fn a_topic_given_away_keeps_its_files_named() {
    let (mut world, file) = one(Some(Purpose::Landing)).await;
    world.tenant.topics = vec![String::from("other")];
    let report = world.run(START).await;
    assert!(world.exists(&file).await);
    assert!(
        report.partitions.is_empty(),
        "its records are another's now"
    );
}

#[tokio::test]
async fn a_file_that_will_not_go_has_no_receipt() {
    let (mut world, file) = one(Some(Purpose::Quarantine)).await;
    // The process ends right after the deletion; nothing was verified.
    let due = AT.plus(5 * DAY);
    let mut at = 0;
    while world.exists(&file).await {
        let fuse = Fuse::at(at, true);
        let _ended = world.try_run(due, &fuse).await;
        at += 1;
    }
    assert!(world.receipts().await.is_empty());
    world.run(due).await;
    assert_eq!(world.receipts().await, [Receipt::FilesGone { files: 1 }]);
}
