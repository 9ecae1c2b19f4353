//! More than usual waits for a person; each run is a fresh process.

use super::*;
use crate::ledger::Approval;
use crate::purge::{GRACE_MS, Obstacle, Outcome};

/// Old enough for every record and file to go.
const AGED: EpochMs = START.plus(11 * DAY);

/// Two slots of ten records, each with a quarantined file, and a tenant of whom
/// fifteen records or one file may go at once.
async fn two(at_least: u64) -> World {
    let mut world = World::new(PurgeAfter::Committed);
    world.tenant.unusual.at_least = at_least;
    for _ in 0..2 {
        world.commit(&[], &[Some(Purpose::Quarantine)]).await;
    }
    world
}

fn waiting(report: &PurgeReport) -> Vec<(u64, u64, Approval)> {
    let outcomes = report.waiting().filter_map(|outcome| match outcome {
        Outcome::Waiting {
            amount,
            most,
            approval,
            ..
        } => Some((*amount, *most, approval.clone())),
        _ => None,
    });
    outcomes.collect()
}

#[tokio::test]
async fn what_is_more_than_usual_waits_until_it_is_approved() {
    let mut world = two(1).await;
    let report = world.run(AGED).await;
    let [records, files] = &waiting(&report)[..] else {
        panic!("{report:?}");
    };
    assert_eq!((records.0, records.1, files.0, files.1), (20, 1, 2, 1));
    assert_eq!(world.low(), 0);
    assert!(world.exists(&world.named[0][0].clone()).await);
    let block = report.partitions[0].block.expect("overdue");
    assert_eq!(block.obstacle, Obstacle::Approval);

    for (_, _, approval) in [records, files] {
        let approval = approval.clone();
        world.tell(Deed::PurgeApproved { approval }, AGED).await;
    }
    let report = world.run(AGED).await;
    assert_eq!(waiting(&report), []);
    assert_eq!(world.low(), 20);
    assert!(!world.exists(&world.named[0][0].clone()).await);
}

#[tokio::test]
async fn an_approval_reaches_no_further_than_it_says() {
    let mut world = two(1).await;
    let approval = Approval::Records {
        place: world.place.clone(),
        epoch: 0,
        upto: 10,
    };
    world.tell(Deed::PurgeApproved { approval }, AGED).await;
    world.run(AGED).await;
    assert_eq!(world.low(), 10);
    world.run(AGED).await;
    assert_eq!(world.low(), 10, "the rest waits for its own");
}

/// Commits so many slots of ten records, and runs at a moment of its own.
async fn more(world: &mut World, slots: usize, nth: i64) -> PurgeReport {
    for _ in 0..slots {
        world.commit(&[], &[]).await;
    }
    world.run(AGED.plus(nth)).await
}

#[tokio::test]
async fn the_usual_goes_unasked() {
    let mut world = two(20).await;
    let report = more(&mut world, 0, 0).await;
    assert_eq!((waiting(&report), world.low()), (Vec::new(), 20));
    // From the next on it is known how many went.
    more(&mut world, 1, 1).await;
    world.tenant.unusual.at_least = 1;
    more(&mut world, 5, 2).await;
    assert_eq!(world.low(), 80, "five times ten");
    let report = more(&mut world, 26, 3).await;
    let [(amount, most, _)] = &waiting(&report)[..] else {
        panic!("{report:?}");
    };
    assert_eq!(
        (world.low(), *amount, *most),
        (80, 260, 250),
        "of ten and fifty"
    );
}

#[tokio::test]
async fn what_waits_beyond_its_deadline_is_a_block() {
    let mut world = two(1).await;
    let late = AGED.plus(GRACE_MS);
    let report = world.run(late).await;
    assert!(report.overdue().next().is_some());
    let overdue = report.waiting().find_map(|outcome| match outcome {
        Outcome::Waiting { overdue_ms, .. } if *overdue_ms > 0 => Some(*overdue_ms),
        _ => None,
    });
    assert!(overdue.is_some_and(|ms| ms > GRACE_MS), "{overdue:?}");
}
