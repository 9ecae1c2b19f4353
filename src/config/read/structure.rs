//! JSON against its schema: every error at once, in words, without values.

use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::{ValidationError, Validator};
use serde_json::Value;

use super::Document;
use crate::config::problem::{child, printable, steps};

/// A compiled schema.
#[derive(Debug)]
pub(crate) struct Shape {
    schema: Value,
    validator: Validator,
}

impl Shape {
    /// Compiles a schema that was generated from this program's types.
    pub(crate) fn new(schema: Value) -> Self {
        let validator =
            jsonschema::validator_for(&schema).expect("a generated schema is a valid schema");
        Self { schema, validator }
    }

    /// Refuses everything in `document` that breaks the schema.
    pub(super) fn check(&self, document: &mut Document) {
        let json = document.json().clone();
        for error in self.validator.iter_errors(&json) {
            self.report(&error, document);
        }
    }

    fn report(&self, error: &ValidationError<'_>, document: &mut Document) {
        let pointer = error.instance_path().as_str();
        match error.kind() {
            Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
                match meant(context, pointer) {
                    Some(errors) => errors.iter().for_each(|e| self.report(e, document)),
                    None => self.wrong_form(pointer, document),
                }
            }
            Kind::AdditionalProperties { unexpected } => {
                for key in unexpected {
                    self.unknown_key(pointer, key, document);
                }
            }
            Kind::Required { property } => {
                let pointer = child(pointer, property.as_str().unwrap_or_default());
                let remedy = format!("add it: {}", self.meaning(&pointer));
                document.refuse(&pointer, "is missing", &remedy);
            }
            Kind::MinItems { .. } | Kind::MinLength { .. } | Kind::MinProperties { .. } => {
                let remedy = format!("fill it in: {}", self.meaning(pointer));
                document.refuse(pointer, "is empty", &remedy);
            }
            Kind::Minimum { limit } => {
                document.refuse(pointer, "is too small", &format!("write at least {limit}"));
            }
            Kind::Maximum { limit } => {
                document.refuse(pointer, "is too large", &format!("write at most {limit}"));
            }
            Kind::UniqueItems => {
                document.refuse(pointer, "names something twice", "keep one of the two");
            }
            _ => self.wrong_form(pointer, document),
        }
    }

    fn wrong_form(&self, pointer: &str, document: &mut Document) {
        let remedy = format!("write {}", self.expected(pointer));
        let empty = document.json().pointer(pointer).is_some_and(Value::is_null);
        let what = if empty {
            "is empty"
        } else {
            "has the wrong form"
        };
        document.refuse(pointer, what, &remedy);
    }

    fn unknown_key(&self, pointer: &str, key: &str, document: &mut Document) {
        let known = self.keys(pointer);
        let remedy = match nearest(key, &known) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("remove it; known here: {}", known.join(", ")),
        };
        let what = format!("unknown key `{}`", printable(key));
        document.refuse_key(&child(pointer, key), &what, &remedy);
    }

    /// What belongs at `pointer`, in words.
    fn expected(&self, pointer: &str) -> String {
        self.at(pointer)
            .map_or_else(|| "a value".into(), |node| self.form(node))
    }

    /// What the setting at `pointer` means: the first sentence of its reference.
    fn meaning(&self, pointer: &str) -> String {
        let described = self
            .at(pointer)
            .and_then(|node| node["description"].as_str());
        match described {
            Some(text) => {
                let sentence = text.split(". ").next().unwrap_or(text).replace('\n', " ");
                sentence.trim_end_matches('.').to_owned()
            }
            None => self.expected(pointer),
        }
    }

    fn form(&self, node: &Value) -> String {
        let node = self.followed(node);
        if let Some(title) = node["title"].as_str() {
            return title.to_owned();
        }
        let words = closed_words(node);
        if !words.is_empty() {
            return format!("one of {}", words.join(", "));
        }
        let alternatives = alternatives(node);
        if !alternatives.is_empty() {
            let forms: Vec<String> = alternatives.iter().map(|n| self.form(n)).collect();
            return forms.join(", or ");
        }
        match node["type"].as_str() {
            Some("string") => "text",
            Some("integer") => "a whole number",
            Some("boolean") => "`true` or `false`",
            Some("array") => "a list",
            Some("object") => "a mapping",
            _ => "a value",
        }
        .to_owned()
    }

    /// The keys that the mapping at `pointer` may have.
    fn keys(&self, pointer: &str) -> Vec<String> {
        let node = self.at(pointer);
        let properties = node.and_then(|node| self.branch_with_properties(node));
        properties
            .and_then(|node| node["properties"].as_object())
            .map(|map| map.keys().cloned().collect())
            .unwrap_or_default()
    }

    /// The part of the schema that speaks about `pointer`.
    fn at(&self, pointer: &str) -> Option<&Value> {
        let mut node = &self.schema;
        for step in steps(pointer) {
            node = self.below(node, &step)?;
        }
        Some(node)
    }

    fn below<'a>(&'a self, node: &'a Value, step: &str) -> Option<&'a Value> {
        if let Some(items) = self.followed(node).get("items") {
            return Some(items);
        }
        let node = self.branch_with_properties(node)?;
        node.get("properties")
            .and_then(|properties| properties.get(step))
            .or_else(|| node.get("additionalProperties"))
    }

    fn branch_with_properties<'a>(&'a self, node: &'a Value) -> Option<&'a Value> {
        let node = self.followed(node);
        if node["type"] == "object" {
            return Some(node);
        }
        alternatives(node)
            .iter()
            .find_map(|branch| self.branch_with_properties(branch))
    }

    fn followed<'a>(&'a self, node: &'a Value) -> &'a Value {
        node["$ref"]
            .as_str()
            .and_then(|reference| self.schema.pointer(reference.strip_prefix('#')?))
            .unwrap_or(node)
    }
}

/// Of the alternatives' errors, those of the one that was meant: the one whose
/// errors are not about the type of the whole value.
fn meant<'e>(
    context: &'e [Vec<ValidationError<'static>>],
    pointer: &str,
) -> Option<&'e [ValidationError<'static>]> {
    let about_type = |e: &ValidationError<'_>| {
        e.instance_path().as_str() == pointer
            && matches!(
                e.kind(),
                Kind::Type { .. }
                    | Kind::Enum { .. }
                    | Kind::Constant { .. }
                    | Kind::Pattern { .. }
                    | Kind::OneOfNotValid { .. }
            )
    };
    let mut candidates = context
        .iter()
        .filter(|errors| !errors.iter().any(about_type));
    match (candidates.next(), candidates.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

fn alternatives(node: &Value) -> &[Value] {
    ["anyOf", "oneOf"]
        .iter()
        .find_map(|key| node[*key].as_array())
        .map_or(&[], Vec::as_slice)
}

/// The words of a closed list, written as `enum` or as documented constants,
/// without those that stand in it to be refused.
fn closed_words(node: &Value) -> Vec<String> {
    if node["description"]
        .as_str()
        .is_some_and(|text| text.starts_with("Refused"))
    {
        return Vec::new();
    }
    let word = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut words: Vec<String> = node["enum"]
        .as_array()
        .map(|all| all.iter().map(word).collect())
        .unwrap_or_default();
    words.extend(node.get("const").map(word));
    for branch in alternatives(node) {
        words.extend(closed_words(branch));
    }
    words
}

fn nearest<'n>(key: &str, known: &'n [String]) -> Option<&'n String> {
    let key: String = key.chars().take(64).collect();
    let key = key.to_ascii_lowercase();
    let begins = |name: &&String| key.len() > 2 && name.starts_with(&key);
    if let Some(name) = known.iter().find(begins) {
        return Some(name);
    }
    known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(&key, name), name))
        .filter(|(distance, name)| *distance <= (name.len() / 3).max(1))
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_key_is_suggested_or_none() {
        let known = ["topics".to_owned(), "mapping".to_owned()];
        assert_eq!(nearest("topic", &known), Some(&known[0]));
        assert_eq!(nearest("maping", &known), Some(&known[1]));
        assert_eq!(nearest("TOPICS", &known), Some(&known[0]));
        assert_eq!(nearest("map", &known), Some(&known[1]));
        assert_eq!(nearest("zebra", &known), None);
    }
}
