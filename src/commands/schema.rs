//! `leeward schema`: the configuration's schemas and reference.

use std::io::Write;
use std::process::ExitCode;

use clap::ValueEnum;

use crate::{config, decode, release};

/// Arguments of `leeward schema`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to print.
    #[arg(value_enum)]
    of: Of,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Of {
    /// The JSON Schema of a pipeline file.
    Pipeline,
    /// The JSON Schema of a tenant file.
    Tenant,
    /// The JSON Schema of a mapping.
    Mapping,
    /// The JSON Schema of a release's manifest.
    Manifest,
    /// The reference of both files, as Markdown.
    Reference,
}

/// Prints a schema or the reference.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let text = match args.of {
        Of::Pipeline => format!("{:#}\n", config::pipeline_schema()),
        Of::Tenant => format!("{:#}\n", config::tenant_schema()),
        Of::Mapping => format!("{:#}\n", decode::mapping_schema()),
        Of::Manifest => format!("{:#}\n", release::manifest_schema()),
        Of::Reference => config::reference(),
    };
    match std::io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
