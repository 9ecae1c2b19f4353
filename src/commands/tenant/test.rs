//! `leeward tenant test`.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use super::judge::failures;
use crate::commands::load::load;
use crate::commands::opened::{Stop, print};
use crate::config::sealed::{self, Case, Contents, Kind};
use crate::config::{Config, Tenant};
use crate::deid::{Engine, Outcome, deidentify};
use crate::domain::{Channel, ConversationRef, Entropy, Phi, RawConversation};
use crate::seal::Sealer;

/// Arguments of `leeward tenant test`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The pipeline file
    pipeline: PathBuf,
    /// Whose cases; of all tenants unless given
    #[arg(long)]
    tenant: Option<String>,
    /// Also print what was said, what became of it and what was expected: on a
    /// screen where the tenant's names may be seen
    #[arg(long)]
    show: bool,
}

/// Runs cases: exit status 0 where all pass, 1 otherwise.
pub(super) fn run(args: &Args) -> ExitCode {
    match told(args) {
        Ok((text, failed)) => print(&text, u8::from(failed > 0)),
        Err(stop) => stop.exit(),
    }
}

/// What is printed, and how many cases failed; a tenant that is disabled, and
/// so could not be tried, counts as one.
pub(super) fn told(args: &Args) -> Result<(String, usize), Stop> {
    let loaded = load(&args.pipeline).ok_or_else(|| Stop::new("nothing was tried"))?;
    let (text, failed) = tried(args, &loaded.config)?;
    let untried = match args.tenant {
        None => loaded.disabled.len(),
        Some(_) => 0,
    };
    Ok((text, failed + untried))
}

/// What is printed, and how many cases failed.
fn tried(args: &Args, config: &Config) -> Result<(String, usize), Stop> {
    let is_meant = |tenant: &&std::sync::Arc<Tenant>| {
        args.tenant
            .as_deref()
            .is_none_or(|name| tenant.id.as_str() == name)
    };
    let tenants = config.tenants.values().filter(is_meant);
    let tenants: Vec<_> = tenants.filter(|tenant| tenant.cases.is_some()).collect();
    if tenants.is_empty() {
        let remedy =
            "write some, seal them with `leeward tenant seal`, and name the file under `cases`";
        return Err(Stop::new(format!("there are no cases; {remedy}")));
    }
    let engine = Engine::new();
    let (mut text, mut failed) = (String::new(), 0);
    for tenant in tenants {
        failed += try_tenant(&engine, tenant, args.show, &mut text)?;
    }
    Ok((text, failed))
}

fn try_tenant(
    engine: &Engine,
    tenant: &Tenant,
    show: bool,
    out: &mut String,
) -> Result<usize, Stop> {
    let cases = cases(tenant)?;
    let mut failed = 0;
    for (n, case) in cases.iter().enumerate() {
        let mut entropy = Entropy::from_system();
        let outcome = deidentify(
            engine,
            &tenant.policy,
            &conversation(tenant, case),
            &mut entropy,
        );
        let missed = failures(case, &outcome.clean);
        failed += usize::from(!missed.is_empty());
        let verdict = if missed.is_empty() { "pass" } else { "FAIL" };
        let _ = writeln!(
            out,
            "{verdict}  {} case {}{}",
            tenant.id,
            n + 1,
            held(&outcome)
        );
        for expected in &missed {
            let _ = writeln!(out, "      {}", missed_by(expected, case, show));
        }
        if show {
            shown(case, &outcome, out);
        }
    }
    let passed = cases.len() - failed;
    let _ = writeln!(out, "{}: {passed} of {} cases pass", tenant.id, cases.len());
    Ok(failed)
}

fn cases(tenant: &Tenant) -> Result<Vec<Case>, Stop> {
    let file = tenant.cases.as_deref().unwrap_or(std::path::Path::new(""));
    match sealed::open(file, &Sealer::new(&tenant.id, &tenant.keys)) {
        Ok(Contents::Cases(cases)) => Ok(cases),
        Ok(Contents::Terms(_)) => Err(Stop::new("the file of cases holds terms by now")),
        Err(problems) => {
            let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
            Err(Stop::new(problems.join("\nerror: ")))
        }
    }
}

fn conversation(tenant: &Tenant, case: &Case) -> RawConversation {
    RawConversation {
        tenant: tenant.id.clone(),
        conversation: ConversationRef::new(""),
        channel: Channel::Other,
        language: None,
        year: None,
        turns: case.turns.clone(),
        known: Vec::new(),
        attributes: Default::default(),
        provenance: Default::default(),
        incomplete: false,
    }
}

/// That it would be held back, and why: nothing that a case fails for.
fn held(outcome: &Outcome) -> String {
    let codes: Vec<String> = outcome.holds.iter().map(|hold| hold.code()).collect();
    match codes.is_empty() {
        true => String::new(),
        false => format!(" (held back: {})", codes.join(", ")),
    }
}

/// Which expectation is not met, by its number among those of its kind.
fn missed_by(expected: &(Kind, Phi<String>), case: &Case, show: bool) -> String {
    let (kind, text) = expected;
    let number = || {
        let alike = case.expected.iter().filter(|(other, _)| other == kind);
        alike
            .take_while(|other| !std::ptr::eq(*other, expected))
            .count()
            + 1
    };
    let what = match kind {
        Kind::Clean(turn) => format!("turn {} is not as `clean` says", turn + 1),
        Kind::Gone => format!("number {} of `gone` is still there", number()),
        Kind::Stays => format!("number {} of `stays` is not there", number()),
    };
    match show {
        true => format!("{what}: {}", text.expose()),
        false => what,
    }
}

fn shown(case: &Case, outcome: &Outcome, out: &mut String) {
    for (raw, clean) in case.turns.iter().zip(&outcome.clean.turns) {
        let _ = writeln!(out, "      said   {}", raw.text.expose());
        let _ = writeln!(out, "      clean  {}", clean.text.as_str());
    }
}
