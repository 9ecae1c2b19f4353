//! What may be said instead of a date, an age or a ZIP code: the year, `90 or
//! older`, three digits (45 CFR 164.514(b)(2)(i)(B), (C)).

use crate::domain::Category;

use super::spoken;
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
    let text = &*spoken::written(text);
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
        (None, _) => packed_year(date).or_else(|| short_year(date, conversation)),
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
            ("oh nine two nine eighty three", Some("1983")),
            ("twenty one twelve and nineteen uh sixty six", Some("1966")),
            ("fourteenth uh november, um, nineteen sixty", Some("1960")),
            ("nineteen sixty one on the fourth of may", Some("1961")),
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
        check(
            Category::Age,
            "nineteen thirty one",
            Some("on or before 1936"),
        );
        check(Category::Zip, "eight five oh oh four", Some("850"));
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
