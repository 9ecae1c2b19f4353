//! A pipeline opened for a command: its configuration, stores and tenants.

use std::fmt::Display;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use tokio::runtime::Runtime;

use super::stores;
use crate::config::Config;
use crate::domain::{Entropy, EpochMs, TenantId};
use crate::gate::Routes;
use crate::lake::log::WriterId;
use crate::scope::{Scope, Stores};

/// Why a command ends without having done what was asked.
#[derive(Debug)]
pub(super) struct Stop(String);

impl Stop {
    pub(super) fn new(why: impl Display) -> Self {
        Self(format!("error: {why}\n"))
    }

    /// None is called so, or none that may be used.
    pub(super) fn no_tenant() -> Self {
        Self::new("--tenant: the pipeline has no such tenant, or its file is not good")
    }

    /// What is told.
    pub(super) fn why(&self) -> &str {
        &self.0
    }

    /// Tells it, and the exit status.
    pub(super) fn exit(&self) -> ExitCode {
        // Where even this cannot be written, the status still says it.
        let _ = std::io::stderr().write_all(self.why().as_bytes());
        ExitCode::FAILURE
    }
}

/// Writes a command's answer.
pub(super) fn print(text: &str, status: u8) -> ExitCode {
    match std::io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::from(status),
        Err(_) => ExitCode::FAILURE,
    }
}

/// Opens a pipeline, does `act` for one of its tenants and prints what it says.
pub(super) fn answer(
    pipeline: &Path,
    tenant: &str,
    act: impl AsyncFnOnce(&Scope, EpochMs, &mut Entropy) -> Result<String, Stop>,
) -> ExitCode {
    let said = Opened::open(pipeline).and_then(|opened| {
        let scope = opened.scope(tenant)?;
        let mut entropy = Entropy::from_system();
        opened.block_on(act(&scope, opened.now, &mut entropy))
    });
    match said {
        Ok(text) => print(&text, 0),
        Err(stop) => stop.exit(),
    }
}

/// A pipeline whose files were read and whose stores were opened.
pub(super) struct Opened {
    pub(super) config: Config,
    pub(super) now: EpochMs,
    /// How many tenants are left out, since their files are not good.
    pub(super) left_out: usize,
    stores: Stores,
    writer: WriterId,
    runtime: Runtime,
}

impl Opened {
    /// Reads the pipeline file and its tenants'. A tenant whose file is not
    /// good is told of and left out.
    pub(super) fn open(pipeline: &Path) -> Result<Self, Stop> {
        let now = stores::now();
        let loaded = stores::read(pipeline, now).map_err(|error| {
            let problems = error.problems.iter();
            Stop(problems.map(|p| format!("error    {p}\n")).collect())
        })?;
        for problem in loaded.disabled.iter().flat_map(|d| &d.problems) {
            let _ = writeln!(std::io::stderr(), "left out {problem}");
        }
        let runtime = stores::threads().map_err(|error| Stop::new(error.kind()))?;
        Ok(Self {
            stores: Stores::open(&loaded.config.pipeline.stores).map_err(Stop::new)?,
            config: loaded.config,
            now,
            left_out: loaded.disabled.len(),
            writer: WriterId::draw(&mut Entropy::from_system()),
            runtime,
        })
    }

    pub(super) fn block_on<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// The scopes of all tenants, or of the one that is named.
    pub(super) fn scopes(&self, named: Option<&str>) -> Result<Vec<Scope>, Stop> {
        if let Some(name) = named {
            return self.scope(name).map(|scope| vec![scope]);
        }
        let tenants = self.config.tenants.values();
        Ok(tenants
            .map(|tenant| Scope::new(tenant, &self.stores, self.writer))
            .collect())
    }

    /// The scope of one tenant.
    pub(super) fn scope(&self, name: &str) -> Result<Scope, Stop> {
        let id = TenantId::parse(name);
        let tenant = id.and_then(|id| self.config.tenants.get(&id));
        let tenant = tenant.ok_or_else(Stop::no_tenant)?;
        Ok(Scope::new(tenant, &self.stores, self.writer))
    }

    pub(super) fn routes(&self) -> Result<Routes, Stop> {
        Routes::new(&self.config).map_err(|errors| {
            let errors = errors.iter();
            Stop(errors.map(|e| format!("error    {e}\n")).collect())
        })
    }
}
