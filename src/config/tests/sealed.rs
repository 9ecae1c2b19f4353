//! Sealed terms and cases of a tenant.

use super::*;
use crate::config::resolved::Keys;
use crate::config::{Reader, Secret, keys};
use crate::domain::{Entropy, Phi, TenantId};
use crate::seal::{Purpose, Sealer, seal_text};

/// `text` as `leeward tenant seal` writes it for `tenant`, whose key has `seed`.
fn sealed(tenant: &str, seed: u8, text: &str) -> String {
    let key = hex::decode(test_key(seed)).expect("a key");
    let key = key.try_into().expect("32 bytes");
    let keys = Keys {
        sealing: Secret::new(key),
        ledger: Secret::new([0; 32]),
    };
    let sealer = Sealer::new(&TenantId::parse(tenant).expect("a name"), &keys);
    let text = Phi::new(text.as_bytes().to_vec());
    seal_text(
        &sealer,
        (Purpose::Settings, 20_000),
        &text,
        &mut Entropy::from_u64(1),
    )
}

/// A tenant that names `north.terms` and `north.cases`, which hold these.
fn case(terms: &str, cases: &str) -> Case {
    let case = Case::good();
    let tenant = include_str!("../../../tests/config/good-tenant.yaml");
    let named = "terms: north.terms\ncases: north.cases\n";
    case.write("tenants/north.yaml", format!("{tenant}{named}"));
    case.write("tenants/north.terms", terms);
    case.write("tenants/north.cases", cases);
    case
}

const TERMS: &str = "allow: [Zorblat]\ndeny: {person: [Ottoline, Ottoline Vane]}";
const CASES: &str = "cases: [{text: ottoline, gone: [ottoline]}]";

#[test]
fn sealed_terms_are_the_policy_s() {
    let case = case(&sealed("north", 2, TERMS), &sealed("north", 2, CASES));
    let loaded = case.load().expect("good");
    assert!(loaded.disabled.is_empty(), "{:?}", loaded.disabled);
    let tenant = loaded.config.tenants.values().next().expect("one");
    assert_eq!(tenant.policy.terms.counts(), (1, 2));
    assert!(
        tenant
            .cases
            .as_ref()
            .is_some_and(|cases| cases.file.ends_with("north.cases") && cases.count == 1)
    );
    assert!(!format!("{tenant:?}").contains("ttoline"));
}

#[test]
fn what_cannot_be_opened_disables_the_tenant_and_says_why() {
    let check = |terms: &str, cases: &str, expected: &str| {
        let case = case(terms, cases);
        case.write(
            "tenants/south.yaml",
            include_str!("../../../tests/config/good-tenant.yaml")
                .replace("north", "south")
                .replace("NORTH", "SOUTH"),
        );
        let loaded = case.load().expect("the pipeline is good");
        let names: Vec<&str> = loaded.config.tenants.keys().map(TenantId::as_str).collect();
        assert_eq!(names, ["south"], "{expected}");
        let told = case.printed();
        assert!(told.contains(expected), "{told}");
        assert!(!told.contains("ttoline"), "{told}");
        assert!(told.contains("names a sealed file"), "{told}");
    };
    let (terms, cases) = (sealed("north", 2, TERMS), sealed("north", 2, CASES));
    check(TERMS, &cases, "never write it in the clear");
    check(
        &sealed("north", 9, TERMS),
        &cases,
        "seal it again with this key",
    );
    check(
        &sealed("south", 2, TERMS),
        &cases,
        "seal it for this tenant",
    );
    check(&terms, "", "not a whole sealed file");
    check(&cases, &terms, "holds cases; name the other");
    let bad = sealed("north", 2, "allow: [Ottoline 5]");
    check(&bad, &cases, "allow[0]: has a digit");
    let bad = sealed("north", 2, "cases: [{ottoline: 1}]");
    check(&terms, &bad, "cases[0]: is not a case");
}

#[test]
fn keys_are_found_while_what_they_seal_is_broken() {
    let case = case("nothing", "nothing");
    let north = TenantId::parse("north").expect("a name");
    let found = case.around(|file, around| keys(file, &north, around));
    let sealing = hex::encode(found.expect("keys").sealing.expose());
    assert_eq!(sealing, test_key(2));
    let nobody = TenantId::parse("nobody").expect("a name");
    assert!(
        case.around(|file, around| keys(file, &nobody, around))
            .is_err()
    );
}

#[test]
fn new_terms_are_another_tenant() {
    let cases = sealed("north", 2, CASES);
    let case = case(&sealed("north", 2, TERMS), &cases);
    let mut reader = Reader::default();
    let mut look = || {
        let read = case.around(|file, around| reader.read(file, around))?;
        let tenants = read.expect("good").config.tenants;
        tenants.values().next().map(|tenant| tenant.written)
    };
    let first = look();
    assert!(first.is_some() && look().is_none());
    case.write(
        "tenants/north.terms",
        sealed("north", 2, "allow: [Zorblat]"),
    );
    assert!(look().is_some_and(|second| Some(second) != first));
}

#[test]
fn denied_words_in_the_clear_are_warned_of() {
    let case = Case::good();
    let tenant = include_str!("../../../tests/config/good-tenant.yaml");
    let policy = "policy: {deny: {organization: [Project Heron]}, allow: [Zorblat]}\n";
    case.write("tenants/north.yaml", format!("{tenant}{policy}"));
    let warnings = case.load().expect("good").warnings;
    let paths: Vec<&str> = warnings.iter().map(|w| &*w.path).collect();
    assert!(paths.contains(&"policy.deny"), "{paths:?}");
}
