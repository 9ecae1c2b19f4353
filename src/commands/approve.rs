//! `leeward purge approve`: a person lets go what is more than usual.

use std::fmt::Write as _;
use std::process::ExitCode;

use super::deed::{Asked, append};
use super::opened::{Opened, Stop, print};
use super::purge::{connect, one};
use crate::domain::{Entropy, EpochMs};
use crate::ledger::{Approval, Deed};
use crate::purge::{Outcome, Run};
use crate::scope::Scope;

/// Approves what waits of a tenant.
pub(super) fn run(args: &Asked) -> ExitCode {
    let opened = match Opened::open(&args.pipeline) {
        Ok(opened) => opened,
        Err(stop) => return stop.exit(),
    };
    match opened.block_on(approve(&opened, args)) {
        Ok(text) => print(&text, 0),
        Err(stop) => stop.exit(),
    }
}

async fn approve(opened: &Opened, args: &Asked) -> Result<String, Stop> {
    let scope = opened.scope(&args.tenant)?;
    let (routes, broker) = (opened.routes()?, connect(opened)?);
    let mut entropy = Entropy::from_system();
    let mut run = Run {
        now: opened.now,
        execute: false,
        entropy: &mut entropy,
    };
    let report = one(opened, scope.clone(), &routes, broker.as_deref(), &mut run).await;
    let report = report.map_err(Stop::new)?;
    let approvals = report.waiting().filter_map(|outcome| match outcome {
        Outcome::Waiting {
            amount, approval, ..
        } => Some((*amount, approval)),
        _ => None,
    });
    let mut out = String::new();
    for (amount, approval) in approvals {
        write_down(&scope, approval, &args.by, opened.now, &mut entropy).await?;
        let _ = writeln!(out, "Approved: {}", told(amount, approval));
    }
    if out.is_empty() {
        out.push_str("Nothing waits for approval.\n");
    }
    Ok(out)
}

async fn write_down(
    scope: &Scope,
    approval: &Approval,
    actor: &str,
    now: EpochMs,
    entropy: &mut Entropy,
) -> Result<(), Stop> {
    let approval = approval.clone();
    let deed = |_: &_| {
        let approval = approval.clone();
        Ok(Deed::PurgeApproved { approval })
    };
    append(scope, deed, actor, now, entropy).await.map(drop)
}

fn told(amount: u64, approval: &Approval) -> String {
    match approval {
        Approval::Records { place, upto, .. } => {
            format!("{amount} records of {place}, below offset {upto}")
        }
        Approval::Files { purpose, .. } => format!("{amount} files of {purpose}, due by now"),
    }
}
