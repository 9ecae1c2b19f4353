//! A tenant's own words: terms that are nobody's, and terms that always go.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Category, RawConversation};

use super::document::{TokenKind, tokenize};
use super::finding::{Finding, Strength};

/// Most words of a term.
pub const LONGEST: usize = 6;

/// Why a term cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TermError {
    /// It has no letter.
    #[error("has no letter; write a word or a phrase")]
    NoLetter,
    /// It is longer than any name.
    #[error("has more than {LONGEST} words; write the shortest phrase that is meant")]
    TooLong,
    /// An allowed number would let identifiers through.
    #[error("has a digit; a number cannot be allowed, since it may be somebody's")]
    Digit,
    /// An allowed letter or two would let initials through.
    #[error("is shorter than three letters; an initial cannot be allowed")]
    TooShort,
}

/// Terms in lower case, words parted by single spaces. They may be names, so
/// that neither they nor a hash of them is shown or written.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Terms {
    allowed: BTreeSet<String>,
    /// By first word: the whole term, its number of words, its category.
    denied: BTreeMap<String, Vec<(String, usize, Category)>>,
}

impl std::fmt::Debug for Terms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (allowed, denied) = self.counts();
        write!(f, "[{allowed} allowed, {denied} denied]")
    }
}

impl Terms {
    /// Allows `term`: a finding that says nothing else and rests on shape or
    /// likelihood is dropped.
    ///
    /// # Errors
    /// [`TermError`], which never quotes the term.
    pub fn allow(&mut self, term: &str) -> Result<(), TermError> {
        let words = words(term)?;
        if term.chars().any(char::is_numeric) {
            return Err(TermError::Digit);
        }
        if words.concat().chars().count() < 3 {
            return Err(TermError::TooShort);
        }
        self.allowed.insert(words.join(" "));
        Ok(())
    }

    /// Denies `term`: wherever it is said it goes, as `category`.
    ///
    /// # Errors
    /// [`TermError`], which never quotes the term.
    pub fn deny(&mut self, term: &str, category: Category) -> Result<(), TermError> {
        let words = words(term)?;
        let entry = (words.join(" "), words.len(), category);
        let list = self.denied.entry(words[0].clone()).or_default();
        list.push(entry);
        list.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        list.dedup();
        Ok(())
    }

    /// Whether `finding`, which covers `text`, is dropped.
    pub(super) fn allows(&self, finding: &Finding, text: &str) -> bool {
        finding.strength <= Strength::Likely
            && !self.allowed.is_empty()
            && words(text).is_ok_and(|words| self.allowed.contains(&words.join(" ")))
    }

    /// Where denied terms are said in `views`, the turns of `conversation`.
    pub(super) fn find<'a>(
        &self,
        conversation: &RawConversation,
        views: impl Iterator<Item = &'a str>,
    ) -> Vec<Finding> {
        if self.denied.is_empty() {
            return Vec::new();
        }
        let turns = views.take(conversation.turns.len()).enumerate();
        turns
            .flat_map(|(turn, text)| self.find_in(turn, text))
            .collect()
    }

    fn find_in(&self, turn: usize, text: &str) -> Vec<Finding> {
        let spans: Vec<_> = tokenize(text)
            .into_iter()
            .filter(|token| token.kind != TokenKind::Mark)
            .map(|token| token.span)
            .collect();
        let lower: Vec<String> = spans.iter().map(|s| folded(&text[s.clone()])).collect();
        let at = |i: usize| {
            let terms = self.denied.get(&lower[i])?;
            let said = |n: usize| lower.get(i..i + n).map(|words| words.join(" "));
            terms
                .iter()
                .find(|(term, n, _)| said(*n).as_deref() == Some(term))
        };
        (0..lower.len())
            .filter_map(|i| Some((i, at(i)?)))
            .map(|(i, (_, n, category))| Finding {
                turn,
                span: spans[i].start..spans[i + n - 1].end,
                category: *category,
                detector: "tenant",
                rule: "denied",
                strength: Strength::Cued,
                confidence: 1.0,
            })
            .collect()
    }

    /// How many terms are allowed, and how many denied.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        (self.allowed.len(), self.denied.values().map(Vec::len).sum())
    }
}

/// The words and numbers of `term`, folded.
fn words(term: &str) -> Result<Vec<String>, TermError> {
    let tokens = tokenize(term).into_iter();
    let said = tokens.filter(|token| token.kind != TokenKind::Mark);
    let words: Vec<String> = said.map(|token| folded(&term[token.span])).collect();
    if !term.chars().any(char::is_alphabetic) {
        return Err(TermError::NoLetter);
    }
    if words.len() > LONGEST {
        return Err(TermError::TooLong);
    }
    Ok(words)
}

/// In lower case, apostrophes alike, without a possessive ending.
fn folded(word: &str) -> String {
    let word = word.to_lowercase().replace('\u{2019}', "'");
    word.strip_suffix("'s").map_or(word.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms() -> Terms {
        let mut terms = Terms::default();
        terms.allow("Holly Brook").expect("a term");
        terms
            .deny("Project Kestrel", Category::OtherId)
            .expect("a term");
        terms
    }

    #[track_caller]
    fn refused(term: &str, why: TermError) {
        assert_eq!(Terms::default().allow(term), Err(why));
    }

    #[test]
    fn broad_terms_are_refused() {
        refused("..", TermError::NoLetter);
        refused("Al", TermError::TooShort);
        refused("room 12", TermError::Digit);
        refused("a b c d e f g", TermError::TooLong);
        assert!(Terms::default().deny("unit 12", Category::OtherId).is_ok());
    }

    #[test]
    fn an_allowed_term_drops_what_is_only_likely() {
        let finding = |strength| Finding {
            turn: 0,
            span: 0..11,
            category: Category::Person,
            detector: "name",
            rule: "listed",
            strength,
            confidence: 0.8,
        };
        let terms = terms();
        assert!(terms.allows(&finding(Strength::Likely), "HOLLY  brook's"));
        assert!(!terms.allows(&finding(Strength::Likely), "holly"));
        for strength in [Strength::Cued, Strength::Validated, Strength::Known] {
            assert!(!terms.allows(&finding(strength), "holly brook"));
        }
    }

    #[test]
    fn a_denied_term_is_found_in_any_case() {
        let found = terms().find_in(3, "on project  KESTREL's team, kestrel project");
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].turn, found[0].span.clone()), (3, 3..21));
    }

    #[test]
    fn terms_do_not_depend_on_the_order_and_are_not_printed() {
        let mut other = Terms::default();
        other
            .deny("project kestrel", Category::OtherId)
            .expect("a term");
        other.allow("holly   brook").expect("a term");
        assert_eq!(other, terms());
        assert_eq!(format!("{other:?}"), "[1 allowed, 1 denied]");
        assert_eq!(other.counts(), (1, 1));
    }
}
