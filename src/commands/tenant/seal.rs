//! `leeward tenant seal`.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::commands::opened::{Stop, print};
use crate::commands::redact::AtomicFile;
use crate::commands::stores;
use crate::config::sealed::Contents;
use crate::config::{self, Around, Problem};
use crate::domain::{Entropy, Phi, TenantId};
use crate::seal::{Purpose, Sealer, seal_text};

/// Arguments of `leeward tenant seal`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The pipeline file
    pipeline: PathBuf,
    /// What to seal, `-` for standard input: YAML with `allow` and `deny`, or with
    /// `cases`. It is read into memory only; keep it where the tenant's names may lie
    file: PathBuf,
    /// Whose it is
    #[arg(long)]
    tenant: String,
    /// The sealed file; standard output unless given
    #[arg(long, short)]
    output: Option<PathBuf>,
}

/// Seals a file of terms or cases, after reading it as a worker would.
pub(super) fn run(args: &Args) -> ExitCode {
    match sealed(args).and_then(|(text, kind)| put(args, &text, kind)) {
        Ok(status) => status,
        Err(stop) => stop.exit(),
    }
}

fn sealed(args: &Args) -> Result<(String, &'static str), Stop> {
    let id = TenantId::parse(&args.tenant).ok_or_else(|| Stop::new("that is no tenant's name"))?;
    let lookup = |name: &str| std::env::var(name).ok();
    let now = stores::now();
    let around = Around {
        lookup: &lookup,
        now,
    };
    let keys = config::keys(&args.pipeline, &id, &around);
    let keys = keys.map_err(|problems| match problems.is_empty() {
        true => Stop::new(format!("no file names the tenant {id}")),
        false => told(&problems),
    })?;
    let plaintext = read(&args.file)?;
    let contents = Contents::read(&args.file, &plaintext).map_err(|problems| told(&problems))?;
    let sealer = Sealer::new(&id, &keys);
    let mut entropy = Entropy::from_system();
    let text = seal_text(
        &sealer,
        (Purpose::Settings, now.day()),
        &plaintext,
        &mut entropy,
    );
    Ok((text, contents.name()))
}

fn told(problems: &[Problem]) -> Stop {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    Stop::new(lines.join("\nerror: "))
}

fn read(file: &Path) -> Result<Phi<Vec<u8>>, Stop> {
    let read = if file == Path::new("-") {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().read_to_end(&mut bytes);
        read.map(|_| bytes)
    } else {
        std::fs::read(file)
    };
    let fail = |error: std::io::Error| {
        Stop::new(format!(
            "{} cannot be read ({})",
            file.display(),
            error.kind()
        ))
    };
    read.map(Phi::new).map_err(fail)
}

fn put(args: &Args, text: &str, kind: &str) -> Result<ExitCode, Stop> {
    let Some(output) = &args.output else {
        return Ok(print(text, 0));
    };
    let written = AtomicFile::create(output, &mut Entropy::from_system()).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.commit()
    });
    written.map_err(|error| {
        let why = error.kind();
        Stop::new(format!("{} cannot be written ({why})", output.display()))
    })?;
    let said =
        format!("Sealed. Name it in the tenant's file as `{kind}`, relative to that file.\n");
    Ok(print(&said, 0))
}
