//! `leeward run`: a worker, until it is told to end.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::load::{LoadedConfig, load};
use super::{reload, shadow, stores};
use crate::config::{Config, Disabled, Problem, Sections, resolved};
use crate::deid::Engine;
use crate::domain::TenantId;
use crate::observe::health::ServeError;
use crate::observe::{Health, Server, TenantStatus, log, metrics};
use crate::worker::{DriveError, Duties, Tenants, drive};

/// How long answers that are on their way may take at the end.
const CLOSE: Duration = Duration::from_secs(5);

/// Arguments of `leeward run`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The pipeline file.
    pipeline: PathBuf,
    /// Only read and commit; releases and purges are done by commands.
    #[arg(long)]
    ingest_only: bool,
    #[command(flatten)]
    shadow: shadow::Shadow,
}

/// Why a worker did not run, or did not end well.
#[derive(Debug, thiserror::Error)]
enum RunError {
    #[error("logs cannot be written: {0}")]
    Log(#[from] log::LogError),
    #[error("metrics cannot be kept; is another recorder installed?")]
    Metrics,
    #[error("the program's threads cannot be started: {0}")]
    Threads(#[from] std::io::Error),
    #[error(transparent)]
    Serve(#[from] ServeError),
    #[error(transparent)]
    Drive(#[from] DriveError),
}

/// Runs a worker. Exit code 0 after a clean end, 1 otherwise: also where a
/// finite source was not read whole, or without one of the tenants.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let Some(LoadedConfig {
        config,
        disabled,
        sections,
    }) = load(&args.pipeline)
    else {
        return ExitCode::FAILURE;
    };
    let (config, duties) = match args.duties(config) {
        Ok(plan) => plan,
        Err(refused) => {
            eprintln!("leeward run: {refused}");
            return ExitCode::FAILURE;
        }
    };
    let files = (args.pipeline.as_path(), sections);
    let left_out = left_out(&config.pipeline.source, &disabled);
    let ended = start(files, Arc::new(config), disabled, duties);
    match &ended {
        Ok(health) => args.shadow.tell(&health.status()),
        Err(error) => eprintln!("leeward run: {error}"),
    }
    for problem in &left_out {
        eprintln!("leeward run: a tenant was left out: {problem}");
    }
    match ended {
        Ok(_) if left_out.is_empty() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// What is wrong with the files of tenants that a finite source was read
/// without; any other waits for them to be put right.
fn left_out(source: &resolved::Source, disabled: &[Disabled]) -> Vec<Problem> {
    let problems = disabled.iter().flat_map(|tenant| tenant.problems.clone());
    problems.filter(|_| source.is_finite()).collect()
}

impl Args {
    fn duties(&self, config: Config) -> Result<(Config, Duties), shadow::Refused> {
        match self.shadow.start() {
            Some(start) => Ok((self.shadow.apart(config)?, Duties::Shadow(start))),
            None if self.ingest_only => Ok((config, Duties::Ingest)),
            None => Ok((config, Duties::All)),
        }
    }
}

/// Works until it is told to end; what it said last.
fn start(
    (pipeline, sections): (&Path, Sections),
    config: Arc<Config>,
    disabled: Vec<Disabled>,
    duties: Duties,
) -> Result<Health, RunError> {
    let levels = log::init(&config.pipeline.observe.log)?;
    let count = config.tenants.len();
    tracing::info!(event = "starting", count);
    if !disabled.is_empty() {
        tracing::warn!(event = "tenants_disabled", count = disabled.len());
    }
    let engine = Arc::new(Engine::new());
    let runtime = stores::threads()?;
    let health = Health::starting(&config.pipeline.name);
    health.disable(disabled.iter().map(broken).collect());
    let (tell, tenants) = mpsc::unbounded_channel();
    let watch = reload::Watch {
        pipeline: pipeline.to_owned(),
        sections,
        levels,
        health: health.clone(),
        disabled: disabled.len(),
        fixed: (config.pipeline.source.is_read_once()).then(|| config.tenants.clone()),
    };
    runtime.spawn(watch.run(tell));
    let work = work(config, engine, health.clone(), duties, tenants);
    stores::complete(runtime, work)?;
    Ok(health)
}

/// A tenant whose file is broken, by its name; where that cannot be read, by its
/// file's.
pub(super) fn broken(disabled: &Disabled) -> TenantStatus {
    let stem = disabled.file.file_stem().unwrap_or_default();
    let stem = stem.to_string_lossy().to_ascii_lowercase();
    let named = disabled.tenant.clone().or_else(|| TenantId::parse(&stem));
    let unnamed = || TenantId::parse("unnamed-file").expect("it has the form of a name");
    TenantStatus::disabled(named.unwrap_or_else(unnamed))
}

async fn work(
    config: Arc<Config>,
    engine: Arc<Engine>,
    health: Health,
    duties: Duties,
    tenants: mpsc::UnboundedReceiver<Tenants>,
) -> Result<(), RunError> {
    let recorder = metrics::recorder().map_err(|_| RunError::Metrics)?;
    let handle = recorder.handle();
    ::metrics::set_global_recorder(recorder).map_err(|_| RunError::Metrics)?;
    let (stop, stopped) = oneshot::channel::<()>();
    let observe = &config.pipeline.observe;
    let server = match observe.listen {
        Some(address) => {
            let server = Server::bind(address, health.clone(), handle).await?;
            let server = protected(server, observe)?;
            tracing::info!(event = "listening", port = server.address().port());
            Some(tokio::spawn(server.serve(async {
                // An error means that the sender is gone: the worker ended.
                let _ = stopped.await;
            })))
        }
        None => None,
    };
    let outcome = drive(config, engine, health, duties, tenants, asked_to_end()).await;
    drop(stop);
    if let Some(server) = server {
        // A client that does not read its answer is not waited for.
        let _ = timeout(CLOSE, server).await;
    }
    Ok(outcome?)
}

fn protected(mut server: Server, observe: &resolved::Observe) -> Result<Server, ServeError> {
    if let Some(token) = &observe.token {
        server = server.guarded(token);
    }
    Ok(match &observe.tls {
        Some(tls) => server.encrypted(tls)?,
        None => server,
    })
}

/// SIGTERM or SIGINT.
async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut term), Ok(mut int)) = (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    ) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
}
