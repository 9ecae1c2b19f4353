//! The fit: logistic regression by Newton's method, its level set to what is
//! really missed, and the number expected in a conversation by expectation and
//! maximisation.

use std::collections::BTreeMap;

use crate::deid::{RiskWeights, Sign};

use super::{Kind, Observation};

/// The level and a weight a sign.
const SIZE: usize = 1 + Sign::ALL.len();

type Vector = [f64; SIZE];

/// How strongly weights are drawn to zero: as by this many words that contradict
/// them.
const PRIOR: f64 = 3.0;

/// Newton's steps; in practice the eighth changes nothing.
const STEPS: usize = 25;

/// Rounds of expectation and maximisation.
const ROUNDS: usize = 5000;

/// Halvings of the interval in which the level lies.
const HALVINGS: usize = 60;

/// What the recogniser's doubt adds to the log odds: it doubles them. Set and not
/// fitted, since no labelled corpus tells a confidence.
const UNSURE: f64 = std::f64::consts::LN_2;

/// Words of the same signs: how many, and how many of them were missed.
type Counts = BTreeMap<u64, (f64, f64)>;

/// The weights that explain `observations` best; the same for the same ones in
/// any order.
#[must_use]
pub fn fit(observations: &[Observation]) -> RiskWeights {
    let of = |kind| observations.iter().filter(move |o| o.kind == kind);
    let mut weights = regression(&count(of(Kind::Failing)));
    weights[1 + Sign::Unsure as usize] = UNSURE;
    weights[0] += level(&weights, &count(of(Kind::Real)));
    let mut fitted = RiskWeights {
        base: weights[0] as f32,
        signs: std::array::from_fn(|sign| weights[1 + sign] as f32),
        always: 0.0,
        each_finding: 0.0,
        each_suspicion: 0.0,
    };
    let conversations: Vec<_> = of(Kind::Real).map(|o| expected(&fitted, o)).collect();
    let rates = rates(&conversations);
    fitted.always = rates[0] as f32;
    fitted.each_finding = rates[1] as f32;
    fitted.each_suspicion = rates[2] as f32;
    fitted
}

fn count<'a>(observations: impl Iterator<Item = &'a Observation>) -> Counts {
    let mut counts = Counts::new();
    for (signs, missed) in observations.flat_map(|o| &o.words) {
        let (n, k) = counts.entry(signs.bits()).or_default();
        *n += 1.0;
        *k += f64::from(u8::from(*missed));
    }
    counts
}

/// The numbers, in a [`Vector`], of what holds of a word with these `bits`.
fn held(bits: u64) -> impl Iterator<Item = usize> + Clone {
    let signs = (1..SIZE).filter(move |i| bits >> (i - 1) & 1 == 1);
    std::iter::once(0).chain(signs)
}

fn probability(weights: &Vector, bits: u64) -> f64 {
    let odds: f64 = held(bits).map(|i| weights[i]).sum();
    1.0 / (1.0 + (-odds).exp())
}

/// Logistic regression with a Gaussian prior on all but the level.
fn regression(counts: &Counts) -> Vector {
    let mut weights = [0.0; SIZE];
    for _ in 0..STEPS {
        let mut gradient = weights.map(|w| PRIOR * w);
        gradient[0] = 0.0;
        let mut curvature = [[0.0; SIZE]; SIZE];
        for (i, row) in curvature.iter_mut().enumerate() {
            row[i] = if i == 0 { 1e-6 } else { PRIOR };
        }
        for (bits, (n, k)) in counts {
            let p = probability(&weights, *bits);
            for i in held(*bits) {
                gradient[i] += n * p - k;
                held(*bits).for_each(|j| curvature[i][j] += n * p * (1.0 - p));
            }
        }
        let step = solve(curvature, gradient);
        weights.iter_mut().zip(step).for_each(|(w, s)| *w -= s);
    }
    weights
}

/// Solves `matrix` · x = `right` for a positive definite `matrix`, by
/// elimination.
fn solve(mut matrix: [Vector; SIZE], mut right: Vector) -> Vector {
    for i in 0..SIZE {
        for j in i + 1..SIZE {
            let factor = matrix[j][i] / matrix[i][i];
            let row = matrix[i];
            matrix[j]
                .iter_mut()
                .zip(row)
                .for_each(|(a, b)| *a -= factor * b);
            right[j] -= factor * right[i];
        }
    }
    for i in (0..SIZE).rev() {
        let known: f64 = (i + 1..SIZE).map(|j| matrix[i][j] * right[j]).sum();
        right[i] = (right[i] - known) / matrix[i][i];
    }
    right
}

/// What to add to the level so that as many words as are missed in `counts` are
/// expected to be: rules that fail at random miss far more than the engine does.
fn level(weights: &Vector, counts: &Counts) -> f64 {
    let missed: f64 = counts.values().map(|(_, k)| k).sum();
    let (mut low, mut high) = (-20.0, 20.0);
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        let mut moved = *weights;
        moved[0] += middle;
        let expected = counts
            .iter()
            .map(|(bits, (n, _))| n * probability(&moved, *bits));
        if expected.sum::<f64>() > missed {
            high = middle;
        } else {
            low = middle;
        }
    }
    low
}

/// What a conversation's number of missed identifiers may grow with, and whether
/// it leaks.
type Conversation = ([f64; 3], bool);

fn expected(weights: &RiskWeights, observation: &Observation) -> Conversation {
    let words = observation.words.iter();
    let suspected: f64 = words.map(|(s, _)| f64::from(weights.probability(*s))).sum();
    let grows = [1.0, observation.findings as f64, suspected];
    (grows, observation.leaks)
}

/// The rates at which identifiers are missed, in a Poisson process that is seen
/// only as "none" or "some".
fn rates(conversations: &[Conversation]) -> [f64; 3] {
    let mut rates = [0.005, 0.0005, 0.5];
    let mut totals = [0.0; 3];
    for (grows, _) in conversations {
        (0..3).for_each(|i| totals[i] += grows[i]);
    }
    for _ in 0..ROUNDS {
        let mut shares = [0.0; 3];
        for (grows, _) in conversations.iter().filter(|(_, leaks)| *leaks) {
            let expected: f64 = (0..3).map(|i| rates[i] * grows[i]).sum();
            let some = 1.0 - (-expected).exp();
            (0..3).for_each(|i| shares[i] += rates[i] * grows[i] / some.max(f64::MIN_POSITIVE));
        }
        (0..3).for_each(|i| {
            rates[i] = if totals[i] > 0.0 {
                shares[i] / totals[i]
            } else {
                0.0
            }
        });
    }
    rates
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::Signs;

    fn observation(kind: Kind, signs: u64, missed: bool) -> Observation {
        Observation {
            kind,
            findings: 2,
            leaks: missed,
            words: vec![(Signs::from_bits(signs), missed)],
        }
    }

    /// Of four-digit numbers three in four are missed where rules fail, of
    /// quantities one in twenty; the engine as it is misses one in a hundred.
    fn observations() -> Vec<Observation> {
        let figure = 1 << Sign::FourDigits as u64;
        let dose = figure | 1 << Sign::Measured as u64;
        let mut out = Vec::new();
        for i in 0..400 {
            out.push(observation(Kind::Failing, figure, i % 4 != 0));
            out.push(observation(Kind::Failing, dose, i % 20 == 0));
            out.push(observation(Kind::Real, figure, i % 50 == 0));
            out.push(observation(Kind::Real, dose, false));
        }
        out
    }

    #[test]
    fn signs_order_words_and_the_engine_as_it_is_sets_the_level() {
        let fitted = fit(&observations());
        assert!(fitted.signs[Sign::Measured as usize] < -2.0);
        let suspect = |signs| fitted.probability(Signs::from_bits(signs));
        let figure = 1 << Sign::FourDigits as u64;
        let all = 400.0 * (suspect(figure) + suspect(figure | 1 << Sign::Measured as u64));
        assert!((all - 8.0).abs() < 0.5, "{all}");
    }

    #[test]
    fn as_many_conversations_are_expected_to_leak_as_do() {
        let observations = observations();
        let fitted = fit(&observations);
        let real = observations.iter().filter(|o| o.kind == Kind::Real);
        let risks = real.map(|o| {
            let suspected = o.words.iter().map(|(s, _)| fitted.probability(*s)).sum();
            fitted.risk(suspected, o.findings)
        });
        let expected: f32 = risks.sum();
        assert!((expected - 8.0).abs() < 0.5, "{expected}");
    }

    #[test]
    fn the_order_of_observations_changes_nothing() {
        let mut observations = observations();
        let fitted = fit(&observations);
        observations.reverse();
        assert_eq!(fit(&observations).to_table(), fitted.to_table());
    }
}
