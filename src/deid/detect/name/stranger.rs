//! Names that are in no list, or words that people are called by too, by what is said
//! of a person alone: who signed, who is on leave, who is asked for, whose spelling is
//! told.

use std::ops::Range;

use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, words};
use crate::domain::Role;

use super::cue::Slot;
use super::kindred::WHOSE;
use super::reach::name_end;
use super::slot::{ends_phrase, has_ending, is_auxiliary, is_end_or_mark};
use super::standing::{Standing, standing};
use super::told::OTHER;

/// Fewest letters of a word in no list.
const UNLISTED: usize = 4;

/// How common a word is at most that people are called by too.
const SELDOM: u32 = 6;

/// How common a word is at most that is a name where people do something.
const FEW: u32 = 3;

/// The name that begins at token `i`, and the rule that says so.
pub(super) fn name_at(turn: &ReadTurn<'_>, i: usize) -> Option<(Range<usize>, &'static str)> {
    if turn.is_letter(i) {
        return None;
    }
    let strange = is_strange(turn, i);
    let called = !strange && is_called(turn, i);
    if !strange && !called {
        // Of a nickname few letters are left.
        let short = turn.classes(i).is_unlisted() && turn.word(i).len() == UNLISTED - 1;
        let asked = short && turn.is_word(i) && is_asked_for(turn, i);
        return asked.then_some((i..i + 1, "mentioned"));
    }
    let seldom = called && turn.classes(i).commonness() <= FEW;
    let rule = if is_on_leave(turn, i) {
        "owner"
    } else if is_spelled_with(turn, i) {
        "likened"
    } else if is_asked_for(turn, i)
        || is_covered_for(turn, i)
        || is_handed(turn, i)
        || is_identified(turn, i)
    {
        "mentioned"
    } else if strange && (is_near(turn, i) || is_reached(turn, i) || is_of_family(turn, i)) {
        "mentioned"
    } else if strange && (is_asked_after(turn, i) || is_it(turn, i) || is_doer(turn, i)) {
        "asked-about"
    } else if strange && is_read_back(turn, i) {
        "read-back"
    } else if strange && is_pair(turn, i) {
        return Some((i..i + 2, "pair"));
    } else if (strange || seldom) && does(turn, i) || strange && is_relative_who(turn, i) {
        "subject"
    } else if strange && (is_titled(turn, i) || is_honoured(turn, i)) {
        "title"
    } else {
        return None;
    };
    Some((i..name_end(turn, i, Slot::Medium), rule))
}

/// Whether token `i` is no word and no thing that is known.
fn is_strange(turn: &ReadTurn<'_>, i: usize) -> bool {
    let word = turn.word(i);
    turn.is_word(i)
        && !turn.is_all_capitals(i)
        && match standing(turn.classes(i)) {
            Standing::Rare => true,
            Standing::Unlisted => {
                let possessive = turn.classes(i).any(Classes::POSSESSIVE);
                word.len() >= UNLISTED
                    && !has_ending(word)
                    && (possessive || !word.contains(['\'', '’']))
            }
            _ => false,
        }
}

/// Whether people are called as token `i` is, a word though it be.
fn is_called(turn: &ReadTurn<'_>, i: usize) -> bool {
    const NOT: Classes = OTHER
        .with(Classes::STOP)
        .with(Classes::KIN)
        .with(Classes::TITLE)
        .with(Classes::CLINICAL);
    let classes = turn.classes(i);
    classes.given() >= 2
        && !classes.any(NOT)
        && !is_auxiliary(turn.word(i))
        && (classes.commonness() <= SELDOM || classes.given() >= 3 || turn.is_proper(i))
}

/// What stands before a thing, and before no name.
const OF_THINGS: Words = words![
    "a", "an", "any", "another", "each", "every", "her", "his", "my", "no", "our", "some", "that",
    "the", "their", "this", "your",
];

fn follows_article(turn: &ReadTurn<'_>, i: usize) -> bool {
    i > 0 && OF_THINGS.has(turn.key(i - 1))
}

/// Whether token `i` is said to be away, as who works is: `[odra]'s on break`.
fn is_on_leave(turn: &ReadTurn<'_>, i: usize) -> bool {
    const AWAY: Words = words![
        "annual",
        "break",
        "call",
        "duty",
        "holiday",
        "leave",
        "lunch",
        "maternity",
        "nights",
        "shift",
        "vacation",
    ];
    let on = turn.classes(i).any(Classes::POSSESSIVE) && turn.word(i + 1) == "on"
        || matches!(turn.word(i + 1), "is" | "was") && turn.word(i + 2) == "on";
    let at = i + 2 + usize::from(!turn.classes(i).any(Classes::POSSESSIVE));
    on && AWAY.has(turn.key(at)) && !follows_article(turn, i)
}

/// Whether the spelling of token `i` is told by a letter: `[odra] with one d`.
fn is_spelled_with(turn: &ReadTurn<'_>, i: usize) -> bool {
    const MANY: Words = words!["a", "an", "double", "no", "one", "single", "two"];
    let spelled = matches!(turn.word(i + 1), "spelled" | "spelt");
    spelled && turn.is_letter(i + 2)
        || turn.word(i + 1) == "with"
            && MANY.has(turn.key(i + 2))
            && turn.is_letter(i + 3)
            && turn.word(i).contains(turn.word(i + 3))
}

/// Whether token `i` is whom to ask for: `ask for [des] or`.
fn is_asked_for(turn: &ReadTurn<'_>, i: usize) -> bool {
    const ASKED: Words = words!["ask", "asked", "asking", "asks"];
    const NEXT: Words = words![
        "and", "at", "he", "he's", "if", "in", "on", "or", "she", "she's", "that's", "when"
    ];
    i > 1
        && turn.word(i - 1) == "for"
        && ASKED.has(turn.key(i - 2))
        && (is_end_or_mark(turn, i + 1) || NEXT.has(turn.key(i + 1)))
}

/// Whether somebody's work is done by another, and token `i` is either: `who's covering
/// [hope] while`, `i'm filling in for [odra]`.
fn is_covered_for(turn: &ReadTurn<'_>, i: usize) -> bool {
    let before = |back: usize| i.checked_sub(back).map_or("", |k| turn.word(k));
    let next = is_end_or_mark(turn, i + 1)
        || matches!(
            turn.word(i + 1),
            "and"
                | "at"
                | "but"
                | "i"
                | "on"
                | "so"
                | "this"
                | "today"
                | "tonight"
                | "until"
                | "while"
        );
    let covers = matches!(before(1), "covering")
        || before(1) == "for" && matches!(before(2), "cover" | "covered" | "covering")
        || before(1) == "for"
            && before(2) == "in"
            && matches!(before(3), "filling" | "standing" | "sitting")
        || before(1) == "to"
            && matches!(before(2), "over" | "through")
            && matches!(before(3), "call" | "her" | "him" | "you")
            && turn.turn.role == Role::Agent
        || matches!((before(2), before(1)), ("over", "to" | "from"))
            && matches!(
                before(3),
                "handed" | "handing" | "took" | "taken" | "taking"
            );
    covers && next
}

/// Whether something was given to token `i`, of whom it is said where they work: `i gave
/// it to [dot] in recruitment`.
fn is_handed(turn: &ReadTurn<'_>, i: usize) -> bool {
    const NOBODY: Words = words!["charity"];
    const GIVES: Words = words!["gave", "give", "given", "handed", "left", "sent"];
    const WHAT: Words = words!["him", "it", "that", "them", "this"];
    const WHERE: Words = words!["at", "from", "in", "on", "she", "he", "who"];
    i > 2
        && matches!(turn.word(i - 1), "to" | "with")
        && WHAT.has(turn.key(i - 2))
        && GIVES.has(turn.key(i - 3))
        && WHERE.has(turn.key(i + 1))
        && !NOBODY.has(turn.key(i))
}

/// What people alone do, and things or those in general seldom.
const DOES: Words = words![
    "apologized",
    "asked",
    "cried",
    "drove",
    "emailed",
    "forgot",
    "hates",
    "insists",
    "knew",
    "laughed",
    "lives",
    "loves",
    "married",
    "messaged",
    "phoned",
    "promised",
    "rang",
    "reckons",
    "referred",
    "refused",
    "retired",
    "said",
    "says",
    "signed",
    "suggested",
    "swapped",
    "swore",
    "taught",
    "teaches",
    "texted",
    "thinks",
    "thought",
    "told",
    "wants",
    "wanted",
    "wrote",
];

/// Whether token `i` does what people alone do: `the saturdays [thabo] signed the sheet`.
fn does(turn: &ReadTurn<'_>, i: usize) -> bool {
    const BEFORE: Words = words!["i", "he", "of", "she", "they", "we", "who", "you"];
    DOES.has(turn.key(i + 1))
        && !follows_article(turn, i)
        && !(i > 0 && BEFORE.has(turn.key(i - 1)))
}

/// Whether token `i`, after a word of kinship of which it is said whose it is, does
/// something: `her son [ettore] reports`, `my brother [abe] driving`.
fn is_relative_who(turn: &ReadTurn<'_>, i: usize) -> bool {
    const MORE: Words = words![
        "bought", "brought", "called", "can", "cooks", "denies", "drives", "driving", "gets",
        "gave", "just", "keeps", "looks", "notes", "picked", "picks", "reports", "sent", "speaks",
        "states", "stays", "visits", "would",
    ];
    i > 1
        && WHOSE.has(turn.key(i - 2))
        && turn.classes(i - 1).any(Classes::KIN)
        && !turn.classes(i - 1).any(Classes::POSSESSIVE)
        && (DOES.has(turn.key(i + 1)) || MORE.has(turn.key(i + 1)))
}

/// Whether a title that is a word of things too stands before token `i`: `chief
/// [okonta]`.
fn is_titled(turn: &ReadTurn<'_>, i: usize) -> bool {
    const TITLES: Words = words!["chief", "dame", "elder", "father", "oba", "sheikh", "sir"];
    i > 0 && TITLES.has(turn.key(i - 1)) && turn.word(i).len() >= UNLISTED
}

/// Whether what people in South Asia are called out of respect follows token `i`:
/// `[zolvani] bhai`.
fn is_honoured(turn: &ReadTurn<'_>, i: usize) -> bool {
    const HONOURS: Words = words![
        "akka", "auntie", "aunty", "bhai", "bhaiya", "bhabhi", "didi", "garu", "ji", "saab",
        "sahib", "uncle",
    ];
    HONOURS.has(turn.key(i + 1)) && !follows_article(turn, i)
}

/// Whether it is said right after token `i` who that is: `[bud] that's my dad`.
fn is_identified(turn: &ReadTurn<'_>, i: usize) -> bool {
    const IS: Words = words!["that's", "thats", "who's"];
    IS.has(turn.key(i + 1))
        && WHOSE.has(turn.key(i + 2))
        && turn.classes(i + 3).any(Classes::KIN)
        && !follows_article(turn, i)
}

/// Whether token `i` is said to live or work nearby: `could [zolvani] next door bring`.
fn is_near(turn: &ReadTurn<'_>, i: usize) -> bool {
    let near = match turn.word(i + 1) {
        "next" => turn.word(i + 2) == "door",
        "across" | "down" | "up" => {
            turn.word(i + 2) == "the"
                && matches!(
                    turn.word(i + 3),
                    "corridor" | "hall" | "lane" | "landing" | "road" | "street"
                )
        }
        "from" => matches!(
            turn.word(i + 2),
            "accounts"
                | "church"
                | "dispatch"
                | "downstairs"
                | "payroll"
                | "reception"
                | "upstairs"
                | "work"
        ),
        _ => false,
    };
    near && !follows_article(turn, i)
}

/// Whether token `i` was told or asked something by whatever means: `had to ring
/// [zolvani] to drive me`.
fn is_reached(turn: &ReadTurn<'_>, i: usize) -> bool {
    const REACHES: Words = words![
        "buried", "emailed", "marry", "married", "messaged", "phone", "phoned", "rang", "ring",
        "ringing", "texted", "texting", "visited",
    ];
    i > 0
        && REACHES.has(turn.key(i - 1))
        && (is_end_or_mark(turn, i + 1) || turn.classes(i + 1).any(Classes::STOP))
        // `my phone [zolvani]`, `the ring`
        && !(i > 1 && OF_THINGS.has(turn.key(i - 2)))
}

/// Whether what families and those in care have is said to be token `i`'s: `the
/// [fitzhugh] discharge`.
fn is_of_family(turn: &ReadTurn<'_>, i: usize) -> bool {
    const OF: Words = words![
        "admission",
        "baby",
        "boy",
        "boys",
        "case",
        "chart",
        "discharge",
        "estate",
        "family",
        "funeral",
        "girl",
        "girls",
        "household",
        "kids",
        "matter",
        "referral",
        "residence",
        "transfer",
        "twins",
        "wedding",
    ];
    let classes = turn.classes(i);
    i > 0
        && turn.word(i - 1) == "the"
        && OF.has(turn.key(i + 1))
        && classes.family() >= 1
        && !classes.any(OTHER | Classes::CLINICAL)
}

/// Whether token `i` is how something reads, or was heard: `i heard [zolvani] is that
/// right`, `the buzzer says [okonta] but`.
fn is_read_back(turn: &ReadTurn<'_>, i: usize) -> bool {
    const NEXT: Words = words![
        "and", "bc", "because", "but", "instead", "is", "it", "it's", "not", "or", "when", "with",
    ];
    let closed = is_end_or_mark(turn, i + 1) || NEXT.has(turn.key(i + 1));
    let before = |back: usize| i.checked_sub(back).map_or("", |k| turn.word(k));
    let named = standing(turn.classes(i)) == Standing::Rare;
    match before(1) {
        "heard" => closed && before(2) == "i" && turn.turn.role == Role::Agent,
        "say" | "says" => {
            closed && named && !matches!(before(2), "i" | "they" | "you" | "he" | "she")
        }
        "put" | "wrote" | "written" => closed && (named || before(2) == "they"),
        "that" => i == 2 && matches!(before(2), "was" | "is") && is_end_or_mark(turn, i + 1),
        _ => false,
    }
}

/// Whether it is asked whether token `i` is there: `is [zolvani] around`, `has [zolvani]
/// left yet`.
fn is_asked_after(turn: &ReadTurn<'_>, i: usize) -> bool {
    const THERE: Words = words!["around", "coming", "home", "in", "left"];
    const FIRST: Words = words![
        "and", "but", "hello", "hey", "hi", "no", "okay", "so", "well", "yeah", ",", "."
    ];
    let first = i == 1 || i > 1 && FIRST.has(turn.key(i - 2));
    let asks = i > 0
        && match turn.word(i - 1) {
            "is" | "was" => THERE.has(turn.key(i + 1)),
            "has" => matches!(turn.word(i + 1), "called" | "gone" | "left" | "rung"),
            _ => false,
        };
    first
        && asks
        && (turn.word(i + 1) != "in" || is_end_or_mark(turn, i + 2) || turn.word(i + 2) == "today")
}

/// Whether it is said who it was: `it was [zolvani] i spoke to`.
fn is_it(turn: &ReadTurn<'_>, i: usize) -> bool {
    let next = matches!(turn.word(i + 1), "he" | "i" | "she" | "who");
    i > 1 && next && turn.word(i - 1) == "was" && matches!(turn.word(i - 2), "it" | "that" | "this")
}

/// Whether what people do by hand is done by token `i`: `signed for by [zolvani]`.
fn is_doer(turn: &ReadTurn<'_>, i: usize) -> bool {
    const DONE: Words = words![
        "accompanied",
        "answered",
        "authorised",
        "authorized",
        "countersigned",
        "driven",
        "for",
        "served",
        "signed",
        "supervised",
        "witnessed",
    ];
    i > 1 && turn.word(i - 1) == "by" && DONE.has(turn.key(i - 2))
}

/// Whether tokens `i` and `i + 1`, neither in a list, stand where somebody is named and
/// little else is: `my fiancee is [zolvani ostermark]`.
fn is_pair(turn: &ReadTurn<'_>, i: usize) -> bool {
    const LONG: usize = 5;
    const BEFORE: Words = words![
        "and", "as", "for", "from", "heard", "i'm", "is", "it's", "name", "named", "name's",
        "under", "was", "yes", "yeah",
    ];
    let long = |k: usize| turn.word(k).len() >= LONG && turn.classes(k).town_size() == 0;
    i > 0
        && BEFORE.has(turn.key(i - 1))
        && is_strange(turn, i + 1)
        && long(i)
        && long(i + 1)
        && !turn.is_joined(i + 1)
        && ends_phrase(turn, i + 1)
}

#[cfg(test)]
mod tests {
    use crate::deid::detect::name::tests;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        tests::check(&[text], expected);
    }

    #[test]
    fn who_does_as_people_do_is_one() {
        check("both the sundays zolvani signed the sheet", &["zolvani"]);
        check("zolvani reckons it's the pump", &["zolvani"]);
        check("her son zolvani reports she sleeps", &["zolvani"]);
        check("hope's on break", &["hope"]);
        check("penny is on leave until may", &["penny"]);
        check("who's covering hope while she's out", &["hope"]);
        check("i'm filling in for zolvani today", &["zolvani"]);
        check("i gave it to dot in recruitment", &["dot"]);
        check("ask for zolvani or whoever is there", &["zolvani"]);
        check("that's zolvani with a z", &["zolvani"]);
        check("they say chief zolvani is ill", &["zolvani"]);
        check("my driver zolvani bhaiya has it", &["zolvani"]);
        check("call and ask for zol or whoever", &["zol"]);
        check("yeah mick swapped me over", &["mick"]);
        check("is zolvani around today", &["zolvani"]);
        check("has zolvani left yet", &["zolvani"]);
        check("i think it was zolvani i spoke with", &["zolvani"]);
        check("signed for by zolvani apparently", &["zolvani"]);
        check("a: i'll pass you over to zolvani", &["zolvani"]);
        check("you need my accountant zolvani about that", &["zolvani"]);
        check("zolvani's van broke down", &["zolvani"]);
        check("with somebody called zolvani earlier", &["zolvani"]);
        check("if he asks for penny that's my mom", &["penny"]);
        check("could zolvani next door bring the bin in", &["zolvani"]);
        check("i had to ring zolvani to drive me", &["zolvani"]);
        check("untangle the fitzhugh discharge", &["fitzhugh"]);
        check("a: i heard zolvani is that right", &["zolvani"]);
        check(
            "my fiancee is zolvani ostermark we want two",
            &["zolvani ostermark"],
        );
    }

    #[test]
    fn what_does_not_is_none() {
        for text in [
            "my husbnd said no",
            "the zolvani said no",
            "i hope is on the way",
            "the plan covering grace period fees",
            "vitamin with a d",
            "i gave it to charity in may",
            "ask for help if you can",
            "the chief complaint is pain",
            "my son vomitted twice",
            "it says eror again",
            "my phone stoped and i rang again",
            "the wifii discharge",
            "there is stomch ache",
        ] {
            check(text, &[]);
        }
    }
}
