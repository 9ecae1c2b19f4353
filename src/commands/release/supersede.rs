//! `leeward release supersede`: a release is published anew, read again by the
//! present engine under the present policy.

use std::process::ExitCode;

use super::{REFUSED, Release};
use crate::commands::deed::Asked;
use crate::commands::opened::{Opened, Stop, print};
use crate::deid::Engine;
use crate::domain::Entropy;
use crate::release::{self, Outcome};

/// Arguments of `leeward release supersede`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    asked: Asked,
    /// The number of the release to take the place of
    number: u32,
}

/// Makes the successor, and removes what it takes the place of.
pub(super) fn run(args: &Args) -> ExitCode {
    match superseded(args) {
        Ok(release) => {
            let refused =
                matches!(&release.result, Ok(r) if matches!(r.outcome, Outcome::Refused(_)));
            print(&release.text(), if refused { REFUSED } else { 0 })
        }
        Err(stop) => stop.exit(),
    }
}

fn superseded(args: &Args) -> Result<Release, Stop> {
    let opened = Opened::open(&args.asked.pipeline)?;
    let scope = opened.scope(&args.asked.tenant)?;
    let actor = scope.ledger_key.digest("actor", args.asked.by.as_bytes());
    let by = (opened.now, Some(actor.to_string()));
    let mut entropy = Entropy::from_system();
    let engine = Engine::new();
    let report = release::supersede(&scope, args.number, &engine, by, &mut entropy);
    let report = opened.block_on(report).map_err(Stop::new)?;
    Ok(Release {
        tenant: args.asked.tenant.clone(),
        result: Ok(report),
    })
}
