//! Secrets are seen by no one: not in what prints, not in what is refused.

use super::{Case, test_key};

const MARKER: &str = "hunter2hunter2";

fn check_unseen(shown: &str) {
    assert!(!shown.contains(MARKER), "{shown}");
    for seed in 2..6 {
        assert!(!shown.contains(&test_key(seed)), "{shown}");
    }
}

#[test]
fn a_loaded_configuration_prints_without_its_secrets() {
    let mut case = Case::good();
    case.environment.push(("PASSWORD", MARKER.into()));
    case.write("password", MARKER);
    let pipeline = include_str!("../../../tests/config/good-pipeline.yaml").replace(
        "group: case}",
        "group: case, librdkafka: {sasl.password: '${PASSWORD}', ssl.key.password: {env: PASSWORD}, \
         ssl.key.pem: {file: password}, sasl.username: hunter2hunter2}}",
    );
    case.write("pipeline.yaml", &pipeline);
    assert_eq!(case.printed(), "");
    let loaded = case.load().expect("good");
    check_unseen(&format!("{loaded:?} {loaded:#?}"));
    let shown = format!("{loaded:?}");
    assert!(shown.contains("sasl.password") && shown.contains("[secret]"));
    // Keys are bytes, and would print as numbers.
    let bytes = hex::decode(test_key(2)).expect("a key");
    assert!(!shown.contains(&format!("{bytes:?}")));
}

/// The marker stands, in turn, for every value of a tenant's file.
#[test]
fn what_is_refused_is_not_quoted() {
    for line in [
        "tenant: MARKER_",
        "topics: MARKER",
        "topics: ['MARKER MARKER']",
        "topics: ['^MARKER(']",
        "mapping: MARKER",
        "authorization: MARKER",
        "authorization: {permits_deidentification: MARKER, baa_reference: [MARKER], purposes: [MARKER], expires: MARKER}",
        "keys: MARKER",
        "keys: {sealing: MARKER, ledger: '${PASSWORD}'}",
        "keys: {sealing: {env: MARKER}, ledger: {file: MARKER}}",
        "keys: {sealing: [MARKER], ledger: {env: PASSWORD}}",
        "policy: MARKER",
        "policy: {operators: {ssn: MARKER}, dates: MARKER, zip_digits: MARKER}",
        "release: {interval: MARKER, min_conversations: MARKER}",
        "purge: {kafka: MARKER, after: MARKER}",
        "keys: {sealing: 'MARKER}",
        "keys: &MARKER {sealing: *MARKER}",
        "keys: !!MARKER x",
        "tenant: '${MARKER'",
    ] {
        let mut case = Case::good();
        case.environment.push(("PASSWORD", MARKER.into()));
        case.write(
            "tenants/south.yaml",
            &(line.replace("MARKER", MARKER) + "\n"),
        );
        let told = case.printed();
        assert!(!told.is_empty(), "{line}");
        check_unseen(&told);
        check_unseen(&format!("{:?}", case.load()));
    }
}
