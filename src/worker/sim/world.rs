//! One run: a script drawn from a seed, played to its end, and judged.

use std::collections::{BTreeMap, BTreeSet};

use super::chores::{self, Chore, Tenancy};
use super::node::{self, IDLE_MS, Node};
use super::store::Store;
use super::{Violation, broker, oracle};
use crate::config::resolved::{PurgeAfter, Share};
use crate::domain::{Entropy, EpochMs, TenantId, TopicPartition};
use crate::worker::event::Event;

const STEPS: u64 = 700;
const RECORDS: usize = 40;
const NODES: usize = 3;

pub(super) struct World {
    entropy: Entropy,
    now: EpochMs,
    store: Store,
    brokers: BTreeMap<TopicPartition, broker::Partition>,
    nodes: Vec<Node>,
    /// Which node each partition is assigned to.
    owners: BTreeMap<TopicPartition, usize>,
    /// Nodes that do not know yet that a partition is no longer theirs.
    zombies: BTreeSet<(usize, TopicPartition)>,
    tenants: Vec<Tenancy>,
    /// In some runs one tenant may take little.
    shares: BTreeMap<TenantId, Share>,
    chores: Vec<(usize, Chore)>,
    /// An object was lost by the store itself.
    spoilt: bool,
}

/// What `tenant` may take, in every third run: less than it sends.
fn shares(tenant: &TenantId, entropy: &mut Entropy) -> BTreeMap<TenantId, Share> {
    if entropy.below(3) > 0 {
        return BTreeMap::new();
    }
    let mut some = |most: u64| (entropy.below(2) == 0).then(|| 1 + entropy.below(most));
    let share = Share {
        records_per_second: some(2).map(|n| n as u32),
        bytes_per_second: some(4).map(|n| 60 * n as usize),
        open_conversations: some(3).map(|n| n as usize),
        memory_bytes: some(3).map(|n| 500 * n as usize),
    };
    BTreeMap::from([(tenant.clone(), share)])
}

impl World {
    pub(super) fn new(seed: u64) -> Self {
        let mut entropy = Entropy::from_u64(seed);
        let place = TopicPartition::new;
        let tenants = vec![
            Tenancy::new(
                "north",
                &[place("north", 0), place("north", 1)],
                PurgeAfter::Committed,
            ),
            Tenancy::new("south", &[place("south", 0)], PurgeAfter::Released),
        ];
        let places = tenants.iter().flat_map(|t| t.places.clone());
        let shares = shares(&tenants[0].id, &mut entropy);
        let nodes = (0..NODES).map(|_| Node::start(&mut entropy, &shares));
        Self {
            now: EpochMs(1_800_000_000_000),
            store: Store::default(),
            brokers: places.map(|p| (p, broker::Partition::default())).collect(),
            nodes: nodes.collect(),
            owners: BTreeMap::new(),
            zombies: BTreeSet::new(),
            tenants,
            shares,
            chores: Vec::new(),
            spoilt: false,
            entropy,
        }
    }

    pub(super) fn run(mut self) -> Result<(), Violation> {
        for place in self.places() {
            self.move_to_someone(&place)?;
        }
        let steps = STEPS / 2 + self.entropy.below(STEPS);
        for _ in 0..steps {
            self.something_happens()?;
        }
        self.come_to_rest()?;
        self.judge()
    }

    fn places(&self) -> Vec<TopicPartition> {
        self.brokers.keys().cloned().collect()
    }

    fn any_place(&mut self) -> TopicPartition {
        let places = self.places();
        places[self.entropy.below(places.len() as u64) as usize].clone()
    }

    fn any_node(&mut self) -> usize {
        self.entropy.below(self.nodes.len() as u64) as usize
    }

    fn tenant_of(&self, place: &TopicPartition) -> TenantId {
        let tenancy = self.tenants.iter().find(|t| t.places.contains(place));
        tenancy.expect("every partition has a tenant").id.clone()
    }

    fn something_happens(&mut self) -> Result<(), Violation> {
        match self.entropy.below(100) {
            0..14 => self.produce(),
            14..40 => self.deliver(),
            40..72 => self.perform(),
            72..82 => self.time_passes(),
            82..85 => {
                let place = self.any_place();
                self.move_to_someone(&place)
            }
            85..87 => self.tell_a_zombie(),
            87..89 => self.crash(),
            89..91 => {
                self.store.land_delayed();
                Ok(())
            }
            91..94 => self.begin_chore(),
            94..99 => self.do_chore(),
            _ => {
                self.spoil();
                Ok(())
            }
        }
    }

    fn produce(&mut self) -> Result<(), Violation> {
        let place = self.any_place();
        let broker = self.brokers.get_mut(&place).expect("a partition");
        if broker.records.len() < RECORDS {
            broker.produce(self.now, &mut self.entropy);
        }
        Ok(())
    }

    fn on_node<T>(
        &mut self,
        node: usize,
        act: impl FnOnce(&mut Node, &mut node::Outside<'_>) -> T,
    ) -> T {
        let mut out = node::Outside {
            store: &mut self.store,
            brokers: &mut self.brokers,
            entropy: &mut self.entropy,
            now: self.now,
        };
        act(&mut self.nodes[node], &mut out)
    }

    fn deliver(&mut self) -> Result<(), Violation> {
        let node = self.any_node();
        let places: Vec<TopicPartition> = self.nodes[node].cursors.keys().cloned().collect();
        if places.is_empty() {
            return Ok(());
        }
        let place = places[self.entropy.below(places.len() as u64) as usize].clone();
        self.on_node(node, |node, out| node.deliver(&place, out))
    }

    fn perform(&mut self) -> Result<(), Violation> {
        let node = self.any_node();
        self.on_node(node, |node, out| node.perform(out))
    }

    fn time_passes(&mut self) -> Result<(), Violation> {
        self.now = self.now.plus(self.entropy.below(8_000) as i64);
        for node in 0..self.nodes.len() {
            self.on_node(node, |node, out| node.step(Event::Tick, out))?;
        }
        Ok(())
    }

    /// A rebalance. The former owner may not hear of it for a while.
    fn move_to_someone(&mut self, place: &TopicPartition) -> Result<(), Violation> {
        let next = self.any_node();
        let former = self.owners.insert(place.clone(), next);
        if former == Some(next) {
            return Ok(());
        }
        if let Some(former) = former {
            if self.entropy.below(2) == 0 {
                self.on_node(former, |node, out| node.revoke(place, out))?;
            } else {
                self.zombies.insert((former, place.clone()));
            }
        }
        self.zombies.remove(&(next, place.clone()));
        let tenant = self.tenant_of(place);
        self.on_node(next, |node, out| node.assign(place, &tenant, out))
    }

    fn tell_a_zombie(&mut self) -> Result<(), Violation> {
        match self.zombies.pop_first() {
            Some((node, place)) => self.on_node(node, |node, out| node.revoke(&place, out)),
            None => Ok(()),
        }
    }

    /// Everything that a process held in memory is gone, between two effects.
    fn crash(&mut self) -> Result<(), Violation> {
        let node = self.any_node();
        self.nodes[node] = Node::start(&mut self.entropy, &self.shares);
        self.zombies.retain(|(zombie, _)| *zombie != node);
        let owned = self.owners.iter().filter(|(_, owner)| **owner == node);
        let owned: Vec<TopicPartition> = owned.map(|(place, _)| place.clone()).collect();
        for place in owned {
            let tenant = self.tenant_of(&place);
            self.on_node(node, |node, out| node.assign(&place, &tenant, out))?;
        }
        Ok(())
    }

    fn begin_chore(&mut self) -> Result<(), Violation> {
        let tenant = self.entropy.below(self.tenants.len() as u64) as usize;
        let chore = match self.entropy.below(12) {
            0..4 => Chore::Release,
            4..9 => Chore::Purge,
            9 => Chore::Hold,
            10 => Chore::Lift,
            _ => Chore::Copy,
        };
        self.chores.push((tenant, chore));
        Ok(())
    }

    fn do_chore(&mut self) -> Result<(), Violation> {
        if self.chores.is_empty() {
            return Ok(());
        }
        let pick = self.entropy.below(self.chores.len() as u64) as usize;
        let (tenant, chore) = self.chores.remove(pick);
        // Whoever did it may be gone.
        if self.entropy.below(12) > 0 {
            self.work(tenant, chore)?;
        }
        Ok(())
    }

    fn work(&mut self, tenant: usize, chore: Chore) -> Result<(), Violation> {
        let mut out = chores::Outside {
            store: &mut self.store,
            brokers: &mut self.brokers,
            entropy: &mut self.entropy,
            now: self.now,
        };
        if let Some(rest) = self.tenants[tenant].work(chore, &mut out)? {
            self.chores.push((tenant, rest));
        }
        Ok(())
    }

    /// In some runs the store itself loses one object.
    fn spoil(&mut self) {
        if self.spoilt || self.entropy.below(40) > 0 {
            return;
        }
        let place = self.any_place();
        let slots = self.store.slots(&place).unwrap_or_default();
        if let Some(leaf) = slots.last().and_then(|slot| slot.leaves.values().next()) {
            self.store.delete(&super::store::evidence_path(&leaf.name));
            self.spoilt = true;
        }
    }

    /// Faults end. One fresh process takes over and time passes until nothing
    /// is left to do.
    fn come_to_rest(&mut self) -> Result<(), Violation> {
        self.store.calm = true;
        for _ in 0..50 {
            self.store.land_delayed();
        }
        self.nodes = vec![Node::start(&mut self.entropy, &self.shares)];
        self.zombies.clear();
        for place in self.places() {
            self.owners.insert(place.clone(), 0);
            let tenant = self.tenant_of(&place);
            self.on_node(0, |node, out| node.assign(&place, &tenant, out))?;
        }
        for _ in 0..60 {
            self.settle()?;
            self.now = self.now.plus(IDLE_MS / 4);
            self.on_node(0, |node, out| node.step(Event::Tick, out))?;
        }
        self.settle()?;
        if !self.nodes[0].holds_nothing_back() {
            return Err(String::from(
                "conversations are still open when all is quiet",
            ));
        }
        Ok(())
    }

    fn settle(&mut self) -> Result<(), Violation> {
        for _ in 0..12 {
            for place in self.places() {
                self.on_node(0, |node, out| node.deliver(&place, out))?;
            }
            while !self.nodes[0].tasks.is_empty() {
                self.on_node(0, |node, out| node.perform(out))?;
            }
        }
        Ok(())
    }

    fn judge(mut self) -> Result<(), Violation> {
        for _ in 0..3 {
            for tenant in 0..self.tenants.len() {
                for chore in [Chore::Release, Chore::Copy, Chore::Purge] {
                    self.chores.push((tenant, chore));
                }
            }
            while let Some((tenant, chore)) = self.chores.pop() {
                self.work(tenant, chore)?;
            }
        }
        for tenancy in &self.tenants {
            let mut rows = Vec::new();
            for place in &tenancy.places {
                let broker = &self.brokers[place];
                let store = &self.store;
                rows.extend(oracle::every_record_has_one_fate(
                    place,
                    broker,
                    store,
                    self.spoilt,
                    self.shares.contains_key(&tenancy.id),
                )?);
            }
            if !self.spoilt {
                oracle::published_once(tenancy, &rows)?;
            }
        }
        Ok(())
    }
}
