//! Sealing to the operator's public key, for records whose tenant cannot be
//! established.
//!
//! HPKE (RFC 9180), base mode: X25519, HKDF-SHA256, AES-256-GCM. Workers hold
//! the public key only, so what is unclaimed cannot be read where it is
//! written. Version 1 of the file: `LWUB`, version (1 byte), encapsulated key
//! (32 bytes), ciphertext with tag; the file's name is authenticated.

use std::fmt;

use bytes::Bytes;
use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use zeroize::Zeroizing;

use super::{BlobName, SealError};
use crate::config::Secret;
use crate::domain::{Entropy, Phi, Sha256};

type PrivateKey = <X25519HkdfSha256 as Kem>::PrivateKey;
type PublicKey = <X25519HkdfSha256 as Kem>::PublicKey;
type Encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey;

const MAGIC: &[u8; 4] = b"LWUB";
const VERSION: u8 = 1;
const INFO: &[u8] = b"leeward.unclaimed.v1";
const KEY: usize = 32;

/// A file sealed to the operator. Only [`seal_to_operator`] makes one.
#[derive(Clone, PartialEq, Eq)]
pub struct UnclaimedBlob {
    name: BlobName,
    bytes: Bytes,
    sha256: Sha256,
}

impl UnclaimedBlob {
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

    /// The digest of the sealed bytes.
    #[must_use]
    pub const fn sha256(&self) -> Sha256 {
        self.sha256
    }
}

impl fmt::Debug for UnclaimedBlob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnclaimedBlob")
            .field("name", &self.name)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

/// Draws an operator's key pair: private key, public key.
pub fn operator_key_pair(entropy: &mut Entropy) -> (Secret<[u8; 32]>, [u8; 32]) {
    let seed = Zeroizing::new(entropy.bytes::<32>());
    let (private, public) = X25519HkdfSha256::derive_keypair(seed.as_slice());
    (
        Secret::new(private.to_bytes().into()),
        public.to_bytes().into(),
    )
}

/// Seals `plaintext` to the operator under a new random name.
///
/// # Errors
/// [`SealError::BadPublicKey`] when the key is not one that can be sealed to.
pub fn seal_to_operator(
    public_key: &[u8; 32],
    plaintext: &[u8],
    entropy: &mut Entropy,
) -> Result<UnclaimedBlob, SealError> {
    let public = PublicKey::from_bytes(public_key).map_err(|_| SealError::BadPublicKey)?;
    let name = BlobName::draw(entropy);
    let (encapsulated, ciphertext) =
        hpke::single_shot_seal_with_rng::<AesGcm256, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &public,
            INFO,
            plaintext,
            name.as_bytes(),
            &mut ChaCha20Rng::from_seed(entropy.bytes()),
        )
        .map_err(|_| SealError::BadPublicKey)?;
    let bytes = [MAGIC, &[VERSION][..], &encapsulated.to_bytes(), &ciphertext].concat();
    Ok(UnclaimedBlob {
        name,
        sha256: Sha256::of(&bytes),
        bytes: bytes.into(),
    })
}

/// Opens the unclaimed file `name` with the operator's private key.
///
/// # Errors
/// [`SealError::OtherKey`] when the private key is none;
/// [`SealError::NotAuthentic`] for another key, another name or changed bytes.
pub fn open_as_operator(
    private_key: &Secret<[u8; 32]>,
    name: BlobName,
    bytes: &[u8],
) -> Result<Phi<Vec<u8>>, SealError> {
    let private = PrivateKey::from_bytes(private_key.expose()).map_err(|_| SealError::OtherKey)?;
    let (encapsulated, ciphertext) = decode(bytes)?;
    hpke::single_shot_open::<AesGcm256, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &private,
        &encapsulated,
        INFO,
        ciphertext,
        name.as_bytes(),
    )
    .map(Phi::new)
    .map_err(|_| SealError::NotAuthentic)
}

/// The encapsulated key and the ciphertext of a file.
fn decode(bytes: &[u8]) -> Result<(Encapsulated, &[u8]), SealError> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(SealError::Malformed)?;
    let (version, rest) = rest.split_first().ok_or(SealError::Malformed)?;
    if *version != VERSION {
        return Err(SealError::UnknownVersion(*version));
    }
    let (key, ciphertext) = rest
        .split_first_chunk::<KEY>()
        .ok_or(SealError::Malformed)?;
    let key = Encapsulated::from_bytes(key).map_err(|_| SealError::Malformed)?;
    Ok((key, ciphertext))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(plaintext: &[u8]) -> (Secret<[u8; 32]>, UnclaimedBlob) {
        let mut entropy = Entropy::from_u64(5);
        let (private, public) = operator_key_pair(&mut entropy);
        let blob = seal_to_operator(&public, plaintext, &mut entropy).expect("a usable key");
        (private, blob)
    }

    #[test]
    fn the_operator_opens_it_and_nobody_else() {
        let (private, blob) = seal(b"whose is this");
        let opened = open_as_operator(&private, blob.name(), blob.bytes());
        assert_eq!(opened, Ok(Phi::new(b"whose is this".to_vec())));
        let (other, _) = operator_key_pair(&mut Entropy::from_u64(6));
        let refused = open_as_operator(&other, blob.name(), blob.bytes());
        assert_eq!(refused, Err(SealError::NotAuthentic));
    }

    #[test]
    fn another_name_a_flipped_bit_or_a_cut_does_not_open() {
        let (private, blob) = seal(b"x");
        let name = BlobName::draw(&mut Entropy::from_u64(8));
        assert!(open_as_operator(&private, name, blob.bytes()).is_err());
        for bit in 0..blob.bytes().len() * 8 {
            let mut bytes = blob.bytes().to_vec();
            bytes[bit / 8] ^= 1 << (bit % 8);
            // RFC 7748 (5): the highest bit of a coordinate is masked, but HPKE
            // binds the encapsulated key as it was sent.
            assert!(
                open_as_operator(&private, blob.name(), &bytes).is_err(),
                "bit {bit}"
            );
        }
        for cut in 0..blob.bytes().len() {
            assert!(open_as_operator(&private, blob.name(), &blob.bytes()[..cut]).is_err());
        }
    }

    #[test]
    fn a_public_key_of_small_order_is_refused() {
        let sealed = seal_to_operator(&[0; 32], b"x", &mut Entropy::from_u64(1));
        assert_eq!(sealed, Err(SealError::BadPublicKey));
    }

    #[test]
    fn version_1_opens_for_ever() {
        let golden = include_bytes!("../../tests/golden/formats/unclaimed-v1.bin");
        let name = BlobName::parse("3a475f40192686bfeb57188612bc925d").expect("a name");
        let mut private = [0; 32];
        hex::decode_to_slice(
            "c8233614ed38a4a7cf61008e96623b42f5de59091248b21416eb7b817e1c3e7d",
            &mut private,
        )
        .expect("64 digits");
        let plaintext = b"What is unclaimed in version 1 opens for ever.";
        assert_eq!(
            open_as_operator(&Secret::new(private), name, golden),
            Ok(Phi::new(plaintext.to_vec()))
        );
    }
}
