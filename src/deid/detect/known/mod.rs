//! Values that the record itself names, found in the text in whatever way
//! they are said there.

mod forms;
mod search;
mod stream;

use std::sync::Arc;

use crate::deid::Finding;
use crate::deid::document::Document;
use crate::deid::lexicon::Lexicon;

use super::Detector;

pub(crate) use search::{Needle, Search, Use};
pub(crate) use stream::{Stream, normalize};

/// Finds [`Document::known`] values: names whole and in parts, codes with any
/// separators or said digit by digit, dates in their common orders.
#[derive(Debug)]
pub(crate) struct KnownDetector {
    lexicon: Arc<Lexicon>,
}

impl KnownDetector {
    /// A detector that asks `lexicon` which parts of names are common words.
    pub(crate) const fn new(lexicon: Arc<Lexicon>) -> Self {
        Self { lexicon }
    }
}

impl Detector for KnownDetector {
    fn detect(&self, document: &Document<'_>, out: &mut Vec<Finding>) {
        let needles = document
            .known
            .iter()
            .flat_map(|known| forms::of(known, &self.lexicon))
            .collect();
        let Some(search) = Search::new(needles) else {
            return;
        };
        for (at, turn) in document.turns.iter().enumerate() {
            for (span, needle) in search.find(&Stream::new(turn), turn) {
                out.push(Finding {
                    turn: at,
                    span,
                    category: needle.category,
                    detector: "known",
                    rule: needle.rule,
                    strength: needle.strength,
                    confidence: needle.confidence,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests;
