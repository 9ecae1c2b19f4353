//! What a tenant's chores do in the simulation: releases, holds and purges on
//! its chain, by anyone who believes to be in charge, with crashes anywhere.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::broker;
use super::node::rows_of;
use super::oracle;
use super::store::{Store, chain_path};
use crate::config::resolved::PurgeAfter;
use crate::domain::{Entropy, EpochMs, TenantId, TopicPartition};
use crate::fault::{Fault, planted};
use crate::lake::append::{Appended, judge};
use crate::lake::layout::AreaId;
use crate::lake::log::WriterId;
use crate::lake::store::PutAnswer;
use crate::ledger::{
    Deed, Entry, InputRange, KafkaPurge, PurgeTarget, Receipt, ReleaseDeed, TenantChain,
};
use crate::purge::plan::{Bound, Known, Standing, kafka_bound, recheck};
use crate::release::plan::{LogEnd, inputs};

pub(super) const PURGE_MS: i64 = 60_000;

/// A landed conversation, by where it lies and its first record.
pub(super) type Row = (TopicPartition, i64);

/// One tenant: its partitions, and what research sees of it.
#[derive(Debug)]
pub(super) struct Tenancy {
    pub(super) id: TenantId,
    pub(super) places: Vec<TopicPartition>,
    pub(super) after: PurgeAfter,
    /// Published files: the rows of each.
    pub(super) research: BTreeMap<String, Vec<Row>>,
    holds: u64,
}

/// A chore under way; between two steps of it anything may happen, a crash of
/// whoever does it included.
#[derive(Debug)]
pub(super) enum Chore {
    Release,
    Stage(Vec<InputRange>),
    Copy,
    Purge,
    Deed(u64),
    Receipt(u64, i64),
    Hold,
    Lift,
}

/// What the rest of the world is for one step of a chore.
pub(super) struct Outside<'a> {
    pub(super) store: &'a mut Store,
    pub(super) brokers: &'a mut BTreeMap<TopicPartition, broker::Partition>,
    pub(super) entropy: &'a mut Entropy,
    pub(super) now: EpochMs,
}

impl Tenancy {
    pub(super) fn new(id: &str, places: &[TopicPartition], after: PurgeAfter) -> Self {
        Self {
            id: TenantId::parse(id).expect("a tenant"),
            places: places.to_vec(),
            after,
            research: BTreeMap::new(),
            holds: 0,
        }
    }

    fn path(&self, n: u64) -> String {
        format!("{}/{}", self.id, chain_path(n))
    }

    /// Every entry of the chain, checked link by link.
    pub(super) fn chain(&self, store: &Store) -> Result<(TenantChain, Vec<Entry>), String> {
        let mut chain = TenantChain::default();
        let mut entries = Vec::new();
        while let Some(bytes) = store.peek(&self.path(chain.next)) {
            let entry = Entry::from_bytes(chain.next, bytes).map_err(|e| e.to_string())?;
            chain.apply(&entry, bytes).map_err(|e| e.to_string())?;
            entries.push(entry);
        }
        Ok((chain, entries))
    }

    fn append(&self, chain: &TenantChain, deed: Deed, out: &mut Outside<'_>) -> Option<u64> {
        let writer = WriterId::draw(out.entropy);
        let attempt = WriterId::draw(out.entropy);
        let entry = chain.entry(deed, out.now, None, writer, attempt);
        let bytes = Bytes::from(entry.to_bytes());
        let path = self.path(entry.n);
        let answer = out.store.put_if_absent(&path, bytes.clone(), out.entropy);
        let won = answer == PutAnswer::Created || {
            let found = out.store.get(&path, out.entropy).flatten();
            judge(answer, found.as_deref(), &bytes) == Appended::Won
        };
        won.then_some(entry.n)
    }

    /// Does one step of `chore`; gives what is left to do.
    pub(super) fn work(
        &mut self,
        chore: Chore,
        out: &mut Outside<'_>,
    ) -> Result<Option<Chore>, String> {
        let (chain, entries) = self.chain(out.store)?;
        if chain.area.is_none() {
            let area = AreaId::draw(out.entropy);
            self.append(&chain, Deed::Founded { area }, out);
            return Ok(Some(chore));
        }
        match chore {
            Chore::Release => Ok(self.plan_release(&chain, out)?.map(Chore::Stage)),
            Chore::Stage(inputs) => self.release(&chain, inputs, out),
            Chore::Copy => {
                self.copy(&chain, out);
                Ok(None)
            }
            Chore::Purge => self.intend(&chain, out),
            Chore::Deed(n) => self.delete(&chain, &entries, n, out),
            Chore::Receipt(intent, low) => {
                let receipt = Receipt::RecordsGone {
                    answered_low: low,
                    read_low: low,
                    fetch_below_refused: true,
                    on_disk_until: out.now,
                };
                if chain.intents.contains_key(&intent) {
                    self.append(&chain, Deed::Purged { intent, receipt }, out);
                }
                Ok(None)
            }
            Chore::Hold => {
                self.holds += 1;
                let hold = self.holds.to_string();
                self.append(
                    &chain,
                    Deed::HoldPlaced {
                        hold,
                        freezes: false,
                        reason: None,
                    },
                    out,
                );
                Ok(None)
            }
            Chore::Lift => {
                if let Some(hold) = chain.holds.keys().next().cloned() {
                    self.append(&chain, Deed::HoldLifted { hold }, out);
                }
                Ok(None)
            }
        }
    }

    fn plan_release(
        &self,
        chain: &TenantChain,
        out: &Outside<'_>,
    ) -> Result<Option<Vec<InputRange>>, String> {
        let mut ends = Vec::new();
        for place in &self.places {
            let slots = out.store.slots(place).map_err(|e| e.to_string())?;
            ends.push(LogEnd {
                place: place.clone(),
                epoch: 0,
                next: slots.len() as u64,
                ready: slots.len() as u64,
            });
        }
        let inputs = inputs(chain, &ends).taken;
        Ok((!inputs.is_empty()).then_some(inputs))
    }

    /// The rows of `inputs`; `None` when evidence is missing or altered.
    fn rows(&self, inputs: &[InputRange], store: &Store) -> Option<Vec<Row>> {
        let mut rows = Vec::new();
        for input in inputs {
            let slots = store.slots(&input.place).ok()?;
            for slot in &slots[input.from as usize..input.to as usize] {
                let landed = rows_of(slot, store)?.landed;
                rows.extend(landed.iter().map(|l| (input.place.clone(), l.offsets[0])));
            }
        }
        Some(rows)
    }

    fn release(
        &mut self,
        chain: &TenantChain,
        inputs: Vec<InputRange>,
        out: &mut Outside<'_>,
    ) -> Result<Option<Chore>, String> {
        let Some(rows) = self.rows(&inputs, out.store) else {
            return Ok(None);
        };
        let deed = ReleaseDeed {
            number: chain.releases.len() as u32 + 1,
            inputs,
            landed: rows.len() as u64,
            released: rows.len() as u64,
            ..ReleaseDeed::default()
        };
        if planted(Fault::ReleaseWithoutSlot) {
            let attempt = self.research.len();
            self.research.insert(format!("{attempt}"), rows);
        }
        let stands = deed.inputs.iter().all(|input| {
            let key = (input.place.clone(), input.epoch);
            chain.released_to.get(&key).copied().unwrap_or(0) == input.from
        });
        if !stands {
            return Ok(None);
        }
        let won = self.append(chain, Deed::Released(deed), out).is_some();
        Ok(won.then_some(Chore::Copy))
    }

    /// Copies every release of the chain that is not copied yet: anyone may,
    /// as often as they like.
    fn copy(&mut self, chain: &TenantChain, out: &Outside<'_>) {
        if planted(Fault::ReleaseWithoutSlot) {
            return;
        }
        for (_, release) in &chain.releases {
            if let Some(rows) = self.rows(&release.inputs, out.store) {
                self.research.insert(release.number.to_string(), rows);
            }
        }
    }

    fn intend(&self, chain: &TenantChain, out: &mut Outside<'_>) -> Result<Option<Chore>, String> {
        if let Some((&n, _)) = chain.intents.first_key_value() {
            return Ok(Some(Chore::Deed(n)));
        }
        let pick = out.entropy.below(self.places.len() as u64) as usize;
        let place = self.places[pick].clone();
        let Some(bound) = self.bound(chain, &place, out)? else {
            return Ok(None);
        };
        let target = PurgeTarget::Kafka(KafkaPurge {
            place,
            epoch: 0,
            upto: bound.upto,
            verified_slot: bound.verified_slot,
        });
        let n = self.append(chain, Deed::PurgeIntended { target }, out);
        Ok(n.map(Chore::Deed))
    }

    fn bound(
        &self,
        chain: &TenantChain,
        place: &TopicPartition,
        out: &Outside<'_>,
    ) -> Result<Option<Bound>, String> {
        let slots = out.store.slots(place).map_err(|e| e.to_string())?;
        let sound = |slot: &&_| rows_of(slot, out.store).is_some();
        let key = (place.clone(), 0);
        let known = Known {
            slots: &slots,
            verified: slots.iter().take_while(sound).count(),
            released_to: chain.released_to.get(&key).copied().unwrap_or(0),
            low: out.brokers[place].low,
            groups: &[],
        };
        Ok(kafka_bound(&known, self.after, out.now.plus(-PURGE_MS)))
    }

    fn delete(
        &self,
        chain: &TenantChain,
        entries: &[Entry],
        n: u64,
        out: &mut Outside<'_>,
    ) -> Result<Option<Chore>, String> {
        let Some(PurgeTarget::Kafka(purge)) = chain.intents.get(&n) else {
            return Ok(None);
        };
        let low = out.brokers[&purge.place].low;
        let bound = self.bound(chain, &purge.place, out)?;
        match recheck(purge.upto, !chain.holds.is_empty(), low, bound.as_ref()) {
            Standing::Done => {}
            Standing::Due => oracle::may_delete(self, chain, entries, n, purge, out)?,
            Standing::Void(why) => {
                let why = why.to_owned();
                let receipt = Receipt::GivenUp { why };
                self.append(chain, Deed::Purged { intent: n, receipt }, out);
                return Ok(None);
            }
        }
        let broker = out.brokers.get_mut(&purge.place).expect("a partition");
        let fate = out.entropy.below(10);
        if fate > 0 {
            broker.low = broker.low.max(purge.upto);
        }
        let low = broker.low;
        // The answer is lost, or the deed must be done again.
        Ok((fate > 1 && low >= purge.upto).then_some(Chore::Receipt(n, low)))
    }
}
