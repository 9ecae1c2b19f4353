//! Bytes → what a record says, by declarative mappings, within limits.
