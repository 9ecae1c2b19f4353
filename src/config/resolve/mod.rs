//! What is written → what it means; every refusal of every file at once.

mod authorization;
mod inference;
mod observe;
mod pipeline;
mod policy;
mod reader;
mod secret;
mod sections;
mod source;
mod stores;
mod tenant;
mod topics;
mod tenants;

pub use authorization::{end_of_day, lapse_notice};
pub use pipeline::default_limits;
pub use reader::Reader;
pub use sections::Sections;

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
    /// What the pipeline's file says.
    pub sections: Sections,
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
    let head = Head::read(file, around);
    let read = |file: &PathBuf| tenants::read(file, head.pipeline.as_ref(), around);
    let drafts = head.files.iter().map(read).collect();
    gather(head, drafts)
}

/// The keys of the tenant `id`, whatever else is wrong with its file: what is
/// sealed under them may be what is wrong.
///
/// # Errors
/// What is wrong with its keys, or with all files where none names that tenant.
pub fn keys(
    file: &Path,
    id: &TenantId,
    around: &Around<'_>,
) -> Result<super::resolved::Keys, Vec<Problem>> {
    let mut problems = Vec::new();
    let head = Head::read(file, around);
    for file in &head.files {
        let mut document = Document::read(file, &schema::TENANT, around.lookup);
        let written: Option<written::Tenant> = document.decode();
        let own = written.filter(|w| w.tenant.as_deref() == Some(id.as_str()));
        let keys = own.as_ref().map(|own| {
            let keys = own.keys.as_ref();
            keys.and_then(|keys| tenant::keys(&mut document, keys, around))
        });
        match keys {
            Some(Some(keys)) => return Ok(keys),
            Some(None) => return Err(document.into_problems().0),
            None => problems.extend(document.into_problems().0),
        }
    }
    problems.extend(head.document.into_problems().0);
    Err(problems)
}

/// What the pipeline's file says, and which tenants' files there are.
struct Head {
    document: Document,
    pipeline: Option<Pipeline>,
    files: Vec<PathBuf>,
}

impl Head {
    fn read(file: &Path, around: &Around<'_>) -> Self {
        let mut document = Document::read(file, &schema::PIPELINE, around.lookup);
        let written: Option<written::Pipeline> = document.decode();
        let pipeline = written
            .as_ref()
            .and_then(|written| pipeline::resolve(&mut document, written, around));
        let files = written
            .as_ref()
            .and_then(|written| tenants::files(&mut document, written.tenants.as_deref()))
            .unwrap_or_default();
        Self {
            document,
            pipeline,
            files,
        }
    }
}

/// Holds the tenants' files against each other, and takes what is good.
fn gather(head: Head, mut drafts: Vec<tenant::Draft>) -> Result<Loaded, LoadError> {
    tenants::hold_together(&mut drafts);
    let Head {
        mut document,
        pipeline,
        ..
    } = head;
    tenants::nobody_reads(&mut document, pipeline.as_ref(), &drafts);
    let sections = Sections::of(&document);
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
            sections,
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
