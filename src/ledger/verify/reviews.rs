//! Samples and verdicts, against the frames that they were drawn of.

use super::Ask;
use super::facts::Facts;
use super::fetch::Found;
use super::findings::Findings;
use super::report::{Flaw, Kept, Reason};
use crate::domain::TenantId;
use crate::lake::layout::{Chain, LandingFile};
use crate::lake::store::StoreError;
use crate::ledger::{Frame, ReviewDeed, Sample};
use crate::scope::Stores;
use crate::seal::KeyedDigest;

/// Draws each of a tenant's samples again, and sees that what verdicts hold
/// back are the conversations that they mark.
pub(super) async fn verify(
    stores: &Stores,
    tenant: &TenantId,
    facts: &Facts,
    ask: &Ask,
    out: &mut Findings,
) -> Result<(), StoreError> {
    if !ask.wants(tenant) {
        return Ok(());
    }
    let chain = Chain::Tenant(tenant.clone());
    for sample in facts.chain.reviews.samples() {
        let Some(drawn) = drawn(stores, tenant, sample, &chain, out).await? else {
            continue;
        };
        out.counted.samples += 1;
        let name = sample.deed.sample;
        let of_it = facts.reviews.iter();
        let of_it = of_it.filter(|(_, review)| review.signed.verdict.sample == name);
        for (entry, _) in of_it.filter(|(_, review)| !holds_back(review, &drawn)) {
            let flaw = Flaw::new(Kept::State, &chain.entry(*entry), Reason::Drawing);
            out.flaw(flaw.of("what it holds back"));
        }
    }
    Ok(())
}

/// The sample as it follows from its frame; `None` where that is flawed.
async fn drawn(
    stores: &Stores,
    tenant: &TenantId,
    sample: &Sample,
    chain: &Chain,
    out: &mut Findings,
) -> Result<Option<Vec<KeyedDigest>>, StoreError> {
    let deed = &sample.deed;
    let (tenant, name) = (tenant.clone(), deed.sample);
    let path = LandingFile::Evidence { tenant, name }.path();
    let bytes = stores.landing.get(&path).await?;
    match (Found::of(bytes.as_ref()), &bytes) {
        (Found::Object(hash, _), Some(bytes)) if hash == deed.frame => {
            let frame = Frame::from_bytes(bytes).filter(|frame| frame.len() as u64 == deed.of);
            if frame.is_none() {
                let flaw = Flaw::new(Kept::State, &chain.entry(sample.entry), Reason::Drawing);
                out.flaw(flaw.of("how many it was drawn of"));
            }
            let count = usize::try_from(deed.count).unwrap_or(usize::MAX);
            return Ok(frame.map(|frame| frame.draw(name, count)));
        }
        (Found::Object(..), _) => out.flaw(Flaw::new(Kept::Landing, &path, Reason::OtherBytes)),
        _ => out.flaw(Flaw::new(Kept::Landing, &path, Reason::Missing)),
    }
    Ok(None)
}

/// Whether a verdict holds back what it marks.
fn holds_back(review: &ReviewDeed, drawn: &[KeyedDigest]) -> bool {
    let marked = review.signed.verdict.leaks.iter().map(|mark| {
        let index = usize::try_from(mark.number.wrapping_sub(1)).ok();
        index.and_then(|index| drawn.get(index))
    });
    marked.eq(review.withheld.iter().map(Some))
}
