//! Policies that break Safe Harbor are refused with the paragraph they break;
//! what means the same has the same hash.

use super::Case;

const RULE: &str = "45 CFR 164.514(b)(2)(i)";
const CODES: &str = "(R) and (c)(1)";

fn case(policy: &str) -> Case {
    let case = Case::good();
    let tenant = include_str!("../../../tests/config/good-tenant.yaml");
    case.write("tenants/north.yaml", format!("{tenant}policy: {policy}\n"));
    case
}

fn check_unsafe(policy: &str, path: &str, paragraph: &str) {
    let problems = case(policy).problems();
    let [problem] = problems.as_slice() else {
        panic!("{policy}: {problems:?}");
    };
    assert_eq!(problem.path, format!("policy.{path}"), "{policy}");
    let cited = format!("{RULE}{paragraph}");
    // The paragraph ends there: `(B)` is not `(B)(2)`.
    let after = problem.what.split_once(&cited).map(|(_, after)| after);
    assert!(
        after.is_some_and(|after| !after.starts_with('(')),
        "{policy}: {}",
        problem.what
    );
    assert!(!problem.remedy.is_empty());
}

#[test]
fn unsafe_policies_are_refused_with_their_paragraph() {
    for (policy, path, paragraph) in [
        ("{operators: {person: keep}}", "operators.person", "(A)"),
        ("{operators: {person: initials}}", "operators.person", "(A)"),
        ("{operators: {person: phonetic}}", "operators.person", "(A)"),
        (
            "{operators: {person: pseudonym}}",
            "operators.person",
            CODES,
        ),
        (
            "{operators: {organization: keep}}",
            "operators.organization",
            "(A)",
        ),
        ("{operators: {city: keep}}", "operators.city", "(B)"),
        ("{operators: {city: nearby}}", "operators.city", "(B)"),
        (
            "{operators: {address: truncate}}",
            "operators.address",
            "(B)",
        ),
        ("{operators: {zip: keep}}", "operators.zip", "(B)"),
        ("{operators: {zip: first_digits}}", "operators.zip", "(B)"),
        ("{zip_digits: 5}", "zip_digits", "(B)"),
        ("{zip_table: census-2010}", "zip_table", "(B)(1)"),
        ("{zip_table: census-2000}", "zip_table", "(B)(1)"),
        ("{zip_small_areas: keep}", "zip_small_areas", "(B)(2)"),
        ("{operators: {date: date_shift}}", "operators.date", "(C)"),
        ("{operators: {date: keep}}", "operators.date", "(C)"),
        ("{dates: month}", "dates", "(C)"),
        ("{dates: weekday}", "dates", "(C)"),
        ("{dates: shift}", "dates", "(C)"),
        ("{dates: offset}", "dates", "(C)"),
        ("{ages: all}", "ages", "(C)"),
        ("{ages: bands}", "ages", "(C)"),
        ("{operators: {time: keep}}", "operators.time", "(C)"),
        ("{operators: {time: generalize}}", "operators.time", "(C)"),
        ("{keep_clock_times: true}", "keep_clock_times", "(C)"),
        (
            "{keep_clock_times: true, keep_clock_times_reason: ' '}",
            "keep_clock_times",
            "(C)",
        ),
        (
            "{operators: {phone: last_digits}}",
            "operators.phone",
            "(D)",
        ),
        ("{operators: {phone: generalize}}", "operators.phone", "(D)"),
        ("{operators: {email: domain}}", "operators.email", "(F)"),
        ("{operators: {ssn: last_digits}}", "operators.ssn", "(G)"),
        ("{operators: {account: mask}}", "operators.account", "(J)"),
        ("{operators: {ip: truncate}}", "operators.ip", "(O)"),
        (
            "{operators: {medical_record: hash}}",
            "operators.medical_record",
            CODES,
        ),
        (
            "{operators: {medical_record: hmac}}",
            "operators.medical_record",
            CODES,
        ),
        (
            "{operators: {medical_record: encrypt}}",
            "operators.medical_record",
            CODES,
        ),
        ("{operators: {phone: fpe}}", "operators.phone", CODES),
        (
            "{operators: {health_plan: token}}",
            "operators.health_plan",
            CODES,
        ),
        ("{operators: {other_id: keep}}", "operators.other_id", "(R)"),
        ("{code_scope: person}", "code_scope", CODES),
        ("{code_scope: tenant}", "code_scope", CODES),
        ("{code_scope: global}", "code_scope", CODES),
    ] {
        check_unsafe(policy, path, paragraph);
    }
}

#[test]
fn other_profiles_are_refused_for_now() {
    for (profile, paragraph) in [
        ("limited_data_set", "45 CFR 164.514(e)"),
        ("expert_determination", "45 CFR 164.514(b)(1)"),
    ] {
        let problems = case(&format!("{{profile: {profile}}}")).problems();
        assert_eq!(problems.len(), 1);
        assert!(problems[0].what.contains(paragraph), "{}", problems[0].what);
        assert!(problems[0].what.contains("does not offer"));
    }
}

#[test]
fn all_breaches_of_a_policy_are_told_at_once() {
    let policy = "{dates: month, ages: all, operators: {ssn: mask, person: keep}}";
    assert_eq!(case(policy).problems().len(), 4);
}

fn hash(policy: &str) -> String {
    let loaded = case(policy).load().expect("a good pipeline");
    assert!(
        loaded.disabled.is_empty(),
        "{policy}: {:?}",
        loaded.disabled
    );
    let tenant = loaded
        .config
        .tenants
        .into_values()
        .next()
        .expect("a tenant");
    tenant.policy.hash.to_string()
}

#[test]
fn the_hash_names_the_content_not_the_writing() {
    let preset = hash("safe-harbor");
    assert_eq!(hash("{}"), preset);
    assert_eq!(
        hash("{zip_digits: 3, dates: year, profile: safe_harbor}"),
        preset
    );
    assert_eq!(hash("{operators: {phone: placeholder}}"), preset);
    assert_eq!(
        hash("{operators: {person: surrogate, ssn: redact}}"),
        hash("\n  operators:\n    ssn: 'redact'   # as before\n    person: surrogate"),
    );
    assert_ne!(hash("{operators: {person: surrogate}}"), preset);
    let reason = |why: &str| {
        hash(&format!(
            "{{keep_clock_times: true, keep_clock_times_reason: {why}}}"
        ))
    };
    assert_ne!(reason("doses"), preset);
    assert_eq!(reason("doses"), reason("dosing"));
}

#[test]
fn a_risk_bound_is_a_number_from_0_to_1() {
    let bound = |written: &str| {
        let case = case(&format!("{{risk_bound: {written}}}"));
        let loaded = case.load().expect("a pipeline");
        let tenant = loaded.config.tenants.values().next();
        tenant.map(|tenant| tenant.policy.risk_bound)
    };
    for (written, expected) in [
        ("0", 0),
        ("1", 1000),
        ("0.05", 50),
        ("0.1", 100),
        (".05", 50),
        ("5e-2", 50),
        ("\"0.05\"", 50),
        ("1.0", 1000),
        ("0.0", 0),
    ] {
        assert_eq!(bound(written), Some(expected), "{written}");
    }
    for written in ["1.5", "-0.1", "2", "often", "5%", "0,5", "nan", "1e1", ""] {
        assert_eq!(bound(written), None, "{written}");
    }
    let told = case("{risk_bound: 1.5}").printed();
    assert!(told.contains("write a number from 0 to 1"), "{told}");
}
