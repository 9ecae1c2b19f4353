//! The JSON Schemas of the configuration and the reference made from them.

mod reference;

use std::sync::LazyLock;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

pub use reference::reference;

use super::read::Shape;
use super::written;

pub(super) static PIPELINE: LazyLock<Shape> = LazyLock::new(|| Shape::new(pipeline_schema()));
pub(super) static TENANT: LazyLock<Shape> = LazyLock::new(|| Shape::new(tenant_schema()));

/// The JSON Schema of a pipeline file.
#[must_use]
pub fn pipeline_schema() -> Value {
    schema_of::<written::Pipeline>()
}

/// The JSON Schema of a tenant file.
#[must_use]
pub fn tenant_schema() -> Value {
    schema_of::<written::Tenant>()
}

/// The JSON Schema of what is written as `T`.
pub(crate) fn schema_of<T: JsonSchema>() -> Value {
    let schema = SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<T>();
    let mut value = schema.to_value();
    tidy(&mut value);
    value
}

/// Says what the types mean: an optional setting is one that is left out,
/// never one that is empty, since an empty value in YAML is a slip; a setting
/// marked `x-required` is required, although its type has a default; and of a
/// mapping's default nothing is said, since each setting in it says its own.
fn tidy(value: &mut Value) {
    if let Value::Object(map) = value {
        without_null(map);
        require_marked(map);
        if matches!(map.get("default"), Some(Value::Null | Value::Object(_))) {
            map.remove("default");
        }
    }
    match value {
        Value::Object(map) => map.values_mut().for_each(tidy),
        Value::Array(items) => items.iter_mut().for_each(tidy),
        _ => {}
    }
}

fn without_null(map: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = map.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            map.insert("type".into(), only);
        }
    }
    if let Some(Value::Array(branches)) = map.get_mut("anyOf") {
        branches.retain(|branch| branch["type"] != "null");
        if let [Value::Object(only)] = branches.as_slice() {
            let only = only.clone();
            map.remove("anyOf");
            map.extend(only);
        }
    }
}

fn require_marked(map: &mut Map<String, Value>) {
    let Some(Value::Object(properties)) = map.get_mut("properties") else {
        return;
    };
    let mut required = Vec::new();
    for (name, property) in properties.iter_mut() {
        let marked = property
            .as_object_mut()
            .and_then(|property| property.remove("x-required"));
        if marked.is_some() {
            required.push(Value::from(name.as_str()));
        }
    }
    if !required.is_empty() {
        map.insert("required".into(), required.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares a generated file with the one in the repository; `UPDATE=1`
    /// writes it instead.
    fn check_current(name: &str, text: &str) {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("schemas")
            .join(name);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::create_dir_all(path.parent().expect("a directory")).expect("schemas/");
            std::fs::write(&path, text).expect("writable");
        }
        let held = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            held == text,
            "schemas/{name} is out of date: run with UPDATE=1"
        );
    }

    fn pretty(schema: &Value) -> String {
        serde_json::to_string_pretty(schema).expect("JSON") + "\n"
    }

    #[test]
    fn the_repository_holds_the_current_schemas() {
        check_current("pipeline.schema.json", &pretty(&pipeline_schema()));
        check_current("tenant.schema.json", &pretty(&tenant_schema()));
    }

    #[test]
    fn the_repository_holds_the_current_reference() {
        check_current("reference.md", &reference());
    }

    #[test]
    fn nothing_in_a_schema_may_be_empty() {
        for schema in [pipeline_schema(), tenant_schema()] {
            assert!(!schema.to_string().contains("null"));
        }
    }

    #[test]
    fn every_setting_is_documented() {
        for schema in [pipeline_schema(), tenant_schema()] {
            check_documented(&schema, "");
        }
    }

    fn check_documented(node: &Value, at: &str) {
        for (key, property) in node["properties"].as_object().into_iter().flatten() {
            assert!(property["description"].is_string(), "{at}/{key}");
        }
        match node {
            Value::Object(map) => map
                .iter()
                .for_each(|(key, below)| check_documented(below, &format!("{at}/{key}"))),
            Value::Array(items) => items.iter().for_each(|below| check_documented(below, at)),
            _ => {}
        }
    }
}
