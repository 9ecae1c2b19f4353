//! What a configuration means, for people and programs; never a secret.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::config::resolved::{
    Inference, PurgeAfter, Review, Share, SmallCells, Source, Store, Tenant,
};
use crate::config::{Config, Pipeline, human_bytes, human_span};
use crate::deid::Policy;
use crate::domain::Category;

/// The plan as JSON.
pub(super) fn json(config: &Config) -> Value {
    json!({
        "pipeline": pipeline(&config.pipeline),
        "tenants": config.tenants.values().map(|t| tenant(t)).collect::<Vec<_>>(),
    })
}

/// The plan as indented text.
pub(super) fn text(config: &Config) -> String {
    let mut out = String::new();
    let plan = json(config);
    let _ = writeln!(out, "pipeline {}", config.pipeline.name);
    lines(&mut out, &plan["pipeline"], 1);
    for tenant in plan["tenants"].as_array().into_iter().flatten() {
        let _ = writeln!(out, "tenant {}", word(&tenant["tenant"]));
        lines(&mut out, tenant, 1);
    }
    out
}

fn lines(out: &mut String, node: &Value, depth: usize) {
    for (key, value) in node.as_object().into_iter().flatten() {
        if depth == 1 && matches!(key.as_str(), "name" | "tenant") {
            continue;
        }
        let indent = "  ".repeat(depth);
        let key = key.replace('_', " ");
        if value.is_object() {
            let _ = writeln!(out, "{indent}{key}");
            lines(out, value, depth + 1);
        } else if !value.is_null() && value != &json!([]) {
            let width = 22usize.saturating_sub(indent.len());
            let _ = writeln!(out, "{indent}{key:width$} {}", word(value));
        }
    }
}

fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(word).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn pipeline(pipeline: &Pipeline) -> Value {
    let assemble = &pipeline.assemble;
    json!({
        "name": pipeline.name,
        "source": source(&pipeline.source),
        "stores": {
            "state": store(&pipeline.stores.state),
            "landing": store(&pipeline.stores.landing),
            "research": store(&pipeline.stores.research),
        },
        "limits": {
            "record": human_bytes(pipeline.limits.record_bytes),
            "record_turns": pipeline.limits.record_turns,
            "json_depth": pipeline.limits.json_depth,
            "turn": human_bytes(pipeline.limits.turn_bytes),
            "memory": human_bytes(pipeline.limits.memory_bytes),
        },
        "a_conversation_closes": {
            "after_its_end": human_span(assemble.end_grace_ms),
            "idle": human_span(assemble.idle_ms),
            "cut_at_age": human_span(assemble.max_age_ms),
            "cut_at_turns": assemble.max_turns,
            "cut_at_size": human_bytes(assemble.max_bytes),
        },
        "flush": {
            "size": human_bytes(pipeline.flush.bytes),
            "interval": human_span(pipeline.flush.interval_ms),
        },
        "unclaimed_kept": human_span(pipeline.unclaimed.timer_ms),
        "reader": pipeline.stores.reader.keys().collect::<Vec<_>>(),
        "listen": pipeline.observe.listen.map_or_else(|| "none".to_owned(), |a| a.to_string()),
        "log": pipeline.observe.log,
        "drain_deadline": human_span(pipeline.drain_deadline_ms),
    })
}

fn source(source: &Source) -> Value {
    match source {
        Source::Kafka(kafka) => json!({
            "brokers": kafka.brokers,
            "group": kafka.group,
            "protocol": kafka.protocol.name(),
            "librdkafka": kafka.librdkafka.keys().collect::<Vec<_>>(),
        }),
        Source::File { topic, paths } => json!({ "topic": topic, "paths": paths }),
    }
}

fn store(store: &Store) -> Value {
    let options = store.options.keys().map(String::as_str);
    let options: Vec<&str> = options.collect();
    if options.is_empty() {
        return json!(store.url);
    }
    json!(format!("{} ({})", store.url, options.join(", ")))
}

fn tenant(tenant: &Tenant) -> Value {
    let authorization = &tenant.authorization;
    let purposes = authorization.purposes.iter().map(|p| p.name());
    json!({
        "tenant": tenant.id,
        "topics": tenant.topics,
        "mapping": tenant.mapping,
        "authorization": {
            "baa_reference": authorization.baa_reference,
            "purposes": purposes.collect::<Vec<_>>(),
            "lapses": moment(authorization.lapses().0),
            "fields": authorization.fields,
            "inference": authorization.inference.as_ref().map(inference),
            "part2_consent": authorization.part2_consent,
            "permits_evaluation": authorization.permits_evaluation,
        },
        "policy": policy(&tenant.policy, tenant.clock_times_reason.as_deref()),
        "terms": terms(&tenant.policy),
        "cases": tenant.cases.as_ref().map(|cases| cases.count),
        "release": {
            "interval": human_span(tenant.release.interval_ms),
            "min_conversations": tenant.release.min_conversations,
            "min_interval": human_span(tenant.release.min_interval_ms),
            "dating_override": tenant.release.dating_override,
            "small_cells": small_cells(&tenant.release.small_cells),
            "review": tenant.release.review.as_ref().map(review),
            "delta": tenant.release.delta,
        },
        "purge": purge(tenant),
        "limits": limits(&tenant.share),
    })
}

/// What a tenant may take of each worker; null where nothing bounds it.
fn limits(share: &Share) -> Value {
    if *share == Share::default() {
        return Value::Null;
    }
    json!({
        "records_per_second": share.records_per_second,
        "bytes_per_second": share.bytes_per_second.map(human_bytes),
        "open_conversations": share.open_conversations,
        "memory_bytes": share.memory_bytes.map(human_bytes),
    })
}

fn inference(list: &Inference) -> Value {
    json!({
        "reviewed": list.reviewed,
        "required": list.required,
        "models": list.calls.iter().map(|call| &call.model).collect::<Vec<_>>(),
    })
}

fn small_cells(rule: &SmallCells) -> String {
    match (rule.k, rule.action) {
        (0 | 1, _) => String::from("not looked for"),
        (k, action) => format!("below {k}: {}", action.name()),
    }
}

fn review(review: &Review) -> String {
    let (needs, of) = (review.needs, review.reviewers.len());
    let within = human_span(review.within_ms);
    format!(
        "{} conversations, by {needs} of {of} reviewers, within {within}",
        review.sample
    )
}

fn purge(tenant: &Tenant) -> Value {
    let timers = &tenant.timers;
    let once = match timers.kafka_after {
        PurgeAfter::Committed => "once committed",
        PurgeAfter::Released => "once released",
    };
    json!({
        "kafka": format!("{}, {once}", human_span(timers.kafka_ms)),
        "requires_groups": tenant.requires_groups,
        "purge_waits_above": format!(
            "{} or {} times the usual",
            tenant.unusual.at_least, tenant.unusual.times
        ),
        "quarantine": human_span(timers.quarantine_ms),
        "held_back": human_span(timers.held_back_ms),
        "landing_grace": human_span(timers.landing_grace_ms),
    })
}

fn policy(policy: &Policy, reason: Option<&str>) -> Value {
    let mut plan = serde_json::Map::new();
    plan.insert("hash".into(), policy.hash.to_string().into());
    plan.insert("profile".into(), "safe_harbor".into());
    let stays = |category| policy.keep_clock_times && category == Category::Time;
    for category in Category::ALL.into_iter().filter(|c| !stays(*c)) {
        let operator = policy.operator(category).name();
        let names = plan.entry(operator).or_insert_with(|| json!([]));
        if let Value::Array(names) = names {
            names.push(category.name().into());
        }
    }
    if policy.keep_clock_times {
        plan.insert("clock_times_stay".into(), reason.into());
    }
    plan.into()
}

/// How many terms there are, sealed or written; never one of them.
fn terms(policy: &Policy) -> Value {
    match policy.terms.counts() {
        (0, 0) => Value::Null,
        (allowed, denied) => json!({ "allowed": allowed, "denied": denied }),
    }
}

fn moment(ms: i64) -> String {
    jiff::Timestamp::from_millisecond(ms).map_or_else(|_| ms.to_string(), |t| t.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::NO_RISK_BOUND;
    use crate::deid::terms::Terms;

    #[test]
    fn terms_are_counted_and_not_told() {
        let operators = Policy::safe_harbor().operators;
        let mut own = Terms::default();
        assert_eq!(terms(&Policy::safe_harbor()), Value::Null);
        own.allow("Zorblat").expect("a term");
        for name in ["Ottoline Vane", "Vane"] {
            own.deny(name, Category::Person).expect("a term");
        }
        let policy = Policy::new(operators, false, own, NO_RISK_BOUND);
        assert_eq!(terms(&policy), json!({"allowed": 1, "denied": 2}));
    }
}
