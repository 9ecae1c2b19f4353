//! What happens to a worker, and what it wants done: two closed enums.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;

use crate::assemble::Closed;
use crate::config::resolved::Share;
use crate::domain::{Fragment, PolicyHash, TenantId, TopicPartition};
use crate::lake::append::Appended;
use crate::lake::log::{Ages, Counts, Drop, Leaf, LogError, OpenOffsets, Tail, Watermarks};
use crate::seal::{BlobName, SealedBlob, UnclaimedBlob};
use crate::source::Record;

/// What a record turned out to be, after decoding and the gate.
#[derive(Debug)]
pub enum Arrived {
    /// It speaks of a conversation.
    Fragment(Box<Fragment>),
    /// It is dropped by a named rule.
    Drop(Drop),
    /// It cannot be processed and is sealed, with the stable code of the reason.
    Quarantine(&'static str),
    /// Its tenant cannot be established: sealed to the operator.
    Unclaimed(&'static str),
}

/// A record as the worker takes it in.
#[derive(Debug)]
pub struct Intake {
    /// The record itself, kept while it may have to be sealed.
    pub record: Record,
    /// What it turned out to be.
    pub arrived: Arrived,
}

/// One attempt of one partition: answers that carry an older one are ignored.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket {
    /// The partition.
    pub partition: TopicPartition,
    /// Drawn anew at each assignment and each reload.
    pub generation: u64,
}

/// A record that is sealed instead of processed.
#[derive(Debug)]
pub struct Sealed {
    /// The record.
    pub record: Record,
    /// The stable code of the reason.
    pub reason: &'static str,
}

/// What a slot will say, but for the files that are still to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The tail that the slot follows.
    pub base: Tail,
    /// The next offset to read for the first time.
    pub end: i64,
    /// Offsets below `end` without a fate.
    pub open: OpenOffsets,
    /// Records by fate, if every closed conversation can be processed.
    pub counts: Counts,
    /// Ages of the records read for the first time.
    pub ages: Ages,
    /// The broker's low watermark when the partition was taken over.
    pub low_watermark: i64,
}

/// Everything that one slot commits, ready to be de-identified and sealed.
#[derive(Debug)]
pub struct Flush {
    /// Whose attempt it is.
    pub ticket: Ticket,
    /// The tenant that the topic belongs to.
    pub tenant: TenantId,
    /// Closed conversations in which something was said or made known.
    pub closed: Vec<Closed>,
    /// Records for the tenant's quarantine.
    pub quarantined: Vec<Sealed>,
    /// Records for the operator's unclaimed area.
    pub unclaimed: Vec<Sealed>,
    /// The record with the highest offset read since the last slot.
    pub last_record: Option<Record>,
    /// Fields that no mapping takes, by schema path (`other` for an unknown
    /// name).
    pub unmapped: BTreeMap<Arc<str>, u64>,
    /// What the slot will say.
    pub draft: Draft,
}

/// A file to be written, under a name drawn for it, before the slot that names
/// it.
#[derive(Debug, Clone)]
pub enum PreparedFile {
    /// Sealed under a tenant's key.
    Sealed(SealedBlob),
    /// Sealed to the operator.
    Unclaimed(UnclaimedBlob),
    /// Evidence: digests and counts, no content.
    Evidence {
        /// Whose it is.
        tenant: TenantId,
        /// Its name.
        name: BlobName,
        /// Its bytes.
        bytes: Bytes,
    },
}

/// What preparing a flush gave.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// Files to be written.
    pub files: Vec<PreparedFile>,
    /// The tenant's evidence.
    pub leaf: Leaf,
    /// The digest of [`Flush::last_record`].
    pub last_digest: Option<String>,
    /// Policies applied.
    pub policies: Vec<PolicyHash>,
    /// Records of conversations that could not be processed after all and
    /// went to quarantine.
    pub quarantined_records: u64,
    /// Records of conversations in which nothing was said after all.
    pub empty_records: u64,
}

/// What happens.
#[derive(Debug)]
pub enum Event {
    /// Partitions were assigned, with the tenant that each belongs to.
    Assigned(Vec<(TopicPartition, TenantId)>),
    /// Partitions were given away or lost.
    Revoked(Vec<TopicPartition>),
    /// The tail of a log was read, and what the broker says beside it.
    TailLoaded {
        /// Whose it is.
        ticket: Ticket,
        /// The tail, or why there is none to go on from.
        tail: Result<Tail, LogError>,
        /// The broker's watermarks.
        watermarks: Watermarks,
        /// The digest of the record now at the tail's last offset.
        last_digest: Option<String>,
    },
    /// Records of one partition, ascending.
    Records(TopicPartition, Vec<Intake>),
    /// A partition was read to its end.
    End(TopicPartition, i64),
    /// A finite source is over: nothing will ever follow.
    Exhausted(TopicPartition),
    /// Time passed.
    Tick,
    /// A flush was prepared.
    Prepared(Ticket, Box<Prepared>),
    /// The files of a flush were written, or it is not known.
    Written(Ticket, bool),
    /// An append was answered.
    Appended(Ticket, Appended),
    /// These partitions' tenant may not be processed for now.
    Suspend(Vec<TopicPartition>),
    /// These partitions' tenant may be processed again.
    Unsuspend(Vec<TopicPartition>),
    /// What each tenant may take from now on; one that is not named is not
    /// bounded.
    Shares(BTreeMap<TenantId, Share>),
    /// Commit what is closed and stop.
    Drain,
}

/// What the worker wants done.
#[derive(Debug)]
pub enum Effect {
    /// Read the tail of the partition's log, and the broker's watermarks.
    LoadTail(Ticket),
    /// Deliver records from this offset on.
    Seek(TopicPartition, i64),
    /// Deliver nothing for now.
    Pause(TopicPartition),
    /// Deliver again.
    Resume(TopicPartition),
    /// De-identify and seal.
    Prepare(Box<Flush>),
    /// Write these files.
    Write(Ticket, Vec<PreparedFile>),
    /// Put this slot, if absent.
    Append {
        /// Whose it is.
        ticket: Ticket,
        /// The slot's number.
        n: u64,
        /// Its stored form.
        bytes: Bytes,
    },
    /// A slot was committed: tell lag tools, count, log.
    Committed {
        /// The partition.
        partition: TopicPartition,
        /// The slot's number.
        n: u64,
        /// Where a restart would go on.
        resume: i64,
        /// Records by fate.
        counts: Box<Counts>,
    },
    /// The partition has stopped; the others go on.
    Stopped(TopicPartition, LogError),
    /// Everything that was closed is committed.
    Drained,
}
