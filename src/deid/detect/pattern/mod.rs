//! Written forms that identify by themselves: regular expressions, each with a
//! judge that validates what it matched.
//!
//! A new form is one more [`Rule`] in the table of its kind. What every match of
//! an expression must hold is told by the expression ([`need`]); only those
//! whose needs a turn meets are tried.
//! Repetitions are bounded or end the match, so that no search looks far beyond
//! what it finds and time stays linear in the text.

mod dates;
mod held;
mod mail;
mod mixed;
mod months;
mod need;
mod net;
mod numbers;
mod ordinals;
mod people;
mod places;
mod prefilter;
mod run;
mod slashed;
mod streets;
mod words;

use std::ops::Range;

use regex::{Regex, RegexBuilder};

use crate::deid::document::{DocTurn, Document, Shape};
use crate::deid::finding::{Finding, Strength};
use crate::domain::Category;

use need::Need;
use prefilter::{Builder, Prefilter, Present, Room, is_noted};

/// A written form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    /// `phone`, `date`: the detector as findings name it.
    detector: &'static str,
    /// The rule within it.
    name: &'static str,
    category: Category,
    strength: Strength,
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

/// A rule, and what a turn must hold for it to be tried.
#[derive(Debug)]
struct Compiled {
    rule: Rule,
    regex: Regex,
    /// Fewest ASCII digits.
    digits: usize,
    /// Fewest bytes without white space between them.
    length: usize,
    /// A letter beside a digit.
    mixed: bool,
    /// Of each of these sets a word at least.
    words: Present,
    /// Those of them of which every word has its place noted.
    placed: Present,
    /// Most bytes of a match, where what is around it does not matter far.
    longest: Option<usize>,
}

/// Rules, a bit each by their places.
type Rules = u128;

/// Finds written forms.
#[derive(Debug)]
pub(super) struct PatternDetector {
    prefilter: Prefilter,
    /// The same for texts without a digit, where half of the rules find nothing.
    digitless: Prefilter,
    rules: Vec<Compiled>,
    /// Those that need no word.
    wordless: Rules,
    /// By the number of each set, those that need no set before it.
    by_set: Vec<Rules>,
}

impl PatternDetector {
    pub(super) fn new() -> Self {
        let rules = [
            net::RULES,
            numbers::RULES,
            people::RULES,
            places::RULES,
            streets::RULES,
            dates::RULES,
            ordinals::RULES,
        ];
        let mut prefilter = Builder::default();
        let rules = rules.into_iter().flatten();
        let rules: Vec<Compiled> = rules
            .map(|rule| Compiled::new(rule, &mut prefilter))
            .collect();
        assert!(rules.len() <= Rules::BITS as usize, "more rules than bits");
        let mut wordless = 0;
        let mut by_set = vec![0; prefilter.len()];
        for (at, rule) in rules.iter().enumerate() {
            match rule.words.sets().next() {
                Some(set) => by_set[set.index()] |= 1 << at,
                None => wordless |= 1 << at,
            }
        }
        let wanted = |digits: usize| {
            let rules = rules.iter().filter(|rule| rule.digits <= digits);
            rules.fold(Present::default(), |mut all, rule| {
                all.add(&rule.words);
                all
            })
        };
        Self {
            digitless: prefilter.build(&wanted(0)),
            prefilter: prefilter.build(&wanted(usize::MAX)),
            rules,
            wordless,
            by_set,
        }
    }

    /// Adds the written forms of fresh turns of `document` to `out`.
    pub(super) fn detect(&self, document: &Document<'_>, out: &mut Vec<Finding>) {
        let mut room = Room::default();
        let turns = document.turns.iter().enumerate();
        for (index, turn) in turns.filter(|(_, turn)| turn.fresh) {
            let words = self.scan(turn, &mut room);
            for rule in self.rules_for(turn.shape, &words) {
                rule.run(index, turn.text, &room.places, document.year, out);
            }
        }
    }

    /// The sets of which `turn` has a word, as far as a rule that may match it
    /// needs them.
    fn scan(&self, turn: &DocTurn<'_>, room: &mut Room) -> Present {
        let prefilter = match turn.shape.digits {
            0 => &self.digitless,
            _ => &self.prefilter,
        };
        prefilter.scan(turn, room)
    }

    /// The rules that may match a text of this `shape` that holds `words`, in
    /// order.
    fn rules_for(&self, shape: Shape, words: &Present) -> impl Iterator<Item = &Compiled> {
        let of_set = words.sets().filter_map(|set| self.by_set.get(set.index()));
        let mut rules = of_set.fold(self.wordless, |all, rules| all | rules);
        let rules = std::iter::from_fn(move || {
            let next = (rules != 0).then(|| &self.rules[rules.trailing_zeros() as usize]);
            rules &= rules.wrapping_sub(1);
            next
        });
        rules.filter(move |rule| rule.is_met(shape, words))
    }
}

impl Compiled {
    fn new(rule: &Rule, prefilter: &mut Builder) -> Self {
        let pattern = words::expand(rule.pattern);
        let need = Need::of(&pattern);
        let regex = RegexBuilder::new(&pattern)
            .case_insensitive(true)
            .size_limit(PROGRAM_BYTES)
            .build()
            .expect("a rule's expression is fixed and tested");
        assert!(!regex.is_match(""), "what is found has a length");
        let noted = need.words.iter().filter(|set| is_noted(set));
        let placed = prefilter.add_all(noted.cloned().collect());
        Self {
            rule: *rule,
            regex,
            placed,
            digits: need.digits,
            length: need.run,
            mixed: need.mixed,
            longest: need.longest,
            words: prefilter.add_all(need.words),
        }
    }

    /// Whether a text of this `shape` that holds `words` may match.
    fn is_met(&self, shape: Shape, words: &Present) -> bool {
        self.digits <= shape.digits
            && self.length <= shape.run
            && self.mixed <= shape.mixed
            && words.has(&self.words)
    }
}

/// Bound of an expression's program, in bytes.
const PROGRAM_BYTES: usize = 64 << 20;

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

/// Runs every rule over `text` and compares what they find, as text and name.
#[cfg(test)]
#[track_caller]
fn check(text: &str, expected: &[(&str, Category)]) {
    use crate::deid::resolve::resolve;
    let raw = crate::deid::tests::conversation(&[text]);
    let mut found = Vec::new();
    tests::DETECTOR.detect(&Document::new(&raw), &mut found);
    let found: Vec<_> = resolve(found, &[text])
        .into_iter()
        .map(|f| (&text[f.span], f.category))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::strategy::{Strategy, ValueTree};
    use proptest::test_runner::TestRunner;

    use super::*;
    use crate::deid::document::DocTurn;
    use crate::domain::{Role, TurnKind};

    /// One for all tests of forms: it takes a moment to compile.
    pub(super) static DETECTOR: LazyLock<PatternDetector> = LazyLock::new(PatternDetector::new);

    /// No rule is passed over that matches: texts made from an expression, with
    /// words around them, meet its needs where it matches.
    #[test]
    fn what_matches_meets_the_needs() {
        let detector = &*DETECTOR;
        let mut runner = TestRunner::deterministic();
        for compiled in &detector.rules {
            let pattern = compiled.regex.as_str().replace(r"(?-u:\b)", "");
            let pattern = pattern.replace("^|", "");
            let texts = proptest::string::string_regex(&pattern).expect("an expression");
            let mut draw = || texts.new_tree(&mut runner).expect("a text").current();
            let texts = (0..40).flat_map(|_| {
                let text = draw();
                [format!("x {text} y"), format!("({text}-"), text]
            });
            // Without edges of words not every text matches.
            let texts: Vec<_> = texts.filter(|t| compiled.regex.is_match(t)).collect();
            assert!(!texts.is_empty(), "{}", compiled.rule.name);
            for text in texts {
                let turn = DocTurn::cut(Role::Other, TurnKind::Text, &text);
                let words = detector.scan(&turn, &mut Room::default());
                let mut met = detector.rules_for(turn.shape, &words);
                let meets = met.any(|rule| std::ptr::eq(rule, compiled));
                assert!(meets, "{}: {text}", compiled.rule.name);
            }
        }
    }
}
