//! Detectors: each adds findings to those of the others and removes none.

mod cue;
mod expect;
pub(crate) mod form;
mod pattern;
mod prefilter;
mod shape;
pub(crate) mod units;
mod validate;
pub(crate) mod value;
pub(crate) mod known;
pub(crate) mod name;
pub(crate) mod place_name;
pub(crate) mod propagate;

use super::Finding;
use super::lexicon::Reading;

/// Whether `word` is one of `words`, which are lower case, whatever its own case.
fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|w| w.eq_ignore_ascii_case(word))
}

/// Something that finds identifiers in a conversation.
pub(crate) trait Detector: std::fmt::Debug + Send + Sync {
    /// Adds what it finds in `reading` to `out`. A detector that looks at one
    /// turn at a time passes those that are not fresh.
    fn detect(&self, reading: &Reading<'_>, out: &mut Vec<Finding>);
}
