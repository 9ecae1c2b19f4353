//! Opening a store that speaks the S3 protocol.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{
    BackoffConfig, Certificate, ClientConfigKey, ClientOptions, ObjectStore, RetryConfig,
};

use super::StoreError;
use crate::config::Secret;

/// At most this many retries of a request …
const RETRIES: usize = 4;
/// … and none after this long; then the caller decides.
const RETRY_TIMEOUT: Duration = Duration::from_secs(20);

/// The option that holds a private authority's certificate.
const CA_CERTIFICATE: &str = "ca_certificate";

type Options = BTreeMap<String, Secret<String>>;

/// Opens `bucket` or `bucket/prefix`.
pub(super) fn open(rest: &str, options: &Options) -> Result<Arc<dyn ObjectStore>, StoreError> {
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    let prefix = Path::parse(prefix).map_err(|_| StoreError::Url)?;
    if bucket.is_empty() {
        return Err(StoreError::Url);
    }
    let store = builder(bucket, options)?
        .build()
        .map_err(|_| StoreError::Option)?;
    Ok(if prefix.is_root() {
        Arc::new(store)
    } else {
        Arc::new(PrefixStore::new(store, prefix))
    })
}

fn builder(bucket: &str, options: &Options) -> Result<AmazonS3Builder, StoreError> {
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(bucket)
        .with_retry(RetryConfig {
            backoff: BackoffConfig::default(),
            max_retries: RETRIES,
            retry_timeout: RETRY_TIMEOUT,
        });
    // First: it replaces every other option of the connection.
    if let Some(pem) = options.get(CA_CERTIFICATE) {
        builder = builder.with_client_options(trusting(pem.expose())?);
    }
    let mut may_use_http = false;
    for (name, value) in options {
        let name = name.to_ascii_lowercase();
        if name == CA_CERTIFICATE {
            continue;
        }
        let key: AmazonS3ConfigKey = name.parse().map_err(|_| StoreError::Option)?;
        may_use_http |= is_allow_http(&key) && value.expose().trim().eq_ignore_ascii_case("true");
        builder = builder.with_config(key, value.expose());
    }
    let http = [AmazonS3ConfigKey::Endpoint, AmazonS3ConfigKey::S3Endpoint]
        .iter()
        .filter_map(|key| builder.get_config_value(key))
        .find(|url| url.starts_with("http://"));
    match http {
        Some(url) if is_loopback(&url) => Ok(builder.with_allow_http(true)),
        Some(_) if !may_use_http => Err(StoreError::PlainHttp),
        _ => Ok(builder),
    }
}

/// Trusts the authorities in `pem` beside the system's.
fn trusting(pem: &str) -> Result<ClientOptions, StoreError> {
    let authorities = Certificate::from_pem_bundle(pem.as_bytes());
    let authorities = authorities.map_err(|_| StoreError::Authority)?;
    if authorities.is_empty() {
        return Err(StoreError::Authority);
    }
    let options = ClientOptions::new();
    Ok(authorities
        .into_iter()
        .fold(options, ClientOptions::with_root_certificate))
}

fn is_allow_http(key: &AmazonS3ConfigKey) -> bool {
    matches!(key, AmazonS3ConfigKey::Client(ClientConfigKey::AllowHttp))
}

/// Whether the URL's host is this machine.
fn is_loopback(url: &str) -> bool {
    let host = url.trim_start_matches("http://");
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
        .map_or(host, |(host, _)| host);
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || address
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(options: &[(&str, &str)], expected: Result<(), StoreError>) {
        let options = options
            .iter()
            .map(|(k, v)| ((*k).to_owned(), Secret::new((*v).to_owned())))
            .collect();
        assert_eq!(open("bucket/a/b", &options).map(|_| ()), expected);
    }

    #[test]
    fn options_are_read_and_unknown_ones_refused() {
        check(&[], Ok(()));
        check(
            &[
                ("AWS_REGION", "eu-west-1"),
                ("access_key_id", "k"),
                ("secret_access_key", "s"),
            ],
            Ok(()),
        );
        check(&[("aws_regoin", "eu-west-1")], Err(StoreError::Option));
    }

    #[test]
    fn an_authority_is_a_certificate() {
        for pem in ["", "no PEM", "-----BEGIN CERTIFICATE-----"] {
            check(&[("ca_certificate", pem)], Err(StoreError::Authority));
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_or_by_name() {
        let endpoint = |url| ("aws_endpoint", url);
        check(&[endpoint("https://s3.example")], Ok(()));
        check(&[endpoint("http://127.0.0.1:9000")], Ok(()));
        check(&[endpoint("http://[::1]:9000/")], Ok(()));
        check(&[endpoint("http://localhost")], Ok(()));
        for far in [
            "http://s3.example:9000",
            "http://127.0.0.1.example",
            "http://localhost.example",
            "http://127.0.0.1@s3.example",
        ] {
            check(&[endpoint(far)], Err(StoreError::PlainHttp));
            check(&[endpoint(far), ("allow_http", "true")], Ok(()));
        }
    }

    #[test]
    fn a_bucket_is_needed() {
        let opened = open("", &Options::new());
        assert_eq!(opened.map(|_| ()), Err(StoreError::Url));
    }
}
