//! What must hold, computed from the script and not from the program.

use std::collections::BTreeMap;

use super::broker::{Kind, Partition};
use super::chores::{Outside, PURGE_MS, Row, Tenancy};
use super::node::{IDLE_MS, Landed, MAX_AGE_MS, rows_of};
use super::store::Store;
use crate::config::resolved::PurgeAfter;
use crate::domain::{EpochMs, TopicPartition};
use crate::ledger::{Deed, Entry, KafkaPurge, TenantChain};

/// Checks one deletion at the moment before it is done.
pub(super) fn may_delete(
    tenancy: &Tenancy,
    chain: &TenantChain,
    entries: &[Entry],
    intent: u64,
    purge: &KafkaPurge,
    out: &Outside<'_>,
) -> Result<(), String> {
    if held_before(entries, intent) {
        return Err(format!("purge of {} though a hold came first", purge.place));
    }
    let slots = out.store.slots(&purge.place).map_err(|e| e.to_string())?;
    let covering = slots.iter().position(|slot| slot.resume() >= purge.upto);
    let Some(last) = covering else {
        return Err(format!("purge of {} beyond what has a fate", purge.place));
    };
    if slots[..=last]
        .iter()
        .any(|slot| rows_of(slot, out.store).is_none())
    {
        return Err(format!("purge of {} over lost evidence", purge.place));
    }
    let key = (purge.place.clone(), purge.epoch);
    let released = chain.released_to.get(&key).copied().unwrap_or(0);
    if tenancy.after == PurgeAfter::Released && released <= last as u64 {
        return Err(format!("purge of {} before its release", purge.place));
    }
    let broker = &out.brokers[&purge.place];
    let young = |offset: i64| {
        let record = broker.at(offset);
        record.is_some_and(|r| r.produced.plus(PURGE_MS) > out.now)
    };
    if (broker.low..purge.upto).any(young) {
        return Err(format!("purge of {} before its time", purge.place));
    }
    Ok(())
}

fn held_before(entries: &[Entry], intent: u64) -> bool {
    let before = entries.iter().filter(|entry| entry.n < intent);
    let held: i64 = before
        .map(|entry| match entry.deed {
            Deed::HoldPlaced { .. } => 1,
            Deed::HoldLifted { .. } => -1,
            _ => 0,
        })
        .sum();
    held > 0
}

/// Checks a partition's whole log when everything has come to rest.
pub(super) fn every_record_has_one_fate(
    place: &TopicPartition,
    broker: &Partition,
    store: &Store,
    spoilt: bool,
    bounded: bool,
) -> Result<Vec<Row>, String> {
    let slots = store.slots(place).map_err(|e| format!("{place}: {e}"))?;
    let mut fates: BTreeMap<i64, u32> = BTreeMap::new();
    let mut rows = Vec::new();
    for slot in slots.iter() {
        let Some(found) = rows_of(slot, store) else {
            if spoilt {
                return Ok(Vec::new());
            }
            return Err(format!("{place}: slot {} lost its evidence", slot.n));
        };
        for landed in &found.landed {
            justified(place, broker, landed, bounded)?;
            rows.push((place.clone(), landed.offsets[0]));
        }
        let landed = found.landed.iter().flat_map(|l| l.offsets.iter());
        for &offset in landed.chain(&found.quarantined) {
            *fates.entry(offset).or_default() += 1;
        }
    }
    let begun = slots.first().map_or(0, |slot| slot.start);
    for (offset, record) in (0_i64..).zip(&broker.records) {
        let Some(record) = record else { continue };
        let dropped = matches!(record.kind, Kind::Partial | Kind::Tombstone);
        let expected = u32::from(!dropped && offset >= begun);
        let count = fates.get(&offset).copied().unwrap_or(0);
        if count != expected {
            return Err(format!(
                "{place}: record {offset} ({:?}) has {count} fates instead of {expected}",
                record.kind
            ));
        }
    }
    Ok(rows)
}

/// Whether a conversation was rightly closed, whole and in order; `bounded`: its
/// tenant may take only so much.
fn justified(
    place: &TopicPartition,
    broker: &Partition,
    landed: &Landed,
    bounded: bool,
) -> Result<(), String> {
    let fail = |what: &str| Err(format!("{place}: conversation {what}: {landed:?}"));
    let records: Vec<_> = landed
        .offsets
        .iter()
        .filter_map(|&o| broker.at(o))
        .collect();
    if records
        .iter()
        .any(|r| r.conversation != landed.conversation)
    {
        return fail("mixed with another");
    }
    let mut sorted = landed.turns.clone();
    sorted.retain(|turn| landed.offsets.contains(turn));
    if sorted.len() != landed.turns.len() || !landed.offsets.is_sorted() {
        return fail("has turns that are not its own, or out of order");
    }
    let missing = landed.offsets.iter().filter(|o| !landed.turns.contains(o));
    for offset in missing {
        if !matches!(broker.at(*offset).map(|r| r.kind), Some(Kind::Keyed(_))) {
            return fail("lost a turn");
        }
    }
    let last = records.iter().map(|r| r.produced).max().unwrap_or_default();
    let first = records.iter().map(|r| r.produced).min().unwrap_or_default();
    let ends = records.iter().any(|r| r.kind == Kind::End);
    let passed = |since: EpochMs, ms: i64| landed.at.since(since) >= ms;
    let sound = match landed.cause.as_str() {
        "end" => ends,
        "idle" => passed(last, IDLE_MS),
        "cap_age" => passed(first, MAX_AGE_MS),
        "cap_turns" => landed.turns.len() >= 6,
        "tenant_limit" => bounded,
        _ => false,
    };
    if sound || landed.cause == "budget" {
        return Ok(());
    }
    fail("closed without a reason")
}

/// Whether research holds every landed conversation exactly once.
pub(super) fn published_once(tenancy: &Tenancy, rows: &[Row]) -> Result<(), String> {
    let mut seen: BTreeMap<&Row, u32> = rows.iter().map(|row| (row, 0)).collect();
    for row in tenancy.research.values().flatten() {
        *seen.get_mut(row).ok_or_else(|| {
            format!("{}: research holds {row:?}, which never landed", tenancy.id)
        })? += 1;
    }
    match seen.iter().find(|(_, count)| **count != 1) {
        Some((row, count)) => Err(format!("{}: {row:?} is released {count} times", tenancy.id)),
        None => Ok(()),
    }
}
