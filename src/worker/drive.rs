//! The loop that performs effects: the only place that joins source, worker
//! and stores.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::{Semaphore, mpsc};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};

use super::carried::Carried;
use super::chores::Chores;
use super::event::{Effect, Event, Ticket};
use super::lapses::Lapses;
use super::perform::{self, Done, Lands, Work};
use super::reload::Tenants;
use super::report;
use super::shadow::{self, Shadow, Start};
use super::step::Worker;
use crate::config::{Config, Tenant};
use crate::deid::Engine;
use crate::domain::{EpochMs, TenantId, TopicPartition};
use crate::gate::{Admission, Routes, admit};
use crate::lake::log::{LogError, WriterId};
use crate::observe::{Health, metrics};
use crate::scope::{Scope, Stores};
use crate::source::{Source, SourceError};

/// How often time is told to the worker.
const TICK: Duration = Duration::from_millis(100);
/// How often operations are told, and lag is asked for.
const REPORT: Duration = Duration::from_secs(1);
/// How long leaving the group may take.
const LEAVE: Duration = Duration::from_secs(10);

/// Why a worker cannot run.
#[derive(Debug, thiserror::Error)]
pub enum DriveError {
    /// A store cannot be opened: put its URL, options or rights right.
    #[error("the stores cannot be opened: {0}")]
    Store(#[from] crate::lake::store::StoreError),
    /// The source cannot be opened or cannot go on.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The tenants' topics are at odds; run `leeward check`.
    #[error("the tenants' topics overlap or cannot be read; run `leeward check`")]
    Routes,
    /// Draining took longer than its deadline; what was not committed is read
    /// again by whoever takes over.
    #[error("the drain deadline passed before everything closed was committed")]
    DrainDeadline,
    /// A finite source is of a topic that no tenant in force has for its own.
    #[error(
        "topic `{topic}` is no tenant's, or several tenants', and was not read: name it in the \
         `topics` of one whose file is good; `leeward check` shows them"
    )]
    Unowned {
        /// The topic.
        topic: String,
    },
    /// A finite source is of a tenant that may not be processed now.
    #[error(
        "tenant `{tenant}` may not be processed now ({why}): records of topic `{topic}` wait for \
         a renewed agreement; renew its `authorization` and run again"
    )]
    Paused {
        /// The topic.
        topic: String,
        /// Its tenant.
        tenant: TenantId,
        /// The stable name of the reason.
        why: &'static str,
    },
    /// A partition of a finite source cannot go on.
    #[error("partition {partition} of topic `{topic}` stopped ({code}); the log says why")]
    Stopped {
        /// The topic.
        topic: String,
        /// The partition.
        partition: i32,
        /// The stable name of the reason.
        code: &'static str,
    },
}

/// The wall clock.
#[must_use]
pub fn wall_clock() -> EpochMs {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    EpochMs(since.map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX)))
}

/// What a worker does beside reading and committing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duties {
    /// Releases and purges too, for the tenants whose partition 0 it holds.
    All,
    /// Nothing: releases and purges are done by commands.
    Ingest,
    /// Nothing, and what is read is only counted: no store is opened, and the
    /// group is told no offset.
    Shadow(Start),
}

/// Runs a worker until `shutdown` ends, or until a finite source is committed
/// as far as it may be read.
/// What comes by `tenants` takes the place of the configuration's tenants.
///
/// # Errors
/// A [`DriveError`]; nothing that was read is lost by it.
pub async fn drive(
    config: Arc<Config>,
    engine: Arc<Engine>,
    health: Health,
    duties: Duties,
    mut tenants: mpsc::UnboundedReceiver<Tenants>,
    shutdown: impl Future<Output = ()>,
) -> Result<(), DriveError> {
    let mut driver = Driver::open(config, engine, health, duties)?;
    driver.share_out();
    let mut shutdown = pin!(shutdown);
    let mut ticks = interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut reports = interval(REPORT);
    reports.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let all_read = loop {
        tokio::select! {
            event = driver.source.next() => match event {
                Some(event) => driver.source_event(event)?,
                None => return Ok(()),
            },
            Some(done) = driver.done.recv() => driver.done(done),
            Some(tenants) = tenants.recv() => driver.take_tenants(tenants),
            _ = ticks.tick() => driver.tick(),
            _ = reports.tick() => driver.report(),
            () = &mut shutdown => break Ok(()),
        }
        if driver.is_over() {
            break driver.all_read();
        }
    };
    driver.drain().await?;
    all_read
}

pub(super) struct Driver {
    pub(super) config: Arc<Config>,
    pub(super) engine: Arc<Engine>,
    pub(super) health: Health,
    pub(super) duties: Duties,
    /// What a shadow keeps; `None` of a worker that writes.
    pub(super) shadow: Option<Shadow>,
    pub(super) routes: Routes,
    pub(super) stores: Stores,
    pub(super) writer: WriterId,
    pub(super) worker: Worker,
    pub(super) source: Source,
    pub(super) scopes: BTreeMap<TenantId, Scope>,
    pub(super) tenants: BTreeMap<TopicPartition, TenantId>,
    pub(super) suspended: BTreeSet<TopicPartition>,
    pub(super) stopped: BTreeMap<TopicPartition, &'static str>,
    pub(super) highs: BTreeMap<TopicPartition, i64>,
    /// For lag: the end of a log, and the time of the first record from there
    /// on, where none was read yet.
    pub(super) firsts: BTreeMap<TopicPartition, (i64, EpochMs)>,
    /// Whether such a record is being asked for.
    pub(super) asks_first: bool,
    /// The epoch of each log that was read last.
    pub(super) epochs: BTreeMap<TopicPartition, u32>,
    /// Conversations of each partition that landed and may go on, by what was
    /// read for this attempt.
    pub(super) carried: BTreeMap<TopicPartition, (u64, Carried)>,
    /// Flushes under way: since when, and what they land.
    pub(super) flushes: BTreeMap<Ticket, (Instant, Option<Box<Lands>>)>,
    pub(super) chores: Chores,
    pub(super) lapses: Lapses,
    pub(super) threads: Arc<Semaphore>,
    pub(super) send: mpsc::UnboundedSender<Done>,
    pub(super) done: mpsc::UnboundedReceiver<Done>,
    pub(super) finite: bool,
    pub(super) ended: BTreeSet<TopicPartition>,
    pub(super) assigned: bool,
    pub(super) draining: bool,
    pub(super) drained: bool,
}

impl Driver {
    pub(super) fn tenant_of(&self, partition: &TopicPartition) -> Option<Arc<Tenant>> {
        let id = self.tenants.get(partition)?;
        self.config.tenants.get(id).cloned()
    }

    fn tick(&mut self) {
        let now = wall_clock();
        let admission = |partition: &TopicPartition| {
            let tenant = self.tenant_of(partition);
            tenant.map(|tenant| admit(&tenant, now, None))
        };
        let lapsed = |partition: &&TopicPartition| {
            matches!(admission(partition), Some(Admission::Paused(_)))
        };
        let held = self.tenants.keys().filter(|p| !self.suspended.contains(p));
        let lapsed: Vec<TopicPartition> = held.filter(lapsed).cloned().collect();
        let admitted = |partition: &&TopicPartition| admission(partition) == Some(Admission::Admit);
        let back: Vec<TopicPartition> = self.suspended.iter().filter(admitted).cloned().collect();
        for partition in lapsed {
            self.suspend(partition);
        }
        for partition in &back {
            self.suspended.remove(partition);
        }
        if !back.is_empty() {
            self.step(Event::Unsuspend(back));
        }
        self.step(Event::Tick);
        if !self.draining && self.duties == Duties::All {
            self.begin_chores(now);
        }
    }

    fn begin_chores(&mut self, now: EpochMs) {
        for tenant in self.chores.due(&self.tenants, now) {
            if let Some(scope) = self.scopes.get(&tenant).cloned() {
                let work = self.chores.begin(scope, now);
                self.spawn(work);
            }
        }
    }

    pub(super) fn step(&mut self, event: Event) {
        for effect in self.worker.step(wall_clock(), event) {
            self.perform(effect);
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::LoadTail(ticket) => {
                // Whatever was being committed was given up.
                let given_up = |old: &Ticket| old.partition == ticket.partition;
                self.flushes.retain(|old, _| !given_up(old));
                let nothing = (ticket.generation, Carried::default());
                self.carried.insert(ticket.partition.clone(), nothing);
                if let Duties::Shadow(start) = self.duties {
                    let shadow = self.shadow.as_ref();
                    let left = shadow.and_then(|shadow| shadow.tail(&ticket.partition));
                    self.spawn(shadow::load(ticket, self.source.lookup(), left, start));
                } else if let Some(scope) = self.scope_of(&ticket.partition) {
                    let (lookup, late_ms) = (self.source.lookup(), self.late_ms());
                    self.spawn(perform::load(ticket, scope, lookup, wall_clock(), late_ms));
                }
            }
            Effect::Seek(partition, offset) => self.source.seek_and_resume(&partition, offset),
            Effect::Pause(partition) => self.source.pause(&partition),
            Effect::Resume(partition) => self.source.resume(&partition),
            Effect::Prepare(flush) => self.prepare(flush),
            Effect::Write(ticket, files) => {
                if self.shadow.is_some() {
                    self.spawn(shadow::answer(Event::Written(ticket, true)));
                } else if let Some(scope) = self.scope_of(&ticket.partition) {
                    self.spawn(perform::write(ticket, files, scope));
                }
            }
            Effect::Append { ticket, n, bytes } => {
                let epoch = self.epochs.get(&ticket.partition).copied();
                if let Some(shadow) = &mut self.shadow {
                    let event = shadow.append(&ticket, n, &bytes);
                    self.spawn(shadow::answer(event));
                } else if let Some((scope, epoch)) = self.scope_of(&ticket.partition).zip(epoch) {
                    self.spawn(perform::put_slot(ticket, epoch, n, bytes, scope));
                }
            }
            Effect::Committed {
                partition,
                n,
                resume,
                counts,
            } => {
                if self.shadow.is_none() {
                    self.source.hint(&partition, resume);
                }
                self.committed(&partition, n, &counts);
            }
            Effect::Stopped(partition, error) => self.stopped(partition, &error),
            Effect::Drained => self.drained = true,
        }
    }

    fn prepare(&mut self, flush: Box<super::event::Flush>) {
        let Some(scope) = self.scope_of(&flush.ticket.partition) else {
            return;
        };
        let (now, ticket) = (wall_clock(), flush.ticket.clone());
        let closed = flush.closed.iter().map(|c| &c.conversation.conversation);
        let carried = self.carried.get(&ticket.partition);
        let wanted = carried.map(|(_, c)| c.wanted(&scope, closed, now, self.late_ms()));
        self.flushes.insert(ticket, (Instant::now(), None));
        let work = Work {
            scope,
            engine: Arc::clone(&self.engine),
            operator_key: self.config.pipeline.unclaimed.public_key,
            assemble: self.config.pipeline.assemble,
            wanted: wanted.unwrap_or_default(),
            now,
        };
        self.spawn(perform::prepare(flush, work, Arc::clone(&self.threads)));
    }

    fn late_ms(&self) -> i64 {
        self.config.pipeline.assemble.late_ms
    }

    fn scope_of(&self, partition: &TopicPartition) -> Option<Scope> {
        self.scopes.get(self.tenants.get(partition)?).cloned()
    }

    pub(super) fn spawn(&self, task: impl Future<Output = Done> + Send + 'static) {
        let send = self.send.clone();
        tokio::spawn(async move {
            // Nobody listens any more once the worker has ended.
            let _ = send.send(task.await);
        });
    }

    fn done(&mut self, done: Done) {
        match done {
            Done::Event(event) => {
                if let Event::Appended(_, answer) = &event {
                    metrics::appended(*answer == crate::lake::append::Appended::Won);
                }
                self.step(event);
            }
            Done::Loaded(ticket, epoch, carried, event) => {
                if let Some(own) = self.carried.get_mut(&ticket.partition)
                    && own.0 == ticket.generation
                {
                    own.1 = carried;
                }
                self.epochs.insert(ticket.partition, epoch);
                self.step(event);
            }
            Done::Prepared(ticket, prepared, lands) => {
                if let Some(entry) = self.flushes.get_mut(&ticket) {
                    entry.1 = Some(lands);
                }
                self.step(Event::Prepared(ticket, prepared));
            }
            Done::High(partition, high) => {
                if self.tenants.contains_key(&partition) {
                    self.highs.insert(partition, high);
                }
            }
            Done::First(partition, end, time) => {
                self.asks_first = false;
                if let Some(time) = time.filter(|_| self.tenants.contains_key(&partition)) {
                    self.firsts.insert(partition, (end, time));
                }
            }
            Done::Chores(tenant, outcome) => {
                if let Some(scope) = self.scopes.get(&tenant) {
                    self.chores.ended(scope, outcome, wall_clock());
                }
            }
        }
    }

    fn committed(&mut self, partition: &TopicPartition, n: u64, counts: &crate::lake::log::Counts) {
        let (topic, number) = (&*partition.topic, partition.partition);
        match self.shadow {
            // Nothing is durable, so nothing is committed.
            Some(_) => tracing::info!(
                event = "counted",
                topic,
                partition = number,
                records = counts.read
            ),
            None => tracing::info!(
                event = "committed",
                topic,
                partition = number,
                slot = n,
                records = counts.read
            ),
        }
        let tickets = self.flushes.keys();
        let ticket = tickets.filter(|t| t.partition == *partition).max().cloned();
        if let Some((begun, Some(lands))) = ticket.and_then(|t| self.flushes.remove(&t)) {
            metrics::flushed(begun.elapsed().as_secs_f64());
            report::count(&lands.evidence);
            if let Some(shadow) = &mut self.shadow {
                return shadow.count(&lands);
            }
            let late_ms = self.late_ms();
            if let Some((_, carried)) = self.carried.get_mut(partition) {
                carried.add(&lands.evidence, &lands.index);
                carried.forget(wall_clock(), late_ms);
            }
        }
    }

    fn stopped(&mut self, partition: TopicPartition, error: &LogError) {
        let shown = error as &dyn std::error::Error;
        tracing::error!(
            event = "partition_stopped",
            topic = &*partition.topic,
            partition = partition.partition,
            error = shown
        );
        self.stopped.insert(partition, perform::stop_code(error));
    }

    /// Commits what is closed, leaves the group, and ends.
    async fn drain(mut self) -> Result<(), DriveError> {
        tracing::info!(event = "draining");
        self.draining = true;
        let deadline_ms = u64::try_from(self.config.pipeline.drain_deadline_ms).unwrap_or(0);
        let deadline = Instant::now() + Duration::from_millis(deadline_ms);
        self.step(Event::Drain);
        self.report();
        while !self.drained {
            tokio::select! {
                event = self.source.next() => match event {
                    Some(event) => self.source_event(event)?,
                    None => break,
                },
                Some(done) = self.done.recv() => self.done(done),
                () = sleep_until(deadline) => break,
            }
        }
        self.source.close();
        let leave = async { while self.source.next().await.is_some() {} };
        let _ = timeout(LEAVE, leave).await;
        self.publish();
        tracing::info!(event = "ended");
        if self.drained {
            Ok(())
        } else {
            Err(DriveError::DrainDeadline)
        }
    }
}
