//! Every form in which a value may show.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use md5::{Digest as _, Md5};

/// Digits fewer than these are no identifier by themselves.
const LEAST_DIGITS: usize = 7;

/// A way to show a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form {
    /// Its name in a report.
    pub(crate) name: &'static str,
    /// The bytes that show.
    pub(crate) bytes: Vec<u8>,
    /// Whether upper and lower case are the same.
    pub(crate) folds: bool,
}

fn form(name: &'static str, bytes: impl Into<Vec<u8>>, folds: bool) -> Form {
    let bytes = bytes.into();
    Form { name, bytes, folds }
}

/// Every form of `value` that is looked for.
pub(crate) fn forms(value: &str) -> Vec<Form> {
    let mut forms = Vec::new();
    for spelling in spellings(value) {
        forms.extend(encodings(&spelling));
    }
    forms.sort_by(|a, b| (a.folds, &a.bytes).cmp(&(b.folds, &b.bytes)));
    forms.dedup_by(|a, b| a.folds == b.folds && a.bytes == b.bytes);
    forms
}

/// As written, in lower and upper case, and by its digits alone.
fn spellings(value: &str) -> Vec<String> {
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let mut spellings = vec![value.to_owned(), value.to_lowercase(), value.to_uppercase()];
    if digits.len() >= LEAST_DIGITS {
        spellings.push(digits);
    }
    spellings.sort_unstable();
    spellings.dedup();
    spellings
}

/// The encodings and digests of one spelling.
pub(crate) fn encodings(text: &str) -> Vec<Form> {
    let bytes = text.as_bytes();
    let json = serde_json::to_string(text).expect("text is JSON");
    let mut forms = vec![
        form("text", bytes, true),
        form("json", json.trim_matches('"'), true),
        form("url", percent(bytes), true),
        form("url-plus", percent(bytes).replace("%20", "+"), true),
        form("hex", hex::encode(bytes), true),
    ];
    for skip in 0..3 {
        forms.push(form(
            "base64",
            aligned(&STANDARD_NO_PAD, bytes, skip),
            false,
        ));
        forms.push(form(
            "base64url",
            aligned(&URL_SAFE_NO_PAD, bytes, skip),
            false,
        ));
    }
    for (name, digest) in digests(bytes) {
        forms.push(form(name, hex::encode(&digest), true));
        forms.push(form(name, STANDARD_NO_PAD.encode(&digest), false));
        forms.push(form(name, URL_SAFE_NO_PAD.encode(&digest), false));
        forms.push(form(name, digest, false));
    }
    forms
}

/// The characters of base64 that depend on `bytes` alone where these stand
/// after `skip` others.
fn aligned(engine: &impl base64::Engine, bytes: &[u8], skip: usize) -> String {
    let padded = [&[0; 3][..skip], bytes].concat();
    let text = engine.encode(padded);
    let from = (skip * 4).div_ceil(3);
    let upto = (skip + bytes.len()) * 4 / 3;
    text[from..upto].to_owned()
}

fn percent(bytes: &[u8]) -> String {
    let unreserved = |b: u8| b.is_ascii_alphanumeric() || b"-_.~".contains(&b);
    let one = |&b: &u8| match unreserved(b) {
        true => char::from(b).to_string(),
        false => format!("%{b:02X}"),
    };
    bytes.iter().map(one).collect()
}

fn digests(bytes: &[u8]) -> [(&'static str, Vec<u8>); 3] {
    let ring = |algorithm| ring::digest::digest(algorithm, bytes).as_ref().to_vec();
    [
        ("md5", Md5::digest(bytes).to_vec()),
        ("sha1", ring(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY)),
        ("sha256", ring(&ring::digest::SHA256)),
    ]
}
