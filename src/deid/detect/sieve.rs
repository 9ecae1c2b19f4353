//! A sieve for places of a text: most are told to begin no word of a list by a
//! look at a few of their bytes, which costs a processor less than an automaton,
//! whose every step waits for the one before it.

/// The first bytes of words, a bit for those of equal hash, in so many numbers:
/// a power of two.
pub(super) struct Sieve<const SIZE: usize>(Box<[u64; SIZE]>);

impl<const SIZE: usize> Sieve<SIZE> {
    /// A sieve that lets `heads` through.
    pub(super) fn new(heads: impl Iterator<Item = u64>) -> Self {
        let mut bits = Box::new([0; SIZE]);
        for bit in heads.map(Self::bit) {
            bits[bit / 64] |= 1 << (bit % 64);
        }
        Self(bits)
    }

    const fn bit(head: u64) -> usize {
        const { assert!(SIZE.is_power_of_two()) };
        mixed(head, SIZE.trailing_zeros() + u64::BITS.trailing_zeros())
    }

    /// Whether a word may begin with the bytes `head`.
    #[inline]
    pub(super) fn has(&self, head: u64) -> bool {
        let bit = Self::bit(head);
        self.0[bit / 64 % SIZE] >> (bit % 64) & 1 == 1
    }
}

impl<const SIZE: usize> std::fmt::Debug for Sieve<SIZE> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sieve").finish_non_exhaustive()
    }
}

/// The first bytes of a word as a number of so many bits.
#[inline]
pub(super) const fn mixed(head: u64, bits: u32) -> usize {
    (head.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - bits)) as usize
}

/// Those bytes of eight by which words of three are told apart.
pub(super) const THREE: u64 = 0x00ff_ffff;

/// Those by which words of four and of five are.
pub(super) const FOUR: u64 = 0xffff_ffff;

/// Those by which longer words are.
pub(super) const SIX: u64 = 0xffff_ffff_ffff;

/// The heads of three bytes with which a text begins that begins with the two
/// bytes `head`.
pub(super) fn thirds(head: u64) -> impl Iterator<Item = u64> {
    (0..=u64::from(u8::MAX)).map(move |third| head | third << 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_goes_through() {
        let heads =
            [b"abc", b"abd", b"xyz"].map(|h| u64::from_le_bytes([h[0], h[1], h[2], 0, 0, 0, 0, 0]));
        let open = u64::from_le_bytes(*b"no\0\0\0\0\0\0");
        let sieve = Sieve::<64>::new(heads.into_iter().chain(thirds(open)));
        assert!(
            heads
                .into_iter()
                .chain(thirds(open))
                .all(|head| sieve.has(head))
        );
        assert!((0..1000).filter(|n| sieve.has(n << 3)).count() < 200);
    }
}
