//! Releases that are published anew.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use arrow::array::{Array, AsArray};
use arrow::datatypes::Int32Type;

use super::fixture::{Flush, NOW, World, clean, land, place, tenant};
use super::{NAME, record, research};
use crate::config::Tenant;
use crate::deid::{Engine, NO_RISK_BOUND, Policy, terms::Terms};
use crate::domain::{Category, Entropy};
use crate::ledger::{Deed, WithdrawalReason};
use crate::release::{Manifest, Outcome, Refusal, ReleaseReport, run, supersede};

/// A policy that denies a word which the first release told.
fn stricter() -> Tenant {
    let mut tenant = tenant(NAME);
    let mut terms = Terms::default();
    terms.deny("cough", Category::OtherId).expect("a term");
    let operators = tenant.policy.operators;
    let policy = Policy::new(operators, false, terms, NO_RISK_BOUND);
    tenant.policy = Arc::new(policy);
    tenant
}

/// Two conversations, released under the policy of before.
async fn released() -> World {
    released_by(tenant(NAME)).await
}

async fn released_by(tenant: Tenant) -> World {
    let world = World::default();
    let scope = world.healthy(tenant);
    let mut entropy = Entropy::from_u64(2);
    let texts = ["how is the cough", "call me at 617-555-0142 please"];
    let list = [2025, 2026].map(|year| clean(&texts, Some(year), &mut entropy));
    let flush = Flush {
        landed: &list,
        held_back: 0,
        at: NOW,
    };
    land(&scope, &place(NAME, 0), &flush, 2).await;
    let report = run(&scope, NOW, true, &mut entropy).await.expect("well");
    assert!(matches!(report.outcome, Outcome::Released(_)), "{report:?}");
    world
}

async fn superseded(world: &World, number: u32) -> ReleaseReport {
    superseded_by(world, number, stricter()).await
}

async fn superseded_by(world: &World, number: u32, tenant: Tenant) -> ReleaseReport {
    let scope = world.healthy(tenant);
    let by = (NOW.plus(7), Some(String::from("0b")));
    let mut entropy = Entropy::from_u64(9);
    let report = supersede(&scope, number, &Engine::new(), by, &mut entropy).await;
    report.expect("well")
}

/// The ids, and the texts with the number of their findings.
async fn read(world: &World) -> (BTreeMap<String, usize>, BTreeMap<String, usize>) {
    let mut objects = research::objects(&world.research).await;
    objects.retain(|path, _| !path.ends_with("withdrawn.json"));
    let mut texts = BTreeMap::new();
    for (_, bytes) in objects.iter().filter(|(p, _)| p.contains("/turns/")) {
        for batch in research::batches(bytes) {
            let findings = batch["findings"].as_list::<i32>();
            for row in 0..batch.num_rows() {
                let text = batch["text"].as_string::<i32>().value(row).to_owned();
                texts.insert(text, findings.value(row).len());
            }
        }
    }
    (research::conversations(&objects), texts)
}

#[tokio::test]
async fn a_successor_masks_a_superset_and_keeps_ids() {
    let world = released().await;
    let (ids, texts) = read(&world).await;
    let texts: Vec<_> = texts.into_iter().collect();
    let [(call, 1), (cough, 0)] = &texts[..] else {
        panic!("{texts:?}");
    };
    assert_eq!(
        (call.as_str(), cough.as_str()),
        ("call me at [PHONE_1] please", "how is the cough")
    );
    let report = superseded(&world, 1).await;
    let Outcome::Released(summary) = &report.outcome else {
        panic!("{report:?}");
    };
    assert_eq!(
        (summary.number, summary.landed, summary.released),
        (2, 2, 2)
    );
    assert_eq!((report.removed, report.finished), (vec![1], vec![2]));
    let (same, texts) = read(&world).await;
    assert_eq!(same, ids, "each once, under its id");
    let masked = ["call me at [PHONE_1] please", "how is the [ID_1]"];
    assert_eq!(texts, masked.map(|text| (text.to_owned(), 1)).into());
    check_counts(&world).await;
    let again = superseded(&world, 1).await;
    let refused = Outcome::Refused(vec![Refusal::NotStanding { number: 1 }]);
    assert_eq!(again.outcome, refused);
}

/// What was replaced before is counted with what is replaced now, and the
/// manifest and the chain say whose place it takes.
async fn check_counts(world: &World) {
    let objects = research::objects(&world.research).await;
    let part = |p: &&String| p.contains("/conversations/");
    for path in objects.keys().filter(part) {
        assert!(path.contains("release=000002"), "{path}");
        for batch in research::batches(&objects[path]) {
            let counts = batch["counts"].as_struct();
            for category in [Category::Phone, Category::OtherId] {
                let column = counts.column_by_name(category.name()).expect("a column");
                assert_eq!(column.as_primitive::<Int32Type>().value(0), 1, "{category}");
            }
        }
    }
    let manifest = objects.iter().find(|(p, _)| p.ends_with("manifest.json"));
    let manifest: Manifest = serde_json::from_slice(manifest.expect("one").1).expect("JSON");
    assert_eq!(manifest.supersedes, Some(1));
    let scope = world.healthy(tenant(NAME));
    let (chain, _) = scope.journal.read().await.expect("a chain");
    assert_eq!(chain.withdrawn[&1], WithdrawalReason::Superseded);
}

#[tokio::test]
async fn a_successor_holds_what_may_leave_by_now() {
    let world = released().await;
    let mut tenant = tenant(NAME);
    tenant.authorization.fields = Some(BTreeSet::new());
    let report = superseded_by(&world, 1, tenant).await;
    assert!(matches!(report.outcome, Outcome::Released(_)), "{report:?}");
    let objects = research::objects(&world.research).await;
    let parts = || objects.iter().filter(|(p, _)| p.ends_with(".parquet"));
    assert!(parts().count() > 0 && parts().all(|(p, _)| p.contains("/year=0/")));
    for (_, bytes) in parts().filter(|(p, _)| p.contains("/turns/")) {
        for batch in research::batches(bytes) {
            assert_eq!(batch["start_ms"].null_count(), batch.num_rows());
        }
    }
}

#[tokio::test]
async fn a_successor_of_too_few_wants_an_override() {
    let mut wide = tenant(NAME);
    wide.release.min_interval_ms = 0;
    let world = released_by(wide).await;
    let with = |dating_override: Option<&str>| {
        let mut tenant = stricter();
        tenant.release.min_conversations = 3;
        tenant.release.dating_override = dating_override.map(str::to_owned);
        tenant
    };
    let (conversations, min) = (2, 3);
    let few = Refusal::TooFew { conversations, min };
    let refused = superseded_by(&world, 1, with(None)).await;
    assert_eq!(refused.outcome, Outcome::Refused(vec![few]));
    superseded_by(&world, 1, with(Some("a reason (someone)"))).await;
    let (chain, _) = world
        .healthy(stricter())
        .journal
        .read()
        .await
        .expect("a chain");
    let (_, successor) = chain.releases.last().expect("released");
    assert_eq!(
        successor.dating_override.as_deref(),
        Some("a reason (someone)")
    );
}

#[tokio::test]
async fn a_successor_does_not_put_off_what_is_new() {
    let world = released().await;
    superseded(&world, 1).await;
    let mut tenant = tenant(NAME);
    tenant.release.interval_ms = 10;
    let scope = world.healthy(tenant);
    let report = run(&scope, NOW.plus(11), false, &mut Entropy::from_u64(3)).await;
    assert_eq!(report.expect("well").outcome, Outcome::NothingNew);
}

#[tokio::test]
async fn gates_hold_for_a_successor_too() {
    let world = released().await;
    let scope = world.healthy(tenant(NAME));
    let check = async |expected: &[Refusal]| {
        let report = superseded(&world, 1).await;
        assert_eq!(report.outcome, Outcome::Refused(expected.to_vec()));
    };
    record(&scope, Deed::AttestationWithdrawn).await;
    check(&[Refusal::Unattested]).await;
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
    check(&[Refusal::Frozen, Refusal::Unattested]).await;
}
