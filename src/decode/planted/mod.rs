//! An identifier in every string of a real-looking record, in every preset:
//! what becomes of each, and whether what is useful stays.
//!
//! `tests/shapes/useful.txt` lists words of the samples that research needs.
//! The table is `tests/shapes/planted.md`, and the README shows it.

mod leaves;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value;

use super::samples::{LIMITS, read, samples};
use super::{DecodeError, Decoded, presets};
use crate::deid::{Engine, Policy, deidentify};
use crate::domain::{Entropy, EpochMs, Fragment, RawConversation, TenantId, TurnKind};
use leaves::{Step, at, change, leaves, names};
use values::{is_word, keys, plant};

/// What became of the planted fields of one sample, or of one preset's.
#[derive(Debug, Default, Clone, PartialEq)]
struct Tally {
    samples: usize,
    fields: usize,
    /// Fields of closed words and times: to plant there makes another record.
    closed: usize,
    dropped: usize,
    /// Taken as a value to be searched for.
    known: usize,
    replaced: usize,
    leaking: Vec<String>,
    useful: usize,
    lost: Vec<String>,
}

/// How a fragment becomes the text that leaves.
type Clean<'c> = &'c dyn Fn(&Fragment) -> String;

fn letters(text: &str) -> String {
    let kept = text.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|c| c.to_ascii_lowercase()).collect()
}

/// What a record is, but for what its strings say.
fn skeleton(decoded: &Result<Decoded, DecodeError>) -> String {
    let Ok(Decoded::Taken(fragment)) = decoded else {
        return super::samples::dump(decoded);
    };
    let turns = fragment.turns.iter();
    let turns: Vec<_> = turns
        .map(|t| (t.role, t.kind, t.seq, t.start_ms, t.end_ms, t.confidence))
        .collect();
    format!(
        "{:?} {:?} {} {} {turns:?}",
        fragment.channel, fragment.started_at, fragment.ends, fragment.partials
    )
}

/// Words that follow each other are planted in so many rounds, one in each: a
/// text of nothing but identifiers has no context to be judged by.
const ROUNDS: usize = 8;

/// Plants in every string of `record` and tells what became of each.
fn measure(preset: &str, name: &str, record: &Value, useful: &[&str], clean: Clean<'_>) -> Tally {
    let decoded = |record: &Value| read(preset, record.to_string().as_bytes(), &LIMITS);
    let before = skeleton(&decoded(record));
    let mut tally = Tally::default();
    let (mut planted, mut needles) = (record.clone(), Vec::new());
    let (mut pressed, mut words) = (Vec::new(), vec![Vec::new(); ROUNDS]);
    for (n, path) in leaves(record).into_iter().enumerate() {
        tally.fields += 1;
        let was = at(record, &path);
        let mut other = record.clone();
        change(&mut other, &path, "zq zq");
        let (parent, field) = names(&path);
        let plant = plant(n, parent, field, &was);
        if skeleton(&decoded(&other)) != before {
            tally.closed += 1;
            hostile(preset, record, &path, n, clean, &mut tally.leaking);
        } else if field == "digit" {
            pressed.push(path);
        } else if is_word(field, &was) && !was.contains(' ') {
            words[n % ROUNDS].push((path, plant));
        } else {
            change(&mut planted, &path, &plant.value);
            needles.push((path, plant.needles));
        }
    }
    press(&mut planted, &pressed, &mut needles);
    let mut lost = BTreeSet::new();
    for round in words {
        if round.is_empty() && needles.is_empty() {
            continue;
        }
        let mut planted = planted.clone();
        for (path, plant) in round {
            change(&mut planted, &path, &plant.value);
            needles.push((path, plant.needles));
        }
        let decoded = decoded(&planted);
        judge(
            &decoded,
            name,
            std::mem::take(&mut needles),
            clean,
            &mut tally,
        );
        lost.extend(lost_of(&decoded, useful, clean));
    }
    tally.useful = useful.len() - lost.len();
    tally.lost = lost
        .iter()
        .map(|words| format!("{name}: {words}"))
        .collect();
    tally
}

/// A closed field that says something else instead: whatever the record then
/// is, the value is not seen.
fn hostile(
    preset: &str,
    record: &Value,
    path: &[Step],
    n: usize,
    clean: Clean<'_>,
    leaking: &mut Vec<String>,
) {
    let plant = plant(n, None, "id", "x");
    let mut other = record.clone();
    change(&mut other, path, &plant.value);
    if let Ok(Decoded::Taken(fragment)) = read(preset, other.to_string().as_bytes(), &LIMITS) {
        let seen = letters(&clean(&fragment));
        if plant.needles.iter().any(|needle| seen.contains(needle)) {
            leaking.push(format!("{path:?}"));
        }
    }
}

/// Makes what was pressed a number.
fn press(planted: &mut Value, pressed: &[Vec<Step>], needles: &mut Vec<(Vec<Step>, Vec<String>)>) {
    let mut digits = vec![Value::Null; pressed.len()];
    let mut fields: Vec<&mut Value> = digits.iter_mut().collect();
    let number = keys(7, &mut fields);
    for (path, digit) in pressed.iter().zip(&digits) {
        change(planted, path, digit.as_str().unwrap_or("0"));
        needles.push((path.clone(), vec![number.clone()]));
    }
}

fn judge(
    decoded: &Result<Decoded, DecodeError>,
    name: &str,
    needles: Vec<(Vec<Step>, Vec<String>)>,
    clean: Clean<'_>,
    tally: &mut Tally,
) {
    let Ok(Decoded::Taken(fragment)) = decoded else {
        tally.dropped += needles.len();
        return;
    };
    let raw: String = fragment
        .turns
        .iter()
        .map(|t| letters(t.text.expose()))
        .collect();
    let known: String = fragment
        .known
        .iter()
        .map(|k| letters(k.value.expose()) + " ")
        .collect();
    let clean = letters(&clean(fragment));
    for (path, needles) in needles {
        let within = |text: &str| needles.iter().any(|needle| text.contains(needle));
        match (within(&clean), within(&raw), within(&known)) {
            (true, ..) => tally.leaking.push(format!("{name} {path:?}")),
            (_, true, _) => tally.replaced += 1,
            (_, _, true) => tally.known += 1,
            _ => tally.dropped += 1,
        }
    }
}

fn lost_of<'u>(
    decoded: &Result<Decoded, DecodeError>,
    useful: &[&'u str],
    clean: Clean<'_>,
) -> Vec<&'u str> {
    let text = match decoded {
        Ok(Decoded::Taken(fragment)) => clean(fragment).to_lowercase(),
        _ => String::new(),
    };
    let lost = |words: &&&str| !text.contains(&words.to_lowercase());
    useful.iter().filter(lost).copied().collect()
}

/// The text that the engine lets out under Safe Harbor.
fn through(engine: &Engine, fragment: &Fragment) -> String {
    let conversation = RawConversation {
        tenant: TenantId::parse("north").expect("a tenant's name"),
        conversation: fragment.conversation.clone(),
        channel: fragment.channel.unwrap_or_default(),
        language: fragment.language.clone(),
        year: fragment.started_at.and_then(EpochMs::year),
        turns: fragment.turns.clone(),
        known: fragment.known.clone(),
        attributes: fragment.attributes.clone(),
        provenance: fragment.provenance.clone(),
        incomplete: false,
    };
    let mut entropy = Entropy::from_u64(1);
    let outcome = deidentify(engine, &Policy::safe_harbor(), &conversation, &mut entropy);
    let turns = outcome.clean.turns.iter().map(|t| t.text.as_str());
    turns.collect::<Vec<_>>().join("\n")
}

/// Samples that hold text, by name, with their useful words.
fn useful() -> BTreeMap<String, Vec<String>> {
    let text = include_str!("../../../tests/shapes/useful.txt");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let line = |line: &str| {
        let (name, words) = line.split_once(": ")?;
        Some((
            name.to_owned(),
            words.split("; ").map(str::to_owned).collect(),
        ))
    };
    lines.filter_map(line).collect()
}

fn by_preset(clean: Clean<'_>) -> BTreeMap<String, Tally> {
    let useful = useful();
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for (preset, path, bytes) in samples() {
        let name = path.rsplit('/').next().unwrap_or_default();
        let record = serde_json::from_slice(&bytes).expect("samples are JSON");
        let words: Vec<&str> = useful
            .get(name)
            .into_iter()
            .flatten()
            .map(|w| &**w)
            .collect();
        let one = measure(&preset, name, &record, &words, clean);
        let all = tallies.entry(preset).or_default();
        all.samples += 1;
        all.fields += one.fields;
        all.closed += one.closed;
        all.dropped += one.dropped;
        all.known += one.known;
        all.replaced += one.replaced;
        all.useful += one.useful;
        all.leaking.extend(one.leaking);
        all.lost
            .extend(one.lost.iter().map(|w| format!("{name}: {w}")));
    }
    tallies
}

fn table(tallies: &BTreeMap<String, Tally>) -> String {
    let mut out = String::from(
        "| preset | samples | string fields | closed words | dropped | known values | replaced | leaking | useful words kept |\n\
         |---|---|---|---|---|---|---|---|---|\n",
    );
    for (preset, t) in tallies {
        writeln!(
            out,
            "| {preset} | {} | {} | {} | {} | {} | {} | {} | {} of {} |",
            t.samples,
            t.fields,
            t.closed,
            t.dropped,
            t.known,
            t.replaced,
            t.leaking.len(),
            t.useful,
            t.useful + t.lost.len()
        )
        .expect("a string can be written");
    }
    out
}

#[test]
fn nothing_planted_is_seen_again_and_nothing_useful_is_lost() {
    let engine = Engine::new();
    let tallies = by_preset(&|fragment| through(&engine, fragment));
    let table = table(&tallies);
    for (preset, tally) in &tallies {
        println!(
            "{preset}: leaking {:?}, lost {:?}",
            tally.leaking, tally.lost
        );
    }
    println!("{table}");
    for (preset, tally) in &tallies {
        assert_eq!(tally.leaking, [""; 0], "{preset} leaks");
        assert_eq!(tally.lost, [""; 0], "{preset} loses what is useful");
        let judged = tally.closed + tally.dropped + tally.known + tally.replaced;
        assert_eq!(judged, tally.fields, "{preset}: each field has one fate");
        assert!(tally.replaced > 0 && tally.useful > 2, "{preset} is judged");
    }
    assert_eq!(
        tallies.len(),
        presets::PRESETS.len(),
        "every preset is there"
    );
    crate::golden::check("tests/shapes/planted.md", &table);
}

#[test]
fn the_measure_sees_what_leaks_and_what_is_lost() {
    let raw = |fragment: &Fragment| -> String {
        fragment
            .turns
            .iter()
            .map(|t| t.text.expose().clone() + "\n")
            .collect()
    };
    for (preset, tally) in by_preset(&raw) {
        assert_eq!(tally.replaced, 0, "{preset}");
        assert!(!tally.leaking.is_empty(), "{preset}");
        assert_eq!(tally.lost, [""; 0], "{preset}");
    }
    for (preset, tally) in by_preset(&|_| String::new()) {
        assert!(tally.leaking.is_empty() && tally.useful == 0, "{preset}");
        assert!(tally.lost.len() > 2, "{preset}");
    }
}

#[test]
fn keys_pressed_are_planted_as_one_number() {
    let record: Value = serde_json::json!({"call_id": "c", "transcript_with_tool_calls": [
        {"role": "dtmf", "digit": "1"}, {"role": "dtmf", "digit": "2"}, {"role": "dtmf", "digit": "3"},
        {"role": "dtmf", "digit": "4"}]});
    let raw = |fragment: &Fragment| -> String {
        let keys = fragment.turns.iter().filter(|t| t.kind == TurnKind::Dtmf);
        keys.map(|t| t.text.expose().as_str()).collect()
    };
    let tally = measure("retell", "keys", &record, &[], &raw);
    assert_eq!(tally.leaking.len(), 4);
}

#[test]
fn the_readme_shows_the_table() {
    let table = include_str!("../../../tests/shapes/planted.md");
    let readme = include_str!("../../../README.md");
    assert!(
        readme.contains(table),
        "README.md does not hold tests/shapes/planted.md"
    );
}
