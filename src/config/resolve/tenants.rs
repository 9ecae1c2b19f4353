//! All tenants' files together: found, read, and agreeing with each other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Around;
use super::tenant::{Draft, draft};
use super::topics::Claim;
use crate::config::read::Document;
use crate::config::resolved::{Pipeline, Source};
use crate::config::schema;

const LET_ONE: &str = "let one tenant have it";

/// The tenants' files, in the order of their names.
pub(super) fn files(document: &mut Document, directory: Option<&str>) -> Option<Vec<PathBuf>> {
    let base = document.file().parent().unwrap_or(Path::new(""));
    let directory = base.join(directory?);
    let entries = match std::fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) => {
            let what = format!("the directory cannot be read ({})", error.kind());
            document.refuse("/tenants", &what, "check the path and its permissions");
            return None;
        }
    };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "yaml" || e == "yml"))
        .collect();
    files.sort();
    if files.is_empty() {
        let what = "the directory has no `*.yaml`, so there is no tenant";
        document.refuse("/tenants", what, "write one file a tenant");
    }
    Some(files)
}

/// Reads one tenant's file.
pub(super) fn read(file: &Path, pipeline: Option<&Pipeline>, around: &Around<'_>) -> Draft {
    let document = Document::read(file, &schema::TENANT, around.lookup);
    draft(document, pipeline, around)
}

/// Refuses what two tenants claim.
pub(super) fn hold_together(drafts: &mut [Draft]) {
    names(drafts);
    topics(drafts);
    keys(drafts);
    unknown_topics(drafts);
}

/// Warns of files whose topic no tenant claims: none of their lines is read.
pub(super) fn nobody_reads(document: &mut Document, pipeline: Option<&Pipeline>, drafts: &[Draft]) {
    let Some(Source::File { topic, .. }) = pipeline.map(|pipeline| &pipeline.source) else {
        return;
    };
    let Ok(own) = Claim::parse(topic) else { return };
    let mut claims = drafts.iter().flat_map(|draft| &draft.claims);
    if !claims.any(|(_, claim)| claim.overlaps(&own)) {
        let what = "is no tenant's topic, so nothing is read";
        let remedy = "write it under `topics` of the tenant whose records these are";
        document.warn("/source/file/topic", what, remedy);
    }
}

fn file_name(draft: &Draft) -> String {
    let name = draft.document.file().file_name();
    name.map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn names(drafts: &mut [Draft]) {
    let mut holders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, draft) in drafts.iter().enumerate() {
        if let Some(id) = &draft.id {
            holders.entry(id.to_string()).or_default().push(i);
        }
    }
    for at in holders.into_values().filter(|at| at.len() > 1) {
        for (i, j) in others(&at) {
            let what = format!(
                "is the name of the tenant in `{}` too",
                file_name(&drafts[j])
            );
            drafts[i]
                .document
                .refuse("/tenant", &what, "give each its own");
        }
    }
}

/// Each index with one other that shares what it has.
fn others(at: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    at.iter()
        .map(|i| (*i, if *i == at[0] { at[1] } else { at[0] }))
}

fn topics(drafts: &mut [Draft]) {
    let mut overlaps = Vec::new();
    for (i, a) in drafts.iter().enumerate() {
        for (j, b) in drafts.iter().enumerate().skip(i + 1) {
            for (pointer_a, claim_a) in &a.claims {
                for (pointer_b, claim_b) in &b.claims {
                    if claim_a.overlaps(claim_b) {
                        overlaps.push((i, pointer_a.clone(), j));
                        overlaps.push((j, pointer_b.clone(), i));
                    }
                }
            }
        }
    }
    for (i, pointer, other) in overlaps {
        let what = format!(
            "takes in a topic of the tenant in `{}`",
            file_name(&drafts[other])
        );
        drafts[i].document.refuse(&pointer, &what, LET_ONE);
    }
}

fn keys(drafts: &mut [Draft]) {
    let mut holders: BTreeMap<[u8; 32], Vec<(usize, &'static str)>> = BTreeMap::new();
    for (i, draft) in drafts.iter().enumerate() {
        if let Some(tenant) = &draft.tenant {
            let keys = &tenant.keys;
            holders
                .entry(*keys.sealing.expose())
                .or_default()
                .push((i, "/keys/sealing"));
            holders
                .entry(*keys.ledger.expose())
                .or_default()
                .push((i, "/keys/ledger"));
        }
    }
    for at in holders.into_values().filter(|at| at.len() > 1) {
        for (i, pointer) in &at {
            let other = at.iter().find(|(j, _)| j != i).map_or(*i, |(j, _)| *j);
            let what = format!(
                "is a key of the tenant in `{}` too",
                file_name(&drafts[other])
            );
            let remedy = "make one for each with `openssl rand -hex 32`";
            drafts[*i].document.refuse(pointer, &what, remedy);
        }
    }
}

/// A file whose topics cannot be read cannot defend them against a pattern.
fn unknown_topics(drafts: &mut [Draft]) {
    let unknown = drafts.iter().find(|draft| draft.claims.is_empty());
    let Some(name) = unknown.map(file_name) else {
        return;
    };
    for draft in drafts.iter_mut() {
        let patterns: Vec<String> = draft
            .claims
            .iter()
            .filter(|(_, claim)| claim.is_pattern())
            .map(|(pointer, _)| pointer.clone())
            .collect();
        for pointer in patterns {
            let what = format!("may take in topics of `{name}`, which cannot be read");
            draft.document.warn(&pointer, &what, "put that file right");
        }
    }
}
