//! What people read before a release: nothing goes out unread, a leak keeps it
//! in, and only a listed reviewer's own word lets it out.

use std::fs;
use std::path::PathBuf;

use leeward::config::Secret;
use leeward::release::Manifest;
use leeward::seal::SigningKey;
use serde_json::{Value, json};

use super::course::{Course, Plan};
use super::life::land;
use super::research::{Copy, chain, objects};

/// The tenant that asks for it, among the course's.
const NORTH: usize = 0;
const VERIFY: [&str; 4] = ["audit", "verify", "--deep", "pipeline.yaml"];
const RELEASE: [&str; 3] = ["release", "pipeline.yaml", "--force"];

pub(crate) fn run() {
    let course = Course::dig(&Plan::default());
    land(&course, 8);
    let key = reviewer(&course, "reviewer", 7);
    let asked = format!("release:\n  review: {{sample: 6, reviewers: [{key}]}}\n");
    course.edit_tenant("north", "release:\n", &asked);
    for tenant in 0..course.topics.len() {
        course.attest(tenant);
    }
    refused(&course, "no sample of what would be released was drawn");
    let first = draw(&course, "first");
    let said = hand_in(&course, "first", "reviewer", &answers(first.0, Some(2)));
    assert!(said.contains("Held back: conversation 2 of the sample, turn 0, person"));
    refused(&course, "a reviewer saw what may identify someone");
    course.must(&VERIFY);
    let second = draw(&course, "second");
    assert_eq!(second.1, first.1 - 1, "without the one that leaks");
    forged(&course, &answers(second.0, None));
    refused(&course, "0 of 1 reviewers have read the sample");
    let said = hand_in(&course, "second", "reviewer", &answers(second.0, None));
    assert!(said.contains("The review's gate is open"), "{said}");
    let entries = chain(&course, NORTH).1.len();
    let again = take_in(&course, "second");
    assert_eq!(
        again,
        format!("The verdict was taken in already, entry {}.\n", entries - 1)
    );
    assert_eq!(chain(&course, NORTH).1.len(), entries);
    let status = course.must(&["status", "pipeline.yaml"]);
    assert!(status.contains("review: the sample was read and found clean"));
    let said = course.must(&RELEASE);
    assert!(said.contains("read before by 1 reviewer: 6 of"), "{said}");
    course.must(&VERIFY);
    let areas = Copy::of(&course).areas(&course);
    assert_eq!(areas[NORTH].rows.len() as u64, second.1);
    told(&course);
}

/// A reviewer's key, in a file of this name; its public half.
fn reviewer(course: &Course, name: &str, seed: u8) -> String {
    let seed = [seed; 32];
    fs::write(file(course, name, "key"), hex::encode(seed)).expect("written");
    let key = SigningKey::of_seed(&Secret::new(seed));
    key.verifying().to_string()
}

fn file(course: &Course, name: &str, ending: &str) -> PathBuf {
    course.temporary().join(format!("{name}.{ending}"))
}

fn refused(course: &Course, why: &str) {
    let output = course.command(&RELEASE);
    assert_eq!(output.status.code(), Some(3), "a gate is closed");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains(why), "{why} in {said}");
    let area = chain(course, NORTH).0.area.expect("an area").to_string();
    let research = objects(&course.config.pipeline.stores.research);
    assert!(!research.iter().any(|(name, _)| name.starts_with(&area)));
}

/// Draws a sample and exports it; how many it has, of how many.
fn draw(course: &Course, name: &str) -> (u64, u64) {
    let (sample, export) = (format!("tmp/{name}.sample"), format!("tmp/{name}.jsonl"));
    let by = ["--tenant=north", "--by", "Orla Fenn"];
    let command = ["release", "sample", "pipeline.yaml", "--out", &sample];
    course.must(&[command.as_slice(), &by].concat());
    let command = [
        "release",
        "review",
        "pipeline.yaml",
        "--tenant=north",
        &sample,
    ];
    course.must(&[command.as_slice(), &["--export", &export]].concat());
    let read = |ending| fs::read_to_string(file(course, name, ending)).expect("written");
    let lines: Vec<Value> = read("jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let sealed = read("sample");
    for turn in lines
        .iter()
        .flat_map(|one| one["turns"].as_array().expect("turns"))
    {
        let text = turn["text"].as_str().expect("a text");
        assert!(text.len() < 12 || !sealed.contains(text), "it is sealed");
    }
    let (_, entries) = chain(course, NORTH);
    let deed = serde_json::json!(entries.last().expect("entries").deed);
    assert_eq!(deed["deed"], "sample_drawn");
    assert_eq!(deed["count"], lines.len());
    (lines.len() as u64, deed["of"].as_u64().expect("a number"))
}

fn answers(count: u64, leak: Option<u64>) -> String {
    let answer = |number: u64| match leak {
        Some(leak) if leak == number => {
            json!({ "number": number, "verdict": "leak", "turn": 0, "category": "person" })
        }
        _ => json!({ "number": number, "verdict": "clean" }),
    };
    (1..=count).map(|n| format!("{}\n", answer(n))).collect()
}

/// Has a reviewer sign these answers.
fn sign(course: &Course, name: &str, key: &str, answers: &str) {
    fs::write(file(course, name, "answers"), answers).expect("written");
    let _ = fs::remove_file(file(course, name, "verdict"));
    let sample = format!("tmp/{name}.sample");
    let (key, answers) = (format!("tmp/{key}.key"), format!("tmp/{name}.answers"));
    let out = format!("tmp/{name}.verdict");
    let command = [
        "release",
        "review",
        "pipeline.yaml",
        "--tenant=north",
        &sample,
    ];
    let rest = ["--signing-key", &key, "--answers", &answers, "--out", &out];
    course.must(&[command.as_slice(), &rest].concat());
}

fn verdict(name: &str) -> Vec<String> {
    let verdict = format!("tmp/{name}.verdict");
    let command = [
        "release",
        "verdict",
        "pipeline.yaml",
        "--tenant=north",
        &verdict,
    ];
    [command.as_slice(), &["--by", "Orla Fenn"]]
        .concat()
        .into_iter()
        .map(str::to_owned)
        .collect()
}

fn hand_in(course: &Course, name: &str, key: &str, answers: &str) -> String {
    sign(course, name, key, answers);
    take_in(course, name)
}

fn take_in(course: &Course, name: &str) -> String {
    let command = verdict(name);
    course.must(&command.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Neither a changed verdict nor a stranger's is taken in.
fn forged(course: &Course, answers: &str) {
    let entries = chain(course, NORTH).1.len();
    let check = |why: &str| {
        let command = verdict("second");
        let output = course.command(&command.iter().map(String::as_str).collect::<Vec<_>>());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            !output.status.success() && said.contains(why),
            "{why} in {said}"
        );
    };
    let unsure = answers.replacen("clean", "unsure", 1);
    sign(course, "second", "reviewer", &unsure);
    let path = file(course, "second", "verdict");
    let mut forged: Value =
        serde_json::from_slice(&fs::read(&path).expect("signed")).expect("JSON");
    forged["verdict"]["unsure"] = json!([]);
    let clean = forged["verdict"]["clean"].as_u64().expect("a number");
    forged["verdict"]["clean"] = json!(clean + 1);
    fs::write(&path, forged.to_string()).expect("written");
    check("it was not signed by the reviewer that it names");
    reviewer(course, "stranger", 8);
    sign(course, "second", "stranger", answers);
    check("its reviewer is not on the tenant's list");
    assert_eq!(
        chain(course, NORTH).1.len(),
        entries,
        "nothing was written down"
    );
}

/// Research is told how many were read, and what follows from it.
fn told(course: &Course) {
    let area = chain(course, NORTH).0.area.expect("an area").to_string();
    let research = objects(&course.config.pipeline.stores.research);
    let of = |name: &str| {
        let mut own = research.iter().filter(|(path, _)| path.starts_with(&area));
        let found = own
            .find(|(path, _)| path.ends_with(name))
            .expect("it is there");
        found.1.to_vec()
    };
    let manifest: Manifest = serde_json::from_slice(&of("manifest.json")).expect("a manifest");
    let reviewed = manifest.reviewed.expect("it was read");
    assert_eq!((reviewed.conversations, reviewed.samples), (6, 2));
    assert_eq!(reviewed.leaking_before, 1);
    let upper = manifest.leaking_conversations.upper_95.expect("measured");
    assert!((upper - 0.393).abs() < 0.001, "{upper}: none of six");
    let notice = String::from_utf8(of("notice.md")).expect("text");
    assert!(notice.contains("drawn by chance, were read by one person"));
}
