//! `leeward release review`: a person reads a sealed sample, and signs what is
//! to be said of it.

use std::io::{BufReader, stdin, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::reading::{self, Answer, Unread};
use crate::commands::opened::{Stop, answer};
use crate::commands::private::{self, NewFile};
use crate::domain::{Phi, counted};
use crate::ledger::{SignedVerdict, VERDICT_FORMAT, Verdict};
use crate::release::{OpenSample, open_sample};
use crate::scope::Scope;
use crate::seal::SigningKey;

/// Arguments of `leeward release review`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The pipeline file
    pipeline: PathBuf,
    /// Whose sample
    #[arg(long, value_name = "NAME")]
    tenant: String,
    /// The sealed sample
    sample: PathBuf,
    #[command(flatten)]
    way: Way,
    /// The reviewer's Ed25519 private key, 32 bytes in hexadecimal
    #[arg(long, value_name = "FILE", requires = "out")]
    signing_key: Option<PathBuf>,
    /// Answers given elsewhere, as JSON lines such as `{"number": 3, "verdict":
    /// "leak", "turn": 5, "category": "person"}`; else they are asked for.
    /// Conversations count from 1, their turns from 0
    #[arg(long, value_name = "FILE", requires = "signing_key")]
    answers: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct Way {
    /// Where the signed verdict is written; nothing may be there
    #[arg(long, value_name = "FILE", requires = "signing_key")]
    out: Option<PathBuf>,
    /// Write the conversations here as JSON lines, readable by whoever reads the
    /// file, for another tool; each has its `number`, each turn its `turn`
    #[arg(long, value_name = "FILE")]
    export: Option<PathBuf>,
}

/// Has the sample read, and writes the verdict or the sample.
pub(super) fn run(args: &Args) -> ExitCode {
    answer(&args.pipeline, &args.tenant, async |scope, _, _| {
        act(args, scope)
    })
}

fn act(args: &Args, scope: &Scope) -> Result<String, Stop> {
    let sample = opened(&args.sample, scope)?;
    match (&args.way.export, &args.way.out, &args.signing_key) {
        (Some(file), _, _) => export(&sample, file),
        (None, Some(out), Some(key)) => {
            let key = SigningKey::of_seed(&private::key(key, "--signing-key")?);
            let answers = answers(args.answers.as_deref(), &sample)?;
            sign(&sample, &answers, &key, out)
        }
        _ => Err(Stop::new("--out wants a --signing-key")),
    }
}

fn opened(file: &Path, scope: &Scope) -> Result<OpenSample, Stop> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| Stop::new(format!("the sample cannot be read ({})", error.kind())))?;
    open_sample(&scope.sealer, &text).map_err(|error| Stop::new(format!("the sample: {error}")))
}

fn export(sample: &OpenSample, file: &Path) -> Result<String, Stop> {
    let lines = (1..).zip(&sample.conversations);
    let lines: Vec<Phi<String>> = lines.map(|(n, one)| reading::line(n, one)).collect();
    let text: String = lines.iter().map(|line| line.expose().as_str()).collect();
    NewFile::create(file, "--export")?.write(text.as_bytes())?;
    Ok(format!(
        "{} written to {}, unsealed: delete the file once it is read.\n",
        counted(sample.conversations.len() as u64, "conversation"),
        file.display()
    ))
}

fn answers(file: Option<&Path>, sample: &OpenSample) -> Result<Vec<Answer>, Stop> {
    match file {
        Some(file) => {
            let text = std::fs::read_to_string(file).map_err(|error| {
                Stop::new(format!("--answers: cannot be read ({})", error.kind()))
            })?;
            reading::of_lines(&text, &sample.conversations)
        }
        None => reading::ask(
            &sample.conversations,
            &mut BufReader::new(stdin()),
            &mut stdout(),
        ),
    }
    .map_err(|error: Unread| Stop::new(error))
}

/// Signs what the answers add up to.
fn sign(
    sample: &OpenSample,
    answers: &[Answer],
    key: &SigningKey,
    out: &Path,
) -> Result<String, Stop> {
    let marks = |of: fn(&Answer) -> bool| {
        let marks = (1..).zip(answers).filter(|(_, answer)| of(answer));
        marks.map(|(number, answer)| answer.mark(number)).collect()
    };
    let verdict = Verdict {
        format: VERDICT_FORMAT.to_owned(),
        sample: sample.sample,
        sealed: sample.sealed,
        clean: answers
            .iter()
            .filter(|a| matches!(a, Answer::Clean))
            .count() as u64,
        leaks: marks(|answer| matches!(answer, Answer::Leak(_))),
        unsure: marks(|answer| matches!(answer, Answer::Unsure(_))),
    };
    let told = format!(
        "Signed: {} clean, {} with a leak, {} unsure.\n\
         Hand it in with `leeward release verdict`.\n",
        verdict.clean,
        verdict.leaks.len(),
        verdict.unsure.len()
    );
    let signed = SignedVerdict::sign(verdict, key);
    let text = format!("{:#}\n", serde_json::json!(signed));
    NewFile::create(out, "--out")?.write(text.as_bytes())?;
    Ok(told)
}
