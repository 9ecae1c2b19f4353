//! 95 % confidence intervals of proportions.

/// A proportion: `hits` of `n`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Proportion {
    /// How many had the property.
    pub hits: u64,
    /// Of how many.
    pub n: u64,
}

/// The normal distribution's 97.5 % quantile.
const Z: f64 = 1.959_963_984_540_054;

impl Proportion {
    /// Counts one more.
    pub fn count(&mut self, hit: bool) {
        self.add(u64::from(hit), 1);
    }

    /// Counts `n` more, of which `hits` had the property.
    pub fn add(&mut self, hits: u64, n: u64) {
        self.hits += hits;
        self.n += n;
    }

    /// In per cent; `None` of nothing.
    #[must_use]
    pub fn percent(self) -> Option<f64> {
        (self.n > 0).then(|| 100.0 * self.hits as f64 / self.n as f64)
    }

    /// Wilson's score interval at 95 %, in per cent; 0 to 100 of nothing.
    /// Unlike the normal one it is honest near 0 and 1 and for few cases.
    #[must_use]
    pub fn interval(self) -> (f64, f64) {
        if self.n == 0 {
            return (0.0, 100.0);
        }
        let n = self.n as f64;
        let p = self.hits as f64 / n;
        let centre = p + Z * Z / (2.0 * n);
        let spread = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        let scale = 100.0 / (1.0 + Z * Z / n);
        let low = ((centre - spread) * scale).max(0.0);
        (low, ((centre + spread) * scale).min(100.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(hits: u64, n: u64, low: f64, high: f64) {
        let interval = Proportion { hits, n }.interval();
        let near = |a: f64, b: f64| (a - b).abs() < 0.01;
        assert!(
            near(interval.0, low) && near(interval.1, high),
            "{interval:?}"
        );
    }

    /// Newcombe (1998), table I: 81/263, 15/148, 0/20, 1/29.
    #[test]
    fn published_intervals() {
        check(81, 263, 25.53, 36.62);
        check(15, 148, 6.24, 16.05);
        check(0, 20, 0.0, 16.11);
        check(1, 29, 0.61, 17.18);
        check(0, 0, 0.0, 100.0);
    }
}
