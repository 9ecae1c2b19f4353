//! Values that a record itself names as identifiers, by the names of fields.

use std::collections::HashSet;

use super::compact::one_line;
use super::json::{Field, Node};
use super::names::{category_of, letters};
use crate::domain::{Category, KnownValue, Phi, Role};

/// Fields that make a bare `name` beside them a person's.
const BESIDE_A_PERSON: [Category; 5] = [
    Category::Date,
    Category::Phone,
    Category::Email,
    Category::Ssn,
    Category::MedicalRecord,
];

/// What stands where a value is missing.
const PLACEHOLDERS: [&str; 8] = [
    "",
    "null",
    "none",
    "unknown",
    "n/a",
    "na",
    "not provided",
    "undefined",
];

/// Adds a value, unless it says that nothing is known.
pub(crate) fn push(known: &mut Vec<KnownValue>, category: Category, value: String) {
    let value = one_line(value.trim());
    let missing = PLACEHOLDERS.iter().any(|p| p.eq_ignore_ascii_case(&value));
    // A speaker called `Agent` or `Customer` is nobody.
    let role = category == Category::Person && Role::named(&value).is_some();
    if !missing && !role {
        let value = Phi::new(value);
        known.push(KnownValue { category, value });
    }
}

/// Keeps the first of equal values; records may name thousands.
pub(crate) fn once(known: Vec<KnownValue>) -> Vec<KnownValue> {
    let mut seen = HashSet::new();
    let first = |one: &KnownValue| seen.insert((one.category, one.value.clone()));
    known.into_iter().filter(first).collect()
}

/// Adds every value below `node` whose field has an identifier's name.
pub(crate) fn collect(node: &Node<'_>, known: &mut Vec<KnownValue>) {
    below(None, node, known);
}

fn below(parent: Option<&str>, node: &Node<'_>, known: &mut Vec<KnownValue>) {
    match node {
        Node::Object(fields) => {
            let person = bare_name_is_a_person(fields);
            for (name, value) in fields {
                if is_a_value(name) {
                    push(known, Category::OtherId, name.to_string());
                }
                match category_of(parent, name) {
                    None if person && letters(name) == "name" => {
                        named(Category::Person, name, value, known);
                    }
                    None => below(Some(name), value, known),
                    Some(category) => named(category, name, value, known),
                }
            }
        }
        Node::Array(items) => items.iter().for_each(|item| below(parent, item, known)),
        _ => {}
    }
}

/// Whether a field's name is a value itself, as in a map from phone numbers to
/// calls: no name of a field has so many digits.
fn is_a_value(name: &str) -> bool {
    name.bytes().filter(u8::is_ascii_digit).count() >= 5
}

fn bare_name_is_a_person(fields: &[Field<'_>]) -> bool {
    fields.iter().any(|(name, _)| {
        category_of(None, name).is_some_and(|category| BESIDE_A_PERSON.contains(&category))
    })
}

/// Adds what a field of `category` holds; an object says itself what it holds.
pub(crate) fn named(category: Category, name: &str, value: &Node<'_>, known: &mut Vec<KnownValue>) {
    match value {
        Node::Object(_) => below(Some(name), value, known),
        Node::Array(items) => items
            .iter()
            .for_each(|item| named(category, name, item, known)),
        _ => {
            if let Some(text) = identifier(value) {
                push(known, category, text);
            }
        }
    }
}

/// An identifier as text: a string, or a whole number that JSON kept whole.
pub(crate) fn identifier(node: &Node<'_>) -> Option<String> {
    match node {
        Node::Text(text) => Some(text.to_string()),
        Node::Int(number) => Some(number.to_string()),
        Node::UInt(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::compact::unfold;
    use super::super::json;
    use super::*;

    fn read(text: &str) -> Node<'_> {
        unfold(json::parse(text.as_bytes(), 20).expect("JSON"))
    }

    fn check(arguments: &str, expected: &[(Category, &str)]) {
        let mut known = Vec::new();
        collect(&read(arguments), &mut known);
        let known = once(known);
        let seen: Vec<(Category, &str)> = known
            .iter()
            .map(|k| (k.category, k.value.expose().as_str()))
            .collect();
        assert_eq!(seen, expected, "{arguments}");
    }

    #[test]
    fn a_fields_name_may_be_a_value() {
        check(
            r#"{"calls":{"+15550147":{"note":"rash"}},"4KZ 8812":true,"line_1":"x","day_2024":1}"#,
            &[
                (Category::OtherId, "+15550147"),
                (Category::OtherId, "4KZ 8812"),
            ],
        );
    }

    #[test]
    fn fields_with_an_identifiers_name_are_known_values() {
        check(
            r#"{"patient_name":"Ida Wren","DOB":"1961-04-09","reason":"rash","callback_number":5550147}"#,
            &[
                (Category::Person, "Ida Wren"),
                (Category::Date, "1961-04-09"),
                (Category::Phone, "5550147"),
            ],
        );
        check(
            r#"{"patient":{"first":"Ida","last":"Wren","id":88},"members":[{"name":"Jo"}]}"#,
            &[
                (Category::Person, "Ida"),
                (Category::Person, "Wren"),
                (Category::MedicalRecord, "88"),
                (Category::Person, "Jo"),
            ],
        );
        check(
            r#"{"address":{"street":"9 Elm","city":"Troy","state":"NY","zip":"12180"}}"#,
            &[
                (Category::Address, "9 Elm"),
                (Category::City, "Troy"),
                (Category::Zip, "12180"),
            ],
        );
    }

    #[test]
    fn a_bare_name_is_a_persons_only_beside_a_person() {
        check(r#"{"name":"metformin","dose":"500 mg"}"#, &[]);
        check(
            r#"{"name":"Ida","email":"i@example.org"}"#,
            &[
                (Category::Person, "Ida"),
                (Category::Email, "i@example.org"),
            ],
        );
    }

    #[test]
    fn json_in_strings_is_followed_and_missing_values_are_not_known() {
        check(
            r#"{"payload":"{\"inner\":\"{\\\"ssn\\\":\\\"078-05-1120\\\"}\"}"}"#,
            &[(Category::Ssn, "078-05-1120")],
        );
        check(r#"{"display_name":"Customer","caller_name":"agent"}"#, &[]);
        check(r#"{"email":"N/A","phone":" ","mrn":null,"fax":true}"#, &[]);
        check(
            r#"{"mrn":["A1","A1","B2"]}"#,
            &[
                (Category::MedicalRecord, "A1"),
                (Category::MedicalRecord, "B2"),
            ],
        );
    }
}
