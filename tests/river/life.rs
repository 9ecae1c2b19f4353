//! The life of a release: refused until somebody answers for it, published,
//! taken back by a process that dies over it, and gone; proven after each.

use std::collections::BTreeMap;
use std::time::Duration;

use leeward::domain::Entropy;
use leeward::ledger::Deed;

use super::corpus;
use super::course::{Course, Plan};
use super::load::{Writer, interleaved, plan};
use super::logs::Logs;
use super::research::{Copy, Rows, chain, objects};
use crate::support::kafka::broker;
use crate::support::poll_until;

/// The tenant whose release is taken back, among the course's.
const WITHDRAWN: usize = 0;
/// The one whose release gives way to another.
const SUPERSEDED: usize = 1;
const VERIFY: [&str; 4] = ["audit", "verify", "--deep", "pipeline.yaml"];
const RELEASE: [&str; 3] = ["release", "pipeline.yaml", "--force"];

pub(crate) fn run() {
    let course = Course::dig(&Plan::default());
    land(&course, 40);
    refused_without_attestation(&course);
    course.release();
    course.must(&VERIFY);
    let before = Copy::of(&course).areas(&course);
    assert!(before.iter().all(|area| !area.rows.is_empty()));

    withdraw_and_die(&course);
    course.must(&VERIFY);
    course.must(&RELEASE);
    course.must(&VERIFY);
    let area = chain(&course, WITHDRAWN).0.area.expect("an area");
    let left = objects(&course.config.pipeline.stores.research);
    let left = left.into_iter().map(|(name, _)| name);
    let left: Vec<String> = left.filter(|n| n.starts_with(&area.to_string())).collect();
    let notice = format!("{area}/releases/release=000001/withdrawn.json");
    assert_eq!(left, [notice], "nothing but the notice");
    let after = Copy::of(&course).areas(&course);
    assert!(after[WITHDRAWN].rows.is_empty());
    for other in SUPERSEDED..after.len() {
        assert_eq!(
            after[other].rows, before[other].rows,
            "others are as they were"
        );
    }
    supersede(&course, &before[SUPERSEDED].rows);
    let said = course.must(&withdraw());
    assert!(said.contains("nothing of it was left"), "{said}");
    course.must(&["purge", "pipeline.yaml", "--execute"]);
    course.must(&VERIFY);
}

/// A stricter policy, and the release again under it: the same conversations
/// once, or held back.
fn supersede(course: &Course, before: &BTreeMap<String, Rows>) {
    let research = &course.config.pipeline.stores.research;
    let policy = "policy: {deny: {other_id: [please]}}\nkeys:";
    course.edit_tenant("harbor", "keys:", policy);
    let by = ["--tenant=harbor", "--by", "Orla Fenn"];
    let command = ["release", "supersede", "pipeline.yaml", "1"];
    let said = course.must(&[command.as_slice(), &by].concat());
    assert!(said.contains("release 2 released"), "{said}");
    course.must(&VERIFY);
    let after = Copy::of(course).areas(course);
    let after = &after[SUPERSEDED].rows;
    assert!(!after.is_empty() && after.keys().all(|id| before.contains_key(id)));
    assert!(after.values().all(|rows| rows.conversations == 1));
    let area = chain(course, SUPERSEDED)
        .0
        .area
        .expect("an area")
        .to_string();
    let left = objects(research).into_iter().map(|(name, _)| name);
    let old = |name: &String| name.starts_with(&area) && name.contains("release=000001");
    assert_eq!(left.filter(old).count(), 1, "the notice");
}

pub(super) fn land(course: &Course, one_in: usize) {
    let sent = plan(&corpus::sample(one_in), &course.topics);
    let order = interleaved(&sent, &mut Entropy::from_u64(5));
    let mut worker = course.worker();
    worker.await_partitions(|n| n == 12);
    Writer::new(broker()).write(&order, || ());
    let fated = |logs: &Logs<'_>| logs.records_fated() == order.len() as u64;
    Logs::of(course).await_that(Duration::from_secs(120), "all has a fate", fated);
    worker.drain();
}

fn refused_without_attestation(course: &Course) {
    let refused = course.command(&RELEASE);
    assert_eq!(refused.status.code(), Some(3), "a gate is closed");
    let said = String::from_utf8_lossy(&refused.stdout);
    let tenants = course.topics.len();
    assert_eq!(
        said.matches("run `leeward release attest`").count(),
        tenants,
        "{said}"
    );
    let research = objects(&course.config.pipeline.stores.research);
    assert!(research.is_empty(), "nothing is published");
}

fn withdraw() -> [&'static str; 9] {
    let reason = ["--reason", "identifier-found", "--by", "Orla Fenn"];
    let [a, b, c, d] = reason;
    [
        "release",
        "withdraw",
        "pipeline.yaml",
        "1",
        "--tenant=north",
        a,
        b,
        c,
        d,
    ]
}

/// The command is killed as soon as its deed is seen, somewhere in between.
fn withdraw_and_die(course: &Course) {
    let mut command = course.start(&withdraw());
    let deed = poll_until(Duration::from_secs(60), || {
        let (_, entries) = chain(course, WITHDRAWN);
        let last = entries.last().expect("a chain");
        matches!(last.deed, Deed::Withdrawn { release: 1, .. }).then_some(())
    });
    assert!(deed.is_some(), "the deed is done");
    command.kill().expect("it can be ended");
    command.wait().expect("it ends");
}
