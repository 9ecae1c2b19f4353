//! Reading the configuration's files again while a worker runs.

use std::path::PathBuf;
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval};

use super::{run, stores};
use crate::config::{LoadError, Loaded, Sections};
use crate::observe::Health;
use crate::observe::log::Levels;
use crate::worker::Tenants;

/// How often the files are looked at.
const EVERY: Duration = Duration::from_secs(10);

/// What a running worker keeps of its files.
pub(super) struct Watch {
    /// The pipeline's file.
    pub(super) pipeline: PathBuf,
    /// What it said when the worker started.
    pub(super) sections: Sections,
    /// The levels of the log.
    pub(super) levels: Levels,
    /// Where the worker's state is told.
    pub(super) health: Health,
}

impl Watch {
    /// Reads the files again every ten seconds, and at SIGHUP. Tells the tenants
    /// in force, sets the levels of the log, and says which other settings of
    /// the pipeline's file want a restart. A broken file disables its own
    /// tenant; while the pipeline's file is broken, what was read before holds.
    pub(super) async fn run(self, tell: mpsc::UnboundedSender<Tenants>) {
        let mut ticks = interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // The first tick is at once, and the files were just read.
        ticks.tick().await;
        let mut hangups = signal(SignalKind::hangup()).ok();
        let mut disabled = 0;
        loop {
            tokio::select! {
                _ = ticks.tick() => {}
                () = hung_up(&mut hangups) => {}
            }
            let file = self.pipeline.clone();
            let read = move || stores::read(&file, stores::now());
            let Ok(read) = tokio::task::spawn_blocking(read).await else {
                continue;
            };
            let Some(loaded) = sound(read) else { continue };
            self.follow(&loaded);
            let broken = loaded.disabled.len();
            if broken != disabled {
                tracing::warn!(event = "tenants_disabled", count = broken);
                disabled = broken;
            }
            let broken = loaded.disabled.iter().map(run::broken);
            self.health.disable(broken.collect());
            if tell.send(loaded.config.tenants).is_err() {
                return;
            }
        }
    }

    /// Takes what a running worker can of the pipeline's file, and tells the
    /// rest.
    fn follow(&self, loaded: &Loaded) {
        // It was checked when it was read.
        if let Ok(true) = self.levels.change(&loaded.config.pipeline.observe.log) {
            tracing::info!(event = "log_levels_changed");
        }
        let outdated = self.sections.outdated(&loaded.sections);
        if self.health.outdate(outdated.clone()) {
            for setting in &outdated {
                tracing::warn!(event = "restart_to_apply", reason = &**setting);
            }
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
