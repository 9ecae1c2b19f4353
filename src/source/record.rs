//! One record as it was read.

use crate::domain::{EpochMs, Phi};

/// One record of a partition. Everything but its place and time is raw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its place in the partition; ascending, not always without gaps.
    pub offset: i64,
    /// The time that the record bears; where it bears none, when it was read.
    pub time: EpochMs,
    /// The key.
    pub key: Option<Phi<Vec<u8>>>,
    /// Headers in the record's order: name, value. Names are input too.
    pub headers: Vec<(Phi<String>, Phi<Vec<u8>>)>,
    /// The value; empty for a tombstone.
    pub payload: Phi<Vec<u8>>,
}

impl Record {
    /// A record with neither key nor headers.
    #[must_use]
    pub const fn new(offset: i64, time: EpochMs, payload: Vec<u8>) -> Self {
        Self {
            offset,
            time,
            key: None,
            headers: Vec::new(),
            payload: Phi::new(payload),
        }
    }

    /// Bytes of memory that it takes, about.
    #[must_use]
    pub fn size(&self) -> usize {
        let key = self.key.as_ref().map_or(0, |k| k.expose().len());
        let headers = self.headers.iter();
        let headers: usize = headers
            .map(|(name, value)| name.expose().len() + value.expose().len() + 48)
            .sum();
        size_of::<Self>() + key + headers + self.payload.expose().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        let mut record = Record::new(7, EpochMs(1), b"hello".to_vec());
        record.key = Some(Phi::new(b"call-9".to_vec()));
        record.headers = vec![(Phi::new("who".into()), Phi::new(b"Ada".to_vec()))];
        record
    }

    #[test]
    fn nothing_of_a_record_prints_but_its_place() {
        let shown = format!("{:?}", record());
        for raw in ["hello", "call-9", "who", "Ada"] {
            assert!(!shown.contains(raw), "{raw}");
        }
        assert!(shown.contains('7'));
    }

    #[test]
    fn size_grows_by_what_is_added() {
        let bare = Record::new(7, EpochMs(1), Vec::new()).size();
        assert_eq!(record().size(), bare + 5 + 6 + 3 + 3 + 48);
    }
}
