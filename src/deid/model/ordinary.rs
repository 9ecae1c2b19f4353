//! What is said of things every day and takes an identifier's place: the weather,
//! colours, hours, cries, the words that say what a number is.

use std::ops::Range;

use crate::deid::detect::units::is_unit;
use crate::deid::document::TokenKind;
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::word::{Words, words};

use super::measured::is_number;

/// Whether `run` is the word that says what the number after it is: `[case] 4417`.
pub(super) fn is_label(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const COMMON: u32 = 5;
    const LONG: usize = 4;
    let classes = read.classes(run.start);
    let common = classes.commonness() >= COMMON && !read.is_proper(run.start);
    // `NIN 51289034776`
    let short = || {
        read.word(run.start).len() <= LONG
            && read.word(run.end).len() >= LONG
            && is_number(read, run.end)
            && classes.given() == 0
    };
    run.len() == 1
        && (is_number(read, run.end) || read.is_all_capitals(run.end))
        && classes.any(Classes::CUE)
        && (common || short())
}

/// Whether `run` says of what kind a place is in common words alone: `enrollment
/// center`.
pub(super) fn is_plain_site(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const COMMON: u32 = 3;
    let plain = |i: usize| {
        let classes = read.classes(i);
        classes.commonness() >= COMMON
            && classes.given() + classes.family() + classes.town_size() == 0
            && !read.is_proper(i)
    };
    let last = run.end - 1;
    run.len() > 1 && read.classes(last).any(Classes::FACILITY_END) && (run.start..last).all(plain)
}

/// Whether `run` is a common word that is no given name, written small where names
/// have capitals: `Please drink [water]`. That a sentence begins with one tells less:
/// a surname may be written small in it.
pub(super) fn is_written_small(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const COMMON: u32 = 5;
    const SELDOM: u32 = 2;
    let classes = read.classes(run.start);
    let named = || (1..read.len()).any(|i| read.is_proper(i));
    run.len() == 1
        && !read.is_capital(run.start)
        && classes.commonness() >= COMMON
        && classes.given() == 0
        && (read.is_capital(0) && classes.family() <= SELDOM || named())
}

/// Whether `run` says what a place is, for what and where, and not what it is called:
/// `the [community hospital]`, `a local clinic`, `[Mohs Surgery]`.
pub(super) fn is_unnamed_site(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const DESCRIBING: Words = words![
        "big",
        "closest",
        "community",
        "inpatient",
        "local",
        "main",
        "major",
        "minor",
        "nearby",
        "nearest",
        "new",
        "old",
        "other",
        "outpatient",
        "previous",
        "prior",
        "private",
        "public",
        "recent",
        "same",
        "small",
        "teaching",
    ];
    let kind = Classes::FACILITY | Classes::FACILITY_END;
    let of_medicine = |i: usize| {
        let classes = read.classes(i);
        classes.any(Classes::CLINICAL) && classes.given() == 0
    };
    run.clone()
        .all(|i| read.classes(i).any(kind) || DESCRIBING.has(read.key(i)) || of_medicine(i))
}

const COLOURS: Words = words![
    "amber", "beige", "black", "blue", "brown", "burgundy", "coral", "cream", "gold", "gray",
    "green", "grey", "indigo", "ivory", "jade", "lavender", "lilac", "magenta", "maroon", "navy",
    "olive", "orange", "pink", "purple", "red", "rose", "ruby", "sage", "scarlet", "silver", "tan",
    "teal", "violet", "white", "yellow",
];

/// Whether `run` is nothing but colours by which few are called, and nobody is named or
/// greeted before it: `the left one is [green]`, `[teal maroon]`.
pub(super) fn is_paint(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const FEW: u32 = 2;
    const PERSONS: Classes = Classes::TITLE.with(Classes::KIN).with(Classes::CUE_START);
    let colour =
        |i: usize| COLOURS.has(read.key(i)) && !read.is_proper(i) && read.classes(i).given() <= FEW;
    // `it's [green]` opens no name, though `it's` does others.
    let named = run.start > 0 && {
        let before = read.word(run.start - 1);
        read.classes(run.start - 1).any(PERSONS)
            && !matches!(before, "it" | "it's" | "its" | "that's")
            || read.classes(run.start - 1).given() >= 3
    };
    run.clone().all(colour) && !named && read.classes(run.end).family() < 3
}

/// Whether `run` is a colour in which a thing is made, `a sofa in [gray]`, or that
/// somebody has turned: `he's [blue]`.
pub(super) fn is_colour(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const TURNED: Words = words![
        "he's", "hes", "looking", "looks", "she's", "shes", "turned", "turning",
    ];
    /// How many are called after a colour that may be somebody, of 5.
    const NAME: u32 = 3;
    let one = run.len() == 1 && COLOURS.has(read.key(run.start)) && !read.is_proper(run.start);
    let seldom_a_name = read.classes(run.start).given() < NAME;
    if !one || run.start == 0 {
        // An answer: who is asked for a name has it found by the question.
        return one && seldom_a_name && (1..read.len()).all(|i| !read.is_word(i));
    }
    // `my sister is violet`
    let of_person = run.start > 1
        && read
            .classes(run.start - 2)
            .any(Classes::KIN | Classes::TITLE);
    match read.word(run.start - 1) {
        "is" => !of_person,
        "in" | "color" | "colour" => true,
        _ => TURNED.has(read.key(run.start - 1)) && seldom_a_name,
    }
}

/// Whether `run` tells on which days and at what hours somebody is there: `mon-fri,
/// 10-4`, `closed [12-1]`, `10-[4] sat`.
pub(super) fn is_hours(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const NEAR: usize = 3;
    const SHUT: Words = words!["close", "closed", "closes", "open", "opens"];
    let day = |i: usize| read.classes(i).any(Classes::CALENDAR);
    let fits = |i: usize| match read.kind(i) {
        Some(TokenKind::Number) => read.word(i).len() <= 2,
        Some(TokenKind::Word) => day(i) || matches!(read.word(i), "to" | "and" | "am" | "pm"),
        _ => true,
    };
    let before = run.start.saturating_sub(NEAR);
    let shut = (before..run.start).any(|i| SHUT.has(read.key(i)));
    (shut || (before..run.end + 1).any(day)) && run.clone().all(fits)
}

/// Whether `run` counts or is the terms of a contract, and no code: `[net 30]`,
/// `2 adults [n 1] kid`, `[gold] [ppo 2500]`.
pub(super) fn is_terms(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const PLANS: Words = words!["epo", "hdhp", "hmo", "ppo"];
    const TIERS: Words = words!["bronze", "gold", "platinum", "plus", "silver"];
    let digits = |i: usize, most: usize| {
        read.kind(i) == Some(TokenKind::Number) && read.word(i).len() <= most
    };
    let planned = run.clone().chain([run.end]).any(|i| PLANS.has(read.key(i)));
    let term = |i: usize| {
        PLANS.has(read.key(i))
            || TIERS.has(read.key(i))
            || digits(i, 5) && read.word(i).ends_with("00")
    };
    // `[Gold] has a $1,500 deductible`
    const OF_PLANS: Words = words!["copay", "coinsurance", "deductible", "premium", "premiums"];
    let tiers = || run.clone().all(|i| TIERS.has(read.key(i)));
    if tiers() && (0..read.len()).any(|i| OF_PLANS.has(read.key(i))) {
        return true;
    }
    let due = run.len() == 2 && read.word(run.start) == "net" && digits(run.start + 1, 2);
    let counted = run.len() == 2
        && matches!(read.word(run.start), "n" | "and" | "x")
        && digits(run.start + 1, 2)
        && !read.is_joined(run.start + 1)
        && read.word(run.end).len() > 1
        && is_unit(read.key(run.end));
    due || counted || planned && run.clone().all(term)
}

/// Whether `run` is what somebody is by their training: `priya, [RN]`.
pub(super) fn is_credential(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const DEGREES: Words = words![
        "aprn", "bsn", "cna", "crna", "dds", "dnp", "dpt", "fnp", "lcsw", "lpn", "lvn", "msn",
        "msw", "phd", "rn", "rph",
    ];
    run.len() == 1 && DEGREES.has(read.key(run.start)) && read.is_all_capitals(run.start)
}

/// Whether `run` begins with an age in brackets, which a name may have after it:
/// `ann ([5]) and`. From ninety on it is nothing that stays.
pub(super) fn is_bracketed_age(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    run.start > 0
        && read.is_mark(run.start - 1, "(")
        && read.is_mark(run.start + 1, ")")
        && read.kind(run.start) == Some(TokenKind::Number)
        && read.word(run.start).len() <= 2
        && !matches!(read.word(run.start).as_bytes(), [b'9', _])
}

/// Whether `word` is a cry or a murmur, however long it is drawn: `ohh`, `hmmm`.
pub(super) fn is_interjection(word: &str) -> bool {
    const LONGEST: usize = 3;
    const CRIES: Words = words![
        "ah", "aha", "aw", "eh", "er", "hm", "mhm", "nah", "oh", "oof", "ok", "ow", "uh", "uhm",
        "um", "wow", "ya", "yay", "yeh",
    ];
    let mut cry = String::with_capacity(LONGEST + 1);
    for letter in word.chars() {
        if cry.len() > LONGEST {
            return false;
        }
        if !cry.ends_with(letter) {
            cry.push(letter);
        }
    }
    CRIES.lists(&cry) || cry == "m" && word.len() > 1
}

/// Whether `run` tells of the weather, and more of it is told beside: `[sunny] and
/// dry`.
pub(super) fn is_weather(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const SKY: Words = words![
        "bright", "breezy", "chilly", "clear", "cloudy", "cold", "cool", "dry", "foggy", "frosty",
        "hazy", "hot", "humid", "mild", "misty", "muggy", "rainy", "snowy", "stormy", "sunny",
        "warm", "wet", "windy",
    ];
    const REACH: usize = 2;
    const WHEN: Words = words![
        "again", "all", "here", "most", "on", "outside", "there", "this", "today", "tomorrow",
        "tonight", "until",
    ];
    let sky = |i: usize| i < read.len() && SKY.has(read.key(i));
    // `stormy and misty brought me`: what may be a name tells nothing of another.
    let sure = |i: usize| sky(i) && read.classes(i).given() == 0;
    let mut beside = (run.start.saturating_sub(REACH)..run.start).chain(run.end..run.end + REACH);
    let foretold = run.start > 0 && read.word(run.start - 1) == "be" && WHEN.has(read.key(run.end));
    let several = run.len() > 1;
    run.clone()
        .all(|i| sky(i) || several && read.word(i) == "and")
        && (several && run.clone().any(sure) || foretold || beside.any(sure))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::model::judged::in_turn as is;

    #[test]
    fn the_weather_is_nobody() {
        assert!(is(is_weather, "it will be sunny all day", "sunny"));
        assert!(is(is_weather, "it was sunny and dry", "sunny and dry"));
        assert!(!is(is_weather, "this is sunny from sales", "sunny"));
        assert!(is(is_weather, "it was misty and cold", "misty and cold"));
        let both = "stormy and misty";
        assert!(!is(is_weather, "stormy and misty brought me", both));
        assert!(!is(is_weather, "stormy and misty brought me", "misty"));
    }

    #[test]
    fn what_a_number_is_called_is_no_name() {
        assert!(is(is_label, "resolved, case 4417", "case"));
        assert!(is(is_label, "about case KX-20", "case"));
        assert!(!is(is_label, "ask grant 4417", "grant"));
    }

    #[test]
    fn common_words_with_a_kind_are_no_place() {
        assert!(is(
            is_plain_site,
            "enrollment center this is ann",
            "enrollment center"
        ));
        assert!(is(is_unnamed_site, "at the local clinic", "local clinic"));
        assert!(is(is_written_small, "Please drink water", "water"));
        assert!(!is(is_written_small, "please ask water", "water"));
        assert!(!is(is_written_small, "Please ask hill", "hill"));
        assert!(!is(is_written_small, "Please ask Water", "Water"));
        assert!(!is(is_unnamed_site, "at mercy clinic", "mercy clinic"));
        assert!(!is(
            is_plain_site,
            "the quillmere center",
            "quillmere center"
        ));
    }

    #[test]
    fn colours_and_hours_are_told_by_their_place() {
        assert!(is(is_colour, "do you have it in gray", "gray"));
        assert!(!is(is_colour, "dr gray is in", "gray"));
        assert!(is(is_colour, "the couch is violet", "violet"));
        assert!(!is(is_colour, "my sister is violet", "violet"));
        assert!(!is(is_colour, "the nurse is ruby", "ruby"));
        assert!(is(is_hours, "open mon-fri, 10-4 today", "mon-fri, 10-4"));
        assert!(!is(is_hours, "on fri 4417", "fri 4417"));
        assert!(is(is_hours, "we are closed 12-1", "12-1"));
        assert!(is(is_hours, "we are closed 12-1", "1"));
        assert!(is(is_colour, "and hes blue now", "blue"));
    }

    #[test]
    fn paint_is_nobody() {
        assert!(is(is_paint, "the left one is green", "green"));
        assert!(is(is_paint, "teal maroon or so", "teal maroon"));
        assert!(is(is_paint, "Beige is a good one", "Beige"));
        assert!(!is(is_paint, "doctor green is in", "green"));
        assert!(!is(is_paint, "hi green it's me", "green"));
        assert!(!is(is_paint, "it's for Green today", "Green"));
    }

    #[test]
    fn terms_and_degrees_are_no_codes() {
        assert!(is(is_terms, "due 450, net 30", "net 30"));
        assert!(is(is_terms, "2 adults n 1 kid", "n 1"));
        assert!(is(is_terms, "on gold ppo 2500", "gold"));
        assert!(is(is_terms, "Gold has a $500 deductible", "Gold"));
        assert!(is(is_terms, "on gold ppo 2500", "ppo 2500"));
        assert!(!is(is_terms, "it is n 1 please", "n 1"));
        assert!(!is(is_terms, "member of ppo 88213", "88213"));
        assert!(is(is_credential, "this is Priya, RN", "RN"));
        assert!(!is(is_credential, "this is rn", "rn"));
    }

    #[test]
    fn an_age_may_stand_in_brackets() {
        assert!(is(is_bracketed_age, "my son ann (5) needs", "5"));
        assert!(!is(is_bracketed_age, "room (512) needs", "512"));
        assert!(!is(is_bracketed_age, "my mom ann (94) needs", "94"));
    }

    #[test]
    fn cries_are_told_however_long() {
        for cry in ["ohh", "hmmm", "uum", "mmm", "okk", "aww"] {
            assert!(is_interjection(cry), "{cry}");
        }
        for word in ["otto", "anna", "m", "hannah", "ohara", ""] {
            assert!(!is_interjection(word), "{word}");
        }
    }
}
