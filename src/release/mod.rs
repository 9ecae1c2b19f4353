//! Release: gated, compacted and shuffled files for research, published once.

pub mod plan;
