//! The effects that wait for something: each runs as a task of its own and
//! ends as an event.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use super::event::{Event, Flush, Prepared, PreparedFile, Ticket};
use crate::batch::{self, Batch, Context};
use crate::deid::Engine;
use crate::domain::{Entropy, EpochMs};
use crate::lake::append::append;
use crate::lake::log::{LogError, Tail};
use crate::lake::read::{self, ReadError};
use crate::lake::store::StoreError;
use crate::ledger::Evidence;
use crate::scope::Scope;
use crate::source::Lookup;

/// First and greatest wait before a question that was not answered is asked
/// again.
const RETRY: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(10));

/// How often files are written again before the attempt is given up.
const WRITE_ATTEMPTS: u32 = 4;

/// What a task tells when it ends.
#[derive(Debug)]
pub(super) enum Done {
    /// An event for the worker.
    Event(Event),
    /// The tail of a log was read, in this epoch.
    Loaded(Ticket, u32, Event),
    /// A batch was prepared, with its evidence for metrics.
    Prepared(Ticket, Box<Prepared>, Box<Evidence>),
    /// A partition's watermarks, for lag.
    High(crate::domain::TopicPartition, i64),
    /// The time of the first record from an offset on, for lag; `None` where
    /// it was not to be had.
    First(crate::domain::TopicPartition, i64, Option<EpochMs>),
    /// A tenant's chores are over for now.
    Chores(crate::domain::TenantId, Option<super::chores::Outcome>),
}

/// Reads the tail of a partition's log and what the broker says beside it,
/// for as long as it takes.
pub(super) async fn load(ticket: Ticket, scope: Scope, lookup: Lookup) -> Done {
    let mut wait = RETRY.0;
    loop {
        match try_load(&ticket, &scope, &lookup).await {
            Ok((epoch, event)) => return Done::Loaded(ticket, epoch, event),
            Err(error) => {
                let (topic, partition) = (&*ticket.partition.topic, ticket.partition.partition);
                let error = &*error as &dyn std::error::Error;
                tracing::warn!(event = "log_not_read", topic, partition, error);
            }
        }
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(RETRY.1);
    }
}

async fn try_load(
    ticket: &Ticket,
    scope: &Scope,
    lookup: &Lookup,
) -> Result<(u32, Event), Box<dyn std::error::Error + Send + Sync>> {
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
    let event = Event::TailLoaded {
        ticket: ticket.clone(),
        tail,
        watermarks: marks,
        last_digest,
    };
    Ok((epoch, event))
}

/// De-identifies and seals on a thread for computing.
pub(super) async fn prepare(
    flush: Box<Flush>,
    scope: Scope,
    engine: Arc<Engine>,
    operator_key: [u8; 32],
    now: EpochMs,
    threads: Arc<Semaphore>,
) -> Done {
    let ticket = flush.ticket.clone();
    let _permit = threads.acquire_owned().await;
    let work = move || {
        let context = Context {
            engine: &engine,
            tenant: &scope.tenant,
            sealer: &scope.sealer,
            ledger_key: &scope.ledger_key,
            operator_key: &operator_key,
            now,
        };
        batch::prepare(&flush, &context, &mut Entropy::from_system())
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(Batch { prepared, evidence }) => {
            Done::Prepared(ticket, Box::new(prepared), Box::new(evidence))
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

async fn write_one(file: &PreparedFile, scope: &Scope) -> Result<(), StoreError> {
    let landing = &scope.stores.landing;
    let mut wait = RETRY.0;
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
                tokio::time::sleep(wait).await;
                wait *= 2;
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
