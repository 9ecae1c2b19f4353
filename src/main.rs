//! The `leeward` binary: the library's verbs, for people.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    leeward::commands::run(leeward::commands::Cli::parse())
}
