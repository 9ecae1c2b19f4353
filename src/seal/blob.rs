//! A sealed file and its name.

use std::fmt;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::Purpose;
use crate::domain::{Entropy, Sha256, TenantId};

/// A file's name: 32 random hexadecimal digits, related to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobName([u8; 16]);

impl BlobName {
    /// Draws a name. Two of 2⁴⁰ names agree with a probability below 2⁻⁴⁸.
    pub fn draw(entropy: &mut Entropy) -> Self {
        Self(entropy.bytes())
    }

    /// Reads the form that [`fmt::Display`] writes, and no other spelling of it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 16];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        let name = Self(bytes);
        (name.to_string() == text).then_some(name)
    }

    pub(super) const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Display for BlobName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl Serialize for BlobName {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for BlobName {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not 32 hexadecimal digits"))
    }
}

/// A sealed file that knows whose it is. Its path is computed from itself, so
/// that it cannot be written under another tenant; only
/// [`Sealer::seal`](super::Sealer::seal) makes one.
///
/// ```compile_fail,E0451
/// # use leeward::seal::*;
/// # fn other(blob: SealedBlob, tenant: leeward::domain::TenantId) -> SealedBlob {
/// SealedBlob { tenant, ..blob }
/// # }
/// ```
/// ```compile_fail,E0616
/// # fn other(mut blob: leeward::seal::SealedBlob, tenant: leeward::domain::TenantId) {
/// blob.tenant = tenant;
/// # }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct SealedBlob {
    tenant: TenantId,
    purpose: Purpose,
    name: BlobName,
    bytes: Bytes,
    sha256: Sha256,
}

impl SealedBlob {
    /// Called by the sealer and nowhere else.
    pub(super) fn sealed(
        tenant: TenantId,
        purpose: Purpose,
        name: BlobName,
        bytes: Vec<u8>,
    ) -> Self {
        let sha256 = Sha256::of(&bytes);
        Self {
            tenant,
            purpose,
            name,
            bytes: bytes.into(),
            sha256,
        }
    }

    /// Whose it is.
    #[must_use]
    pub const fn tenant(&self) -> &TenantId {
        &self.tenant
    }

    /// What it is for.
    #[must_use]
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> BlobName {
        self.name
    }

    /// The sealed bytes.
    #[must_use]
    pub const fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The digest of the sealed bytes (of ciphertext, never of an original).
    #[must_use]
    pub const fn sha256(&self) -> Sha256 {
        self.sha256
    }
}

impl fmt::Debug for SealedBlob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SealedBlob")
            .field("tenant", &self.tenant)
            .field("purpose", &self.purpose)
            .field("name", &self.name)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::BlobName;
    use crate::domain::Entropy;

    #[test]
    fn names_have_one_spelling() {
        let name = BlobName::draw(&mut Entropy::from_u64(1));
        let text = name.to_string();
        assert_eq!(text.len(), 32);
        assert_eq!(BlobName::parse(&text), Some(name));
        for bad in [&text.to_uppercase(), &text[1..], "", "../../etc/passwd"] {
            assert_eq!(BlobName::parse(bad), None, "{bad}");
        }
    }
}
