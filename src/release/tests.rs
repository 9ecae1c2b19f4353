//! Releases on stores in memory, from landing files that the real engine,
//! tables and sealer made.

mod cells;
mod delta;
mod faulty;
mod fixture;
mod integrity;
mod leak;
mod research;
mod review;
mod supersede;
mod withdraw;

use std::collections::BTreeMap;

use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};

use super::*;
use crate::config::Tenant;
use crate::deid::CleanConversation;
use crate::domain::{Entropy, EpochMs};
use crate::ledger::Deed;
use faulty::{Failure, Meter};
pub(crate) use fixture::attest;
pub(super) use fixture::tenant;
use fixture::{DAY, Flush, NOW, World, clean, land, place};

const NAME: &str = "northfield";

/// What landed: ids, and how many were held back.
struct Landed {
    world: World,
    ids: BTreeMap<String, usize>,
}

fn conversations(n: usize, seed: u64) -> Vec<CleanConversation> {
    let mut entropy = Entropy::from_u64(seed);
    let texts = ["how is the cough", "better thanks", "good to hear"];
    let one = |i: usize| {
        clean(
            &texts[..1 + i % 3],
            Some(2025 + (i % 2) as i16),
            &mut entropy,
        )
    };
    (0..n).map(one).collect()
}

/// Two partitions with two slots each, and another tenant's beside them.
async fn landed() -> Landed {
    let world = World::default();
    let scope = world.healthy(tenant(NAME));
    let mut ids = BTreeMap::new();
    for (partition, slot) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        let seed = 10 * partition + slot;
        let list = conversations(3, seed);
        ids.extend(list.iter().map(|c| (c.id.to_string(), 1)));
        let flush = Flush {
            landed: &list,
            held_back: slot,
            at: NOW.plus(-40 * DAY),
        };
        land(&scope, &place(NAME, partition as i32), &flush, seed).await;
    }
    let other = world.healthy(tenant("south"));
    let flush = Flush {
        landed: &conversations(2, 99),
        held_back: 0,
        at: NOW,
    };
    land(&other, &place("south", 0), &flush, 99).await;
    Landed { world, ids }
}

async fn run_at(
    scope: &crate::scope::Scope,
    now: EpochMs,
    seed: u64,
) -> Result<ReleaseReport, ReleaseError> {
    run(scope, now, true, &mut Entropy::from_u64(seed)).await
}

/// Every landed conversation is published once, of this tenant alone.
async fn check_published(landed: &Landed) {
    let objects = research::objects(&landed.world.research).await;
    assert_eq!(research::conversations(&objects), landed.ids);
}

/// Appends a deed that a person asked for.
async fn record(scope: &crate::scope::Scope, deed: Deed) {
    let mut entropy = Entropy::from_u64(4);
    let opened = scope.journal.open(NOW, &mut entropy).await;
    let (chain, _) = opened.expect("a chain");
    let appended = scope.journal.append(&chain, deed, NOW, None, &mut entropy);
    assert_eq!(appended.await, crate::lake::append::Appended::Won);
}

fn is_send<T: Send>(value: T) -> T {
    value
}

#[tokio::test]
async fn what_landed_is_released_once_and_only_then_is_there_nothing_new() {
    let landed = landed().await;
    let scope = landed.world.healthy(tenant(NAME));
    let mut entropy = Entropy::from_u64(1);
    let report = is_send(run(&scope, NOW, true, &mut entropy)).await;
    let report = report.expect("released");
    let Outcome::Released(summary) = &report.outcome else {
        panic!("{report:?}");
    };
    assert_eq!(
        (summary.number, summary.landed, summary.released),
        (1, 14, 12)
    );
    assert_eq!(summary.held_back, [(String::from("language"), 2)].into());
    assert!(summary.dating_override.is_none());
    check_published(&landed).await;
    let again = run_at(&scope, NOW.plus(1), 2).await.expect("well");
    assert_eq!(again.outcome, Outcome::NothingNew);
    check_published(&landed).await;
}

#[tokio::test]
async fn where_all_that_landed_is_held_back_that_is_told() {
    let world = World::default();
    let scope = world.healthy(tenant(NAME));
    let flush = |held_back| Flush {
        landed: &[],
        held_back,
        at: NOW.plus(-40 * DAY),
    };
    for (seed, held_back) in [(1, 2), (2, 1)] {
        land(&scope, &place(NAME, 0), &flush(held_back), seed).await;
    }
    let report = run_at(&scope, NOW, 1).await.expect("well");
    let held_back = [(String::from("language"), 3)].into();
    assert_eq!(report.outcome, Outcome::AllHeldBack { held_back });
}

#[tokio::test]
async fn the_next_release_takes_what_landed_since() {
    let mut landed = landed().await;
    let scope = landed.world.healthy(tenant(NAME));
    run_at(&scope, NOW, 1).await.expect("released");
    let list = conversations(4, 77);
    landed
        .ids
        .extend(list.iter().map(|c| (c.id.to_string(), 1)));
    let flush = Flush {
        landed: &list,
        held_back: 0,
        at: NOW,
    };
    land(&scope, &place(NAME, 1), &flush, 77).await;
    let report = run_at(&scope, NOW.plus(60), 2).await.expect("released");
    let Outcome::Released(summary) = report.outcome else {
        panic!("{report:?}");
    };
    assert_eq!((summary.number, summary.released), (2, 4));
    check_published(&landed).await;
}

#[tokio::test]
async fn nothing_is_released_or_copied_while_the_tenant_is_frozen() {
    let landed = landed().await;
    let scope = landed.world.healthy(tenant(NAME));
    let hold = String::from("a1");
    let freeze = Deed::HoldPlaced {
        hold: hold.clone(),
        freezes: true,
        reason: None,
    };
    record(&scope, freeze).await;
    let report = run_at(&scope, NOW, 1).await.expect("well");
    assert_eq!(report.outcome, Outcome::Refused(vec![Refusal::Frozen]));
    assert!(research::objects(&landed.world.research).await.is_empty());
    record(&scope, Deed::HoldLifted { hold }).await;
    run_at(&scope, NOW, 2).await.expect("released");
    check_published(&landed).await;
}

#[tokio::test]
async fn what_one_slot_landed_is_not_released_again_with_the_next() {
    let world = World::default();
    let scope = world.healthy(tenant(NAME));
    let mut ids = BTreeMap::new();
    for seed in 0..3 {
        let list = conversations(2, seed);
        ids.extend(list.iter().map(|c| (c.id.to_string(), 1)));
        let flush = Flush {
            landed: &list,
            held_back: 0,
            at: NOW,
        };
        land(&scope, &place(NAME, 0), &flush, seed).await;
        run_at(&scope, NOW, seed).await.expect("released");
    }
    check_published(&Landed { world, ids }).await;
}

#[tokio::test]
async fn a_release_waits_for_its_interval_unless_it_is_forced() {
    let landed = landed().await;
    let mut tenant = tenant(NAME);
    tenant.release.interval_ms = 30 * DAY;
    tenant.authorization.expires = EpochMs(i64::MAX);
    let scope = landed.world.healthy(tenant);
    let mut entropy = Entropy::from_u64(1);
    let mut at = async |now: EpochMs| {
        let report = run(&scope, now, false, &mut entropy).await;
        report.expect("well").outcome
    };
    let next = NOW.plus(30 * DAY);
    assert_eq!(at(NOW).await, Outcome::NotDue { next });
    assert_eq!(at(next.plus(-1)).await, Outcome::NotDue { next });
    assert!(matches!(at(next).await, Outcome::Released(_)));
    let after = next.plus(30 * DAY);
    assert_eq!(at(next.plus(1)).await, Outcome::NotDue { next: after });
    check_published(&landed).await;
}

#[tokio::test]
async fn a_preview_writes_nothing() {
    let landed = landed().await;
    let scope = landed.world.healthy(tenant(NAME));
    let before = [
        research::objects(&landed.world.state).await,
        research::objects(&landed.world.landing).await,
    ];
    let report = preview(&scope, NOW, true).await.expect("well");
    assert!(matches!(report.outcome, Outcome::WouldRelease(s) if s.released == 12));
    let after = [
        research::objects(&landed.world.state).await,
        research::objects(&landed.world.landing).await,
    ];
    assert!(before == after && research::objects(&landed.world.research).await.is_empty());
}

#[tokio::test]
async fn a_closed_gate_releases_nothing_and_loses_nothing() {
    let landed = landed().await;
    let check = async |change: fn(&mut Tenant), code: &str| {
        let mut tenant = tenant(NAME);
        tenant.release.dating_override = None;
        change(&mut tenant);
        let scope = landed.world.healthy(tenant);
        let report = run_at(&scope, NOW, 1).await.expect("well");
        assert!(
            matches!(&report.outcome, Outcome::Refused(r) if r[0].code() == code),
            "{report:?}"
        );
        assert!(research::objects(&landed.world.research).await.is_empty());
    };
    check(|t| t.authorization.expires = NOW, "authorization").await;
    check(|t| t.release.min_conversations = 13, "too_few").await;
    let scope = landed.world.healthy(tenant(NAME));
    record(&scope, Deed::AttestationWithdrawn).await;
    check(|_| (), "unattested").await;
    attest(&scope).await;
    check(|t| t.release.min_interval_ms = 41 * DAY, "too_narrow").await;
    let mut tenant = tenant(NAME);
    tenant.release.min_conversations = 13;
    let scope = landed.world.healthy(tenant);
    run_at(&scope, NOW, 1).await.expect("released");
    let (_, entries) = scope.journal.read().await.expect("a chain");
    let recorded = matches!(&entries[4].deed, Deed::Released(r)
        if r.dating_override.is_some() && r.attestation == Some(3));
    assert!(recorded, "the override that was needed");
    check_published(&landed).await;
}

/// How many store calls a release makes when nothing fails.
async fn calls_of_a_release(landed: &Landed) -> usize {
    let meter = Meter::new(None, 0);
    let world = landed.world.fork();
    let scope = world.scope(tenant(NAME), &meter);
    run_at(&scope, NOW, 1).await.expect("released");
    meter.calls()
}

#[tokio::test]
async fn a_failure_at_any_store_call_publishes_each_conversation_once() {
    let landed = landed().await;
    let calls = calls_of_a_release(&landed).await;
    assert!(calls > 40, "{calls}");
    let mut failed = 0;
    for at in 0..calls {
        for (after, crash) in [(false, false), (false, true), (true, false), (true, true)] {
            let failure = Failure { at, after, crash };
            let landed = Landed {
                world: landed.world.fork(),
                ids: landed.ids.clone(),
            };
            let meter = Meter::new(Some(failure), 0);
            let scope = landed.world.scope(tenant(NAME), &meter);
            failed += usize::from(run_at(&scope, NOW, 1).await.is_err());
            let scope = landed.world.healthy(tenant(NAME));
            run_at(&scope, NOW.plus(5), 2).await.expect("healthy");
            check_published(&landed).await;
            let (chain, _) = scope.journal.read().await.expect("a chain");
            assert_eq!(chain.releases.len(), 1, "{failure:?}");
        }
    }
    assert!(failed > calls, "crashes were noticed: {failed}");
}

#[tokio::test]
async fn releasers_at_the_same_time_publish_each_conversation_once() {
    let start = landed().await;
    let mut contended = 0;
    for seed in 0..60 {
        let landed = Landed {
            world: start.world.fork(),
            ids: start.ids.clone(),
        };
        let scopes = [0, 1, 2].map(|i| {
            let meter = Meter::new(None, 3 * seed + i);
            landed.world.scope(tenant(NAME), &meter)
        });
        let [a, b, c] = [0, 1, 2].map(|i| run_at(&scopes[i], NOW.plus(i as i64), 100 + i as u64));
        let (a, b, c) = tokio::join!(a, b, c);
        let outcomes = [a, b, c].map(|r| r.expect("well").outcome);
        let released = outcomes
            .iter()
            .filter(|o| matches!(o, Outcome::Released(_)));
        assert_eq!(released.count(), 1, "{outcomes:?}");
        check_published(&landed).await;
        contended += usize::from(swept(&landed).await);
    }
    assert!(contended > 30, "losers staged and swept: {contended}");
}

/// Whether files were staged more than once; and that only the winner's are
/// left.
async fn swept(landed: &Landed) -> bool {
    let staged = research::objects(&landed.world.landing).await;
    let staged = staged.keys().filter(|p| p.contains("/stage/")).count();
    let scope = landed.world.healthy(tenant(NAME));
    let (chain, entries) = scope.journal.read().await.expect("a chain");
    assert_eq!(staged, chain.releases[0].1.files.len(), "losers swept");
    entries.len() == 3
}

async fn overwrite(store: &dyn ObjectStore, path: &str, change: impl FnOnce(&mut Vec<u8>)) {
    let path = Path::from(path);
    let got = store.get(&path).await.expect("it is there");
    let mut bytes = got.bytes().await.expect("memory").to_vec();
    change(&mut bytes);
    let put = store.put(&path, PutPayload::from(bytes)).await;
    put.expect("memory");
}

async fn put_research(landed: &Landed, path: &str, bytes: bytes::Bytes) {
    let research = landed.world.research.as_ref();
    let path = Path::from(path);
    let put = research.put(&path, PutPayload::from(bytes));
    put.await.expect("memory");
}

async fn paths(store: &object_store::memory::InMemory, part: &str) -> Vec<String> {
    let objects = research::objects(store).await;
    objects.into_keys().filter(|p| p.contains(part)).collect()
}

#[tokio::test]
async fn a_foreign_file_under_a_final_name_is_not_overwritten() {
    let landed = landed().await;
    let scope = landed.world.healthy(tenant(NAME));
    run_at(&scope, NOW, 1).await.expect("released");
    let research = landed.world.research.as_ref();
    let manifest = paths(&landed.world.research, "manifest.json")
        .await
        .remove(0);
    let part = paths(&landed.world.research, "/turns/").await.remove(0);
    research
        .delete(&Path::from(manifest))
        .await
        .expect("memory");
    overwrite(research, &part, |bytes| bytes.push(0)).await;
    let error = run_at(&scope, NOW, 2).await.expect_err("altered");
    assert_eq!(error, ReleaseError::Altered(Object::Published(1)));
    research.delete(&Path::from(part)).await.expect("memory");
    let report = run_at(&scope, NOW, 3).await.expect("finished");
    assert_eq!(report.finished, [1]);
    check_published(&landed).await;
}

#[tokio::test]
async fn a_stage_that_was_altered_or_lost_is_not_published() {
    let landed = landed().await;
    let scope = landed.world.healthy(tenant(NAME));
    run_at(&scope, NOW, 1).await.expect("released");
    let manifest = paths(&landed.world.research, "manifest.json")
        .await
        .remove(0);
    let staged = paths(&landed.world.landing, "/stage/").await.remove(0);
    let research = landed.world.research.as_ref();
    research
        .delete(&Path::from(manifest))
        .await
        .expect("memory");
    let flip = |bytes: &mut Vec<u8>| {
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
    };
    overwrite(landed.world.landing.as_ref(), &staged, flip).await;
    let error = run_at(&scope, NOW, 2).await.expect_err("altered");
    assert!(matches!(error, ReleaseError::Sealed { .. }), "{error:?}");
    let landing = landed.world.landing.as_ref();
    landing.delete(&Path::from(staged)).await.expect("memory");
    let error = run_at(&scope, NOW, 2).await.expect_err("lost");
    assert_eq!(error, ReleaseError::Missing(Object::Staged(1)));
}

#[tokio::test]
async fn years_are_withheld_where_they_would_date() {
    let landed = landed().await;
    let mut tenant = tenant(NAME);
    tenant.release.dating_override = None;
    tenant.release.min_interval_ms = 30 * DAY;
    tenant.authorization.expires = EpochMs(i64::MAX);
    let scope = landed.world.healthy(tenant);
    // Some 106 days after NOW a year begins: the first release lies ten days
    // into it, and its conversations of that year would be of ten days.
    let new_year = EpochMs(1_798_761_600_000);
    let flush = Flush {
        landed: &[clean(&["hello"], Some(2027), &mut Entropy::from_u64(5))],
        held_back: 0,
        at: new_year.plus(DAY),
    };
    land(&scope, &place(NAME, 2), &flush, 5).await;
    let report = run_at(&scope, new_year.plus(10 * DAY), 1)
        .await
        .expect("well");
    assert!(matches!(report.outcome, Outcome::Released(s) if s.years_withheld && s.released == 13));
    let objects = research::objects(&landed.world.research).await;
    let parts = objects.keys().filter(|p| p.ends_with(".parquet"));
    assert!(parts.clone().count() == 2 && parts.clone().all(|p| p.contains("/year=0/")));
    assert_eq!(research::conversations(&objects).len(), 13);
}

#[tokio::test]
async fn a_topic_taken_out_of_the_configuration_is_released_to_its_end() {
    let mut landed = landed().await;
    let scope = landed.world.healthy(tenant(NAME));
    run_at(&scope, NOW, 1).await.expect("released");
    let list = conversations(2, 78);
    landed
        .ids
        .extend(list.iter().map(|c| (c.id.to_string(), 1)));
    let flush = Flush {
        landed: &list,
        held_back: 0,
        at: NOW,
    };
    land(&scope, &place(NAME, 0), &flush, 78).await;
    let mut tenant = tenant(NAME);
    tenant.topics.clear();
    let scope = landed.world.healthy(tenant);
    run_at(&scope, NOW.plus(9), 2).await.expect("released");
    check_published(&landed).await;
}

#[test]
fn a_stage_is_lost_only_to_anothers_entry() {
    use crate::lake::{layout::LandingFile, log::WriterId};
    use crate::ledger::{Entry, ReleaseDeed, ReleasedFile, TenantChain};
    use crate::seal::BlobName;
    let deed = |seed: u64| {
        let name = BlobName::draw(&mut Entropy::from_u64(seed));
        ReleaseDeed {
            number: 1,
            files: vec![ReleasedFile {
                staged: LandingFile::Unclaimed { name },
                path: String::new(),
                rows: 0,
                bytes: 0,
                sha256: Default::default(),
            }],
            ..ReleaseDeed::default()
        }
    };
    let entry = |seed| -> Entry {
        let id = WriterId::default();
        TenantChain::default().entry(Deed::Released(deed(seed)), NOW, None, id, id)
    };
    let own = deed(1);
    assert!(
        !stage::is_lost(&own, 1, &[entry(2)]),
        "nobody's yet: it may still land"
    );
    assert!(!stage::is_lost(&own, 1, &[entry(2), entry(1)]), "its own");
    assert!(stage::is_lost(&own, 1, &[entry(2), entry(3)]));
}
