//! Parquet bytes, every option spelled out: what a default decides today, it
//! may decide otherwise tomorrow, and a footer can leak.

use std::sync::LazyLock;

use arrow::array::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{
    EnabledStatistics, WriterProperties, WriterPropertiesBuilder, WriterVersion,
};
use parquet::schema::types::ColumnPath;

use super::Table;
use super::schema::{self, Form};

/// The only key of a footer's key-value metadata; see [`Form::label`].
pub(super) const FORMAT_KEY: &str = "leeward.format";

/// The writer's name in a footer: no version, no host, no time.
const CREATED_BY: &str = "leeward";

const ROW_GROUP_ROWS: usize = 1 << 17;
const ROW_GROUP_BYTES: usize = 64 << 20;
const PAGE_BYTES: usize = 1 << 20;
const PAGE_ROWS: usize = 20_000;
const BATCH_ROWS: usize = 1024;

/// Columns of few distinct values. Text has none: a dictionary of unique
/// values costs half the speed.
const DICTIONARY: [&[&str]; 9] = [
    &["channel"],
    &["language"],
    &["policy"],
    &["engine"],
    &["role"],
    &["kind"],
    &["findings", "list", "element", "category"],
    &["attributes", "state"],
    &["attributes", "topic"],
];

/// Columns whose least and greatest value help a reader to skip: small
/// numbers, of which every row shows its own. Text, ids and attributes have no
/// statistics, since a bound is a value taken out of its conversation.
const STATISTICS: [&[&str]; 5] = [
    &["turns"],
    &["duration_s"],
    &["turn"],
    &["start_ms"],
    &["end_ms"],
];

/// Writes one Parquet file to memory.
pub(super) struct Writer(ArrowWriter<Vec<u8>>);

impl Writer {
    /// Begins a file of `table`.
    pub(super) fn new(form: Form, table: Table) -> Self {
        let writer = ArrowWriter::try_new_with_options(
            Vec::new(),
            schema::schema(form, table),
            options(form, table),
        );
        Self(writer.expect("the schema has a Parquet form"))
    }

    /// Adds rows, which have the columns of the form.
    pub(super) fn write(&mut self, rows: &RecordBatch) {
        self.0
            .write(rows)
            .expect("the rows have the file's schema, and memory takes all bytes");
    }

    /// Ends the file.
    pub(super) fn finish(self) -> Vec<u8> {
        self.0.into_inner().expect("memory takes all bytes")
    }
}

/// How a landing file of `table` is written: compression, encodings, footer.
/// For comparison only (`benches/`): this crate's own writer takes clean rows
/// and nothing else.
#[must_use]
pub fn landing_options(table: Table) -> ArrowWriterOptions {
    options(Form::Landing, table)
}

fn options(form: Form, table: Table) -> ArrowWriterOptions {
    ArrowWriterOptions::new()
        .with_properties(properties(form, table))
        .with_skip_arrow_metadata(true)
}

fn properties(form: Form, table: Table) -> WriterProperties {
    let label = KeyValue::new(FORMAT_KEY.to_owned(), form.label(table));
    let mut properties = base(table).set_key_value_metadata(Some(vec![label]));
    for path in DICTIONARY {
        properties = properties.set_column_dictionary_enabled(column(path), true);
    }
    for path in STATISTICS {
        properties =
            properties.set_column_statistics_enabled(column(path), EnabledStatistics::Chunk);
    }
    properties.build()
}

fn base(table: Table) -> WriterPropertiesBuilder {
    static ZSTD: LazyLock<Compression> =
        LazyLock::new(|| Compression::ZSTD(ZstdLevel::try_new(3).expect("3 is a level of zstd")));
    WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_created_by(CREATED_BY.to_owned())
        .set_compression(*ZSTD)
        .set_dictionary_enabled(false)
        .set_column_dictionary_enabled(column(&["conversation_id"]), table == Table::Turns)
        .set_dictionary_page_size_limit(PAGE_BYTES)
        .set_data_page_size_limit(PAGE_BYTES)
        .set_data_page_row_count_limit(PAGE_ROWS)
        .set_write_batch_size(BATCH_ROWS)
        .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
        .set_max_row_group_bytes(Some(ROW_GROUP_BYTES))
        .set_statistics_enabled(EnabledStatistics::None)
        .set_write_page_header_statistics(false)
        .set_write_row_group_number_distinct_values(false)
        .set_bloom_filter_enabled(false)
        .set_offset_index_disabled(true)
        .set_sorting_columns(None)
        .set_coerce_types(false)
        .set_write_path_in_schema(true)
        .set_content_defined_chunking(None)
}

fn column(path: &[&str]) -> ColumnPath {
    ColumnPath::new(path.iter().map(|part| (*part).to_owned()).collect())
}
