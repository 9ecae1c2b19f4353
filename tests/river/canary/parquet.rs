//! What a Parquet file holds, decoded: rows, pages, dictionaries, statistics,
//! key-values and bloom filters. Footer and page index are not compressed, so
//! they are also seen in the file's bytes.

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, StringArray};
use bytes::Bytes;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::column::page::Page;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{ReaderProperties, WriterProperties, WriterPropertiesBuilder};
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use parquet::file::serialized_reader::ReadOptionsBuilder;

use super::{Hit, Scanner};
use crate::support::trial::{Trial, trial};

pub(crate) const TRIALS: &[Trial] = &[
    trial(
        "canary::parquet_is_seen_in_rows_pages_and_statistics",
        &[],
        pages,
    ),
    trial("canary::parquet_is_seen_in_dictionaries", &[], dictionaries),
    trial("canary::parquet_is_seen_in_bloom_filters", &[], blooms),
    trial("canary::parquet_is_seen_in_key_values", &[], key_values),
];

/// The first bytes of every Parquet file.
pub(crate) const MAGIC: &[u8] = b"PAR1";

type Found = BTreeSet<Hit>;

/// What is found in each part of a Parquet file.
///
/// # Panics
/// When it cannot be read: then nothing can be said of it.
pub(crate) fn scan(scanner: &Scanner, file: &[u8]) -> Vec<(&'static str, Found)> {
    let properties = ReaderProperties::builder().set_read_bloom_filter(true);
    let options = ReadOptionsBuilder::new()
        .with_page_index()
        .with_reader_properties(properties.build())
        .build();
    let reader = SerializedFileReader::new_with_options(Bytes::copy_from_slice(file), options)
        .expect("a Parquet file");
    let mut found = vec![("key-values", scan_key_values(scanner, &reader))];
    let rows = reader.get_row_iter(None).expect("rows");
    let text: Vec<String> = rows.map(|row| row.expect("a row").to_string()).collect();
    found.push(("rows", scanner.scan(text.join("\n").as_bytes())));
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group).expect("a row group");
        for column in 0..group.num_columns() {
            found.extend(scan_pages(scanner, &*group, column));
            found.push(("statistics", scan_statistics(scanner, &*group, column)));
            found.push(("bloom filter", scan_bloom(scanner, &*group, column)));
        }
    }
    found
}

fn scan_key_values(scanner: &Scanner, reader: &SerializedFileReader<Bytes>) -> Found {
    let pairs = reader.metadata().file_metadata().key_value_metadata();
    let text = |kv: &KeyValue| format!("{}\n{}\n", kv.key, kv.value.as_deref().unwrap_or(""));
    let text: String = pairs.into_iter().flatten().map(text).collect();
    scanner.scan(text.as_bytes())
}

fn scan_pages(
    scanner: &Scanner,
    group: &dyn RowGroupReader,
    column: usize,
) -> Vec<(&'static str, Found)> {
    let pages = group.get_column_page_reader(column).expect("pages");
    let page = |page: parquet::errors::Result<Page>| {
        let page = page.expect("a page");
        let part = if page.is_data_page() {
            "a page"
        } else {
            "a dictionary"
        };
        (part, scanner.scan(page.buffer()))
    };
    pages.map(page).collect()
}

fn scan_statistics(scanner: &Scanner, group: &dyn RowGroupReader, column: usize) -> Found {
    let statistics = group.metadata().column(column).statistics();
    let bounds = statistics.map(|s| [s.min_bytes_opt(), s.max_bytes_opt()]);
    let bounds = bounds.into_iter().flatten().flatten();
    bounds.flat_map(|bound| scanner.scan(bound)).collect()
}

/// Whether a filter says that it may hold a needle; of a needle that it does
/// not hold it says so once in a hundred times, so only whole values count.
fn scan_bloom(scanner: &Scanner, group: &dyn RowGroupReader, column: usize) -> Found {
    let Some(filter) = group.get_column_bloom_filter(column) else {
        return Found::new();
    };
    let held = |(_, needle): &(usize, &String)| filter.check(needle.as_str());
    let hit = |(needle, _)| Hit {
        needle,
        form: "text",
    };
    scanner
        .needles()
        .iter()
        .enumerate()
        .filter(held)
        .map(hit)
        .collect()
}

const VALUE: &str = "Ysolde Karrenbeek";

/// Writes a column of values with `VALUE` among them, or without.
fn file(with: bool, properties: WriterPropertiesBuilder) -> Vec<u8> {
    let mut values: Vec<String> = (0..500).map(|n| format!("row {}", n % 50)).collect();
    values[250] = if with { VALUE.into() } else { "row".into() };
    let column: ArrayRef = Arc::new(StringArray::from(values));
    let batch = RecordBatch::try_from_iter([("text", column)]).expect("a batch");
    let zstd = Compression::ZSTD(ZstdLevel::default());
    let properties = properties.set_compression(zstd).build();
    let writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties));
    let mut writer = writer.expect("a writer");
    writer.write(&batch).expect("it is written");
    writer.into_inner().expect("it is finished")
}

/// The parts in which `VALUE` is seen.
fn parts_of(file: &[u8]) -> BTreeSet<&'static str> {
    let scanner = Scanner::new(vec![VALUE.into()]);
    let found = scan(&scanner, file).into_iter();
    found
        .filter(|(_, hits)| !hits.is_empty())
        .map(|(part, _)| part)
        .collect()
}

#[track_caller]
fn check(properties: impl Fn() -> WriterPropertiesBuilder, parts: &[&str]) {
    let seen = parts_of(&file(true, properties()));
    assert!(parts.iter().all(|part| seen.contains(part)), "{seen:?}");
    assert!(parts_of(&file(false, properties())).is_empty());
}

fn pages() {
    let plain = || WriterProperties::builder().set_dictionary_enabled(false);
    check(plain, &["rows", "a page", "statistics"]);
}

fn dictionaries() {
    check(WriterProperties::builder, &["rows", "a dictionary"]);
}

fn blooms() {
    let bloom = || WriterProperties::builder().set_bloom_filter_enabled(true);
    check(bloom, &["bloom filter"]);
}

fn key_values() {
    let pair = |value: &str| vec![KeyValue::new("note".into(), value.to_owned())];
    let with = |value| WriterProperties::builder().set_key_value_metadata(Some(pair(value)));
    assert_eq!(
        parts_of(&file(false, with(VALUE))),
        BTreeSet::from(["key-values"])
    );
    assert!(parts_of(&file(false, with("clean"))).is_empty());
}
