//! Sealed files: quarantine, held back and unclaimed by their timers; landing,
//! index and stage once what they became is in research, whole.

use std::collections::{BTreeMap, BTreeSet};

use super::due::{Due, after, due};
use super::report::{BlockedFile, FilesReport, Outcome};
use super::verify::{Found, examine};
use super::{Book, PurgeError, Purger, Run};
use crate::domain::{EpochMs, Sha256};
use crate::lake::layout::LandingFile;
use crate::ledger::{FilePurge, PurgeTarget, Receipt};
use crate::seal::Purpose;

/// Most files of one intent, so that an entry of the chain stays small.
pub const DUE_AT_ONCE: usize = 500;

/// What files are for: those of one kind go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Tenant(Purpose),
    Unclaimed,
}

impl Kind {
    /// Evidence has none: it stays.
    const fn of(file: &LandingFile) -> Option<Self> {
        match file {
            LandingFile::Sealed { purpose, .. } => Some(Self::Tenant(*purpose)),
            LandingFile::Unclaimed { .. } => Some(Self::Unclaimed),
            LandingFile::Evidence { .. } => None,
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Tenant(purpose) => purpose.segment(),
            Self::Unclaimed => "unclaimed",
        }
    }
}

/// A file and when it goes.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    file: LandingFile,
    /// What it was when it was written; unknown for a staged file, whose
    /// release says what it became.
    sha256: Option<Sha256>,
    due: Due,
}

impl Candidate {
    /// The moment at which its timer ends, if one is running.
    pub(super) const fn timer(&self) -> Option<EpochMs> {
        match self.due {
            Due::At(at) | Due::Released(_, at) => Some(at),
            Due::Unreleased | Due::Never => None,
        }
    }

    fn is_due(&self, now: EpochMs) -> bool {
        self.timer().is_some_and(|at| at <= now)
    }
}

/// What a look at a file that is due finds.
enum Check {
    Whole,
    Absent,
    Blocked(&'static str),
}

impl Purger {
    /// Purges every file that is due; those of open intents first.
    pub(super) async fn files(
        &mut self,
        run: &mut Run<'_>,
    ) -> Result<Vec<FilesReport>, PurgeError> {
        let mut reports: BTreeMap<Kind, FilesReport> = BTreeMap::new();
        for (kind, intent, purge) in self.open_file_intents() {
            let outcome = match run.execute {
                true => self.carry_out_files(kind, intent, &purge, run).await?,
                false => pending("an earlier run began it"),
            };
            report_of(&mut reports, kind).add(outcome);
        }
        for (kind, candidates) in self.candidates(run.now) {
            let report = report_of(&mut reports, kind);
            self.purge_kind(kind, candidates, report, run).await?;
        }
        Ok(reports.into_values().collect())
    }

    fn open_file_intents(&self) -> Vec<(Kind, u64, FilePurge)> {
        let both = [&self.book, &self.operator].map(Book::open_files);
        let kind = |purge: &FilePurge| purge.files.first().and_then(Kind::of);
        let named = both.into_iter().flatten();
        named
            .filter_map(|(n, purge)| Some((kind(&purge)?, n, purge)))
            .collect()
    }

    /// The book in which purges of this kind stand.
    pub(super) const fn book_of(&self, kind: Kind) -> &Book {
        match kind {
            Kind::Tenant(_) => &self.book,
            Kind::Unclaimed => &self.operator,
        }
    }

    fn book(&mut self, kind: Kind) -> &mut Book {
        match kind {
            Kind::Tenant(_) => &mut self.book,
            Kind::Unclaimed => &mut self.operator,
        }
    }

    /// A hold of the tenant keeps what came in by its topics, unclaimed
    /// records included.
    fn any_hold(&self) -> bool {
        self.book.held() || self.operator.held()
    }

    /// Files that lie there by what is known, and are in no open intent.
    fn candidates(&mut self, now: EpochMs) -> BTreeMap<Kind, Vec<Candidate>> {
        let mut gone = self.book.files().gone;
        gone.extend(self.operator.files().gone);
        self.stock.forget(&gone);
        let open = self.open_file_intents().into_iter();
        let open: BTreeSet<LandingFile> = open.flat_map(|(_, _, p)| p.files).collect();
        let mut out: BTreeMap<Kind, Vec<Candidate>> = BTreeMap::new();
        for candidate in self.stocked(now).into_iter().chain(self.staged(now)) {
            let named = gone.contains(&candidate.file) || open.contains(&candidate.file);
            if let Some(kind) = Kind::of(&candidate.file).filter(|_| !named) {
                out.entry(kind).or_default().push(candidate);
            }
        }
        out
    }

    fn stocked(&self, now: EpochMs) -> Vec<Candidate> {
        let files = self.stock.files.keys();
        files.filter_map(|file| self.candidate(file, now)).collect()
    }

    fn staged(&self, now: EpochMs) -> Vec<Candidate> {
        let files = self.book.staged();
        files.filter_map(|file| self.candidate(file, now)).collect()
    }

    /// What is known of `file`: from the slot that named it, or the release.
    fn candidate(&self, file: &LandingFile, now: EpochMs) -> Option<Candidate> {
        let (chain, timers) = (&self.book.chain, &self.timers(now));
        let file = file.clone();
        if let Some(stocked) = self.stock.files.get(&file) {
            return Some(Candidate {
                sha256: Some(stocked.sha256),
                due: due(&file, stocked, chain, timers, self.unclaimed_ms),
                file,
            });
        }
        let mut releases = chain.releases.iter();
        let (at, release) = releases.find(|(_, r)| r.files.iter().any(|f| f.staged == file))?;
        Some(Candidate {
            sha256: None,
            due: after(*at, release, timers),
            file,
        })
    }

    async fn purge_kind(
        &mut self,
        kind: Kind,
        candidates: Vec<Candidate>,
        report: &mut FilesReport,
        run: &mut Run<'_>,
    ) -> Result<(), PurgeError> {
        report.lying += candidates.len() as u64;
        let (ready, later): (Vec<_>, Vec<_>) =
            candidates.into_iter().partition(|c| c.is_due(run.now));
        report.due += ready.len() as u64;
        report.next_due = later.iter().filter_map(Candidate::timer).min();
        if ready.is_empty() {
            return Ok(());
        }
        if self.any_hold() {
            report.outcomes.push(Outcome::Held);
            return Ok(());
        }
        let ready = self.usual_files(kind, ready, report, run.now);
        let files = self.sound(ready, report, run.now).await?;
        if !run.execute && !files.is_empty() {
            report.outcomes.push(Outcome::Due);
            return Ok(());
        }
        for files in files.chunks(DUE_AT_ONCE) {
            let outcome = self.purge_files(kind, files.to_vec(), run).await?;
            report.add(outcome);
        }
        Ok(())
    }

    /// Those of `ready` that may go; the others are told of.
    async fn sound(
        &mut self,
        ready: Vec<Candidate>,
        report: &mut FilesReport,
        now: EpochMs,
    ) -> Result<Vec<LandingFile>, PurgeError> {
        let accounted = self.accounted();
        let mut files = Vec::new();
        for candidate in ready {
            let why = match self.check(&candidate, now).await? {
                Check::Whole => None,
                Check::Absent if candidate.sha256.is_none() => None,
                Check::Absent if accounted.contains(&candidate.file) => None,
                Check::Absent => Some("missing"),
                Check::Blocked(why) => Some(why),
            };
            let overdue = candidate.timer().map_or(0, |at| now.since(at));
            match why {
                None => files.push(candidate.file),
                Some(why) => report.blocked.push(BlockedFile {
                    file: candidate.file,
                    why,
                    overdue_ms: overdue,
                }),
            }
        }
        Ok(files)
    }

    /// Whether a file may go now, and is what it was.
    async fn check(&mut self, candidate: &Candidate, now: EpochMs) -> Result<Check, PurgeError> {
        if !candidate.is_due(now) {
            return Ok(Check::Blocked("timer"));
        }
        if let Due::Released(number, _) = candidate.due {
            let mut releases = self.book.chain.releases.iter();
            let release = releases.find(|(_, release)| release.number == number);
            let research = &self.scope.stores.research;
            let published = match release {
                // What was taken back is to be nowhere.
                Some(_) if self.book.chain.withdrawn.contains_key(&number) => true,
                Some((_, release)) => self.verifier.release(research, release).await?,
                None => false,
            };
            if !published {
                return Ok(Check::Blocked("release"));
            }
        }
        let landing = &self.scope.stores.landing;
        let Some(sha256) = candidate.sha256 else {
            let found = landing.get(&candidate.file.path()).await?;
            return Ok(found.map_or(Check::Absent, |_| Check::Whole));
        };
        Ok(match examine(landing, &candidate.file, sha256).await? {
            Found::Whole => Check::Whole,
            Found::Absent => Check::Absent,
            Found::Altered => Check::Blocked("altered"),
        })
    }

    async fn purge_files(
        &mut self,
        kind: Kind,
        files: Vec<LandingFile>,
        run: &mut Run<'_>,
    ) -> Result<Outcome, PurgeError> {
        let purge = FilePurge { files };
        let target = PurgeTarget::Files(purge.clone());
        match self.book(kind).intend(target, run).await? {
            Some(n) => self.carry_out_files(kind, n, &purge, run).await,
            None if self.any_hold() => Ok(Outcome::Held),
            None => Ok(pending("another entry came first")),
        }
    }

    /// Check, deed, verification and receipt of an intent in force.
    async fn carry_out_files(
        &mut self,
        kind: Kind,
        intent: u64,
        purge: &FilePurge,
        run: &mut Run<'_>,
    ) -> Result<Outcome, PurgeError> {
        self.book.refresh().await?;
        self.operator.refresh().await?;
        if !self.book(kind).chain.intents.contains_key(&intent) {
            return Ok(pending("another process carried it out"));
        }
        let receipt = match self.recheck_files(purge, run.now).await? {
            Some(why) => Receipt::GivenUp {
                why: why.to_owned(),
            },
            None if self.remove(purge).await? => Receipt::FilesGone {
                files: purge.files.len() as u64,
            },
            None => return Ok(pending("files are still there after they were deleted")),
        };
        self.book(kind)
            .conclude(intent, receipt.clone(), run)
            .await?;
        Ok(Outcome::Concluded { intent, receipt })
    }

    /// Why the files of an intent may no longer go, if so. A hold that came
    /// after it is honoured as long as one of them is left.
    async fn recheck_files(
        &mut self,
        purge: &FilePurge,
        now: EpochMs,
    ) -> Result<Option<&'static str>, PurgeError> {
        let mut left = 0;
        let mut why = None;
        for file in &purge.files {
            let Some(candidate) = self.candidate(file, now) else {
                return Ok(Some("unknown"));
            };
            match self.check(&candidate, now).await? {
                Check::Absent => {}
                Check::Whole => left += 1,
                Check::Blocked(blocked) => why = why.or(Some(blocked)),
            }
        }
        let held = left > 0 && self.any_hold();
        Ok(if held { Some("hold") } else { why })
    }

    /// Deletes, and reads again: whether all of them are gone.
    async fn remove(&self, purge: &FilePurge) -> Result<bool, PurgeError> {
        let landing = &self.scope.stores.landing;
        for file in &purge.files {
            landing.delete(&file.path()).await?;
        }
        for file in &purge.files {
            if landing.get(&file.path()).await?.is_some() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl FilesReport {
    fn add(&mut self, outcome: Outcome) {
        if let Outcome::Concluded {
            receipt: Receipt::FilesGone { files },
            ..
        } = &outcome
        {
            self.gone += files;
        }
        self.outcomes.push(outcome);
    }
}

fn report_of(reports: &mut BTreeMap<Kind, FilesReport>, kind: Kind) -> &mut FilesReport {
    reports.entry(kind).or_insert_with(|| FilesReport {
        purpose: kind.name(),
        lying: 0,
        due: 0,
        gone: 0,
        next_due: None,
        blocked: Vec::new(),
        outcomes: Vec::new(),
    })
}

fn pending(why: &str) -> Outcome {
    Outcome::Pending {
        why: why.to_owned(),
    }
}
