//! The effects that wait for something: each runs as a task of its own and
//! ends as an event.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::carried::{self, Carried, Wanted};
use super::event::{Event, Flush, Prepared, PreparedFile, Ticket};
use super::pause::Pause;
use crate::batch::{self, Batch, Context, IndexLine, Judged};
use crate::config::resolved::Assemble;
use crate::deid::Engine;
use crate::domain::{Entropy, EpochMs};
use crate::lake::append::append;
use crate::lake::log::{LogError, Tail};
use crate::lake::read::{self, ReadError};
use crate::lake::store::StoreError;
use crate::ledger::Evidence;
use crate::scope::Scope;
use crate::source::Lookup;

/// How often files are written again before the attempt is given up.
const WRITE_ATTEMPTS: u32 = 4;

/// What a task tells when it ends.
#[derive(Debug)]
pub(super) enum Done {
    /// An event for the worker.
    Event(Event),
    /// The tail of a log was read, in this epoch, and which of its
    /// conversations may go on.
    Loaded(Ticket, u32, Carried, Event),
    /// A batch was prepared: what goes on to the worker, and what it lands.
    Prepared(Ticket, Box<Prepared>, Box<Lands>),
    /// A partition's end, for lag.
    High(crate::domain::TopicPartition, i64),
    /// The time of the first record from an offset on, for lag; `None` where
    /// it was not to be had.
    First(crate::domain::TopicPartition, i64, Option<EpochMs>),
    /// A tenant's chores are over for now.
    Chores(crate::domain::TenantId, Option<super::chores::Outcome>),
}

/// What a batch lands, once its slot is committed.
#[derive(Debug)]
pub(super) struct Lands {
    pub(super) evidence: Evidence,
    pub(super) index: Vec<IndexLine>,
    pub(super) judged: Vec<Judged>,
}

/// Reads the tail of a partition's log and what the broker says beside it,
/// for as long as it takes.
pub(super) async fn load(
    ticket: Ticket,
    scope: Scope,
    lookup: Lookup,
    now: EpochMs,
    late_ms: i64,
) -> Done {
    let mut pause = Pause::new();
    loop {
        match try_load(&ticket, &scope, &lookup, now, late_ms).await {
            Ok((epoch, carried, event)) => return Done::Loaded(ticket, epoch, carried, event),
            Err(error) => {
                let (topic, partition) = (&*ticket.partition.topic, ticket.partition.partition);
                let error = &*error as &dyn std::error::Error;
                tracing::warn!(event = "log_not_read", topic, partition, error);
            }
        }
        pause.wait().await;
    }
}

async fn try_load(
    ticket: &Ticket,
    scope: &Scope,
    lookup: &Lookup,
    now: EpochMs,
    late_ms: i64,
) -> Result<(u32, Carried, Event), Box<dyn std::error::Error + Send + Sync>> {
    let place = &ticket.partition;
    let marks = lookup.watermarks(place).await?;
    let (epoch, tail) = match read::current(&scope.stores.state, place).await {
        Ok((epoch, tail)) => (epoch, Ok(tail.unwrap_or_else(|| Tail::begin(marks.low)))),
        Err(ReadError::Log(error)) => (0, Err(error)),
        Err(ReadError::Store(error)) => return Err(error.into()),
    };
    let last = tail
        .as_ref()
        .ok()
        .and_then(|tail| tail.last_record.as_ref());
    let last_digest = match last.filter(|last| (marks.low..marks.high).contains(&last.offset)) {
        Some(last) => {
            let record = lookup.read_at(place, last.offset).await?;
            record.map(|record| batch::record_digest(&scope.ledger_key, &record))
        }
        None => None,
    };
    let next = tail.as_ref().map_or(0, |tail| tail.next);
    let log = (place.clone(), epoch);
    let carried = carried::load(scope, &log, next, now, late_ms).await?;
    let event = Event::TailLoaded {
        ticket: ticket.clone(),
        tail,
        watermarks: marks,
        last_digest,
    };
    Ok((epoch, carried, event))
}

/// What preparing a flush needs beside the flush.
pub(super) struct Work {
    pub(super) scope: Scope,
    pub(super) engine: Arc<Engine>,
    pub(super) operator_key: [u8; 32],
    pub(super) assemble: Assemble,
    /// Conversations of the flush that landed before.
    pub(super) wanted: Vec<Wanted>,
    pub(super) now: EpochMs,
}

/// De-identifies and seals on a thread for computing.
pub(super) async fn prepare(flush: Box<Flush>, work: Work, threads: Arc<Semaphore>) -> Done {
    let ticket = flush.ticket.clone();
    let states = carried::fetch(&work.scope, &work.wanted).await;
    let _permit = threads.acquire_owned().await;
    let compute = move || {
        let Work { scope, now, .. } = &work;
        let recalled = carried::open(scope, &work.wanted, &states);
        let context = Context {
            engine: &work.engine,
            tenant: &scope.tenant,
            sealer: &scope.sealer,
            ledger_key: &scope.ledger_key,
            operator_key: &work.operator_key,
            assemble: &work.assemble,
            now: *now,
        };
        batch::prepare(&flush, &recalled, &context, &mut Entropy::from_system())
    };
    match tokio::task::spawn_blocking(compute).await {
        Ok(batch) => {
            let Batch {
                prepared,
                evidence,
                index,
                judged,
            } = batch;
            let lands = Lands {
                evidence,
                index,
                judged,
            };
            Done::Prepared(ticket, Box::new(prepared), Box::new(lands))
        }
        // A panic outside the engine: give the attempt up, read again.
        Err(_) => Done::Event(Event::Written(ticket, false)),
    }
}

/// Writes the files of a flush; each lies under a name of its own, so that
/// writing again is writing once.
pub(super) async fn write(ticket: Ticket, files: Vec<PreparedFile>, scope: Scope) -> Done {
    let mut known = true;
    for file in &files {
        known = known && write_one(file, &scope).await.is_ok();
    }
    Done::Event(Event::Written(ticket, known))
}

pub(super) async fn write_one(file: &PreparedFile, scope: &Scope) -> Result<(), StoreError> {
    let landing = &scope.stores.landing;
    let mut pause = Pause::new();
    for attempt in 1.. {
        let written = match file {
            PreparedFile::Sealed(blob) => landing.put_sealed(blob).await,
            PreparedFile::Unclaimed(blob) => landing.put_unclaimed(blob).await,
            PreparedFile::Evidence {
                tenant,
                name,
                bytes,
            } => landing.put_evidence(tenant, *name, bytes.clone()).await,
        };
        match written {
            Err(error) if attempt < WRITE_ATTEMPTS => {
                warn_not_written(attempt, error);
                pause.wait().await;
            }
            answer => return answer,
        }
    }
    Ok(())
}

fn warn_not_written(attempt: u32, error: StoreError) {
    let error = &error as &dyn std::error::Error;
    tracing::warn!(event = "landing_not_written", attempt, error);
}

/// Appends a slot to the log of the epoch in which its tail was read.
pub(super) async fn put_slot(
    ticket: Ticket,
    epoch: u32,
    n: u64,
    bytes: bytes::Bytes,
    scope: Scope,
) -> Done {
    let log = read::log(&ticket.partition, epoch);
    let answer = append(&scope.stores.state, &log, n, bytes).await;
    Done::Event(Event::Appended(ticket, answer))
}

/// The stable code of why a partition stopped.
pub(super) const fn stop_code(error: &LogError) -> &'static str {
    match error {
        LogError::Unreadable { .. } => "log_unreadable",
        LogError::Broken { .. } => "log_broken",
        LogError::Closed => "log_closed",
        LogError::Gap { .. } => "gap",
        LogError::Recreated { .. } => "topic_recreated",
        LogError::Vanished { .. } => "records_vanished",
    }
}
