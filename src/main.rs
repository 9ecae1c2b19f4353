//! The `leeward` binary: the library's verbs, for people.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;
use rustix::process::{Resource, Rlimit, setrlimit};

/// Conversations are many small strings, and their tokens many small lists.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    if !rule_out_cores() {
        let _ = writeln!(
            std::io::stderr(),
            "leeward: cores cannot be ruled out; a crash may write keys and calls to disk"
        );
    }
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

/// Sees to it that a crash leaves no core: memory holds keys and raw text. False
/// where the system refuses.
fn rule_out_cores() -> bool {
    // Less than a page, so that no file is written; and Linux hands a core to a
    // program, whatever the limit, unless it is exactly one byte.
    let (current, maximum) = (Some(1), Some(1));
    let least = Rlimit { current, maximum };
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    setrlimit(Resource::Core, least).is_ok() || setrlimit(Resource::Core, none).is_ok()
}
