//! `leeward purge`: what would go, what stands in its way, and, when asked,
//! the deed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::json;

use super::approve;
use super::deed::Asked;
use super::opened::{Opened, Stop, print};
use crate::config::human_span;
use crate::domain::{Entropy, EpochMs};
use crate::gate::Routes;
use crate::ledger::{Receipt, Shortened};
use crate::purge::records::Records;
use crate::purge::{
    FilesReport, GRACE_MS, Outcome, PartitionReport, PurgeError, PurgeReport, Purger, Run,
    SweepReport,
};
use crate::scope::Scope;

/// Arguments of `leeward purge`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit status: 0 nothing is overdue; 1 something failed, or a tenant was \
    left out, since its file is not good; 3 originals are past their deadline.",
    args_conflicts_with_subcommands = true
)]
pub struct Args {
    #[command(subcommand)]
    approve: Option<Verb>,
    /// The pipeline file
    #[arg(required = true)]
    pipeline: Option<PathBuf>,
    /// Only this tenant
    #[arg(long)]
    tenant: Option<String>,
    /// Delete what is due; without it, only say what would go
    #[arg(long)]
    execute: bool,
    /// Print one JSON object instead of text
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Let go what is due of a tenant and waits, being more than usual
    Approve(Asked),
}

/// Originals are past their deadline.
const OVERDUE: u8 = 3;

/// Purges, or says what a purge would do.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    if let Some(Verb::Approve(args)) = &args.approve {
        return approve::run(args);
    }
    let pipeline = args.pipeline.as_ref().expect("it is required");
    let opened = match Opened::open(pipeline) {
        Ok(opened) => opened,
        Err(stop) => return stop.exit(),
    };
    match opened.block_on(purge(&opened, args)) {
        Ok(done) => done,
        Err(stop) => stop.exit(),
    }
}

type Reports = BTreeMap<String, Result<PurgeReport, PurgeError>>;

async fn purge(opened: &Opened, args: &Args) -> Result<ExitCode, Stop> {
    let scopes = opened.scopes(args.tenant.as_deref())?;
    let routes = opened.routes()?;
    let broker = connect(opened)?;
    let mut entropy = Entropy::from_system();
    let mut reports = Reports::new();
    for scope in scopes {
        let mut run = Run {
            now: opened.now,
            execute: args.execute,
            entropy: &mut entropy,
        };
        let name = scope.id().to_string();
        let report = one(opened, scope, &routes, broker.as_deref(), &mut run).await;
        reports.insert(name, report);
    }
    let said = match args.json {
        true => as_json(&reports),
        false => as_text(&reports, opened.now),
    };
    let left_out = match args.tenant {
        Some(_) => 0,
        None => opened.left_out,
    };
    Ok(print(&said, status(&reports, left_out)))
}

pub(super) async fn one(
    opened: &Opened,
    scope: Scope,
    routes: &Routes,
    broker: Option<&dyn Records>,
    run: &mut Run<'_>,
) -> Result<PurgeReport, PurgeError> {
    let unclaimed_ms = opened.config.pipeline.unclaimed.timer_ms;
    let mut purger = Purger::new(scope, routes.clone(), unclaimed_ms);
    purger.run(broker, run).await
}

/// A connection to the pipeline's broker; `None` when its records come from
/// files.
pub(super) fn connect(opened: &Opened) -> Result<Option<Box<dyn Records>>, Stop> {
    use crate::config::resolved::Source;
    #[cfg(feature = "kafka")]
    use crate::purge::silent::UntilSilent;
    match &opened.config.pipeline.source {
        Source::File { .. } => Ok(None),
        #[cfg(feature = "kafka")]
        Source::Kafka(kafka) => match crate::purge::broker::Broker::connect(kafka) {
            Ok(broker) => Ok(Some(Box::new(UntilSilent::new(broker)))),
            Err(error) => Err(Stop::new(error)),
        },
        #[cfg(not(feature = "kafka"))]
        Source::Kafka(_) => Err(Stop::new(crate::source::SourceError::NotBuilt)),
    }
}

fn status(reports: &Reports, left_out: usize) -> u8 {
    let overdue = |report: &PurgeReport| {
        let blocked = report.files.iter().any(|files| !files.blocked.is_empty());
        blocked || report.overdue().next().is_some() || report.waiting().any(is_late)
    };
    if left_out > 0 || reports.values().any(Result::is_err) {
        1
    } else if reports.values().flatten().any(overdue) {
        OVERDUE
    } else {
        0
    }
}

/// Whether files that wait for approval are past their deadline; of records
/// their block says it.
fn is_late(waiting: &Outcome) -> bool {
    matches!(waiting, Outcome::Waiting { overdue_ms, .. } if *overdue_ms > GRACE_MS)
}

fn as_json(reports: &Reports) -> String {
    let each = reports.iter().map(|(tenant, report)| match report {
        Ok(report) => json!(report),
        Err(error) => json!({ "tenant": tenant, "error": error.to_string() }),
    });
    let all = json!({ "tenants": each.collect::<Vec<_>>() });
    format!("{all:#}\n")
}

fn as_text(reports: &Reports, now: EpochMs) -> String {
    let mut out = String::new();
    for (tenant, report) in reports {
        let _ = writeln!(out, "tenant {tenant}");
        match report {
            Ok(report) => tenant_text(&mut out, report, now),
            Err(error) => drop(writeln!(out, "  error: {error}")),
        }
    }
    if reports.values().flatten().any(|report| report.dry_run) {
        out.push_str("Nothing was changed: this is a dry run. Add --execute to delete.\n");
    }
    out
}

fn tenant_text(out: &mut String, report: &PurgeReport, now: EpochMs) {
    for hold in &report.holds {
        let _ = writeln!(out, "  hold {hold}: nothing goes until it is lifted");
    }
    shortened_text(out, &report.shortened, now);
    for partition in &report.partitions {
        partition_text(out, partition);
    }
    for files in &report.files {
        files_text(out, files, now);
    }
    sweep_text(out, &report.sweep, report.dry_run);
}

/// Timers that were shortened: how long the longer ones are still in force.
pub(super) fn shortened_text(out: &mut String, shortened: &[Shortened], now: EpochMs) {
    for waits in shortened {
        let [in_force, to, left] = [waits.in_force_ms, waits.to_ms, waits.at.since(now)]
            .map(|ms| human_span(whole_seconds(ms)));
        let _ = writeln!(
            out,
            "  timer {}: {in_force} is in force, {to} in {left}; put the tenant's file right, \
             or `leeward freeze`, to stop that",
            waits.timer
        );
    }
}

fn partition_text(out: &mut String, report: &PartitionReport) {
    let low = |low: Option<i64>| low.map_or_else(|| String::from("?"), |low| low.to_string());
    let _ = write!(
        out,
        "  {}: low {} → {}",
        report.place,
        low(report.low_before),
        low(report.low_after)
    );
    if let Some(bound) = report.bound {
        let _ = write!(out, ", may go to {}", bound.upto);
    }
    let _ = writeln!(out, " (then: {})", word(&report.limit));
    let _ = writeln!(out, "    {}", outcome(&report.outcome));
    if let Some((slot, unsound)) = report.unsound {
        let _ = writeln!(out, "    slot {slot} does not verify: {}", word(&unsound));
    }
    if let Some(block) = report.block {
        let overdue = human_span(whole_seconds(block.overdue_ms));
        let obstacle = word(&block.obstacle);
        let _ = writeln!(out, "    OVERDUE by {overdue}: {obstacle}");
    }
}

fn files_text(out: &mut String, report: &FilesReport, now: EpochMs) {
    let FilesReport {
        purpose,
        lying,
        due,
        gone,
        ..
    } = report;
    let _ = write!(
        out,
        "  {purpose}: {lying} lie there, {due} due, {gone} gone"
    );
    if let Some(next) = report.next_due {
        let _ = write!(
            out,
            ", next in {}",
            human_span(whole_seconds(next.since(now)))
        );
    }
    out.push('\n');
    for done in &report.outcomes {
        let _ = writeln!(out, "    {}", outcome(done));
    }
    for blocked in &report.blocked {
        let (path, why) = (blocked.file.path(), blocked.why);
        let overdue = human_span(whole_seconds(blocked.overdue_ms));
        let _ = writeln!(out, "    OVERDUE by {overdue}: {path}: {why}");
    }
}

fn sweep_text(out: &mut String, report: &SweepReport, dry_run: bool) {
    let _ = match (report.orphans, report.blocked) {
        (0, _) => Ok(()),
        (n, Some(why)) => writeln!(out, "  {n} orphans stay: {why}"),
        (n, None) if dry_run => writeln!(out, "  {n} orphans would be swept"),
        (_, None) => writeln!(out, "  {} orphans swept", report.gone),
    };
}

fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Nothing => String::from("nothing is due"),
        Outcome::Due => String::from("due"),
        Outcome::Held => String::from("due, and kept by a hold"),
        Outcome::Waiting { amount, most, .. } => format!(
            "{amount} are due, more than the usual {most}: waits for `leeward purge approve`"
        ),
        Outcome::Concluded { intent, receipt } => {
            format!("intent {intent}: {}", receipt_text(receipt))
        }
        Outcome::Pending { why } => format!("goes on in the next run: {why}"),
        Outcome::Unsupported => String::from("due, but the broker cannot delete records"),
        Outcome::Stopped { why } => format!("stopped: {why}"),
    }
}

fn receipt_text(receipt: &Receipt) -> String {
    match receipt {
        Receipt::RecordsGone {
            read_low,
            on_disk_until,
            ..
        } => format!(
            "records below {read_low} are gone, and a fetch below is refused; \
             on the broker's disks until {} at the latest",
            moment(*on_disk_until)
        ),
        Receipt::FilesGone { files: 1 } => String::from("1 file is gone"),
        Receipt::FilesGone { files } => format!("{files} files are gone"),
        Receipt::Unsupported => String::from("the broker cannot delete records"),
        Receipt::GivenUp { why } => format!("given up: {why}"),
    }
}

fn moment(at: EpochMs) -> String {
    jiff::Timestamp::from_millisecond(at.0)
        .map_or_else(|_| String::from("an unknown time"), |at| at.to_string())
}

/// Spans are told in whole seconds: nobody waits for less.
const fn whole_seconds(ms: i64) -> i64 {
    if ms < 1000 { ms } else { ms - ms % 1000 }
}

/// The word that JSON has for it.
fn word(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or("?").replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{TenantId, TopicPartition};
    use crate::purge::plan::{Bound, Limit};
    use crate::purge::{Block, Obstacle};

    fn report() -> PurgeReport {
        PurgeReport {
            tenant: TenantId::parse("north").expect("a name"),
            dry_run: false,
            holds: Vec::new(),
            shortened: Vec::new(),
            partitions: vec![PartitionReport {
                place: TopicPartition::new("calls", 3),
                epoch: 0,
                low_before: Some(4),
                low_after: Some(9),
                bound: Some(Bound {
                    upto: 9,
                    verified_slot: 2,
                    limit: Limit::Age,
                }),
                limit: Limit::Age,
                unsound: None,
                outcome: Outcome::Concluded {
                    intent: 7,
                    receipt: Receipt::RecordsGone {
                        answered_low: 9,
                        read_low: 9,
                        fetch_below_refused: true,
                        on_disk_until: EpochMs(1_800_000_000_000),
                    },
                },
                block: None,
            }],
            files: Vec::new(),
            sweep: SweepReport::default(),
        }
    }

    fn of(report: PurgeReport) -> Reports {
        BTreeMap::from([(String::from("north"), Ok(report))])
    }

    #[test]
    fn a_receipt_is_told_plainly() {
        let reports = of(report());
        assert_eq!(status(&reports, 0), 0);
        assert_eq!(status(&reports, 1), 1, "whoever purges all must hear of it");
        assert_eq!(
            as_text(&reports, EpochMs(0)),
            "tenant north\n  calls/3: low 4 → 9, may go to 9 (then: age)\n    \
             intent 7: records below 9 are gone, and a fetch below is refused; \
             on the broker's disks until 2027-01-15T08:00:00Z at the latest\n"
        );
        let json: serde_json::Value = serde_json::from_str(&as_json(&reports)).expect("JSON");
        let partition = &json["tenants"][0]["partitions"][0];
        assert_eq!(partition["bound"]["limit"], "age");
        assert_eq!(partition["outcome"]["receipt"]["read_low"], 9);
    }

    #[test]
    fn what_is_overdue_shows_and_counts() {
        let mut late = report();
        late.partitions[0].block = Some(Block {
            obstacle: Obstacle::Unprocessed,
            overdue_ms: 90_000_500,
        });
        let reports = of(late);
        assert_eq!(status(&reports, 0), OVERDUE);
        let text = as_text(&reports, EpochMs(0));
        assert!(text.contains("OVERDUE by 1d 1h: unprocessed"), "{text}");
    }
}
