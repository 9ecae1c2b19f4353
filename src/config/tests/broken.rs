//! Broken configurations as data: `tests/config/broken/*.yaml`, each with the
//! errors that must be told, all at once, in `*.expected`.
//!
//! `pipeline-*` stands in for the good pipeline, `tenant-*` beside the good
//! tenant. `UPDATE=1` writes what is told now, for a reader to judge.

use std::path::{Path, PathBuf};

use super::{Case, Loaded, repository};

fn stem(file: &Path) -> String {
    let name = file.file_stem().expect("a name");
    name.to_string_lossy().into_owned()
}

fn check(file: &Path) {
    let name = stem(file);
    let bytes = std::fs::read(file).expect("readable");
    let case = Case::good();
    let place = match name.split_once('-') {
        Some(("pipeline", _)) => "pipeline.yaml",
        _ => "tenants/south.yaml",
    };
    case.write(place, &bytes);
    let told = case.printed();
    let expected = file.with_extension("expected");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&expected, &told).expect("writable");
    }
    let expected = std::fs::read_to_string(expected).unwrap_or_default();
    assert!(!told.is_empty(), "{name} is not broken");
    assert_eq!(told, expected, "{name}");
    if let Ok(loaded) = case.load() {
        only_its_own(&loaded, &told, &name);
    }
}

/// A broken tenant's file disables its tenant, and the good one beside it only
/// where the two claim the same.
fn only_its_own(loaded: &Loaded, told: &str, name: &str) {
    let disputed = told.contains("tenants/north.yaml");
    let in_force: Vec<&str> = loaded.config.tenants.keys().map(|t| t.as_str()).collect();
    let expected = if disputed { &[][..] } else { &["north"] };
    assert_eq!(in_force, expected, "{name}");
    assert!(disputed || loaded.disabled.len() == 1, "{name}");
}

#[test]
fn every_broken_configuration_tells_all_its_errors() {
    let mut files: Vec<_> = std::fs::read_dir(repository("tests/config/broken"))
        .expect("the directory")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
        .collect();
    files.sort();
    let of_tenants = |file: &&PathBuf| stem(file).starts_with("tenant-");
    assert!(files.iter().filter(of_tenants).count() >= 60);
    files.iter().for_each(|file| check(file));
}
