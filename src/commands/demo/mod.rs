//! `leeward demo`: the main job on embedded parts, and its result.
//!
//! An in-process broker and local folders stand for Kafka and an object
//! store; `--brokers` takes a real Kafka instead.

mod broker;
mod files;
mod sample;
mod show;

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, oneshot};

use super::release::attest;
use super::stores;
use crate::config::{self, Around, Config};
use crate::deid::Engine;
use crate::domain::{Entropy, EpochMs};
use crate::gate::Routes;
use crate::lake::log::WriterId;
use crate::ledger::verify::{Ask, verify};
use crate::observe::{Health, PartitionState};
use crate::purge::{Purger, Run};
use crate::release;
use crate::scope::{Scope, Stores};
use crate::worker::{Duties, drive, wall_clock};
use show::Story;

/// Arguments of `leeward demo`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Use this Kafka (`host:port`) instead of the broker in the process; it
    /// can also delete records.
    #[arg(long, value_name = "HOST:PORT")]
    brokers: Option<String>,
    /// Conversations to send, over three tenants.
    #[arg(long, default_value_t = 150, value_parser = clap::value_parser!(u32).range(3..=3000))]
    conversations: u32,
    /// Where to work; made anew by each run.
    #[arg(long, default_value = "leeward-demo", value_name = "FOLDER")]
    folder: PathBuf,
}

/// How long the worker may take until everything is committed.
const PATIENCE: Duration = Duration::from_secs(90);

/// Why the demo did not end well.
#[derive(Debug, thiserror::Error)]
enum DemoError {
    #[error("{}: {source}; choose another --folder", path.display())]
    Folder { path: PathBuf, source: io::Error },
    #[error("{} exists and was not made by a demo; choose another --folder", .0.display())]
    NotOurs(PathBuf),
    #[error("the demo's own configuration is refused: {0}")]
    Config(String),
    #[error("this program was built without Kafka; build it with the feature `kafka`")]
    #[cfg_attr(feature = "kafka", allow(dead_code))]
    NoKafka,
    #[error("the broker: {0}")]
    Broker(String),
    #[error("the program's threads cannot be started: {0}")]
    Threads(io::Error),
    #[error(transparent)]
    Store(#[from] crate::lake::store::StoreError),
    #[error(transparent)]
    Drive(#[from] crate::worker::DriveError),
    #[error("not everything was committed within {} s", PATIENCE.as_secs())]
    Impatient,
    #[error("attestation: {0}")]
    Attest(String),
    #[error("release: {0}")]
    Release(#[from] release::ReleaseError),
    #[error("purge: {0}")]
    Purge(#[from] crate::purge::PurgeError),
    #[error("the topics overlap")]
    Routes,
}

/// Runs the demo. Exit code 0 when everything was released and verified.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    match demo(args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("leeward demo: {error}");
            ExitCode::FAILURE
        }
    }
}

fn demo(args: &Args) -> Result<bool, DemoError> {
    let mut story = Story::begin();
    let mut entropy = Entropy::from_system();
    files::make_folder(&args.folder)?;
    let topics = sample::topics(&mut entropy);
    let broker = broker::Broker::open(args.brokers.as_deref(), &topics)?;
    story.step(&broker.describe());
    let pipeline = files::write_config(&args.folder, broker.address(), &topics, &mut entropy)?;
    let config = Arc::new(load(&pipeline)?);
    let sample = sample::conversations(args.conversations, &topics, &mut entropy);
    let sent = broker.send(&sample)?;
    story.sent(args.conversations, sent);
    let runtime = stores::threads().map_err(DemoError::Threads)?;
    let verified = runtime.block_on(play(&config, &mut story, &mut entropy))?;
    story.finish(&args.folder, &pipeline);
    Ok(verified)
}

fn load(pipeline: &Path) -> Result<Config, DemoError> {
    let around = Around {
        lookup: &|_| None,
        now: wall_clock(),
    };
    let loaded = config::load(pipeline, &around)
        .map_err(|e| DemoError::Config(e.problems.iter().map(ToString::to_string).collect()))?;
    let broken = loaded.disabled.iter().flat_map(|d| &d.problems);
    let broken: Vec<String> = broken.map(ToString::to_string).collect();
    if !broken.is_empty() {
        return Err(DemoError::Config(broken.join("; ")));
    }
    Ok(loaded.config)
}

/// Ingest, release, purge, audit; whether the ledger verifies.
async fn play(
    config: &Arc<Config>,
    story: &mut Story,
    entropy: &mut Entropy,
) -> Result<bool, DemoError> {
    let sent_by = wall_clock();
    ingest(config, story).await?;
    let stores = Stores::open(&config.pipeline.stores)?;
    let writer = WriterId::draw(entropy);
    let scopes = config.tenants.values();
    let scopes: Vec<Scope> = scopes.map(|t| Scope::new(t, &stores, writer)).collect();
    story.landed(&stores).await?;
    for scope in &scopes {
        attest(scope, entropy).await?;
        let report = release::run(scope, wall_clock(), true, entropy).await?;
        story.released(scope.id(), &report);
    }
    purge(config, &scopes, sent_by, story, entropy).await?;
    let ask = Ask {
        deep: true,
        ..Ask::default()
    };
    let report = verify(&stores, &ask, &mut |_| ()).await?;
    Ok(story.verified(&report))
}

/// The demo answers for its own invented transcripts, for a day.
async fn attest(scope: &Scope, entropy: &mut Entropy) -> Result<(), DemoError> {
    let now = wall_clock();
    let (words, by) = (release::NO_ACTUAL_KNOWLEDGE, "leeward demo");
    let told = attest::attest(scope, words, by, now.plus(86_400_000), now, entropy).await;
    told.map(|_| ())
        .map_err(|stop| DemoError::Attest(stop.why().to_owned()))
}

/// Runs one worker until everything that was sent is committed.
async fn ingest(config: &Arc<Config>, story: &mut Story) -> Result<(), DemoError> {
    let engine = Arc::new(Engine::new());
    let health = Health::starting(&config.pipeline.name);
    let (stop, stopped) = oneshot::channel::<()>();
    let shutdown = async {
        let _ = stopped.await;
    };
    let worker = drive(
        Arc::clone(config),
        engine,
        health.clone(),
        Duties::Ingest,
        mpsc::unbounded_channel().1,
        shutdown,
    );
    let watch = async {
        let done = watch(&health, story).await;
        let _ = stop.send(());
        done
    };
    let (ran, watched) = tokio::join!(worker, watch);
    ran?;
    watched
}

/// Shows progress until every partition is read and committed to its end.
async fn watch(health: &Health, story: &mut Story) -> Result<(), DemoError> {
    let begun = Instant::now();
    let mut ticks = tokio::time::interval(Duration::from_millis(250));
    while begun.elapsed() < PATIENCE {
        ticks.tick().await;
        let status = health.status();
        let committed: i64 = status.partitions.iter().map(|p| p.end).sum();
        story.progress(committed);
        let all = status.partitions.len() == sample::PARTITIONS as usize * 3;
        let settled = status.partitions.iter().all(|p| {
            let read = p.lag_records == Some(0) && p.open == 0 && p.resume == p.end;
            read && p.state == PartitionState::Running
        });
        if all && settled && story.all_committed(committed) {
            return Ok(());
        }
    }
    Err(DemoError::Impatient)
}

/// Waits until the records are old enough, then purges.
async fn purge(
    config: &Arc<Config>,
    scopes: &[Scope],
    sent_by: EpochMs,
    story: &mut Story,
    entropy: &mut Entropy,
) -> Result<(), DemoError> {
    let longest = scopes.iter().map(|s| s.tenant.timers.kafka_ms).max();
    let due = sent_by.plus(longest.unwrap_or(0) + 1_000);
    let wait = u64::try_from(due.since(wall_clock())).unwrap_or(0);
    story.waits(wait);
    tokio::time::sleep(Duration::from_millis(wait)).await;
    let routes = Routes::new(config).map_err(|_| DemoError::Routes)?;
    let records = broker::records(config)?;
    for scope in scopes {
        let unclaimed_ms = config.pipeline.unclaimed.timer_ms;
        let mut purger = Purger::new(scope.clone(), routes.clone(), unclaimed_ms);
        let mut run = Run {
            now: wall_clock(),
            execute: true,
            entropy,
        };
        let report = purger.run(records.as_deref(), &mut run).await?;
        story.purged(&report);
    }
    Ok(())
}
