//! What is left of a value of which a part was removed: digits, letters and
//! words that stand against its replacement.

use super::Seen;
use super::atom::{Kind, Line, contents};
use super::name::ends_clause;
use super::words::{self, class};
use super::{slip, vocabulary};
use crate::domain::Category;

/// Looks on both sides of every replacement in `line`.
pub(super) fn scan(line: &Line, seen: &mut Seen<'_>) {
    if !line.holds(contents::SLOT) {
        return;
    }
    for i in 0..line.atoms.len() {
        let Kind::Slot(Some(category)) = line.atoms[i].kind else {
            continue;
        };
        if is_number_like(category)
            && (goes_on_after(line, i) || begins_before(line, i) || is_one_of_two(line, i))
        {
            seen.add(line.span(i), category, "beyond-a-replacement");
        }
        let sides = [(step(line, i, -1), false), (step(line, i, 1), true)];
        for (at, forwards) in sides {
            if let Some(at) = at
                && is_remnant(line, category, at, forwards)
            {
                seen.add(line.span(at), category, "beside-a-replacement");
            }
        }
    }
}

/// The atom beside `i` in direction `by`, past one joining mark or word.
fn step(line: &Line, i: usize, by: isize) -> Option<usize> {
    let next = i.checked_add_signed(by)?;
    let tight = line.glued(next.max(i)) && line.glued(next.max(i) + 1 - usize::from(by < 0) * 2);
    let joins = matches!(line.mark(next), Some('-' | '/' | '_' | '.' | ':' | '!')) && tight
        || line.is_filler(next)
        || matches!(line.word(next), "dash" | "hyphen" | "then");
    let titled = by < 0 && line.mark(next) == Some('.') && line.word_before(next) == "st";
    let at = if joins || titled {
        next.checked_add_signed(by)?
    } else {
        next
    };
    (at < line.atoms.len()).then_some(at)
}

/// Whether values of `category` are said digit by digit.
const fn is_number_like(category: Category) -> bool {
    !matches!(
        category,
        Category::Person
            | Category::City
            | Category::Organization
            | Category::Facility
            | Category::Address
            | Category::Date
            | Category::Age
            | Category::Time
    )
}

/// What recognisers write for a digit in the middle of a number: `so` for
/// `oh`, `for` for four.
fn is_misheard_digit(line: &Line, i: usize) -> bool {
    matches!(line.word(i), "so" | "for" | "too" | "ate")
}

/// `[PHONE_1] so seven, ninety five.`, `[SECRET_1], thirty`: digits that end
/// the clause behind a replacement and a comma or a misheard digit.
fn goes_on_after(line: &Line, i: usize) -> bool {
    let misheard = is_misheard_digit(line, i + 1);
    // A preposition does not end a clause; a digit that sounds like one does.
    let preposition = matches!(line.word(i + 1), "for" | "to" | "ate");
    let read_back = matches!(
        line.word(i + 2),
        "okay" | "ok" | "right" | "correct" | "got"
    );
    if preposition && (ends_clause(line, i + 2) || read_back) || is_between_numbers(line, i + 1) {
        return true;
    }
    if !misheard && line.mark(i + 1) != Some(',') {
        return false;
    }
    let letter =
        line.word(i + 2).len() == 1 && !line.is_class(i + 2, class::ARTICLE | class::SMALL);
    let number = line.is_digits(i + 2) || line.is_class(i + 2, class::NUMBER);
    let end = number_end(line, i + 2) + 1;
    let ends = line.mark(end).is_some() || end >= line.atoms.len();
    misheard && letter && line.word(i + 2) != "i" || number && ends && !is_measured(line, i + 2)
}

/// `from [ID_1] to 7765`, `[ID_1] or 9503`: the other one of two numbers.
fn is_one_of_two(line: &Line, i: usize) -> bool {
    let joined = |at: usize| matches!(line.word(at), "to" | "or" | "and");
    let number = |at: usize| {
        let year = line.value(at).is_some_and(|y| (1900..2100).contains(&y));
        line.digits(at) > 3 && !year && !line.lower(at).ends_with("00")
    };
    let after = joined(i + 1) && number(i + 2) && !is_measured(line, i + 2);
    let before = i > 1 && joined(i - 1) && number(i - 2);
    after || before
}

/// `[ID_1] so [ID_2]`, `[ID_1] a [ID_2]`: a digit or letter between two parts
/// of one number.
fn is_between_numbers(line: &Line, i: usize) -> bool {
    let after = line.atoms.get(i + 1).map(|atom| atom.kind);
    let number = matches!(after, Some(Kind::Slot(Some(category))) if is_number_like(category));
    number && (line.word(i).len() == 1 || matches!(line.word(i), "so" | "ate" | "too"))
}

/// `call eight so [PHONE_1]`, `order i . [ID_1]`: what a number begins with
/// before a misheard digit or a mark.
fn begins_before(line: &Line, i: usize) -> bool {
    let Some(at) = i.checked_sub(2) else {
        return false;
    };
    let number = line.is_digits(at) || line.is_class(at, class::NUMBER);
    let letter = line.word(at).len() == 1;
    let told = at == 0 || line.is_class(at - 1, class::CUE);
    let article = matches!(line.word(at), "a" | "i");
    match line.mark(i - 1) {
        Some(',' | '.') => letter && (told || !article),
        _ => is_misheard_digit(line, i - 1) && (number || letter && !article),
    }
}

/// Whether the atom at `at` reads as a part of the value removed beside it.
fn is_remnant(line: &Line, category: Category, at: usize, forwards: bool) -> bool {
    let word = line.word(at);
    match category {
        Category::Age | Category::Time => false,
        Category::Facility => !forwards && matches!(word, "st" | "saint"),
        Category::City if !forwards && (is_half_of_town(line, at) || is_house(line, at)) => true,
        Category::Person if is_other_name(line, at, forwards) => true,
        Category::Person if !forwards && at == 0 && line.digits(at) > 2 => true,
        Category::Person | Category::City | Category::Organization => {
            is_name_remnant(line, at, forwards)
        }
        _ if line.is_number(at) && word != "a" => is_number_remnant(line, category, at, forwards),
        _ => is_code_remnant(line, category, at, forwards),
    }
}

/// `new [CITY_1]`: the first half of a town's name; not `new [CITY_1] service`.
fn is_half_of_town(line: &Line, at: usize) -> bool {
    let half = matches!(
        line.word(at),
        "new"
            | "little"
            | "fort"
            | "mount"
            | "port"
            | "saint"
            | "st"
            | "san"
            | "santa"
            | "los"
            | "las"
            | "el"
            | "palm"
            | "grand"
    );
    let end = at + 2;
    let ends = ends_clause(line, end)
        || line.is_digits(end)
        || line.is_slot(end)
        || matches!(line.word(end), "city" | "and" | "zip");
    half && ends
}

/// `123 [CITY_1]`, `my address 9 [PERSON_1]`: digits that begin the turn, or
/// where an address is told, before a name.
fn is_house(line: &Line, at: usize) -> bool {
    let begins = at == 0 || matches!(line.word(at - 1), "address" | "is" | "at");
    begins && (1..=5).contains(&line.digits(at))
}

/// `is this [PERSON_1] day`, `hi, it's grace [PERSON_1]`: the surname, or the
/// given name, which is a word too, where somebody is named.
fn is_other_name(line: &Line, at: usize, forwards: bool) -> bool {
    let first = if forwards { at.wrapping_sub(1) } else { at };
    let named = first == 0
        || line.is_class(first.wrapping_sub(1), class::BEFORE | class::GREETING)
        || line.mark(first.wrapping_sub(1)).is_some();
    if forwards {
        named && closes_name(line, at + 1) && vocabulary::is_surname(line.word(at))
    } else {
        named && line.is_class(at, class::DOUBLE) && !matches!(line.word(at), "may" | "will")
    }
}

/// Whether a name may end before `at`.
fn closes_name(line: &Line, at: usize) -> bool {
    ends_clause(line, at)
        || matches!(
            line.word(at),
            "with" | "from" | "calling" | "speaking" | "writing" | "i'm" | "it" | "about" | "i"
        )
}

/// A name in part: an unknown word, a letter, an ordinal.
fn is_name_remnant(line: &Line, at: usize, forwards: bool) -> bool {
    let word = line.word(at);
    let apart = if forwards { at } else { at + 1 };
    let letter = word.len() == 1
        && !matches!(
            word,
            "a" | "i" | "s" | "t" | "u" | "n" | "d" | "m" | "o" | "x"
        );
    let letter = letter && !is_rest_of_acronym(line, at, forwards);
    let meridiem = !forwards && at > 0 && line.is_number(at - 1) && matches!(word, "p");
    let numbered = forwards && is_tail_number(line, at);
    let owner = !forwards && word.len() < line.lower(at).len();
    numbered
        || word.len() > 2 && !owner && line.is_unknown(at) && !slip::is_misspelled(word)
        || letter && !meridiem
        || word.len() == 1 && is_underscored(line, at, forwards)
        || matches!(word, "underscore" | "slash" | "dot")
        || line.glued(apart) && line.is_digits(at)
        || line.ordinal(at).is_some_and(|n| n > 3)
        || matches!(word, "thirty" | "twenty") && forwards && line.ordinal(at + 1).is_some()
}

/// `[PERSON_1] eighty one moment`, `[CITY_1] 13 to the 29th`: a number after a
/// name that counts nothing.
fn is_tail_number(line: &Line, at: usize) -> bool {
    let range = matches!(line.word(at + 1), "to" | "through" | "until" | "till");
    if line.value(at).is_some_and(|day| day <= 31) && range {
        return line.is_number(at + 2) || line.word(at + 2) == "the" && line.is_number(at + 3);
    }
    let between = (at..at + 4).find(|&end| !line.is_number(end));
    between.is_some_and(|end| end > at && line.is_slot(end) && line.is_class(at, class::NUMBER))
}

/// `a_[PERSON_1]`: an account's name.
fn is_underscored(line: &Line, at: usize, forwards: bool) -> bool {
    let mark = if forwards { at.wrapping_sub(1) } else { at + 1 };
    line.mark(mark) == Some('_')
}

/// `[PERSON_1] k g` of an E K G: letters that make up an acronym with one more.
fn is_rest_of_acronym(line: &Line, at: usize, forwards: bool) -> bool {
    let letter = |i: usize| match line.word(i).as_bytes() {
        [letter] => Some(*letter),
        _ => None,
    };
    let (next, after) = if forwards {
        (at + 1, at + 2)
    } else {
        (at.wrapping_sub(1), at.wrapping_sub(2))
    };
    let (Some(near), Some(far), None) = (letter(at), letter(next), letter(after)) else {
        return false;
    };
    (b'a'..=b'z').any(|lost| {
        let all = if forwards {
            [lost, near, far]
        } else {
            [far, near, lost]
        };
        words::is_acronym_of(&all)
    })
}

/// `c[ID_1] and c34`: a vertebra, where another one is near.
fn is_vertebra(line: &Line, at: usize) -> bool {
    let region = |i: usize| matches!(line.word(i), "c" | "t" | "l" | "s");
    let other = |i: usize| region(i) && line.is_digits(i + 1) && line.digits(i + 1) < 3;
    region(at) && (at.saturating_sub(8)..at + 9).any(|i| i != at && other(i))
}

/// A letter, what is written as one with the replacement, a sign said.
fn is_code_remnant(line: &Line, category: Category, at: usize, forwards: bool) -> bool {
    let word = line.word(at);
    let meridiem = matches!(word, "a" | "p") && line.word(at + 1) == "m";
    let article = matches!(word, "a" | "i" | "s" | "t" | "u" | "n" | "m" | "x");
    // `my id a [ID_1]`, or the whole turn.
    let told = !forwards && matches!(word, "a" | "i" | "n" | "t" | "u" | "x");
    let told = told
        && (at == 0 && line.words == 1 && word != "i"
            || at > 0 && line.is_class(at - 1, class::CUE));
    let letter = word.len() == 1 && (!article || told) && category != Category::Date && !meridiem;
    if category == Category::Secret {
        return !forwards && is_secret_remnant(line, at);
    }
    let electronic = matches!(
        category,
        Category::Email | Category::Username | Category::Url
    );
    if electronic && !forwards {
        let name = word.len() > 2 && line.is_unknown(at);
        if name || word == "at" && category == Category::Username {
            return true;
        }
    }
    if is_vertebra(line, at) {
        return false;
    }
    let touching = line.glued(if forwards { at } else { at + 1 });
    let short = word.len() < 3 && !line.is_class(at, class::ORDINARY | class::ENDING);
    let code = !word.is_empty() && (short || line.is_unknown(at)) && word != "s";
    letter
        || !forwards && is_prefix(line, category, at)
        || touching && code
        || matches!(word, "dot" | "point" | "slash" | "underscore" | "colon")
        || !forwards && word == "at" && at == 0 && electronic
        || is_joined_to_code(line, category, at, forwards)
}

/// `photo-[PHOTO_1]`: a word that is written as one with the code, or with a
/// hyphen.
fn is_joined_to_code(line: &Line, category: Category, at: usize, forwards: bool) -> bool {
    let coded = matches!(
        category,
        Category::Photo | Category::Biometric | Category::OtherId | Category::Username
    );
    let (first, last) = if forwards { (at - 1, at) } else { (at, at + 1) };
    let hyphen = matches!(line.mark(last), Some('-' | '_')) && line.glued(last + 1);
    coded && !forwards && line.word(first).len() > 2 && line.glued(last) && hyphen
}

/// `policy number med [ID_1]`, `yhf [ID_1]`: the letters that a code begins with.
fn is_prefix(line: &Line, category: Category, at: usize) -> bool {
    const OTHER: u32 =
        class::CUE | class::SMALL | class::NUMBER | class::UNIT | class::ACRONYM | class::THING;
    if !matches!(line.word(at).len(), 2..=4) || category == Category::Date {
        return false;
    }
    let told = match at.checked_sub(1) {
        Some(before) => line.is_class(before, class::CUE) || line.word(before) == "is",
        None => line.words == 1,
    };
    let alone = || (0..line.atoms.len()).all(|i| i == at || is_small(line, i));
    let word = !line.is_class(at, OTHER) && !line.is_ordinary(at);
    let first = || at == 0 || line.word_before(at) == "and";
    line.is_unknown(at)
        || word && (told || alone())
        || is_letter_said(line, at) && (told || first() && alone())
}

/// Whether the word at `at` sounds as a letter does, and is written for one.
fn is_letter_said(line: &Line, at: usize) -> bool {
    matches!(
        line.word(at),
        "be" | "bee"
            | "he"
            | "sea"
            | "see"
            | "dee"
            | "gee"
            | "jay"
            | "kay"
            | "el"
            | "em"
            | "en"
            | "er"
            | "es"
            | "ex"
            | "pea"
            | "tea"
            | "tee"
            | "are"
            | "why"
            | "you"
    )
}

/// Whether atom `i` says nothing by itself: a small word, a mark, a replacement.
fn is_small(line: &Line, i: usize) -> bool {
    match line.atoms[i].kind {
        Kind::Word => line.is_class(i, class::SMALL | class::FILLER),
        Kind::Digits => false,
        Kind::Mark(_) | Kind::Slot(_) => true,
    }
}

/// `walnut [SECRET_1]`, `kayak![SECRET_1]`: the word that a password begins
/// with.
fn is_secret_remnant(line: &Line, at: usize) -> bool {
    const SAID: u32 = class::CUE | class::SMALL | class::SECRET | class::NUMBER | class::FILLER;
    let word = line.word(at);
    word.len() > 2 && !line.is_ordinary(at) && !line.is_unit(at) && !line.is_class(at, SAID)
        || matches!(
            word,
            "hash" | "exclamation" | "point" | "underscore" | "dash"
        )
}

fn is_number_remnant(line: &Line, category: Category, at: usize, forwards: bool) -> bool {
    let word = line.word(at);
    if matches!(word, "a" | "second" | "first" | "third" | "o" | "oh") {
        return false;
    }
    let day = category == Category::Date && is_day_of_range(line, at, forwards);
    let lone = word == "one" && !line.is_number(at + 1) && !line.word(at + 1).is_empty();
    let zip3 = line.digits(at) == 3 && matches!(category, Category::Address | Category::Zip);
    if category == Category::Date && forwards && begins_range(line, at) {
        return true;
    }
    let year = line.value(at).is_some_and(|y| (1900..2100).contains(&y));
    let before = at.checked_sub(1).and_then(|b| line.mark(b));
    let priced = before.is_some_and(|c| "$£€₹¥:".contains(c));
    let told = lone && (category == Category::Date || line.word(at + 1) != "and");
    let measured = if forwards {
        is_measured(line, at)
    } else {
        line.is_unit(number_end(line, at + 1) + 1)
    };
    !(told || zip3 || year || priced || day || measured)
}

/// `[DATE] 2 to [DATE] 7`, `[DATE] twenty one to the fourth`: the day that the
/// month left, where a range begins.
fn begins_range(line: &Line, at: usize) -> bool {
    let end = number_end(line, at) + 1;
    let day = line
        .value(at)
        .map_or(line.spoken(at).is_some(), |day| day <= 31);
    let to = matches!(line.word(end), "to" | "through" | "until" | "till");
    let the = usize::from(line.word(end + 1) == "the");
    let until = end + 1 + the;
    let measured = line.is_number(until) && line.is_unit(number_end(line, until) + 1);
    day && to && !measured && (line.is_slot(until) || line.is_number(until))
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
