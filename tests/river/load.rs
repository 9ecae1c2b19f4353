//! The load: conversations as records of three tenants in three shapes,
//! interleaved, keyed by conversation, some in transactions, some of these
//! aborted.

use std::collections::VecDeque;
use std::time::Duration;

use leeward::domain::Entropy;
use rdkafka::ClientConfig;
use rdkafka::message::{Header, OwnedHeaders};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use serde_json::{Value, json};

use super::corpus::Conversation;
use crate::support::kafka::Broker;

/// Conversations that go on at the same time.
const AT_ONCE: u64 = 24;
/// Records of one batch; some batches are transactions.
const BATCH: usize = 40;
/// Longer than any write takes.
const LIMIT: Duration = Duration::from_secs(30);

/// How a tenant writes its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One record a turn with an end event, or one record a call.
    Native,
    /// One list of messages a record.
    OpenAi,
    /// One end-of-call report a record.
    Vapi,
}

impl Shape {
    /// Every shape.
    pub(crate) const ALL: [Self; 3] = [Self::Native, Self::OpenAi, Self::Vapi];

    /// Its mapping's name in a tenant's file.
    pub(crate) const fn mapping(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::OpenAi => "openai",
            Self::Vapi => "vapi",
        }
    }

    /// `conversation` under `id` as records' values, in order.
    fn values(self, id: &str, conversation: &Conversation, turn_a_record: bool) -> Vec<Value> {
        match self {
            Self::Native if turn_a_record => native_turns(id, conversation),
            Self::Native => vec![native_call(id, conversation)],
            Self::OpenAi => vec![openai(conversation)],
            Self::Vapi => vec![vapi(id, conversation)],
        }
    }
}

fn native_turn(seq: usize, role: &str, text: &str) -> Value {
    let start = 4000 * seq;
    json!({"id": format!("t{seq}"), "seq": seq, "role": role, "text": text,
           "start_ms": start, "end_ms": start + 3500})
}

fn native_turns(id: &str, conversation: &Conversation) -> Vec<Value> {
    let record = |(seq, (role, text)): (usize, &(&str, String))| {
        json!({"conversation_id": id, "channel": conversation.channel,
               "turn": native_turn(seq, role, text)})
    };
    let mut values: Vec<Value> = conversation.turns.iter().enumerate().map(record).collect();
    values.push(json!({"conversation_id": id, "end": true}));
    values
}

fn native_call(id: &str, conversation: &Conversation) -> Value {
    let turn = |(seq, (role, text)): (usize, &(&str, String))| native_turn(seq, role, text);
    let turns: Vec<Value> = conversation.turns.iter().enumerate().map(turn).collect();
    json!({"conversation_id": id, "channel": conversation.channel, "turns": turns, "end": true})
}

fn openai(conversation: &Conversation) -> Value {
    let message = |(role, text): &(&str, String)| {
        let role = if *role == "agent" { "assistant" } else { role };
        json!({"role": role, "content": text})
    };
    conversation.turns.iter().map(message).collect()
}

fn vapi(id: &str, conversation: &Conversation) -> Value {
    let message = |(seq, (role, text)): (usize, &(&str, String))| {
        let role = if *role == "agent" { "bot" } else { role };
        json!({"role": role, "message": text, "secondsFromStart": 4 * seq, "duration": 3500})
    };
    let messages: Vec<Value> = conversation.turns.iter().enumerate().map(message).collect();
    json!({"message": {"type": "end-of-call-report", "call": {"id": id},
           "artifact": {"messages": messages}}})
}

/// One record to be written.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    /// The topic.
    pub(crate) topic: String,
    /// The partition.
    pub(crate) partition: i32,
    /// The key: the conversation's id.
    pub(crate) key: String,
    /// Headers: name, value.
    pub(crate) headers: Vec<(String, String)>,
    /// The value.
    pub(crate) value: String,
    /// Its time, in milliseconds since 1970; now where `None`.
    pub(crate) time: Option<i64>,
}

/// A conversation that was sent.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    /// The source's id.
    pub(crate) id: String,
    /// The number of its tenant.
    pub(crate) tenant: usize,
    /// Where it is from.
    pub(crate) corpus: String,
    /// Its turns.
    pub(crate) turns: usize,
    /// Its records, in order.
    pub(crate) records: Vec<Record>,
}

/// A tenant's topic, as the load needs it.
#[derive(Debug, Clone)]
pub(crate) struct Topic {
    /// Its name.
    pub(crate) name: String,
    /// How many partitions it has.
    pub(crate) partitions: i32,
    /// The shape of its records.
    pub(crate) shape: Shape,
}

/// Conversation `n` as records of tenant `tenant`, under `id`.
pub(crate) fn send_as(
    id: &str,
    n: usize,
    tenant: usize,
    topic: &Topic,
    conversation: &Conversation,
) -> Sent {
    let record = |value: Value| Record {
        topic: topic.name.clone(),
        partition: partition_of(id, topic.partitions),
        key: id.to_owned(),
        headers: Vec::new(),
        value: value.to_string(),
        time: None,
    };
    // Long calls by turns would be most of the records.
    let turn_a_record = n.is_multiple_of(2) && conversation.turns.len() <= 60;
    let values = topic.shape.values(id, conversation, turn_a_record);
    Sent {
        id: id.to_owned(),
        tenant,
        corpus: conversation.corpus.clone(),
        turns: conversation.turns.len(),
        records: values.into_iter().map(record).collect(),
    }
}

/// Any function of the key will do, as long as it is one.
pub(crate) fn partition_of(id: &str, partitions: i32) -> i32 {
    let hash = id
        .bytes()
        .fold(17_u32, |h, b| h.wrapping_mul(31) ^ u32::from(b));
    i32::try_from((hash >> 3) % partitions as u32).expect("below a small number")
}

/// Spreads conversations over tenants, one after another.
pub(crate) fn plan(conversations: &[Conversation], topics: &[Topic]) -> Vec<Sent> {
    let one = |(n, conversation): (usize, &Conversation)| {
        let tenant = n % topics.len();
        let id = format!("src-{n:05}-{:04x}", n * 40_503 % 65_536);
        send_as(&id, n / topics.len(), tenant, &topics[tenant], conversation)
    };
    conversations.iter().enumerate().map(one).collect()
}

/// One order of all records in which conversations are interleaved and each
/// keeps its own.
pub(crate) fn interleaved(sent: &[Sent], entropy: &mut Entropy) -> Vec<Record> {
    let mut waiting: VecDeque<VecDeque<Record>> = sent
        .iter()
        .map(|s| s.records.iter().cloned().collect())
        .collect();
    let mut going: Vec<VecDeque<Record>> = Vec::new();
    let mut order = Vec::new();
    loop {
        while (going.len() as u64) < AT_ONCE {
            let Some(next) = waiting.pop_front() else {
                break;
            };
            going.push(next);
        }
        if going.is_empty() {
            return order;
        }
        let pick = entropy.below(going.len() as u64) as usize;
        match going[pick].pop_front() {
            Some(record) => order.push(record),
            None => drop(going.swap_remove(pick)),
        }
    }
}

/// Writes records in order; a third of the batches are transactions, and
/// before each of these one is aborted, whose records must never show.
pub(crate) struct Writer {
    plain: BaseProducer,
    transactional: BaseProducer,
    ghosts: u32,
}

impl Writer {
    /// A writer to `broker`.
    pub(crate) fn new(broker: &Broker) -> Self {
        let plain = ClientConfig::new()
            .set("bootstrap.servers", &broker.brokers)
            .set("enable.idempotence", "true")
            .create()
            .expect("a client");
        let transactional = broker.transactional();
        Self {
            plain,
            transactional,
            ghosts: 0,
        }
    }

    /// Writes `records`; `between` is called after each batch.
    pub(crate) fn write(&mut self, records: &[Record], mut between: impl FnMut()) {
        for (n, batch) in records.chunks(BATCH).enumerate() {
            if n % 3 == 1 {
                self.abort_ghosts(batch);
                self.transaction(batch, true);
            } else {
                hand_over(&self.plain, batch);
                self.plain.flush(LIMIT).expect("all is written");
            }
            between();
        }
    }

    /// Writes `records` in no transaction, so that offsets have no gaps.
    pub(crate) fn write_plainly(&self, records: &[Record]) {
        hand_over(&self.plain, records);
        self.plain.flush(LIMIT).expect("all is written");
    }

    fn transaction(&self, batch: &[Record], commits: bool) {
        let producer = &self.transactional;
        producer.begin_transaction().expect("a transaction");
        hand_over(producer, batch);
        producer.flush(LIMIT).expect("all is written");
        let ended = if commits {
            producer.commit_transaction(LIMIT)
        } else {
            producer.abort_transaction(LIMIT)
        };
        ended.expect("the transaction ends");
    }

    /// The same records under ids of their own, aborted.
    fn abort_ghosts(&mut self, batch: &[Record]) {
        let ghosts = batch.iter().take(5).map(|record| {
            self.ghosts += 1;
            let ghost = format!("ghost-{}", self.ghosts);
            let value = record.value.replace(&record.key, &ghost);
            Record {
                key: ghost,
                value,
                ..record.clone()
            }
        });
        let ghosts: Vec<Record> = ghosts.collect();
        self.transaction(&ghosts, false);
    }
}

fn hand_over(producer: &BaseProducer, records: &[Record]) {
    for record in records {
        let headers = record
            .headers
            .iter()
            .fold(OwnedHeaders::new(), |all, (key, value)| {
                all.insert(Header {
                    key,
                    value: Some(value),
                })
            });
        let out = BaseRecord::to(&record.topic)
            .partition(record.partition)
            .key(&record.key)
            .headers(headers)
            .payload(&record.value);
        let out = match record.time {
            Some(time) => out.timestamp(time),
            None => out,
        };
        producer
            .send(out)
            .map_err(|(e, _)| e)
            .expect("room in the queue");
    }
}
