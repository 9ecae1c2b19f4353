//! The `leeward` binary: the library's verbs, for people.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        // A panic's own message may quote the text that it was about.
        match panic.location() {
            Some(at) => eprintln!("leeward: a fault at {}:{}", at.file(), at.line()),
            None => eprintln!("leeward: a fault"),
        }
    }));
    leeward::commands::run(leeward::commands::Cli::parse())
}
