//! The pipeline file: what is written → what it means.

use super::observe::observe;
use super::source::source;
use super::stores::stores;
use super::{Around, bytes, positive, secret};
use crate::config::read::Document;
use crate::config::resolved;
use crate::config::written::{Pipeline as Written, Span};

/// The pipeline that is meant; `None` when anything was refused.
pub(super) fn resolve(
    document: &mut Document,
    written: &Written,
    around: &Around<'_>,
) -> Option<resolved::Pipeline> {
    bounds(document, written);
    closing(document, written);
    positive(document, "/drain_deadline", written.drain_deadline.0);
    let source = source(document, written.source.as_ref(), around);
    let stores = stores(document, written.stores.as_ref(), around);
    let unclaimed = unclaimed(document, written);
    let observe = observe(document, &written.observe, around);
    if !document.is_sound() {
        return None;
    }
    Some(resolved::Pipeline {
        name: written.name.clone()?,
        source: source?,
        stores: stores?,
        limits: limits(written),
        assemble: assemble(written),
        flush: resolved::Flush {
            bytes: written.flush.bytes.0,
            interval_ms: written.flush.interval.0,
        },
        unclaimed: unclaimed?,
        observe: observe?,
        drain_deadline_ms: written.drain_deadline.0,
    })
}

/// The limits where a pipeline's file says nothing of them.
#[must_use]
pub fn default_limits() -> resolved::Limits {
    limits(&Written::default())
}

const fn limits(written: &Written) -> resolved::Limits {
    let limits = &written.limits;
    resolved::Limits {
        record_bytes: limits.record_bytes.0,
        json_depth: limits.json_depth,
        record_turns: limits.record_turns,
        turn_bytes: limits.turn_bytes.0,
        memory_bytes: limits.memory_bytes.0,
    }
}

const fn assemble(written: &Written) -> resolved::Assemble {
    let assemble = &written.assemble;
    resolved::Assemble {
        end_grace_ms: assemble.end_grace.0,
        idle_ms: assemble.idle.0,
        max_turns: assemble.max_turns,
        max_bytes: assemble.max_bytes.0,
        max_age_ms: assemble.max_age.0,
        late_ms: assemble.late.0,
    }
}

fn bounds(document: &mut Document, written: &Written) {
    let limits = &written.limits;
    for (pointer, size) in [
        ("/limits/record_bytes", limits.record_bytes),
        ("/limits/turn_bytes", limits.turn_bytes),
        ("/limits/memory_bytes", limits.memory_bytes),
        ("/flush/bytes", written.flush.bytes),
        ("/assemble/max_bytes", written.assemble.max_bytes),
    ] {
        bytes(document, pointer, size.0);
    }
    for (pointer, smaller, larger, name) in [
        (
            "/limits/turn_bytes",
            limits.turn_bytes,
            limits.record_bytes,
            "limits.record_bytes",
        ),
        (
            "/limits/record_bytes",
            limits.record_bytes,
            limits.memory_bytes,
            "limits.memory_bytes",
        ),
        (
            "/flush/bytes",
            written.flush.bytes,
            limits.memory_bytes,
            "limits.memory_bytes",
        ),
        (
            "/assemble/max_bytes",
            written.assemble.max_bytes,
            limits.memory_bytes,
            "limits.memory_bytes",
        ),
    ] {
        if smaller > larger {
            let what = format!("is {smaller}, more than `{name}` of {larger}");
            document.refuse(pointer, &what, &format!("lower it, or raise `{name}`"));
        }
    }
}

fn closing(document: &mut Document, written: &Written) {
    let assemble = &written.assemble;
    positive(document, "/assemble/idle", assemble.idle.0);
    positive(document, "/assemble/max_age", assemble.max_age.0);
    positive(document, "/flush/interval", written.flush.interval.0);
    at_most(
        document,
        "/assemble/end_grace",
        assemble.end_grace,
        "assemble.idle",
        assemble.idle,
    );
    at_most(
        document,
        "/assemble/idle",
        assemble.idle,
        "assemble.max_age",
        assemble.max_age,
    );
}

fn at_most(document: &mut Document, pointer: &str, span: Span, name: &str, bound: Span) {
    if span > bound && bound > Span(0) {
        let what = format!("is {span}, longer than `{name}` of {bound}");
        document.refuse(pointer, &what, &format!("shorten it, or lengthen `{name}`"));
    }
}

fn unclaimed(document: &mut Document, written: &Written) -> Option<resolved::Unclaimed> {
    let unclaimed = written.unclaimed.as_ref()?;
    positive(document, "/unclaimed/keep", unclaimed.keep.0);
    let key = secret::bytes32(unclaimed.public_key.as_deref()?);
    if key.is_none() {
        document.refuse(
            "/unclaimed/public_key",
            "is not an X25519 public key of 32 bytes in hexadecimal or base64",
            "make a pair with `openssl genpkey -algorithm x25519` and write its public half",
        );
    }
    Some(resolved::Unclaimed {
        public_key: *key?.expose(),
        timer_ms: unclaimed.keep.0,
    })
}
