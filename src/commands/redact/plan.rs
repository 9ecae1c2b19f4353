//! Which files are read and where each one's clean form goes.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::Redactor;
use super::record::conversation;
use crate::domain::{Phi, RawTurn};

/// Why a request cannot be carried out; each names what to change.
#[derive(Debug, thiserror::Error)]
pub(super) enum PlanError {
    #[error("{0}: no such file or folder; check the path")]
    Missing(PathBuf),
    #[error("{0}: cannot be listed ({1}); check its permissions")]
    Unlisted(PathBuf, String),
    #[error("--out {0} would overwrite an input; choose another place")]
    Overwrites(PathBuf),
    #[error(
        "--out {0} lies inside an input folder, so a second run would read it; choose a place outside"
    )]
    Inside(PathBuf),
    #[error("--out {0} is a file but there are several inputs; name a folder")]
    NotAFolder(PathBuf),
    #[error("two inputs would both be written to {0}; redact them one at a time")]
    Collision(PathBuf),
}

/// One input and where its clean form goes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Job {
    /// `None` is standard input.
    pub(super) input: Option<PathBuf>,
    /// `None` is standard output.
    pub(super) output: Option<PathBuf>,
}

impl Job {
    /// How messages name the input.
    pub(super) fn name(&self) -> String {
        match &self.input {
            Some(path) => path.display().to_string(),
            None => "standard input".to_owned(),
        }
    }
}

/// What is to be done, and what is to be told of it before.
#[derive(Debug, Default)]
pub(super) struct Planned {
    pub(super) jobs: Vec<Job>,
    /// Links below folders that were named: they are not followed.
    pub(super) links: u64,
    /// Inputs whose clean form gets another name.
    pub(super) renamed: u64,
}

impl Planned {
    /// What a person would miss, a line each; no name is told.
    pub(super) fn notes(&self) -> Vec<String> {
        let links = match self.links {
            0 => None,
            1 => Some("1 link was not followed".to_owned()),
            n => Some(format!("{n} links were not followed")),
        };
        let renamed = match self.renamed {
            0 => None,
            1 => Some("1 file gets another name below --out, since its own may".to_owned()),
            n => Some(format!(
                "{n} files get other names below --out, since their own may"
            )),
        };
        let renamed = renamed.map(|said| said + " identify somebody");
        let nothing = self
            .jobs
            .is_empty()
            .then(|| "there was no file to read".to_owned());
        links.into_iter().chain(renamed).chain(nothing).collect()
    }
}

/// An input with its path below the folder that was named.
struct Source {
    path: Option<PathBuf>,
    below: PathBuf,
}

/// Finds all inputs and gives each its place under `out`.
pub(super) fn plan(
    paths: &[PathBuf],
    out: Option<&Path>,
    redactor: &mut Redactor,
) -> Result<Planned, PlanError> {
    let mut planned = Planned::default();
    let mut sources = Vec::new();
    for path in paths {
        planned.links += collect(path, &mut sources)?;
    }
    if paths.is_empty() {
        sources.push(standard_input());
    }
    let Some(out) = out else {
        let unplaced = |source: Source| Job {
            input: source.path,
            output: None,
        };
        planned.jobs = sources.into_iter().map(unplaced).collect();
        return Ok(planned);
    };
    let one_file = matches!(paths, [] | [_]) && !paths.iter().any(|p| p.is_dir());
    let named = out.as_os_str().to_string_lossy().ends_with(['/', '\\']);
    planned.jobs = if one_file && !out.is_dir() && !named {
        let to_out = |source: Source| Job {
            input: source.path,
            output: Some(out.to_owned()),
        };
        sources.into_iter().map(to_out).collect()
    } else {
        into_folder(sources, out, redactor, &mut planned.renamed)?
    };
    refuse_overwriting(paths, &planned.jobs, out)?;
    Ok(planned)
}

fn standard_input() -> Source {
    Source {
        path: None,
        below: PathBuf::from("stdin.txt"),
    }
}

/// Adds the file at `path`, or every file below it that is not hidden, in the
/// order of their names. Links are not followed, but counted.
fn collect(path: &Path, sources: &mut Vec<Source>) -> Result<u64, PlanError> {
    if path == Path::new("-") {
        sources.push(standard_input());
        return Ok(0);
    }
    if !path.exists() {
        return Err(PlanError::Missing(path.to_owned()));
    }
    if !path.is_dir() {
        let below = path
            .file_name()
            .map_or_else(|| path.to_owned(), PathBuf::from);
        sources.push(Source {
            path: Some(path.to_owned()),
            below,
        });
        return Ok(0);
    }
    let mut links = 0;
    let hidden = |entry: &walkdir::DirEntry| {
        entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.')
    };
    let walk = WalkDir::new(path).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|entry| !hidden(entry)) {
        let entry = entry.map_err(|e| PlanError::Unlisted(path.to_owned(), kind_of(&e)))?;
        links += u64::from(entry.path_is_symlink());
        if entry.file_type().is_file() {
            let below = entry
                .path()
                .strip_prefix(path)
                .unwrap_or(entry.path())
                .to_owned();
            sources.push(Source {
                path: Some(entry.into_path()),
                below,
            });
        }
    }
    Ok(links)
}

fn kind_of(error: &walkdir::Error) -> String {
    error
        .io_error()
        .map_or_else(|| "a loop of links".to_owned(), |e| e.kind().to_string())
}

/// Gives each source its place below `out`; a name that holds an identifier
/// is replaced, since the names of files are read too.
fn into_folder(
    sources: Vec<Source>,
    out: &Path,
    redactor: &mut Redactor,
    renamed: &mut u64,
) -> Result<Vec<Job>, PlanError> {
    if out.is_file() {
        return Err(PlanError::NotAFolder(out.to_owned()));
    }
    let mut taken = BTreeSet::new();
    let mut jobs = Vec::with_capacity(sources.len());
    for (i, source) in sources.into_iter().enumerate() {
        let below = safe_path(&source.below, i + 1, redactor);
        *renamed += u64::from(below != source.below);
        let output = out.join(below);
        if !taken.insert(output.clone()) {
            return Err(PlanError::Collision(output));
        }
        jobs.push(Job {
            input: source.path,
            output: Some(output),
        });
    }
    Ok(jobs)
}

/// `below`, or `file-0007.txt` where a part of it holds an identifier.
fn safe_path(below: &Path, number: usize, redactor: &mut Redactor) -> PathBuf {
    let words = below
        .with_extension("")
        .to_string_lossy()
        .replace(['_', '-', '/', '\\', '+'], " ");
    let turn = RawTurn {
        text: Phi::new(words),
        ..RawTurn::default()
    };
    let outcome = redactor.deidentify(&conversation(vec![turn]));
    if outcome.findings.is_empty() && outcome.holds.is_empty() {
        return below.to_owned();
    }
    let name = PathBuf::from(format!("file-{number:04}"));
    match below.extension() {
        Some(extension) if extension.len() <= 6 => name.with_extension(extension),
        _ => name,
    }
}

fn refuse_overwriting(paths: &[PathBuf], jobs: &[Job], out: &Path) -> Result<(), PlanError> {
    let real = |path: &Path| fs::canonicalize(path).ok();
    let inputs: BTreeSet<PathBuf> = jobs
        .iter()
        .filter_map(|job| real(job.input.as_deref()?))
        .collect();
    for output in jobs.iter().filter_map(|job| job.output.as_deref()) {
        if real(output).is_some_and(|target| inputs.contains(&target)) {
            return Err(PlanError::Overwrites(output.to_owned()));
        }
    }
    let above = out.ancestors().map(|a| {
        if a.as_os_str().is_empty() {
            Path::new(".")
        } else {
            a
        }
    });
    let target = above.filter_map(real).next();
    let mut folders = paths.iter().filter(|p| p.is_dir()).filter_map(|p| real(p));
    let inside = folders.any(|folder| target.as_ref().is_some_and(|t| t.starts_with(&folder)));
    if inside {
        return Err(PlanError::Inside(out.to_owned()));
    }
    Ok(())
}
