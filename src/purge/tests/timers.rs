//! A timer that is shortened waits for a day; each run is a fresh process.

use super::parts::Fuse;
use super::*;
use crate::ledger::Shortened;

/// When the Kafka timer is shortened.
const CHANGED: EpochMs = START.plus(2 * DAY);

/// A slot whose timers were set to ten days and five; at [`CHANGED`] one of a
/// day is written for each.
async fn shortened() -> World {
    let mut world = World::new(PurgeAfter::Committed);
    world.commit(&[], &[Some(Purpose::Quarantine)]).await;
    world.run(START).await;
    world.tenant.timers.kafka_ms = DAY;
    world.tenant.timers.quarantine_ms = DAY;
    world
}

/// Whether what is due by the short timers has gone by `now`.
async fn check(world: &mut World, now: EpochMs, gone: bool) -> PurgeReport {
    let report = world.run(now).await;
    assert_eq!(world.low(), if gone { 10 } else { 0 }, "{now:?}");
    let file = world.named[0][0].clone();
    assert_eq!(world.exists(&file).await, !gone, "{now:?}");
    report
}

#[tokio::test]
async fn the_longer_one_stays_in_force_for_a_day() {
    let mut world = shortened().await;
    let report = check(&mut world, CHANGED, false).await;
    let waits = |timer, days| Shortened {
        timer,
        in_force_ms: days * DAY,
        to_ms: DAY,
        at: CHANGED.plus(DAY),
    };
    let expected = [waits("kafka", 10), waits("quarantine", 5)];
    assert_eq!(report.shortened, expected);
    check(&mut world, CHANGED.plus(DAY - 1), false).await;
    let report = check(&mut world, CHANGED.plus(DAY), true).await;
    assert_eq!(report.shortened, []);
}

#[tokio::test]
async fn a_file_put_right_stops_it() {
    let mut world = shortened().await;
    check(&mut world, CHANGED, false).await;
    world.tenant.timers = tenant(PurgeAfter::Committed).timers;
    let report = check(&mut world, CHANGED.plus(DAY / 2), false).await;
    assert_eq!(report.shortened, []);
    check(&mut world, CHANGED.plus(2 * DAY), false).await;
}

#[tokio::test]
async fn a_longer_timer_is_in_force_at_once() {
    let mut world = World::new(PurgeAfter::Committed);
    world.commit(&[], &[Some(Purpose::Quarantine)]).await;
    world.run(START).await;
    world.tenant.timers.kafka_ms = 30 * DAY;
    world.tenant.timers.quarantine_ms = 30 * DAY;
    check(&mut world, START.plus(12 * DAY), false).await;
}

#[tokio::test]
async fn what_no_run_has_seen_yet_waits_too() {
    let mut world = shortened().await;
    let mut purger = world.purger(&Fuse::none());
    let mut run = Run {
        now: CHANGED,
        execute: false,
        entropy: &mut Entropy::from_u64(1),
    };
    let report = purger.run(None, &mut run).await.expect("it answers");
    assert_eq!(report.shortened.len(), 2);
    let (chain, _) = world.chain().await;
    let longer = tenant(PurgeAfter::Committed).timers.into();
    assert_eq!(
        chain.timers.last(),
        Some(longer),
        "a dry run writes nothing"
    );
}
