//! What leaves for operations: metrics, health, logs without content.
pub mod log;
