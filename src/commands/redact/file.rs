//! One file through the engine: read, de-identify, then show or write.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write, stdin, stdout};

use super::atomic::AtomicFile;
use super::json::Json;
use super::plan::Job;
use super::preview;
use super::record::Record;
use super::tally::Tally;
use super::text::Page;
use super::{Format, Redactor};
use crate::deid::{HoldReason, Outcome, language, second_look};
use crate::domain::RawConversation;

/// Largest text file or JSON document, and largest line of JSON lines, in bytes.
const MOST_BYTES: u64 = 256 << 20;

/// Why a file could not be processed; each names what to change.
#[derive(Debug, thiserror::Error)]
pub(super) enum FileError {
    #[error("cannot be read ({0}); check its permissions")]
    Read(io::ErrorKind),
    #[error("line {0} is larger than 256 MiB; split it")]
    TooLarge(usize),
    #[error("line {0} is not UTF-8; convert the file first, for example with iconv")]
    NotUtf8(usize),
    #[error("line {line} is not JSON (column {column}); {remedy}")]
    NotJson {
        line: usize,
        column: usize,
        remedy: &'static str,
    },
    #[error("lines left out: {0}")]
    Lines(usize),
    #[error("the clean form cannot be written ({0}); check --out, its permissions and its disk")]
    Write(io::ErrorKind),
}

/// De-identifies one input. `note` shows one line to the person: what was held
/// back and why, by numbers and categories only.
pub(super) fn redact(
    job: &Job,
    format: Format,
    redactor: &mut Redactor,
    tally: &mut Tally,
    note: &mut dyn FnMut(&str),
) -> Result<(), FileError> {
    let input = open(job).map_err(|e| FileError::Read(e.kind()))?;
    let (format, mut input) = settle(format, job, input)?;
    let name = job.name();
    let mut pass = Pass {
        name: &name,
        redactor,
        tally,
        note,
        written: 0,
        bad: 0,
        notes: 0,
    };
    pass.tally.files += 1;
    let mut output = Output::open(job, pass.redactor).map_err(write_error)?;
    match format {
        Format::Jsonl => pass.lines(&mut input, &mut output)?,
        Format::Json => pass.document(&mut input, &mut output)?,
        Format::Auto | Format::Text => pass.page(&mut input, &mut output)?,
    }
    output
        .finish(pass.written > 0 || pass.notes == 0)
        .map_err(write_error)?;
    match pass.bad {
        0 => Ok(()),
        bad => Err(FileError::Lines(bad)),
    }
}

fn write_error(error: io::Error) -> FileError {
    FileError::Write(error.kind())
}

fn open(job: &Job) -> io::Result<Box<dyn BufRead>> {
    Ok(match &job.input {
        Some(path) => Box::new(BufReader::new(File::open(path)?)),
        None => Box::new(BufReader::new(stdin())),
    })
}

/// The format by the file's name, else by its first line; and the input, of
/// which nothing is read yet.
fn settle(
    format: Format,
    job: &Job,
    mut input: Box<dyn BufRead>,
) -> Result<(Format, Box<dyn BufRead>), FileError> {
    if format != Format::Auto {
        return Ok((format, input));
    }
    let extension = job.input.as_deref().and_then(|p| p.extension()?.to_str());
    let named = match extension.map(str::to_ascii_lowercase).as_deref() {
        Some("jsonl" | "ndjson") => Format::Jsonl,
        Some("json") => Format::Json,
        Some("txt" | "md" | "log" | "text") => Format::Text,
        _ => {
            let mut start = Vec::new();
            let mut limited = input.by_ref().take(MOST_BYTES + 1);
            // Lines of nothing before it are of no account.
            while start.trim_ascii_start().is_empty() {
                let read = limited.read_until(b'\n', &mut start);
                if read.map_err(|e| FileError::Read(e.kind()))? == 0 {
                    break;
                }
            }
            let format = shape(&start);
            return Ok((format, Box::new(io::Cursor::new(start).chain(input))));
        }
    };
    Ok((named, input))
}

/// The format of what begins with the line `start`: JSON whose first line is
/// no whole value goes on in the next.
fn shape(start: &[u8]) -> Format {
    let start = start.trim_ascii();
    let list = start.strip_prefix(b"[").map(<[u8]>::trim_ascii_start);
    if !start.starts_with(b"{") && !list.is_some_and(|l| l.is_empty() || l.starts_with(b"{")) {
        return Format::Text;
    }
    match serde_json::from_slice::<serde::de::IgnoredAny>(start) {
        Err(error) if error.is_eof() => Format::Json,
        Err(_) if list.is_some() => Format::Text,
        _ => Format::Jsonl,
    }
}

/// One input on its way.
struct Pass<'a> {
    name: &'a str,
    redactor: &'a mut Redactor,
    tally: &'a mut Tally,
    note: &'a mut dyn FnMut(&str),
    /// Conversations written.
    written: usize,
    /// Lines that were not understood.
    bad: usize,
    /// Conversations held back or not understood.
    notes: usize,
}

impl Pass<'_> {
    fn page(&mut self, input: &mut dyn BufRead, out: &mut Output) -> Result<(), FileError> {
        let text = self.read_all(input)?;
        let page = Page::read(&text);
        let name = self.name;
        let place = |turn: usize| format!("{name}:{}", turn + 1);
        if let Some(outcome) = self.judge(&page.conversation, &place, out)? {
            self.write(page.write(&outcome.clean).as_bytes(), out)?;
        }
        Ok(())
    }

    fn document(&mut self, input: &mut dyn BufRead, out: &mut Output) -> Result<(), FileError> {
        let text = self.read_all(input)?;
        let record = Record::read(parse(&text, 1, wrong_document)?);
        let name = self.name;
        if let Some(outcome) = self.judge(&record.conversation, &|_| name.to_owned(), out)? {
            let clean = record.write(&outcome.clean);
            let mut bytes = serde_json::to_vec_pretty(&clean).map_err(|e| write_error(e.into()))?;
            bytes.push(b'\n');
            self.write(&bytes, out)?;
        }
        Ok(())
    }

    /// Line by line, so that a stream flows; a bad line is left out and told.
    fn lines(&mut self, input: &mut dyn BufRead, out: &mut Output) -> Result<(), FileError> {
        let mut buffer = Vec::new();
        for number in 1.. {
            buffer.clear();
            let mut limited = input.take(MOST_BYTES + 1);
            let read = limited
                .read_until(b'\n', &mut buffer)
                .map_err(|e| FileError::Read(e.kind()))?;
            self.tally.bytes += read as u64;
            match read as u64 {
                0 => break,
                n if n > MOST_BYTES => return Err(FileError::TooLarge(number)),
                _ => {}
            }
            match self.line(&buffer, number, out) {
                Err(error @ (FileError::NotUtf8(_) | FileError::NotJson { .. })) => {
                    self.bad += 1;
                    self.notes += 1;
                    (self.note)(&format!("error: {}: {error}", self.name));
                }
                other => other?,
            }
        }
        Ok(())
    }

    fn line(&mut self, bytes: &[u8], number: usize, out: &mut Output) -> Result<(), FileError> {
        let text = std::str::from_utf8(bytes).map_err(|_| FileError::NotUtf8(number))?;
        if text.trim().is_empty() {
            return Ok(());
        }
        let record = Record::read(parse(text.trim_end(), number, wrong_line)?);
        let name = self.name;
        let place = |_| format!("{name}:{number}");
        if let Some(outcome) = self.judge(&record.conversation, &place, out)? {
            let clean = record.write(&outcome.clean);
            let mut bytes = serde_json::to_vec(&clean).map_err(|e| write_error(e.into()))?;
            bytes.push(b'\n');
            self.write(&bytes, out)?;
        }
        Ok(())
    }

    fn read_all(&mut self, input: &mut dyn BufRead) -> Result<String, FileError> {
        let mut bytes = Vec::new();
        let read = input.take(MOST_BYTES + 1).read_to_end(&mut bytes);
        let read = read.map_err(|e| FileError::Read(e.kind()))? as u64;
        self.tally.bytes += read;
        if read > MOST_BYTES {
            return Err(FileError::TooLarge(1));
        }
        String::from_utf8(bytes).map_err(|error| {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            FileError::NotUtf8(1 + valid.iter().filter(|b| **b == b'\n').count())
        })
    }

    /// De-identifies a conversation; gives its clean form where that may be
    /// written, and otherwise shows the hits or says why not.
    fn judge(
        &mut self,
        conversation: &RawConversation,
        place: &dyn Fn(usize) -> String,
        out: &mut Output,
    ) -> Result<Option<Outcome>, FileError> {
        let outcome = self.redactor.deidentify(conversation);
        self.tally.count(&outcome.findings);
        if let Some(style) = self.redactor.preview {
            let findings = &outcome.findings;
            let mut shown = if style.explain {
                let reasons = self.redactor.engine.explain(conversation, findings);
                preview::render(conversation, findings, &reasons, style, place)
            } else {
                preview::render(conversation, findings, &[], style, place)
            };
            if style.explain {
                shown.push_str(&preview::render_risk(conversation, &outcome, place));
            }
            out.write_all(shown.as_bytes()).map_err(write_error)?;
        }
        if outcome.holds.is_empty() || self.redactor.allow_residue {
            return Ok(self.redactor.preview.is_none().then_some(outcome));
        }
        self.tally.held += 1;
        self.notes += 1;
        for line in reasons(conversation, &outcome, place) {
            (self.note)(&line);
        }
        Ok(None)
    }

    fn write(&mut self, bytes: &[u8], out: &mut Output) -> Result<(), FileError> {
        self.written += 1;
        out.write_all(bytes).map_err(write_error)
    }
}

fn parse(
    text: &str,
    line: usize,
    remedy: fn(&serde_json::Error) -> &'static str,
) -> Result<Json, FileError> {
    serde_json::from_str(text).map_err(|error| FileError::NotJson {
        line: line + error.line().saturating_sub(1),
        column: error.column(),
        remedy: remedy(&error),
    })
}

/// A line that ends too early is the first of a document.
fn wrong_line(error: &serde_json::Error) -> &'static str {
    match error.is_eof() {
        true => {
            "say --format json, if the whole is one document over several lines; else correct it"
        }
        false => "correct it, or say --format text",
    }
}

/// A document after which another begins is a line of many.
fn wrong_document(error: &serde_json::Error) -> &'static str {
    match error.line() > 1 && !error.is_eof() {
        true => "say --format jsonl, if each line is a document; else correct it",
        false => "correct it, or say --format text",
    }
}

/// Why a conversation is held back, one line a place, without a word of it.
fn reasons(
    conversation: &RawConversation,
    outcome: &Outcome,
    place: &dyn Fn(usize) -> String,
) -> Vec<String> {
    let mut lines = Vec::new();
    if outcome.holds.contains(&HoldReason::Language) {
        let turn = language::unsupported_turn(conversation).unwrap_or(0);
        lines.push(format!(
            "held back: {}: not English, so the engine cannot judge it",
            place(turn)
        ));
    }
    let mut residues = second_look::residues(&outcome.clean, &[]);
    residues.dedup();
    lines.extend(residues.iter().map(|residue| {
        let place = place(residue.turn.unwrap_or(0));
        format!(
            "held back: {place}: still looks like an identifier ({}, {})",
            residue.category, residue.rule
        )
    }));
    lines.dedup();
    lines
}

/// Where clean text goes.
enum Output {
    Standard(io::StdoutLock<'static>),
    File(AtomicFile),
}

impl Output {
    fn open(job: &Job, redactor: &mut Redactor) -> io::Result<Self> {
        Ok(match &job.output {
            None => Self::Standard(stdout().lock()),
            Some(path) => Self::File(AtomicFile::create(path, &mut redactor.entropy)?),
        })
    }

    /// Gives a file its name where `keep` says so; otherwise it leaves nothing.
    fn finish(self, keep: bool) -> io::Result<()> {
        match self {
            Self::Standard(mut out) => out.flush(),
            Self::File(file) if keep => file.commit(),
            Self::File(_) => Ok(()),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(out) => out.write(bytes),
            Self::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(out) => out.flush(),
            Self::File(file) => file.flush(),
        }
    }
}
