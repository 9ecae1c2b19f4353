//! `leeward tenant test`.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;
use serde_json::json;

use super::judge::failures;
use crate::commands::load::load;
use crate::commands::opened::{Stop, print};
use crate::config::sealed::{self, Case, Contents, Kind};
use crate::config::{Config, Tenant};
use crate::deid::{Engine, Outcome, deidentify};
use crate::domain::{Channel, ConversationRef, Entropy, Phi, RawConversation, TenantId};
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
    #[arg(long, conflicts_with = "json")]
    show: bool,
    /// Print one JSON object instead of text
    #[arg(long)]
    json: bool,
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
    let tried = tried(args, &loaded.config)?;
    let untried = match args.tenant {
        None => loaded.disabled.len(),
        Some(_) => 0,
    };
    let failed = tried.iter().filter(|case| !case.passes).count();
    let text = match args.json {
        true => format!(
            "{:#}\n",
            json!({ "cases": tried, "failed": failed, "left_out": untried })
        ),
        false => text(&tried),
    };
    Ok((text, failed + untried))
}

/// What became of a case.
#[derive(Debug, Serialize)]
struct Tried {
    tenant: TenantId,
    /// Its number in its file, from 1.
    case: usize,
    passes: bool,
    /// Why it would be held back: nothing that a case fails for.
    held_back: Vec<String>,
    /// The expectations that are not met.
    missed: Vec<String>,
    /// What was said and what became of it, where that is to be shown.
    #[serde(skip)]
    shown: String,
}

/// What became of all cases.
fn tried(args: &Args, config: &Config) -> Result<Vec<Tried>, Stop> {
    let name = args.tenant.as_deref();
    let is_meant =
        |tenant: &&std::sync::Arc<Tenant>| name.is_none_or(|name| tenant.id.as_str() == name);
    let tenants: Vec<_> = config.tenants.values().filter(is_meant).collect();
    if name.is_some() && tenants.is_empty() {
        return Err(Stop::no_tenant());
    }
    let with_cases: Vec<_> = tenants
        .into_iter()
        .filter(|tenant| tenant.cases.is_some())
        .collect();
    if with_cases.is_empty() {
        let remedy =
            "write some, seal them with `leeward tenant seal`, and name the file under `cases`";
        return Err(Stop::new(format!("there are no cases; {remedy}")));
    }
    let engine = Engine::new();
    let mut all = Vec::new();
    for tenant in with_cases {
        try_tenant(&engine, tenant, args.show, &mut all)?;
    }
    Ok(all)
}

fn try_tenant(
    engine: &Engine,
    tenant: &Tenant,
    show: bool,
    all: &mut Vec<Tried>,
) -> Result<(), Stop> {
    for (n, case) in cases(tenant)?.iter().enumerate() {
        let mut entropy = Entropy::from_system();
        let outcome = deidentify(
            engine,
            &tenant.policy,
            &conversation(tenant, case),
            &mut entropy,
        );
        let missed = failures(case, &outcome.clean);
        all.push(Tried {
            tenant: tenant.id.clone(),
            case: n + 1,
            passes: missed.is_empty(),
            held_back: outcome.holds.iter().map(|hold| hold.code()).collect(),
            missed: missed.iter().map(|e| missed_by(e, case, show)).collect(),
            shown: if show {
                shown(case, &outcome)
            } else {
                String::new()
            },
        });
    }
    Ok(())
}

/// A line a case, and one a tenant.
fn text(tried: &[Tried]) -> String {
    let mut out = String::new();
    for of_one in tried.chunk_by(|a, b| a.tenant == b.tenant) {
        of_one.iter().for_each(|case| case.tell(&mut out));
        let passed = of_one.iter().filter(|case| case.passes).count();
        let (tenant, all) = (&of_one[0].tenant, of_one.len());
        let _ = writeln!(out, "{tenant}: {passed} of {all} cases pass");
    }
    out
}

impl Tried {
    fn tell(&self, out: &mut String) {
        let verdict = if self.passes { "pass" } else { "FAIL" };
        let held = match self.held_back.is_empty() {
            true => String::new(),
            false => format!(" (held back: {})", self.held_back.join(", ")),
        };
        let _ = writeln!(out, "{verdict}  {} case {}{held}", self.tenant, self.case);
        for missed in &self.missed {
            let _ = writeln!(out, "      {missed}");
        }
        out.push_str(&self.shown);
    }
}

fn cases(tenant: &Tenant) -> Result<Vec<Case>, Stop> {
    let file = tenant.cases.as_ref().map(|cases| cases.file.as_path());
    let file = file.unwrap_or(std::path::Path::new(""));
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

fn shown(case: &Case, outcome: &Outcome) -> String {
    let mut out = String::new();
    for (raw, clean) in case.turns.iter().zip(&outcome.clean.turns) {
        let _ = writeln!(out, "      said   {}", raw.text.expose());
        let _ = writeln!(out, "      clean  {}", clean.text.as_str());
    }
    out
}
