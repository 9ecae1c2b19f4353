//! The model's weights as they are stored: eight bits each.

use super::chain::{Follow, LABELS, Row, Transitions};
use super::features::BITS;

/// Begins every file of weights; the last byte is the format's version.
const MAGIC: &[u8; 8] = b"LWNAMES\x02";

/// Bytes before the rows: magic, scale, transitions.
const HEADER: usize = MAGIC.len() + 4 + 4 * LABELS * LABELS;

/// Why bytes are not the weights of this model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeightsError {
    /// Another format, or another version of it.
    #[error("not weights of this version; train the model again with this version of leeward")]
    Format,
    /// Cut short or too long.
    #[error("{found} bytes instead of {expected}; fetch or train the model again")]
    Length {
        /// Bytes that a whole file has.
        expected: usize,
        /// Bytes that were there.
        found: usize,
    },
}

/// Labels of a row in memory: a power of two, so that a row is one load and
/// lies in one line of the cache.
const LANES: usize = LABELS.next_power_of_two();

/// Sums of rows.
pub(crate) type Sums = [i16; LANES];

/// Most rows that [`Sums`] can hold: each weight is at most 128.
pub(crate) const MOST_ROWS: usize = i16::MAX as usize / 128;

/// As many rows as a feature has values, so that none lies outside.
type Rows = [[i8; LANES]; 1 << BITS];

/// Weights, ready to be summed.
pub(crate) struct Weights {
    rows: Box<Rows>,
    scale: f32,
    transitions: Transitions,
    /// What the transitions amount to.
    pub(crate) follow: Follow,
}

impl std::fmt::Debug for Weights {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Weights")
            .field("rows", &self.rows.len())
            .finish_non_exhaustive()
    }
}

impl Weights {
    /// Rounds trained weights to eight bits each; the greatest keep their sign
    /// and are held to the scale's end.
    pub(crate) fn quantized(rows: &[Row], transitions: Transitions) -> Self {
        let greatest = rows.iter().flatten().fold(0.0_f32, |a, w| a.max(w.abs()));
        let scale = (greatest / 127.0).max(f32::MIN_POSITIVE);
        let round = |w: f32| (w / scale).round() as i8;
        Self {
            rows: boxed(rows.iter().map(|row| padded(row.map(round)))),
            scale,
            follow: Follow::new(&transitions),
            transitions,
        }
    }

    /// Reads what [`Weights::to_bytes`] wrote.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, WeightsError> {
        if !bytes.starts_with(MAGIC) {
            return Err(WeightsError::Format);
        }
        let expected = HEADER + (LABELS << BITS);
        if bytes.len() != expected {
            return Err(WeightsError::Length {
                expected,
                found: bytes.len(),
            });
        }
        let float = |i: usize| {
            let at = MAGIC.len() + 4 * i;
            f32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
        };
        let rows = bytes[HEADER..].chunks_exact(LABELS);
        let transitions =
            std::array::from_fn(|a| std::array::from_fn(|b| float(1 + a * LABELS + b)));
        Ok(Self {
            rows: boxed(rows.map(|row| padded(std::array::from_fn(|l| row[l] as i8)))),
            scale: float(0),
            follow: Follow::new(&transitions),
            transitions,
        })
    }

    /// The stored form, the same bytes on every machine.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(HEADER + (LABELS << BITS));
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&self.scale.to_le_bytes());
        let transitions = self.transitions.iter().flatten();
        transitions.for_each(|t| out.extend_from_slice(&t.to_le_bytes()));
        let weights = self.rows.iter().flat_map(|row| &row[..LABELS]);
        out.extend(weights.map(|w| *w as u8));
        out
    }

    /// Adds the row of `feature` to `sums`, at most [`MOST_ROWS`] times.
    #[inline]
    pub(crate) fn add(&self, feature: usize, sums: &mut Sums) {
        let row = &self.rows[feature];
        for l in 0..LANES {
            sums[l] += i16::from(row[l]);
        }
    }

    /// What `feature` adds to the log odds of `label` against "no identifier".
    pub(crate) fn odds(&self, feature: usize, label: usize) -> f32 {
        let row = &self.rows[feature];
        (f32::from(row[label]) - f32::from(row[0])) * self.scale
    }

    /// Scores of summed rows.
    pub(crate) fn scores(&self, sums: Sums) -> Row {
        std::array::from_fn(|l| f32::from(sums[l]) * self.scale)
    }
}

/// `rows`, and zeros for those that are missing.
fn boxed(rows: impl Iterator<Item = [i8; LANES]>) -> Box<Rows> {
    let zeros = vec![[0; LANES]; 1 << BITS].into_boxed_slice();
    let mut all: Box<Rows> = zeros.try_into().expect("as many as there are features");
    all.iter_mut().zip(rows).for_each(|(all, row)| *all = row);
    all
}

/// A row as it lies in memory.
fn padded(row: [i8; LABELS]) -> [i8; LANES] {
    std::array::from_fn(|l| row.get(l).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_come_back_from_their_bytes() {
        let mut rows = vec![[0.0; LABELS]; 1 << BITS];
        rows[7] = [0.5, -1.27, 0.01, 0.0, 0.25, 0.0];
        let weights = Weights::quantized(&rows, [[0.25; LABELS]; LABELS]);
        let bytes = weights.to_bytes();
        let read = Weights::from_bytes(&bytes).expect("reads");
        let mut sums = Sums::default();
        for feature in [7, 0] {
            read.add(feature, &mut sums);
        }
        assert_eq!(sums[..LABELS], [50, -127, 1, 0, 25, 0]);
        assert!((read.scores(sums)[1] + 1.27).abs() < 1e-6);
        assert_eq!(read.to_bytes(), bytes);
    }

    #[test]
    fn other_bytes_are_refused() {
        let refused = |bytes: &[u8]| Weights::from_bytes(bytes).expect_err("refused");
        assert_eq!(refused(b"LWNAMES\x01 and more"), WeightsError::Format);
        assert!(matches!(
            refused(b"LWNAMES\x02"),
            WeightsError::Length { found: 8, .. }
        ));
    }
}
