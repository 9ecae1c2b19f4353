//! Keyed digests: how the ledger names sources, subjects and actors.

use std::fmt;

use ring::hmac;
use serde::{Deserialize, Serialize};

use crate::config::resolved::Keys;

/// A tenant's ledger key. The tenant holds it; once it is destroyed, its
/// digests say nothing.
pub struct LedgerKey(hmac::Key);

impl LedgerKey {
    /// The ledger key of `keys`.
    #[must_use]
    pub fn new(keys: &Keys) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, keys.ledger.expose()))
    }

    /// The digest of `value` among values of `kind`: HMAC-SHA256, cut to 128
    /// bits. The same value of another kind has another digest.
    #[must_use]
    pub fn digest(&self, kind: &'static str, value: &[u8]) -> KeyedDigest {
        let mut context = hmac::Context::with_key(&self.0);
        context.update(b"leeward.digest.v1");
        context.update(&(kind.len() as u64).to_be_bytes());
        context.update(kind.as_bytes());
        context.update(value);
        let mut out = [0; 16];
        out.copy_from_slice(&context.sign().as_ref()[..16]);
        KeyedDigest(out)
    }
}

impl fmt::Debug for LedgerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[ledger key]")
    }
}

/// A keyed digest: 32 hexadecimal digits that only the holder of the ledger
/// key can relate to a value. It is for the operator's stores and never enters
/// the research area (45 CFR 164.514(c)(1)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyedDigest([u8; 16]);

impl KeyedDigest {
    /// Reads the form that [`fmt::Display`] writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 16];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Self(bytes))
    }
}

impl fmt::Display for KeyedDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl Serialize for KeyedDigest {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for KeyedDigest {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not 32 hexadecimal digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Secret;

    fn key(byte: u8) -> LedgerKey {
        LedgerKey::new(&Keys {
            sealing: Secret::new([0; 32]),
            ledger: Secret::new([byte; 32]),
        })
    }

    #[test]
    fn digests_depend_on_key_kind_and_value() {
        let digest = key(1).digest("source", b"call-1");
        assert_eq!(key(1).digest("source", b"call-1"), digest);
        assert_ne!(key(2).digest("source", b"call-1"), digest);
        assert_ne!(key(1).digest("actor", b"call-1"), digest);
        assert_ne!(key(1).digest("source", b"call-2"), digest);
        assert_ne!(key(1).digest("sourcec", b"all-1"), digest);
        assert_eq!(KeyedDigest::parse(&digest.to_string()), Some(digest));
    }

    #[test]
    fn version_1_of_the_digest_does_not_change() {
        assert_eq!(
            key(1).digest("source", b"call-1").to_string(),
            "dfb7123962f95b4e0c63d1da149fda39"
        );
    }
}
