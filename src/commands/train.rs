//! `leeward train`: the name model's weights from labelled conversations, and
//! the weights of the risk from what the engine leaves in them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use ring::digest::{SHA256, digest};

use super::eval::{EvalError, Place, at_least_one, engine, keep, leave_out, read, text};
use super::permitted::Permission;
use crate::evaluate::corpus::Labelled;
use crate::train::risk::{Observation, fit, observe};
use crate::train::{Plan, Settings, train};

/// What to train from, and where the weights go.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Labelled conversations: one JSON object a line, or marked text (.txt); with
    /// --risk, what --observe wrote
    #[arg(value_name = "CORPUS.jsonl")]
    corpora: Vec<PathBuf>,
    /// Write what the engine with these weights of the name model leaves in the
    /// conversations, which that model should not have seen
    #[arg(long, value_name = "WEIGHTS")]
    observe: Option<PathBuf>,
    /// Leave out the labels in this file, as eval does
    #[arg(long, value_name = "FILE.tsv")]
    disputed: Option<PathBuf>,
    /// Fit the weights of the risk
    #[arg(long, conflicts_with = "observe")]
    risk: bool,
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
    /// Models trained on copies varied anew, whose mean the weights are
    #[arg(long, default_value_t = 1, value_parser = at_least_one)]
    models: usize,
    /// How often every example is seen
    #[arg(long, default_value_t = Settings::default().epochs, value_parser = at_least_one)]
    epochs: usize,
    /// Seeds every draw
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Trains what `args` names.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    match done(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Does it, where nothing that is read would be overwritten.
pub(super) fn done(args: &Args) -> Result<(), EvalError> {
    let inputs = args.corpora.iter();
    let inputs = inputs.chain(&args.observe).chain(&args.disputed);
    keep("--out", &args.out, inputs)?;
    match &args.observe {
        Some(model) => observe_with(args, model),
        None if args.risk => fit_risk(args),
        None => train_from(args),
    }
}

fn train_from(args: &Args) -> Result<(), EvalError> {
    let corpus = corpus(args)?;
    let plan = Plan {
        generated: args.generated,
        variants: args.variants,
        models: args.models,
        seed: args.seed,
        settings: Settings {
            epochs: args.epochs,
            ..Settings::default()
        },
    };
    let weights = train(&corpus, plan, |pass, loss| {
        eprintln!("pass {}: mean loss {loss:.4}", pass + 1);
    });
    write(args, &weights)
}

/// The conversations of every corpus, each named on standard output.
fn corpus(args: &Args) -> Result<Vec<Labelled>, EvalError> {
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
    if corpus.is_empty() && args.generated == 0 {
        return Err(EvalError::Nothing);
    }
    leave_out(args.disputed.as_deref(), corpus.iter_mut())?;
    Ok(corpus)
}

fn observe_with(args: &Args, model: &Path) -> Result<(), EvalError> {
    let engine = engine(Some(model))?;
    let seen = observe(&engine, &corpus(args)?, args.generated, args.seed);
    let lines: String = seen.iter().map(|o| o.to_line() + "\n").collect();
    write(args, lines.as_bytes())
}

fn fit_risk(args: &Args) -> Result<(), EvalError> {
    let mut observations = Vec::new();
    let mut table = String::from("# Weights of the risk, fitted by leeward train --risk to:\n");
    for path in &args.corpora {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        table.push_str(&format!("# {}  {name}\n", sha256(path)?));
        for (number, line) in text(path)?.lines().enumerate() {
            let observation = Observation::from_line(line);
            let place = || Place::new(path, number + 1);
            observations.push(observation.ok_or_else(|| EvalError::Observation(place()))?);
        }
    }
    if observations.is_empty() {
        return Err(EvalError::Nothing);
    }
    table.push_str(&fit(&observations).to_table());
    write(args, table.as_bytes())
}

fn write(args: &Args, made: &[u8]) -> Result<(), EvalError> {
    let name = args.out.display().to_string();
    std::fs::write(&args.out, made).map_err(|e| EvalError::Write(name.clone(), e.kind()))?;
    let hash = hex::encode(digest(&SHA256, made));
    println!("{hash}  {} bytes  {name}", made.len());
    Ok(())
}

fn sha256(path: &Path) -> Result<String, EvalError> {
    let bytes =
        std::fs::read(path).map_err(|e| EvalError::Read(path.display().to_string(), e.kind()))?;
    Ok(hex::encode(digest(&SHA256, &bytes)))
}
