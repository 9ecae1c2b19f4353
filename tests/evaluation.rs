//! `leeward eval` against the published scorer, and the floors that gate.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::support::parts::Need;
use crate::support::trial::{Trial, trial};

/// The trials of this module.
pub(crate) const TRIALS: &[Trial] = &[
    trial(
        "evaluation::agrees_with_the_published_scorer",
        &[Need::Readers],
        agrees,
    ),
    trial("evaluation::a_floor_that_is_missed_fails", &[], floors),
    trial("evaluation::examples_leave_json_alone", &[], examples),
];

fn leeward(arguments: &[&str]) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leeward"));
    command.args(arguments).output().expect("the program runs")
}

/// To the digit, on each labelled corpus that lies beside the project: there
/// may be none, and then the scorer's rules are held by unit tests alone.
fn agrees() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval");
    let scorer = folder.join("score.py");
    if !scorer.is_file() {
        eprintln!("no labelled corpora beside the project");
        return;
    }
    for name in [
        "primock57",
        "star",
        "multidogo",
        "presidio_cases",
        "mts-dialog",
    ] {
        for strict in [false, true] {
            compare(&scorer, &folder.join(name).with_extension("jsonl"), strict);
        }
    }
}

fn compare(scorer: &Path, corpus: &Path, strict: bool) {
    let dir = tempfile::tempdir().expect("a directory");
    let predictions: PathBuf = dir.path().join("predictions.jsonl");
    let corpus = corpus.to_str().expect("a plain path");
    let predicted = predictions.to_str().expect("a plain path");
    let strictly: &[&str] = if strict { &["--strict"] } else { &[] };
    let ours = leeward(
        &[
            &[
                "eval",
                corpus,
                "--predictions",
                predicted,
                "--by",
                "sub",
                "--json",
            ],
            strictly,
        ]
        .concat(),
    );
    assert!(
        ours.status.success(),
        "{}",
        String::from_utf8_lossy(&ours.stderr)
    );
    let ours: Value = serde_json::from_slice(&ours.stdout).expect("JSON");
    let theirs = Command::new("python3")
        .arg(scorer)
        .args([corpus, predicted, "--by", "sub", "--json"])
        .args(strictly)
        .output()
        .expect("python3 runs");
    let theirs: Value = serde_json::from_slice(&theirs.stdout).expect("JSON");
    same(&ours["corpora"][0], &theirs, corpus);
}

const RECALL: &[(&str, &str)] = &[
    ("spans", "n"),
    ("touched", "any"),
    ("full", "full"),
    ("leaking", "leak"),
    ("leaking_three", "leak3"),
    ("characters", "ch"),
    ("characters_covered", "chc"),
];

const PRECISION: &[(&str, &str)] = &[
    ("predictions", "n"),
    ("right", "ok"),
    ("right_type", "tok"),
    ("characters", "ch"),
    ("characters_right", "cho"),
];

fn same(ours: &Value, theirs: &Value, corpus: &str) {
    let equal = |ours: &Value, theirs: &Value, what: &str| {
        let number = |value: &Value| value.as_u64().unwrap_or(0);
        assert_eq!(number(ours), number(theirs), "{corpus}: {what}");
    };
    for (part, fields) in [("recall", RECALL), ("precision", PRECISION)] {
        for (key, theirs) in theirs[part].as_object().expect("an object") {
            for (our_name, their_name) in fields {
                let ours = &ours[part][key][our_name];
                equal(
                    ours,
                    &theirs[their_name],
                    &format!("{part} {key} {our_name}"),
                );
            }
        }
    }
    let all = &theirs["precision"]["ALL"];
    equal(&ours["words"], &all["words"], "words");
    equal(
        &ours["allowed_text_masked"]["n"],
        &all["allowed"],
        "allowed",
    );
    equal(
        &ours["allowed_text_masked"]["hits"],
        &all["masked"],
        "masked",
    );
    equal(
        &ours["conversations_leaking"]["n"],
        &theirs["conv"]["with"],
        "conversations",
    );
    equal(
        &ours["conversations_leaking"]["hits"],
        &theirs["conv"]["leak"],
        "leaking",
    );
    for (kind, counts) in theirs["kept"].as_object().expect("an object") {
        equal(&ours["kept"][kind]["hits"], &counts[0], kind);
        equal(&ours["kept"][kind]["n"], &counts[1], kind);
    }
}

/// What is quoted goes to standard error.
fn examples() {
    let dir = tempfile::tempdir().expect("a directory");
    let corpus = dir.path().join("a.jsonl");
    let line = r#"{"id":"a","channel":"chat","gold":"full","turns":[{"text":"how are you"}],
        "spans":[{"turn":0,"start":0,"end":3,"type":"NAME"}],"types":["NAME"]}"#;
    std::fs::write(&corpus, line.replace('\n', " ")).expect("a file");
    let path = corpus.to_str().expect("a plain path");
    let output = leeward(&["eval", path, "--json", "--examples", "3"]);
    let read: Value = serde_json::from_slice(&output.stdout).expect("JSON alone");
    assert_eq!(read["version"], 1);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.starts_with("leak NAME"), "{stderr}");
}

fn floors() {
    let dir = tempfile::tempdir().expect("a directory");
    let floor = dir.path().join("floor.json");
    let check = |floors: &str, status: i32, said: &str| {
        std::fs::write(&floor, floors).expect("a file");
        let path = floor.to_str().expect("a plain path");
        let output = leeward(&["eval", "--generated", "1", "--floor", path]);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{stderr}");
        assert!(stderr.contains(said), "{stderr}");
    };
    check(r#"{"wholly_covered": 1.0}"#, 0, "");
    check(
        r#"{"wholly_covered": 100.1}"#,
        4,
        "below the floor: generated-1: wholly covered",
    );
    check(r#"{"whole": 1.0}"#, 1, "not a file of floors");
}
