//! Generated conversations in the format of labelled corpora.

use serde_json::{Value, json};

use crate::domain::Category;

use super::{Generated, GeneratedSpan, Kept, Label, YEAR};

/// The types that are labelled everywhere in a generated conversation.
const TYPES: [&str; 13] = [
    "NAME", "DATE", "PHONE", "EMAIL", "ADDRESS", "CITY", "ZIP", "ID", "AGE", "USERNAME", "URL",
    "ORG", "OTHER",
];

/// `conversation` as one line of a labelled corpus: offsets in characters,
/// `sub` names category and form (`ssn/spoken`), or what must stay
/// (`keep/drug`); what may stay or go is `optional`.
#[must_use]
pub fn to_json(conversation: &Generated) -> Value {
    let turns = conversation.turns.iter();
    let turns = turns.map(|turn| json!({"speaker": turn.speaker, "text": turn.text}));
    let spans = conversation
        .spans
        .iter()
        .map(|span| span_json(conversation, span));
    json!({
        "id": conversation.id,
        "source": "generated",
        "channel": conversation.channel,
        "year": YEAR,
        "turns": turns.collect::<Vec<_>>(),
        "spans": spans.collect::<Vec<_>>(),
        "gold": "full",
        "types": TYPES,
    })
}

fn span_json(conversation: &Generated, span: &GeneratedSpan) -> Value {
    let text = &conversation.turns[span.turn].text;
    let start = text[..span.start].chars().count();
    let end = start + text[span.start..span.end].chars().count();
    let form = span.form.name();
    let (kind, sub, optional) = match span.label {
        Label::Required(category) => (type_of(category), format!("{category}/{form}"), false),
        Label::Either(category) => (type_of(category), format!("either/{category}"), true),
        Label::MustStay(kept) => (type_of_kept(kept), format!("keep/{}", kept.name()), true),
    };
    let mut line = json!({"turn": span.turn, "start": start, "end": end, "type": kind, "sub": sub});
    if optional {
        line["optional"] = json!(true);
    }
    line
}

const fn type_of(category: Category) -> &'static str {
    match category {
        Category::Person => "NAME",
        Category::Organization | Category::Facility => "ORG",
        Category::Address | Category::Geocode => "ADDRESS",
        Category::City => "CITY",
        Category::Zip => "ZIP",
        Category::Date => "DATE",
        Category::Time => "OTHER",
        Category::Age => "AGE",
        Category::Phone | Category::Fax => "PHONE",
        Category::Email => "EMAIL",
        Category::Url | Category::Ip => "URL",
        Category::Username => "USERNAME",
        Category::Ssn
        | Category::MedicalRecord
        | Category::HealthPlan
        | Category::Account
        | Category::License
        | Category::Vehicle
        | Category::Device
        | Category::OtherId
        | Category::Secret
        | Category::Biometric
        | Category::Photo => "ID",
    }
}

const fn type_of_kept(kept: Kept) -> &'static str {
    match kept {
        Kept::Age => "AGE",
        Kept::Year => "DATE",
        Kept::State => "CITY",
        _ => "OTHER",
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Form, GeneratedTurn};
    use super::*;

    #[test]
    fn offsets_are_characters() {
        let span = |start, end, label| GeneratedSpan {
            turn: 0,
            start,
            end,
            label,
            form: Form::Written,
            value: 0,
        };
        let conversation = Generated {
            id: "gen-1-1".into(),
            channel: "chat",
            turns: vec![GeneratedTurn {
                speaker: "agent",
                text: "“Zoë” took aspirin".into(),
            }],
            spans: vec![
                span(3, 7, Label::Required(Category::Person)),
                span(16, 23, Label::MustStay(Kept::Drug)),
            ],
        };
        let json = to_json(&conversation);
        assert_eq!(
            json["spans"][0],
            json!({"turn": 0, "start": 1, "end": 4, "type": "NAME", "sub": "person/written"})
        );
        assert_eq!(json["spans"][1]["sub"], "keep/drug");
        assert_eq!(json["spans"][1]["optional"], true);
        assert_eq!(
            [&json["spans"][1]["start"], &json["spans"][1]["end"]],
            [11, 18]
        );
    }
}
