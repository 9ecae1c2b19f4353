//! The Delta view, replayed as its readers replay it.

use std::collections::BTreeSet;

use super::faulty::{Failure, Meter};
use super::*;
use crate::ledger::WithdrawalReason;
use crate::ledger::verify::{Ask, Counted, Flaw, Reason, verify};
use crate::scope::Scope;

fn with_delta() -> Tenant {
    let mut tenant = tenant(NAME);
    tenant.release.delta = true;
    tenant
}

/// The files that the log of `table` says stand, and its number of commits.
fn replayed(objects: &BTreeMap<String, bytes::Bytes>, table: &str) -> (BTreeSet<String>, usize) {
    let within = format!("/{table}/_delta_log/");
    let commits = objects.iter().filter(|(path, _)| path.contains(&within));
    let mut standing = BTreeSet::new();
    let mut count = 0;
    for (n, (path, bytes)) in (0..).zip(commits) {
        let (area, name) = path.split_once(&within).expect("it is one");
        assert_eq!(name, format!("{n:020}.json"), "none is left out");
        for action in std::str::from_utf8(bytes).expect("text").lines() {
            let action: serde_json::Value = serde_json::from_str(action).expect("JSON");
            let full = |of: &str| Some(format!("{area}/{table}/{}", action[of]["path"].as_str()?));
            if let Some(path) = full("remove") {
                assert!(standing.remove(&path), "it stood: {path}");
                assert_eq!(action["remove"]["deletionTimestamp"], 0, "no time");
            }
            if let Some(path) = full("add") {
                assert_eq!(action["add"]["modificationTime"], 0, "no time");
                assert!(standing.insert(path), "it is added once");
            }
        }
        count += 1;
    }
    (standing, count)
}

/// Both logs have so many commits, and say that the files stand which are there.
async fn check_view(world: &World, commits: usize) {
    let objects = research::objects(&world.research).await;
    for table in ["conversations", "turns"] {
        let of = |path: &&String| path.contains(&format!("/{table}/")) && path.ends_with("parquet");
        let there: BTreeSet<String> = objects.keys().filter(of).cloned().collect();
        assert_eq!(replayed(&objects, table), (there, commits), "{table}");
    }
}

fn withdrawn(release: u32) -> Deed {
    let reason = WithdrawalReason::Instructed;
    Deed::Withdrawn { release, reason }
}

async fn land_more(scope: &Scope) {
    let flush = Flush {
        landed: &conversations(4, 77),
        held_back: 0,
        at: NOW,
    };
    land(scope, &place(NAME, 1), &flush, 77).await;
}

#[tokio::test]
async fn it_follows_releases_withdrawals_and_successors() {
    let world = landed().await.world;
    let scope = world.healthy(with_delta());
    run_at(&scope, NOW, 1).await.expect("released");
    check_view(&world, 1).await;
    land_more(&scope).await;
    run_at(&scope, NOW.plus(60), 2).await.expect("released");
    check_view(&world, 2).await;
    let engine = crate::deid::Engine::new();
    let by = (NOW.plus(70), None);
    let made = supersede(&scope, 2, &engine, by, &mut Entropy::from_u64(3)).await;
    made.expect("released");
    check_view(&world, 3).await;
    record(&scope, withdrawn(1)).await;
    run_at(&scope, NOW.plus(80), 4).await.expect("well");
    check_view(&world, 4).await;
    record(&scope, withdrawn(3)).await;
    run_at(&scope, NOW.plus(90), 5).await.expect("well");
    check_view(&world, 5).await;
    let (chain, _) = scope.journal.read().await.expect("a chain");
    assert!(!chain.stands(3), "nothing stands");
}

#[tokio::test]
async fn it_is_off_unless_asked_for_and_then_tells_all_that_was() {
    let world = landed().await.world;
    let scope = world.healthy(tenant(NAME));
    run_at(&scope, NOW, 1).await.expect("released");
    record(&scope, withdrawn(1)).await;
    run_at(&scope, NOW, 2).await.expect("well");
    let objects = research::objects(&world.research).await;
    assert!(!objects.keys().any(|path| path.contains("_delta_log")));
    let scope = world.healthy(with_delta());
    run_at(&scope, NOW, 3).await.expect("well");
    check_view(&world, 2).await;
}

/// A world in which release 1 is withdrawn, and 2 may be made.
async fn between() -> World {
    let world = landed().await.world;
    let scope = world.healthy(with_delta());
    run_at(&scope, NOW, 1).await.expect("released");
    land_more(&scope).await;
    record(&scope, withdrawn(1)).await;
    world
}

#[tokio::test]
async fn a_failure_at_any_store_call_is_made_good() {
    let start = between().await;
    let meter = Meter::new(None, 0);
    let all = start.fork();
    let scope = all.scope(with_delta(), &meter);
    run_at(&scope, NOW, 1).await.expect("released");
    check_view(&all, 3).await;
    let mut failed = 0;
    for at in 0..meter.calls() {
        for (after, crash) in [(false, true), (true, false), (true, true)] {
            let world = start.fork();
            let meter = Meter::new(Some(Failure { at, after, crash }), 0);
            let scope = world.scope(with_delta(), &meter);
            failed += usize::from(run_at(&scope, NOW, 1).await.is_err());
            let scope = world.healthy(with_delta());
            run_at(&scope, NOW.plus(5), 2).await.expect("healthy");
            check_view(&world, 3).await;
        }
    }
    assert!(failed > meter.calls(), "crashes were noticed: {failed}");
}

#[tokio::test]
async fn a_commit_that_was_changed_or_taken_away_is_seen() {
    let world = between().await;
    let scope = world.healthy(with_delta());
    run_at(&scope, NOW, 1).await.expect("released");
    let flaws = async |world: &World| {
        let scope = world.healthy(with_delta());
        let ask = Ask {
            tenant: Some(scope.id().clone()),
            ..Ask::default()
        };
        let told = &mut |_: &Counted| ();
        let report = verify(&scope.stores, &ask, told).await.expect("reads");
        let reason = |flaw: Flaw| flaw.reason;
        report.flaws.into_iter().map(reason).collect::<Vec<_>>()
    };
    assert_eq!(flaws(&world).await, []);
    let objects = research::objects(&world.research).await;
    let mut paths = objects
        .keys()
        .filter(|path| path.contains("/turns/_delta_log/"));
    let (first, last) = (paths.next().expect("0"), paths.next_back().expect("2"));
    let changed = world.fork();
    overwrite(&*changed.research, first, |bytes| bytes.truncate(9)).await;
    assert_eq!(flaws(&changed).await, [Reason::OtherBytes]);
    for (path, expected) in [(first, vec![Reason::Missing]), (last, vec![])] {
        let fork = world.fork();
        fork.research
            .delete(&Path::from(path.as_str()))
            .await
            .expect("deleted");
        assert_eq!(flaws(&fork).await, expected, "the last may be on its way");
    }
}
