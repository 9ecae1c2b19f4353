//! Verbs for people: one file each, with its arguments and a `run`.

mod approve;
pub mod audit;
pub mod check;
mod deed;
pub mod demo;
pub mod eval;
pub mod hold;
mod load;
pub mod log;
pub mod mapping;
mod opened;
mod permitted;
mod private;
pub mod purge;
pub mod redact;
pub mod release;
mod reload;
pub mod run;
pub mod schema;
mod shadow;
pub mod status;
mod stores;
pub mod tenant;
pub mod train;
pub mod unclaimed;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// De-identifies voice and chat transcripts from Kafka, writes Parquet exactly
/// once, and purges the originals with evidence.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Prove what happened, from the stores alone.
    Audit(audit::Args),
    /// Check a pipeline and its tenants' files, and show what they mean.
    Check(check::Args),
    /// Do the main job on embedded parts, and show the result.
    Demo(demo::Args),
    /// Measure how well the engine finds, on labelled conversations.
    Eval(eval::Args),
    /// Stop a tenant's releases and purges at once.
    Freeze(hold::Freeze),
    /// Place, lift or list holds, which keep originals.
    Hold(hold::Args),
    /// List the mappings of records, and try one on a file.
    Mapping(mapping::Args),
    /// Show what is due to go, and delete it when asked.
    Purge(purge::Args),
    /// De-identify files, folders or standard input.
    Redact(redact::Args),
    /// Run a worker: consume, de-identify, commit, release, purge.
    Run(run::Args),
    /// Publish what has landed to research, or say why it waits.
    Release(release::Args),
    /// Remedies for a partition's commit log.
    Log(log::Args),
    /// Show where everything stands: logs, releases, holds, timers.
    Status(status::Args),
    /// Seal a tenant's terms and cases, and try its policy on the cases.
    Tenant(tenant::Args),
    /// Train the name model from labelled conversations.
    Train(train::Args),
    /// Records whose tenant could not be established: list them, open them.
    Unclaimed(unclaimed::Args),
    /// Print the JSON Schemas and the reference of the configuration.
    Schema(schema::Args),
}

/// Does what was asked for.
#[must_use]
pub fn run(cli: Cli) -> ExitCode {
    match cli.command {
        Command::Audit(args) => audit::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Demo(args) => demo::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Freeze(args) => hold::freeze(args),
        Command::Hold(args) => hold::run(&args),
        Command::Mapping(args) => mapping::run(&args),
        Command::Purge(args) => purge::run(&args),
        Command::Redact(args) => redact::run(&args),
        Command::Run(args) => run::run(&args),
        Command::Release(args) => release::run(&args),
        Command::Log(args) => log::run(&args),
        Command::Status(args) => status::run(&args),
        Command::Tenant(args) => tenant::run(&args),
        Command::Train(args) => train::run(&args),
        Command::Unclaimed(args) => unclaimed::run(&args),
        Command::Schema(args) => schema::run(&args),
    }
}

#[cfg(test)]
mod measured;

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use clap::CommandFactory;
    use object_store::memory::InMemory;

    use super::Cli;
    use crate::config::resolved::PurgeAfter;
    use crate::lake::log::WriterId;
    use crate::lake::store::{LandingStore, ResearchStore, StateStore};
    use crate::purge::tests::tenant;
    use crate::scope::{Scope, Stores};

    /// A tenant's scope on stores in memory.
    pub(super) fn scope() -> Scope {
        let memory = || Arc::new(InMemory::new());
        let stores = Stores {
            state: StateStore::new(memory()),
            landing: LandingStore::new(memory()),
            research: ResearchStore::new(memory()),
        };
        let tenant = tenant(PurgeAfter::Committed);
        Scope::new(&Arc::new(tenant), &stores, WriterId::default())
    }

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
