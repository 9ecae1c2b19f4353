//! `leeward audit verify`: prove the ledger from the stores alone.

use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _, stderr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use indicatif::ProgressBar;

use super::stores::{self, OpenError};
use crate::domain::TenantId;
use crate::lake::store::StoreError;
use crate::ledger::verify::{Ask, ChainHead, Counted, Heads, LogHead, Report, verify};

/// Something does not verify.
const FLAWED: u8 = 1;
/// Not everything could be read, so that nothing is known.
const UNREAD: u8 = 2;

/// Arguments of `leeward audit`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Verify every log, evidence file and chain from its first entry.
    ///
    /// Reads the stores and nothing else: no broker, no worker, no key. Exits
    /// with 0 when everything verifies, 1 when something does not, 2 when not
    /// everything could be read.
    ///
    /// To remove, change or reorder any slot, evidence file or entry is seen,
    /// with one exception: nothing follows the last entry of a chain, so its
    /// loss or change shows only against a head that was noted before. Keep
    /// the output of --json where nobody who can write to the stores can
    /// change it, and give it to --expect-heads the next time.
    Verify(Verify),
}

#[derive(Debug, clap::Args)]
struct Verify {
    /// The pipeline file.
    pipeline: PathBuf,
    /// Verify one tenant's evidence, chain and releases only.
    #[arg(long, value_parser = tenant)]
    tenant: Option<TenantId>,
    /// Read and hash every sealed and published file too.
    #[arg(long)]
    deep: bool,
    /// Print one JSON object instead of text.
    #[arg(long)]
    json: bool,
    /// Compare with the heads in an earlier output of --json.
    #[arg(long, value_name = "FILE")]
    expect_heads: Option<PathBuf>,
}

fn tenant(text: &str) -> Result<TenantId, &'static str> {
    TenantId::parse(text).ok_or("a tenant's name is 1 to 63 of a-z, 0-9 and -")
}

/// Why nothing could be verified.
#[derive(Debug, thiserror::Error)]
enum AuditError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("{0}; nothing is known until everything can be read: run it again")]
    Store(#[from] StoreError),
    #[error("{}: {what}; give a file that `audit verify --json` wrote", file.display())]
    Heads { file: PathBuf, what: &'static str },
}

/// Verifies, and prints what was found.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let What::Verify(args) = &args.what;
    match report(args) {
        Ok(report) => print(args, &report),
        Err(error) => {
            eprintln!("error    {error}");
            ExitCode::from(UNREAD)
        }
    }
}

fn report(args: &Verify) -> Result<Report, AuditError> {
    let ask = Ask {
        tenant: args.tenant.clone(),
        deep: args.deep,
        expected: args.expect_heads.as_deref().map(heads).transpose()?,
    };
    let opened = stores::open(&args.pipeline)?;
    let bar = progress();
    let mut told = |counted: &Counted| {
        bar.set_message(format!(
            "{} slots, {} evidence files, {} chain entries, {} files",
            counted.slots,
            counted.evidence,
            counted.entries,
            counted.files_read + counted.published_read,
        ));
        bar.inc(1);
    };
    let verified = stores::wait(verify(&opened.stores, &ask, &mut told))?;
    bar.finish_and_clear();
    Ok(verified?)
}

/// A line that moves on a terminal; nothing otherwise.
fn progress() -> ProgressBar {
    if stderr().is_terminal() {
        ProgressBar::new_spinner()
    } else {
        ProgressBar::hidden()
    }
}

/// The heads that an earlier verification printed.
fn heads(file: &Path) -> Result<Heads, AuditError> {
    let failed = |what| AuditError::Heads {
        file: file.to_owned(),
        what,
    };
    let text = std::fs::read_to_string(file).map_err(|_| failed("cannot be read"))?;
    serde_json::from_str(&text).map_err(|_| failed("holds no heads"))
}

fn print(args: &Verify, report: &Report) -> ExitCode {
    let text = if args.json {
        format!("{:#}\n", serde_json::json!(report))
    } else {
        table(report)
    };
    let written = std::io::stdout().write_all(text.as_bytes());
    match (report.flaws.is_empty(), written) {
        (true, Ok(())) => ExitCode::SUCCESS,
        (false, _) => ExitCode::from(FLAWED),
        (true, Err(_)) => ExitCode::from(UNREAD),
    }
}

/// The report for people.
fn table(report: &Report) -> String {
    let mut out = String::new();
    for head in &report.heads.logs {
        log_line(&mut out, head);
    }
    for head in &report.heads.chains {
        chain_lines(&mut out, head);
    }
    for (tenant, reasons) in &report.refused {
        for (reason, refused) in reasons {
            let _ = writeln!(out, "refused  {tenant}: {reason}: {refused}");
        }
    }
    for flaw in &report.flaws {
        let _ = writeln!(out, "flaw     {flaw}");
    }
    counts(&mut out, report);
    out
}

fn log_line(out: &mut String, head: &LogHead) {
    let state = if head.closed { ", closed" } else { "" };
    let _ = writeln!(
        out,
        "log      {} epoch {}: {} slots to offset {}, {} records open{state}\n         head {}",
        head.place, head.epoch, head.slots, head.end, head.open, head.hash,
    );
}

fn chain_lines(out: &mut String, head: &ChainHead) {
    let owner = head.tenant.as_ref().map_or("operator", TenantId::as_str);
    let purges: u64 = head.purges.values().sum();
    let _ = writeln!(
        out,
        "chain    {owner}: {} entries, {} releases, {purges} purges\n         head {}",
        head.entries, head.releases, head.hash,
    );
    for (outcome, purges) in &head.purges {
        let _ = writeln!(
            out,
            "         purges {}: {purges}",
            outcome.replace('_', " ")
        );
    }
    for hold in &head.holds {
        let _ = writeln!(out, "         hold in force: {hold}");
    }
    for (intents, what) in [
        (&head.open_intents, "without a receipt yet"),
        (&head.void_intents, "void: a hold came before it"),
    ] {
        for n in intents {
            let _ = writeln!(out, "         purge intent {n} {what}");
        }
    }
    for number in &head.withdrawn {
        let _ = writeln!(out, "         release {number} was withdrawn");
    }
    if head.unremoved > 0 {
        let files = head.unremoved;
        let _ = writeln!(
            out,
            "         withdrawals still to be finished: {files} files"
        );
    }
    if head.unpublished > 0 {
        let files = head.unpublished;
        let _ = writeln!(
            out,
            "         files of the last release still to be copied: {files}"
        );
    }
}

fn counts(out: &mut String, report: &Report) {
    let counted = &report.counted;
    let _ = writeln!(
        out,
        "verified {} slots, {} evidence files, {} chain entries; {} records with a fate, {} conversations",
        counted.slots, counted.evidence, counted.entries, counted.records, counted.conversations,
    );
    if counted.samples > 0 {
        let _ = writeln!(
            out,
            "drawn    {} samples for reviewers again, as their verdicts have them",
            counted.samples
        );
    }
    let _ = if report.deep {
        writeln!(
            out,
            "hashed   {} of {} sealed files ({} gone by receipt or going), {} of {} published files",
            counted.files_read,
            counted.files,
            counted.files_gone,
            counted.published_read,
            counted.published,
        )
    } else {
        writeln!(
            out,
            "hashed   no sealed or published files: --deep reads them"
        )
    };
    let _ = match report.flaws.len() {
        0 if counted.slots + counted.entries == 0 => writeln!(
            out,
            "There is nothing to verify: nothing was committed yet, or these are other stores."
        ),
        0 => writeln!(out, "The ledger verifies."),
        1 => writeln!(out, "The ledger does not verify: 1 flaw."),
        n => writeln!(out, "The ledger does not verify: {n} flaws."),
    };
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::{Sha256, TopicPartition};
    use crate::ledger::verify::{Flaw, Kept, Reason};

    fn report(flaws: Vec<Flaw>) -> Report {
        let log = LogHead {
            place: TopicPartition::new("calls", 3),
            epoch: 0,
            slots: 4,
            hash: Sha256([1; 32]),
            end: 90,
            resume: 70,
            open: 2,
            closed: false,
        };
        let chain = ChainHead {
            tenant: TenantId::parse("north"),
            entries: 9,
            hash: Sha256([2; 32]),
            releases: 1,
            purges: BTreeMap::from([(String::from("files_gone"), 2)]),
            holds: vec![String::from("h1")],
            open_intents: vec![7],
            void_intents: vec![8],
            unpublished: 0,
            withdrawn: vec![1],
            unremoved: 2,
        };
        let counted = Counted {
            slots: 4,
            ..Counted::default()
        };
        Report {
            code: "0",
            deep: true,
            heads: Heads {
                logs: vec![log],
                chains: vec![chain],
            },
            counted,
            refused: BTreeMap::from([(
                TenantId::parse("north").expect("a name"),
                BTreeMap::from([(String::from("inference_missing"), 3)]),
            )]),
            flaws,
        }
    }

    #[test]
    fn people_see_heads_and_what_is_in_force() {
        let text = table(&report(Vec::new()));
        let head = format!("head {}", Sha256([1; 32]));
        for part in [
            "log      calls/3 epoch 0: 4 slots to offset 90, 2 records open",
            &head,
            "chain    north: 9 entries, 1 releases, 2 purges",
            "release 1 was withdrawn",
            "hold in force: h1",
            "purge intent 7 without a receipt yet",
            "purge intent 8 void",
            "The ledger verifies.",
        ] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
    }

    #[test]
    fn a_flaw_names_its_place_and_its_reason() {
        let flaw = Flaw {
            store: Kept::State,
            path: String::from("log/calls/3/000000/000000000001.json"),
            reason: Reason::Broken,
            what: Some("its counts"),
        };
        let text = table(&report(vec![flaw]));
        let line = "flaw     state log/calls/3/000000/000000000001.json: does not follow the one before it: its counts";
        assert!(text.contains(line), "{text}");
        assert!(text.ends_with("1 flaw.\n"));
    }

    #[test]
    fn empty_stores_are_not_called_verified() {
        let empty = Report {
            counted: Counted::default(),
            ..report(Vec::new())
        };
        assert!(table(&empty).contains("There is nothing to verify"));
    }

    #[test]
    fn heads_are_read_from_a_whole_report() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let report = report(Vec::new());
        let text = serde_json::json!(report).to_string();
        std::fs::write(file.path(), text).expect("written");
        assert_eq!(heads(file.path()).ok(), Some(report.heads));
        std::fs::write(file.path(), "{}").expect("written");
        let error = heads(file.path()).expect_err("no heads").to_string();
        assert!(error.contains("holds no heads; give a file"), "{error}");
    }
}
