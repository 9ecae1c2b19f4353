//! JSON lines from files or standard input, behind the seam of a [`Source`].
//!
//! Each file is one partition of one topic; a record's offset is the number of
//! its line, from 0. Blank lines are skipped and leave gaps.

mod lines;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, mpsc};

use super::link::{self, BATCH_BYTES, BATCH_RECORDS, Command, Order, Outlet, Tag};
use super::{Ack, Event, Lookup, Record, Source, SourceError, Watermarks};
use crate::domain::TopicPartition;
use lines::{Line, Lines};

/// The end of what may yet grow: no record lies beyond it.
pub(super) const UNKNOWN_END: i64 = i64::MAX;

/// The files of a source, by partition; none stands for standard input.
#[derive(Debug)]
pub(super) struct Files {
    topic: String,
    paths: Vec<PathBuf>,
}

/// Opens files as partitions of `topic`; standard input when `paths` is empty.
///
/// # Errors
/// [`SourceError::File`] for the first file that cannot be opened.
pub(super) fn open(topic: &str, paths: &[PathBuf]) -> Result<Source, SourceError> {
    let files = Arc::new(Files {
        topic: topic.to_owned(),
        paths: paths.to_vec(),
    });
    for path in paths {
        Lines::open(path)?;
    }
    let ((events, signals), (outlet, commands)) = link::link();
    let readers = if paths.is_empty() {
        vec![Reader::new(&files, 0, Some(Lines::stdin(signals.clone())))]
    } else {
        let numbers = 0..files.partitions(topic);
        numbers.map(|n| Reader::new(&files, n, None)).collect()
    };
    let thread = Thread {
        files: Arc::clone(&files),
        readers,
        outlet,
    };
    std::thread::Builder::new()
        .name("source-file".into())
        .spawn(move || thread.run(&commands))
        .map_err(|e| SourceError::Fatal {
            code: e.kind().to_string(),
        })?;
    Ok(Source::new(events, signals, Lookup::file(files)))
}

/// No files, for tests of the seam.
#[cfg(test)]
pub(super) fn none() -> Arc<Files> {
    let (topic, paths) = (String::new(), Vec::new());
    Arc::new(Files { topic, paths })
}

impl Files {
    fn path(&self, partition: &TopicPartition) -> Option<&PathBuf> {
        self.paths.get(usize::try_from(partition.partition).ok()?)
    }

    /// How many partitions `topic` has here.
    pub(super) fn partitions(&self, topic: &str) -> i32 {
        if topic != self.topic {
            return 0;
        }
        i32::try_from(self.paths.len().max(1)).unwrap_or(i32::MAX)
    }

    /// Counts the lines. The end of standard input is not known.
    pub(super) fn watermarks(&self, partition: &TopicPartition) -> Result<Watermarks, SourceError> {
        let Some(path) = self.path(partition) else {
            return Ok(Watermarks {
                low: 0,
                high: UNKNOWN_END,
            });
        };
        let mut lines = Lines::open(path)?;
        while !matches!(lines.read()?, Line::End) {}
        Ok(Watermarks {
            low: 0,
            high: lines.next(),
        })
    }

    /// Reads line `offset` again.
    pub(super) fn read_at(
        &self,
        partition: &TopicPartition,
        offset: i64,
    ) -> Result<Option<Record>, SourceError> {
        let Some(path) = self.path(partition) else {
            return Err(SourceError::NotSeekable { offset });
        };
        let mut lines = Lines::open(path)?;
        lines.seek(offset)?;
        loop {
            match lines.read()? {
                Line::Skipped if lines.next() <= offset => {}
                Line::Record(record) if record.offset == offset => return Ok(Some(record)),
                _ => return Ok(None),
            }
        }
    }
}

/// One partition being read.
struct Reader {
    partition: TopicPartition,
    lines: Option<Lines>,
    tag: Tag,
    running: bool,
    ended: bool,
}

impl Reader {
    fn new(files: &Files, number: i32, lines: Option<Lines>) -> Self {
        Self {
            partition: TopicPartition::new(&files.topic, number),
            lines,
            tag: Tag::default(),
            running: false,
            ended: false,
        }
    }

    /// Goes to line `offset`, from the start of the file where that is behind.
    fn seek(&mut self, files: &Files, offset: i64) -> Result<(), SourceError> {
        if let Some(path) = files.path(&self.partition) {
            self.lines = Some(Lines::open(path)?);
        }
        let lines = self.lines.as_mut().ok_or(SourceError::Closed)?;
        lines.seek(offset)?;
        (self.running, self.ended) = (true, false);
        Ok(())
    }

    /// The next batch of records, and whether more may come now.
    fn batch(&mut self) -> Result<(Vec<Record>, bool), SourceError> {
        let (mut records, mut bytes) = (Vec::new(), 0);
        let lines = self.lines.as_mut().ok_or(SourceError::Closed)?;
        while records.len() < BATCH_RECORDS && bytes < BATCH_BYTES {
            match lines.read()? {
                Line::Record(record) => {
                    bytes += record.size();
                    records.push(record);
                }
                Line::Skipped => {}
                Line::NotYet => return Ok((records, false)),
                Line::End => {
                    self.ended = true;
                    return Ok((records, false));
                }
            }
        }
        Ok((records, true))
    }
}

/// The thread that reads.
struct Thread {
    files: Arc<Files>,
    readers: Vec<Reader>,
    outlet: Outlet,
}

impl Thread {
    fn run(mut self, commands: &mpsc::Receiver<Command>) {
        let all: Vec<_> = self.readers.iter().map(|r| r.partition.clone()).collect();
        self.outlet
            .send(Event::Assigned(all.clone()), Tag::default());
        let mut busy: VecDeque<usize> = VecDeque::new();
        loop {
            let reading = !busy.is_empty() && self.outlet.has_credit();
            let command = if reading {
                match commands.try_recv() {
                    Ok(command) => Some(command),
                    Err(mpsc::TryRecvError::Empty) => None,
                    Err(mpsc::TryRecvError::Disconnected) => break,
                }
            } else {
                match commands.recv() {
                    Ok(command) => Some(command),
                    Err(_) => break,
                }
            };
            match command {
                Some(Command::Close) => break,
                Some(command) => {
                    self.obey(command);
                    busy = self.unfinished();
                }
                None => {
                    if let Some(n) = busy.pop_front()
                        && self.deliver(n)
                    {
                        busy.push_back(n);
                    }
                }
            }
        }
        let (partitions, ack) = (all, Ack::unawaited());
        self.outlet
            .send(Event::Revoked { partitions, ack }, Tag::default());
    }

    fn unfinished(&self) -> VecDeque<usize> {
        let numbered = self.readers.iter().enumerate();
        numbered
            .filter(|(_, r)| r.running && !r.ended)
            .map(|(n, _)| n)
            .collect()
    }

    fn obey(&mut self, command: Command) {
        let Command::Partition {
            partition,
            tag,
            order,
        } = command
        else {
            return;
        };
        let Some(reader) = self.readers.iter_mut().find(|r| r.partition == partition) else {
            return;
        };
        match order {
            Order::Seek { offset } => {
                reader.tag = tag;
                if let Err(error) = reader.seek(&self.files, offset) {
                    reader.running = false;
                    self.outlet.send(Event::Failed(error), tag);
                }
            }
            Order::Pause => reader.running = false,
            Order::Resume => reader.running = tag.generation > 0,
            Order::Hint { .. } => {}
        }
    }

    /// Sends one batch of reader `n`; whether more may come now.
    fn deliver(&mut self, n: usize) -> bool {
        let reader = &mut self.readers[n];
        let (partition, tag) = (reader.partition.clone(), reader.tag);
        match reader.batch() {
            Ok((records, more)) => {
                if !records.is_empty() {
                    let records = Event::Records(partition.clone(), records);
                    self.outlet.send(records, tag);
                }
                if reader.ended {
                    let next = reader.lines.as_ref().map_or(0, Lines::next);
                    self.outlet.send(Event::End { partition, next }, tag);
                }
                more
            }
            Err(error) => {
                reader.running = false;
                self.outlet.send(Event::Failed(error), tag);
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    fn source(texts: &[&str]) -> (tempfile::TempDir, Source) {
        let dir = tempfile::tempdir().unwrap();
        let mut paths = Vec::new();
        for (n, text) in texts.iter().enumerate() {
            let path = dir.path().join(format!("{n}.jsonl"));
            std::fs::write(&path, text).unwrap();
            paths.push(path);
        }
        let source = open("calls", &paths).unwrap();
        (dir, source)
    }

    /// Plays events until `ends` ends were told; `offset:payload` of each record.
    async fn play(source: &mut Source, ends: usize) -> Vec<String> {
        let (mut seen, mut left) = (Vec::new(), ends);
        while left > 0 {
            match source.next().await.unwrap() {
                Event::Records(partition, records) => {
                    for r in records {
                        let text = String::from_utf8_lossy(r.payload.expose()).into_owned();
                        seen.push(format!("{}@{}:{text}", partition.partition, r.offset));
                    }
                }
                Event::End { partition, next } => {
                    seen.push(format!("{}@{next}.", partition.partition));
                    left -= 1;
                }
                event => panic!("{event:?}"),
            }
        }
        seen
    }

    async fn assigned(source: &mut Source) -> Vec<TopicPartition> {
        match source.next().await.unwrap() {
            Event::Assigned(partitions) => partitions,
            event => panic!("{event:?}"),
        }
    }

    #[tokio::test]
    async fn lines_are_records_and_the_end_is_told() {
        let (_dir, mut source) = source(&["a\n\r\nb\r\nc"]);
        let partitions = assigned(&mut source).await;
        source.seek_and_resume(&partitions[0], 0);
        assert_eq!(
            play(&mut source, 1).await,
            ["0@0:a", "0@2:b", "0@3:c", "0@4."]
        );
    }

    #[tokio::test]
    async fn each_file_is_a_partition_and_starts_where_it_is_told() {
        let (_dir, mut source) = source(&["a\nb\n", "c\nd\n"]);
        let partitions = assigned(&mut source).await;
        assert_eq!(partitions.len(), 2);
        source.seek_and_resume(&partitions[1], 1);
        assert_eq!(play(&mut source, 1).await, ["1@1:d", "1@2."]);
        source.seek_and_resume(&partitions[0], 2);
        assert_eq!(play(&mut source, 1).await, ["0@2."]);
    }

    #[tokio::test]
    async fn after_a_seek_nothing_of_the_former_position_comes() {
        let mut text = String::new();
        for n in 0..20_000 {
            writeln!(text, "{n}").unwrap();
        }
        let (_dir, mut source) = source(&[&text]);
        let partitions = assigned(&mut source).await;
        source.seek_and_resume(&partitions[0], 0);
        let Some(Event::Records(_, first)) = source.next().await else {
            panic!("no records");
        };
        assert_eq!(first[0].offset, 0);
        source.seek_and_resume(&partitions[0], 19_998);
        assert_eq!(
            play(&mut source, 1).await,
            ["0@19998:19998", "0@19999:19999", "0@20000."]
        );
    }

    #[tokio::test]
    async fn a_paused_partition_goes_on_where_it_stood() {
        let lines = "0123456789abcdef0123456789abcdef\n".repeat(400_000);
        let (_dir, mut source) = source(&[&lines]);
        let partition = assigned(&mut source).await.remove(0);
        source.seek_and_resume(&partition, 0);
        source.next().await.unwrap();
        source.pause(&partition);
        source.resume(&partition);
        let mut last = -1;
        loop {
            match source.next().await.unwrap() {
                Event::Records(_, records) => {
                    assert!(last < 0 || records[0].offset == last + 1);
                    last = records.last().unwrap().offset;
                }
                Event::End { next, .. } => {
                    assert_eq!((next, last), (400_000, 399_999));
                    return;
                }
                event => panic!("{event:?}"),
            }
        }
    }

    #[tokio::test]
    async fn close_revokes_and_ends() {
        let (_dir, mut source) = source(&["a\n"]);
        assigned(&mut source).await;
        source.close();
        assert!(matches!(source.next().await, Some(Event::Revoked { .. })));
        assert!(source.next().await.is_none());
    }

    #[tokio::test]
    async fn lookups_read_again() {
        let (_dir, source) = source(&["a\n\nb\n"]);
        let (lookup, partition) = (source.lookup(), TopicPartition::new("calls", 0));
        let marks = lookup.watermarks(&partition).await.unwrap();
        assert_eq!(marks, Watermarks { low: 0, high: 3 });
        let read = |offset| {
            let (lookup, partition) = (lookup.clone(), partition.clone());
            async move { lookup.read_at(&partition, offset).await.unwrap() }
        };
        assert_eq!(read(2).await.unwrap().payload.expose(), b"b");
        assert!(read(1).await.is_none());
        assert!(read(3).await.is_none());
        assert_eq!(lookup.partitions("calls").await, Ok(1));
        assert_eq!(lookup.partitions("other").await, Ok(0));
    }

    #[tokio::test]
    async fn the_end_of_standard_input_is_not_known() {
        let (_dir, source) = source(&["a\nb\n"]);
        let partition = TopicPartition::new("calls", 0);
        assert_eq!(source.lookup().end(&partition).await, Ok(Some(2)));
        let input = Files {
            topic: "calls".to_owned(),
            paths: Vec::new(),
        };
        let lookup = Lookup::file(Arc::new(input));
        assert_eq!(lookup.end(&partition).await, Ok(None));
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = open("calls", &["/nowhere/x.jsonl".into()]).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("/nowhere/x.jsonl: cannot be read")
        );
    }
}
