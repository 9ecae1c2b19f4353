//! The text of an item, in each of its forms.

use super::compact;
use super::json::Node;
use super::known;
use super::pointer::{self, Pointer};
use super::shape::Counts;
use super::spec::{Form, Text};
use super::{DecodeError, wrong_shape};
use crate::domain::KnownValue;

/// What an item says.
pub(crate) enum Said {
    /// A text that is not blank.
    Text(String),
    /// A text of nothing but white space, or null.
    Empty,
    /// No place holds the field at all.
    Nothing,
}

/// Reads an item's text; JSON adds the values that its fields name.
pub(crate) fn read(
    rule: &Text,
    item: &Node<'_>,
    owner: &str,
    counts: &mut Counts,
    known: &mut Vec<KnownValue>,
) -> Result<Said, DecodeError> {
    let Some((place, node)) = pointer::first(&rule.at, item) else {
        return Ok(absent(&rule.at, item));
    };
    for place in pointer::unused(&rule.at, place, item) {
        counts.add(&format!("{owner}{}", place.as_str()).into());
    }
    let text = match rule.form {
        Form::Plain => plain(node, owner, place)?,
        Form::Parts => parts(node, &rule.of, owner, place, counts)?,
        Form::Words => words(node, &rule.of, owner, place)?,
        Form::Json => json(node, owner, place, known)?,
    };
    if text.trim().is_empty() {
        return Ok(Said::Empty);
    }
    let name = pointer::first(&rule.name, item).and_then(|(_, node)| known::identifier(node));
    Ok(Said::Text(with_name(name, text)))
}

/// Null counts as empty, and a field that is not there as nothing said.
fn absent(places: &[Pointer], item: &Node<'_>) -> Said {
    match places.iter().any(|place| place.is_null(item)) {
        true => Said::Empty,
        false => Said::Nothing,
    }
}

/// A tool's name before its text.
pub(crate) fn with_name(name: Option<String>, text: String) -> String {
    match name {
        Some(name) if text.is_empty() => name,
        Some(name) => format!("{name} {text}"),
        None => text,
    }
}

fn plain(node: &Node<'_>, owner: &str, place: &Pointer) -> Result<String, DecodeError> {
    let text = node.as_text().map(str::to_owned);
    text.ok_or_else(|| wrong_shape(owner, place, "a string"))
}

fn parts(
    node: &Node<'_>,
    of: &[Pointer],
    owner: &str,
    place: &Pointer,
    counts: &mut Counts,
) -> Result<String, DecodeError> {
    let items = match node {
        Node::Text(text) => return Ok(text.to_string()),
        Node::Array(items) => items,
        _ => return Err(wrong_shape(owner, place, "a string or an array of parts")),
    };
    let mut texts = Vec::with_capacity(items.len());
    for item in items {
        let text = match item {
            Node::Text(text) => Some(&**text),
            _ => pointer::first(of, item).and_then(|(_, node)| node.as_text()),
        };
        match text {
            Some(text) => texts.push(text),
            None => counts.add(&format!("{owner}{}/*", place.as_str()).into()),
        }
    }
    Ok(texts.join("\n"))
}

fn words(
    node: &Node<'_>,
    of: &[Pointer],
    owner: &str,
    place: &Pointer,
) -> Result<String, DecodeError> {
    let refuse = || wrong_shape(owner, place, "an array of words");
    let items = node.as_array().ok_or_else(refuse)?;
    let word = |item| {
        pointer::first(of, item)
            .and_then(|(_, node)| node.as_text())
            .ok_or_else(refuse)
    };
    let words: Vec<&str> = items.iter().map(word).collect::<Result<_, _>>()?;
    Ok(words.join(" "))
}

/// JSON, or JSON in a string, as one compact line; a string that is no JSON as
/// it is. Adds the values whose fields have an identifier's name.
pub(crate) fn json(
    node: &Node<'_>,
    owner: &str,
    place: &Pointer,
    known: &mut Vec<KnownValue>,
) -> Result<String, DecodeError> {
    let whole = compact::unfold(node.clone());
    if let Node::Text(text) = &whole {
        return Ok(text.to_string());
    }
    known::collect(&whole, known);
    compact::compact(&whole)
        .ok_or_else(|| wrong_shape(owner, place, "JSON with numbers below 2^64"))
}
