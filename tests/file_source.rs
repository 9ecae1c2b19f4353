//! JSON lines as a source, through the public seam.

use std::fs;

use leeward::config::resolved;
use leeward::source::{Event, Source};

use crate::support::block_on;
use crate::support::reader::{Reader, values};
use crate::support::trial::{Trial, trial};

pub(crate) const TRIALS: &[Trial] = &[trial(
    "file_source::each_file_is_read_once_from_where_it_is_told",
    &[],
    reads_files,
)];

fn reads_files() {
    let dir = tempfile::tempdir().expect("a directory");
    let paths = ["a", "b"].map(|name| dir.path().join(name));
    fs::write(&paths[0], "{\"n\":0}\n\n{\"n\":2}\n").expect("a file");
    fs::write(&paths[1], "{\"n\":3}\n{\"n\":4}").expect("a file");
    let config = resolved::Source::File {
        topic: "calls".into(),
        paths: paths.to_vec(),
    };
    block_on(async {
        let source = Source::open(&config, &[]).expect("the files open");
        let mut reader = Reader { source };
        let partitions = reader.assigned().await;
        reader.source.seek_and_resume(&partitions[0], 0);
        let (records, next) = reader.rest(&partitions[0]).await;
        assert_eq!(values(&records), ["{\"n\":0}", "{\"n\":2}"]);
        assert_eq!((records[1].offset, next), (2, 3));
        reader.source.seek_and_resume(&partitions[1], 1);
        let (records, next) = reader.rest(&partitions[1]).await;
        assert_eq!(values(&records), ["{\"n\":4}"]);
        assert_eq!(next, 2);
        reader.source.close();
        assert!(matches!(reader.next().await, Event::Revoked { .. }));
        assert!(reader.source.next().await.is_none());
    });
}
