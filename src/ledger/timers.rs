//! A tenant's purge timers as its chain remembers them, and which are in force.
//!
//! A timer that becomes longer is so at once. One that becomes shorter waits a
//! day, so that a slip of the pen deletes nothing: until then whoever sees it
//! puts the file right, or places a hold.

use serde::{Deserialize, Serialize};

use crate::config::resolved::Timers;
use crate::domain::EpochMs;

/// How long a timer that was shortened waits, in milliseconds: 24 hours.
pub const SHORTENED_WAITS_MS: i64 = 86_400_000;

/// The timers that a tenant's file has set, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetTimers {
    /// Of records in Kafka.
    pub kafka_ms: i64,
    /// Of quarantined records.
    pub quarantine_ms: i64,
    /// Of held-back conversations.
    pub held_back_ms: i64,
    /// Of landing files, after their release.
    pub landing_grace_ms: i64,
}

/// Each timer's name and place.
type Place = fn(&mut SetTimers) -> &mut i64;
const EACH: [(&str, Place); 4] = [
    ("kafka", |timers| &mut timers.kafka_ms),
    ("quarantine", |timers| &mut timers.quarantine_ms),
    ("held_back", |timers| &mut timers.held_back_ms),
    ("landing_grace", |timers| &mut timers.landing_grace_ms),
];

impl From<Timers> for SetTimers {
    fn from(timers: Timers) -> Self {
        Self {
            kafka_ms: timers.kafka_ms,
            quarantine_ms: timers.quarantine_ms,
            held_back_ms: timers.held_back_ms,
            landing_grace_ms: timers.landing_grace_ms,
        }
    }
}

impl SetTimers {
    /// `timers` with these in their place.
    #[must_use]
    pub const fn within(self, timers: Timers) -> Timers {
        Timers {
            kafka_ms: self.kafka_ms,
            quarantine_ms: self.quarantine_ms,
            held_back_ms: self.held_back_ms,
            landing_grace_ms: self.landing_grace_ms,
            ..timers
        }
    }

    fn longest(mut self, mut other: Self) -> Self {
        for (_, place) in EACH {
            let own = place(&mut self);
            *own = (*own).max(*place(&mut other));
        }
        self
    }
}

/// A timer that was shortened and waits for its day to pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Shortened {
    /// `kafka`, `quarantine`, `held_back` or `landing_grace`.
    pub timer: &'static str,
    /// What is in force, in milliseconds.
    pub in_force_ms: i64,
    /// What the tenant's file says, in milliseconds.
    pub to_ms: i64,
    /// When that comes into force, unless the file is put right before.
    pub at: EpochMs,
}

/// The timers that a chain's entries have set, in order, each with its moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TimerHistory(Vec<(EpochMs, SetTimers)>);

impl TimerHistory {
    /// Takes note of timers that were set at `at`.
    pub fn set(&mut self, at: EpochMs, timers: SetTimers) {
        self.0.push((at, timers));
    }

    /// The timers that were set last.
    #[must_use]
    pub fn last(&self) -> Option<SetTimers> {
        self.0.last().map(|(_, timers)| *timers)
    }

    /// The timers in force at `now`, by this history alone: the longest that
    /// were set at any moment of the day before. `None` where none were set.
    #[must_use]
    pub fn in_force(&self, now: EpochMs) -> Option<SetTimers> {
        Some(self.in_force_with(self.last()?, now))
    }

    /// The timers in force at `now`, where the tenant's file says `written` now.
    #[must_use]
    pub fn in_force_with(&self, written: SetTimers, now: EpochMs) -> SetTimers {
        let held = |(until, timers): (EpochMs, SetTimers)| {
            (now.since(until) < SHORTENED_WAITS_MS).then_some(timers)
        };
        let held = self.superseded(now).filter_map(held);
        held.fold(written, SetTimers::longest)
    }

    /// Timers that are shorter by `written` than by what is in force at `now`.
    #[must_use]
    pub fn shortened(&self, mut written: SetTimers, now: EpochMs) -> Vec<Shortened> {
        let mut in_force = self.in_force_with(written, now);
        let mut out = Vec::new();
        for (timer, place) in EACH {
            let (in_force_ms, to_ms) = (*place(&mut in_force), *place(&mut written));
            let all = self.superseded(now);
            let longer = all.filter(|(_, timers)| *place(&mut timers.clone()) > to_ms);
            let ends = longer.map(|(until, _)| until.plus(SHORTENED_WAITS_MS));
            if let Some(at) = ends.max().filter(|at| *at > now) {
                out.push(Shortened {
                    timer,
                    in_force_ms,
                    to_ms,
                    at,
                });
            }
        }
        out
    }

    /// Each entry with the moment until which it was the last; the last one is
    /// so now.
    fn superseded(&self, now: EpochMs) -> impl Iterator<Item = (EpochMs, SetTimers)> + '_ {
        let next = self.0.iter().skip(1).map(|(at, _)| *at);
        let each = next.chain([now]).zip(&self.0);
        each.map(|(until, (_, timers))| (until, *timers))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HOUR: i64 = 3_600_000;
    const DAY: i64 = 24 * HOUR;

    fn days(kafka: i64) -> SetTimers {
        SetTimers {
            kafka_ms: kafka * DAY,
            quarantine_ms: 5 * DAY,
            held_back_ms: 6 * DAY,
            landing_grace_ms: DAY,
        }
    }

    /// What is in force of the Kafka timer, in days, `hours` after the first of
    /// `set` (hour, days), where the file says `written`.
    #[track_caller]
    fn check(set: &[(i64, i64)], written: i64, hours: i64, expected: i64) {
        let mut history = TimerHistory::default();
        for (hour, kafka) in set {
            history.set(EpochMs(hour * HOUR), days(*kafka));
        }
        let now = EpochMs(hours * HOUR);
        let in_force = history.in_force_with(days(written), now);
        assert_eq!(in_force, days(expected), "{set:?} {written} {hours}");
        let waits = history.shortened(days(written), now);
        assert_eq!(waits.len(), usize::from(expected > written), "{waits:?}");
        if let [shortened] = &waits[..] {
            assert_eq!(shortened.in_force_ms, expected * DAY);
            let after = history.in_force_with(days(written), shortened.at);
            let told = history
                .0
                .last()
                .is_some_and(|(_, last)| *last == days(written));
            assert!(
                !told || after == days(written),
                "at the moment that is told"
            );
        }
    }

    #[test]
    fn a_shortened_timer_waits_a_day() {
        check(&[], 3, 0, 3);
        check(&[(0, 9)], 9, 1, 9);
        check(&[(0, 9)], 12, 1, 12);
        check(&[(0, 9)], 3, 99, 9);
        check(&[(0, 9), (50, 3)], 3, 51, 9);
        check(&[(0, 9), (50, 3)], 3, 73, 9);
        check(&[(0, 9), (50, 3)], 3, 74, 3);
        check(&[(0, 9), (50, 3), (60, 2)], 2, 75, 3);
        check(&[(0, 9), (50, 3), (60, 9)], 9, 61, 9);
        check(&[(0, 9), (50, 3), (60, 9), (90, 3)], 3, 100, 9);
        check(&[(0, 9), (50, 3), (60, 12), (61, 3)], 3, 84, 12);
    }

    #[test]
    fn without_entries_a_history_says_nothing() {
        assert_eq!(TimerHistory::default().in_force(EpochMs(5)), None);
    }

    proptest! {
        /// At no moment is a timer in force shorter than any that was set
        /// within the day before.
        #[test]
        fn nothing_shortens_within_a_day(
            steps in proptest::collection::vec((0i64..60, 1i64..9), 1..8),
            after in 0i64..60,
        ) {
            let mut history = TimerHistory::default();
            let mut hour = 0;
            for (gap, kafka) in &steps {
                hour += gap;
                history.set(EpochMs(hour * HOUR), days(*kafka));
            }
            let now = hour + after;
            let at = |n: usize| steps[..=n].iter().map(|(gap, _)| gap).sum::<i64>();
            let until = |n: usize| if n + 1 < steps.len() { at(n + 1) } else { now };
            let recent = (0..steps.len()).filter(|n| now - until(*n) < 24);
            let longest = recent.map(|n| steps[n].1).max().expect("the last");
            prop_assert_eq!(history.in_force(EpochMs(now * HOUR)), Some(days(longest)));
        }
    }
}
