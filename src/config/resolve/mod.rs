//! What is written → what it means; every refusal of every file at once.

mod authorization;
mod observe;
mod pipeline;
mod policy;
mod secret;
mod source;
mod stores;
mod tenant;
mod topics;
mod tenants;

pub use authorization::{end_of_day, lapse_notice};
pub use pipeline::default_limits;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::problem::Problem;
use super::read::Document;
use super::resolved::{Config, Pipeline};
use super::{schema, written};
use crate::domain::{EpochMs, TenantId};

/// What a configuration is read against: the environment and the time.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// Looks up an environment variable.
    pub lookup: &'a dyn Fn(&str) -> Option<String>,
    /// Now, for what expires.
    pub now: EpochMs,
}

/// A configuration that can run: the tenants whose files are good.
#[derive(Debug)]
pub struct Loaded {
    /// The configuration.
    pub config: Config,
    /// The tenants whose files are not good.
    pub disabled: Vec<Disabled>,
    /// What will go wrong unless someone acts.
    pub warnings: Vec<Problem>,
}

/// A tenant that does not run, and why.
#[derive(Debug, Clone)]
pub struct Disabled {
    /// Its file.
    pub file: PathBuf,
    /// Its name, where that could be read.
    pub tenant: Option<TenantId>,
    /// What is wrong with its file.
    pub problems: Vec<Problem>,
}

/// A configuration that cannot run: the pipeline file is not good.
#[derive(Debug, thiserror::Error)]
#[error("the configuration has {} errors", problems.len())]
pub struct LoadError {
    /// Everything that is wrong, in the pipeline's file and the tenants'.
    pub problems: Vec<Problem>,
    /// What will go wrong unless someone acts.
    pub warnings: Vec<Problem>,
}

/// Reads a pipeline file and its tenants' files, and checks all of it.
///
/// A tenant's file that is not good disables that tenant only. Two tenants that
/// claim the same name, topic or key are both disabled: which one is right
/// cannot be known.
///
/// # Errors
/// When the pipeline file itself is not good.
pub fn load(file: &Path, around: &Around<'_>) -> Result<Loaded, LoadError> {
    let mut document = Document::read(file, &schema::PIPELINE, around.lookup);
    let written: Option<written::Pipeline> = document.decode();
    let pipeline = written
        .as_ref()
        .and_then(|written| pipeline::resolve(&mut document, written, around));
    let files = written
        .as_ref()
        .and_then(|written| tenants::files(&mut document, written.tenants.as_deref()))
        .unwrap_or_default();
    let drafts = tenants::drafts(&files, pipeline.as_ref(), around);
    gather(document, pipeline, drafts)
}

fn gather(
    document: Document,
    pipeline: Option<Pipeline>,
    drafts: Vec<tenant::Draft>,
) -> Result<Loaded, LoadError> {
    let (mut problems, mut warnings) = document.into_problems();
    let mut tenants = BTreeMap::new();
    let mut disabled = Vec::new();
    for draft in drafts {
        let file = draft.document.file().to_owned();
        let (refused, warned) = draft.document.into_problems();
        warnings.extend(warned);
        match draft.tenant {
            Some(tenant) if refused.is_empty() => {
                tenants.insert(tenant.id.clone(), Arc::new(tenant));
            }
            _ => disabled.push(Disabled {
                file,
                tenant: draft.id,
                problems: refused,
            }),
        }
    }
    match pipeline {
        Some(pipeline) if problems.is_empty() => Ok(Loaded {
            config: Config { pipeline, tenants },
            disabled,
            warnings,
        }),
        _ => {
            problems.extend(disabled.into_iter().flat_map(|d| d.problems));
            Err(LoadError { problems, warnings })
        }
    }
}

/// Refuses a span of nothing.
fn positive(document: &mut Document, pointer: &str, ms: i64) {
    if ms <= 0 {
        document.refuse(pointer, "is zero", "write a length of time such as `30s`");
    }
}

/// Refuses a size of nothing.
fn bytes(document: &mut Document, pointer: &str, size: usize) {
    if size == 0 {
        document.refuse(pointer, "is zero", "write an amount such as `64MiB`");
    }
}
