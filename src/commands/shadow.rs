//! `leeward run --shadow`: production traffic read, judged and counted, and
//! nothing written.

use std::fmt::Write as _;

use crate::config::{Config, resolved};
use crate::observe::{ShadowTally, Status};
use crate::worker::Start;

/// Arguments of a shadow run.
#[derive(Debug, clap::Args)]
pub(super) struct Shadow {
    /// Read and de-identify as a worker would, in a group of its own, and write
    /// nothing but counts; told at the end (SIGTERM, Ctrl-C).
    #[arg(long, conflicts_with = "ingest_only")]
    shadow: bool,
    /// The shadow's consumer group; `<group>.shadow` unless given.
    #[arg(long, requires = "shadow")]
    group: Option<String>,
    /// Where the shadow begins to read.
    #[arg(long, requires = "shadow", value_enum, default_value = "beginning")]
    from: Start,
    /// Tell the counts as JSON.
    #[arg(long, requires = "shadow")]
    json: bool,
}

/// The shadow would be a member of the group that it must not disturb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a shadow reads in a group of its own; give `--group` another name than the pipeline's")]
pub(super) struct Refused;

impl Shadow {
    /// Where a shadow begins; `None` where none was asked for.
    pub(super) fn start(&self) -> Option<Start> {
        self.shadow.then_some(self.from)
    }

    /// `config` in the shadow's group.
    pub(super) fn apart(&self, mut config: Config) -> Result<Config, Refused> {
        if let resolved::Source::Kafka(kafka) = &mut config.pipeline.source {
            let own = format!("{}.shadow", kafka.group);
            let group = self.group.clone().unwrap_or(own);
            if group == kafka.group {
                return Err(Refused);
            }
            kafka.group = group;
        }
        Ok(config)
    }

    /// Prints what was counted, where a shadow was asked for.
    pub(super) fn tell(&self, status: &Status) {
        let Some(tallies) = &status.shadow else {
            return;
        };
        if self.json {
            let json = serde_json::to_string_pretty(tallies);
            println!("{}", json.expect("counts have names for keys"));
        } else if tallies.is_empty() {
            println!("No record was judged.");
        } else {
            for (tenant, tally) in tallies {
                print!("tenant {tenant}\n{}", table(tally));
            }
        }
    }
}

/// One tenant's counts as lines of text.
fn table(tally: &ShadowTally) -> String {
    let mut out = String::new();
    let mut line = |name: &str, text: String| {
        let _ = writeln!(out, "  {name:<24} {text}");
    };
    line("records read", tally.read.to_string());
    line("  committed", tally.committed.to_string());
    line("  quarantined", tally.quarantined.to_string());
    for (reason, records) in &tally.quarantined_for {
        line(&format!("    {reason}"), records.to_string());
    }
    for (rule, records) in &tally.dropped {
        line(&format!("  dropped, {rule}"), records.to_string());
    }
    line("  open", tally.open.to_string());
    for (cause, conversations) in &tally.closed {
        line(&format!("closed by {cause}"), conversations.to_string());
    }
    line("pass", tally.passed.to_string());
    for (reason, conversations) in &tally.held_back {
        line(&format!("held back, {reason}"), conversations.to_string());
    }
    line("yield", percent(tally.passing));
    line("text masked", percent(tally.masked));
    for (category, found) in &tally.findings {
        line(&format!("found, {category}"), found.to_string());
    }
    for band in tally.risk.iter().filter(|band| band.conversations > 0) {
        let name = match band.below {
            1.0.. => String::from("any risk above"),
            below => format!("risk below {:.1} %", below * 100.0),
        };
        let passing = percent(Some(band.passing));
        line(&name, format!("{}, yield {passing}", band.conversations));
    }
    out
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{:.1} %", share * 100.0))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn the_table_tells_fates_risk_and_yield() {
        let mut tally = ShadowTally {
            read: 9,
            committed: 7,
            dropped: BTreeMap::from([("partial", 2)]),
            passed: 1,
            held_back: BTreeMap::from([("risk".to_owned(), 1)]),
            ..ShadowTally::default()
        };
        tally.judge(0.001, true);
        tally.judge(0.9, true);
        tally.settle();
        let said = table(&tally);
        for expected in [
            "  records read             9\n",
            "    dropped, partial       2\n",
            "  held back, risk          1\n",
            "  yield                    50.0 %\n",
            "  text masked              –\n",
            "  risk below 0.5 %         1, yield 50.0 %\n",
            "  any risk above           1, yield 100.0 %\n",
        ] {
            assert!(said.contains(expected), "{expected:?} in\n{said}");
        }
    }
}
