//! What one tenant may take of this worker, so that it does not delay others.

use std::collections::BTreeMap;

use super::stand::Stand;
use super::step::Worker;
use crate::assemble::Cause;
use crate::config::resolved::Share;
use crate::domain::{EpochMs, TenantId, TopicPartition};
use crate::fault::{Fault, planted};

/// What was read for the first time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) records: usize,
    pub(super) bytes: usize,
}

/// The shares of the tenants that have a bound.
#[derive(Debug, Default)]
pub(super) struct Shares(BTreeMap<TenantId, Used>);

/// What a tenant uses of its share.
#[derive(Debug)]
struct Used {
    share: Share,
    records: Option<Bucket>,
    bytes: Option<Bucket>,
    /// It has read something since its bounds were looked at.
    touched: bool,
    rate: Standing,
    memory: Standing,
}

/// How long a tenant's partitions have stood still for one reason.
#[derive(Debug, Clone, Copy, Default)]
struct Standing {
    since: Option<EpochMs>,
    before_ms: i64,
}

impl Standing {
    fn set(&mut self, stands: bool, now: EpochMs) {
        self.before_ms = self.total_ms(now);
        self.since = stands.then_some(now);
    }

    const fn is_on(&self) -> bool {
        self.since.is_some()
    }

    fn total_ms(self, now: EpochMs) -> i64 {
        let current = self.since.map_or(0, |since| now.since(since).max(0));
        self.before_ms + current
    }
}

/// What may be taken at a rate. It holds what one second gives at most; what
/// was taken beyond it is a debt that is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bucket {
    per_second: i64,
    /// In thousandths, which a millisecond adds `per_second` of.
    level: i64,
    at: EpochMs,
}

impl Bucket {
    fn full(per_second: i64, now: EpochMs) -> Self {
        Self {
            per_second,
            level: per_second.saturating_mul(1000),
            at: now,
        }
    }

    fn take(&mut self, amount: usize, now: EpochMs) {
        self.refill(now);
        let amount = i64::try_from(amount).unwrap_or(i64::MAX);
        self.level = self.level.saturating_sub(amount.saturating_mul(1000));
    }

    fn refill(&mut self, now: EpochMs) {
        let added = now.since(self.at).max(0).saturating_mul(self.per_second);
        let full = self.per_second.saturating_mul(1000);
        self.level = self.level.saturating_add(added).min(full);
        self.at = now;
    }

    const fn in_debt(&self) -> bool {
        self.level < 0
    }
}

impl Used {
    fn new(share: Share, now: EpochMs) -> Self {
        let bucket = |rate: i64| Bucket::full(rate, now);
        let bytes = |rate| i64::try_from(rate).unwrap_or(i64::MAX);
        Self {
            records: share.records_per_second.map(|r| bucket(i64::from(r))),
            bytes: share.bytes_per_second.map(|rate| bucket(bytes(rate))),
            share,
            touched: true,
            rate: Standing::default(),
            memory: Standing::default(),
        }
    }

    fn buckets(&mut self) -> impl Iterator<Item = &mut Bucket> {
        self.records.iter_mut().chain(&mut self.bytes)
    }

    /// Whether it has taken more than its rate gives by now.
    fn in_debt(&mut self, now: EpochMs) -> bool {
        if !planted(Fault::ThrottleForGood) || self.rate.since.is_none() {
            self.buckets().for_each(|bucket| bucket.refill(now));
        }
        self.buckets().any(|bucket| bucket.in_debt())
    }
}

impl Worker {
    /// Takes `shares` in the place of those before. Debts of a share that
    /// changed are forgiven.
    pub(super) fn set_shares(&mut self, shares: &BTreeMap<TenantId, Share>, now: EpochMs) {
        let mut before = std::mem::take(&mut self.shares.0);
        for (tenant, share) in shares {
            let used = match before.get(tenant) {
                Some(used) if used.share == *share => before.remove(tenant),
                Some(used) => Some(Used {
                    rate: used.rate,
                    memory: used.memory,
                    ..Used::new(*share, now)
                }),
                None => None,
            };
            let used = used.unwrap_or_else(|| Used::new(*share, now));
            self.shares.0.insert(tenant.clone(), used);
        }
        // What is left of those before is gone or changed.
        let anew = |tenant: &TenantId| before.contains_key(tenant).then_some(false);
        self.set_standing(Stand::TenantRate, anew, now);
        self.set_standing(Stand::TenantMemory, anew, now);
    }

    /// Counts what a partition has read against its tenant's share.
    pub(super) fn charge(&mut self, partition: &TopicPartition, taken: Taken, now: EpochMs) {
        let Some(state) = self.partitions.get(partition) else {
            return;
        };
        let Some(used) = self.shares.0.get_mut(&state.tenant) else {
            return;
        };
        used.touched = true;
        if let Some(bucket) = &mut used.records {
            bucket.take(taken.records, now);
        }
        if let Some(bucket) = &mut used.bytes {
            bucket.take(taken.bytes, now);
        }
    }

    /// Keeps tenants within their shares: of conversations and memory the
    /// oldest conversation is cut, and over a rate or a memory their partitions
    /// stand still.
    pub(super) fn keep_the_shares(&mut self, now: EpochMs) {
        let due = |used: &Used| used.touched || used.rate.is_on() || used.memory.is_on();
        let due: Vec<(TenantId, Share)> = self
            .shares
            .0
            .iter()
            .filter(|(_, used)| due(used))
            .map(|(tenant, used)| (tenant.clone(), used.share))
            .collect();
        for (tenant, share) in due {
            if let Some(most) = share.open_conversations {
                self.cut_beyond(&tenant, most, now);
            }
            if let Some(most) = share.memory_bytes {
                self.keep_within(&tenant, most, now);
            }
            self.keep_the_rate(&tenant, now);
        }
    }

    fn keep_the_rate(&mut self, tenant: &TenantId, now: EpochMs) {
        let stands = self
            .shares
            .0
            .get_mut(tenant)
            .is_some_and(|u| u.in_debt(now));
        let of = |other: &TenantId| (other == tenant).then_some(stands);
        self.set_standing(Stand::TenantRate, of, now);
        let memory = self.stands_for(tenant, Stand::TenantMemory);
        if let Some(used) = self.shares.0.get_mut(tenant) {
            used.touched = false;
            used.rate.set(stands, now);
            used.memory.set(memory, now);
        }
    }

    /// Cuts the oldest conversations of the tenant's fullest partitions.
    fn cut_beyond(&mut self, tenant: &TenantId, most: usize, now: EpochMs) {
        let own = |worker: &Self| {
            let own = worker
                .partitions
                .iter()
                .filter(|(_, s)| s.tenant == *tenant);
            own.filter_map(|(place, s)| {
                Some((place.clone(), s.phase.reading()?.open_conversations()))
            })
            .collect::<Vec<_>>()
        };
        let mut open = own(self);
        while open.iter().map(|(_, n)| n).sum::<usize>() > most {
            let Some((place, n)) = open.iter_mut().max_by_key(|(_, n)| *n) else {
                return;
            };
            let reading = self.reading(place).filter(|reading| reading.replayed());
            if !reading.is_some_and(|reading| reading.cut_oldest(Cause::Share, now)) {
                return;
            }
            *n -= 1;
        }
    }

    /// How long partitions of tenants have stood still for the tenant's own
    /// bounds, by `rate` and `memory`, in milliseconds.
    pub fn throttled(&self, now: EpochMs) -> impl Iterator<Item = (&TenantId, &'static str, i64)> {
        self.shares.0.iter().flat_map(move |(tenant, used)| {
            let of = |name, standing: Standing| (tenant, name, standing.total_ms(now));
            [of("rate", used.rate), of("memory", used.memory)]
        })
    }

    /// Only ever asked under a planted fault.
    pub(super) fn is_throttled(&self, partition: &TopicPartition) -> bool {
        let state = self.partitions.get(partition);
        state.is_some_and(|s| s.stands.contains(&Stand::TenantRate))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::resolved::{Assemble, Flush};
    use crate::domain::{ConversationRef, Entropy, Fragment, Phi, RawTurn};
    use crate::lake::log::{Tail, Watermarks};
    use crate::source::Record;
    use crate::worker::event::{Arrived, Effect, Event, Intake};
    use crate::worker::step::Limits;

    const NOW: EpochMs = EpochMs(1_000_000);

    #[test]
    fn a_bucket_gives_a_second_at_once_and_debts_are_waited_for() {
        let mut bucket = Bucket::full(10, NOW);
        let mut check = |take: usize, after_ms: i64, in_debt: bool| {
            bucket.take(take, NOW.plus(after_ms));
            assert_eq!(bucket.in_debt(), in_debt, "{take} after {after_ms} ms");
        };
        check(10, 0, false);
        check(1, 0, true);
        check(0, 99, true);
        check(0, 100, false);
        check(15, 60_000, true);
        check(0, 60_499, true);
        check(0, 60_500, false);
        check(0, -60_000, false);
    }

    fn tenant(name: &str) -> TenantId {
        TenantId::parse(name).expect("a name")
    }

    fn place(name: &str) -> TopicPartition {
        TopicPartition::new(name, 0)
    }

    /// A worker that reads a partition of each of two tenants; `share` bounds
    /// the one.
    fn worker(share: Share) -> Worker {
        let limits = Limits {
            assemble: Assemble {
                end_grace_ms: 1,
                idle_ms: 1_000_000,
                max_turns: 1000,
                max_bytes: 1 << 20,
                max_age_ms: 1_000_000,
                late_ms: 0,
            },
            flush: Flush {
                bytes: 1 << 20,
                interval_ms: 1_000_000,
            },
            memory_bytes: 16_000,
        };
        let mut worker = Worker::new(limits, Entropy::from_u64(1));
        worker.step(
            NOW,
            Event::Shares(BTreeMap::from([(tenant("loud"), share)])),
        );
        for name in ["loud", "quiet"] {
            let assigned = Event::Assigned(vec![(place(name), tenant(name))]);
            let effects = worker.step(NOW, assigned);
            let [Effect::LoadTail(ticket)] = effects.as_slice() else {
                panic!("{effects:?}");
            };
            let loaded = Event::TailLoaded {
                ticket: ticket.clone(),
                tail: Ok(Tail::begin(0)),
                watermarks: Watermarks { low: 0, high: 0 },
                last_digest: None,
            };
            worker.step(NOW, loaded);
        }
        worker
    }

    /// `count` records of as many conversations, from offset `from` on.
    fn records(name: &str, from: i64, count: i64) -> Event {
        let intake = |offset: i64| {
            let mut fragment = Fragment::new(ConversationRef::new(&offset.to_string()));
            fragment.turns.push(RawTurn {
                text: Phi::new("a".repeat(840)),
                ..RawTurn::default()
            });
            Intake {
                record: Record::new(offset, NOW, Vec::new()),
                arrived: Arrived::Fragment(Box::new(fragment)),
            }
        };
        Event::Records(place(name), (from..from + count).map(intake).collect())
    }

    /// Which partitions stand still, and which go on, after `event`.
    fn moved(worker: &mut Worker, at: EpochMs, event: Event) -> (Vec<String>, Vec<String>) {
        let (mut stand, mut go_on) = (Vec::new(), Vec::new());
        for effect in worker.step(at, event) {
            match effect {
                Effect::Pause(place) => stand.push(place.topic.to_string()),
                Effect::Resume(place) => go_on.push(place.topic.to_string()),
                _ => {}
            }
        }
        (stand, go_on)
    }

    fn none() -> Vec<String> {
        Vec::new()
    }

    fn loud() -> Vec<String> {
        vec!["loud".to_owned()]
    }

    #[test]
    fn over_its_rate_a_tenant_stands_still_and_no_other() {
        let mut worker = worker(Share {
            records_per_second: Some(2),
            ..Share::default()
        });
        let quiet = moved(&mut worker, NOW, records("quiet", 0, 6));
        assert_eq!(quiet, (none(), none()));
        let over = moved(&mut worker, NOW, records("loud", 0, 5));
        assert_eq!(over, (loud(), none()));
        let more = moved(&mut worker, NOW, records("loud", 5, 1));
        assert_eq!(more, (none(), none()), "what was on its way is taken");
        let early = moved(&mut worker, NOW.plus(1_999), Event::Tick);
        assert_eq!(early, (none(), none()));
        let paid = moved(&mut worker, NOW.plus(2_000), Event::Tick);
        assert_eq!(paid, (none(), loud()));
        let stood: Vec<_> = worker.throttled(NOW.plus(9_000)).collect();
        assert_eq!(stood[0], (&tenant("loud"), "rate", 2_000));
    }

    #[test]
    fn a_share_that_is_lifted_lets_go_at_once() {
        let mut worker = worker(Share {
            records_per_second: Some(1),
            ..Share::default()
        });
        moved(&mut worker, NOW, records("loud", 0, 9));
        let lifted = moved(&mut worker, NOW, Event::Shares(BTreeMap::new()));
        assert_eq!(lifted, (none(), loud()));
    }

    #[test]
    fn beyond_its_conversations_the_oldest_is_cut() {
        let mut worker = worker(Share {
            open_conversations: Some(3),
            ..Share::default()
        });
        worker.step(NOW, records("quiet", 0, 5));
        worker.step(NOW, records("loud", 0, 5));
        let open: Vec<usize> = worker.status().map(|(_, s)| s.open_conversations).collect();
        assert_eq!(open, [3, 5]);
    }

    #[test]
    fn beyond_its_memory_it_is_relieved_and_stands_still() {
        let mut worker = worker(Share {
            memory_bytes: Some(3_000),
            ..Share::default()
        });
        let over = moved(&mut worker, NOW, records("loud", 0, 3));
        assert_eq!(over, (loud(), none()));
        let open: Vec<usize> = worker.status().map(|(_, s)| s.open_conversations).collect();
        assert_eq!(open, [2, 0], "the oldest is cut and being written");
    }

    #[test]
    fn who_holds_more_than_an_even_part_stands_still_first() {
        let mut worker = worker(Share::default());
        moved(&mut worker, NOW, records("quiet", 0, 3));
        let warm = moved(&mut worker, NOW, records("loud", 0, 10));
        assert_eq!(warm, (loud(), none()));
        let full = moved(&mut worker, NOW, records("quiet", 3, 2));
        assert_eq!(full.0, ["quiet"]);
    }
}
