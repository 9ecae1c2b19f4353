//! The report for people.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Display, Write as _};

use serde::Serialize;

use super::report::{Fate, Record, Refused, Report, Taken, Turn};

/// The whole report; of records that are read alike, the first.
pub(super) fn text(report: &Report) -> String {
    let mut out = String::new();
    for (i, like) in firsts(&report.records) {
        one(&mut out, i + 1, &report.records[i], like);
    }
    let dropped: usize = report.dropped.values().sum();
    let _ = writeln!(
        out,
        "{} of {}: {} taken, {dropped} dropped{}, {} refused",
        count(report.records.len(), "record"),
        report.mapping,
        report.taken,
        within(&listed(&report.dropped)),
        report.refused
    );
    out
}

/// The indices of records unlike those before, with how many follow like each.
fn firsts(records: &[Record]) -> Vec<(usize, usize)> {
    let mut firsts: Vec<(usize, usize)> = Vec::new();
    let mut known = BTreeMap::new();
    for (i, record) in records.iter().enumerate() {
        let likeness = likeness(record);
        match likeness.as_ref().and_then(|likeness| known.get(likeness)) {
            Some(at) => {
                let first: &mut (usize, usize) = &mut firsts[*at];
                first.1 += 1;
            }
            None => {
                known.extend(likeness.map(|likeness| (likeness, firsts.len())));
                firsts.push((i, 0));
            }
        }
    }
    firsts
}

/// What records that are read alike have in common; `None` where the record's
/// own words are shown.
fn likeness(record: &Record) -> Option<String> {
    let told = match &record.fate {
        Fate::Taken(taken) => {
            let words = taken.turns.iter().any(|turn| turn.text.is_some());
            if words || !taken.known_values.is_empty() {
                return None;
            }
            let turns = taken.turns.iter();
            let turns: BTreeSet<_> = turns.map(|t| (word(&t.role), word(&t.kind))).collect();
            format!(
                "{} {:?} {} {} {turns:?} {:?} {:?} {:?} {:?}",
                taken.conversation,
                taken.channel,
                taken.start_known,
                taken.ends,
                taken.known.keys(),
                taken.attributes,
                taken.dropped.keys(),
                taken.unknown.keys(),
            )
        }
        Fate::Dropped(by) => by.clone(),
        Fate::Refused(why) => format!("{} {}", why.code, why.why),
    };
    Some(format!("{:?} {told}", record.rule))
}

fn one(out: &mut String, number: usize, record: &Record, like: usize) {
    let _ = write!(out, "record {number}, line {}", record.line);
    let _ = match like {
        0 => write!(out, ": "),
        n => write!(out, ", and {n} like it: "),
    };
    let rule = record.rule.as_deref().unwrap_or("no rule");
    match &record.fate {
        Fate::Taken(taken) => {
            let _ = writeln!(out, "taken by `{rule}`");
            shown(out, taken);
        }
        Fate::Dropped(by) => {
            let _ = writeln!(out, "dropped as `{by}`");
        }
        Fate::Refused(why) => refused(out, why),
    }
}

fn refused(out: &mut String, why: &Refused) {
    let _ = writeln!(out, "refused as `{}`", why.code);
    let column = why
        .column
        .map_or_else(String::new, |c| format!(", column {c}"));
    let _ = writeln!(
        out,
        "  line {}{column}: {}; {}",
        why.line, why.why, why.remedy
    );
}

fn shown(out: &mut String, taken: &Taken) {
    let mut told = vec![format!("named by {}", taken.conversation)];
    told.extend(taken.channel.map(|channel| word(&channel)));
    told.extend(taken.start_known.then(|| "start known".to_owned()));
    told.push(if taken.ends { "ends" } else { "goes on" }.to_owned());
    line(out, "conversation", &told.join(", "));
    line(out, "turns", &taken.turns.len().to_string());
    for (i, turn) in taken.turns.iter().enumerate() {
        said(out, i + 1, turn);
    }
    if taken.speakers_corrected > 0 {
        line(
            out,
            "speakers corrected",
            &taken.speakers_corrected.to_string(),
        );
    }
    if taken.partials > 0 {
        line(out, "partial results", &taken.partials.to_string());
    }
    line(out, "known values", &listed(&taken.known));
    for (category, value) in &taken.known_values {
        let _ = writeln!(out, "    {category} {value:?}");
    }
    line(out, "attributes", &taken.attributes.join(", "));
    line(out, "dropped", &listed(&taken.dropped));
    line(out, "not known", &listed(&taken.unknown));
}

fn line(out: &mut String, name: &str, told: &str) {
    if !told.is_empty() {
        let _ = writeln!(out, "  {name:18} {told}");
    }
}

fn said(out: &mut String, number: usize, turn: &Turn) {
    let (role, kind) = (word(&turn.role), word(&turn.kind));
    let times = format!("{}–{} s", seconds(turn.start_ms), seconds(turn.end_ms));
    let length = count(turn.characters, "character");
    let _ = write!(
        out,
        "    {number:>4}  {role:7} {kind:12} {times:16} {length}"
    );
    let _ = match &turn.text {
        Some(text) => writeln!(out, "  {text:?}"),
        None => writeln!(out),
    };
}

fn seconds(ms: Option<i64>) -> String {
    ms.map_or_else(|| "?".to_owned(), |ms| format!("{:.1}", ms as f64 / 1000.0))
}

fn count(number: usize, what: &str) -> String {
    let many = if number == 1 { "" } else { "s" };
    format!("{number} {what}{many}")
}

fn within(told: &str) -> String {
    match told.is_empty() {
        true => String::new(),
        false => format!(" ({told})"),
    }
}

fn listed<K: Display, N: Display>(counts: &BTreeMap<K, N>) -> String {
    let each = counts.iter().map(|(what, n)| format!("{what} {n}"));
    each.collect::<Vec<_>>().join(", ")
}

/// A word of a closed list, as it is written.
fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
