//! Values that the record itself names, found in the text in whatever way
//! they are said there.

mod forms;
mod search;
mod stream;

use crate::deid::Finding;
use crate::deid::lexicon::Reading;

use super::Detector;

pub(super) use forms::MONTHS;
pub(crate) use forms::is_seldom_said;
pub(crate) use search::{Needle, Search, Use};
pub(crate) use stream::{Stream, normalize};

/// Finds [`Document::known`](crate::deid::document::Document) values: names whole and in parts, codes with any
/// separators or said digit by digit, dates in their common orders.
#[derive(Debug)]
pub(crate) struct KnownDetector;

impl Detector for KnownDetector {
    fn detect(&self, reading: &Reading<'_>, out: &mut Vec<Finding>) {
        let document = reading.document;
        let needles = document
            .known
            .iter()
            .flat_map(|known| forms::of(known, reading.lexicon))
            .collect();
        let Some(search) = Search::new(needles) else {
            return;
        };
        let turns = document.turns.iter().enumerate();
        for (at, turn) in turns.filter(|(_, turn)| turn.fresh && search.may_find(turn)) {
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
