//! One primitive for every chain: append an entry, or learn that someone else
//! did. And its counterpart: find the last entry by a few reads.

use bytes::Bytes;

use super::layout::Chain;
use super::store::{PutAnswer, StateStore, StoreError};
use crate::fault::{Fault, planted};

/// The answer to an append: there is no third.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appended {
    /// The entry is in the chain.
    Won,
    /// Someone else's is, or nobody knows: read the tail again.
    Reload,
}

/// What an answer means. `found` is what lies at the entry's place now, where
/// it could be read: on any answer but `Created`, only one's own bytes there
/// are proof of a write, and nothing is proof of none.
#[must_use]
pub fn judge(answer: PutAnswer, found: Option<&[u8]>, own: &[u8]) -> Appended {
    let trusted = planted(Fault::TrustAlreadyExists) && answer == PutAnswer::Exists;
    if answer == PutAnswer::Created || found == Some(own) || trusted {
        Appended::Won
    } else {
        Appended::Reload
    }
}

/// Puts entry `n` of `chain`, if absent.
pub async fn append(store: &StateStore, chain: &Chain, n: u64, bytes: Bytes) -> Appended {
    let path = chain.entry(n);
    let answer = store.put_if_absent(&path, bytes.clone()).await;
    if answer == PutAnswer::Created {
        return Appended::Won;
    }
    let found = store.get(&path).await.ok().flatten();
    judge(answer, found.as_deref(), &bytes)
}

/// The last entry of `chain` and its number; `None` for an empty one. Entries
/// have no gaps, so doubling steps and then halving ones find it.
///
/// # Errors
/// When the store cannot be read.
pub async fn last(store: &StateStore, chain: &Chain) -> Result<Option<(u64, Bytes)>, StoreError> {
    let Some(mut found) = store.get(&chain.entry(0)).await? else {
        return Ok(None);
    };
    let mut there = 0;
    let mut step = 1;
    while let Some(bytes) = store.get(&chain.entry(there + step)).await? {
        there += step;
        found = bytes;
        step *= 2;
    }
    while step > 1 {
        step /= 2;
        if let Some(bytes) = store.get(&chain.entry(there + step)).await? {
            there += step;
            found = bytes;
        }
    }
    Ok(Some((there, found)))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use object_store::memory::InMemory;

    use super::*;
    use crate::domain::TenantId;

    fn chain() -> Chain {
        Chain::Tenant(TenantId::parse("t").expect("a tenant"))
    }

    #[test]
    fn only_one_s_own_bytes_prove_a_write() {
        let doubt = PutAnswer::Doubt(StoreError::Unavailable(None));
        let own: &[u8] = b"mine";
        let cases: [(PutAnswer, Option<&[u8]>, Appended); 7] = [
            (PutAnswer::Created, None, Appended::Won),
            (PutAnswer::Exists, Some(own), Appended::Won),
            (PutAnswer::Exists, Some(b"theirs"), Appended::Reload),
            (PutAnswer::Exists, None, Appended::Reload),
            (doubt, Some(own), Appended::Won),
            (doubt, Some(b"theirs"), Appended::Reload),
            (doubt, None, Appended::Reload),
        ];
        for (answer, found, expected) in cases {
            assert_eq!(judge(answer, found, own), expected, "{answer:?} {found:?}");
        }
    }

    #[tokio::test]
    async fn the_last_entry_is_found_at_every_length() {
        let store = StateStore::new(Arc::new(InMemory::new()));
        assert_eq!(last(&store, &chain()).await, Ok(None));
        for n in 0..40_u64 {
            let bytes = Bytes::from(n.to_string());
            assert_eq!(
                append(&store, &chain(), n, bytes.clone()).await,
                Appended::Won
            );
            assert_eq!(last(&store, &chain()).await, Ok(Some((n, bytes))));
        }
    }

    #[tokio::test]
    async fn the_second_writer_of_an_entry_reloads() {
        let store = StateStore::new(Arc::new(InMemory::new()));
        let first = append(&store, &chain(), 0, Bytes::from_static(b"a")).await;
        let second = append(&store, &chain(), 0, Bytes::from_static(b"b")).await;
        assert_eq!((first, second), (Appended::Won, Appended::Reload));
    }
}
