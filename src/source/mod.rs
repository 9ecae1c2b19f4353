//! Sources of records: a Kafka consumer group, or files, behind one seam.
//!
//! A [`Source`] runs on a thread of its own. It tells what happens as
//! [`Event`]s and takes orders for single partitions. A partition that is newly
//! assigned stands still until [`Source::seek_and_resume`] says where to start,
//! so that a worker reads its commit log first. Group offsets are never
//! consulted: they are a hint for lag tools only.

mod error;
mod file;
#[cfg(feature = "kafka")]
pub mod kafka;
mod link;
mod lookup;
#[cfg(feature = "kafka")]
mod rebalance;
mod record;

pub use error::SourceError;
pub use link::Ack;
pub use lookup::{Lookup, Watermarks};
pub use record::Record;

use std::collections::HashMap;

use link::{Command, Envelope, Order, Signals, Tag};
use tokio::sync::mpsc::UnboundedReceiver;

use crate::config::resolved;
use crate::domain::TopicPartition;

/// Settings of the Kafka client that this program sets itself, so that a
/// configuration may not.
pub const RESERVED_SETTINGS: [&str; 11] = [
    "bootstrap.servers",
    "metadata.broker.list",
    "group.id",
    "group.protocol",
    "partition.assignment.strategy",
    "enable.auto.commit",
    "enable.auto.offset.store",
    "auto.commit.enable",
    "auto.offset.reset",
    "isolation.level",
    "enable.partition.eof",
];

/// What a source tells.
#[derive(Debug)]
pub enum Event {
    /// These partitions are now this worker's. They stand still until
    /// [`Source::seek_and_resume`].
    Assigned(Vec<TopicPartition>),
    /// These partitions are about to be given away. They are given away when
    /// `ack` is dropped, or after a bounded wait.
    Revoked {
        /// The partitions.
        partitions: Vec<TopicPartition>,
        /// Dropped when the worker has let go of them.
        ack: Ack,
    },
    /// These partitions have already gone to another worker, because this one
    /// was silent for too long: nothing of theirs may be written any more.
    Lost(Vec<TopicPartition>),
    /// Records of one partition, in ascending order of offset, at least one.
    Records(TopicPartition, Vec<Record>),
    /// The partition has been read to its end; told again each time the end is
    /// reached after further records.
    End {
        /// The partition.
        partition: TopicPartition,
        /// One more than the last record's offset, or the position sought when
        /// there was none. Transaction markers after it are not counted.
        next: i64,
    },
    /// Something failed; [`SourceError`] tells what to do about it.
    Failed(SourceError),
}

/// A stream of [`Event`]s that takes orders.
///
/// Orders for one partition take effect in the order in which they are given,
/// and after [`Source::seek_and_resume`] no record of the former position is
/// delivered. Orders for a partition that is not assigned do nothing.
#[derive(Debug)]
pub struct Source {
    events: UnboundedReceiver<Envelope>,
    signals: Signals,
    lookup: Lookup,
    held: HashMap<TopicPartition, Tag>,
    generations: u64,
}

impl Source {
    /// Opens the configured source and subscribes it to `topics` (names, or
    /// `^…` patterns; a file source has one topic and ignores them).
    ///
    /// # Errors
    /// When a setting is refused, a file cannot be opened, or the program was
    /// built without Kafka. A broker that does not answer is no error here: it
    /// is told as [`Event::Failed`] while the source keeps trying.
    #[cfg_attr(
        not(feature = "kafka"),
        expect(unused_variables, reason = "only Kafka subscribes")
    )]
    pub fn open(config: &resolved::Source, topics: &[String]) -> Result<Self, SourceError> {
        match config {
            #[cfg(feature = "kafka")]
            resolved::Source::Kafka(kafka) => kafka::open(kafka, topics),
            #[cfg(not(feature = "kafka"))]
            resolved::Source::Kafka(_) => Err(SourceError::NotBuilt),
            resolved::Source::File { topic, paths } => file::open(topic, paths),
        }
    }

    fn new(events: UnboundedReceiver<Envelope>, signals: Signals, lookup: Lookup) -> Self {
        Self {
            events,
            signals,
            lookup,
            held: HashMap::new(),
            generations: 0,
        }
    }

    /// The next event, or `None` once the source is closed and drained. Safe to
    /// cancel: no event is lost.
    pub async fn next(&mut self) -> Option<Event> {
        loop {
            let envelope = self.events.recv().await?;
            if let Some(event) = self.admit(envelope) {
                return Some(event);
            }
        }
    }

    /// Lets `partition` deliver from `offset` on.
    pub fn seek_and_resume(&mut self, partition: &TopicPartition, offset: i64) {
        self.generations += 1;
        let generation = self.generations;
        if let Some(tag) = self.held.get_mut(partition) {
            tag.generation = generation;
            self.order(partition, Order::Seek { offset });
        }
    }

    /// Stops `partition` from delivering. What is already on its way still
    /// comes (at most [`Source::IN_FLIGHT_BYTES`] for all partitions together).
    pub fn pause(&self, partition: &TopicPartition) {
        self.order(partition, Order::Pause);
    }

    /// Lets a paused partition go on where it stood.
    pub fn resume(&self, partition: &TopicPartition) {
        self.order(partition, Order::Resume);
    }

    /// Tells the broker, without waiting, that the group needs nothing below
    /// `offset`. Only lag tools read it; failure is ignored.
    pub fn hint(&self, partition: &TopicPartition, offset: i64) {
        self.order(partition, Order::Hint { offset });
    }

    /// Reads these topics from now on: names, or patterns that begin with `^`.
    /// Partitions that are held already stay; of files there are no others.
    pub fn subscribe(&self, topics: Vec<String>) {
        #[cfg(feature = "kafka")]
        self.signals.send(Command::Subscribe(topics));
        #[cfg(not(feature = "kafka"))]
        drop(topics);
    }

    /// Questions about partitions, for use beside the stream.
    #[must_use]
    pub fn lookup(&self) -> Lookup {
        self.lookup.clone()
    }

    /// Leaves. What is held is told as [`Event::Revoked`]; then
    /// [`Source::next`] gives `None`.
    pub fn close(&self) {
        self.signals.send(Command::Close);
    }

    /// Most bytes of records that wait for [`Source::next`].
    pub const IN_FLIGHT_BYTES: usize = link::CREDIT_BYTES;

    fn order(&self, partition: &TopicPartition, order: Order) {
        if let Some(&tag) = self.held.get(partition) {
            let partition = partition.clone();
            self.signals.send(Command::Partition {
                partition,
                tag,
                order,
            });
        }
    }

    /// Keeps the books on who holds what, and drops what is out of date.
    fn admit(&mut self, envelope: Envelope) -> Option<Event> {
        let Envelope { event, tag } = envelope;
        match &event {
            Event::Assigned(partitions) => {
                for partition in partitions {
                    self.held.insert(partition.clone(), tag);
                }
            }
            Event::Revoked { partitions, .. } | Event::Lost(partitions) => {
                for partition in partitions {
                    self.held.remove(partition);
                }
            }
            Event::Records(partition, records) => {
                self.signals.refund(records);
                return (self.held.get(partition) == Some(&tag)).then_some(event);
            }
            Event::End { partition, .. } => {
                return (self.held.get(partition) == Some(&tag)).then_some(event);
            }
            Event::Failed(_) => {}
        }
        Some(event)
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.close();
    }
}

#[cfg(test)]
mod tests {
    use super::link::{Outlet, link};
    use super::*;
    use crate::domain::EpochMs;
    use std::sync::mpsc::Receiver;

    fn scripted() -> (Source, Outlet, Receiver<Command>) {
        let ((events, signals), (outlet, commands)) = link();
        let lookup = Lookup::file(file::none());
        (Source::new(events, signals, lookup), outlet, commands)
    }

    fn tag(assignment: u64, generation: u64) -> Tag {
        Tag {
            assignment,
            generation,
        }
    }

    fn partition() -> TopicPartition {
        TopicPartition::new("calls", 3)
    }

    fn records(offset: i64) -> Event {
        let record = Record::new(offset, EpochMs(0), vec![0; 100]);
        Event::Records(partition(), vec![record])
    }

    fn end(next: i64) -> Event {
        let partition = partition();
        Event::End { partition, next }
    }

    /// What of the queue is delivered, each by its offset; `-1` for the rest.
    async fn delivered(source: &mut Source) -> Vec<i64> {
        let mut offsets = Vec::new();
        while !source.events.is_empty() {
            let next = tokio::time::timeout(std::time::Duration::ZERO, source.next());
            match next.await {
                Ok(Some(Event::Records(_, records))) => offsets.push(records[0].offset),
                Ok(Some(Event::End { next, .. })) => offsets.push(next),
                Ok(_) => offsets.push(-1),
                Err(_) => {}
            }
        }
        offsets
    }

    #[tokio::test]
    async fn what_was_read_before_a_seek_is_dropped() {
        let (mut source, outlet, _commands) = scripted();
        outlet.send(Event::Assigned(vec![partition()]), tag(1, 0));
        assert_eq!(delivered(&mut source).await, [-1]);
        source.seek_and_resume(&partition(), 5);
        outlet.send(records(5), tag(1, 1));
        assert_eq!(delivered(&mut source).await, [5]);
        outlet.send(records(6), tag(1, 1));
        outlet.send(end(7), tag(1, 1));
        source.seek_and_resume(&partition(), 2);
        outlet.send(records(2), tag(1, 2));
        assert_eq!(delivered(&mut source).await, [2]);
    }

    #[tokio::test]
    async fn what_was_read_under_a_former_assignment_is_dropped() {
        let (mut source, outlet, commands) = scripted();
        outlet.send(Event::Assigned(vec![partition()]), tag(1, 0));
        delivered(&mut source).await;
        source.seek_and_resume(&partition(), 5);
        outlet.send(Event::Lost(vec![partition()]), Tag::default());
        outlet.send(records(5), tag(1, 1));
        assert_eq!(delivered(&mut source).await, [-1]);
        commands.try_iter().count();
        source.seek_and_resume(&partition(), 6);
        source.pause(&partition());
        assert_eq!(
            commands.try_iter().count(),
            0,
            "orders for what is not held"
        );
        outlet.send(Event::Assigned(vec![partition()]), tag(2, 0));
        outlet.send(records(6), tag(1, 1));
        assert_eq!(delivered(&mut source).await, [-1]);
    }

    #[tokio::test]
    async fn credit_comes_back_with_each_batch_delivered_or_dropped() {
        let (mut source, outlet, commands) = scripted();
        let mut sent = 0;
        while outlet.has_credit() {
            outlet.send(records(0), tag(1, 1));
            sent += 1;
        }
        assert!(sent > 1);
        assert!(delivered(&mut source).await.is_empty());
        assert!(outlet.has_credit());
        let woken = commands.try_iter().filter(|c| *c == Command::Wake).count();
        assert_eq!(woken, 1);
    }
}
