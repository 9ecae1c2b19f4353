//! The sample: conversations that the next release would publish, drawn by
//! chance and sealed, for people to read first. What is drawn is in the
//! tenant's chain before anyone can see it.

use std::collections::HashMap;

use bytes::Bytes;
use serde_json::{Value, json};

use super::execute::{ATTEMPTS, Candidates, candidates};
use super::landed::Landed;
use super::{Object, Outcome, Refusal, ReleaseError, gate, review};
use crate::config::Portion;
use crate::config::resolved::Review;
use crate::domain::{Entropy, EpochMs, Phi, Sha256};
use crate::lake::append::Appended;
use crate::lake::layout::LandingFile;
use crate::ledger::{Deed, Frame, SampleDeed, TenantChain};
use crate::scope::Scope;
use crate::seal::{BlobName, KeyedDigest, Purpose, SealError, Sealer, open_text, seal_text};
use crate::table::read_published;

/// The version of what a sealed sample holds.
pub const SAMPLE_FORMAT: &str = "leeward.sample.v1";

/// A sample that was drawn.
#[derive(Debug)]
pub struct Sampled {
    /// What the chain says of it.
    pub deed: SampleDeed,
    /// It, sealed under the tenant's key.
    pub text: String,
    /// Gates beside the review's that are closed now.
    pub closed: Vec<Refusal>,
}

/// Draws a sample of what the next release would publish, of `size` or what
/// the tenant's file asks for, whichever is more, and writes it down in the
/// tenant's chain.
///
/// # Errors
/// A [`ReleaseError`]; nothing is to be concluded then, and to run again is
/// safe: each drawing stands in the chain.
pub async fn sample(
    scope: &Scope,
    size: Option<Portion>,
    asks: &Review,
    (now, actor): (EpochMs, Option<String>),
    entropy: &mut Entropy,
) -> Result<Result<Sampled, Outcome>, ReleaseError> {
    for _ in 0..ATTEMPTS {
        let (chain, _) = scope.journal.open(now, entropy).await?;
        if !chain.freezes.is_empty() {
            return Ok(Err(Outcome::Refused(vec![Refusal::Frozen])));
        }
        let candidates = match candidates(scope, &chain, None, now).await? {
            Ok(candidates) => candidates,
            Err(outcome) => return Ok(Err(outcome)),
        };
        let of = candidates.landed.rows.len() as u64;
        if of == 0 {
            return Ok(Err(Outcome::NothingNew));
        }
        let asked = size.map_or(0, |size| size.of(of));
        let count = asked.max(asks.sample.of(of));
        let sampled = draw(scope, candidates, &chain, count, now, entropy).await?;
        let deed = Deed::SampleDrawn(sampled.deed.clone());
        let actor = actor.clone();
        let answer = scope.journal.append(&chain, deed, now, actor, entropy);
        if answer.await == Appended::Won {
            return Ok(Ok(sampled));
        }
    }
    Err(ReleaseError::Contended)
}

/// A sample that was opened.
#[derive(Debug)]
pub struct OpenSample {
    /// Its name.
    pub sample: BlobName,
    /// SHA-256 of it as it was sealed.
    pub sealed: Sha256,
    /// Its conversations, in order: the first has number 1.
    pub conversations: Vec<Phi<Value>>,
}

/// Opens the sealed sample `text` with its tenant's key.
///
/// # Errors
/// A [`SealError`]; `Malformed` too where it opens and is no sample that this
/// version knows.
pub fn open_sample(sealer: &Sealer, text: &str) -> Result<OpenSample, SealError> {
    let plaintext = open_text(sealer, Purpose::Sample, text)?;
    let read: Option<Value> = serde_json::from_slice(plaintext.expose()).ok();
    let read = read.filter(|sample| sample["format"] == SAMPLE_FORMAT);
    let mut read = read.ok_or(SealError::Malformed)?;
    let conversations = match read["conversations"].take() {
        Value::Array(conversations) => conversations,
        _ => return Err(SealError::Malformed),
    };
    let name = read["sample"].as_str().and_then(BlobName::parse);
    Ok(OpenSample {
        sample: name.ok_or(SealError::Malformed)?,
        sealed: Sha256::of(text.as_bytes()),
        conversations: conversations.into_iter().map(Phi::new).collect(),
    })
}

/// The conversations of a sample that the chain names, in its order, as they
/// stand in its frame.
///
/// # Errors
/// A [`ReleaseError`] when its frame is not there or is not what the chain says.
pub async fn drawn(scope: &Scope, deed: &SampleDeed) -> Result<Vec<KeyedDigest>, ReleaseError> {
    let (tenant, name) = (scope.id().clone(), deed.sample);
    let path = LandingFile::Evidence { tenant, name }.path();
    let bytes = scope.stores.landing.get(&path).await?;
    let bytes = bytes.ok_or(ReleaseError::Missing(Object::Frame(name)))?;
    let frame = Frame::from_bytes(&bytes).filter(|_| Sha256::of(&bytes) == deed.frame);
    let frame = frame.ok_or(ReleaseError::Altered(Object::Frame(name)))?;
    let count = usize::try_from(deed.count).unwrap_or(usize::MAX);
    Ok(frame.draw(name, count))
}

async fn draw(
    scope: &Scope,
    candidates: Candidates,
    chain: &TenantChain,
    count: u64,
    now: EpochMs,
    entropy: &mut Entropy,
) -> Result<Sampled, ReleaseError> {
    let Candidates { inputs, landed } = candidates;
    let name = BlobName::draw(entropy);
    let digests = review::digests(scope, &landed);
    let frame = Frame::new(digests.clone());
    let bytes = Bytes::from(frame.to_bytes());
    let drawn = frame.draw(name, usize::try_from(count).unwrap_or(usize::MAX));
    let plaintext = shown(scope, name, &landed, &places(&digests, &drawn));
    let sealed = (Purpose::Sample, now.day());
    let text = seal_text(&scope.sealer, sealed, &plaintext, entropy);
    let deed = SampleDeed {
        sample: name,
        inputs: inputs.taken,
        later: inputs.later,
        of: frame.len() as u64,
        count: drawn.len() as u64,
        frame: Sha256::of(&bytes),
        sealed: Sha256::of(text.as_bytes()),
    };
    let landing = &scope.stores.landing;
    landing.put_evidence(scope.id(), name, bytes).await?;
    let said = gate::said(chain, &scope.tenant, now).err();
    let reviews = |closed: &Refusal| matches!(closed, Refusal::Unreviewed(_));
    let mut closed: Vec<Refusal> = said.into_iter().flatten().collect();
    closed.retain(|closed| !reviews(closed));
    closed.extend(
        gate::landed(&landed, chain, &scope.tenant, now)
            .err()
            .into_iter()
            .flatten(),
    );
    Ok(Sampled { deed, text, closed })
}

/// Where the conversations of `drawn` are, by index.
fn places(digests: &[KeyedDigest], drawn: &[KeyedDigest]) -> Vec<usize> {
    let places: HashMap<_, _> = digests.iter().zip(0..).collect();
    drawn.iter().map(|digest| places[digest]).collect()
}

/// What reviewers read: the rows that would be published, as they would be.
fn shown(scope: &Scope, name: BlobName, landed: &Landed, order: &[usize]) -> Phi<Vec<u8>> {
    let part = landed.rows.part_without_year(order);
    let files = part.expect("a sample has a conversation").files;
    let rows = read_published(scope.id(), None, files.conversations, files.turns);
    let rows = rows.expect("what was written just now reads");
    let years: Vec<_> = landed.rows.conversations().map(|one| one.year).collect();
    let years = order.iter().map(|i| years[*i]);
    let conversations = rows.iter().zip(years);
    let conversations = conversations.map(|(one, year)| one.shown(year).into_exposed());
    let sample = json!({
        "format": SAMPLE_FORMAT,
        "sample": name,
        "conversations": conversations.collect::<Vec<Value>>(),
    });
    Phi::new(serde_json::to_vec(&sample).expect("JSON has string keys"))
}
