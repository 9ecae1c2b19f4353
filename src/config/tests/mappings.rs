//! A tenant's `mapping:`: a name, or a file of its own.

use super::Case;
use crate::decode::presets::PRESETS;

/// The good case, whose tenant names `mapping`.
fn case(mapping: &str) -> Case {
    let case = Case::good();
    let good = include_str!("../../../tests/config/good-tenant.yaml");
    assert!(!good.contains("\nmapping:"), "the good tenant names none");
    case.write(
        "tenants/north.yaml",
        format!("{good}\nmapping: {mapping}\n"),
    );
    case
}

fn check(mapping: &str, file: Option<&str>, expected: &str) {
    let case = case(mapping);
    if let Some(text) = file {
        case.write("mine.yaml", text);
    }
    assert_eq!(case.printed(), expected, "{mapping}");
}

#[test]
fn every_mapping_that_ships_may_be_chosen() {
    for preset in PRESETS {
        let loaded = case(preset.name).load().expect("good");
        let tenant = loaded.config.tenants.values().next().expect("a tenant");
        assert_eq!(tenant.mapping, preset.name);
        assert_eq!(tenant.shape.name(), preset.name);
    }
}

#[test]
fn tenants_of_one_preset_share_it() {
    let shape = || {
        let loaded = case("deepgram").load().expect("good");
        let tenant = loaded.config.tenants.into_values().next();
        std::sync::Arc::clone(&tenant.expect("a tenant").shape)
    };
    assert!(std::sync::Arc::ptr_eq(&shape(), &shape()));
}

#[test]
fn a_file_of_ones_own_is_read_relative_to_the_tenants() {
    let case = case("../mine.yaml");
    let text = PRESETS.iter().find(|preset| preset.name == "twilio");
    let text = text.expect("it is there").text;
    case.write("mine.yaml", text.replace("name: twilio\n", "name: mine\n"));
    assert_eq!(case.printed(), "");
    let loaded = case.load().expect("good");
    let tenant = loaded.config.tenants.values().next().expect("a tenant");
    assert_eq!(tenant.shape.name(), "mine");
}

#[test]
fn what_is_wrong_with_it_is_told_with_its_own_lines() {
    let text = "name: mine\nabout: calls\nrecords:\n  - name: call\n    conversation: [/id]\n    ends: always\n    started_at: { at: [/t], unit: weeks }\n";
    check(
        "../mine.yaml",
        Some(text),
        "tenants/north.yaml:12:10  mapping: names a mapping with an error; put that file right\n\
         tenants/../mine.yaml:7:35  records[0].started_at.unit: has the wrong form; \
         write one of ms, s, ticks_100ns, epoch_ms, epoch_s, rfc3339\n",
    );
    check(
        "../mine.yaml",
        None,
        "tenants/north.yaml:12:10  mapping: names a mapping with an error; put that file right\n\
         tenants/../mine.yaml  cannot be read (entity not found); \
         check the path and its permissions\n",
    );
}
