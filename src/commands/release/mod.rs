//! `leeward release`: publish what has landed, or say why it waits; and what a
//! person has to say before or after.

pub(super) mod attest;
mod reading;
mod review;
mod sample;
mod supersede;
mod told;
mod verdict;
mod withdraw;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;

use super::stores;
use crate::config::{Loaded, Tenant};
use crate::domain::{Entropy, EpochMs};
use crate::lake::log::WriterId;
use crate::release::{self, Outcome, ReleaseError, ReleaseReport};
use crate::scope::{Scope, Stores};

/// Arguments of `leeward release`.
///
/// Exit codes: 0 when every tenant was released or had nothing to release, 1
/// on an error, 3 when a gate is closed for a tenant.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Args {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    publish: Publish,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// State that there is no actual knowledge by which what remains could
    /// identify anyone; nothing is released without
    Attest(attest::Args),
    /// Read a sample that was drawn, and sign what is to be said of it
    Review(review::Args),
    /// Draw a sample of what the next release would publish, for reviewers
    Sample(sample::Args),
    /// Publish a release anew, read again by the present engine under the
    /// present policy; the old one is withdrawn
    Supersede(supersede::Args),
    /// Hand in what a reviewer signed; a leak shuts the release
    Verdict(verdict::Args),
    /// Take a release back for good: its files go, a notice takes their place
    Withdraw(withdraw::Args),
}

#[derive(Debug, clap::Args)]
struct Publish {
    /// The pipeline file.
    #[arg(required = true)]
    pipeline: Option<PathBuf>,
    /// Only this tenant.
    #[arg(long, value_name = "NAME")]
    tenant: Option<String>,
    /// Do not wait for the interval since the last release. No gate is passed
    /// over.
    #[arg(long)]
    force: bool,
    /// Show what would be released, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Print one JSON object instead of text.
    #[arg(long)]
    json: bool,
}

/// A gate is closed.
const REFUSED: u8 = 3;

/// Does what was asked for: without a verb, publishes what is due.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    match &args.verb {
        Some(Verb::Attest(args)) => attest::run(args),
        Some(Verb::Review(args)) => review::run(args),
        Some(Verb::Sample(args)) => sample::run(args),
        Some(Verb::Verdict(args)) => verdict::run(args),
        Some(Verb::Supersede(args)) => supersede::run(args),
        Some(Verb::Withdraw(args)) => withdraw::run(args),
        None => publish(&args.publish),
    }
}

/// Releases tenant after tenant; one that fails does not stop the others.
fn publish(args: &Publish) -> ExitCode {
    match releases(args) {
        Ok(results) => {
            let text = if args.json {
                format!(
                    "{:#}\n",
                    json!({ "tenants": results.iter().map(Release::json).collect::<Vec<_>>() })
                )
            } else {
                results.iter().map(Release::text).collect()
            };
            match std::io::stdout().write_all(text.as_bytes()) {
                Ok(()) => code(&results),
                Err(_) => ExitCode::FAILURE,
            }
        }
        Err(what) => {
            let _ = writeln!(std::io::stderr(), "{what}");
            ExitCode::FAILURE
        }
    }
}

/// What became of one tenant.
struct Release {
    tenant: String,
    result: Result<ReleaseReport, String>,
}

fn releases(args: &Publish) -> Result<Vec<Release>, String> {
    let now = stores::now();
    let pipeline = args.pipeline.as_deref().unwrap_or(Path::new(""));
    let loaded = stores::read(pipeline, now).map_err(|error| {
        let problems = error.problems.iter().map(|p| format!("error    {p}\n"));
        problems.collect::<String>() + &error.to_string()
    })?;
    let tenants = selected(&loaded, args.tenant.as_deref())?;
    let stores = Stores::open(&loaded.config.pipeline.stores).map_err(|e| e.to_string())?;
    let runtime =
        stores::threads().map_err(|e| format!("the runtime does not start: {}", e.kind()))?;
    let mut results = disabled(&loaded, args.tenant.as_deref());
    let mut entropy = Entropy::from_system();
    let writer = WriterId::draw(&mut entropy);
    for tenant in tenants {
        let scope = Scope::new(tenant, &stores, writer);
        let result = runtime.block_on(one(&scope, args, now, &mut entropy));
        results.push(Release {
            tenant: tenant.id.to_string(),
            result: result.map_err(|error| error.to_string()),
        });
    }
    Ok(results)
}

async fn one(
    scope: &Scope,
    args: &Publish,
    now: EpochMs,
    entropy: &mut Entropy,
) -> Result<ReleaseReport, ReleaseError> {
    if args.dry_run {
        return release::preview(scope, now, args.force).await;
    }
    let user = std::env::var("USER").unwrap_or_default();
    let actor = scope.ledger_key.digest("actor", user.as_bytes());
    release::run_for(scope, now, args.force, Some(actor.to_string()), entropy).await
}

/// The tenants asked for that are in force.
fn selected<'a>(loaded: &'a Loaded, name: Option<&str>) -> Result<Vec<&'a Arc<Tenant>>, String> {
    let asked = |tenant: &&Arc<Tenant>| name.is_none_or(|name| tenant.id.as_str() == name);
    let tenants: Vec<_> = loaded.config.tenants.values().filter(asked).collect();
    if tenants.is_empty() && disabled(loaded, name).is_empty() {
        let known: Vec<&str> = loaded.config.tenants.keys().map(|id| id.as_str()).collect();
        return Err(format!(
            "there is no such tenant; the pipeline has: {}",
            known.join(", ")
        ));
    }
    Ok(tenants)
}

/// The tenants asked for whose files are not good.
fn disabled(loaded: &Loaded, name: Option<&str>) -> Vec<Release> {
    let named = loaded.disabled.iter().map(|disabled| {
        let tenant = disabled.tenant.as_ref().map(|id| id.as_str());
        tenant.map_or_else(|| disabled.file.display().to_string(), str::to_owned)
    });
    let release = |tenant| Release {
        tenant,
        result: Err(String::from("its file is not good: run `leeward check`")),
    };
    named
        .filter(|tenant| name.is_none_or(|name| tenant == name))
        .map(release)
        .collect()
}

fn code(results: &[Release]) -> ExitCode {
    let refused = |r: &Release| matches!(&r.result, Ok(report) if matches!(report.outcome, Outcome::Refused(_)));
    if results.iter().any(|r| r.result.is_err()) {
        ExitCode::FAILURE
    } else if results.iter().any(refused) {
        ExitCode::from(REFUSED)
    } else {
        ExitCode::SUCCESS
    }
}

fn moment(at: EpochMs) -> String {
    jiff::Timestamp::from_millisecond(at.0).map_or_else(|_| at.0.to_string(), |t| t.to_string())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::release::Refusal;

    pub(super) fn release(outcome: Outcome) -> Release {
        Release {
            tenant: String::from("north"),
            result: Ok(ReleaseReport {
                removed: vec![3],
                finished: vec![1],
                outcome,
            }),
        }
    }

    #[test]
    fn what_is_held_back_is_not_told_as_nothing() {
        let held_back = [(String::from("language"), 2), (String::from("residue"), 1)].into();
        let held = release(Outcome::AllHeldBack { held_back });
        let text = held.text();
        assert!(text.contains("is held back: 3 conversations\n"), "{text}");
        assert!(text.contains("  held back, residue: 1\n"), "{text}");
        assert_eq!(held.json()["all_held_back"]["held_back"]["language"], 2);
        check(&[held], ExitCode::SUCCESS);
    }

    #[track_caller]
    fn check(results: &[Release], expected: ExitCode) {
        assert_eq!(format!("{:?}", code(results)), format!("{expected:?}"));
    }

    #[test]
    fn exit_codes_tell_an_error_from_a_closed_gate() {
        let done = || release(Outcome::NothingNew);
        let refusal = Refusal::TooFew {
            conversations: 1,
            min: 2,
        };
        let closed = || release(Outcome::Refused(vec![Refusal::Unattested, refusal]));
        let failed = Release {
            tenant: String::from("south"),
            result: Err(String::from("broken")),
        };
        assert!(failed.text().contains("error: broken"));
        let shown = closed();
        assert_eq!(shown.json()["refused"][1]["code"], "too_few");
        assert_eq!(
            shown.text().matches("  refused: ").count(),
            2,
            "all are told"
        );
        check(&[done()], ExitCode::SUCCESS);
        check(&[done(), closed()], ExitCode::from(REFUSED));
        check(&[closed(), failed], ExitCode::FAILURE);
    }
}
