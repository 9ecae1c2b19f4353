//! `leeward check`: is the configuration good, and what does it mean?

mod connect;
mod plan;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::json;

use crate::config::resolved::Source;
use crate::config::{self, Around, Config, Problem};
use crate::domain::EpochMs;
use connect::Answer;

/// Arguments of `leeward check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The pipeline file.
    pipeline: PathBuf,
    /// Ask broker and stores too: logins, rights, what the protocol rests on.
    #[arg(long)]
    connect: bool,
    /// Print one JSON object instead of text.
    #[arg(long)]
    json: bool,
}

/// Checks a configuration; fails when anything in any file is wrong.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let lookup = |name: &str| std::env::var(name).ok();
    let now = EpochMs(jiff::Timestamp::now().as_millisecond());
    let mut verdict = Verdict::of(
        args,
        &Around {
            lookup: &lookup,
            now,
        },
    );
    if args.connect {
        verdict.connect();
    }
    let text = if args.json {
        verdict.json()
    } else {
        verdict.text()
    };
    let written = std::io::stdout().write_all(text.as_bytes());
    if verdict.is_good() && written.is_ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// What a check found.
struct Verdict {
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
    config: Option<Config>,
    /// What broker and stores answered, where they were asked.
    answers: Option<Vec<Answer>>,
}

impl Verdict {
    fn is_good(&self) -> bool {
        self.problems.is_empty() && self.faults() == 0
    }

    /// How many answers are errors.
    fn faults(&self) -> usize {
        let answers = self.answers.iter().flatten();
        answers
            .filter(|a| a.verdict == connect::Verdict::Error)
            .count()
    }

    /// Asks broker and stores, unless the pipeline file itself is not good.
    fn connect(&mut self) {
        self.answers = self.config.as_ref().map(connect::ask);
    }

    fn of(args: &Args, around: &Around<'_>) -> Self {
        match config::load(&args.pipeline, around) {
            Ok(loaded) => Self {
                problems: missing(&args.pipeline, &loaded.config.pipeline.source)
                    .chain(loaded.disabled.into_iter().flat_map(|d| d.problems))
                    .collect(),
                warnings: loaded.warnings,
                config: Some(loaded.config),
                answers: None,
            },
            Err(error) => Self {
                problems: error.problems,
                warnings: error.warnings,
                config: None,
                answers: None,
            },
        }
    }

    fn text(&self) -> String {
        let mut out = String::new();
        if let Some(config) = self.config.as_ref().filter(|_| self.problems.is_empty()) {
            out.push_str(&plan::text(config));
            out.push('\n');
        }
        for warning in &self.warnings {
            let _ = writeln!(out, "warning  {warning}");
        }
        for problem in &self.problems {
            let _ = writeln!(out, "error    {problem}");
        }
        for answer in self.answers.iter().flatten() {
            out.push_str(&answer.line());
        }
        let _ = match self.problems.len() + self.faults() {
            0 => writeln!(out, "The configuration is good."),
            1 => writeln!(out, "1 error."),
            n => writeln!(out, "{n} errors."),
        };
        out
    }

    fn json(&self) -> String {
        let listed = |problems: &[Problem]| -> Vec<_> {
            problems
                .iter()
                .map(|p| {
                    json!({
                        "file": p.file,
                        "line": p.mark.map(|m| m.line),
                        "column": p.mark.map(|m| m.column),
                        "path": p.path,
                        "what": p.what,
                        "remedy": p.remedy,
                    })
                })
                .collect()
        };
        let verdict = json!({
            "good": self.is_good(),
            "errors": listed(&self.problems),
            "warnings": listed(&self.warnings),
            "connections": self.answers.as_ref().map(|answers| {
                answers.iter().map(Answer::json).collect::<Vec<_>>()
            }),
            "plan": self.config.as_ref().map(plan::json),
        });
        format!("{verdict:#}\n")
    }
}

/// The files of the source that are not there.
fn missing(pipeline: &Path, source: &Source) -> impl Iterator<Item = Problem> {
    let paths: &[PathBuf] = match source {
        Source::File { paths, .. } => paths,
        Source::Kafka(_) => &[],
    };
    let missing = paths.iter().enumerate().filter(|(_, path)| !path.exists());
    missing.map(|(n, path)| Problem {
        file: pipeline.to_owned(),
        mark: None,
        path: format!("source.file.paths[{n}]"),
        what: format!("there is no file {}", path.display()),
        remedy: String::from("put it there, or name another"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(lookup: &dyn Fn(&str) -> Option<String>) -> Verdict {
        let args = Args {
            pipeline: concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/pipelines/example/pipeline.yaml"
            )
            .into(),
            connect: false,
            json: true,
        };
        let now = EpochMs(1_795_305_600_000);
        Verdict::of(&args, &Around { lookup, now })
    }

    /// A key of its own for each variable whose name ends in `_KEY`.
    fn key(name: &str) -> Option<String> {
        let hash = crate::domain::Sha256::of(name.as_bytes());
        name.ends_with("_KEY").then(|| hash.to_string())
    }

    #[test]
    fn a_file_that_is_not_there_is_told() {
        let source = Source::File {
            topic: "calls".to_owned(),
            paths: vec![file!().into(), "nowhere/calls.jsonl".into()],
        };
        let said: Vec<String> = missing(Path::new("pipeline.yaml"), &source)
            .map(|problem| problem.to_string())
            .collect();
        let expected = "pipeline.yaml  source.file.paths[1]: there is no file \
                        nowhere/calls.jsonl; put it there, or name another";
        assert_eq!(said, [expected]);
    }

    #[test]
    fn a_good_configuration_is_explained_without_its_keys() {
        let verdict = example(&key);
        let (text, json) = (verdict.text(), verdict.json());
        assert!(text.ends_with("The configuration is good.\n"), "{text}");
        for shown in [
            "tenant lakeside",
            "45d, once released",
            "surrogate",
            "person",
        ] {
            assert!(text.contains(shown), "{shown}");
        }
        let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(value["good"], true);
        assert_eq!(value["plan"]["tenants"].as_array().map(Vec::len), Some(3));
        for name in ["NORTH_SEALING_KEY", "LAKESIDE_LEDGER_KEY"] {
            let secret = key(name).expect("a key");
            assert!(!text.contains(&secret) && !json.contains(&secret));
        }
    }

    #[test]
    fn everything_wrong_is_listed() {
        let verdict = example(&|_| None);
        assert_eq!(verdict.problems.len(), 7);
        assert!(verdict.text().ends_with("7 errors.\n"));
        let value: serde_json::Value = serde_json::from_str(&verdict.json()).expect("JSON");
        assert_eq!(value["good"], false);
        assert_eq!(value["errors"].as_array().map(Vec::len), Some(7));
        assert_eq!(value["errors"][0]["path"], "unclaimed.public_key");
    }
}
