//! The list of models that a tenant reviewed.

use super::authorization::{DAY_MS, end_of_day, lapse};
use crate::config::problem::child;
use crate::config::read::Document;
use crate::config::resolved;
use crate::config::written::{Inference as Written, ReviewedCall};
use crate::domain::EpochMs;

/// For how many days after it a review holds.
const REVIEW_DAYS: i64 = 90;

/// The list that is meant; refused when a provider may keep what it is sent.
pub(super) fn inference(
    document: &mut Document,
    written: &Written,
    now: EpochMs,
) -> Option<resolved::Inference> {
    let review_lapses = review(document, written, now);
    let calls = written.calls.iter().flatten().enumerate();
    let calls: Vec<Option<resolved::ReviewedCall>> = calls
        .map(|(i, call)| {
            let pointer = child("/authorization/inference/calls", &i.to_string());
            reviewed(document, &pointer, call.as_ref()?)
        })
        .collect();
    twice(document, &calls);
    Some(resolved::Inference {
        reviewed: written.reviewed.clone()?,
        review_lapses: review_lapses?,
        required: written.required,
        calls: calls.into_iter().collect::<Option<_>>()?,
    })
}

fn review(document: &mut Document, written: &Written, now: EpochMs) -> Option<EpochMs> {
    let pointer = "/authorization/inference/reviewed";
    let Some(end) = end_of_day(written.reviewed.as_deref()?) else {
        let remedy = "write one such as `2026-11-01`";
        document.refuse(pointer, "is not a day of the calendar", remedy);
        return None;
    };
    // The day may have begun elsewhere before it does in UTC.
    if end.since(now) > 2 * DAY_MS {
        let remedy = "write the day on which the list was reviewed";
        document.refuse(pointer, "is a day to come", remedy);
        return None;
    }
    let lapses = end.plus(REVIEW_DAYS * DAY_MS);
    let remedy = "review the list, then write the day: a review holds for 90 days";
    lapse(document, pointer, (lapses, now), "the review", remedy);
    Some(lapses)
}

fn reviewed(
    document: &mut Document,
    pointer: &str,
    written: &ReviewedCall,
) -> Option<resolved::ReviewedCall> {
    if !written.zero_data_retention {
        document.refuse(
            &child(pointer, "zero_data_retention"),
            "does not say that the provider keeps nothing of a call",
            "write `true` once that is agreed, or leave the call out",
        );
    }
    Some(resolved::ReviewedCall {
        provider: written.provider.clone()?,
        model: written.model.clone()?,
        endpoint: written.endpoint.clone()?,
        project: written.project.clone()?,
        baa_reference: written.baa_reference.clone()?,
    })
}

/// Refuses a call that an earlier entry names too: the ledger would not know
/// which agreement it came under.
fn twice(document: &mut Document, calls: &[Option<resolved::ReviewedCall>]) {
    let named = |call: &resolved::ReviewedCall| {
        let own = [&call.provider, &call.model, &call.endpoint, &call.project];
        own.map(String::clone)
    };
    let names: Vec<_> = calls.iter().map(|call| call.as_ref().map(named)).collect();
    for (i, name) in names.iter().enumerate() {
        if name.is_some() && names[..i].contains(name) {
            let pointer = child("/authorization/inference/calls", &i.to_string());
            document.refuse(&pointer, "is listed twice", "keep one of the two");
        }
    }
}
