//! The gate on real parts: conversations whose records list inference calls, or
//! that are behavioural health. What is refused is sealed and noted, and what is
//! not is published.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::course::{Course, Plan};
use super::load::{Record, Writer, partition_of};
use super::logs::Logs;
use super::oracle;
use super::research::{Copy, objects};
use crate::support::kafka::broker;

const LIMIT: Duration = Duration::from_secs(120);
const EXPIRES: &str = "  expires: 2099-12-31\n";
/// What only records say; nobody may read it anywhere.
const SECRETS: [&str; 3] = [
    "quillon-own-model",
    "consent-of-quillon",
    "prompt-of-quillon",
];
/// Conversations of each kind.
const OF_EACH: usize = 6;

/// What the records of a conversation say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Listed,
    /// One of its records lists a model that nobody reviewed.
    Unlisted,
    /// One of its records lists no call.
    Missing,
    Flagged,
    Consented,
}

impl Kind {
    const ALL: [Self; 5] = [
        Self::Listed,
        Self::Unlisted,
        Self::Missing,
        Self::Flagged,
        Self::Consented,
    ];

    const fn refusal(self) -> Option<&'static str> {
        match self {
            Self::Listed | Self::Consented => None,
            Self::Unlisted => Some("inference_model_not_listed"),
            Self::Missing => Some("inference_missing"),
            Self::Flagged => Some("part2_consent_missing"),
        }
    }

    fn values(self, id: &str) -> Vec<Value> {
        let call = |model: &str| {
            json!([{"provider": "acme", "model": model, "endpoint": "https://eu.acme.example/v1",
                    "project": "north", "prompt_tokens": 321, "content_reference": SECRETS[2]}])
        };
        let said = [
            "thank you for calling how can i help",
            "i have had a headache for three days",
            "did you take anything for it",
        ];
        let turn = |(seq, text): (usize, &str)| {
            let inference = match (self, seq) {
                (Self::Unlisted, 1) => call(SECRETS[0]),
                (Self::Missing, 1) => Value::Null,
                _ => call("voice-2"),
            };
            json!({"conversation_id": id, "inference": inference,
                   "turn": {"seq": seq, "role": "user", "text": text}})
        };
        let mut values: Vec<Value> = said.into_iter().enumerate().map(turn).collect();
        let mut end = json!({"conversation_id": id, "end": true});
        if matches!(self, Self::Flagged | Self::Consented) {
            end["behavioral_health"] = json!(true);
        }
        if self == Self::Consented {
            end["consent_reference"] = json!(SECRETS[1]);
        }
        values.push(end);
        values
    }
}

pub(crate) fn run() {
    let course = Course::dig(&Plan::default());
    let today = jiff::Timestamp::now().to_string();
    let list = format!(
        "{EXPIRES}  inference:\n    reviewed: {}\n    required: true\n    calls:\n      \
         - {{provider: acme, model: voice-2, endpoint: \"https://eu.acme.example/v1\", \
         project: north, baa_reference: BAA-ACME, zero_data_retention: true}}\n",
        &today[..10]
    );
    course.edit_tenant("north", EXPIRES, &list);
    let records = load(&course);
    let worker = course.worker();
    Writer::new(broker()).write_plainly(&records);
    let all = |logs: &Logs<'_>| logs.records_fated() == records.len() as u64;
    let mut logs = Logs::of(&course);
    logs.await_that(LIMIT, "all has a fate", all);
    worker.drain();
    course.release();
    noted(&course, &logs);
    let released = Copy::of(&course).areas(&course)[0].rows.len();
    assert_eq!(released, 2 * OF_EACH);
    unread(&course);
    let audit = course.must(&["audit", "verify", "--deep", "pipeline.yaml"]);
    for refusal in Kind::ALL.into_iter().filter_map(Kind::refusal) {
        let line = format!("refused  north: {refusal}: {OF_EACH}");
        assert!(audit.contains(&line), "{line}\n{audit}");
    }
}

/// Records that name another tenant are sealed to the operator, who alone can
/// open them, and not without an entry in the ledger.
pub(crate) fn unclaimed() {
    let course = Course::dig(&Plan::default());
    let topic = &course.topics[0];
    let said = |n: usize, tenant: &str| {
        let id = format!("whose-{n}");
        let value = json!({"tenant": tenant, "conversation_id": id, "end": true,
                           "turn": {"role": "user", "text": SECRETS[0]}});
        Record {
            topic: topic.name.clone(),
            partition: 0,
            key: id,
            headers: Vec::new(),
            value: value.to_string(),
            time: None,
        }
    };
    let records = [said(0, "north"), said(1, "harbor"), said(2, "North")];
    let worker = course.worker();
    Writer::new(broker()).write_plainly(&records);
    let all = |logs: &Logs<'_>| logs.records_fated() == records.len() as u64;
    Logs::of(&course).await_that(LIMIT, "all has a fate", all);
    worker.drain();
    let listed = course.must(&["unclaimed", "list", "--json", "pipeline.yaml"]);
    let listed: Value = serde_json::from_str(&listed).expect("JSON");
    let files = listed["files"].as_array().expect("a list");
    let sealed: u64 = files
        .iter()
        .filter_map(|file| file["records"].as_u64())
        .sum();
    assert_eq!(sealed, 2);
    let dir = course.temporary();
    let (key, other) = (dir.join("operator.key"), dir.join("other.key"));
    std::fs::write(&key, &course.operator_key).expect("it can be written");
    std::fs::write(&other, "07".repeat(32)).expect("it can be written");
    let mut opened = String::new();
    for (n, file) in files.iter().enumerate() {
        let name = file["name"].as_str().expect("a name");
        let out = dir.join(format!("opened-{n}"));
        let open = |key: &Path| {
            let (key, out) = (key.display().to_string(), out.display().to_string());
            course.command(&[
                "unclaimed",
                "open",
                "pipeline.yaml",
                name,
                "--private-key",
                &key,
                "--out",
                &out,
                "--actor",
                "someone",
            ])
        };
        assert!(
            !open(&other).status.success() && !out.exists(),
            "another key"
        );
        let done = open(&key);
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        opened += &std::fs::read_to_string(&out).expect("it is written");
    }
    for (record, theirs) in records.iter().zip([false, true, true]) {
        let payload = BASE64_STANDARD.encode(&record.value);
        assert_eq!(opened.contains(&payload), theirs);
    }
    let entries = || {
        let audit = course.must(&["audit", "verify", "--deep", "pipeline.yaml"]);
        assert!(
            audit.contains("refused  north: tenant_disagrees: 2"),
            "{audit}"
        );
        let line = audit
            .lines()
            .find(|line| line.contains("chain    operator:"));
        line.expect("the operator's chain").to_owned()
    };
    let expected = format!("{} entries", 1 + files.len());
    assert!(entries().contains(&expected), "{}", entries());
}

fn load(course: &Course) -> Vec<Record> {
    let topic = &course.topics[0];
    let record = |id: &str, value: Value| Record {
        topic: topic.name.clone(),
        partition: partition_of(id, topic.partitions),
        key: id.to_owned(),
        headers: Vec::new(),
        value: value.to_string(),
        time: None,
    };
    let of = |(n, kind): (usize, Kind)| -> Vec<Record> {
        let id = format!("gate-{n:03}");
        let values = kind.values(&id).into_iter();
        values.map(|value| record(&id, value)).collect()
    };
    let kinds = (0..OF_EACH).flat_map(|_| Kind::ALL);
    kinds.enumerate().flat_map(of).collect()
}

/// The evidence counts each refusal and names the model of every call that was
/// reviewed.
fn noted(course: &Course, logs: &Logs<'_>) {
    let tenant = &course.tenant(0).id;
    let evidence = logs
        .all()
        .filter_map(|slot| oracle::evidence(course, slot, tenant));
    let mut held: BTreeMap<String, u64> = BTreeMap::new();
    let (mut calls, mut unlisted) = (0, 0);
    for evidence in evidence {
        for (reason, count) in evidence.held_back {
            *held.entry(reason).or_default() += count;
        }
        let used = evidence.inference.expect("calls were listed");
        assert!(
            used.models
                .iter()
                .all(|model| model.baa_reference == "BAA-ACME")
        );
        calls += used.calls.len();
        unlisted += used
            .calls
            .iter()
            .filter(|call| call.entry.is_none())
            .count();
    }
    let refusals = Kind::ALL.into_iter().filter_map(Kind::refusal);
    let expected: BTreeMap<String, u64> = refusals
        .map(|refusal| (refusal.to_owned(), OF_EACH as u64))
        .collect();
    assert_eq!(held, expected);
    assert_eq!((calls, unlisted), (OF_EACH * (5 * 3 - 1), OF_EACH));
}

/// Nothing that only a record says is readable in any store or log.
fn unread(course: &Course) {
    let stores = &course.config.pipeline.stores;
    let stores = [&stores.state, &stores.landing, &stores.research];
    let objects = stores.into_iter().flat_map(objects).chain(course.logs());
    for (name, bytes) in objects {
        for secret in SECRETS {
            let found = bytes.windows(secret.len()).any(|w| w == secret.as_bytes());
            assert!(!found, "{secret} is in {name}");
        }
    }
}
