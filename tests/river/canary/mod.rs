//! The canary sweep's scanner: values that must be nowhere, looked for in
//! every surface, decoded.
//!
//! A *needle* is one planted value. It is looked for as written, by its digits
//! alone, in base64 (at each alignment), in hexadecimal, JSON- and URL-encoded,
//! and as its MD5, SHA-1 and SHA-256. A *surface* is a place that someone other
//! than the key's holder can read, as bytes.

mod forms;
mod parquet;
pub(crate) mod planted;
mod scan;
mod surface;

pub(crate) use scan::{Hit, Scanner};
pub(crate) use surface::Surface;

use crate::support::trial::Trial;

/// Trials of the scanner itself, which need no service.
pub(crate) fn trials() -> Vec<Trial> {
    [scan::TRIALS, parquet::TRIALS, surface::TRIALS].concat()
}
