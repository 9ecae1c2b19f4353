//! What leaves for operations: metrics, health, logs without content.
