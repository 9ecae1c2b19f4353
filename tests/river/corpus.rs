//! Conversations to send down the river: the labelled ones that lie beside the
//! project where they are there, else made-up ones.

use std::path::Path;

use serde::Deserialize;

/// A conversation as any of the shapes can carry it.
#[derive(Debug, Clone)]
pub(crate) struct Conversation {
    /// Where it is from.
    pub(crate) corpus: String,
    /// `voice`, `chat` or another word.
    pub(crate) channel: String,
    /// Who speaks (`agent` or `user`) and what is said, which is never empty.
    pub(crate) turns: Vec<(&'static str, String)>,
}

/// Every conversation with `LEEWARD_ACCEPTANCE=full`, else one in `one_in`.
pub(crate) fn sample(one_in: usize) -> Vec<Conversation> {
    let full = std::env::var("LEEWARD_ACCEPTANCE").is_ok_and(|word| word == "full");
    let all = labelled().unwrap_or_else(made_up);
    let step = if full { 1 } else { one_in };
    all.into_iter().step_by(step).collect()
}

#[derive(Deserialize)]
struct Line {
    channel: String,
    turns: Vec<LineTurn>,
}

#[derive(Deserialize)]
struct LineTurn {
    speaker: String,
    text: String,
}

fn labelled() -> Option<Vec<Conversation>> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval");
    let mut files: Vec<_> = std::fs::read_dir(dir).ok()?.flatten().collect();
    files.sort_by_key(std::fs::DirEntry::path);
    let mut all = Vec::new();
    for path in files.iter().map(std::fs::DirEntry::path) {
        if path.extension().is_none_or(|e| e != "jsonl") {
            continue;
        }
        let corpus = path.file_stem()?.to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).ok()?;
        let lines = text.lines().filter_map(|l| serde_json::from_str(l).ok());
        all.extend(lines.map(|line| conversation(&corpus, line)));
    }
    (!all.is_empty()).then_some(all)
}

fn conversation(corpus: &str, line: Line) -> Conversation {
    let turns = line.turns.into_iter().filter(|t| !t.text.trim().is_empty());
    let role = |speaker: &str| match speaker {
        "doctor" | "agent" | "system" | "guest_clinician" => "agent",
        _ => "user",
    };
    Conversation {
        corpus: corpus.to_owned(),
        channel: line.channel,
        turns: turns.map(|t| (role(&t.speaker), t.text)).collect(),
    }
}

/// 240 short calls about refills, symptoms and visits.
fn made_up() -> Vec<Conversation> {
    (0..240).map(made_up_call).collect()
}

fn made_up_call(n: usize) -> Conversation {
    let drug = ["lisinopril", "metformin", "ibuprofen", "amoxicillin"][n % 4];
    let pain = ["headache", "cough", "sore throat", "back pain"][n / 4 % 4];
    let days = 2 + n % 9;
    let mut turns = vec![
        (
            "agent",
            "Thanks for calling, how can I help you today?".to_owned(),
        ),
        ("user", format!("I have had a {pain} for {days} days now.")),
        ("agent", "Are you taking anything for it?".to_owned()),
        (
            "user",
            format!("Yes, {drug}, {} milligrams twice a day.", 5 * days),
        ),
    ];
    for asked in 0..n % 7 {
        turns.push(("agent", format!("On a scale of ten, is it above {asked}?")));
        turns.push(("user", "Yes, I would say so.".to_owned()));
    }
    turns.push(("agent", "I will let the doctor know. Goodbye.".to_owned()));
    Conversation {
        corpus: "made-up".to_owned(),
        channel: if n.is_multiple_of(3) { "chat" } else { "voice" }.to_owned(),
        turns,
    }
}
