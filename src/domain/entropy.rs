//! Randomness as an argument.

use rand::{Rng, SeedableRng, TryRng};
use rand_chacha::ChaCha12Rng;

/// A stream of random values, fresh for each attempt and never derived from
/// input or key, so that nothing it yields says anything about a person
/// (45 CFR 164.514(c)(1)).
#[derive(Debug, Clone)]
pub struct Entropy(ChaCha12Rng);

impl Entropy {
    /// A stream seeded by the operating system.
    ///
    /// # Panics
    /// When the operating system has no randomness to give: to go on would be
    /// to write guessable ids.
    #[must_use]
    pub fn from_system() -> Self {
        let mut seed = [0; 32];
        rand::rngs::SysRng
            .try_fill_bytes(&mut seed)
            .expect("the operating system gives randomness");
        Self::from_seed(seed)
    }

    /// A stream that repeats, for tests and simulation.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(ChaCha12Rng::from_seed(seed))
    }

    /// A stream that repeats, from a short seed.
    #[must_use]
    pub fn from_u64(seed: u64) -> Self {
        Self(ChaCha12Rng::seed_from_u64(seed))
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut out = [0; N];
        self.0.fill_bytes(&mut out);
        out
    }

    /// A random number in `0..n`, without bias; 0 when `n` is 0.
    pub fn below(&mut self, n: u64) -> u64 {
        if n == 0 {
            return 0;
        }
        let zone = u64::MAX - u64::MAX % n;
        loop {
            let x = self.0.next_u64();
            if x < zone {
                return x % n;
            }
        }
    }

    /// An independent stream, for work that runs beside this one.
    pub fn fork(&mut self) -> Self {
        Self::from_seed(self.bytes())
    }

    /// Puts `items` in random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            let j = self.below(i as u64 + 1) as usize;
            items.swap(i, j);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Entropy;

    #[test]
    fn a_seed_repeats_and_the_system_does_not() {
        assert_eq!(
            Entropy::from_u64(7).bytes::<16>(),
            Entropy::from_u64(7).bytes::<16>()
        );
        assert_ne!(
            Entropy::from_system().bytes::<16>(),
            Entropy::from_system().bytes::<16>()
        );
    }

    #[test]
    fn below_stays_below() {
        let mut entropy = Entropy::from_u64(1);
        assert!((0..1000).all(|_| entropy.below(3) < 3));
        assert_eq!(entropy.below(0), 0);
    }

    #[test]
    fn shuffle_keeps_every_item() {
        let mut items: Vec<u32> = (0..100).collect();
        Entropy::from_u64(1).shuffle(&mut items);
        assert!(!items.is_sorted());
        items.sort_unstable();
        assert!(items.into_iter().eq(0..100));
    }
}
