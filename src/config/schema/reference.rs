//! The configuration reference: a schema as Markdown.

use std::fmt::Write as _;

use serde_json::Value;

use super::{pipeline_schema, tenant_schema};

/// Every setting of both files, with its form, its default and its meaning.
#[must_use]
pub fn reference() -> String {
    let mut out = String::from(
        "# Configuration reference\n\n\
         Generated from the types in `src/config/written/`; do not edit.\n\n\
         A scalar may hold `${NAME}` or `${NAME:-default}`, filled in from the environment; \
         `$${` stands for the characters themselves. Unknown keys are refused.\n",
    );
    section(&mut out, "Pipeline file", &pipeline_schema());
    section(&mut out, "Tenant file", &tenant_schema());
    out
}

fn section(out: &mut String, title: &str, schema: &Value) {
    let _ = write!(out, "\n## {title}\n\n{}\n", text(schema));
    out.push_str("\n| setting | form | default | meaning |\n|---|---|---|---|\n");
    rows(out, schema, schema, "");
    closed_lists(out, schema);
}

fn rows(out: &mut String, root: &Value, node: &Value, prefix: &str) {
    for (key, property) in node["properties"].as_object().into_iter().flatten() {
        let name = format!("{prefix}{key}");
        let required = node["required"]
            .as_array()
            .is_some_and(|all| all.iter().any(|k| k == key));
        let _ = writeln!(
            out,
            "| `{name}` | {} | {} | {} |",
            form(root, property),
            default(property, required),
            text(property)
        );
        if let Some(inner) = mapping(root, property)
            && inner["properties"]["person"].is_null()
        {
            rows(out, root, inner, &format!("{name}."));
        }
    }
}

fn text(node: &Value) -> String {
    node["description"]
        .as_str()
        .unwrap_or_default()
        .replace('\n', " ")
        .replace('|', "\\|")
}

fn default(property: &Value, required: bool) -> String {
    match &property["default"] {
        _ if required => "required".into(),
        Value::Null => String::new(),
        Value::String(text) => format!("`{text}`"),
        other => format!("`{other}`"),
    }
}

fn form(root: &Value, node: &Value) -> String {
    let (name, node) = resolved(root, node);
    if let Some(title) = node["title"].as_str() {
        return title.to_owned();
    }
    if let Some(name) = name
        && is_closed_list(node)
    {
        return format!("[{name}](#{})", anchor(root, name));
    }
    for branch in node["anyOf"].as_array().into_iter().flatten() {
        if resolved(root, branch).1["type"] == "object" {
            return "a name or a mapping".into();
        }
    }
    match node["type"].as_str() {
        Some("string") => "text".into(),
        Some("integer") => "whole number".into(),
        Some("boolean") => "`true` or `false`".into(),
        Some("array") => format!("list of {}", form(root, &node["items"])),
        _ => match node.get("additionalProperties") {
            Some(Value::Object(_)) => "mapping of names to values".into(),
            _ => "mapping".into(),
        },
    }
}

fn resolved<'a>(root: &'a Value, node: &'a Value) -> (Option<&'a str>, &'a Value) {
    let name = node["$ref"]
        .as_str()
        .and_then(|reference| reference.strip_prefix("#/$defs/"));
    (name, name.map_or(node, |name| &root["$defs"][name]))
}

fn mapping<'a>(root: &'a Value, node: &'a Value) -> Option<&'a Value> {
    let (_, node) = resolved(root, node);
    if node["properties"].is_object() {
        return Some(node);
    }
    if node["title"].is_string() {
        return None;
    }
    let branches = node["anyOf"].as_array()?;
    branches.iter().find_map(|branch| mapping(root, branch))
}

fn is_closed_list(node: &Value) -> bool {
    node["oneOf"].is_array() || node["enum"].is_array()
}

fn anchor(root: &Value, name: &str) -> String {
    let part = if root["title"] == "a tenant" {
        "tenant"
    } else {
        "pipeline"
    };
    format!("{part}-{}", name.to_lowercase())
}

fn closed_lists(out: &mut String, root: &Value) {
    for (name, node) in root["$defs"].as_object().into_iter().flatten() {
        let Some(branches) = node["oneOf"].as_array() else {
            continue;
        };
        let anchor = anchor(root, name);
        let _ = write!(
            out,
            "\n### <a id=\"{anchor}\"></a>{name}\n\n{}\n\n",
            text(node)
        );
        for branch in branches {
            let word = branch["const"].as_str().unwrap_or_default();
            let _ = writeln!(out, "- `{word}`: {}", text(branch));
        }
    }
}
