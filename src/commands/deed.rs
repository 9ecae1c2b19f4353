//! Deeds that people ask for, appended to a tenant's chain.

use super::opened::Stop;
use crate::domain::{Entropy, EpochMs};
use crate::lake::append::Appended;
use crate::ledger::{Deed, Entry, Journal, TenantChain};
use crate::scope::Scope;
use crate::seal::KeyedDigest;

/// How often a deed is tried again when another entry came first.
const TRIES: u32 = 8;

/// Appends what `deed` makes of the tenant's chain, deciding anew whenever
/// another entry came first. `actor` is kept as a keyed digest. Gives the chain
/// that it stands in.
pub(super) async fn append(
    scope: &Scope,
    deed: impl Fn(&TenantChain) -> Result<Deed, Stop>,
    actor: &str,
    now: EpochMs,
    entropy: &mut Entropy,
) -> Result<(TenantChain, Vec<Entry>), Stop> {
    let actor = scope.ledger_key.digest("actor", actor.as_bytes());
    append_to(&scope.journal, deed, actor, now, entropy).await
}

/// As [`append`], to any chain.
pub(super) async fn append_to(
    journal: &Journal,
    deed: impl Fn(&TenantChain) -> Result<Deed, Stop>,
    actor: KeyedDigest,
    now: EpochMs,
    entropy: &mut Entropy,
) -> Result<(TenantChain, Vec<Entry>), Stop> {
    for _ in 0..TRIES {
        let (chain, _) = journal.open(now, entropy).await.map_err(Stop::new)?;
        let deed = deed(&chain)?;
        let actor = Some(actor.to_string());
        let answer = journal.append(&chain, deed, now, actor, entropy);
        if answer.await == Appended::Won {
            return journal.read().await.map_err(Stop::new);
        }
    }
    let why = "it is not known whether the entry was written; see `leeward status`, then repeat";
    Err(Stop::new(why))
}
