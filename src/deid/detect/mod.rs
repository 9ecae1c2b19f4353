//! Detectors: each adds findings to those of the others and removes none.

mod cue;
mod dotted;
pub(crate) mod exam;
pub(super) mod expect;
pub(crate) mod field;
mod fluent;
pub(crate) mod form;
mod pattern;
mod shape;
mod sieve;
pub(crate) mod units;
mod validate;
pub(crate) mod value;
pub(crate) mod known;
pub(crate) mod measures;
pub(crate) mod name;
pub(crate) mod place_name;
pub(crate) mod propagate;

use super::Finding;
use super::document::tokenize;
use super::lexicon::{Classes, Lexicon, Reading};
use super::{language, spoken};

/// The lexicon with the words of the detectors' phrases marked, so that one
/// look-up of each word tells which detectors a turn needs.
pub(crate) fn lexicon() -> Lexicon {
    let mut lexicon = Lexicon::built_in();
    spoken::openers().for_each(|word| lexicon.mark(word, Classes::SAID));
    cue::mark(&mut lexicon);
    expect::mark(&mut lexicon);
    place_name::mark(&mut lexicon);
    language::english().for_each(|word| lexicon.mark_listed(word, Classes::ENGLISH));
    lexicon.settle();
    lexicon
}

/// Marks the word of `phrase`, without which nobody says it, that tells most:
/// the longest that is not grammar.
fn mark_phrase(lexicon: &mut Lexicon, phrase: &str, mark: Classes) {
    let tokens = tokenize(phrase);
    let words = tokens.iter().map(|token| &phrase[token.span.clone()]);
    let telling = |word: &&str| (!lexicon.get(word).any(Classes::STOP), word.len());
    if let Some(word) = words.max_by_key(telling) {
        lexicon.mark(word, mark);
    }
}

/// Something that finds identifiers in a conversation.
pub(crate) trait Detector: std::fmt::Debug + Send + Sync {
    /// Adds what it finds in `reading` to `out`. A detector that looks at one
    /// turn at a time passes those that are not fresh.
    fn detect(&self, reading: &Reading<'_>, out: &mut Vec<Finding>);
}
