//! Faults planted on purpose, to show that the simulator finds them. In a
//! program that is not a test build none can be planted.

/// A short cut that loses, doubles or leaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(test), allow(dead_code))]
pub(crate) enum Fault {
    /// Write a slot before replay has passed the end of the one before.
    FlushDuringReplay,
    /// Leave the open offsets out of the slot.
    ForgetOpenOffsets,
    /// Take `AlreadyExists` for one's own write.
    TrustAlreadyExists,
    /// Delete the files of a doubtful commit.
    DeleteAfterDoubt,
    /// Tell Kafka the offset before the slot is committed, and start from it.
    OffsetFirst,
    /// Skip a conversation whose id was committed before (a closed set by id).
    ClosedById,
    /// Purge to the slot's end instead of its resume.
    PurgeToEnd,
    /// Purge records of a slot whose files were not verified.
    PurgeUnverified,
    /// Release without appending the release entry first.
    ReleaseWithoutSlot,
    /// Accept answers to an attempt that was given up.
    IgnoreGeneration,
    /// Close open conversations when the partition is revoked or drained.
    CloseOnRevoke,
    /// Let a record from the future move the clock.
    TrustRecordTime,
    /// Execute a purge intent though a hold came before it.
    IgnoreHold,
    /// Drop what still comes of a tenant that is over its rate.
    DropThrottled,
    /// Let a tenant that was over its rate stand still for good.
    ThrottleForGood,
}

#[cfg(test)]
impl Fault {
    /// Every fault.
    pub(crate) const ALL: [Self; 15] = [
        Self::FlushDuringReplay,
        Self::ForgetOpenOffsets,
        Self::TrustAlreadyExists,
        Self::DeleteAfterDoubt,
        Self::OffsetFirst,
        Self::ClosedById,
        Self::PurgeToEnd,
        Self::PurgeUnverified,
        Self::ReleaseWithoutSlot,
        Self::IgnoreGeneration,
        Self::CloseOnRevoke,
        Self::TrustRecordTime,
        Self::IgnoreHold,
        Self::DropThrottled,
        Self::ThrottleForGood,
    ];
}

/// Whether `fault` is planted in this thread.
#[cfg(not(test))]
pub(crate) const fn planted(_: Fault) -> bool {
    false
}

#[cfg(test)]
pub(crate) use planting::{plant, planted};

#[cfg(test)]
mod planting {
    use std::cell::Cell;

    use super::Fault;

    thread_local! {
        static PLANTED: Cell<Option<Fault>> = const { Cell::new(None) };
    }

    pub(crate) fn planted(fault: Fault) -> bool {
        PLANTED.get() == Some(fault)
    }

    pub(crate) fn plant(fault: Option<Fault>) {
        PLANTED.set(fault);
    }
}
