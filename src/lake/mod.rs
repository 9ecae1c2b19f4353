//! Object stores: paths, the commit log, and append.

pub mod log;
