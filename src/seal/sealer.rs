//! Seals and opens one tenant's files.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::hkdf;
use zeroize::Zeroizing;

use super::envelope::{self, CHUNK, HEADER, Header, NONCE, TAG, WRAPPED};
use super::{BlobName, Purpose, SealError, SealedBlob};
use crate::config::resolved::Keys;
use crate::domain::{Entropy, Phi, TenantId};

/// Data keys kept for sealing: every purpose over a midnight.
const KEPT_KEYS: usize = 2 * Purpose::ALL.len();

/// Chunks sealed under one data key before a fresh one is drawn. With random
/// 96-bit nonces, NIST SP 800-38D (8.3) allows 2³²; this is half of it.
const KEY_USES: u64 = 1 << 31;

/// Seals and opens the files of one tenant.
///
/// Each process draws a data key of its own for a purpose and day, so that no
/// two workers share a nonce space. Opening needs the tenant's sealing key
/// only.
pub struct Sealer {
    tenant: TenantId,
    key_id: [u8; 8],
    wrapping: LessSafeKey,
    day_keys: Mutex<BTreeMap<(i64, Purpose), DayKey>>,
}

impl Sealer {
    /// A sealer of `tenant`, under its sealing key.
    #[must_use]
    pub fn new(tenant: &TenantId, keys: &Keys) -> Self {
        let secret =
            hkdf::Salt::new(hkdf::HKDF_SHA256, b"leeward.seal.v1").extract(keys.sealing.expose());
        Self {
            tenant: tenant.clone(),
            key_id: derive_key_id(&secret),
            wrapping: derive_wrapping_key(&secret),
            day_keys: Mutex::default(),
        }
    }

    /// Whose files it seals.
    #[must_use]
    pub const fn tenant(&self) -> &TenantId {
        &self.tenant
    }

    /// Seals `plaintext` for `purpose` under the data key of `day` (days since
    /// 1970-01-01, UTC), under a new random name.
    ///
    /// # Panics
    /// When the plaintext is longer than 2³² chunks of 1 MiB.
    pub fn seal(
        &self,
        purpose: Purpose,
        day: i64,
        plaintext: &[u8],
        entropy: &mut Entropy,
    ) -> SealedBlob {
        let name = BlobName::draw(entropy);
        let chunks = plaintext.len().div_ceil(CHUNK).max(1);
        let key = self.day_key(purpose, day, chunks as u64, entropy);
        let nonce = entropy.bytes();
        let header = Header {
            purpose: purpose.code(),
            key_id: self.key_id,
            day,
            wrapped: key.wrapped,
            nonce,
        }
        .encode();
        let file = envelope::file_context(&self.tenant, purpose, name, &header);
        let mut out = Vec::with_capacity(HEADER + plaintext.len() + chunks * TAG);
        out.extend_from_slice(&header);
        for index in 0..chunks {
            let at = index * CHUNK;
            let chunk = &plaintext[at..plaintext.len().min(at + CHUNK)];
            let index = u32::try_from(index).expect("fewer than 2^32 chunks fit in memory");
            let aad = envelope::chunk_context(&file, index, at + chunk.len() == plaintext.len());
            let nonce = envelope::chunk_nonce(nonce, index);
            seal_onto(&mut out, &key.key, nonce, &aad, chunk);
        }
        SealedBlob::sealed(self.tenant.clone(), purpose, name, out)
    }

    /// Opens the file `name` of this tenant and `purpose`.
    ///
    /// # Errors
    /// A [`SealError`]; nothing of the plaintext is given unless all of it is
    /// authentic.
    pub fn open(
        &self,
        purpose: Purpose,
        name: BlobName,
        bytes: &[u8],
    ) -> Result<Phi<Vec<u8>>, SealError> {
        let (header, body) = Header::decode(bytes)?;
        if header.key_id != self.key_id {
            return Err(SealError::OtherKey);
        }
        if header.purpose != purpose.code() {
            return Err(SealError::NotAuthentic);
        }
        let key = self.unwrap_key(purpose, &header)?;
        let file = envelope::file_context(&self.tenant, purpose, name, &header.encode());
        open_chunks(&key, &header, &file, body).map(Phi::new)
    }

    /// The data key for sealing `chunks` more chunks.
    fn day_key(&self, purpose: Purpose, day: i64, chunks: u64, entropy: &mut Entropy) -> DayKey {
        let mut keys = self.day_keys.lock().unwrap_or_else(PoisonError::into_inner);
        let used = keys.get(&(day, purpose)).map_or(0, |k| k.uses);
        if used == 0 || used + chunks > KEY_USES {
            keys.insert((day, purpose), self.draw_day_key(purpose, day, entropy));
        }
        let key = keys
            .get_mut(&(day, purpose))
            .expect("a key of this purpose and day was kept or has just been drawn");
        key.uses += chunks;
        let key = key.clone();
        while keys.len() > KEPT_KEYS {
            keys.pop_first();
        }
        key
    }

    fn draw_day_key(&self, purpose: Purpose, day: i64, entropy: &mut Entropy) -> DayKey {
        let key = Zeroizing::new(entropy.bytes::<32>());
        let nonce: [u8; NONCE] = entropy.bytes();
        let aad = envelope::wrap_context(&self.tenant, purpose, day);
        let mut out = nonce.to_vec();
        seal_onto(&mut out, &self.wrapping, nonce, &aad, key.as_slice());
        let mut wrapped = [0; WRAPPED];
        wrapped.copy_from_slice(&out);
        DayKey {
            key: data_key(&key),
            wrapped,
            uses: 0,
        }
    }

    fn unwrap_key(&self, purpose: Purpose, header: &Header) -> Result<LessSafeKey, SealError> {
        let aad = envelope::wrap_context(&self.tenant, purpose, header.day);
        let (nonce, sealed) = header
            .wrapped
            .split_first_chunk()
            .ok_or(SealError::Malformed)?;
        let mut key = Zeroizing::new(sealed.to_vec());
        let plain = open_in_place(&self.wrapping, *nonce, &aad, &mut key)?;
        let mut bytes = Zeroizing::new([0; 32]);
        bytes.copy_from_slice(&key[..plain]);
        Ok(data_key(&bytes))
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealer")
            .field("tenant", &self.tenant)
            .finish_non_exhaustive()
    }
}

/// The data key of one purpose and day, in this process.
#[derive(Clone)]
struct DayKey {
    key: LessSafeKey,
    wrapped: [u8; WRAPPED],
    /// Chunks sealed so far.
    uses: u64,
}

struct KeyIdLength;

impl hkdf::KeyType for KeyIdLength {
    fn len(&self) -> usize {
        8
    }
}

fn derive_key_id(secret: &hkdf::Prk) -> [u8; 8] {
    let mut id = [0; 8];
    secret
        .expand(&[b"key id"], KeyIdLength)
        .and_then(|okm| okm.fill(&mut id))
        .expect("8 bytes is a length that HKDF gives");
    id
}

fn derive_wrapping_key(secret: &hkdf::Prk) -> LessSafeKey {
    let okm = secret
        .expand(&[b"wrap"], &AES_256_GCM)
        .expect("32 bytes is a length that HKDF gives");
    LessSafeKey::new(UnboundKey::from(okm))
}

fn data_key(bytes: &[u8; 32]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, bytes).expect("AES-256 keys have 32 bytes"))
}

/// Appends the sealed `chunk` and its tag to `out`.
fn seal_onto(out: &mut Vec<u8>, key: &LessSafeKey, nonce: [u8; NONCE], aad: &[u8], chunk: &[u8]) {
    let at = out.len();
    out.extend_from_slice(chunk);
    let nonce = Nonce::assume_unique_for_key(nonce);
    let tag = key
        .seal_in_place_separate_tag(nonce, Aad::from(aad), &mut out[at..])
        .expect("a chunk is shorter than AES-GCM's limit");
    out.extend_from_slice(tag.as_ref());
}

/// Opens `sealed` (ciphertext and tag) in place; gives the plaintext's length.
fn open_in_place(
    key: &LessSafeKey,
    nonce: [u8; NONCE],
    aad: &[u8],
    sealed: &mut [u8],
) -> Result<usize, SealError> {
    let nonce = Nonce::assume_unique_for_key(nonce);
    key.open_in_place(nonce, Aad::from(aad), sealed)
        .map(|plain| plain.len())
        .map_err(|_| SealError::NotAuthentic)
}

/// Opens every chunk of `body`.
fn open_chunks(
    key: &LessSafeKey,
    header: &Header,
    file: &[u8],
    body: &[u8],
) -> Result<Vec<u8>, SealError> {
    if body.is_empty() {
        return Err(SealError::Malformed);
    }
    let chunks = body.chunks(CHUNK + TAG);
    let last = chunks.len() - 1;
    let mut out = Vec::with_capacity(body.len());
    for (index, chunk) in chunks.enumerate() {
        let at = out.len();
        out.extend_from_slice(chunk);
        let number = u32::try_from(index).map_err(|_| SealError::Malformed)?;
        let aad = envelope::chunk_context(file, number, index == last);
        let nonce = envelope::chunk_nonce(header.nonce, number);
        let plain = open_in_place(key, nonce, &aad, &mut out[at..])?;
        out.truncate(at + plain);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Secret;

    fn sealer(tenant: &str, key: u8) -> Sealer {
        let keys = Keys {
            sealing: Secret::new([key; 32]),
            ledger: Secret::new([0; 32]),
        };
        Sealer::new(&TenantId::parse(tenant).expect("a name"), &keys)
    }

    fn seal(plaintext: &[u8]) -> SealedBlob {
        sealer("north", 1).seal(
            Purpose::Landing,
            20_000,
            plaintext,
            &mut Entropy::from_u64(9),
        )
    }

    fn open(blob: &SealedBlob, bytes: &[u8]) -> Result<Phi<Vec<u8>>, SealError> {
        sealer("north", 1).open(blob.purpose(), blob.name(), bytes)
    }

    #[test]
    fn what_is_sealed_opens_with_the_tenants_key_alone() {
        for len in [0, 1, 15, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK] {
            let plaintext: Vec<u8> = (0..len).map(|i| i as u8).collect();
            let blob = seal(&plaintext);
            assert_eq!(open(&blob, blob.bytes()), Ok(Phi::new(plaintext)), "{len}");
        }
    }

    #[test]
    fn another_tenant_key_purpose_or_name_does_not_open() {
        let blob = seal(b"words");
        let check = |sealer: Sealer, purpose, name, expected| {
            assert_eq!(sealer.open(purpose, name, blob.bytes()), Err(expected));
        };
        let other = BlobName::draw(&mut Entropy::from_u64(4));
        let (landing, name) = (Purpose::Landing, blob.name());
        check(sealer("south", 1), landing, name, SealError::NotAuthentic);
        check(sealer("north", 2), landing, name, SealError::OtherKey);
        check(
            sealer("north", 1),
            Purpose::Stage,
            name,
            SealError::NotAuthentic,
        );
        check(sealer("north", 1), landing, other, SealError::NotAuthentic);
    }

    #[test]
    fn a_purpose_rewritten_in_the_header_does_not_open() {
        let blob = seal(b"words");
        let mut bytes = blob.bytes().to_vec();
        bytes[5] = Purpose::Stage.code();
        let moved = sealer("north", 1).open(Purpose::Stage, blob.name(), &bytes);
        assert_eq!(moved, Err(SealError::NotAuthentic));
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let blob = seal(b"a short turn");
        for bit in 0..blob.bytes().len() * 8 {
            let mut bytes = blob.bytes().to_vec();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(open(&blob, &bytes).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn chunks_left_out_repeated_or_exchanged_are_noticed() {
        let blob = seal(&vec![5; 2 * CHUNK]);
        let (header, body) = blob.bytes().split_at(HEADER);
        let (a, b) = body.split_at(CHUNK + TAG);
        let nothing: &[u8] = &[];
        for body in [
            [a, nothing],
            [b, nothing],
            [b, a],
            [a, a],
            [nothing, nothing],
        ] {
            let bytes = [header, body[0], body[1]].concat();
            assert!(open(&blob, &bytes).is_err());
        }
        assert!(open(&blob, &[header, a, b, a].concat()).is_err());
        assert!(open(&blob, &[header, a, b].concat()).is_ok());
    }

    #[test]
    fn a_day_has_one_data_key_and_a_purpose_its_own() {
        let (sealer, mut entropy) = (sealer("north", 1), Entropy::from_u64(2));
        let mut wrapped = |purpose, day| {
            let blob = sealer.seal(purpose, day, b"x", &mut entropy);
            Header::decode(blob.bytes()).expect("a header").0.wrapped
        };
        let first = wrapped(Purpose::Landing, 1);
        assert_eq!(wrapped(Purpose::Landing, 1), first);
        assert_ne!(wrapped(Purpose::Landing, 2), first);
        assert_ne!(wrapped(Purpose::Index, 1), first);
    }

    #[test]
    fn a_data_key_is_replaced_before_its_bound() {
        let (sealer, mut entropy) = (sealer("north", 1), Entropy::from_u64(2));
        let mut draw = |chunks| sealer.day_key(Purpose::Landing, 1, chunks, &mut entropy);
        let first = draw(KEY_USES - 1).wrapped;
        assert_eq!(draw(1).wrapped, first);
        assert_ne!(draw(1).wrapped, first);
    }

    #[test]
    fn kept_keys_are_bounded() {
        let (sealer, mut entropy) = (sealer("north", 1), Entropy::from_u64(2));
        for day in 0..100 {
            sealer.seal(Purpose::Landing, day, b"x", &mut entropy);
        }
        assert_eq!(
            sealer.day_keys.lock().map(|k| k.len()).ok(),
            Some(KEPT_KEYS)
        );
    }

    #[test]
    fn version_1_opens_for_ever() {
        let golden = include_bytes!("../../tests/golden/formats/seal-v1.bin");
        let name = BlobName::parse("87a9779748888da5d96bbbce041b5109").expect("a name");
        let plaintext = b"What is sealed in version 1 opens for ever.";
        assert_eq!(
            sealer("north", 1).open(Purpose::Landing, name, golden),
            Ok(Phi::new(plaintext.to_vec()))
        );
    }

    #[test]
    fn speed() {
        let plaintext = vec![7; 32 * CHUNK];
        let start = std::time::Instant::now();
        let blob = seal(&plaintext);
        let sealed = start.elapsed();
        assert!(open(&blob, blob.bytes()).is_ok());
        let opened = start.elapsed() - sealed;
        println!("32 MiB sealed and digested in {sealed:?}, opened in {opened:?}");
    }
}
