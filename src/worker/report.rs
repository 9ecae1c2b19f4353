//! What operations see: counts of what was committed, and the state of every
//! partition and tenant.

use std::collections::{BTreeMap, BTreeSet};

use super::chores::Chores;
use super::shadow::Shadow;
use super::status::PartitionStatus as Inner;
use super::step::Worker;
use crate::assemble::Cause;
use crate::config::Config;
use crate::domain::{Category, EpochMs, TenantId, TopicPartition};
use crate::gate::{Admission, admit};
use crate::ledger::{Evidence, Receipt};
use crate::observe::{
    NotReady, PartitionState, PartitionStatus, PurgeStatus, ReleaseStatus, Status, TenantState,
    TenantStatus, metrics,
};
use crate::purge::{Outcome, PurgeReport};

const DAY_MS: i64 = 86_400_000;

/// Counts what a committed slot did.
pub(super) fn count(evidence: &Evidence) {
    let tenant = &evidence.tenant;
    let counts = &evidence.counts;
    metrics::records_committed(tenant, counts.committed);
    for (rule, records) in &counts.dropped {
        metrics::records_dropped(tenant, rule.name(), *records);
    }
    metrics::conversations_landed(tenant, evidence.conversations, evidence.turns);
    for (path, fields) in &evidence.withheld {
        metrics::fields_dropped(tenant, path, *fields);
    }
    for cause in Cause::ALL.into_iter().filter(|cause| cause.is_cut()) {
        if let Some(cut) = evidence.causes.get(cause.name()) {
            metrics::conversations_cut(tenant, cause.name(), *cut);
        }
    }
    for (reason, conversations) in &evidence.held_back {
        metrics::held_back(tenant, reason, *conversations);
    }
    for category in Category::ALL {
        if let Some(found) = evidence.findings.get(category.name()) {
            metrics::findings(tenant, category, *found);
        }
    }
}

/// Counts what a purge concluded and what it could not do.
pub(super) fn count_purge(tenant: &TenantId, report: &PurgeReport) {
    for partition in &report.partitions {
        if let Outcome::Concluded { receipt, .. } = &partition.outcome {
            metrics::purge_event(tenant, "kafka", step(receipt));
        }
        if partition.block.is_some() {
            metrics::purge_event(tenant, "kafka", "blocked");
        }
    }
    for files in &report.files {
        if files.gone > 0 {
            metrics::purge_event(tenant, files.purpose, "verified");
        }
        if !files.blocked.is_empty() {
            metrics::purge_event(tenant, files.purpose, "blocked");
        }
    }
}

const fn step(receipt: &Receipt) -> &'static str {
    match receipt {
        Receipt::RecordsGone { .. } | Receipt::FilesGone { .. } => "verified",
        Receipt::Unsupported => "unsupported",
        Receipt::GivenUp { .. } => "given_up",
    }
}

/// What a status is made of.
pub(super) struct View<'a> {
    pub(super) config: &'a Config,
    pub(super) worker: &'a Worker,
    pub(super) highs: &'a BTreeMap<TopicPartition, i64>,
    pub(super) firsts: &'a BTreeMap<TopicPartition, (i64, EpochMs)>,
    pub(super) suspended: &'a BTreeSet<TopicPartition>,
    pub(super) stopped: &'a BTreeMap<TopicPartition, &'static str>,
    pub(super) chores: &'a Chores,
    pub(super) shadow: Option<&'a Shadow>,
    pub(super) starting: bool,
    pub(super) draining: bool,
    pub(super) now: EpochMs,
}

pub(super) fn status(view: &View<'_>) -> Status {
    let partitions: Vec<PartitionStatus> = view
        .worker
        .status()
        .map(|(place, inner)| partition(view, place, &inner))
        .collect();
    Status {
        version: env!("CARGO_PKG_VERSION"),
        pipeline: view.config.pipeline.name.clone(),
        not_ready: not_ready(view, &partitions),
        bytes_buffered: view.worker.bytes() as u64,
        partitions,
        tenants: view
            .config
            .tenants
            .keys()
            .map(|id| tenant(view, id))
            .collect(),
        // Whoever watches the files tells it.
        outdated: Vec::new(),
        shadow: view.shadow.map(|shadow| shadow.tallies.clone()),
    }
}

fn not_ready(view: &View<'_>, partitions: &[PartitionStatus]) -> Vec<NotReady> {
    let replaying = partitions
        .iter()
        .any(|p| p.state == PartitionState::Replaying);
    let reasons = [
        (view.starting, NotReady::Starting),
        (replaying, NotReady::Replaying),
        (view.draining, NotReady::Draining),
    ];
    let holding = reasons.into_iter().filter(|(holds, _)| *holds);
    holding.map(|(_, reason)| reason).collect()
}

fn partition(view: &View<'_>, place: &TopicPartition, inner: &Inner) -> PartitionStatus {
    let end = inner.end.unwrap_or_default();
    let high = view.highs.get(place).filter(|_| inner.end.is_some());
    PartitionStatus {
        topic: place.topic.to_string(),
        partition: place.partition,
        state: state(view, place, inner),
        end,
        resume: inner.resume.unwrap_or_default(),
        open: inner.open_conversations as u64,
        lag_records: high.map(|high| u64::try_from(high - end).unwrap_or(0)),
        lag_seconds: high.and_then(|high| lag_seconds(view, place, inner, *high)),
    }
}

/// The age of the oldest record beyond the last slot: of those that were read,
/// else of the one that the broker has there. `None` while neither is known.
fn lag_seconds(view: &View<'_>, place: &TopicPartition, inner: &Inner, high: i64) -> Option<f64> {
    let end = inner.end?;
    if high <= end {
        return Some(0.0);
    }
    let first = view.firsts.get(place).filter(|(at, _)| *at == end);
    let oldest = inner.oldest.or(first.map(|(_, time)| *time))?;
    Some(view.now.since(oldest).max(0) as f64 / 1000.0)
}

fn state(view: &View<'_>, place: &TopicPartition, inner: &Inner) -> PartitionState {
    if let Some(code) = view.stopped.get(place) {
        PartitionState::Stopped(code)
    } else if view.suspended.contains(place) {
        PartitionState::Paused("authorization")
    } else if inner.replaying || inner.phase == "loading" {
        PartitionState::Replaying
    } else if let Some(why) = inner.stands {
        PartitionState::Paused(why)
    } else {
        PartitionState::Running
    }
}

fn tenant(view: &View<'_>, id: &TenantId) -> TenantStatus {
    let tenant = &view.config.tenants[id];
    let outcome = view.chores.outcome(id);
    TenantStatus {
        tenant: id.clone(),
        state: match admit(tenant, view.now, None) {
            Admission::Paused(reason) => TenantState::Paused(reason.code()),
            _ => TenantState::Admitted,
        },
        lapses_in_days: Some(
            tenant
                .authorization
                .lapses()
                .since(view.now)
                .div_euclid(DAY_MS),
        ),
        release: ReleaseStatus {
            last: outcome.released,
            due: None,
        },
        purge: PurgeStatus {
            blocks: outcome.blocks,
            holds: outcome.holds,
            shortened: outcome.shortened,
            waiting: outcome.waiting,
            ..PurgeStatus::default()
        },
    }
}
