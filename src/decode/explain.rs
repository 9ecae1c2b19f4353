//! What becomes of a record and why, for a person who writes a mapping.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::compile::{Record, Turns};
use super::json::Node;
use super::mapping::Mapping;
use super::pointer;
use super::record::{self, decode};
use super::spec::{Beside, Place};
use super::{DecodeError, Decoded, Input, frame};
use crate::config::resolved::Limits;

/// A record, what became of it and by which rule.
#[derive(Debug)]
pub struct Explained {
    /// As [`decode`] tells it.
    pub outcome: Result<Decoded, DecodeError>,
    /// The rule that read it, where one fits.
    pub rule: Option<Arc<str>>,
    /// Where the conversation's id was found: a pointer, `$key` or `$record`.
    pub named_by: Option<String>,
    /// Fields that no rule knows, by path, `*` for every item of an array and
    /// for a name that looks like a value.
    pub unknown: BTreeMap<String, u32>,
}

/// Decodes a record and tells how.
#[must_use]
pub fn explain(input: Input<'_>, mapping: &Mapping, limits: &Limits) -> Explained {
    let mut explained = Explained {
        outcome: decode(input, mapping, limits),
        rule: None,
        named_by: None,
        unknown: BTreeMap::new(),
    };
    let within = input.payload.len() <= limits.record_bytes;
    let parsed = within.then(|| record::parse(input.payload, limits.json_depth));
    if let Some(Ok(whole)) = parsed
        && let Ok((rule, root)) = record::rule_of(mapping, &whole)
    {
        explained.rule = Some(Arc::clone(&rule.name));
        if let Ok(Decoded::Taken(_)) = explained.outcome {
            explained.named_by = named_by(rule, input, root);
            explained.unknown = unknown(mapping, rule, &whole, root);
        }
    }
    explained
}

fn named_by(rule: &Record, input: Input<'_>, root: &Node<'_>) -> Option<String> {
    let holds = |place: &&Place| match place {
        Place::Beside(Beside::Key) => input.key.and_then(frame::key).is_some(),
        Place::Beside(Beside::Record) => true,
        Place::Field(pointer) => {
            let found = pointer.find(root);
            found.is_some_and(|node| node.as_text() != Some(""))
        }
    };
    let place = rule.rule.conversation.iter().find(holds)?;
    Some(match place {
        Place::Beside(Beside::Key) => "$key".to_owned(),
        Place::Beside(Beside::Record) => "$record".to_owned(),
        Place::Field(pointer) => pointer.as_str().to_owned(),
    })
}

fn unknown(
    mapping: &Mapping,
    rule: &Record,
    whole: &Node<'_>,
    root: &Node<'_>,
) -> BTreeMap<String, u32> {
    let mut found = BTreeMap::new();
    if !std::ptr::eq(root, whole) {
        mapping.envelope.unknown(whole, "", &mut found);
    }
    if let Node::Object(_) = root {
        rule.shape.unknown(root, "", &mut found);
    }
    for source in &rule.turns {
        items(source, root, &mut found);
    }
    found
}

fn items(source: &Turns, root: &Node<'_>, found: &mut BTreeMap<String, u32>) {
    let Some((_, node)) = pointer::first(&source.at, root) else {
        return;
    };
    let items = node.as_array().unwrap_or(std::slice::from_ref(node));
    for node in items {
        let Some(item) = source.rule_of(node).filter(|i| i.dropped_as.is_none()) else {
            continue;
        };
        if !source.is_record {
            item.shape.unknown(node, &source.name, found);
        }
        let Some(calls) = &item.rule.calls else {
            continue;
        };
        if let Some((_, node)) = pointer::first(&calls.at, node) {
            let place = format!("{}/calls", source.name);
            for call in node.as_array().unwrap_or(std::slice::from_ref(node)) {
                item.call.unknown(call, &place, found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::samples::LIMITS;

    fn check(preset: &str, record: &str, named_by: Option<&str>, unknown: &[(&str, u32)]) {
        let mapping = Mapping::preset(preset).expect("a preset");
        let input = Input {
            payload: record.as_bytes(),
            key: Some(b"k"),
            offset: 0,
        };
        let explained = explain(input, &mapping, &LIMITS);
        assert_eq!(explained.named_by.as_deref(), named_by, "{record}");
        let seen: Vec<(&str, u32)> = explained
            .unknown
            .iter()
            .map(|(path, count)| (path.as_str(), *count))
            .collect();
        assert_eq!(seen, unknown, "{record}");
        if let Ok(Decoded::Taken(fragment)) = explained.outcome {
            let counted = fragment.unmapped.get("other").copied().unwrap_or(0);
            assert_eq!(counted, unknown.iter().map(|(_, n)| n).sum::<u32>());
        }
    }

    #[test]
    fn fields_that_no_rule_knows_are_told_by_path() {
        check(
            "retell",
            r#"{"event":"call_ended","trace":1,"call":{"call_id":"c","new":{"a":1},
               "transcript_object":[{"role":"user","content":"x","mood":"y"},{"role":"user","content":"z","mood":"y"}]}}"#,
            Some("/call_id"),
            &[("/new", 1), ("/trace", 1), ("item/mood", 2)],
        );
        check(
            "openai",
            r#"[{"role":"assistant","content":null,"tool_calls":[{"id":"1","weight":3,"function":{"name":"f","arguments":"{}"}}]}]"#,
            Some("$key"),
            &[("message/calls/weight", 1)],
        );
        check(
            "native",
            r#"{"turn":{"text":"x"},"calls by number":{},"+14155550123":1,"a/b":2}"#,
            Some("$key"),
            &[("/*", 3)],
        );
        check("vapi", r#"{"type":"status-update"}"#, None, &[]);
    }
}
