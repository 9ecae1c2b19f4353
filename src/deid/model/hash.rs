//! Hashes of what features are made of.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::deid::word::Key;

/// A number of `parts`, the same on every machine.
pub(super) fn hash(parts: &[u32]) -> u32 {
    let mut hasher = FxHasher::default();
    parts.iter().for_each(|part| hasher.write_u32(*part));
    let hash = hasher.finish();
    (hash ^ (hash >> 32)) as u32
}

/// [`hash`] of four parts, written out: a part's product is the same in every
/// feature that holds it at the same place, and is computed once.
#[inline]
pub(super) fn hash_of_four(a: u32, b: u32, c: u32, d: u32) -> u32 {
    const ONCE: u64 = 0xf135_7aea_2e62_a9c5;
    const TWICE: u64 = ONCE.wrapping_mul(ONCE);
    const THRICE: u64 = TWICE.wrapping_mul(ONCE);
    const FOUR_TIMES: u64 = THRICE.wrapping_mul(ONCE);
    let part = |part: u32, times: u64| u64::from(part).wrapping_mul(times);
    let (ab, cd) = (
        part(a, FOUR_TIMES).wrapping_add(part(b, THRICE)),
        part(c, TWICE).wrapping_add(part(d, ONCE)),
    );
    let hash = ab.wrapping_add(cd).rotate_left(26);
    (hash ^ (hash >> 32)) as u32
}

/// A number of the word `key`.
#[inline]
pub(super) fn hash_of_key(key: Key) -> u32 {
    key.slot(u32::BITS) as u32
}

/// A number of `text`.
pub(super) fn hash_str(text: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    let hash = hasher.finish();
    (hash ^ (hash >> 32)) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn four_parts_are_hashed_as_any(parts: [u32; 4]) {
            let [a, b, c, d] = parts;
            prop_assert_eq!(hash_of_four(a, b, c, d), hash(&parts));
        }
    }
}
