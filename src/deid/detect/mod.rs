//! Detectors: each adds findings to those of the others and removes none.

pub(crate) mod cue;
mod expect;
pub(crate) mod pattern;
pub(crate) mod shape;
mod units;
mod validate;
mod value;

use super::Finding;
use super::document::Document;

/// Something that finds identifiers in a conversation.
pub(crate) trait Detector: std::fmt::Debug + Send + Sync {
    /// Adds what it finds in `document` to `out`.
    fn detect(&self, document: &Document<'_>, out: &mut Vec<Finding>);
}
