//! What is left of a number: digits behind, before and between replacements.

use super::super::atom::{Kind, Line};
use super::super::clause::{breaks_off, closes};
use super::super::digits::is_pronoun;
use super::super::name::ends_clause;
use super::super::words::{Spoken, class};
use super::is_number_like;
use crate::domain::Category;

/// What recognisers write for a digit in the middle of a number: `so` for
/// `oh`, `for` for four.
fn is_misheard_digit(line: &Line, i: usize) -> bool {
    matches!(line.word(i), "so" | "for" | "too" | "ate")
}

/// `from [ID_1] to 7765`, `[ID_1] or 9503`: the other one of two numbers.
pub(super) fn is_one_of_two(line: &Line, i: usize) -> bool {
    let joined = |at: usize| matches!(line.word(at), "to" | "or" | "and");
    let number = |at: usize| {
        let year = line.value(at).is_some_and(|y| (1900..2100).contains(&y));
        line.digits(at) > 3 && !year && !line.lower(at).ends_with("00")
    };
    let after = joined(i + 1) && number(i + 2) && !is_measured(line, i + 2);
    let before = i > 1 && joined(i - 1) && number(i - 2);
    after || before
}

/// Between two parts of one number are at most this many atoms.
const BETWEEN: usize = 5;

/// `[ID_1] so [ID_2]`, `[ID_1] then a [ID_2]`, `[ID_1] to p u [ID_2]`: digits or
/// letters between two parts of one number, the first of which ends before `i`.
fn is_between_numbers(line: &Line, i: usize) -> bool {
    let (mut piece, mut preposed, mut comma) = (false, false, false);
    for at in i..i + BETWEEN {
        let word = line.word(at);
        match line.atoms.get(at).map(|atom| atom.kind) {
            Some(Kind::Slot(Some(category))) => return piece && is_number_like(category),
            Some(Kind::Mark(',')) => comma = true,
            Some(Kind::Word) if word.len() == 1 => piece |= word != "a" || !preposed,
            Some(Kind::Word) if matches!(word, "so" | "ate" | "too") => piece |= !comma,
            Some(Kind::Word) if matches!(word, "to" | "for") => {
                preposed = true;
                piece |= is_joint(line, at + 1) || at > i && is_joint(line, at - 1);
            }
            Some(Kind::Word) if is_joint(line, at) || line.is_filler(at) => {}
            _ => return false,
        }
    }
    false
}

/// What people say between the parts of a number, and nowhere else.
fn is_joint(line: &Line, at: usize) -> bool {
    matches!(line.word(at), "then" | "dash" | "hyphen")
}

/// `[SECRET_1]#17`: digits behind a mark, written as one with what was removed.
pub(super) fn is_marked_after(line: &Line, i: usize) -> bool {
    let marked = matches!(
        line.mark(i + 1),
        Some('#' | '!' | '$' | '&' | '*' | '=' | '@')
    );
    marked && line.glued(i + 1) && line.glued(i + 2) && line.is_digits(i + 2)
}

/// `[PHONE_1] so seven, ninety five.`, `[SECRET_1], thirty`: digits that end
/// the clause behind a replacement and a comma or a misheard digit.
pub(super) fn goes_on_after(line: &Line, i: usize) -> bool {
    let two = line.word(i + 1) == "to" && line.spoken(i + 2).is_some();
    let misheard = is_misheard_digit(line, i + 1) || two;
    if is_misheard_digit(line, i + 1) && goes_on_joined(line, i + 2) {
        return true;
    }
    // A preposition does not end a clause; a digit that sounds like one does.
    let hesitates = line.mark(i + 1) == Some(',') && line.is_filler(i + 2);
    // `[ID_1], eighty uh seven eleven`
    let eighty =
        || line.mark(i + 1) == Some(',') && matches!(line.spoken(i + 2), Some(Spoken::Tens(_)));
    if line.is_filler(i + 3) && line.spoken(i + 4).is_some() && eighty() {
        return true;
    }
    if hesitates && line.spoken(i + 3).is_some() && closes(line, number_end(line, i + 3) + 1) {
        return true;
    }
    let preposition = matches!(line.word(i + 1), "for" | "to" | "ate" | "a");
    let number_or_letter = |at: usize| line.is_class(at, class::NUMBER) || line.word(at).len() == 1;
    let preposed = matches!(line.word(i + 1), "for" | "to");
    if preposed && is_joint_or_sign(line, i + 2) && number_or_letter(i + 3) {
        return true;
    }
    if line.word(i + 1) == "for" && line.spoken(i + 2).is_some() && is_lettered(line, i + 3) {
        return true;
    }
    let read_back = breaks_off(line, i + 2) && !line.is_filler(i + 2);
    if line.word(i + 1) == "to" && line.word(i + 2) == "as" {
        return true;
    }
    let plus = line.word(i + 1) == "plus" && line.is_class(i + 2, class::NUMBER);
    let dotted = line.mark(i + 1) == Some('.')
        && !line.glued(i + 1)
        && line.word(i + 2).len() == 1
        && (!matches!(line.word(i + 2), "a" | "i" | "k" | "u") || line.mark(i + 3) == Some('.'))
        && (ends_clause(line, i + 3) || matches!(line.word(i + 3), "correct" | "right" | "is"));
    if plus || dotted || line.word(i + 1) == "as" && ends_clause(line, i + 2) {
        return true;
    }
    if preposition && read_back || is_between_numbers(line, i + 1) {
        return true;
    }
    if !misheard && line.mark(i + 1) != Some(',') {
        return false;
    }
    let letter =
        line.word(i + 2).len() == 1 && !line.is_class(i + 2, class::ARTICLE | class::SMALL);
    let number = line.is_digits(i + 2) || line.is_class(i + 2, class::NUMBER);
    let end = number_end(line, i + 2) + 1;
    let ends = ends_clause(line, end) || misheard && line.word(end).len() == 1;
    misheard && letter && line.word(i + 2) != "i" || number && ends && !is_measured(line, i + 2)
}

/// What people say between the parts of a number, or for a mark in one.
fn is_joint_or_sign(line: &Line, at: usize) -> bool {
    is_joint(line, at) || line.word(at) == "colon"
}

/// `[DEVICE_1] for fifty six c`: whether the number that goes on at `at` has a
/// letter after it, and no unit.
fn is_lettered(line: &Line, at: usize) -> bool {
    let end = at + usize::from(line.spoken(at).is_some());
    let letter = line.word(end).len() == 1 && !matches!(line.word(end), "a" | "i");
    letter && breaks_off(line, end + 1)
}

/// `[ACCOUNT_1] ate then five`, `[ID_1] so uh zero`, `[ID_1] for dash e`: a number
/// or a letter behind what joins two pieces of a code.
fn goes_on_joined(line: &Line, at: usize) -> bool {
    let joins = matches!(line.word(at), "then" | "dash" | "hyphen" | "colon") || line.is_filler(at);
    let letter = line.word(at + 1).len() == 1 && ends_clause(line, at + 2);
    joins && (letter || line.is_class(at + 1, class::NUMBER)) && !line.is_unit(at + 2)
}

/// How far behind what was told people mend it.
const MENDED_WITHIN: usize = 8;

/// `[USERNAME_1] no that's wrong it's along eighty three`: a number behind a correction
/// of what was removed at `i`.
pub(super) fn is_corrected(line: &Line, i: usize) -> bool {
    let mends = |at: usize| matches!(line.word(at), "no" | "wait" | "wrong" | "scratch");
    let Some(mended) = (i + 1..i + 5).find(|&at| mends(at)) else {
        return false;
    };
    let end = mended + MENDED_WITHIN;
    let Some(at) = (mended + 1..end).find(|&at| line.is_slot(at) || line.is_number(at)) else {
        return false;
    };
    let long = line.digits(at) > 1 || matches!(line.spoken(at), Some(Spoken::Tens(_)));
    long && closes(line, number_end(line, at) + 1) && !is_measured(line, at)
}

/// `call eight so [PHONE_1]`, `order i . [ID_1]`: what a number begins with
/// before a misheard digit or a mark.
pub(super) fn begins_before(line: &Line, i: usize) -> bool {
    let hesitates = i > 2 && line.is_filler(i - 2);
    let Some(at) = i.checked_sub(2 + usize::from(hesitates)) else {
        return false;
    };
    let number = line.is_digits(at) || line.is_class(at, class::NUMBER);
    let letter = line.word(at).len() == 1;
    let told = at == 0 || line.is_class(at - 1, class::CUE);
    let article = matches!(line.word(at), "a" | "i");
    match line.mark(i - 1) {
        Some(',' | '.') => letter && (told || !article || at > 0 && is_copula(line.word(at - 1))),
        _ if line.word(i - 1) == "so" => {
            let named = line.is_slot_of(at, Category::Person);
            number || letter || named && at > 0 && is_copula(line.word(at - 1))
        }
        _ if matches!(line.word(i - 1), "dash" | "hyphen" | "then") => {
            let two = line.word(at) == "to" && at > 0 && line.spoken(at - 1).is_some();
            two || is_misheard_digit(line, at) || matches!(line.word(at), "oh" | "o" | "a")
        }
        _ if line.word(i - 1) == "to" => {
            let joined = matches!(line.word(at), "dash" | "hyphen" | "then");
            joined || number && is_begun(line, at)
        }
        _ => is_misheard_digit(line, i - 1) && (number || letter && !article),
    }
}

/// Whether a number may begin at `at`, and none that counts what was before.
fn is_begun(line: &Line, at: usize) -> bool {
    at.checked_sub(1).is_none_or(|before| {
        let word = line.word(before);
        word.len() == 1
            || line.mark(before) == Some(',')
            || is_copula(word)
            || line.is_class(before, class::CUE)
            || matches!(
                word,
                "okay" | "ok" | "yes" | "yeah" | "sure" | "sorry" | "at" | "see" | "show" | "here"
            )
    })
}

/// `[DEVICE_1], a, [DEVICE_2]`: a letter between two parts of one number.
pub(super) fn is_letter_between(line: &Line, i: usize) -> bool {
    let comma = |at: usize| line.mark(at) == Some(',');
    i > 3
        && comma(i - 1)
        && line.word(i - 2).len() == 1
        && comma(i - 3)
        && matches!(line.atoms[i - 4].kind, Kind::Slot(Some(category)) if is_number_like(category))
}

/// `should be oh [LICENSE_1]`: what a number told begins with.
pub(super) fn begins_with_oh(line: &Line, i: usize) -> bool {
    let told = |at: usize| is_copula(line.word(at)) || line.is_class(at, class::CUE);
    let signed = |at: usize| matches!(line.word(at), "colon" | "dash" | "hyphen" | "dot");
    i > 1 && matches!(line.word(i - 1), "oh" | "o") && (told(i - 2) || signed(i - 2))
}

pub(super) fn is_copula(word: &str) -> bool {
    matches!(word, "is" | "be" | "it's" | "was" | "that's")
}

pub(super) fn is_number_remnant(
    line: &Line,
    category: Category,
    at: usize,
    forwards: bool,
) -> bool {
    let word = line.word(at);
    if !forwards && is_pronoun(line, at) {
        return false;
    }
    let goes_on = |at: usize| ends_clause(line, at) || line.spoken(at).is_some();
    if forwards && matches!(word, "oh" | "o") && goes_on(at + 1) && category != Category::Date {
        return true;
    }
    // `[DATE] oh three`, a year
    let year = || matches!(line.spoken(at + 1), Some(Spoken::Digit(1..)));
    if forwards && word == "oh" && category == Category::Date && year() && closes(line, at + 2) {
        return true;
    }
    if is_colon_tied(line, at, forwards) || is_glued_digit(line, category, at, forwards) {
        return category != Category::Date;
    }
    if matches!(word, "a" | "second" | "first" | "third" | "o" | "oh") {
        return false;
    }
    // `the new one's [PHONE_1]`; `[DATE] seven thirty`, a time of day
    let owner = !word.is_empty() && word.len() < line.lower(at).len();
    if owner || category == Category::Date && forwards && is_time_of_day(line, at) {
        return false;
    }
    let day = category == Category::Date && is_day_of_range(line, at, forwards);
    let lone = word == "one" && !line.is_number(at + 1) && !line.word(at + 1).is_empty();
    let zip3 = line.digits(at) == 3 && matches!(category, Category::Address | Category::Zip);
    if category == Category::Date && forwards && begins_range(line, at) {
        return !is_hours(line, at);
    }
    if category == Category::Date && is_no_day(line, at, forwards) {
        return false;
    }
    let year = line.value(at).is_some_and(|y| (1900..2100).contains(&y));
    let before = at.checked_sub(1).and_then(|b| line.mark(b));
    let priced = before.is_some_and(|c| "$£€₹¥:".contains(c));
    let priced = priced || forwards && is_cents(line, at);
    let told = lone && (category == Category::Date || line.word(at + 1) != "and");
    let measured = if forwards {
        is_measured(line, at)
    } else {
        line.is_unit(number_end(line, at + 1) + 1)
    };
    !(told || zip3 || year || priced || day || measured)
}

/// `[ID_3]:03`, `71:49:[ID_4]`: digits that a colon ties to a code.
fn is_colon_tied(line: &Line, at: usize, forwards: bool) -> bool {
    let mark = if forwards { at.wrapping_sub(1) } else { at + 1 };
    let tied = line.mark(mark) == Some(':') && line.glued(mark) && line.glued(mark + 1);
    tied && line.digits(at) == 2
}

/// `$[ADDRESS_2].30`: the cents of a price.
fn is_cents(line: &Line, at: usize) -> bool {
    let slot = at.checked_sub(2).filter(|&slot| line.is_slot(slot));
    let dollars = slot.and_then(|slot| line.mark(slot.checked_sub(1)?));
    line.digits(at) == 2
        && line.mark(at - 1) == Some('.')
        && dollars.is_some_and(|c| "$£€₹¥".contains(c))
}

/// `[DEVICE_3]2 cc.`: a digit written as one with a code, which no unit explains.
fn is_glued_digit(line: &Line, category: Category, at: usize, forwards: bool) -> bool {
    forwards && category == Category::Device && line.is_digits(at) && line.glued(at)
}

/// `[DATE] 2 to [DATE] 7`, `[DATE] twenty one to the fourth`: the day that the
/// month left, where a range begins.
pub(super) fn begins_range(line: &Line, at: usize) -> bool {
    let number = number_end(line, at);
    let end = number + 1 + usize::from(is_ordinal_end(line, number + 1));
    let said = line.spoken(at).is_some() || line.ordinal(at).is_some();
    let day = line.value(at).map_or(said, |day| day <= 31);
    let to = matches!(line.word(end), "to" | "through" | "until" | "till");
    let the = usize::from(line.word(end + 1) == "the");
    let until = end + 1 + the;
    let unit = number_end(line, until) + 1;
    let measured = line.is_number(until) && line.is_unit(unit) && !is_ordinal_end(line, unit);
    day && to && !measured && (line.is_slot(until) || line.is_number(until))
}

/// `[DATE] nine to twelve`: hours, of which both are told and neither has an ending.
fn is_hours(line: &Line, at: usize) -> bool {
    let hour = |i: usize| match line.spoken(i) {
        Some(Spoken::Digit(1..) | Spoken::Teen(10..=12)) => true,
        _ => line.value(i).is_some_and(|n| (1..13).contains(&n)),
    };
    line.word(at + 1) == "to"
        && hour(at)
        && hour(at + 2)
        && (ends_clause(line, at + 3) || matches!(line.word(at + 3), "or" | "and"))
}

/// `two [DATE]`, `i've got eighty [DATE]`: a count before the day; `[DATE] uh 67`: a
/// year; `[DATE].40`: minutes.
fn is_no_day(line: &Line, at: usize, forwards: bool) -> bool {
    if forwards {
        let end = number_end(line, at) + 1;
        let goes_on = closes(line, end) || line.is_slot(end) || line.is_filler(end);
        if !goes_on && !line.lower(at).ends_with("th") && line.ordinal(end - 1).is_none() {
            return true;
        }
        // `[DATE] 9.40`, a time or a price
        let cents = line.mark(at + 1) == Some('.') && line.glued(at + 1) && line.glued(at + 2);
        if cents && line.digits(at + 2) == 2 {
            return true;
        }
        // `[DATE] 930`, `[DATE] seventy-nine point two`
        let clock =
            line.digits(at) == 3 && line.value(at).is_some_and(|n| n % 5 == 0 && n % 100 < 60);
        if clock || line.mark(end) == Some('-') && line.is_number(end + 1) {
            return true;
        }
        let minutes = line.mark(at.wrapping_sub(1)) == Some('.') && line.glued(at);
        return line.digits(at) == 2 && (minutes || line.value(at).is_some_and(|n| n > 31));
    }
    let last = match line.spoken(at) {
        Some(Spoken::Digit(n)) => u32::from(n),
        Some(Spoken::Tens(n)) => u32::from(n),
        _ => return false,
    };
    let compound = at > 0 && line.is_number(at - 1);
    let half = matches!(line.word_before(at), "half" | "quarter" | "at");
    !compound && (!(3..=31).contains(&last) || half)
}

/// `0740`, `1915`: four digits of a clock of 24 hours.
pub(super) fn is_clock(line: &Line, at: usize) -> bool {
    let told = |n: u32| n < 2400 && n % 100 < 60 && n.is_multiple_of(5);
    line.digits(at) == 4 && line.value(at).is_some_and(told)
}

/// `seven thirty`, `ten fifteen`, which no year of a day goes on: an hour and the
/// minutes that people meet at.
fn is_time_of_day(line: &Line, at: usize) -> bool {
    let hour = matches!(
        line.spoken(at),
        Some(Spoken::Digit(1..) | Spoken::Teen(10..=12))
    );
    let (minutes, end) = match line.spoken(at + 1) {
        Some(Spoken::Tens(30) | Spoken::Teen(15)) => (true, at + 2),
        Some(Spoken::Tens(40)) => (line.word(at + 2) == "five", at + 3),
        _ => (false, at),
    };
    hour && minutes && !line.is_number(end)
}

/// `th` of `20th`.
fn is_ordinal_end(line: &Line, at: usize) -> bool {
    matches!(line.word(at), "st" | "nd" | "rd" | "th")
}

/// `[DATE] twenty fourth`, `[DATE]-25`: the day on which what began on a date
/// ends. It names no date without its month; with a year it does.
fn is_day_of_range(line: &Line, at: usize, forwards: bool) -> bool {
    let tens = matches!(line.word(at), "twenty" | "thirty") && line.is_number(at + 1);
    let end = at + 1 + usize::from(tens);
    let day = line.value(at).is_some_and(|day| day <= 31)
        || line.ordinal(end - 1).is_some()
        || tens && line.spoken(end - 1).is_some();
    forwards && day && !line.is_number(end) && !line.is_number(end + 1)
}

/// The last atom of the number that goes on behind atom `at`.
fn number_end(line: &Line, at: usize) -> usize {
    let goes_on = |end: usize| {
        line.is_number(end + 1)
            || matches!(line.mark(end + 1), Some('.' | ',')) && line.is_number(end + 2)
    };
    (at..at + 8).find(|&end| !goes_on(end)).unwrap_or(at)
}

/// Whether the number at `at` goes on to a unit, a clock time or a list.
fn is_measured(line: &Line, at: usize) -> bool {
    let end = number_end(line, at);
    let after = line.word(end + 1);
    line.is_unit(end + 1)
        || matches!(after, "a" | "p" | "o'clock" | "in" | "to" | "or" | "of")
        || matches!(line.mark(end + 1), Some('%' | ':' | ')'))
}
