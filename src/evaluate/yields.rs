//! How much of a corpus may be released at which risk, and what then leaks.

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

impl Curve {
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
