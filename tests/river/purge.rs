//! Acceptance 6: how far originals go on a real broker, and the proof.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use leeward::domain::TopicPartition;
use leeward::ledger::{Deed, Receipt};
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};
use rdkafka::{ClientConfig, Message};

use super::corpus::Conversation;
use super::course::{Course, Plan};
use super::load::{Record, Shape, Writer, send_as};
use super::logs::Logs;
use super::research::chain;
use crate::support::kafka::broker;
use crate::support::minio::Server;
use crate::support::poll_until;

/// Seconds between a record and the end of its timer.
const TIMER: Duration = Duration::from_secs(25);
/// An hour longer than the timer of the tenant that purges after release.
const LONG_AGO_MS: i64 = 31 * 86_400_000 + 3_600_000;

const PLAN: [&str; 3] = [
    // Its conversation stays open below others that are closed.
    "purge: {kafka: 25s}\n",
    "purge: {kafka: 25s}\n",
    // Too few for a release until its operator says otherwise.
    "release: {interval: 30d, min_interval: 30d, min_conversations: 100}\n\
     purge: {kafka: 31d, after: released}\n",
];

/// The tenants by what is tried on them.
const OPEN: usize = 0;
const CLOSED: usize = 1;
const UNRELEASED: usize = 2;

const PURGE: [&str; 3] = ["purge", "pipeline.yaml", "--execute"];

pub(crate) fn run() {
    let mut server = Server::start();
    let plan = Plan {
        partitions: 1,
        pipeline: "assemble: {end_grace: 200ms, idle: 6s, max_age: 8s, late: 0s}\nflush: {interval: 500ms}\n",
        tenant: PLAN,
        ..Plan::default()
    };
    let course = Course::dig_at(&plan, &|| server.store());
    let bench = Bench::of(&course);
    let (open_at, written) = bench.fill();

    // Nothing is old enough but what may not go before its release.
    course.must(&PURGE);
    assert!(
        written.elapsed() < TIMER,
        "the machine is too slow for this trial"
    );
    bench.lows([0, 0, 0]);
    assert_eq!(bench.receipts(), [0, 0, 0]);

    let due = poll_until(TIMER * 2, || (written.elapsed() > TIMER).then_some(()));
    assert!(due.is_some());
    server.stop();
    let output = course.command(&PURGE);
    assert!(!output.status.success(), "a purge without a store says so");
    bench.lows([0, 0, 0]);
    server.resume();
    course.must(&PURGE[..2]);
    bench.lows([0, 0, 0]);
    assert_eq!(bench.receipts(), [0, 0, 0]);

    course.must(&PURGE);
    let ends = bench.ends();
    bench.lows([open_at, ends[CLOSED], 0]);
    assert_eq!(bench.receipts(), [1, 1, 0]);

    let of_one = ["release", "pipeline.yaml", "--force", "--tenant"];
    course.attest(UNRELEASED);
    let refused = course.command(&[of_one.as_slice(), &["lakeside"]].concat());
    assert_eq!(refused.status.code(), Some(3), "a gate is closed");
    bench.lows([open_at, ends[CLOSED], 0]);
    course.edit_tenant(
        "lakeside",
        "min_conversations: 100",
        "min_conversations: 1, dating_override: {reason: made-up people, by: the test}",
    );
    course.must(&[of_one.as_slice(), &["lakeside"]].concat());
    course.must(&PURGE);
    bench.lows([open_at, ends[CLOSED], ends[UNRELEASED]]);

    // What was left is still read, closes by its age, and goes in its turn.
    let worker = course.worker();
    let fated = |logs: &Logs<'_>| logs.records_fated() == bench.records();
    Logs::of(&course).await_that(Duration::from_secs(60), "the open one has a fate", fated);
    worker.drain();
    course.must(&PURGE);
    bench.lows([ends[OPEN], ends[CLOSED], ends[UNRELEASED]]);
    bench.lows_are_said();
    course.must(&["audit", "verify", "--deep", "pipeline.yaml"]);
}

/// What the broker says, asked by a client that has nothing of the program.
struct Bench<'a> {
    course: &'a Course,
    client: BaseConsumer,
}

impl<'a> Bench<'a> {
    fn of(course: &'a Course) -> Self {
        let client = ClientConfig::new()
            .set("bootstrap.servers", &broker().brokers)
            .set("group.id", "another")
            .set("auto.offset.reset", "error")
            .create()
            .expect("a client");
        Self { course, client }
    }

    /// Closed conversations, an open one, and closed ones after it; all of it
    /// processed, and the worker gone. Gives the first open offset and when it
    /// was written.
    fn fill(&self) -> (i64, std::time::Instant) {
        let mut worker = self.course.worker();
        worker.await_partitions(|n| n == 3);
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .expect("after 1970");
        let long_ago = i64::try_from(now.as_millis()).expect("before the end") - LONG_AGO_MS;
        let before = self.closed(OPEN, 0..6, None);
        let mut open = self.closed(OPEN, 6..8, None);
        open.truncate(1);
        let open_at = i64::try_from(before.len()).expect("few");
        let records = [
            before,
            open,
            self.closed(OPEN, 8..14, None),
            self.closed(CLOSED, 0..9, None),
            self.closed(UNRELEASED, 0..9, Some(long_ago)),
        ]
        .concat();
        Writer::new(broker()).write_plainly(&records);
        let written = std::time::Instant::now();
        let all_but_one = |logs: &Logs<'_>| logs.records_fated() + 1 == records.len() as u64;
        Logs::of(self.course).await_that(Duration::from_secs(20), "all but one", all_but_one);
        worker.drain();
        (open_at, written)
    }

    /// Records of short conversations of a tenant, each of which ends.
    fn closed(
        &self,
        tenant: usize,
        which: std::ops::Range<usize>,
        time: Option<i64>,
    ) -> Vec<Record> {
        let topic = &self.course.topics[tenant];
        assert!(tenant != OPEN || topic.shape == Shape::Native);
        let conversation = Conversation {
            corpus: "made-up".into(),
            channel: "voice".into(),
            turns: vec![
                ("agent", "How can I help you today?".into()),
                ("user", "I have had a headache for two days.".into()),
            ],
        };
        let sent = which.flat_map(|n| {
            send_as(&format!("c-{tenant}-{n}"), 0, tenant, topic, &conversation).records
        });
        sent.map(|record| Record { time, ..record }).collect()
    }

    fn watermarks(&self, tenant: usize) -> (i64, i64) {
        let topic = &self.course.topics[tenant].name;
        let marks = self
            .client
            .fetch_watermarks(topic, 0, Duration::from_secs(20));
        marks.expect("an answer")
    }

    fn ends(&self) -> [i64; 3] {
        [OPEN, CLOSED, UNRELEASED].map(|tenant| self.watermarks(tenant).1)
    }

    fn records(&self) -> u64 {
        self.ends().iter().map(|end| end.unsigned_abs()).sum()
    }

    /// Asserts the low watermark of each tenant's partition, and that a fetch
    /// below it fails and one at it does not.
    #[track_caller]
    fn lows(&self, expected: [i64; 3]) {
        let lows = [OPEN, CLOSED, UNRELEASED].map(|tenant| self.watermarks(tenant).0);
        assert_eq!(lows, expected);
        for (tenant, low) in lows.into_iter().enumerate() {
            if low > 0 {
                assert!(
                    self.is_refused(tenant, low - 1),
                    "a fetch below {low} is refused"
                );
                assert!(self.is_refused(tenant, 0), "a fetch at 0 is refused");
            }
            if low < self.watermarks(tenant).1 {
                assert!(!self.is_refused(tenant, low), "what is left can be read");
            }
        }
    }

    /// Whether a fetch at `offset` is out of range; else a record came.
    fn is_refused(&self, tenant: usize, offset: i64) -> bool {
        let mut place = TopicPartitionList::new();
        let topic = &self.course.topics[tenant].name;
        place
            .add_partition_offset(topic, 0, Offset::Offset(offset))
            .expect("an offset");
        self.client.assign(&place).expect("it is assigned");
        let answer = poll_until(Duration::from_secs(20), || {
            match self.client.poll(Duration::from_secs(1))? {
                Ok(record) => (record.offset() >= offset).then_some(false),
                Err(KafkaError::MessageConsumption(
                    RDKafkaErrorCode::AutoOffsetReset | RDKafkaErrorCode::OffsetOutOfRange,
                )) => Some(true),
                Err(_) => None,
            }
        });
        answer.expect("a record or a refusal")
    }

    /// Receipts of records in each tenant's chain.
    fn receipts(&self) -> [usize; 3] {
        [OPEN, CLOSED, UNRELEASED].map(|tenant| self.gone(tenant).len())
    }

    /// The low watermarks that each receipt answers for: answered, read again.
    fn gone(&self, tenant: usize) -> Vec<(i64, i64)> {
        let (_, entries) = chain(self.course, tenant);
        let gone = entries.into_iter().filter_map(|entry| match entry.deed {
            Deed::Purged {
                receipt:
                    Receipt::RecordsGone {
                        answered_low,
                        read_low,
                        fetch_below_refused,
                        ..
                    },
                ..
            } => {
                assert!(
                    fetch_below_refused,
                    "the receipt says that a fetch below was refused"
                );
                Some((answered_low, read_low))
            }
            _ => None,
        });
        gone.collect()
    }

    /// The last receipts say what the broker says.
    fn lows_are_said(&self) {
        for tenant in [OPEN, CLOSED, UNRELEASED] {
            let low = self.watermarks(tenant).0;
            assert_eq!(self.gone(tenant).last(), Some(&(low, low)));
            let place = TopicPartition::new(&self.course.topics[tenant].name, 0);
            let purged_to = chain(self.course, tenant).0.purged_to;
            assert_eq!(purged_to.get(&(place, 0)), Some(&low));
        }
    }
}
