//! `leeward train`: the name model's weights from labelled conversations.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use ring::digest::{SHA256, digest};

use super::eval::{EvalError, read};
use super::permitted::Permission;
use crate::evaluate::corpus::Labelled;
use crate::train::{Plan, Settings, train};

/// What to train from, and where the weights go.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Labelled conversations, one JSON object a line
    #[arg(value_name = "CORPUS.jsonl")]
    corpora: Vec<PathBuf>,
    #[command(flatten)]
    permitted: Permission,
    /// Where the weights go
    #[arg(short, long, value_name = "FILE")]
    out: PathBuf,
    /// Dialogues of the trainer's own
    #[arg(long, default_value_t = 0)]
    generated: usize,
    /// Varied copies of each conversation, beside itself
    #[arg(long, default_value_t = 3)]
    variants: usize,
    /// How often every example is seen
    #[arg(long, default_value_t = Settings::default().epochs)]
    epochs: usize,
    /// Seeds every draw
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Trains what `args` names.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    match train_from(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn train_from(args: &Args) -> Result<(), EvalError> {
    let permits = args.permitted.read().ok_or(EvalError::Pipeline)?;
    let mut corpus: Vec<Labelled> = Vec::new();
    for path in &args.corpora {
        let read = read(path, &permits)?;
        println!(
            "{}  {} conversations  {}",
            sha256(path)?,
            read.len(),
            path.display()
        );
        corpus.extend(read);
    }
    let plan = Plan {
        generated: args.generated,
        variants: args.variants,
        seed: args.seed,
        settings: Settings {
            epochs: args.epochs,
            ..Settings::default()
        },
    };
    let weights = train(&corpus, plan, |pass, loss| {
        eprintln!("pass {}: mean loss {loss:.4}", pass + 1);
    });
    let name = args.out.display().to_string();
    std::fs::write(&args.out, &weights).map_err(|e| EvalError::Write(name.clone(), e.kind()))?;
    let hash = hex::encode(digest(&SHA256, &weights));
    println!("{hash}  {} bytes  {name}", weights.len());
    Ok(())
}

fn sha256(path: &Path) -> Result<String, EvalError> {
    let bytes =
        std::fs::read(path).map_err(|e| EvalError::Read(path.display().to_string(), e.kind()))?;
    Ok(hex::encode(digest(&SHA256, &bytes)))
}
