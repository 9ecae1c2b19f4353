//! Files that tests hold current.

use std::path::PathBuf;

/// Checks that a file of the project reads `text`, or writes it where
/// `LEEWARD_BLESS` is set.
pub(crate) fn check(path: &str, text: &str) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("LEEWARD_BLESS").is_some() {
        std::fs::write(&file, text).expect("the file can be written");
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == text,
        "{path} is not current; `LEEWARD_BLESS=1 cargo test` writes it. It should read:\n{text}"
    );
}
