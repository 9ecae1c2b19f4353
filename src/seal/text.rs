//! A sealed file as text, to lie outside the stores: beside configuration, or with
//! a reviewer. One line says what it is, then base64.
//!
//! ```text
//! leeward-sealed 1 <name, 32 hexadecimal digits>
//! <base64 of the envelope, 76 characters a line>
//! ```

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::{BlobName, Purpose, SealError, Sealer};
use crate::domain::{Entropy, Phi};

const HEAD: &str = "leeward-sealed 1 ";
const LINE: usize = 76;

/// Seals `plaintext` for the sealer's tenant and `purpose`, under the data key of
/// `day` (days since 1970-01-01, UTC).
#[must_use]
pub fn seal_text(
    sealer: &Sealer,
    (purpose, day): (Purpose, i64),
    plaintext: &Phi<Vec<u8>>,
    entropy: &mut Entropy,
) -> String {
    let blob = sealer.seal(purpose, day, plaintext.expose(), entropy);
    let body = BASE64_STANDARD.encode(blob.bytes());
    let mut text = format!("{HEAD}{}\n", blob.name());
    for line in body.as_bytes().chunks(LINE) {
        text.push_str(&String::from_utf8_lossy(line));
        text.push('\n');
    }
    text
}

/// Opens what [`seal_text`] wrote for the sealer's tenant and `purpose`.
///
/// # Errors
/// [`SealError::Malformed`] for other text, else as [`Sealer::open`].
pub fn open_text(sealer: &Sealer, purpose: Purpose, text: &str) -> Result<Phi<Vec<u8>>, SealError> {
    let rest = text.strip_prefix(HEAD).ok_or(SealError::Malformed)?;
    let (name, body) = rest.split_once('\n').ok_or(SealError::Malformed)?;
    let name = BlobName::parse(name.trim_end()).ok_or(SealError::Malformed)?;
    let body: String = body.split_ascii_whitespace().collect();
    let bytes = BASE64_STANDARD.decode(body);
    let bytes = bytes.map_err(|_| SealError::Malformed)?;
    sealer.open(purpose, name, &bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Secret, resolved::Keys};
    use crate::domain::TenantId;

    fn sealer(tenant: &str, key: u8) -> Sealer {
        let keys = Keys {
            sealing: Secret::new([key; 32]),
            ledger: Secret::new([0; 32]),
        };
        Sealer::new(&TenantId::parse(tenant).expect("a name"), &keys)
    }

    fn sealed(plaintext: &[u8]) -> String {
        let plaintext = Phi::new(plaintext.to_vec());
        let mut entropy = Entropy::from_u64(1);
        let settings = (Purpose::Settings, 20_000);
        seal_text(&sealer("north", 1), settings, &plaintext, &mut entropy)
    }

    #[test]
    fn what_was_sealed_opens_for_its_tenant_alone() {
        let text = sealed(b"deny: {person: [Ottoline]}");
        assert!(text.lines().all(|line| line.len() <= LINE));
        let check = |tenant: &str, key: u8, expected: Result<&[u8], SealError>| {
            let opened = open_text(&sealer(tenant, key), Purpose::Settings, &text);
            let opened = opened.map(Phi::into_exposed);
            assert_eq!(opened, expected.map(<[u8]>::to_vec), "{tenant} {key}");
        };
        check("north", 1, Ok(b"deny: {person: [Ottoline]}"));
        check("north", 2, Err(SealError::OtherKey));
        check("south", 1, Err(SealError::NotAuthentic));
        let other = open_text(&sealer("north", 1), Purpose::Sample, &text);
        assert_eq!(other.err(), Some(SealError::NotAuthentic));
        assert!(!text.contains("Ottoline"));
    }

    #[test]
    fn text_that_was_changed_does_not_open() {
        let text = sealed(&[7; 200]);
        let check = |text: &str, expected: SealError| {
            let opened = open_text(&sealer("north", 1), Purpose::Settings, text);
            assert_eq!(opened.err(), Some(expected), "{text}");
        };
        check("", SealError::Malformed);
        check("allow: [words]", SealError::Malformed);
        check(&text[..HEAD.len() + 20], SealError::Malformed);
        check(&text.replace("sealed 1", "sealed 2"), SealError::Malformed);
        let cut = text.trim_end().rsplit_once('\n').expect("lines").0;
        assert!(open_text(&sealer("north", 1), Purpose::Settings, cut).is_err());
        let windows = text.replace('\n', "\r\n");
        assert!(open_text(&sealer("north", 1), Purpose::Settings, &windows).is_ok());
    }
}
