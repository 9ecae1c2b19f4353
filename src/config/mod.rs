//! Configuration: files → what is written → what it means.

pub mod resolved;
mod secret;

pub use resolved::{Config, Pipeline, Tenant};
pub use secret::Secret;
