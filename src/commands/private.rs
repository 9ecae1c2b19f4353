//! Files of a person's own: a private key, and what only its owner may read.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::Path;

use super::opened::Stop;
use crate::config::Secret;

/// Reads the private key that `option` names: 32 bytes in hexadecimal.
pub(super) fn key(file: &Path, option: &str) -> Result<Secret<[u8; 32]>, Stop> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        let kind = error.kind();
        Stop::new(format!("{option}: the file cannot be read ({kind})"))
    })?;
    let mut key = [0; 32];
    hex::decode_to_slice(text.trim(), &mut key).map_err(|_| {
        Stop::new(format!(
            "{option}: give 32 bytes in hexadecimal; of a PEM these are \
             `openssl pkey -in KEY.pem -outform DER | tail -c 32 | od -An -tx1 | tr -d ' \\n'`"
        ))
    })?;
    Ok(Secret::new(key))
}

/// A file that was not there before, for its owner alone.
pub(super) struct NewFile<'a> {
    file: File,
    option: &'a str,
}

impl<'a> NewFile<'a> {
    /// Creates the file that `option` names.
    pub(super) fn create(path: &Path, option: &'a str) -> Result<Self, Stop> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options
            .open(path)
            .map_err(|error| unwritten(option, &error))?;
        Ok(Self { file, option })
    }

    /// Writes all of it.
    pub(super) fn write(mut self, bytes: &[u8]) -> Result<(), Stop> {
        let written = self.file.write_all(bytes);
        written.map_err(|error| unwritten(self.option, &error))
    }
}

fn unwritten(option: &str, error: &std::io::Error) -> Stop {
    Stop::new(format!("{option}: cannot be written ({})", error.kind()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_private_is_written_for_its_owner_alone_and_over_nothing() {
        let dir = tempfile::tempdir().expect("a directory");
        let file = dir.path().join("records");
        let write = |bytes| NewFile::create(&file, "--out").and_then(|new| new.write(bytes));
        write(b"one").expect("nothing is there");
        let why = write(b"two").expect_err("it is there");
        assert!(why.why().starts_with("error: --out: cannot be written"));
        assert_eq!(std::fs::read(&file).expect("it is there"), b"one");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&file).expect("it is there").permissions();
            assert_eq!(mode.mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_key_is_32_bytes_in_hexadecimal() {
        let dir = tempfile::tempdir().expect("a directory");
        for (text, good) in [("07".repeat(32) + "\n", true), ("07".repeat(31), false)] {
            let file = dir.path().join("key");
            std::fs::write(&file, text).expect("writable");
            assert_eq!(key(&file, "--key").is_ok(), good);
        }
    }
}
