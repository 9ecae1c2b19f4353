//! What no name, no code and no address is because it measures: amounts with their
//! units, clinical shorthand, tests that are spelled.

use std::ops::{Range, RangeInclusive};

use crate::deid::detect::name::{Standing, standing};
use crate::deid::detect::units::{is_quantity, is_unit};
use crate::deid::document::TokenKind;
use crate::deid::lexicon::{Classes, ReadTurn};
use crate::deid::spoken::{digits_at, digits_of, is_test};

use super::features::TurnSight;

/// Whether token `i` is a number, written or said.
pub(super) fn is_number(read: &ReadTurn<'_>, i: usize) -> bool {
    read.kind(i) == Some(TokenKind::Number) || digits_of(read.key(i)) > 0
}

/// Whether `run` is numbers, each with its unit, and plain words: `7lb 4oz`, `2oz
/// vial`. One letter is no unit where a code was asked for.
pub(super) fn are_amounts(turn: &TurnSight<'_>, run: &Range<usize>) -> bool {
    let read = turn.turn;
    let number = |i: usize| is_number(read, i);
    // A code may have zeros first, many digits, and one letter at its end.
    let amount = |i: usize, longest: usize| {
        let word = read.word(i);
        number(i) && word.len() <= longest && !(word.len() > 1 && word.starts_with('0'))
            || read.is_word(i) && digits_of(read.key(i)) > 0
    };
    let unit = |i: usize| match read.word(i).len() {
        _ if i == 0 || !is_unit(read.key(i)) => false,
        // `88 l o n g` is a house and the letters of its street.
        1 => !turn.is_asked() && amount(i - 1, 3) && !read.is_letter(i + 1),
        _ => amount(i - 1, 4),
    };
    let plain = |i: usize| standing(read.classes(i)) <= Standing::Word;
    let fits = |i: usize| {
        if number(i) {
            number(i + 1) || unit(i + 1)
        } else {
            unit(i) || plain(i)
        }
    };
    run.clone().any(unit) && run.clone().all(fits)
}

/// Most letters and digits of one piece of shorthand.
const LONGEST_SHORTHAND: usize = 5;

/// Whether `run` is clinical shorthand, where nothing was asked for: numbers of two
/// digits at most, each in one with letters, and what is no everyday word: `g2p1 at
/// 28w3d`, `ht 67cm`, `x 6wks`.
pub(super) fn is_shorthand(turn: &TurnSight<'_>, run: &Range<usize>) -> bool {
    const DIGITS: usize = 2;
    let read = turn.turn;
    let number = |i: usize| read.kind(i) == Some(TokenKind::Number);
    let glued = |i: usize| {
        read.is_joined(i) && i > 0 && read.is_word(i - 1)
            || read.is_joined(i + 1) && read.is_word(i + 1)
    };
    let short = |i: usize| {
        let classes = read.classes(i);
        read.word(i).len() <= 2
            || classes.any(Classes::STOP | Classes::CLINICAL | Classes::DRUG)
            || is_unit(read.key(i))
            || classes.is_unlisted() && read.word(i).len() <= DIGITS + 2
    };
    let long = |i: usize| is_unit(read.key(i)) && read.word(i).len() > 1;
    let dose = |i: usize| long(i + 1) || read.word(i + 1) == "q";
    let fits = |i: usize| match read.kind(i) {
        Some(TokenKind::Number) => read.word(i).len() <= DIGITS && glued(i) || dose(i),
        Some(TokenKind::Word) => short(i) && !read.is_capital(i),
        _ => true,
    };
    let brief = |i: usize| {
        let first = (run.start..=i).rev().find(|&k| !read.is_joined(k));
        let chunk = read.span(first.unwrap_or(run.start), i + 1);
        read.kind(i) == Some(TokenKind::Mark) || chunk.len() <= LONGEST_SHORTHAND
    };
    !turn.is_asked() && run.clone().any(number) && run.clone().all(|i| fits(i) && brief(i))
}

/// Whether `run` says too little for a code that nobody asked for: words of a list
/// and no number, or at most three digits, which prices and sizes have too: `[9 5]
/// in black`, `then [219]`. Letters that are no word make a code of few digits.
pub(super) fn is_slight(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const MOST: usize = 3;
    /// Two digits each, as sums are said: `19 99`.
    const GROUP: usize = 2;
    const BRIEF: usize = 5;
    let digits = |i: usize| digits_at(read.turn, i);
    let all: usize = run.clone().map(digits).sum();
    // `saw the [gp]`: short for a word, and no code.
    let brief = |i: usize| read.word(i).len() < BRIEF && !read.is_letter(i);
    let small = |i: usize| read.word(i).bytes().all(|b| !b.is_ascii_uppercase());
    let abbreviated = all == 0 && run.clone().all(|i| brief(i) && small(i));
    let lettered = |i: usize| {
        read.is_word(i) && digits(i) == 0 && (read.is_letter(i) || read.classes(i).is_unlisted())
    };
    let single = |i: &usize| digits(*i) == 1;
    let whole = run.len() == read.len();
    let said = whole && run.len() > 1 && run.clone().all(|i| single(&i) && read.is_word(i));
    let one_by_one = said || run.clone().filter(single).count() >= MOST;
    // `exp 08/27 code 914`
    let called = run.start > 0 && read.classes(run.start - 1).any(Classes::CUE);
    if abbreviated && !called {
        return true;
    }
    if one_by_one || called || run.clone().any(lettered) {
        return false;
    }
    // `[19 99]`, `[went 97 3 to 97 9]`
    let written = |i: usize| read.kind(i) == Some(TokenKind::Number);
    let word = |i: usize| read.is_word(i) && digits(i) == 0;
    let groups = || {
        run.clone()
            .filter(|&i| !word(i))
            .all(|i| written(i) && digits(i) <= GROUP)
    };
    let parted = || run.len() == 2 || run.clone().any(word);
    all <= MOST || parted() && groups()
}

/// Whether `run` has fewer digits than most codes and more than none: a reading, a
/// billed service.
pub(super) fn is_short(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const MOST: usize = 5;
    let digits = |i: usize| digits_at(read.turn, i);
    (1..=MOST).contains(&run.clone().map(digits).sum::<usize>())
}

/// Whether `run` is an abbreviation before an amount, whose name it is: `ht 30cm`.
pub(super) fn names_amount(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const LONGEST: usize = 3;
    let amount = |number: usize| {
        read.kind(number) == Some(TokenKind::Number)
            && is_quantity(read.turn.text, read.span(number, number + 1).end)
    };
    run.len() == 1 && read.word(run.start).len() <= LONGEST && amount(run.end)
}

/// Whether `run` is of letters that name a test: `w b c`.
pub(super) fn is_spelled_test(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const LONGEST: usize = 7;
    let letter = |i: &usize| read.is_letter(*i);
    if !run.clone().all(|i| letter(&i)) {
        return false;
    }
    let before = (0..run.start)
        .rev()
        .take(LONGEST)
        .take_while(letter)
        .count();
    let after = (run.end..read.len())
        .take(LONGEST)
        .take_while(letter)
        .count();
    let letters = run.start - before..run.end + after;
    if letters.len() > LONGEST + 1 {
        return false;
    }
    let name: String = letters.map(|i| read.word(i)).collect();
    // `a w b c`
    is_test(&name) || name.strip_prefix('a').is_some_and(is_test)
}

/// Whether `run` is what a test that is spelled right before it gave: `l d l [one oh
/// four]`.
pub(super) fn follows_spelled_test(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    const LETTERS: RangeInclusive<usize> = 2..=4;
    const LONGEST: usize = 4;
    let before = (0..run.start).rev().take_while(|&i| read.is_letter(i));
    let letters = run.start - before.take(*LETTERS.end() + 1).count()..run.start;
    let name: String = letters.clone().map(|i| read.word(i)).collect();
    LETTERS.contains(&letters.len())
        && run.len() <= LONGEST
        && run.clone().all(|i| is_number(read, i))
        && is_test(&name)
}

/// Whether `run` is of `nine one one` or `911` and no longer number.
pub(super) fn is_emergency(read: &ReadTurn<'_>, run: &Range<usize>) -> bool {
    if run.len() == 1 && read.word(run.start) == "911" {
        return true;
    }
    const SAID: [&str; 3] = ["nine", "one", "one"];
    let number = |i: usize| digits_of(read.key(i)) > 0;
    let says = |first: usize| (0..SAID.len()).all(|k| read.word(first + k) == SAID[k]);
    let whole = |first: usize| {
        says(first)
            && run.end <= first + SAID.len()
            && !number(first + SAID.len())
            && (first == 0 || !number(first - 1))
    };
    (run.start.saturating_sub(2)..=run.start).any(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deid::model::judged::in_sight;

    /// Whether `value` in `text` is what `judge` says; a name makes the turn one
    /// that the model reads.
    #[track_caller]
    fn check(
        judge: impl Fn(&TurnSight<'_>, &Range<usize>) -> bool,
        text: &str,
        value: &str,
        expected: bool,
    ) {
        let text = format!("quelvathi {text}");
        assert_eq!(in_sight(judge, &text, value), expected, "{text}");
    }

    #[test]
    fn few_digits_and_listed_words_are_no_codes() {
        let slight = |turn: &TurnSight<'_>, run: &Range<usize>| is_slight(turn.turn, run);
        for (text, value) in [
            ("in 9 5 please", "9 5"),
            ("you took 19 99", "19 99"),
            ("then 219 again", "219"),
            ("they have blue", "blue"),
        ] {
            check(slight, text, value, true);
        }
        for (text, value) in [("it is 4417", "4417"), ("it is qk 17", "qk 17")] {
            check(slight, text, value, false);
        }
    }

    #[test]
    fn numbers_with_their_units_are_amounts() {
        for (text, value) in [
            ("he weighs 7lb 4oz today", "7lb 4oz"),
            ("give 3 oz of it", "3 oz"),
            ("a 2oz vial is here", "2oz vial"),
            ("it took two hours", "two hours"),
        ] {
            check(are_amounts, text, value, true);
        }
        for (text, value) in [
            ("send it to 88 l o n g avenue", "88 l o n g"),
            ("the serial is 74280008L", "74280008L"),
            ("it is ref 0820 cm", "ref 0820 cm"),
            ("it is 4417", "4417"),
        ] {
            check(are_amounts, text, value, false);
        }
    }

    #[test]
    fn shorthand_is_short_and_glued() {
        check(
            is_shorthand,
            "was g2p1 at 28w3d then",
            "g2p1 at 28w3d",
            true,
        );
        check(is_shorthand, "ht 67cm today", "ht 67cm", true);
        check(is_shorthand, "at 31w5d, ht 30cm", "31w5d, ht", true);
        check(is_shorthand, "come f/u 2wks", "u 2wks", true);
        check(is_shorthand, "it was hr8g7t", "hr8g7t", false);
        check(is_shorthand, "it was kq 4417", "kq 4417", false);
        check(is_shorthand, "at 88 long", "88 long", false);
    }

    #[test]
    fn abbreviations_name_the_amounts_after_them() {
        let names = |turn: &TurnSight<'_>, run: &Range<usize>| names_amount(turn.turn, run);
        check(names, "fundal ht 30cm", "ht", true);
        check(names, "fundal ht 3042", "ht", false);
        check(names, "on alder 5 minutes away", "alder", false);
    }

    #[test]
    fn letters_of_a_test_and_the_emergency_number_are_nobodys() {
        let spelled = |turn: &TurnSight<'_>, run: &Range<usize>| is_spelled_test(turn.turn, run);
        check(spelled, "had a w b c of nine", "w b c", true);
        check(spelled, "spelled q w b c", "w b c", false);
        let gave = |turn: &TurnSight<'_>, run: &Range<usize>| follows_spelled_test(turn.turn, run);
        check(gave, "odra l d l one oh four", "one oh four", true);
        check(gave, "odra q l d l one oh four", "one oh four", false);
        let emergency = |turn: &TurnSight<'_>, run: &Range<usize>| is_emergency(turn.turn, run);
        check(emergency, "call nine one one now", "one one", true);
        check(emergency, "is nine one one four", "one one", false);
        check(emergency, "call 911 now", "911", true);
    }
}
