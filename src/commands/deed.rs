//! Deeds that people ask for, appended to a tenant's chain.

use std::path::PathBuf;
use std::process::ExitCode;

use super::opened::{Stop, answer};
use crate::domain::{Entropy, EpochMs};
use crate::lake::append::Appended;
use crate::ledger::{Deed, Entry, Journal, TenantChain};
use crate::scope::Scope;
use crate::seal::KeyedDigest;

/// For whom a deed is done, and who asks for it.
#[derive(Debug, clap::Args)]
pub(super) struct Asked {
    /// The pipeline file
    pub(super) pipeline: PathBuf,
    /// For which tenant
    #[arg(long, value_name = "NAME")]
    pub(super) tenant: String,
    /// Who does it or asks for it; kept as a keyed digest only
    #[arg(long, value_name = "NAME", visible_alias = "actor")]
    pub(super) by: String,
}

impl Asked {
    /// Asked by `by`, of no pipeline.
    #[cfg(test)]
    pub(super) fn of(tenant: &str, by: &str) -> Self {
        Self {
            pipeline: PathBuf::new(),
            tenant: tenant.to_owned(),
            by: by.to_owned(),
        }
    }

    /// Opens the pipeline, does `act` for the tenant and prints what it says.
    pub(super) fn answer(
        &self,
        act: impl AsyncFnOnce(&Scope, EpochMs, &mut Entropy) -> Result<String, Stop>,
    ) -> ExitCode {
        answer(&self.pipeline, &self.tenant, act)
    }
}

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
