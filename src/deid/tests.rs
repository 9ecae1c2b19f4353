//! What holds of de-identification as a whole, and helpers for its parts.

mod corpora;
mod slow;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::domain::{Channel, ConversationRef, Phi, Role, TenantId};

pub(crate) static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::new);

/// A conversation of 2026 whose turns are said by nobody in particular.
pub(crate) fn conversation(turns: &[&str]) -> RawConversation {
    let turns: Vec<_> = turns.iter().map(|text| (Role::Other, *text)).collect();
    dialogue(&turns)
}

/// A conversation of 2026.
pub(crate) fn dialogue(turns: &[(Role, &str)]) -> RawConversation {
    RawConversation {
        tenant: TenantId::parse("north").expect("a tenant's name"),
        conversation: ConversationRef::new("c1"),
        channel: Channel::Chat,
        language: None,
        year: Some(2026),
        turns: turns
            .iter()
            .map(|(role, text)| RawTurn {
                role: *role,
                text: Phi::new((*text).to_owned()),
                ..RawTurn::default()
            })
            .collect(),
        known: Vec::new(),
        attributes: BTreeMap::new(),
        provenance: Default::default(),
        incomplete: false,
    }
}

fn texts(outcome: &Outcome) -> Vec<&str> {
    outcome
        .clean
        .turns
        .iter()
        .map(|t| t.text.as_str())
        .collect()
}

fn run(policy: &Policy, turns: &[&str]) -> Outcome {
    deidentify(
        &ENGINE,
        policy,
        &conversation(turns),
        &mut Entropy::from_u64(1),
    )
}

#[track_caller]
fn check(turns: &[&str], expected: &[&str]) {
    let outcome = run(&Policy::safe_harbor(), turns);
    assert_eq!(texts(&outcome), expected);
}

#[test]
fn values_are_numbered_and_dates_generalized() {
    check(
        &[
            "call 415-555-0132 or 415-555-0199",
            "(415) 555-0132 since March 5, 2019, zip code 85004",
        ],
        &[
            "call [PHONE_1] or [PHONE_2]",
            "[PHONE_1] since 2019, zip code 850",
        ],
    );
    check(
        &["born 2/21/1931, she is 95 years old now, seen 3/5"],
        &["born on or before 1936, she is 90 or older now, seen [DATE]"],
    );
}

#[test]
fn what_cannot_be_judged_is_held_back_for_its_language_first() {
    let turns = [
        "buenos dias necesito hablar con la enfermera sobre mi receta por favor",
        "claro que si digame su nombre completo y su fecha de nacimiento",
        "me llamo ximena quiroga y naci el catorce de agosto en torrelavega",
    ];
    let all_too_risky = Policy {
        risk_bound: 0,
        ..Policy::safe_harbor()
    };
    let holds = run(&all_too_risky, &turns).holds;
    assert_eq!(holds.first(), Some(&HoldReason::Language));
    assert!(holds.contains(&HoldReason::Risk), "{holds:?}");
}

#[test]
fn placeholders_in_the_input_forge_nothing() {
    check(
        &["[PHONE_1] is [PHONE_77], not 415-555-0132, [SSN_4471] [REDACTED]"],
        &["[PHONE_1] is [PHONE_2], not [PHONE_3], [SSN_1] [REDACTED]"],
    );
    let outcome = run(&Policy::safe_harbor(), &["[PHONE_1] said no"]);
    assert!(outcome.findings.is_empty() && outcome.clean.counts.is_empty());
    assert_eq!(outcome.clean.turns[0].findings, Some(Vec::new()));
}

#[test]
fn replacements_are_listed_where_they_stand() {
    let outcome = run(
        &Policy::safe_harbor(),
        &["é 415-555-0132 on 3/5/2019 at ann@example.org"],
    );
    let turn = &outcome.clean.turns[0];
    let listed: Vec<_> = turn
        .findings
        .iter()
        .flatten()
        .map(|f| &turn.text.as_str()[f.start as usize..f.end as usize])
        .collect();
    assert_eq!(listed, ["[PHONE_1]", "2019", "[EMAIL_1]"]);
    assert_eq!(outcome.clean.counts[&Category::Phone], 1);
}

#[test]
fn surrogates_are_consistent_and_hide_what_was_found() {
    let policy = Policy {
        operators: [Operator::Surrogate; Category::ALL.len()],
        ..Policy::safe_harbor()
    };
    let outcome = run(&policy, &["415-555-0132", "again 415 555 0132 ok"]);
    let said = texts(&outcome);
    assert_eq!(said[1], format!("again {} ok", said[0]));
    assert_ne!(said[0], "415-555-0132");
    assert!(outcome.clean.turns.iter().all(|t| t.findings.is_none()));
}

#[test]
fn redaction_says_nothing_of_the_kind() {
    let policy = Policy {
        operators: [Operator::Redact; Category::ALL.len()],
        ..Policy::safe_harbor()
    };
    let outcome = run(&policy, &["415-555-0132 on 3/5/2019"]);
    assert_eq!(texts(&outcome), ["[REDACTED] on [REDACTED]"]);
}

#[test]
fn clock_times_stay_where_the_policy_says_so() {
    let keep = Policy {
        keep_clock_times: true,
        ..Policy::safe_harbor()
    };
    assert_eq!(texts(&run(&keep, &["at 8:30 am"])), ["at 8:30 am"]);
    check(&["at 8:30 am"], &["at [TIME]"]);
}

#[test]
fn times_are_rounded() {
    let mut raw = conversation(&["hi", "bye"]);
    raw.turns[0].start_ms = Some(1_249);
    raw.turns[1].end_ms = Some(64_750);
    let clean = deidentify(
        &ENGINE,
        &Policy::safe_harbor(),
        &raw,
        &mut Entropy::from_u64(1),
    )
    .clean;
    assert_eq!(clean.turns[0].start_ms, Some(1_000));
    assert_eq!(clean.turns[1].end_ms, Some(65_000));
    assert_eq!(clean.duration_s, Some(60));
    assert_eq!(rounded(-1, 500), 0);
    assert_eq!(rounded(i64::MIN, 500), i64::MIN);
}

/// A word that may be the value of a cue, again and again: each reading finds
/// one more of them.
#[test]
fn a_chain_of_findings_is_followed_to_its_end() {
    let said = format!("password is {}", "mrn: ".repeat(20));
    let once = run(&Policy::safe_harbor(), &[&said]);
    let twice = run(&Policy::safe_harbor(), &texts(&once));
    assert_eq!(texts(&twice), texts(&once));
}

#[test]
fn the_same_entropy_gives_the_same_outcome() {
    let turns = ["415-555-0132 on 3/5/2019", "pin is 4471"];
    let policy = Policy::safe_harbor();
    assert_eq!(run(&policy, &turns), run(&policy, &turns));
}

/// Invented conversations, and what must become of them: a line of raw text, a
/// line of clean text after `=> `, a blank line; `agent:` and `user:` say who
/// speaks. Lines of one block are turns of one conversation.
#[test]
fn golden_cases() {
    for (file, cases) in [
        (
            "written",
            include_str!("../../tests/golden/deid/written.txt"),
        ),
        ("spoken", include_str!("../../tests/golden/deid/spoken.txt")),
        ("kept", include_str!("../../tests/golden/deid/kept.txt")),
    ] {
        let blocks = cases.split("\n\n").filter(|b| !b.trim().is_empty());
        let wrong: Vec<_> = blocks.filter_map(golden).collect();
        assert!(wrong.is_empty(), "{file}: {wrong:#?}");
    }
}

/// What became of the conversation in `block`, and what must, where they differ.
fn golden(block: &str) -> Option<(Vec<String>, Vec<String>)> {
    let lines: Vec<&str> = block.lines().filter(|l| !l.starts_with('#')).collect();
    let raw: Vec<_> = lines.iter().filter(|l| !l.starts_with("=> ")).collect();
    let clean: Vec<_> = lines.iter().filter_map(|l| l.strip_prefix("=> ")).collect();
    let turns: Vec<_> = raw.iter().map(|line| speaker(line)).collect();
    let outcome = deidentify(
        &ENGINE,
        &Policy::safe_harbor(),
        &dialogue(&turns),
        &mut Entropy::from_u64(1),
    );
    let expected = if clean.is_empty() {
        turns.iter().map(|(_, text)| *text).collect()
    } else {
        clean
    };
    let owned = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect();
    let became = texts(&outcome);
    (became != expected).then(|| (owned(became), owned(expected)))
}

fn speaker(line: &str) -> (Role, &str) {
    match line.split_once(": ") {
        Some(("agent", text)) => (Role::Agent, text),
        Some(("user", text)) => (Role::User, text),
        _ => (Role::Other, line),
    }
}

/// Pieces of talk whose joints are where detectors go wrong.
fn talk() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("415-555-0132"),
        Just("march 5, 2019"),
        Just("3/5/2019"),
        Just("2019"),
        Just("85004"),
        Just("az 85004"),
        Just("zip code"),
        Just("account number is"),
        Just("12"),
        Just("4471"),
        Just("elm street"),
        Just("in"),
        Just("may"),
        Just("92 years old"),
        Just("born in 1931"),
        Just("[PERSON_1]"),
        Just("[DATE]"),
        Just("[SSN_4471]"),
        Just("[REDACTED]"),
        Just("on the 5th"),
        Just("8:30 am"),
        Just("a.b@c.de"),
        Just("é"),
        Just("-"),
        Just("/"),
        Just("?"),
        Just("pin"),
        Just("mrn"),
        Just("four five six seven"),
        Just("five"),
        Just("oh"),
        Just("double"),
        Just("nineteen eighty three"),
        Just("twenty"),
        Just("fourteenth"),
        Just("march"),
        Just("uh"),
        Just("and"),
        Just("j o h n"),
        Just("dot com"),
        Just("at"),
        Just("a hundred"),
    ];
    let glue = prop_oneof![Just(" "), Just(""), Just(", "), Just("-")];
    prop::collection::vec((piece, glue), 0..12)
        .prop_map(|parts| parts.into_iter().flat_map(|(p, g)| [p, g]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn output_comes_back_unchanged(turns in prop::collection::vec(talk(), 1..4)) {
        let turns: Vec<&str> = turns.iter().map(String::as_str).collect();
        let once = run(&Policy::safe_harbor(), &turns);
        let once = texts(&once);
        let twice = run(&Policy::safe_harbor(), &once);
        prop_assert_eq!(texts(&twice), once);
    }

    #[test]
    fn any_text_is_judged_and_findings_lie_inside(text in any::<String>()) {
        let found = find(&ENGINE, &conversation(&[&text]));
        prop_assert!(found.iter().all(|f| text.get(f.span.clone()).is_some()));
        run(&Policy::safe_harbor(), &[&text]);
    }
}
