//! What many tenants cost in memory, and how large landed and released files
//! are beside the records that came in.
//!
//! `cargo bench --bench tenants [-- --quick]`

mod support {
    mod allocator;
    pub(crate) mod clock;
    pub(crate) mod dialogue;
    pub(crate) mod labelled;
    pub(crate) mod memory;
    pub(crate) mod mode;
    pub(crate) mod pipeline;
    pub(crate) mod project;
    pub(crate) mod records;
}

use std::collections::BTreeMap;
use std::sync::Arc;

use leeward::assemble::Assembler;
use leeward::config::Config;
use leeward::decode::{Decoded, Input, Mapping, decode};
use leeward::deid::Engine;
use leeward::domain::{Entropy, TenantId};
use leeward::gate::Routes;
use leeward::lake::log::WriterId;
use leeward::scope::{Scope, Stores};
use leeward::seal::{Purpose, SealedBlob};
use leeward::table::LandedRows;
use leeward::worker::PreparedFile;
use serde_json::{Value, json};

use support::clock::timed;
use support::dialogue::{Dialogue, Style, dialogues};
use support::memory::resident_mib;
use support::mode::is_quick;
use support::pipeline::River;
use support::records::{Shape, records};
use support::{labelled, project};

/// Open conversations of each tenant, half of their turns said.
const OPEN: usize = 8;

fn main() {
    let (tenants, conversations) = if is_quick() { (20, 20) } else { (1000, 2000) };
    let engine = Engine::new();
    let folder = tempfile::tempdir().expect("a temporary folder");
    project::write(folder.path(), tenants);
    let memory = memory(folder.path(), tenants);
    let config = project::read(folder.path());
    let river = River::new(&config, project::now());
    let mut sets = vec![
        (
            "clinical speech",
            dialogues(Style::ClinicalSpeech, conversations, 3),
        ),
        ("dense chat", dialogues(Style::DenseChat, conversations, 4)),
        ("labelled", labelled::dialogues()),
    ];
    sets.retain(|(_, dialogues)| !dialogues.is_empty());
    let sizes: Vec<Value> = sets
        .iter()
        .flat_map(|(name, dialogues)| Shape::ALL.map(|shape| (name, dialogues, shape)))
        .map(|(name, dialogues, shape)| sizes(&river, &engine, name, shape, dialogues))
        .collect();
    println!(
        "{}",
        json!({"bench": "tenants", "memory": memory, "sizes": sizes})
    );
}

/// Everything that a worker holds for its tenants, built as it builds it.
struct Held {
    _routes: Routes,
    _scopes: BTreeMap<TenantId, Scope>,
    mappings: BTreeMap<TenantId, Mapping>,
}

fn memory(folder: &std::path::Path, tenants: usize) -> Value {
    let before = resident_mib();
    let (config, load) = timed(|| project::read(folder));
    let configured = resident_mib() - before;
    let (held, build) = timed(|| hold(&config));
    let held_mib = resident_mib() - before;
    let (open, text) = open_conversations(&config, &held.mappings);
    let with_open = resident_mib() - before;
    println!("{tenants} tenants: memory in MiB above that of a started engine");
    println!("  configuration                     {configured:>8.1}   {load:.2} CPU s to read");
    println!("  with routes, scopes, mappings     {held_mib:>8.1}   {build:.2} CPU s to build");
    println!(
        "  with {OPEN} conversations open each     {with_open:>8.1}   {:.1} MB of text",
        text as f64 / 1e6
    );
    let open: usize = open.iter().map(Assembler::conversations).sum();
    json!({
        "tenants": tenants,
        "configured_mib": configured,
        "held_mib": held_mib,
        "open_conversations": open,
        "open_text_bytes": text,
        "with_open_mib": with_open,
        "load_cpu_s": load,
        "build_cpu_s": build,
    })
}

fn hold(config: &Config) -> Held {
    let mut entropy = Entropy::from_u64(1);
    let writer = WriterId::draw(&mut entropy);
    let stores = Stores::open(&config.pipeline.stores).expect("folders");
    let scope =
        |(id, tenant): (&TenantId, &Arc<_>)| (id.clone(), Scope::new(tenant, &stores, writer));
    let mapping = |(id, tenant): (&TenantId, &Arc<leeward::config::Tenant>)| {
        let mapping = Mapping::preset(&tenant.mapping).expect("a preset");
        (id.clone(), mapping)
    };
    Held {
        _routes: Routes::new(config).expect("no overlap"),
        _scopes: config.tenants.iter().map(scope).collect(),
        mappings: config.tenants.iter().map(mapping).collect(),
    }
}

/// One partition a tenant with conversations in the midst of being said, and
/// the bytes of their text.
fn open_conversations(
    config: &Config,
    mappings: &BTreeMap<TenantId, Mapping>,
) -> (Vec<Assembler>, usize) {
    let now = project::now();
    let mut text = 0;
    let mut assemblers = Vec::new();
    for (seed, (tenant, mapping)) in (0..).zip(mappings) {
        let dialogues = dialogues(Style::ClinicalSpeech, OPEN, seed);
        let records = records(&dialogues, Shape::Turn, tenant.as_str());
        let mut assembler = Assembler::new(config.pipeline.assemble);
        for (offset, payload) in (0..).zip(&records[..records.len() / 2]) {
            let input = Input {
                payload,
                key: None,
                offset,
            };
            if let Ok(Decoded::Taken(fragment)) = decode(input, mapping, &config.pipeline.limits) {
                text += fragment
                    .turns
                    .iter()
                    .map(|t| t.text.expose().len())
                    .sum::<usize>();
                assembler.push(tenant, offset, now, fragment);
            }
        }
        assemblers.push(assembler);
    }
    (assemblers, text)
}

fn sizes(
    river: &River,
    engine: &Engine,
    name: &str,
    shape: Shape,
    dialogues: &[Dialogue],
) -> Value {
    let records = records(dialogues, shape, "s");
    let text: usize = dialogues.iter().map(Dialogue::text_bytes).sum();
    let raw: usize = records.iter().map(Vec::len).sum();
    let batch = river.prepare(engine, &records, &mut Entropy::from_u64(9));
    let files = batch.prepared.files;
    let held_back = bytes_of(&files, |purpose| purpose == Purpose::HeldBack);
    let landed = bytes_of(&files, |purpose| purpose != Purpose::HeldBack);
    let released = released(river, &files);
    let megabytes = |bytes: usize| bytes as f64 / 1e6;
    let held = batch.evidence.held_back.values().sum::<u64>();
    println!(
        "{name}, {}: JSON {:.2} MB with {:.2} MB of text; landed {} conversations in {:.2} MB \
         sealed, {:.2} MB released; held back {held} in {:.2} MB",
        shape.name(),
        megabytes(raw),
        megabytes(text),
        batch.evidence.conversations,
        megabytes(landed),
        megabytes(released),
        megabytes(held_back),
    );
    json!({
        "text": name,
        "shape": shape.name(),
        "records": records.len(),
        "raw_bytes": raw,
        "text_bytes": text,
        "landed_bytes": landed,
        "released_bytes": released,
        "held_back_bytes": held_back,
        "conversations": batch.evidence.conversations,
        "held_back": batch.evidence.held_back,
    })
}

/// Bytes of the sealed files for `purposes`.
fn bytes_of(files: &[PreparedFile], purposes: impl Fn(Purpose) -> bool) -> usize {
    let sealed = files.iter().filter_map(|file| match file {
        PreparedFile::Sealed(blob) => Some(blob),
        PreparedFile::Unclaimed(_) | PreparedFile::Evidence { .. } => None,
    });
    sealed
        .filter(|blob| purposes(blob.purpose()))
        .map(|blob| blob.bytes().len())
        .sum()
}

/// Bytes of one release of everything that landed in `files`, shuffled.
fn released(river: &River, files: &[PreparedFile]) -> usize {
    let landed: Vec<&SealedBlob> = files
        .iter()
        .filter_map(|file| match file {
            PreparedFile::Sealed(blob) if blob.purpose() == Purpose::Landing => Some(blob),
            _ => None,
        })
        .collect();
    let [conversations, turns] = landed[..] else {
        return 0;
    };
    let mut rows = LandedRows::new(Arc::clone(&river.sealer));
    rows.add(
        (conversations.name(), conversations.bytes()),
        (turns.name(), turns.bytes()),
    )
    .expect("what was sealed a moment ago");
    let mut entropy = Entropy::from_u64(11);
    let years = rows.years().into_values();
    let part = |mut order: Vec<usize>| {
        entropy.shuffle(&mut order);
        let files = rows.part(&order).expect("of one year").files;
        files.conversations.len() + files.turns.len()
    };
    years.map(part).sum()
}
