//! Cues: the words that tell that a number names somebody.

use super::atom::Line;
use super::words::class;

/// A cue is at most this many atoms before its number.
const CUE_WITHIN: usize = 6;

/// A sentence is about this many atoms long.
const SENTENCE: usize = 20;

/// Whether word `i` asks for a number of few digits that names, most often.
fn is_secret(line: &Line, i: usize) -> bool {
    matches!(line.word(i), "pin" | "ssn" | "passcode" | "otp")
}

/// Whether word `i` tells of a number that names somebody: `the last four`, `order
/// 4417`; not `last time`, `in case`, `the error code`.
pub(super) fn names_number(line: &Line, i: usize) -> bool {
    if !line.is_class(i, class::CUE) {
        return false;
    }
    let before = line.word_before(i);
    match line.word(i) {
        "last" => {
            let digits = matches!(
                line.word(i + 1),
                "digit" | "digits" | "number" | "numbers" | "part" | "bit" | "name" | "one"
            );
            digits || line.is_number(i + 1) || line.mark(i + 1).is_some()
        }
        "case" => !matches!(
            before,
            "in" | "that" | "this" | "any" | "which" | "worst" | "phone"
        ),
        "order" => before != "in",
        "code" | "number" => !is_of_things(before),
        _ => true,
    }
}

/// What has codes and numbers that name nobody: `error code`, `model number`.
fn is_of_things(word: &str) -> bool {
    matches!(
        word,
        "procedure"
            | "procedural"
            | "billing"
            | "diagnosis"
            | "diagnostic"
            | "cpt"
            | "icd"
            | "hcpcs"
            | "error"
            | "fault"
            | "status"
            | "denial"
            | "reason"
            | "dress"
            | "colour"
            | "color"
            | "model"
            | "part"
    )
}

/// `9204 as the passcode`, `lovellade nine as your username`: whether what ends
/// before `end` is said to be a number that names, or a name of an account.
pub(super) fn is_named_after(line: &Line, end: usize) -> bool {
    const NAMED: u32 = class::CUE | class::SECRET | class::ASKS;
    // `5827 you know as your last four`
    let hesitates = line.word(end) == "you" && line.word(end + 1) == "know";
    let end = end
        + if hesitates {
            2
        } else {
            usize::from(line.is_filler(end))
        };
    line.word(end) == "as"
        && matches!(
            line.word(end + 1),
            "the" | "your" | "you're" | "my" | "a" | "his" | "her" | "their" | "our"
        )
        && (end + 2..end + CUE_WITHIN).any(|i| line.is_class(i, NAMED))
}

/// What people call a card by.
fn is_card(word: &str) -> bool {
    matches!(word, "credit" | "debit" | "visa" | "mastercard" | "amex")
}

/// `ssn 1984`, `pin is 2004`: no year.
pub(super) fn is_after_secret(line: &Line, i: usize) -> bool {
    (i.saturating_sub(2)..i).any(|before| is_secret(line, before))
}

/// `extension four four one`: whether a word for a number of three digits stands
/// right before atom `first`.
pub(super) fn is_just_after(line: &Line, first: usize) -> bool {
    let before = |n: usize| first.checked_sub(n).map_or("", |i| line.word(i));
    let zip = matches!(before(2), "zip" | "post" | "postal");
    matches!(before(1), "extension" | "ext" | "cvv" | "cvc" | "code") && !zip
}

/// Whether a cue stands just before atom `first`, or one for a number of four
/// digits a sentence before it.
pub(super) fn is_cued(line: &Line, first: usize) -> bool {
    (first.saturating_sub(CUE_WITHIN)..first).any(|i| names_number(line, i))
        || first > 0 && is_card(line.word(first - 1))
        || first > 0 && matches!(line.word(first - 1), "says" | "reads" | "wrote" | "safe")
        || (first.saturating_sub(SENTENCE)..first).any(|i| is_secret(line, i))
}
