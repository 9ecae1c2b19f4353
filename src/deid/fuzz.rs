//! Inputs made of the pieces that rules look for, broken and put together at
//! random: none may panic, none may leave a finding outside its text, and the
//! engine's own output comes back unchanged.
//!
//! `LEEWARD_FUZZ=1000000 cargo test --release --lib fuzz -- --nocapture` runs a
//! million and prints the slowest input's cost.

use std::time::Instant;

use super::tests::{ENGINE, conversation};
use super::*;

const PIECES: &[&str] = &[
    "my name is ",
    "this is ",
    "dr ",
    "mrs. ",
    "o'",
    "maria",
    "Xanthorra",
    "will",
    "grace ",
    "j o h n",
    "s as in sam ",
    "spelled ",
    "double ",
    "triple ",
    "oh ",
    "zero ",
    "five ",
    "nineteen ",
    "eighty three ",
    "two hundred ",
    "and ",
    "point ",
    "dash ",
    "dot com",
    " at gmail",
    "@",
    "www.",
    "https://",
    "://",
    "[PHONE_1]",
    "[PERSON_",
    "_1]",
    "\u{1}",
    "555",
    "0143",
    "1",
    "12/",
    "3-5-",
    "2019",
    "1931",
    " march 4th ",
    "may ",
    "the fourth of ",
    "born ",
    "age ",
    "years old ",
    "zip ",
    "9021",
    "SW1A 1AA",
    " street",
    " apt ",
    "po box ",
    "dayton ohio",
    "new york ",
    "general hospital ",
    "account number ",
    "ssn ",
    "mrn: ",
    "member id ",
    "pin ",
    "password is ",
    "{\"name\":",
    "\"",
    "}",
    "\\",
    "é",
    "ß",
    "İ",
    "\u{301}",
    "\u{200b}",
    "\u{2019}s ",
    "日本",
    "🙂",
    "\r\n",
    "\t",
    " ",
    "  ",
    ", ",
    ". ",
    "? ",
    "-",
    "--",
    "...",
    "uh ",
    "um ",
    "no wait ",
    "mg ",
    "over 80 ",
    "%",
    "$",
    "am ",
    "pm",
    "::1",
    "192.168.",
    "fe80::",
    "00:1A:",
    "4111 1111 ",
    "GB29",
    "can i have your name",
    "what is your number",
    "okay ",
];

fn text(entropy: &mut Entropy) -> String {
    let mut out = String::new();
    for _ in 0..entropy.below(12) {
        let piece = PIECES[entropy.below(PIECES.len() as u64) as usize];
        let times = if entropy.below(30) == 0 { 20 } else { 1 };
        out.push_str(&piece.repeat(times));
    }
    if entropy.below(10) == 0 {
        out.extend(
            (0..entropy.below(40)).filter_map(|_| char::from_u32(entropy.below(0x2_0000) as u32)),
        );
    }
    out
}

fn check(turns: &[String], policy: &Policy) {
    let said: Vec<&str> = turns.iter().map(String::as_str).collect();
    let raw = conversation(&said);
    let outcome = deidentify(&ENGINE, policy, &raw, &mut Entropy::from_u64(1));
    for finding in &outcome.findings {
        assert!(
            said[finding.turn]
                .get(finding.span.clone())
                .is_some_and(|s| !s.is_empty())
        );
    }
    let clean: Vec<&str> = outcome
        .clean
        .turns
        .iter()
        .map(|t| t.text.as_str())
        .collect();
    let again = deidentify(
        &ENGINE,
        policy,
        &conversation(&clean),
        &mut Entropy::from_u64(2),
    );
    let twice: Vec<&str> = again.clean.turns.iter().map(|t| t.text.as_str()).collect();
    assert_eq!(twice, clean, "from {said:?}");
}

#[test]
fn no_input_panics_or_changes_twice() {
    let asked = std::env::var("LEEWARD_FUZZ").ok();
    let inputs: u64 = asked.and_then(|n| n.parse().ok()).unwrap_or(3000);
    let policy = Policy::safe_harbor();
    std::sync::LazyLock::force(&ENGINE);
    let mut slowest = (0.0, 0);
    for seed in 0..inputs {
        let mut entropy = Entropy::from_u64(seed);
        let turns: Vec<String> = (0..1 + entropy.below(4))
            .map(|_| text(&mut entropy))
            .collect();
        let begun = Instant::now();
        check(&turns, &policy);
        let bytes = turns.iter().map(String::len).sum::<usize>().max(100);
        let cost = begun.elapsed().as_secs_f64() / bytes as f64;
        if cost > slowest.0 {
            slowest = (cost, seed);
        }
    }
    println!(
        "{inputs} inputs; the slowest took {:.1} µs a byte (seed {})",
        1e6 * slowest.0,
        slowest.1
    );
}
