//! Signatures: who said something, for anyone to check (Ed25519, RFC 8032).

use std::fmt;

use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

use crate::config::Secret;

/// A person's signing key. It stays with that person.
pub struct SigningKey(Ed25519KeyPair);

impl SigningKey {
    /// The key of a seed, which is what a PKCS #8 file ends with.
    ///
    /// # Panics
    /// Never: any 32 bytes are a seed.
    #[must_use]
    pub fn of_seed(seed: &Secret<[u8; 32]>) -> Self {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed.expose());
        Self(pair.expect("any 32 bytes are a seed"))
    }

    /// Its public half.
    #[must_use]
    pub fn verifying(&self) -> VerifyingKey {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(self.0.public_key().as_ref());
        VerifyingKey(bytes)
    }

    /// Signs `message`.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Signature {
        let mut bytes = [0; 64];
        bytes.copy_from_slice(self.0.sign(message).as_ref());
        Signature(bytes)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[signing key]")
    }
}

/// The public half of a signing key, in hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VerifyingKey(pub [u8; 32]);

impl VerifyingKey {
    /// Whether the holder of the key signed `message`.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &Signature) -> bool {
        let key = UnparsedPublicKey::new(&ED25519, self.0);
        key.verify(message, &signature.0).is_ok()
    }
}

/// A signature, in hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature([u8; 64]);

/// Hexadecimal of a fixed length, printed, written and read.
macro_rules! hexadecimal {
    ($type:ident, $bytes:literal, $wrong:literal) => {
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let mut bytes = [0; $bytes];
                hex::decode_to_slice(String::deserialize(d)?, &mut bytes)
                    .map_err(|_| serde::de::Error::custom($wrong))?;
                Ok(Self(bytes))
            }
        }
    };
}

hexadecimal!(VerifyingKey, 32, "not 64 hexadecimal digits");
hexadecimal!(Signature, 64, "not 128 hexadecimal digits");

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> SigningKey {
        SigningKey::of_seed(&Secret::new([byte; 32]))
    }

    #[test]
    fn a_signature_is_of_its_key_and_message_alone() {
        let signature = key(1).sign(b"nothing found");
        let check = |by: u8, message: &[u8], signature: &Signature, expected: bool| {
            let verifies = key(by).verifying().verifies(message, signature);
            assert_eq!(verifies, expected, "{by} {message:?}");
        };
        check(1, b"nothing found", &signature, true);
        check(2, b"nothing found", &signature, false);
        check(1, b"nothing found!", &signature, false);
        for byte in 0..64 {
            let mut forged = signature;
            forged.0[byte] ^= 1;
            check(1, b"nothing found", &forged, false);
        }
    }

    /// RFC 8032, section 7.1, test 1.
    #[test]
    fn it_is_the_standard_s() {
        let mut seed = [0; 32];
        let text = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
        hex::decode_to_slice(text, &mut seed).expect("hexadecimal");
        let key = SigningKey::of_seed(&Secret::new(seed));
        assert!(key.verifying().to_string().starts_with("d75a980182b10ab7"));
        assert!(key.sign(b"").to_string().starts_with("e5564300c360ac72"));
    }

    #[test]
    fn keys_and_signatures_are_hexadecimal() {
        let signature = key(1).sign(b"x");
        let text = serde_json::json!([key(1).verifying(), signature]).to_string();
        let read: (VerifyingKey, Signature) = serde_json::from_str(&text).expect("hexadecimal");
        assert_eq!(read, (key(1).verifying(), signature));
        let cut = text.replacen('"', "\"0", 1);
        assert!(serde_json::from_str::<(VerifyingKey, Signature)>(&cut).is_err());
    }
}
