//! Broken mappings and records as data (`tests/shapes/broken/`): each is
//! refused, with its place and a remedy, and without a word of what it holds.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::samples::LIMITS;
use super::{Input, Mapping, decode};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shapes/broken")
}

#[test]
fn every_broken_mapping_tells_its_faults_with_line_and_remedy() {
    let entries = std::fs::read_dir(folder().join("mappings")).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("it can be listed").path());
    let mut files: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
        .collect();
    files.sort();
    assert!(files.len() >= 40);
    let mut told = String::new();
    for file in files {
        let name = file.file_name().and_then(|n| n.to_str()).expect("a name");
        let text = std::fs::read_to_string(&file).expect("it can be read");
        let faults = Mapping::parse(Path::new(name), &text).expect_err(name).0;
        assert!(!faults.is_empty(), "{name} says nothing");
        for fault in faults {
            let said = !fault.what.is_empty() && !fault.remedy.is_empty();
            assert!(said && (fault.mark.is_some() || text.is_empty()), "{fault}");
            writeln!(told, "{fault}").expect("a string can be written");
        }
    }
    crate::golden::check("tests/shapes/broken/mappings.expected.txt", &told);
}

/// A value with `\xNN` as the byte that it names.
fn bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\x") {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        let code = &rest[at + 2..at + 4];
        out.push(u8::from_str_radix(code, 16).expect("two digits"));
        rest = &rest[at + 4..];
    }
    out.extend_from_slice(rest.as_bytes());
    out
}

#[test]
fn every_broken_record_is_refused_with_place_and_remedy() {
    let text = std::fs::read_to_string(folder().join("records.tsv")).expect("it is there");
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, l)| !l.starts_with('#'));
    let (mut told, mut refused) = (String::new(), 0);
    for (i, line) in lines {
        let mut fields = line.splitn(3, '\t');
        let mut field = || fields.next().expect("three fields");
        let (preset, key, value) = (field(), bytes(field()), bytes(field()));
        let mapping = Mapping::shared(preset).expect("a preset");
        let input = Input {
            payload: &value,
            key: (!key.is_empty()).then_some(&key),
            offset: 0,
        };
        let outcome = decode(input, &mapping, &LIMITS);
        let why = outcome.expect_err(line);
        refused += 1;
        let (code, remedy) = (why.code(), why.remedy());
        writeln!(told, "line {}, {preset}: {code}: {why}; {remedy}", i + 1)
            .expect("a string can be written");
    }
    assert!(refused >= 100);
    crate::golden::check("tests/shapes/broken/records.expected.txt", &told);
}
