//! Written forms that identify by themselves: regular expressions, each with a
//! judge that validates what it matched.
//!
//! A new form is one more [`Rule`] in the table of its kind. All expressions of
//! a gate run as one set first; only those that matched run again to say where.
//! Repetitions are bounded or end the match, so that no search looks far beyond
//! what it finds and time stays linear in the text.

mod dates;
mod net;
mod numbers;
mod people;
mod places;
mod words;

use std::ops::Range;

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

use crate::deid::document::Document;
use crate::deid::finding::{Finding, Strength};
use crate::domain::Category;

/// What a turn must hold for a rule to be tried at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gate {
    /// An ASCII digit.
    Digit,
    /// A `.`, `:` or `@`.
    Mark,
    /// A `_`.
    Underscore,
    /// Nothing.
    Open,
}

/// A written form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    /// `phone`, `date`: the detector as findings name it.
    detector: &'static str,
    /// The rule within it.
    name: &'static str,
    category: Category,
    strength: Strength,
    gate: Gate,
    /// The expression; group 1, where there is one, is the identifier. Case
    /// never matters, `\b` is an ASCII word's edge, and `<NAME>` stands for a
    /// fragment of [`words::FRAGMENTS`].
    pattern: &'static str,
    judge: fn(&Hit<'_>) -> Option<Verdict>,
}

/// What an expression matched.
pub(super) struct Hit<'a> {
    rule: &'a Rule,
    /// The turn's text.
    text: &'a str,
    span: Range<usize>,
    /// The year in which the conversation began.
    year: Option<i16>,
}

/// What a judge says of a hit.
pub(super) struct Verdict {
    span: Range<usize>,
    category: Category,
    strength: Strength,
}

impl<'a> Hit<'a> {
    /// The matched text.
    fn found(&self) -> &'a str {
        &self.text[self.span.clone()]
    }

    /// What stands before it.
    fn before(&self) -> &'a str {
        &self.text[..self.span.start]
    }

    /// What stands after it.
    fn after(&self) -> &'a str {
        &self.text[self.span.end..]
    }

    /// The word before it, whatever marks and blanks are between.
    fn word_before(&self) -> &'a str {
        let start = self.span.start.saturating_sub(WORD_WINDOW);
        let start = (start..=self.span.start)
            .find(|&at| self.text.is_char_boundary(at))
            .unwrap_or(self.span.start);
        let words =
            self.text[start..self.span.start].trim_end_matches(|c: char| !c.is_alphanumeric());
        words
            .rsplit(|c: char| !c.is_alphanumeric() && c != '\'')
            .next()
            .unwrap_or_default()
    }

    /// The word after it, if only blanks are between.
    fn word_after(&self) -> &'a str {
        let rest = self.after().trim_start();
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && c != '\'')
            .unwrap_or(rest.len());
        &rest[..end]
    }

    /// The rule's own verdict.
    fn yes(&self) -> Option<Verdict> {
        self.as_strong(self.rule.strength)
    }

    fn as_strong(&self, strength: Strength) -> Option<Verdict> {
        self.verdict(self.rule.category, strength)
    }

    fn verdict(&self, category: Category, strength: Strength) -> Option<Verdict> {
        Some(Verdict {
            span: self.span.clone(),
            category,
            strength,
        })
    }

    /// The rule's verdict where `valid` holds.
    fn when(&self, valid: bool) -> Option<Verdict> {
        valid.then(|| self.yes())?
    }
}

/// The judge of a form that needs no more than its shape.
fn accept(hit: &Hit<'_>) -> Option<Verdict> {
    hit.yes()
}

/// How far back a word before a hit is looked for, in bytes.
const WORD_WINDOW: usize = 48;

/// Rules that are tried together.
#[derive(Debug)]
struct Group {
    gate: Gate,
    set: RegexSet,
    rules: Vec<(Rule, Regex)>,
}

/// Finds written forms.
#[derive(Debug)]
pub(crate) struct PatternDetector {
    groups: Vec<Group>,
}

impl PatternDetector {
    pub(crate) fn new() -> Self {
        let rules: Vec<Rule> = [
            net::RULES,
            numbers::RULES,
            people::RULES,
            places::RULES,
            dates::RULES,
        ]
        .concat();
        let groups = [Gate::Digit, Gate::Mark, Gate::Underscore, Gate::Open]
            .into_iter()
            .map(|gate| Group::new(gate, rules.iter().filter(|r| r.gate == gate)))
            .collect();
        Self { groups }
    }
}

impl Group {
    fn new<'a>(gate: Gate, rules: impl Iterator<Item = &'a Rule>) -> Self {
        let rules: Vec<(Rule, Regex)> = rules
            .map(|rule| {
                let regex = RegexBuilder::new(&words::expand(rule.pattern))
                    .case_insensitive(true)
                    .size_limit(PROGRAM_BYTES)
                    .build()
                    .expect("a rule's expression is fixed and tested");
                (*rule, regex)
            })
            .collect();
        let set = RegexSetBuilder::new(rules.iter().map(|(_, regex)| regex.as_str()))
            .case_insensitive(true)
            .size_limit(PROGRAM_BYTES)
            .dfa_size_limit(AUTOMATON_BYTES)
            .build()
            .expect("a rule's expression is fixed and tested");
        Self { gate, set, rules }
    }

    fn run(&self, turn: usize, text: &str, year: Option<i16>, out: &mut Vec<Finding>) {
        for index in self.set.matches(text).iter() {
            let (rule, regex) = &self.rules[index];
            let mut at = |span: Range<usize>| {
                let hit = Hit {
                    rule,
                    text,
                    span,
                    year,
                };
                out.extend((rule.judge)(&hit).map(|verdict| finding(turn, rule, verdict)));
            };
            if regex.captures_len() == 1 {
                regex.find_iter(text).for_each(|m| at(m.range()));
            } else {
                regex
                    .captures_iter(text)
                    .filter_map(|groups| groups.get(1))
                    .for_each(|m| at(m.range()));
            }
        }
    }
}

/// Bound of an expression's or set's program, in bytes.
const PROGRAM_BYTES: usize = 64 << 20;

/// Bound of a set's lazily built automaton, in bytes a thread.
const AUTOMATON_BYTES: usize = 32 << 20;

fn finding(turn: usize, rule: &Rule, verdict: Verdict) -> Finding {
    let confidence = match verdict.strength {
        Strength::Possible => 0.6,
        Strength::Likely => 0.8,
        Strength::Cued => 0.9,
        Strength::Validated | Strength::Known => 0.98,
    };
    Finding {
        turn,
        span: verdict.span,
        category: verdict.category,
        detector: rule.detector,
        rule: rule.name,
        strength: verdict.strength,
        confidence,
    }
}

impl PatternDetector {
    /// Adds the written forms of fresh turns of `document` to `out`.
    pub(crate) fn detect(&self, document: &Document<'_>, out: &mut Vec<Finding>) {
        let turns = document.turns.iter().enumerate();
        for (index, turn) in turns.filter(|(_, turn)| turn.fresh) {
            let digit = turn.text.bytes().any(|b| b.is_ascii_digit());
            let mark = turn.text.bytes().any(|b| b".:@".contains(&b));
            for group in &self.groups {
                let open = match group.gate {
                    Gate::Digit => digit,
                    Gate::Mark => mark,
                    Gate::Underscore => turn.text.contains('_'),
                    Gate::Open => true,
                };
                if open {
                    group.run(index, turn.text, document.year, out);
                }
            }
        }
    }
}

/// Runs every rule over `text` and compares what they find, as text and name.
#[cfg(test)]
#[track_caller]
fn check(text: &str, expected: &[(&str, Category)]) {
    use crate::deid::resolve::resolve;
    let raw = crate::deid::tests::conversation(&[text]);
    let mut found = Vec::new();
    PatternDetector::new().detect(&Document::new(&raw), &mut found);
    let found: Vec<_> = resolve(found, &[text])
        .into_iter()
        .map(|f| (&text[f.span], f.category))
        .collect();
    assert_eq!(found, expected, "{text}");
}
