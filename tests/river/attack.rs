//! Acceptance: an attacker who has the research bucket alone (names, sizes and
//! times of its objects, footers, ids, order of rows, content) dates no
//! conversation more closely than the policy's floor, learns nothing of their
//! order, and finds no tenant's name (45 CFR 164.514(b)(2)(i)(C) and (R)).
//!
//! The attacker is `attack.py`. That it can win is seen on a copy that was
//! spoiled.

use std::collections::BTreeMap;
use std::time::Duration;

use futures::TryStreamExt;
use jiff::Timestamp;
use leeward::domain::{Entropy, EpochMs};
use leeward::release::{self, Outcome, Refusal};
use leeward::scope::Scope;
use leeward::seal::LedgerKey;
use leeward::worker::wall_clock;
use serde::Deserialize;
use serde_json::json;

use super::canary::{Scanner, Surface};
use super::course::{Course, PIPELINE, Plan};
use super::load::{Record, Writer, partition_of};
use super::logs::Logs;
use super::oracle;
use super::research::Copy;
use crate::support::kafka::broker;
use crate::support::{block_on, python};

const DAY: i64 = 86_400_000;
/// What the rule's preset asks for; no override.
const TENANT: &str = "\
release: {interval: 30d, min_interval: 30d, min_conversations: 100}
purge: {kafka: 120d}
";
const TENANTS: [(&str, &str); 3] = [
    ("quillhaven", "BAA-QH-7731"),
    ("marrowgate", "BAA-MG-1182"),
    ("tidewatch", "BAA-TW-5540"),
];
/// The floor.
const MIN_INTERVAL_MS: i64 = 30 * DAY;
/// Conversations of the first release, and of the second. An order that means
/// nothing correlates by 0.011 at a time (one standard deviation), so that 0.05
/// is beyond chance.
const CALLS: [usize; 2] = [8000, 300];
/// Orders of fewer are not judged.
const LEAST_RANKED: usize = 2000;
/// The first release's conversations were held over this time.
const SPREAD_MS: i64 = 40 * DAY;
/// The greatest rank correlation with the true order.
const MOST_CORRELATION: f64 = 0.05;
const LIMIT: Duration = Duration::from_secs(300);
const ATTACK: &str = include_str!("attack.py");

/// A conversation and when it was held.
struct Call {
    id: String,
    at: EpochMs,
}

impl Call {
    fn record(&self, n: usize, topic: &str, partitions: i32) -> Record {
        let at = Timestamp::from_millisecond(self.at.0).expect("a time of these years");
        let turns = self.turns(n, at);
        let turn = |(seq, text): (usize, &String)| {
            let role = if seq % 2 == 0 { "agent" } else { "user" };
            json!({"id": format!("t{seq}"), "seq": seq, "role": role, "text": text,
                   "start_ms": 4000 * seq, "end_ms": 4000 * seq + 3000})
        };
        let turns: Vec<_> = turns.iter().enumerate().map(turn).collect();
        let value = json!({
            "conversation_id": self.id, "channel": "voice", "started_at": at.to_string(),
            "turns": turns, "end": true,
        });
        Record {
            topic: topic.to_owned(),
            partition: partition_of(&self.id, partitions),
            key: self.id.clone(),
            headers: Vec::new(),
            value: value.to_string(),
            time: Some(self.at.0),
        }
    }

    /// Most calls say on which day they are held, one way or another.
    fn turns(&self, n: usize, at: Timestamp) -> Vec<String> {
        let mix = n * 40_503 % 65_536;
        let day = match mix % 4 {
            0 => at.strftime("%B %-d").to_string(),
            1 => at.strftime("%m/%d/%Y").to_string(),
            2 => at.strftime("%Y-%m-%d").to_string(),
            _ => return vec![opening(mix), symptom(mix)],
        };
        vec![
            opening(mix),
            symptom(mix),
            "and what is today's date".to_owned(),
            format!("it is {}", day.to_lowercase()),
        ]
    }
}

fn opening(mix: usize) -> String {
    ["how can i help", "what can i do for you today"][mix / 4 % 2].to_owned()
}

fn symptom(mix: usize) -> String {
    let what = ["headache", "cough", "back pain", "fever"][mix / 8 % 4];
    format!("i have had a {what} for {} days", 2 + mix / 32 % 7)
}

/// `count` calls, in the order in which they were held, from `from` to `to`.
fn calls(wave: usize, count: usize, (from, to): (EpochMs, EpochMs)) -> Vec<Call> {
    let step = to.since(from) / i64::try_from(count).expect("a small number");
    let call = |n: usize| Call {
        id: format!("held-{wave}-{n:05}"),
        at: from.plus(step * i64::try_from(n).expect("a small number")),
    };
    (0..count).map(call).collect()
}

pub(crate) fn run() {
    let course = Course::dig(&Plan {
        pipeline: PIPELINE,
        tenant: [TENANT; 3],
        tenants: TENANTS,
        ..Plan::default()
    });
    let now = wall_clock();
    let first = calls(0, CALLS[0], (now.plus(-SPREAD_MS), now));
    let seen = flow(&course, &first, 0);
    course.attest(0);
    must_wait(&course, wall_clock().plus(MIN_INTERVAL_MS - DAY));
    let second = calls(1, CALLS[1], (now, wall_clock()));
    let made = [1, 2].map(|n| now.plus(n * (MIN_INTERVAL_MS + DAY)));
    must_release(&course, made[0]);
    flow(&course, &second, seen);
    must_wait(&course, made[1].plus(-2 * DAY));
    must_release(&course, made[1]);
    let times = truth(&course, first.iter().chain(&second));
    let bucket = Bucket::of(&course, made);
    judge(&bucket.attacked(), &times);
    nobody_is_named(&course, &bucket);
    the_attacker_can_win(&course, made, &times);
}

fn must_wait(course: &Course, now: EpochMs) {
    let outcome = release(course, now);
    let narrow = matches!(&outcome, Outcome::Refused(closed) if matches!(closed[..], [Refusal::TooNarrow { .. }]));
    assert!(narrow, "{outcome:?}");
}

fn must_release(course: &Course, now: EpochMs) {
    let outcome = release(course, now);
    assert!(matches!(outcome, Outcome::Released(_)), "{outcome:?}");
}

/// Sends `calls` and waits until all have their fate; how many have by then.
fn flow(course: &Course, calls: &[Call], before: usize) -> usize {
    let topic = &course.topics[0];
    let record = |(n, call): (usize, &Call)| call.record(n, &topic.name, topic.partitions);
    let records: Vec<Record> = calls.iter().enumerate().map(record).collect();
    let workers = [course.worker(), course.worker()];
    Writer::new(broker()).write_plainly(&records);
    let all = before + records.len();
    let fated = |logs: &Logs<'_>| logs.records_fated() == all as u64;
    Logs::of(course).await_that(LIMIT, "all has a fate", fated);
    for worker in workers {
        worker.drain();
    }
    all
}

fn release(course: &Course, now: EpochMs) -> Outcome {
    let scope = Scope::new(course.tenant(0), &course.stores, Default::default());
    let mut entropy = Entropy::from_system();
    let run = release::run(&scope, now, true, &mut entropy);
    block_on(run).expect("it is answered").outcome
}

/// When each conversation was held, by its research id.
fn truth<'a>(course: &Course, calls: impl Iterator<Item = &'a Call>) -> BTreeMap<String, EpochMs> {
    let mut logs = Logs::of(course);
    logs.read();
    let index = oracle::open(course, &logs, 0).index;
    let key = LedgerKey::new(&course.tenant(0).keys);
    let mut times = BTreeMap::new();
    for call in calls {
        let subject = key.digest("conversation", call.id.as_bytes()).to_string();
        let ids = &index[&subject];
        times.extend(ids.iter().map(|id| (id.clone(), call.at)));
    }
    times
}

/// What the attacker has.
struct Bucket {
    copy: Copy,
    /// Object → when it was last changed, in milliseconds.
    listing: BTreeMap<String, i64>,
}

#[derive(Deserialize)]
struct Learned {
    /// Research id → from, to, by which clue.
    dated: BTreeMap<String, (i64, i64, String)>,
    /// Clue → research id → rank.
    orders: BTreeMap<String, BTreeMap<String, f64>>,
}

impl Bucket {
    /// The bucket as if its releases had been made at the times `made`, which
    /// are to come.
    fn of(course: &Course, made: [EpochMs; 2]) -> Self {
        let store = leeward::lake::store::open(&course.config.pipeline.stores.research);
        let store = store.expect("a store");
        let listed: Vec<_> = block_on(store.list(None).try_collect()).expect("a list");
        let modified = |object: &object_store::ObjectMeta| {
            let name = object.location.to_string();
            let second = name.contains("release=000002");
            (name, made[usize::from(second)].0)
        };
        Self {
            copy: Copy::of(course),
            listing: listed.iter().map(modified).collect(),
        }
    }

    /// What is enough to see a thing that is wrong beside the turns.
    fn without_turns(mut self) -> Self {
        self.listing.retain(|name, _| !name.contains("/turns/"));
        self
    }

    /// What the attacker learns from it.
    fn attacked(&self) -> Learned {
        let listing = tempfile::NamedTempFile::new().expect("a file");
        serde_json::to_writer(&listing, &self.listing).expect("it is written");
        let folder = self.copy.path().display().to_string();
        let said = python::run(ATTACK, &[&folder, &listing.path().display().to_string()]);
        serde_json::from_str(&said).expect("what was learned")
    }
}

fn judge(learned: &Learned, times: &BTreeMap<String, EpochMs>) {
    let released = learned.dated.len();
    assert!(
        released >= CALLS.iter().sum::<usize>() * 9 / 10,
        "{released}"
    );
    let (span, clue) = closest(learned);
    let days = span as f64 / DAY as f64;
    assert!(span >= MIN_INTERVAL_MS, "{days:.1} days by {clue}");
    let strongest = correlations(learned, times);
    let (clue, most) = strongest.first().expect("some order");
    eprintln!(
        "{released} released; none dated within {days:.1} days; of {} orders the closest to the \
         true one is by {clue}: {most:+.3}",
        strongest.len()
    );
    assert!(most.abs() <= MOST_CORRELATION, "{clue}: {most:+.3}");
}

/// The narrowest interval in which a conversation is dated, and by what.
fn closest(learned: &Learned) -> (i64, &str) {
    let spans = learned
        .dated
        .values()
        .map(|(from, to, clue)| (to - from, clue.as_str()));
    spans.min().expect("some were released")
}

/// Each order's rank correlation (Spearman's) with the true one, the strongest
/// first; an order of equals or of few is none.
fn correlations<'a>(
    learned: &'a Learned,
    times: &BTreeMap<String, EpochMs>,
) -> Vec<(&'a str, f64)> {
    let correlation = |(clue, ranks): (&'a String, &BTreeMap<String, f64>)| {
        let mut held: Vec<(EpochMs, f64)> = ranks
            .iter()
            .filter_map(|(id, rank)| Some((*times.get(id)?, *rank)))
            .collect();
        held.sort_by_key(|(at, _)| *at);
        let ranks: Vec<f64> = held.into_iter().map(|(_, rank)| rank).collect();
        let enough = ranks.len() >= LEAST_RANKED;
        enough
            .then(|| with_position(&ranks))
            .flatten()
            .map(|r| (clue.as_str(), r))
    };
    let mut all: Vec<_> = learned.orders.iter().filter_map(correlation).collect();
    all.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    all
}

/// The correlation of ranks with their positions; `None` where all are equal.
fn with_position(ranks: &[f64]) -> Option<f64> {
    let count = ranks.len() as f64;
    let mean = ranks.iter().sum::<f64>() / count;
    let middle = (count - 1.0) / 2.0;
    let (mut both, mut own, mut places) = (0.0, 0.0, 0.0);
    for (place, rank) in ranks.iter().enumerate() {
        let (by_place, by_rank) = (place as f64 - middle, rank - mean);
        both += by_place * by_rank;
        own += by_rank * by_rank;
        places += by_place * by_place;
    }
    (own > 0.0).then(|| both / (own * places).sqrt())
}

/// No name, topic, group or agreement of a tenant is in the bucket, in any form.
fn nobody_is_named(course: &Course, bucket: &Bucket) {
    let names = TENANTS
        .iter()
        .flat_map(|(name, agreement)| [*name, *agreement]);
    let names = names.map(str::to_owned);
    let topics = course.topics.iter().map(|topic| topic.name.clone());
    let scanner = Scanner::new(names.chain(topics).chain([course.group.clone()]).collect());
    let leaks = Surface::of_files("the bucket", &bucket.copy.path()).leaks(&scanner);
    assert!(leaks.is_empty(), "{leaks:?}");
}

/// Rewrites the first release with one thing wrong.
const SPOIL: &str = r#"
import datetime, glob, json, sys, uuid
import pyarrow as pa, pyarrow.parquet as pq
times, how = json.load(open(sys.argv[2])), sys.argv[3]
near = max(times.values()) - 10 * 86_400_000
day = datetime.datetime.fromtimestamp(near / 1000, datetime.timezone.utc)
for path in glob.glob(sys.argv[1] + '/*/conversations/*/release=000001/*.parquet'):
    table = pq.ParquetFile(path).read()
    rows = table.to_pylist()
    if how == 'order':
        rows.sort(key=lambda row: times[row['conversation_id']])
    if how == 'text':
        rows[7]['attributes']['topic'] = day.strftime('call of %B %d')
    if how == 'id':
        rows[7]['conversation_id'] = str(uuid.UUID(int=near << 80 | 7 << 76 | 2 << 62))
    table = pa.Table.from_pylist(rows, schema=table.schema)
    if how == 'footer':
        table = table.replace_schema_metadata({'written': str(near)})
    pq.write_table(table, path)
if how == 'document':
    path = glob.glob(sys.argv[1] + '/*/releases/release=000001/manifest.json')[0]
    open(path, 'a').write(day.strftime('"from": "%Y-%m-%d"'))
"#;

/// Each copy with one thing wrong tells the attacker more.
fn the_attacker_can_win(course: &Course, made: [EpochMs; 2], times: &BTreeMap<String, EpochMs>) {
    let file = tempfile::NamedTempFile::new().expect("a file");
    serde_json::to_writer(&file, times).expect("it is written");
    let file = file.path().display().to_string();
    for how in ["order", "text", "id", "footer", "document"] {
        let bucket = Bucket::of(course, made).without_turns();
        let folder = bucket.copy.path().display().to_string();
        python::run(SPOIL, &[&folder, &file, how]);
        let learned = bucket.attacked();
        let won = if how == "order" {
            correlations(&learned, times)[0].1 > 0.99
        } else {
            closest(&learned).0 <= DAY
        };
        assert!(won, "{how}: the attacker does not see it");
    }
    let soon = [made[0], made[0].plus(10 * DAY)];
    let learned = Bucket::of(course, soon).without_turns().attacked();
    assert!(
        closest(&learned).0 < MIN_INTERVAL_MS,
        "a release too soon is not seen"
    );
}
