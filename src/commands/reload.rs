//! Reading the configuration's files again while a worker runs.

use std::path::PathBuf;
use std::pin::pin;
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc;
use tokio::time::sleep;

use super::{run, stores};
use crate::config::{Disabled, LoadError, Loaded, Reader, Sections};
use crate::domain::EpochMs;
use crate::observe::Health;
use crate::observe::log::Levels;
use crate::worker::{self, Tenants};

/// How often the files are looked at.
const EVERY_MS: i64 = 10_000;

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
    /// Tenants whose files were broken when the worker started.
    pub(super) disabled: usize,
    /// The tenants of a worker that can take no others: what it reads again
    /// when tenants change, standard input does not have any more.
    pub(super) fixed: Option<Tenants>,
}

impl Watch {
    /// Reads the files that are not as they were again every ten seconds, and
    /// all of them after a SIGHUP. Tells the tenants in force, sets the levels of
    /// the log, and says which other settings of the pipeline's file want a
    /// restart. A broken file disables its own tenant; while the pipeline's file
    /// is broken, what was read before holds. Of a worker on standard input
    /// tenants want a restart too.
    ///
    /// Workers look when their clocks show the same: one that subscribed to a new
    /// tenant's topics before the others would be given them all, and the group
    /// would then move other tenants' partitions to be even again.
    pub(super) async fn run(mut self, tell: mpsc::UnboundedSender<Tenants>) {
        let mut hangups = signal(SignalKind::hangup()).ok();
        let mut reader = Reader::default();
        loop {
            let mut look = pin!(sleep(until_look(stores::now())));
            loop {
                tokio::select! {
                    () = &mut look => break,
                    () = hung_up(&mut hangups) => reader.forget(),
                }
            }
            let file = self.pipeline.clone();
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
            self.follow(&loaded);
            if self.fixed.is_none() && tell.send(loaded.config.tenants).is_err() {
                return;
            }
        }
    }

    /// Tells the tenants whose files are broken.
    fn disable(&mut self, disabled: &[Disabled]) {
        let count = disabled.len();
        match count {
            _ if count == self.disabled => {}
            0 => tracing::info!(event = "tenants_enabled"),
            _ => tracing::warn!(event = "tenants_disabled", count),
        }
        self.disabled = count;
        self.health
            .disable(disabled.iter().map(run::broken).collect());
    }

    /// Takes what a running worker can of the files, and tells the rest.
    fn follow(&mut self, loaded: &Loaded) {
        if self.fixed.is_none() {
            self.disable(&loaded.disabled);
        }
        // It was checked when it was read.
        if let Ok(true) = self.levels.change(&loaded.config.pipeline.observe.log) {
            tracing::info!(event = "log_levels_changed");
        }
        let mut outdated = self.sections.outdated(&loaded.sections);
        if let Some(began) = &self.fixed {
            outdated.extend(wanting_restart(began, &loaded.config.tenants));
        }
        if self.health.outdate(outdated.clone()) {
            for setting in &outdated {
                tracing::warn!(event = "restart_to_apply", reason = &**setting);
            }
        }
    }
}

/// The tenants that are not as they were, as settings are named.
fn wanting_restart(began: &Tenants, now: &Tenants) -> impl Iterator<Item = String> {
    let changed = worker::changed(began, now).into_iter();
    changed.map(|tenant| format!("tenants.{tenant}"))
}

/// How long it is until workers look at their files.
fn until_look(now: EpochMs) -> Duration {
    Duration::from_millis((EVERY_MS - now.0.rem_euclid(EVERY_MS)).unsigned_abs())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenants_that_want_a_restart_are_named_as_settings_are() {
        let began = crate::gate::config(&[("north", &["calls"]), ("south", &["chats"])]).tenants;
        let named = |now: &Tenants| wanting_restart(&began, now).collect::<Vec<_>>();
        assert!(named(&began).is_empty());
        let mut now = began.clone();
        now.pop_last();
        assert_eq!(named(&now), ["tenants.south"]);
    }

    #[test]
    fn workers_look_at_the_same_moment() {
        for (now, wait) in [
            (0, 10_000),
            (1, 9_999),
            (9_999, 1),
            (1_700_000_003_250, 6_750),
        ] {
            assert_eq!(until_look(EpochMs(now)), Duration::from_millis(wait));
        }
    }
}
