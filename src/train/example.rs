//! A labelled conversation as the trainer reads it: features and the labels
//! that each token may have.

use crate::deid::Engine;
use crate::deid::model::chain::LABELS;
use crate::deid::model::features::{Sight, TurnSight};
use crate::evaluate::corpus::{Label, LabelType, Labelled};

/// A set of labels, one bit each.
pub(super) type Labels = u8;

/// Every label: nothing is known of the token.
pub(super) const ANY: Labels = (1 << LABELS) - 1;

/// "No identifier" and nothing else.
const NONE: Labels = 1;

/// One turn: for each token its features and the labels that it may have.
#[derive(Debug, Clone, Default)]
pub(super) struct Example {
    features: Vec<u32>,
    ends: Vec<u32>,
    pub(super) labels: Vec<Labels>,
}

impl Example {
    /// How many tokens it has.
    pub(super) fn len(&self) -> usize {
        self.labels.len()
    }

    /// The features of token `i`; none where it is no identifier.
    pub(super) fn features(&self, i: usize) -> &[u32] {
        let start = if i == 0 { 0 } else { self.ends[i - 1] as usize };
        &self.features[start..self.ends[i] as usize]
    }
}

/// The turns of `labelled` as examples; turns in which no token may be an
/// identifier are left out. Of what the rules find the model is told what it
/// `recalls`, asked for each.
pub(super) fn examples(
    engine: &Engine,
    labelled: &Labelled,
    mut recalls: impl FnMut() -> bool,
) -> Vec<Example> {
    engine.read(&labelled.raw, |reading, found| {
        let found: Vec<_> = found.iter().filter(|_| recalls()).cloned().collect();
        let sight = Sight::new(reading, &found);
        let turns = (0..sight.len()).filter_map(|at| Some((at, sight.turn(at)?)));
        turns
            .map(|(at, turn)| example(labelled, at, &turn))
            .collect()
    })
}

fn example(labelled: &Labelled, at: usize, turn: &TurnSight<'_>) -> Example {
    let mut example = Example::default();
    for i in 0..turn.len() {
        if turn.is_open(i) {
            turn.each_feature(i, |feature| example.features.push(feature as u32));
        }
        example.ends.push(example.features.len() as u32);
        let token = &turn.turn.turn.tokens[i].span;
        let common = turn.is_common(i);
        let labels = match turn.is_open(i) {
            true => allowed(labelled, at, token.start, token.end, common),
            false => NONE,
        };
        example.labels.push(labels);
    }
    example
}

/// What the token at bytes `start..end` of turn `turn` may be labelled.
fn allowed(labelled: &Labelled, turn: usize, start: usize, end: usize, common: bool) -> Labels {
    let touches = |l: &&Label| l.turn == turn && l.span.start < end && start < l.span.end;
    match labelled.labels.iter().find(touches) {
        Some(label) => of_label(label),
        None if labelled.complete && is_labelled(labelled) || common => NONE,
        None => ANY,
    }
}

/// Whether names were labelled at all.
fn is_labelled(labelled: &Labelled) -> bool {
    labelled.types.contains(&LabelType::Name)
}

fn of_label(label: &Label) -> Labels {
    match (label.label, label.sub.as_deref()) {
        (LabelType::City, Some("state" | "state_country" | "country")) => NONE,
        (LabelType::Name, Some("pet" | "public_figure" | "placeholder")) => ANY,
        (LabelType::Name, _) => 1 << 1,
        (LabelType::City, _) => 1 << 2,
        (LabelType::Address, _) => 1 << 3,
        (LabelType::Org, Some("named")) => 1 << 5,
        (LabelType::Org | LabelType::Other, _) => ANY,
        (
            LabelType::Id
            | LabelType::Phone
            | LabelType::Zip
            | LabelType::Email
            | LabelType::Url
            | LabelType::Username,
            _,
        ) => 1 << 4,
        (LabelType::Date | LabelType::Age, _) => NONE,
    }
}
