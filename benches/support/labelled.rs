//! Real conversations, where there are any beside the project.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::dialogue::{Dialogue, Line};

#[derive(Deserialize)]
struct Conversation {
    channel: String,
    turns: Vec<Turn>,
}

#[derive(Deserialize)]
struct Turn {
    speaker: String,
    text: String,
}

/// The conversations of `../shared/eval/*.jsonl` that have at least four
/// turns; none where there is no such folder.
pub(crate) fn dialogues() -> Vec<Dialogue> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval");
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|kind| kind == "jsonl"));
    files.sort();
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    let texts: Vec<String> = files.into_iter().map(read).collect();
    let lines = texts.iter().flat_map(|text| text.lines());
    let conversations = lines.filter_map(|line| serde_json::from_str(line).ok());
    conversations
        .filter(|c: &Conversation| c.turns.len() >= 4)
        .map(dialogue)
        .collect()
}

fn dialogue(conversation: Conversation) -> Dialogue {
    let first = conversation.turns[0].speaker.clone();
    let lines = conversation.turns.into_iter().map(|turn| Line {
        is_user: turn.speaker != first,
        text: turn.text,
    });
    Dialogue {
        channel: if conversation.channel == "chat" {
            "chat"
        } else {
            "voice"
        },
        lines: lines.collect(),
    }
}
