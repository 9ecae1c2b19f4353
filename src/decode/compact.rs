//! Tool arguments and results as one line of text, JSON in strings unfolded.

use std::fmt::Write as _;

use super::json::{self, Node};

/// How deep JSON in strings in JSON is followed.
const NESTED_STRINGS: usize = 3;
/// How deep arguments are read, whatever the record's limit left.
const DEPTH: usize = 64;

/// JSON as one line of text, with JSON in strings unfolded; `None` where a
/// number is too long to be written as it was.
pub(crate) fn compact(node: &Node<'_>) -> Option<String> {
    let mut out = String::new();
    write(node, &mut out)?;
    Some(out)
}

fn write(node: &Node<'_>, out: &mut String) -> Option<()> {
    match node {
        Node::Null => out.push_str("null"),
        Node::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Node::Int(value) => write!(out, "{value}").ok()?,
        Node::UInt(value) => write!(out, "{value}").ok()?,
        Node::Float(value) => write!(out, "{}", whole_float(*value)?).ok()?,
        Node::Text(text) => write_text(text, out),
        Node::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                comma(i, out);
                write(item, out)?;
            }
            out.push(']');
        }
        Node::Object(fields) => {
            out.push('{');
            for (i, (name, value)) in fields.iter().enumerate() {
                comma(i, out);
                write_text(name, out);
                out.push_str(": ");
                write(value, out)?;
            }
            out.push('}');
        }
    }
    Some(())
}

fn comma(index: usize, out: &mut String) {
    if index > 0 {
        out.push_str(", ");
    }
}

/// A float that did not lose digits: integers past 2^64 arrive as floats and
/// would leave as other digits, which no known value would match.
fn whole_float(value: f64) -> Option<f64> {
    const FIRST_LOST: f64 = 18_446_744_073_709_551_616.0;
    (value.abs() < FIRST_LOST).then_some(value)
}

/// A string in quotes. Control characters become spaces: an escape such as
/// `\n` would glue its letter to the next word.
fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// The text on one line, as [`compact`] writes it.
pub(crate) fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// `node` with JSON objects and arrays in strings read as JSON.
pub(crate) fn unfold<'a>(node: Node<'a>) -> Node<'a> {
    unfold_within(node, NESTED_STRINGS)
}

fn unfold_within<'a>(node: Node<'a>, strings: usize) -> Node<'a> {
    match node {
        Node::Text(text) if strings > 0 => match inner(&text) {
            Some(found) => unfold_within(found, strings - 1),
            None => Node::Text(text),
        },
        Node::Array(items) => Node::Array(
            items
                .into_iter()
                .map(|item| unfold_within(item, strings))
                .collect(),
        ),
        Node::Object(fields) => Node::Object(
            fields
                .into_iter()
                .map(|(name, value)| (name, unfold_within(value, strings)))
                .collect(),
        ),
        other => other,
    }
}

/// The object or array that a string holds.
fn inner(text: &str) -> Option<Node<'static>> {
    let looks = text.trim_start().starts_with(['{', '[']);
    let node = looks.then(|| json::parse(text.as_bytes(), DEPTH).ok())??;
    Some(own(node))
}

/// `node` without borrowing.
fn own(node: Node<'_>) -> Node<'static> {
    match node {
        Node::Null => Node::Null,
        Node::Bool(value) => Node::Bool(value),
        Node::Int(value) => Node::Int(value),
        Node::UInt(value) => Node::UInt(value),
        Node::Float(value) => Node::Float(value),
        Node::Text(text) => Node::Text(text.into_owned().into()),
        Node::Array(items) => Node::Array(items.into_iter().map(own).collect()),
        Node::Object(fields) => Node::Object(
            fields
                .into_iter()
                .map(|(name, value)| (name.into_owned().into(), own(value)))
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Node<'_> {
        unfold(json::parse(text.as_bytes(), 20).expect("JSON"))
    }

    #[test]
    fn compact_text_has_no_escape_that_glues_to_a_word() {
        let node = read(r#"{"note":"Ida\nWren \"x\"","n":[1,2.5,true,null],"s":"{\"a\":1}"}"#);
        assert_eq!(
            compact(&node).as_deref(),
            Some(r#"{"note": "Ida Wren \"x\"", "n": [1, 2.5, true, null], "s": {"a": 1}}"#)
        );
        assert_eq!(compact(&read("[123456789012345678901234]")), None);
    }
}
