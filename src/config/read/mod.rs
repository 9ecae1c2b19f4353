//! Files → checked JSON: YAML with places, environment variables, schema.

mod document;
mod interpolate;
mod stamp;
mod structure;
mod yaml;

pub(crate) use document::Document;
pub(crate) use stamp::Stamp;
pub(crate) use structure::Shape;
