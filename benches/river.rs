//! The null pipeline against the full one: how much of what a core could move
//! is left once every record is de-identified.
//!
//! Null: record bytes → decode → gate → assemble → landing Parquet of the raw
//! text. Full: the same up to assembled conversations, then what a flush does:
//! de-identify, second look, language gate, landing Parquet, seal, index,
//! evidence. Both have the same records, schema, compression and thread, in
//! turns (A B A B …); figures are CPU seconds of that thread.
//!
//! Records come from memory in the place of a Kafka fetch. A fetch costs both
//! sides the same, so leaving it out makes the ratio lower, never higher.
//!
//! `cargo bench --bench river [-- --quick]`

mod support {
    mod allocator;
    pub(crate) mod clock;
    pub(crate) mod dialogue;
    pub(crate) mod labelled;
    pub(crate) mod mode;
    pub(crate) mod null;
    pub(crate) mod pipeline;
    pub(crate) mod project;
    pub(crate) mod records;
    pub(crate) mod spread;
}

use std::collections::BTreeMap;

use leeward::deid::Engine;
use leeward::domain::Entropy;
use serde_json::{Value, json};

use support::clock::timed;
use support::dialogue::{Dialogue, Style, dialogues};
use support::mode::is_quick;
use support::pipeline::River;
use support::records::{Shape, records};
use support::spread::Spread;
use support::{labelled, null, project};

/// How much is measured.
struct Effort {
    /// Invented conversations of each style.
    conversations: usize,
    /// Rounds of null and full.
    rounds: usize,
    /// Passes of the null pipeline in a round, since one is short.
    null_passes: usize,
}

fn main() {
    let effort = match is_quick() {
        true => Effort {
            conversations: 20,
            rounds: 1,
            null_passes: 1,
        },
        false => Effort {
            conversations: 600,
            rounds: 5,
            null_passes: 8,
        },
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    project::write(folder.path(), 1);
    let river = River::new(&project::read(folder.path()), project::now());
    let engine = Engine::new();
    let mut sets = vec![
        (
            "clinical speech",
            dialogues(Style::ClinicalSpeech, effort.conversations, 1),
        ),
        (
            "dense chat",
            dialogues(Style::DenseChat, effort.conversations, 2),
        ),
        ("labelled", labelled::dialogues()),
    ];
    sets.retain(|(_, dialogues)| !dialogues.is_empty());
    println!(
        "{:<16}{:<16}{:>8}{:>8}{:>12}{:>12}{:>7}{:>7}{:>7}{:>7}",
        "text", "shape", "records", "MB", "null rec/s", "full rec/s", "min", "ratio", "max", "held"
    );
    let mut lines = Vec::new();
    for (name, dialogues) in &sets {
        for shape in Shape::ALL {
            lines.push(compare(&river, &engine, name, dialogues, shape, &effort));
        }
    }
    println!(
        "{}",
        json!({"bench": "river", "unit": "records per CPU second", "runs": lines})
    );
}

fn compare(
    river: &River,
    engine: &Engine,
    name: &str,
    dialogues: &[Dialogue],
    shape: Shape,
    effort: &Effort,
) -> Value {
    let records = records(dialogues, shape, "a");
    let count = records.len() as f64;
    let text: usize = dialogues.iter().map(Dialogue::text_bytes).sum();
    let mut entropy = Entropy::from_u64(7);
    let (mut nulls, mut fulls, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    let mut reasons = BTreeMap::new();
    for _ in 0..effort.rounds {
        let ((), null) = timed(|| {
            for _ in 0..effort.null_passes {
                let closed = river.assemble(&records);
                std::hint::black_box(null::to_parquet(&closed, &mut entropy));
            }
        });
        let (batch, full) = timed(|| river.prepare(engine, &records, &mut entropy));
        reasons = batch.evidence.held_back;
        let null = count * effort.null_passes as f64 / null;
        let full = count / full;
        nulls.push(null);
        fulls.push(full);
        ratios.push(full / null);
    }
    let [nulls, fulls, ratios] = [nulls, fulls, ratios].map(Spread::of);
    let held_back: u64 = reasons.values().sum();
    println!(
        "{name:<16}{:<16}{:>8}{:>8.2}{:>12.0}{:>12.0}{:>7.3}{:>7.3}{:>7.3}{:>6.1}%",
        shape.name(),
        records.len(),
        text as f64 / 1e6,
        nulls.median(),
        fulls.median(),
        ratios.min(),
        ratios.median(),
        ratios.max(),
        100.0 * held_back as f64 / dialogues.len() as f64,
    );
    json!({
        "text": name,
        "shape": shape.name(),
        "records": records.len(),
        "conversations": dialogues.len(),
        "held_back": reasons,
        "text_bytes": text,
        "null": nulls.to_json(),
        "full": fulls.to_json(),
        "ratio": ratios.to_json(),
    })
}
