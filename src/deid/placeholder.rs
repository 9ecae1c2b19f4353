//! Placeholders: how they are written and numbered, and how those that already
//! stand in the input are kept from forging anything.
//!
//! A placeholder-shaped string in the input is numbered anew, as a value of its
//! own, in the same order as every other: it can neither claim the number of a
//! real value nor carry digits out (`[SSN_6789]`), and the engine's own output
//! keeps its numbers when it is read again.

use std::collections::HashMap;
use std::ops::Range;

use rustc_hash::FxBuildHasher;

use crate::domain::Category;

use super::finding::{Finding, Strength};

/// What the redact operator writes.
pub(super) const REDACTED: &str = "[REDACTED]";

/// The detector's name of findings that are placeholders of the input.
pub(super) const ECHO: &str = "placeholder";

/// Longest placeholder that is recognised, in bytes.
const LONGEST: usize = 32;

/// Hands out the numbers of one conversation.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    of: HashMap<(Category, String), u32, FxBuildHasher>,
    last: [u32; Category::ALL.len()],
}

impl Numbers {
    /// The placeholder of the value whose identity is `key`.
    pub(super) fn placeholder(&mut self, category: Category, key: String) -> String {
        if !is_numbered(category) {
            return format!("[{}]", category.label());
        }
        let last = &mut self.last[category.index()];
        let number = *self.of.entry((category, key)).or_insert_with(|| {
            *last += 1;
            *last
        });
        format!("[{}_{number}]", category.label())
    }
}

/// Whether two values of `category` can be the same one: a day is no identity.
const fn is_numbered(category: Category) -> bool {
    !matches!(category, Category::Date | Category::Time | Category::Age)
}

/// What two mentions of one value have in common.
pub(super) fn identity(category: Category, finding: &Finding, text: &str) -> String {
    if finding.detector == ECHO {
        return format!("\u{1}{text}");
    }
    match category {
        Category::Person => name_identity(text),
        Category::Phone | Category::Fax => phone_identity(text),
        _ => text
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect(),
    }
}

fn name_identity(text: &str) -> String {
    let lower = text.to_lowercase().replace('\u{2019}', "'");
    let mut key = String::with_capacity(lower.len());
    for word in lower.split(|c: char| !c.is_alphanumeric() && c != '\'') {
        let word = word.strip_suffix("'s").unwrap_or(word).trim_matches('\'');
        if !word.is_empty() {
            key.push_str(word);
            key.push(' ');
        }
    }
    key
}

fn phone_identity(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix('1') {
        Some(national) if national.len() == 10 => national.to_owned(),
        _ if digits.is_empty() => text.to_lowercase(),
        _ => digits,
    }
}

/// A placeholder-shaped string of the input.
#[derive(Debug, PartialEq)]
pub(super) struct LookAlike {
    /// Its bytes in the turn.
    pub(super) span: Range<usize>,
    /// Its category; `None` for [`REDACTED`].
    pub(super) category: Option<Category>,
}

impl LookAlike {
    /// The finding that has it numbered anew.
    pub(super) fn finding(&self, turn: usize) -> Option<Finding> {
        self.category.map(|category| Finding {
            turn,
            span: self.span.clone(),
            category,
            detector: ECHO,
            rule: "input",
            strength: Strength::Validated,
            confidence: 1.0,
        })
    }
}

/// The placeholder-shaped strings of `text`, in order.
pub(super) fn look_alikes(text: &str) -> Vec<LookAlike> {
    let mut out = Vec::new();
    for (start, _) in text.match_indices('[') {
        let window = &text.as_bytes()[start..text.len().min(start + LONGEST)];
        let Some(len) = window.iter().position(|b| *b == b']') else {
            continue;
        };
        let span = start..start + len + 1;
        if &text[span.clone()] == REDACTED {
            out.push(LookAlike {
                span,
                category: None,
            });
        } else if let Some(category) = labelled(&text[start + 1..start + len]) {
            out.push(LookAlike {
                span,
                category: Some(category),
            });
        }
    }
    out
}

/// The category of `PERSON_1` or `DATE`.
fn labelled(inner: &str) -> Option<Category> {
    let label = match inner.rsplit_once('_') {
        Some((label, number)) if is_number(number) => label,
        _ => inner,
    };
    Category::ALL.into_iter().find(|c| c.label() == label)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(category: Category, text: &str) -> String {
        let finding = Finding {
            turn: 0,
            span: 0..text.len(),
            category,
            detector: "test",
            rule: "test",
            strength: Strength::Likely,
            confidence: 1.0,
        };
        identity(category, &finding, text)
    }

    #[test]
    fn mentions_of_one_value_share_an_identity() {
        use Category::{Account, Person, Phone};
        for (category, a, b) in [
            (Person, "John Smith", "john  smith's"),
            (Person, "O'Brien", "o\u{2019}brien"),
            (Phone, "+1 (415) 555-0132", "415.555.0132"),
            (Account, "12 34-56", "123456"),
        ] {
            assert_eq!(key(category, a), key(category, b), "{a}");
        }
        assert_ne!(key(Person, "Ann Lee"), key(Person, "Annlee"));
    }

    #[test]
    fn numbers_follow_first_mention() {
        let mut numbers = Numbers::default();
        let mut say = |category, key: &str| numbers.placeholder(category, key.to_owned());
        assert_eq!(say(Category::Person, "a"), "[PERSON_1]");
        assert_eq!(say(Category::Person, "b"), "[PERSON_2]");
        assert_eq!(say(Category::Person, "a"), "[PERSON_1]");
        assert_eq!(say(Category::City, "a"), "[CITY_1]");
        assert_eq!(say(Category::Date, "a"), "[DATE]");
    }

    #[test]
    fn look_alikes_are_of_the_closed_list() {
        let found: Vec<_> = look_alikes(
            "[[PERSON_7] [DATE] [HEALTH_PLAN_12] [person_1] [INAUDIBLE] [REDACTED] [SSN_] [é",
        )
        .into_iter()
        .map(|l| (l.span, l.category))
        .collect();
        assert_eq!(
            found,
            [
                (1..11, Some(Category::Person)),
                (12..18, Some(Category::Date)),
                (19..35, Some(Category::HealthPlan)),
                (59..69, None),
            ]
        );
    }
}
