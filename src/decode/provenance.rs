//! What a record says of how its conversation came about.
//!
//! Nothing here fails: what cannot be read is taken as a call that names
//! nothing or as no consent, and the gate refuses it where it is asked for.

use super::json::Node;
use super::known;
use super::pointer::{self, Pointer};
use super::record::holds;
use super::spec::{Inference, RecordRule};
use crate::domain::{InferenceCall, Phi, Provenance};

/// Reads it under `rule`. Of more than `most` calls, one that names nothing
/// stands for the rest. `said` tells that the record held turns.
pub(crate) fn read(rule: &RecordRule, root: &Node<'_>, most: usize, said: bool) -> Provenance {
    let inference = calls(&rule.inference, root, most);
    let flags = &rule.behavioral_health;
    Provenance {
        calls_missing: said && inference.is_empty(),
        inference,
        behavioral_health: !flags.is_empty() && holds(flags, root),
        consent: named(&rule.consent, root),
    }
}

fn calls(lists: &[Inference], root: &Node<'_>, most: usize) -> Vec<InferenceCall> {
    let items = lists.iter().flat_map(|list| {
        let found = list.each.find_all(root).into_iter();
        let items = found.flat_map(|node| match node {
            Node::Array(items) => items.as_slice(),
            Node::Null => &[],
            node => std::slice::from_ref(node),
        });
        items.map(move |item| call(list, item))
    });
    let mut calls: Vec<InferenceCall> = items.take(most.saturating_add(1)).collect();
    if calls.len() > most {
        calls[most] = InferenceCall::default();
    }
    calls
}

fn call(list: &Inference, item: &Node<'_>) -> InferenceCall {
    InferenceCall {
        provider: named(&list.provider, item),
        model: named(&list.model, item),
        endpoint: named(&list.endpoint, item),
        project: named(&list.project, item),
        prompt_tokens: tokens(&list.prompt_tokens, item),
        content: named(&list.content, item),
        response: named(&list.response, item),
    }
}

/// A string or a whole number that is there and not blank.
fn named(places: &[Pointer], node: &Node<'_>) -> Option<Phi<String>> {
    let (_, found) = pointer::first(places, node)?;
    let text = known::identifier(found)?;
    (!text.trim().is_empty()).then(|| Phi::new(text))
}

fn tokens(places: &[Pointer], node: &Node<'_>) -> Option<u64> {
    known::identifier(pointer::first(places, node)?.1)?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use crate::decode::samples::LIMITS;
    use crate::decode::{Decoded, Input, Mapping, decode};
    use crate::domain::{InferenceCall, Phi, Provenance};

    fn read(record: &str) -> Provenance {
        let mapping = Mapping::preset("native").expect("built in");
        let input = Input {
            payload: record.as_bytes(),
            key: Some(b"c"),
            offset: 0,
        };
        match decode(input, &mapping, &LIMITS).expect("it reads") {
            Decoded::Taken(fragment) => {
                assert!(!fragment.unmapped.contains_key("other"), "{record}");
                fragment.provenance
            }
            Decoded::Dropped(rule) => panic!("dropped by {rule}"),
        }
    }

    /// Calls as `provider/model/endpoint/project/tokens/content/response`.
    #[track_caller]
    fn check(inference: &str, expected: &[&str]) {
        let told = read(&format!(
            r#"{{"turn":{{"text":"hello"}},"inference":{inference}}}"#
        ));
        let text =
            |one: &Option<Phi<String>>| one.as_ref().map_or("-".into(), |t| t.expose().clone());
        let shown = |call: &InferenceCall| {
            let tokens = call.prompt_tokens.map_or("-".into(), |n| n.to_string());
            [
                text(&call.provider),
                text(&call.model),
                text(&call.endpoint),
                text(&call.project),
                tokens,
                text(&call.content),
                text(&call.response),
            ]
            .join("/")
        };
        let shown: Vec<String> = told.inference.iter().map(shown).collect();
        assert_eq!(shown, expected, "{inference}");
        assert_eq!(told.calls_missing, expected.is_empty());
    }

    #[test]
    fn calls_are_read_as_far_as_they_can_be() {
        check(
            r#"[{"provider":"p","model":"m","endpoint":"e","project":7,"prompt_tokens":12,
                 "content_reference":"c","response_reference":"r","cost":1}]"#,
            &["p/m/e/7/12/c/r"],
        );
        check(r#"{"provider":"p"}"#, &["p/-/-/-/-/-/-"]);
        check(
            r#"[{"model":{},"provider":" ","prompt_tokens":-3}]"#,
            &["-/-/-/-/-/-/-"],
        );
        check(r#"[null,7,"a"]"#, &["-/-/-/-/-/-/-"; 3]);
        check(r#""none of your business""#, &["-/-/-/-/-/-/-"]);
        check("[]", &[]);
        check("null", &[]);
    }

    #[test]
    fn calls_beyond_the_limit_are_one_that_names_nothing() {
        let many = vec![r#"{"model":"m"}"#; LIMITS.record_turns + 5].join(",");
        let told = read(&format!(r#"{{"end":true,"inference":[{many}]}}"#));
        assert_eq!(told.inference.len(), LIMITS.record_turns + 1);
        assert_eq!(told.inference.last(), Some(&InferenceCall::default()));
    }

    #[test]
    fn any_word_but_no_flags_behavioral_health() {
        for (value, flagged) in [
            ("true", true),
            (r#""yes""#, true),
            ("1", true),
            ("false", false),
            ("null", false),
        ] {
            let told = read(&format!(r#"{{"end":true,"behavioral_health":{value}}}"#));
            assert_eq!(told.behavioral_health, flagged, "{value}");
        }
        assert!(!read(r#"{"end":true}"#).behavioral_health);
    }

    #[test]
    fn a_consent_is_a_reference() {
        for (value, expected) in [
            (r#""consent-7""#, Some("consent-7")),
            ("7", Some("7")),
            (r#""  ""#, None),
            ("true", None),
            ("{}", None),
        ] {
            let told = read(&format!(r#"{{"end":true,"consent_reference":{value}}}"#));
            let consent = told.consent.as_ref().map(|c| c.expose().as_str());
            assert_eq!(consent, expected, "{value}");
        }
    }
}
