//! Conversations of which more comes after they landed, from flush to release,
//! on stores in memory: by the real engine, tables, sealer and release.

mod refused;

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::AsArray;
use futures::TryStreamExt;
use object_store::memory::InMemory;
use object_store::{ObjectStore, ObjectStoreExt};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::*;
use crate::assemble::{Cause, Closed};
use crate::batch::{self, Context};
use crate::config::resolved::Assemble;
use crate::deid::tests::ENGINE;
use crate::domain::{
    Category, Entropy, KnownValue, Phi, RawConversation, RawTurn, Role, TopicPartition,
};
use crate::lake::append::{Appended, append};
use crate::lake::log::{Ages, Counts, OpenOffsets, Tail, WriterId};
use crate::lake::store::{LandingStore, ResearchStore, StateStore};
use crate::ledger::verify::{Ask, Flaw, verify};
use crate::release::{self, Outcome, Summary};
use crate::scope::Stores;
use crate::worker::perform::write_one;
use crate::worker::slot::build;
use crate::worker::{Draft, Flush, Ticket};

const HOUR: i64 = 3_600_000;
/// 2026-09-17.
const START: EpochMs = EpochMs(1_789_632_000_000);

const ASSEMBLE: Assemble = Assemble {
    end_grace_ms: 0,
    idle_ms: 0,
    max_turns: 10,
    max_bytes: 10_000,
    max_age_ms: 0,
    late_ms: HOUR,
};

/// One partition of one tenant, and the worker that holds it.
struct River {
    research: Arc<InMemory>,
    scope: Scope,
    carried: Carried,
    tail: Tail,
    now: EpochMs,
    entropy: Entropy,
}

impl River {
    fn new() -> Self {
        let mut tenant = crate::gate::tenant("north", START.plus(1000 * HOUR));
        tenant.topics = vec![String::from("calls")];
        tenant.timers.state_ms = HOUR;
        tenant.release.dating_override = Some(String::from("a test (someone)"));
        let research = Arc::new(InMemory::new());
        let stores = Stores {
            state: StateStore::new(Arc::new(InMemory::new())),
            landing: LandingStore::new(Arc::new(InMemory::new())),
            research: ResearchStore::new(research.clone()),
        };
        Self {
            research,
            scope: Scope::new(&Arc::new(tenant), &stores, WriterId::default()),
            carried: Carried::default(),
            tail: Tail::begin(0),
            now: START,
            entropy: Entropy::from_u64(5),
        }
    }

    fn place() -> TopicPartition {
        TopicPartition::new("calls", 0)
    }

    fn pass(&mut self, ms: i64) {
        self.now = self.now.plus(ms);
    }

    /// Another worker takes the partition over.
    async fn restart(&mut self) {
        let log = (Self::place(), 0);
        let loaded = load(&self.scope, &log, self.tail.next, self.now, HOUR).await;
        self.carried = loaded.expect("memory");
    }

    /// Commits what was closed as one slot.
    async fn commit(&mut self, closed: Vec<Closed>) -> Evidence {
        let conversations = closed.iter().map(|c| &c.conversation.conversation);
        let wanted = self
            .carried
            .wanted(&self.scope, conversations, self.now, HOUR);
        let states = fetch(&self.scope, &wanted).await;
        let recalled = open(&self.scope, &wanted, &states);
        let context = Context {
            engine: &ENGINE,
            tenant: &self.scope.tenant,
            sealer: &self.scope.sealer,
            ledger_key: &self.scope.ledger_key,
            operator_key: &[9; 32],
            assemble: &ASSEMBLE,
            now: self.now,
        };
        let flush = self.flush(closed);
        let batch = batch::prepare(&flush, &recalled, &context, &mut self.entropy);
        for file in &batch.prepared.files {
            write_one(file, &self.scope).await.expect("memory");
        }
        let (tenant, id) = (self.scope.id(), WriterId::default());
        let last = Some(flush.draft.end);
        let slot = build(flush.draft, &batch.prepared, last, tenant, id, id);
        let slot = slot.expect("it follows");
        let log = read::log(&Self::place(), 0);
        let bytes = Bytes::from(slot.to_bytes());
        let won = append(&self.scope.stores.state, &log, slot.n, bytes.clone()).await;
        assert_eq!(won, Appended::Won);
        self.tail = Tail::after(&slot, &bytes);
        self.carried.add(&batch.evidence, &batch.index);
        self.carried.forget(self.now, HOUR);
        batch.evidence
    }

    fn flush(&self, closed: Vec<Closed>) -> Flush {
        let read = closed.iter().map(|c| c.offsets.len() as u64).sum();
        Flush {
            ticket: Ticket {
                partition: Self::place(),
                generation: 1,
            },
            tenant: self.scope.id().clone(),
            closed,
            quarantined: Vec::new(),
            unclaimed: Vec::new(),
            last_record: None,
            unmapped: BTreeMap::new(),
            draft: Draft {
                base: self.tail.clone(),
                end: self.tail.end + read as i64,
                open: OpenOffsets::default(),
                counts: Counts {
                    read,
                    committed: read,
                    ..Counts::default()
                },
                ages: Ages::default(),
                low_watermark: 0,
            },
        }
    }

    /// What does not verify, of files too.
    async fn flaws(&self) -> Vec<Flaw> {
        let ask = Ask {
            deep: true,
            ..Ask::default()
        };
        let report = verify(&self.scope.stores, &ask, &mut |_| ()).await;
        report.expect("memory").flaws
    }

    async fn release(&mut self) -> Outcome {
        release::attest(&self.scope).await;
        let released = release::run(&self.scope, self.now, true, &mut self.entropy).await;
        released.expect("a release").outcome
    }

    async fn released(&mut self) -> Summary {
        match self.release().await {
            Outcome::Released(summary) => summary,
            other => panic!("{other:?}"),
        }
    }

    /// What research reads: each conversation's turns, sorted.
    async fn read(&self) -> Vec<Vec<String>> {
        let listed: Vec<_> = self.research.list(None).try_collect().await.expect("lists");
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for meta in listed {
            let path = meta.location.to_string();
            if !(path.contains("/turns/") && path.ends_with(".parquet")) {
                continue;
            }
            let bytes = self
                .research
                .get(&meta.location)
                .await
                .expect("it is there");
            let bytes = bytes.bytes().await.expect("memory");
            let rows = ParquetRecordBatchReaderBuilder::try_new(bytes).expect("Parquet");
            for rows in rows.build().expect("a reader") {
                let rows = rows.expect("rows");
                let ids = rows["conversation_id"].as_string::<i32>();
                let texts = rows["text"].as_string::<i32>();
                for (id, text) in ids.iter().zip(texts.iter()) {
                    let turns = found.entry(id.expect("an id").to_owned()).or_default();
                    turns.push(text.expect("a text").to_owned());
                }
            }
        }
        let mut turns: Vec<_> = found.into_values().collect();
        turns.sort();
        turns
    }
}

/// A closed conversation of turns `key text`, by the user and the agent in
/// turn.
fn said(id: &str, turns: &[&str]) -> Closed {
    let turn = |(i, said): (usize, &&str)| {
        let (key, text) = said.split_once(' ').expect("a key and a text");
        RawTurn {
            key: Some(Phi::new(key.to_owned())),
            role: if i % 2 == 0 { Role::User } else { Role::Agent },
            text: Phi::new(text.to_owned()),
            ..RawTurn::default()
        }
    };
    Closed {
        revisions: Vec::new(),
        conversation: RawConversation {
            tenant: crate::gate::tenant("north", START).id,
            conversation: ConversationRef::new(id),
            channel: Default::default(),
            language: None,
            year: Some(2026),
            turns: turns.iter().enumerate().map(turn).collect(),
            known: Vec::new(),
            attributes: Default::default(),
            provenance: Default::default(),
            incomplete: false,
        },
        offsets: vec![0],
        superseded: 0,
        cause: Cause::End,
        bytes: 0,
    }
}

const MORNING: &str = "1 good morning i have had this cough for two weeks";

#[tokio::test]
async fn what_comes_late_is_joined_corrected_and_read_with_the_rest() {
    let mut river = River::new();
    let first = said("a", &[MORNING, "2 thank you delphine how can i help"]);
    river.commit(vec![first, said("b", &[MORNING])]).await;
    river.pass(HOUR / 3);
    river.restart().await;
    // The name is first said as one in the last part.
    let last = [
        "3 my name is delphine okonkwo and i take metformin",
        "2 thank you delphine how can we help",
    ];
    river.commit(vec![said("a", &last)]).await;
    river.pass(HOUR);
    let summary = river.released().await;
    let figures = (
        summary.landed,
        summary.released,
        summary.turns,
        summary.late,
    );
    assert_eq!(figures, (2, 2, 4, 0));
    let turns = river.read().await;
    assert_eq!(turns[0], [&MORNING[2..]]);
    let joined = &turns[1];
    assert_eq!(joined.len(), 3);
    assert!(joined[1].ends_with("how can we help"), "the correction");
    assert!(joined[2].contains("metformin"));
    let leaks = joined
        .iter()
        .any(|t| t.contains("delphine") || t.contains("okonkwo"));
    assert!(!leaks, "{joined:?}");
    assert_eq!(river.release().await, Outcome::NothingNew);
}

#[tokio::test]
async fn a_release_waits_until_nothing_can_follow_and_looks_beyond_its_slots() {
    let mut river = River::new();
    river.commit(vec![said("a", &[MORNING])]).await;
    river.pass(HOUR - 1);
    river
        .commit(vec![said("a", &["2 it is better"]), said("b", &[MORNING])])
        .await;
    assert_eq!(river.release().await, Outcome::MayGoOn);
    river.pass(1);
    let summary = river.released().await;
    assert_eq!((summary.landed, summary.released, summary.turns), (1, 1, 2));
    // Too late: another conversation.
    river.commit(vec![said("a", &["3 one more thing"])]).await;
    river.pass(HOUR);
    let summary = river.released().await;
    assert_eq!((summary.landed, summary.released, summary.late), (2, 2, 0));
    assert_eq!(river.read().await.len(), 3);
    assert_eq!(river.flaws().await, [], "all is accounted for");
}

#[tokio::test]
async fn the_last_word_decides_whether_it_is_held_back() {
    let spanish =
        "2 hola doctor tengo mucho dolor de cabeza desde ayer por la noche y no puedo dormir nada";
    let mut river = River::new();
    river
        .commit(vec![said("a", &[MORNING]), said("b", &[MORNING])])
        .await;
    river.commit(vec![said("c", &[spanish])]).await;
    river.commit(vec![said("a", &[spanish])]).await;
    // A correction takes back what could not be judged.
    river
        .commit(vec![said("c", &["2 it is much better now thank you"])])
        .await;
    river.pass(HOUR);
    let summary = river.released().await;
    assert_eq!((summary.landed, summary.released), (3, 2));
    assert_eq!(summary.held_back.values().sum::<u64>(), 1);
    let expected = [
        vec![MORNING[2..].to_owned()],
        vec![String::from("it is much better now thank you")],
    ];
    assert_eq!(river.read().await, expected);
}

/// The sealed states of a slot: when their timers began, and how many
/// conversations are in each.
fn states(evidence: &Evidence) -> Vec<(EpochMs, u64)> {
    let states = evidence.files.iter().filter(|file| file.holds == "state");
    states
        .map(|file| (file.first.unwrap_or(evidence.at), file.rows))
        .collect()
}

#[tokio::test]
async fn a_sealed_state_goes_by_the_time_of_the_first_part() {
    let mut river = River::new();
    let first = river.commit(vec![said("a", &[MORNING])]).await;
    assert_eq!(states(&first), [(START, 1)]);
    river.pass(HOUR / 2);
    let more = vec![said("a", &["2 it is better"]), said("b", &[MORNING])];
    let second = river.commit(more).await;
    let half = START.plus(HOUR / 2);
    assert_eq!(states(&second), [(half, 1), (START, 1)]);
    river.restart().await;
    river.pass(HOUR / 2 - 1);
    let more = ["a", "b"].map(|id| said(id, &["3 goodbye"]));
    let third = river.commit(more.into()).await;
    assert_eq!(states(&third), [(START, 1), (half, 1)]);
    river.pass(HOUR);
    let summary = river.released().await;
    assert_eq!((summary.landed, summary.released, summary.turns), (2, 2, 5));
}

#[tokio::test]
async fn what_only_names_someone_is_read_with_what_landed_and_is_nothing_by_itself() {
    let known = |id: &str| {
        let mut closed = said(id, &[]);
        closed.conversation.known.push(KnownValue {
            category: Category::Person,
            value: Phi::new(String::from("Quillon")),
        });
        closed
    };
    let mut river = River::new();
    river
        .commit(vec![said(
            "a",
            &["1 tell quillon that the cough is better"],
        )])
        .await;
    river.commit(vec![known("a"), known("b")]).await;
    assert!(river.tail.next == 2);
    river.pass(HOUR);
    let summary = river.released().await;
    assert_eq!((summary.landed, summary.released), (1, 1));
    assert!(!river.read().await[0][0].contains("quillon"));
}

#[tokio::test]
async fn a_conversation_that_grows_beyond_bounds_becomes_another() {
    let mut river = River::new();
    let turns: Vec<String> = (0..9).map(|i| format!("{i} it is better")).collect();
    let nine: Vec<&str> = turns.iter().map(String::as_str).collect();
    for part in 0..5 {
        let keys: Vec<String> = nine.iter().map(|t| format!("{part}{t}")).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        river.commit(vec![said("a", &keys)]).await;
    }
    river.pass(HOUR);
    let summary = river.released().await;
    assert_eq!(
        (summary.landed, summary.released, summary.turns),
        (2, 2, 45)
    );
}

#[tokio::test]
async fn a_conversation_closed_twice_in_a_flush_lands_once() {
    let mut river = River::new();
    let parts = ["2 it is better", "3 goodbye"].map(|turn| said("a", &[turn]));
    let [second, third] = parts;
    river
        .commit(vec![
            said("a", &[MORNING]),
            second,
            said("b", &[MORNING]),
            third,
        ])
        .await;
    river.pass(HOUR);
    let summary = river.released().await;
    assert_eq!((summary.landed, summary.released, summary.turns), (2, 2, 4));
}

#[tokio::test]
async fn what_a_new_worker_reads_is_what_the_old_one_knew() {
    let mut river = River::new();
    for i in 0..150 {
        let ids = [format!("c{}", i % 40), format!("d{i}")];
        river
            .commit(ids.iter().map(|id| said(id, &[MORNING])).collect())
            .await;
        river.pass(HOUR / 90);
    }
    let known = |carried: &Carried| {
        let of = |(subject, kept): (&KeyedDigest, &Kept)| (*subject, kept.earlier, kept.state);
        let mut all: Vec<_> = carried.by_subject.iter().map(of).collect();
        all.sort_by_key(|(subject, ..)| *subject);
        all
    };
    river.carried.forget(river.now, HOUR);
    let before = known(&river.carried);
    assert!(before.len() > 80, "{}", before.len());
    river.restart().await;
    assert_eq!(known(&river.carried), before);
}
