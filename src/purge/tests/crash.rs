//! A process that ends at any operation of store or broker, before or after
//! it was carried out; the next one goes on.

use super::parts::Fuse;
use super::*;

const RELEASED: EpochMs = START.plus(DAY);
const NOW: EpochMs = START.plus(11 * DAY);

/// Two released slots and one that is not, a file of every purpose, orphans.
async fn world() -> World {
    let mut world = World::new(PurgeAfter::Released);
    let purposes = [
        Some(Purpose::Landing),
        Some(Purpose::Index),
        Some(Purpose::Quarantine),
        Some(Purpose::HeldBack),
        None,
    ];
    world.commit(&[], &purposes).await;
    world.commit(&[15], &purposes).await;
    world.release(0..2, RELEASED, true).await;
    world.commit(&[15], &[Some(Purpose::Landing)]).await;
    let scope = world.well();
    world.file(&scope, Some(Purpose::Landing)).await;
    world
}

/// What must hold at any moment.
async fn is_consistent(world: &mut World) {
    assert!(world.low() <= 15, "an open record is gone");
    let unreleased = world.named[2][0].clone();
    assert!(
        world.exists(&unreleased).await,
        "an unreleased file is gone"
    );
    let (chain, _) = world.chain().await;
    let purged = chain.purged_to.values().max().copied().unwrap_or(0);
    assert!(purged <= world.low(), "a receipt for what is not gone");
}

/// What must hold when a run came to its end.
async fn is_done(world: &mut World) {
    assert_eq!(world.low(), 15);
    for file in world.named[..2].concat() {
        assert!(!world.exists(&file).await, "{file:?} is left");
    }
    let (chain, _) = world.chain().await;
    assert!(chain.intents.is_empty(), "an intent is left open");
    let receipts = world.receipts().await;
    let gone = |r: &&Receipt| matches!(r, Receipt::RecordsGone { .. });
    assert_eq!(receipts.iter().filter(gone).count(), 1);
    let files = receipts.iter().map(|r| match r {
        Receipt::FilesGone { files } => *files,
        _ => 0,
    });
    // Four of each slot's five are the tenant's, and one staged file.
    assert_eq!(files.sum::<u64>(), 9);
    assert_eq!(world.cluster().cuts.len(), 1);
}

#[tokio::test]
async fn a_crash_at_any_operation_is_made_good_by_the_next_run() {
    for after in [false, true] {
        let mut at = 0;
        loop {
            let mut world = world().await;
            let fuse = Fuse::at(at, after);
            let _ended = world.try_run(NOW, &fuse).await;
            is_consistent(&mut world).await;
            world.run(NOW).await;
            is_done(&mut world).await;
            if !fuse.blown() {
                break;
            }
            at += 1;
        }
        assert!(at > 60, "a run has more operations than {at}");
    }
}

#[tokio::test]
async fn a_hold_between_crash_and_restart_lets_nothing_more_go() {
    for after in [false, true] {
        let mut at = 0;
        loop {
            let mut world = world().await;
            let fuse = Fuse::at(at, after);
            let _ended = world.try_run(NOW, &fuse).await;
            world.hold(NOW).await;
            let (low, files) = (world.low(), left(&mut world).await);
            world.run(NOW).await;
            assert_eq!((world.low(), left(&mut world).await), (low, files), "{at}");
            let (chain, _) = world.chain().await;
            assert!(chain.intents.is_empty(), "{at}: an intent is left open");
            if !fuse.blown() {
                break;
            }
            at += 1;
        }
    }
}

async fn left(world: &mut World) -> Vec<LandingFile> {
    let mut left = Vec::new();
    for file in world.named.concat() {
        if world.exists(&file).await {
            left.push(file);
        }
    }
    left
}

#[tokio::test]
async fn two_processes_at_once_purge_once() {
    let mut world = world().await;
    let well = Fuse::none();
    let (mut one, mut two) = (world.purger(&well), world.purger(&well));
    let connection = world.connection(&well);
    let (mut a, mut b) = (Entropy::from_u64(1), Entropy::from_u64(2));
    let mut run_a = Run {
        now: NOW,
        execute: true,
        entropy: &mut a,
    };
    let mut run_b = Run {
        now: NOW,
        execute: true,
        entropy: &mut b,
    };
    let both = futures::future::join(
        one.run(Some(&connection), &mut run_a),
        two.run(Some(&connection), &mut run_b),
    );
    let (a, b) = both.await;
    assert!(a.is_ok() && b.is_ok());
    is_consistent(&mut world).await;
    world.run(NOW).await;
    is_done(&mut world).await;
}
