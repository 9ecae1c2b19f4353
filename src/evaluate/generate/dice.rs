//! Choices drawn from entropy.

use crate::domain::Entropy;

/// A source of choices: everything that is drawn for one conversation.
#[derive(Debug)]
pub(super) struct Dice(Entropy);

impl Dice {
    pub(super) const fn new(entropy: Entropy) -> Self {
        Self(entropy)
    }

    /// One of `items`, which are not empty.
    pub(super) fn pick<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.below(items.len())]
    }

    /// One of `items`, which are not empty, by value.
    pub(super) fn one<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    /// A number in `0..n`; 0 where `n` is 0.
    pub(super) fn below(&mut self, n: usize) -> usize {
        self.0.below(n as u64) as usize
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn range(&mut self, low: u32, high: u32) -> u32 {
        low + self.0.below(u64::from(high - low) + 1) as u32
    }

    /// True in `percent` of a hundred cases.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.range(0, 99) < percent
    }

    /// A decimal digit.
    pub(super) fn digit(&mut self) -> char {
        char::from(b'0' + self.below(10) as u8)
    }

    /// `n` decimal digits, the first not zero.
    pub(super) fn digits(&mut self, n: usize) -> String {
        let first = char::from(b'1' + self.below(9) as u8);
        std::iter::once(first)
            .chain((1..n).map(|_| self.digit()))
            .collect()
    }

    /// `n` characters of `alphabet`.
    pub(super) fn chars(&mut self, alphabet: &str, n: usize) -> String {
        let alphabet: Vec<char> = alphabet.chars().collect();
        (0..n).map(|_| self.one(&alphabet)).collect()
    }

    /// `n` capital letters.
    pub(super) fn letters(&mut self, n: usize) -> String {
        self.chars("ABCDEFGHJKLMNPQRSTUVWXYZ", n)
    }

    /// `shape` with each `9` a digit, each `A` a capital letter, each `H` a
    /// capital hexadecimal digit and the rest as it stands.
    pub(super) fn shaped(&mut self, shape: &str) -> String {
        let mut out = String::with_capacity(shape.len());
        for c in shape.chars() {
            match c {
                '9' => out.push(self.digit()),
                'A' => out.push_str(&self.letters(1)),
                'H' => out.push_str(&self.chars("0123456789ABCDEF", 1)),
                _ => out.push(c),
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_stay_in_their_bounds() {
        let mut dice = Dice::new(Entropy::from_u64(1));
        for _ in 0..500 {
            assert!((3..=5).contains(&dice.range(3, 5)));
            assert_eq!(dice.below(0), 0);
            let digits = dice.digits(4);
            assert!(digits.len() == 4 && !digits.starts_with('0'));
        }
        assert!(dice.chance(100) && !dice.chance(0));
        let shaped = dice.shaped("QA-99");
        assert!(shaped.starts_with('Q') && shaped[3..].bytes().all(|b| b.is_ascii_digit()));
    }
}
