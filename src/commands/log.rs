//! `leeward log new-epoch`: go on after a partition stopped.

use std::path::PathBuf;
use std::process::ExitCode;

use bytes::Bytes;
use clap::Subcommand;

use super::stores::{self, OpenError, Opened};
use crate::config::resolved::Source;
use crate::domain::{Entropy, TopicPartition};
use crate::lake::append::{Appended, append};
use crate::lake::log::{Hand, LogError, Remark, Skipped, Slot, Tail, WriterId};
use crate::lake::read::{self, ReadError};
use crate::lake::store::StateStore;

/// How often a close is tried anew while a worker still appends.
const TRIES: usize = 20;

/// Arguments of `leeward log`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// End a partition's log and begin a new epoch.
    ///
    /// The remedy when a partition has stopped because records are gone from
    /// the broker before they had a fate, or because its topic was made anew.
    /// Records that the old log holds open get the named drop `abandoned`, and
    /// offsets between its end and the start of the new one are recorded as
    /// skipped: neither is ever read again. Reading begins where the old log
    /// ended, or at the broker's low watermark where that is higher.
    NewEpoch(NewEpoch),
}

#[derive(Debug, clap::Args)]
struct NewEpoch {
    /// The pipeline file.
    pipeline: PathBuf,
    /// The topic.
    #[arg(long)]
    topic: String,
    /// The partition's number.
    #[arg(long)]
    partition: i32,
    /// Why, in your own words, without names of people or conversations; kept
    /// in the state store.
    #[arg(long)]
    reason: String,
    /// Who you are; kept in the state store.
    #[arg(long, visible_alias = "by")]
    actor: String,
    /// Begin at this offset and do not ask the broker.
    #[arg(long)]
    start: Option<i64>,
    /// The topic was made anew: its offsets say nothing of the old log, so
    /// reading begins at the low watermark, even below the old log's end.
    #[arg(long)]
    recreated: bool,
}

/// Why no epoch was begun.
#[derive(Debug, thiserror::Error)]
enum EpochError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("{0}; nothing can be built on it until it can be read")]
    Read(#[from] ReadError),
    #[error(transparent)]
    Log(#[from] LogError),
    #[error(
        "the partition has no log: check --topic and --partition; a worker begins the first epoch by itself"
    )]
    NoLog,
    #[error("--reason and --actor must say something")]
    Unsaid,
    #[error(
        "offset {start} lies below {end}, where the log ends: records would be processed twice; begin at {end} or above, or say --recreated if the topic was made anew"
    )]
    Twice { start: i64, end: i64 },
    #[error("an offset is not negative: {0}")]
    Negative(i64),
    #[error("the broker does not tell its low watermark ({0}); try again, or give --start")]
    Broker(String),
    #[error(
        "the log cannot be written, or a worker keeps appending to it; see that the store answers and the partition has stopped, then run it again"
    )]
    Contended,
}

/// Begins a new epoch.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let What::NewEpoch(args) = &args.what;
    match begin(args) {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error    {error}");
            ExitCode::FAILURE
        }
    }
}

fn begin(args: &NewEpoch) -> Result<String, EpochError> {
    if args.reason.trim().is_empty() || args.actor.trim().is_empty() {
        return Err(EpochError::Unsaid);
    }
    let opened = stores::open(&args.pipeline)?;
    let place = TopicPartition::new(&args.topic, args.partition);
    let start = match args.start {
        Some(offset) if offset < 0 => return Err(EpochError::Negative(offset)),
        Some(offset) => Start::At(offset),
        None => Start::From(low_watermark(&opened, &place)?),
    };
    let order = Order {
        place,
        start,
        recreated: args.recreated,
        by: Remark {
            actor: args.actor.clone(),
            reason: args.reason.clone(),
            at: stores::now(),
        },
    };
    let mut entropy = Entropy::from_system();
    let begun = stores::wait(new_epoch(&opened.stores.state, &order, &mut entropy))??;
    Ok(begun.says(&order.place))
}

#[cfg(feature = "kafka")]
fn low_watermark(opened: &Opened, place: &TopicPartition) -> Result<i64, EpochError> {
    use crate::source::kafka::Inquirer;
    let Source::Kafka(kafka) = &opened.config.pipeline.source else {
        return Ok(0);
    };
    let marks = Inquirer::connect(kafka, &kafka.group).and_then(|asked| asked.watermarks(place));
    let marks = marks.map_err(|error| EpochError::Broker(error.to_string()))?;
    Ok(marks.low)
}

#[cfg(not(feature = "kafka"))]
fn low_watermark(opened: &Opened, _: &TopicPartition) -> Result<i64, EpochError> {
    match &opened.config.pipeline.source {
        Source::File { .. } => Ok(0),
        Source::Kafka(_) => Err(EpochError::Broker(String::from("built without Kafka"))),
    }
}

/// Where the new epoch is to begin.
#[derive(Debug, Clone, Copy)]
enum Start {
    /// At this offset.
    At(i64),
    /// Where the old log ended, and not below this, the low watermark.
    From(i64),
}

/// A new epoch that is asked for.
#[derive(Debug, Clone)]
struct Order {
    place: TopicPartition,
    start: Start,
    recreated: bool,
    by: Remark,
}

impl Order {
    /// The first offset of the epoch after one that ended at `end`.
    fn start_after(&self, end: i64) -> Result<i64, EpochError> {
        match self.start {
            Start::At(start) if start < end && !self.recreated => {
                Err(EpochError::Twice { start, end })
            }
            Start::At(start) => Ok(start),
            Start::From(low) if self.recreated => Ok(low),
            Start::From(low) => Ok(low.max(end)),
        }
    }
}

/// An epoch that was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Begun {
    epoch: u32,
    start: i64,
    abandoned: u64,
    skipped: Option<Skipped>,
}

impl Begun {
    fn says(&self, place: &TopicPartition) -> String {
        let skipped = self.skipped.map_or_else(String::new, |skipped| {
            format!("; offsets {} to {} are skipped", skipped.from, skipped.to)
        });
        format!(
            "{place} begins epoch {} at offset {}; {} open records were abandoned{skipped}.\nRestart the worker that stopped, or let the partition move to another.",
            self.epoch, self.start, self.abandoned,
        )
    }
}

/// Closes the log in force and begins the next. To repeat it after a failure
/// goes on where that left off.
async fn new_epoch(
    store: &StateStore,
    order: &Order,
    entropy: &mut Entropy,
) -> Result<Begun, EpochError> {
    let writer = WriterId::draw(entropy);
    let mut abandoned = 0;
    for _ in 0..TRIES {
        let hand = Hand {
            writer,
            attempt: WriterId::draw(entropy),
        };
        let (epoch, tail) = read::current(store, &order.place).await?;
        let tail = tail.ok_or(EpochError::NoLog)?;
        let start = order.start_after(tail.end)?;
        if !tail.closed {
            abandoned = tail.open.count();
            let closing = Slot::closing(&tail, order.by.clone(), hand);
            put(store, order, epoch, &closing).await;
            continue;
        }
        let opening = Slot::opening(&tail, start, order.by.clone(), hand)?;
        if put(store, order, epoch + 1, &opening).await == Appended::Won {
            return Ok(begun(epoch + 1, start, abandoned, &tail));
        }
    }
    Err(EpochError::Contended)
}

async fn put(store: &StateStore, order: &Order, epoch: u32, slot: &Slot) -> Appended {
    let chain = read::log(&order.place, epoch);
    append(store, &chain, slot.n, Bytes::from(slot.to_bytes())).await
}

fn begun(epoch: u32, start: i64, abandoned: u64, closed: &Tail) -> Begun {
    let (from, to) = (closed.end, start);
    Begun {
        epoch,
        start,
        abandoned,
        skipped: (to > from).then_some(Skipped { from, to }),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use object_store::memory::InMemory;

    use super::*;
    use crate::domain::EpochMs;
    use crate::lake::log::{Ages, Counts, OpenOffsets, SLOT_VERSION};

    fn place() -> TopicPartition {
        TopicPartition::new("calls", 1)
    }

    fn order(start: Start, recreated: bool) -> Order {
        Order {
            place: place(),
            start,
            recreated,
            by: Remark {
                actor: String::from("dana"),
                reason: String::from("retention was too short"),
                at: EpochMs(3),
            },
        }
    }

    /// Slot 0 of epoch 0: offsets up to 20, two of them open.
    fn slot() -> Slot {
        Slot {
            version: SLOT_VERSION,
            n: 0,
            previous: Default::default(),
            writer: WriterId::default(),
            attempt: WriterId::default(),
            start: 0,
            end: 20,
            open: OpenOffsets::from_ascending(&[12, 15]),
            counts: Counts {
                read: 20,
                committed: 18,
                open_after: 2,
                ..Counts::default()
            },
            leaves: BTreeMap::new(),
            heads: BTreeMap::new(),
            policies: Vec::new(),
            code: String::new(),
            low_watermark: 0,
            last_record: None,
            ages: Ages::default(),
            boundary: None,
        }
    }

    async fn log() -> StateStore {
        let store = StateStore::new(Arc::new(InMemory::new()));
        let won = put(&store, &order(Start::From(0), false), 0, &slot()).await;
        assert_eq!(won, Appended::Won);
        store
    }

    async fn check(start: Start, recreated: bool, expected: (i64, Option<(i64, i64)>)) {
        let store = log().await;
        let mut entropy = Entropy::from_u64(1);
        let begun = new_epoch(&store, &order(start, recreated), &mut entropy).await;
        let begun = begun.expect("begins");
        let skipped = begun.skipped.map(|s| (s.from, s.to));
        assert_eq!((begun.epoch, begun.abandoned), (1, 2));
        assert_eq!((begun.start, skipped), expected);
        let (epoch, tail) = read::current(&store, &place()).await.expect("reads");
        let tail = tail.expect("a first slot");
        assert_eq!((epoch, tail.next, tail.resume()), (1, 1, expected.0));
        assert!(!tail.closed);
        let old = read::slots(&store, &read::log(&place(), 0), 0).await;
        assert_eq!(
            old.map(|slots| slots.len()),
            Ok(2),
            "the old one still reads"
        );
    }

    #[tokio::test]
    async fn an_epoch_begins_where_nothing_is_read_twice() {
        check(Start::From(13), false, (20, None)).await;
        check(Start::From(31), false, (31, Some((20, 31)))).await;
        check(Start::From(0), true, (0, None)).await;
        check(Start::At(25), false, (25, Some((20, 25)))).await;
        check(Start::At(4), true, (4, None)).await;
    }

    #[tokio::test]
    async fn what_would_be_read_twice_is_refused_and_nothing_is_written() {
        let store = log().await;
        let mut entropy = Entropy::from_u64(1);
        let order = order(Start::At(19), false);
        let refused = new_epoch(&store, &order, &mut entropy).await;
        let refused = refused.expect_err("below the end");
        assert!(matches!(refused, EpochError::Twice { start: 19, end: 20 }));
        let (epoch, tail) = read::current(&store, &place()).await.expect("reads");
        assert_eq!((epoch, tail.map(|tail| tail.next)), (0, Some(1)));
    }

    #[tokio::test]
    async fn a_log_that_is_not_there_gets_no_epoch() {
        let store = StateStore::new(Arc::new(InMemory::new()));
        let order = order(Start::From(0), false);
        let refused = new_epoch(&store, &order, &mut Entropy::from_u64(1)).await;
        assert!(matches!(refused, Err(EpochError::NoLog)));
    }

    #[tokio::test]
    async fn a_close_that_was_left_alone_stops_workers_and_is_gone_on_with() {
        let store = log().await;
        let order = order(Start::From(0), false);
        let (_, tail) = read::current(&store, &place()).await.expect("reads");
        let hand = Hand {
            writer: WriterId::default(),
            attempt: WriterId::default(),
        };
        let before = tail.expect("a slot");
        let closing = Slot::closing(&before, order.by.clone(), hand);
        put(&store, &order, 0, &closing).await;
        let late = put(&store, &order, 0, &Slot { n: 1, ..slot() }).await;
        assert_eq!(late, Appended::Reload, "a worker of the old epoch");
        let (epoch, tail) = read::current(&store, &place()).await.expect("reads");
        let marks = crate::lake::log::Watermarks { low: 0, high: 99 };
        let stopped = tail.map(|tail| tail.agrees_with(marks, None));
        assert_eq!((epoch, stopped), (0, Some(Err(LogError::Closed))));
        let begun = new_epoch(&store, &order, &mut Entropy::from_u64(1)).await;
        assert_eq!(begun.expect("begins").epoch, 1);
    }
}
