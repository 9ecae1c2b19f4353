//! Answers: what is nothing by itself and an identifier after its question.

use super::Seen;
use super::across::Asked;
use super::atom::{Kind, Line, contents};
use super::name::is_unusual;
use super::words::{self, Spoken, class};
use super::{age, calendar, day, slot};
use crate::domain::Category;

/// An answer that begins with one of the other side's questions has at most
/// this many words besides small ones.
const ANSWER_WORDS: usize = 3;

/// An answer that tells an age has at most this many words.
const AGE_WORDS: usize = 7;

/// Looks for what was `asked` in `line`.
pub(super) fn scan(line: &Line, asked: Asked, seen: &mut Seen<'_>) {
    if asked == Asked::default() {
        return;
    }
    if asked.name
        && let Some(i) = name_in(line)
    {
        seen.add(line.span(i), Category::Person, "answer");
    }
    if (asked.name || asked.unheard) && line.atoms.len() == 1 && slot::is_name_alone(line, 0) {
        seen.add(line.span(0), Category::Person, "answer");
    }
    if asked.secret
        && let Some(i) = secret_in(line)
    {
        seen.add(line.span(i), Category::Secret, "secret");
    }
    if asked.number
        && let Some(i) = prefix_in(line).or_else(|| letter_in(line))
    {
        seen.add(line.span(i), Category::OtherId, "prefix");
    }
    if asked.number
        && let Some(i) = code_in(line)
    {
        seen.add(line.span(i), Category::OtherId, "code-asked");
    }
    if asked.handle
        && let Some(i) = handle_in(line)
    {
        seen.add(line.span(i), Category::Email, "handle-asked");
    }
    if (asked.number || asked.told.zip)
        && let Some(i) = misheard_in(line)
    {
        seen.add(line.span(i), Category::OtherId, "misheard");
    }
    if (asked.number || asked.told.zip)
        && let Some(i) = homophones_in(line)
    {
        seen.add(line.span(i), Category::OtherId, "misheard");
    }
    if asked.date
        && let Some(i) = date_in(line)
    {
        seen.add(line.span(i), Category::Date, "date-asked");
    }
    if (asked.age || asked.date)
        && line.words <= AGE_WORDS
        && let Some(i) = age_in(line, asked)
    {
        seen.add(line.span(i), Category::Age, "age-asked");
    }
}

/// The words of a short turn.
fn said(line: &Line) -> impl Iterator<Item = usize> + Clone {
    (0..line.atoms.len()).filter(|&i| line.atoms[i].kind == Kind::Word)
}

fn is_short(line: &Line) -> bool {
    let all = said(line).filter(|&i| !line.is_class(i, class::SMALL) && !line.is_unknown(i));
    all.take(ANSWER_WORDS + 1).count() <= ANSWER_WORDS
}

fn has_slot(line: &Line) -> bool {
    (0..line.atoms.len()).any(|i| line.is_slot(i))
}

/// A name in a short turn: a word that is not ordinary.
fn name_in(line: &Line) -> Option<usize> {
    if has_slot(line) || said(line).any(|i| matches!(line.word(i), "name" | "your")) {
        return None;
    }
    let short = line.words < 3;
    let unusual = |i: &usize| {
        let thing = line.is_class(*i, class::THING | class::ACRONYM);
        let short = short && !thing && is_unusual(line, *i);
        line.word(*i).len() > 1 && (short || line.is_unknown(*i))
    };
    said(line).find(unusual).filter(|_| is_short(line))
}

/// A password in a short turn: a word that is not ordinary, with or without
/// digits.
fn secret_in(line: &Line) -> Option<usize> {
    if has_slot(line) || line.has(class::SECRET | class::CUE) {
        return None;
    }
    let repeated = line.mark(1) == Some(',')
        && (2..line.atoms.len()).all(|i| line.mark(i).is_some() || line.is_class(i, class::SMALL));
    let short = line.words < 3 || repeated;
    let unusual = |i: &usize| {
        let unusual = is_unusual(line, *i) && !line.is_class(*i, class::SMALL);
        line.word(*i).len() > 2 && (short && unusual || line.is_unknown(*i))
    };
    said(line).find(unusual).filter(|_| is_short(line))
}

/// `m r n okay`, `then kg`: the letters that a number begins or goes on with, and
/// no question.
fn prefix_in(line: &Line) -> Option<usize> {
    const LEAST: usize = 3;
    let small = |i: usize| line.is_class(i, class::SMALL | class::FILLER);
    let plain = |i: usize| match line.atoms[i].kind {
        Kind::Word => true,
        Kind::Mark('?') => i > 1 && small(i - 1),
        Kind::Mark(c) => c != ':',
        Kind::Digits | Kind::Slot(_) => false,
    };
    if line.words > ANSWER_WORDS + 2 || !(0..line.atoms.len()).all(plain) {
        return None;
    }
    let all = said(line).filter(|&i| !small(i));
    let single = all.clone().all(|i| line.word(i).len() == 1);
    let first = all.clone().next()?;
    if !single && all.clone().nth(1).is_some() {
        return None;
    }
    let letters: String = all.map(|i| line.word(i)).collect();
    if is_written_unit(line, first) && letters.len() == line.word(first).len() {
        return Some(first);
    }
    (letters.len() >= LEAST && letters != "pin" && words::is_acronym(&letters)).then_some(first)
}

/// Two or three letters that are written for a unit: nobody answers with one.
fn is_written_unit(line: &Line, i: usize) -> bool {
    let word = line.word(i);
    line.is_unit(i)
        && matches!(word.len(), 2 | 3)
        && !word.contains(['a', 'e', 'i', 'o', 'u'])
        && !matches!(
            word,
            "pm" | "st" | "nd" | "rd" | "th" | "hrs" | "yrs" | "min"
        )
}

/// `sixty to forty eight`, which is no range: numbers in words with a digit
/// between them as it sounds.
fn misheard_in(line: &Line) -> Option<usize> {
    if !line.has(class::NUMBER) {
        return None;
    }
    let falls = |i: usize| {
        let (Some(Spoken::Tens(from)), Some(Spoken::Tens(to) | Spoken::Teen(to))) =
            (line.spoken(i - 1), line.spoken(i + 1))
        else {
            return false;
        };
        from > to
    };
    let end = |i: usize| (i + 1..i + 4).find(|&end| line.spoken(end).is_none());
    let measured = |i: usize| end(i).is_none_or(|end| line.is_unit(end));
    // `six to 809`, where three digits are what stays of a ZIP code
    let zip =
        |i: usize| line.digits(i + 1) == 3 && matches!(line.spoken(i - 1), Some(Spoken::Digit(_)));
    let misheard = |i: usize| falls(i) && !measured(i) || zip(i) && !line.is_unit(i + 2);
    (1..line.atoms.len()).find(|&i| line.word(i) == "to" && misheard(i))
}

/// `okay sicks oh for too`: three and more digits, of which some were written as the
/// words that they sound like, and nothing else.
fn homophones_in(line: &Line) -> Option<usize> {
    const LEAST: usize = 3;
    if line.words > 14 || line.words < LEAST {
        return None;
    }
    let sounds = |i: usize| {
        matches!(
            line.word(i),
            "won"
                | "to"
                | "too"
                | "for"
                | "fore"
                | "ate"
                | "sicks"
                | "sex"
                | "tree"
                | "fife"
                | "nein"
        )
    };
    let digit = |i: usize| line.spoken(i).is_some() || line.is_digits(i);
    let passes = |i: usize| {
        line.mark(i).is_some()
            || line.is_filler(i)
            || line.is_class(i, class::SMALL | class::ENDING)
            || matches!(line.word(i), "old")
    };
    let all = 0..line.atoms.len();
    let heard = all.clone().filter(|&i| sounds(i)).count();
    let count = all.clone().filter(|&i| sounds(i) || digit(i)).count();
    let whole = all.clone().all(|i| sounds(i) || digit(i) || passes(i));
    let first = all.clone().find(|&i| sounds(i) || digit(i))?;
    (whole && heard > 0 && count >= LEAST && (heard > 1 || count > LEAST)).then_some(first)
}

/// `1dl`: digits and letters written as one, and nothing else.
fn code_in(line: &Line) -> Option<usize> {
    let code =
        |&i: &usize| line.is_digits(i) && line.glued(i + 1) && !line.is_class(i + 1, class::ENDING);
    let small = |i: usize| line.mark(i).is_some() || line.is_class(i, class::SMALL);
    let at = (0..line.atoms.len())
        .find(code)
        .or_else(|| lettered_in(line))?;
    let letters = line.word(at + 1).len();
    let alone = (0..line.atoms.len()).all(|i| i == at || i == at + 1 || small(i));
    (letters > 0 && letters + line.digits(at) > 2 && alone).then_some(at)
}

/// `859 mgs.`: a number that letters end which stand for a unit, too.
fn lettered_in(line: &Line) -> Option<usize> {
    const WORD: u32 = class::SMALL | class::FILLER | class::ENDING | class::NUMBER;
    let letters = |i: usize| {
        matches!(line.word(i).len(), 2 | 3) && !line.is_class(i, WORD) && line.is_unit(i)
    };
    let told = |&i: &usize| {
        let year = line.value(i).is_some_and(|y| (1900..2100).contains(&y));
        matches!(line.digits(i), 3 | 4) && !year && !line.glued(i + 1) && letters(i + 1)
    };
    (0..line.atoms.len()).find(told)
}

/// `k dot day`, `teruvan twenty six`, `at [PERSON_1]`: a piece of an address.
fn handle_in(line: &Line) -> Option<usize> {
    const HANDLE_WORDS: usize = 6;
    if line.words > HANDLE_WORDS {
        return None;
    }
    let named = |i: usize| {
        line.is_slot_of(i, Category::Person)
            || line.word(i).len() > 2 && (line.is_class(i, NAMES) || line.is_unlisted(i))
    };
    if let Some(letter) = letter_in(line) {
        return Some(letter);
    }
    if line.atoms.len() == 1 && line.word(0).len() > 5 && line.is_unknown(0)
        || line.words == 1 && line.is_class(0, NAMES) && !has_slot(line)
    {
        return Some(0);
    }
    (0..line.atoms.len()).find(|&i| {
        let number = line.is_class(i, class::NUMBER) || line.is_digits(i);
        let after = i > 0 && named(i - 1);
        let dotted = line.mark(i) == Some('.') && line.glued(i) && line.glued(i + 1);
        // `may.[PERSON_1]`, `a.pearl`
        let said = line.word(i.wrapping_sub(1)).len();
        let alone = || i == 1 || line.is_class(i - 2, class::SMALL);
        let begun = dotted && i > 0 && alone() && (said == 1 || said > 1 && line.is_slot(i + 1));
        begun
            || number && after && !line.is_unit(i + 1)
            || dotted && (after && !line.is_slot(i + 1) || named(i + 1) && !line.is_slot(i + 1))
            || line.word(i) == "dot" && i > 0 && !line.is_slot(i + 1)
            || line.word(i) == "at" && i == 0 && line.is_slot(1) && line.words == 1
            || line.word(i) == "at" && i == 0 && line.words == 2 && line.is_unlisted(1)
    })
}

/// `i`, `then at i`: a letter that is all there is.
fn letter_in(line: &Line) -> Option<usize> {
    if line.words > ANSWER_WORDS {
        return None;
    }
    let joins = |i: usize| line.words > 1 && matches!(line.word(i), "then" | "at" | "and");
    let mut words = said(line).filter(|&i| !joins(i));
    let letter = words.next().filter(|&i| is_letter_or_sound(line.word(i)))?;
    let ends = words.next().is_none() && !has_slot(line) && !line.holds(contents::DIGITS);
    ends.then_some(letter)
}

/// A letter, or a word that sounds as one and is no turn by itself.
fn is_letter_or_sound(word: &str) -> bool {
    word.len() == 1
        || matches!(
            word,
            "be" | "bee"
                | "sea"
                | "tea"
                | "tee"
                | "pea"
                | "jay"
                | "kay"
                | "dee"
                | "gee"
                | "el"
                | "at"
                | "by"
                | "an"
                | "us"
        )
}

/// Words that are names.
const NAMES: u32 = class::GIVEN | class::DOUBLE;

/// `may`, `3/5`, `four one`: a month, or a month and a day.
fn date_in(line: &Line) -> Option<usize> {
    if !is_short(line) {
        return None;
    }
    (0..line.atoms.len()).find(|&i| {
        calendar::is_month_and_day(line, i)
            || day::is_listed(line, i)
            || i == 0 && day::begins(line)
            || line.is_class(i, class::MONTH) && line.words < 3
            || is_day(line.word(i)) && !has_slot(line)
    })
}

/// A day of the week, a holiday.
fn is_day(word: &str) -> bool {
    matches!(
        word,
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "easter"
            | "christmas"
            | "thanksgiving"
            | "halloween"
            | "memorial"
    )
}

/// An age over 89, or a year of birth that tells one.
fn age_in(line: &Line, asked: Asked) -> Option<usize> {
    (0..line.atoms.len())
        .find(|&i| asked.age && age::is_told(line, i) || asked.date && age::is_early_year(line, i))
}
