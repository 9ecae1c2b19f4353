//! Files → checked JSON: YAML with places, environment variables, schema.

mod document;
mod interpolate;
mod structure;
mod yaml;

pub(super) use document::Document;
pub(super) use structure::Shape;
