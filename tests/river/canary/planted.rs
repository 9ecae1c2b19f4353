//! What is planted: made-up identifiers, and the records that carry them.

use serde_json::{Value, json};

use crate::river::load::{Record, Shape, Topic, partition_of};

/// Where a value is planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spot {
    /// Said in a turn.
    Text,
    /// In the record's metadata, or in a field that no mapping takes.
    Metadata,
    /// In the arguments of a tool call, as a value or as a name.
    ToolArguments,
    /// In a header's value or name.
    Header,
    /// As the record's key, which is the conversation's id.
    Key,
    /// In a record that is not JSON, or of a conversation not in English, or
    /// that names another tenant.
    Unreadable,
}

/// How many values are planted in each spot: 194, to which the tenants' names
/// and their agreements' references are added.
const SPOTS: [(Spot, usize); 6] = [
    (Spot::Text, 102),
    (Spot::Metadata, 23),
    (Spot::ToolArguments, 23),
    (Spot::Header, 20),
    (Spot::Key, 20),
    (Spot::Unreadable, 6),
];

/// A planted value.
#[derive(Debug, Clone)]
pub(crate) struct Planted {
    /// Where.
    pub(crate) spot: Spot,
    /// What.
    pub(crate) value: String,
    /// The sentence that says it.
    said: String,
}

const GIVEN: [&str; 12] = [
    "Margaret", "Dennis", "Yolanda", "Curtis", "Beatrice", "Harold", "Noreen", "Clifford",
    "Rosemary", "Terrence", "Imogen", "Leopold",
];

/// Surnames that are no words.
const SURNAMES: [&str; 12] = [
    "Vanderhaegen",
    "Okonjalo",
    "Szymczykova",
    "Brandvoldt",
    "Achterbergh",
    "Karrenbeek",
    "Oyelaranti",
    "Delacroixe",
    "Whitcombery",
    "Fitzmauricson",
    "Novakovska",
    "Quillonne",
];

/// Identifier `n`, all different, with a sentence around it.
fn value(n: usize) -> (String, String) {
    let k = n / KINDS.len();
    KINDS[n % KINDS.len()](k)
}

/// A kind of identifier: the `k`-th value, and the sentence that says it.
type Kind = fn(usize) -> (String, String);

fn said(before: &str, value: String) -> (String, String) {
    let sentence = format!("{before} {value}.");
    (value, sentence)
}

const KINDS: [Kind; 14] = [
    |k| {
        said(
            "My name is",
            format!("{} {}", GIVEN[k % 12], SURNAMES[(5 * k + k / 12) % 12]),
        )
    },
    |k| {
        said(
            "You can call me back at",
            format!("415-555-{:04}", 137 + 61 * k),
        )
    },
    |k| {
        said(
            "My email is",
            format!(
                "zq.{}{}@example.org",
                SURNAMES[k % 12].to_lowercase(),
                40 + k
            ),
        )
    },
    |k| {
        said(
            "My social security number is",
            format!("5{:02}-{:02}-{:04}", 21 + k, 31 + k, 4117 + 73 * k),
        )
    },
    |k| {
        said(
            "My medical record number is",
            format!("MRN-{:07}", 7_340_911 + 1_213 * k),
        )
    },
    |k| {
        said(
            "My date of birth is",
            format!("March {}, 19{}", 3 + k, 41 + 2 * k),
        )
    },
    |k| said("My member ID is", format!("HPX{:08}", 22_018_347 + 977 * k)),
    |k| {
        said(
            "I live at",
            format!("{} {} Street", 1208 + 7 * k, SURNAMES[(k + 3) % 12]),
        )
    },
    |k| {
        said(
            "My account number is",
            format!("{:010}", 4_471_902_266_u64 + 10_007 * k as u64),
        )
    },
    |k| {
        said(
            "My page is",
            format!(
                "https://{}{k}.example.net/me",
                SURNAMES[(k + 5) % 12].to_lowercase()
            ),
        )
    },
    |k| said("My IP address is", format!("198.51.100.{}", 23 + 9 * k)),
    |k| {
        said(
            "My license plate is",
            format!("{}KX {:04}", 4 + k % 6, 7713 + 31 * k),
        )
    },
    |k| {
        said(
            "The device serial number is",
            format!("SN-{:06}-QZ", 610_337 + 419 * k),
        )
    },
    |k| {
        said(
            "My fax number is",
            format!("(628) 555-{:04}", 2_210 + 17 * k),
        )
    },
];

/// Every value that is planted in records.
pub(crate) fn planted() -> Vec<Planted> {
    let spots = SPOTS
        .iter()
        .flat_map(|&(spot, count)| std::iter::repeat_n(spot, count));
    let one = |(n, spot)| {
        let (value, said) = value(n);
        Planted { spot, value, said }
    };
    (0..).zip(spots).map(one).collect()
}

/// The records that carry `planted`, for the tenant of `topic`; `id` is the
/// conversation's unless it is the key that is planted.
pub(crate) fn carry(planted: &Planted, id: &str, topic: &Topic) -> Record {
    let Planted { spot, value, said } = planted;
    let id = if *spot == Spot::Key { value } else { id };
    let turns = match spot {
        Spot::Text => talk(said),
        _ => talk("I have had a headache for three days."),
    };
    let mut body = match topic.shape {
        Shape::Native => native(id, &turns, planted),
        Shape::OpenAi => openai(&turns, planted),
        Shape::Vapi => vapi(id, &turns, planted),
    };
    if *spot == Spot::Unreadable {
        body = unreadable(body, value);
    }
    let headers = match spot {
        Spot::Header => vec![
            ("trace".to_owned(), value.clone()),
            (value.clone(), "1".to_owned()),
        ],
        _ => Vec::new(),
    };
    Record {
        topic: topic.name.clone(),
        partition: partition_of(id, topic.partitions),
        key: id.to_owned(),
        headers,
        value: body,
        time: None,
    }
}

fn talk(said: &str) -> Vec<(&'static str, String)> {
    vec![
        (
            "agent",
            "Thank you for calling, how can I help you today?".to_owned(),
        ),
        (
            "user",
            "Hi, I would like to refill my lisinopril, please.".to_owned(),
        ),
        (
            "agent",
            "Of course. Can you tell me a little more?".to_owned(),
        ),
        ("user", said.to_owned()),
        (
            "agent",
            "Thank you. I have sent that to the pharmacy.".to_owned(),
        ),
        ("user", "Great, thanks for your help. Goodbye.".to_owned()),
    ]
}

/// A third of them as a value with a telling name, a third in a field that
/// says nothing, a third as a name.
fn field(planted: &Planted) -> Value {
    match planted.value.len() % 3 {
        0 => json!({"patient_name": planted.value}),
        1 => json!({"note": {"deep": [planted.value]}}),
        _ => json!({planted.value.clone(): true}),
    }
}

fn native(id: &str, turns: &[(&str, String)], planted: &Planted) -> String {
    let turn = |(role, text): &(&str, String)| json!({"role": role, "text": text});
    let mut turns: Vec<Value> = turns.iter().map(turn).collect();
    if planted.spot == Spot::ToolArguments {
        turns.push(
            json!({"role": "agent", "kind": "tool_call", "tool": "find", "data": field(planted)}),
        );
    }
    let mut record =
        json!({"conversation_id": id, "channel": "voice", "turns": turns, "end": true});
    if planted.spot == Spot::Metadata {
        record["metadata"] = field(planted);
        record["recording"] = field(planted);
    }
    record.to_string()
}

fn openai(turns: &[(&str, String)], planted: &Planted) -> String {
    let message = |(role, text): &(&str, String)| json!({"role": if *role == "agent" { "assistant" } else { role }, "content": text});
    let mut messages: Vec<Value> = turns.iter().map(message).collect();
    if planted.spot == Spot::ToolArguments {
        let function = json!({"name": "find", "arguments": field(planted).to_string()});
        let call = json!({"id": "call_1", "type": "function", "function": function});
        messages.push(json!({"role": "assistant", "content": null, "tool_calls": [call]}));
    }
    let mut record = json!({"messages": messages});
    if planted.spot == Spot::Metadata {
        record["metadata"] = field(planted);
        record["user"] = json!(planted.value);
    }
    record.to_string()
}

fn vapi(id: &str, turns: &[(&str, String)], planted: &Planted) -> String {
    let message = |(role, text): &(&str, String)| json!({"role": if *role == "agent" { "bot" } else { role }, "message": text});
    let mut messages: Vec<Value> = turns.iter().map(message).collect();
    if planted.spot == Spot::ToolArguments {
        let function = json!({"name": "find", "arguments": field(planted).to_string()});
        let call = json!({"id": "tc1", "type": "function", "function": function});
        messages.push(json!({"role": "tool_calls", "toolCalls": [call]}));
    }
    let mut report = json!({"type": "end-of-call-report", "call": {"id": id},
                            "artifact": {"messages": messages}});
    if planted.spot == Spot::Metadata {
        report["analysis"] = json!({"structuredData": field(planted), "summary": planted.value});
        report["customer"] = json!({"name": planted.value});
        report["transcript"] = json!(planted.value);
    }
    json!({"message": report}).to_string()
}

/// Cut short, in another language, or of another tenant by its own word.
fn unreadable(body: String, value: &str) -> String {
    match value.len() % 3 {
        0 => format!("{{\"conversation_id\": \"{value}"),
        1 => body.replace(
            "I have had a headache for three days.",
            &format!("Buenos días, me llamo {value} y tengo mucho dolor de cabeza desde ayer por la noche."),
        ),
        _ => body.replacen('{', &format!("{{\"tenant\": \"{value}\", "), 1),
    }
}
