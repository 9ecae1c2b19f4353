//! Every metric: its name, unit, labels and meaning, and the one function that
//! sets it.
//!
//! Counters and histograms count what happens, through the `metrics` facade.
//! Gauges say what is, and are rendered from the [`Status`] at each scrape, so
//! that a partition that went to another worker, or a lag that is not known,
//! is absent rather than stale or −1. Labels come from the configuration, the
//! mapping and closed lists only.

use ::metrics::{counter, gauge, histogram, with_local_recorder};
use metrics_exporter_prometheus::{
    BuildError, Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder,
};

use super::status::{PartitionState, Status, TenantState};
use crate::domain::{Category, TenantId};

/// A metric as it is documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metric {
    /// Its name in Prometheus.
    pub name: &'static str,
    /// `counter`, `gauge` or `histogram`.
    pub kind: &'static str,
    /// What one is.
    pub unit: &'static str,
    /// Its labels.
    pub labels: &'static [&'static str],
    /// What it says.
    pub about: &'static str,
}

macro_rules! catalogue {
    ($($id:ident: $kind:literal $name:literal in $unit:literal by $labels:expr, $about:literal;)*) => {
        $(const $id: &str = $name;)*
        /// Every metric, in the order of the river.
        pub const CATALOGUE: &[Metric] = &[$(Metric {
            name: $name, kind: $kind, unit: $unit, labels: &$labels, about: $about,
        }),*];
    };
}

catalogue! {
    READ: "counter" "leeward_records_read_total" in "records" by ["tenant"], "Records read from the source, each once a worker.";
    READ_BYTES: "counter" "leeward_read_bytes_total" in "bytes" by ["tenant"], "Bytes of the values of records read.";
    COMMITTED: "counter" "leeward_records_committed_total" in "records" by ["tenant"], "Records whose clean form is in a won slot.";
    QUARANTINED: "counter" "leeward_records_quarantined_total" in "records" by ["tenant", "reason"], "Records sealed because they could not be processed.";
    DROPPED: "counter" "leeward_records_dropped_total" in "records" by ["tenant", "rule"], "Records dropped by a named rule.";
    UNCLAIMED: "counter" "leeward_records_unclaimed_total" in "records" by ["reason"], "Records sealed because their tenant cannot be established.";
    FIELDS: "counter" "leeward_fields_dropped_total" in "fields" by ["tenant", "field"], "Fields that the mapping does not take, by its own path for them, or that the agreement does not let leave, by the tables' path.";
    CONVERSATIONS: "counter" "leeward_conversations_total" in "conversations" by ["tenant"], "Conversations closed and de-identified.";
    TURNS: "counter" "leeward_turns_total" in "turns" by ["tenant"], "Turns of those conversations.";
    FINDINGS: "counter" "leeward_findings_total" in "findings" by ["tenant", "category"], "Identifiers found, by category.";
    HELD_BACK: "counter" "leeward_conversations_held_back_total" in "conversations" by ["tenant", "reason"], "Conversations that stay sealed, by reason.";
    CUT: "counter" "leeward_conversations_cut_total" in "conversations" by ["tenant", "reason"], "Conversations cut into a segment before their end.";
    THROTTLED: "counter" "leeward_tenant_throttled_seconds_total" in "seconds" by ["tenant", "limit"], "How long a tenant's partitions stood still for its own `limits`: `rate` or `memory`.";
    FLUSH: "histogram" "leeward_flush_seconds" in "seconds" by [], "Time from a flush's start until its slot is won.";
    APPENDS: "counter" "leeward_slot_appends_total" in "appends" by ["outcome"], "Appends to commit logs and chains: `won` or `reload`.";
    PURGES: "counter" "leeward_purge_events_total" in "events" by ["tenant", "kind", "step"], "Purges of originals, by what goes and by what became of them: `verified`, `given_up`, `unsupported` or `blocked`.";
    OUTDATED: "gauge" "leeward_settings_outdated" in "settings" by [], "Settings of the pipeline's file that have changed and want a restart.";
    BUILD: "gauge" "leeward_build_info" in "1" by ["version"], "Always 1; the version runs.";
    READY: "gauge" "leeward_ready" in "0 or 1" by [], "Whether the worker is ready.";
    BUFFERED: "gauge" "leeward_buffered_bytes" in "bytes" by [], "Memory that open conversations and unwritten batches hold.";
    OPEN: "gauge" "leeward_open_conversations" in "conversations" by ["topic", "partition"], "Conversations that are open.";
    LAG_RECORDS: "gauge" "leeward_lag_records" in "records" by ["topic", "partition"], "Records that are not yet in the commit log; absent while unknown.";
    LAG_SECONDS: "gauge" "leeward_lag_seconds" in "seconds" by ["topic", "partition"], "Age of the oldest record that is not yet in the commit log; absent while unknown.";
    PAUSED: "gauge" "leeward_partition_paused" in "0 or 1" by ["topic", "partition"], "Whether the partition is paused.";
    STOPPED: "gauge" "leeward_partition_stopped" in "0 or 1" by ["topic", "partition"], "Whether the partition waits for an operator.";
    DISABLED: "gauge" "leeward_tenant_disabled" in "0 or 1" by ["tenant"], "Whether the tenant's file is broken.";
    TENANT_PAUSED: "gauge" "leeward_tenant_paused" in "0 or 1" by ["tenant"], "Whether the gate pauses the tenant.";
    LAPSE: "gauge" "leeward_authorization_lapse_days" in "days" by ["tenant"], "Days until the tenant's authorisation lapses; negative once it has.";
    BLOCKS: "gauge" "leeward_purge_blocks" in "originals" by ["tenant"], "Originals past their timer and still there.";
    HOLDS: "gauge" "leeward_holds" in "holds" by ["tenant"], "Holds in force.";
    SHORTENED: "gauge" "leeward_purge_timers_shortened" in "timers" by ["tenant"], "Purge timers that were shortened and wait for a day.";
    WAITING: "gauge" "leeward_purges_waiting" in "purges" by ["tenant"], "Purges that would remove more than usual, and wait for approval.";
    SHADOW: "gauge" "leeward_shadow" in "0 or 1" by [], "Whether the worker is a shadow: it counts, and writes nothing.";
    SHADOW_YIELD: "gauge" "leeward_shadow_yield" in "ratio" by ["tenant"], "Of the conversations that a shadow judged, the share that passes.";
    SHADOW_MASKED: "gauge" "leeward_shadow_masked" in "ratio" by ["tenant"], "Of the text that a shadow judged, the share that stands in a finding.";
    SHADOW_RISK: "gauge" "leeward_shadow_conversations" in "conversations" by ["tenant", "below"], "Conversations that a shadow judged, by the upper end of their band of risk.";
}

/// Bounds of the buckets of durations, in seconds.
const SECONDS: [f64; 10] = [0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0];

/// Makes the program's recorder; install it with `metrics::set_global_recorder`.
///
/// # Errors
/// Never in practice: only an empty list of buckets is refused.
pub fn recorder() -> Result<PrometheusRecorder, BuildError> {
    let buckets = Matcher::Full(FLUSH.to_owned());
    let recorder = PrometheusBuilder::new()
        .set_buckets_for_metric(buckets, &SECONDS)?
        .build_recorder();
    with_local_recorder(&recorder, describe);
    Ok(recorder)
}

fn describe() {
    for metric in CATALOGUE {
        match metric.kind {
            "counter" => ::metrics::describe_counter!(metric.name, metric.about),
            "histogram" => ::metrics::describe_histogram!(metric.name, metric.about),
            _ => ::metrics::describe_gauge!(metric.name, metric.about),
        }
    }
}

fn label(tenant: &TenantId) -> String {
    tenant.as_str().to_owned()
}

/// Records of `bytes` in all were read.
pub fn records_read(tenant: &TenantId, records: u64, bytes: u64) {
    counter!(READ, "tenant" => label(tenant)).increment(records);
    counter!(READ_BYTES, "tenant" => label(tenant)).increment(bytes);
}

/// A slot with `records` of a tenant was won.
pub fn records_committed(tenant: &TenantId, records: u64) {
    counter!(COMMITTED, "tenant" => label(tenant)).increment(records);
}

/// A record was quarantined; the reason's code.
pub fn record_quarantined(tenant: &TenantId, reason: &'static str) {
    counter!(QUARANTINED, "tenant" => label(tenant), "reason" => reason).increment(1);
}

/// Records were dropped by a rule of the mapping or the program.
pub fn records_dropped(tenant: &TenantId, rule: &str, records: u64) {
    let rule = rule.to_owned();
    counter!(DROPPED, "tenant" => label(tenant), "rule" => rule).increment(records);
}

/// A record is nobody's; the gate's reason.
pub fn record_unclaimed(reason: &'static str) {
    counter!(UNCLAIMED, "reason" => reason).increment(1);
}

/// Fields were dropped; `field` is the mapping's path for them, or `other`.
pub fn fields_dropped(tenant: &TenantId, field: &str, fields: u64) {
    counter!(FIELDS, "tenant" => label(tenant), "field" => field.to_owned()).increment(fields);
}

/// Conversations landed, with this many turns in all.
pub fn conversations_landed(tenant: &TenantId, conversations: u64, turns: u64) {
    counter!(CONVERSATIONS, "tenant" => label(tenant)).increment(conversations);
    counter!(TURNS, "tenant" => label(tenant)).increment(turns);
}

/// Identifiers of a category were found.
pub fn findings(tenant: &TenantId, category: Category, found: u64) {
    counter!(FINDINGS, "tenant" => label(tenant), "category" => category.name()).increment(found);
}

/// Conversations were held back; the reason's code.
pub fn held_back(tenant: &TenantId, reason: &str, conversations: u64) {
    let reason = reason.to_owned();
    counter!(HELD_BACK, "tenant" => label(tenant), "reason" => reason).increment(conversations);
}

/// Conversations were cut before their end; the reason's code.
pub fn conversations_cut(tenant: &TenantId, reason: &'static str, conversations: u64) {
    counter!(CUT, "tenant" => label(tenant), "reason" => reason).increment(conversations);
}

/// A tenant's partitions have stood still for its own bound (`rate`, `memory`)
/// for `ms` milliseconds since the worker started.
pub fn throttled(tenant: &TenantId, limit: &'static str, ms: i64) {
    let seconds = u64::try_from(ms / 1000).unwrap_or(0);
    counter!(THROTTLED, "tenant" => label(tenant), "limit" => limit).absolute(seconds);
}

/// A flush took this long until its slot was won.
pub fn flushed(seconds: f64) {
    histogram!(FLUSH).record(seconds);
}

/// An append to a log or chain was answered.
pub fn appended(won: bool) {
    let outcome = if won { "won" } else { "reload" };
    counter!(APPENDS, "outcome" => outcome).increment(1);
}

/// A purge ended or stands: what goes (`kafka`, `quarantine` …) and what became
/// of it (`verified`, `given_up`, `unsupported`, `blocked`).
pub fn purge_event(tenant: &TenantId, kind: &'static str, step: &'static str) {
    counter!(PURGES, "tenant" => label(tenant), "kind" => kind, "step" => step).increment(1);
}

/// What Prometheus reads: counters of `handle`, then gauges of `status`.
#[must_use]
pub fn render(handle: &PrometheusHandle, status: &Status) -> String {
    let recorder = PrometheusBuilder::new().build_recorder();
    with_local_recorder(&recorder, || {
        describe();
        set_gauges(status);
    });
    handle.render() + &recorder.handle().render()
}

fn set_gauges(status: &Status) {
    gauge!(BUILD, "version" => status.version).set(1.0);
    gauge!(OUTDATED).set(status.outdated.len() as f64);
    gauge!(READY).set(truth(status.not_ready.is_empty()));
    gauge!(BUFFERED).set(status.bytes_buffered as f64);
    for partition in &status.partitions {
        let labels = [
            ("topic", partition.topic.clone()),
            ("partition", partition.partition.to_string()),
        ];
        gauge!(OPEN, &labels).set(partition.open as f64);
        let paused = matches!(partition.state, PartitionState::Paused(_));
        let stopped = matches!(partition.state, PartitionState::Stopped(_));
        gauge!(PAUSED, &labels).set(truth(paused));
        gauge!(STOPPED, &labels).set(truth(stopped));
        if let Some(records) = partition.lag_records {
            gauge!(LAG_RECORDS, &labels).set(records as f64);
        }
        if let Some(seconds) = partition.lag_seconds {
            gauge!(LAG_SECONDS, &labels).set(seconds.max(0.0));
        }
    }
    for tenant in &status.tenants {
        let labels = [("tenant", label(&tenant.tenant))];
        let disabled = matches!(tenant.state, TenantState::Disabled(_));
        let paused = matches!(tenant.state, TenantState::Paused(_));
        gauge!(DISABLED, &labels).set(truth(disabled));
        gauge!(TENANT_PAUSED, &labels).set(truth(paused));
        gauge!(BLOCKS, &labels).set(tenant.purge.blocks as f64);
        gauge!(HOLDS, &labels).set(tenant.purge.holds as f64);
        gauge!(WAITING, &labels).set(tenant.purge.waiting as f64);
        gauge!(SHORTENED, &labels).set(tenant.purge.shortened as f64);
        if let Some(days) = tenant.lapses_in_days {
            gauge!(LAPSE, &labels).set(days as f64);
        }
    }
    set_shadow(status);
}

/// What a shadow counts beside the counters of every worker.
fn set_shadow(status: &Status) {
    gauge!(SHADOW).set(truth(status.shadow.is_some()));
    for (tenant, tally) in status.shadow.iter().flatten() {
        let labels = [("tenant", label(tenant))];
        if let Some(share) = tally.passing {
            gauge!(SHADOW_YIELD, &labels).set(share);
        }
        if let Some(share) = tally.masked {
            gauge!(SHADOW_MASKED, &labels).set(share);
        }
        for band in &tally.risk {
            let below = band.below.to_string();
            gauge!(SHADOW_RISK, "tenant" => label(tenant), "below" => below)
                .set(band.conversations as f64);
        }
    }
}

const fn truth(holds: bool) -> f64 {
    if holds { 1.0 } else { 0.0 }
}

/// The table of all metrics, in Markdown.
#[must_use]
pub fn table() -> String {
    let head = "# Metrics\n\nGenerated from `src/observe/metrics.rs`; a test holds it current.\n\n\
                | Name | Kind | Unit | Labels | Meaning |\n|---|---|---|---|---|\n";
    let rows = CATALOGUE.iter().map(|m| {
        let labels = m.labels.join(", ");
        format!(
            "| `{}` | {} | {} | {} | {} |\n",
            m.name, m.kind, m.unit, labels, m.about
        )
    });
    head.chars()
        .chain(rows.collect::<String>().chars())
        .collect()
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeMap;

    use super::super::status::{PartitionStatus, PurgeStatus, ReleaseStatus, TenantStatus};
    use super::*;

    /// Two partitions, one of them of unknown lag, and one lapsed tenant.
    pub(in super::super) fn status() -> Status {
        let partition = |partition, lag: Option<u64>| PartitionStatus {
            topic: "calls.north".to_owned(),
            partition,
            state: PartitionState::Running,
            end: 90,
            resume: 70,
            open: 3,
            lag_records: lag,
            lag_seconds: lag.map(|records| records as f64 / 2.0),
        };
        Status {
            version: "0.0.1",
            pipeline: "test".to_owned(),
            not_ready: Vec::new(),
            bytes_buffered: 1024,
            partitions: vec![
                partition(0, Some(5)),
                PartitionStatus {
                    state: PartitionState::Paused("lapsed"),
                    ..partition(1, None)
                },
            ],
            tenants: vec![TenantStatus {
                tenant: TenantId::parse("north").expect("a name"),
                state: TenantState::Paused("lapsed"),
                lapses_in_days: Some(-2),
                release: ReleaseStatus::default(),
                purge: PurgeStatus {
                    holds: 1,
                    ..PurgeStatus::default()
                },
            }],
            outdated: Vec::new(),
            shadow: Some(BTreeMap::from([(
                TenantId::parse("north").expect("a name"),
                super::super::shadow::tests::tally(),
            )])),
        }
    }

    fn set_everything() {
        let tenant = TenantId::parse("north").expect("a name");
        records_read(&tenant, 1, 100);
        records_committed(&tenant, 1);
        record_quarantined(&tenant, "too_deep");
        records_dropped(&tenant, "partial", 1);
        record_unclaimed("no_tenant");
        fields_dropped(&tenant, "other", 2);
        conversations_landed(&tenant, 1, 4);
        findings(&tenant, Category::Person, 3);
        held_back(&tenant, "second_look", 1);
        conversations_cut(&tenant, "memory", 1);
        throttled(&tenant, "rate", 2500);
        flushed(0.2);
        appended(true);
        purge_event(&tenant, "kafka", "verified");
    }

    fn rendered() -> String {
        let recorder = recorder().expect("buckets are given");
        with_local_recorder(&recorder, set_everything);
        render(&recorder.handle(), &status())
    }

    #[test]
    fn every_metric_of_the_catalogue_is_set_with_its_labels() {
        let text = rendered();
        for metric in CATALOGUE {
            let line = text.lines().find(|line| {
                let rest = line.strip_prefix(metric.name);
                rest.is_some_and(|rest| rest.starts_with(['{', ' ', '_']))
            });
            let line = line.unwrap_or_else(|| panic!("{} is not set", metric.name));
            for label in metric.labels {
                assert!(line.contains(&format!("{label}=\"")), "{line}");
            }
            let typed = format!("# TYPE {} {}", metric.name, metric.kind);
            assert_eq!(text.matches(&typed).count(), 1, "{typed}");
        }
    }

    #[test]
    fn nothing_is_rendered_that_is_not_in_the_catalogue() {
        for line in rendered().lines().filter(|l| l.starts_with("# TYPE ")) {
            let name = line.split(' ').nth(2).expect("a name");
            assert!(CATALOGUE.iter().any(|m| m.name == name), "{name}");
        }
    }

    #[test]
    fn an_unknown_lag_is_absent() {
        let text = rendered();
        assert!(text.contains("leeward_lag_records{topic=\"calls.north\",partition=\"0\"} 5\n"));
        assert!(text.contains("leeward_lag_seconds{topic=\"calls.north\",partition=\"0\"} 2.5\n"));
        let lags = text.lines().filter(|line| line.starts_with("leeward_lag_"));
        assert_eq!(lags.count(), 2);
        assert!(text.contains("leeward_authorization_lapse_days{tenant=\"north\"} -2\n"));
    }

    #[test]
    fn the_table_of_metrics_is_current() {
        crate::golden::check("schemas/metrics.md", &table());
    }
}
