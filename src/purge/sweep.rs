//! The sweep: files that were written for a slot or a release that never came
//! to be.
//!
//! A loser of a commit, a doubtful write and a crash all leave files that
//! nothing names. Whether a file will yet be named nobody can know: its writer
//! may be paused, not dead. So only files older than a day go, by the store's
//! own time, and a worker gives up an attempt long before that. Should a
//! process sleep for longer between writing its files and its slot, the slot
//! names files that are gone: it never verifies, so that no record that rests
//! on it is deleted, and that is a named block. Nothing is lost.
//!
//! The order matters: first what lies there is listed, then what is named is
//! read. A file that came to be named in between is spared.

use super::report::SweepReport;
use super::{PurgeError, Purger, Run};
use crate::domain::EpochMs;
use crate::lake::layout::{Folder, LandingFile, LandingPath};
use crate::lake::store::Listed;

/// How old a file that nothing names must be to go, in milliseconds: a day,
/// and an hour for clocks that differ.
pub const ORPHAN_AFTER_MS: i64 = 25 * 3_600_000;

impl Purger {
    /// Removes what is old and named by nothing.
    pub(super) async fn sweep(&mut self, run: &mut Run<'_>) -> Result<SweepReport, PurgeError> {
        let folder = Folder::tenant(self.scope.id());
        let mut listed = self.scope.stores.landing.list(&folder).await?;
        listed.retain(|l| may_be_orphan(l, run.now));
        if listed.is_empty() {
            return Ok(SweepReport::default());
        }
        self.refresh_stock().await?;
        self.book.refresh().await?;
        let mut report = SweepReport::default();
        listed.retain(|l| l.path.file().is_some_and(|file| !self.is_named(&file)));
        report.orphans = listed.len() as u64;
        report.blocked = self.sweep_obstacle().filter(|_| !listed.is_empty());
        if report.blocked.is_some() || !run.execute {
            return Ok(report);
        }
        for orphan in listed {
            self.scope.stores.landing.delete(&orphan.path).await?;
            report.gone += 1;
        }
        Ok(report)
    }

    fn sweep_obstacle(&self) -> Option<&'static str> {
        if self.book.held() {
            return Some("hold");
        }
        // What a slot names is unknown while its evidence cannot be read.
        (!self.stock.unread.is_empty()).then_some("evidence")
    }

    fn is_named(&self, file: &LandingFile) -> bool {
        let frame = |name| self.book.chain.reviews.named(name).is_some();
        let framed = matches!(file, LandingFile::Evidence { name, .. } if frame(*name));
        framed || self.stock.names(file) || self.book.staged().any(|staged| staged == file)
    }
}

/// Whether a file is old enough, and of a kind that slots and releases name.
fn may_be_orphan(listed: &Listed<LandingPath>, now: EpochMs) -> bool {
    let swept = match listed.path.file() {
        Some(LandingFile::Sealed { .. } | LandingFile::Evidence { .. }) => true,
        Some(LandingFile::Unclaimed { .. }) | None => false,
    };
    swept && now.since(listed.modified) >= ORPHAN_AFTER_MS
}
