//! The three stores: well formed, encrypted on the way, and apart.

use std::collections::BTreeMap;

use super::source::is_loopback;
use super::{Around, secret};
use crate::config::Secret;
use crate::config::problem::child;
use crate::config::read::Document;
use crate::config::resolved;
use crate::config::written;
use crate::lake::store::left_out;

const FORM: &str = "write `file:///absolute/path`, `s3://bucket/prefix`, `gs://bucket/prefix` or `az://container/prefix`";

/// The stores that are meant.
pub(super) fn stores(
    document: &mut Document,
    written: Option<&written::Stores>,
    around: &Around<'_>,
) -> Option<resolved::Stores> {
    let written = written?;
    let named = [
        ("state", &written.state),
        ("landing", &written.landing),
        ("research", &written.research),
    ];
    let places: Vec<(&str, Vec<String>)> = named
        .iter()
        .filter_map(|(name, store)| Some((*name, place(document, name, store.as_ref()?)?)))
        .collect();
    apart(document, &places);
    let mut stores = named.map(|(name, store)| resolved(document, name, store.as_ref()?, around));
    let mut reader = BTreeMap::new();
    for (key, source) in &written.reader {
        let pointer = child("/stores/reader", key);
        if let Some(value) = secret::fetch(document, &pointer, source, around) {
            reader.insert(key.clone(), value);
        }
    }
    Some(resolved::Stores {
        state: stores[0].take()?,
        landing: stores[1].take()?,
        research: stores[2].take()?,
        reader,
    })
}

fn resolved(
    document: &mut Document,
    name: &str,
    written: &written::Store,
    around: &Around<'_>,
) -> Option<resolved::Store> {
    let mut options = BTreeMap::new();
    for (key, source) in &written.options {
        let pointer = child(&format!("/stores/{name}/options"), key);
        if let Some(value) = secret::fetch(document, &pointer, source, around) {
            if !written.allow_plaintext {
                encryption(document, &pointer, key, &value);
            }
            options.insert(key.clone(), value);
        }
    }
    if written.allow_plaintext {
        options.insert("allow_http".into(), Secret::new("true".into()));
    }
    Some(resolved::Store {
        url: written.url.clone()?,
        options,
    })
}

/// What lies in the stores crosses the network: without TLS, or with a TLS that
/// trusts whoever answers, only where the operator says so (45 CFR
/// 164.312(e)(1)).
fn encryption(document: &mut Document, pointer: &str, key: &str, value: &Secret<String>) {
    let text = value.expose().trim();
    if text.starts_with("http://") && !is_loopback(text) {
        let what = "would be reached without encryption (45 CFR 164.312(e)(1))";
        let remedy = "write an `https://` address, or say `allow_plaintext: true` beside `options`";
        document.refuse(pointer, what, remedy);
    }
    let key = key.to_ascii_lowercase();
    if key.ends_with("allow_invalid_certificates") && !text.eq_ignore_ascii_case("false") {
        let what = "would trust whoever answers (45 CFR 164.312(e)(1))";
        let remedy = "remove it, and name the store's authority: `ca_certificate: {file: ca.pem}`";
        document.refuse(pointer, what, remedy);
    }
}

/// The scheme and the steps of a store's path.
fn place(document: &mut Document, name: &str, store: &written::Store) -> Option<Vec<String>> {
    let pointer = format!("/stores/{name}/url");
    let url = store.url.as_deref()?;
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    if let Some(feature) = scheme.and_then(left_out) {
        let what = format!("needs the `{feature}` feature, which this build leaves out");
        document.refuse(&pointer, &what, "build with it, or use `file://`");
        return None;
    }
    let place = steps(url);
    if place.is_none() {
        document.refuse(&pointer, "is not a store's address", FORM);
    }
    place
}

fn steps(url: &str) -> Option<Vec<String>> {
    let (scheme, rest) = url.split_once("://")?;
    let path = match scheme {
        "file" => rest.strip_prefix('/')?,
        "s3" | "gs" | "az" => rest,
        _ => return None,
    };
    let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
    let odd = steps.iter().any(|step| {
        matches!(*step, "." | "..")
            || step.contains(['@', '?', '#', '*', '\\'])
            || step.contains(char::is_control)
    });
    let first = steps.first()?;
    if odd || (scheme != "file" && (rest.starts_with('/') || !is_bucket(scheme, first))) {
        return None;
    }
    let mut place = vec![scheme.to_owned()];
    place.extend(steps.into_iter().map(str::to_owned));
    Some(place)
}

/// Whether a bucket, or a container, can have such a name.
fn is_bucket(scheme: &str, name: &str) -> bool {
    let marks: &[u8] = match scheme {
        "az" => b"-",
        "gs" => b".-_",
        _ => b".-",
    };
    (3..=63).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || marks.contains(&b))
}

/// Refuses a store that lies within another: whoever lists one would list both.
fn apart(document: &mut Document, places: &[(&str, Vec<String>)]) {
    for (i, (name, place)) in places.iter().enumerate() {
        for (other, other_place) in &places[..i] {
            if place.starts_with(other_place) || other_place.starts_with(place) {
                let what = format!("lies within `stores.{other}`, or around it");
                let remedy = "give each store a place of its own";
                document.refuse(&format!("/stores/{name}/url"), &what, remedy);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn addresses_are_read_or_refused() {
        for good in [
            "file:///srv/state",
            "s3://bucket-1",
            "s3://bucket/a/b/",
            "gs://bucket_1.x/a",
            "az://container/a",
        ] {
            assert!(steps(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "/srv",
            "file://srv",
            "file:///",
            "s3://",
            "s3:///a",
            "s3://B_/a",
            "az://con.tainer/a",
            "gs://",
            "abfs://container/a",
            "http://x/y",
            "file:///a/../b",
            "s3://user:word@bucket/a",
        ] {
            assert!(steps(bad).is_none(), "{bad}");
        }
    }
}
