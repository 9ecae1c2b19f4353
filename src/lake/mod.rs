//! Object stores: paths, the commit log, and append.
