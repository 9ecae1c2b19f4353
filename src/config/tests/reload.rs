//! Files that are read again while a worker runs.

use super::*;
use crate::config::Reader;

/// The names in force after another look, or `None` where nothing is new.
fn look(case: &Case, reader: &mut Reader) -> Option<Vec<String>> {
    let loaded = case.around(|file, around| reader.read(file, around))?;
    let config = loaded.expect("the pipeline is good").config;
    Some(config.tenants.keys().map(ToString::to_string).collect())
}

fn south() -> String {
    let north = include_str!("../../../tests/config/good-tenant.yaml");
    north.replace("north", "south").replace("NORTH", "SOUTH")
}

#[test]
fn only_what_changed_is_read_again() {
    let case = Case::good();
    let mut reader = Reader::default();
    let names = |names: &[&str]| Some(names.iter().map(|n| (*n).to_owned()).collect());
    assert_eq!(look(&case, &mut reader), names(&["north"]));
    assert_eq!(look(&case, &mut reader), None);
    case.write("tenants/south.yaml", south());
    assert_eq!(look(&case, &mut reader), names(&["north", "south"]));
    assert_eq!(look(&case, &mut reader), None);
    case.write("tenants/south.yaml", "tenant: south");
    assert_eq!(look(&case, &mut reader), names(&["north"]));
    assert_eq!(look(&case, &mut reader), None);
    case.write("tenants/south.yaml", south());
    assert_eq!(look(&case, &mut reader), names(&["north", "south"]));
    std::fs::remove_file(case.directory.path().join("tenants/south.yaml")).expect("there");
    assert_eq!(look(&case, &mut reader), names(&["north"]));
    assert_eq!(look(&case, &mut reader), None);
    reader.forget();
    assert_eq!(look(&case, &mut reader), names(&["north"]));
}

#[test]
fn a_claim_of_a_file_that_did_not_change_is_held_against_new_ones() {
    let case = Case::good();
    let mut reader = Reader::default();
    look(&case, &mut reader);
    let twin = include_str!("../../../tests/config/good-tenant.yaml");
    case.write("tenants/twin.yaml", twin);
    assert_eq!(look(&case, &mut reader), Some(Vec::new()));
    std::fs::remove_file(case.directory.path().join("tenants/twin.yaml")).expect("there");
    assert_eq!(look(&case, &mut reader), Some(vec!["north".to_owned()]));
}

#[test]
fn a_file_that_is_named_counts() {
    let case = Case::good();
    let tenant = include_str!("../../../tests/config/good-tenant.yaml");
    assert!(tenant.contains("{env: NORTH_SEALING}"));
    case.write("north.key", test_key(7));
    case.write(
        "tenants/north.yaml",
        tenant.replace("{env: NORTH_SEALING}", "{file: ../north.key}"),
    );
    let mut reader = Reader::default();
    assert!(look(&case, &mut reader).is_some());
    assert!(look(&case, &mut reader).is_none());
    case.write("north.key", test_key(8));
    assert!(look(&case, &mut reader).is_some());
}

#[test]
fn what_could_not_be_had_is_tried_again_though_no_file_changed() {
    let mut case = Case::good();
    let all = case.environment.clone();
    case.environment
        .retain(|(name, _)| *name != "NORTH_SEALING");
    let mut reader = Reader::default();
    assert_eq!(look(&case, &mut reader), Some(Vec::new()));
    assert_eq!(look(&case, &mut reader), None, "it is as broken as it was");
    case.environment = all;
    assert_eq!(look(&case, &mut reader), Some(vec!["north".to_owned()]));
    assert_eq!(look(&case, &mut reader), None);
}
