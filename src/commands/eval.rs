//! `leeward eval`: how well the engine finds, measured on labelled text.

use std::fs::File;
use std::io::{BufReader, BufWriter, IsTerminal, Write, stderr, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use indicatif::ProgressBar;
use serde_json::{Value, json};

use super::permitted::{NotPermitted, Permission, Permits};
use crate::deid::{Engine, RiskError, RiskWeights, WeightsError};
use crate::evaluate::corpus::{self, CorpusError, Labelled};
use crate::evaluate::disputed::{Disputed, Matched};
use crate::evaluate::floor::Floors;
use crate::evaluate::generate::{generate, to_json};
use crate::evaluate::marked;
use crate::evaluate::quote::quotes;
use crate::evaluate::score::By;
use crate::evaluate::{Evaluation, Judged, judge, report};

/// What to measure and how to show it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Labelled conversations: one JSON object a line, or marked text (.txt)
    #[arg(required_unless_present = "generated", value_name = "CORPUS.jsonl")]
    corpora: Vec<PathBuf>,
    /// Generated conversations too, with this many values of each category and form
    #[arg(long, value_name = "CASES", value_parser = at_least_one)]
    generated: Option<usize>,
    /// Seeds the generated conversations
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    permitted: Permission,
    /// Write what was found, one JSON object a conversation
    #[arg(long, value_name = "OUT.jsonl")]
    predictions: Option<PathBuf>,
    /// The name model's weights, instead of those built into the program: for all
    /// corpora, or one for each in their order
    #[arg(long, value_name = "FILE")]
    model: Vec<PathBuf>,
    /// The weights of the risk, instead of those built into the program: for all
    /// corpora, or one for each in their order
    #[arg(long, value_name = "FILE.tsv")]
    risk: Vec<PathBuf>,
    /// Fail where a corpus falls below the bounds in this file (JSON)
    #[arg(long, value_name = "FILE")]
    floor: Option<PathBuf>,
    /// Leave out a layer of the engine, to see what the second look then stops
    #[arg(long, value_name = "LAYER")]
    without: Option<String>,
    /// Leave out each layer of the engine in turn, too, and report what the second
    /// look then stops
    #[arg(long, conflicts_with = "without")]
    layers: bool,
    /// Divide the labels further
    #[arg(long, value_enum, default_value_t)]
    by: By,
    /// Leave out the labels in this file: conversation, turn, first character and
    /// the one after the last, from 0, parted by tabs
    #[arg(long, value_name = "FILE.tsv")]
    disputed: Option<PathBuf>,
    /// Weekdays, holidays, ordinal days, provider organisations and passwords are required too
    #[arg(long)]
    strict: bool,
    /// Print JSON instead of tables
    #[arg(long)]
    json: bool,
    /// Quote up to this many leaks and false findings a corpus, with their
    /// surroundings; with --json, on standard error
    #[arg(long, value_name = "N", default_value_t = 0)]
    examples: usize,
}

/// A corpus is below a floor.
const BELOW_FLOOR: u8 = 4;

/// Why a corpus could not be measured.
#[derive(Debug, thiserror::Error)]
pub(super) enum EvalError {
    #[error("{0}: cannot be read ({1}); check the path and its permissions")]
    Read(String, std::io::ErrorKind),
    #[error("{0}: is not UTF-8; convert the file first, for example with iconv")]
    NotUtf8(String),
    #[error("{0}: {1}")]
    Line(Place, CorpusError),
    #[error("{0}: {1}")]
    NotPermitted(Place, NotPermitted),
    #[error(
        "{0}: not a label: write conversation, turn, first character and the one after the last, \
         parted by tabs"
    )]
    Disputed(Place),
    #[error("{0}: holds no conversation; name a file with a labelled conversation a line")]
    Empty(String),
    #[error("nothing to train from; name a file")]
    Nothing,
    #[error("{flag} {path} would overwrite what is read; choose another place")]
    Overwrites { flag: &'static str, path: String },
    #[error("the pipeline cannot be read; mend what is named above")]
    Pipeline,
    #[error("{0}: not a file of floors ({1}); \"Measuring it\" in the README shows one")]
    Floors(String, String),
    #[error("{0}: {1}")]
    Model(String, WeightsError),
    #[error("{0}: {1}")]
    Risk(String, RiskError),
    #[error("{0}: not what --observe writes; observe again with this version")]
    Observation(Place),
    #[error("{0} files of weights for {1} corpora; give one for all, or one for each")]
    Weights(usize, usize),
    #[error("{0}: no layer of the engine; it has {1}")]
    Layer(String, String),
    #[error("{0}: cannot be written ({1}); check the path, its permissions and its disk")]
    Write(String, std::io::ErrorKind),
}

/// A line of a file, from 1.
#[derive(Debug)]
pub(super) struct Place(String, usize);

impl Place {
    pub(super) fn new(path: &Path, line: usize) -> Self {
        Self(path.display().to_string(), line)
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.0, self.1)
    }
}

/// Measures what `args` names.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    match evaluate(args) {
        Ok(shortfalls) if shortfalls.is_empty() => ExitCode::SUCCESS,
        Ok(shortfalls) => {
            shortfalls
                .iter()
                .for_each(|s| eprintln!("below the floor: {s}"));
            ExitCode::from(BELOW_FLOOR)
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Every corpus together, and all bounds that were missed.
pub(super) fn evaluate(args: &Args) -> Result<Vec<String>, EvalError> {
    keep_inputs(args)?;
    let floors = args.floor.as_deref().map(floors).transpose()?;
    let by = if floors.is_some() { By::Sub } else { args.by };
    let corpora = corpora(args)?;
    let mut shortfalls = Vec::new();
    let mut predictions = args.predictions.as_deref().map(Predictions::create);
    let mut pooled = Evaluation::default();
    let mut reports = Vec::new();
    let mut made = Made::default();
    for (at, (name, corpus)) in corpora.iter().enumerate() {
        let engine = made.engine(args, at, corpora.len())?;
        let whole = judge_all(engine, corpus);
        let mut evaluation = Evaluation::default();
        let mut examples = Vec::new();
        for (labelled, judged) in corpus.iter().zip(&whole) {
            let faults = evaluation.add(labelled, judged, by, args.strict);
            pooled.add(labelled, judged, by, args.strict);
            if examples.len() < args.examples {
                examples.extend(quotes(labelled, judged, &faults));
            }
            if let Some(out) = &mut predictions {
                out.write(labelled, judged)?;
            }
        }
        let layers: Vec<_> = engine.layers().filter(|_| args.layers).collect();
        for layer in layers {
            let engine = made.again(args)?.without(layer);
            let without = judge_all(&engine, corpus);
            for ((labelled, whole), without) in corpus.iter().zip(&whole).zip(&without) {
                evaluation.add_without(layer, labelled, whole, without);
                pooled.add_without(layer, labelled, whole, without);
            }
        }
        reports.push(show(args, name, &evaluation));
        let missed = floors.iter().flat_map(|floors| floors.check(&evaluation));
        shortfalls.extend(missed.map(|shortfall| format!("{name}: {shortfall}")));
        let examples = examples.iter().take(args.examples);
        examples.for_each(|example| match args.json {
            true => eprintln!("{example}"),
            false => say(example),
        });
    }
    if corpora.len() > 1 {
        reports.push(show(args, "all", &pooled));
    }
    if let Some(out) = predictions {
        out.finish()?;
    }
    if args.json {
        say(&json!({"version": 1, "corpora": reports}).to_string());
    }
    Ok(shortfalls)
}

/// The corpora by their names, without the labels in dispute.
fn corpora(args: &Args) -> Result<Vec<(String, Vec<Labelled>)>, EvalError> {
    let permits = args.permitted.read().ok_or(EvalError::Pipeline)?;
    let mut corpora = Vec::new();
    for path in &args.corpora {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        corpora.push((name.into_owned(), read(path, &permits)?));
    }
    let read = corpora.iter_mut().flat_map(|(_, corpus)| corpus);
    leave_out(args.disputed.as_deref(), read)?;
    corpora.extend(args.generated.map(|cases| generated(args.seed, cases)));
    Ok(corpora)
}

/// Leaves the labels out that the file `path` lists, and tells of lines that
/// name none.
pub(super) fn leave_out<'c>(
    path: Option<&Path>,
    corpus: impl Iterator<Item = &'c mut Labelled>,
) -> Result<(), EvalError> {
    let Some(path) = path else {
        return Ok(());
    };
    let disputed = disputed(path)?;
    let mut matched = Matched::default();
    corpus.for_each(|labelled| matched.add(disputed.leave_out(labelled)));
    if let Some(note) = matched.note() {
        eprintln!("note: {}: {note}", path.display());
    }
    Ok(())
}

/// Refuses predictions that would be written over what is read.
fn keep_inputs(args: &Args) -> Result<(), EvalError> {
    let Some(output) = &args.predictions else {
        return Ok(());
    };
    let inputs = [&args.corpora, &args.model, &args.risk];
    let inputs = inputs.into_iter().flatten();
    let inputs = inputs.chain(&args.floor).chain(&args.disputed);
    keep("--predictions", output, inputs)
}

/// Refuses to write `output`, which `flag` names, over one of `inputs`.
pub(super) fn keep<'p>(
    flag: &'static str,
    output: &Path,
    inputs: impl Iterator<Item = &'p PathBuf>,
) -> Result<(), EvalError> {
    let Ok(real) = output.canonicalize() else {
        return Ok(());
    };
    let mut inputs = inputs.filter_map(|input| input.canonicalize().ok());
    match inputs.any(|input| input == real) {
        true => Err(EvalError::Overwrites {
            flag,
            path: output.display().to_string(),
        }),
        false => Ok(()),
    }
}

pub(super) fn at_least_one(text: &str) -> Result<usize, String> {
    let number: usize = text.parse().map_err(|_| "not a whole number".to_owned())?;
    match number {
        0 => Err("at least 1".to_owned()),
        number => Ok(number),
    }
}

/// What `engine` makes of each of `corpus`, with a bar for who waits.
fn judge_all(engine: &Engine, corpus: &[Labelled]) -> Vec<Judged> {
    let bar = progress(corpus.len());
    let judged = corpus.iter().map(|labelled| {
        bar.inc(1);
        judge(engine, labelled)
    });
    let judged = judged.collect();
    bar.finish_and_clear();
    judged
}

fn floors(path: &Path) -> Result<Floors, EvalError> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|e| EvalError::Read(name.clone(), e.kind()))?;
    serde_json::from_slice(&bytes).map_err(|e| EvalError::Floors(name, e.to_string()))
}

fn generated(seed: u64, cases: usize) -> (String, Vec<Labelled>) {
    let lines = generate(seed, cases).map(|conversation| to_json(&conversation).to_string());
    let read = |line: String| Labelled::parse(&line).expect("the generator's labels are right");
    (format!("generated-{seed}"), lines.map(read).collect())
}

/// The engine of one corpus, and of those after it that have the same weights.
#[derive(Default)]
struct Made {
    from: Option<[Option<PathBuf>; 2]>,
    engine: Option<Engine>,
}

impl Made {
    /// The last engine once more, for itself.
    fn again(&self, args: &Args) -> Result<Engine, EvalError> {
        let from = self.from.as_ref();
        let [model, risk] = [0, 1].map(|i| from.and_then(|from| from[i].as_deref()));
        make(args, model, risk)
    }

    /// The engine for corpus `at` of `corpora`.
    fn engine(&mut self, args: &Args, at: usize, corpora: usize) -> Result<&Engine, EvalError> {
        let model = of_corpus(&args.model, at, corpora)?;
        let risk = of_corpus(&args.risk, at, corpora)?;
        let from = [model, risk].map(|path| path.map(Path::to_path_buf));
        if self.from.as_ref() != Some(&from) {
            self.engine = None;
            self.from = Some(from);
        }
        match &mut self.engine {
            Some(engine) => Ok(engine),
            none => Ok(none.insert(make(args, model, risk)?)),
        }
    }
}

fn make(args: &Args, model: Option<&Path>, risk: Option<&Path>) -> Result<Engine, EvalError> {
    let mut made = engine(model)?;
    if let Some(path) = risk {
        let weights = RiskWeights::parse(&text(path)?);
        let failed = |e| EvalError::Risk(path.display().to_string(), e);
        made = made.with_risk(weights.map_err(failed)?);
    }
    match &args.without {
        Some(layer) => without(made, layer),
        None => Ok(made),
    }
}

/// Of `files`, none, one for all or one for each of `corpora`, that of corpus
/// `at`.
fn of_corpus(files: &[PathBuf], at: usize, corpora: usize) -> Result<Option<&Path>, EvalError> {
    match files {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        each if each.len() == corpora => Ok(Some(&each[at])),
        other => Err(EvalError::Weights(other.len(), corpora)),
    }
}

/// The engine with the name model of `model`, or with its own.
pub(super) fn engine(model: Option<&Path>) -> Result<Engine, EvalError> {
    let Some(path) = model else {
        return Ok(Engine::new());
    };
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|e| EvalError::Read(name.clone(), e.kind()))?;
    Engine::with_model(&bytes).map_err(|e| EvalError::Model(name, e))
}

/// The labels to leave out that the file `path` lists.
fn disputed(path: &Path) -> Result<Disputed, EvalError> {
    Disputed::parse(&text(path)?).map_err(|line| EvalError::Disputed(Place::new(path, line)))
}

/// What the file `path` says.
pub(super) fn text(path: &Path) -> Result<String, EvalError> {
    let name = path.display().to_string();
    std::fs::read_to_string(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::InvalidData => EvalError::NotUtf8(name),
        kind => EvalError::Read(name, kind),
    })
}

fn without(engine: Engine, layer: &str) -> Result<Engine, EvalError> {
    let layers: Vec<_> = engine.layers().collect();
    if layers.contains(&layer) {
        Ok(engine.without(layer))
    } else {
        Err(EvalError::Layer(layer.to_owned(), layers.join(", ")))
    }
}

/// Prints a line; whoever reads may have read enough, as `head` does.
fn say(line: &str) {
    let _ = writeln!(stdout(), "{line}");
}

/// Prints a table, or gives JSON to be printed with the others.
fn show(args: &Args, name: &str, evaluation: &Evaluation) -> Value {
    if args.json {
        return report::json(name, evaluation);
    }
    say(&report::table(name, evaluation));
    Value::Null
}

/// The labelled conversations of a file, each of which `permits` lets be used.
pub(super) fn read(path: &Path, permits: &Permits) -> Result<Vec<Labelled>, EvalError> {
    let name = path.display().to_string();
    let unreadable = |e: std::io::Error| EvalError::Read(name.clone(), e.kind());
    let found: Vec<_> = if marked::is_marked(path) {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        marked::read(&stem, &text(path)?)
    } else {
        let file = File::open(path).map_err(unreadable)?;
        let lines: std::io::Result<_> = corpus::read(BufReader::new(file)).collect();
        lines.map_err(unreadable)?
    };
    let mut read = Vec::new();
    for (number, found) in found {
        let at = || Place(name.clone(), number);
        let labelled = found.map_err(|e| EvalError::Line(at(), e))?;
        let permitted = permits.check(&labelled);
        permitted.map_err(|e| EvalError::NotPermitted(at(), e))?;
        read.push(labelled);
    }
    match read.is_empty() {
        true => Err(EvalError::Empty(name.clone())),
        false => Ok(read),
    }
}

fn progress(conversations: usize) -> ProgressBar {
    if stderr().is_terminal() {
        ProgressBar::new(conversations as u64)
    } else {
        ProgressBar::hidden()
    }
}

/// The file of predictions.
struct Predictions {
    name: String,
    file: std::io::Result<BufWriter<File>>,
}

impl Predictions {
    fn create(path: &Path) -> Self {
        Self {
            name: path.display().to_string(),
            file: File::create(path).map(BufWriter::new),
        }
    }

    fn write(&mut self, labelled: &Labelled, judged: &Judged) -> Result<(), EvalError> {
        let spans: Vec<Value> = judged
            .predictions
            .iter()
            .zip(&judged.findings)
            .map(|(p, f)| {
                let at = labelled.characters(p.turn, p.span.clone());
                json!({"turn": p.turn, "start": at.start, "end": at.end, "type": p.label.name(),
                    "category": f.category, "detector": f.detector, "rule": f.rule})
            })
            .collect();
        let line = json!({"id": labelled.id, "spans": spans, "held": judged.held});
        let failed = |e: std::io::Error| EvalError::Write(self.name.clone(), e.kind());
        match &mut self.file {
            Ok(file) => writeln!(file, "{line}").map_err(failed),
            Err(error) => Err(EvalError::Write(self.name.clone(), error.kind())),
        }
    }

    fn finish(self) -> Result<(), EvalError> {
        let flushed = self.file.and_then(|mut file| file.flush());
        flushed.map_err(|e| EvalError::Write(self.name, e.kind()))
    }
}
