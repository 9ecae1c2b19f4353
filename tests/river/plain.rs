//! Acceptance 3: real input, two workers, nothing goes wrong.

use std::time::{Duration, Instant};

use leeward::domain::Entropy;

use super::corpus;
use super::course::{Course, Plan};
use super::load::{Writer, interleaved, plan};
use super::logs::Logs;
use super::oracle;
use crate::support::kafka::broker;

/// At most this much may be held back or quarantined while the engine is
/// young, in per cent.
pub(crate) const MOST_KEPT_BACK: f64 = 10.0;

pub(crate) fn run() {
    let begun = Instant::now();
    let course = Course::dig(&Plan::default());
    let sent = plan(&corpus::sample(4), &course.topics);
    let order = interleaved(&sent, &mut Entropy::from_u64(3));
    let mut workers = [course.worker(), course.worker()];
    for worker in &mut workers {
        worker.await_partitions(|n| n == 6);
    }
    Writer::new(broker()).write(&order, || ());
    let written = begun.elapsed();
    let fated = |logs: &Logs<'_>| logs.records_fated() == order.len() as u64;
    Logs::of(&course).await_that(Duration::from_secs(300), "all has a fate", fated);
    let landed = begun.elapsed();
    for worker in workers {
        worker.drain();
    }
    course.release();
    let released = begun.elapsed();
    let tally = oracle::verify(&course, &sent, MOST_KEPT_BACK);
    eprintln!(
        "{} conversations in {} records: written after {written:.1?}, landed {landed:.1?}, \
         released {released:.1?}, verified {:.1?}",
        tally.released + tally.held_back + tally.quarantined,
        order.len(),
        begun.elapsed(),
    );
}
