//! Object stores: paths, the commit log, and append.

pub mod append;
pub mod layout;
pub mod log;
pub mod probe;
pub mod read;
pub mod store;
