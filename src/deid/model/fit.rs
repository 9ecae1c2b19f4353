//! Whether what the model takes for an identifier can be one: what no name, no
//! code and no address is, however likely its place.

use std::ops::Range;

use crate::deid::detect::measures::{follows_measure, is_charted, names_measure};
use crate::deid::detect::name::{Standing, standing};
use crate::deid::detect::units::{is_quantity, is_unit};
use crate::deid::detect::value::{is_after_form, is_year};
use crate::deid::document::TokenKind;
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::spoken::unit;
use crate::deid::word::{Words, words};

use super::features::{SHORT_ANSWER, TurnSight, is_digit, stands_out};
use super::measured::{follows_spelled_test, is_emergency, is_number, is_spelled_test};
use super::ordinary::{is_colour, is_interjection, is_label, is_plain_site, is_weather};

/// Whether word `i` is known, and not as a name: a brand, a state, a unit, a
/// verb with its pronoun.
pub(super) fn is_of_things(read: &ReadTurn<'_>, i: usize) -> bool {
    let classes = read.classes(i);
    const THINGS: Classes = Classes::BRAND
        .with(Classes::STATE)
        .with(Classes::COUNTRY)
        .with(Classes::KIN)
        .with(Classes::REQUEST);
    let unit = || is_unit(read.key(i)) && classes.family() == 0;
    let short = || is_contraction(read.word(i)) && classes.is_unlisted();
    let drug = || classes.any(Classes::DRUG) && classes.family() == 0;
    // Illnesses are called after towns, but no abbreviation is.
    let clinical = || {
        let town = classes.town_size() > 0 && read.word(i).len() > LONGEST_ABBREVIATION;
        classes.any(Classes::CLINICAL) && classes.family() == 0 && !town
    };
    let day = || classes.any(Classes::CALENDAR) && classes.family() < 3;
    (classes.any(THINGS)
        || unit()
        || short()
        || drug()
        || clinical()
        || day()
        || is_decimal(read, i))
        && classes.given() < 3
}

/// Whether word `i` parts a number from its decimals: `two [point] one`.
fn is_decimal(read: &ReadTurn<'_>, i: usize) -> bool {
    const POINT: Words = words!["point"];
    let number = |i: usize| is_number(read, i);
    POINT.has(read.key(i)) && i > 0 && number(i - 1) && number(i + 1)
}

/// Most letters of a clinical abbreviation.
const LONGEST_ABBREVIATION: usize = 4;

/// `when'll`, `idon't`.
fn is_contraction(word: &str) -> bool {
    const ENDINGS: [&str; 5] = ["n't", "'ll", "'ve", "'re", "'d"];
    ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Whether `run` only says of what kind a place is, or how somebody is related:
/// `airport`, `brother in [law]`.
pub(super) fn is_kind(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const KINDS: Words = words![
        "airport",
        "apartment",
        "apartments",
        "city",
        "downtown",
        "extension",
        "hotel",
        "inn",
        "mall",
        "neighborhood",
        "station",
        "suburbs",
        "terminal",
        "town",
        "university",
        "venue",
        "village",
    ];
    let kind = |i: usize| read.classes(i).any(Classes::FACILITY) || KINDS.has(read.key(i));
    let test = is_spelled_test(read, run);
    let law = run.len() == 1
        && read.word(run.start) == "law"
        && run.start > 1
        && read.word(run.start - 1) == "in"
        && read.classes(run.start - 2).any(Classes::KIN);
    // `bear with me`, `sunny and dry`
    let bear = run.len() == 1 && read.word(run.start) == "bear" && read.word(run.end) == "with";
    let cry = run.len() == 1 && is_interjection(read.word(run.start));
    // `heparin sub q`
    let route = read.word(run.start) == "sub" && read.word(run.start + 1) == "q";
    // `r u there`
    let letters = run.len() == 2 && read.word(run.start) == "r" && read.word(run.start + 1) == "u";
    let postscript = read.word(run.start) == "p"
        && read.word(run.start + 1) == "."
        && read.word(run.start + 2) == "s";
    // `lord have mercy`
    let mercy = run.len() == 1
        && read.word(run.start) == "mercy"
        && run.start > 0
        && read.word(run.start - 1) == "have";
    let named = is_label(read, run) || is_plain_site(read, run) || is_colour(read, run);
    law || bear
        || cry
        || test
        || route
        || letters
        || postscript
        || mercy
        || named
        || is_weather(read, run)
        || run.clone().all(kind)
}

/// Whether `run` is a letter by itself that nobody asked to be spelled.
pub(super) fn is_stray(turn: &TurnSight<'_>, run: &Range<usize>) -> bool {
    let particle = turn.turn.classes(run.start).any(Classes::PARTICLE);
    run.len() == 1 && (particle || turn.turn.is_letter(run.start)) && !turn.is_asked()
}

/// Least probability at which `run` is an institution: what holds nothing but
/// words that are seldom names, and not what it is, must be told by its place.
pub(super) fn least_of_site(turn: &TurnSight<'_>, run: &Range<usize>) -> f32 {
    const KINDS: Classes = Classes::FACILITY.with(Classes::FACILITY_END);
    let kind = run.clone().any(|i| turn.turn.classes(i).any(KINDS));
    if kind || turn.is_asked() || !are_words(turn.turn, run) {
        0.0
    } else {
        0.6
    }
}

/// Least probability at which `run` is the name of a person or, as `town` says,
/// of a town. One word by itself that is said as a word far more often than as a
/// name must be told by its place; less so where it is somebody's given name or
/// a town's too, has a capital, or answers who was asked for.
pub(super) fn least_of(turn: &TurnSight<'_>, run: &Range<usize>, town: bool) -> f32 {
    const COMMON: u32 = 3;
    const GIVEN: u32 = 3;
    const SURNAME: u32 = 2;
    const NEVER: f32 = 2.0;
    let read = turn.turn;
    let classes = read.classes(run.start);
    let is_word = matches!(standing(classes), Standing::Word | Standing::Ambiguous)
        && classes.commonness() >= COMMON;
    let titled = run.start > 0 && read.classes(run.start - 1).any(Classes::TITLE);
    let listed = match town {
        true => classes.town_size() > 0,
        false => classes.given() >= GIVEN || turn.is_asked() && turn.len() <= SHORT_ANSWER,
    };
    if run.len() > 1 && !turn.is_asked() && are_words(read, run) {
        0.5
    } else if run.len() > 1 || !is_word || titled {
        0.0
    } else if listed || read.is_proper(run.start) {
        0.3
    } else if turn.is_asked() && (town || turn.len() <= SHORT_ANSWER) {
        0.5
    } else if classes.given() + classes.family() == 0 && !town {
        // `[toaster] is hot`: nobody is called so.
        NEVER
    } else if classes.given() == 0 && classes.family() <= SURNAME && !town {
        0.95
    } else {
        0.7
    }
}

/// Whether `run` is an abbreviation in a turn that has small letters too: capitals
/// throughout, few, and in no list of names: `[QT] at two`. A name is in some list, or
/// all that is said is in capitals.
pub(super) fn is_abbreviation(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const LONGEST: usize = 4;
    /// Few are called so, of 5.
    const FEW: u32 = 2;
    let classes = read.classes(run.start);
    run.len() == 1
        && read.is_all_capitals(run.start)
        && read.word(run.start).len() <= LONGEST
        && (classes.given() + classes.family() == 0
            || classes.given() <= FEW && classes.family() <= FEW && !is_named(read, run.start))
}

/// Whether somebody is named or greeted right before token `i`.
fn is_named(read: &ReadTurn<'_>, i: usize) -> bool {
    const PERSONS: Classes = Classes::TITLE
        .with(Classes::KIN)
        .with(Classes::CUE_START)
        .with(Classes::REQUEST);
    let before = (0..i).rev().find(|&k| read.is_word(k));
    before.is_some_and(|k| read.classes(k).any(PERSONS) || read.classes(k).given() >= 3)
}

/// Whether `run`, in lower case, holds nothing but words that are seldom names:
/// `bright light`, `left hand`.
fn are_words(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const COMMON: u32 = 3;
    const GIVEN: u32 = 3;
    let is_word = |i: usize| {
        let classes = read.classes(i);
        let common = classes.commonness() >= COMMON && classes.given() <= GIVEN;
        match standing(classes) {
            Standing::Never | Standing::Word => true,
            Standing::Ambiguous => common,
            _ => false,
        }
    };
    run.clone()
        .all(|i| is_word(i) && !read.is_proper(i) && !read.is_letter(i))
}

/// `run` without the verb of grammar after the name of whom more is told: `gwen`
/// of `gwen will drive me`.
pub(super) fn without_modal(read: &ReadTurn<'_>, mut run: Range<usize>) -> Range<usize> {
    const MODALS: Words = words![
        "can", "could", "may", "might", "must", "should", "will", "would"
    ];
    let told = run.len() > 1 && read.is_word(run.end) && MODALS.has(read.key(run.end - 1));
    run.end -= usize::from(told && !read.is_proper(run.end - 1));
    run
}

/// Whether `run` is one common word, in lower case, that says how something is or
/// gets, `her lips are [blue]`, or the test that was positive: `negative [neer]`.
pub(super) fn is_predicate(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const COMMON: u32 = 6;
    const BEFORE: Words = words![
        "are",
        "extremely",
        "fairly",
        "feels",
        "gets",
        "getting",
        "looked",
        "looking",
        "looks",
        "pretty",
        "quite",
        "rather",
        "really",
        "so",
        "too",
        "turned",
        "turning",
        "turns",
        "very",
        "were",
    ];
    if run.len() != 1 || run.start == 0 || read.is_proper(run.start) {
        return false;
    }
    let classes = read.classes(run.start);
    let before = read.key(run.start - 1);
    let result = words!["negative", "positive"].has(before);
    result
        || BEFORE.has(before)
            && classes.commonness() >= COMMON
            && matches!(standing(classes), Standing::Word | Standing::Ambiguous)
}

/// Whether `run` is one everyday word that names nobody and no town.
pub(super) fn is_plain_word(turn: &TurnSight<'_>, run: &Range<usize>) -> bool {
    run.len() == 1 && turn.turn.is_word(run.start) && !stands_out(turn.turn, run.start)
}

/// Whether `run` is what no code is, unless one was asked for: a year (that of a
/// day asked for too), a round number, counting, a vertebra or a strain, the number of a form.
pub(super) fn is_no_code(turn: &TurnSight<'_>, run: &Range<usize>) -> bool {
    let read = turn.turn;
    let text = &read.turn.text[read.span(run.start, run.end)];
    let round = text.ends_with("000") && text.bytes().all(|b| b.is_ascii_digit());
    let last = run.end - 1;
    // `l4 l5 [disc]`
    let thing = run.len() > 1 && !read.is_joined(last) && is_plain_thing(read, last);
    let brief = &read.turn.text[read.span(run.start, run.end - usize::from(thing))];
    // `form DS-[3053]`
    let first = (0..=run.start).rev().find(|&k| !read.is_joined(k));
    let form = first.is_some_and(|first| is_after_form(read.turn, first));
    let unasked = form || is_year(text) || round || brief.split(' ').all(is_short_form);
    is_counting(read, run)
        || is_sentence(read, run)
        || is_emergency(read, run)
        || !turn.is_asked() && unasked
        || is_year(text) && turn.is_asked_a_day()
}

/// Whether token `i` is a common word for a thing, and nobody's name.
fn is_plain_thing(read: &ReadTurn<'_>, i: usize) -> bool {
    const COMMON: u32 = 3;
    const SHORTEST: usize = 3;
    let classes = read.classes(i);
    read.word(i).len() >= SHORTEST && classes.commonness() >= COMMON && classes.given() == 0
}

/// `strength 5/5`: a grade or a fraction, which no house has.
pub(super) fn is_graded(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    let text = read.turn.text[read.span(run.start, run.end)].as_bytes();
    let fraction = |w: &[u8]| w[0].is_ascii_digit() && w[1] == b'/' && w[2].is_ascii_digit();
    text.windows(3).any(fraction)
}

/// Whether a unit follows `run`: `three zero zero zero credits`.
pub(super) fn is_measured(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    is_quantity(read.turn.text, read.span(run.start, run.end).end)
}

/// Most words of a dose before `run`.
const LONGEST_DOSE: usize = 4;

/// Whether `run` says how much of something was measured or is to be taken: `hgb
/// [12.1 plt 210]`, `norco [5/325]`.
pub(super) fn is_reading(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    let number = |i: usize| is_number(read, i);
    // `entresto ninety seven [one oh three]`
    let first = (run.start.saturating_sub(LONGEST_DOSE)..run.start)
        .rev()
        .take_while(|&i| number(i))
        .last()
        .unwrap_or(run.start);
    let drug = |i: usize| read.classes(i).any(Classes::DRUG);
    // `[propranolol 80]`
    let whole = run.len() > 1 && drug(run.start) && (run.start + 1..run.end).all(number);
    let dose = whole || first > 0 && drug(first - 1) && number(run.start);
    let span = read.span(run.start, run.end);
    dose || is_charted(read.turn, &span)
        || run.clone().any(|i| names_measure(read.turn, i))
        || follows_measure(read.turn, run.start, run.end)
        || follows_spelled_test(read, run)
}

/// `im 67`: grammar and a number of two digits at most.
fn is_sentence(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const SIGNS: Classes = Classes::STOP.with(Classes::CUE_START);
    let grammar =
        |i: usize| read.classes(i).any(SIGNS) && !read.is_letter(i) && !is_digit(read.key(i));
    let digits = read.turn.text[read.span(run.start, run.end)]
        .bytes()
        .filter(u8::is_ascii_digit);
    run.clone().any(grammar) && (1..=2).contains(&digits.count())
}

/// `l4`, `h1n1`: at most four letters and digits, of both kinds, and at most
/// two digits.
fn is_short_form(chunk: &str) -> bool {
    let digits = chunk.bytes().filter(u8::is_ascii_digit).count();
    let all = chunk.bytes().all(|b| b.is_ascii_alphanumeric());
    let begins = chunk.starts_with(|c: char| c.is_ascii_alphabetic());
    all && begins && (1..=2).contains(&digits) && chunk.len() <= 4
}

/// `one two three four`, `[4] kids`.
pub(super) fn is_counting(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    let number = is_number(read, run.start);
    if run.len() == 1 && number && read.word(run.end).len() > 2 && is_unit(read.key(run.end)) {
        return true;
    }
    let values: Option<Vec<u32>> = run.clone().map(|i| unit(read.key(i))).collect();
    let ascends = |values: Vec<u32>| values.windows(2).all(|w| w[0] + 1 == w[1]);
    run.len() >= 3 && values.is_some_and(ascends)
}

/// Whether token `i` is more than grammar and marks. Digits in words are.
pub(super) fn says_something(turn: &ReadTurn<'_>, i: usize) -> bool {
    turn.kind(i) == Some(TokenKind::Number)
        || turn.is_word(i) && (!turn.classes(i).any(Classes::STOP) || is_digit(turn.key(i)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::model::judged::in_sight as judged;

    #[test]
    fn words_must_be_told_by_their_place() {
        let least = |text, value| judged(|turn, run| least_of(turn, run, false), text, value);
        let word = least("the pain is sharp today", "sharp");
        let given = least("is rose in today", "rose");
        assert!(word > given && given > 0.0);
        assert_eq!(least("doctor sharp is in", "sharp"), 0.0);
        assert_eq!(least("is quelvathi in today", "quelvathi"), 0.0);
        assert_eq!(least("is rose sharp in", "rose sharp"), 0.0);
        assert!(least("The man is Sharp today", "Sharp") < word);
    }

    #[test]
    fn a_kind_of_place_is_no_place() {
        let check = |text: &str, value: &str, expected: bool| {
            let kind = judged(|turn, run| is_kind(turn.turn, run), text, value);
            assert_eq!(kind, expected, "{text}");
        };
        check("from quelva to the airport", "airport", true);
        check("to the quelva airport", "quelva airport", false);
        check("quelva is my brother in law", "law", true);
        check("quelva knows the law", "law", false);
        check("quelva it is sunny and dry", "sunny", true);
        check("quelva bear with me", "bear", true);
        check("quelva is sunny today", "sunny", false);
    }

    #[test]
    fn a_verb_of_grammar_is_no_part_of_a_name() {
        let check = |text: &str, value: &str, expected: usize| {
            let kept = |turn: &TurnSight<'_>, run: &Range<usize>| {
                without_modal(turn.turn, run.clone()).len()
            };
            let kept = judged(kept, text, value);
            assert_eq!(kept, expected, "{text}");
        };
        check("my wife quelva will drive me", "quelva will", 1);
        check("quelva can come", "quelva can", 1);
        check("it is quelva will", "quelva will", 2);
        check("it is Quelva Will Barrow", "Quelva Will", 2);
    }

    #[test]
    fn amounts_and_forms_are_no_codes() {
        let no_code = |text, value| {
            let judge = |turn: &TurnSight<'_>, run: &Range<usize>| {
                is_no_code(turn, run) || is_measured(turn.turn, run)
            };
            judged(judge, text, value)
        };
        for (text, value) in [
            ("over at l4 again", "l4"),
            ("count one two three four", "one two three four"),
            ("lost 3000 overnight", "3000"),
            ("i lost 3800 credits", "3800"),
        ] {
            assert!(no_code(text, value), "{text}");
        }
        assert!(!no_code("it is 48213 i think", "48213"));
        let counts = |text, value| judged(|turn, run| is_counting(turn.turn, run), text, value);
        assert!(counts("yes 4 kids at home", "4"));
        assert!(!counts("it is at 4 quelvathi", "4"));
    }

    #[test]
    fn units_are_nobody() {
        let thing =
            |text, value| judged(|turn, run| is_of_things(turn.turn, run.start), text, value);
        assert!(thing("about four celsius today", "celsius"));
        assert!(!thing("with miles today", "miles"));
        assert!(thing("no worries when'll quelvathi come", "when'll"));
        assert!(!thing("is quelvathi's in today", "quelvathi"));
        assert!(thing("it was two point one for quelvathi", "point"));
    }
}
