//! The two-way link between a [`Source`](super::Source) and its thread.
//!
//! Events go through one unbounded queue, so that a rebalance is never held up
//! behind records; records are let in by credit, so that the queue stays small.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use tokio::sync::mpsc::UnboundedSender;

use super::{Event, Record};
use crate::domain::TopicPartition;

/// Most bytes of records in the queue.
pub(super) const CREDIT_BYTES: usize = 8 << 20;
/// Most records of one batch.
pub(super) const BATCH_RECORDS: usize = 512;
/// Most bytes of one batch, but for its last record.
pub(super) const BATCH_BYTES: usize = 1 << 20;

/// Dropped by the worker when it has let go of revoked partitions.
#[derive(Debug)]
pub struct Ack {
    _held: mpsc::Sender<()>,
}

impl Ack {
    /// An ack and the end that waits for it.
    #[cfg(feature = "kafka")]
    pub(super) fn pair() -> (Self, AckWait) {
        let (sender, receiver) = mpsc::channel();
        (Self { _held: sender }, AckWait(receiver))
    }

    /// An ack that nobody waits for, for scripted sources.
    #[must_use]
    pub fn unawaited() -> Self {
        Self {
            _held: mpsc::channel().0,
        }
    }
}

/// The end that waits for an [`Ack`].
#[cfg(feature = "kafka")]
pub(super) struct AckWait(mpsc::Receiver<()>);

#[cfg(feature = "kafka")]
impl AckWait {
    /// Waits until the ack is dropped; `false` when that took longer than `limit`.
    pub(super) fn wait(&self, limit: std::time::Duration) -> bool {
        self.0.recv_timeout(limit) != Err(mpsc::RecvTimeoutError::Timeout)
    }
}

/// Which assignment, and which seek within it, an event or order belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tag {
    /// Counts assignments; told with [`Event::Assigned`].
    pub(super) assignment: u64,
    /// Counts seeks; 0 before the first of the assignment.
    pub(super) generation: u64,
}

/// An event and where it belongs.
#[derive(Debug)]
pub(super) struct Envelope {
    pub(super) event: Event,
    pub(super) tag: Tag,
}

/// What a worker orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    /// For one partition of one assignment.
    Partition {
        partition: TopicPartition,
        tag: Tag,
        order: Order,
    },
    /// Read these topics from now on: names, or patterns that begin with `^`.
    #[cfg(feature = "kafka")]
    Subscribe(Vec<String>),
    /// Let go of everything and end.
    Close,
    /// Look again: there is credit, or the client's queue has something.
    Wake,
    /// The client has something for this partition.
    #[cfg(feature = "kafka")]
    Ready(TopicPartition),
}

/// What is ordered of one partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Seek { offset: i64 },
    Pause,
    Resume,
    Hint { offset: i64 },
}

/// The worker's end: sends commands, gives credit back.
#[derive(Debug, Clone)]
pub(super) struct Signals {
    commands: mpsc::Sender<Command>,
    in_flight: Arc<AtomicUsize>,
}

impl Signals {
    pub(super) fn send(&self, command: Command) {
        // A thread that has ended has nothing left to be told.
        let _ = self.commands.send(command);
    }

    /// Gives back the credit of records that have been taken out.
    pub(super) fn refund(&self, records: &[Record]) {
        let bytes: usize = records.iter().map(Record::size).sum();
        let before = self.in_flight.fetch_sub(bytes, Ordering::AcqRel);
        if before >= CREDIT_BYTES && before - bytes < CREDIT_BYTES {
            self.send(Command::Wake);
        }
    }
}

/// The thread's end: sends events, spends credit.
#[derive(Debug, Clone)]
pub(super) struct Outlet {
    events: UnboundedSender<Envelope>,
    in_flight: Arc<AtomicUsize>,
}

impl Outlet {
    /// Sends an event; `false` when nobody listens any more.
    pub(super) fn send(&self, event: Event, tag: Tag) -> bool {
        if let Event::Records(_, records) = &event {
            let bytes = records.iter().map(Record::size).sum();
            self.in_flight.fetch_add(bytes, Ordering::AcqRel);
        }
        self.events.send(Envelope { event, tag }).is_ok()
    }

    /// Whether another batch of records may be sent.
    pub(super) fn has_credit(&self) -> bool {
        self.in_flight.load(Ordering::Acquire) < CREDIT_BYTES
    }
}

/// Both ends of a link: `(events, signals)` for the worker, `(outlet,
/// commands)` for the thread.
pub(super) fn link() -> (
    (tokio::sync::mpsc::UnboundedReceiver<Envelope>, Signals),
    (Outlet, mpsc::Receiver<Command>),
) {
    let (event_sender, events) = tokio::sync::mpsc::unbounded_channel();
    let (command_sender, commands) = mpsc::channel();
    let in_flight = Arc::new(AtomicUsize::new(0));
    let signals = Signals {
        commands: command_sender,
        in_flight: Arc::clone(&in_flight),
    };
    let outlet = Outlet {
        events: event_sender,
        in_flight,
    };
    ((events, signals), (outlet, commands))
}
