//! Frames in which hardly anything but a name stands, though the name be a word
//! or in no list: `thanks for calling [summer] take care`, `you too, [will]`,
//! `hello is this [may] quirrel`, `filed under [quirrel]`.

mod introduced;

use std::ops::Range;

use crate::deid::detect::fluent::{KNOW, UH, UM, YOU};
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Key, Words, says, words};
use crate::domain::Role;

use super::bare::is_of_thing;
use super::slot::{has_ending, is_end_or_mark};
use super::standing::{Standing, standing};
use introduced::{answers_telephone, is_full_name, is_introduced};

/// Fewest letters of a word in no list that is a name by its frame alone.
const LONG_ENOUGH: usize = 4;

/// What stands right before a name in every frame but that of the telephone: most
/// words are passed by one look.
const OPENS: Words = words![
    "afternoon",
    "bye",
    "calling",
    "confirming",
    "day",
    "for",
    "goodbye",
    "hello",
    "hey",
    "hi",
    "holding",
    "i'm",
    "is",
    "it",
    "it's",
    "me",
    "morning",
    "much",
    "one",
    "out",
    "patience",
    "pleasure",
    "set",
    "thanks",
    "that",
    "this",
    "too",
    "under",
    "understanding",
    "waiting",
    "with",
    "you",
];

const SPEAKING: Key = Key::of("speaking");
const IS: Key = Key::of("is");

/// The name that begins at token `i`, by the frame about it.
pub(super) fn name_at(turn: &ReadTurn<'_>, i: usize) -> Option<Range<usize>> {
    if turn.is_letter(i) {
        return None;
    }
    if is_of_kin(turn, i) {
        return Some(i..i + 1);
    }
    let last = before(turn, i)?;
    if !OPENS.has(turn.key(last)) && turn.key(i + 1) != SPEAKING {
        return None;
    }
    if is_full_name(turn, i) && !is_of_thing(turn, i + 1) {
        return Some(i..i + 2);
    }
    let spoken_to = is_parted_from(turn, i) || is_thanked_for(turn, i) || is_greeted(turn, i);
    let told = answers_telephone(turn, i) || is_introduced(turn, i);
    let framed = spoken_to && (may_be_name(turn, i) || is_seldom_a_name(turn, i))
        || told && may_be_name(turn, i)
        || is_filed_under(turn, i);
    framed.then_some(i..i + 1)
}

/// Whether some are called as token `i` is, a country, a drug or a brand though it
/// be: who is spoken to is none.
fn is_seldom_a_name(turn: &ReadTurn<'_>, i: usize) -> bool {
    const OTHER: Classes = Classes::STATE
        .with(Classes::COUNTRY)
        .with(Classes::DRUG)
        .with(Classes::CLINICAL);
    let classes = turn.classes(i);
    // Who serves thanks people by name, and writes no adverb amiss.
    let set_off = i > 0 && turn.is_mark(i - 1, ",");
    let agent = (turn.turn.role == Role::Agent || set_off) && turn.word(i).ends_with("ly");
    let ending = ["ed", "ing", "ly"]
        .iter()
        .any(|end| turn.word(i).ends_with(end));
    let unlisted = classes.is_unlisted() && turn.word(i).len() > LONG_ENOUGH && (!ending || agent);
    classes.any(OTHER) && !classes.any(Classes::STOP) && classes.given() >= 1 || unlisted
}

/// Whether token `i` is said to be a relative: `[art] is my daughter`, `for my
/// grandson [may]`.
fn is_of_kin(turn: &ReadTurn<'_>, i: usize) -> bool {
    let after_kin = i > 1 && turn.classes(i - 1).any(Classes::KIN);
    if turn.key(i + 1) != IS && !after_kin {
        return false;
    }
    let own = |k: usize| says!(turn, k, "my" | "your" | "his" | "her");
    let first = i == 0 || says!(turn, i - 1, "and" | "," | "." | "so" | "okay");
    let is = says!(turn, i + 1, "is") && own(i + 2) && turn.classes(i + 3).any(Classes::KIN);
    let named =
        i > 1 && own(i - 2) && turn.classes(i - 1).any(Classes::KIN) && is_end_or_mark(turn, i + 1);
    (first && is || named) && may_be_name(turn, i) && turn.classes(i).given() >= 2
}

/// Whether token `i` is a given name, whatever else it is, or in no list.
fn may_be_name(turn: &ReadTurn<'_>, i: usize) -> bool {
    const OTHER: Classes = Classes::STATE
        .with(Classes::COUNTRY)
        .with(Classes::BRAND)
        .with(Classes::DRUG)
        .with(Classes::FACILITY);
    const ENDEARMENTS: Words = words![
        "angel", "babe", "boss", "champ", "hun", "pal", "god", "goodness", "heaven", "jesus",
        "king", "lord", "love", "ma", "major", "queen", "sugar", "sweet", "treasure",
    ];
    let classes = turn.classes(i);
    !classes.any(OTHER)
        && !ENDEARMENTS.has(turn.key(i))
        && match standing(classes) {
            Standing::Name | Standing::Rare => true,
            Standing::Unlisted => turn.word(i).len() >= LONG_ENOUGH && !has_ending(turn.word(i)),
            Standing::Ambiguous | Standing::Word => classes.given() >= 2,
            Standing::Never => false,
        }
}

/// The last token before token `i` but a comma and a hesitation.
fn before(turn: &ReadTurn<'_>, i: usize) -> Option<usize> {
    const COMMA: Key = Key::of(",");
    (0..i).rev().find(|&k| match turn.key(k) {
        COMMA | UH | UM => false,
        KNOW => k == 0 || turn.key(k - 1) != YOU,
        YOU => k + 1 == i || turn.key(k + 1) != KNOW,
        _ => true,
    })
}

/// Whether a call or a turn ends with token `i`, to whom it is said: `you too
/// [art]`, `appreciate it, [drew]`.
fn is_parted_from(turn: &ReadTurn<'_>, i: usize) -> bool {
    let more = (i + 1..turn.len()).find(|&k| turn.is_word(k));
    if more.is_some_and(|k| !wishes(turn, k)) || turn.is_mark(turn.len() - 1, "?") {
        return false;
    }
    let Some(last) = before(turn, i) else {
        return false;
    };
    let first = before(turn, last).map_or("", |k| turn.word(k));
    matches!(
        (first, turn.word(last)),
        ("you" | "know", "too")
            | ("appreciate", "it" | "that")
            | ("thank", "you")
            | ("so" | "very", "much")
            | ("all", "set")
            | ("good", "one" | "day")
            | ("my", "pleasure")
            | ("meet", "you")
            | (_, "thanks" | "bye" | "goodbye")
    )
}

/// Whether a wish at parting begins with token `k`: `[have a] good one`, `[take care]`.
fn wishes(turn: &ReadTurn<'_>, k: usize) -> bool {
    matches!(
        (turn.word(k), turn.word(k + 1)),
        ("have", "a") | ("take", "care") | ("bye" | "goodbye", _)
    )
}

/// Whether somebody is thanked for what they did, and named as token `i`, before
/// a wish or what is done for them: `thanks for waiting [mark] let me check`.
fn is_thanked_for(turn: &ReadTurn<'_>, i: usize) -> bool {
    const DID: Words = words![
        "calling",
        "confirming",
        "holding",
        "out",
        "patience",
        "understanding",
        "waiting",
    ];
    const NEXT: Words = words!["have", "how", "i'll", "i'm", "let", "one", "take", "what"];
    let Some(did) = before(turn, i).filter(|&k| DID.has(turn.key(k))) else {
        return false;
    };
    let thanks = (did.saturating_sub(4)..did).any(|k| says!(turn, k, "thanks" | "thank"));
    // `thanks for calling may i have`
    let can = says!(turn, i + 1, "i") && says!(turn, i + 2, "can" | "will" | "see");
    thanks && (is_end_or_mark(turn, i + 1) || NEXT.has(turn.key(i + 1)) || can)
}

/// Whether a greeting of token `i` goes on to why one writes: `hi [will] let me
/// check`.
fn is_greeted(turn: &ReadTurn<'_>, i: usize) -> bool {
    let greets = before(turn, i)
        .is_some_and(|k| says!(turn, k, "hi" | "hello" | "hey" | "morning" | "afternoon"));
    let goes_on = match turn.word(i + 1) {
        "let" | "just" | "any" | "it's" => true,
        "how" => says!(turn, i + 2, "are"),
        "this" => says!(turn, i + 2, "is"),
        "we" => says!(turn, i + 2, "have") && says!(turn, i + 3, "a"),
        "one" => says!(turn, i + 2, "sec" | "second" | "moment"),
        _ => is_end_or_mark(turn, i + 1),
    };
    greets && goes_on
}

/// Whether something is kept under the surname that is token `i`: `listed under
/// [quirrel]`, `it's under [woods] that's my married name`.
fn is_filed_under(turn: &ReadTurn<'_>, i: usize) -> bool {
    const KEPT: Words = words!["booked", "filed", "listed", "registered", "saved"];
    let Some(under) = before(turn, i).filter(|&k| k > 0 && says!(turn, k, "under")) else {
        return false;
    };
    let classes = turn.classes(i);
    let next = i + 1 + usize::from(turn.is_mark(i + 1, ","));
    let my = usize::from(says!(turn, next, "that")) + 1;
    let owned = says!(turn, next, "that's" | "that") && says!(turn, next + my, "my");
    let kept = KEPT.has(turn.key(under - 1));
    let family = match standing(classes) {
        Standing::Name | Standing::Rare => kept || owned || says!(turn, under - 1, "it's"),
        Standing::Unlisted => {
            turn.word(i).len() > LONG_ENOUGH && (kept || owned || says!(turn, under - 1, "it's"))
        }
        Standing::Ambiguous | Standing::Word => classes.family() >= 2 && (kept || owned),
        Standing::Never => classes.family() >= 4 && (kept || owned),
    };
    turn.is_word(i) && family && (owned || is_end_or_mark(turn, i + 1)) || is_nickname(turn, under)
}

/// Whether something may be kept under the given name after `under`, another than was
/// said: `it might be under [bill]`.
fn is_nickname(turn: &ReadTurn<'_>, under: usize) -> bool {
    const MAY: Words = words!["could", "might", "should", "may", "would"];
    const IS: Words = words!["it's", "its", "look", "try", "check", "put", "is", "me"];
    let classes = turn.classes(under + 1);
    let be = under > 1 && says!(turn, under - 1, "be") && MAY.has(turn.key(under - 2));
    turn.is_word(under + 1)
        && (be || IS.has(turn.key(under - 1)))
        && classes.given() >= 3
        && !classes.any(Classes::STOP | Classes::KIN)
        && is_end_or_mark(turn, under + 2)
}

#[cfg(test)]
mod tests {
    use crate::deid::detect::name::tests::check_line as check;

    #[test]
    fn frames_make_a_name_of_a_word() {
        check("you too, will.", &["will"]);
        check("appreciate it drew", &["drew"]);
        check("thank you may", &["may"]);
        check("thanks for calling may take care", &["may"]);
        check(
            "thanks for reaching out summer i can help with that",
            &["summer"],
        );
        check("quirrel support art speaking", &["art"]);
        check("it's may again", &["may"]);
        check("it's will from earlier", &["will"]);
        check("is may still authorized to talk to us", &["may"]);
        check("you can call me may.", &["may"]);
        check("hi will let me check", &["will"]);
        check("hello, is this will ezebike?", &["will ezebike"]);
        check(
            "hi it's art vaimolu any news on my test results",
            &["art vaimolu"],
        );
        check(
            "hello is this itzlacely tamuzadeh",
            &["itzlacely tamuzadeh"],
        );
        check("it's under woods, that's my married name", &["woods"]);
        check("i see it listed under kovinczyk", &["kovinczyk"]);
        check("it's for faith okafor", &["faith okafor"]);
        check("It is for Grover Mchugh.", &["Grover Mchugh"]);
        check("My name is Ty Stern.", &["Ty Stern"]);
        check("surname childs", &["childs"]);
        check("last name is childs first name owen", &["childs", "owen"]);
        check("It is for Savannah Hickman, thanks.", &["Savannah Hickman"]);
    }

    #[test]
    fn other_words_in_frames_are_none() {
        for text in [
            "thank you so much",
            "thanks for calling may i have your number",
            "thanks for holding will you be long",
            "it's under control",
            "it's under warranty",
            "it's filed under pending",
            "are you generally speaking",
            "hi may i ask",
            "it's for will power",
            "a foley Catheter for Grover disease",
            "hi will this take long",
            "is this will be ready",
            "this is art therapy",
            "thanks for the patience mark it as done",
            "hi she's a twin with smith zonnevel syndrome",
        ] {
            check(text, &[]);
        }
    }
}
