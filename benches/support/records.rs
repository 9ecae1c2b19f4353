//! Conversations as records of the native shape, as bytes.

use serde_json::{Value, json};

use super::dialogue::{Dialogue, Line};

/// How many conversations go on at the same time in a partition.
const AT_ONCE: usize = 32;

/// How a platform cuts conversations into records.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    /// A record a turn, those of several conversations interleaved, and an end
    /// event each.
    Turn,
    /// A record a conversation.
    Call,
}

impl Shape {
    /// Both.
    pub(crate) const ALL: [Self; 2] = [Self::Turn, Self::Call];

    /// Its name in figures.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Turn => "turn per record",
            Self::Call => "call per record",
        }
    }
}

/// The records of `dialogues`, in the order of their offsets. `tag` sets their
/// ids apart from those of other calls.
pub(crate) fn records(dialogues: &[Dialogue], shape: Shape, tag: &str) -> Vec<Vec<u8>> {
    let numbered: Vec<(usize, &Dialogue)> = dialogues.iter().enumerate().collect();
    match shape {
        Shape::Call => numbered.iter().map(|(i, d)| call(tag, *i, d)).collect(),
        Shape::Turn => numbered
            .chunks(AT_ONCE)
            .flat_map(|group| interleaved(tag, group))
            .collect(),
    }
}

fn interleaved(tag: &str, group: &[(usize, &Dialogue)]) -> Vec<Vec<u8>> {
    let longest = group.iter().map(|(_, d)| d.lines.len()).max().unwrap_or(0);
    let mut out = Vec::new();
    for at in 0..=longest {
        for (i, dialogue) in group {
            let mut record = head(tag, *i, dialogue);
            if let Some(line) = dialogue.lines.get(at) {
                record["turn"] = turn(dialogue, at, line);
                out.push(bytes(&record));
            } else if at == dialogue.lines.len() {
                record["end"] = json!(true);
                out.push(bytes(&record));
            }
        }
    }
    out
}

fn call(tag: &str, i: usize, dialogue: &Dialogue) -> Vec<u8> {
    let mut record = head(tag, i, dialogue);
    let turns = dialogue.lines.iter().enumerate();
    record["turns"] = turns.map(|(at, line)| turn(dialogue, at, line)).collect();
    record["end"] = json!(true);
    bytes(&record)
}

fn head(tag: &str, i: usize, dialogue: &Dialogue) -> Value {
    json!({
        "conversation_id": format!("call-{tag}-{i:07}"),
        "channel": dialogue.channel,
        "language": "en-US",
        "started_at": "2026-03-04T15:02:11.250Z",
    })
}

fn turn(dialogue: &Dialogue, at: usize, line: &Line) -> Value {
    let start = at as u64 * 4_370;
    json!({
        "id": format!("t-{at}"),
        "seq": at,
        "role": if line.is_user { "user" } else { "agent" },
        "kind": if dialogue.channel == "chat" { "text" } else { "speech" },
        "text": line.text,
        "start_ms": start,
        "end_ms": start + 3_120,
        "confidence": 0.93,
    })
}

fn bytes(record: &Value) -> Vec<u8> {
    record.to_string().into_bytes()
}
