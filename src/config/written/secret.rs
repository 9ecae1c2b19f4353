//! Secrets as they are written: where they come from, not what they are.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};

use crate::config::Secret;

/// Where a secret comes from.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(title = "`{env: NAME}`, `{file: PATH}` or `${NAME}`")]
pub(crate) enum SecretSource {
    /// The environment variable that holds it.
    Env(EnvSource),
    /// The file that holds it.
    File(FileSource),
    /// The value itself, as `${NAME}`.
    Text(SecretText),
}

/// The environment variable that holds a secret.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EnvSource {
    /// The variable's name.
    pub(crate) env: String,
}

/// The file that holds a secret.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileSource {
    /// The file's path, relative to the configuration file; a line break at
    /// its end is left out.
    pub(crate) file: String,
}

/// A value that may be a secret: text, a number, `true` or `false`.
#[derive(Debug, Clone)]
pub(crate) struct SecretText(pub(crate) Secret<String>);

impl JsonSchema for SecretText {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "SecretText".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["string", "integer", "boolean"]})
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Text(String),
    Number(i64),
    Truth(bool),
}

impl<'de> Deserialize<'de> for SecretText {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        // Canonical numbers and truths print as they were written.
        let text = match Scalar::deserialize(d)? {
            Scalar::Text(text) => text,
            Scalar::Number(number) => number.to_string(),
            Scalar::Truth(truth) => truth.to_string(),
        };
        Ok(Self(Secret::new(text)))
    }
}
