//! Opening a store in a cloud: S3's protocol, Google's and Azure's.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

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

/// What is built up to a client of one of the clouds.
pub(super) trait Cloud: Sized {
    /// An option of the client, by its name.
    type Key: FromStr + PartialEq;

    /// The option of every client that is meant.
    fn common(key: ClientConfigKey) -> Self::Key;
    /// Of `bucket`, nothing else set.
    fn of(bucket: &str, retry: RetryConfig) -> Self;
    /// Replaces all options of the connection.
    fn connected(self, options: ClientOptions) -> Self;
    /// Sets one option.
    fn with(self, key: Self::Key, value: &str) -> Self;
    /// Where it is reached, where that was said.
    fn endpoint(&self) -> Option<String>;
    /// The client; `None` where an option has no valid value.
    fn built(self) -> Option<Box<dyn ObjectStore>>;
}

/// The clients' builders have the same methods and no trait for them.
macro_rules! cloud {
    ($builder:ty, $key:ty, $bucket:ident, [$($endpoint:ident),+]) => {
        impl Cloud for $builder {
            type Key = $key;

            fn common(key: ClientConfigKey) -> Self::Key {
                <$key>::Client(key)
            }

            fn of(bucket: &str, retry: RetryConfig) -> Self {
                Self::new().$bucket(bucket).with_retry(retry)
            }

            fn connected(self, options: ClientOptions) -> Self {
                self.with_client_options(options)
            }

            fn with(self, key: Self::Key, value: &str) -> Self {
                self.with_config(key, value)
            }

            fn endpoint(&self) -> Option<String> {
                let keys = [$(<$key>::$endpoint),+];
                keys.iter().find_map(|key| self.get_config_value(key))
            }

            fn built(self) -> Option<Box<dyn ObjectStore>> {
                Some(Box::new(self.build().ok()?))
            }
        }
    };
}

#[cfg(feature = "s3")]
cloud!(
    object_store::aws::AmazonS3Builder,
    object_store::aws::AmazonS3ConfigKey,
    with_bucket_name,
    [Endpoint, S3Endpoint]
);
#[cfg(feature = "gcs")]
cloud!(
    object_store::gcp::GoogleCloudStorageBuilder,
    object_store::gcp::GoogleConfigKey,
    with_bucket_name,
    [BaseUrl]
);
#[cfg(feature = "azure")]
cloud!(
    object_store::azure::MicrosoftAzureBuilder,
    object_store::azure::AzureConfigKey,
    with_container_name,
    [Endpoint]
);

/// Opens `bucket` or `bucket/prefix`.
pub(super) fn open<C: Cloud>(
    rest: &str,
    options: &Options,
) -> Result<Arc<dyn ObjectStore>, StoreError> {
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    let prefix = Path::parse(prefix).map_err(|_| StoreError::Url)?;
    if bucket.is_empty() {
        return Err(StoreError::Url);
    }
    let store = configured::<C>(bucket, options)?.built();
    let store = store.ok_or(StoreError::Option)?;
    Ok(if prefix.is_root() {
        Arc::from(store)
    } else {
        Arc::new(PrefixStore::new(store, prefix))
    })
}

fn configured<C: Cloud>(bucket: &str, options: &Options) -> Result<C, StoreError> {
    let mut cloud = C::of(
        bucket,
        RetryConfig {
            backoff: BackoffConfig::default(),
            max_retries: RETRIES,
            retry_timeout: RETRY_TIMEOUT,
        },
    );
    // First: it replaces every other option of the connection.
    if let Some(pem) = options.get(CA_CERTIFICATE) {
        cloud = cloud.connected(trusting(pem.expose())?);
    }
    let mut may_use_http = false;
    for (name, value) in options {
        let name = name.to_ascii_lowercase();
        if name == CA_CERTIFICATE {
            continue;
        }
        // It turns TLS off by itself, wherever the environment points.
        if name.ends_with("use_emulator") {
            return Err(StoreError::Option);
        }
        let key: C::Key = name.parse().map_err(|_| StoreError::Option)?;
        let says_so = value.expose().trim().eq_ignore_ascii_case("true");
        may_use_http |= says_so && key == C::common(ClientConfigKey::AllowHttp);
        cloud = cloud.with(key, value.expose());
    }
    match cloud.endpoint().filter(|url| url.starts_with("http://")) {
        Some(url) if is_loopback(&url) => {
            Ok(cloud.with(C::common(ClientConfigKey::AllowHttp), "true"))
        }
        Some(_) if !may_use_http => Err(StoreError::PlainHttp),
        _ => Ok(cloud),
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

#[cfg(all(test, feature = "s3", feature = "gcs", feature = "azure"))]
mod tests {
    use object_store::aws::AmazonS3Builder as S3;
    use object_store::azure::MicrosoftAzureBuilder as Azure;
    use object_store::gcp::GoogleCloudStorageBuilder as Google;

    use super::*;

    #[track_caller]
    fn check<C: Cloud>(options: &[(&str, &str)], expected: Result<(), StoreError>) {
        let options = options
            .iter()
            .map(|(k, v)| ((*k).to_owned(), Secret::new((*v).to_owned())))
            .collect();
        assert_eq!(open::<C>("bucket/a/b", &options).map(|_| ()), expected);
    }

    #[test]
    fn options_are_read_and_unknown_ones_refused() {
        check::<S3>(&[], Ok(()));
        check::<S3>(
            &[
                ("AWS_REGION", "eu-west-1"),
                ("access_key_id", "k"),
                ("secret_access_key", "s"),
            ],
            Ok(()),
        );
        check::<S3>(&[("aws_regoin", "eu-west-1")], Err(StoreError::Option));
        check::<Google>(&[("google_skip_signature", "true")], Ok(()));
        check::<Google>(&[("aws_region", "eu-west-1")], Err(StoreError::Option));
        let account = [("account_name", "north"), ("account_key", "a2V5")];
        check::<Azure>(&account, Ok(()));
        check::<Azure>(&[("use_emulator", "true")], Err(StoreError::Option));
    }

    #[test]
    fn an_authority_is_a_certificate() {
        for pem in ["", "no PEM", "-----BEGIN CERTIFICATE-----"] {
            check::<S3>(&[("ca_certificate", pem)], Err(StoreError::Authority));
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_or_by_name() {
        let endpoint = |url| ("aws_endpoint", url);
        check::<S3>(&[endpoint("https://s3.example")], Ok(()));
        check::<S3>(&[endpoint("http://127.0.0.1:9000")], Ok(()));
        check::<S3>(&[endpoint("http://[::1]:9000/")], Ok(()));
        check::<S3>(&[endpoint("http://localhost")], Ok(()));
        for far in [
            "http://s3.example:9000",
            "http://127.0.0.1.example",
            "http://localhost.example",
            "http://127.0.0.1@s3.example",
        ] {
            check::<S3>(&[endpoint(far)], Err(StoreError::PlainHttp));
            check::<S3>(&[endpoint(far), ("allow_http", "true")], Ok(()));
            let far = [("google_base_url", far), ("google_skip_signature", "true")];
            check::<Google>(&far, Err(StoreError::PlainHttp));
        }
    }

    #[test]
    fn azure_is_reached_by_https_or_on_this_machine() {
        let account = [("account_name", "north"), ("account_key", "a2V5")];
        for (endpoint, expected) in [
            ("https://north.blob.example", Ok(())),
            ("http://127.0.0.1:10000/north", Ok(())),
            ("http://north.blob.example", Err(StoreError::PlainHttp)),
        ] {
            check::<Azure>(
                &[&account[..], &[("endpoint", endpoint)]].concat(),
                expected,
            );
        }
    }

    #[test]
    fn a_bucket_is_needed() {
        let opened = open::<S3>("", &Options::new());
        assert_eq!(opened.map(|_| ()), Err(StoreError::Url));
    }
}
