//! DuckDB, Polars and pyarrow, as researchers use them.

use std::process::Command;

use super::parts::{self, Need};

/// Runs a script with arguments; what it prints.
///
/// # Panics
/// When it fails.
pub(crate) fn run(script: &str, arguments: &[&str]) -> String {
    let python = parts::ready(Need::Readers)
        .expect("the trial needs it")
        .join("bin/python");
    let output = Command::new(python)
        .arg("-c")
        .arg(script)
        .args(arguments)
        .output();
    let output = output.expect("python starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the script failed: {said}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
