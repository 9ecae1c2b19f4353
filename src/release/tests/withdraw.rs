//! Releases that are taken back.

use super::faulty::{Failure, Meter};
use super::fixture::{Flush, NOW, land, place, tenant};
use super::{Landed, NAME, conversations, landed, record, research, run_at};
use crate::ledger::{Deed, WithdrawalReason};
use crate::release::withdraw::notice;
use crate::release::{Outcome, remove};

fn withdrawn(release: u32) -> Deed {
    Deed::Withdrawn {
        release,
        reason: WithdrawalReason::IdentifierFound,
    }
}

/// Two releases; the first, of 12 conversations, is withdrawn in the chain.
async fn two() -> Landed {
    let mut landed = landed().await;
    let scope = landed.world.healthy(tenant(NAME));
    run_at(&scope, NOW, 1).await.expect("released");
    let list = conversations(4, 77);
    landed.ids = list.iter().map(|c| (c.id.to_string(), 1)).collect();
    let flush = Flush {
        landed: &list,
        held_back: 0,
        at: NOW,
    };
    land(&scope, &place(NAME, 1), &flush, 77).await;
    run_at(&scope, NOW.plus(60), 2).await.expect("released");
    record(&scope, withdrawn(1)).await;
    landed
}

/// Of the first release the notice is left and nothing else; of the second,
/// everything.
async fn check_removed(landed: &Landed) {
    let objects = research::objects(&landed.world.research).await;
    let (first, second): (Vec<_>, Vec<_>) = objects
        .iter()
        .partition(|(p, _)| p.contains("release=000001"));
    let [(path, bytes)] = first[..] else {
        panic!("{first:?}");
    };
    assert!(
        path.ends_with("/releases/release=000001/withdrawn.json"),
        "{path}"
    );
    assert_eq!(*bytes, notice(1));
    let second = second.into_iter().map(|(p, b)| (p.clone(), b.clone()));
    assert_eq!(research::conversations(&second.collect()), landed.ids);
}

#[tokio::test]
async fn a_withdrawn_release_goes_and_stays_away() {
    let landed = two().await;
    let scope = landed.world.healthy(tenant(NAME));
    let (chain, _) = scope.journal.read().await.expect("a chain");
    assert_eq!(remove(&scope, &chain).await.expect("removed"), [1]);
    check_removed(&landed).await;
    assert_eq!(remove(&scope, &chain).await.expect("again"), [0; 0]);
    let report = run_at(&scope, NOW.plus(90), 3).await.expect("well");
    assert_eq!(report.outcome, Outcome::NothingNew, "nothing comes back");
    check_removed(&landed).await;
}

#[tokio::test]
async fn what_a_late_copier_brings_back_goes_again() {
    let landed = two().await;
    let scope = landed.world.healthy(tenant(NAME));
    let before = research::objects(&landed.world.research).await;
    run_at(&scope, NOW.plus(90), 3).await.expect("removed");
    check_removed(&landed).await;
    let (path, bytes) = before
        .iter()
        .find(|(p, _)| p.contains("/turns/") && p.contains("release=000001"))
        .expect("a part");
    super::put_research(&landed, path, bytes.clone()).await;
    let report = run_at(&scope, NOW.plus(91), 4).await.expect("removed");
    assert_eq!(report.removed, [1]);
    check_removed(&landed).await;
}

#[tokio::test]
async fn a_failure_at_any_store_call_is_made_good_by_the_next_run() {
    let start = two().await;
    let meter = Meter::new(None, 0);
    let scope = start.world.fork().scope(tenant(NAME), &meter);
    run_at(&scope, NOW.plus(90), 3).await.expect("removed");
    let calls = meter.calls();
    assert!(calls > 15, "{calls}");
    for at in 0..calls {
        for (after, crash) in [(false, false), (false, true), (true, false), (true, true)] {
            let landed = Landed {
                world: start.world.fork(),
                ids: start.ids.clone(),
            };
            let meter = Meter::new(Some(Failure { at, after, crash }), 0);
            let scope = landed.world.scope(tenant(NAME), &meter);
            let _ = run_at(&scope, NOW.plus(90), 3).await;
            let scope = landed.world.healthy(tenant(NAME));
            run_at(&scope, NOW.plus(91), 4).await.expect("healthy");
            check_removed(&landed).await;
        }
    }
}

#[tokio::test]
async fn a_freeze_does_not_keep_a_withdrawn_release_in_research() {
    let landed = two().await;
    let scope = landed.world.healthy(tenant(NAME));
    let hold = String::from("a1");
    record(
        &scope,
        Deed::HoldPlaced {
            hold,
            freezes: true,
            reason: None,
        },
    )
    .await;
    run_at(&scope, NOW.plus(90), 3).await.expect("well");
    check_removed(&landed).await;
}
