//! Originals as bytes: the only place where raw text is encoded, and only to
//! be sealed.
//!
//! JSON lines. The first line names format and version, each further line is
//! one record or conversation; bytes are base64. An operator who has opened a
//! file can read it with common tools.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::domain::{EpochMs, Phi, RawConversation, TopicPartition};

mod wire;

use wire::{WireConversation, WireRecord};

const RECORDS: &str = "leeward.records";
const CONVERSATIONS: &str = "leeward.conversations";
const VERSION: u32 = 1;

/// A record as the source gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginalRecord {
    /// The partition it was read from.
    pub place: TopicPartition,
    /// Its offset.
    pub offset: i64,
    /// Its time.
    pub time: EpochMs,
    /// Its key.
    pub key: Option<Phi<Vec<u8>>>,
    /// Its headers in order: name, value.
    pub headers: Vec<(Phi<String>, Phi<Vec<u8>>)>,
    /// Its value.
    pub payload: Phi<Vec<u8>>,
}

/// Why bytes are no originals. It carries nothing of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OriginalError {
    /// Not of this format: another purpose's file, or damaged before sealing.
    #[error("not a file of originals of this kind (line {line})")]
    Malformed {
        /// The line, from 1.
        line: usize,
    },
    /// Written by a later version of this program: use that version.
    #[error("originals of a later version of this program (version {0})")]
    UnknownVersion(u32),
}

/// Encodes records, to be sealed.
#[must_use]
pub fn encode_records(records: &[OriginalRecord]) -> Phi<Vec<u8>> {
    encode(RECORDS, records.iter().map(WireRecord::of))
}

/// Decodes what [`encode_records`] encoded.
///
/// # Errors
/// An [`OriginalError`] naming the line.
pub fn decode_records(bytes: &Phi<Vec<u8>>) -> Result<Vec<OriginalRecord>, OriginalError> {
    decode(RECORDS, bytes, WireRecord::into_record)
}

/// Encodes conversations, to be sealed.
#[must_use]
pub fn encode_conversations(conversations: &[&RawConversation]) -> Phi<Vec<u8>> {
    encode(
        CONVERSATIONS,
        conversations.iter().map(|c| WireConversation::of(c)),
    )
}

/// Decodes what [`encode_conversations`] encoded.
///
/// # Errors
/// An [`OriginalError`] naming the line.
pub fn decode_conversations(bytes: &Phi<Vec<u8>>) -> Result<Vec<RawConversation>, OriginalError> {
    decode(CONVERSATIONS, bytes, |wire: WireConversation<'_>| {
        Some(wire.into_conversation())
    })
}

#[derive(Serialize, Deserialize)]
struct WireHead<'a> {
    format: Cow<'a, str>,
    version: u32,
}

fn encode<T: Serialize>(format: &str, items: impl Iterator<Item = T>) -> Phi<Vec<u8>> {
    let head = WireHead {
        format: format.into(),
        version: VERSION,
    };
    let mut out = Vec::new();
    write_line(&mut out, &head);
    for item in items {
        write_line(&mut out, &item);
    }
    Phi::new(out)
}

fn write_line(out: &mut Vec<u8>, item: &impl Serialize) {
    serde_json::to_writer(&mut *out, item)
        .expect("wire types have string keys and memory takes all bytes");
    out.push(b'\n');
}

fn decode<W: DeserializeOwned, T>(
    format: &str,
    bytes: &Phi<Vec<u8>>,
    read: impl Fn(W) -> Option<T>,
) -> Result<Vec<T>, OriginalError> {
    let malformed = |line| OriginalError::Malformed { line };
    let text = bytes.expose().strip_suffix(b"\n").ok_or(malformed(1))?;
    let mut lines = text.split(|&b| b == b'\n');
    let head: WireHead<'_> = lines
        .next()
        .and_then(|line| serde_json::from_slice(line).ok())
        .filter(|head: &WireHead<'_>| head.format == format)
        .ok_or(malformed(1))?;
    if head.version != VERSION {
        return Err(OriginalError::UnknownVersion(head.version));
    }
    lines
        .enumerate()
        .map(|(i, line)| {
            let wire = serde_json::from_slice(line).ok();
            wire.and_then(&read).ok_or(malformed(i + 2))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        Attribute, Category, Channel, ConversationRef, KnownValue, RawTurn, Role, TenantId,
        TurnKind,
    };
    use proptest::prelude::*;

    fn raw_bytes() -> impl Strategy<Value = Phi<Vec<u8>>> {
        prop::collection::vec(any::<u8>(), 0..40).prop_map(Phi::new)
    }

    fn raw_text() -> impl Strategy<Value = Phi<String>> {
        any::<String>().prop_map(Phi::new)
    }

    fn record() -> impl Strategy<Value = OriginalRecord> {
        let header = (raw_text(), raw_bytes());
        (
            ("[a-z.]{1,9}", any::<i32>(), any::<i64>(), any::<i64>()),
            prop::option::of(raw_bytes()),
            prop::collection::vec(header, 0..3),
            raw_bytes(),
        )
            .prop_map(
                |((topic, partition, offset, time), key, headers, payload)| OriginalRecord {
                    place: TopicPartition::new(&topic, partition),
                    offset,
                    time: EpochMs(time),
                    key,
                    headers,
                    payload,
                },
            )
    }

    fn turn() -> impl Strategy<Value = RawTurn> {
        (
            prop::option::of(raw_text()),
            any::<Option<i64>>(),
            prop::sample::select(vec![Role::Agent, Role::User, Role::Tool, Role::Other]),
            prop::sample::select(vec![TurnKind::Speech, TurnKind::ToolCall, TurnKind::Dtmf]),
            raw_text(),
            any::<Option<i64>>(),
            prop::option::of(0.0..1.0f32),
        )
            .prop_map(
                |(key, seq, role, kind, text, start_ms, confidence)| RawTurn {
                    key,
                    seq,
                    role,
                    kind,
                    text,
                    start_ms,
                    end_ms: start_ms.map(|ms| ms.saturating_add(7)),
                    confidence,
                },
            )
    }

    fn conversation() -> impl Strategy<Value = RawConversation> {
        let known = (prop::sample::select(Category::ALL.to_vec()), raw_text());
        (
            (
                any::<String>(),
                prop::option::of(raw_text()),
                any::<Option<i16>>(),
            ),
            prop::collection::vec(turn(), 0..4),
            prop::collection::vec(known, 0..3),
            prop::option::of(raw_text()),
            any::<bool>(),
        )
            .prop_map(|((id, language, year), turns, known, zip, incomplete)| {
                let known = known.into_iter();
                RawConversation {
                    tenant: TenantId::parse("north").expect("a name"),
                    conversation: ConversationRef::new(&id),
                    channel: Channel::Sms,
                    language,
                    year,
                    turns,
                    known: known
                        .map(|(category, value)| KnownValue { category, value })
                        .collect(),
                    attributes: zip.map(|zip| (Attribute::Zip, zip)).into_iter().collect(),
                    provenance: Default::default(),
                    incomplete,
                }
            })
    }

    proptest! {
        #[test]
        fn records_come_back(records in prop::collection::vec(record(), 0..4)) {
            prop_assert_eq!(decode_records(&encode_records(&records)), Ok(records));
        }

        #[test]
        fn conversations_come_back(list in prop::collection::vec(conversation(), 0..4)) {
            let bytes = encode_conversations(&list.iter().collect::<Vec<_>>());
            prop_assert_eq!(decode_conversations(&bytes), Ok(list));
        }
    }

    #[track_caller]
    fn check_refused(text: &str, expected: OriginalError) {
        let bytes = Phi::new(text.as_bytes().to_vec());
        assert_eq!(decode_records(&bytes), Err(expected));
    }

    #[test]
    fn what_is_not_this_format_is_refused_by_line() {
        let head = r#"{"format":"leeward.records","version":1}"#;
        check_refused("", OriginalError::Malformed { line: 1 });
        check_refused(head, OriginalError::Malformed { line: 1 });
        check_refused(
            &format!("{head}\n{{}}\n"),
            OriginalError::Malformed { line: 2 },
        );
        let later = head.replace('1', "2") + "\n";
        check_refused(&later, OriginalError::UnknownVersion(2));
        let other = encode_conversations(&[]);
        assert_eq!(
            decode_records(&other),
            Err(OriginalError::Malformed { line: 1 })
        );
    }

    const GOLDEN_RECORDS: &[u8] = include_bytes!("../../tests/golden/formats/records-v1.jsonl");
    const GOLDEN_CONVERSATIONS: &[u8] =
        include_bytes!("../../tests/golden/formats/conversations-v1.jsonl");

    #[test]
    fn version_1_of_records_reads_for_ever() {
        let record = OriginalRecord {
            place: TopicPartition::new("north.turns", 3),
            offset: 41,
            time: EpochMs(1_767_225_600_000),
            key: Some(Phi::new(b"call-1".to_vec())),
            headers: vec![(Phi::new("kind".into()), Phi::new(vec![0, 255]))],
            payload: Phi::new(b"not json".to_vec()),
        };
        let golden = Phi::new(GOLDEN_RECORDS.to_vec());
        assert_eq!(decode_records(&golden), Ok(vec![record.clone()]));
        assert_eq!(encode_records(&[record]), golden);
    }

    #[test]
    fn version_1_of_conversations_reads_for_ever() {
        let conversation = RawConversation {
            tenant: TenantId::parse("north").expect("a name"),
            conversation: ConversationRef::new("call-1"),
            channel: Channel::Voice,
            language: Some(Phi::new("en-US".into())),
            year: Some(2026),
            turns: vec![RawTurn {
                key: Some(Phi::new("t1".into())),
                seq: Some(1),
                role: Role::User,
                kind: TurnKind::Dtmf,
                text: Phi::new("1 2 3".into()),
                start_ms: Some(500),
                end_ms: None,
                confidence: Some(0.25),
            }],
            known: vec![KnownValue {
                category: Category::Zip,
                value: Phi::new("00000".into()),
            }],
            attributes: [(Attribute::Age, Phi::new("41".into()))].into(),
            provenance: Default::default(),
            incomplete: true,
        };
        let golden = Phi::new(GOLDEN_CONVERSATIONS.to_vec());
        assert_eq!(
            decode_conversations(&golden),
            Ok(vec![conversation.clone()])
        );
        assert_eq!(encode_conversations(&[&conversation]), golden);
    }
}
