//! Broken configurations as data: `tests/config/broken/*.yaml`, each with the
//! errors that must be told, all at once, in `*.expected`.
//!
//! `pipeline-*` stands in for the good pipeline, `tenant-*` beside the good
//! tenant. `UPDATE=1` writes what is told now, for a reader to judge.

use std::path::Path;

use super::{Case, repository};

fn check(file: &Path) {
    let name = file.file_stem().expect("a name").to_string_lossy();
    let text = std::fs::read_to_string(file).expect("readable");
    let case = Case::good();
    let place = match name.split_once('-') {
        Some(("pipeline", _)) => "pipeline.yaml",
        _ => "tenants/south.yaml",
    };
    case.write(place, &text);
    let told = case.printed();
    let expected = file.with_extension("expected");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&expected, &told).expect("writable");
    }
    let expected = std::fs::read_to_string(expected).unwrap_or_default();
    assert!(!told.is_empty(), "{name} is not broken");
    assert_eq!(told, expected, "{name}");
}

#[test]
fn every_broken_configuration_tells_all_its_errors() {
    let mut files: Vec<_> = std::fs::read_dir(repository("tests/config/broken"))
        .expect("the directory")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
        .collect();
    files.sort();
    assert!(files.len() >= 30);
    files.iter().for_each(|file| check(file));
}
