//! Reading a configuration again and again, as a running worker does: only
//! files that are not as they were are read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::tenant::Draft;
use super::{Around, Head, LoadError, Loaded, gather, tenants};
use crate::config::read::Stamp;

/// What was read so far.
#[derive(Debug, Default)]
pub struct Reader {
    pipeline: Vec<Stamp>,
    /// Drafts as they were read, before they were held against each other.
    tenants: BTreeMap<PathBuf, Draft>,
}

impl Reader {
    /// Reads the pipeline's file and, of the tenants', those that are new or
    /// not as they were; `None` where that is none, and none is gone. Files
    /// that a file names (keys, mappings) count as parts of it. Everything is
    /// read when the pipeline's file is another. One that is broken is always
    /// read: what could not be opened may be by now, which no stamp shows.
    ///
    /// That an agreement has lapsed since its file was read is the gate's to
    /// see.
    pub fn read(&mut self, file: &Path, around: &Around<'_>) -> Option<Result<Loaded, LoadError>> {
        let head = Head::read(file, around);
        let mut anew = false;
        if head.document.stamps() != self.pipeline {
            self.pipeline = head.document.stamps().to_vec();
            self.tenants.clear();
            anew = true;
        }
        let mut before = std::mem::take(&mut self.tenants);
        for file in &head.files {
            let draft = match before.remove(file) {
                Some(kept) if kept.document.is_sound() && kept.document.is_current() => kept,
                kept => {
                    let draft = tenants::read(file, head.pipeline.as_ref(), around);
                    anew |= kept.is_none_or(|kept| !kept.document.is_like(&draft.document));
                    draft
                }
            };
            self.tenants.insert(file.clone(), draft);
        }
        anew.then_some(())
            .or_else(|| (!before.is_empty()).then_some(()))?;
        let drafts = self.tenants.values().cloned().collect();
        Some(gather(head, drafts))
    }

    /// Forgets what was read: the next time everything is read.
    pub fn forget(&mut self) {
        *self = Self::default();
    }
}
