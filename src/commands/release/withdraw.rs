//! `leeward release withdraw`: a release that went out is taken back.

use std::process::ExitCode;

use clap::ValueEnum;

use crate::commands::deed::{self, Asked};
use crate::commands::opened::Stop;
use crate::domain::{Entropy, EpochMs};
use crate::ledger::{Deed, TenantChain, WithdrawalReason};
use crate::release;
use crate::scope::Scope;

/// Arguments of `leeward release withdraw`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "What was in it is not released again. `leeward release supersede` takes a \
    release back too, and publishes what is sound in it."
)]
pub(super) struct Args {
    #[command(flatten)]
    asked: Asked,
    /// The release's number
    number: u32,
    /// Why; kept in the ledger, and not told to research
    #[arg(long)]
    reason: Reason,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Reason {
    /// Something in it may identify someone
    IdentifierFound,
    /// The covered entity asks for it
    Instructed,
    /// Somebody's consent was withdrawn
    ConsentWithdrawn,
    /// It is wrong in another way
    Defective,
}

impl From<Reason> for WithdrawalReason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::IdentifierFound => Self::IdentifierFound,
            Reason::Instructed => Self::Instructed,
            Reason::ConsentWithdrawn => Self::ConsentWithdrawn,
            Reason::Defective => Self::Defective,
        }
    }
}

/// Appends the deed and removes the files.
pub(super) fn run(args: &Args) -> ExitCode {
    args.asked
        .answer(async |scope, now, entropy| act(args, scope, now, entropy).await)
}

/// Asked again for a release that is withdrawn already, it finishes what an
/// earlier run left.
async fn act(
    args: &Args,
    scope: &Scope,
    now: EpochMs,
    entropy: &mut Entropy,
) -> Result<String, Stop> {
    let number = args.number;
    let (mut chain, _) = scope.journal.read().await.map_err(Stop::new)?;
    if !chain.withdrawn.contains_key(&number) {
        let deed = |chain: &TenantChain| withdrawn(chain, number, args.reason.into());
        (chain, _) = deed::append(scope, deed, &args.asked.by, now, entropy).await?;
    }
    let removed = release::remove(scope, &chain).await.map_err(|error| {
        Stop::new(format!(
            "the release is withdrawn, and not all of it is removed yet: {error}; run this again, or leave it to the worker"
        ))
    })?;
    Ok(match removed.contains(&number) {
        true => format!(
            "Release {number} is withdrawn: its files are gone, a notice lies in their place.\n\
             Tell whoever has a copy to delete it. What was in it is not released again.\n"
        ),
        false => format!("Release {number} had been withdrawn; nothing of it was left.\n"),
    })
}

fn withdrawn(chain: &TenantChain, release: u32, reason: WithdrawalReason) -> Result<Deed, Stop> {
    if chain.stands(release) {
        return Ok(Deed::Withdrawn { release, reason });
    }
    Err(Stop::new(match chain.withdrawn.contains_key(&release) {
        // By another, or by a try whose answer was lost.
        true => format!("release {release} was withdrawn meanwhile; run this again"),
        false => format!(
            "there is no release {release}; the last one is {}",
            chain.releases.len()
        ),
    }))
}
