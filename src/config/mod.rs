//! Configuration: files → what is written → what it means.

mod problem;
pub(crate) mod read;
pub mod resolved;
mod resolve;
mod schema;
pub mod sealed;
mod secret;
mod written;

pub use problem::{Mark, Problem};
pub use resolve::{
    Around, Disabled, LoadError, Loaded, Reader, Sections, default_limits, end_of_day, keys,
    lapse_notice, load,
};
pub use resolved::{Config, Pipeline, Tenant};
pub(crate) use schema::schema_of;
pub use schema::{pipeline_schema, reference, tenant_schema};
pub use secret::Secret;
pub use written::{Portion, human_bytes, human_span};

#[cfg(test)]
mod tests;
