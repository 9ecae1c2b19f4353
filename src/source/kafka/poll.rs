//! The thread that polls a Kafka consumer.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, mpsc};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rdkafka::Message;
use rdkafka::consumer::base_consumer::PartitionQueue;
use rdkafka::consumer::{BaseConsumer, CommitMode, Consumer};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::{BorrowedMessage, Headers};
use rdkafka::topic_partition_list::Offset;

use super::settings::{list, meaning};
use crate::domain::{EpochMs, Phi, TopicPartition};
use crate::source::link::{BATCH_BYTES, BATCH_RECORDS, Command, Order, Outlet, Signals, Tag};
use crate::source::rebalance::{Change, Members};
use crate::source::{Event, Record, SourceError};

/// How often the consumer is polled when nothing happens.
const TICK: Duration = Duration::from_millis(50);
/// How many events of the group are served at a time. A poll does not say
/// whether it found nothing or one that it took care of itself.
const EVENTS: usize = 32;
/// How long a seek may take before it is tried again.
const SEEK: Duration = Duration::from_secs(1);

/// One assigned partition.
struct Part {
    queue: PartitionQueue<Members>,
    tag: Tag,
    /// Its queue is left alone.
    paused: bool,
    /// A seek that is still to be done.
    seek: Option<i64>,
    /// The client has stopped fetching it: only a new assignment starts it.
    stopped: bool,
    /// Waits in [`Thread::ready`].
    listed: bool,
    /// No record below this is delivered.
    next: i64,
}

/// The polling thread.
pub(super) struct Thread {
    consumer: Arc<BaseConsumer<Members>>,
    outlet: Outlet,
    signals: Signals,
    parts: HashMap<TopicPartition, Part>,
    /// Partitions whose queues may hold something, each once.
    ready: VecDeque<TopicPartition>,
}

impl Thread {
    pub(super) fn new(
        consumer: Arc<BaseConsumer<Members>>,
        outlet: Outlet,
        signals: Signals,
    ) -> Self {
        Self {
            consumer,
            outlet,
            signals,
            parts: HashMap::new(),
            ready: VecDeque::new(),
        }
    }

    /// Polls until told to close, then leaves the group.
    pub(super) fn run(mut self, commands: &mpsc::Receiver<Command>) {
        while self.obey(commands) {
            self.poll_group();
            self.retry_seeks();
            self.deliver_round();
        }
        // Queues hold on to the consumer, which leaves the group when dropped.
        self.parts.clear();
    }

    /// Carries out what is ordered, after waiting for it when there is nothing
    /// else to do; `false` when told to close.
    fn obey(&mut self, commands: &mpsc::Receiver<Command>) -> bool {
        let busy = !self.ready.is_empty() && self.outlet.has_credit();
        let wait = if busy { Duration::ZERO } else { TICK };
        let mut command = commands.recv_timeout(wait).ok();
        while let Some(next) = command {
            match next {
                Command::Close => return false,
                Command::Wake => {}
                Command::Ready(partition) => self.list_ready(&partition),
                Command::Subscribe(topics) => self.subscribe(&topics),
                Command::Partition {
                    partition,
                    tag,
                    order,
                } => {
                    self.carry_out(&partition, tag, order);
                }
            }
            command = commands.try_recv().ok();
        }
        true
    }

    fn subscribe(&self, topics: &[String]) {
        let topics: Vec<&str> = topics.iter().map(String::as_str).collect();
        if let Err(error) = self.consumer.subscribe(&topics) {
            let failed = Event::Failed(meaning(&error));
            self.outlet.send(failed, Tag::default());
        }
    }

    fn carry_out(&mut self, partition: &TopicPartition, tag: Tag, order: Order) {
        let Some(part) = self.parts.get_mut(partition) else {
            return;
        };
        if part.tag.assignment != tag.assignment {
            return;
        }
        match order {
            Order::Seek { offset } => {
                part.tag = tag;
                part.paused = false;
                part.seek = Some(offset);
                self.seek(partition);
            }
            Order::Pause => part.paused = true,
            Order::Resume => {
                part.paused = false;
                self.list_ready(partition);
            }
            Order::Hint { offset } => {
                let hint = list([(partition, Offset::Offset(offset))]);
                // Only a hint: the commit log is the truth.
                let _ = self.consumer.commit(&hint, CommitMode::Async);
            }
        }
    }

    /// Tries to move `partition` to where it is wanted. The client refuses to
    /// seek while it is still starting the partition, so it may take several
    /// tries.
    fn seek(&mut self, partition: &TopicPartition) {
        let Some(part) = self.parts.get_mut(partition) else {
            return;
        };
        let Some(offset) = part.seek else { return };
        let members = self.consumer.context();
        let moved = if part.stopped || !members.is_started(partition) {
            members.start(&self.consumer, partition, offset).is_ok()
        } else {
            let to = list([(partition, Offset::Offset(offset))]);
            let sought = self.consumer.seek_partitions(to, SEEK);
            sought.is_ok_and(|l| l.elements().iter().all(|e| e.error().is_ok()))
        };
        if !moved {
            return;
        }
        part.stopped = false;
        part.seek = None;
        part.next = offset;
        self.list_ready(partition);
    }

    fn retry_seeks(&mut self) {
        let waiting = self.parts.iter().filter(|(_, part)| part.seek.is_some());
        let waiting: Vec<_> = waiting.map(|(partition, _)| partition.clone()).collect();
        for partition in waiting {
            self.seek(&partition);
        }
    }

    /// Serves the group: heart-beats, rebalances, errors.
    fn poll_group(&mut self) {
        for _ in 0..EVENTS {
            match self.consumer.poll(Duration::ZERO) {
                Some(Err(error)) => {
                    let failed = Event::Failed(meaning(&error));
                    self.outlet.send(failed, Tag::default());
                }
                Some(Ok(astray)) => {
                    let partition = TopicPartition::new(astray.topic(), astray.partition());
                    drop(astray);
                    self.fetch_again(&partition);
                }
                None => {}
            }
        }
        for change in self.consumer.context().changes() {
            match change {
                Change::Gained(partitions, assignment) => self.gain(partitions, assignment),
                Change::Gone(partitions) => {
                    for partition in partitions {
                        self.parts.remove(&partition);
                    }
                }
            }
        }
    }

    /// A record came past its partition's queue: to keep the order, it and all
    /// that follows is fetched again.
    fn fetch_again(&mut self, partition: &TopicPartition) {
        if let Some(part) = self.parts.get_mut(partition)
            && part.tag.generation > 0
            && part.seek.is_none()
        {
            part.seek = Some(part.next);
        }
    }

    fn gain(&mut self, partitions: Vec<TopicPartition>, assignment: u64) {
        let tag = Tag {
            assignment,
            generation: 0,
        };
        for partition in &partitions {
            if let Some(part) = self.part(partition, tag) {
                self.parts.insert(partition.clone(), part);
            }
        }
        if !partitions.is_empty() {
            self.outlet.send(Event::Assigned(partitions), tag);
        }
    }

    /// A queue for one partition, standing still.
    fn part(&self, partition: &TopicPartition, tag: Tag) -> Option<Part> {
        let number = partition.partition;
        let mut queue = self
            .consumer
            .split_partition_queue(&partition.topic, number)?;
        let (signals, name) = (self.signals.clone(), partition.clone());
        queue.set_nonempty_callback(move || signals.send(Command::Ready(name.clone())));
        Some(Part {
            queue,
            tag,
            paused: true,
            seek: None,
            stopped: false,
            listed: false,
            next: 0,
        })
    }

    fn list_ready(&mut self, partition: &TopicPartition) {
        if let Some(part) = self.parts.get_mut(partition)
            && part.runs()
            && !part.listed
        {
            part.listed = true;
            self.ready.push_back(partition.clone());
        }
    }

    /// One batch of each partition that has something, while there is credit.
    fn deliver_round(&mut self) {
        for _ in 0..self.ready.len() {
            if !self.outlet.has_credit() {
                return;
            }
            let Some(partition) = self.ready.pop_front() else {
                return;
            };
            if self.deliver(&partition) {
                self.list_ready(&partition);
            }
        }
    }

    /// Delivers a batch; whether there may be more.
    fn deliver(&mut self, partition: &TopicPartition) -> bool {
        let Some(part) = self.parts.get_mut(partition) else {
            return false;
        };
        part.listed = false;
        if !part.runs() {
            return false;
        }
        let (records, stop) = part.batch();
        if !records.is_empty() {
            let records = Event::Records(partition.clone(), records);
            self.outlet.send(records, part.tag);
        }
        match stop {
            Stop::Empty => false,
            Stop::Full => true,
            Stop::End => {
                let (partition, next) = (partition.clone(), part.next);
                self.outlet.send(Event::End { partition, next }, part.tag);
                true
            }
            Stop::Failed(error) => {
                let error = part.failed(partition, &error);
                self.outlet.send(Event::Failed(error), part.tag);
                true
            }
        }
    }
}

/// Why a batch ends.
enum Stop {
    Empty,
    Full,
    End,
    Failed(KafkaError),
}

impl Part {
    /// Whether its queue is to be emptied: it has been sought, it stands where
    /// it was sought, and nothing holds it.
    const fn runs(&self) -> bool {
        self.tag.generation > 0 && self.seek.is_none() && !self.stopped && !self.paused
    }

    fn batch(&mut self) -> (Vec<Record>, Stop) {
        let (mut records, mut bytes) = (Vec::new(), 0);
        while records.len() < BATCH_RECORDS && bytes < BATCH_BYTES {
            match self.queue.poll(Duration::ZERO) {
                None => return (records, Stop::Empty),
                Some(Err(KafkaError::PartitionEOF(_))) => return (records, Stop::End),
                Some(Err(error)) => return (records, Stop::Failed(error)),
                Some(Ok(message)) if message.offset() < self.next => {}
                Some(Ok(message)) => {
                    let record = record(&message);
                    self.next = record.offset + 1;
                    bytes += record.size();
                    records.push(record);
                }
            }
        }
        (records, Stop::Full)
    }

    fn failed(&mut self, partition: &TopicPartition, error: &KafkaError) -> SourceError {
        let partition = partition.clone();
        match error.rdkafka_error_code() {
            Some(RDKafkaErrorCode::AutoOffsetReset | RDKafkaErrorCode::OffsetOutOfRange) => {
                self.stopped = true;
                SourceError::OutOfRange { partition }
            }
            _ => match meaning(error) {
                SourceError::Unavailable { code } => SourceError::Partition { partition, code },
                other => other,
            },
        }
    }
}

/// A copy of a message that outlives the client's buffer.
pub(super) fn record(message: &BorrowedMessage<'_>) -> Record {
    let headers = message.headers().map_or_else(Vec::new, |headers| {
        headers
            .iter()
            .map(|h| {
                let value = h.value.unwrap_or_default().to_vec();
                (Phi::new(h.key.to_owned()), Phi::new(value))
            })
            .collect()
    });
    Record {
        offset: message.offset(),
        time: message.timestamp().to_millis().map_or_else(now, EpochMs),
        key: message.key().map(|key| Phi::new(key.to_vec())),
        headers,
        payload: Phi::new(message.payload().unwrap_or_default().to_vec()),
    }
}

fn now() -> EpochMs {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    EpochMs(i64::try_from(since.unwrap_or_default().as_millis()).unwrap_or(i64::MAX))
}
