//! A tenant's file: what is written → what it means.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::authorization::authorization;
use super::topics::Claim;
use super::{Around, bytes, policy, positive, secret};
use crate::config::problem::child;
use crate::config::read::Document;
use crate::config::resolved;
use crate::config::sealed::{self, Contents};
use crate::config::written::{
    Keys, Mapping, PurgeAfter, Review, SecretSource, SmallCellAction, SmallCells as WrittenCells,
    Span, Tenant as Written,
};
use crate::decode::{self, MappingError};
use crate::deid::terms::Terms;
use crate::domain::{Sha256, TenantId};
use crate::seal::{Sealer, VerifyingKey};

/// The least that a release may tell about when a conversation took place.
const MIN_INTERVAL: Span = Span::days(30);
const MIN_CONVERSATIONS: u64 = 100;

/// A tenant's file on its way: what other files must agree with stands beside
/// the tenant, so that a broken file still defends its topics.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) document: Document,
    pub(super) id: Option<TenantId>,
    pub(super) claims: Vec<(String, Claim)>,
    pub(super) tenant: Option<resolved::Tenant>,
}

/// Reads one tenant's file against the pipeline it belongs to.
pub(super) fn draft(
    mut document: Document,
    pipeline: Option<&resolved::Pipeline>,
    around: &Around<'_>,
) -> Draft {
    let written: Option<Written> = document.decode();
    let (mut id, mut claims, mut tenant) = (None, Vec::new(), None);
    if let Some(written) = &written {
        id = name(&mut document, written);
        claims = topics(&mut document, written);
        tenant = resolve(&mut document, written, id.clone(), pipeline, around);
    }
    Draft {
        document,
        id,
        claims,
        tenant,
    }
}

fn resolve(
    document: &mut Document,
    written: &Written,
    id: Option<TenantId>,
    pipeline: Option<&resolved::Pipeline>,
    around: &Around<'_>,
) -> Option<resolved::Tenant> {
    let authorization = authorization(document, written.authorization.as_ref(), around.now);
    let keys = written
        .keys
        .as_ref()
        .and_then(|w| keys(document, w, around));
    let shape = shape(document, &written.mapping);
    let sealer = id.as_ref().zip(keys.as_ref());
    let sealer = sealer.map(|(id, keys)| Sealer::new(id, keys));
    let own = terms(document, written, sealer.as_ref());
    let cases = cases(document, written, sealer.as_ref());
    let (policy, clock_times_reason) = policy::resolve(document, &written.policy, own);
    let release = release(document, written);
    timers(document, written);
    let requires_groups = groups(document, written, pipeline);
    let share = share(document, written);
    if let Some(pipeline) = pipeline {
        delays(document, written, pipeline);
    }
    let late_ms = pipeline.map_or(0, |pipeline| pipeline.assemble.late_ms);
    if !document.is_sound() {
        return None;
    }
    let keys = keys?;
    Some(resolved::Tenant {
        written: written_as(document, written, &keys),
        id: id?,
        topics: written.topics.clone()?.into_iter().flatten().collect(),
        mapping: written.mapping.0.clone(),
        shape: shape?,
        authorization: authorization?,
        keys,
        policy: Arc::new(policy),
        cases,
        clock_times_reason,
        release,
        timers: resolved_timers(written, late_ms),
        requires_groups,
        share,
        unusual: resolved::Unusual {
            at_least: written.purge.unusual.at_least,
            times: written.purge.unusual.times,
        },
    })
}

fn name(document: &mut Document, written: &Written) -> Option<TenantId> {
    let id = TenantId::parse(written.tenant.as_deref()?);
    if id.is_none() {
        document.refuse(
            "/tenant",
            "is not a tenant's name",
            "write 1 to 63 of `a-z`, `0-9` and `-`, not beginning or ending with `-`",
        );
    }
    id
}

fn topics(document: &mut Document, written: &Written) -> Vec<(String, Claim)> {
    let mut claims = Vec::new();
    for (i, topic) in written.topics.iter().flatten().enumerate() {
        let Some(topic) = topic else { continue };
        let pointer = child("/topics", &i.to_string());
        match Claim::parse(topic) {
            Ok(claim) => claims.push((pointer, claim)),
            Err((what, remedy)) => document.refuse(&pointer, what, remedy),
        }
    }
    claims
}

/// A digest of what a tenant's file says, with what it names.
fn written_as(document: &Document, written: &Written, keys: &resolved::Keys) -> Sha256 {
    let base = document.file().parent().unwrap_or(Path::new(""));
    let read = |name: &String| std::fs::read(base.join(name)).unwrap_or_default();
    let shape = written.mapping.is_file().then(|| read(&written.mapping.0));
    let terms = written.terms.as_ref().map(read);
    let text = document.text();
    let parts: [&[u8]; 5] = [
        text.as_bytes(),
        &shape.unwrap_or_default(),
        &terms.unwrap_or_default(),
        keys.sealing.expose(),
        keys.ledger.expose(),
    ];
    let digests = parts.map(|part| Sha256::of(part).0);
    Sha256::of(digests.as_flattened())
}

/// The terms of the sealed file that is named.
fn terms(document: &mut Document, written: &Written, sealer: Option<&Sealer>) -> Terms {
    match opened(document, "/terms", written.terms.as_ref(), sealer) {
        Some((_, Contents::Terms(terms))) => terms,
        Some((_, other)) => {
            misplaced(document, "/terms", &other);
            Terms::default()
        }
        None => Terms::default(),
    }
}

/// The sealed cases that are named, if they can be read.
fn cases(
    document: &mut Document,
    written: &Written,
    sealer: Option<&Sealer>,
) -> Option<resolved::Cases> {
    match opened(document, "/cases", written.cases.as_ref(), sealer)? {
        (file, Contents::Cases(cases)) => Some(resolved::Cases {
            file,
            count: cases.len(),
        }),
        (_, other) => {
            misplaced(document, "/cases", &other);
            None
        }
    }
}

fn misplaced(document: &mut Document, pointer: &str, contents: &Contents) {
    let what = format!("names a sealed file that holds {}", contents.name());
    document.refuse(pointer, &what, "name the other");
}

/// What the sealed file that is named holds; what is wrong with it is told with
/// its own lines.
fn opened(
    document: &mut Document,
    pointer: &str,
    name: Option<&String>,
    sealer: Option<&Sealer>,
) -> Option<(PathBuf, Contents)> {
    let file = document.beside(name?);
    match sealed::open(&file, sealer?) {
        Ok(contents) => Some((file, contents)),
        Err(problems) => {
            let remedy = "put it right, and seal it again where its lines are named";
            document.refuse(pointer, "names a sealed file that cannot be used", remedy);
            document.adopt(problems);
            None
        }
    }
}

/// The mapping that is named, or read from the file that is; what is wrong
/// with that file is told with its own lines.
fn shape(document: &mut Document, written: &Mapping) -> Option<Arc<decode::Mapping>> {
    if !written.is_file() {
        return decode::Mapping::shared(&written.0);
    }
    match decode::Mapping::read(&document.beside(&written.0)) {
        Ok(mapping) => Some(Arc::new(mapping)),
        Err(MappingError(problems)) => {
            let what = match problems.len() {
                1 => "names a mapping with an error".to_owned(),
                n => format!("names a mapping with {n} errors"),
            };
            document.refuse("/mapping", &what, "put that file right");
            document.adopt(problems);
            None
        }
    }
}

pub(super) fn keys(
    document: &mut Document,
    written: &Keys,
    around: &Around<'_>,
) -> Option<resolved::Keys> {
    let mut key = |pointer, source: &Option<SecretSource>| {
        secret::key(document, pointer, source.as_ref()?, around)
    };
    let sealing = key("/keys/sealing", &written.sealing);
    let ledger = key("/keys/ledger", &written.ledger);
    let keys = resolved::Keys {
        sealing: sealing?,
        ledger: ledger?,
    };
    if keys.sealing == keys.ledger {
        let what = "is the sealing key too: to destroy one would destroy the other";
        document.refuse(
            "/keys/ledger",
            what,
            "make a second one with `openssl rand -hex 32`",
        );
    }
    Some(keys)
}

fn release(document: &mut Document, written: &Written) -> resolved::Release {
    let release = &written.release;
    positive(document, "/release/interval", release.interval.0);
    if release.interval < release.min_interval {
        let what = format!(
            "is {}, shorter than `release.min_interval` of {}",
            release.interval, release.min_interval
        );
        document.refuse("/release/interval", &what, "lengthen it");
    }
    let dating_override = release.dating_override.as_ref().and_then(|written| {
        Some(format!(
            "{} ({})",
            written.reason.as_ref()?,
            written.by.as_ref()?
        ))
    });
    if dating_override.is_none() && !document.has("/release/dating_override") {
        dating(document, release.min_interval, release.min_conversations);
    }
    resolved::Release {
        interval_ms: release.interval.0,
        min_conversations: release.min_conversations,
        min_interval_ms: release.min_interval.0,
        dating_override,
        small_cells: small_cells(&release.small_cells),
        review: review(document, release.review.as_ref()),
        delta: release.delta,
    }
}

fn review(document: &mut Document, written: Option<&Review>) -> Option<resolved::Review> {
    let written = written?;
    positive(document, "/release/review/within", written.within.0);
    let mut reviewers = BTreeSet::new();
    for (i, text) in written.reviewers.iter().flatten().enumerate() {
        let Some(text) = text else { continue };
        let pointer = child("/release/review/reviewers", &i.to_string());
        match secret::bytes32(text) {
            Some(key) if reviewers.insert(VerifyingKey(*key.expose())) => {}
            Some(_) => document.refuse(&pointer, "is named twice", "leave one out"),
            None => document.refuse(
                &pointer,
                "is not an Ed25519 public key of 32 bytes in hexadecimal or base64",
                "make a pair with `openssl genpkey -algorithm ed25519` and write its public half",
            ),
        }
    }
    if written.needs > reviewers.len() && document.is_sound() {
        let what = format!(
            "asks for {} of {} reviewers",
            written.needs,
            reviewers.len()
        );
        document.refuse(
            "/release/review/needs",
            &what,
            "name more, or ask for fewer",
        );
    }
    Some(resolved::Review {
        sample: written.sample,
        reviewers,
        needs: written.needs,
        within_ms: written.within.0,
    })
}

const fn small_cells(written: &WrittenCells) -> resolved::SmallCells {
    resolved::SmallCells {
        k: written.k,
        action: match written.action {
            SmallCellAction::Coarsen => resolved::SmallCellAction::Coarsen,
            SmallCellAction::HoldBack => resolved::SmallCellAction::HoldBack,
        },
    }
}

/// A file's time dates what is in it: 45 CFR 164.514(b)(2)(i)(C).
fn dating(document: &mut Document, interval: Span, conversations: u64) {
    let remedy = "raise it, or name a `dating_override` with `reason` and `by`";
    if interval < MIN_INTERVAL {
        let what = format!(
            "lets an outsider date a conversation to less than {MIN_INTERVAL} (45 CFR 164.514(b)(2)(i)(C))"
        );
        document.refuse("/release/min_interval", &what, remedy);
    }
    if conversations < MIN_CONVERSATIONS {
        let what = format!(
            "lets an outsider pick a conversation out of fewer than {MIN_CONVERSATIONS} (45 CFR 164.514(b)(2)(i)(C))"
        );
        document.refuse("/release/min_conversations", &what, remedy);
    }
}

fn timers(document: &mut Document, written: &Written) {
    for (pointer, span) in [
        ("/purge/kafka", written.purge.kafka),
        ("/purge/quarantine", written.purge.quarantine),
        ("/purge/held_back", written.purge.held_back),
    ] {
        positive(document, pointer, span.0);
    }
}

/// The groups that must have read; the pipeline's own is waited for anyhow.
fn groups(
    document: &mut Document,
    written: &Written,
    pipeline: Option<&resolved::Pipeline>,
) -> Vec<String> {
    let own = pipeline.and_then(|pipeline| match &pipeline.source {
        resolved::Source::Kafka(kafka) => Some(kafka.group.as_str()),
        resolved::Source::File { .. } => None,
    });
    let groups: Vec<String> = written
        .purge
        .requires_groups
        .iter()
        .flatten()
        .cloned()
        .collect();
    for (i, group) in groups.iter().enumerate() {
        let pointer = child("/purge/requires_groups", &i.to_string());
        if group.is_empty() {
            document.refuse(&pointer, "is empty", "write the group's id");
        } else if own == Some(group.as_str()) {
            let what = "is the group of this pipeline, which is waited for anyhow";
            document.refuse(&pointer, what, "leave it out");
        }
    }
    groups
}

fn share(document: &mut Document, written: &Written) -> resolved::Share {
    let limits = &written.limits;
    for (pointer, size) in [
        ("/limits/bytes_per_second", limits.bytes_per_second),
        ("/limits/memory_bytes", limits.memory_bytes),
    ] {
        if let Some(size) = size {
            bytes(document, pointer, size.0);
        }
    }
    resolved::Share {
        records_per_second: limits.records_per_second,
        bytes_per_second: limits.bytes_per_second.map(|size| size.0),
        open_conversations: limits.open_conversations,
        memory_bytes: limits.memory_bytes.map(|size| size.0),
    }
}

const fn resolved_timers(written: &Written, late_ms: i64) -> resolved::Timers {
    let purge = &written.purge;
    resolved::Timers {
        kafka_ms: purge.kafka.0,
        kafka_after: match purge.after {
            PurgeAfter::Committed => resolved::PurgeAfter::Committed,
            PurgeAfter::Released => resolved::PurgeAfter::Released,
        },
        quarantine_ms: purge.quarantine.0,
        held_back_ms: purge.held_back.0,
        landing_grace_ms: purge.landing_grace.0,
        state_ms: late_ms,
    }
}

/// Refuses a timer that would fall due before a record can have been dealt with.
fn delays(document: &mut Document, written: &Written, pipeline: &resolved::Pipeline) {
    let mut terms = vec![
        ("flush.interval", Span(pipeline.flush.interval_ms)),
        ("assemble.idle", Span(pipeline.assemble.idle_ms)),
        ("assemble.max_age", Span(pipeline.assemble.max_age_ms)),
        ("assemble.late", Span(pipeline.assemble.late_ms)),
    ];
    if written.purge.after == PurgeAfter::Released {
        terms.push(("release.interval", written.release.interval));
        let review = written.release.review.as_ref();
        terms.extend(review.map(|review| ("release.review.within", review.within)));
    }
    let sum = Span(
        terms
            .iter()
            .fold(0i64, |sum, (_, span)| sum.saturating_add(span.0)),
    );
    if written.purge.kafka <= sum {
        let terms: Vec<String> = terms
            .iter()
            .map(|(name, span)| format!("{name} {span}"))
            .collect();
        let what = format!(
            "is {}, but a record may need {sum}: {}",
            written.purge.kafka,
            terms.join(" + ")
        );
        let remedy = format!("lengthen it beyond {sum}, or shorten the others");
        document.refuse("/purge/kafka", &what, &remedy);
    }
}
