//! Tenants' files that break, are put right and are added while workers run:
//! nobody else is disturbed, and nothing is lost.

use std::time::Duration;

use leeward::domain::Entropy;

use super::corpus;
use super::course::{Course, Plan, TENANT};
use super::load::{Shape, Topic, Writer, interleaved, plan, send_as};
use super::logs::Logs;
use super::oracle;
use super::plain::MOST_KEPT_BACK;
use super::worker::Worker;
use crate::support::kafka::broker;
use crate::support::poll_until;

const LIMIT: Duration = Duration::from_secs(120);
/// Which tenant's file breaks, and its name.
const BROKEN: (usize, &str) = (1, "harbor");
const SOUND: &str = "permits_deidentification: true";

pub(crate) fn run() {
    let course = Course::dig(&Plan::default());
    let conversations = corpus::sample(16);
    let sent = plan(&conversations, &course.topics);
    let mut workers = [course.worker(), course.worker()];
    for worker in &mut workers {
        worker.await_partitions(|n| n == 6);
    }
    let revocations = revoked(&course);
    course.edit_tenant(BROKEN.1, SOUND, "permits_deidentification: perhaps");
    tell(&workers, |said| said.contains("disabled"));
    let order = interleaved(&sent, &mut Entropy::from_u64(9));
    let writer = Writer::new(broker());
    writer.write_plainly(&order);
    let others = sent.iter().filter(|s| s.tenant != BROKEN.0);
    fated(&course, others.map(|s| s.records.len()).sum());
    course.edit_tenant(BROKEN.1, "permits_deidentification: perhaps", SOUND);
    tell(&workers, |said| said.contains("admitted"));
    fated(&course, order.len());
    assert_eq!(revoked(&course), revocations, "no partition changed hands");
    course.release();
    oracle::verify(&course, &sent, MOST_KEPT_BACK);

    let topic = Topic {
        name: broker().topic(2),
        partitions: 2,
        shape: Shape::Native,
    };
    course.add_tenant("newcomer", &topic.name, TENANT);
    for worker in &workers {
        worker.signal("HUP");
    }
    let more = send_as("first-call", 1, 3, &topic, &conversations[0]);
    writer.write_plainly(&more.records);
    fated(&course, order.len() + more.records.len());
    pipeline_changes(&course, &workers);
    for worker in workers {
        let log = worker.log.clone();
        worker.drain();
        let said = std::fs::read_to_string(log).expect("it can be read");
        assert!(said.contains("\"restart_to_apply\""), "{said}");
        assert!(
            !said.contains("\"draining\""),
            "below the level that was set"
        );
    }
    course.must(&["audit", "verify", "--deep", "pipeline.yaml"]);
}

/// A pipeline's file that changes: levels of the log are followed, other
/// settings are named.
fn pipeline_changes(course: &Course, workers: &[Worker]) {
    course.edit_pipeline("log: \"debug\"", "log: \"warn\"");
    course.edit_pipeline("flush: {interval: 1s}", "flush: {interval: 2s}");
    for worker in workers {
        worker.signal("HUP");
        let outdated = || Some(worker.status()?["outdated"].clone());
        let named = poll_until(LIMIT, || {
            outdated().filter(|said| *said == serde_json::json!(["flush.interval"]))
        });
        assert!(named.is_some(), "{:?}\n{}", outdated(), worker.said());
    }
}

/// Lets the workers read the files, and waits until each says of the tenant
/// whose file breaks what it should.
fn tell(workers: &[Worker], expected: impl Fn(&str) -> bool) {
    for worker in workers {
        worker.signal("HUP");
        let state = || {
            let status = worker.status()?;
            let tenants = status["tenants"].as_array()?.iter();
            let one = tenants.clone().find(|t| t["tenant"] == BROKEN.1)?;
            Some(one["state"].to_string())
        };
        let told = poll_until(LIMIT, || state().filter(|said| expected(said)));
        assert!(told.is_some(), "{:?}\n{}", state(), worker.said());
    }
}

fn fated(course: &Course, records: usize) {
    let all = |logs: &Logs<'_>| logs.records_fated() == records as u64;
    Logs::of(course).await_that(LIMIT, "all has a fate", all);
}

/// How often workers have said that they gave partitions away.
fn revoked(course: &Course) -> usize {
    let logs = course.logs().into_iter();
    let text = logs.map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned());
    text.map(|t| t.matches("\"revoked\"").count()).sum()
}
