//! `leeward release supersede`: a release is published anew, read again by the
//! present engine under the present policy.

use std::path::PathBuf;
use std::process::ExitCode;

use super::{REFUSED, Release};
use crate::commands::opened::{Opened, Stop, print};
use crate::deid::Engine;
use crate::domain::Entropy;
use crate::release::{self, Outcome};

/// Arguments of `leeward release supersede`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The pipeline file
    pipeline: PathBuf,
    /// The number of the release to take the place of
    number: u32,
    /// Whose release
    #[arg(long, value_name = "NAME")]
    tenant: String,
    /// Who asks for it; kept as a keyed digest only
    #[arg(long, value_name = "NAME")]
    by: String,
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
    let opened = Opened::open(&args.pipeline)?;
    let scope = opened.scope(&args.tenant)?;
    let actor = scope.ledger_key.digest("actor", args.by.as_bytes());
    let by = (opened.now, Some(actor.to_string()));
    let mut entropy = Entropy::from_system();
    let engine = Engine::new();
    let report = release::supersede(&scope, args.number, &engine, by, &mut entropy);
    let report = opened.block_on(report).map_err(Stop::new)?;
    Ok(Release {
        tenant: args.tenant.clone(),
        result: Ok(report),
    })
}
