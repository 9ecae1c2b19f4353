//! An evaluation as a table for people and as JSON for programs.

use std::fmt::Write;

use serde_json::{Value, json};

use super::Evaluation;
use super::interval::Proportion;
use super::score::{Precision, Recall};
use super::stopped::Stopped;
use super::yields::{Band, Point};

/// The shares of conversations released, at which leaks are reported.
const YIELDS: [f64; 4] = [0.98, 0.95, 0.9, 0.8];

/// The evaluation of one corpus as a table.
#[must_use]
pub fn table(name: &str, evaluation: &Evaluation) -> String {
    let mut out = String::new();
    let score = &evaluation.score;
    let line = |out: &mut String, label: &str, value: Proportion| {
        let _ = writeln!(out, "  {label:<48}{}", with_interval(value));
    };
    let _ = writeln!(out, "{name}: {} conversations", score.conversations);
    line(&mut out, "wholly covered", score.wholly_covered());
    line(&mut out, "conversations still leaking", score.leaking);
    line(&mut out, "allowed text masked", score.masked);
    for (kind, kept) in &score.kept {
        line(&mut out, &format!("kept: {kind}"), *kept);
    }
    line(&mut out, "released (not held back)", evaluation.released);
    line(
        &mut out,
        "released and leaking",
        evaluation.released_leaking,
    );
    for share in YIELDS {
        let point = evaluation.curve.at(share);
        let label = format!("leaking at {:.0} % released", 100.0 * share);
        line(&mut out, &label, point.leaking);
    }
    for band in evaluation.curve.reliability() {
        let label = format!(
            "risk {}: {:.2} % predicted",
            range(&band),
            100.0 * band.predicted
        );
        line(&mut out, &label, band.leaking);
    }
    let without = evaluation.without.iter();
    let without = without.map(|(layer, stopped)| (format!("{layer} off, "), stopped));
    for (off, stopped) in std::iter::once((String::new(), &evaluation.stopped)).chain(without) {
        let label = |what| format!("{off}second look stops: {what}");
        line(&mut out, &label("number left"), stopped.structured);
        line(&mut out, &label("name left"), stopped.named);
        line(&mut out, &label("clean"), stopped.clean);
    }
    line(&mut out, "language gate holds", evaluation.foreign);
    let _ = writeln!(
        out,
        "  {:<24}{:>7}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}",
        "", "labels", "whole %", "any %", "chars %", "found", "right %", "type %", "chars %"
    );
    let mut keys: Vec<&String> = score.recall.keys().chain(score.precision.keys()).collect();
    keys.sort();
    keys.dedup();
    for key in keys {
        let recall = score.recall.get(key).copied().unwrap_or_default();
        let precision = score.precision.get(key).copied().unwrap_or_default();
        out.push_str(&row(key, recall, precision));
    }
    out
}

/// `1 to 2 %`.
fn range(band: &Band) -> String {
    let per_cent = |risk: f32| 100.0 * risk.min(1.0);
    format!("{} to {} %", per_cent(band.from), per_cent(band.below))
}

fn row(key: &str, recall: Recall, precision: Precision) -> String {
    let part = |hits, n| short(Proportion { hits, n });
    format!(
        "  {key:<24}{:>7}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}\n",
        recall.spans,
        short(recall.wholly_covered()),
        part(recall.touched, recall.spans),
        part(recall.characters_covered, recall.characters),
        precision.predictions,
        part(precision.right, precision.predictions),
        part(precision.right_type, precision.predictions),
        part(precision.characters_right, precision.characters),
    )
}

fn short(value: Proportion) -> String {
    value
        .percent()
        .map_or_else(|| "-".to_owned(), |p| format!("{p:.2}"))
}

fn with_interval(value: Proportion) -> String {
    let Some(percent) = value.percent() else {
        return "-".to_owned();
    };
    let (low, high) = value.interval();
    let Proportion { hits, n } = value;
    format!("{percent:6.2} %  ({low:.2} to {high:.2}; {hits} of {n})")
}

/// The evaluation of one corpus as JSON; percentages with their intervals.
#[must_use]
pub fn json(name: &str, evaluation: &Evaluation) -> Value {
    let score = &evaluation.score;
    let kept: serde_json::Map<_, _> = score
        .kept
        .iter()
        .map(|(kind, kept)| (kind.clone(), proportion(*kept)))
        .collect();
    json!({
        "corpus": name,
        "conversations": score.conversations,
        "wholly_covered": proportion(score.wholly_covered()),
        "conversations_leaking": proportion(score.leaking),
        "allowed_text_masked": proportion(score.masked),
        "kept": kept,
        "released": proportion(evaluation.released),
        "released_leaking": proportion(evaluation.released_leaking),
        "yield": YIELDS.map(|share| point(evaluation.curve.at(share))),
        "reliability": evaluation.curve.reliability().iter().map(band).collect::<Vec<_>>(),
        "second_look": stopped(evaluation.stopped),
        "second_look_without": evaluation
            .without
            .iter()
            .map(|(layer, without)| (layer.clone(), stopped(*without)))
            .collect::<serde_json::Map<_, _>>(),
        "language": proportion(evaluation.foreign),
        "words": score.words,
        "recall": score.recall,
        "precision": score.precision,
    })
}

fn stopped(stopped: Stopped) -> Value {
    json!({
        "structured": proportion(stopped.structured),
        "named": proportion(stopped.named),
        "clean": proportion(stopped.clean),
    })
}

fn point(point: Point) -> Value {
    json!({
        "bound": point.bound,
        "released": proportion(point.released),
        "leaking": proportion(point.leaking),
    })
}

fn band(band: &Band) -> Value {
    json!({
        "from": band.from,
        "below": band.below.min(1.0),
        "predicted": 100.0 * band.predicted,
        "leaking": proportion(band.leaking),
    })
}

fn proportion(value: Proportion) -> Value {
    let (low, high) = value.interval();
    json!({"hits": value.hits, "n": value.n, "percent": value.percent(), "low": low, "high": high})
}
