//! Records: how they go, once it is known how far they may.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::plan::{Bound, Limit, Standing, left_behind, recheck};
use super::records::{Below, DeleteError, Records};
use super::report::{Block, Obstacle, Outcome, PartitionReport};
use super::survey::Survey;
use super::{GRACE_MS, PurgeError, Purger, Run};
use crate::domain::{EpochMs, TopicPartition};
use crate::gate::{Admission, admit};
use crate::ledger::{KafkaPurge, PurgeTarget, Receipt};

/// How long a segment stays open where the broker does not say: Kafka's own
/// default of `segment.ms`.
const SEGMENT_MS: i64 = 7 * 86_400_000;
/// More than the broker's check interval and its delay of file deletion
/// (5 minutes and 1 minute by default).
const SLACK_MS: i64 = 3_600_000;

pub(super) type Log = (TopicPartition, u32);

/// What one process remembers between runs.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Where the last search for the low watermark's slot ended.
    pub(super) first: BTreeMap<Log, u64>,
    /// Topics whose broker said that it cannot delete records.
    unsupported: BTreeSet<Arc<str>>,
}

impl Purger {
    /// Purges the records of every partition of the tenant's topics.
    pub(super) async fn records(
        &mut self,
        broker: Option<&dyn Records>,
        run: &mut Run<'_>,
    ) -> Result<Vec<PartitionReport>, PurgeError> {
        let Some(broker) = broker else {
            return Ok(Vec::new());
        };
        let current = self.logs().await?;
        self.give_up_strays(&current, run).await?;
        let mut reports = Vec::new();
        for log in current {
            let (mut report, late) = match self.partition(broker, &log, run).await {
                Err(PurgeError::Journal(error)) => return Err(error.into()),
                Err(error) => (stopped(&log, &error), false),
                Ok(done) => done,
            };
            report.block = self.overdue(broker, &report, late, run.now).await;
            reports.push(report);
        }
        Ok(reports)
    }

    /// Gives up intents for partitions that are no longer the tenant's, and
    /// for logs that were begun anew since.
    async fn give_up_strays(
        &mut self,
        current: &BTreeMap<TopicPartition, u32>,
        run: &mut Run<'_>,
    ) -> Result<(), PurgeError> {
        let stray = |target: &PurgeTarget| match target {
            PurgeTarget::Kafka(purge) => current.get(&purge.place) != Some(&purge.epoch),
            PurgeTarget::Files(_) => false,
        };
        let intents = self.book.chain.intents.iter();
        let strays: Vec<u64> = intents.filter(|(_, t)| stray(t)).map(|(n, _)| *n).collect();
        if run.execute {
            for n in strays {
                self.book.conclude(n, given_up("log"), run).await?;
            }
        }
        Ok(())
    }

    /// Purges one partition: what was intended before, else what is due now.
    /// Says as well whether the oldest record left is overdue by the slots.
    async fn partition(
        &mut self,
        broker: &dyn Records,
        log: &Log,
        run: &mut Run<'_>,
    ) -> Result<(PartitionReport, bool), PurgeError> {
        let survey = self.survey(broker, log, run.now).await?;
        let outcome = self.decide(broker, log, &survey, run).await?;
        let low = survey.marks.low;
        let low_after = match outcome {
            Outcome::Concluded { .. } => broker.watermarks(&log.0).await?.low,
            _ => low,
        };
        let timer = self.timers(run.now).kafka_ms;
        let deadline = run.now.plus(-timer).plus(-GRACE_MS);
        let late = left_behind(&survey.slots, low_after, deadline);
        let report = PartitionReport {
            place: log.0.clone(),
            epoch: log.1,
            low_before: Some(low),
            low_after: Some(low_after),
            bound: survey.bound,
            limit: survey.limit(),
            unsound: survey.unsound,
            outcome,
            block: None,
        };
        Ok((report, late))
    }

    async fn decide(
        &mut self,
        broker: &dyn Records,
        log: &Log,
        survey: &Survey,
        run: &mut Run<'_>,
    ) -> Result<Outcome, PurgeError> {
        Ok(match (self.intent_for(&log.0), survey.due()) {
            (Some((n, purge)), _) if run.execute => self.carry_out(broker, n, &purge, run).await?,
            (Some(_), _) => pending("an earlier run began it"),
            (None, None) => Outcome::Nothing,
            (None, Some(_)) if self.book.held() => Outcome::Held,
            (None, Some(_)) if self.kafka.unsupported.contains(&log.0.topic) => {
                Outcome::Unsupported
            }
            (None, Some(bound)) => match self.usual_cut(log, survey.marks.low, bound) {
                Err(waiting) => waiting,
                Ok(_) if !run.execute => Outcome::Due,
                Ok(bound) => self.purge(broker, log, bound, run).await?,
            },
        })
    }

    /// The intent in force for a partition.
    fn intent_for(&self, place: &TopicPartition) -> Option<(u64, KafkaPurge)> {
        let mut intents = self.book.chain.intents.iter();
        intents.find_map(|(n, target)| match target {
            PurgeTarget::Kafka(purge) if purge.place == *place => Some((*n, purge.clone())),
            _ => None,
        })
    }

    async fn purge(
        &mut self,
        broker: &dyn Records,
        log: &Log,
        bound: Bound,
        run: &mut Run<'_>,
    ) -> Result<Outcome, PurgeError> {
        let purge = KafkaPurge {
            place: log.0.clone(),
            epoch: log.1,
            upto: bound.upto,
            verified_slot: bound.verified_slot,
        };
        let target = PurgeTarget::Kafka(purge.clone());
        match self.book.intend(target, run).await? {
            Some(n) => self.carry_out(broker, n, &purge, run).await,
            None if self.book.held() => Ok(Outcome::Held),
            None => Ok(pending("another entry came first")),
        }
    }

    /// Check, deed, verification and receipt of an intent in force.
    async fn carry_out(
        &mut self,
        broker: &dyn Records,
        intent: u64,
        purge: &KafkaPurge,
        run: &mut Run<'_>,
    ) -> Result<Outcome, PurgeError> {
        self.book.refresh().await?;
        if !self.book.chain.intents.contains_key(&intent) {
            return Ok(pending("another process carried it out"));
        }
        let log = (purge.place.clone(), purge.epoch);
        let survey = self.survey(broker, &log, run.now).await?;
        let (held, low) = (self.book.held(), survey.marks.low);
        let receipt = match recheck(purge.upto, held, low, survey.bound.as_ref()) {
            Standing::Void(why) => given_up(why),
            Standing::Done | Standing::Due => match self.delete(broker, purge, run.now).await? {
                Ok(receipt) => receipt,
                Err(why) => return Ok(Outcome::Pending { why }),
            },
        };
        self.book.conclude(intent, receipt.clone(), run).await?;
        Ok(Outcome::Concluded { intent, receipt })
    }

    /// Deletes, and proves it; or says why the intent must wait.
    async fn delete(
        &mut self,
        broker: &dyn Records,
        purge: &KafkaPurge,
        now: EpochMs,
    ) -> Result<Result<Receipt, String>, PurgeError> {
        let place = &purge.place;
        let answered_low = match broker.delete_below(place, purge.upto).await {
            Ok(low) => low,
            Err(DeleteError::Unsupported) => {
                self.kafka.unsupported.insert(place.topic.clone());
                return Ok(Ok(Receipt::Unsupported));
            }
            Err(DeleteError::OutOfRange) => return Ok(Ok(given_up("out_of_range"))),
            Err(error) => return Ok(Err(error.to_string())),
        };
        let read_low = broker.watermarks(place).await?.low;
        let below = broker.fetch_below(place, purge.upto - 1).await?;
        if answered_low < purge.upto || read_low < purge.upto || below != Below::Gone {
            let why = "the broker answered, but records below the cut can still be reached";
            return Ok(Err(String::from(why)));
        }
        let segment = broker.segment_ms(&place.topic).await;
        let receipt = Receipt::RecordsGone {
            answered_low,
            read_low,
            fetch_below_refused: true,
            on_disk_until: self.on_disk_until(segment, now),
        };
        Ok(Ok(receipt))
    }

    /// Until when the broker may still have a deleted record on disk.
    ///
    /// The broker deletes whole segments. The one that holds the last deleted
    /// record stays until it is closed (`segment.ms` at the latest, while the
    /// topic takes records) and the youngest record in it was purged too, one
    /// timer later. A topic that takes no more records keeps its last segment
    /// until its own retention takes it.
    fn on_disk_until(&self, segment_ms: Option<i64>, now: EpochMs) -> EpochMs {
        let timer = self.timers(now).kafka_ms;
        let segment = segment_ms.unwrap_or(SEGMENT_MS);
        now.plus(segment).plus(timer).plus(GRACE_MS).plus(SLACK_MS)
    }

    /// What stands in the way of records that should have gone. A broker that
    /// does not answer is told in the outcome.
    async fn overdue(
        &mut self,
        broker: &dyn Records,
        report: &PartitionReport,
        late: bool,
        now: EpochMs,
    ) -> Option<Block> {
        let marks = broker.watermarks(&report.place).await.ok()?;
        let oldest = broker.record_from(&report.place, marks.low).await.ok()??;
        let timer = self.timers(now).kafka_ms;
        let overdue_ms = now.since(oldest.time).saturating_sub(timer);
        if overdue_ms <= GRACE_MS && !late {
            return None;
        }
        Some(Block {
            obstacle: self.obstacle(report, now)?,
            overdue_ms: overdue_ms.max(GRACE_MS),
        })
    }

    fn obstacle(&self, report: &PartitionReport, now: EpochMs) -> Option<Obstacle> {
        let paused = || matches!(admit(&self.scope.tenant, now, None), Admission::Paused(_));
        if self.book.held() {
            return Some(Obstacle::Hold);
        }
        if self.kafka.unsupported.contains(&report.place.topic) {
            return Some(Obstacle::Broker);
        }
        match (&report.outcome, report.limit) {
            (Outcome::Due, _) => None,
            (Outcome::Waiting { .. }, _) => Some(Obstacle::Approval),
            (Outcome::Pending { .. }, _) => Some(Obstacle::Broker),
            (Outcome::Stopped { .. }, _) => Some(Obstacle::Log),
            (_, Limit::Committed) if paused() => Some(Obstacle::Paused),
            (_, Limit::Committed) => Some(Obstacle::Unprocessed),
            (_, Limit::Unverified) => Some(Obstacle::Unverified),
            (_, Limit::Released) => Some(Obstacle::Unreleased),
            (_, Limit::Group) => Some(Obstacle::Group),
            (_, Limit::Age) => None,
        }
    }
}

/// The report of a partition that cannot be purged.
fn stopped(log: &Log, error: &PurgeError) -> PartitionReport {
    PartitionReport {
        place: log.0.clone(),
        epoch: log.1,
        low_before: None,
        low_after: None,
        bound: None,
        limit: Limit::Committed,
        unsound: None,
        outcome: Outcome::Stopped {
            why: error.to_string(),
        },
        block: None,
    }
}

fn pending(why: &str) -> Outcome {
    Outcome::Pending {
        why: why.to_owned(),
    }
}

fn given_up(why: &str) -> Receipt {
    Receipt::GivenUp {
        why: why.to_owned(),
    }
}
