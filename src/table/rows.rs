//! Clean conversations as Arrow rows.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Float32Array, Int16Array, Int32Array, Int32Builder, Int64Array,
    ListBuilder, RecordBatch, StringArray, StringBuilder, StructArray, StructBuilder,
};

use super::schema::{self, Form};
use super::{Table, writer};
use crate::deid::{CleanConversation, CleanFinding, CleanText, CleanTurn};
use crate::domain::{Category, ResearchId};

/// Rows of both tables. Only clean conversations make them.
///
/// ```compile_fail,E0308
/// use leeward::domain::RawConversation;
/// fn rows(raw: &[RawConversation]) -> leeward::table::CleanRows {
///     leeward::table::CleanRows::of(raw)
/// }
/// ```
/// ```compile_fail,E0451
/// # fn rows(other: leeward::table::CleanRows, batch: arrow::array::RecordBatch) {
/// leeward::table::CleanRows { conversations: batch, ..other };
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct CleanRows {
    conversations: RecordBatch,
    turns: RecordBatch,
}

/// Parquet files of both tables.
#[derive(Clone, PartialEq, Eq)]
pub struct TableFiles {
    /// `conversations`, as Parquet.
    pub conversations: Vec<u8>,
    /// `turns`, as Parquet.
    pub turns: Vec<u8>,
    /// Rows of `conversations`.
    pub conversation_rows: u64,
    /// Rows of `turns`.
    pub turn_rows: u64,
}

impl std::fmt::Debug for TableFiles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TableFiles")
            .field("conversation_rows", &self.conversation_rows)
            .field("turn_rows", &self.turn_rows)
            .finish_non_exhaustive()
    }
}

impl CleanRows {
    /// The rows of `conversations`, in their order.
    ///
    /// # Panics
    /// When their text is longer than 2 GiB; a batch is flushed far below.
    #[must_use]
    pub fn of(conversations: &[CleanConversation]) -> Self {
        Self {
            conversations: conversation_rows(conversations),
            turns: turn_rows(conversations),
        }
    }

    /// The landing files of these rows: equal rows give equal bytes.
    #[must_use]
    pub fn to_parquet(&self) -> TableFiles {
        let write = |table, rows: &RecordBatch| {
            let mut writer = writer::Writer::new(Form::Landing, table);
            writer.write(rows);
            writer.finish()
        };
        TableFiles {
            conversations: write(Table::Conversations, &self.conversations),
            turns: write(Table::Turns, &self.turns),
            conversation_rows: self.conversations.num_rows() as u64,
            turn_rows: self.turns.num_rows() as u64,
        }
    }
}

fn conversation_rows(list: &[CleanConversation]) -> RecordBatch {
    let columns: Vec<ArrayRef> = vec![
        ids(list.iter().map(|c| c.id)),
        words(list.iter().map(|c| schema::channel_name(c.channel))),
        words(list.iter().map(|c| c.language)),
        Arc::new(ints(list.iter().map(|c| c.turns.len()))),
        Arc::new(Int64Array::from_iter(list.iter().map(|c| c.duration_s))),
        Arc::new(counts(list)),
        Arc::new(StringArray::from_iter_values(
            list.iter().map(|c| c.policy.to_string()),
        )),
        words(list.iter().map(|c| c.engine)),
        Arc::new(BooleanArray::from_iter(
            list.iter().map(|c| Some(c.incomplete)),
        )),
        Arc::new(attributes(list)),
        Arc::new(Int16Array::from_iter(list.iter().map(|c| c.year))),
    ];
    batch(Table::Conversations, columns)
}

fn turn_rows(list: &[CleanConversation]) -> RecordBatch {
    let turns = || list.iter().flat_map(|c| c.turns.iter());
    let columns: Vec<ArrayRef> = vec![
        ids(list
            .iter()
            .flat_map(|c| std::iter::repeat_n(c.id, c.turns.len()))),
        Arc::new(ints(list.iter().flat_map(|c| 0..c.turns.len()))),
        words(turns().map(|t| schema::role_name(t.role))),
        words(turns().map(|t| schema::kind_name(t.kind))),
        words(turns().map(|t| t.text.as_str())),
        Arc::new(Int64Array::from_iter(turns().map(|t| t.start_ms))),
        Arc::new(Int64Array::from_iter(turns().map(|t| t.end_ms))),
        Arc::new(Float32Array::from_iter(turns().map(|t| t.confidence))),
        findings(turns()),
    ];
    batch(Table::Turns, columns)
}

fn batch(table: Table, columns: Vec<ArrayRef>) -> RecordBatch {
    RecordBatch::try_new(schema::schema(Form::Landing, table), columns)
        .expect("columns are built in the schema's order and types")
}

fn ids(ids: impl Iterator<Item = ResearchId>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(ids.map(|id| id.to_string())))
}

fn words<'a>(words: impl Iterator<Item = &'a str>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(words))
}

/// Numbers far below 2³¹; a greater one, which no limit lets through, is
/// written as the greatest.
fn ints(values: impl Iterator<Item = usize>) -> Int32Array {
    Int32Array::from_iter_values(values.map(int))
}

fn int(value: usize) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}

fn counts(list: &[CleanConversation]) -> StructArray {
    let column = |category: &Category| -> ArrayRef {
        let count = |c: &CleanConversation| c.counts.get(category).map_or(0, |n| *n as usize);
        Arc::new(ints(list.iter().map(count)))
    };
    let columns = Category::ALL.iter().map(column).collect();
    struct_of(schema::count_fields(), columns, list.len())
}

fn attributes(list: &[CleanConversation]) -> StructArray {
    let column = |attribute| -> ArrayRef {
        let values = list.iter().map(|c| c.attributes.get(attribute));
        Arc::new(StringArray::from_iter(
            values.map(|v| v.map(CleanText::as_str)),
        ))
    };
    let columns = schema::ATTRIBUTES.iter().map(column).collect();
    struct_of(schema::attribute_fields(), columns, list.len())
}

fn struct_of(fields: arrow::datatypes::Fields, columns: Vec<ArrayRef>, rows: usize) -> StructArray {
    StructArray::try_new_with_length(fields, columns, None, rows)
        .expect("columns are built in the fields' order and types")
}

fn findings<'a>(turns: impl Iterator<Item = &'a CleanTurn>) -> ArrayRef {
    let element = StructBuilder::from_fields(schema::finding_fields(), 0);
    let mut list = ListBuilder::new(element).with_field(schema::finding_field());
    for turn in turns {
        for finding in turn.findings.iter().flatten() {
            append_finding(list.values(), finding, turn.text.as_str());
        }
        list.append(turn.findings.is_some());
    }
    Arc::new(list.finish())
}

fn append_finding(row: &mut StructBuilder, finding: &CleanFinding, text: &str) {
    const BUILT: &str = "the builder was made from these fields";
    let numbers = [finding.start, finding.end].map(|at| characters(text, at as usize));
    row.field_builder::<StringBuilder>(0)
        .expect(BUILT)
        .append_value(finding.category.name());
    for (i, number) in numbers.into_iter().enumerate() {
        row.field_builder::<Int32Builder>(i + 1)
            .expect(BUILT)
            .append_value(int(number));
    }
    row.append(true);
}

/// How many characters begin in the first `bytes` bytes of `text`. Readers
/// slice text by characters.
fn characters(text: &str, bytes: usize) -> usize {
    let head = &text.as_bytes()[..bytes.min(text.len())];
    head.iter().filter(|b| (**b as i8) >= -0x40).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_characters() {
        for (text, bytes, expected) in [
            ("plain", 3, 3),
            ("é [X]", 3, 2),
            ("日本 [X]", 7, 3),
            ("", 0, 0),
            ("ab", 9, 2),
        ] {
            assert_eq!(characters(text, bytes), expected, "{text}");
        }
    }

    #[test]
    fn no_rows_are_rows_too() {
        let files = CleanRows::of(&[]).to_parquet();
        assert_eq!((files.conversation_rows, files.turn_rows), (0, 0));
    }
}
