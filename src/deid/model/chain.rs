//! A linear chain over a turn's tokens: what each token is by itself, and
//! which label likes to follow which.

/// How many labels there are; the first is "no identifier".
pub(crate) const LABELS: usize = 6;

/// One number a label.
pub(crate) type Row = [f32; LABELS];

/// `transitions[a][b]`: how well label `b` follows label `a`.
pub(crate) type Transitions = [Row; LABELS];

/// e to the power of `x`, by elementary operations only, so that every machine
/// gives the same bits. Relative error below 1e-4; `x` is held to ±80.
pub(crate) const fn exp(x: f32) -> f32 {
    let x = x.clamp(-80.0, 80.0) * std::f32::consts::LOG2_E;
    let whole = floor(x);
    let t = (x - whole) * std::f32::consts::LN_2;
    let series = 1.0
        + t * (1.0
            + t * (0.5
                + t * (1.0 / 6.0 + t * (1.0 / 24.0 + t * (1.0 / 120.0 + t * (1.0 / 720.0))))));
    let power = ((whole as i32 + 127) as u32) << 23;
    series * f32::from_bits(power)
}

/// The greatest whole number that `x`, within ±2³¹, is not below.
const fn floor(x: f32) -> f32 {
    let whole = x as i32 as f32;
    if whole > x { whole - 1.0 } else { whole }
}

/// A row in memory: a power of two of numbers, those past the labels zero, so
/// that a row is summed a few at a time.
type Lanes = [f32; LABELS.next_power_of_two()];

/// e to the power of each of the [`Transitions`]: `follow[a][b]`.
#[derive(Debug, Clone)]
pub(crate) struct Follow {
    from: [Lanes; LABELS],
    /// The same with `a` and `b` changed about.
    to: [Lanes; LABELS],
}

impl Follow {
    pub(crate) fn new(transitions: &Transitions) -> Self {
        let from = |a: usize| padded(transitions[a].map(exp));
        let to = |b: usize| padded(transitions.map(|row| exp(row[b])));
        Self {
            from: std::array::from_fn(from),
            to: std::array::from_fn(to),
        }
    }
}

/// Room for one turn's sums, used again from turn to turn.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    potential: Vec<Lanes>,
    forward: Vec<Lanes>,
    backward: Vec<Lanes>,
}

impl Chain {
    /// The probability of each label at each token, given the tokens' own
    /// `scores`. Sums are scaled to one at each token, so that no length
    /// overflows.
    pub(crate) fn posteriors(&mut self, scores: &[Row], follow: &Follow, out: &mut Vec<Row>) {
        out.clear();
        if scores.is_empty() {
            return;
        }
        self.potential.clear();
        self.potential.extend(scores.iter().map(potentials));
        self.run_forward(follow);
        self.run_backward(follow);
        for (f, b) in self.forward.iter().zip(&self.backward) {
            let both = scaled(std::array::from_fn(|l| f[l] * b[l]));
            out.push(std::array::from_fn(|l| both[l]));
        }
    }

    /// The sum over neighbours that training needs: the probability that token
    /// `i` has label `a` and the next `b`; call after [`Chain::posteriors`].
    pub(crate) fn pair(&self, i: usize, follow: &Follow) -> [Row; LABELS] {
        let mut pair: [Row; LABELS] = std::array::from_fn(|a| {
            std::array::from_fn(|b| {
                self.forward[i][a]
                    * follow.from[a][b]
                    * self.potential[i + 1][b]
                    * self.backward[i + 1][b]
            })
        });
        let sum: f32 = pair.iter().flatten().sum();
        pair.iter_mut().flatten().for_each(|p| *p /= sum);
        pair
    }

    fn run_forward(&mut self, follow: &Follow) {
        self.forward.clear();
        let mut last = scaled(self.potential[0]);
        self.forward.push(last);
        for potential in &self.potential[1..] {
            let mut arrive = Lanes::default();
            for (before, follow) in last.iter().zip(&follow.from) {
                for (sum, follow) in arrive.iter_mut().zip(follow) {
                    *sum += before * follow;
                }
            }
            last = scaled(std::array::from_fn(|b| arrive[b] * potential[b]));
            self.forward.push(last);
        }
    }

    fn run_backward(&mut self, follow: &Follow) {
        self.backward.clear();
        self.backward.resize(self.potential.len(), [1.0; _]);
        let mut next: Lanes = [1.0; _];
        for i in (0..self.potential.len() - 1).rev() {
            let potential = &self.potential[i + 1];
            let mut leave = Lanes::default();
            for b in 0..LABELS {
                for (sum, follow) in leave.iter_mut().zip(&follow.to[b]) {
                    *sum += follow * potential[b] * next[b];
                }
            }
            next = scaled(leave);
            self.backward[i] = next;
        }
    }
}

/// The scores of a token that is no identifier, whatever stands beside it.
pub(crate) const CLOSED: Row = [0.0, NEVER, NEVER, NEVER, NEVER, NEVER];

/// The score of what a token cannot be.
const NEVER: f32 = -60.0;

/// Potentials relative to the greatest, so that none overflows.
fn potentials(scores: &Row) -> Lanes {
    /// Those of [`CLOSED`], which about half of all tokens have.
    const OF_CLOSED: Lanes = {
        let (sure, never) = (exp(0.0), exp(NEVER));
        [sure, never, never, never, never, never, 0.0, 0.0]
    };
    if *scores == CLOSED {
        return OF_CLOSED;
    }
    let greatest = scores.iter().copied().fold(f32::MIN, f32::max);
    // All lanes at once, those past the labels too.
    let all = padded(*scores).map(|score| exp(score - greatest));
    std::array::from_fn(|l| if l < LABELS { all[l] } else { 0.0 })
}

fn padded(row: Row) -> Lanes {
    std::array::from_fn(|l| row.get(l).copied().unwrap_or_default())
}

/// `row` with the sum of one.
fn scaled(row: Lanes) -> Lanes {
    let sum: f32 = row[..LABELS].iter().sum();
    row.map(|x| x / sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_close() {
        for i in -800..800 {
            let x = i as f32 / 10.0;
            let (ours, exact) = (f64::from(exp(x)), f64::from(x).exp());
            assert!((ours / exact - 1.0).abs() < 1e-4, "{x}: {ours} {exact}");
        }
    }

    #[test]
    fn closed_tokens_have_the_potentials_of_their_scores() {
        let scores = CLOSED.map(|score| score - 1.0);
        assert_eq!(potentials(&CLOSED), potentials(&scores));
    }

    /// Against the sum over all labellings of three tokens.
    #[test]
    fn posteriors_are_sums_over_labellings() {
        let scores = [
            [0.3, 1.0, -2.0, 0.0, 0.1, 0.2],
            [0.0, 0.2, 0.1, -1.0, -0.3, 0.6],
            [2.0, 0.0, 0.5, 0.4, 0.9, -0.4],
        ];
        let transitions: Transitions = std::array::from_fn(|a| {
            std::array::from_fn(|b| if a == b { 0.7 } else { -0.1 * b as f32 })
        });
        let mut exact = [[0.0; LABELS]; 3];
        for (a, b, c) in (0..216).map(|n| (n / 36, n / 6 % 6, n % 6)) {
            let score: f32 =
                scores[0][a] + scores[1][b] + scores[2][c] + transitions[a][b] + transitions[b][c];
            for (i, l) in [a, b, c].into_iter().enumerate() {
                exact[i][l] += score.exp();
            }
        }
        let mut out = Vec::new();
        Chain::default().posteriors(&scores, &Follow::new(&transitions), &mut out);
        for (row, exact) in out.iter().zip(exact) {
            let sum: f32 = exact.iter().sum();
            for l in 0..LABELS {
                assert!((row[l] - exact[l] / sum).abs() < 1e-5);
            }
        }
    }
}
