//! Acceptance: many tenants on one group. Some are added, changed, broken and
//! taken away while all of them send, and one sends far too much: no partition
//! of another changes hands, and the others' records are committed in time.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use leeward::domain::TopicPartition;
use leeward::lake::log::Slot;
use leeward::worker::wall_clock;
use serde_json::{Value, json};

use super::course::{Course, Plan, TENANT};
use super::load::{Record, Writer};
use super::logs::Logs;
use super::worker::Worker;
use crate::support::kafka::broker;
use crate::support::poll_until;

/// One conversation is a record that ends, so that a record is committed after
/// the grace, the interval and what a flush takes.
const GRACE_MS: i64 = 500;
const INTERVAL_MS: i64 = 3_000;
const PIPELINE: &str = "\
assemble: {end_grace: 500ms, idle: 90s, max_age: 10m, late: 0s}
flush: {interval: 3s}
";
/// What the README states of the 99th percentile.
const BOUND_MS: i64 = GRACE_MS + 3 * INTERVAL_MS;
const LIMIT: Duration = Duration::from_secs(300);

/// How much of everything.
struct Size {
    tenants: usize,
    churned: usize,
    /// Between two conversations of a tenant.
    every: Duration,
    /// What a tenant sends at once that sends far too much: fifty times what
    /// others send in a phase.
    noise: usize,
}

const SMALL: Size = Size {
    tenants: 60,
    churned: 6,
    every: Duration::from_secs(3),
    noise: 250,
};
const FULL: Size = Size {
    tenants: 500,
    churned: 20,
    every: Duration::from_secs(15),
    noise: 1_000,
};
/// How long each state of the files lasts.
const PHASE: Duration = Duration::from_secs(12);
/// Between two looks at what the workers say.
const SECOND: Duration = Duration::from_secs(1);
/// What the noisy one may have read in a second.
const RATE: &str = "limits: {records_per_second: 5}\n";

pub(crate) fn run() {
    let full = std::env::var("LEEWARD_ACCEPTANCE").is_ok_and(|word| word == "full");
    let size = if full { FULL } else { SMALL };
    let course = Course::dig(&Plan {
        pipeline: PIPELINE,
        partitions: 1,
        ..Plan::default()
    });
    let topics = broker().topics(size.tenants + size.churned);
    let (steady, newcomers) = topics.split_at(size.tenants);
    let noisy = &steady[0];
    for (n, topic) in steady.iter().enumerate() {
        let limits = if n == 0 { RATE } else { "" };
        course.add_tenant(&name(n), topic, &format!("{TENANT}{limits}"));
    }
    let mut workers = [course.worker(), course.worker()];
    settle(&mut workers, size.tenants + course.topics.len());
    let before = owned(&workers, steady);
    let mut load = Load::of(&steady[1..], size.every);

    load.flow(PHASE);
    let begun = load.begin();
    // As an operator does who goes from worker to worker.
    let reload = |load: &mut Load| {
        for worker in &workers {
            worker.signal("HUP");
            load.flow(2 * SECOND);
        }
        load.flow(PHASE);
    };
    for (n, topic) in newcomers.iter().enumerate() {
        course.add_tenant(&name(size.tenants + n), topic, TENANT);
    }
    reload(&mut load);
    load.send(newcomers);
    let churned = || (0..newcomers.len()).map(|n| name(size.tenants + n));
    churned().for_each(|name| course.edit_tenant(&name, "BAA-4", "BAA-5"));
    reload(&mut load);
    // What a broken file finds uncommitted would wait at the broker.
    load.await_fates(&workers, newcomers, |load| load.flow(SECOND));
    churned().for_each(|name| course.edit_tenant(&name, "mapping: native", "mapping: nothing"));
    reload(&mut load);
    churned().for_each(|name| course.remove_tenant(&name));
    reload(&mut load);
    let noise_begun = load.begin();
    load.burst(noisy, size.noise);
    load.flow(PHASE);
    let ended = load.begin();
    load.flow(PHASE);

    let after = owned(&workers, steady);
    assert!(
        fated(&workers)[noisy] < size.noise as u64,
        "the noisy one was not held to its rate"
    );
    assert!(throttled(&workers, &name(0)) > 0.0, "it is not counted");
    course.edit_tenant(&name(0), RATE.trim_end(), "limits: {}");
    reload(&mut load);
    load.await_fates(&workers, steady, |_| std::thread::sleep(SECOND));
    for worker in workers {
        worker.drain();
    }
    let mut logs = Logs::of(&course);
    logs.read();
    load.assert_fates(&logs);
    let commits = commits(&course);
    let spans = [("files", begun, noise_begun), ("noise", noise_begun, ended)];
    let p99s = spans.map(|(what, from, to)| {
        let mut took = load.latencies(&logs, &commits, from, to, noisy);
        took.sort_unstable();
        let (half, p99) = (at(&took, 50), at(&took, 99));
        eprintln!(
            "{} tenants, {what}: {} records of others, committed after {half} ms (median), {p99} ms (p99)",
            size.tenants,
            took.len()
        );
        p99
    });
    // Figures first, so that a run that fails tells them too.
    let moved = moved(&before, &after);
    assert!(before == after, "{moved} partitions are another's now");
    assert!(p99s.iter().all(|p99| *p99 <= BOUND_MS), "{p99s:?} ms");
}

fn name(n: usize) -> String {
    format!("tenant-{n:03}")
}

fn at(sorted: &[i64], percent: usize) -> i64 {
    sorted[(sorted.len() * percent / 100).min(sorted.len() - 1)]
}

/// Waits until the workers share all partitions evenly, and read them.
fn settle(workers: &mut [Worker; 2], partitions: usize) {
    let settled = poll_until(LIMIT, || {
        let counts = workers.each_ref().map(|w| running(w).len());
        let even = counts.iter().all(|n| *n >= partitions / 2);
        (even && counts.iter().sum::<usize>() == partitions).then_some(())
    });
    let counts = workers.each_ref().map(|w| running(w).len());
    assert!(
        settled.is_some(),
        "{counts:?} of {partitions}\n{}",
        workers[0].said()
    );
}

/// The topics of the partitions that a worker reads.
fn running(worker: &Worker) -> Vec<String> {
    let status = worker.status().unwrap_or_default();
    let partitions = status["partitions"].as_array().cloned().unwrap_or_default();
    let reads = partitions.iter().filter(|p| p["state"]["is"] == "running");
    reads
        .filter_map(|p| Some(p["topic"].as_str()?.to_owned()))
        .collect()
}

/// The topics that a worker holds, and how often some were taken from it.
type Owned = (Vec<String>, usize);

/// How many topics are held by another worker than before.
fn moved(before: &[Owned], after: &[Owned]) -> usize {
    let gone = |((before, _), (after, _)): (&Owned, &Owned)| {
        before.iter().filter(|topic| !after.contains(topic)).count()
    };
    before.iter().zip(after).map(gone).sum()
}

/// Which of `topics` each worker holds, and how often partitions of theirs were
/// taken over so far.
fn owned(workers: &[Worker; 2], topics: &[String]) -> Vec<Owned> {
    let of = |worker: &Worker| {
        let status = worker.status().expect("it answers");
        let partitions = status["partitions"].as_array().expect("a list").iter();
        let held = partitions.filter_map(|p| Some(p["topic"].as_str()?.to_owned()));
        let held: Vec<String> = held.filter(|topic| topics.contains(topic)).collect();
        let said = std::fs::read_to_string(&worker.log).expect("a log");
        (held, said.matches("\"revoked\"").count())
    };
    workers.iter().map(of).collect()
}

/// For how many seconds partitions of `tenant` stood still.
fn throttled(workers: &[Worker; 2], tenant: &str) -> f64 {
    let of = |worker: &Worker| {
        let metrics = worker.get("/metrics").expect("it answers");
        let head = format!(
            "leeward_tenant_throttled_seconds_total{{tenant=\"{tenant}\",limit=\"rate\"}} "
        );
        let line = metrics.lines().find_map(|line| line.strip_prefix(&head));
        line.map_or(0.0, |value| value.parse().expect("a number"))
    };
    workers.iter().map(of).sum()
}

/// How many records of each topic have a fate, as the workers say: to read the
/// logs of hundreds of tenants takes longer than to write them.
fn fated(workers: &[Worker; 2]) -> BTreeMap<String, u64> {
    let status = workers.iter().filter_map(Worker::status);
    let partitions = status.flat_map(|s| s["partitions"].as_array().cloned().unwrap_or_default());
    let fated = |p: Value| Some((p["topic"].as_str()?.to_owned(), p["resume"].as_u64()?));
    partitions.filter_map(fated).collect()
}

/// When each slot was committed, by the workers' logs: topic, slot, milliseconds.
fn commits(course: &Course) -> BTreeMap<(String, u64), i64> {
    let mut commits = BTreeMap::new();
    for (_, bytes) in course.logs() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let lines = text.lines().filter(|line| line.contains("\"committed\""));
        for line in lines.filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
            let time: jiff::Timestamp = line["time"]
                .as_str()
                .expect("a time")
                .parse()
                .expect("a time");
            let topic = line["topic"].as_str().expect("a topic").to_owned();
            let slot = line["slot"].as_u64().expect("a number");
            commits.insert((topic, slot), time.as_millisecond());
        }
    }
    commits
}

/// Tenants that send, each its conversations in turn.
struct Load {
    topics: Vec<String>,
    every: Duration,
    writer: Writer,
    next: usize,
    /// When each record was sent, by topic and offset.
    sent: BTreeMap<String, Vec<i64>>,
}

impl Load {
    fn of(topics: &[String], every: Duration) -> Self {
        Self {
            topics: topics.to_vec(),
            every,
            writer: Writer::new(broker()),
            next: 0,
            sent: BTreeMap::new(),
        }
    }

    /// Now.
    fn begin(&self) -> i64 {
        wall_clock().0
    }

    /// Sends for `span`, evenly over tenants and time.
    fn flow(&mut self, span: Duration) {
        let begun = Instant::now();
        let pace = self.every / u32::try_from(self.topics.len()).expect("few");
        let mut due = Duration::ZERO;
        while due < span {
            let late = begun.elapsed();
            let mut records = Vec::new();
            while due <= late {
                let topic = self.topics[self.next % self.topics.len()].clone();
                self.next += 1;
                due += pace;
                records.push(self.record(&topic));
            }
            self.writer.write_plainly(&records);
            std::thread::sleep(due.saturating_sub(begun.elapsed()));
        }
    }

    /// Sends one conversation to each of `topics`.
    fn send(&mut self, topics: &[String]) {
        let records: Vec<Record> = topics.iter().map(|topic| self.record(topic)).collect();
        self.writer.write_plainly(&records);
    }

    /// Sends `count` conversations to `topic` at once.
    fn burst(&mut self, topic: &str, count: usize) {
        let records: Vec<Record> = (0..count).map(|_| self.record(topic)).collect();
        self.writer.write_plainly(&records);
    }

    /// The next record of `topic`, noted as sent now.
    fn record(&mut self, topic: &str) -> Record {
        let sent = self.sent.entry(topic.to_owned()).or_default();
        sent.push(wall_clock().0);
        record(topic, sent.len())
    }

    /// Waits until the workers say that all records sent to `topics` have a
    /// fate; `meanwhile` happens between two looks.
    ///
    /// # Panics
    /// When that takes longer than [`LIMIT`].
    fn await_fates(
        &mut self,
        workers: &[Worker; 2],
        topics: &[String],
        mut meanwhile: impl FnMut(&mut Self),
    ) {
        let mut waiting = topics.len();
        let reached = poll_until(LIMIT, || {
            meanwhile(self);
            let fated = fated(workers);
            let waits = |t: &&String| fated.get(*t) < Some(&(self.sent[*t].len() as u64));
            waiting = topics.iter().filter(waits).count();
            (waiting == 0).then_some(())
        });
        assert!(reached.is_some(), "{waiting} topics wait for fates");
    }

    /// Every record sent has one fate in the logs.
    ///
    /// # Panics
    /// When one has none, or more.
    fn assert_fates(&self, logs: &Logs<'_>) {
        for (topic, sent) in &self.sent {
            let slots = logs.slots.get(&TopicPartition::new(topic, 0));
            let counts = slots.into_iter().flatten().map(|slot| &slot.counts);
            let fated: u64 = counts.map(|c| c.committed + c.quarantined).sum();
            assert_eq!(fated, sent.len() as u64, "{topic}");
        }
    }

    /// How long the records that others than `noisy` sent from `from` until `to`
    /// took until they were committed, in milliseconds.
    fn latencies(
        &self,
        logs: &Logs<'_>,
        commits: &BTreeMap<(String, u64), i64>,
        from: i64,
        to: i64,
        noisy: &str,
    ) -> Vec<i64> {
        let mut took = Vec::new();
        for topic in self.topics.iter().filter(|topic| *topic != noisy) {
            let slots = &logs.slots[&TopicPartition::new(topic, 0)];
            for (offset, sent) in self.sent[topic].iter().enumerate() {
                if (from..to).contains(sent) {
                    let slot = slot_of(slots, offset as i64);
                    took.push(commits[&(topic.clone(), slot.n)] - sent);
                }
            }
        }
        took
    }
}

/// The slot that gave the record at `offset` its fate.
fn slot_of(slots: &[Slot], offset: i64) -> &Slot {
    let has_fate = |slot: &&Slot| slot.end > offset && slot.open.iter().all(|open| open != offset);
    slots.iter().find(has_fate).expect("it has a fate")
}

/// A whole conversation of two turns.
fn record(topic: &str, n: usize) -> Record {
    let id = format!("{topic}-{n}");
    let turn =
        |seq: usize, role: &str, text: String| json!({"seq": seq, "role": role, "text": text});
    let turns = [
        turn(0, "agent", "how can i help you today".to_owned()),
        turn(
            1,
            "user",
            format!("i have had a headache for {} days", 2 + n % 9),
        ),
    ];
    Record {
        topic: topic.to_owned(),
        partition: 0,
        key: id.clone(),
        headers: Vec::new(),
        value: json!({"conversation_id": id, "turns": turns, "end": true}).to_string(),
        time: None,
    }
}
