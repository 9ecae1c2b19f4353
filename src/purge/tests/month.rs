//! A month of one tenant, by many seeds: records and files come, releases,
//! holds, a freeze, a lapse, timers that change, unusual volumes, approvals and
//! crashes happen as the dice fall. At every step: what went had to go, nothing
//! goes under a hold, and what should have gone and did not is a named block.

use std::collections::BTreeSet;

use super::parts::Fuse;
use super::*;
use crate::fault::{Fault, plant};
use crate::purge::{GRACE_MS, Outcome};

const SEEDS: u64 = 8;
const STEP: i64 = DAY / 3;
const STEPS: usize = 90;
/// What a run may not take unasked: six slots, or as many files.
const AT_LEAST: u64 = 60;
const STATE_GRACE: i64 = 600_000;
const EVERY: [Option<Purpose>; 6] = [
    Some(Purpose::Landing),
    Some(Purpose::Index),
    Some(Purpose::Quarantine),
    Some(Purpose::HeldBack),
    Some(Purpose::State),
    None,
];

/// A file as the model knows it.
#[derive(Debug, Clone)]
struct Known {
    file: LandingFile,
    made: EpochMs,
    slot: u64,
}

struct Month {
    world: World,
    dice: Entropy,
    now: EpochMs,
    held: Option<String>,
    frozen: bool,
    lapsed: bool,
    /// The slot of each record.
    slots: Vec<u64>,
    open: Option<i64>,
    files: Vec<Known>,
    /// One past the last slot of each release, when, and what it staged.
    releases: Vec<(u64, EpochMs, LandingFile)>,
    /// What the tenant's file has said, and since when.
    timers: Vec<(EpochMs, Timers)>,
    waited: u32,
}

impl Month {
    fn new(seed: u64) -> Self {
        let mut dice = Entropy::from_u64(seed);
        let after = match dice.below(2) {
            0 => PurgeAfter::Committed,
            _ => PurgeAfter::Released,
        };
        let mut world = World::new(after);
        world.tenant.unusual.at_least = AT_LEAST;
        Self {
            timers: vec![(START, world.tenant.timers)],
            world,
            dice,
            now: START,
            held: None,
            frozen: false,
            lapsed: false,
            slots: Vec::new(),
            open: None,
            files: Vec::new(),
            releases: Vec::new(),
            waited: 0,
        }
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.dice.below(n) == 0
    }

    async fn step(&mut self) {
        self.now = self.now.plus(STEP);
        if self.one_in(12) {
            self.lapsed = !self.lapsed;
        }
        if !self.lapsed && self.one_in(2) {
            let unusual = self.one_in(10);
            self.commit(if unusual { 200 } else { 10 }).await;
        }
        if !self.frozen && self.one_in(6) {
            self.release().await;
        }
        if self.one_in(10) {
            self.hold_or_lift().await;
        }
        if self.one_in(12) {
            self.change_timers();
        }
        self.purge().await;
    }

    async fn commit(&mut self, records: i64) {
        let begin = self.slots.len() as i64;
        if self.one_in(3) {
            self.open = match self.open {
                Some(_) => None,
                None => Some(begin + records / 2),
            };
        }
        self.land(records).await;
    }

    async fn land(&mut self, records: i64) {
        let slot = self.world.named.len() as u64;
        (self.world.clock, self.world.records) = (Some(self.now), records);
        let open: Vec<i64> = self.open.into_iter().collect();
        self.world.commit(&open, &EVERY).await;
        self.slots.extend((0..records).map(|_| slot));
        let made = self.now;
        let named = self.world.named[slot as usize].iter().cloned();
        self.files
            .extend(named.map(|file| Known { file, made, slot }));
    }

    fn released_to(&self) -> u64 {
        self.releases.last().map_or(0, |(to, ..)| *to)
    }

    async fn release(&mut self) {
        let (from, to) = (self.released_to(), self.world.named.len() as u64);
        if to > from {
            let staged = self.world.release(from..to, self.now, true).await;
            self.releases.push((to, self.now, staged));
        }
    }

    async fn hold_or_lift(&mut self) {
        let deed = match self.held.take() {
            Some(hold) => {
                self.frozen = false;
                Deed::HoldLifted { hold }
            }
            None => {
                let hold = format!("h{}", self.now.0);
                self.held = Some(hold.clone());
                self.frozen = self.one_in(2);
                let freezes = self.frozen;
                Deed::HoldPlaced {
                    hold,
                    freezes,
                    reason: None,
                }
            }
        };
        self.world.tell(deed, self.now).await;
    }

    fn change_timers(&mut self) {
        let mut days = |most| (1 + self.dice.below(most) as i64) * DAY;
        let timers = &mut self.world.tenant.timers;
        (timers.kafka_ms, timers.quarantine_ms) = (days(12), days(8));
        (timers.held_back_ms, timers.landing_grace_ms) = (days(8), days(4));
        self.timers.push((self.now, *timers));
    }

    /// The longest that the file has said of a timer within `window` before now.
    fn longest(&self, window: i64, of: impl Fn(&Timers) -> i64) -> i64 {
        let until = self.timers.iter().skip(1).map(|(at, _)| *at);
        let until = until.chain([self.now]);
        let all = self.timers.iter().zip(until);
        let recent = all.filter(|(_, until)| self.now.since(*until) < window);
        let spans = recent.map(|((_, timers), _)| of(timers));
        spans.max().expect("the last is always recent")
    }

    /// When a file's timer ends at the earliest, counting each timer as the
    /// longest that it was within `window`; `None` while it has none.
    fn ends(&self, known: &Known, window: i64) -> Option<EpochMs> {
        let purpose = match &known.file {
            LandingFile::Sealed { purpose, .. } => *purpose,
            _ => return Some(known.made.plus(UNCLAIMED_MS)),
        };
        let span = match purpose {
            Purpose::Quarantine => self.longest(window, |t| t.quarantine_ms),
            Purpose::HeldBack => self.longest(window, |t| t.held_back_ms),
            Purpose::State => self.world.tenant.timers.state_ms + STATE_GRACE,
            _ => {
                let mut took = self.releases.iter();
                let (_, at, _) = took.find(|(to, ..)| known.slot < *to)?;
                return Some(at.plus(self.longest(window, |t| t.landing_grace_ms)));
            }
        };
        Some(known.made.plus(span))
    }

    async fn lying(&mut self) -> BTreeSet<LandingFile> {
        let mut lying = BTreeSet::new();
        for known in self.files.clone() {
            if self.world.exists(&known.file).await {
                lying.insert(known.file);
            }
        }
        lying
    }

    /// Purges once, perhaps with a crash, and judges what became of it.
    async fn purge(&mut self) {
        let (low, before) = (self.world.low(), self.lying().await);
        let fuse = match self.one_in(5) {
            true => Fuse::at(self.dice.below(200), self.dice.below(2) == 0),
            false => Fuse::none(),
        };
        let done = self.world.try_run(self.now, &fuse).await;
        let lying = self.lying().await;
        if self.held.is_some() {
            assert_eq!((self.world.low(), &lying), (low, &before), "under a hold");
        }
        self.records_had_to_go(low);
        for known in self
            .files
            .iter()
            .filter(|known| before.contains(&known.file) && !lying.contains(&known.file))
        {
            let ends = self.ends(known, DAY);
            let due = ends.is_some_and(|at| at <= self.now);
            assert!(due, "{known:?} went at {:?}, not after {ends:?}", self.now);
        }
        if let Ok(report) = done {
            self.what_stays_is_named(&report, &lying);
            self.approve(&report).await;
        }
    }

    /// What went of the records was old enough, had its fate, and was released
    /// where that is asked.
    fn records_had_to_go(&self, low: i64) {
        let kafka_ms = self.longest(DAY, |t| t.kafka_ms);
        let cluster = self.world.cluster();
        let topic = &cluster.topics[&self.world.place];
        for offset in low..topic.low {
            let n = usize::try_from(offset).expect("an offset");
            let age = self.now.since(topic.times[n]);
            assert!(age >= kafka_ms, "{offset} went at {age}, before {kafka_ms}");
            assert!(
                self.open.is_none_or(|open| offset < open),
                "{offset} is open"
            );
            let released = self.slots[n] < self.released_to();
            let after = self.world.tenant.timers.kafka_after;
            assert!(after == PurgeAfter::Committed || released, "{offset}");
        }
    }

    /// What lies beyond its deadline and grace is told of.
    fn what_stays_is_named(&self, report: &PurgeReport, lying: &BTreeSet<LandingFile>) {
        // A change is seen by the next run that does not crash.
        let window = 3 * DAY;
        let low = usize::try_from(self.world.low()).expect("an offset");
        let oldest = self.world.cluster().topics[&self.world.place]
            .times
            .get(low)
            .copied();
        let deadline = self.longest(window, |t| t.kafka_ms) + GRACE_MS;
        if oldest.is_some_and(|time| self.now.since(time) > deadline) {
            assert!(report.partitions[0].block.is_some(), "{report:?}");
        }
        for known in self.files.iter().filter(|k| lying.contains(&k.file)) {
            let ends = self.ends(known, window);
            if ends.is_none_or(|at| self.now.since(at) <= GRACE_MS) {
                continue;
            }
            let purpose = known.file.purpose();
            let mut reports = report.files.iter();
            let own = reports.find(|files| Some(files.purpose) == purpose);
            let named =
                |outcome: &Outcome| matches!(outcome, Outcome::Held | Outcome::Waiting { .. });
            let named = own.is_some_and(|own| own.outcomes.iter().any(named));
            assert!(named, "{known:?} lies there unnamed: {own:?}");
        }
    }

    async fn approve(&mut self, report: &PurgeReport) {
        let approvals: Vec<_> = report.waiting().cloned().collect();
        self.waited += u32::from(!approvals.is_empty());
        if self.one_in(4) {
            for outcome in approvals {
                if let Outcome::Waiting { approval, .. } = outcome {
                    let deed = Deed::PurgeApproved { approval };
                    self.world.tell(deed, self.now).await;
                }
            }
        }
    }

    /// With everything released, let go and approved, all of it goes.
    async fn end(&mut self) {
        if self.held.is_some() {
            self.hold_or_lift().await;
        }
        self.open = None;
        self.land(10).await;
        self.release().await;
        self.now = self.now.plus(60 * DAY);
        for _ in 0..40 {
            self.purge().await;
            self.now = self.now.plus(STEP);
        }
        let end = self.world.cluster().topics[&self.world.place].times.len() as i64;
        assert_eq!(self.world.low(), end);
        assert_eq!(self.lying().await, BTreeSet::new());
        for (_, _, staged) in self.releases.clone() {
            assert!(!self.world.exists(&staged).await, "{staged:?}");
        }
    }
}

/// Lives through the months of every seed; how often a volume was unusual.
async fn months() -> u32 {
    let mut waited = 0;
    for seed in 0..SEEDS {
        let mut month = Month::new(seed);
        for _ in 0..STEPS {
            month.step().await;
        }
        month.end().await;
        waited += month.waited;
    }
    waited
}

#[tokio::test]
async fn a_month_of_timers_holds_and_crashes() {
    assert!(months().await > 0, "no volume was unusual");
}

#[tokio::test]
#[should_panic(expected = "is open")]
async fn a_month_finds_a_cut_beyond_an_open_record() {
    plant(Some(Fault::PurgeToEnd));
    months().await;
}
