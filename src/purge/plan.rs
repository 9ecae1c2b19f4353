//! How far a partition's records may go: pure functions of what is known.

use serde::Serialize;

use crate::config::resolved::PurgeAfter;
use crate::domain::EpochMs;
use crate::fault::{Fault, planted};
use crate::lake::log::Slot;

/// What is known of a partition when a purge is planned.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The log's slots that still matter, in order, the first being the one
    /// that covers the broker's low watermark or an earlier one.
    pub slots: &'a [Slot],
    /// How many of [`Known::slots`], from the first, are verified: their
    /// evidence and files were read again and their hashes agree.
    pub verified: usize,
    /// The first slot that is not released.
    pub released_to: u64,
    /// The broker's low watermark.
    pub low: i64,
    /// Committed offsets of the groups that must have read first.
    pub groups: &'a [i64],
}

/// What bounds a purge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// Records from it on have no fate yet.
    Committed,
    /// A slot's evidence or files are missing or altered.
    Unverified,
    /// Records from it on are not released.
    Released,
    /// Records from it on are too young.
    Age,
    /// Another group has not read them.
    Group,
}

/// How far records may go: those below `upto`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Bound {
    /// Records below it may go.
    pub upto: i64,
    /// The last slot on which that rests.
    pub verified_slot: u64,
    /// What keeps it from going further.
    pub limit: Limit,
}

/// The designed bound, where it lies above the low watermark; see [`reach`].
/// `None` when nothing may go.
#[must_use]
pub fn kafka_bound(known: &Known<'_>, after: PurgeAfter, cutoff: EpochMs) -> Option<Bound> {
    reach(known, after, cutoff).filter(|bound| bound.upto > known.low)
}

/// The designed bound: the least of the `resume` of the last verified (and,
/// where the tenant asks for it, released) slot, the first record younger
/// than `cutoff`, and what other groups have committed. `None` when no slot
/// may be built on.
#[must_use]
pub fn reach(known: &Known<'_>, after: PurgeAfter, cutoff: EpochMs) -> Option<Bound> {
    let verified = if planted(Fault::PurgeUnverified) {
        known.slots.len()
    } else {
        known.verified.min(known.slots.len())
    };
    let slots = &known.slots[..verified];
    let released = |slot: &&Slot| after == PurgeAfter::Committed || slot.n < known.released_to;
    let usable = slots.iter().take_while(released).count();
    let last = slots[..usable].last()?;
    let mut bound = Bound {
        upto: if planted(Fault::PurgeToEnd) {
            last.end
        } else {
            last.resume()
        },
        verified_slot: last.n,
        limit: if usable < slots.len() {
            Limit::Released
        } else if usable < known.slots.len() {
            Limit::Unverified
        } else {
            Limit::Committed
        },
    };
    let mut tighten = |upto: i64, limit| {
        if upto < bound.upto {
            bound.upto = upto;
            bound.limit = limit;
        }
    };
    let ages = slots[..usable].iter().filter(|slot| slot.end > known.low);
    if let Some(young) = ages.filter_map(|slot| slot.ages.first_after(cutoff)).min() {
        tighten(young, Limit::Age);
    }
    if let Some(&least) = known.groups.iter().min() {
        tighten(least, Limit::Group);
    }
    Some(bound)
}

/// What to do about an intent, checked again before the deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It was carried out before: what is left is its receipt.
    Done,
    /// Its preconditions hold.
    Due,
    /// A precondition no longer holds; the reason, for the receipt.
    Void(&'static str),
}

/// Whether records below `upto` may still go: what held when it was intended
/// is checked again before the deed. A hold that came after the intent is
/// honoured as long as nothing is gone.
#[must_use]
pub fn recheck(upto: i64, held: bool, low: i64, bound: Option<&Bound>) -> Standing {
    if low >= upto {
        Standing::Done
    } else if held && !planted(Fault::IgnoreHold) {
        Standing::Void("hold")
    } else if bound.is_none_or(|bound| bound.upto < upto) {
        Standing::Void("bound")
    } else {
        Standing::Due
    }
}

/// Whether the record at the low watermark is older than `cutoff` by what the
/// slots say of it. A record that no slot has read is not spoken of.
#[must_use]
pub fn left_behind(slots: &[Slot], low: i64, cutoff: EpochMs) -> bool {
    let covering = slots.iter().find(|slot| slot.end > low);
    let young = |slot: &Slot| slot.ages.first_after(cutoff);
    covering.is_some_and(|slot| slot.start <= low && young(slot).is_none_or(|first| first > low))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::Sha256;
    use crate::lake::log::{Ages, Counts, OpenOffsets, SLOT_VERSION, WriterId};

    /// Slot `n` reads ten records, one a second, and leaves `open` open.
    fn slot(n: u64, open: &[i64]) -> Slot {
        let start = 10 * n as i64;
        Slot {
            version: SLOT_VERSION,
            n,
            previous: Sha256::default(),
            writer: WriterId::default(),
            attempt: WriterId::default(),
            start,
            end: start + 10,
            open: OpenOffsets::from_ascending(open),
            counts: Counts::default(),
            leaves: BTreeMap::new(),
            heads: BTreeMap::new(),
            policies: Vec::new(),
            code: String::new(),
            low_watermark: 0,
            last_record: None,
            ages: Ages::collect((start..start + 10).map(|o| (o, EpochMs(1000 * o)))),
            boundary: None,
        }
    }

    fn slots() -> Vec<Slot> {
        vec![slot(0, &[]), slot(1, &[13, 17]), slot(2, &[17, 24])]
    }

    #[track_caller]
    fn check(
        change: impl FnOnce(&mut Known<'_>),
        after: PurgeAfter,
        cutoff_s: i64,
        expected: Option<(i64, Limit)>,
    ) {
        let slots = slots();
        let mut known = Known {
            slots: &slots,
            verified: 3,
            released_to: 0,
            low: 0,
            groups: &[],
        };
        change(&mut known);
        let bound = kafka_bound(&known, after, EpochMs(1000 * cutoff_s));
        assert_eq!(bound.map(|b| (b.upto, b.limit)), expected);
    }

    #[test]
    fn an_open_record_bounds() {
        let expected = Some((17, Limit::Committed));
        check(|_| (), PurgeAfter::Committed, 99, expected);
    }

    #[test]
    fn an_unverified_slot_bounds() {
        let expected = Some((13, Limit::Unverified));
        check(|k| k.verified = 2, PurgeAfter::Committed, 99, expected);
        check(|k| k.verified = 0, PurgeAfter::Committed, 99, None);
    }

    #[test]
    fn an_unreleased_slot_bounds() {
        let expected = Some((10, Limit::Released));
        check(|k| k.released_to = 1, PurgeAfter::Released, 99, expected);
        check(|_| (), PurgeAfter::Released, 99, None);
    }

    #[test]
    fn the_first_young_record_bounds_exactly() {
        let expected = Some((6, Limit::Age));
        check(|_| (), PurgeAfter::Committed, 5, expected);
        check(|_| (), PurgeAfter::Committed, -1, None);
    }

    #[test]
    fn the_slowest_group_bounds() {
        let expected = Some((4, Limit::Group));
        check(|k| k.groups = &[9, 4], PurgeAfter::Committed, 99, expected);
        check(|k| k.low = 4, PurgeAfter::Committed, 3, None);
    }

    #[track_caller]
    fn check_standing(held: bool, low: i64, bound: Option<i64>, expected: Standing) {
        let bound = bound.map(|upto| Bound {
            upto,
            verified_slot: 0,
            limit: Limit::Committed,
        });
        assert_eq!(recheck(10, held, low, bound.as_ref()), expected);
    }

    #[test]
    fn an_intent_is_checked_again() {
        check_standing(false, 4, Some(10), Standing::Due);
        check_standing(false, 4, Some(11), Standing::Due);
        check_standing(false, 4, Some(9), Standing::Void("bound"));
        check_standing(false, 4, None, Standing::Void("bound"));
        check_standing(true, 4, Some(10), Standing::Void("hold"));
        check_standing(true, 10, None, Standing::Done);
    }

    #[test]
    fn what_stays_too_long_is_noticed() {
        let slots = slots();
        for (low, cutoff_s, expected) in
            [(5, 5, true), (5, 4, false), (15, 20, true), (30, 99, false)]
        {
            let said = left_behind(&slots, low, EpochMs(1000 * cutoff_s));
            assert_eq!(said, expected, "{low} {cutoff_s}");
        }
    }
}
