//! Writes a file whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::domain::Entropy;

/// A file that appears under its name only at [`AtomicFile::commit`]; dropped
/// before, it leaves nothing.
#[derive(Debug)]
pub(in crate::commands) struct AtomicFile {
    writer: BufWriter<File>,
    temporary: PathBuf,
    target: PathBuf,
}

impl AtomicFile {
    /// Opens a new file beside `target`, whose folder is made if needed.
    pub(in crate::commands) fn create(target: &Path, entropy: &mut Entropy) -> io::Result<Self> {
        let folder = match target.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        fs::create_dir_all(folder)?;
        let mut name = OsString::from(".leeward-");
        name.push(hex::encode(entropy.bytes::<8>()));
        let temporary = folder.join(name);
        let file = File::options()
            .write(true)
            .create_new(true)
            .open(&temporary)?;
        Ok(Self {
            writer: BufWriter::new(file),
            temporary,
            target: target.to_owned(),
        })
    }

    /// Makes the file durable and gives it its name.
    pub(in crate::commands) fn commit(mut self) -> io::Result<()> {
        self.writer.flush()?;
        self.writer.get_ref().sync_all()?;
        fs::rename(&self.temporary, &self.target)
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        // After a commit there is nothing under this name any more.
        let _ = fs::remove_file(&self.temporary);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("deep/clean.txt");
        let mut entropy = Entropy::from_u64(1);
        let mut dropped = AtomicFile::create(&target, &mut entropy).expect("opens");
        dropped.write_all(b"half").expect("writes");
        drop(dropped);
        assert_eq!(
            fs::read_dir(folder.path().join("deep"))
                .expect("lists")
                .count(),
            0
        );
        let mut kept = AtomicFile::create(&target, &mut entropy).expect("opens");
        kept.write_all(b"whole").expect("writes");
        kept.commit().expect("commits");
        assert_eq!(fs::read(&target).expect("reads"), b"whole");
        assert_eq!(
            fs::read_dir(folder.path().join("deep"))
                .expect("lists")
                .count(),
            1
        );
    }
}
