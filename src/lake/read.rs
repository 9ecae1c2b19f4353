//! Reading a commit log: its tail, and its slots one by one, each checked
//! against the one before.

use bytes::Bytes;

use super::append::last;
use super::layout::Chain;
use super::log::{LogError, Slot, Tail};
use super::store::{StateStore, StoreError};
use crate::domain::TopicPartition;

/// Why a log could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The store does not answer: try again.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The log itself is damaged: nothing may be built on it.
    #[error(transparent)]
    Log(#[from] LogError),
}

/// The epoch in force: the last that has a first slot, or 0.
///
/// # Errors
/// When the store cannot be read.
pub async fn epoch(store: &StateStore, place: &TopicPartition) -> Result<u32, StoreError> {
    let mut epoch = 0;
    while store.get(&log(place, epoch + 1).entry(0)).await?.is_some() {
        epoch += 1;
    }
    Ok(epoch)
}

/// The log of `place` in `epoch`.
#[must_use]
pub fn log(place: &TopicPartition, epoch: u32) -> Chain {
    Chain::Log {
        place: place.clone(),
        epoch,
    }
}

/// The last slot of a log and the tail after it; `None` for an empty log.
///
/// # Errors
/// When the store cannot be read or the slot is damaged.
pub async fn tail(store: &StateStore, chain: &Chain) -> Result<Option<Tail>, ReadError> {
    let Some((n, bytes)) = last(store, chain).await? else {
        return Ok(None);
    };
    let slot = Slot::from_bytes(n, &bytes)?;
    Ok(Some(Tail::after(&slot, &bytes)))
}

/// The epoch in force and the tail of its log, `None` for an empty one. An
/// epoch that ends while it is read is followed into the next.
///
/// # Errors
/// When the store cannot be read or the last slot is damaged.
pub async fn current(
    store: &StateStore,
    place: &TopicPartition,
) -> Result<(u32, Option<Tail>), ReadError> {
    let mut current = epoch(store, place).await?;
    loop {
        let found = tail(store, &log(place, current)).await?;
        let closed = found.as_ref().is_some_and(|tail| tail.closed);
        if !closed
            || store
                .get(&log(place, current + 1).entry(0))
                .await?
                .is_none()
        {
            return Ok((current, found));
        }
        current += 1;
    }
}

/// Slot `n`, with its stored form; `None` beyond the tail.
///
/// # Errors
/// When the store cannot be read or the slot is damaged.
pub async fn slot(
    store: &StateStore,
    chain: &Chain,
    n: u64,
) -> Result<Option<(Slot, Bytes)>, ReadError> {
    let Some(bytes) = store.get(&chain.entry(n)).await? else {
        return Ok(None);
    };
    Ok(Some((Slot::from_bytes(n, &bytes)?, bytes)))
}

/// Slots `from..` up to the tail, each checked against the one before it (the
/// first only where it is slot 0).
///
/// # Errors
/// When the store cannot be read, or a slot is damaged or does not follow.
pub async fn slots(store: &StateStore, chain: &Chain, from: u64) -> Result<Vec<Slot>, ReadError> {
    let mut slots = Vec::new();
    let mut before: Option<Tail> = None;
    let mut n = from;
    while let Some((slot, bytes)) = slot(store, chain, n).await? {
        if n == 0 {
            before = Some(Tail::begin(slot.start));
        }
        if let Some(before) = &before {
            slot.follows(before)?;
        }
        before = Some(Tail::after(&slot, &bytes));
        slots.push(slot);
        n += 1;
    }
    Ok(slots)
}
