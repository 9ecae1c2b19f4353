//! The minimum necessary (45 CFR 164.502(b)): what the agreement does not let
//! leave is dropped before a conversation lands.
//!
//! It is dropped after the engine has read it: a value in a tool's call is
//! found again in what was said.

use std::collections::{BTreeMap, BTreeSet};

use crate::deid::{CleanConversation, CleanTurn};
use crate::domain::{Attribute, Channel, Field, TurnKind};

/// How often each path of the tables was left out.
pub(crate) type Withheld = BTreeMap<String, u64>;

/// Leaves in `clean` what is among `fields`, and counts what goes.
pub(crate) fn keep(fields: &BTreeSet<Field>, clean: &mut CleanConversation, out: &mut Withheld) {
    let goes = |field| !fields.contains(&field);
    let mut note = |path: &str, times: usize| {
        if times > 0 {
            *out.entry(path.to_owned()).or_default() += times as u64;
        }
    };
    for (kind, field) in [
        (TurnKind::ToolCall, Field::ToolCalls),
        (TurnKind::ToolResult, Field::ToolResults),
    ] {
        let before = clean.turns.len();
        clean.turns.retain(|turn| turn.kind != kind || !goes(field));
        let name = if kind == TurnKind::ToolCall {
            "tool_call"
        } else {
            "tool_result"
        };
        note(&format!("turns/{name}"), before - clean.turns.len());
    }
    if goes(Field::Year) {
        note("conversations/year", cut(&mut clean.year));
    }
    if goes(Field::Channel) && clean.channel != Channel::Other {
        clean.channel = Channel::Other;
        note("conversations/channel", 1);
    }
    if goes(Field::Duration) {
        note("conversations/duration_s", cut(&mut clean.duration_s));
    }
    if goes(Field::Timings) {
        note("turns/start_ms", of_each(clean, |turn| &mut turn.start_ms));
        note("turns/end_ms", of_each(clean, |turn| &mut turn.end_ms));
    }
    if goes(Field::Confidence) {
        note(
            "turns/confidence",
            of_each(clean, |turn| &mut turn.confidence),
        );
    }
    for (attribute, name, field) in [
        (Attribute::Age, "age", Field::Age),
        (Attribute::Sex, "sex", Field::Sex),
        (Attribute::State, "state", Field::State),
        (Attribute::Zip, "zip", Field::Zip),
        (Attribute::Topic, "topic", Field::Topic),
    ] {
        if goes(field) && clean.attributes.remove(&attribute).is_some() {
            note(&format!("conversations/attributes/{name}"), 1);
        }
    }
}

fn cut<T>(value: &mut Option<T>) -> usize {
    usize::from(value.take().is_some())
}

fn of_each<T>(
    clean: &mut CleanConversation,
    of: impl Fn(&mut CleanTurn) -> &mut Option<T>,
) -> usize {
    clean.turns.iter_mut().map(|turn| cut(of(turn))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::tests::{ENGINE, conversation};
    use crate::deid::{Policy, deidentify};
    use crate::domain::{Entropy, Phi};

    /// A conversation that holds everything there is.
    fn whole() -> CleanConversation {
        let mut raw = conversation(&["my knee hurts", r#"{"knee":"left"}"#, r#"{"found":2}"#]);
        raw.turns[1].kind = TurnKind::ToolCall;
        raw.turns[2].kind = TurnKind::ToolResult;
        for (i, turn) in raw.turns.iter_mut().enumerate() {
            turn.start_ms = Some(2000 * i as i64);
            turn.end_ms = Some(2000 * i as i64 + 1500);
            turn.confidence = Some(0.5);
        }
        for (attribute, value) in [
            (Attribute::Age, "44"),
            (Attribute::Sex, "f"),
            (Attribute::State, "OH"),
            (Attribute::Zip, "44113"),
        ] {
            raw.attributes.insert(attribute, Phi::new(value.to_owned()));
        }
        let policy = Policy::safe_harbor();
        deidentify(&ENGINE, &policy, &raw, &mut Entropy::from_u64(1)).clean
    }

    const ALL: [Field; 12] = [
        Field::Year,
        Field::Channel,
        Field::Duration,
        Field::Timings,
        Field::Confidence,
        Field::ToolCalls,
        Field::ToolResults,
        Field::Age,
        Field::Sex,
        Field::State,
        Field::Zip,
        Field::Topic,
    ];

    /// What goes when all but `without` may leave.
    #[track_caller]
    fn check(without: &[Field], expected: &[(&str, u64)]) {
        let fields = ALL.into_iter().filter(|field| !without.contains(field));
        let (mut clean, mut out) = (whole(), Withheld::new());
        keep(&fields.collect(), &mut clean, &mut out);
        let told: Vec<(&str, u64)> = out.iter().map(|(path, n)| (path.as_str(), *n)).collect();
        assert_eq!(told, expected, "without {without:?}");
        assert_eq!(expected.is_empty(), clean == whole());
    }

    #[test]
    fn what_is_not_allowed_goes_and_is_counted_by_path() {
        check(&[], &[]);
        check(&[Field::Topic], &[]);
        check(&[Field::Year], &[("conversations/year", 1)]);
        check(&[Field::Channel], &[("conversations/channel", 1)]);
        check(&[Field::Duration], &[("conversations/duration_s", 1)]);
        check(
            &[Field::Timings],
            &[("turns/end_ms", 3), ("turns/start_ms", 3)],
        );
        check(
            &[Field::Confidence, Field::ToolCalls],
            &[("turns/confidence", 2), ("turns/tool_call", 1)],
        );
        check(&[Field::ToolResults], &[("turns/tool_result", 1)]);
        check(
            &[Field::Age, Field::Sex, Field::State, Field::Zip],
            &[
                ("conversations/attributes/age", 1),
                ("conversations/attributes/sex", 1),
                ("conversations/attributes/state", 1),
                ("conversations/attributes/zip", 1),
            ],
        );
    }

    #[test]
    fn nothing_allowed_leaves_what_was_said() {
        let mut clean = whole();
        keep(&BTreeSet::new(), &mut clean, &mut Withheld::new());
        assert_eq!(
            (clean.turns.len(), clean.year, clean.duration_s),
            (1, None, None)
        );
        assert!(clean.attributes.is_empty() && clean.turns[0].start_ms.is_none());
        assert_eq!(clean.turns[0].text, whole().turns[0].text);
    }
}
