//! Releases that rest on what people read before.

use std::collections::BTreeSet;

use super::*;
use crate::config::resolved::{self, Review};
use crate::config::{Portion, Secret};
use crate::ledger::verify::{Ask, Counted, Reason, verify};
use crate::ledger::{Mark, ReviewDeed, SampleDeed, SignedVerdict, VERDICT_FORMAT, Verdict};
use crate::scope::Scope;
use crate::seal::SigningKey;

fn key(reviewer: u8) -> SigningKey {
    SigningKey::of_seed(&Secret::new([reviewer; 32]))
}

/// The tenant, 5 of whose conversations one of reviewers 1 and 2 must read.
fn reviewed_tenant() -> Tenant {
    let mut tenant = tenant(NAME);
    tenant.release.review = Some(Review {
        sample: Portion::Count(5),
        reviewers: [1, 2].map(|n| key(n).verifying()).into(),
        needs: 1,
        within_ms: DAY,
    });
    tenant
}

async fn draw(scope: &Scope, size: Option<Portion>, seed: u64) -> Sampled {
    let asks = scope
        .tenant
        .release
        .review
        .as_ref()
        .expect("it is asked for");
    let mut entropy = Entropy::from_u64(seed);
    let drawn = sample(scope, size, asks, (NOW, None), &mut entropy).await;
    drawn.expect("well").expect("there is something to draw")
}

/// Hands in what a reviewer says: the conversations with these numbers leak,
/// those are unsure, the others are clean.
async fn say(scope: &Scope, deed: &SampleDeed, reviewer: u8, leaks: &[u64], unsure: &[u64]) {
    let marks = |numbers: &[u64]| {
        let mark = |number: &u64| Mark {
            number: *number,
            turn: None,
            category: None,
        };
        numbers.iter().map(mark).collect::<Vec<_>>()
    };
    let verdict = Verdict {
        format: VERDICT_FORMAT.to_owned(),
        sample: deed.sample,
        sealed: deed.sealed,
        clean: deed.count - (leaks.len() + unsure.len()) as u64,
        leaks: marks(leaks),
        unsure: marks(unsure),
    };
    let drawn = drawn(scope, deed).await.expect("its frame");
    let review = ReviewDeed {
        signed: SignedVerdict::sign(verdict, &key(reviewer)),
        withheld: leaks.iter().map(|n| drawn[*n as usize - 1]).collect(),
    };
    record(scope, Deed::SampleReviewed(review)).await;
}

#[track_caller]
fn check_refused(report: &ReleaseReport, expected: Unreviewed) {
    let closed = vec![Refusal::Unreviewed(expected)];
    assert_eq!(report.outcome, Outcome::Refused(closed));
}

async fn flaws(scope: &Scope) -> Vec<Reason> {
    let ask = Ask {
        tenant: Some(scope.id().clone()),
        ..Ask::default()
    };
    let told = &mut |_: &Counted| ();
    let report = verify(&scope.stores, &ask, told).await.expect("reads");
    report.flaws.into_iter().map(|flaw| flaw.reason).collect()
}

#[tokio::test]
async fn nothing_is_released_but_what_a_clean_sample_was_drawn_of() {
    let landed = landed().await;
    let scope = landed.world.healthy(reviewed_tenant());
    let report = run_at(&scope, NOW, 1).await.expect("well");
    check_refused(&report, Unreviewed::Undrawn);
    let sampled = draw(&scope, None, 7).await;
    assert_eq!((sampled.deed.of, sampled.deed.count), (12, 5));
    assert_eq!(sampled.closed, [], "no other gate is closed");
    let (given, needs) = (0, 1);
    let report = run_at(&scope, NOW, 1).await.expect("well");
    check_refused(&report, Unreviewed::Waiting { given, needs });
    // Somebody who is not on the list does not count.
    say(&scope, &sampled.deed, 3, &[], &[]).await;
    let report = run_at(&scope, NOW, 1).await.expect("well");
    check_refused(&report, Unreviewed::Waiting { given, needs });
    say(&scope, &sampled.deed, 2, &[], &[]).await;
    // What lands after the drawing waits for the next.
    let flush = Flush {
        landed: &conversations(4, 77),
        held_back: 0,
        at: NOW,
    };
    land(&scope, &place(NAME, 1), &flush, 77).await;
    let report = run_at(&scope, NOW, 2).await.expect("released");
    let Outcome::Released(summary) = &report.outcome else {
        panic!("{report:?}");
    };
    let reviewed = summary.reviewed.expect("it was read");
    assert_eq!((reviewed.conversations, reviewed.of), (5, 12));
    assert_eq!(
        (reviewed.reviewers, reviewed.samples, reviewed.leaks),
        (1, 1, 0)
    );
    check_published(&landed).await;
    check_told(&landed.world, 1.0 - 0.05_f64.powf(0.2)).await;
    let report = run_at(&scope, NOW, 3).await.expect("well");
    check_refused(&report, Unreviewed::Undrawn);
    assert_eq!(flaws(&scope).await, []);
}

/// What research is told of the reading.
async fn check_told(world: &World, bound: f64) {
    let objects = research::objects(&world.research).await;
    let of = |name: &str| {
        let mut found = objects.iter().filter(|(path, _)| path.ends_with(name));
        String::from_utf8(found.next_back().expect("it is there").1.to_vec()).expect("text")
    };
    let manifest: Manifest = serde_json::from_str(&of("manifest.json")).expect("a manifest");
    let upper = manifest.leaking_conversations.upper_95.expect("measured");
    assert!((upper - bound).abs() < 1e-12, "{upper}");
    assert_eq!(manifest.reviewed.expect("it was read").conversations, 5);
    let notice = of("notice.md");
    assert!(notice.contains("5 of 12 conversations, drawn by chance, were read by one person"));
    assert!(notice.contains("fewer than 45.07 %"), "{notice}");
}

#[tokio::test]
async fn a_leak_is_held_back_and_shuts_until_another_sample_is_clean() {
    let landed = landed().await;
    let scope = landed.world.healthy(reviewed_tenant());
    let first = draw(&scope, Some(Portion::Share(10_000)), 7).await;
    assert_eq!(first.deed.count, 12, "more than is asked for");
    say(&scope, &first.deed, 1, &[3], &[]).await;
    let leak = Unreviewed::Leak { withheld: 1 };
    check_refused(&run_at(&scope, NOW, 1).await.expect("well"), leak);
    // Nor does a tenant's file without reviewers let it out.
    let unasked = landed.world.healthy(tenant(NAME));
    check_refused(&run_at(&unasked, NOW, 1).await.expect("well"), leak);
    let second = draw(&scope, None, 8).await;
    assert_eq!(second.deed.of, 11, "without the one that leaks");
    say(&scope, &second.deed, 1, &[], &[4]).await;
    let unsure = Unreviewed::Unsure { conversations: 1 };
    check_refused(&run_at(&scope, NOW, 1).await.expect("well"), unsure);
    say(&scope, &second.deed, 1, &[], &[]).await;
    let report = run_at(&scope, NOW, 2).await.expect("released");
    let Outcome::Released(summary) = &report.outcome else {
        panic!("{report:?}");
    };
    assert_eq!((summary.released, summary.held_back["review"]), (11, 1));
    let reviewed = summary.reviewed.expect("it was read");
    assert_eq!((reviewed.samples, reviewed.leaks), (2, 1));
    let withheld = drawn(&scope, &first.deed).await.expect("its frame")[2];
    let objects = research::objects(&landed.world.research).await;
    let out: BTreeSet<_> = research::conversations(&objects).into_keys().collect();
    let digest = |id: &String| scope.ledger_key.digest("conversation", id.as_bytes());
    let left: Vec<_> = landed.ids.keys().filter(|id| !out.contains(*id)).collect();
    assert_eq!(left.len(), 1);
    assert_eq!(digest(left[0]), withheld);
    assert_eq!(flaws(&scope).await, []);
}

/// What the gate says of a clean sample once `change` was made to the tenant
/// and `after` has passed.
async fn check_then(change: impl FnOnce(&mut Tenant), after: i64, expected: Option<Unreviewed>) {
    let landed = landed().await;
    let scope = landed.world.healthy(reviewed_tenant());
    let sampled = draw(&scope, None, 7).await;
    say(&scope, &sampled.deed, 1, &[], &[]).await;
    let mut tenant = reviewed_tenant();
    tenant.authorization.expires = NOW.plus(90 * DAY);
    change(&mut tenant);
    let scope = landed.world.healthy(tenant);
    let report = run_at(&scope, NOW.plus(after), 1).await.expect("well");
    match expected {
        Some(expected) => check_refused(&report, expected),
        None => assert!(matches!(report.outcome, Outcome::Released(_)), "{report:?}"),
    }
}

#[tokio::test]
async fn a_sample_covers_what_it_was_drawn_of_while_it_is_young_and_large_enough() {
    let review = |tenant: &mut Tenant, change: fn(&mut Review)| {
        change(tenant.release.review.as_mut().expect("it is asked for"));
    };
    check_then(|_| (), DAY, None).await;
    check_then(|_| (), DAY + 1, Some(Unreviewed::Old)).await;
    let (count, needed) = (5, 6);
    let larger = Some(Unreviewed::Small { count, needed });
    check_then(
        |t| review(t, |r| r.sample = Portion::Share(5_000)),
        0,
        larger,
    )
    .await;
    let (given, needs) = (1, 2);
    let more = Some(Unreviewed::Waiting { given, needs });
    check_then(|t| review(t, |r| r.needs = 2), 0, more).await;
    let (given, needs) = (0, 1);
    let other = Some(Unreviewed::Waiting { given, needs });
    let without = |r: &mut Review| assert!(r.reviewers.remove(&key(1).verifying()));
    check_then(|t| review(t, without), 0, other).await;
}

#[tokio::test]
async fn settings_that_publish_other_conversations_want_another_sample() {
    let world = World::default();
    let scope = world.healthy(reviewed_tenant());
    let mut entropy = Entropy::from_u64(5);
    let attributes = [(crate::domain::Attribute::State, String::from("Ohio").into())];
    let one = fixture::clean_of(&["hello"], attributes.into(), &mut entropy);
    let mut list = conversations(8, 3);
    list.push(one);
    let flush = Flush {
        landed: &list,
        held_back: 0,
        at: NOW.plus(-40 * DAY),
    };
    land(&scope, &place(NAME, 0), &flush, 3).await;
    let sampled = draw(&scope, None, 7).await;
    say(&scope, &sampled.deed, 1, &[], &[]).await;
    let mut tenant = reviewed_tenant();
    tenant.release.small_cells = resolved::SmallCells {
        k: 2,
        action: resolved::SmallCellAction::HoldBack,
    };
    let scope = world.healthy(tenant);
    let report = run_at(&scope, NOW, 1).await.expect("well");
    check_refused(&report, Unreviewed::Changed);
}

#[tokio::test]
async fn a_sample_is_sealed_and_holds_what_would_be_published() {
    let landed = landed().await;
    let scope = landed.world.healthy(reviewed_tenant());
    let sampled = draw(&scope, Some(Portion::Count(100)), 7).await;
    assert!(!sampled.text.contains("cough"), "sealed");
    let open = open_sample(&scope.sealer, &sampled.text).expect("the tenant's");
    assert_eq!(
        (open.sample, open.sealed),
        (sampled.deed.sample, sampled.deed.sealed)
    );
    assert_eq!(open.conversations.len(), 12);
    let texts = |one: &crate::domain::Phi<serde_json::Value>| one.expose()["turns"].to_string();
    let said = open.conversations.iter().map(texts);
    assert_eq!(
        said.filter(|text| text.contains("how is the cough"))
            .count(),
        12
    );
    let other = landed.world.healthy(tenant("south"));
    assert!(open_sample(&other.sealer, &sampled.text).is_err());
    let (_, entries) = scope.journal.read().await.expect("a chain");
    let stored: Vec<u8> = entries.iter().flat_map(|entry| entry.to_bytes()).collect();
    let stored = String::from_utf8(stored).expect("text");
    assert!(
        landed.ids.keys().all(|id| !stored.contains(id)),
        "no research id"
    );
}

#[tokio::test]
async fn a_frame_that_was_changed_is_seen() {
    let landed = landed().await;
    let scope = landed.world.healthy(reviewed_tenant());
    let sampled = draw(&scope, None, 7).await;
    say(&scope, &sampled.deed, 1, &[2], &[]).await;
    assert_eq!(flaws(&scope).await, []);
    let (tenant, name) = (scope.id().clone(), sampled.deed.sample);
    let path = crate::lake::layout::LandingFile::Evidence { tenant, name }.path();
    let fork = landed.world.fork();
    overwrite(&*fork.landing, &path.to_string(), |bytes| bytes[0] ^= 1).await;
    let scope = fork.healthy(reviewed_tenant());
    assert_eq!(flaws(&scope).await, [Reason::OtherBytes]);
    assert!(drawn(&scope, &sampled.deed).await.is_err());
    // A leak that holds back another conversation than it marks.
    let scope = landed.world.healthy(reviewed_tenant());
    let (_, entries) = scope.journal.read().await.expect("a chain");
    let Deed::SampleReviewed(mut deed) = entries.last().expect("entries").deed.clone() else {
        panic!("the last is the verdict");
    };
    let others = drawn(&scope, &sampled.deed).await.expect("its frame");
    deed.withheld = vec![others[3]];
    record(&scope, Deed::SampleReviewed(deed)).await;
    assert_eq!(flaws(&scope).await, [Reason::Drawing]);
}
