//! Invented transcripts: three tenants, each in a shape of its own.

use serde_json::{Value, json};

use crate::domain::Entropy;

/// Partitions of each topic.
pub(super) const PARTITIONS: i32 = 4;

/// A tenant's topic and shape.
pub(super) struct Topic {
    pub(super) tenant: &'static str,
    pub(super) mapping: &'static str,
    pub(super) name: String,
}

/// One record.
#[cfg_attr(not(feature = "kafka"), allow(dead_code))]
pub(super) struct Sample {
    pub(super) topic: String,
    pub(super) key: String,
    pub(super) payload: String,
}

/// The three topics, under names of their own for this run.
pub(super) fn topics(entropy: &mut Entropy) -> [Topic; 3] {
    let run = hex::encode(entropy.bytes::<3>());
    let topic = |tenant, mapping| Topic {
        tenant,
        mapping,
        name: format!("demo.{run}.{tenant}"),
    };
    [
        topic("harbor", "native"),
        topic("lakeside", "openai"),
        topic("northgate", "vapi"),
    ]
}

const GIVEN: [&str; 12] = [
    "maria", "john", "aisha", "peter", "grace", "tomas", "linh", "daniel", "rosa", "kwame",
    "emily", "victor",
];
const SURNAMES: [&str; 12] = [
    "lopez", "carter", "khan", "novak", "okafor", "nguyen", "fischer", "brown", "moreno", "mensah",
    "walsh", "silva",
];
const TOWNS: [&str; 6] = ["tucson", "dayton", "boise", "savannah", "fresno", "tulsa"];
const MONTHS: [&str; 6] = ["january", "march", "may", "july", "october", "december"];
const DRUGS: [&str; 6] = [
    "metformin 500 mg twice a day",
    "lisinopril 10 mg in the morning",
    "atorvastatin 40 mg at night",
    "albuterol, two puffs when i need it",
    "warfarin 5 mg",
    "sertraline 50 mg once a day",
];
const COMPLAINTS: [&str; 6] = [
    "a dry cough for three days and a fever of 101",
    "chest tightness when i climb two flights of stairs",
    "my sugar was 180 this morning and 210 last night",
    "a rash on both arms that itches",
    "pain in my lower back, about 6 out of 10",
    "headaches, maybe twice a week for a month",
];

/// The facts of one conversation.
struct Person {
    name: String,
    town: &'static str,
    birth: String,
    phone: String,
    record: String,
    age: u64,
    drug: &'static str,
    complaint: &'static str,
}

fn person(entropy: &mut Entropy) -> Person {
    let mut pick = |from: &[&'static str]| from[entropy.below(from.len() as u64) as usize];
    let (given, surname) = (pick(&GIVEN), pick(&SURNAMES));
    let (town, month) = (pick(&TOWNS), pick(&MONTHS));
    let (drug, complaint) = (pick(&DRUGS), pick(&COMPLAINTS));
    let age = 25 + entropy.below(74);
    let day = 1 + entropy.below(28);
    Person {
        name: format!("{given} {surname}"),
        town,
        birth: format!("{month} {day}, {}", 2026 - age),
        phone: format!("520-555-{:04}", entropy.below(10_000)),
        record: format!("MRN {:08}", entropy.below(100_000_000)),
        age,
        drug,
        complaint,
    }
}

/// Role and text, in order; agent first.
fn dialogue(p: &Person) -> Vec<(&'static str, String)> {
    vec![
        (
            "agent",
            String::from("thank you for calling, who am i speaking with"),
        ),
        ("user", format!("hi, my name is {}", p.name)),
        ("agent", String::from("and your date of birth please")),
        ("user", format!("{}, so i'm {} years old", p.birth, p.age)),
        ("agent", String::from("what number can we reach you at")),
        ("user", format!("it's {}, i live in {}", p.phone, p.town)),
        (
            "agent",
            format!("i found your chart, {}. what brings you in today", p.record),
        ),
        ("user", format!("i've had {}", p.complaint)),
        ("agent", String::from("are you taking anything for it")),
        ("user", format!("i take {}", p.drug)),
        (
            "agent",
            format!("thank you {}, the nurse will call you back", p.name),
        ),
    ]
}

/// Records of `count` conversations, those of different conversations mixed.
pub(super) fn conversations(count: u32, topics: &[Topic; 3], entropy: &mut Entropy) -> Vec<Sample> {
    let mut waiting: Vec<Vec<Sample>> = (0..count)
        .map(|n| {
            let topic = &topics[n as usize % 3];
            let key = format!("call-{}", hex::encode(entropy.bytes::<8>()));
            let payloads = payloads(topic.mapping, &key, &person(entropy));
            let sample = |payload: Value| Sample {
                topic: topic.name.clone(),
                key: key.clone(),
                payload: payload.to_string(),
            };
            payloads.into_iter().rev().map(sample).collect()
        })
        .collect();
    let mut out = Vec::new();
    while !waiting.is_empty() {
        let pick = entropy.below(waiting.len() as u64) as usize;
        match waiting[pick].pop() {
            Some(sample) => out.push(sample),
            None => drop(waiting.swap_remove(pick)),
        }
    }
    out
}

fn payloads(mapping: &str, key: &str, person: &Person) -> Vec<Value> {
    let turns = dialogue(person);
    match mapping {
        "native" => native(key, person, &turns),
        "openai" => vec![openai(person, &turns)],
        _ => vec![vapi(key, person, &turns)],
    }
}

/// A record a turn, and one that ends the conversation.
fn native(key: &str, person: &Person, turns: &[(&str, String)]) -> Vec<Value> {
    let mut out: Vec<Value> = turns
        .iter()
        .enumerate()
        .map(|(seq, (role, text))| {
            json!({
                "conversation_id": key,
                "channel": "voice",
                "started_at": "2026-02-11T15:04:05Z",
                "turn": {
                    "seq": seq, "role": role, "text": text,
                    "start_ms": 4_000 * seq, "end_ms": 4_000 * seq + 3_500, "confidence": 0.93,
                },
            })
        })
        .collect();
    out.push(json!({
        "conversation_id": key,
        "known": [{"category": "person", "value": person.name}],
        "end": true,
    }));
    out
}

/// A plain list of messages, with a tool call.
fn openai(person: &Person, turns: &[(&str, String)]) -> Value {
    let role = |role: &str| if role == "agent" { "assistant" } else { "user" };
    let mut messages = vec![json!({"role": "system", "content": "You schedule appointments."})];
    messages.extend(
        turns
            .iter()
            .map(|(r, text)| json!({"role": role(r), "content": text})),
    );
    let arguments = json!({"patient_name": person.name, "phone": person.phone}).to_string();
    messages.push(json!({
        "role": "assistant",
        "content": null,
        "tool_calls": [{
            "id": "call_1", "type": "function",
            "function": {"name": "create_callback", "arguments": arguments},
        }],
    }));
    Value::Array(messages)
}

/// Vapi's end-of-call report.
fn vapi(key: &str, person: &Person, turns: &[(&str, String)]) -> Value {
    let message = |(i, (role, text)): (usize, &(&str, String))| {
        let role = if *role == "agent" { "bot" } else { "user" };
        json!({
            "role": role, "message": text, "time": 1_770_822_245_000_i64 + 4_000 * i as i64,
            "endTime": 1_770_822_248_500_i64 + 4_000 * i as i64, "secondsFromStart": 4.0 * i as f64,
        })
    };
    json!({"message": {
        "type": "end-of-call-report",
        "endedReason": "customer-ended-call",
        "startedAt": "2026-02-11T15:04:05.000Z",
        "call": {"id": key},
        "customer": {"number": person.phone, "name": person.name},
        "artifact": {"messages": turns.iter().enumerate().map(message).collect::<Vec<_>>()},
    }})
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::deid::{Engine, Policy, deidentify};
    use crate::domain::{
        Channel, ConversationRef, Phi, RawConversation, RawTurn, Role, TenantId, TurnKind,
    };

    /// A newcomer sees every conversation released, its tool call included.
    #[test]
    fn no_sample_is_held_back() {
        let engine = Engine::new();
        let mut entropy = Entropy::from_u64(1);
        for _ in 0..60 {
            let person = person(&mut entropy);
            let mut lines = dialogue(&person);
            let call = json!({"patient_name": person.name, "phone": person.phone});
            lines.push(("agent", call.to_string()));
            let turn = |(role, text): (&str, String)| RawTurn {
                role: if role == "user" {
                    Role::User
                } else {
                    Role::Agent
                },
                kind: TurnKind::Text,
                text: Phi::new(text),
                ..RawTurn::default()
            };
            let conversation = RawConversation {
                tenant: TenantId::parse("demo").expect("a tenant's name"),
                conversation: ConversationRef::new("demo"),
                channel: Channel::Chat,
                language: None,
                year: Some(2026),
                turns: lines.into_iter().map(turn).collect(),
                known: Vec::new(),
                attributes: BTreeMap::new(),
                provenance: Default::default(),
                incomplete: false,
            };
            let policy = Policy::safe_harbor();
            let outcome = deidentify(&engine, &policy, &conversation, &mut entropy);
            assert_eq!(outcome.holds, [], "{}", person.complaint);
        }
    }
}
