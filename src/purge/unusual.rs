//! More than usual waits until a person approves it: a clock that jumped, or a
//! file that was written wrongly, deletes little.

use super::files::{Candidate, Kind};
use super::plan::Bound;
use super::report::{FilesReport, Outcome};
use super::{Book, Purger};
use crate::domain::{EpochMs, TopicPartition};
use crate::ledger::{Approval, Removed};

impl Purger {
    /// How far records of `log` may go without being asked about: to `bound`,
    /// or as far as was approved. Otherwise what waits.
    pub(super) fn usual_cut(
        &self,
        log: &(TopicPartition, u32),
        low: i64,
        bound: Bound,
    ) -> Result<Bound, Outcome> {
        let usual = &self.book.chain.usual;
        let approved = usual.approved_records(log).unwrap_or(low).max(low);
        let most = self.most(&self.book, &Removed::Records(log.0.clone()));
        let amount = u64::try_from(bound.upto - approved).unwrap_or(0);
        if amount <= most {
            Ok(bound)
        } else if approved > low {
            Ok(Bound {
                upto: approved,
                ..bound
            })
        } else {
            Err(Outcome::Waiting {
                amount,
                most,
                approval: Approval::Records {
                    place: log.0.clone(),
                    epoch: log.1,
                    upto: bound.upto,
                },
                // The partition's block says it.
                overdue_ms: 0,
            })
        }
    }

    /// Those of `ready` that may go without being asked about; what waits is
    /// told of.
    pub(super) fn usual_files(
        &self,
        kind: Kind,
        ready: Vec<Candidate>,
        report: &mut FilesReport,
        now: EpochMs,
    ) -> Vec<Candidate> {
        let by = self.book.chain.usual.approved_files(kind.name());
        let is_approved = |file: &Candidate| {
            let ended = file.timer().zip(by);
            ended.is_some_and(|(at, by)| at <= by)
        };
        let (mut approved, rest): (Vec<_>, Vec<_>) = ready.into_iter().partition(is_approved);
        let what = Removed::Files(kind.name().to_owned());
        let most = self.most(self.book_of(kind), &what);
        let amount = rest.len() as u64;
        if amount <= most {
            approved.extend(rest);
        } else {
            let oldest = rest.iter().filter_map(Candidate::timer).min();
            report.outcomes.push(Outcome::Waiting {
                amount,
                most,
                approval: Approval::Files {
                    purpose: kind.name().to_owned(),
                    due_by: now,
                },
                overdue_ms: oldest.map_or(0, |at| now.since(at)),
            });
        }
        approved
    }

    fn most(&self, book: &Book, what: &Removed) -> u64 {
        let rule = self.scope.tenant.unusual;
        book.chain.usual.most(what, rule.at_least, rule.times)
    }
}
