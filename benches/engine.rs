//! The engine alone: MB of text per CPU second of each of its parts, what it
//! takes to start, what it holds in memory, and how the cost of a turn grows with
//! the conversation's length.
//!
//! `cargo bench --bench engine [-- --quick]`

mod support {
    mod allocator;
    pub(crate) mod clock;
    pub(crate) mod dialogue;
    pub(crate) mod labelled;
    pub(crate) mod memory;
    pub(crate) mod mode;
    pub(crate) mod spread;
}

use std::collections::BTreeMap;

use leeward::deid::{CleanConversation, Engine, Policy, deidentify, find, language, second_look};
use leeward::domain::{
    Channel, ConversationRef, Entropy, Phi, RawConversation, RawTurn, Role, TenantId, TurnKind,
};
use serde_json::{Value, json};

use support::clock::timed;
use support::dialogue::{Dialogue, Line, Style, dialogues};
use support::labelled;
use support::memory::resident_mib;
use support::mode::is_quick;
use support::spread::Spread;

/// A part of the engine over all conversations.
type Part<'a> = (&'static str, &'a dyn Fn());

fn main() {
    let (conversations, rounds) = if is_quick() { (20, 1) } else { (600, 5) };
    let before = resident_mib();
    let (engine, start) = timed(Engine::new);
    let memory = resident_mib() - before;
    let start_ms = 1000.0 * start;
    println!("start-up {start_ms:.0} CPU ms; resident {memory:.0} MiB more");
    println!(
        "{:<18}{:>8}  MB of text per CPU second: median (least to greatest)",
        "text", "MB"
    );
    let sets = [
        (
            "clinical speech",
            dialogues(Style::ClinicalSpeech, conversations, 1),
        ),
        ("dense chat", dialogues(Style::DenseChat, conversations, 2)),
        ("labelled", labelled::dialogues()),
    ];
    let sets = sets.iter().filter(|(_, dialogues)| !dialogues.is_empty());
    let lines: Vec<Value> = sets
        .map(|(name, dialogues)| measure(&engine, name, dialogues, rounds))
        .collect();
    let growth = growth(&engine, rounds);
    println!(
        "{}",
        json!({"bench": "engine", "growth": growth, "start_ms": start_ms.round(), "memory_mib": memory.round(), "runs": lines})
    );
}

fn measure(engine: &Engine, name: &str, dialogues: &[Dialogue], rounds: usize) -> Value {
    let raw: Vec<RawConversation> = dialogues.iter().map(conversation).collect();
    let text: usize = dialogues.iter().map(Dialogue::text_bytes).sum();
    let megabytes = text as f64 / 1e6;
    let policy = Policy::safe_harbor();
    let deidentify =
        |raw: &RawConversation| deidentify(engine, &policy, raw, &mut Entropy::from_u64(7)).clean;
    let clean: Vec<CleanConversation> = raw.iter().map(deidentify).collect();
    let parts: [Part<'_>; 4] = [
        ("deidentify", &|| each(&raw, deidentify)),
        ("find", &|| each(&raw, |c| find(engine, c))),
        ("second look", &|| each(&clean, second_look::inspect)),
        ("language", &|| each(&raw, language::judge)),
    ];
    println!("{name:<18}{megabytes:>8.2}");
    let mut line = json!({"text": name, "text_bytes": text});
    for (part, work) in parts {
        let speeds = (0..rounds).map(|_| megabytes / timed(work).1);
        let speeds = Spread::of(speeds.collect());
        println!(
            "  {part:<16}{:>8.2} ({:.2} to {:.2})",
            speeds.median(),
            speeds.min(),
            speeds.max()
        );
        line[part] = speeds.to_json();
    }
    line
}

/// What a turn costs in a conversation of 10,000, as a multiple of what it costs
/// in one of 10: the same turns, grouped in two ways.
fn growth(engine: &Engine, rounds: usize) -> Value {
    const TURNS: usize = 10_000;
    let lines = dialogues(Style::ClinicalSpeech, 600, 3).into_iter();
    let lines = lines.flat_map(|dialogue| dialogue.lines);
    let lines: Vec<Line> = lines.take(TURNS).collect();
    let grouped = |turns| -> Vec<RawConversation> {
        let groups = lines.chunks(turns);
        groups.map(|lines| spoken("voice", lines)).collect()
    };
    let (short, long) = (grouped(10), grouped(TURNS));
    let policy = Policy::safe_harbor();
    let cost = |conversations: &[RawConversation]| {
        let deidentify = |raw: &RawConversation| {
            deidentify(engine, &policy, raw, &mut Entropy::from_u64(7)).clean
        };
        timed(|| each(conversations, deidentify)).1
    };
    let ratios = (0..rounds).map(|_| cost(&long) / cost(&short));
    let ratios = Spread::of(ratios.collect());
    println!(
        "a turn of {TURNS} costs {:.2} times ({:.2} to {:.2}) what one of 10 does",
        ratios.median(),
        ratios.min(),
        ratios.max()
    );
    ratios.to_json()
}

fn each<T, U>(items: &[T], work: impl Fn(&T) -> U) {
    for item in items {
        std::hint::black_box(work(item));
    }
}

fn conversation(dialogue: &Dialogue) -> RawConversation {
    spoken(dialogue.channel, &dialogue.lines)
}

fn spoken(channel: &str, lines: &[Line]) -> RawConversation {
    let (channel, kind) = match channel {
        "chat" => (Channel::Chat, TurnKind::Text),
        _ => (Channel::Voice, TurnKind::Speech),
    };
    let turn = |line: &Line| RawTurn {
        role: if line.is_user {
            Role::User
        } else {
            Role::Agent
        },
        kind,
        text: Phi::new(line.text.clone()),
        ..RawTurn::default()
    };
    RawConversation {
        tenant: TenantId::parse("bench").expect("a tenant's name"),
        conversation: ConversationRef::new("bench"),
        channel,
        language: None,
        year: Some(2026),
        turns: lines.iter().map(turn).collect(),
        known: Vec::new(),
        attributes: BTreeMap::new(),
        provenance: Default::default(),
        incomplete: false,
    }
}
