//! What may be said instead of a date, an age or a ZIP code: the year, `90 or
//! older`, three digits (45 CFR 164.514(b)(2)(i)(B), (C)).

use crate::domain::Category;

use super::zip3::zip3;

/// What an age over 89 becomes.
pub(super) const NINETY: &str = "90 or older";

/// The year taken where a conversation does not say its own. A later year makes
/// more birth years imply an age over 89, and what is then said (`on or before
/// 1945`) is true of earlier ones too.
const LATEST_YEAR: i16 = 2035;

/// The year up to which a birth implies an age of 90 in a conversation of
/// `year`; equality counts, since the month is unknown.
pub(super) fn ninety_years_before(year: Option<i16>) -> i16 {
    year.unwrap_or(LATEST_YEAR) - 90
}

/// The general form of `text`, a finding of `category` in a conversation of
/// `year`; `None` where nothing general can be said.
pub(super) fn generalize(category: Category, text: &str, year: Option<i16>) -> Option<String> {
    match category {
        Category::Date => year_of(text, year).map(|y| year_said(y, year)),
        Category::Age => Some(match digit_runs(text).find_map(four_digit_year) {
            Some(y) => year_said(y.min(ninety_years_before(year)), year),
            None => NINETY.to_owned(),
        }),
        Category::Zip => zip3(text).map(str::to_owned),
        _ => None,
    }
}

fn year_said(of: i16, conversation: Option<i16>) -> String {
    let bound = ninety_years_before(conversation);
    if of <= bound {
        format!("on or before {bound}")
    } else {
        of.to_string()
    }
}

/// The year that a date states: four digits, or two that can only mean one
/// year, or words. Two years, as in a range, say nothing certain.
fn year_of(date: &str, conversation: Option<i16>) -> Option<i16> {
    let mut years = digit_runs(date).filter_map(four_digit_year);
    match (years.next(), years.next()) {
        (Some(year), None) => Some(year),
        (Some(_), Some(_)) => None,
        (None, _) => packed_year(date)
            .or_else(|| short_year(date, conversation))
            .or_else(|| spoken_year(date)),
    }
}

fn digit_runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|run| !run.is_empty())
}

fn four_digit_year(run: &str) -> Option<i16> {
    let year = run.parse().ok()?;
    (run.len() == 4 && (1850..=2099).contains(&year)).then_some(year)
}

/// `05292018`, `20180529`.
fn packed_year(date: &str) -> Option<i16> {
    let run = digit_runs(date).find(|run| run.len() == 8)?;
    four_digit_year(&run[4..]).or_else(|| four_digit_year(&run[..4]))
}

/// The last group of `3/5/24` or `'24`, where the century is plain: the last
/// ten years of this one, or a year that this one has not reached.
fn short_year(date: &str, conversation: Option<i16>) -> Option<i16> {
    let numeric = date.bytes().filter(|b| b"/.-".contains(b)).count() >= 2;
    let last = digit_runs(date).last()?;
    if last.len() != 2 || !(numeric || date.contains('\'')) {
        return None;
    }
    let two: i16 = last.parse().ok()?;
    let now = conversation?;
    let this_century = now / 100 * 100 + two;
    if this_century > now {
        Some(this_century - 100)
    } else {
        (this_century > now - 10).then_some(this_century)
    }
}

/// `nineteen sixty one`, `two thousand and five`, `twenty twenty`.
fn spoken_year(date: &str) -> Option<i16> {
    let words: Vec<i16> = date
        .split(|c: char| !c.is_alphabetic())
        .filter_map(|word| number_word(&word.to_ascii_lowercase()))
        .collect();
    (0..words.len()).find_map(|at| year_words(&words[at..]))
}

fn year_words(words: &[i16]) -> Option<i16> {
    match words {
        [2, 1000, rest @ ..] => Some(2000 + below_hundred(rest)),
        [century @ 18..=20, 100, rest @ ..] => Some(century * 100 + below_hundred(rest)),
        [century @ 18..=20, rest @ ..] if !rest.is_empty() => {
            let two = below_hundred(rest);
            // `twenty five` is a day, `twenty twenty` and `twenty oh five` are years.
            (two >= 10 || rest[0] == 0).then_some(century * 100 + two)
        }
        _ => None,
    }
}

fn below_hundred(words: &[i16]) -> i16 {
    match words {
        [0, unit @ 1..=9, ..] => *unit,
        [
            tens @ (20 | 30 | 40 | 50 | 60 | 70 | 80 | 90),
            unit @ 1..=9,
            ..,
        ] => tens + unit,
        [one @ 0..=99, ..] => *one,
        _ => 0,
    }
}

const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

fn number_word(word: &str) -> Option<i16> {
    let place = |table: &[&str]| table.iter().position(|w| *w == word);
    match word {
        "oh" | "o" => Some(0),
        "hundred" => Some(100),
        "thousand" => Some(1000),
        _ => place(&UNITS)
            .or_else(|| place(&TENS).map(|at| (at + 2) * 10))
            .and_then(|n| i16::try_from(n).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(category: Category, text: &str, expected: Option<&str>) {
        let said = generalize(category, text, Some(2026));
        assert_eq!(said.as_deref(), expected, "{text}");
    }

    #[test]
    fn dates_leave_their_year() {
        for (text, expected) in [
            ("2024-03-05", Some("2024")),
            ("3/5/24", Some("2024")),
            ("3/5/85", Some("1985")),
            ("3/5/12", None),
            ("march 5th, 2019", Some("2019")),
            ("5 march", None),
            ("05292018", Some("2018")),
            ("20180529", Some("2018")),
            ("2024-03-05T08:30:00.123Z", Some("2024")),
            ("july twenty ninth two thousand eight", Some("2008")),
            ("june fifth two thousand and twelve", Some("2012")),
            ("january eighth nineteen ninety three", Some("1993")),
            ("may fifth twenty oh five", Some("2005")),
            ("may tenth twenty twenty", Some("2020")),
            ("twenty fifth of may", None),
            ("may 2019 to june 2020", None),
        ] {
            check(Category::Date, text, expected);
        }
    }

    #[test]
    fn years_that_imply_ninety_are_bounded() {
        check(Category::Date, "2/21/1931", Some("on or before 1936"));
        check(Category::Date, "2/21/1936", Some("on or before 1936"));
        check(Category::Date, "2/21/1937", Some("1937"));
        check(Category::Age, "1931", Some("on or before 1936"));
        check(Category::Age, "1948", Some("on or before 1936"));
        check(Category::Age, "ninety-two year old", Some(NINETY));
        check(Category::Age, "92-year-old", Some(NINETY));
        let unknown = generalize(Category::Date, "1/2/1940", None);
        assert_eq!(unknown.as_deref(), Some("on or before 1945"));
    }

    #[test]
    fn what_was_generalized_stays_as_it_is() {
        check(
            Category::Age,
            "on or before 1936",
            Some("on or before 1936"),
        );
        check(Category::Age, NINETY, Some(NINETY));
        check(Category::Date, "2019", Some("2019"));
        check(Category::Zip, "850", Some("850"));
    }
}
