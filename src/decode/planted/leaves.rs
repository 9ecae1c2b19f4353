//! Every string of a record, JSON in strings included.

use serde_json::Value;

/// A step to a string.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    Field(String),
    Item(usize),
    /// Into the JSON that a string holds.
    Inside,
}

/// The path of every string in `record`.
pub(super) fn leaves(record: &Value) -> Vec<Vec<Step>> {
    let mut found = Vec::new();
    walk(record, &mut Vec::new(), &mut found);
    found
}

fn walk(node: &Value, path: &mut Vec<Step>, found: &mut Vec<Vec<Step>>) {
    let mut below = |step, node: &Value| {
        path.push(step);
        walk(node, path, found);
        path.pop();
    };
    match node {
        Value::Object(fields) => {
            for (name, value) in fields {
                below(Step::Field(name.clone()), value);
            }
        }
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                below(Step::Item(i), item);
            }
        }
        Value::String(text) => match nested(text) {
            Some(inner) => below(Step::Inside, &inner),
            None => found.push(path.clone()),
        },
        _ => {}
    }
}

fn nested(text: &str) -> Option<Value> {
    let looks = text.starts_with(['{', '[']);
    looks.then(|| serde_json::from_str(text).ok())?
}

/// Changes the string at `path`.
pub(super) fn change(node: &mut Value, path: &[Step], to: &str) {
    match path {
        [] => *node = Value::from(to),
        [Step::Field(name), rest @ ..] => change(&mut node[name.as_str()], rest, to),
        [Step::Item(i), rest @ ..] => change(&mut node[*i], rest, to),
        [Step::Inside, rest @ ..] => {
            let mut inner = nested(node.as_str().unwrap_or_default()).unwrap_or_default();
            change(&mut inner, rest, to);
            *node = Value::from(inner.to_string());
        }
    }
}

/// The string at `path`.
pub(super) fn at(node: &Value, path: &[Step]) -> String {
    match path {
        [] => node.as_str().unwrap_or_default().to_owned(),
        [Step::Field(name), rest @ ..] => at(&node[name.as_str()], rest),
        [Step::Item(i), rest @ ..] => at(&node[*i], rest),
        [Step::Inside, rest @ ..] => {
            let inner = nested(node.as_str().unwrap_or_default()).unwrap_or_default();
            at(&inner, rest)
        }
    }
}

/// The names of the last field on `path` and of the one around it.
pub(super) fn names(path: &[Step]) -> (Option<&str>, &str) {
    let mut fields = path.iter().rev().filter_map(|step| match step {
        Step::Field(name) => Some(name.as_str()),
        _ => None,
    });
    let own = fields.next().unwrap_or_default();
    (fields.next(), own)
}
