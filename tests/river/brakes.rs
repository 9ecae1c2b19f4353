//! What stands between a timer and what it deletes: a slip of the pen waits a
//! day, much at once waits for a person, and a freeze stops everything.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use leeward::ledger::Deed;
use rdkafka::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer};

use super::corpus::Conversation;
use super::course::{Course, Plan};
use super::load::{Record, Writer, send_as};
use super::logs::Logs;
use super::research::{chain, objects};
use crate::support::kafka::broker;

/// An hour longer than the timers of 30 days, and shorter than that of 60.
const AGE_MS: i64 = 30 * 86_400_000 + 3_600_000;
/// Conversations of each tenant.
const CONVERSATIONS: usize = 9;

const FROZEN: usize = 0;
const SHORTENED: usize = 1;
const UNUSUAL: usize = 2;

const PLAN: [&str; 3] = [
    "release: {interval: 1h, min_interval: 1s, min_conversations: 1, \
     dating_override: {reason: made-up people, by: the test}}\n\
     purge: {kafka: 30d}\n",
    "purge: {kafka: 60d}\n",
    "purge: {kafka: 30d, unusual: {at_least: 3}}\n",
];

pub(crate) fn run() {
    let course = Course::dig(&Plan {
        partitions: 1,
        tenant: PLAN,
        ..Plan::default()
    });
    land(&course);
    course.attest(FROZEN);
    course.must(&[&["freeze", "pipeline.yaml"], &by("--tenant=north")[..]].concat());

    let said = purge(&course);
    gone(&course, [false, false, false]);
    assert!(said.contains("purge approve"), "{said}");
    let refused = course.command(&["release", "pipeline.yaml", "--force", "--tenant=north"]);
    assert_eq!(refused.status.code(), Some(3), "a gate is closed");
    assert!(objects(&course.config.pipeline.stores.research).is_empty());

    course.edit_tenant("harbor", "60d", "30d");
    let said = purge(&course);
    gone(&course, [false, false, false]);
    for told in [&*said, &course.must(&["status", "pipeline.yaml"])] {
        assert!(told.contains("60d is in force"), "{told}");
    }
    course.edit_tenant("harbor", "30d", "60d");
    let said = purge(&course);
    assert!(!said.contains("is in force"), "{said}");

    let approve = ["purge", "approve", "pipeline.yaml"];
    course.must(&[&approve, &by("--tenant=lakeside")[..]].concat());
    purge(&course);
    gone(&course, [false, false, true]);

    let (_, entries) = chain(&course, FROZEN);
    let placed = entries.into_iter().find_map(|entry| match entry.deed {
        Deed::HoldPlaced { hold, .. } => Some(hold),
        _ => None,
    });
    let hold = placed.expect("the freeze is in the chain");
    let lift = ["hold", "lift", "pipeline.yaml", "--hold", &hold];
    course.must(&[&lift, &by("--tenant=north")[..]].concat());
    purge(&course);
    gone(&course, [true, false, true]);
    course.must(&["release", "pipeline.yaml", "--force", "--tenant=north"]);
    course.must(&["audit", "verify", "--deep", "pipeline.yaml"]);
}

fn by(tenant: &str) -> [&str; 3] {
    [tenant, "--by", "Orla Fenn"]
}

/// Purges what may go; what it prints. That something waits is no success.
fn purge(course: &Course) -> String {
    let output = course.command(&["purge", "pipeline.yaml", "--execute"]);
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Short conversations of long ago, all committed, and the worker gone.
fn land(course: &Course) {
    let mut worker = course.worker_with(&["--ingest-only"]);
    worker.await_partitions(|n| n == 3);
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = i64::try_from(now.expect("after 1970").as_millis()).expect("before the end");
    let records: Vec<Record> = [FROZEN, SHORTENED, UNUSUAL]
        .into_iter()
        .flat_map(|tenant| sent(course, tenant))
        .map(|record| Record {
            time: Some(now - AGE_MS),
            ..record
        })
        .collect();
    Writer::new(broker()).write_plainly(&records);
    let fated = |logs: &Logs<'_>| logs.records_fated() == records.len() as u64;
    Logs::of(course).await_that(Duration::from_secs(60), "all has a fate", fated);
    worker.drain();
}

fn sent(course: &Course, tenant: usize) -> Vec<Record> {
    let conversation = Conversation {
        corpus: "made-up".into(),
        channel: "voice".into(),
        turns: vec![
            ("agent", "How can I help you today?".into()),
            ("user", "I have had a headache for two days.".into()),
        ],
    };
    let topic = &course.topics[tenant];
    let sent = (0..CONVERSATIONS)
        .map(|n| send_as(&format!("c-{tenant}-{n}"), 0, tenant, topic, &conversation));
    sent.flat_map(|sent| sent.records).collect()
}

/// Asserts of each tenant whether all its records are gone, or all are there.
#[track_caller]
fn gone(course: &Course, expected: [bool; 3]) {
    let client: BaseConsumer = ClientConfig::new()
        .set("bootstrap.servers", &broker().brokers)
        .create()
        .expect("a client");
    for (tenant, gone) in [FROZEN, SHORTENED, UNUSUAL].into_iter().zip(expected) {
        let topic = &course.topics[tenant].name;
        let marks = client.fetch_watermarks(topic, 0, Duration::from_secs(20));
        let (low, high) = marks.expect("an answer");
        assert_eq!(low, if gone { high } else { 0 }, "tenant {tenant}");
    }
}
