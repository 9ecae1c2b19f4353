//! The envelope: the header of a sealed file and what is authenticated.
//!
//! Version 1, integers big-endian:
//!
//! | bytes | what |
//! |---|---|
//! | 4 | `LWSB` |
//! | 1 | version: 1 (AES-256-GCM) |
//! | 1 | purpose |
//! | 8 | id of the sealing key, derived from it |
//! | 8 | day: days since 1970-01-01, UTC |
//! | 60 | wrapped data key: nonce (12), ciphertext (32), tag (16) |
//! | 12 | base nonce |
//! | … | chunks of at most 1 MiB of plaintext, each followed by its tag (16) |
//!
//! Chunk *i* is sealed under the base nonce with *i* added by exclusive or to
//! its last four bytes. Authenticated with it: tenant, purpose and name, the
//! whole header, *i*, and whether it is the last; so a chunk cannot be left
//! out, repeated, moved or brought in from another file.

use super::{BlobName, Purpose, SealError};
use crate::domain::TenantId;

/// Bytes of plaintext in every chunk but the last.
pub(super) const CHUNK: usize = 1 << 20;
/// Bytes of an authentication tag.
pub(super) const TAG: usize = 16;
/// Bytes of a nonce.
pub(super) const NONCE: usize = 12;
/// Bytes of the header.
pub(super) const HEADER: usize = 94;
/// Bytes of a wrapped data key.
pub(super) const WRAPPED: usize = NONCE + 32 + TAG;

const MAGIC: &[u8; 4] = b"LWSB";
const VERSION: u8 = 1;

/// The header of a sealed file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// The purpose's number.
    pub(super) purpose: u8,
    /// Which sealing key wraps the data key.
    pub(super) key_id: [u8; 8],
    /// The day of the data key.
    pub(super) day: i64,
    /// The data key, wrapped.
    pub(super) wrapped: [u8; WRAPPED],
    /// What the chunks' nonces are made from.
    pub(super) nonce: [u8; NONCE],
}

impl Header {
    /// The header's bytes.
    pub(super) fn encode(&self) -> [u8; HEADER] {
        let parts: [&[u8]; 7] = [
            MAGIC,
            &[VERSION],
            &[self.purpose],
            &self.key_id,
            &self.day.to_be_bytes(),
            &self.wrapped,
            &self.nonce,
        ];
        let mut out = [0; HEADER];
        let mut at = 0;
        for part in parts {
            out[at..at + part.len()].copy_from_slice(part);
            at += part.len();
        }
        out
    }

    /// Reads a header; gives it with the chunks that follow.
    pub(super) fn decode(bytes: &[u8]) -> Result<(Self, &[u8]), SealError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(SealError::Malformed)?;
        match rest.first() {
            Some(&VERSION) => {}
            Some(&other) => return Err(SealError::UnknownVersion(other)),
            None => return Err(SealError::Malformed),
        }
        let mut rest = &rest[1..];
        let [purpose] = take(&mut rest)?;
        let header = Self {
            purpose,
            key_id: take(&mut rest)?,
            day: i64::from_be_bytes(take(&mut rest)?),
            wrapped: take(&mut rest)?,
            nonce: take(&mut rest)?,
        };
        Ok((header, rest))
    }
}

/// The next `N` bytes of `rest`.
fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], SealError> {
    let (head, tail) = rest.split_first_chunk().ok_or(SealError::Malformed)?;
    *rest = tail;
    Ok(*head)
}

/// The nonce of chunk `index`.
pub(super) fn chunk_nonce(base: [u8; NONCE], index: u32) -> [u8; NONCE] {
    let mut nonce = base;
    for (byte, i) in nonce[NONCE - 4..].iter_mut().zip(index.to_be_bytes()) {
        *byte ^= i;
    }
    nonce
}

/// What a data key is bound to when it is wrapped.
pub(super) fn wrap_context(tenant: &TenantId, purpose: Purpose, day: i64) -> Vec<u8> {
    let mut aad = context(b"leeward.wrap.v1", tenant, purpose);
    aad.extend_from_slice(&day.to_be_bytes());
    aad
}

/// What every chunk of a file is bound to; [`chunk_context`] completes it.
pub(super) fn file_context(
    tenant: &TenantId,
    purpose: Purpose,
    name: BlobName,
    header: &[u8],
) -> Vec<u8> {
    let mut aad = context(b"leeward.seal.v1", tenant, purpose);
    aad.extend_from_slice(name.as_bytes());
    aad.extend_from_slice(header);
    aad
}

/// What chunk `index` is bound to.
pub(super) fn chunk_context(file: &[u8], index: u32, last: bool) -> Vec<u8> {
    let mut aad = Vec::with_capacity(file.len() + 5);
    aad.extend_from_slice(file);
    aad.extend_from_slice(&index.to_be_bytes());
    aad.push(u8::from(last));
    aad
}

/// `label`, tenant and purpose, each behind its length so that no two
/// sequences give the same bytes.
fn context(label: &[u8], tenant: &TenantId, purpose: Purpose) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    for part in [
        label,
        tenant.as_str().as_bytes(),
        purpose.segment().as_bytes(),
    ] {
        out.extend_from_slice(&(part.len() as u32).to_be_bytes());
        out.extend_from_slice(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Header {
        Header {
            purpose: 3,
            key_id: [1; 8],
            day: -5,
            wrapped: [2; WRAPPED],
            nonce: [4; NONCE],
        }
    }

    #[test]
    fn headers_round_trip_and_leave_the_chunks() {
        let mut bytes = header().encode().to_vec();
        bytes.extend_from_slice(b"chunks");
        let (read, rest) = Header::decode(&bytes).expect("a header");
        assert_eq!((read, rest), (header(), &b"chunks"[..]));
    }

    #[test]
    fn what_is_not_a_header_is_said_to_be_none() {
        let bytes = header().encode();
        for cut in 0..HEADER {
            assert_eq!(Header::decode(&bytes[..cut]), Err(SealError::Malformed));
        }
        let mut later = bytes;
        later[4] = 2;
        assert_eq!(Header::decode(&later), Err(SealError::UnknownVersion(2)));
        assert_eq!(Header::decode(b"PAR1"), Err(SealError::Malformed));
    }

    #[test]
    fn chunks_have_nonces_and_contexts_of_their_own() {
        assert_ne!(chunk_nonce([7; NONCE], 0), chunk_nonce([7; NONCE], 1));
        assert_ne!(chunk_context(b"f", 0, true), chunk_context(b"f", 0, false));
        assert_ne!(chunk_context(b"f", 0, true), chunk_context(b"f", 1, true));
    }
}
