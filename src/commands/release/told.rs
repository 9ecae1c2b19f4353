//! What became of a tenant's release, for people and programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Release, moment};
use crate::config::human_bytes;
use crate::domain::counted;
use crate::release::{Outcome, Refusal, Summary};

impl Release {
    pub(super) fn text(&self) -> String {
        let mut out = format!("tenant {}\n", self.tenant);
        match &self.result {
            Ok(report) => {
                for number in &report.removed {
                    let _ = writeln!(
                        out,
                        "  release {number} was withdrawn; its files are gone now"
                    );
                }
                for number in report.finished.iter().filter(|n| !report.made(**n)) {
                    let _ = writeln!(
                        out,
                        "  release {number} had happened; its copy to research is what was left"
                    );
                }
                outcome(&mut out, &report.outcome);
            }
            Err(error) => {
                let _ = writeln!(out, "  error: {error}");
            }
        }
        out
    }

    pub(super) fn json(&self) -> Value {
        let mut value = json!({ "tenant": self.tenant });
        match &self.result {
            Ok(report) => {
                value["removed"] = json!(report.removed);
                value["finished"] = json!(report.finished);
                let (name, details) = outcome_json(&report.outcome);
                value["outcome"] = name.into();
                value[name] = details;
            }
            Err(error) => {
                value["outcome"] = "error".into();
                value["error"] = error.as_str().into();
            }
        }
        value
    }
}

fn outcome_json(outcome: &Outcome) -> (&'static str, Value) {
    match outcome {
        Outcome::NotDue { next } => ("not_due", json!({ "next": moment(*next) })),
        Outcome::NothingNew => ("nothing_new", Value::Null),
        Outcome::AllHeldBack { held_back } => ("all_held_back", json!({ "held_back": held_back })),
        Outcome::MayGoOn => ("may_go_on", Value::Null),
        Outcome::Refused(closed) => (
            "refused",
            json!(closed.iter().map(gate).collect::<Vec<_>>()),
        ),
        Outcome::WouldRelease(summary) => ("would_release", json!(summary)),
        Outcome::Released(summary) => ("released", json!(summary)),
    }
}

fn gate(closed: &Refusal) -> Value {
    json!({ "code": closed.code(), "why": closed.to_string() })
}

fn outcome(out: &mut String, outcome: &Outcome) {
    let _ = match outcome {
        Outcome::NotDue { next } => {
            writeln!(
                out,
                "  not due before {}; `--force` does not wait",
                moment(*next)
            )
        }
        Outcome::NothingNew => writeln!(out, "  nothing has landed since the last release"),
        Outcome::AllHeldBack { held_back } => all_held_back(out, held_back),
        Outcome::MayGoOn => writeln!(
            out,
            "  what has landed since the last release may still go on; it is ready `assemble.late` (1h unless set) after it landed"
        ),
        Outcome::Refused(closed) => {
            let lines = closed
                .iter()
                .map(|refusal| format!("  refused: {refusal}\n"));
            out.extend(lines);
            Ok(())
        }
        Outcome::WouldRelease(summary) => figures(out, "would be released", summary),
        Outcome::Released(summary) => figures(out, "released", summary),
    };
}

fn all_held_back(out: &mut String, held_back: &BTreeMap<String, u64>) -> std::fmt::Result {
    let all = counted(held_back.values().sum(), "conversation");
    writeln!(
        out,
        "  everything that has landed since the last release is held back: {all}"
    )?;
    for (reason, count) in held_back {
        writeln!(out, "  held back, {reason}: {count}")?;
    }
    Ok(())
}

fn figures(out: &mut String, verb: &str, summary: &Summary) -> std::fmt::Result {
    writeln!(
        out,
        "  release {} {verb}: {} of {} conversations, {} turns",
        summary.number, summary.released, summary.landed, summary.turns
    )?;
    for (reason, count) in &summary.held_back {
        writeln!(out, "  held back, {reason}: {count}")?;
    }
    if summary.coarsened > 0 {
        writeln!(
            out,
            "  told less exactly, since too few share it: the attributes of {}",
            summary.coarsened
        )?;
    }
    if let Some(read) = &summary.reviewed {
        writeln!(
            out,
            "  read before by {}: {} of {} conversations; with 95 % confidence they would see something in fewer than {:.2} %",
            counted(read.reviewers as u64, "reviewer"),
            read.conversations,
            read.of,
            100.0 * read.upper_95()
        )?;
    }
    if summary.years_withheld {
        writeln!(
            out,
            "  years are withheld: with the time of this release they would date"
        )?;
    }
    if let Some(reason) = &summary.dating_override {
        writeln!(out, "  a dating limit was passed over: {reason}")?;
    }
    for (path, bytes) in &summary.files {
        let bytes = usize::try_from(*bytes).unwrap_or(usize::MAX);
        writeln!(out, "  {path}  {}", human_bytes(bytes))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::release;
    use super::*;

    fn summary() -> Summary {
        Summary {
            number: 2,
            landed: 10,
            released: 9,
            turns: 40,
            held_back: [(String::from("language"), 1)].into(),
            late: 0,
            coarsened: 3,
            reviewed: None,
            years_withheld: true,
            dating_override: Some(String::from("a demo (someone)")),
            files: vec![(String::from("a/b"), 2048)],
        }
    }

    #[test]
    fn figures_are_shown_to_people_and_programs() {
        let release = release(Outcome::Released(summary()));
        let text = release.text();
        for shown in [
            "release 3 was withdrawn",
            "release 1 had happened",
            "release 2 released: 9 of 10 conversations, 40 turns",
            "held back, language: 1",
            "the attributes of 3",
            "years are withheld",
            "a demo (someone)",
            "a/b  2KiB",
        ] {
            assert!(text.contains(shown), "{shown} in {text}");
        }
        let json = release.json();
        assert_eq!(json["outcome"], "released");
        assert_eq!(json["released"]["held_back"]["language"], 1);
        assert_eq!(json["finished"][0], 1);
    }
}
