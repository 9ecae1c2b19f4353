//! Great ages as lives are told: `at [ninety four] one is slow`, `[ninety-six] he was`,
//! `not bad for [ninety seven]`, `[ninety-two], came in with a fall`.

use crate::deid::detect::fluent::FILLERS;
use crate::deid::document::{DocTurn, TokenKind};
use crate::deid::word::{Words, words};

use super::super::talk::{Said, number, word};

/// How far before an age the word stands that tells whose it is.
const NEAR: usize = 8;

/// Whether `said`, a cardinal, is how old somebody is or was, as a life is told.
pub(super) fn is_of_life(turn: &DocTurn<'_>, said: &Said) -> bool {
    let (start, end) = (said.tokens.start, said.tokens.end);
    let told = is_before_whose(turn, start, end)
        || is_at_age(turn, start, end)
        || is_for_age(turn, start, end)
        || is_aside(turn, start, end)
        || is_said_again(turn, start, end)
        || is_going(turn, start, end)
        || is_reached(turn, start, end);
    told && !is_measured(turn, start)
}

/// Whether token `i` begins a sentence or what stands apart in one.
fn begins(turn: &DocTurn<'_>, i: usize) -> bool {
    const LED: Words = words!["and", "oh", "uh", "um", "well", "yeah", "yes"];
    match i.checked_sub(1) {
        None => true,
        Some(k) => {
            matches!(turn.word(k), "." | "?" | "!" | "…") || turn.is_of(k, LED) && begins(turn, k)
        }
    }
}

/// Whether a sentence ends before token `i`.
fn ends(turn: &DocTurn<'_>, i: usize) -> bool {
    matches!(word(turn, i), "" | "." | "?" | "!" | "…")
}

/// `[ninety six] he was, and sharp`: whose age it is comes after it.
fn is_before_whose(turn: &DocTurn<'_>, start: usize, end: usize) -> bool {
    const WHO: Words = words!["he", "she"];
    const IS: Words = words!["is", "was", "would", "'d"];
    const AFTER: Words = words![
        "and", "be", "bless", "god", "have", "last", "next", "now", "this", "when", ",",
    ];
    let who = end + usize::from(word(turn, end) == ",");
    begins(turn, start)
        && turn.is_of(who, WHO)
        && turn.is_of(who + 1, IS)
        && (ends(turn, who + 2) || turn.is_of(who + 2, AFTER) || word(turn, who + 2) == ",")
}

/// `[93] and still going`: how one goes on who is old.
fn is_going(turn: &DocTurn<'_>, start: usize, end: usize) -> bool {
    const GOES: Words = words![
        "bakes", "cooks", "dances", "drives", "driving", "gardens", "going", "here", "kicking",
        "lives", "living", "sharp", "standing", "swims", "walks", "walking", "working", "works",
    ];
    let and = end + usize::from(word(turn, end) == ",");
    let still = and + usize::from(turn.is_of(and, words!["and"]));
    begins(turn, start) && turn.is_of(still, words!["still"]) && turn.is_of(still + 1, GOES)
}

/// `the first one [ninety three] he just had the birthday`.
fn is_reached(turn: &DocTurn<'_>, start: usize, end: usize) -> bool {
    const REACH: usize = 6;
    const SAYS: Words = words!["at", "by", "for", "in", "on", "to", "was"];
    let who = end + usize::from(word(turn, end) == ",");
    let near = who + 1..turn.tokens.len().min(who + REACH);
    let apart = start == 0 || !turn.is_of(start - 1, SAYS);
    let mut near = near.into_iter();
    apart
        && turn.is_of(who, words!["he", "i", "she"])
        && near.any(|k| turn.is_of(k, words!["birthday"]))
}

/// `i'm slow at [ninety three]`, `he died. at [ninety eight]`: what somebody does who is
/// old, and at what age.
fn is_at_age(turn: &DocTurn<'_>, start: usize, end: usize) -> bool {
    const LIFE: Words = words![
        "alive",
        "alone",
        "buried",
        "cooking",
        "cooks",
        "dance",
        "dances",
        "dancing",
        "deaf",
        "died",
        "drive",
        "drives",
        "driving",
        "fit",
        "frail",
        "funeral",
        "gardening",
        "gardens",
        "gone",
        "herself",
        "himself",
        "independent",
        "lived",
        "lives",
        "living",
        "lost",
        "married",
        "myself",
        "passed",
        "sharp",
        "slow",
        "swims",
        "walks",
    ];
    const WHO: Words = words![
        "anybody",
        "everybody",
        "i",
        "nobody",
        "one",
        "people",
        "we",
        "you"
    ];
    const AFTER: Words = words!["and", "but", "he", "i", "it's", "she", "so", "you"];
    // `granny lived till [ninety six]`, `so that makes you [ninety]`
    let before = |first: Words, second: Words| {
        start > 1 && turn.is_of(start - 2, first) && turn.is_of(start - 1, second)
    };
    if before(words!["live", "lived"], words!["till", "to", "until"])
        || before(words!["made", "makes"], words!["her", "him", "me", "you"])
    {
        return true;
    }
    let Some(at) = start
        .checked_sub(1)
        .filter(|&k| turn.is_of(k, words!["at"]))
    else {
        return false;
    };
    let lives = (at.saturating_sub(NEAR)..at).any(|k| turn.is_of(k, LIFE));
    let comma = end + usize::from(word(turn, end) == ",");
    // `at [ninety four] you don't buy green bananas`
    // `i said son at [ninety four] you sit down`
    const CALLED: Words = words![
        "boy",
        "darling",
        "dear",
        "doc",
        "doctor",
        "girl",
        "honey",
        "love",
        "ma'am",
        "sir",
        "son",
        "sweetheart",
        "sweetie",
    ];
    let called = at > 0 && turn.is_of(at - 1, CALLED);
    let whose =
        (begins(turn, at) || called) && turn.is_of(comma, WHO) && turn.is_of(comma + 1, DOES);
    whose || lives && (ends(turn, end) || word(turn, end) == "," || turn.is_of(end, AFTER))
}

/// What an old person does, or does no longer.
const DOES: Words = words![
    "ain't", "can", "can't", "cannot", "deserve", "do", "don't", "forget", "get", "learn", "need",
    "sit", "sleep", "slow", "stand", "stop", "take", "walk",
];

/// `not bad for [ninety seven]`.
fn is_for_age(turn: &DocTurn<'_>, start: usize, end: usize) -> bool {
    const GOOD: Words = words![
        "amazing",
        "bad",
        "good",
        "great",
        "marvellous",
        "marvelous",
        "remarkable",
        "sharp",
        "spry",
        "well",
    ];
    const AFTER: Words = words!["eh", "he", "huh", "innit", "isn't", "she", "though", "you"];
    start > 1
        && turn.is_of(start - 1, words!["for"])
        && turn.is_of(start - 2, GOOD)
        && (ends(turn, end) || word(turn, end) == "," || turn.is_of(end, AFTER))
}

/// `that's her, [ninety two], came in with a fall`: between marks, where what somebody
/// did goes on.
fn is_aside(turn: &DocTurn<'_>, start: usize, end: usize) -> bool {
    const DID: Words = words![
        "alone",
        "bless",
        "brought",
        "came",
        "comes",
        "drives",
        "fell",
        "found",
        "god",
        "has",
        "he",
        "known",
        "lives",
        "living",
        "lovely",
        "presented",
        "presents",
        "she",
        "sharp",
        "still",
        "walks",
        "widow",
        "widowed",
        "widower",
    ];
    let before = start
        .checked_sub(1)
        .is_none_or(|k| matches!(turn.word(k), "," | "." | "-"));
    before && word(turn, end) == "," && turn.is_of(end + 1, DID)
}

/// `she must be past a hundred. [a hundred and one].`: all of a sentence, after one that
/// ends with an age of the kind.
fn is_said_again(turn: &DocTurn<'_>, start: usize, end: usize) -> bool {
    const FEWEST: usize = 2;
    const PAST: Words = words!["nearly", "over", "past", "be", "almost"];
    if start < FEWEST + 1 || !ends(turn, end) || !ends(turn, start - 1) {
        return false;
    }
    let said = |k: &usize| number(turn, *k) || turn.is_of(*k, words!["a", "and", "hundred", "-"]);
    let first = (0..start - 1).rev().take_while(said).last();
    first
        .is_some_and(|k| k > 0 && turn.is_of(k - 1, PAST) && turn.tokens[k].kind != TokenKind::Mark)
}

/// Whether something is measured before token `start`: a pulse, a weight.
fn is_measured(turn: &DocTurn<'_>, start: usize) -> bool {
    const MEASURES: Words = words![
        "blood",
        "bpm",
        "degrees",
        "diastolic",
        "fever",
        "glucose",
        "heart",
        "oxygen",
        "percent",
        "pounds",
        "pressure",
        "pulse",
        "rate",
        "sat",
        "sats",
        "saturation",
        "score",
        "spo2",
        "stats",
        "sugar",
        "sugars",
        "systolic",
        "temp",
        "temperature",
        "weigh",
        "weighed",
        "weighs",
        "weight",
    ];
    let fluent = |k: &usize| !turn.is_of(*k, FILLERS);
    let mut before = (start.saturating_sub(NEAR)..start).filter(fluent);
    before.any(|k| turn.is_of(k, MEASURES))
}

#[cfg(test)]
mod tests {
    use super::super::super::talk::check;
    use crate::domain::Role::User;

    #[test]
    fn lives_tell_great_ages() {
        for (text, age) in [
            ("Dad's gone. Ninety-six he was, and sharp.", "Ninety-six"),
            ("i'm slow at 93, bear with me", "93"),
            ("Yes 91 and still going", "91"),
            ("granny lived till ninety-six", "ninety-six"),
            ("lovely so that makes you ninety", "ninety"),
            (
                "the eldest ninety three she just had a birthday",
                "ninety three",
            ),
            ("i said son at ninety two you sit down", "ninety two"),
            ("He died in the spring. At ninety-eight.", "ninety-eight"),
            ("at ninety four you don't buy green bananas", "ninety four"),
            ("not bad for ninety seven eh", "ninety seven"),
            ("That's him. Ninety-two, came in with a hip.", "Ninety-two"),
            ("she'd be ninety-three now if she'd lived", "ninety-three"),
            ("ninety five in the new year", "ninety five"),
            ("she must be over a hundred by now", "a hundred"),
        ] {
            check(&[(User, text)], &[age]);
        }
        check(
            &[(User, "She's past a hundred. A hundred and one.")],
            &["a hundred", "A hundred and one"],
        );
    }

    #[test]
    fn what_is_measured_is_no_age() {
        for text in [
            "her sats were fine. Ninety-two, came up with oxygen.",
            "he's stable at 92, no change",
            "we keep it at ninety four and you don't touch it",
            "Pulse. Ninety-six, he says.",
            "not bad for ninety dollars",
            "the sats dropped past ninety. Ninety-one.",
            "his blood pressure was a hundred over ninety one",
            "it was over a hundred and two",
        ] {
            check(&[(User, text)], &[]);
        }
    }
}
