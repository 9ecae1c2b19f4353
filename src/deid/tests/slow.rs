//! Time is linear in text and in turns, whatever is said.

use super::*;

/// Text made to be slow: repeated pieces that start matches and finish none.
const SLOW: [&str; 34] = [
    "1 ",
    "1-",
    "a-",
    "a9-",
    "pin-",
    "pin ",
    "pin is ",
    "[",
    "[PERSON_",
    "a@",
    "a.",
    "a@a.",
    "::",
    "0:",
    "  ",
    "may ",
    "one ",
    "ninety ",
    "12 elm ",
    "9",
    "a9",
    "x dot ",
    "on the ",
    "3/",
    "fd:",
    "40.1234 ",
    "gb82 west ",
    "one two ",
    "five uh ",
    "twenty one and ",
    "a b ",
    "a dot com at ",
    "six, ",
    "double ",
];

/// Least time of three runs over `turns`.
fn least_time(turns: &[&str]) -> std::time::Duration {
    (0..3)
        .map(|_| {
            let started = std::time::Instant::now();
            run(&Policy::safe_harbor(), turns);
            started.elapsed()
        })
        .min()
        .expect("three runs")
}

/// Eight times the text takes about eight times as long; a quadratic step would
/// take sixty-four. The bound lies between, and on a busy machine one of several
/// attempts must keep it: a quadratic step never does.
#[track_caller]
fn check_linear(what: &str, of_size: impl Fn(usize) -> Vec<String>) {
    let time = |n: usize| {
        let turns = of_size(n);
        least_time(&turns.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let floor = std::time::Duration::from_millis(2);
    let keeps = || time(160_000) < time(20_000).max(floor) * 26;
    assert!((0..6).any(|_| keeps()), "{what:?}");
}

#[test]
#[ignore = "a measurement, which other work on the machine disturbs: run it alone"]
fn time_is_linear_in_text_and_turns() {
    for piece in SLOW {
        check_linear(piece, |bytes| vec![piece.repeat(bytes / piece.len())]);
    }
    for turn in ["what is your pin?", "call 415-555-0132", "x"] {
        check_linear(turn, |bytes| vec![turn.to_owned(); bytes / 20]);
    }
}
