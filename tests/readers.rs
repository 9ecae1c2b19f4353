//! DuckDB, Polars, pandas and pyarrow open what the writer writes.

use std::fs::File;
use std::process::Command;
use std::sync::Arc;

use arrow::array::{Int64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::support::parts::Need;
use crate::support::python;
use crate::support::trial::{Trial, trial};

pub(crate) const TRIALS: &[Trial] = &[
    trial(
        "readers::agree_on_a_compressed_file",
        &[Need::Readers],
        agree,
    ),
    trial("readers::the_tour_is_true", &[Need::Readers], tour),
];

const READ: &str = r"
import sys, duckdb, polars, pyarrow.parquet as pq
path = sys.argv[1]
print(duckdb.sql(f'select sum(n), max(text) from read_parquet(\'{path}\')').fetchall()[0])
print(polars.scan_parquet(path).select(polars.sum('n'), polars.max('text')).collect().row(0))
rows = pq.read_table(path).to_pylist()
print((sum(r['n'] for r in rows), max(r['text'] for r in rows)))
";

fn agree() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("turns.parquet");
    let numbers = Int64Array::from_iter_values(0..1000);
    let texts = StringArray::from_iter_values((0..1000).map(|n| format!("turn {n:04}")));
    let columns: [(&str, arrow::array::ArrayRef); 2] =
        [("n", Arc::new(numbers)), ("text", Arc::new(texts))];
    let batch = RecordBatch::try_from_iter(columns).expect("a batch");
    let zstd = Compression::ZSTD(ZstdLevel::default());
    let properties = WriterProperties::builder().set_compression(zstd).build();
    let file = File::create(&path).expect("a file");
    let mut writer =
        ArrowWriter::try_new(file, batch.schema(), Some(properties)).expect("a writer");
    writer.write(&batch).expect("it is written");
    writer.close().expect("it is closed");
    let read = python::run(READ, &[path.to_str().expect("a path in UTF-8")]);
    assert_eq!(read.lines().count(), 3, "{read}");
    for line in read.lines() {
        assert_eq!(line, "(499500, 'turn 0999')");
    }
}

/// Every block of the tour for readers runs on what the demo releases, and its
/// first table is what the demo gives.
fn tour() {
    let dir = tempfile::tempdir().expect("a directory");
    let demo = Command::new(env!("CARGO_BIN_EXE_leeward"))
        .arg("demo")
        .current_dir(dir.path())
        .output()
        .expect("the program starts");
    assert!(
        demo.status.success(),
        "{}",
        String::from_utf8_lossy(&demo.stderr)
    );
    let research = dir.path().join("leeward-demo/research");
    let page = include_str!("../schemas/readers.md");
    let mut script = format!("import duckdb, os\nos.chdir({research:?})\n");
    let mut blocks = 0;
    for (language, code) in blocks_of(page) {
        match language {
            "sql" => script += &format!("print(duckdb.sql(r\"\"\"{code}\"\"\").fetchall())\n"),
            "python" => script += code,
            _ => continue,
        }
        blocks += 1;
    }
    assert!(blocks > 7, "{blocks} blocks");
    let said = python::run(&script, &[]);
    assert!(
        said.starts_with("[(2026, 'chat', 50, 600, None), (2026, 'voice', 100, 1100, 40.0)]"),
        "{said}"
    );
    assert_eq!(said.matches("50 50 {}").count(), 3, "{said}");
}

/// The fenced blocks of a page: language, code.
fn blocks_of(page: &str) -> impl Iterator<Item = (&str, &str)> {
    page.split("```")
        .skip(1)
        .step_by(2)
        .filter_map(|block| block.split_once('\n'))
}
