//! `leeward release sample`: conversations that the next release would publish,
//! drawn by chance and sealed, for reviewers.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::commands::deed::Asked;
use crate::commands::opened::Stop;
use crate::commands::private::NewFile;
use crate::config::Portion;
use crate::domain::{Entropy, EpochMs};
use crate::release::{self, Outcome, Sampled};
use crate::scope::Scope;

/// Arguments of `leeward release sample`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    size: Size,
    /// Where the sealed sample is written; nothing may be there
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Never less than the tenant's file asks for.
#[derive(Debug, clap::Args)]
#[group(multiple = false)]
struct Size {
    /// At least so many conversations
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    count: Option<u64>,
    /// At least this share of them, such as 2.5
    #[arg(long, value_name = "P", value_parser = percent)]
    percent: Option<Portion>,
}

fn percent(text: &str) -> Result<Portion, &'static str> {
    format!("{text}%").parse()
}

/// Draws the sample and writes it.
pub(super) fn run(args: &Args) -> ExitCode {
    args.asked
        .answer(async |scope, now, entropy| act(args, scope, now, entropy).await)
}

async fn act(
    args: &Args,
    scope: &Scope,
    now: EpochMs,
    entropy: &mut Entropy,
) -> Result<String, Stop> {
    let asks = scope.tenant.release.review.as_ref();
    let asks = asks.ok_or_else(|| {
        Stop::new("the tenant's file names no reviewers: set `release.review` in it")
    })?;
    let actor = scope.ledger_key.digest("actor", args.asked.by.as_bytes());
    let by = (now, Some(actor.to_string()));
    let size = args.size.percent.or(args.size.count.map(Portion::Count));
    // A drawing that nobody can see would be one thrown away.
    let file = NewFile::create(&args.out, "--out")?;
    let drawn = release::sample(scope, size, asks, by, entropy).await;
    match drawn {
        Ok(Ok(sampled)) => {
            file.write(sampled.text.as_bytes())?;
            Ok(told(&sampled))
        }
        other => {
            let _ = std::fs::remove_file(&args.out);
            Err(other.map_or_else(Stop::new, |outcome| undrawn(outcome.err())))
        }
    }
}

fn told(sampled: &Sampled) -> String {
    let deed = &sampled.deed;
    let mut out = format!(
        "Sample {}: {} of {} conversations, sealed under the tenant's key.\n\
         Reviewers read it with `leeward release review`; what lands from now on is of a later release.\n",
        deed.sample, deed.count, deed.of
    );
    for refusal in &sampled.closed {
        let _ = writeln!(out, "Beside the review, a gate is closed now: {refusal}");
    }
    out
}

fn undrawn(outcome: Option<Outcome>) -> Stop {
    Stop::new(match outcome {
        Some(Outcome::Refused(closed)) => {
            let closed: Vec<String> = closed.iter().map(ToString::to_string).collect();
            format!("nothing is drawn: {}", closed.join("; "))
        }
        Some(Outcome::MayGoOn) => String::from(
            "nothing is drawn: what has landed may still go on; it is ready `assemble.late` after it landed",
        ),
        Some(Outcome::AllHeldBack { held_back }) => format!(
            "nothing is drawn: everything that has landed since the last release is held back ({})",
            held_back.values().sum::<u64>()
        ),
        _ => String::from("nothing is drawn: nothing has landed since the last release"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_in_per_cent() {
        let check = |text: &str, expected: Option<u64>| {
            let share = percent(text).ok().map(|share| share.of(1_000));
            assert_eq!(share, expected, "{text}");
        };
        check("2", Some(20));
        check("2.5", Some(25));
        check("100", Some(1_000));
        check("0", None);
        check("101", None);
        check("two", None);
    }
}
