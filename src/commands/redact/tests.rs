//! The verb as a person uses it, on folders of invented files.

use std::fs;
use std::path::Path;

use super::*;

struct Ran {
    tally: Tally,
    notes: Vec<String>,
}

fn redactor(allow_residue: bool) -> Redactor {
    Redactor {
        engine: Engine::new(),
        policy: Policy::safe_harbor(),
        entropy: Entropy::from_u64(7),
        allow_residue,
        preview: None,
    }
}

/// Redacts `input` into `out`, as [`run`] does.
fn redact_into(input: &Path, out: &Path, allow_residue: bool) -> Ran {
    let mut redactor = redactor(allow_residue);
    let jobs = plan::plan(&[input.to_owned()], Some(out), &mut redactor).expect("a plan");
    let mut ran = Ran {
        tally: Tally::default(),
        notes: Vec::new(),
    };
    for job in &jobs.jobs {
        let notes = &mut ran.notes;
        let mut note = |line: &str| notes.push(line.to_owned());
        if let Err(error) =
            file::redact(job, Format::Auto, &mut redactor, &mut ran.tally, &mut note)
        {
            ran.tally.failed += 1;
            ran.notes.push(error.to_string());
        }
    }
    ran
}

fn folder_of(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join("in").join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, text).expect("written");
    }
    folder
}

const PLAIN: &str = "Agent: what brings you in today\r\nPatient: my back hurts when i bend\n\nAgent: take 500 mg twice a day";

#[test]
fn files_without_identifiers_come_back_byte_for_byte() {
    let line = "{\"turns\":[{\"role\":\"user\",\"text\":\"my back hurts\"}]}\n";
    let folder = folder_of(&[("visit.txt", PLAIN), ("deep/calls.jsonl", line)]);
    let out = folder.path().join("out");
    let ran = redact_into(&folder.path().join("in"), &out, false);
    assert_eq!(
        (ran.tally.files, ran.tally.held, ran.tally.failed),
        (2, 0, 0),
        "{:?}",
        ran.notes
    );
    assert_eq!(
        fs::read_to_string(out.join("visit.txt")).expect("reads"),
        PLAIN
    );
    assert_eq!(
        fs::read_to_string(out.join("deep/calls.jsonl")).expect("reads"),
        line
    );
}

#[test]
fn what_is_not_english_is_not_written_and_its_place_is_told() {
    let text = "Agent: how can i help you\nPatient: me duele mucho la cabeza desde ayer\n";
    let folder = folder_of(&[("visit.txt", text)]);
    let (input, out) = (
        folder.path().join("in/visit.txt"),
        folder.path().join("clean.txt"),
    );
    let ran = redact_into(&input, &out, false);
    assert_eq!(ran.tally.held, 1);
    assert!(!out.exists());
    // What else is wrong with such a text is told too.
    let placed = |note: &String| note.contains("visit.txt:2") && !note.contains("duele");
    assert!(!ran.notes.is_empty() && ran.notes.iter().all(placed));
    assert!(
        ran.notes.iter().any(|note| note.contains("not English")),
        "{:?}",
        ran.notes
    );
    assert_eq!(redact_into(&input, &out, true).tally.held, 0);
    assert!(out.exists());
}

#[test]
fn a_held_line_leaves_the_others() {
    let lines = "{\"text\":\"my back hurts\"}\n{\"text\":\"me duele mucho la cabeza desde ayer\"}\n{\"text\":\"thank you\"}\n";
    let folder = folder_of(&[("calls.jsonl", lines)]);
    let out = folder.path().join("clean.jsonl");
    let ran = redact_into(&folder.path().join("in/calls.jsonl"), &out, false);
    assert_eq!((ran.tally.conversations, ran.tally.held), (3, 1));
    let clean = fs::read_to_string(&out).expect("reads");
    assert_eq!(
        clean,
        "{\"text\":\"my back hurts\"}\n{\"text\":\"thank you\"}\n"
    );
    assert!(ran.notes[0].contains("calls.jsonl:2"), "{:?}", ran.notes);
}

#[test]
fn bad_input_is_told_by_line_and_without_its_words() {
    let folder = folder_of(&[("calls.jsonl", "{\"text\":\"fine\"}\n{\"text\": tredwell}\n")]);
    let out = folder.path().join("clean.jsonl");
    let ran = redact_into(&folder.path().join("in/calls.jsonl"), &out, false);
    assert_eq!(ran.tally.failed, 1);
    assert_eq!(
        fs::read_to_string(&out).expect("reads"),
        "{\"text\":\"fine\"}\n"
    );
    assert!(
        ran.notes[0].contains("line 2 is not JSON"),
        "{:?}",
        ran.notes
    );
    assert!(!ran.notes.concat().contains("tredwell"));
    fs::write(folder.path().join("in/latin.txt"), b"one\ntw\xe9").expect("written");
    let ran = redact_into(&folder.path().join("in/latin.txt"), &out, false);
    assert!(
        ran.notes[0].contains("line 2 is not UTF-8"),
        "{:?}",
        ran.notes
    );
}

#[test]
fn no_identifier_survives_in_text_json_keys_or_names() {
    let text = "Patient: call me on 312-555-0134 or mail ada@example.org\n";
    let line = "{\"312-555-0134\":{\"note\":\"ring 312-555-0134\",\"args\":\"{\\\"email\\\":\\\"ada@example.org\\\"}\"}}\n";
    let folder = folder_of(&[("call 312-555-0134.txt", text), ("calls.jsonl", line)]);
    let out = folder.path().join("out");
    let ran = redact_into(&folder.path().join("in"), &out, false);
    let mut seen = ran.notes.concat();
    for entry in walkdir::WalkDir::new(&out).into_iter().flatten() {
        seen.push_str(
            &entry
                .path()
                .strip_prefix(&out)
                .expect("below")
                .to_string_lossy(),
        );
        if entry.file_type().is_file() {
            seen.push_str(&fs::read_to_string(entry.path()).expect("reads"));
        }
    }
    let seen = seen.replace("call 312-555-0134.txt:", "");
    assert!(
        !seen.contains("0134") && !seen.contains("example.org"),
        "{seen}"
    );
}

#[test]
fn an_input_is_never_overwritten() {
    let folder = folder_of(&[("visit.txt", PLAIN)]);
    let input = folder.path().join("in");
    let refuse = |from: &Path, to: &Path| {
        plan::plan(&[from.to_owned()], Some(to), &mut redactor(false))
            .expect_err("refused")
            .to_string()
    };
    assert!(refuse(&input.join("visit.txt"), &input.join("visit.txt")).contains("overwrite"));
    assert!(refuse(&input.join("visit.txt"), &input).contains("overwrite"));
    assert!(refuse(&input, &input).contains("overwrite"));
    assert!(refuse(&input, &input.join("clean/deep")).contains("inside"));
    assert!(refuse(&folder.path().join("nowhere"), &input).contains("no such file"));
    assert!(
        plan::plan(
            std::slice::from_ref(&input),
            Some(&folder.path().join("clean")),
            &mut redactor(false)
        )
        .is_ok()
    );
}

const PRETTY: &str = "{\n  \"turns\": [\n    {\n      \"role\": \"user\",\n      \"text\": \"my back hurts\"\n    }\n  ]\n}\n";

#[test]
fn json_over_several_lines_is_one_document() {
    let list = format!("[\n{PRETTY}]\n");
    for text in [PRETTY, list.as_str()] {
        let folder = folder_of(&[("visit", text)]);
        let out = folder.path().join("clean");
        let ran = redact_into(&folder.path().join("in/visit"), &out, false);
        assert_eq!(
            (ran.tally.conversations, ran.tally.failed),
            (1, 0),
            "{:?}",
            ran.notes
        );
        let clean = fs::read_to_string(&out).expect("reads");
        let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        assert_eq!(json(&clean), json(text));
    }
    let lines = "{\"text\":\"my back hurts\"}\n{\"text\":\"thank you\"}\n";
    let folder = folder_of(&[("visit", lines), ("talk", "[10:02] Agent: hello\n[]\n")]);
    let out = folder.path().join("out");
    let ran = redact_into(&folder.path().join("in"), &out, false);
    assert_eq!(
        (ran.tally.conversations, ran.tally.failed),
        (3, 0),
        "{:?}",
        ran.notes
    );
}

#[test]
fn what_is_not_json_names_the_format_that_would_read_it() {
    let folder = folder_of(&[("a.jsonl", PRETTY), ("b.json", "{\"a\":1}\n{\"a\":2}\n")]);
    let remedy = |name: &str| {
        let out = folder.path().join("clean");
        let ran = redact_into(&folder.path().join("in").join(name), &out, false);
        ran.notes.first().cloned().unwrap_or_default()
    };
    let (lines, document) = (remedy("a.jsonl"), remedy("b.json"));
    assert!(lines.contains("--format json,"), "{lines}");
    assert!(document.contains("--format jsonl,"), "{document}");
}

#[test]
fn what_a_person_would_miss_is_told_without_a_name() {
    let folder = folder_of(&[
        ("01 tredwell 312-555-0134.txt", PLAIN),
        ("02_visit.txt", PLAIN),
    ]);
    let input = folder.path().join("in");
    let link = |name: &str| std::os::unix::fs::symlink(&input, input.join(name));
    link("a").and_then(|()| link("b")).expect("links");
    let notes = |from: &Path, to: Option<&Path>| {
        let planned = plan::plan(&[from.to_owned()], to, &mut redactor(false));
        planned.expect("a plan").notes()
    };
    let out = folder.path().join("out");
    assert_eq!(
        notes(&input, Some(&out)),
        [
            "2 links were not followed",
            "1 file gets another name below --out, since its own may identify somebody",
        ]
    );
    assert_eq!(notes(&input, None), ["2 links were not followed"]);
    assert!(notes(&input.join("02_visit.txt"), Some(&out)).is_empty());
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).expect("made");
    assert_eq!(notes(&empty, None), ["there was no file to read"]);
}
