//! What the demo shows: each step as it happens, and the result.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write, stdout};
use std::path::Path;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::DemoError;
use crate::domain::TenantId;
use crate::lake::layout::{LandingFile, LandingPath};
use crate::lake::read;
use crate::ledger::verify::Report;
use crate::ledger::{Evidence, Receipt};
use crate::purge::{Outcome as Purged, PurgeReport};
use crate::release::{Outcome, ReleaseReport};
use crate::scope::Stores;
use crate::seal::BlobName;

/// What has happened so far.
pub(super) struct Story {
    begun: Instant,
    bar: ProgressBar,
    conversations: u32,
    sent: u64,
    turns: u64,
    findings: BTreeMap<String, u64>,
    released: u64,
    held_back: BTreeMap<String, u64>,
    files: Vec<(String, u64)>,
    gone: Vec<String>,
    unsupported: u32,
}

impl Story {
    pub(super) fn begin() -> Self {
        Self {
            begun: Instant::now(),
            bar: ProgressBar::hidden(),
            conversations: 0,
            sent: 0,
            turns: 0,
            findings: BTreeMap::new(),
            released: 0,
            held_back: BTreeMap::new(),
            files: Vec::new(),
            gone: Vec::new(),
            unsupported: 0,
        }
    }

    pub(super) fn step(&self, what: &str) {
        say(&format!(
            "{:5.1} s  {what}",
            self.begun.elapsed().as_secs_f64()
        ));
    }

    pub(super) fn sent(&mut self, conversations: u32, records: u64) {
        self.conversations = conversations;
        self.sent = records;
        self.step(&format!(
            "sent {records} records: {conversations} conversations of 3 tenants in 3 shapes"
        ));
        if stdout().is_terminal() {
            self.bar = ProgressBar::new(records);
            let style = ProgressStyle::with_template("         {bar:40} {pos}/{len} committed");
            if let Ok(style) = style {
                self.bar.set_style(style);
            }
        }
    }

    pub(super) fn progress(&self, committed: i64) {
        self.bar.set_position(u64::try_from(committed).unwrap_or(0));
    }

    pub(super) fn all_committed(&self, committed: i64) -> bool {
        u64::try_from(committed).is_ok_and(|committed| committed >= self.sent)
    }

    /// Adds up what the commit logs' evidence says.
    pub(super) async fn landed(&mut self, stores: &Stores) -> Result<(), DemoError> {
        self.bar.finish_and_clear();
        let (mut slots, mut quarantined) = (0, 0);
        for (place, epoch) in stores.state.logs().await? {
            let log = read::log(&place, epoch);
            let read = read::slots(&stores.state, &log, 0).await;
            for slot in read.map_err(|e| DemoError::Broker(e.to_string()))? {
                slots += 1;
                quarantined += slot.counts.quarantined;
                for (tenant, leaf) in &slot.leaves {
                    let evidence = evidence(stores, tenant, &leaf.name, slot.n).await?;
                    self.add(evidence);
                }
            }
        }
        self.step(&format!(
            "committed {} records in {slots} slots, {quarantined} to quarantine",
            self.sent
        ));
        Ok(())
    }

    fn add(&mut self, evidence: Option<Evidence>) {
        let Some(evidence) = evidence else { return };
        self.turns += evidence.turns;
        for (category, found) in evidence.findings {
            *self.findings.entry(category).or_default() += found;
        }
        for (reason, count) in evidence.held_back {
            *self.held_back.entry(reason).or_default() += count;
        }
    }

    pub(super) fn released(&mut self, tenant: &TenantId, report: &ReleaseReport) {
        match &report.outcome {
            Outcome::Released(summary) => {
                self.released += summary.released;
                self.files.extend(summary.files.iter().cloned());
                self.step(&format!(
                    "released {} conversations of {tenant} (an override of the dating limits is recorded)",
                    summary.released
                ));
            }
            Outcome::Refused(closed) => {
                for refusal in closed {
                    self.step(&format!("{tenant}: not released: {refusal}"));
                }
            }
            _ => self.step(&format!("{tenant}: nothing to release")),
        }
    }

    pub(super) fn waits(&self, ms: u64) {
        if ms > 0 {
            let wait = Duration::from_millis(ms).as_secs_f64();
            self.step(&format!("waiting {wait:.1} s for the purge timer of 5 s"));
        }
    }

    pub(super) fn purged(&mut self, report: &PurgeReport) {
        for partition in &report.partitions {
            match &partition.outcome {
                Purged::Concluded {
                    receipt: Receipt::RecordsGone { read_low, .. },
                    ..
                } => self
                    .gone
                    .push(format!("{}: records below {read_low}", partition.place)),
                Purged::Unsupported
                | Purged::Concluded {
                    receipt: Receipt::Unsupported,
                    ..
                } => self.unsupported += 1,
                _ => {}
            }
        }
    }

    /// Tells what the audit says; whether everything verifies.
    pub(super) fn verified(&self, report: &Report) -> bool {
        let counted = &report.counted;
        self.step(&format!(
            "ledger verified: {} slots, {} evidence files, {} entries, {} sealed and {} published files read again, {} flaws",
            counted.slots,
            counted.evidence,
            counted.entries,
            counted.files_read,
            counted.published_read,
            report.flaws.len()
        ));
        report.flaws.is_empty()
    }

    pub(super) fn finish(&self, folder: &Path, pipeline: &Path) {
        let held_back: u64 = self.held_back.values().sum();
        say(&format!(
            "\nconversations in   {}\nreleased           {} ({} turns landed), held back {held_back}",
            self.conversations, self.released, self.turns
        ));
        for (reason, count) in &self.held_back {
            say(&format!("                   {count} by {reason}"));
        }
        let mut findings: Vec<_> = self.findings.iter().collect();
        findings.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        say("findings");
        for (category, count) in findings {
            say(&format!("  {category:<16} {count:>6}"));
        }
        say(&format!(
            "released files under {}/research/",
            folder.display()
        ));
        for (path, bytes) in &self.files {
            say(&format!("  {path}  {bytes} bytes"));
        }
        self.purge_summary();
        let (pipeline, folder) = (pipeline.display(), folder.display());
        say(&format!(
            "\nAudit it again:    leeward audit verify {pipeline} --deep\nOpen the result:   duckdb -c \"select conversation_id, turn, role, text from \
             read_parquet('{folder}/research/*/turns/**/*.parquet', hive_partitioning = true) \
             order by all limit 22\""
        ));
    }

    fn purge_summary(&self) {
        say("purge");
        for gone in &self.gone {
            say(&format!("  gone: {gone}"));
        }
        if self.unsupported > 0 {
            say(&format!(
                "  {} partitions still have their records, and the receipts say so: the broker in this \
                 process cannot delete records.\n  `leeward demo --brokers HOST:PORT` purges them on a real Kafka.",
                self.unsupported
            ));
        }
    }
}

async fn evidence(
    stores: &Stores,
    tenant: &TenantId,
    name: &str,
    n: u64,
) -> Result<Option<Evidence>, DemoError> {
    let Some(name) = BlobName::parse(name) else {
        return Ok(None);
    };
    let tenant = tenant.clone();
    let path: LandingPath = LandingFile::Evidence { tenant, name }.path();
    let bytes = stores.landing.get(&path).await?;
    Ok(bytes.and_then(|bytes| Evidence::from_bytes(n, &bytes).ok()))
}

/// A closed pipe is no reason to stop: the files are what counts.
fn say(line: &str) {
    let _ = writeln!(stdout(), "{line}");
}
