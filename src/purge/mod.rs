//! Purge: what must go, when; intent, check, deed, verification.

#[cfg(feature = "kafka")]
pub mod broker;
pub mod plan;
