//! Ages over 89 and years that imply one (45 CFR 164.514(b)(2)(i)(C)).

use super::super::units::is_quantity;
use super::{Hit, Rule, Strength, Verdict, accept};
use crate::deid::generalize::ninety_years_before;
use crate::deid::spoken::{begins_date, digits_of};
use crate::deid::word::{Key, Words, words};
use crate::domain::Category;

const fn age(
    name: &'static str,
    pattern: &'static str,
    judge: fn(&Hit<'_>) -> Option<Verdict>,
) -> Rule {
    Rule {
        detector: "age",
        name,
        category: Category::Age,
        strength: Strength::Cued,
        pattern,
        judge,
    }
}

pub(super) const RULES: &[Rule] = &[
    // As tickets have names: `LUND/ODRA MS`.
    Rule {
        detector: "name",
        name: "ticket",
        category: Category::Person,
        strength: Strength::Cued,
        pattern: r"\b[a-z'\-]{2,24}/[a-z]{2,24}(?:\s[a-z]{2,20})?\s?(?:mrs?|ms|miss|mstr|chd|inf)\b",
        judge: on_ticket,
    },
    age(
        "written",
        r"\b(?:90\sor\solder(?:[\s-]years?[\s-]old)?|(?:9[0-9]|1[0-3][0-9])[\s\-]{0,2}(?:(?:years?|yrs?)[\s\-]?(?:old|of\sage)|y\.?/?o\b\.?|year[\s-]old))",
        accept,
    ),
    age(
        "aged",
        r"\b(?:age:|<AGED>)<ABOUT>\s((?:9[0-9]|1[0-2][0-9])\b(?:\sand\s(?:a\shalf|three\squarters)\b)?)",
        aged,
    ),
    age(
        "birthday",
        r"\b(9[0-9](?:st|nd|rd|th)|1[0-2][0-9]th)\s(?:birthday|year\sof\slife)",
        accept,
    ),
    age(
        "relative",
        r"\b(?:mother|father|grandmother|grandfather|grandma|grandpa|mom|mum|dad|aunt|uncle|husband|wife|brother|sister|neighbou?r|nan|granny)(?:\s?,?\s\(?|(?:,?\s[a-z'’\-]{2,20}){1,2},?\s\()((?:9[0-9]|1[01][0-9]))\b",
        aged,
    ),
    age(
        "reached",
        r"\b(?:made|make|makes)\sit\sto\s((?:9[0-9]|1[01][0-9]|ninety(?:[\s\-](?:one|two|three|four|five|six|seven|eight|nine))?|a\shundred)\b)",
        aged,
    ),
    age(
        "shorthand",
        r"\b((?:9[0-9]|1[01][0-9])\s?[mf])\s(?:with|who|here\sfor|presents|presenting|admitted|pt|patient|c/o)\b",
        person,
    ),
    age(
        "nineties",
        r"\b(?:in\s)?(?:his|her|my|their|your|the|early|mid|late)[\s-]{1,2}90'?s\b",
        person_in,
    ),
    age(
        "words",
        r"\b(?:ninety(?:[\s\-](?:one|two|three|four|five|six|seven|eight|nine))?|(?:a|one)\shundred(?:\s(?:and\s)?<UNIT>)?)[\s\-](?:years?[\s\-]old|years?\sof\sage|yrs?[\s-]old|y/?o\b)",
        accept,
    ),
    age(
        "aged-words",
        r"\b<AGED><ABOUT>\s(ninety(?:[\s\-](?:one|two|three|four|five|six|seven|eight|nine)\b)?(?:\sand\s(?:a\shalf|three\squarters)\b)?)\b",
        aged,
    ),
    age(
        "nineties-words",
        r"\b(?:his|her|my|their|your|early|mid|late)[\s-]{1,2}nineties\b",
        person_in,
    ),
    age(
        "birthday-words",
        r"\b(?:ninetieth|ninety[\s-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|(?:one\s)?hundredth)\sbirthday",
        accept,
    ),
    age(
        "title",
        r"\b(?:super)?(?:centenarian|nonagenarian)s?\b",
        accept,
    ),
    age(
        "birth-year",
        r"\b(?:(?:born(?:\sback)?\sin|born|since|from|in|year|of|birth:?|dob:?)\s)((?:18|19)[0-9]{2})\b",
        birth_year,
    ),
    age(
        "bounded-year",
        r"\bon\sor\sbefore\s(?:18|19)[0-9]{2}\b",
        accept,
    ),
    age(
        "adult-year",
        r"\b(?:graduated|married|enlisted|drafted|got\smarried|joined\sthe\s[a-z]{3,8})(?:\s[a-z]{2,12}){0,3}\s(?:in|since)\s((?:18|19)[0-9]{2})\b",
        adult_year,
    ),
    age(
        "long-marriage",
        r"\bmarried\s(?:for\s)?((?:7[4-9]|8[0-9])\syears)\b",
        accept,
    ),
];

/// An age that nothing after it makes a measurement: `she's 92 kilos`.
fn aged(hit: &Hit<'_>) -> Option<Verdict> {
    let next = hit.word_after();
    let dated = words!["my", "the"].lists(second_word(hit.after()))
        || begins_date(Key::of(second_word(hit.after())))
        || words!["boxing", "christmas", "easter", "saint", "st"].lists(second_word(hit.after()))
        || hit.before().ends_with("be ");
    let measured = is_quantity(hit.text, hit.span.end)
        && !words!["years", "year", "yrs", "now"].lists(next)
        || hit.after().starts_with(['.', '/', ':', ','])
            && hit.after()[1..].starts_with(|c: char| c.is_ascii_digit())
        || is_decimal(hit.after())
        || words!["systolic", "diastolic", "for", "over"].lists(next)
        || words!["on"].lists(next) && !dated
        || hit.after().trim_start().starts_with("or older");
    hit.when(!measured)
}

/// Whether a decimal goes on: `ninety seven [point eight]`, `[. eight]`.
fn is_decimal(after: &str) -> bool {
    let mut words = after.split_whitespace();
    let point = words
        .next()
        .is_some_and(|word| words!["point", "."].lists(word));
    point
        && words
            .next()
            .is_some_and(|word| digits_of(Key::of(word)) > 0)
}

/// The second word of `text`.
fn second_word(text: &str) -> &str {
    text.split_whitespace().nth(1).unwrap_or_default()
}

/// An age and a sex, not a temperature: `91F with chest pain`.
fn person(hit: &Hit<'_>) -> Option<Verdict> {
    const WARM: Words = words![
        "at",
        "fever",
        "is",
        "of",
        "temp",
        "temperature",
        "to",
        "was"
    ];
    hit.when(!WARM.lists(hit.word_before()))
}

/// The decade of a life, not of a century: `back in the 90s`.
fn person_in(hit: &Hit<'_>) -> Option<Verdict> {
    let found = hit.found().to_ascii_lowercase();
    let of_time = found.contains("the") && !found.contains("their");
    let known = ["his", "her", "my", "their", "your"]
        .iter()
        .any(|p| found.contains(p));
    let person = known || words!["his", "her", "my", "their", "your"].lists(hit.word_before());
    hit.when(person && !of_time)
}

fn birth_year(hit: &Hit<'_>) -> Option<Verdict> {
    implied(hit, 0)
}

/// A year in which somebody was already seventeen or so.
fn adult_year(hit: &Hit<'_>) -> Option<Verdict> {
    implied(hit, 17)
}

/// A year that, `years` after a birth, implies an age over 89.
fn implied(hit: &Hit<'_>, years: i16) -> Option<Verdict> {
    let year: i16 = hit.found().parse().ok()?;
    let old = year - years <= ninety_years_before(hit.year);
    hit.when(old && !is_quantity(hit.text, hit.span.end))
}

/// A name on a ticket, which is in capitals.
fn on_ticket(hit: &Hit<'_>) -> Option<Verdict> {
    let capitals = !hit.found().bytes().any(|b| b.is_ascii_lowercase());
    hit.when(capitals && !is_finding(hit.found()))
}

/// Whether `found`, in capitals, is illnesses, of which `MS`, `MR` and `INF` are some:
/// `HTN/DM MS`. Names have vowels.
fn is_finding(found: &str) -> bool {
    const HEDGES: Words = words![
        "and",
        "his",
        "her",
        "or",
        "known",
        "likely",
        "mild",
        "mod",
        "moderate",
        "mra",
        "mri",
        "possible",
        "probable",
        "severe",
        "suspected",
        "trace",
    ];
    const FEWEST: usize = 3;
    let doubtful = ["MS", "MR", "INF"].iter().any(|end| found.ends_with(end));
    let spoken = |part: &str| {
        part.len() >= FEWEST
            && part.contains(['A', 'E', 'I', 'O', 'U', 'Y'])
            && !HEDGES.lists(&part.to_lowercase())
    };
    let names = found.split(' ').next().unwrap_or_default();
    doubtful && !names.split('/').all(spoken)
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::domain::Category::{Age, Person};

    #[test]
    fn ages_over_89_in_many_wordings() {
        check("a 92-year-old woman", &[("92-year-old", Age)]);
        check("a 103 yo man", &[("103 yo", Age)]);
        check("she's 95 now", &[("95", Age)]);
        check("ninety-two years old", &[("ninety-two years old", Age)]);
        check("he turned ninety one", &[("ninety one", Age)]);
        check("she died at ninety three", &[("ninety three", Age)]);
        check("he lived to be 97", &[("97", Age)]);
        check("my grandmother is ninety four", &[("ninety four", Age)]);
        check("my aunt is about 96 now", &[("96", Age)]);
        check("my neighbor is 94 and drives", &[("94", Age)]);
        check("there's him but he's, like, ninety.", &[("ninety", Age)]);
        check("she's only 93 and a half", &[("93 and a half", Age)]);
        check("he himself is ninety one", &[("ninety one", Age)]);
        check("i'm going to be ninety six", &[("ninety six", Age)]);
        check("she'd have been 91 this year", &[("91", Age)]);
        check("LUND/ODRA MS", &[("LUND/ODRA MS", Person)]);
        for text in ["HX OF HTN/DM MS", "COPD/CHF MS", "LVH/MILD MR", "AND/OR MS"] {
            check(text, &[]);
        }
        check("my dad (92) fell", &[("92", Age)]);
        check("my mother 93 lives alone", &[("93", Age)]);
        check("with my mom, odra (94) there", &[("94", Age)]);
        check("she made it to a hundred", &[("a hundred", Age)]);
        check("91F with chest pain", &[("91F", Age)]);
        check("my mom 95 percent agrees", &[]);
        check("she made it to 95 miles", &[]);
        check("a fever of 101F with chills", &[]);
        check("she is in her nineties", &[("her nineties", Age)]);
        check("he's in his late 90s", &[("late 90s", Age)]);
        check(
            "my ninety fifth birthday",
            &[("ninety fifth birthday", Age)],
        );
        check("a centenarian", &[("centenarian", Age)]);
        check("a 90 or older woman", &[("90 or older", Age)]);
    }

    #[test]
    fn years_that_imply_one() {
        check("born in 1931", &[("1931", Age)]);
        check("graduated high school in 1948", &[("1948", Age)]);
        check("on or before 1936", &[("on or before 1936", Age)]);
        check("born in 1950", &[]);
        check("married in 1970", &[]);
    }

    #[test]
    fn ages_to_89_and_measures_stay() {
        for text in [
            "34 years old",
            "an 89 year old",
            "he's 92 percent on room air",
            "she's 95 kilos",
            "he's 120 over 80",
            "he's like ninety percent there",
            "she's only 95 pounds",
            "that would have been 94 dollars",
            "ninety minutes",
            "in the 90s",
            "her heart rate was 92",
            "a hundred milligrams",
        ] {
            check(text, &[]);
        }
    }
}
