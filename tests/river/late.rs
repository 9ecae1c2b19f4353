//! Acceptance: conversations of which more comes after they landed, over
//! restarts. Each is one conversation in research, each of its turns is there
//! once and corrected, and a name that is said last is nowhere before.

use std::collections::BTreeMap;
use std::time::Duration;

use leeward::domain::{Entropy, EpochMs};
use leeward::release::{self, Outcome};
use leeward::scope::Scope;
use leeward::seal::LedgerKey;
use leeward::worker::wall_clock;
use serde_json::{Value, json};

use super::course::{Course, Plan, TENANT};
use super::load::{Record, Writer, partition_of};
use super::logs::Logs;
use super::oracle;
use super::research::Copy;
use super::worker::Worker;
use crate::support::kafka::broker;
use crate::support::{block_on, python};

/// How long more may come; the release is made beyond it.
const LATE_MS: i64 = 3_600_000;
const PIPELINE: &str = "\
assemble: {end_grace: 300ms, idle: 90s, max_age: 10m, late: 1h}
flush: {interval: 1s}
";
/// Everything has its fate after this.
const LIMIT: Duration = Duration::from_secs(300);
/// At most this much may be held back, in per cent.
const MOST_HELD_BACK: f64 = 3.0;

const SURNAMES: [&str; 8] = [
    "okonkwo",
    "vasquez",
    "brannigan",
    "szymanski",
    "delacroix",
    "mukherjee",
    "thorvald",
    "quillon",
];

/// What comes after a conversation has landed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum More {
    Nothing,
    Turn,
    Correction,
    Name,
}

/// One conversation: what is said first, and later.
struct Call {
    id: String,
    more: More,
    surname: &'static str,
    days: usize,
}

impl Call {
    /// One in ten has more.
    fn new(n: usize) -> Self {
        Self {
            id: format!("late-{n:05}-{:04x}", n * 40_503 % 65_536),
            more: match n % 10 {
                0 => [More::Turn, More::Correction, More::Name][n / 10 % 3],
                _ => More::Nothing,
            },
            surname: SURNAMES[n / 30 % SURNAMES.len()],
            days: 2 + n % 9,
        }
    }

    fn first(&self) -> Vec<(usize, String)> {
        let mut turns = vec![
            "thank you for calling how can i help".to_owned(),
            format!("i have had a headache for {} days", self.days),
            "are you taking anything for it".to_owned(),
            "yes ibuprofen twice a day".to_owned(),
            "did it help".to_owned(),
        ];
        turns.push(match self.more {
            More::Name => format!("a little you can see it in the {} file", self.surname),
            _ => "a little in the morning".to_owned(),
        });
        turns.into_iter().enumerate().collect()
    }

    fn later(&self) -> Vec<(usize, String)> {
        match self.more {
            More::Nothing => Vec::new(),
            More::Turn => vec![(6, "and i feel dizzy after lunch".to_owned())],
            More::Correction => vec![(1, "i have had a backache for a long time".to_owned())],
            More::Name => vec![(6, format!("my name is delphine {}", self.surname))],
        }
    }

    /// What research must read, but for names.
    fn whole(&self) -> BTreeMap<usize, String> {
        self.first().into_iter().chain(self.later()).collect()
    }

    fn records(&self, turns: Vec<(usize, String)>, topic: &str, partitions: i32) -> Vec<Record> {
        let turn = |(seq, text): (usize, String)| {
            let role = if seq % 2 == 0 { "agent" } else { "user" };
            json!({"conversation_id": self.id, "channel": "voice",
                   "turn": {"id": format!("t{seq}"), "seq": seq, "role": role, "text": text}})
        };
        let end = (!turns.is_empty()).then(|| json!({"conversation_id": self.id, "end": true}));
        let values = turns.into_iter().map(turn).chain(end);
        let record = |value: Value| Record {
            topic: topic.to_owned(),
            partition: partition_of(&self.id, partitions),
            key: self.id.clone(),
            headers: Vec::new(),
            value: value.to_string(),
            time: None,
        };
        values.map(record).collect()
    }
}

pub(crate) fn run() {
    let full = std::env::var("LEEWARD_ACCEPTANCE").is_ok_and(|word| word == "full");
    let calls: Vec<Call> = (0..if full { 5000 } else { 600 }).map(Call::new).collect();
    let course = Course::dig(&Plan {
        pipeline: PIPELINE,
        tenant: [TENANT; 3],
        ..Plan::default()
    });
    let topic = &course.topics[0];
    let records = |turns: &dyn Fn(&Call) -> Vec<(usize, String)>| -> Vec<Record> {
        let records = calls
            .iter()
            .map(|c| c.records(turns(c), &topic.name, topic.partitions));
        records.flatten().collect()
    };
    let (first, later) = (records(&Call::first), records(&Call::later));
    let mut workers = vec![course.worker(), course.worker()];
    let writer = Writer::new(broker());
    writer.write_plainly(&first);
    fated(&course, first.len());
    restart(&course, &mut workers);
    for (n, part) in later.chunks(later.len().div_ceil(3)).enumerate() {
        writer.write_plainly(part);
        if n == 1 {
            restart(&course, &mut workers);
        }
    }
    fated(&course, first.len() + later.len());
    for worker in workers {
        worker.drain();
    }
    release(&course);
    verify(&course, &calls);
    course.must(&["audit", "verify", "--deep", "pipeline.yaml"]);
}

fn fated(course: &Course, records: usize) {
    let all = |logs: &Logs<'_>| logs.records_fated() == records as u64;
    Logs::of(course).await_that(LIMIT, "all has a fate", all);
}

fn restart(course: &Course, workers: &mut Vec<Worker>) {
    workers.remove(0).kill();
    let mut worker = course.worker();
    worker.await_partitions(|n| n > 0);
    workers.push(worker);
}

/// Releases at a time when nothing more can come.
fn release(course: &Course) {
    let scope = Scope::new(course.tenant(0), &course.stores, Default::default());
    let run = |now: EpochMs| {
        let mut entropy = Entropy::from_system();
        block_on(release::run(&scope, now, true, &mut entropy)).expect("it is answered")
    };
    course.attest(0);
    let early = run(wall_clock()).outcome;
    assert_eq!(early, Outcome::MayGoOn);
    let done = run(wall_clock().plus(LATE_MS)).outcome;
    assert!(
        matches!(&done, Outcome::Released(s) if s.late == 0),
        "{done:?}"
    );
}

const READ: &str = r#"
import json, sys
import duckdb
rows = duckdb.sql(f"select conversation_id, turn, text from read_parquet('{sys.argv[1]}/*/turns/**/*.parquet') order by 1, 2").fetchall()
out = {}
for i, n, t in rows:
    out.setdefault(i, []).append([n, t])
print(json.dumps(out))
"#;

/// Asserts that every conversation is released once and whole, or held back.
fn verify(course: &Course, calls: &[Call]) {
    let mut logs = Logs::of(course);
    logs.read();
    let index = oracle::open(course, &logs, 0).index;
    let copy = Copy::of(course);
    let said = python::run(READ, &[&copy.path().display().to_string()]);
    let mut released: BTreeMap<String, Vec<(usize, String)>> =
        serde_json::from_str(&said).expect("turns by conversation");
    let key = LedgerKey::new(&course.tenant(0).keys);
    let mut held_back = 0;
    for call in calls {
        let subject = key.digest("conversation", call.id.as_bytes()).to_string();
        let ids = &index[&subject];
        assert_eq!(ids.len(), 1, "{:?}: one research id", call.more);
        match released.remove(ids.first().expect("one")) {
            Some(turns) => check(call, turns),
            None => held_back += 1,
        }
    }
    assert!(released.is_empty(), "{} were never sent", released.len());
    let share = 100.0 * f64::from(held_back) / calls.len() as f64;
    eprintln!("{} conversations, {held_back} held back", calls.len());
    assert!(share <= MOST_HELD_BACK, "{share:.1} % held back");
}

fn check(call: &Call, turns: Vec<(usize, String)>) {
    let whole = call.whole();
    let numbers: Vec<usize> = turns.iter().map(|(n, _)| *n).collect();
    let expected: Vec<usize> = (0..whole.len()).collect();
    assert_eq!(numbers, expected, "{:?}: each turn once", call.more);
    for (n, text) in turns {
        let leaks = text.contains(call.surname) || text.contains("delphine");
        assert!(!leaks, "turn {n} leaks a name that was said last");
        let named = call.more == More::Name && n >= 5;
        assert!(
            named || text == whole[&n],
            "{:?}: turn {n}: {text}",
            call.more
        );
    }
}
