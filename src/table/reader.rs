//! Landed rows: what a release reads, orders and writes.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use arrow::array::{Array, AsArray, RecordBatch, StringArray};
use arrow::compute::interleave_record_batch;
use arrow::datatypes::{Int16Type, Int32Type};
use bytes::Bytes;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::Table;
use super::cell::{Cell, Coarseness, coarsen};
use super::rows::TableFiles;
use super::schema::{self, Form};
use super::writer::{FORMAT_KEY, Writer};
use crate::domain::{ResearchId, TenantId};
use crate::seal::{BlobName, Purpose, SealError, Sealer};

/// Rows of one batch in memory.
const BATCH_ROWS: usize = 8192;
/// Text of one batch that is being written, in bytes: far below the 2 GiB
/// that a batch can hold.
const BATCH_TEXT: usize = 32 << 20;

/// Rows of one tenant's landing files, decoded in memory. They come only from
/// opening sealed landing files, all with the same tenant's key.
///
/// ```compile_fail,E0451
/// # use leeward::table::LandedRows;
/// # fn rows(other: LandedRows) { LandedRows { ..other }; }
/// ```
#[derive(Debug)]
pub struct LandedRows {
    sealer: Arc<Sealer>,
    conversations: Vec<RecordBatch>,
    turns: Vec<RecordBatch>,
    /// Where each turn is: batch, row.
    turn_rows: Vec<(u32, u32)>,
    entries: Vec<Entry>,
}

/// One conversation's place.
#[derive(Debug, Clone)]
struct Entry {
    landed: LandedConversation,
    /// Its row: batch, row.
    row: (usize, usize),
    /// Its turns, in `turn_rows`.
    turns: Range<usize>,
    /// How exactly its attributes are published.
    coarseness: Coarseness,
}

/// What a release needs to know of a conversation to place it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LandedConversation {
    /// Its id.
    pub id: ResearchId,
    /// The year in which it began.
    pub year: Option<i16>,
    /// How many turns it has.
    pub turns: usize,
    /// The length of its text in bytes of UTF-8.
    pub text_bytes: usize,
}

/// One part of a release: both tables, all of one year, in research form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleasePart {
    /// The year that its path names.
    pub year: Option<i16>,
    /// Its files.
    pub files: TableFiles,
}

/// Why landing files are not read. It carries nothing of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// They do not open.
    #[error("a landing file does not open: {0}")]
    Sealed(#[from] SealError),
    /// They are not Parquet of the landing form.
    #[error("a landing file is not Parquet in the landing form")]
    Form,
    /// They are of another version of the tables: use the program that wrote
    /// them, or release with one that reads both.
    #[error("a landing file is of another version of the tables")]
    Version,
    /// The two files are not of the same conversations.
    #[error("a landing file's turns are not those of its conversations")]
    Disagree,
}

impl LandedRows {
    /// No rows yet, of the sealer's tenant.
    #[must_use]
    pub const fn new(sealer: Arc<Sealer>) -> Self {
        Self {
            sealer,
            conversations: Vec::new(),
            turns: Vec::new(),
            turn_rows: Vec::new(),
            entries: Vec::new(),
        }
    }

    /// Whose rows they are.
    #[must_use]
    pub fn tenant(&self) -> &TenantId {
        self.sealer.tenant()
    }

    /// Opens the sealed files of both tables of one flush and adds their rows.
    ///
    /// # Errors
    /// A [`ReadError`]; then nothing was added.
    pub fn add(
        &mut self,
        conversations: (BlobName, &[u8]),
        turns: (BlobName, &[u8]),
    ) -> Result<(), ReadError> {
        let open = |(name, bytes)| self.sealer.open(Purpose::Landing, name, bytes);
        let conversations = read(
            Form::Landing,
            Table::Conversations,
            open(conversations)?.into_exposed(),
        )?;
        let turns = read(Form::Landing, Table::Turns, open(turns)?.into_exposed())?;
        let runs = runs(&turns, self.turn_rows.len())?;
        let entries = entries(&conversations, self.conversations.len(), runs)?;
        for (batch, number) in turns.iter().zip(self.turns.len()..) {
            let rows = 0..batch.num_rows() as u32;
            self.turn_rows.extend(rows.map(|row| (number as u32, row)));
        }
        self.entries.extend(entries);
        self.conversations.extend(conversations);
        self.turns.extend(turns);
        Ok(())
    }

    /// How many conversations there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The conversations, in the order in which they were added; an index
    /// counts in this order.
    pub fn conversations(&self) -> impl ExactSizeIterator<Item = LandedConversation> + '_ {
        self.entries.iter().map(|entry| entry.landed)
    }

    /// Keeps the conversations for which `keep` is true, by index and id.
    pub fn retain(&mut self, keep: impl Fn(usize, ResearchId) -> bool) {
        let entries = std::mem::take(&mut self.entries).into_iter().enumerate();
        let kept = entries.filter(|(i, entry)| keep(*i, entry.landed.id));
        self.entries = kept.map(|(_, entry)| entry).collect();
    }

    /// What of conversation `i` others may share, as it landed.
    ///
    /// # Panics
    /// When `i` is not below [`Self::len`].
    #[must_use]
    pub fn cell(&self, i: usize) -> Cell {
        let Entry { landed, row, .. } = &self.entries[i];
        Cell::of(&self.conversations[row.0], row.1, landed.year)
    }

    /// Publishes the attributes of conversation `i` less exactly.
    ///
    /// # Panics
    /// When `i` is not below [`Self::len`].
    pub fn coarsen(&mut self, i: usize, coarseness: Coarseness) {
        self.entries[i].coarseness = coarseness;
    }

    /// The indices of each year's conversations, in their order.
    #[must_use]
    pub fn years(&self) -> BTreeMap<Option<i16>, Vec<usize>> {
        let mut years: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (i, entry) in self.entries.iter().enumerate() {
            years.entry(entry.landed.year).or_default().push(i);
        }
        years
    }

    /// The research files of the conversations with these indices, in this
    /// order, each with its turns in theirs. Rows are copied in batches, so
    /// that it takes little more memory than the files themselves. Equal rows
    /// give equal bytes. `None` when the conversations are of several years,
    /// since the path names one, or when there are none.
    ///
    /// # Panics
    /// When an index is not below [`Self::len`].
    #[must_use]
    pub fn part(&self, order: &[usize]) -> Option<ReleasePart> {
        let year = self.entries[*order.first()?].landed.year;
        if order.iter().any(|i| self.entries[*i].landed.year != year) {
            return None;
        }
        let files = self.files(order);
        Some(ReleasePart { year, files })
    }

    /// As [`Self::part`], of any years, none of which is named: where the year
    /// of a conversation and the time of its release together would date it.
    ///
    /// # Panics
    /// When an index is not below [`Self::len`].
    #[must_use]
    pub fn part_without_year(&self, order: &[usize]) -> Option<ReleasePart> {
        let files = self.files(order);
        (!order.is_empty()).then_some(ReleasePart { year: None, files })
    }

    fn files(&self, order: &[usize]) -> TableFiles {
        let entries: Vec<&Entry> = order.iter().map(|i| &self.entries[*i]).collect();
        TableFiles {
            conversations: self.write_conversations(&entries),
            turns: self.write_turns(&entries),
            conversation_rows: entries.len() as u64,
            turn_rows: entries.iter().map(|e| e.turns.len() as u64).sum(),
        }
    }

    fn write_conversations(&self, entries: &[&Entry]) -> Vec<u8> {
        let table = Table::Conversations;
        let mut writer = Writer::new(Form::Research, table);
        for chunk in entries.chunks(BATCH_ROWS) {
            let rows: Vec<_> = chunk.iter().map(|e| e.row).collect();
            let steps: Vec<_> = chunk.iter().map(|e| e.coarseness).collect();
            let rows = publish(table, &self.conversations, &rows);
            writer.write(&coarsen(rows, &steps));
        }
        writer.finish()
    }

    fn write_turns(&self, entries: &[&Entry]) -> Vec<u8> {
        let mut writer = Writer::new(Form::Research, Table::Turns);
        let mut rows: Vec<(usize, usize)> = Vec::with_capacity(BATCH_ROWS);
        let mut text = 0;
        for (i, entry) in entries.iter().enumerate() {
            let places = self.turn_rows[entry.turns.clone()].iter();
            rows.extend(places.map(|(batch, row)| (*batch as usize, *row as usize)));
            text += entry.landed.text_bytes;
            let full = rows.len() >= BATCH_ROWS || text >= BATCH_TEXT;
            if !rows.is_empty() && (full || i + 1 == entries.len()) {
                writer.write(&publish(Table::Turns, &self.turns, &rows));
                rows.clear();
                text = 0;
            }
        }
        writer.finish()
    }
}

/// The rows at `places` (batch, row) with the columns of the research form.
fn publish(table: Table, batches: &[RecordBatch], places: &[(usize, usize)]) -> RecordBatch {
    let batches: Vec<&RecordBatch> = batches.iter().collect();
    let rows = interleave_record_batch(&batches, places)
        .expect("all batches have one schema, and a batch's text is bounded");
    let schema = schema::schema(Form::Research, table);
    let columns = rows.columns()[..schema.fields().len()].to_vec();
    RecordBatch::try_new(schema, columns).expect("the research form begins as the landing form")
}

/// Reads a file of `table` in `form`.
pub(super) fn read(
    form: Form,
    table: Table,
    bytes: Vec<u8>,
) -> Result<Vec<RecordBatch>, ReadError> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(bytes))
        .map_err(|_| ReadError::Form)?;
    let metadata = builder.metadata().file_metadata().key_value_metadata();
    let label = metadata
        .into_iter()
        .flatten()
        .find(|kv| kv.key == FORMAT_KEY)
        .ok_or(ReadError::Form)?;
    if label.value != Some(form.label(table)) {
        return Err(ReadError::Version);
    }
    let reader = builder.with_batch_size(BATCH_ROWS).build();
    let rows = |batch: RecordBatch| {
        RecordBatch::try_new(schema::schema(form, table), batch.columns().to_vec())
    };
    reader
        .map_err(|_| ReadError::Form)?
        .map(|batch| batch.and_then(rows).map_err(|_| ReadError::Form))
        .collect()
}

/// Consecutive turns of one conversation.
#[derive(Debug, Clone)]
struct Run {
    id: ResearchId,
    turns: Range<usize>,
    text_bytes: usize,
}

/// Cuts turns into runs; the first turn has number `first`.
fn runs(batches: &[RecordBatch], first: usize) -> Result<Vec<Run>, ReadError> {
    let mut runs: Vec<Run> = Vec::new();
    let mut number = first;
    for batch in batches {
        let (ids, text) = (strings(batch, "conversation_id"), strings(batch, "text"));
        let positions = batch["turn"].as_primitive::<Int32Type>();
        for row in 0..batch.num_rows() {
            let id = parse_id(ids, row)?;
            if positions.value(row) == 0 {
                runs.push(Run {
                    id,
                    turns: number..number,
                    text_bytes: 0,
                });
            }
            let run = runs.last_mut().filter(|run| run.id == id);
            let run = run.ok_or(ReadError::Disagree)?;
            run.turns.end += 1;
            run.text_bytes += text.value_length(row) as usize;
            number += 1;
        }
    }
    Ok(runs)
}

/// Joins conversations with the runs of their turns, which follow in the same
/// order.
fn entries(
    batches: &[RecordBatch],
    first_batch: usize,
    runs: Vec<Run>,
) -> Result<Vec<Entry>, ReadError> {
    let mut runs = runs.into_iter();
    let mut entries = Vec::new();
    for (batch, number) in batches.iter().zip(first_batch..) {
        let ids = strings(batch, "conversation_id");
        let counts = batch["turns"].as_primitive::<Int32Type>();
        let years = batch["year"].as_primitive::<Int16Type>();
        for row in 0..batch.num_rows() {
            let run = next_run(&mut runs, parse_id(ids, row)?, counts.value(row))?;
            entries.push(Entry {
                landed: LandedConversation {
                    id: run.id,
                    year: years.is_valid(row).then(|| years.value(row)),
                    turns: run.turns.len(),
                    text_bytes: run.text_bytes,
                },
                row: (number, row),
                turns: run.turns,
                coarseness: Coarseness::None,
            });
        }
    }
    match runs.next() {
        None => Ok(entries),
        Some(_) => Err(ReadError::Disagree),
    }
}

/// The run of conversation `id`, which has `count` turns; of none, if `count`
/// is 0.
fn next_run(
    runs: &mut impl Iterator<Item = Run>,
    id: ResearchId,
    count: i32,
) -> Result<Run, ReadError> {
    if count == 0 {
        return Ok(Run {
            id,
            turns: 0..0,
            text_bytes: 0,
        });
    }
    runs.next()
        .filter(|run| run.id == id && i32::try_from(run.turns.len()) == Ok(count))
        .ok_or(ReadError::Disagree)
}

fn strings<'a>(batch: &'a RecordBatch, name: &str) -> &'a StringArray {
    batch[name].as_string()
}

pub(super) fn parse_id(ids: &StringArray, row: usize) -> Result<ResearchId, ReadError> {
    ResearchId::parse(ids.value(row)).ok_or(ReadError::Form)
}
