//! The `leeward` binary: the library's verbs, for people.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        // A panic's own message may quote the text that it was about.
        // Standard error may be what is closed: a panic in here would abort.
        let mut err = std::io::stderr();
        let _ = match panic.location() {
            Some(at) => writeln!(err, "leeward: a fault at {}:{}", at.file(), at.line()),
            None => writeln!(err, "leeward: a fault"),
        };
    }));
    leeward::commands::run(leeward::commands::Cli::parse())
}
