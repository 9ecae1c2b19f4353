//! How much of a corpus may be released at which risk, what then leaks, and
//! whether as much leaks as the risk says.

use super::interval::Proportion;

/// Conversations by the engine's risk, with whether they leak.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Curve(Vec<Judgement>);

#[derive(Debug, Clone, Copy, PartialEq)]
struct Judgement {
    held: bool,
    risk: f32,
    leaks: bool,
}

/// What a bound on the risk gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Conversations below this risk are released.
    pub bound: f32,
    /// Of all conversations, how many are released.
    pub released: Proportion,
    /// Of those released, how many leak.
    pub leaking: Proportion,
}

/// Conversations of about the same risk.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// Their risk is this or more.
    pub from: f32,
    /// Their risk is below this.
    pub below: f32,
    /// The mean of their risks: the share that should leak.
    pub predicted: f64,
    /// Of them, how many do leak.
    pub leaking: Proportion,
}

/// Where one band ends and the next begins.
const BOUNDS: [f32; 9] = [0.0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, f32::INFINITY];

impl Curve {
    /// What was predicted and what leaks, by bands of the risk, whether held
    /// back or not; bands without a conversation are left out.
    #[must_use]
    pub fn reliability(&self) -> Vec<Band> {
        let bounds = BOUNDS.windows(2).map(|w| (w[0], w[1]));
        bounds
            .filter_map(|(from, below)| self.band(from, below))
            .collect()
    }

    fn band(&self, from: f32, below: f32) -> Option<Band> {
        let is_in = |j: &&Judgement| (from..below).contains(&j.risk);
        let (mut sum, mut leaking) = (0.0, Proportion::default());
        for judgement in self.0.iter().filter(is_in) {
            sum += f64::from(judgement.risk);
            leaking.count(judgement.leaks);
        }
        (leaking.n > 0).then_some(Band {
            from,
            below,
            predicted: sum / leaking.n as f64,
            leaking,
        })
    }

    /// Adds a conversation.
    pub fn add(&mut self, held: bool, risk: f32, leaks: bool) {
        self.0.push(Judgement { held, risk, leaks });
    }

    /// The bound at which `share` (0 to 1) of all conversations is released,
    /// least risky first, and what then leaks; all that is not held back for
    /// another reason where that is less.
    #[must_use]
    pub fn at(&self, share: f64) -> Point {
        let mut free: Vec<Judgement> = self.0.iter().filter(|j| !j.held).copied().collect();
        free.sort_by(|a, b| a.risk.total_cmp(&b.risk));
        let wanted = (share * self.0.len() as f64).ceil() as usize;
        let bound = free.get(wanted).map_or(f32::INFINITY, |j| j.risk);
        let below = free[..wanted.min(free.len())].iter();
        let leaking = below.clone().filter(|j| j.leaks).count() as u64;
        let n = below.count() as u64;
        Point {
            bound,
            released: Proportion {
                hits: n,
                n: self.0.len() as u64,
            },
            leaking: Proportion { hits: leaking, n },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_predicted_stands_beside_what_leaks() {
        let mut curve = Curve::default();
        for (risk, leaks) in [(0.0, false), (0.06, false), (0.08, true), (1.0, true)] {
            curve.add(false, risk, leaks);
        }
        let bands = curve.reliability();
        let seen = bands.iter().map(|b| (b.from, b.leaking.hits, b.leaking.n));
        let expected = [(0.0, 0, 1), (0.05, 1, 2), (0.5, 1, 1)];
        assert_eq!(seen.collect::<Vec<_>>(), expected);
        assert!((bands[1].predicted - 0.07).abs() < 1e-6);
    }

    #[test]
    fn the_riskiest_are_left_out_first() {
        let mut curve = Curve::default();
        for i in 0..10_u8 {
            curve.add(i == 0, f32::from(i) / 10.0, i >= 8);
        }
        let point = curve.at(0.8);
        assert_eq!(point.released, Proportion { hits: 8, n: 10 });
        assert_eq!(point.leaking, Proportion { hits: 1, n: 8 });
        assert_eq!(curve.at(0.7).leaking.hits, 0);
        assert_eq!(curve.at(1.0).released.hits, 9);
        assert_eq!(Curve::default().at(0.9).released.n, 0);
    }
}
