//! Reading the tenants' files again while a worker runs.

use std::path::PathBuf;
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval};

use super::{run, stores};
use crate::config::{LoadError, Loaded, Reader};
use crate::observe::Health;
use crate::worker::Tenants;

/// How often the files are looked at.
const EVERY: Duration = Duration::from_secs(10);

/// Reads the files of `pipeline` that are not as they were again every ten
/// seconds, and all of them at SIGHUP, and tells the tenants in force. A broken
/// file disables its own tenant, of which there were `disabled` at the start;
/// while the pipeline's file is broken, what was read before holds.
pub(super) async fn watch(
    pipeline: PathBuf,
    health: Health,
    mut disabled: usize,
    tell: mpsc::UnboundedSender<Tenants>,
) {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // The first tick is at once, and the files were just read.
    ticks.tick().await;
    let mut hangups = signal(SignalKind::hangup()).ok();
    let mut reader = Reader::default();
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            () = hung_up(&mut hangups) => reader.forget(),
        }
        let file = pipeline.clone();
        let read = move || {
            let read = stores::read_again(&mut reader, &file, stores::now());
            (reader, read)
        };
        let Ok((back, read)) = tokio::task::spawn_blocking(read).await else {
            reader = Reader::default();
            continue;
        };
        reader = back;
        let Some(loaded) = read.and_then(sound) else {
            continue;
        };
        let broken = loaded.disabled.len();
        if broken != disabled {
            tracing::warn!(event = "tenants_disabled", count = broken);
            disabled = broken;
        }
        health.disable(loaded.disabled.iter().map(run::broken).collect());
        if tell.send(loaded.config.tenants).is_err() {
            return;
        }
    }
}

async fn hung_up(hangups: &mut Option<Signal>) {
    match hangups {
        Some(hangups) => {
            hangups.recv().await;
        }
        None => std::future::pending().await,
    }
}

fn sound(read: Result<Loaded, LoadError>) -> Option<Loaded> {
    match read {
        Ok(loaded) => Some(loaded),
        Err(error) => {
            let count = error.problems.len();
            tracing::error!(event = "configuration_not_read", count);
            None
        }
    }
}
