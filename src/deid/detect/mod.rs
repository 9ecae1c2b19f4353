//! Detectors: each adds findings to those of the others and removes none.

use super::Finding;
use super::document::Document;

/// Something that finds identifiers in a conversation.
pub(crate) trait Detector: std::fmt::Debug + Send + Sync {
    /// Adds what it finds in `document` to `out`.
    fn detect(&self, document: &Document<'_>, out: &mut Vec<Finding>);
}
