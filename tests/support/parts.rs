//! Parts that are fetched once into a cache: see `fetch.sh` beside this file.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// What a trial needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// A Kafka broker.
    Kafka,
    /// An S3 server.
    S3,
    /// DuckDB, Polars and pyarrow.
    Readers,
    /// A server that speaks Google Cloud Storage's protocol.
    Gcs,
    /// A server that speaks Azure Blob Storage's protocol.
    Azure,
}

impl Need {
    /// The part's name for `fetch.sh`, the tools that fetch it, and those
    /// that run it.
    const fn part(
        self,
    ) -> (
        &'static str,
        &'static [&'static str],
        &'static [&'static str],
    ) {
        match self {
            Self::Kafka => ("kafka", &["mvn"], &["java"]),
            Self::S3 => ("minio", &["go"], &[]),
            Self::Readers => ("python", &["python3"], &[]),
            Self::Gcs => ("gcs", &["go"], &[]),
            Self::Azure => ("azurite", &["npm"], &["node"]),
        }
    }

    fn slot(self) -> &'static OnceLock<Result<PathBuf, String>> {
        static SLOTS: [OnceLock<Result<PathBuf, String>>; 5] = [const { OnceLock::new() }; 5];
        &SLOTS[self as usize]
    }
}

/// Where the part lies, fetched if need be; or why it cannot be had.
pub(crate) fn ready(need: Need) -> Result<PathBuf, String> {
    need.slot().get_or_init(|| find(need)).clone()
}

fn find(need: Need) -> Result<PathBuf, String> {
    let (part, fetchers, runners) = need.part();
    lacking(runners).map_or(Ok(()), Err)?;
    if let Ok(dir) = fetch(part, &["--cached"]) {
        return Ok(dir);
    }
    lacking(fetchers).map_or(Ok(()), Err)?;
    eprintln!("fetching {part} into the cache (once; this can take minutes)");
    fetch(part, &[]).map_err(|code| format!("{part} could not be fetched (exit {code})"))
}

fn fetch(part: &str, options: &[&str]) -> Result<PathBuf, i32> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/fetch.sh");
    let mut command = Command::new("bash");
    command.arg(script).arg(part).args(options);
    let quiet = if options.is_empty() {
        Stdio::inherit()
    } else {
        Stdio::null()
    };
    let output = command.stdin(Stdio::null()).stderr(quiet).output();
    let output = output.map_err(|_| -1)?;
    if !output.status.success() {
        return Err(output.status.code().unwrap_or(-1));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().into())
}

fn lacking(tools: &[&str]) -> Option<String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = |tool: &str| std::env::split_paths(&path).any(|dir| dir.join(tool).is_file());
    let lacking = tools.iter().find(|tool| !found(tool))?;
    Some(format!("{lacking} is not installed"))
}
