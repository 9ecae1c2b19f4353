//! Verbs for people: one file each, with its arguments and a `run`.

pub mod audit;
pub mod check;
pub mod log;
pub mod redact;
pub mod schema;
pub mod status;
mod stores;

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
    /// Remedies for a partition's commit log.
    Log(log::Args),
    /// De-identify files, folders or standard input.
    Redact(redact::Args),
    /// Show where everything stands: logs, releases, holds, timers.
    Status(status::Args),
    /// Print the JSON Schemas and the reference of the configuration.
    Schema(schema::Args),
}

/// Does what was asked for.
#[must_use]
pub fn run(cli: Cli) -> ExitCode {
    match cli.command {
        Command::Audit(args) => audit::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Log(args) => log::run(&args),
        Command::Redact(args) => redact::run(&args),
        Command::Status(args) => status::run(&args),
        Command::Schema(args) => schema::run(&args),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Cli;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
