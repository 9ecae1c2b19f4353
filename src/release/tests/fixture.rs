//! Tenants, landed conversations and what research sees, on stores in memory.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use bytes::Bytes;
use object_store::memory::InMemory;

use super::faulty::{Faulty, Meter};
use crate::batch::IndexLine;
use crate::config::{Secret, Tenant};
use crate::deid::{CleanConversation, ENGINE_VERSION, Engine, deidentify};
use crate::domain::{
    Attribute, Channel, ConversationRef, Entropy, EpochMs, Phi, RawConversation, RawTurn,
    ResearchId, Role, Sha256, TopicPartition, TurnKind,
};
use crate::lake::append::{Appended, append};
use crate::lake::layout::LandingFile;
use crate::lake::log::{
    Ages, Counts, LastRecord, Leaf, OpenOffsets, SLOT_VERSION, Slot, Tail, WriterId,
};
use crate::lake::read;
use crate::lake::store::{LandingStore, ResearchStore, StateStore};
use crate::ledger::{Attestation, Deed, EVIDENCE_VERSION, Evidence, FileEntry};
use crate::scope::{Scope, Stores};
use crate::seal::{BlobName, KeyedDigest, Purpose};
use crate::table::CleanRows;

/// 2026-09-17, a day in the middle of a year.
pub(super) const NOW: EpochMs = EpochMs(1_789_632_000_000);
pub(super) const DAY: i64 = 86_400_000;
/// The first offset of every log.
pub(super) const OFFSET: i64 = 81_234_567;

/// A tenant with keys, a topic and an override of its own.
pub(in crate::release) fn tenant(name: &str) -> Tenant {
    let mut tenant = crate::gate::tenant(name, NOW.plus(DAY));
    tenant.topics = vec![format!("^{name}[.]")];
    tenant.keys.sealing = Secret::new(Sha256::of(name.as_bytes()).0);
    tenant.keys.ledger = Secret::new(Sha256::of(format!("{name} ledger").as_bytes()).0);
    tenant.authorization.baa_reference = String::from("BAA-7731-Q");
    tenant.release.dating_override = Some(String::from("a test (someone)"));
    tenant
}

pub(super) fn place(tenant: &str, partition: i32) -> TopicPartition {
    TopicPartition::new(&format!("{tenant}.calls"), partition)
}

/// Three stores in memory, which many processes see.
#[derive(Debug, Default)]
pub(super) struct World {
    pub(super) state: Arc<InMemory>,
    pub(super) landing: Arc<InMemory>,
    pub(super) research: Arc<InMemory>,
}

impl World {
    /// Another world in which the same happened so far.
    pub(super) fn fork(&self) -> Self {
        let fork = |store: &Arc<InMemory>| Arc::new(store.fork());
        Self {
            state: fork(&self.state),
            landing: fork(&self.landing),
            research: fork(&self.research),
        }
    }

    /// What a process with these calls works for `tenant` with.
    pub(super) fn scope(&self, tenant: Tenant, meter: &Arc<Meter>) -> Scope {
        let store = |inner: &Arc<InMemory>| {
            Arc::new(Faulty {
                inner: Arc::clone(inner),
                meter: Arc::clone(meter),
            })
        };
        let stores = Stores {
            state: StateStore::new(store(&self.state)),
            landing: LandingStore::new(store(&self.landing)),
            research: ResearchStore::new(store(&self.research)),
        };
        Scope::new(&Arc::new(tenant), &stores, WriterId::default())
    }

    pub(super) fn healthy(&self, tenant: Tenant) -> Scope {
        self.scope(tenant, &Meter::new(None, 0))
    }
}

/// A conversation as the engine cleans it.
pub(super) fn clean(texts: &[&str], year: Option<i16>, entropy: &mut Entropy) -> CleanConversation {
    cleaned(texts, year, BTreeMap::new(), entropy)
}

/// One of 2026 of which attributes are known.
pub(super) fn clean_of(
    texts: &[&str],
    attributes: BTreeMap<Attribute, Phi<String>>,
    entropy: &mut Entropy,
) -> CleanConversation {
    cleaned(texts, Some(2026), attributes, entropy)
}

fn cleaned(
    texts: &[&str],
    year: Option<i16>,
    attributes: BTreeMap<Attribute, Phi<String>>,
    entropy: &mut Entropy,
) -> CleanConversation {
    static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::new);
    let turn = |(i, text): (usize, &&str)| RawTurn {
        role: if i % 2 == 0 { Role::Agent } else { Role::User },
        kind: TurnKind::Speech,
        text: Phi::new((*text).to_owned()),
        start_ms: Some(500 * i as i64),
        ..RawTurn::default()
    };
    let raw = RawConversation {
        tenant: tenant("north").id,
        conversation: ConversationRef::new("call-55120"),
        channel: Channel::Voice,
        language: None,
        year,
        turns: texts.iter().enumerate().map(turn).collect(),
        known: Vec::new(),
        attributes,
        provenance: Default::default(),
        incomplete: false,
    };
    deidentify(&ENGINE, &tenant("north").policy, &raw, entropy).clean
}

/// What a slot commits.
pub(super) struct Flush<'a> {
    pub(super) landed: &'a [CleanConversation],
    pub(super) held_back: u64,
    pub(super) at: EpochMs,
}

/// Somebody answers for the tenant's releases, once, for good.
pub(crate) async fn attest(scope: &Scope) {
    let mut entropy = Entropy::from_u64(8);
    let (chain, _) = scope.journal.open(NOW, &mut entropy).await.expect("memory");
    if chain.attestation.is_none() {
        let until = EpochMs(i64::MAX);
        let statement = scope.ledger_key.digest("statement", b"words");
        let deed = Deed::Attested(Attestation { until, statement });
        let appended = scope.journal.append(&chain, deed, NOW, None, &mut entropy);
        assert_eq!(appended.await, Appended::Won);
    }
}

/// Writes landing files, evidence and the next slot of `place`, after somebody
/// answered for the tenant's releases.
pub(super) async fn land(scope: &Scope, place: &TopicPartition, flush: &Flush<'_>, seed: u64) {
    attest(scope).await;
    let mut entropy = Entropy::from_u64(seed);
    let chain = read::log(place, 0);
    let tail = read::tail(&scope.stores.state, &chain)
        .await
        .expect("a log");
    let tail = tail.unwrap_or_else(|| Tail::begin(OFFSET));
    let files = files(scope, flush, &mut entropy).await;
    let evidence = evidence(scope, place, &tail, files, flush);
    let leaf = put_evidence(scope, &evidence, &mut entropy).await;
    let slot = slot(scope, tail, &evidence, leaf);
    let bytes = Bytes::from(slot.to_bytes());
    let appended = append(&scope.stores.state, &chain, slot.n, bytes).await;
    assert_eq!(appended, Appended::Won);
}

async fn files(scope: &Scope, flush: &Flush<'_>, entropy: &mut Entropy) -> Vec<FileEntry> {
    let mut contents: Vec<(Purpose, &str, u64, Vec<u8>)> = Vec::new();
    if !flush.landed.is_empty() {
        let tables = CleanRows::of(flush.landed).to_parquet();
        let (c, t) = (tables.conversation_rows, tables.turn_rows);
        contents.push((Purpose::Landing, "conversations", c, tables.conversations));
        contents.push((Purpose::Landing, "turns", t, tables.turns));
    }
    // Not the numbers from which the conversations' ids were drawn.
    let index = index(flush, &mut entropy.fork());
    contents.push((Purpose::Index, "index", 0, index));
    if flush.held_back > 0 {
        let sealed = b"originals".to_vec();
        contents.push((Purpose::HeldBack, "held_back", flush.held_back, sealed));
    }
    let mut files = Vec::new();
    for (purpose, holds, rows, bytes) in contents {
        let blob = scope.sealer.seal(purpose, flush.at.day(), &bytes, entropy);
        scope
            .stores
            .landing
            .put_sealed(&blob)
            .await
            .expect("memory");
        files.push(FileEntry {
            file: LandingFile::from(&blob),
            holds: holds.to_owned(),
            rows,
            bytes: blob.bytes().len() as u64,
            sha256: blob.sha256(),
            first: None,
        });
    }
    files
}

/// Lines of an index, each of a source of its own but where it goes on.
fn index(flush: &Flush<'_>, entropy: &mut Entropy) -> Vec<u8> {
    let landed = flush.landed.iter().map(|c| (c.id, None));
    let held_back = (0..flush.held_back).map(|_| (ResearchId::draw(entropy), Some("language")));
    let lines: Vec<_> = landed.chain(held_back).collect();
    let mut out = Vec::new();
    for (conversation_id, held_back) in lines {
        let subject = KeyedDigest::parse(&hex::encode(entropy.bytes::<16>()));
        let line = IndexLine {
            subject: subject.expect("32 digits"),
            conversation_id,
            first: None,
            held_back: held_back.map(str::to_owned),
        };
        serde_json::to_writer(&mut out, &line).expect("memory takes all");
        out.push(b'\n');
    }
    out
}

fn evidence(
    scope: &Scope,
    place: &TopicPartition,
    tail: &Tail,
    files: Vec<FileEntry>,
    flush: &Flush<'_>,
) -> Evidence {
    let read = flush.landed.len() as u64 + flush.held_back;
    let held_back = (flush.held_back > 0).then(|| (String::from("language"), flush.held_back));
    Evidence {
        version: EVIDENCE_VERSION,
        tenant: scope.id().clone(),
        place: place.clone(),
        slot: tail.next,
        previous: tail.heads.get(scope.id()).copied().unwrap_or_default(),
        at: flush.at,
        counts: Counts {
            read,
            committed: read,
            ..Counts::default()
        },
        files,
        conversations: flush.landed.len() as u64,
        turns: flush.landed.iter().map(|c| c.turns.len() as u64).sum(),
        held_back: held_back.into_iter().collect(),
        continued: 0,
        causes: BTreeMap::new(),
        findings: BTreeMap::new(),
        unmapped: BTreeMap::new(),
        withheld: BTreeMap::new(),
        policy: scope.tenant.policy.hash,
        authorization: String::new(),
        engine: ENGINE_VERSION.to_owned(),
        inference: None,
        notes: Vec::new(),
    }
}

pub(super) async fn put_evidence(
    scope: &Scope,
    evidence: &Evidence,
    entropy: &mut Entropy,
) -> Leaf {
    let bytes = Bytes::from(evidence.to_bytes());
    let name = BlobName::draw(entropy);
    let sha256 = Sha256::of(&bytes);
    let landing = &scope.stores.landing;
    let put = landing.put_evidence(scope.id(), name, bytes);
    put.await.expect("memory");
    Leaf {
        name: name.to_string(),
        sha256,
    }
}

pub(super) fn slot(scope: &Scope, tail: Tail, evidence: &Evidence, leaf: Leaf) -> Slot {
    let end = tail.end + evidence.counts.read as i64;
    let mut heads = tail.heads;
    heads.insert(scope.id().clone(), leaf.sha256);
    Slot {
        version: SLOT_VERSION,
        n: tail.next,
        previous: tail.hash,
        writer: WriterId::default(),
        attempt: WriterId::default(),
        start: tail.end,
        end,
        open: OpenOffsets::default(),
        counts: evidence.counts.clone(),
        leaves: BTreeMap::from([(scope.id().clone(), leaf)]),
        heads,
        policies: vec![evidence.policy],
        code: String::from("0"),
        low_watermark: OFFSET,
        last_record: Some(LastRecord {
            offset: end - 1,
            digest: String::from("aa"),
        }),
        ages: Ages::default(),
        boundary: None,
    }
}
