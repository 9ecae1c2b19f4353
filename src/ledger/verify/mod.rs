//! Verification from the stores alone: no broker, no key, no worker.
//!
//! Every slot, every evidence file and every entry of every chain is read from
//! the first on and checked against the one before it, and the chains are
//! checked against each other: releases against the slots that they took,
//! purges against the slots that they rest on, files against receipts, samples
//! and verdicts against what they were drawn of. To take
//! away, change or reorder anything is seen, but for one thing: nothing
//! follows the *last* entry of a chain, so its loss shows only to someone who
//! noted the chain's head before. A report therefore states the heads, and
//! [`Ask::expected`] compares with those of an earlier one.

mod facts;
mod fetch;
mod findings;
mod log;
mod published;
mod report;
mod reviews;

pub use report::{ChainHead, Counted, Flaw, Heads, Kept, LogHead, Reason, Refused, Report};

use std::collections::{BTreeMap, BTreeSet};
use std::pin::pin;

use futures::TryStreamExt;

use self::facts::Facts;
use self::findings::Findings;
use self::log::{AllFacts, Before, LogAudit};
use crate::domain::{Sha256, TenantId, TopicPartition};
use crate::lake::layout::Chain;
use crate::lake::read;
use crate::lake::store::StoreError;
use crate::scope::Stores;

/// What to verify.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// One tenant's evidence, chain and releases; all tenants' where `None`.
    pub tenant: Option<TenantId>,
    /// Read and hash the sealed and the published files too.
    pub deep: bool,
    /// Heads noted earlier: every chain must still lead through them.
    pub expected: Option<Heads>,
}

impl Ask {
    fn wants(&self, tenant: &TenantId) -> bool {
        self.tenant.as_ref().is_none_or(|one| one == tenant)
    }

    fn wants_chain(&self, chain: &Chain) -> bool {
        match chain {
            Chain::Tenant(tenant) => self.wants(tenant),
            Chain::Log { .. } | Chain::Operator => true,
        }
    }
}

/// Verifies what the stores hold. `progress` is told how far it is.
///
/// # Errors
/// A [`StoreError`] when a store could not be read: then nothing is known.
pub async fn verify(
    stores: &Stores,
    ask: &Ask,
    progress: &mut dyn FnMut(&Counted),
) -> Result<Report, StoreError> {
    let mut out = Findings::expecting(ask.expected.as_ref());
    let mut facts = AllFacts::new();
    let mut areas = BTreeMap::new();
    for owner in owners(stores, ask, &out).await? {
        let (read, listed) = chain_of(stores, &owner, &mut out).await?;
        progress(&out.counted);
        areas.extend(listed.map(|listed| (owner.clone(), listed)));
        facts.insert(owner, read);
    }
    verify_logs(stores, ask, &mut facts, &mut out, progress).await?;
    settle_absent(stores, &mut out).await?;
    for (owner, facts) in &facts {
        if let Some(tenant) = owner {
            reviews::verify(stores, tenant, facts, ask, &mut out).await?;
        }
    }
    for (owner, listed) in areas {
        if let Some(facts) = facts.get_mut(&owner) {
            published::verify(stores, listed, facts, ask, &mut out).await?;
            progress(&out.counted);
        }
    }
    Ok(report(ask, facts, out))
}

/// Whose chains are to be read: the operator's, and each tenant's that has one
/// or had one when heads were noted.
async fn owners(
    stores: &Stores,
    ask: &Ask,
    out: &Findings,
) -> Result<BTreeSet<Option<TenantId>>, StoreError> {
    let noted = out.noted().filter_map(|chain| match chain {
        Chain::Tenant(tenant) => Some(tenant.clone()),
        Chain::Log { .. } | Chain::Operator => None,
    });
    let mut tenants: BTreeSet<TenantId> = noted.collect();
    tenants.extend(stores.state.tenants().await?);
    let wanted = tenants.into_iter().filter(|tenant| ask.wants(tenant));
    Ok(wanted.map(Some).chain([None]).collect())
}

fn chain_path(owner: &Option<TenantId>) -> Chain {
    owner.clone().map_or(Chain::Operator, Chain::Tenant)
}

/// Reads a chain from its first entry, and lists the research area on the way.
async fn chain_of(
    stores: &Stores,
    owner: &Option<TenantId>,
    out: &mut Findings,
) -> Result<(Facts, Option<published::Listed>), StoreError> {
    let chain = chain_path(owner);
    let mut facts = Facts::default();
    let mut listed = None;
    let numbers = fetch::numbers(&stores.state, &chain, out).await?;
    {
        let mut entries = pin!(fetch::entries(&stores.state, &chain, &numbers));
        while let Some((n, bytes)) = entries.try_next().await? {
            let Some(bytes) = bytes else {
                let path = chain.entry(n);
                out.flaw(Flaw::new(Kept::State, &path, Reason::Missing));
                continue;
            };
            out.counted.entries += 1;
            out.meet(&chain, n, Sha256::of(&bytes));
            facts.take(n, &chain.entry(n), &bytes, out);
        }
    }
    if let Some(area) = facts.chain.area {
        listed = Some(published::list(&stores.research, area).await?);
    }
    read_on(stores, &chain, &mut facts, out).await?;
    Ok((facts, listed))
}

/// Reads what was appended since.
async fn read_on(
    stores: &Stores,
    chain: &Chain,
    facts: &mut Facts,
    out: &mut Findings,
) -> Result<(), StoreError> {
    loop {
        let path = chain.entry(facts.chain.next);
        let Some(bytes) = stores.state.get(&path).await? else {
            break;
        };
        let n = facts.chain.next;
        out.counted.entries += 1;
        out.meet(chain, n, Sha256::of(&bytes));
        facts.take(n, &path, &bytes, out);
        if facts.chain.next == n {
            break;
        }
    }
    facts.settle();
    Ok(())
}

async fn verify_logs(
    stores: &Stores,
    ask: &Ask,
    facts: &mut AllFacts,
    out: &mut Findings,
    progress: &mut dyn FnMut(&Counted),
) -> Result<(), StoreError> {
    let mut before: Option<(TopicPartition, Before)> = None;
    for (place, epoch) in stores.state.logs().await? {
        let ended = before.take().filter(|(of, _)| *of == place);
        let chain = read::log(&place, epoch);
        let key = (place.clone(), epoch);
        let mut audit = LogAudit::new(&chain, key, ended.map(|(_, before)| before));
        let numbers = fetch::numbers(&stores.state, &chain, out).await?;
        let mut slots = pin!(fetch::slots(stores, &chain, &numbers, ask));
        while let Some(fetched) = slots.try_next().await? {
            audit.take(fetched, facts, out);
            progress(&out.counted);
        }
        before = Some((place, audit.close(out)));
    }
    Ok(())
}

/// Files that were not there may have been purged after their chain was read:
/// what it says now decides.
async fn settle_absent(stores: &Stores, out: &mut Findings) -> Result<(), StoreError> {
    let absent = std::mem::take(&mut out.absent);
    let owners: BTreeSet<_> = absent
        .iter()
        .flat_map(|(tenant, _)| [Some(tenant.clone()), None])
        .collect();
    let mut now = AllFacts::new();
    for owner in owners {
        let mut facts = Facts::default();
        let scratch = &mut Findings::default();
        read_on(stores, &chain_path(&owner), &mut facts, scratch).await?;
        now.insert(owner, facts);
    }
    for (tenant, file) in absent {
        let owners = [Some(tenant), None];
        let mut chains = owners.iter().filter_map(|owner| now.get(owner));
        if chains.any(|facts| facts.is_gone(&file) || facts.is_going(&file)) {
            out.counted.files_gone += 1;
        } else {
            out.flaw(Flaw::new(Kept::Landing, &file.path(), Reason::Missing));
        }
    }
    Ok(())
}

fn report(ask: &Ask, facts: AllFacts, mut out: Findings) -> Report {
    for (owner, facts) in facts {
        facts.close(&chain_path(&owner), &mut out);
        if facts.chain.next > 0 {
            out.heads.chains.push(facts.head(owner));
        }
    }
    out.close(|chain| ask.wants_chain(chain));
    Report {
        code: env!("CARGO_PKG_VERSION"),
        deep: ask.deep,
        heads: out.heads,
        counted: out.counted,
        refused: out.refused,
        flaws: out.flaws,
    }
}

#[cfg(test)]
pub(crate) mod river;
#[cfg(test)]
mod tests;
