//! `leeward mapping`: the mappings that ship with the program, and what one
//! makes of a file.

mod records;
mod report;
mod text;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use crate::config::default_limits;
use crate::decode::presets::{self, PRESETS};
use crate::decode::{Input, Mapping, explain};
use report::Report;

/// The request itself is wrong.
const USAGE: u8 = 2;
/// A record was refused, or the file cannot be read.
const REFUSED: u8 = 1;

/// Arguments of `leeward mapping`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// List the mappings that ship with the program
    List,
    /// Print one of them, to start a mapping of your own from
    Show {
        /// Its name
        preset: String,
    },
    /// Show what a mapping takes from a file, what it drops and why
    Try(Try),
}

/// Arguments of `leeward mapping try`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Texts are shown as their lengths and known values as their number, since a \
    file may hold real people's words; names of fields are shown unless they look like values. \
    What is dropped stands under the mapping's own path or rule for it. Of records that are read \
    alike the first is shown, unless --text or --json asks for all.\n\nExit status: 0 every record can be read; 1 one cannot, \
    or the file cannot; 2 wrong usage, or the mapping has errors."
)]
struct Try {
    /// A JSON document, an array of records, or JSON lines
    file: PathBuf,
    /// A mapping's name, or the path of one of your own
    #[arg(value_name = "PRESET|MAPPING.yaml")]
    mapping: String,
    /// The records' key
    #[arg(long, default_value = "key")]
    key: String,
    /// Take an array for records, also where the mapping reads arrays
    #[arg(long)]
    records: bool,
    /// Show texts and known values
    #[arg(long)]
    text: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Does what was asked for.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let (text, code) = match &args.verb {
        Verb::List => (list(), ExitCode::SUCCESS),
        Verb::Show { preset } => match presets::named(preset) {
            Some(preset) => (preset.text.to_owned(), ExitCode::SUCCESS),
            None => return refuse("no mapping of this name; `leeward mapping list` names them"),
        },
        Verb::Try(args) => match tried(args) {
            Ok(report) => (printed(&report, args), exit_code(&report)),
            Err((code, why)) => {
                eprintln!("error: {why}");
                return ExitCode::from(code);
            }
        },
    };
    match std::io::stdout().write_all(text.as_bytes()) {
        Ok(()) => code,
        Err(_) => ExitCode::FAILURE,
    }
}

fn refuse(why: &str) -> ExitCode {
    eprintln!("error: {why}");
    ExitCode::from(USAGE)
}

fn list() -> String {
    let line = |name: &str| {
        let mapping = Mapping::shared(name)?;
        Some(format!("{name:16} {}\n", mapping.about()))
    };
    PRESETS.iter().filter_map(|p| line(p.name)).collect()
}

/// The report, or an exit code and why there is none.
fn tried(args: &Try) -> Result<Report, (u8, String)> {
    let mapping = mapping(&args.mapping).map_err(|why| (USAGE, why))?;
    let bytes = std::fs::read(&args.file).map_err(|error| {
        let why = format!("the file cannot be read ({})", error.kind());
        (REFUSED, why)
    })?;
    Ok(report(&bytes, &mapping, args))
}

/// The mapping of this name, or the one in the file of this name.
fn mapping(name: &str) -> Result<Arc<Mapping>, String> {
    if let Some(preset) = Mapping::shared(name) {
        return Ok(preset);
    }
    let file = Path::new(name);
    if file.extension().is_none() {
        return Err(
            "no mapping of this name, and no path of a file: `leeward mapping list` \
                    names those that ship with the program"
                .to_owned(),
        );
    }
    let read = Mapping::read(file).map(Arc::new);
    read.map_err(|error| format!("the mapping has errors\n{error}"))
}

fn report(bytes: &[u8], mapping: &Mapping, args: &Try) -> Report {
    let limits = default_limits();
    let one = mapping.reads_arrays() && !args.records;
    let mut report = Report::new(mapping.name());
    for (i, record) in records::split(bytes, one).into_iter().enumerate() {
        let input = Input {
            payload: record.bytes,
            key: Some(args.key.as_bytes()),
            offset: i as i64,
        };
        let explained = explain(input, mapping, &limits);
        report.add(&record, explained, args.text);
    }
    report
}

fn printed(report: &Report, args: &Try) -> String {
    match args.json {
        true => serde_json::to_string_pretty(report).map_or_else(|_| String::new(), |s| s + "\n"),
        false => text::text(report),
    }
}

fn exit_code(report: &Report) -> ExitCode {
    match report.refused {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::from(REFUSED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is printed of a file of `tests/shapes`.
    fn check(golden: &str, file: &str, mapping: &str, text: bool, json: bool) {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
        let args = Try {
            file: repository.join("tests/shapes").join(file),
            mapping: mapping.to_owned(),
            key: "key".to_owned(),
            records: false,
            text,
            json,
        };
        let report = tried(&args).expect("it can be read");
        let path = format!("tests/shapes/try/{golden}");
        crate::golden::check(&path, &printed(&report, &args));
    }

    #[test]
    fn a_file_is_told_record_by_record() {
        check("retell.txt", "retell.ended.json", "retell", false, false);
        check(
            "retell.text.txt",
            "retell.ended.json",
            "retell",
            true,
            false,
        );
        check("retell.json", "retell.ended.json", "retell", false, true);
        check("lines.txt", "try/lines.jsonl", "assemblyai", false, false);
        check("array.txt", "try/array.json", "contact_lens", false, false);
        check("broken.txt", "try/broken.json", "native", false, false);
        check("list.txt", "openai.list.json", "openai", false, false);
    }

    #[test]
    fn nothing_of_a_text_or_value_is_shown_unless_asked_for() {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
        for json in [false, true] {
            let args = Try {
                file: repository.join("tests/shapes/retell.ended.json"),
                mapping: "retell".to_owned(),
                key: "key".to_owned(),
                records: false,
                text: false,
                json,
            };
            let report = tried(&args).expect("it can be read");
            let shown = printed(&report, &args).to_lowercase();
            for secret in ["almgren", "metoprolol", "5550163", "1958", "7be0c2a94f"] {
                assert!(!shown.contains(secret), "{secret}");
            }
        }
    }

    #[test]
    fn every_mapping_is_listed_and_shown() {
        let list = list();
        assert_eq!(list.lines().count(), PRESETS.len());
        for preset in PRESETS {
            assert!(list.contains(&format!("{} ", preset.name)));
            assert!(presets::named(preset.name).is_some_and(|p| p.text.contains("records:")));
        }
    }

    #[test]
    fn what_is_no_mapping_is_refused_with_a_remedy() {
        for (name, expected) in [
            ("nobody", "`leeward mapping list`"),
            ("/nowhere/mine.yaml", "cannot be read"),
        ] {
            let why = mapping(name).expect_err("there is none");
            assert!(why.contains(expected), "{why}");
        }
    }
}
