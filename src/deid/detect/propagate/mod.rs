//! A value found once is found everywhere in the conversation, earlier turns
//! included: whole, in parts, in another case, with other separators.

mod echo;

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::deid::document::{Document, TokenKind};
use crate::deid::lexicon::{Classes, Lexicon};
use crate::deid::{Finding, Strength};
use crate::domain::Category;

use super::known::{Needle, Search, Stream, Use, normalize};
use super::name::{Standing, is_auxiliary, standing};

/// Fewest letters and digits of a code that is looked for elsewhere.
const SHORTEST_CODE: usize = 4;

/// Finds again what other detectors found.
#[derive(Debug)]
pub(crate) struct Propagator {
    lexicon: Arc<Lexicon>,
}

/// Needles by key and use, so that a value found often is looked for once.
type Needles = FxHashMap<(String, Use), Needle>;

impl Propagator {
    /// A propagator that asks `lexicon` which values are common words.
    pub(crate) const fn new(lexicon: Arc<Lexicon>) -> Self {
        Self { lexicon }
    }

    /// Adds to `out` every other place of `document` where a value of `out`
    /// is said. Linear in text and in findings.
    pub(crate) fn propagate(&self, document: &Document<'_>, out: &mut Vec<Finding>) {
        self.join(document, out);
        self.search(document, out);
        echo::read_back(document, out);
    }

    /// Adds the names that a hyphen joins to names of `out`: `ann [lund-quirrel]`.
    fn join(&self, document: &Document<'_>, out: &mut Vec<Finding>) {
        let mut more = Vec::new();
        for finding in out.iter().filter(|f| f.category == Category::Person) {
            let turn = &document.turns[finding.turn];
            let next = turn
                .tokens
                .partition_point(|t| t.span.start < finding.span.end);
            let [hyphen, word, ..] = &turn.tokens[next.min(turn.tokens.len())..] else {
                continue;
            };
            let joined = hyphen.span.start == finding.span.end
                && &turn.text[hyphen.span.clone()] == "-"
                && word.span.start == hyphen.span.end
                && word.kind == TokenKind::Word;
            let text = &turn.text[word.span.clone()];
            if joined
                && text.len() > 2
                && standing(self.lexicon.get(&text.to_lowercase())) > Standing::Word
            {
                more.push(Finding {
                    span: finding.span.start..word.span.end,
                    ..finding.clone()
                });
            }
        }
        out.append(&mut more);
    }

    /// Adds every other place where a value that is telling by itself is said.
    fn search(&self, document: &Document<'_>, out: &mut Vec<Finding>) {
        let mut needles = Needles::default();
        for finding in out.iter() {
            self.add_value(document, finding, &mut needles);
        }
        let Some(search) = Search::new(needles.into_values().collect()) else {
            return;
        };
        let places = out.iter().map(|f| (f.turn, f.span.start, f.span.end));
        let mut seen: FxHashSet<_> = places.collect();
        let turns = document.turns.iter().enumerate();
        for (at, turn) in turns.filter(|(_, turn)| search.may_find(turn)) {
            for (span, needle) in search.find(&Stream::new(turn), turn) {
                if seen.insert((at, span.start, span.end)) {
                    out.push(finding(at, span, needle));
                }
            }
        }
    }

    fn add_value(&self, document: &Document<'_>, finding: &Finding, needles: &mut Needles) {
        if finding.strength < Strength::Likely {
            return;
        }
        let value = &document.turns[finding.turn].text[finding.span.clone()];
        match finding.category {
            Category::Person | Category::City => self.add_words(value, finding, needles),
            Category::Organization | Category::Facility => {
                let key = normalize(value);
                let common =
                    !value.contains(' ') && self.use_of(&value.to_lowercase(), finding).is_none();
                if key.len() >= SHORTEST_CODE && !common {
                    add(needles, key, Use::Anywhere, finding);
                }
            }
            Category::Date
            | Category::Time
            | Category::Age
            | Category::Biometric
            | Category::Photo => {}
            _ => {
                let key = normalize(value);
                if key.len() >= SHORTEST_CODE && key.bytes().any(|b| b.is_ascii_digit()) {
                    add(needles, key, Use::Anywhere, finding);
                }
            }
        }
    }

    /// A name's or a town's words, each by itself; a town only whole.
    fn add_words(&self, value: &str, finding: &Finding, needles: &mut Needles) {
        let tokens = crate::deid::document::tokenize(value);
        let words: Vec<&str> = tokens
            .iter()
            .filter(|token| token.kind == TokenKind::Word)
            .map(|token| &value[token.span.clone()])
            .collect();
        let spelled = words.len() > 2 && words.iter().all(|w| w.chars().count() == 1);
        if spelled || (finding.category == Category::City && words.len() > 1) {
            let key = normalize(value);
            if key.chars().count() > 2 {
                add(needles, key, Use::Anywhere, finding);
            }
            return;
        }
        for word in words {
            if let Some(condition) = self.use_of(&word.to_lowercase(), finding) {
                add(needles, normalize(word), condition, finding);
            }
        }
    }

    /// Where else `word` counts; `None` where it is too common a word, or was
    /// found on too little.
    fn use_of(&self, word: &str, finding: &Finding) -> Option<Use> {
        if word.chars().count() < 2 {
            return None;
        }
        let classes = self.lexicon.get(word);
        let cued = finding.strength >= Strength::Cued;
        match standing(classes) {
            Standing::Never => None,
            _ if classes.any(Classes::TITLE | Classes::PARTICLE) => None,
            Standing::Name | Standing::Rare | Standing::Unlisted => Some(Use::Anywhere),
            Standing::Ambiguous
                if cued && !is_auxiliary(word) && !classes.any(Classes::CALENDAR) =>
            {
                Some(Use::Anywhere)
            }
            Standing::Ambiguous | Standing::Word => Some(Use::Capital),
        }
    }
}

fn finding(turn: usize, span: Range<usize>, needle: &Needle) -> Finding {
    Finding {
        turn,
        span,
        category: needle.category,
        detector: "propagate",
        rule: needle.rule,
        strength: needle.strength,
        confidence: needle.confidence,
    }
}

/// Adds a needle of `finding`; where several findings give the same, the
/// strongest counts. A repeat is worth no more than a cue.
fn add(needles: &mut Needles, key: String, condition: Use, finding: &Finding) {
    let needle = Needle {
        key: key.clone(),
        category: finding.category,
        rule: "again",
        condition,
        strength: finding.strength.min(Strength::Cued),
        confidence: finding.confidence,
    };
    let best = needles
        .entry((key, condition))
        .or_insert_with(|| needle.clone());
    if needle.strength > best.strength {
        *best = needle;
    }
}

#[cfg(test)]
mod tests;
