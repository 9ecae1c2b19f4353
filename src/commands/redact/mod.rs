//! `leeward redact`: de-identifies files, folders or standard input, and shows
//! what it finds.
//!
//! ```text
//! plan (which files, to where) ─▶ text │ json (bytes ↔ conversation) ─▶ deidentify
//!                                 ─▶ preview (to the terminal) │ atomic (to the file)
//! ```

mod atomic;
mod file;
mod json;
mod key;
mod plan;
mod preview;
mod record;
mod tally;
mod text;

use std::io::{IsTerminal, stderr, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use indicatif::ProgressBar;

pub(super) use atomic::AtomicFile;

use crate::deid::{Engine, Outcome, Policy, deidentify};
use crate::domain::{Entropy, RawConversation};
use preview::Style;
use tally::Tally;

/// Something was held back and not written.
const HELD_BACK: u8 = 3;
/// The request itself is wrong.
const USAGE: u8 = 2;
/// A file could not be read, understood or written.
const FAILED: u8 = 1;

/// What to de-identify and what to do with it.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit status: 0 all written; 1 a file failed; 2 wrong usage; \
    3 something was held back because a part is not English or still looks like an identifier."
)]
pub struct Args {
    /// Files or folders; `-` or nothing reads standard input. Links below folders are
    /// not followed
    paths: Vec<PathBuf>,
    /// How to read the input
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// A file, or for several inputs a folder [default: standard output]. A file whose
    /// name may identify somebody is called `file-0001` there, by its place
    #[arg(short, long, value_name = "DIR|FILE")]
    out: Option<PathBuf>,
    /// Show each hit with its category and rule instead of writing clean text
    #[arg(long, conflicts_with = "out")]
    preview: bool,
    /// As --preview, with the confidence, strength and reasons of each hit, what was
    /// left but is suspected, and the risk
    #[arg(long, conflicts_with = "out")]
    explain: bool,
    /// Colour in the preview
    #[arg(long, value_enum, default_value_t)]
    color: When,
    /// Write what the language gate or the second look would hold back
    #[arg(long)]
    allow_residue: bool,
}

/// How a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// By the file's name, else by its first line
    #[default]
    Auto,
    /// Plain text: each line a turn, each file a conversation
    Text,
    /// JSON lines: each line a conversation
    Jsonl,
    /// One JSON document a file, a conversation
    Json,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum When {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What every file of one run shares.
struct Redactor {
    engine: Engine,
    policy: Policy,
    entropy: Entropy,
    allow_residue: bool,
    /// Show hits instead of writing clean text.
    preview: Option<Style>,
}

impl Redactor {
    fn new(args: &Args) -> Self {
        let color = match args.color {
            When::Always => true,
            When::Never => false,
            When::Auto => stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
        };
        let style = Style {
            color,
            explain: args.explain,
        };
        Self {
            engine: Engine::new(),
            policy: Policy::safe_harbor(),
            entropy: Entropy::from_system(),
            allow_residue: args.allow_residue,
            preview: (args.preview || args.explain).then_some(style),
        }
    }

    fn deidentify(&mut self, conversation: &RawConversation) -> Outcome {
        deidentify(&self.engine, &self.policy, conversation, &mut self.entropy)
    }
}

/// De-identifies what `args` names.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let mut redactor = Redactor::new(args);
    let planned = match plan::plan(&args.paths, args.out.as_deref(), &mut redactor) {
        Ok(planned) => planned,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::from(USAGE);
        }
    };
    for note in planned.notes() {
        eprintln!("note: {note}");
    }
    let jobs = &planned.jobs;
    let bar = progress(jobs.len());
    let mut tally = Tally::default();
    for job in jobs {
        let result = file::redact(job, args.format, &mut redactor, &mut tally, &mut |note| {
            bar.suspend(|| eprintln!("{note}"));
        });
        if let Err(error) = result {
            tally.failed += 1;
            bar.suspend(|| eprintln!("error: {}: {error}", job.name()));
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    eprintln!("{tally}");
    if tally.held > 0 {
        eprintln!("what was held back was not written; --allow-residue writes it all the same");
    }
    exit_code(&tally)
}

fn exit_code(tally: &Tally) -> ExitCode {
    if tally.failed > 0 {
        ExitCode::from(FAILED)
    } else if tally.held > 0 {
        ExitCode::from(HELD_BACK)
    } else {
        ExitCode::SUCCESS
    }
}

/// A bar on a terminal for several files; nothing otherwise.
fn progress(files: usize) -> ProgressBar {
    if files > 1 && stderr().is_terminal() {
        ProgressBar::new(files as u64)
    } else {
        ProgressBar::hidden()
    }
}

#[cfg(test)]
mod tests;
