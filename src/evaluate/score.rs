//! What predictions are worth, span by span and conversation by conversation.
//!
//! A required label *leaks* when a letter or digit of it is left uncovered, by
//! findings of whatever category: a name that went as an id is gone. Separators
//! do not count. Precision is measured only where labels are complete, and
//! only for types that were labelled there.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Serialize;

use super::corpus::{Label, LabelType, Labelled};
use super::interval::Proportion;

/// A predicted span: bytes of one turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prediction {
    /// The turn's index.
    pub turn: usize,
    /// Bytes of the turn's text, on character boundaries.
    pub span: Range<usize>,
    /// What it was taken for.
    pub label: LabelType,
}

/// How the labels of one kind fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Recall {
    /// Required labels.
    pub spans: u64,
    /// Touched by a prediction.
    pub touched: u64,
    /// Covered to the last character, separators included.
    pub full: u64,
    /// With a letter or digit left.
    pub leaking: u64,
    /// With three or more letters or digits left.
    pub leaking_three: u64,
    /// Letters and digits.
    pub characters: u64,
    /// Letters and digits covered.
    pub characters_covered: u64,
}

impl Recall {
    /// Labels of which no letter or digit is left.
    #[must_use]
    pub const fn wholly_covered(self) -> Proportion {
        Proportion {
            hits: self.spans - self.leaking,
            n: self.spans,
        }
    }
}

/// How the predictions of one type fared where labels are complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Precision {
    /// Predictions.
    pub predictions: u64,
    /// That overlap a label of any type.
    pub right: u64,
    /// That overlap a label of their own type.
    pub right_type: u64,
    /// Letters and digits predicted.
    pub characters: u64,
    /// Of these inside a label.
    pub characters_right: u64,
}

/// What predictions on a corpus are worth.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Score {
    /// By `ALL`, by type and by whatever else was asked for.
    pub recall: BTreeMap<String, Recall>,
    /// By `ALL` and by type.
    pub precision: BTreeMap<String, Precision>,
    /// Conversations with required labels, and how many of them leak.
    pub leaking: Proportion,
    /// Conversations scored.
    pub conversations: u64,
    /// Letters and digits outside every label, and how many of them went.
    pub masked: Proportion,
    /// Labels that may stay, by kind, and how many of them stayed.
    pub kept: BTreeMap<String, Proportion>,
    /// Words in conversations with complete labels.
    pub words: u64,
}

/// A further division of the labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum By {
    /// By type only.
    #[default]
    Type,
    /// By type and finer kind.
    Sub,
    /// By how it is said: written or in words.
    Form,
    /// By the conversation's source.
    Source,
}

/// A label or a prediction that went wrong, to be shown to a developer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The turn's index.
    pub turn: usize,
    /// Bytes of the turn.
    pub span: Range<usize>,
    /// The label's or the prediction's type.
    pub label: LabelType,
    /// Where the letters and digits begin that a leak left.
    pub left: Vec<usize>,
}

/// What is wrong with one conversation's predictions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Faults {
    /// Required labels that leak.
    pub leaks: Vec<Fault>,
    /// Predictions that overlap no label.
    pub false_findings: Vec<Fault>,
}

/// Labels that are required only in the strict reading: what the
/// `safe-harbor` preset removes although the rule leaves room for doubt.
const STRICT: &[(LabelType, &str)] = &[
    (LabelType::Date, "weekday"),
    (LabelType::Date, "holiday"),
    (LabelType::Date, "ordinal"),
    (LabelType::Org, "provider"),
    (LabelType::Other, "password"),
];

/// What may stay, and is counted when it does.
fn keepable(label: &Label) -> Option<&str> {
    let sub = label.sub.as_deref()?;
    if let Some(kind) = sub.strip_prefix("keep/") {
        return Some(kind);
    }
    match (label.label, sub) {
        (LabelType::Age, "lt90") => Some("ages under 90"),
        (LabelType::Date, "year") => Some("years"),
        (LabelType::City, "state" | "state_country" | "country") => Some("states and countries"),
        _ => None,
    }
}

/// Which bytes of each turn spans cover.
struct Cover(Vec<Vec<bool>>);

impl Cover {
    fn new(labelled: &Labelled, spans: impl Iterator<Item = (usize, Range<usize>)>) -> Self {
        let turns = 0..labelled.raw.turns.len();
        let mut cover: Vec<_> = turns.map(|i| vec![false; labelled.text(i).len()]).collect();
        for (turn, span) in spans {
            cover[turn][span].fill(true);
        }
        Self(cover)
    }

    fn has(&self, turn: usize, byte: usize) -> bool {
        self.0[turn][byte]
    }

    fn touches(&self, turn: usize, span: Range<usize>) -> bool {
        self.0[turn][span].contains(&true)
    }
}

/// The letters and digits of `span`, by their first bytes.
fn letters(text: &str, span: Range<usize>) -> impl Iterator<Item = usize> {
    let start = span.start;
    text[span]
        .char_indices()
        .filter(|(_, c)| c.is_alphanumeric())
        .map(move |(i, _)| start + i)
}

impl Score {
    /// Adds a conversation and its predictions, which lie inside their turns.
    pub fn add(
        &mut self,
        labelled: &Labelled,
        predictions: &[Prediction],
        by: By,
        strict: bool,
    ) -> Faults {
        let cover = Cover::new(
            labelled,
            predictions.iter().map(|p| (p.turn, p.span.clone())),
        );
        let mut faults = Faults::default();
        let mut required = 0;
        for label in &labelled.labels {
            if label.optional && !(strict && is_strict(label)) {
                self.add_kept(label, &cover);
                continue;
            }
            required += 1;
            faults
                .leaks
                .extend(self.add_required(labelled, label, &cover, by));
        }
        self.conversations += 1;
        if required > 0 {
            self.leaking.count(!faults.leaks.is_empty());
        }
        if labelled.complete {
            faults.false_findings = self.add_precision(labelled, predictions);
        }
        faults
    }

    fn add_kept(&mut self, label: &Label, cover: &Cover) {
        if let Some(kind) = keepable(label) {
            let stayed = !cover.touches(label.turn, label.span.clone());
            self.kept.entry(kind.to_owned()).or_default().count(stayed);
        }
    }

    fn add_required(
        &mut self,
        labelled: &Labelled,
        label: &Label,
        cover: &Cover,
        by: By,
    ) -> Option<Fault> {
        let text = labelled.text(label.turn);
        let all = letters(text, label.span.clone()).count() as u64;
        let left: Vec<usize> = letters(text, label.span.clone())
            .filter(|byte| !cover.has(label.turn, *byte))
            .collect();
        let add = |recall: &mut Recall| {
            recall.spans += 1;
            recall.touched += u64::from(cover.touches(label.turn, label.span.clone()));
            recall.full += u64::from(label.span.clone().all(|byte| cover.has(label.turn, byte)));
            recall.leaking += u64::from(!left.is_empty());
            recall.leaking_three += u64::from(left.len() >= 3);
            recall.characters += all;
            recall.characters_covered += all - left.len() as u64;
        };
        for key in keys(labelled, label, by) {
            add(self.recall.entry(key).or_default());
        }
        (!left.is_empty()).then(|| Fault {
            turn: label.turn,
            span: label.span.clone(),
            label: label.label,
            left,
        })
    }

    fn add_precision(&mut self, labelled: &Labelled, predictions: &[Prediction]) -> Vec<Fault> {
        let gold = |keep: &dyn Fn(&Label) -> bool| {
            let labels = labelled.labels.iter().filter(|l| keep(l));
            Cover::new(labelled, labels.map(|l| (l.turn, l.span.clone())))
        };
        let any = gold(&|_| true);
        let types: BTreeSet<_> = predictions.iter().map(|p| p.label).collect();
        let mut wrong = Vec::new();
        for label in types.into_iter().filter(|t| labelled.types.contains(t)) {
            let own = gold(&|l| l.label == label);
            for prediction in predictions.iter().filter(|p| p.label == label) {
                if !self.add_prediction(labelled, prediction, &any, &own) {
                    wrong.push(Fault {
                        turn: prediction.turn,
                        span: prediction.span.clone(),
                        label,
                        left: Vec::new(),
                    });
                }
            }
        }
        self.add_masked(labelled, predictions, &any);
        wrong
    }

    fn add_prediction(
        &mut self,
        labelled: &Labelled,
        prediction: &Prediction,
        any: &Cover,
        own: &Cover,
    ) -> bool {
        let Prediction { turn, span, label } = prediction;
        let right = any.touches(*turn, span.clone());
        let right_type = own.touches(*turn, span.clone());
        let all: Vec<usize> = letters(labelled.text(*turn), span.clone()).collect();
        let inside = all.iter().filter(|byte| any.has(*turn, **byte)).count();
        for key in ["ALL", label.name()] {
            let precision = self.precision.entry(key.to_owned()).or_default();
            precision.predictions += 1;
            precision.right += u64::from(right);
            precision.right_type += u64::from(right_type);
            precision.characters += all.len() as u64;
            precision.characters_right += inside as u64;
        }
        right
    }

    /// Text outside every label that went; a type that this conversation does
    /// not label is left out, since a finding of it may be right.
    fn add_masked(&mut self, labelled: &Labelled, predictions: &[Prediction], any: &Cover) {
        let counts =
            |p: &&Prediction| labelled.types.contains(&p.label) || p.label == LabelType::Other;
        let counted = predictions.iter().filter(counts);
        let cover = Cover::new(labelled, counted.map(|p| (p.turn, p.span.clone())));
        for turn in 0..labelled.raw.turns.len() {
            let text = labelled.text(turn);
            self.words += text.split_whitespace().count() as u64;
            for byte in letters(text, 0..text.len()).filter(|byte| !any.has(turn, *byte)) {
                self.masked.count(cover.has(turn, byte));
            }
        }
    }

    /// Labels of which no letter or digit is left, of all kinds.
    #[must_use]
    pub fn wholly_covered(&self) -> Proportion {
        self.recall
            .get("ALL")
            .copied()
            .unwrap_or_default()
            .wholly_covered()
    }
}

fn is_strict(label: &Label) -> bool {
    STRICT
        .iter()
        .any(|(of, sub)| label.label == *of && label.sub.as_deref() == Some(sub))
}

fn keys(labelled: &Labelled, label: &Label, by: By) -> Vec<String> {
    let name = label.label.name();
    let mut keys = vec!["ALL".to_owned(), name.to_owned()];
    keys.extend(match by {
        By::Type => None,
        By::Sub => Some(format!("{name}/{}", label.sub.as_deref().unwrap_or("-"))),
        By::Form => Some(format!("{name}/{}", form(labelled, label))),
        By::Source => Some(format!("source={}", labelled.source)),
    });
    keys
}

/// How a label is said: `spoken` where it has no digit though its type is one
/// of numbers, `written` otherwise.
fn form(labelled: &Labelled, label: &Label) -> &'static str {
    let numeric = matches!(
        label.label,
        LabelType::Date
            | LabelType::Phone
            | LabelType::Address
            | LabelType::Zip
            | LabelType::Id
            | LabelType::Age
    );
    let text = &labelled.text(label.turn)[label.span.clone()];
    if numeric && !text.contains(|c: char| c.is_ascii_digit()) {
        "spoken"
    } else {
        "written"
    }
}

#[cfg(test)]
mod tests {
    use super::super::corpus::tests::labelled;
    use super::*;

    fn score(read: &Labelled, spans: &[(Range<usize>, LabelType)], strict: bool) -> Score {
        let predictions: Vec<_> = spans
            .iter()
            .map(|(span, label)| Prediction {
                turn: 0,
                span: span.clone(),
                label: *label,
            })
            .collect();
        let mut score = Score::default();
        score.add(read, &predictions, By::Type, strict);
        score
    }

    #[test]
    fn a_letter_left_is_a_leak_and_a_separator_is_not() {
        let read = labelled("it is ann lee here", &[(6, 13, "NAME", "", false)]);
        let whole = score(
            &read,
            &[(6..9, LabelType::Id), (10..13, LabelType::Name)],
            false,
        );
        assert_eq!(whole.wholly_covered(), Proportion { hits: 1, n: 1 });
        assert_eq!(whole.recall["NAME"].full, 0);
        assert_eq!(whole.leaking, Proportion { hits: 0, n: 1 });
        let part = score(&read, &[(6..9, LabelType::Name)], false);
        assert_eq!(part.leaking, Proportion { hits: 1, n: 1 });
        assert_eq!(part.recall["ALL"].characters_covered, 3);
        assert_eq!(part.recall["ALL"].leaking_three, 1);
    }

    #[test]
    fn optional_labels_are_neither_missed_nor_false() {
        let read = labelled(
            "aged 34 on monday",
            &[
                (5, 7, "AGE", "lt90", true),
                (11, 17, "DATE", "weekday", true),
            ],
        );
        let none = score(&read, &[], false);
        assert_eq!((none.leaking.n, none.kept["ages under 90"].hits), (0, 1));
        let strict = score(&read, &[], true);
        assert_eq!(strict.leaking, Proportion { hits: 1, n: 1 });
        let masked = score(&read, &[(5..7, LabelType::Age)], false);
        assert_eq!(masked.precision["AGE"].right, 1);
        assert_eq!(masked.masked.hits, 0);
        assert_eq!(masked.kept["ages under 90"].hits, 0);
    }

    #[test]
    fn masked_text_counts_for_labelled_types_only() {
        let read = labelled("so well then", &[]);
        let of = |label| score(&read, &[(3..7, label)], false);
        assert_eq!(of(LabelType::Name).masked, Proportion { hits: 4, n: 10 });
        assert_eq!(of(LabelType::Phone).masked.hits, 0);
        assert_eq!(of(LabelType::Other).masked.hits, 4);
        assert!(!of(LabelType::Phone).precision.contains_key("ALL"));
    }
}
