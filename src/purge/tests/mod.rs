//! Purge against scripted parts: one tenant, one partition, slots of ten
//! records a second apart, on stores in memory.

mod crash;
mod files;
mod month;
mod parts;
mod records;
mod timers;
mod unusual;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use object_store::memory::InMemory;

use super::report::PurgeReport;
use super::{PurgeError, Purger, Run};
use crate::config::Secret;
use crate::config::resolved::{Keys, PurgeAfter, Tenant, Timers};
use crate::domain::{Entropy, EpochMs, Sha256, TopicPartition};
use crate::gate::Routes;
use crate::lake::append::{Appended, append};
use crate::lake::layout::{LandingFile, ReleaseDir};
use crate::lake::log::{
    Ages, Counts, LastRecord, Leaf, OpenOffsets, SLOT_VERSION, Slot, Tail, WriterId,
};
use crate::lake::read;
use crate::lake::store::{LandingStore, ResearchStore, StateStore};
use crate::ledger::{
    Deed, EVIDENCE_VERSION, Entry, Evidence, FileEntry, InputRange, Receipt, ReleaseDeed,
    ReleasedFile, TenantChain,
};
use crate::scope::{Scope, Stores};
use crate::seal::{BlobName, Purpose, seal_to_operator};
use parts::{Cluster, Connection, Fuse, Fused, Topic};

const SECOND: i64 = 1000;
const DAY: i64 = 86_400 * SECOND;
/// When record 0 was written and read: later than any clock that writes to a
/// store in a test, so that every file is old enough to be swept.
const START: EpochMs = EpochMs(4_000_000_000_000);
const UNCLAIMED_MS: i64 = 2 * DAY;

/// The world outside a process.
struct World {
    state: Arc<InMemory>,
    landing: Arc<InMemory>,
    research: Arc<InMemory>,
    cluster: Arc<Mutex<Cluster>>,
    tenant: Tenant,
    place: TopicPartition,
    entropy: Entropy,
    /// When records are written and slots made; a second a record from [`START`]
    /// on where that is left open.
    clock: Option<EpochMs>,
    /// Records of a slot.
    records: i64,
    /// What each slot named.
    named: Vec<Vec<LandingFile>>,
}

pub(crate) fn tenant(after: PurgeAfter) -> Tenant {
    Tenant {
        topics: vec![String::from("calls")],
        keys: Keys {
            sealing: Secret::new([1; 32]),
            ledger: Secret::new([2; 32]),
        },
        timers: Timers {
            kafka_ms: 10 * DAY,
            kafka_after: after,
            quarantine_ms: 5 * DAY,
            held_back_ms: 4 * DAY,
            landing_grace_ms: DAY,
            state_ms: DAY,
        },
        ..crate::gate::tenant("north", START.plus(1000 * DAY))
    }
}

impl World {
    fn new(after: PurgeAfter) -> Self {
        let place = TopicPartition::new("calls", 0);
        let cluster = Cluster {
            topics: BTreeMap::from([(place.clone(), Topic::default())]),
            ..Cluster::default()
        };
        Self {
            state: Arc::default(),
            landing: Arc::default(),
            research: Arc::default(),
            cluster: Arc::new(Mutex::new(cluster)),
            tenant: tenant(after),
            place,
            entropy: Entropy::from_u64(7),
            clock: None,
            records: 10,
            named: Vec::new(),
        }
    }

    /// A scope of a process with this fuse.
    fn scope(&mut self, fuse: &Arc<Fuse>) -> Scope {
        let fused = |store: &Arc<InMemory>| Arc::new(Fused(Arc::clone(store), Arc::clone(fuse)));
        let stores = Stores {
            state: StateStore::new(fused(&self.state)),
            landing: LandingStore::new(fused(&self.landing)),
            research: ResearchStore::new(fused(&self.research)),
        };
        let writer = WriterId::draw(&mut self.entropy);
        Scope::new(&Arc::new(self.tenant.clone()), &stores, writer)
    }

    fn well(&mut self) -> Scope {
        self.scope(&Fuse::none())
    }

    fn connection(&self, fuse: &Arc<Fuse>) -> Connection {
        Connection(Arc::clone(&self.cluster), Arc::clone(fuse))
    }

    fn cluster(&self) -> std::sync::MutexGuard<'_, Cluster> {
        self.cluster.lock().expect("no test panics in here")
    }

    fn low(&self) -> i64 {
        self.cluster().topics[&self.place].low
    }

    /// A fresh process.
    fn purger(&mut self, fuse: &Arc<Fuse>) -> Purger {
        let scope = self.scope(fuse);
        let routes = Routes::of([&self.tenant]).expect("one topic");
        Purger::new(scope, routes, UNCLAIMED_MS)
    }

    /// A run of a fresh process at `now`.
    async fn try_run(&mut self, now: EpochMs, fuse: &Arc<Fuse>) -> Result<PurgeReport, PurgeError> {
        let mut purger = self.purger(fuse);
        let connection = self.connection(fuse);
        let mut run = Run {
            now,
            execute: true,
            entropy: &mut self.entropy,
        };
        purger.run(Some(&connection), &mut run).await
    }

    async fn run(&mut self, now: EpochMs) -> PurgeReport {
        let done = self.try_run(now, &Fuse::none()).await;
        done.expect("everything answers")
    }

    /// Commits a slot that leaves `open` open, with a file for
    /// each of `purposes` (`None` for unclaimed).
    async fn commit(&mut self, open: &[i64], purposes: &[Option<Purpose>]) {
        let scope = self.well();
        let chain = read::log(&self.place, 0);
        let tail = read::tail(&scope.stores.state, &chain).await;
        let tail = tail.expect("reads").unwrap_or_else(|| Tail::begin(0));
        let time = |offset| self.clock.unwrap_or(START.plus(offset * SECOND));
        let offsets = tail.end..tail.end + self.records;
        let times: Vec<(i64, EpochMs)> = offsets.map(|offset| (offset, time(offset))).collect();
        let at = times[times.len() - 1].1;
        let mut files = Vec::new();
        for purpose in purposes {
            files.push(self.file(&scope, *purpose).await);
        }
        self.named
            .push(files.iter().map(|f| f.file.clone()).collect());
        let evidence = evidence(&scope, &self.place, &tail, at, files);
        let name = BlobName::draw(&mut self.entropy);
        let bytes = Bytes::from(evidence.to_bytes());
        let sha256 = Sha256::of(&bytes);
        let put = scope.stores.landing.put_evidence(scope.id(), name, bytes);
        put.await.expect("memory takes it");
        let leaf = Leaf {
            name: name.to_string(),
            sha256,
        };
        let slot = slot(&scope, &tail, open, &times, leaf);
        let won = append(&scope.stores.state, &chain, slot.n, slot.to_bytes().into());
        assert_eq!(won.await, Appended::Won);
        let mut cluster = self.cluster();
        let topic = cluster.topics.get_mut(&self.place).expect("a partition");
        topic.times.extend(times.iter().map(|(_, time)| *time));
    }

    /// Seals a file and writes it.
    async fn file(&mut self, scope: &Scope, purpose: Option<Purpose>) -> FileEntry {
        let entropy = &mut self.entropy;
        let (file, bytes, sha256) = match purpose {
            Some(purpose) => {
                let blob = scope.sealer.seal(purpose, 1, b"words", entropy);
                let put = scope.stores.landing.put_sealed(&blob).await;
                put.expect("memory takes it");
                (LandingFile::from(&blob), blob.bytes().len(), blob.sha256())
            }
            None => {
                let (_, key) = crate::seal::operator_key_pair(entropy);
                let blob = seal_to_operator(&key, b"words", entropy).expect("a key");
                let put = scope.stores.landing.put_unclaimed(&blob).await;
                put.expect("memory takes it");
                (LandingFile::from(&blob), blob.bytes().len(), blob.sha256())
            }
        };
        FileEntry {
            file,
            holds: String::new(),
            rows: 1,
            bytes: bytes as u64,
            sha256,
            first: None,
        }
    }

    /// Appends a deed to the tenant's chain.
    async fn tell(&mut self, deed: Deed, at: EpochMs) {
        let journal = self.well().journal;
        let opened = journal.open(at, &mut self.entropy).await;
        let (chain, _) = opened.expect("opens");
        let won = journal.append(&chain, deed, at, None, &mut self.entropy);
        assert_eq!(won.await, Appended::Won);
    }

    async fn hold(&mut self, at: EpochMs) {
        let hold = String::from("h");
        self.tell(
            Deed::HoldPlaced {
                hold,
                freezes: false,
                reason: None,
            },
            at,
        )
        .await;
    }

    /// Releases slots `from..to` at `at`; its manifest is in research when
    /// `published`. Gives the staged file.
    async fn release(
        &mut self,
        range: std::ops::Range<u64>,
        at: EpochMs,
        published: bool,
    ) -> LandingFile {
        let scope = self.well();
        let opened = scope.journal.open(at, &mut self.entropy).await;
        let (chain, _) = opened.expect("opens");
        let number = chain.releases.len() as u32 + 1;
        let area = chain.area.expect("founded");
        let manifest = ReleaseDir { area, number }.manifest();
        let bytes = Bytes::from_static(b"{}");
        let sha256 = Sha256::of(&bytes);
        if published {
            scope.stores.research.put_if_absent(&manifest, bytes).await;
        }
        let staged = self.file(&scope, Some(Purpose::Stage)).await.file;
        let file = ReleasedFile {
            staged: staged.clone(),
            path: manifest.to_string(),
            rows: 0,
            bytes: 2,
            sha256,
        };
        let inputs = vec![InputRange {
            place: self.place.clone(),
            epoch: 0,
            from: range.start,
            to: range.end,
        }];
        let deed = ReleaseDeed {
            number,
            inputs,
            files: vec![file],
            landed: 1,
            released: 1,
            ..ReleaseDeed::default()
        };
        self.tell(Deed::Released(deed), at).await;
        staged
    }

    /// The chain and its entries; every link is checked.
    async fn chain(&mut self) -> (TenantChain, Vec<Entry>) {
        self.well()
            .journal
            .read()
            .await
            .expect("the chain verifies")
    }

    async fn receipts(&mut self) -> Vec<Receipt> {
        let (_, entries) = self.chain().await;
        let receipts = entries.into_iter().filter_map(|entry| match entry.deed {
            Deed::Purged { receipt, .. } => Some(receipt),
            _ => None,
        });
        receipts.collect()
    }

    async fn exists(&mut self, file: &LandingFile) -> bool {
        let landing = self.well().stores.landing;
        landing.get(&file.path()).await.expect("reads").is_some()
    }

    /// Replaces or removes the bytes of a file behind everyone's back.
    async fn spoil(&mut self, file: &LandingFile, bytes: Option<&'static [u8]>) {
        use crate::lake::layout::Place;
        use object_store::ObjectStoreExt;
        let path = file.path();
        match bytes {
            Some(bytes) => drop(self.landing.put(path.as_path(), bytes.into()).await),
            None => drop(self.landing.delete(path.as_path()).await),
        }
    }
}

fn evidence(
    scope: &Scope,
    place: &TopicPartition,
    tail: &Tail,
    at: EpochMs,
    files: Vec<FileEntry>,
) -> Evidence {
    Evidence {
        version: EVIDENCE_VERSION,
        tenant: scope.id().clone(),
        place: place.clone(),
        slot: tail.next,
        previous: Sha256::default(),
        at,
        counts: Counts::default(),
        files,
        conversations: 0,
        turns: 0,
        held_back: BTreeMap::new(),
        continued: 0,
        causes: BTreeMap::new(),
        findings: BTreeMap::new(),
        unmapped: BTreeMap::new(),
        withheld: BTreeMap::new(),
        policy: Sha256::default(),
        authorization: String::new(),
        engine: String::new(),
        inference: None,
        notes: Vec::new(),
    }
}

fn slot(scope: &Scope, tail: &Tail, open: &[i64], times: &[(i64, EpochMs)], leaf: Leaf) -> Slot {
    let (last, time) = times[times.len() - 1];
    let record = crate::source::Record::new(last, time, last.to_string().into());
    let (read, open_after) = (times.len() as u64, open.len() as u64);
    let open_before = tail.open.count();
    Slot {
        version: SLOT_VERSION,
        n: tail.next,
        previous: tail.hash,
        writer: WriterId::default(),
        attempt: WriterId::default(),
        start: tail.end,
        end: tail.end + times.len() as i64,
        open: OpenOffsets::from_ascending(open),
        counts: Counts {
            open_before,
            read,
            committed: open_before + read - open_after,
            open_after,
            ..Counts::default()
        },
        leaves: BTreeMap::from([(scope.id().clone(), leaf.clone())]),
        heads: BTreeMap::from([(scope.id().clone(), leaf.sha256)]),
        policies: Vec::new(),
        code: String::new(),
        low_watermark: 0,
        last_record: Some(LastRecord {
            offset: last,
            digest: crate::batch::record_digest(&scope.ledger_key, &record),
        }),
        ages: Ages::collect(times.iter().copied()),
        boundary: None,
    }
}
