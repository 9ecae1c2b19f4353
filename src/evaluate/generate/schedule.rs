//! What is generated next: whatever is said least often so far.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Category, Entropy};

use super::dialogue::{Held, Wanted, hold};
use super::dice::Dice;
use super::kind::{Kind, forms_of};
use super::verify::has_unlabelled_repeat;
use super::{Form, Generated, Kept, Label};

/// Conversations until every category has been said at least `cases` times in
/// every form that exists for it, and every kind that must stay as often.
///
/// The same seed gives the same conversations. A case is one value in one
/// form: the pieces of a split value are one, and so are its repeats.
pub fn generate(seed: u64, cases: usize) -> impl Iterator<Item = Generated> {
    Schedule::new(seed, cases)
}

struct Schedule {
    seed: u64,
    cases: usize,
    entropy: Entropy,
    number: usize,
    said: BTreeMap<(Category, Form), usize>,
    kept: BTreeMap<Kept, usize>,
}

impl Schedule {
    fn new(seed: u64, cases: usize) -> Self {
        let cells = Category::ALL.into_iter();
        let cells = cells.flat_map(|category| {
            forms_of(category)
                .into_iter()
                .map(move |form| ((category, form), 0))
        });
        Self {
            seed,
            cases,
            entropy: Entropy::from_u64(seed),
            number: 0,
            said: cells.collect(),
            kept: Kept::ALL.into_iter().map(|kept| (kept, 0)).collect(),
        }
    }

    /// What has been said least often; `None` when all is said often enough.
    fn wanted(&self, dice: &mut Dice) -> Option<Wanted> {
        let said = self.said.values().min().copied()?;
        let kept = self.kept.values().min().copied()?;
        if said.min(kept) >= self.cases {
            return None;
        }
        let (category, form) = rarest(&self.said, said, dice);
        let kinds: Vec<Kind> = Kind::of(category)
            .filter(|kind| kind.forms().contains(&form))
            .collect();
        Some(Wanted {
            kind: dice.one(&kinds),
            form,
            kept: rarest(&self.kept, kept, dice),
        })
    }

    /// Counts the values of `held`, each once in each form.
    fn count(&mut self, held: &Held) {
        let cases: BTreeSet<(usize, Label, Form)> = held
            .spans
            .iter()
            .map(|s| (s.value, s.label, s.form))
            .collect();
        for (_, label, form) in cases {
            match label {
                Label::Required(category) => *self.said.entry((category, form)).or_default() += 1,
                Label::MustStay(kept) => *self.kept.entry(kept).or_default() += 1,
                Label::Either(_) => {}
            }
        }
    }
}

/// One of the keys that have the `least` count.
fn rarest<K: Copy + Ord>(counts: &BTreeMap<K, usize>, least: usize, dice: &mut Dice) -> K {
    let keys: Vec<K> = counts
        .iter()
        .filter(|(_, n)| **n == least)
        .map(|(k, _)| *k)
        .collect();
    dice.one(&keys)
}

impl Iterator for Schedule {
    type Item = Generated;

    fn next(&mut self) -> Option<Generated> {
        let mut dice = Dice::new(self.entropy.fork());
        let wanted = self.wanted(&mut dice)?;
        let held = loop {
            let held = hold(wanted, &mut dice);
            if !has_unlabelled_repeat(&held.turns, &held.spans) {
                break held;
            }
        };
        self.count(&held);
        self.number += 1;
        Some(Generated {
            id: format!("gen-{}-{}", self.seed, self.number),
            channel: held.channel,
            turns: held.turns,
            spans: held.spans,
        })
    }
}
