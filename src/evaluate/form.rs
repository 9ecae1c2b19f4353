//! What is wrong with the form of a line, by the names of its fields: the text
//! is never quoted.

use serde_json::{Map, Value};

use super::corpus::LabelType;

/// The channels that corpora name; without one it is `other`.
const CHANNELS: &[&str] = &["voice", "chat", "note", "other"];
const GOLD: &[&str] = &["full", "partial"];

/// What a field holds.
#[derive(Clone, Copy)]
enum Form {
    Text,
    Whole,
    Year,
    Flag,
    List(Items),
    Word(&'static [&'static str]),
}

/// What a list holds.
#[derive(Clone, Copy)]
enum Items {
    Words(&'static [&'static str]),
    Objects(&'static [Field]),
}

/// Whether a field may be left out or be null.
#[derive(Clone, Copy, PartialEq)]
enum Need {
    Required,
    Optional,
    Nullable,
}

type Field = (&'static str, Need, Form);

const LINE: &[Field] = &[
    ("id", Need::Required, Form::Text),
    ("source", Need::Optional, Form::Text),
    ("tenant", Need::Nullable, Form::Text),
    ("channel", Need::Optional, Form::Word(CHANNELS)),
    ("year", Need::Nullable, Form::Year),
    ("turns", Need::Required, Form::List(Items::Objects(TURN))),
    ("spans", Need::Required, Form::List(Items::Objects(SPAN))),
    ("gold", Need::Required, Form::Word(GOLD)),
    (
        "types",
        Need::Optional,
        Form::List(Items::Words(&LabelType::NAMES)),
    ),
];

const TURN: &[Field] = &[
    ("speaker", Need::Optional, Form::Text),
    ("text", Need::Required, Form::Text),
];

const SPAN: &[Field] = &[
    ("turn", Need::Required, Form::Whole),
    ("start", Need::Required, Form::Whole),
    ("end", Need::Required, Form::Whole),
    ("type", Need::Required, Form::Word(&LabelType::NAMES)),
    ("sub", Need::Nullable, Form::Text),
    ("optional", Need::Optional, Form::Flag),
];

/// The first thing that is wrong with a line; `None` where each field is as it
/// must be. A key beside those that are known is a corpus's own, unless it is
/// one of them in other letters.
pub(super) fn fault(line: &Value) -> Option<String> {
    match line.as_object() {
        Some(object) => of_object(object, LINE, ""),
        None => Some("it is not an object".to_owned()),
    }
}

fn of_object(object: &Map<String, Value>, fields: &[Field], at: &str) -> Option<String> {
    let misspelt = object.keys().find_map(|key| misspelt(key, fields));
    if let Some(name) = misspelt {
        let place = at.trim_end_matches('.');
        let inside = if place.is_empty() { "" } else { " in " };
        return Some(format!(
            "a key{inside}{place} is nearly `{name}`: write `{name}`, or give it another name"
        ));
    }
    fields.iter().find_map(|field| of_field(object, field, at))
}

fn of_field(object: &Map<String, Value>, field: &Field, at: &str) -> Option<String> {
    let (name, need, form) = field;
    let path = format!("{at}{name}");
    match object.get(*name) {
        None if *need == Need::Required => Some(format!("`{path}` is missing")),
        None => None,
        Some(Value::Null) if *need == Need::Nullable => None,
        Some(value) => of_value(value, *form, &path),
    }
}

fn of_value(value: &Value, form: Form, path: &str) -> Option<String> {
    let (fits, what) = match form {
        Form::Text => (value.is_string(), "text".to_owned()),
        Form::Whole => (value.is_u64(), "a whole number".to_owned()),
        Form::Year => (is_year(value), "a year".to_owned()),
        Form::Flag => (value.is_boolean(), "true or false".to_owned()),
        Form::Word(words) => (
            value.as_str().is_some_and(|word| words.contains(&word)),
            format!("one of {}", words.join(", ")),
        ),
        Form::List(items) => match value.as_array() {
            Some(list) => return of_list(list, items, path),
            None => (false, "a list".to_owned()),
        },
    };
    (!fits).then(|| format!("`{path}` is not {what}"))
}

fn of_list(list: &[Value], items: Items, path: &str) -> Option<String> {
    list.iter().enumerate().find_map(|(i, item)| match items {
        Items::Words(words) => of_value(item, Form::Word(words), &format!("{path}[{i}]")),
        Items::Objects(fields) => match item.as_object() {
            Some(object) => of_object(object, fields, &format!("{path}[{i}].")),
            None => Some(format!("`{path}[{i}]` is not an object")),
        },
    })
}

fn is_year(value: &Value) -> bool {
    value
        .as_i64()
        .is_some_and(|year| i16::try_from(year).is_ok())
}

/// The known key that `key` is in other letters. Whatever speaks of a tenant is
/// taken for `tenant`: unread, it would let a tenant's text pass for anybody's.
fn misspelt(key: &str, fields: &[Field]) -> Option<&'static str> {
    let folded: String = key.chars().filter(|c| c.is_alphanumeric()).collect();
    let folded = folded.to_lowercase();
    let names = fields.iter().map(|(name, ..)| *name);
    if names.clone().any(|name| name == key) {
        return None;
    }
    let like_tenant =
        || folded.contains("tenant") || strsim::damerau_levenshtein(&folded, "tenant") == 1;
    names
        .into_iter()
        .find(|name| *name == folded || *name == "tenant" && like_tenant())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_key_in_other_letters_is_told_from_a_corpuss_own() {
        let check = |key: &str, known: Option<&str>| {
            assert_eq!(misspelt(key, LINE), known, "{key}");
        };
        check("tenant", None);
        check("TENANT", Some("tenant"));
        check("tennant", Some("tenant"));
        check("tenants", Some("tenant"));
        check("tenant_name", Some("tenant"));
        check("Types", Some("types"));
        check("type", None);
        check("style", None);
        check("domain", None);
        check("test", None);
    }
}
