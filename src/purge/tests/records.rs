//! Records: exactly to the bound, never before, with proof.

use super::super::plan::Limit;
use super::super::records::Records;
use super::super::report::{Obstacle, Outcome, PartitionReport};
use super::super::silent::UntilSilent;
use super::super::verify::Unsound;
use super::parts::{Deletes, Fuse};
use super::*;
use crate::source::SourceError;

const LANDING: &[Option<Purpose>] = &[Some(Purpose::Landing), Some(Purpose::Index)];
/// Old enough for every record to go.
const AGED: EpochMs = START.plus(11 * DAY);

/// Three slots; offset 17 stays open from the second on.
async fn three(after: PurgeAfter) -> World {
    let mut world = World::new(after);
    for open in [&[][..], &[17], &[17]] {
        world.commit(open, LANDING).await;
    }
    world
}

fn only(report: &PurgeReport) -> &PartitionReport {
    match &report.partitions[..] {
        [one] => one,
        other => panic!("one partition, not {other:?}"),
    }
}

#[track_caller]
fn check(world: &World, report: &PurgeReport, low: i64, limit: Limit) {
    assert_eq!((world.low(), only(report).limit), (low, limit));
    assert_eq!(only(report).low_after, Some(low));
}

#[tokio::test]
async fn records_go_to_the_open_one_and_the_receipt_says_so() {
    let mut world = three(PurgeAfter::Committed).await;
    let report = world.run(AGED).await;
    check(&world, &report, 17, Limit::Committed);
    let gone = Receipt::RecordsGone {
        answered_low: 17,
        read_low: 17,
        fetch_below_refused: true,
        on_disk_until: AGED.plus(60_000 + 10 * DAY + DAY + 3_600_000),
    };
    assert_eq!(world.receipts().await, [gone]);
    let again = world.run(AGED).await;
    assert_eq!(only(&again).outcome, Outcome::Nothing);
    assert_eq!(world.receipts().await.len(), 1, "what is gone stays gone");
}

#[tokio::test]
async fn records_go_on_their_day_and_not_before() {
    let mut world = three(PurgeAfter::Committed).await;
    let early = world.run(START.plus(10 * DAY - 1)).await;
    check(&world, &early, 0, Limit::Age);
    let first = world.run(START.plus(10 * DAY)).await;
    check(&world, &first, 1, Limit::Age);
    let fifth = world.run(START.plus(10 * DAY + 4 * SECOND)).await;
    check(&world, &fifth, 5, Limit::Age);
}

#[tokio::test]
async fn a_conversation_closed_later_lets_the_records_below_go() {
    let mut world = three(PurgeAfter::Committed).await;
    world.run(AGED).await;
    world.commit(&[], LANDING).await;
    let report = world.run(AGED).await;
    check(&world, &report, 40, Limit::Committed);
}

#[tokio::test]
async fn only_what_is_released_goes_where_that_is_asked() {
    let mut world = three(PurgeAfter::Released).await;
    let none = world.run(AGED).await;
    check(&world, &none, 0, Limit::Released);
    world.release(0..1, AGED, true).await;
    let one = world.run(AGED).await;
    check(&world, &one, 10, Limit::Released);
    world.release(1..3, AGED, true).await;
    let all = world.run(AGED).await;
    check(&world, &all, 17, Limit::Committed);
}

#[tokio::test]
async fn records_wait_for_the_groups_that_must_have_read_them() {
    let mut world = three(PurgeAfter::Committed).await;
    world.tenant.requires_groups = vec![String::from("billing"), String::from("archive")];
    let commit = |world: &World, group: &str, offset| {
        world.cluster().groups.insert(group.to_owned(), offset);
    };
    commit(&world, "billing", 12);
    let none = world.run(AGED).await;
    check(&world, &none, 0, Limit::Group);
    commit(&world, "archive", 30);
    let some = world.run(AGED).await;
    check(&world, &some, 12, Limit::Group);
    commit(&world, "billing", 30);
    let all = world.run(AGED).await;
    check(&world, &all, 17, Limit::Committed);
}

#[tokio::test]
async fn an_altered_or_missing_file_blocks_what_rests_on_it() {
    for (bytes, why) in [
        (Some(&b"other"[..]), Unsound::Altered),
        (None, Unsound::Missing),
    ] {
        let mut world = three(PurgeAfter::Committed).await;
        let file = world.named[1][0].clone();
        world.spoil(&file, bytes).await;
        let report = world.run(AGED.plus(DAY)).await;
        check(&world, &report, 10, Limit::Unverified);
        assert_eq!(only(&report).unsound, Some((1, why)));
        let block = only(&report).block.expect("overdue");
        assert_eq!(block.obstacle, Obstacle::Unverified);
        assert_eq!(block.overdue_ms, 2 * DAY - 10 * SECOND);
    }
}

#[tokio::test]
async fn altered_evidence_blocks_its_slot() {
    let mut world = three(PurgeAfter::Committed).await;
    let scope = world.well();
    let log = read::log(&world.place, 0);
    let slot = read::slot(&scope.stores.state, &log, 0)
        .await
        .expect("reads");
    let (slot, _) = slot.expect("a slot");
    let name = BlobName::parse(&slot.leaves[scope.id()].name).expect("a name");
    let tenant = scope.id().clone();
    let file = LandingFile::Evidence { tenant, name };
    world.spoil(&file, Some(b"{}")).await;
    let report = world.run(AGED).await;
    check(&world, &report, 0, Limit::Unverified);
    assert_eq!(report.sweep.gone, 0);
}

#[tokio::test]
async fn a_slot_whose_files_went_by_their_timers_still_counts() {
    let mut world = three(PurgeAfter::Released).await;
    world.release(0..3, START.plus(DAY), true).await;
    let files = world.run(START.plus(3 * DAY)).await;
    check(&world, &files, 0, Limit::Age);
    assert!(!world.exists(&world.named[0][0].clone()).await);
    let report = world.run(AGED).await;
    check(&world, &report, 17, Limit::Committed);
}

#[tokio::test]
async fn a_hold_blocks_and_lifting_it_lets_go() {
    let mut world = three(PurgeAfter::Committed).await;
    world.hold(START).await;
    let held = world.run(AGED.plus(DAY)).await;
    assert_eq!(only(&held).outcome, Outcome::Held);
    let block = only(&held).block.expect("overdue");
    assert_eq!(block.obstacle, Obstacle::Hold);
    assert_eq!(
        (world.low(), &held.holds[..]),
        (0, &[String::from("h")][..])
    );
    assert!(world.chain().await.0.intents.is_empty());
    let hold = String::from("h");
    world.tell(Deed::HoldLifted { hold }, AGED).await;
    world.run(AGED).await;
    assert_eq!(world.low(), 17);
}

#[tokio::test]
async fn a_hold_after_the_intent_is_honoured_while_nothing_is_gone() {
    let mut world = three(PurgeAfter::Committed).await;
    let purge = crate::ledger::KafkaPurge {
        place: world.place.clone(),
        epoch: 0,
        upto: 17,
        verified_slot: 2,
    };
    let target = crate::ledger::PurgeTarget::Kafka(purge);
    world.tell(Deed::PurgeIntended { target }, AGED).await;
    world.hold(AGED).await;
    world.run(AGED).await;
    assert_eq!(world.low(), 0);
    let why = String::from("hold");
    assert_eq!(world.receipts().await, [Receipt::GivenUp { why }]);
}

#[tokio::test]
async fn an_intent_beyond_the_bound_is_given_up() {
    let mut world = three(PurgeAfter::Committed).await;
    let purge = crate::ledger::KafkaPurge {
        place: world.place.clone(),
        epoch: 0,
        upto: 18,
        verified_slot: 2,
    };
    let target = crate::ledger::PurgeTarget::Kafka(purge);
    world.tell(Deed::PurgeIntended { target }, AGED).await;
    world.run(AGED).await;
    let why = String::from("bound");
    assert_eq!(world.receipts().await[0], Receipt::GivenUp { why });
    assert_eq!(world.low(), 0, "a run goes on with one intent only");
    world.run(AGED).await;
    assert_eq!(world.low(), 17);
}

#[tokio::test]
async fn a_broker_that_cannot_delete_is_told_of_once() {
    let mut world = three(PurgeAfter::Committed).await;
    world.cluster().deletes = Deletes::Never;
    let fuse = Fuse::none();
    let (mut purger, connection) = (world.purger(&fuse), world.connection(&fuse));
    let mut entropy = Entropy::from_u64(3);
    let mut outcomes = Vec::new();
    for _ in 0..3 {
        let mut run = Run {
            now: AGED,
            execute: true,
            entropy: &mut entropy,
        };
        let report = purger.run(Some(&connection), &mut run).await;
        outcomes.push(only(&report.expect("runs")).outcome.clone());
    }
    assert!(matches!(outcomes[0], Outcome::Concluded { .. }));
    assert_eq!(outcomes[1..], [Outcome::Unsupported, Outcome::Unsupported]);
    assert_eq!(world.receipts().await, [Receipt::Unsupported]);
}

#[tokio::test]
async fn words_are_no_proof() {
    let mut world = three(PurgeAfter::Committed).await;
    world.cluster().deletes = Deletes::InWords;
    let report = world.run(AGED).await;
    assert!(matches!(only(&report).outcome, Outcome::Pending { .. }));
    assert!(world.receipts().await.is_empty());
    world.cluster().deletes = Deletes::Well;
    world.run(AGED).await;
    assert_eq!((world.low(), world.receipts().await.len()), (17, 1));
}

#[tokio::test]
async fn a_topic_made_anew_is_left_alone() {
    for (records, other) in [(29, false), (50, true)] {
        let mut world = three(PurgeAfter::Committed).await;
        let times = (0..records).map(|n| START.plus(n * SECOND)).collect();
        let low = 0;
        let anew = Topic { low, times, other };
        let place = world.place.clone();
        world.cluster().topics.insert(place, anew);
        let report = world.run(AGED).await;
        assert!(matches!(only(&report).outcome, Outcome::Stopped { .. }));
        assert_eq!(world.low(), 0);
    }
}

#[tokio::test]
async fn a_low_watermark_that_went_back_stops_the_purge() {
    let mut world = three(PurgeAfter::Committed).await;
    world.run(AGED).await;
    let place = world.place.clone();
    world.cluster().topics.get_mut(&place).expect("it").low = 0;
    let report = world.run(AGED).await;
    assert!(matches!(only(&report).outcome, Outcome::Stopped { .. }));
    assert_eq!(world.low(), 0);
}

#[tokio::test]
async fn of_a_lapsed_tenant_the_timer_says_that_it_is_paused() {
    let mut world = World::new(PurgeAfter::Committed);
    world.commit(&[0], LANDING).await;
    world.tenant.authorization.expires = AGED;
    let report = world.run(AGED.plus(DAY)).await;
    check(&world, &report, 0, Limit::Committed);
    let block = only(&report).block.expect("overdue");
    assert_eq!(block.obstacle, Obstacle::Paused);
}

#[tokio::test]
async fn what_nobody_processed_is_never_deleted_but_told_of() {
    let mut world = World::new(PurgeAfter::Committed);
    world.commit(&[0], LANDING).await;
    let report = world.run(AGED.plus(DAY)).await;
    check(&world, &report, 0, Limit::Committed);
    let block = only(&report).block.expect("overdue");
    assert_eq!(block.obstacle, Obstacle::Unprocessed);
    assert_eq!(block.overdue_ms, 2 * DAY);
    assert_eq!(report.overdue().count(), 1);
}

#[tokio::test]
async fn a_dry_run_changes_nothing() {
    let mut world = three(PurgeAfter::Committed).await;
    let fuse = Fuse::none();
    let (mut purger, connection) = (world.purger(&fuse), world.connection(&fuse));
    let mut entropy = Entropy::from_u64(3);
    let mut run = Run {
        now: AGED,
        execute: false,
        entropy: &mut entropy,
    };
    let report = purger.run(Some(&connection), &mut run).await;
    let report = report.expect("runs");
    assert_eq!(only(&report).outcome, Outcome::Due);
    assert_eq!(only(&report).bound.map(|b| b.upto), Some(17));
    assert_eq!((world.low(), world.chain().await.1.len()), (0, 0));
}

#[tokio::test]
async fn a_silent_cluster_is_asked_once_for_the_whole_run() {
    let fuse = Fuse::at(0, false);
    let connection = parts::Connection(Arc::default(), Arc::clone(&fuse));
    let broker = UntilSilent::new(connection);
    for partition in 0..12 {
        let place = TopicPartition::new("calls", partition);
        let silent = |error: SourceError| matches!(error, SourceError::Unavailable { .. });
        assert!(broker.watermarks(&place).await.is_err_and(silent));
        assert!(broker.record_from(&place, 0).await.is_err_and(silent));
        assert!(broker.committed("group", &place).await.is_err_and(silent));
    }
    assert_eq!(
        fuse.done(),
        2,
        "the first question, and whether any answers"
    );
}
