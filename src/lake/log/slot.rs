//! A slot: one committed step of one partition. It holds no conversation id
//! and no tenant's content.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Ages, Boundary, LogError, OpenOffsets, Tail};
use crate::domain::{Entropy, PolicyHash, Sha256, TenantId};

/// The version of the stored form.
pub const SLOT_VERSION: u16 = 1;

/// Who wrote a slot: random, drawn when a process starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct WriterId([u8; 8]);

impl WriterId {
    /// Draws an id.
    pub fn draw(entropy: &mut Entropy) -> Self {
        Self(entropy.bytes())
    }
}

impl Serialize for WriterId {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&hex::encode(self.0))
    }
}

impl<'de> Deserialize<'de> for WriterId {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let mut out = [0; 8];
        hex::decode_to_slice(String::deserialize(d)?, &mut out)
            .map_err(|_| serde::de::Error::custom("not a writer id"))?;
        Ok(Self(out))
    }
}

/// The named rules by which a record is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Drop {
    /// It held only partial results.
    Partial,
    /// A correction replaced all that it said.
    Superseded,
    /// It belongs to a conversation in which nothing was said.
    Empty,
    /// A record without a value (a tombstone of a compacted topic).
    Tombstone,
    /// A rule of the tenant's mapping drops records of its kind.
    Mapping,
    /// It was written before the log began.
    BeforeLog,
    /// It had no fate when an operator closed its log.
    Abandoned,
}

impl Drop {
    /// Its name in metrics and stored forms.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Partial => "partial",
            Self::Superseded => "superseded",
            Self::Empty => "empty",
            Self::Tombstone => "tombstone",
            Self::Mapping => "mapping",
            Self::BeforeLog => "before_log",
            Self::Abandoned => "abandoned",
        }
    }
}

/// Records by their fate. In every slot: open before + read = committed +
/// quarantined + dropped + open after.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Records without a fate before this slot.
    pub open_before: u64,
    /// Records read for the first time.
    pub read: u64,
    /// Records whose conversation landed or was held back.
    pub committed: u64,
    /// Records sealed because they could not be processed.
    pub quarantined: u64,
    /// Records dropped, by rule.
    pub dropped: BTreeMap<Drop, u64>,
    /// Records without a fate after this slot.
    pub open_after: u64,
}

impl Counts {
    /// Records of conversations that could not be processed after all.
    pub fn move_to_quarantine(&mut self, records: u64) {
        let moved = records.min(self.committed);
        self.committed -= moved;
        self.quarantined += moved;
    }

    /// Records of conversations in which nothing was said after all.
    pub fn move_to_empty(&mut self, records: u64) {
        let moved = records.min(self.committed);
        self.committed -= moved;
        if moved > 0 {
            *self.dropped.entry(Drop::Empty).or_default() += moved;
        }
    }

    /// Whether every record is accounted for.
    #[must_use]
    pub fn balance(&self) -> bool {
        let dropped: u64 = self.dropped.values().sum();
        self.open_before + self.read
            == self.committed + self.quarantined + dropped + self.open_after
    }
}

/// The evidence that one tenant has of a slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaf {
    /// The evidence file's name under the tenant's prefix.
    pub name: String,
    /// Its SHA-256.
    pub sha256: Sha256,
}

/// A record by its offset and keyed digest, to notice a re-created topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastRecord {
    /// Its offset.
    pub offset: i64,
    /// A digest of its bytes under the tenant's ledger key.
    pub digest: String,
}

/// One committed step of one partition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// [`SLOT_VERSION`].
    pub version: u16,
    /// Its number, from 0.
    pub n: u64,
    /// The hash of the slot before it; zeros in the first.
    pub previous: Sha256,
    /// Who wrote it.
    pub writer: WriterId,
    /// Drawn for each attempt, so that no two attempts have the same bytes.
    pub attempt: WriterId,
    /// The offset after the last one read before this slot.
    pub start: i64,
    /// The next offset to read for the first time.
    pub end: i64,
    /// Offsets below `end` without a fate.
    pub open: OpenOffsets,
    /// Records by fate.
    pub counts: Counts,
    /// Evidence written with this slot.
    pub leaves: BTreeMap<TenantId, Leaf>,
    /// The last evidence of each tenant, this slot's included: the heads of
    /// the tenants' chains in this log.
    pub heads: BTreeMap<TenantId, Sha256>,
    /// Policies applied.
    pub policies: Vec<PolicyHash>,
    /// The version of the program.
    pub code: String,
    /// The broker's low watermark when the partition was taken over.
    pub low_watermark: i64,
    /// The record with the highest offset read so far.
    pub last_record: Option<LastRecord>,
    /// The ages of the records in `start..end`.
    pub ages: Ages,
    /// What it ends or begins, where it carries no records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boundary: Option<Boundary>,
}

impl Slot {
    /// The stored form.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a slot has string keys and no floats")
    }

    /// Reads the stored form of slot `n`.
    ///
    /// # Errors
    /// [`LogError::Unreadable`] when it is of another version or damaged.
    pub fn from_bytes(n: u64, bytes: &[u8]) -> Result<Self, LogError> {
        let slot: Self = serde_json::from_slice(bytes).map_err(|_| LogError::Unreadable { n })?;
        let sound = slot.version == SLOT_VERSION && slot.n == n && slot.open.is_below(slot.end);
        sound.then_some(slot).ok_or(LogError::Unreadable { n })
    }

    /// Where reading goes on after a restart: the least open offset, or `end`.
    #[must_use]
    pub fn resume(&self) -> i64 {
        self.open.first().unwrap_or(self.end)
    }

    /// Whether this slot follows `tail`.
    ///
    /// # Errors
    /// [`LogError::Broken`] naming what does not.
    pub fn follows(&self, tail: &Tail) -> Result<(), LogError> {
        let broken = |what| Err(LogError::Broken { n: self.n, what });
        if tail.closed {
            return broken("the log was closed");
        }
        if self.n != tail.next {
            return broken("its number");
        }
        if self.previous != tail.hash {
            return broken("the hash of the one before");
        }
        if self.start != tail.end || self.end < self.start {
            return broken("its offsets");
        }
        if self.counts.open_before != tail.open.count()
            || self.counts.open_after != self.open.count()
            || !self.counts.balance()
        {
            return broken("its counts");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_golden(n: u64, golden: &[u8], closes: bool) -> Slot {
        let slot = Slot::from_bytes(n, golden).expect("version 1 reads for ever");
        assert_eq!(slot.to_bytes(), golden, "and is written as it was");
        assert_eq!(slot.closes(), closes);
        slot
    }

    #[test]
    fn version_1_reads_for_ever_and_links_hold() {
        let ordinary = include_bytes!("../../../tests/golden/formats/slot-v1.json");
        let closing = include_bytes!("../../../tests/golden/formats/slot-closing-v1.json");
        let opening = include_bytes!("../../../tests/golden/formats/slot-opening-v1.json");
        let before = check_golden(4, ordinary, false);
        assert_eq!((before.resume(), before.open.count()), (122, 2));
        assert!(before.counts.balance());
        let last = check_golden(5, closing, true);
        assert_eq!(last.follows(&Tail::after(&before, ordinary)), Ok(()));
        let first = check_golden(0, opening, false);
        assert_eq!(first.follows(&Tail::begin(150)), Ok(()));
        let named = match first.boundary {
            Some(Boundary::Opening { after, .. }) => after,
            other => panic!("{other:?}"),
        };
        assert_eq!(named, Sha256::of(closing));
    }

    #[test]
    fn an_unknown_field_is_refused() {
        let golden = include_str!("../../../tests/golden/formats/slot-v1.json");
        let more = golden.replacen('{', "{\"later\":1,", 1);
        let said = Slot::from_bytes(4, more.as_bytes());
        assert_eq!(said, Err(LogError::Unreadable { n: 4 }));
    }
}
