//! A small river, written as the program writes one.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use object_store::memory::InMemory;

use crate::config::Secret;
use crate::config::resolved::Keys;
use crate::domain::{Entropy, EpochMs, Sha256, TenantId, TopicPartition};
use crate::lake::append::{Appended, append};
use crate::lake::layout::{AreaId, LandingFile, ReleaseDir, ResearchPath};
use crate::lake::log::{
    Ages, Counts, Hand, Leaf, OpenOffsets, Remark, SLOT_VERSION, Slot, Tail, WriterId,
};
use crate::lake::read;
use crate::lake::store::{LandingStore, PutAnswer, ResearchStore, StateStore};
use crate::ledger::{
    Deed, EVIDENCE_VERSION, Evidence, FileEntry, FilePurge, InputRange, Journal, KafkaPurge,
    PurgeTarget, Receipt, ReleaseDeed, ReleasedFile,
};
use crate::scope::Stores;
use crate::seal::{BlobName, Purpose, Sealer};
use crate::table::Table;

/// The three stores' memories.
#[derive(Debug)]
pub(crate) struct Memory {
    pub(crate) state: Arc<InMemory>,
    pub(crate) landing: Arc<InMemory>,
    pub(crate) research: Arc<InMemory>,
}

impl Memory {
    pub(crate) fn new() -> Self {
        let memory = || Arc::new(InMemory::new());
        Self {
            state: memory(),
            landing: memory(),
            research: memory(),
        }
    }

    /// A copy that can be changed alone.
    pub(crate) fn fork(&self) -> Self {
        Self {
            state: Arc::new(self.state.fork()),
            landing: Arc::new(self.landing.fork()),
            research: Arc::new(self.research.fork()),
        }
    }

    pub(crate) fn stores(&self) -> Stores {
        Stores {
            state: StateStore::new(self.state.clone()),
            landing: LandingStore::new(self.landing.clone()),
            research: ResearchStore::new(self.research.clone()),
        }
    }
}

/// A log that is being written.
pub(crate) struct Writing {
    pub(crate) place: TopicPartition,
    pub(crate) epoch: u32,
    pub(crate) tail: Tail,
}

/// Writes logs and chains of one tenant.
pub(crate) struct Writer {
    pub(crate) stores: Stores,
    pub(crate) tenant: TenantId,
    sealer: Sealer,
    journal: Journal,
    pub(crate) entropy: Entropy,
}

impl Writer {
    pub(crate) fn new(stores: &Stores, tenant: &str) -> Self {
        let tenant = TenantId::parse(tenant).expect("a name");
        let keys = Keys {
            sealing: Secret::new([1; 32]),
            ledger: Secret::new([2; 32]),
        };
        Self {
            sealer: Sealer::new(&tenant, &keys),
            journal: Journal::new(stores.state.clone(), tenant.clone(), WriterId::default()),
            stores: stores.clone(),
            entropy: Entropy::from_u64(tenant.as_str().len() as u64),
            tenant,
        }
    }

    pub(crate) fn begin(place: TopicPartition) -> Writing {
        let (epoch, tail) = (0, Tail::begin(0));
        Writing { place, epoch, tail }
    }

    fn hand(&mut self) -> Hand {
        Hand {
            writer: WriterId::default(),
            attempt: WriterId::draw(&mut self.entropy),
        }
    }

    async fn sealed(&mut self, purpose: Purpose, holds: &str) -> FileEntry {
        let content = self.entropy.bytes::<40>();
        let blob = self.sealer.seal(purpose, 1, &content, &mut self.entropy);
        self.stores.landing.put_sealed(&blob).await.expect("put");
        FileEntry {
            file: LandingFile::from(&blob),
            holds: holds.to_owned(),
            rows: 1,
            bytes: blob.bytes().len() as u64,
            sha256: blob.sha256(),
            first: None,
        }
    }

    /// Writes a slot of ten records, `open` of which stay open, with two
    /// conversations, one held back and one quarantined record.
    pub(crate) async fn slot(&mut self, log: &mut Writing, open: &[i64]) -> Vec<FileEntry> {
        let open = OpenOffsets::from_ascending(open);
        let before = log.tail.open.count();
        let counts = Counts {
            open_before: before,
            read: 10,
            committed: 10 + before - 1 - open.count(),
            quarantined: 1,
            dropped: BTreeMap::new(),
            open_after: open.count(),
        };
        let files = vec![
            self.sealed(Purpose::Landing, "conversations").await,
            self.sealed(Purpose::Quarantine, "quarantine").await,
        ];
        let leaf = self.evidence(log, &counts, &files).await;
        let mut heads = log.tail.heads.clone();
        heads.insert(self.tenant.clone(), leaf.sha256);
        let hand = self.hand();
        let slot = Slot {
            version: SLOT_VERSION,
            n: log.tail.next,
            previous: log.tail.hash,
            writer: hand.writer,
            attempt: hand.attempt,
            start: log.tail.end,
            end: log.tail.end + 10,
            open,
            counts,
            leaves: BTreeMap::from([(self.tenant.clone(), leaf)]),
            heads,
            policies: vec![Sha256([9; 32])],
            code: String::from("0.1.0"),
            low_watermark: 0,
            last_record: None,
            ages: Ages::collect((log.tail.end..log.tail.end + 10).map(|o| (o, EpochMs(0)))),
            boundary: None,
        };
        self.append(log, &slot).await;
        files
    }

    async fn evidence(&mut self, log: &Writing, counts: &Counts, files: &[FileEntry]) -> Leaf {
        let previous = log.tail.heads.get(&self.tenant).copied();
        let evidence = Evidence {
            version: EVIDENCE_VERSION,
            tenant: self.tenant.clone(),
            place: log.place.clone(),
            slot: log.tail.next,
            previous: previous.unwrap_or_default(),
            at: EpochMs(5),
            counts: counts.clone(),
            files: files.to_vec(),
            conversations: 2,
            turns: 20,
            held_back: BTreeMap::from([(String::from("language"), 1)]),
            continued: 0,
            causes: BTreeMap::new(),
            findings: BTreeMap::new(),
            unmapped: BTreeMap::new(),
            withheld: BTreeMap::new(),
            policy: Sha256([9; 32]),
            authorization: String::from("00"),
            engine: String::from("0.1.0"),
            inference: None,
            notes: Vec::new(),
        };
        let bytes = Bytes::from(evidence.to_bytes());
        let sha256 = Sha256::of(&bytes);
        let name = BlobName::draw(&mut self.entropy);
        let landing = &self.stores.landing;
        let put = landing.put_evidence(&self.tenant, name, bytes).await;
        put.expect("put");
        let name = name.to_string();
        Leaf { name, sha256 }
    }

    pub(crate) async fn append(&self, log: &mut Writing, slot: &Slot) {
        let chain = read::log(&log.place, log.epoch);
        let bytes = Bytes::from(slot.to_bytes());
        let answer = append(&self.stores.state, &chain, slot.n, bytes.clone()).await;
        assert_eq!(answer, Appended::Won);
        log.tail = Tail::after(slot, &bytes);
    }

    /// Ends the log's epoch and begins the next.
    pub(crate) async fn next_epoch(&mut self, log: &mut Writing, start: i64) {
        let by = Remark {
            actor: String::from("dana"),
            reason: String::from("made anew"),
            at: EpochMs(6),
        };
        let closing = Slot::closing(&log.tail, by.clone(), self.hand());
        self.append(log, &closing).await;
        let opening = Slot::opening(&log.tail, start, by, self.hand()).expect("closed");
        log.epoch += 1;
        self.append(log, &opening).await;
    }

    pub(crate) async fn deed(&mut self, deed: Deed) -> u64 {
        let opened = self.journal.open(EpochMs(1), &mut self.entropy).await;
        let (chain, _) = opened.expect("opens");
        let answer = self
            .journal
            .append(&chain, deed, EpochMs(8), None, &mut self.entropy)
            .await;
        assert_eq!(answer, Appended::Won);
        chain.next
    }

    pub(crate) async fn area(&mut self) -> AreaId {
        let opened = self.journal.open(EpochMs(1), &mut self.entropy).await;
        opened.expect("opens").0.area.expect("founded")
    }

    async fn publish(&mut self, path: ResearchPath) -> ReleasedFile {
        let content = Bytes::from(self.entropy.bytes::<32>().to_vec());
        let staged = self.sealed(Purpose::Stage, "stage").await.file;
        self.stores
            .landing
            .delete(&staged.path())
            .await
            .expect("deleted");
        let put = self.stores.research.put_if_absent(&path, content.clone());
        assert_eq!(put.await, PutAnswer::Created);
        ReleasedFile {
            staged,
            path: path.to_string(),
            rows: 1,
            bytes: content.len() as u64,
            sha256: Sha256::of(&content),
        }
    }

    /// Releases `inputs`, in which `landed` conversations landed.
    pub(crate) async fn release(&mut self, number: u32, inputs: Vec<InputRange>, landed: u64) {
        let area = self.area().await;
        let dir = ReleaseDir { area, number };
        let mut files = Vec::new();
        for path in [
            dir.part(Table::Conversations, Some(2026), 0),
            dir.part(Table::Turns, Some(2026), 0),
            dir.manifest(),
        ] {
            files.push(self.publish(path).await);
        }
        self.deed(Deed::Released(ReleaseDeed {
            number,
            inputs,
            files,
            landed,
            released: landed - 1,
            held_back: BTreeMap::from([(String::from("language"), 1)]),
            ..ReleaseDeed::default()
        }))
        .await;
    }

    /// Purges files, with a receipt.
    pub(crate) async fn purge_files(&mut self, entries: &[FileEntry]) {
        let files: Vec<_> = entries.iter().map(|entry| entry.file.clone()).collect();
        let target = PurgeTarget::Files(FilePurge {
            files: files.clone(),
        });
        let intent = self.deed(Deed::PurgeIntended { target }).await;
        for file in &files {
            let deleted = self.stores.landing.delete(&file.path()).await;
            deleted.expect("deleted");
        }
        let files = files.len() as u64;
        let receipt = Receipt::FilesGone { files };
        self.deed(Deed::Purged { intent, receipt }).await;
    }

    /// Purges records below `upto`, on the strength of a slot.
    pub(crate) async fn purge_records(&mut self, log: &Writing, upto: i64, verified_slot: u64) {
        let target = PurgeTarget::Kafka(KafkaPurge {
            place: log.place.clone(),
            epoch: log.epoch,
            upto,
            verified_slot,
        });
        let intent = self.deed(Deed::PurgeIntended { target }).await;
        let receipt = Receipt::RecordsGone {
            answered_low: upto,
            read_low: upto,
            fetch_below_refused: true,
            on_disk_until: EpochMs(9),
        };
        self.deed(Deed::Purged { intent, receipt }).await;
    }
}

/// Slots `from..to` of a log.
pub(crate) fn range(log: &Writing, from: u64, to: u64) -> InputRange {
    InputRange {
        place: log.place.clone(),
        epoch: log.epoch,
        from,
        to,
    }
}

/// Two tenants; one log in two epochs; releases, purges and holds.
pub(crate) async fn river() -> Memory {
    let memory = Memory::new();
    let stores = memory.stores();
    let mut north = Writer::new(&stores, "north");
    let mut log = Writer::begin(TopicPartition::new("north.calls", 0));
    let first = north.slot(&mut log, &[3, 7]).await;
    north.slot(&mut log, &[7, 12]).await;
    north.release(1, vec![range(&log, 0, 2)], 6).await;
    north.purge_files(&first).await;
    north.purge_records(&log, 7, 1).await;
    let hold = String::from("h1");
    north
        .deed(Deed::HoldPlaced {
            hold: hold.clone(),
            freezes: false,
            reason: None,
        })
        .await;
    let second = north.slot(&mut log, &[]).await;
    let files = second.into_iter().map(|entry| entry.file).collect();
    let target = PurgeTarget::Files(FilePurge { files });
    north.deed(Deed::PurgeIntended { target }).await;
    north.deed(Deed::HoldLifted { hold }).await;
    let closed = range(&log, 2, 4);
    north.next_epoch(&mut log, 35).await;
    north.slot(&mut log, &[36]).await;
    north.release(2, vec![closed, range(&log, 0, 2)], 6).await;
    let hold = String::from("h2");
    north
        .deed(Deed::HoldPlaced {
            hold,
            freezes: false,
            reason: None,
        })
        .await;

    let mut south = Writer::new(&stores, "south-east");
    let mut log = Writer::begin(TopicPartition::new("south.chats", 2));
    for _ in 0..3 {
        south.slot(&mut log, &[]).await;
    }
    south.release(1, vec![range(&log, 0, 3)], 9).await;
    memory
}
