//! What a file was like when it was read, so that it need not be read again.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

/// A file as the file system knew it: times of content and of name, size,
/// number; `None` where it was not there. A file that is replaced, edited or
/// taken away has another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stamp {
    file: PathBuf,
    seen: Option<[i64; 6]>,
}

impl Stamp {
    /// What `file` is like now.
    pub(crate) fn of(file: &Path) -> Self {
        let seen = std::fs::metadata(file).ok().map(|meta| {
            [
                meta.mtime(),
                meta.mtime_nsec(),
                meta.ctime(),
                meta.ctime_nsec(),
                meta.size().cast_signed(),
                meta.ino().cast_signed(),
            ]
        });
        Self {
            file: file.to_owned(),
            seen,
        }
    }

    /// Whether the file is still like that.
    pub(crate) fn holds(&self) -> bool {
        Self::of(&self.file) == *self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_comes_changes_or_goes_is_seen() {
        let directory = tempfile::tempdir().expect("a directory");
        let file = directory.path().join("a.yaml");
        let absent = Stamp::of(&file);
        assert!(absent.holds());
        std::fs::write(&file, "one").expect("writable");
        assert!(!absent.holds());
        let first = Stamp::of(&file);
        assert!(first.holds());
        let other = directory.path().join("b.yaml");
        std::fs::write(&other, "two").expect("writable");
        std::fs::rename(&other, &file).expect("writable");
        assert!(!first.holds(), "as long, under the same name");
        let second = Stamp::of(&file);
        std::fs::remove_file(&file).expect("writable");
        assert!(!second.holds());
    }
}
