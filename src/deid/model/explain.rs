//! Why the model found something: the features that speak most for it, by name.

use crate::deid::Finding;
use crate::deid::lexicon::Reading;

use super::features::{Sight, TurnSight};
use super::weights::MOST_ROWS;
use super::{CATEGORIES, MODEL, NameModel};

/// One thing that speaks for a finding of the name model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reason {
    /// What the model looked at.
    pub feature: &'static str,
    /// What it adds to the log odds against "no identifier", summed over the
    /// finding's words.
    pub weight: f32,
}

/// What features look at, in the order in which
/// [`TurnSight::each_feature`] gives them.
const FEATURES: [&str; 37] = [
    "the word",
    "the word before",
    "the word after",
    "the second word before",
    "the second word after",
    "the third word before",
    "the third word after",
    "the word and the one before",
    "the word and the one after",
    "the two words before",
    "the two words after",
    "the three words before",
    "the three words after",
    "its lists and those of the word before",
    "its lists and those of the word after",
    "its lists",
    "the words on both sides",
    "its lists and the word before",
    "its lists and the word after",
    "its lists and the words on both sides",
    "its lists and how it is written",
    "its lists and the two words before",
    "its lists and the two words after",
    "its last two letters",
    "its last three letters",
    "its last four letters",
    "the word and where in the turn",
    "its lists, who speaks and where in the turn",
    "its lists and how near the turn's end",
    "what was asked, and its lists",
    "what was asked, and what rules found here",
    "what rules found here and on both sides",
    "what rules found here",
    "what rules found here, and its lists",
    "what rules found here, and the word before",
    "what rules found here, and the word",
    "what rules found here, and the word after",
];

/// Most reasons of one finding.
const MOST: usize = 4;

impl NameModel {
    /// What speaks most for each of `findings`, strongest first; nothing for one
    /// of another detector. `rules` are what the rules found in `reading`.
    pub(crate) fn explain(
        &self,
        reading: &Reading<'_>,
        rules: &[Finding],
        findings: &[Finding],
    ) -> Vec<Vec<Reason>> {
        let sight = Sight::new(reading, rules);
        let of = |finding: &Finding| {
            let turn = sight.turn(finding.turn);
            let turn = turn.filter(|_| finding.detector == MODEL);
            turn.map_or_else(Vec::new, |turn| self.reasons(&turn, finding))
        };
        findings.iter().map(of).collect()
    }

    fn reasons(&self, turn: &TurnSight<'_>, finding: &Finding) -> Vec<Reason> {
        let category = Some(finding.category);
        let Some(label) = CATEGORIES.iter().position(|c| *c == category) else {
            return Vec::new();
        };
        let mut weights = [0.0; MOST_ROWS];
        for i in turn
            .turn
            .tokens_of(&finding.span)
            .filter(|i| turn.is_open(*i))
        {
            let mut number = 0;
            turn.each_feature(i, |feature| {
                weights[number] += self.weights.odds(feature, label);
                number += 1;
            });
        }
        let named = FEATURES.into_iter().zip(weights);
        let mut reasons: Vec<Reason> = named
            .filter(|(_, weight)| *weight > 0.0)
            .map(|(feature, weight)| Reason { feature, weight })
            .collect();
        reasons.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        reasons.truncate(MOST);
        reasons
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::document::Document;
    use crate::deid::find;
    use crate::deid::tests::{ENGINE, conversation};

    #[test]
    fn every_feature_has_its_name() {
        let raw = conversation(&["call jane doe"]);
        let document = Document::new(&raw);
        let reading = Reading::new(&document, &crate::deid::lexicon::tests::LEXICON);
        let count = |rules: &[Finding]| {
            let sight = Sight::new(&reading, rules);
            let mut features = 0;
            let turn = sight.turn(0).expect("a turn with names");
            turn.each_feature(1, |_| features += 1);
            features
        };
        let of_rules = FEATURES
            .iter()
            .filter(|f| f.starts_with("what rules found"));
        assert_eq!(count(&find(&ENGINE, &raw)), FEATURES.len());
        assert_eq!(count(&[]), FEATURES.len() - of_rules.count());
    }

    #[test]
    fn what_the_model_found_is_explained_and_nothing_else() {
        let engine = &ENGINE;
        let raw = conversation(&[
            "so then i saw meriweather quill about the knee and call me at 212 555 0143",
            "we drove over from tollgate hollow with the pelletier boys",
        ]);
        let findings = find(engine, &raw);
        let reasons = engine.explain(&raw, &findings);
        assert_eq!(reasons.len(), findings.len());
        assert!(findings.iter().any(|f| f.detector == MODEL), "{findings:?}");
        for (finding, reasons) in findings.iter().zip(&reasons) {
            assert_eq!(reasons.is_empty(), finding.detector != MODEL, "{finding:?}");
            assert!(reasons.is_sorted_by(|a, b| a.weight >= b.weight));
        }
    }
}
