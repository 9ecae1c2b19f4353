//! The report for people.

use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};

use serde::Serialize;

use super::report::{Fate, Record, Refused, Report, Taken, Turn};

/// The whole report.
pub(super) fn text(report: &Report) -> String {
    let mut out = String::new();
    for (i, record) in report.records.iter().enumerate() {
        one(&mut out, i + 1, record);
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

fn one(out: &mut String, number: usize, record: &Record) {
    let _ = write!(out, "record {number}, line {}: ", record.line);
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
