//! The river on stores of other clouds: every conversation once, released,
//! purged of what was sealed, and verified.

use std::time::Duration;

use leeward::config::resolved::Store;
use leeward::domain::Entropy;

use super::corpus;
use super::course::{Course, Plan};
use super::load::{Writer, interleaved, plan};
use super::logs::Logs;
use super::oracle;
use super::plain::MOST_KEPT_BACK;
use crate::support::kafka::broker;
use crate::support::{azure, gcs};

const LIMIT: Duration = Duration::from_secs(300);

pub(crate) fn google() {
    run(&gcs::store);
}

pub(crate) fn azure() {
    run(&azure::store);
}

fn run(store: &dyn Fn() -> Store) {
    let course = Course::dig_at(&Plan::default(), store);
    let sent = plan(&corpus::sample(24), &course.topics);
    let order = interleaved(&sent, &mut Entropy::from_u64(3));
    let workers = [course.worker(), course.worker()];
    Writer::new(broker()).write(&order, || ());
    let fated = |logs: &Logs<'_>| logs.records_fated() == order.len() as u64;
    Logs::of(&course).await_that(LIMIT, "all has a fate", fated);
    for worker in workers {
        worker.drain();
    }
    course.release();
    oracle::verify(&course, &sent, MOST_KEPT_BACK);
    course.must(&["audit", "verify", "--deep", "pipeline.yaml"]);
}
