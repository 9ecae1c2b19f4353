//! What the batch's evidence says of inference calls and of consent.

use std::collections::BTreeSet;

use super::{Context, subject};
use crate::config::resolved::ReviewedCall;
use crate::domain::{InferenceCall, Phi};
use crate::gate::listed;
use crate::ledger::{InferenceUse, Note, UsedCall, UsedModel};
use crate::seal::KeyedDigest;
use crate::worker::Flush;

use super::sort::Sorted;

/// Each call that the records of the closed conversations list; `None` where
/// there is none, or the tenant has no list.
pub(super) fn used(flush: &Flush, context: &Context<'_>) -> Option<InferenceUse> {
    let list = context.tenant.authorization.inference.as_ref()?;
    let mut calls = Vec::new();
    for conversation in flush.closed.iter().map(|closed| &closed.conversation) {
        let subject = subject(context.ledger_key, &conversation.conversation);
        let said = conversation.provenance.inference.iter();
        calls.extend(said.map(|call| {
            let entry = listed(list, call).ok();
            used_call(call, subject, entry, context)
        }));
    }
    let entries: BTreeSet<usize> = calls.iter().filter_map(|call| call.entry).collect();
    let models = entries.into_iter();
    (!calls.is_empty()).then(|| InferenceUse {
        reviewed: list.reviewed.clone(),
        models: models.map(|i| model(i, &list.calls[i])).collect(),
        calls,
    })
}

fn used_call(
    call: &InferenceCall,
    subject: KeyedDigest,
    entry: Option<usize>,
    context: &Context<'_>,
) -> UsedCall {
    let digest = |reference: &Option<Phi<String>>| {
        let reference = reference.as_ref()?.expose().as_bytes();
        Some(context.ledger_key.digest("inference", reference))
    };
    UsedCall {
        subject,
        entry,
        prompt_tokens: call.prompt_tokens,
        content: digest(&call.content),
        response: digest(&call.response),
    }
}

fn model(entry: usize, call: &ReviewedCall) -> UsedModel {
    UsedModel {
        entry,
        provider: call.provider.clone(),
        model: call.model.clone(),
        endpoint: call.endpoint.clone(),
        project: call.project.clone(),
        baa_reference: call.baa_reference.clone(),
        zero_data_retention: true,
    }
}

/// The consent under which each conversation of behavioural health landed.
pub(super) fn consents<'a>(
    sorted: &'a Sorted<'_>,
    context: &'a Context<'_>,
) -> impl Iterator<Item = Note> + 'a {
    let tenants = context.tenant.authorization.part2_consent.as_ref();
    sorted.landed.iter().filter_map(move |whole| {
        let said = &whole.conversation.provenance;
        let own = said.consent.as_ref().map(Phi::expose);
        let consent = own.or(tenants).filter(|_| said.behavioral_health)?;
        let digest = context.ledger_key.digest("consent", consent.as_bytes());
        Some(Note::Consented {
            subject: whole.subject.to_string(),
            consent: digest.to_string(),
        })
    })
}
