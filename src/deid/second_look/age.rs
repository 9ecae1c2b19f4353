//! Ages over 89, and years and ordinals that tell one.

use super::Seen;
use super::atom::Line;
use super::calendar::{is_ordinal_ending, last_half};
use super::slot::is_kin;
use super::words::Spoken;
use crate::domain::Category;

/// Looks for an age at the number `i`.
pub(super) fn scan_number(line: &Line, i: usize, seen: &mut Seen<'_>) {
    if is_great_ordinal(line, i) || is_great_year(line, i) {
        seen.add(line.span(i), Category::Age, "great-age-implied");
    }
    if is_great_age(line, i) {
        seen.add(line.span(i), Category::Age, "age-over-89");
    }
}

/// `in my 96th year`, `her ninetieth birthday`, `happy 99th`.
fn is_great_ordinal(line: &Line, i: usize) -> bool {
    let written = line.value(i).is_some_and(|n| (90..=120).contains(&n))
        && is_ordinal_ending(line.word(i + 1));
    let whole = line.word(i) == "ninetieth";
    let spoken = line.word(i) == "ninety" && line.ordinal(last_half(line, i)).is_some();
    if !(written || whole || spoken) {
        return false;
    }
    let end = i + 1 + usize::from(!whole) + usize::from(spoken && line.mark(i + 1) == Some('-'));
    matches!(line.word(end), "year" | "birthday" | "bday")
        || matches!(line.word_before(i), "happy" | "turning")
        || line.bare
}

/// The year up to which whoever was born in it is over 89 now.
const GREAT_YEAR: u32 = 1935;

/// `born in 1921`, `1931` as an answer, `nineteen thirty one` likewise; not
/// `on or before 1945`.
fn is_great_year(line: &Line, i: usize) -> bool {
    let born = || {
        (i.saturating_sub(5)..i + 12)
            .any(|j| matches!(line.word(j), "born" | "birth" | "dob" | "birthday"))
    };
    is_early_year(line, i) && (line.bare || born())
}

/// Whether the year at `i`, if somebody was born in it, tells a great age.
pub(super) fn is_early_year(line: &Line, i: usize) -> bool {
    let year = line.value(i).or_else(|| spoken_year(line, i));
    year.is_some_and(|year| (1900..=GREAT_YEAR).contains(&year)) && line.word_before(i) != "before"
}

/// Whether a great age is at `i`, which answers a question for one.
pub(super) fn is_told(line: &Line, i: usize) -> bool {
    number_at(line, i).is_some_and(|(age, end)| {
        (90..=125).contains(&age)
            && !is_generalised(line, end)
            && !line.is_unit(end)
            && !line.is_number(end)
            && (i == 0 || !line.is_number(i - 1))
    })
}

/// `90 or older`: what the engine writes for a great age.
fn is_generalised(line: &Line, end: usize) -> bool {
    line.word(end) == "or" && line.word(end + 1) == "older"
}

/// The year that `nineteen` at `i` begins.
fn spoken_year(line: &Line, i: usize) -> Option<u32> {
    if line.word(i) != "nineteen" {
        return None;
    }
    let unit = match line.spoken(i + 2) {
        Some(Spoken::Digit(d)) => u32::from(d),
        _ => 0,
    };
    match line.spoken(i + 1)? {
        Spoken::Teen(n) => Some(1900 + u32::from(n)),
        Spoken::Tens(n) => Some(1900 + u32::from(n) + unit),
        _ => None,
    }
}

/// Whether an age of 90 or more is told at `i`.
fn is_great_age(line: &Line, i: usize) -> bool {
    let word = line.word(i);
    let owner = matches!(
        line.word_before(i),
        "his" | "her" | "their" | "my" | "mid" | "early" | "late"
    );
    if word == "centenarian" || word == "nonagenarian" || word == "nineties" && owner {
        return true;
    }
    let Some((age, end)) = number_at(line, i) else {
        return false;
    };
    let doubled = line.value(end) == Some(90) && is_generalised(line, end + 1);
    (90..=125).contains(&age)
        && !is_generalised(line, end)
        && (doubled || is_old(line, end) || is_aged(line, i, end) || is_of_person(line, i, end))
}

/// `i'm 96`, `my grandmother is 92 now`; not `the pulse is 92`, `i'm 96 percent
/// sure`.
fn is_of_person(line: &Line, i: usize, end: usize) -> bool {
    const PEOPLE: [&str; 22] = [
        "she",
        "he",
        "mother",
        "father",
        "mom",
        "mum",
        "dad",
        "grandmother",
        "grandfather",
        "grandma",
        "grandpa",
        "aunt",
        "uncle",
        "husband",
        "wife",
        "sister",
        "brother",
        "daughter",
        "son",
        "nan",
        "neighbor",
        "patient",
    ];
    let before = |n: usize| line.word(i.wrapping_sub(n));
    // `my brother uh is 97`
    let who = 2 + usize::from(line.is_filler(i.wrapping_sub(2)));
    let linked = matches!(before(1), "is" | "was" | "turned" | "turns")
        && (PEOPLE.contains(&before(who)) || is_kin(before(who)));
    // `he'd be 97 now`, `i'll be 93`
    let would = before(1) == "be"
        && (matches!(
            before(2),
            "he'd" | "she'd" | "i'd" | "he'll" | "she'll" | "i'll"
        ) || matches!(before(2), "would" | "will")
            && (matches!(before(3), "he" | "she" | "i") || is_kin(before(3))));
    // `she'd have been 94`, `[PERSON_1], 94, lives alone`
    let been = before(1) == "been" && matches!(before(2), "have" | "of" | "a" | "has" | "had");
    let comma = |at: usize| line.mark(at) == Some(',');
    let beside = i > 1
        && comma(i - 1)
        && (line.is_slot_of(i - 2, Category::Person) || is_kin(before(2)))
        && (comma(end) || matches!(line.mark(end), Some('.')) || end >= line.atoms.len());
    // `ninety five and she`, `ninety six he won't`
    let and = end + usize::from(line.word(end) == "and");
    let whose = matches!(
        line.word(and),
        "he" | "she" | "he's" | "she's" | "she'd" | "he'd"
    );
    let named = line.is_slot_of(i.wrapping_sub(1), Category::Person) && line.spoken(i).is_some();
    let whose = whose && (named || i == 0 || matches!(before(1), "is" | "one" | "was" | "he's"));
    let past = before(1) == "past" && matches!(before(2), "be" | "is" | "she's" | "he's" | "i'm");
    let person = linked
        || would
        || been
        || beside
        || whose
        || past
        || matches!(
            before(1),
            "i'm" | "she's" | "he's" | "am" | "im" | "shes" | "hes" | "pt"
        );
    let more = line.is_unit(end)
        || line.is_number(end)
        || line.mark(end).is_some_and(|c| "%/:-".contains(c))
        || line.mark(end) == Some('.') && line.is_digits(end + 1);
    person && !more
}

/// `95 years old`, `95-year-old`, `95 yo`, `95 y/o`.
fn is_old(line: &Line, mut end: usize) -> bool {
    let dash = |at: usize| usize::from(line.mark(at) == Some('-'));
    end += dash(end);
    // `93 uh years old`, `93 you know years old`
    end += match line.word(end) {
        "you" if line.word(end + 1) == "know" => 2,
        _ => usize::from(line.is_filler(end)),
    };
    if matches!(line.word(end), "yo" | "yr-old") {
        return true;
    }
    let old = end + 1 + dash(end + 1);
    match line.word(end) {
        // `a 96 year year old`
        "year" if line.word(end + 1) == "year" => line.word(end + 2) == "old",
        "year" | "years" | "yr" | "yrs" => {
            matches!(line.word(old), "old" | "young")
                || line.word(old) == "of" && line.word(old + 1) == "age"
        }
        "y" => line.mark(end + 1) == Some('/') && line.word(end + 2) == "o",
        _ => false,
    }
}

/// `age 95`, `aged 95`, `age is 95`, `turned 95`, `i'm 95 and`; not when a
/// unit follows.
fn is_aged(line: &Line, i: usize, end: usize) -> bool {
    if line.is_unit(end) || line.mark(end) == Some('%') || line.mark(end) == Some('/') {
        return false;
    }
    let near = |j: usize| i.checked_sub(j).map_or("", |at| line.word(at));
    let aged = |word: &str| matches!(word, "age" | "aged" | "turned" | "turning");
    let linked =
        matches!(near(1), "is" | "of" | "was" | "at") || line.mark(i.wrapping_sub(1)) == Some(':');
    let died = near(1) == "at" && (2..5).any(|j| matches!(near(j), "died" | "passed" | "death"));
    let lived = near(1) == "to" && (2..6).any(|j| near(j) == "lived");
    died || lived || aged(near(1)) || linked && aged(near(2))
}

/// The number at `i`, in digits or words, and where it ends.
fn number_at(line: &Line, i: usize) -> Option<(u32, usize)> {
    if let Some(n) = line.value(i) {
        return Some((n, i + 1));
    }
    let unit = |at| match line.spoken(at) {
        Some(Spoken::Digit(d)) => Some(u32::from(d)),
        _ => None,
    };
    let hundred = usize::from(matches!(line.word(i), "a" | "one"));
    if line.word(i + hundred) == "hundred" {
        let mut at = i + hundred + 1;
        at += usize::from(line.word(at) == "and");
        return Some(unit(at).map_or((100, i + hundred + 1), |d| (100 + d, at + 1)));
    }
    let Some(Spoken::Tens(90)) = line.spoken(i) else {
        return None;
    };
    let at = i + 1 + usize::from(line.mark(i + 1) == Some('-'));
    Some(unit(at).map_or((90, i + 1), |d| (90 + d, at + 1)))
}
