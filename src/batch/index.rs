//! A batch's index: the only place that joins a source to its research id. It
//! exists sealed only.

use serde::{Deserialize, Serialize};

use crate::domain::{EpochMs, ResearchId};
use crate::seal::KeyedDigest;

/// When and where a conversation landed for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct First {
    /// The number of the slot in the partition's log.
    pub slot: u64,
    /// When that slot was prepared.
    pub at: EpochMs,
}

/// One conversation of a batch, landed or held back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndexLine {
    /// The source's conversation id, as a digest under the ledger key.
    pub subject: KeyedDigest,
    /// The id in research.
    pub conversation_id: ResearchId,
    /// Where its first part landed, if this is not the first: then it takes
    /// the place of what landed before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<First>,
    /// The first reason for which it is held back, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_back: Option<String>,
}

/// The stored form, to be sealed: JSON lines.
#[must_use]
pub(super) fn encode(lines: &[IndexLine]) -> Vec<u8> {
    let mut out = Vec::new();
    for line in lines {
        serde_json::to_writer(&mut out, line).expect("an index line has string keys");
        out.push(b'\n');
    }
    out
}

/// Reads what a batch's index holds; `None` when it is no index.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Vec<IndexLine>> {
    let lines = bytes.split(|b| *b == b'\n').filter(|line| !line.is_empty());
    lines
        .map(|line| serde_json::from_slice(line).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Entropy;

    #[test]
    fn lines_come_back_and_the_first_form_reads_for_ever() {
        let id = ResearchId::draw(&mut Entropy::from_u64(1));
        let subject = KeyedDigest::parse(&"ab".repeat(16)).expect("a digest");
        let first = Some(First {
            slot: 7,
            at: EpochMs(9),
        });
        let lines = [
            IndexLine {
                subject,
                conversation_id: id,
                first: None,
                held_back: None,
            },
            IndexLine {
                subject,
                conversation_id: id,
                first,
                held_back: Some(String::from("language")),
            },
        ];
        let bytes = encode(&lines);
        assert_eq!(decode(&bytes).as_deref(), Some(&lines[..]));
        let plain = format!("{{\"subject\":\"{subject}\",\"conversation_id\":\"{id}\"}}\n");
        assert!(bytes.starts_with(plain.as_bytes()));
        assert_eq!(decode(b"{}\n"), None);
    }
}
