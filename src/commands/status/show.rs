//! The status for people.

use std::fmt::Write as _;

use serde_json::Value;

use super::Status;
use super::gather::{LogReport, TenantReport};
use crate::commands::purge::shortened_text;
use crate::config::human_span;
use crate::domain::EpochMs;

/// The status as lines of text.
pub(super) fn text(status: &Status) -> String {
    let mut out = format!("pipeline {}\n", status.pipeline);
    worker(&mut out, status.worker.as_ref());
    for report in &status.tenants {
        tenant(&mut out, report, status.at);
    }
    for file in &status.disabled {
        let _ = writeln!(out, "disabled {file}: `leeward check` says why");
    }
    for log in &status.unowned {
        let _ = writeln!(out, "log of no tenant: {}", line(log));
    }
    out
}

fn worker(out: &mut String, worker: Option<&Value>) {
    let Some(worker) = worker else {
        out.push_str("worker   none answers at `observe.listen`\n");
        return;
    };
    let waits = worker["not_ready"].as_array().map_or(0, Vec::len);
    let ready = if waits == 0 { "ready" } else { "not ready" };
    let partitions = worker["partitions"].as_array();
    let count = partitions.map_or(0, Vec::len);
    let shadow = if worker["shadow"].is_null() {
        ""
    } else {
        "a shadow, "
    };
    let _ = writeln!(out, "worker   {shadow}{ready}, {count} partitions");
    for setting in worker["outdated"].as_array().into_iter().flatten() {
        let setting = setting.as_str().unwrap_or_default();
        let _ = writeln!(
            out,
            "         restart to apply `{setting}` of the pipeline's file"
        );
    }
    for partition in partitions.into_iter().flatten() {
        let state = &partition["state"];
        let because = state["because"].as_str().map(|b| format!(" ({b})"));
        let lag = partition["lag_records"].as_u64();
        let _ = writeln!(
            out,
            "         {}/{} {}{}{}",
            partition["topic"].as_str().unwrap_or_default(),
            partition["partition"],
            state["is"].as_str().unwrap_or_default(),
            because.unwrap_or_default(),
            lag.map(|lag| format!(", {lag} records behind"))
                .unwrap_or_default(),
        );
    }
}

fn tenant(out: &mut String, report: &TenantReport, now: EpochMs) {
    let _ = writeln!(
        out,
        "tenant   {}: {}",
        report.tenant,
        agreement(report.lapses_in_days)
    );
    for log in &report.logs {
        let _ = writeln!(out, "         {}", line(log));
    }
    let held: u64 = report.held_back.values().sum();
    let last = report.last_release.map_or_else(
        || String::from("no release yet"),
        |number| format!("release {number} is the last"),
    );
    let _ = writeln!(
        out,
        "         {last}; of {} conversations that landed {} are released; {held} held back",
        report.landed, report.released,
    );
    for number in &report.withdrawn {
        let _ = writeln!(out, "         release {number} was withdrawn");
    }
    let _ = writeln!(out, "         {}", attestation(report.attested_for_days));
    if let Some(review) = &report.review {
        let why = review.why.as_ref().map(|why| format!("review: {why}"));
        let open = || String::from("review: the sample was read and found clean");
        let _ = writeln!(out, "         {}", why.unwrap_or_else(open));
    }
    for (reason, held) in &report.held_back {
        let _ = writeln!(out, "         held back for {reason}: {held}");
    }
    waiting(out, report);
    let _ = writeln!(
        out,
        "         {} holds in force, {} purge intents without a receipt",
        report.holds, report.open_intents,
    );
    shortened_text(out, &report.shortened, now);
    for (what, due) in [
        ("release", report.due.release),
        ("oldest record at the source", report.due.kafka),
        ("oldest quarantined record", report.due.quarantine),
        ("oldest held back", report.due.held_back),
    ] {
        if let Some(due) = due {
            let _ = writeln!(out, "         {what}: due {}", when(due, now));
        }
    }
}

fn waiting(out: &mut String, report: &TenantReport) {
    let slots = match report.unreleased_slots {
        1 => String::from("1 slot waits"),
        n => format!("{n} slots wait"),
    };
    let _ = match report.unreleased {
        Some(waiting) => writeln!(
            out,
            "         {slots} for a release: {} conversations landed, {} held back",
            waiting.landed, waiting.held_back,
        ),
        None => writeln!(out, "         {slots} for a release"),
    };
}

fn agreement(days: i64) -> String {
    match days {
        i64::MIN..0 => String::from("its authorisation has lapsed, and its topics are paused"),
        0 => String::from("its authorisation lapses within a day"),
        days => format!("its authorisation lapses in {days} days"),
    }
}

fn attestation(days: Option<i64>) -> String {
    match days {
        None => String::from(
            "no attestation is in force, so nothing is released: `leeward release attest`",
        ),
        Some(0) => String::from("its attestation lapses within a day"),
        Some(days) => format!("its attestation lapses in {days} days"),
    }
}

fn line(log: &LogReport) -> String {
    let closed = if log.closed { ", closed" } else { "" };
    format!(
        "{} epoch {}: {} slots to offset {}, a restart reads from {}, {} records open{closed}",
        log.place, log.epoch, log.slots, log.end, log.resume, log.open,
    )
}

fn when(due: EpochMs, now: EpochMs) -> String {
    let left = due.since(now);
    // Whole minutes: nobody plans by less.
    let minutes = left.unsigned_abs().cast_signed() / 60_000 * 60_000;
    match left {
        i64::MIN..0 => format!("{} ago", human_span(minutes)),
        _ => format!("in {}", human_span(minutes)),
    }
}
