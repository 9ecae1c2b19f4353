//! Names of things. Each parses where it enters and is trusted after.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Entropy, Phi};

/// A tenant's short name: 1 to 63 of `a-z`, `0-9` and `-`, not starting or
/// ending with `-`. It is the operator's word and appears in paths of the
/// state and landing stores, never in the research area.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TenantId(Arc<str>);

impl TenantId {
    /// Reads a tenant's name; `None` unless it has the stated form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let ok = (1..=63).contains(&text.len())
            && !text.starts_with('-')
            && !text.ends_with('-')
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        ok.then(|| Self(text.into()))
    }

    /// The name as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TenantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for TenantId {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for TenantId {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a tenant name"))
    }
}

/// The source's own id of a conversation. It is an identifier (45 CFR
/// 164.514(b)(2)(i)(R)), so it is raw.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConversationRef(Phi<Arc<str>>);

impl ConversationRef {
    /// Takes the source's id.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self(Phi::new(id.into()))
    }

    /// The raw id.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// A conversation's id in research: a random UUID (version 4), related to
/// nothing (45 CFR 164.514(c)(1)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResearchId([u8; 16]);

impl ResearchId {
    /// Draws an id.
    pub fn draw(entropy: &mut Entropy) -> Self {
        let mut bytes: [u8; 16] = entropy.bytes();
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        Self(bytes)
    }

    /// Reads the hyphenated form that [`fmt::Display`] writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain: String = text.split('-').collect();
        let mut bytes = [0; 16];
        hex::decode_to_slice(plain, &mut bytes).ok()?;
        (text.len() == 36).then_some(Self(bytes))
    }
}

impl fmt::Display for ResearchId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let h = hex::encode(self.0);
        write!(
            f,
            "{}-{}-{}-{}-{}",
            &h[..8],
            &h[8..12],
            &h[12..16],
            &h[16..20],
            &h[20..]
        )
    }
}

impl Serialize for ResearchId {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ResearchId {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a research id"))
    }
}

/// A SHA-256 digest of bytes that are public, sealed or a policy; never of an
/// identifier.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Sha256(pub [u8; 32]);

impl Sha256 {
    /// The digest of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
        let mut out = [0; 32];
        out.copy_from_slice(digest.as_ref());
        Self(out)
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Sha256 {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sha256 {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        let mut out = [0; 32];
        hex::decode_to_slice(text, &mut out)
            .map_err(|_| serde::de::Error::custom("not 64 hexadecimal digits"))?;
        Ok(Self(out))
    }
}

/// The content hash of a policy: its version.
pub type PolicyHash = Sha256;

/// One partition of one topic: the unit of order, ownership and commit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TopicPartition {
    /// The topic.
    #[serde(with = "shared_str")]
    pub topic: Arc<str>,
    /// The partition's number, from 0.
    pub partition: i32,
}

impl TopicPartition {
    /// Names a partition.
    #[must_use]
    pub fn new(topic: &str, partition: i32) -> Self {
        Self {
            topic: topic.into(),
            partition,
        }
    }
}

impl fmt::Display for TopicPartition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.topic, self.partition)
    }
}

/// Shared strings in stored formats.
mod shared_str {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(text: &Arc<str>, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(text)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Arc<str>, D::Error> {
        String::deserialize(d).map(Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenant_names_are_narrow() {
        for good in ["a", "north-clinic", "t049", &"a".repeat(63)] {
            assert!(TenantId::parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "-a",
            "a-",
            "A",
            "a/b",
            "a.b",
            "a b",
            "é",
            &"a".repeat(64),
        ] {
            assert!(TenantId::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn research_ids_are_version_4_and_round_trip() {
        let id = ResearchId::draw(&mut Entropy::from_u64(3));
        let text = id.to_string();
        assert_eq!(&text[14..15], "4");
        assert!(matches!(&text[19..20], "8" | "9" | "a" | "b"));
        assert_eq!(ResearchId::parse(&text), Some(id));
        assert_eq!(ResearchId::parse(&text[1..]), None);
    }

    #[test]
    fn a_source_id_does_not_print() {
        assert!(!format!("{:?}", ConversationRef::new("call-7731")).contains("7731"));
    }
}
