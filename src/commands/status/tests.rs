//! What the status says of a small river.

use std::path::Path;

use super::*;
use crate::config::resolved::Source;
use crate::config::{self, Around};
use crate::domain::{Sha256, TopicPartition};
use crate::ledger::verify::river::{Memory, Writer, range};
use crate::ledger::{Attestation, Deed, ReleaseDeed, WithdrawalReason};
use crate::seal::KeyedDigest;

const NOW: EpochMs = EpochMs(1_800_000_000_000);

/// The example's configuration with the stores of `memory`.
fn opened(memory: &Memory) -> Opened {
    let lookup = |name: &str| {
        let key = Sha256::of(name.as_bytes());
        name.ends_with("_KEY").then(|| key.to_string())
    };
    let around = Around {
        lookup: &lookup,
        now: NOW,
    };
    let file = Path::new("pipelines/example/pipeline.yaml");
    let loaded = config::load(file, &around).expect("the example is good");
    let mut config = loaded.config;
    config.pipeline.observe.listen = None;
    Opened {
        config,
        disabled: loaded.disabled,
        stores: memory.stores(),
    }
}

async fn of(memory: &Memory, count: bool) -> Status {
    status(&opened(memory), NOW, count).await.expect("reads")
}

#[tokio::test]
async fn an_empty_river_has_a_status() {
    let status = of(&Memory::new(), true).await;
    assert!(!status.tenants.is_empty());
    for tenant in &status.tenants {
        assert_eq!((tenant.landed, tenant.unreleased_slots), (0, 0));
        assert_eq!(tenant.due, gather::Due::default());
    }
    let text = show::text(&status);
    assert!(text.contains("none answers"), "{text}");
    assert!(text.contains("no release yet"), "{text}");
}

#[tokio::test]
async fn releases_holds_and_what_waits_are_counted() {
    let memory = Memory::new();
    let mut north = Writer::new(&memory.stores(), "north-clinic");
    let mut log = Writer::begin(TopicPartition::new("voice.north-clinic.turns", 0));
    north.slot(&mut log, &[]).await;
    north.release(1, vec![range(&log, 0, 1)], 3).await;
    north.slot(&mut log, &[11]).await;
    let hold = String::from("h");
    north
        .deed(Deed::HoldPlaced {
            hold,
            freezes: false,
            reason: None,
        })
        .await;
    let attestation = Attestation {
        until: NOW.plus(12 * 86_400_000 + 5),
        statement: KeyedDigest::parse(&"0b".repeat(16)).expect("32 digits"),
    };
    north.deed(Deed::Attested(attestation)).await;
    let reason = WithdrawalReason::Defective;
    north.deed(Deed::Withdrawn { release: 1, reason }).await;
    let mut other = Writer::begin(TopicPartition::new("of.nobody", 4));
    north.slot(&mut other, &[]).await;

    let status = of(&memory, true).await;
    let is_north = |t: &&TenantReport| t.tenant == north.tenant;
    let tenant = status.tenants.iter().find(is_north).expect("configured");
    assert_eq!((tenant.landed, tenant.released), (3, 0), "nothing stands");
    assert_eq!(tenant.held_back["language"], 1);
    assert_eq!((tenant.unreleased_slots, tenant.holds), (1, 1));
    let waiting = tenant.unreleased.expect("counted");
    assert_eq!((waiting.landed, waiting.held_back), (2, 1));
    assert_eq!(tenant.last_release, Some(1));
    assert!(tenant.due.release.is_some() && tenant.due.quarantine.is_some());
    assert_eq!(status.unowned.len(), 1);
    assert_eq!(of(&memory, false).await.tenants[0].unreleased, None);

    let text = show::text(&status);
    for part in [
        "voice.north-clinic.turns/0 epoch 0: 2 slots to offset 20, a restart reads from 11, 1 records open",
        "release 1 is the last; of 3 conversations that landed 0 are released; 1 held back",
        "release 1 was withdrawn",
        "its attestation lapses in 12 days",
        "no attestation is in force, so nothing is released",
        "1 slot waits for a release: 2 conversations landed, 1 held back",
        "1 holds in force",
        "log of no tenant: of.nobody/4",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
}

#[tokio::test]
async fn nothing_is_due_at_a_source_that_cannot_be_purged() {
    let memory = Memory::new();
    let mut north = Writer::new(&memory.stores(), "north-clinic");
    let mut log = Writer::begin(TopicPartition::new("voice.north-clinic.turns", 0));
    north.slot(&mut log, &[]).await;
    let mut opened = opened(&memory);
    let due = "oldest record at the source";
    for told in [true, false] {
        let status = status(&opened, NOW, false).await.expect("reads");
        assert_eq!(show::text(&status).contains(due), told);
        opened.config.pipeline.source = Source::File {
            topic: String::from("calls"),
            paths: Vec::new(),
        };
    }
}

#[tokio::test]
async fn what_a_successor_took_over_is_counted_once() {
    let memory = Memory::new();
    let mut north = Writer::new(&memory.stores(), "north-clinic");
    let mut log = Writer::begin(TopicPartition::new("voice.north-clinic.turns", 0));
    north.slot(&mut log, &[]).await;
    north.release(1, vec![range(&log, 0, 1)], 3).await;
    let successor = ReleaseDeed {
        number: 2,
        landed: 2,
        released: 1,
        held_back: [(String::from("small_cell"), 1)].into(),
        supersedes: Some(1),
        ..ReleaseDeed::default()
    };
    north.deed(Deed::Released(successor)).await;
    let status = of(&memory, false).await;
    let is_north = |t: &&TenantReport| t.tenant == north.tenant;
    let tenant = status.tenants.iter().find(is_north).expect("configured");
    assert_eq!((tenant.landed, tenant.released), (3, 1));
    assert_eq!(tenant.held_back.values().sum::<u64>(), 2);
}

#[tokio::test]
async fn no_secret_of_the_configuration_is_in_it() {
    let memory = Memory::new();
    let opened = opened(&memory);
    let status = status(&opened, NOW, false).await.expect("reads");
    let text = format!("{}{}", serde_json::json!(status), show::text(&status));
    for tenant in opened.config.tenants.values() {
        assert!(!text.contains(&hex::encode(tenant.keys.sealing.expose())));
        assert!(!text.contains(&hex::encode(tenant.keys.ledger.expose())));
        assert!(!text.contains(&tenant.authorization.baa_reference));
    }
}
