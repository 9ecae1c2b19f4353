//! Acceptance 4: the same with crashes, a rebalance and a zombie.

use std::time::{Duration, Instant};

use leeward::config::resolved::GroupProtocol;
use leeward::domain::Entropy;

use super::corpus;
use super::course::{Course, Plan};
use super::load::{Record, Writer, interleaved, plan};
use super::logs::Logs;
use super::oracle;
use super::plain::MOST_KEPT_BACK;
use super::worker::Worker;
use crate::support::kafka::broker;
use crate::support::poll_until;

/// Longer than any group takes to notice that a member is gone.
const LIMIT: Duration = Duration::from_secs(60);

pub(crate) fn classic() {
    run(GroupProtocol::CooperativeSticky);
}

pub(crate) fn kip848() {
    run(GroupProtocol::Consumer);
}

/// What happens while a part of the load is written.
type Fault = fn(&Course, &mut Vec<Worker>);

const FAULTS: [(&str, Fault); 6] = [
    ("kill -9 and restart", crash),
    ("a third worker joins", join),
    ("kill -9 and restart", crash),
    ("a worker freezes until the others have all it had", freeze),
    ("it thaws, a zombie", thaw),
    ("a worker leaves", leave),
];

fn run(protocol: GroupProtocol) {
    let course = Course::dig(&Plan {
        protocol,
        ..Plan::default()
    });
    let sent = plan(&corpus::sample(4), &course.topics);
    let seed = std::env::var("LEEWARD_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| Entropy::from_system().below(1 << 32));
    eprintln!("LEEWARD_SEED={seed}");
    let mut entropy = Entropy::from_u64(seed);
    let order = interleaved(&sent, &mut entropy);
    let mut workers = vec![course.worker(), course.worker()];
    for worker in &mut workers {
        worker.await_partitions(|n| n == 6);
    }
    let mut writer = Writer::new(broker());
    let parts = order.chunks(order.len().div_ceil(FAULTS.len()));
    for ((what, fault), part) in FAULTS.into_iter().zip(parts) {
        let at = Duration::from_millis(entropy.below(1500));
        let begun = Instant::now();
        while_written(&mut writer, part, || {
            // When the fault strikes is part of the fault.
            std::thread::sleep(at);
            fault(&course, &mut workers);
        });
        eprintln!("{what}: at {at:.1?}, over after {:.1?}", begun.elapsed());
    }
    let fated = |logs: &Logs<'_>| logs.records_fated() == order.len() as u64;
    Logs::of(&course).await_that(Duration::from_secs(300), "all has a fate", fated);
    for worker in workers {
        worker.drain();
    }
    course.release();
    oracle::verify(&course, &sent, MOST_KEPT_BACK);
}

/// Writes `part` at a steady pace, and meanwhile does `deed`.
fn while_written(writer: &mut Writer, part: &[Record], deed: impl FnOnce()) {
    std::thread::scope(|scope| {
        let written = scope.spawn(|| {
            writer.write(part, || std::thread::sleep(Duration::from_millis(150)));
        });
        deed();
        written.join().expect("the load is written");
    });
}

fn crash(course: &Course, workers: &mut Vec<Worker>) {
    workers.remove(0).kill();
    let mut worker = course.worker();
    worker.await_partitions(|n| n > 0);
    workers.push(worker);
}

fn join(course: &Course, workers: &mut Vec<Worker>) {
    crash_free(workers);
    let mut worker = course.worker();
    worker.await_partitions(|n| n > 0);
    workers.push(worker);
}

fn crash_free(workers: &mut [Worker]) {
    for worker in workers {
        assert!(
            worker.ended().is_none(),
            "a worker ended by itself:\n{}",
            worker.said()
        );
    }
}

/// Partitions that `workers` say they own, in all.
fn owned(workers: &[Worker]) -> Option<usize> {
    let count = |worker: &Worker| Some(worker.status()?["partitions"].as_array()?.len());
    workers.iter().map(count).sum()
}

#[expect(clippy::ptr_arg, reason = "every trouble has this form")]
fn freeze(_: &Course, workers: &mut Vec<Worker>) {
    let (frozen, others) = workers.split_last_mut().expect("workers");
    frozen.signal("STOP");
    let inherited = poll_until(LIMIT, || (owned(others)? == 12).then_some(()));
    assert!(
        inherited.is_some(),
        "the others have {:?} of 12",
        owned(others)
    );
}

#[expect(clippy::ptr_arg, reason = "every trouble has this form")]
fn thaw(_: &Course, workers: &mut Vec<Worker>) {
    let (zombie, _) = workers.split_last_mut().expect("workers");
    zombie.signal("CONT");
    let shared = poll_until(LIMIT, || (owned(workers)? == 12).then_some(()));
    assert!(shared.is_some(), "they have {:?} of 12", owned(workers));
    crash_free(workers);
}

fn leave(_: &Course, workers: &mut Vec<Worker>) {
    workers.remove(0).drain();
    let shared = poll_until(LIMIT, || (owned(workers)? == 12).then_some(()));
    assert!(shared.is_some(), "they have {:?} of 12", owned(workers));
}
