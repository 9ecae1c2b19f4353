//! Surfaces: what can be read without a key, as bytes.

use std::collections::BTreeSet;
use std::path::Path;

use super::forms::encodings;
use super::{Hit, Scanner, parquet};
use crate::support::trial::{Trial, trial};

pub(crate) const TRIALS: &[Trial] = &[trial(
    "canary::each_surface_tells_its_planted_leak",
    &[],
    planted_leaks,
)];

/// A place that may leak.
#[derive(Debug, Clone, Default)]
pub(crate) struct Surface {
    /// Its name in a report.
    pub(crate) name: String,
    /// Named pieces of it; the names are part of the surface.
    pub(crate) pieces: Vec<(String, Vec<u8>)>,
}

/// A leak: where, what, how.
pub(crate) type Leak = (String, Hit);

impl Surface {
    /// A surface of named pieces.
    pub(crate) fn new(name: &str, pieces: Vec<(String, Vec<u8>)>) -> Self {
        let name = name.to_owned();
        Self { name, pieces }
    }

    /// Every file below `dir`.
    pub(crate) fn of_files(name: &str, dir: &Path) -> Self {
        let files = walkdir::WalkDir::new(dir)
            .into_iter()
            .filter_map(Result::ok);
        let files = files.filter(|file| file.file_type().is_file());
        let piece = |file: walkdir::DirEntry| {
            let bytes = std::fs::read(file.path()).unwrap_or_default();
            (file.path().display().to_string(), bytes)
        };
        Self::new(name, files.map(piece).collect())
    }

    /// What `scanner` finds in it: in names, in bytes, and in what Parquet
    /// files hold.
    pub(crate) fn leaks(&self, scanner: &Scanner) -> BTreeSet<Leak> {
        let mut leaks = BTreeSet::new();
        for (name, bytes) in &self.pieces {
            let mut add = |part: &str, hits: BTreeSet<Hit>| {
                leaks.extend(hits.into_iter().map(|h| (format!("{name} {part}"), h)));
            };
            add("its name", scanner.scan(name.as_bytes()));
            add("its bytes", scanner.scan(bytes));
            if bytes.starts_with(parquet::MAGIC) {
                for (part, hits) in parquet::scan(scanner, bytes) {
                    add(part, hits);
                }
            }
        }
        leaks
    }

    /// Looks for leaks, and for a leak of each form planted in a copy of this
    /// very surface. Gives the number of bytes seen.
    ///
    /// # Errors
    /// What leaks, or which planted leak was missed.
    pub(crate) fn sweep(&self, scanner: &Scanner) -> Result<usize, String> {
        let told = |(at, hit): &Leak| {
            let needle = &scanner.needles()[hit.needle];
            format!("{}, {at}: {needle:?} as {}", self.name, hit.form)
        };
        let leaks: Vec<String> = self.leaks(scanner).iter().map(told).collect();
        if !leaks.is_empty() {
            return Err(leaks.join("\n"));
        }
        self.control(scanner)?;
        Ok(self.pieces.iter().map(|(_, bytes)| bytes.len()).sum())
    }

    /// Plants a leak of each form in a copy of a piece, in the middle, and in
    /// a piece's name.
    fn control(&self, scanner: &Scanner) -> Result<(), String> {
        let n = scanner.needles().len() / 2;
        let value = &scanner.needles()[n];
        let piece = self.pieces.iter().max_by_key(|(_, bytes)| bytes.len());
        let (name, bytes) = piece.cloned().unwrap_or_default();
        for form in encodings(value) {
            let mut copy = bytes.clone();
            copy.splice(bytes.len() / 2..bytes.len() / 2, form.bytes);
            if !scanner.scan(&copy).iter().any(|hit| hit.needle == n) {
                return Err(format!("{} hides a leak as {}", self.name, form.name));
            }
        }
        let named = Self::new(&self.name, vec![(format!("{name}{value}"), Vec::new())]);
        match named.leaks(scanner).is_empty() {
            true => Err(format!("{} hides a leak in a name", self.name)),
            false => Ok(()),
        }
    }
}

fn planted_leaks() {
    let scanner = Scanner::new(vec!["Ysolde Karrenbeek".into(), "MRN 7719024".into()]);
    let text = |text: &str| (text.to_owned(), text.as_bytes().to_vec());
    let clean = Surface::new("logs", vec![text("worker started"), text("slot 7 won")]);
    assert_eq!(clean.sweep(&scanner), Ok(24));
    assert_eq!(Surface::new("nothing", Vec::new()).sweep(&scanner), Ok(0));
    let leaky = Surface::new("logs", vec![text("at eW: ysolde%20karrenbeek")]);
    // In the name and in the bytes, as text and URL-encoded.
    assert_eq!(leaky.leaks(&scanner).len(), 4);
    assert!(leaky.sweep(&scanner).is_err());
}
