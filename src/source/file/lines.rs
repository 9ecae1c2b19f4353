//! Numbered lines of a file or of standard input.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::domain::EpochMs;
use crate::source::link::{Command, Signals};
use crate::source::{Record, SourceError};

/// Longest line that is taken whole, in bytes; what is beyond is dropped, and
/// the decoder refuses the rest for its size.
const LINE_BYTES: u64 = 64 << 20;
/// Lines of standard input that are read ahead.
const AHEAD: usize = 256;

/// What was read.
pub(super) enum Line {
    Record(Record),
    /// A blank line, or one before the line sought.
    Skipped,
    /// Standard input has nothing at present; a wake-up follows.
    NotYet,
    End,
}

enum Input {
    File(BufReader<File>),
    /// Lines from a thread of their own, since reading them may take for ever.
    Stdin(mpsc::Receiver<io::Result<Vec<u8>>>),
}

/// Lines with their numbers.
pub(super) struct Lines {
    input: Input,
    path: PathBuf,
    next: i64,
    from: i64,
    time: EpochMs,
}

impl Lines {
    /// The lines of a file. Its modification time is taken for their time.
    pub(super) fn open(path: &Path) -> Result<Self, SourceError> {
        let refused = |e: io::Error| SourceError::File {
            path: path.to_owned(),
            kind: e.kind(),
        };
        let file = File::open(path).map_err(refused)?;
        let metadata = file.metadata().map_err(refused)?;
        if metadata.is_dir() {
            return Err(refused(io::ErrorKind::IsADirectory.into()));
        }
        Ok(Self {
            time: epoch(metadata.modified().map_err(refused)?),
            input: Input::File(BufReader::with_capacity(1 << 16, file)),
            path: path.to_owned(),
            next: 0,
            from: 0,
        })
    }

    /// The lines of standard input, read ahead; `signals` wakes the reader.
    pub(super) fn stdin(signals: Signals) -> Self {
        let (sender, receiver) = mpsc::sync_channel(AHEAD);
        std::thread::spawn(move || feed(&mut io::stdin().lock(), sender, &signals));
        Self {
            input: Input::Stdin(receiver),
            path: "standard input".into(),
            next: 0,
            from: 0,
            time: epoch(SystemTime::now()),
        }
    }

    /// The number of the line that is read next.
    pub(super) const fn next(&self) -> i64 {
        self.next
    }

    /// Reads a line.
    pub(super) fn read(&mut self) -> Result<Line, SourceError> {
        let line = match &mut self.input {
            Input::File(reader) => read_line(reader),
            Input::Stdin(lines) => match lines.try_recv() {
                Ok(line) => line.map(Some),
                Err(mpsc::TryRecvError::Empty) => return Ok(Line::NotYet),
                Err(mpsc::TryRecvError::Disconnected) => Ok(None),
            },
        };
        let line = line.map_err(|e| SourceError::File {
            path: self.path.clone(),
            kind: e.kind(),
        })?;
        let Some(line) = line else {
            return Ok(Line::End);
        };
        let offset = self.next;
        self.next += 1;
        Ok(if line.is_empty() || offset < self.from {
            Line::Skipped
        } else {
            Line::Record(Record::new(offset, self.time, line))
        })
    }

    /// Lets every line before `offset` be skipped.
    pub(super) const fn seek(&mut self, offset: i64) -> Result<(), SourceError> {
        if offset < self.next {
            return Err(SourceError::NotSeekable { offset });
        }
        self.from = offset;
        Ok(())
    }
}

/// A line without its ending; `None` at the end.
fn read_line(reader: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let read = reader
        .by_ref()
        .take(LINE_BYTES)
        .read_until(b'\n', &mut line)?;
    if read == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if read as u64 == LINE_BYTES {
        reader.skip_until(b'\n')?;
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(Some(line))
}

/// Passes lines on until the end, an error, or until nobody takes them.
fn feed(
    reader: &mut impl BufRead,
    lines: mpsc::SyncSender<io::Result<Vec<u8>>>,
    signals: &Signals,
) {
    while let Some(line) = read_line(reader).transpose() {
        let failed = line.is_err();
        if lines.send(line).is_err() || failed {
            break;
        }
        signals.send(Command::Wake);
    }
    drop(lines);
    signals.send(Command::Wake);
}

fn epoch(time: SystemTime) -> EpochMs {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    EpochMs(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::link;

    fn check(text: &str, want: &[&str]) {
        let (mut reader, mut got) = (text.as_bytes(), Vec::new());
        while let Some(line) = read_line(&mut reader).unwrap() {
            got.push(String::from_utf8(line).unwrap());
        }
        assert_eq!(got, want, "{text:?}");
    }

    #[test]
    fn endings_are_cut_and_nothing_else() {
        check("", &[]);
        check("a", &["a"]);
        check("a\n\nb\r\n \n", &["a", "", "b", " "]);
    }

    #[test]
    fn the_end_of_a_feed_wakes_the_reader() {
        let ((_, signals), (_, commands)) = link::link();
        let (sender, receiver) = mpsc::sync_channel(AHEAD);
        feed(&mut &b"a\nb\n"[..], sender, &signals);
        let lines: Vec<_> = receiver.iter().map(Result::unwrap).collect();
        assert_eq!(lines, [b"a", b"b"]);
        assert_eq!(commands.try_iter().count(), 3);
    }
}
