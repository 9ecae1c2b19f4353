//! Looks for every form of every needle at once.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;

use super::forms::{Form, encodings, forms};
use crate::support::trial::{Trial, trial};

pub(crate) const TRIALS: &[Trial] = &[
    trial(
        "canary::every_form_is_found_within_other_bytes",
        &[],
        every_form,
    ),
    trial("canary::encoded_text_is_decoded_first", &[], decoded),
    trial("canary::other_values_are_not_found", &[], others),
];

/// One needle in one form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    /// The needle's number.
    pub(crate) needle: usize,
    /// The form's name.
    pub(crate) form: &'static str,
}

/// Looks for a set of needles.
pub(crate) struct Scanner {
    needles: Vec<String>,
    folding: Patterns,
    exact: Patterns,
}

struct Patterns {
    automaton: AhoCorasick,
    hits: Vec<Hit>,
}

impl Patterns {
    fn new(forms: &[(usize, Form)], folds: bool) -> Self {
        let mine = || forms.iter().filter(|(_, form)| form.folds == folds);
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(folds)
            .build(mine().map(|(_, form)| &form.bytes))
            .expect("the patterns fit");
        let hit = |(needle, form): &(usize, Form)| Hit {
            needle: *needle,
            form: form.name,
        };
        let hits = mine().map(hit).collect();
        Self { automaton, hits }
    }

    fn scan<'a>(&'a self, bytes: &'a [u8]) -> impl Iterator<Item = Hit> + 'a {
        let found = self.automaton.find_overlapping_iter(bytes);
        found.map(|m| self.hits[m.pattern().as_usize()])
    }
}

impl Scanner {
    /// A scanner for `needles`.
    pub(crate) fn new(needles: Vec<String>) -> Self {
        let each = |(n, needle): (usize, &String)| forms(needle).into_iter().map(move |f| (n, f));
        let forms: Vec<(usize, Form)> = needles.iter().enumerate().flat_map(each).collect();
        Self {
            folding: Patterns::new(&forms, true),
            exact: Patterns::new(&forms, false),
            needles,
        }
    }

    /// What is looked for.
    pub(crate) fn needles(&self) -> &[String] {
        &self.needles
    }

    /// What is found in `bytes`, in these as they are and decoded.
    pub(crate) fn scan(&self, bytes: &[u8]) -> BTreeSet<Hit> {
        let mut hits = self.scan_plain(bytes);
        for decode in [percent_decoded, json_decoded] {
            if let Some(decoded) = decode(bytes) {
                hits.extend(self.scan_plain(&decoded));
            }
        }
        hits
    }

    fn scan_plain(&self, bytes: &[u8]) -> BTreeSet<Hit> {
        self.folding
            .scan(bytes)
            .chain(self.exact.scan(bytes))
            .collect()
    }
}

/// `%41` and `+` decoded; `None` where there is nothing to decode.
fn percent_decoded(bytes: &[u8]) -> Option<Vec<u8>> {
    bytes.contains(&b'%').then(|| {
        let mut out = Vec::with_capacity(bytes.len());
        let mut rest = bytes;
        while let Some((&first, after)) = rest.split_first() {
            let mut byte = [0];
            let digits = after.get(..2).filter(|_| first == b'%');
            match digits.map(|d| hex::decode_to_slice(d, &mut byte)) {
                Some(Ok(())) => (out.push(byte[0]), rest = &after[2..]),
                _ => (
                    out.push(if first == b'+' { b' ' } else { first }),
                    rest = after,
                ),
            };
        }
        out
    })
}

/// JSON's escapes decoded; `None` where there is nothing to decode.
fn json_decoded(bytes: &[u8]) -> Option<Vec<u8>> {
    bytes.contains(&b'\\').then(|| {
        let mut out = Vec::with_capacity(bytes.len());
        let mut rest = bytes;
        while let Some((&first, after)) = rest.split_first() {
            let (bytes, left) = match (first, after.split_first()) {
                (b'\\', Some((b'u', code))) => unicode(code).unwrap_or((vec![b'?'], code)),
                (b'\\', Some((&b'n', left))) => (vec![b'\n'], left),
                (b'\\', Some((&b't', left))) => (vec![b'\t'], left),
                (b'\\', Some((&escaped, left))) => (vec![escaped], left),
                _ => (vec![first], after),
            };
            out.extend(bytes);
            rest = left;
        }
        out
    })
}

fn unicode(code: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let digits = std::str::from_utf8(code.get(..4)?).ok()?;
    let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    Some((c.to_string().into_bytes(), &code[4..]))
}

const VALUE: &str = "Ottoline Vreeswyk, 415-555-0186";

fn every_form() {
    let scanner = Scanner::new(vec!["nothing of this".into(), VALUE.into()]);
    for spelling in [VALUE.to_owned(), VALUE.to_lowercase(), "4155550186".into()] {
        for form in encodings(&spelling) {
            let around = [b"\x00{\"a\":\"", form.bytes.as_slice(), b"\"}\xff"].concat();
            let hits = scanner.scan(&around);
            assert!(
                hits.iter().any(|h| h.needle == 1),
                "{} {spelling}",
                form.name
            );
        }
    }
}

fn decoded() {
    let scanner = Scanner::new(vec![VALUE.into()]);
    let escape = |c: char| format!("\\u{:04x}", u32::from(c));
    let percent = |c: char| format!("%{:02x}", u32::from(c));
    for text in [
        VALUE.chars().map(escape).collect::<String>(),
        VALUE.chars().map(percent).collect(),
        VALUE.replace('l', "\\u006C").replace(' ', "\\u0020"),
        VALUE.replace('e', "%65").replace(' ', "+"),
    ] {
        let hits = scanner.scan(format!("<{text}>").as_bytes());
        assert_eq!(hits.len(), 1, "{text}: {hits:?}");
    }
    let packed = base64::Engine::encode(
        &base64::engine::general_purpose::STANDARD,
        format!("x{{\"name\":\"{VALUE}\"}}"),
    );
    assert!(!scanner.scan(packed.as_bytes()).is_empty());
}

fn others() {
    let scanner = Scanner::new(vec![VALUE.into()]);
    let near = [
        "Ottoline Vreeswijk, 415-555-0186 ",
        "4155550187",
        "",
        "%%%4\\u12\\",
    ];
    for text in near {
        let hits = scanner.scan(text.as_bytes());
        let by_digits = text.contains("415-555-0186");
        assert!(hits.is_empty() || by_digits, "{text}: {hits:?}");
    }
}
