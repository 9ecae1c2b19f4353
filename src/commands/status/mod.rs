//! `leeward status`: where everything stands, from the stores and from the
//! running worker. Names, numbers and times; no content, no secret.

mod gather;
mod show;
mod worker;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;
use serde_json::Value;

use self::gather::{GatherError, LogReport, TenantReport};
use super::stores::{self, OpenError, Opened};
use crate::config::resolved::Source;
use crate::domain::EpochMs;
use crate::gate::Routes;

/// Arguments of `leeward status`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The pipeline file.
    pipeline: PathBuf,
    /// Print one JSON object instead of text.
    #[arg(long)]
    json: bool,
    /// Count the conversations that no release has taken yet; reads one small
    /// file for each slot that waits.
    #[arg(long)]
    count: bool,
}

/// Why there is no status.
#[derive(Debug, thiserror::Error)]
enum StatusError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Gather(#[from] GatherError),
    #[error("the tenants' topics overlap; `leeward check` names the files")]
    Routes,
}

/// Where everything stands.
#[derive(Debug, Serialize)]
struct Status {
    pipeline: String,
    at: EpochMs,
    /// What the worker at `observe.listen` says; `null` when none answers.
    worker: Option<Value>,
    tenants: Vec<TenantReport>,
    /// Tenants' files that are not good, by file name.
    disabled: Vec<String>,
    /// Logs of topics that belong to no tenant of the configuration.
    unowned: Vec<LogReport>,
}

/// Prints where everything stands.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    match gather(args) {
        Ok(status) => print(args, &status),
        Err(error) => {
            eprintln!("error    {error}");
            ExitCode::FAILURE
        }
    }
}

fn print(args: &Args, status: &Status) -> ExitCode {
    let text = if args.json {
        format!("{:#}\n", serde_json::json!(status))
    } else {
        show::text(status)
    };
    match std::io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn gather(args: &Args) -> Result<Status, StatusError> {
    let opened = stores::open(&args.pipeline)?;
    let now = stores::now();
    stores::wait(status(&opened, now, args.count))?
}

async fn status(opened: &Opened, now: EpochMs, count: bool) -> Result<Status, StatusError> {
    let pipeline = &opened.config.pipeline;
    let routes = Routes::new(&opened.config).map_err(|_| StatusError::Routes)?;
    let worker = worker::ask(&pipeline.observe).await;
    let mut logs = gather::logs(&opened.stores, &routes).await?;
    let mut tenants = Vec::new();
    for tenant in opened.config.tenants.values() {
        let own = logs.remove(&Some(tenant.id.clone())).unwrap_or_default();
        let mut report = gather::tenant(&opened.stores, tenant, own, now, count).await?;
        if let Source::File { .. } = pipeline.source {
            // Its records cannot be purged, so that no timer runs.
            report.due.kafka = None;
        }
        tenants.push(report);
    }
    let file_name = |file: &PathBuf| file.display().to_string();
    Ok(Status {
        pipeline: pipeline.name.clone(),
        at: now,
        worker,
        tenants,
        disabled: opened.disabled.iter().map(|d| file_name(&d.file)).collect(),
        unowned: logs.remove(&None).unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests;
