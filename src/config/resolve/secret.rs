//! Secrets: from where they are written to be, and keys in their form.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use zeroize::Zeroizing;

use super::Around;
use crate::config::Secret;
use crate::config::problem::child;
use crate::config::read::Document;
use crate::config::written::SecretSource;

/// Fetches a secret; refuses the setting when it is not to be had.
pub(super) fn fetch(
    document: &mut Document,
    pointer: &str,
    source: &SecretSource,
    around: &Around<'_>,
) -> Option<Secret<String>> {
    match source {
        SecretSource::Text(text) => Some(text.0.clone()),
        SecretSource::Env(source) => {
            let found = (around.lookup)(&source.env).filter(|value| !value.is_empty());
            if found.is_none() {
                let at = child(pointer, "env");
                document.refuse(&at, "the environment has no such variable", "set it");
            }
            found.map(Secret::new)
        }
        SecretSource::File(source) => {
            let path = document.beside(&source.file);
            match std::fs::read_to_string(path) {
                Ok(text) => Some(without_line_break(text)),
                Err(error) => {
                    let what = format!("the file cannot be read ({})", error.kind());
                    let at = child(pointer, "file");
                    document.refuse(&at, &what, "check the path and its permissions");
                    None
                }
            }
        }
    }
}

fn without_line_break(text: String) -> Secret<String> {
    let text = Zeroizing::new(text);
    Secret::new(text.trim_end_matches(['\r', '\n']).to_owned())
}

/// Fetches a key of 32 bytes. One that stands in the file itself is refused:
/// files are copied, committed and mailed.
pub(super) fn key(
    document: &mut Document,
    pointer: &str,
    source: &SecretSource,
    around: &Around<'_>,
) -> Option<Secret<[u8; 32]>> {
    if matches!(source, SecretSource::Text(_)) && !document.is_from_environment(pointer) {
        document.refuse(
            pointer,
            "is a key written into the file",
            "make a new key and name its place: `{env: NAME}`, `{file: PATH}` or `${NAME}`",
        );
        return None;
    }
    let text = fetch(document, pointer, source, around)?;
    let key = bytes32(text.expose());
    if key.is_none() {
        let what = "is not a key of 32 random bytes in hexadecimal or base64";
        document.refuse(pointer, what, "make one with `openssl rand -hex 32`");
    }
    key
}

/// The 32 bytes that `text` writes in hexadecimal or base64; `None` for another
/// form, and for one byte repeated, which is a placeholder and no key.
pub(super) fn bytes32(text: &str) -> Option<Secret<[u8; 32]>> {
    let text = text.trim();
    let decoded = if text.len() == 64 {
        hex::decode(text).ok()
    } else {
        BASE64_STANDARD.decode(text).ok()
    };
    let decoded = Zeroizing::new(decoded?);
    let key: [u8; 32] = decoded.as_slice().try_into().ok()?;
    let repeated = key.iter().all(|byte| *byte == key[0]);
    (!repeated).then(|| Secret::new(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_hexadecimal_or_base64() {
        let key: [u8; 32] = std::array::from_fn(|i| i as u8);
        let check = |text: &str, good: bool| {
            let read = bytes32(text).map(|key| *key.expose());
            assert_eq!(read, good.then_some(key), "{text}");
        };
        check(&hex::encode(key), true);
        check(&hex::encode_upper(key), true);
        check(&BASE64_STANDARD.encode(key), true);
        check(&format!("{}\n", hex::encode(key)), true);
        check(&hex::encode(&key[1..]), false);
        check(&"00".repeat(32), false);
        check("", false);
    }
}
