//! Frames: what a sample was drawn of, and the drawing, which anyone can repeat.

use crate::domain::Sha256;
use crate::seal::{BlobName, KeyedDigest};

/// What could be drawn: each conversation as a digest of its research id under
/// the tenant's ledger key, ascending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame(Vec<KeyedDigest>);

impl Frame {
    /// The frame of these conversations.
    #[must_use]
    pub fn new(mut conversations: Vec<KeyedDigest>) -> Self {
        conversations.sort_unstable();
        Self(conversations)
    }

    /// The stored form: one digest a line.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let lines: String = self.0.iter().map(|digest| format!("{digest}\n")).collect();
        lines.into_bytes()
    }

    /// Reads the stored form; `None` for another, and where a conversation
    /// stands twice.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let lines = std::str::from_utf8(bytes).ok()?.lines();
        let digests: Vec<_> = lines.map(KeyedDigest::parse).collect::<Option<_>>()?;
        let frame = digests
            .is_sorted_by(|a, b| a < b)
            .then_some(Self(digests))?;
        (frame.to_bytes() == bytes).then_some(frame)
    }

    /// How many conversations it has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it has none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The `count` conversations of the sample: those for which the SHA-256 of
    /// the sample's name and the digest, both as they are printed, is least, in
    /// that order. The first has number 1.
    #[must_use]
    pub fn draw(&self, sample: BlobName, count: usize) -> Vec<KeyedDigest> {
        let rank = |digest: &KeyedDigest| Sha256::of(format!("{sample}{digest}").as_bytes());
        let mut drawn = self.0.clone();
        drawn.sort_by_cached_key(rank);
        drawn.truncate(count);
        drawn
    }
}

/// The upper 95 % bound of a share of which none was seen in `n` drawn at
/// random: Clopper and Pearson's, one-sided, which is 1 − 0.05^(1/n), or about
/// 3/n. 1 where nothing was drawn.
#[must_use]
pub fn upper_95_of_none(n: u64) -> f64 {
    match n {
        0 => 1.0,
        n => 1.0 - 0.05_f64.powf(1.0 / n as f64),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::Entropy;

    fn frame(n: u64) -> Frame {
        let digest = |n| KeyedDigest::parse(&format!("{n:032x}")).expect("32 digits");
        Frame::new((0..n).rev().map(digest).collect())
    }

    fn name(seed: u64) -> BlobName {
        BlobName::draw(&mut Entropy::from_u64(seed))
    }

    proptest! {
        #[test]
        fn a_drawing_repeats_and_takes_each_once(n in 1_u64..80, count in 1_usize..90, seed: u64) {
            let frame = frame(n);
            let drawn = frame.draw(name(seed), count);
            prop_assert_eq!(drawn.len(), count.min(frame.len()));
            let again = Frame::from_bytes(&frame.to_bytes()).expect("its own form");
            prop_assert_eq!(&again.draw(name(seed), count), &drawn);
            // A smaller sample is the beginning of a larger one.
            prop_assert_eq!(&frame.draw(name(seed), count / 2)[..], &drawn[..drawn.len().min(count / 2)]);
            let mut distinct = drawn.clone();
            distinct.sort_unstable();
            distinct.dedup();
            prop_assert_eq!(distinct.len(), drawn.len());
        }
    }

    /// 2,000 drawings of 5 of 20: each is drawn 500 times, give or take 4.5
    /// deviations of 19.4.
    #[test]
    fn each_is_as_likely_as_another() {
        let frame = frame(20);
        let mut times = std::collections::BTreeMap::<_, i32>::new();
        for digest in (0..2_000).flat_map(|seed| frame.draw(name(seed), 5)) {
            *times.entry(digest).or_default() += 1;
        }
        assert_eq!(times.len(), 20);
        assert!(times.values().all(|n| (n - 500).abs() < 88), "{times:?}");
    }

    /// As anyone draws it with `sha256sum` and `sort`.
    #[test]
    fn the_drawing_is_the_documented_one() {
        let drawn = frame(4).draw(name(1), 4);
        let rank = |digest: &KeyedDigest| {
            let text = format!("{}{digest}", name(1));
            let digest = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
            hex::encode(digest)
        };
        assert!(drawn.is_sorted_by_key(rank));
        let least = frame(4).0.into_iter().min_by_key(rank).expect("four");
        assert_eq!(drawn[0], least);
    }

    #[test]
    fn a_frame_has_one_form() {
        let bytes = frame(3).to_bytes();
        let text = String::from_utf8(bytes.clone()).expect("text");
        let lines: Vec<&str> = text.lines().collect();
        let check = |lines: &[&str], expected: bool| {
            let bytes = lines
                .iter()
                .map(|line| format!("{line}\n"))
                .collect::<String>();
            assert_eq!(
                Frame::from_bytes(bytes.as_bytes()).is_some(),
                expected,
                "{lines:?}"
            );
        };
        check(&lines, true);
        check(&[lines[1], lines[0]], false);
        check(&[lines[0], lines[0]], false);
        check(&[&lines[0][1..]], false);
        assert_eq!(Frame::from_bytes(&bytes[..bytes.len() - 1]), None);
    }

    #[test]
    fn the_bound_is_clopper_and_pearson_s() {
        let check = |n, expected: f64| {
            assert!((upper_95_of_none(n) - expected).abs() < 5e-5, "{n}");
        };
        check(0, 1.0);
        check(1, 0.95);
        check(10, 0.2589);
        check(50, 0.0582);
        check(100, 0.0295);
        check(300, 0.00994);
    }
}
