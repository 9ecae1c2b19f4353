//! `check --connect`: does what the files name answer, permit and keep what the
//! worker rests on?

#[cfg(feature = "kafka")]
mod broker;
#[cfg(feature = "kafka")]
mod groups;
#[cfg(feature = "kafka")]
mod keeps;
mod stores;

use serde_json::{Value, json};

use crate::config::Config;
use crate::config::resolved::Source;

/// How one question was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// As it must be.
    Good,
    /// It works, and something should be known.
    Warning,
    /// It will not work, or is not safe.
    Error,
}

impl Verdict {
    const fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One question and its answer. It names settings, topics and stores; never a
/// secret or anything of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) verdict: Verdict,
    /// What was asked: `topic calls.north`, `stores.landing`.
    subject: String,
    /// What was seen, and what to do about it.
    what: String,
}

impl Answer {
    fn new(verdict: Verdict, subject: &str, what: impl Into<String>) -> Self {
        Self {
            verdict,
            subject: subject.to_owned(),
            what: what.into(),
        }
    }

    fn good(subject: &str, what: impl Into<String>) -> Self {
        Self::new(Verdict::Good, subject, what)
    }

    fn warning(subject: &str, what: impl Into<String>) -> Self {
        Self::new(Verdict::Warning, subject, what)
    }

    fn error(subject: &str, what: impl Into<String>) -> Self {
        Self::new(Verdict::Error, subject, what)
    }

    /// One line, aligned with the other lines of `check`.
    pub(super) fn line(&self) -> String {
        let verdict = self.verdict.name();
        format!("{verdict:8} {}: {}\n", self.subject, self.what)
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "verdict": self.verdict.name(),
            "subject": self.subject,
            "what": self.what,
        })
    }
}

/// Asks broker and stores. What is written for the trial is removed again.
pub(super) fn ask(config: &Config) -> Vec<Answer> {
    let runtime = match crate::commands::stores::threads() {
        Ok(runtime) => runtime,
        Err(error) => return vec![Answer::error("threads", error.kind().to_string())],
    };
    runtime.block_on(async {
        let mut answers = source(config).await;
        answers.extend(stores::ask(&config.pipeline.stores).await);
        answers
    })
}

async fn source(config: &Config) -> Vec<Answer> {
    match &config.pipeline.source {
        #[cfg(feature = "kafka")]
        Source::Kafka(kafka) => broker::ask(kafka, config).await,
        #[cfg(not(feature = "kafka"))]
        Source::Kafka(_) => Vec::new(),
        Source::File { paths, .. } => paths.iter().map(|path| file(path)).collect(),
    }
}

fn file(path: &std::path::Path) -> Answer {
    let subject = path.display().to_string();
    match std::fs::File::open(path) {
        Ok(_) => Answer::good(&subject, "can be read"),
        Err(error) => Answer::error(&subject, format!("cannot be read ({})", error.kind())),
    }
}
