//! Training: the chain's weights by stochastic gradients with a step size of
//! its own for each weight (Duchi, Hazan and Singer 2011).

use crate::deid::model::CLOSED_SCORES;
use crate::deid::model::chain::{Chain, Follow, LABELS, Row, Transitions};
use crate::deid::model::features::BITS;
use crate::deid::model::weights::Weights;
use crate::domain::Entropy;

use super::example::Example;

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// How often every example is seen.
    pub epochs: usize,
    /// The first step's size.
    pub rate: f32,
    /// How strongly weights are drawn to zero at each step that touches them.
    pub decay: f32,
    /// Weights below this, of both signs, are stored as zero.
    pub least: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            epochs: 6,
            rate: 0.15,
            decay: 1e-6,
            least: 0.0,
        }
    }
}

/// A gradient below which a token teaches nothing new.
const NEGLIGIBLE: f32 = 1e-3;

/// Trains on `examples` in an order drawn from `entropy`.
pub(super) fn train(
    examples: &[Example],
    settings: Settings,
    entropy: &mut Entropy,
    mut progress: impl FnMut(usize, f64),
) -> Learned {
    let mut learner = Learner::new(settings);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for epoch in 0..settings.epochs {
        entropy.shuffle(&mut order);
        let loss: f64 = order.iter().map(|i| learner.learn(&examples[*i])).sum();
        progress(epoch, loss / examples.len().max(1) as f64);
    }
    let least = |w: f32| if w.abs() < settings.least { 0.0 } else { w };
    Learned {
        rows: learner.rows.iter().map(|row| row.map(least)).collect(),
        transitions: learner.transitions,
    }
}

/// What a training comes to.
pub(super) struct Learned {
    rows: Vec<Row>,
    transitions: Transitions,
}

/// What several trainings come to, together.
#[derive(Default)]
pub(super) struct Sum {
    rows: Vec<Row>,
    transitions: Transitions,
    models: usize,
}

impl Sum {
    pub(super) fn add(&mut self, learned: &Learned) {
        self.rows.resize(learned.rows.len(), Row::default());
        self.models += 1;
        let rows = self.rows.iter_mut().zip(&learned.rows);
        let follow = self.transitions.iter_mut().zip(&learned.transitions);
        for (sum, row) in rows.chain(follow) {
            sum.iter_mut().zip(row).for_each(|(sum, w)| *sum += w);
        }
    }

    /// Their mean, as it is stored.
    pub(super) fn mean(mut self) -> Weights {
        let share = 1.0 / self.models.max(1) as f32;
        let all = self.rows.iter_mut().chain(&mut self.transitions);
        all.flatten().for_each(|w| *w *= share);
        Weights::quantized(&self.rows, self.transitions)
    }
}

struct Learner {
    settings: Settings,
    rows: Vec<Row>,
    squares: Vec<Row>,
    transitions: Transitions,
    transition_squares: Transitions,
    free: Chain,
    bound: Chain,
}

impl Learner {
    fn new(settings: Settings) -> Self {
        Self {
            settings,
            rows: vec![[0.0; LABELS]; 1 << BITS],
            squares: vec![[1e-2; LABELS]; 1 << BITS],
            transitions: [[0.0; LABELS]; LABELS],
            transition_squares: [[1.0; LABELS]; LABELS],
            free: Chain::default(),
            bound: Chain::default(),
        }
    }

    /// One step; gives the share of probability that lay on wrong labels,
    /// summed over tokens.
    fn learn(&mut self, example: &Example) -> f64 {
        let scores: Vec<Row> = (0..example.len()).map(|i| self.score(example, i)).collect();
        let held: Vec<Row> = scores
            .iter()
            .zip(&example.labels)
            .map(|(row, labels)| {
                std::array::from_fn(|l| {
                    if labels >> l & 1 == 1 {
                        row[l]
                    } else {
                        row[l] - 60.0
                    }
                })
            })
            .collect();
        let (mut free, mut bound) = (Vec::new(), Vec::new());
        let follow = Follow::new(&self.transitions);
        self.free.posteriors(&scores, &follow, &mut free);
        self.bound.posteriors(&held, &follow, &mut bound);
        let mut wrong = 0.0;
        for i in 0..example.len() {
            let gradient: Row = std::array::from_fn(|l| free[i][l] - bound[i][l]);
            let size: f32 = gradient.iter().map(|g| g.abs()).sum();
            wrong += f64::from(size) / 2.0;
            if size > NEGLIGIBLE {
                self.step(example.features(i), &gradient);
            }
        }
        if wrong > f64::from(NEGLIGIBLE) {
            self.step_transitions(example.len(), &follow);
        }
        wrong
    }

    fn score(&self, example: &Example, i: usize) -> Row {
        if example.features(i).is_empty() {
            return CLOSED_SCORES;
        }
        let mut sum = [0.0; LABELS];
        for feature in example.features(i) {
            let row = &self.rows[*feature as usize];
            for l in 0..LABELS {
                sum[l] += row[l];
            }
        }
        sum
    }

    fn step(&mut self, features: &[u32], gradient: &Row) {
        let Settings { rate, decay, .. } = self.settings;
        for feature in features {
            let row = &mut self.rows[*feature as usize];
            let squares = &mut self.squares[*feature as usize];
            for l in 0..LABELS {
                let g = gradient[l] + decay * row[l];
                squares[l] += g * g;
                row[l] -= rate * g / squares[l].sqrt();
            }
        }
    }

    fn step_transitions(&mut self, tokens: usize, follow: &Follow) {
        let mut gradient: Transitions = [[0.0; LABELS]; LABELS];
        for i in 0..tokens.saturating_sub(1) {
            let free = self.free.pair(i, follow);
            let bound = self.bound.pair(i, follow);
            let pairs = free.iter().flatten().zip(bound.iter().flatten());
            for (g, (free, bound)) in gradient.iter_mut().flatten().zip(pairs) {
                *g += free - bound;
            }
        }
        let rate = self.settings.rate;
        let squares = self.transition_squares.iter_mut().flatten();
        let weights = self.transitions.iter_mut().flatten();
        for ((weight, square), g) in weights.zip(squares).zip(gradient.iter().flatten()) {
            *square += g * g;
            *weight -= rate * g / square.sqrt();
        }
    }
}
