//! A partition's clock: how time passes for its conversations.

use crate::domain::EpochMs;
use crate::fault::{Fault, planted};

/// The clock of one partition.
///
/// It follows the records, each by the lesser of its own time and the wall
/// clock, so that one record dated in the future closes nobody else. While the
/// partition is at its end it follows the wall clock's pace, so that a quiet
/// one closes too; but not while the partition is not read, since what it has
/// by then is not seen. It never goes back.
#[derive(Debug, Clone, Copy, Default)]
pub struct PartitionClock {
    time: Option<EpochMs>,
    at_end_since: Option<EpochMs>,
    stands: bool,
}

impl PartitionClock {
    /// The time of a record: its own or the wall's, the lesser.
    #[must_use]
    pub fn record_time(record: EpochMs, wall: EpochMs) -> EpochMs {
        if planted(Fault::TrustRecordTime) {
            return record;
        }
        record.min(wall)
    }

    /// A record was read. Returns the clock after it.
    pub fn record(&mut self, record: EpochMs, wall: EpochMs) -> EpochMs {
        self.tick(wall);
        self.at_end_since = None;
        let seen = Self::record_time(record, wall);
        let time = self.time.map_or(seen, |time| time.max(seen));
        self.time = Some(time);
        time
    }

    /// The partition's end was reached.
    pub fn end(&mut self, wall: EpochMs) {
        self.tick(wall);
        self.at_end_since.get_or_insert(wall);
    }

    /// The partition is not read from now on.
    pub fn stand(&mut self, wall: EpochMs) {
        self.tick(wall);
        self.stands = true;
    }

    /// The partition is read again.
    pub fn go_on(&mut self, wall: EpochMs) {
        self.stands = false;
        self.at_end_since = self.at_end_since.map(|since| since.max(wall));
    }

    /// The wall clock moved. Returns the clock after it, if it has started.
    pub fn tick(&mut self, wall: EpochMs) -> Option<EpochMs> {
        if let (false, Some(time), Some(since)) = (self.stands, self.time, self.at_end_since) {
            let passed = wall.since(since).max(0);
            self.time = Some(time.plus(passed));
            self.at_end_since = Some(since.max(wall));
        }
        self.time
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_from_the_future_does_not_move_it_past_the_wall() {
        let mut clock = PartitionClock::default();
        assert_eq!(clock.record(EpochMs(10), EpochMs(100)), EpochMs(10));
        assert_eq!(clock.record(EpochMs(9_999), EpochMs(100)), EpochMs(100));
        assert_eq!(clock.record(EpochMs(20), EpochMs(101)), EpochMs(100));
    }

    #[test]
    fn it_stands_still_while_records_are_behind_and_runs_at_the_end() {
        let mut clock = PartitionClock::default();
        clock.record(EpochMs(10), EpochMs(1_000));
        assert_eq!(clock.tick(EpochMs(2_000)), Some(EpochMs(10)));
        clock.end(EpochMs(2_000));
        assert_eq!(clock.tick(EpochMs(2_050)), Some(EpochMs(60)));
        clock.end(EpochMs(2_060));
        assert_eq!(clock.tick(EpochMs(2_070)), Some(EpochMs(80)));
    }

    #[test]
    fn no_time_passes_while_the_partition_is_not_read() {
        let mut clock = PartitionClock::default();
        clock.record(EpochMs(10), EpochMs(10));
        clock.end(EpochMs(10));
        clock.stand(EpochMs(30));
        assert_eq!(clock.tick(EpochMs(500)), Some(EpochMs(30)));
        assert_eq!(clock.record(EpochMs(40), EpochMs(500)), EpochMs(40));
        clock.end(EpochMs(500));
        clock.go_on(EpochMs(600));
        assert_eq!(clock.tick(EpochMs(605)), Some(EpochMs(45)));
    }

    #[test]
    fn a_wall_clock_set_back_is_ignored() {
        let mut clock = PartitionClock::default();
        clock.record(EpochMs(10), EpochMs(10));
        clock.end(EpochMs(10));
        assert_eq!(clock.tick(EpochMs(30)), Some(EpochMs(30)));
        assert_eq!(clock.tick(EpochMs(20)), Some(EpochMs(30)));
        assert_eq!(clock.tick(EpochMs(31)), Some(EpochMs(31)));
    }
}
