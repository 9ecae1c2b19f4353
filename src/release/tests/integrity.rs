//! Inputs that are missing, altered or disagree release nothing.

use object_store::ObjectStoreExt;
use object_store::path::Path;

use super::fixture::{self, Flush, NOW, World, land, place, tenant};
use super::{NAME, conversations, landed, overwrite, paths, research, run_at};
use crate::domain::{Entropy, Sha256, TopicPartition};
use crate::lake::read;
use crate::ledger::Evidence;
use crate::release::{Outcome, Refusal, ReleaseError};
use crate::scope::Scope;

/// Releases and gives the error.
async fn refused(world: &World) -> ReleaseError {
    let scope = world.healthy(tenant(NAME));
    let error = run_at(&scope, NOW, 1).await.expect_err("refused");
    assert!(research::objects(&world.research).await.is_empty());
    let (chain, _) = scope.journal.read().await.expect("a chain");
    assert!(chain.releases.is_empty());
    error
}

#[tokio::test]
async fn an_altered_or_missing_input_is_refused_by_name() {
    let start = landed().await;
    for part in ["northfield/landing/", "northfield/evidence/"] {
        for path in paths(&start.world.landing, part).await {
            let world = start.world.fork();
            let middle = |bytes: &mut Vec<u8>| {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
            };
            overwrite(world.landing.as_ref(), &path, middle).await;
            let error = refused(&world).await;
            assert!(matches!(error, ReleaseError::Altered(_)), "{error:?}");
            assert!(!error.to_string().contains("tenants/"), "{error}");
            let world = start.world.fork();
            world
                .landing
                .delete(&Path::from(path))
                .await
                .expect("memory");
            let error = refused(&world).await;
            assert!(matches!(error, ReleaseError::Missing(_)), "{error:?}");
        }
    }
}

#[tokio::test]
async fn a_slot_that_does_not_follow_is_refused() {
    let start = landed().await;
    let path = "log/northfield.calls/1/000000/000000000000.json";
    let world = start.world.fork();
    let other = |bytes: &mut Vec<u8>| {
        let text = String::from_utf8(bytes.clone()).expect("JSON");
        let text = text.replace("\"code\":\"0\"", "\"code\":\"1\"");
        assert!(text.as_bytes() != bytes.as_slice());
        *bytes = text.into_bytes();
    };
    overwrite(world.state.as_ref(), path, other).await;
    let error = refused(&world).await;
    assert!(matches!(error, ReleaseError::Log { .. }), "{error:?}");
}

#[tokio::test]
async fn evidence_that_disagrees_is_refused() {
    let check = async |change: fn(&mut Evidence), what: &str| {
        let world = World::default();
        let scope = world.healthy(tenant(NAME));
        let place = place(NAME, 0);
        let flush = Flush {
            landed: &conversations(3, 1),
            held_back: 0,
            at: NOW,
        };
        land(&scope, &place, &flush, 1).await;
        resign(&world, &scope, &place, change).await;
        let said = refused(&world).await.to_string();
        assert!(said.contains(what), "{said}");
    };
    let south = |e: &mut Evidence| e.tenant = tenant("south").id;
    check(south, "its tenant").await;
    check(|e| e.conversations += 1, "numbers of conversations").await;
    check(|e| e.files[1].rows += 1, "number of rows").await;
    check(|e| e.files.swap(0, 1), "not in pairs").await;
    check(|e| e.previous = Sha256([1; 32]), "the one before").await;
}

/// Replaces slot 0 and its evidence by changed ones whose hashes agree, as
/// only their writer could.
async fn resign(world: &World, scope: &Scope, place: &TopicPartition, change: fn(&mut Evidence)) {
    let chain = read::log(place, 0);
    let slot = read::slot(&scope.stores.state, &chain, 0).await;
    let (mut slot, _) = slot.expect("a slot").expect("a slot");
    let path = paths(&world.landing, "/evidence/").await.remove(0);
    let bytes = research::objects(&world.landing).await.remove(&path);
    let evidence = Evidence::from_bytes(0, &bytes.expect("evidence"));
    let mut evidence = evidence.expect("evidence");
    change(&mut evidence);
    let mut entropy = Entropy::from_u64(50);
    let leaf = fixture::put_evidence(scope, &evidence, &mut entropy).await;
    slot.heads.insert(scope.id().clone(), leaf.sha256);
    slot.leaves.insert(scope.id().clone(), leaf);
    let path = paths(&world.state, "/000000000000.json").await.remove(0);
    let whole = |bytes: &mut Vec<u8>| *bytes = slot.to_bytes();
    overwrite(world.state.as_ref(), &path, whole).await;
}

#[tokio::test]
async fn counts_that_do_not_add_up_close_the_gate() {
    let world = World::default();
    let scope = world.healthy(tenant(NAME));
    let place = place(NAME, 0);
    let flush = Flush {
        landed: &conversations(3, 1),
        held_back: 2,
        at: NOW,
    };
    land(&scope, &place, &flush, 1).await;
    let fewer = |e: &mut Evidence| {
        e.held_back.insert(String::from("language"), 1);
    };
    resign(&world, &scope, &place, fewer).await;
    let report = run_at(&scope, NOW, 1).await.expect("well");
    let expected = Refusal::Counts {
        landed: 4,
        released: 3,
        held_back: 2,
    };
    assert_eq!(report.outcome, Outcome::Refused(vec![expected]));
}
