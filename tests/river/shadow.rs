//! A shadow beside real traffic: it counts what a worker would do, leaves
//! nothing in any store and no offset in any group, and the worker that comes
//! after it does everything once.

use std::collections::BTreeMap;
use std::time::Duration;

use leeward::config::resolved::Stores;
use leeward::domain::Entropy;
use rdkafka::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};
use serde_json::Value;

use super::corpus;
use super::course::{Course, Plan};
use super::load::{Writer, interleaved, plan};
use super::logs::Logs;
use super::oracle;
use super::plain::MOST_KEPT_BACK;
use super::research::objects;
use crate::support::kafka::broker;
use crate::support::poll_until;

const LIMIT: Duration = Duration::from_secs(120);

pub(crate) fn run() {
    let course = Course::dig(&Plan::default());
    let sent = plan(&corpus::sample(16), &course.topics);
    let order = interleaved(&sent, &mut Entropy::from_u64(11));
    Writer::new(broker()).write_plainly(&order);
    let records = order.len() as u64;

    let refused = course.command(&["run", "pipeline.yaml", "--shadow", "--group", &course.group]);
    assert!(!refused.status.success(), "not in the workers' group");
    let shadow = course.worker_with(&["--shadow", "--json"]);
    let fated = || {
        let tallies = shadow.status()?["shadow"].clone();
        let done = sum(&tallies, "read") == records && sum(&tallies, "open") == 0;
        done.then_some(tallies)
    };
    let tallies = poll_until(LIMIT, fated);
    let tallies = tallies.unwrap_or_else(|| panic!("{:?}\n{}", shadow.status(), shadow.said()));
    let metrics = shadow.get("/metrics").expect("it answers");
    assert!(metrics.contains("\nleeward_shadow 1\n"), "{metrics}");
    assert!(metrics.contains("leeward_shadow_yield{tenant=\"north\"}"));
    let log = shadow.log.clone();
    shadow.drain();
    assert_eq!(told(&log), tallies, "what it tells at its end");
    nothing_is_left(&course);

    let worker = course.worker();
    let mut logs = Logs::of(&course);
    logs.await_that(LIMIT, "all has a fate", |logs| {
        logs.records_fated() == records
    });
    worker.drain();
    logs.read();
    let real: u64 = logs.all().map(|slot| slot.counts.committed).sum();
    assert_eq!(sum(&tallies, "committed"), real);
    let dropped = logs.all().flat_map(|slot| slot.counts.dropped.values());
    let real: u64 = dropped.sum();
    let maps = |tally: &Value| tally["dropped"].as_object().cloned().unwrap_or_default();
    let shadow: u64 = values(&tallies)
        .flat_map(maps)
        .filter_map(|(_, n)| n.as_u64())
        .sum();
    assert_eq!(shadow, real);
    course.release();
    oracle::verify(&course, &sent, MOST_KEPT_BACK);
    course.must(&["audit", "verify", "--deep", "pipeline.yaml"]);
}

fn values(tallies: &Value) -> impl Iterator<Item = &Value> {
    tallies.as_object().into_iter().flat_map(|all| all.values())
}

fn sum(tallies: &Value, field: &str) -> u64 {
    values(tallies)
        .filter_map(|tally| tally[field].as_u64())
        .sum()
}

/// The summary among what the shadow printed: the only JSON of many lines.
fn told(log: &std::path::Path) -> Value {
    let text = std::fs::read_to_string(log).expect("it can be read");
    assert!(text.contains("\"counted\"") && !text.contains("\"event\":\"committed\""));
    let begin = text.find("\n{\n").expect("a summary") + 1;
    let mut values = serde_json::Deserializer::from_str(&text[begin..]).into_iter();
    values.next().expect("a value").expect("JSON")
}

/// No object in any store, and no offset of the workers' group or the shadow's.
fn nothing_is_left(course: &Course) {
    let Stores {
        state,
        landing,
        research,
        ..
    } = &course.config.pipeline.stores;
    for store in [state, landing, research] {
        let names: Vec<String> = objects(store).into_iter().map(|(name, _)| name).collect();
        assert!(names.is_empty(), "{names:?}");
    }
    for group in [course.group.clone(), format!("{}.shadow", course.group)] {
        assert_eq!(offsets(course, &group), BTreeMap::new(), "{group}");
    }
}

/// What `group` has committed, by topic and partition.
fn offsets(course: &Course, group: &str) -> BTreeMap<(String, i32), i64> {
    let client: BaseConsumer = ClientConfig::new()
        .set("bootstrap.servers", &broker().brokers)
        .set("group.id", group)
        .create()
        .expect("a client");
    let mut places = TopicPartitionList::new();
    for topic in &course.topics {
        places.add_partition_range(&topic.name, 0, topic.partitions - 1);
    }
    let answer = client.committed_offsets(places, Duration::from_secs(20));
    let elements = answer.expect("an answer");
    let committed = elements.elements().into_iter().filter_map(|element| {
        let place = (element.topic().to_owned(), element.partition());
        match element.offset() {
            Offset::Offset(offset) => Some((place, offset)),
            _ => None,
        }
    });
    committed.collect()
}
